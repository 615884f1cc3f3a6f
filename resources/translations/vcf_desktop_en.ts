<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>ArchiveDialog</name>
    <message numerus="yes">
        <source>%n still earlier study(ies) not fetched</source>
        <translation>
            <numerusform>%n still earlier study not fetched</numerusform>
            <numerusform>%n still earlier studies not fetched</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) found</source>
        <translation>
            <numerusform>%n study found</numerusform>
            <numerusform>%n studies found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>The film has %n frame(s). Which one?</source>
        <translation>
            <numerusform>The film has %n frame. Which one?</numerusform>
            <numerusform>The film has %n frames. Which one?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemarksLabel</name>
    <message numerus="yes">
        <source>%n undecided</source>
        <translation>
            <numerusform>%n undecided</numerusform>
            <numerusform>%n undecided</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read first: point at each fracture you see and press 1, 2, 3 or 5 for its grade. %n marked so far. %1 records your reading and shows the machine&apos;s results.</source>
        <translation>
            <numerusform>Read first: point at each fracture you see and press 1, 2, 3 or 5 for its grade. %n marked so far. %1 records your reading and shows the machine&apos;s results.</numerusform>
            <numerusform>Read first: point at each fracture you see and press 1, 2, 3 or 5 for its grade. %n marked so far. %1 records your reading and shows the machine&apos;s results.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message numerus="yes">
        <source>Unverified draft: %n vertebra(e) undecided; decide, then sign.</source>
        <translation>
            <numerusform>Unverified draft: %n vertebra undecided; decide, then sign.</numerusform>
            <numerusform>Unverified draft: %n vertebrae undecided; decide, then sign.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Reporting</name>
    <message numerus="yes">
        <source>%n file(s) saved in %1</source>
        <translation>
            <numerusform>%n file saved in %1</numerusform>
            <numerusform>%n files saved in %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignDialog</name>
    <message numerus="yes">
        <source>Accepted from the machine: %n</source>
        <translation>
            <numerusform>Accepted from the machine: %n</numerusform>
            <numerusform>Accepted from the machine: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Added by hand: %n</source>
        <translation>
            <numerusform>Added by hand: %n</numerusform>
            <numerusform>Added by hand: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not decided yet: %n (in brackets the machine&apos;s grade)</source>
        <translation>
            <numerusform>Not decided yet: %n (in brackets the machine&apos;s grade)</numerusform>
            <numerusform>Not decided yet: %n (in brackets the machine&apos;s grades)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Overridden: %n</source>
        <translation>
            <numerusform>Overridden: %n</numerusform>
            <numerusform>Overridden: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rejected: %n</source>
        <translation>
            <numerusform>Rejected: %n</numerusform>
            <numerusform>Rejected: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%n result(s) not sent</source>
        <translation>
            <numerusform>%n result not sent</numerusform>
            <numerusform>%n results not sent</numerusform>
        </translation>
    </message>
</context>
</TS>
