<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>About VCF Desktop</source>
        <translation>Über VCF Desktop</translation>
    </message>
    <message>
        <source>Attribution:</source>
        <translation>Namensnennung:</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy all of this as text</source>
        <translation>Alles als Text kopieren</translation>
    </message>
    <message>
        <source>For research use only, not a medical device.</source>
        <translation>Nur für Forschungszwecke, kein Medizinprodukt.</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0.</source>
        <translation>Freie Software unter der Apache-Lizenz 2.0.</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliotheken</translation>
    </message>
    <message>
        <source>Licence:</source>
        <translation>Lizenz:</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>The models cannot be read: %1</source>
        <translation>Die Modelle können nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>There are none.</source>
        <translation>Es gibt keine.</translation>
    </message>
    <message>
        <source>This installation does not say which libraries it uses.</source>
        <translation>Diese Installation sagt nicht, welche Bibliotheken sie verwendet.</translation>
    </message>
    <message>
        <source>Trained on:</source>
        <translation>Trainiert mit:</translation>
    </message>
    <message>
        <source>Weights, first 12 digits of their sha256:</source>
        <translation>Gewichte, die ersten 12 Stellen ihres SHA-256:</translation>
    </message>
    <message>
        <source>licence not named by the library</source>
        <translation>von der Bibliothek nicht angegeben</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>VCF Desktop is open already, on the computer %1; go on there, or close it first.</source>
        <translation>VCF Desktop ist bereits geöffnet, auf dem Computer %1; arbeiten Sie dort weiter oder schließen Sie es zuerst.</translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message>
        <source>%1 is being asked…</source>
        <translation>%1 wird gefragt…</translation>
    </message>
    <message numerus="yes">
        <source>%n still earlier study(ies) not fetched</source>
        <translation>
            <numerusform>%n noch frühere Studie nicht geholt</numerusform>
            <numerusform>%n noch frühere Studien nicht geholt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) found</source>
        <translation>
            <numerusform>%n Studie gefunden</numerusform>
            <numerusform>%n Studien gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Archive</source>
        <translation>&amp;Archiv</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Days</source>
        <translation>&amp;Tage</translation>
    </message>
    <message>
        <source>&amp;Fetch</source>
        <translation>&amp;Holen</translation>
    </message>
    <message>
        <source>&amp;Kinds</source>
        <translation>A&amp;rten</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>* and ? stand for any letters</source>
        <translation>* und ? stehen für beliebige Zeichen</translation>
    </message>
    <message>
        <source>Acc&amp;ession number</source>
        <translation>Au&amp;ftragsnummer</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All studies</source>
        <translation>Alle Studien</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>Cancelled; films that had come whole stay.</source>
        <translation>Abgebrochen; Aufnahmen, die ganz da sind, bleiben.</translation>
    </message>
    <message>
        <source>Family name, first name</source>
        <translation>Nachname, Vorname</translation>
    </message>
    <message>
        <source>Fetch earlier films of the pa&amp;tient, too</source>
        <translation>Auch frühere Aufnahmen des &amp;Patienten holen</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Erster Tag</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>Von … bis …</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>Letzter Monat</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>Letztes Jahr</translation>
    </message>
    <message>
        <source>No archive is set up yet.</source>
        <translation>Noch ist kein Archiv eingerichtet.</translation>
    </message>
    <message>
        <source>No study fits. Look for less, or with * for any letters.</source>
        <translation>Keine Studie passt. Suchen Sie mit weniger Angaben oder mit * für beliebige Zeichen.</translation>
    </message>
    <message>
        <source>Password of %1</source>
        <translation>Kennwort von %1</translation>
    </message>
    <message>
        <source>Patient &amp;id</source>
        <translation>Patienten-&amp;ID</translation>
    </message>
    <message>
        <source>Say whom or what you look for: a patient, an accession number, or days.</source>
        <translation>Geben Sie an, was Sie suchen: einen Patienten, eine Auftragsnummer oder Tage.</translation>
    </message>
    <message>
        <source>Set &amp;up…</source>
        <translation>&amp;Einrichten…</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>X-ray films (CR, DX)</source>
        <translation>Röntgenaufnahmen (CR, DX)</translation>
    </message>
</context>
<context>
    <name>ArchivesDialog</name>
    <message>
        <source>%1 answers.</source>
        <translation>%1 antwortet.</translation>
    </message>
    <message>
        <source>%1 is being asked…</source>
        <translation>%1 wird gefragt…</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>A&amp;dresse</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>&amp;Rechner</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Protocol</source>
        <translation>&amp;Protokoll</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Testen</translation>
    </message>
    <message>
        <source>&amp;User; empty for a token</source>
        <translation>Ben&amp;utzer; leer für ein Token</translation>
    </message>
    <message>
        <source>AE title of the archive</source>
        <translation>AE-Titel des Archivs</translation>
    </message>
    <message>
        <source>AE title of this computer</source>
        <translation>AE-Titel dieses Rechners</translation>
    </message>
    <message>
        <source>Archive %1</source>
        <translation>Archiv %1</translation>
    </message>
    <message>
        <source>Archives</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation>Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Choose a PEM file</source>
        <translation>PEM-Datei wählen</translation>
    </message>
    <message>
        <source>DICOM</source>
        <translation>DICOM</translation>
    </message>
    <message>
        <source>DICOMweb</source>
        <translation>DICOMweb</translation>
    </message>
    <message>
        <source>Encrypted (TLS)</source>
        <translation>Verschlüsselt (TLS)</translation>
    </message>
    <message>
        <source>Every archive needs a name of its own.</source>
        <translation>Jedes Archiv braucht einen eigenen Namen.</translation>
    </message>
    <message>
        <source>Films are fetched by</source>
        <translation>Aufnahmen kommen durch</translation>
    </message>
    <message>
        <source>Key of it</source>
        <translation>Schlüssel dazu</translation>
    </message>
    <message>
        <source>Own certificate</source>
        <translation>Eigenes Zertifikat</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>P&amp;ort</translation>
    </message>
    <message>
        <source>Pass&amp;word or token</source>
        <translation>Kenn&amp;wort oder Token</translation>
    </message>
    <message>
        <source>Passwords and tokens are kept in the system&apos;s key store only.</source>
        <translation>Kennwörter und Token liegen nur im Schlüsselspeicher des Systems.</translation>
    </message>
    <message>
        <source>Port of this computer</source>
        <translation>Port dieses Rechners</translation>
    </message>
    <message>
        <source>Signed reports are sent to this archive</source>
        <translation>Unterschriebene Befunde werden an dieses Archiv gesendet</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
</context>
<context>
    <name>Archiving</name>
    <message>
        <source>The report was not sent: %1</source>
        <translation>Der Befund wurde nicht gesendet: %1</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Layers</source>
        <translation>&amp;Ebenen</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>Be&amp;fundung</translation>
    </message>
    <message>
        <source>&amp;Vertebra</source>
        <translation>&amp;Wirbel</translation>
    </message>
    <message>
        <source>About VCF Desktop</source>
        <translation>Über VCF Desktop</translation>
    </message>
    <message>
        <source>Accept all remaining normals</source>
        <translation>Alle übrigen unauffälligen Wirbel übernehmen</translation>
    </message>
    <message>
        <source>Accept the machine&apos;s grade</source>
        <translation>Grad der KI übernehmen</translation>
    </message>
    <message>
        <source>Add a measurement</source>
        <translation>Messung hinzufügen</translation>
    </message>
    <message>
        <source>Add a missed vertebra above this one</source>
        <translation>Übersehenen Wirbel über diesem hinzufügen</translation>
    </message>
    <message>
        <source>Add a missed vertebra below this one</source>
        <translation>Übersehenen Wirbel unter diesem hinzufügen</translation>
    </message>
    <message>
        <source>Add a missed vertebra: draw its box</source>
        <translation>Übersehenen Wirbel hinzufügen: Rahmen aufziehen</translation>
    </message>
    <message>
        <source>Add a vertebra</source>
        <translation>Wirbel hinzufügen</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Alle Tasten</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>Alle Ebenen</translation>
    </message>
    <message>
        <source>All names one level down</source>
        <translation>Alle Namen einen Wirbel nach unten</translation>
    </message>
    <message>
        <source>All names one level up</source>
        <translation>Alle Namen einen Wirbel nach oben</translation>
    </message>
    <message>
        <source>Amend the signed review</source>
        <translation>Unterzeichneten Befund ergänzen</translation>
    </message>
    <message>
        <source>Amend version %1</source>
        <translation>Version %1 ergänzen</translation>
    </message>
    <message>
        <source>Analyse the film</source>
        <translation>Aufnahme analysieren</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <source>Archives…</source>
        <translation>Archive…</translation>
    </message>
    <message>
        <source>Audit trail…</source>
        <translation>Änderungsprotokoll…</translation>
    </message>
    <message>
        <source>Beside a prior film</source>
        <translation>Neben einer Voraufnahme</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>Cancel the analysis</source>
        <translation>Analyse abbrechen</translation>
    </message>
    <message>
        <source>Cause: Scheuermann</source>
        <translation>Ursache: Scheuermann</translation>
    </message>
    <message>
        <source>Cause: Schmorl node</source>
        <translation>Ursache: Schmorl-Knoten</translation>
    </message>
    <message>
        <source>Cause: degenerative</source>
        <translation>Ursache: degenerativ</translation>
    </message>
    <message>
        <source>Cause: hardware</source>
        <translation>Ursache: Implantat</translation>
    </message>
    <message>
        <source>Cause: none named</source>
        <translation>Ursache: keine angegeben</translation>
    </message>
    <message>
        <source>Cause: other</source>
        <translation>Ursache: andere</translation>
    </message>
    <message>
        <source>Cause: pathological</source>
        <translation>Ursache: pathologisch</translation>
    </message>
    <message>
        <source>Cobb angle</source>
        <translation>Cobb-Winkel</translation>
    </message>
    <message>
        <source>Enhanced contrast (CLAHE)</source>
        <translation>Verstärkter Kontrast (CLAHE)</translation>
    </message>
    <message>
        <source>Fainter</source>
        <translation>Schwächer</translation>
    </message>
    <message>
        <source>Fil&amp;m</source>
        <translation>&amp;Aufnahme</translation>
    </message>
    <message>
        <source>Film on the other monitor</source>
        <translation>Aufnahme auf dem anderen Bildschirm</translation>
    </message>
    <message>
        <source>Fit the film</source>
        <translation>Aufnahme einpassen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Grade 0.5: equivocal</source>
        <translation>Grad 0,5: fraglich</translation>
    </message>
    <message>
        <source>Grade 0: no fracture</source>
        <translation>Grad 0: keine Fraktur</translation>
    </message>
    <message>
        <source>Grade 1: mild</source>
        <translation>Grad 1: leicht</translation>
    </message>
    <message>
        <source>Grade 2: moderate</source>
        <translation>Grad 2: mittel</translation>
    </message>
    <message>
        <source>Grade 3: severe</source>
        <translation>Grad 3: schwer</translation>
    </message>
    <message>
        <source>Grades</source>
        <translation>Grade</translation>
    </message>
    <message>
        <source>Grey-scale test pattern</source>
        <translation>Graustufen-Testbild</translation>
    </message>
    <message>
        <source>Intended use and limits</source>
        <translation>Zweckbestimmung und Grenzen</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Invertieren</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Wirbelnamen</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>Lupe</translation>
    </message>
    <message>
        <source>Mark a fracture</source>
        <translation>Fraktur markieren</translation>
    </message>
    <message>
        <source>Mark the rest as not evaluable</source>
        <translation>Übrige als nicht beurteilbar einstufen</translation>
    </message>
    <message>
        <source>Mea&amp;sure</source>
        <translation>&amp;Messen</translation>
    </message>
    <message>
        <source>Mirror left to right</source>
        <translation>Seitenverkehrt spiegeln</translation>
    </message>
    <message>
        <source>Move a point</source>
        <translation>Punkt verschieben</translation>
    </message>
    <message>
        <source>Move the outline</source>
        <translation>Umriss verschieben</translation>
    </message>
    <message>
        <source>Name of the level…</source>
        <translation>Name des Wirbels…</translation>
    </message>
    <message>
        <source>Next film</source>
        <translation>Nächste Aufnahme</translation>
    </message>
    <message>
        <source>Next undecided vertebra</source>
        <translation>Nächster offener Wirbel</translation>
    </message>
    <message>
        <source>Next vertebra</source>
        <translation>Nächster Wirbel</translation>
    </message>
    <message>
        <source>Next window preset</source>
        <translation>Nächste Fenstereinstellung</translation>
    </message>
    <message>
        <source>Not evaluable</source>
        <translation>Nicht beurteilbar</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>Notiz…</translation>
    </message>
    <message>
        <source>One film pixel per screen pixel</source>
        <translation>Ein Bildpunkt je Bildschirmpunkt</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>Ordner öffnen…</translation>
    </message>
    <message>
        <source>Open films…</source>
        <translation>Aufnahmen öffnen…</translation>
    </message>
    <message>
        <source>Outbox…</source>
        <translation>Postausgang…</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>Umrisse</translation>
    </message>
    <message>
        <source>Previous film</source>
        <translation>Vorige Aufnahme</translation>
    </message>
    <message>
        <source>Previous undecided vertebra</source>
        <translation>Voriger offener Wirbel</translation>
    </message>
    <message>
        <source>Previous vertebra</source>
        <translation>Voriger Wirbel</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Read the refused film again</source>
        <translation>Abgelehnte Aufnahme erneut lesen</translation>
    </message>
    <message>
        <source>Record my first reading, then show the results</source>
        <translation>Meine Erstbefundung festhalten, dann die Ergebnisse zeigen</translation>
    </message>
    <message>
        <source>Record the first reading</source>
        <translation>Erstbefundung festhalten</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Redone: %1</source>
        <translation>Wiederholt: %1</translation>
    </message>
    <message>
        <source>Reject: this is no vertebra</source>
        <translation>Verwerfen: kein Wirbel</translation>
    </message>
    <message>
        <source>Remove the last measurement</source>
        <translation>Letzte Messung entfernen</translation>
    </message>
    <message>
        <source>Report: further findings</source>
        <translation>Befund: weitere Befunde</translation>
    </message>
    <message>
        <source>Report: indication</source>
        <translation>Befund: Indikation</translation>
    </message>
    <message>
        <source>Report: prior film</source>
        <translation>Befund: Voraufnahme</translation>
    </message>
    <message>
        <source>Report: recommendation</source>
        <translation>Befund: Empfehlung</translation>
    </message>
    <message>
        <source>Report: technical quality</source>
        <translation>Befund: Aufnahmequalität</translation>
    </message>
    <message>
        <source>Report: what limits the quality</source>
        <translation>Befund: was die Qualität einschränkt</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Befundbericht…</translation>
    </message>
    <message>
        <source>Search an archive…</source>
        <translation>Archiv durchsuchen…</translation>
    </message>
    <message>
        <source>Select and move</source>
        <translation>Auswählen und verschieben</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Sign version %1</source>
        <translation>Version %1 unterzeichnen</translation>
    </message>
    <message>
        <source>Sign…</source>
        <translation>Unterzeichnen…</translation>
    </message>
    <message>
        <source>Six points</source>
        <translation>Sechs Punkte</translation>
    </message>
    <message>
        <source>Smooth enlarged pixels</source>
        <translation>Vergrößerte Bildpunkte glätten</translation>
    </message>
    <message>
        <source>Stronger</source>
        <translation>Stärker</translation>
    </message>
    <message>
        <source>Take the decision back</source>
        <translation>Entscheidung zurücknehmen</translation>
    </message>
    <message>
        <source>Take the film off the list</source>
        <translation>Aufnahme aus der Liste nehmen</translation>
    </message>
    <message>
        <source>The film&apos;s own window</source>
        <translation>Fenster der Aufnahme</translation>
    </message>
    <message>
        <source>This is L6, those above follow</source>
        <translation>Das ist L6, die darüber folgen</translation>
    </message>
    <message>
        <source>This is T13, those above follow</source>
        <translation>Das ist T13, die darüber folgen</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>Nach links drehen</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>Nach rechts drehen</translation>
    </message>
    <message>
        <source>Type: as measured</source>
        <translation>Typ: wie gemessen</translation>
    </message>
    <message>
        <source>Type: biconcave</source>
        <translation>Typ: bikonkav (Fischwirbel)</translation>
    </message>
    <message>
        <source>Type: crush</source>
        <translation>Typ: Kompression (Plattwirbel)</translation>
    </message>
    <message>
        <source>Type: wedge</source>
        <translation>Typ: Keil (Keilwirbel)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>Rückgängig gemacht: %1</translation>
    </message>
    <message>
        <source>Zoom both films together</source>
        <translation>Beide Aufnahmen gemeinsam zoomen</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>%1 (another patient)</source>
        <translation>%1 (anderer Patient)</translation>
    </message>
    <message>
        <source>Beside which film?</source>
        <translation>Welche Aufnahme zum Vergleich?</translation>
    </message>
    <message>
        <source>Films of this patient come first.</source>
        <translation>Aufnahmen dieses Patienten stehen zuerst.</translation>
    </message>
    <message>
        <source>For comparison</source>
        <translation>Zum Vergleich</translation>
    </message>
    <message>
        <source>For comparison; patient not confirmed</source>
        <translation>Zum Vergleich; Patient nicht bestätigt</translation>
    </message>
    <message>
        <source>There is no other film on the list to compare with.</source>
        <translation>In der Liste steht keine weitere Aufnahme zum Vergleichen.</translation>
    </message>
    <message>
        <source>These films are not shown side by side: %1 and %2 are not the same patient.</source>
        <translation>Diese Aufnahmen werden nicht nebeneinander gezeigt: %1 und %2 sind nicht derselbe Patient.</translation>
    </message>
</context>
<context>
    <name>Defect</name>
    <message>
        <source>Something went wrong that the program did not foresee. Each change is saved when it is made; please report the details below.</source>
        <translation>Es ist etwas geschehen, was das Programm nicht vorgesehen hat. Jede Änderung wird sofort gespeichert; bitte melden Sie die Einzelheiten unten.</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Add vertebra</source>
        <translation>Wirbel +</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Invertieren</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>Lupe</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Unterzeichnen</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Undecided ▶</source>
        <translation>Offen ▶</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>◀ Undecided</source>
        <translation>◀ Offen</translation>
    </message>
</context>
<context>
    <name>FilmLegend</name>
    <message>
        <source>CLAHE: enhanced view, not the original</source>
        <translation>CLAHE: verstärkt, nicht das Original</translation>
    </message>
    <message>
        <source>Inverted</source>
        <translation>Invertiert</translation>
    </message>
    <message>
        <source>Levels assumed</source>
        <translation>Wirbelnamen angenommen</translation>
    </message>
    <message>
        <source>Zoom %1 %</source>
        <translation>Zoom %1 %</translation>
    </message>
    <message>
        <source>mirrored</source>
        <translation>gespiegelt</translation>
    </message>
    <message>
        <source>mm: %1</source>
        <translation>mm: %1</translation>
    </message>
    <message>
        <source>turned %1°</source>
        <translation>gedreht um %1°</translation>
    </message>
</context>
<context>
    <name>FilmList</name>
    <message>
        <source>%1, frame %2</source>
        <translation>%1, Bild %2</translation>
    </message>
    <message>
        <source>Acc. %1</source>
        <translation>Acc. %1</translation>
    </message>
    <message>
        <source>Analysing</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>In Befundung</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>No patient data</source>
        <translation>Keine Patientendaten</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>Nicht eingelesen</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Unterzeichnet</translation>
    </message>
    <message>
        <source>Study without a date</source>
        <translation>Untersuchung ohne Datum</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>Zu befunden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>Ohne Namen</translation>
    </message>
    <message>
        <source>born %1</source>
        <translation>geb. %1</translation>
    </message>
</context>
<context>
    <name>FilmWindow</name>
    <message>
        <source>VCF Desktop: films</source>
        <translation>VCF Desktop: Aufnahmen</translation>
    </message>
</context>
<context>
    <name>FindingsItem</name>
    <message>
        <source>AI %1</source>
        <translation>KI %1</translation>
    </message>
</context>
<context>
    <name>FindingsTable</name>
    <message>
        <source>Anterior height</source>
        <translation>Vordere Höhe</translation>
    </message>
    <message>
        <source>Biconcave: middle by posterior height</source>
        <translation>Bikonkav: mittlere durch hintere Höhe</translation>
    </message>
    <message>
        <source>Crush: posterior height by what the neighbours make one expect</source>
        <translation>Kompression: hintere Höhe durch die nach den Nachbarn erwartete</translation>
    </message>
    <message>
        <source>Grade by the measured loss of height</source>
        <translation>Grad nach dem gemessenen Höhenverlust</translation>
    </message>
    <message>
        <source>Largest loss of height against the norm of the level</source>
        <translation>Größter Höhenverlust gegenüber der Norm dieses Wirbels</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>WK</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verl.</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>KI</translation>
    </message>
    <message>
        <source>Meas.</source>
        <translation>Gem.</translation>
    </message>
    <message>
        <source>Middle height</source>
        <translation>Mittlere Höhe</translation>
    </message>
    <message>
        <source>Name of the vertebra</source>
        <translation>Name des Wirbels</translation>
    </message>
    <message>
        <source>Network by grade: %1</source>
        <translation>Netz nach Graden: %1</translation>
    </message>
    <message>
        <source>Norm of %1: Ha/Hp %2, Hm/Hp %3</source>
        <translation>Norm von %1: Ha/Hp %2, Hm/Hp %3</translation>
    </message>
    <message>
        <source>Posterior height</source>
        <translation>Hintere Höhe</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Befunder</translation>
    </message>
    <message>
        <source>The network&apos;s grade and its probability; ? where it is in doubt</source>
        <translation>Grad des Netzes und seine Wahrscheinlichkeit; ? wo er fraglich ist</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Type by measurement; ✓ where you gave it</source>
        <translation>Typ nach der Messung; ✓ wo Sie ihn angegeben haben</translation>
    </message>
    <message>
        <source>Warnings about this vertebra</source>
        <translation>Warnungen zu diesem Wirbel</translation>
    </message>
    <message>
        <source>Wedge: anterior by posterior height</source>
        <translation>Keil: vordere durch hintere Höhe</translation>
    </message>
    <message>
        <source>Your decision, cause and note</source>
        <translation>Ihre Entscheidung, Ursache und Notiz</translation>
    </message>
</context>
<context>
    <name>GreyPattern</name>
    <message>
        <source>Grey-scale test pattern</source>
        <translation>Graustufen-Testbild</translation>
    </message>
    <message>
        <source>Look for: the inner square in black and in white; the corners of all 18 squares, of which black and white have two; an even ramp without bands or tints; sharp lines; the white border on all four sides. What is missing, the display hides in films too: have it calibrated. VCF Desktop neither measures nor calibrates the display. Esc or a click closes.</source>
        <translation>Achten Sie auf: das innere Quadrat in Schwarz und in Weiß; die Ecken aller 18 Quadrate, Schwarz und Weiß haben je zwei; einen gleichmäßigen Verlauf ohne Streifen und Farbstich; scharfe Linien; den weißen Rand an allen vier Seiten. Was fehlt, verbirgt der Bildschirm auch in Aufnahmen: Lassen Sie ihn kalibrieren. VCF Desktop misst und kalibriert den Bildschirm nicht. Esc oder ein Klick schließt.</translation>
    </message>
</context>
<context>
    <name>IntendedUseDialog</name>
    <message>
        <source>&amp;I have read this, and use VCF Desktop for research only.</source>
        <translation>&amp;Ich habe dies gelesen und verwende VCF Desktop nur für die Forschung.</translation>
    </message>
    <message>
        <source>A grade says how much height is lost, not why.</source>
        <translation>Ein Grad sagt, wie viel Höhe verloren ist, nicht warum.</translation>
    </message>
    <message>
        <source>A projection film shows everything larger than it is. Millimetres are given only where the file carries a spacing, with where it comes from. Ratios need none.</source>
        <translation>Eine Projektionsaufnahme zeigt alles größer, als es ist. Millimeter werden nur angegeben, wo die Datei einen Pixelabstand enthält, und zwar mit dessen Herkunft. Verhältnisse brauchen keinen.</translation>
    </message>
    <message>
        <source>Adults only.</source>
        <translation>Nur Erwachsene.</translation>
    </message>
    <message>
        <source>Enhanced contrast is marked as such, and the film as it was taken is one key away.</source>
        <translation>Verstärkter Kontrast ist als solcher gekennzeichnet, und die Originalaufnahme ist nur einen Tastendruck entfernt.</translation>
    </message>
    <message>
        <source>Enhancement never replaces the film.</source>
        <translation>Die Verstärkung ersetzt nie die Aufnahme.</translation>
    </message>
    <message>
        <source>Every vertebra needs a decision of the reader before a review can be signed.</source>
        <translation>Jeder Wirbel braucht eine Entscheidung des Befunders, bevor eine Befundung unterzeichnet werden kann.</translation>
    </message>
    <message>
        <source>For research only.</source>
        <translation>Nur für die Forschung.</translation>
    </message>
    <message>
        <source>Growth plates and the wedged bodies of children look like fractures and are not.</source>
        <translation>Wachstumsfugen und die keilförmigen Wirbelkörper von Kindern sehen wie Frakturen aus, sind aber keine.</translation>
    </message>
    <message>
        <source>Intended use and limits</source>
        <translation>Zweckbestimmung und Grenzen</translation>
    </message>
    <message>
        <source>It is not a medical device, no authority has cleared it, and no diagnosis or treatment may rest on it. A physician reads the film.</source>
        <translation>Es ist kein Medizinprodukt, keine Behörde hat es zugelassen, und weder Diagnose noch Behandlung dürfen sich darauf stützen. Die Aufnahme befundet ein Arzt.</translation>
    </message>
    <message>
        <source>Lateral films of the thoracolumbar spine, T1 to L5.</source>
        <translation>Seitliche Aufnahmen der Brust- und Lendenwirbelsäule, T1 bis L5.</translation>
    </message>
    <message>
        <source>Millimetres are magnified.</source>
        <translation>Millimeter sind vergrößert.</translation>
    </message>
    <message>
        <source>Old and new fractures, Scheuermann&apos;s disease and tumours may look the same. Where levels cannot be counted from the sacrum, their names are a guess and marked as one.</source>
        <translation>Alte und frische Frakturen, Morbus Scheuermann und Tumoren können gleich aussehen. Wo die Wirbel nicht vom Kreuzbein aus gezählt werden können, sind ihre Namen angenommen und so gekennzeichnet.</translation>
    </message>
    <message>
        <source>Other views and regions, metal and cement, and low resolution are out of scope; the program warns where it notices.</source>
        <translation>Andere Projektionen und Körperregionen, Metall und Zement sowie geringe Auflösung liegen außerhalb der Zweckbestimmung; das Programm warnt, wo es dies bemerkt.</translation>
    </message>
    <message>
        <source>The display is not verified.</source>
        <translation>Der Bildschirm wird nicht geprüft.</translation>
    </message>
    <message>
        <source>The machine&apos;s opinion is never accepted by itself.</source>
        <translation>Die Meinung der KI wird nie von selbst übernommen.</translation>
    </message>
    <message>
        <source>The program neither measures nor calibrates it. Look at the grey-scale test pattern in the menu Film before you read.</source>
        <translation>Das Programm misst und kalibriert ihn nicht. Sehen Sie sich vor dem Befunden das Graustufen-Testbild im Menü Aufnahme an.</translation>
    </message>
    <message>
        <source>They were made from the bones of two people. Test the networks on films of your own hospital before you rely on a number. Mild fractures are told apart badly.</source>
        <translation>Sie wurden aus den Knochen zweier Menschen erzeugt. Prüfen Sie die Netze an Aufnahmen Ihres eigenen Krankenhauses, bevor Sie sich auf eine Zahl verlassen. Leichte Frakturen werden schlecht unterschieden.</translation>
    </message>
    <message>
        <source>Trained on simulated films.</source>
        <translation>Mit simulierten Aufnahmen trainiert.</translation>
    </message>
    <message>
        <source>VCF Desktop finds and outlines the vertebrae of a lateral film of the spine, names their levels, measures their heights and grades them for compression fracture after Genant. It is meant for radiologists, spine surgeons and researchers, who review every result.</source>
        <translation>VCF Desktop findet und umreißt die Wirbel einer seitlichen Wirbelsäulenaufnahme, benennt sie, misst ihre Höhen und stuft sie auf Kompressionsfrakturen nach Genant ein. Es ist für Radiologen, Wirbelsäulenchirurgen und Forscher bestimmt, die jedes Ergebnis überprüfen.</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>%1 is the key of more than one command: %2. Give all but one of them another key.</source>
        <translation>%1 ist die Taste mehrerer Befehle: %2. Geben Sie allen bis auf einen eine andere Taste.</translation>
    </message>
    <message>
        <source>&amp;All defaults</source>
        <translation>&amp;Alle Vorgaben</translation>
    </message>
    <message>
        <source>&amp;Change</source>
        <translation>&amp;Ändern</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>&amp;Vorgabe</translation>
    </message>
    <message>
        <source>&amp;No key</source>
        <translation>&amp;Keine</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>Find a command or a key</source>
        <translation>Befehl oder Taste suchen</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Key of “%1”</source>
        <translation>Taste für „%1“</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Press the new key in its field. Tab leaves the field and changes nothing.</source>
        <translation>Drücken Sie die neue Taste in ihrem Feld. Tab verlässt das Feld, ohne etwas zu ändern.</translation>
    </message>
    <message>
        <source>also: %1</source>
        <translation>auch: %1</translation>
    </message>
    <message>
        <source>default: %1</source>
        <translation>Vorgabe: %1</translation>
    </message>
    <message>
        <source>default: none</source>
        <translation>Vorgabe: keine</translation>
    </message>
</context>
<context>
    <name>LevelDialog</name>
    <message>
        <source>Grades stay as they are; the measured ones follow the norm of the level.</source>
        <translation>Die Grade bleiben, wie sie sind; die gemessenen folgen der Norm des Wirbels.</translation>
    </message>
    <message>
        <source>Name of %1</source>
        <translation>Name von %1</translation>
    </message>
    <message>
        <source>The vertebrae above follow, counted up from here</source>
        <translation>Die Wirbel darüber folgen, von hier aus gezählt</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>A new analysis takes the place of this one, and what you said about it is lost.</source>
        <translation>Eine neue Analyse tritt an die Stelle dieser; was Sie zu ihr gesagt haben, geht verloren.</translation>
    </message>
    <message>
        <source>Fracture, grade %1</source>
        <translation>Fraktur, Grad %1</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Several frames</source>
        <translation>Mehrere Einzelbilder</translation>
    </message>
    <message numerus="yes">
        <source>The film has %n frame(s). Which one?</source>
        <translation>
            <numerusform>Die Aufnahme hat %n Einzelbild. Welches?</numerusform>
            <numerusform>Die Aufnahme hat %n Einzelbilder. Welches?</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Your last changes could not be saved: %1</source>
        <translation>Ihre letzten Änderungen konnten nicht gespeichert werden: %1</translation>
    </message>
</context>
<context>
    <name>Measures</name>
    <message>
        <source>%1 mm (%2)</source>
        <translation>%1 mm (%2)</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 px</translation>
    </message>
    <message>
        <source>%1°</source>
        <translation>%1°</translation>
    </message>
    <message>
        <source>Cobb %1°</source>
        <translation>Cobb %1°</translation>
    </message>
</context>
<context>
    <name>NoteDialog</name>
    <message>
        <source>Note on %1</source>
        <translation>Notiz zu %1</translation>
    </message>
    <message>
        <source>Your words; they go into the report.</source>
        <translation>Ihre Worte; sie kommen in den Bericht.</translation>
    </message>
</context>
<context>
    <name>OpenFilms</name>
    <message>
        <source>Not analysed: %1 The film can be reviewed by hand.</source>
        <translation>Nicht analysiert: %1 Die Aufnahme kann von Hand befundet werden.</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>%1 wird gelesen…</translation>
    </message>
    <message>
        <source>The file has changed since it was opened; open it again.</source>
        <translation>Die Datei wurde seit dem Öffnen geändert; bitte erneut öffnen.</translation>
    </message>
    <message>
        <source>The file has changed since it was reviewed; that review is kept and not shown.</source>
        <translation>Die Datei wurde seit ihrer Befundung geändert; jene Befundung bleibt erhalten und wird nicht gezeigt.</translation>
    </message>
    <message>
        <source>The film is not opened, as its saved review cannot be: %1</source>
        <translation>Die Aufnahme wird nicht geöffnet, da ihre gespeicherte Befundung nicht geöffnet werden kann: %1</translation>
    </message>
    <message>
        <source>The review was changed meanwhile; the new analysis is not used.</source>
        <translation>Die Befundung wurde inzwischen geändert; die neue Analyse wird nicht verwendet.</translation>
    </message>
    <message>
        <source>The saved review of this film cannot be read and is kept aside: %1</source>
        <translation>Die gespeicherte Befundung dieser Aufnahme ist nicht lesbar und wird beiseitegelegt: %1</translation>
    </message>
</context>
<context>
    <name>OutboxDialog</name>
    <message>
        <source>&amp;Give up…</source>
        <translation>&amp;Aufgeben…</translation>
    </message>
    <message>
        <source>&amp;Send now</source>
        <translation>Jetzt &amp;senden</translation>
    </message>
    <message>
        <source>All results were sent.</source>
        <translation>Alle Befunde wurden gesendet.</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>Postausgang</translation>
    </message>
    <message>
        <source>Results that could not be sent yet. They are sent by themselves.</source>
        <translation>Befunde, die noch nicht gesendet werden konnten. Sie werden von selbst gesendet.</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>The outbox is being looked at…</source>
        <translation>Der Postausgang wird durchgesehen…</translation>
    </message>
    <message>
        <source>These results will not be sent to the archive. The signed review itself stays.</source>
        <translation>Diese Befunde werden nicht an das Archiv gesendet. Die unterschriebene Beurteilung selbst bleibt.</translation>
    </message>
    <message>
        <source>next try at %1; %2</source>
        <translation>nächster Versuch um %1; %2</translation>
    </message>
    <message>
        <source>refused: %1</source>
        <translation>abgelehnt: %1</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
</context>
<context>
    <name>OutboxSender</name>
    <message>
        <source>The report could not be put into the outbox: %1</source>
        <translation>Der Befund konnte nicht in den Postausgang gelegt werden: %1</translation>
    </message>
    <message>
        <source>The report has arrived at %1</source>
        <translation>Der Befund ist bei %1 angekommen</translation>
    </message>
    <message>
        <source>The report is on its way to %1</source>
        <translation>Der Befund ist unterwegs zu %1</translation>
    </message>
    <message>
        <source>This version of the report was sent before, or waits to be sent.</source>
        <translation>Diese Version des Befunds wurde schon gesendet, oder sie wartet darauf.</translation>
    </message>
</context>
<context>
    <name>RemarksLabel</name>
    <message numerus="yes">
        <source>%n undecided</source>
        <translation>
            <numerusform>%n offen</numerusform>
            <numerusform>%n offen</numerusform>
        </translation>
    </message>
    <message>
        <source>All decided; ready to be signed.</source>
        <translation>Alle entschieden; bereit zum Unterzeichnen.</translation>
    </message>
    <message>
        <source>Amending version %1: %2</source>
        <translation>Ergänzung zu Version %1: %2</translation>
    </message>
    <message>
        <source>No vertebra was found or added.</source>
        <translation>Kein Wirbel wurde gefunden oder hinzugefügt.</translation>
    </message>
    <message>
        <source>Not analysed.</source>
        <translation>Nicht analysiert.</translation>
    </message>
    <message numerus="yes">
        <source>Read first: point at each fracture you see and press 1, 2, 3 or 5 for its grade. %n marked so far. %1 records your reading and shows the machine&apos;s results.</source>
        <translation>
            <numerusform>Erst selbst befunden: Zeigen Sie auf jede Fraktur, die Sie sehen, und drücken Sie 1, 2, 3 oder 5 für ihren Grad. Bisher %n markiert. %1 hält Ihre Befundung fest und zeigt die Ergebnisse der KI.</numerusform>
            <numerusform>Erst selbst befunden: Zeigen Sie auf jede Fraktur, die Sie sehen, und drücken Sie 1, 2, 3 oder 5 für ihren Grad. Bisher %n markiert. %1 hält Ihre Befundung fest und zeigt die Ergebnisse der KI.</numerusform>
        </translation>
    </message>
    <message>
        <source>Signed, version %1, by %2 on %3.</source>
        <translation>Version %1, unterzeichnet von %2 am %3.</translation>
    </message>
    <message>
        <source>The film is being analysed.</source>
        <translation>Die Aufnahme wird analysiert.</translation>
    </message>
    <message>
        <source>The patient was %1 years old; adults only can be graded.</source>
        <translation>Der Patient war %1 Jahre alt; nur Erwachsene können eingestuft werden.</translation>
    </message>
    <message>
        <source>⚠ More than one vertebra is called %1.</source>
        <translation>⚠ Mehr als ein Wirbel heißt %1.</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>&amp;Language of the report</source>
        <translation>Sp&amp;rache des Berichts</translation>
    </message>
    <message>
        <source>&amp;Paper</source>
        <translation>&amp;Papier</translation>
    </message>
    <message>
        <source>&amp;Sign…</source>
        <translation>&amp;Unterzeichnen…</translation>
    </message>
    <message>
        <source>As the window</source>
        <translation>Wie das Fenster</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>CSV-Tabelle</translation>
    </message>
    <message>
        <source>DICOM: marks (GSPS)</source>
        <translation>DICOM: Markierungen (GSPS)</translation>
    </message>
    <message>
        <source>DICOM: outlines (SEG)</source>
        <translation>DICOM: Umrisse (SEG)</translation>
    </message>
    <message>
        <source>DICOM: picture (SC)</source>
        <translation>DICOM: Bild (SC)</translation>
    </message>
    <message>
        <source>DICOM: report (SR)</source>
        <translation>DICOM: Befund (SR)</translation>
    </message>
    <message>
        <source>DICOM: the PDF</source>
        <translation>DICOM: das PDF</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Befundbericht</translation>
    </message>
    <message>
        <source>S&amp;ave the files…</source>
        <translation>&amp;Dateien speichern…</translation>
    </message>
    <message>
        <source>Sen&amp;d to the archive</source>
        <translation>Ans &amp;Archiv senden</translation>
    </message>
    <message>
        <source>The file has changed since it was opened; close the report and open the film again.</source>
        <translation>Die Datei wurde seit dem Öffnen geändert; schließen Sie den Bericht und öffnen Sie die Aufnahme erneut.</translation>
    </message>
    <message>
        <source>The report is being made…</source>
        <translation>Der Bericht wird erstellt…</translation>
    </message>
    <message numerus="yes">
        <source>Unverified draft: %n vertebra(e) undecided; decide, then sign.</source>
        <translation>
            <numerusform>Ungeprüfter Entwurf: %n Wirbel noch offen; erst entscheiden, dann unterzeichnen.</numerusform>
            <numerusform>Ungeprüfter Entwurf: %n Wirbel noch offen; erst entscheiden, dann unterzeichnen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Unverified draft: the review is not signed yet.</source>
        <translation>Ungeprüfter Entwurf: die Befundung ist noch nicht unterzeichnet.</translation>
    </message>
    <message>
        <source>Version %1, signed by %2 on %3; a change needs a next version.</source>
        <translation>Version %1, unterzeichnet von %2 am %3; eine Änderung erfordert eine neue Version.</translation>
    </message>
</context>
<context>
    <name>ReportPreview</name>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Page width</source>
        <translation>Seitenbreite</translation>
    </message>
    <message>
        <source>Pages of the report</source>
        <translation>Seiten des Berichts</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Whole page</source>
        <translation>Ganze Seite</translation>
    </message>
</context>
<context>
    <name>Reporting</name>
    <message numerus="yes">
        <source>%n file(s) saved in %1</source>
        <translation>
            <numerusform>%n Datei gespeichert in %1</numerusform>
            <numerusform>%n Dateien gespeichert in %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the report in this folder</source>
        <translation>Bericht in diesem Ordner speichern</translation>
    </message>
    <message>
        <source>The report was not saved: %1</source>
        <translation>Der Bericht wurde nicht gespeichert: %1</translation>
    </message>
</context>
<context>
    <name>Reviewing</name>
    <message>
        <source>%1 opens the report.</source>
        <translation>%1 öffnet den Bericht.</translation>
    </message>
    <message>
        <source>A name would leave the range C7 to S1; nothing was changed.</source>
        <translation>Ein Name läge außerhalb von C7 bis S1; es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>No outline was found in the box; drag the six points to their places.</source>
        <translation>Im Rahmen wurde kein Umriss gefunden; ziehen Sie die sechs Punkte an ihre Stellen.</translation>
    </message>
    <message>
        <source>Not signed: %1</source>
        <translation>Nicht unterzeichnet: %1</translation>
    </message>
    <message>
        <source>Point at the fracture on the film, then press the key of its grade.</source>
        <translation>Zeigen Sie in der Aufnahme auf die Fraktur, und drücken Sie dann die Taste ihres Grades.</translation>
    </message>
    <message>
        <source>Signed as version %1 by %2.</source>
        <translation>Als Version %1 unterzeichnet von %2.</translation>
    </message>
    <message>
        <source>The networks look at the vertebra you drew…</source>
        <translation>Die Netze betrachten den eingezeichneten Wirbel…</translation>
    </message>
    <message>
        <source>The review has changed meanwhile; look at it again before you sign.</source>
        <translation>Die Befundung hat sich inzwischen geändert; sehen Sie sie noch einmal durch, bevor Sie unterzeichnen.</translation>
    </message>
    <message>
        <source>There is no room for another vertebra there.</source>
        <translation>Dort ist kein Platz für einen weiteren Wirbel.</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>%1 answers that nobody listens; check host and port, or try again later</source>
        <translation>%1 antwortet, dass dort niemand zuhört; prüfen Sie Rechner und Port, oder versuchen Sie es später noch einmal</translation>
    </message>
    <message>
        <source>%1 cannot be reached: %2; check the network</source>
        <translation>%1 ist nicht zu erreichen: %2; prüfen Sie das Netz</translation>
    </message>
    <message>
        <source>%1 cannot be read (%2); reinstall the model</source>
        <translation>%1 kann nicht gelesen werden (%2); bitte das Modell neu installieren</translation>
    </message>
    <message>
        <source>%1 does not speak DICOM as we do; check the port</source>
        <translation>%1 spricht DICOM nicht wie wir; prüfen Sie den Port</translation>
    </message>
    <message>
        <source>%1 does not speak DICOM; check the port, and TLS</source>
        <translation>%1 spricht kein DICOM; prüfen Sie den Port und TLS</translation>
    </message>
    <message>
        <source>%1 does not speak TLS as we do; check the port and whether it uses TLS</source>
        <translation>%1 spricht TLS nicht wie wir; prüfen Sie den Port und ob er TLS verwendet</translation>
    </message>
    <message>
        <source>%1 dropped the line; try again later, or check the use of TLS and its certificates</source>
        <translation>%1 hat die Verbindung getrennt; versuchen Sie es später noch einmal, oder prüfen Sie TLS und seine Zertifikate</translation>
    </message>
    <message>
        <source>%1 holds more than one (%2); leave one of them</source>
        <translation>%1 enthält mehr als eines (%2); bitte nur eines davon belassen</translation>
    </message>
    <message>
        <source>%1 is no computer known here; check its name and the network</source>
        <translation>%1 ist hier als Rechner nicht bekannt; prüfen Sie seinen Namen und das Netz</translation>
    </message>
    <message>
        <source>%1 is not a folder; choose the folder of models again in the settings.</source>
        <translation>%1 ist kein Ordner; bitte den Ordner der Modelle in den Einstellungen neu wählen.</translation>
    </message>
    <message>
        <source>%1 is not a valid manifest: %2; reinstall the model</source>
        <translation>%1 ist kein gültiges Manifest: %2; bitte das Modell neu installieren</translation>
    </message>
    <message>
        <source>%1 is not valid JSON; reinstall the model</source>
        <translation>%1 ist kein gültiges JSON; bitte das Modell neu installieren</translation>
    </message>
    <message>
        <source>%1 names %2, which is not a folder; correct the variable or unset it.</source>
        <translation>%1 nennt %2, was kein Ordner ist; bitte die Variable berichtigen oder löschen.</translation>
    </message>
    <message>
        <source>%1 refuses our certificate, or that there is none; choose another</source>
        <translation>%1 lehnt unser Zertifikat ab, oder dass es keines gibt; wählen Sie ein anderes</translation>
    </message>
    <message>
        <source>%1 stalls; check host, port and network, or try again later</source>
        <translation>%1 rührt sich nicht; prüfen Sie Rechner, Port und Netz, oder versuchen Sie es später noch einmal</translation>
    </message>
    <message>
        <source>%1 was changed since it was released; reinstall the model</source>
        <translation>%1 wurde seit der Freigabe verändert; bitte das Modell neu installieren</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: cannot be read: %2</source>
        <translation>%1: kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>%1: name must be a text and lines a list of texts.</source>
        <translation>%1: name muss ein Text und lines eine Liste von Texten sein.</translation>
    </message>
    <message>
        <source>%1: the logo is larger than %2 kB; shrink it.</source>
        <translation>%1: Das Logo ist größer als %2 kB; verkleinern Sie es.</translation>
    </message>
    <message>
        <source>%1: there is no text %2; correct its name or take it out.</source>
        <translation>%1: Es gibt keinen Text %2; berichtigen Sie seinen Namen oder nehmen Sie ihn heraus.</translation>
    </message>
    <message>
        <source>A vertebra near column %1, row %2 was detected but could not be outlined; it is left out.</source>
        <translation>Ein Wirbel nahe Spalte %1, Zeile %2 wurde erkannt, konnte aber nicht umrissen werden; er fehlt.</translation>
    </message>
    <message>
        <source>DICOM objects cannot refer to this film: it is of the kind %1, which is no film of today&apos;s standard.</source>
        <translation>DICOM-Objekte können nicht auf diese Aufnahme verweisen: sie ist von der Art %1, die im heutigen Standard keine Aufnahme mehr ist.</translation>
    </message>
    <message>
        <source>DICOM objects cannot refer to this film: its %1 is missing or invalid.</source>
        <translation>DICOM-Objekte können nicht auf diese Aufnahme verweisen: %1 fehlt oder ist ungültig.</translation>
    </message>
    <message>
        <source>Fewer than three vertebrae were found; is it a frontal view or another part of the body?</source>
        <translation>Es wurden weniger als drei Wirbel gefunden; ist es eine Frontalaufnahme oder eine andere Körperregion?</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>Die Datei existiert bereits</translation>
    </message>
    <message>
        <source>Frame %1 of %2, counted from 0, was analysed.</source>
        <translation>Einzelbild %1 von %2, gezählt ab 0, wurde analysiert.</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>Ist ein Ordner</translation>
    </message>
    <message>
        <source>It is uncertain which side is anterior; check the points.</source>
        <translation>Es ist unsicher, welche Seite vorn ist; bitte die Punkte prüfen.</translation>
    </message>
    <message>
        <source>Metal or cement overlies this vertebra; its heights may be wrong.</source>
        <translation>Metall oder Zement überlagert diesen Wirbel; seine Höhen können falsch sein.</translation>
    </message>
    <message>
        <source>Metal or cement was seen; heights of the vertebrae under it may be wrong.</source>
        <translation>Metall oder Zement ist zu sehen; Höhen der davon verdeckten Wirbel können falsch sein.</translation>
    </message>
    <message>
        <source>No lateral spine was found; is it a frontal view or another part of the body?</source>
        <translation>Es wurde keine seitliche Wirbelsäule gefunden; ist es eine Frontalaufnahme oder eine andere Körperregion?</translation>
    </message>
    <message>
        <source>No segmentation was made, as the report has no vertebra on the film.</source>
        <translation>Es wurde keine Segmentierung erstellt, da der Befund keinen Wirbel auf der Aufnahme enthält.</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>Der Datenträger ist voll</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Datei oder Ordner existiert nicht</translation>
    </message>
    <message>
        <source>No vertebra was found where %1 is expected; look at it.</source>
        <translation>Wo %1 zu erwarten ist, wurde kein Wirbel gefunden; bitte ansehen.</translation>
    </message>
    <message>
        <source>ONNX Runtime could not load its CUDA libraries; choose the device cpu</source>
        <translation>ONNX Runtime konnte seine CUDA-Bibliotheken nicht laden; bitte das Gerät CPU wählen</translation>
    </message>
    <message>
        <source>ONNX Runtime stopped (%1)</source>
        <translation>ONNX Runtime hat angehalten (%1)</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>Zugriff verweigert</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>Der Datenträger ist schreibgeschützt</translation>
    </message>
    <message>
        <source>Some of the film&apos;s text breaks the rules of DICOM and may be shown wrong: check the patient.</source>
        <translation>Manche Texte der Aufnahme verletzen die Regeln von DICOM und erscheinen vielleicht falsch: bitte den Patienten prüfen.</translation>
    </message>
    <message>
        <source>The GPU ran out of memory: the %1 runs, slower, on the CPU.</source>
        <translation>Der GPU ging der Speicher aus: das Netz (%1) läuft langsamer auf der CPU.</translation>
    </message>
    <message>
        <source>The film brings no window; one was computed from its pixels.</source>
        <translation>Die Aufnahme bringt kein Fenster mit; eines wurde aus ihren Bildpunkten berechnet.</translation>
    </message>
    <message>
        <source>The film contradicts itself about which values are white: check that bone is bright.</source>
        <translation>Die Aufnahme widerspricht sich darin, welche Werte weiß sind: bitte prüfen, ob Knochen hell ist.</translation>
    </message>
    <message>
        <source>The film holds VOI LUTs that cannot be used; they are left out.</source>
        <translation>Die Aufnahme enthält unbrauchbare VOI-LUTs; sie werden weggelassen.</translation>
    </message>
    <message>
        <source>The film is a picture and belongs to no study: a new study was made for it, with the picture as its image.</source>
        <translation>Die Aufnahme ist ein Bild und gehört zu keiner Studie: für sie wurde eine neue Studie mit dem Bild angelegt.</translation>
    </message>
    <message>
        <source>The film is in colour; its luminance is used.</source>
        <translation>Die Aufnahme ist farbig; verwendet wird ihre Helligkeit.</translation>
    </message>
    <message>
        <source>The film is raw detector data (for processing), which is not made for reading.</source>
        <translation>Die Aufnahme enthält Rohdaten des Detektors (for processing), die nicht zum Befunden gedacht sind.</translation>
    </message>
    <message>
        <source>The film names windows that cannot be used; they are left out.</source>
        <translation>Die Aufnahme nennt unbrauchbare Fenster; sie werden weggelassen.</translation>
    </message>
    <message>
        <source>The film was read inverted: vertebrae were found only with dark and bright exchanged.</source>
        <translation>Die Aufnahme wurde invertiert gelesen: Wirbel wurden nur mit vertauschtem Hell und Dunkel gefunden.</translation>
    </message>
    <message>
        <source>The film&apos;s %1 cannot be used and is left out.</source>
        <translation>%1 der Aufnahme ist unbrauchbar und bleibt unberücksichtigt.</translation>
    </message>
    <message>
        <source>The film&apos;s file has changed since the film was read; open it again.</source>
        <translation>Die Datei der Aufnahme hat sich geändert, seit sie gelesen wurde; öffnen Sie sie erneut.</translation>
    </message>
    <message>
        <source>The film&apos;s header says that it is a frontal view; lateral films only can be measured.</source>
        <translation>Laut Kopfdaten ist dies eine Frontalaufnahme; nur seitliche Aufnahmen können vermessen werden.</translation>
    </message>
    <message>
        <source>The film&apos;s magnification factor is below 1, which is impossible; it is not used.</source>
        <translation>Der Vergrößerungsfaktor der Aufnahme ist kleiner als 1, was unmöglich ist; er wird nicht verwendet.</translation>
    </message>
    <message>
        <source>The film&apos;s patient or study cannot be copied: %1.</source>
        <translation>Patient oder Studie der Aufnahme können nicht übernommen werden: %1.</translation>
    </message>
    <message>
        <source>The folder %1 is missing from this installation of VCF Desktop; please install it again.</source>
        <translation>In dieser Installation von VCF Desktop fehlt der Ordner %1; bitte neu installieren.</translation>
    </message>
    <message>
        <source>The levels are assumed: they could not be counted from a sacrum.</source>
        <translation>Die Wirbelnamen sind angenommen: sie konnten nicht vom Kreuzbein aus gezählt werden.</translation>
    </message>
    <message>
        <source>The network&apos;s grade and the measured grade differ by more than one; look at it again.</source>
        <translation>Der Grad des Netzes und der gemessene unterscheiden sich um mehr als eins; bitte erneut ansehen.</translation>
    </message>
    <message>
        <source>The outline reaches the edge of what was looked at; check it.</source>
        <translation>Der Umriss reicht bis an den Rand des betrachteten Ausschnitts; bitte prüfen.</translation>
    </message>
    <message>
        <source>The resolution is too low: most vertebrae are too few pixels high to be measured well.</source>
        <translation>Die Auflösung ist zu gering: die meisten Wirbel sind für eine gute Messung zu wenige Bildpunkte hoch.</translation>
    </message>
    <message>
        <source>There are no report texts in %1; choose one of %2.</source>
        <translation>Es gibt keine Berichtstexte auf %1; wählen Sie eine von %2.</translation>
    </message>
    <message>
        <source>This level lies outside T4 to L4, for which the grades were defined.</source>
        <translation>Dieser Wirbel liegt außerhalb von T4 bis L4, wofür die Grade definiert wurden.</translation>
    </message>
    <message>
        <source>This report is about another film than the one that is there now.</source>
        <translation>Dieser Befund betrifft eine andere Aufnahme als die, die jetzt vorliegt.</translation>
    </message>
    <message>
        <source>This review is about another film than the one that is there now.</source>
        <translation>Diese Befundung betrifft eine andere Aufnahme als die, die jetzt vorliegt.</translation>
    </message>
    <message>
        <source>This vertebra is too few pixels high to be measured well.</source>
        <translation>Dieser Wirbel ist für eine gute Messung zu wenige Bildpunkte hoch.</translation>
    </message>
    <message>
        <source>Vertebrae are undecided; decide about each and sign before you report.</source>
        <translation>Über einige Wirbel ist noch nicht entschieden; entscheiden Sie über jeden und unterzeichnen Sie, bevor Sie berichten.</translation>
    </message>
    <message>
        <source>Vertebrae are undecided; decide about each before you sign.</source>
        <translation>Über einige Wirbel ist noch nicht entschieden; entscheiden Sie über jeden, bevor Sie unterzeichnen.</translation>
    </message>
    <message>
        <source>a CT image</source>
        <translation>ein CT-Bild</translation>
    </message>
    <message>
        <source>a PET image</source>
        <translation>ein PET-Bild</translation>
    </message>
    <message>
        <source>a mammogram</source>
        <translation>eine Mammographie</translation>
    </message>
    <message>
        <source>a nuclear medicine image</source>
        <translation>ein nuklearmedizinisches Bild</translation>
    </message>
    <message>
        <source>a radiotherapy dose</source>
        <translation>eine Dosisverteilung der Strahlentherapie</translation>
    </message>
    <message>
        <source>a segmentation</source>
        <translation>eine Segmentierung</translation>
    </message>
    <message>
        <source>an MR image</source>
        <translation>ein MR-Bild</translation>
    </message>
    <message>
        <source>an image of modality %1</source>
        <translation>ein Bild der Modalität %1</translation>
    </message>
    <message>
        <source>an ultrasound image</source>
        <translation>ein Ultraschallbild</translation>
    </message>
    <message>
        <source>another program is sending it; wait until it is done</source>
        <translation>ein anderes Programm sendet sie gerade; warten Sie, bis es fertig ist</translation>
    </message>
    <message>
        <source>answers what is no DICOM; have its administrator look</source>
        <translation>antwortet, was kein DICOM ist; lassen Sie den Betreuer des Archivs nachsehen</translation>
    </message>
    <message>
        <source>answers what is no DICOMweb; check its address</source>
        <translation>antwortet, was kein DICOMweb ist; prüfen Sie seine Adresse</translation>
    </message>
    <message>
        <source>archive %1: %2</source>
        <translation>Archiv %1: %2</translation>
    </message>
    <message>
        <source>broke off before it listened; check the AE titles</source>
        <translation>hat abgebrochen, bevor es zuhörte; prüfen Sie die AE-Titel</translation>
    </message>
    <message>
        <source>broke off while we talked; try again later</source>
        <translation>hat das Gespräch abgebrochen; versuchen Sie es später noch einmal</translation>
    </message>
    <message>
        <source>cannot be asked for this text; correct it</source>
        <translation>kann nach diesem Text nicht gefragt werden; berichtigen Sie ihn</translation>
    </message>
    <message>
        <source>cannot be read as DICOM: %1</source>
        <translation>kann nicht als DICOM gelesen werden: %1</translation>
    </message>
    <message>
        <source>cannot be read as a picture: %1</source>
        <translation>kann nicht als Bild gelesen werden: %1</translation>
    </message>
    <message>
        <source>cannot be read now: %1; try again</source>
        <translation>kann jetzt nicht gelesen werden: %1; versuchen Sie es erneut</translation>
    </message>
    <message>
        <source>cannot be read: %1</source>
        <translation>kann nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>cannot be unpacked into %1: %2</source>
        <translation>kann nicht nach %1 entpackt werden: %2</translation>
    </message>
    <message>
        <source>cannot be written: %1</source>
        <translation>kann nicht geschrieben werden: %1</translation>
    </message>
    <message>
        <source>classifier</source>
        <translation>Klassifikator</translation>
    </message>
    <message>
        <source>contains no picture: every pixel has the same value</source>
        <translation>enthält kein Bild: alle Bildpunkte haben denselben Wert</translation>
    </message>
    <message>
        <source>contains no picture: every pixel is padding</source>
        <translation>enthält kein Bild: alle Bildpunkte sind Füllwerte</translation>
    </message>
    <message>
        <source>contains pixels that are not numbers</source>
        <translation>enthält Bildpunkte, die keine Zahlen sind</translation>
    </message>
    <message>
        <source>declares %1 x %2 pixels, more than the limit of %3 a side</source>
        <translation>gibt %1 x %2 Bildpunkte an, mehr als die Grenze von %3 je Seite</translation>
    </message>
    <message>
        <source>declares %1 x %2 pixels, more than the limit of %3 megapixels</source>
        <translation>gibt %1 x %2 Bildpunkte an, mehr als die Grenze von %3 Megapixeln</translation>
    </message>
    <message>
        <source>declares more pixels than the limit of %1 megapixels</source>
        <translation>gibt mehr Bildpunkte an als die Grenze von %1 Megapixeln</translation>
    </message>
    <message>
        <source>detector</source>
        <translation>Detektor</translation>
    </message>
    <message>
        <source>did not answer for the objects within %1 s; try again later</source>
        <translation>hat sich innerhalb von %1 s nicht für die Objekte verbürgt; versuchen Sie es später noch einmal</translation>
    </message>
    <message>
        <source>did not send a film that it has; have its administrator look into its log</source>
        <translation>hat eine Aufnahme nicht gesendet, die es hat; lassen Sie den Betreuer des Archivs in dessen Protokoll sehen</translation>
    </message>
    <message>
        <source>does not accept our user and password or token; correct them</source>
        <translation>nimmt unseren Benutzer mit Kennwort oder unser Token nicht an; berichtigen Sie sie</translation>
    </message>
    <message>
        <source>does not allow us to do this; have its administrator allow it</source>
        <translation>erlaubt uns das nicht; lassen Sie es vom Betreuer des Archivs erlauben</translation>
    </message>
    <message>
        <source>does not answer for what it was sent; have its administrator look, then try again</source>
        <translation>verbürgt sich nicht für das Gesendete; lassen Sie den Betreuer des Archivs nachsehen, und versuchen Sie es dann noch einmal</translation>
    </message>
    <message>
        <source>does not exist</source>
        <translation>existiert nicht</translation>
    </message>
    <message>
        <source>does not know us as %1; have its administrator enter this AE title</source>
        <translation>kennt uns nicht als %1; lassen Sie diesen AE-Titel vom Betreuer des Archivs eintragen</translation>
    </message>
    <message>
        <source>does not know where to send to; have its administrator enter %1, this computer and port %2</source>
        <translation>weiß nicht, wohin es senden soll; lassen Sie %1, diesen Rechner und Port %2 vom Betreuer des Archivs eintragen</translation>
    </message>
    <message>
        <source>does not offer C-GET; choose C-MOVE in its settings</source>
        <translation>bietet C-GET nicht an; wählen Sie C-MOVE in seinen Einstellungen</translation>
    </message>
    <message>
        <source>does not offer this service to us; have its administrator allow it</source>
        <translation>bietet uns diesen Dienst nicht an; lassen Sie ihn vom Betreuer des Archivs erlauben</translation>
    </message>
    <message>
        <source>does not say how many rows and columns it has</source>
        <translation>sagt nicht, wie viele Zeilen und Spalten es hat</translation>
    </message>
    <message>
        <source>does not take files of this kind; have its administrator allow them</source>
        <translation>nimmt Dateien dieser Art nicht an; lassen Sie sie vom Betreuer des Archivs erlauben</translation>
    </message>
    <message>
        <source>does not take files of this size; have its administrator allow them</source>
        <translation>nimmt Dateien dieser Größe nicht an; lassen Sie sie vom Betreuer des Archivs erlauben</translation>
    </message>
    <message>
        <source>does not take objects of the kind %1; have its administrator allow them</source>
        <translation>nimmt Objekte der Art %1 nicht an; lassen Sie sie vom Betreuer des Archivs erlauben</translation>
    </message>
    <message>
        <source>does not take objects of this kind; have its administrator allow them</source>
        <translation>nimmt Objekte dieser Art nicht an; lassen Sie sie vom Betreuer des Archivs erlauben</translation>
    </message>
    <message>
        <source>failed while it worked on this; try again later</source>
        <translation>ist dabei gescheitert; versuchen Sie es später noch einmal</translation>
    </message>
    <message>
        <source>failed with the status %1; try again later</source>
        <translation>ist mit dem Status %1 gescheitert; versuchen Sie es später noch einmal</translation>
    </message>
    <message>
        <source>finds more than %1 studies; ask for fewer</source>
        <translation>findet mehr als %1 Studien; suchen Sie genauer</translation>
    </message>
    <message>
        <source>has %1 frames; choose one with --frame, counted from 0 (0 to %2)</source>
        <translation>hat %1 Einzelbilder; wählen Sie eines mit --frame, gezählt ab 0 (0 bis %2)</translation>
    </message>
    <message>
        <source>has no DICOMweb at this address; correct it</source>
        <translation>hat unter dieser Adresse kein DICOMweb; berichtigen Sie sie</translation>
    </message>
    <message>
        <source>has no frame %1; there are frames 0 to %2</source>
        <translation>hat kein Einzelbild %1; es gibt die Einzelbilder 0 bis %2</translation>
    </message>
    <message>
        <source>has no frame %1; there is only frame 0</source>
        <translation>hat kein Einzelbild %1; es gibt nur Einzelbild 0</translation>
    </message>
    <message>
        <source>has no list; send its files by hand, then discard it</source>
        <translation>hat keine Liste; senden Sie ihre Dateien von Hand, und verwerfen Sie sie dann</translation>
    </message>
    <message>
        <source>has no projection films in this study; choose another</source>
        <translation>hat in dieser Studie keine Röntgenaufnahmen; wählen Sie eine andere</translation>
    </message>
    <message>
        <source>holds %1 compressed in an unusual way (method %2); pack it again as an ordinary ZIP</source>
        <translation>enthält %1 auf ungewöhnliche Art komprimiert (Methode %2); packen Sie es neu als gewöhnliches ZIP</translation>
    </message>
    <message>
        <source>holds %1 in a folder that is a file as well</source>
        <translation>enthält %1 in einem Ordner, der zugleich eine Datei ist</translation>
    </message>
    <message>
        <source>holds %1 twice</source>
        <translation>enthält %1 zweimal</translation>
    </message>
    <message>
        <source>holds %1, a name that no file should have</source>
        <translation>enthält %1, einen Namen, den keine Datei haben sollte</translation>
    </message>
    <message>
        <source>holds %1, which is a link or a device and no file</source>
        <translation>enthält %1, eine Verknüpfung oder ein Gerät und keine Datei</translation>
    </message>
    <message>
        <source>holds more than the limit of %1 files</source>
        <translation>enthält mehr Dateien als die Grenze von %1</translation>
    </message>
    <message>
        <source>holds no film: nothing in it is DICOM or a PNG, JPEG or TIFF picture</source>
        <translation>enthält keine Aufnahme: nichts darin ist DICOM oder ein PNG-, JPEG- oder TIFF-Bild</translation>
    </message>
    <message>
        <source>holds no picture</source>
        <translation>enthält kein Bild</translation>
    </message>
    <message>
        <source>holds no picture: it is of the kind %1</source>
        <translation>enthält kein Bild: es ist von der Art %1</translation>
    </message>
    <message>
        <source>inflates to more than the limit of %1 GiB</source>
        <translation>ist entpackt größer als die Grenze von %1 GiB</translation>
    </message>
    <message>
        <source>is %1, not a projection film</source>
        <translation>ist %1 und keine Projektionsaufnahme</translation>
    </message>
    <message>
        <source>is a damaged or incomplete ZIP archive: %1</source>
        <translation>ist ein beschädigtes oder unvollständiges ZIP-Archiv: %1</translation>
    </message>
    <message>
        <source>is a folder, not a film</source>
        <translation>ist ein Ordner und keine Aufnahme</translation>
    </message>
    <message>
        <source>is cut short or damaged: none of its elements can be read</source>
        <translation>ist abgeschnitten oder beschädigt: keines seiner Elemente ist lesbar</translation>
    </message>
    <message>
        <source>is damaged: %1</source>
        <translation>ist beschädigt: %1</translation>
    </message>
    <message>
        <source>is damaged: it is not valid JSON</source>
        <translation>ist beschädigt: es ist kein gültiges JSON</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>ist leer</translation>
    </message>
    <message>
        <source>is encrypted; unpack it with its password and open the folder</source>
        <translation>ist verschlüsselt; entpacken Sie es mit dem Passwort und öffnen Sie den Ordner</translation>
    </message>
    <message>
        <source>is full or out of resources; have its administrator make room, or try again later</source>
        <translation>ist voll oder überlastet; lassen Sie vom Betreuer des Archivs Platz schaffen, oder versuchen Sie es später noch einmal</translation>
    </message>
    <message>
        <source>is full; have its administrator make room, or try again later</source>
        <translation>ist voll; lassen Sie vom Betreuer des Archivs Platz schaffen, oder versuchen Sie es später noch einmal</translation>
    </message>
    <message>
        <source>is larger than the limit of %1 GiB</source>
        <translation>ist größer als die Grenze von %1 GiB</translation>
    </message>
    <message>
        <source>is neither DICOM nor a PNG, JPEG or TIFF picture</source>
        <translation>ist weder DICOM noch ein PNG-, JPEG- oder TIFF-Bild</translation>
    </message>
    <message>
        <source>is no review that this version of the program can read</source>
        <translation>ist kein Befund, den diese Programmversion lesen kann</translation>
    </message>
    <message>
        <source>is not a file</source>
        <translation>ist keine Datei</translation>
    </message>
    <message>
        <source>is not called %1; correct its AE title</source>
        <translation>heißt nicht %1; berichtigen Sie seinen AE-Titel</translation>
    </message>
    <message>
        <source>is not in the outbox</source>
        <translation>ist nicht im Postausgang</translation>
    </message>
    <message>
        <source>is not set up any more; set it up under this name again, or give up what waits for it</source>
        <translation>ist nicht mehr eingerichtet; richten Sie es wieder unter diesem Namen ein, oder geben Sie auf, was darauf wartet</translation>
    </message>
    <message>
        <source>is out of resources; try again later</source>
        <translation>ist überlastet; versuchen Sie es später noch einmal</translation>
    </message>
    <message>
        <source>is too busy to listen; try again later</source>
        <translation>ist zu beschäftigt, um zuzuhören; versuchen Sie es später noch einmal</translation>
    </message>
    <message>
        <source>is too busy; try again later</source>
        <translation>ist zu beschäftigt; versuchen Sie es später noch einmal</translation>
    </message>
    <message>
        <source>is too large for the memory of this computer</source>
        <translation>ist zu groß für den Arbeitsspeicher dieses Rechners</translation>
    </message>
    <message>
        <source>it was made for crops of %1 px and not of %2; install a fitting model</source>
        <translation>es wurde für Ausschnitte von %1 px statt %2 gemacht; bitte ein passendes Modell installieren</translation>
    </message>
    <message>
        <source>its 16-bit colours cannot be decoded</source>
        <translation>seine 16-Bit-Farben können nicht dekodiert werden</translation>
    </message>
    <message>
        <source>its address cannot be used; it is like https://host/dicom-web</source>
        <translation>seine Adresse ist nicht zu gebrauchen; sie sieht aus wie https://host/dicom-web</translation>
    </message>
    <message>
        <source>its file meta group has no length</source>
        <translation>seine Dateimetagruppe hat keine Länge</translation>
    </message>
    <message>
        <source>its files overlap</source>
        <translation>seine Dateien überlappen sich</translation>
    </message>
    <message>
        <source>its list is damaged; send its files by hand, then discard it</source>
        <translation>ihre Liste ist beschädigt; senden Sie ihre Dateien von Hand, und verwerfen Sie sie dann</translation>
    </message>
    <message>
        <source>its modality LUT is damaged, so its pixel values mean nothing</source>
        <translation>seine Modalitäts-LUT ist beschädigt, daher bedeuten seine Pixelwerte nichts</translation>
    </message>
    <message>
        <source>its password cannot be kept in the key store; unlock it</source>
        <translation>sein Kennwort kann nicht im Schlüsselspeicher behalten werden; entsperren Sie ihn</translation>
    </message>
    <message>
        <source>its password cannot be read from the key store; unlock it</source>
        <translation>sein Kennwort kann nicht aus dem Schlüsselspeicher gelesen werden; entsperren Sie ihn</translation>
    </message>
    <message>
        <source>its password is not kept, as this computer has no key store; it will be asked for each time</source>
        <translation>sein Kennwort wird nicht behalten, da dieser Rechner keinen Schlüsselspeicher hat; es wird jedes Mal erfragt</translation>
    </message>
    <message>
        <source>its password is not known; enter it where the archives are set up</source>
        <translation>sein Kennwort ist nicht bekannt; geben Sie es dort ein, wo die Archive eingerichtet werden</translation>
    </message>
    <message>
        <source>its pixels (%1) cannot be decoded: %2</source>
        <translation>seine Bildpunkte (%1) können nicht dekodiert werden: %2</translation>
    </message>
    <message>
        <source>its rescale slope is 0, so its pixel values mean nothing</source>
        <translation>seine Rescale Slope ist 0, daher bedeuten seine Pixelwerte nichts</translation>
    </message>
    <message>
        <source>its settings cannot be used: an AE title has 1 to 16 characters without accents</source>
        <translation>seine Einstellungen sind nicht zu gebrauchen: ein AE-Titel hat 1 bis 16 Zeichen ohne Umlaute und Akzente</translation>
    </message>
    <message>
        <source>its weights do not fit this version of the program; reinstall the model</source>
        <translation>seine Gewichte passen nicht zu dieser Programmversion; bitte das Modell neu installieren</translation>
    </message>
    <message>
        <source>model %1: %2</source>
        <translation>Modell %1: %2</translation>
    </message>
    <message>
        <source>names a file outside its own folder</source>
        <translation>nennt eine Datei außerhalb des eigenen Ordners</translation>
    </message>
    <message>
        <source>names a file that cannot be: %1</source>
        <translation>nennt eine Datei, die es nicht geben kann: %1</translation>
    </message>
    <message>
        <source>names no film</source>
        <translation>nennt keine Aufnahme</translation>
    </message>
    <message>
        <source>no GPU that %1 can use was found; choose the device cpu</source>
        <translation>es wurde keine GPU gefunden, die %1 nutzen kann; bitte das Gerät CPU wählen</translation>
    </message>
    <message>
        <source>objects can be received through TLS only with a certificate of our own; choose one, or C-GET</source>
        <translation>Objekte lassen sich über TLS nur mit einem eigenen Zertifikat empfangen; wählen Sie eines, oder C-GET</translation>
    </message>
    <message>
        <source>our certificate or its key cannot be used; choose PEM files, the key without a password</source>
        <translation>unser Zertifikat oder dessen Schlüssel ist nicht zu gebrauchen; wählen Sie PEM-Dateien, den Schlüssel ohne Kennwort</translation>
    </message>
    <message>
        <source>parcel %1: %2</source>
        <translation>Sendung %1: %2</translation>
    </message>
    <message>
        <source>refuses with the status %1; have its administrator look into its log</source>
        <translation>lehnt mit dem Status %1 ab; lassen Sie den Betreuer des Archivs in dessen Protokoll sehen</translation>
    </message>
    <message>
        <source>rejects %1; have its administrator check both AE titles</source>
        <translation>weist %1 ab; lassen Sie beide AE-Titel vom Betreuer des Archivs prüfen</translation>
    </message>
    <message>
        <source>report texts: %1 must be a table of texts.</source>
        <translation>Berichtstexte: %1 muss eine Tabelle von Texten sein.</translation>
    </message>
    <message>
        <source>report texts: %1.%2 must be a text.</source>
        <translation>Berichtstexte: %1.%2 muss ein Text sein.</translation>
    </message>
    <message>
        <source>says that the request does not fit its kind; have its administrator look into its log</source>
        <translation>sagt, die Anfrage passe nicht zu ihrer Art; lassen Sie den Betreuer des Archivs in dessen Protokoll sehen</translation>
    </message>
    <message>
        <source>segmenter</source>
        <translation>Segmentierer</translation>
    </message>
    <message>
        <source>sends a film beyond the limit of %1 GiB</source>
        <translation>sendet eine Aufnahme über der Grenze von %1 GiB</translation>
    </message>
    <message>
        <source>sends a film that is damaged; nothing was kept</source>
        <translation>sendet eine beschädigte Aufnahme; nichts wurde behalten</translation>
    </message>
    <message>
        <source>sends more than it should, and was not listened to; have its administrator look</source>
        <translation>sendet mehr, als es soll, und wurde nicht angehört; lassen Sie den Betreuer des Archivs nachsehen</translation>
    </message>
    <message>
        <source>sends more than it should; have its administrator look</source>
        <translation>sendet mehr, als es soll; lassen Sie den Betreuer des Archivs nachsehen</translation>
    </message>
    <message>
        <source>sends objects that were not asked for; nothing was kept, have its administrator look</source>
        <translation>sendet Objekte, um die nicht gebeten wurde; nichts wurde behalten, lassen Sie den Betreuer des Archivs nachsehen</translation>
    </message>
    <message>
        <source>sends us on to %1; enter that address if it is right</source>
        <translation>schickt uns weiter zu %1; tragen Sie diese Adresse ein, wenn sie stimmt</translation>
    </message>
    <message>
        <source>stalls: %1 took the connection and said nothing; try again later</source>
        <translation>rührt sich nicht: %1 nahm die Verbindung an und sagte nichts; versuchen Sie es später noch einmal</translation>
    </message>
    <message>
        <source>stalls: no answer within %1 s; try again later</source>
        <translation>rührt sich nicht: keine Antwort innerhalb von %1 s; versuchen Sie es später noch einmal</translation>
    </message>
    <message>
        <source>stalls; try again later</source>
        <translation>rührt sich nicht; versuchen Sie es später noch einmal</translation>
    </message>
    <message>
        <source>the certificate of %1 has expired; have its administrator renew it</source>
        <translation>das Zertifikat von %1 ist abgelaufen; lassen Sie es vom Betreuer des Archivs erneuern</translation>
    </message>
    <message>
        <source>the certificate of %1 is for another computer; check the host</source>
        <translation>das Zertifikat von %1 gilt für einen anderen Rechner; prüfen Sie den Rechnernamen</translation>
    </message>
    <message>
        <source>the certificate of %1 is not trusted; choose the file of the authority that issued it</source>
        <translation>dem Zertifikat von %1 wird nicht vertraut; wählen Sie die Datei der Stelle, die es ausgestellt hat</translation>
    </message>
    <message>
        <source>the certificate of %1 is not valid yet; check the date of this computer</source>
        <translation>das Zertifikat von %1 gilt noch nicht; prüfen Sie das Datum dieses Rechners</translation>
    </message>
    <message>
        <source>the file of its certificate authority cannot be used; choose a PEM file of certificates</source>
        <translation>die Datei seiner Zertifizierungsstelle ist nicht zu gebrauchen; wählen Sie eine PEM-Datei mit Zertifikaten</translation>
    </message>
    <message>
        <source>there are no weights for the runtime %1; choose another</source>
        <translation>für die Laufzeitumgebung %1 gibt es keine Gewichte; bitte eine andere wählen</translation>
    </message>
    <message>
        <source>there is none in %1; reinstall the models</source>
        <translation>in %1 gibt es keines; bitte die Modelle neu installieren</translation>
    </message>
    <message>
        <source>unpacks to more than the limit of %1 GiB</source>
        <translation>ist entpackt größer als die Grenze von %1 GiB</translation>
    </message>
    <message>
        <source>was made by another version of VCF Desktop; send it with that one, or discard it</source>
        <translation>stammt von einer anderen Version von VCF Desktop; senden Sie sie mit jener, oder verwerfen Sie sie</translation>
    </message>
    <message>
        <source>was not sent %1, which breaks the rules of DICOM</source>
        <translation>bekam %1 nicht, da es die Regeln von DICOM verletzt</translation>
    </message>
    <message>
        <source>was not sent %1, which cannot be read as DICOM</source>
        <translation>bekam %1 nicht, da es sich nicht als DICOM lesen lässt</translation>
    </message>
    <message>
        <source>was not sent %1, which is no DICOM file</source>
        <translation>bekam %1 nicht, da es keine DICOM-Datei ist</translation>
    </message>
    <message>
        <source>was saved by a newer version of VCF Desktop; install that version</source>
        <translation>wurde mit einer neueren Version von VCF Desktop gespeichert; installieren Sie diese Version</translation>
    </message>
    <message>
        <source>was signed by another program meanwhile; start VCF Desktop again</source>
        <translation>wurde inzwischen von einem anderen Programm unterzeichnet; starten Sie VCF Desktop neu</translation>
    </message>
    <message>
        <source>we cannot listen at port %1: %2; close what uses it, or choose another port</source>
        <translation>an Port %1 können wir nicht zuhören: %2; schließen Sie, was ihn benutzt, oder wählen Sie einen anderen</translation>
    </message>
    <message>
        <source>would be sent our password in the clear; use https</source>
        <translation>bekäme unser Kennwort unverschlüsselt; verwenden Sie https</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>&amp;Durchsuchen…</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Gerät</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Name of the reader</source>
        <translation>&amp;Name des Befunders</translation>
    </message>
    <message>
        <source>&amp;Order of undecided vertebrae</source>
        <translation>&amp;Reihenfolge offener Wirbel</translation>
    </message>
    <message>
        <source>&amp;Place of the findings</source>
        <translation>&amp;Ort der Befunde</translation>
    </message>
    <message>
        <source>&amp;Runtime of the networks</source>
        <translation>&amp;Laufzeitumgebung der Netze</translation>
    </message>
    <message>
        <source>Analyse each film as soon as it is opened</source>
        <translation>Jede Aufnahme gleich beim Öffnen analysieren</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>As the computer</source>
        <translation>Wie der Rechner</translation>
    </message>
    <message>
        <source>Asked for at signing</source>
        <translation>Wird beim Unterzeichnen erfragt</translation>
    </message>
    <message>
        <source>Automatic: an NVIDIA GPU where there is one, else the CPU</source>
        <translation>Automatisch: eine NVIDIA-GPU, falls vorhanden, sonst die CPU</translation>
    </message>
    <message>
        <source>Automatic: torch on a GPU, ONNX Runtime on the CPU</source>
        <translation>Automatisch: torch auf einer GPU, ONNX Runtime auf der CPU</translation>
    </message>
    <message>
        <source>Below the film</source>
        <translation>Unter der Aufnahme</translation>
    </message>
    <message>
        <source>Bottom to top</source>
        <translation>Von unten nach oben</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Folder of &amp;models</source>
        <translation>Ordner der &amp;Modelle</translation>
    </message>
    <message>
        <source>Folder of models</source>
        <translation>Ordner der Modelle</translation>
    </message>
    <message>
        <source>Hide the machine&apos;s results until I have read the film myself</source>
        <translation>Ergebnisse der KI verbergen, bis ich selbst befundet habe</translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <translation>NVIDIA-GPU</translation>
    </message>
    <message>
        <source>ONNX Runtime</source>
        <translation>ONNX Runtime</translation>
    </message>
    <message>
        <source>Op&amp;acity of what is drawn on the film</source>
        <translation>Deck&amp;kraft der Zeichnung auf der Aufnahme</translation>
    </message>
    <message>
        <source>Opacity of what is drawn on the film</source>
        <translation>Deckkraft der Zeichnung auf der Aufnahme</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Befundung</translation>
    </message>
    <message>
        <source>Runtime, device and models take effect with the next analysis.</source>
        <translation>Laufzeitumgebung, Gerät und Modelle gelten ab der nächsten Analyse.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>The language changes when the program is started again.</source>
        <translation>Die Sprache wechselt mit dem nächsten Start des Programms.</translation>
    </message>
    <message>
        <source>The machine&apos;s highest grade first</source>
        <translation>Höchster Grad der KI zuerst</translation>
    </message>
    <message>
        <source>The models shipped with the program</source>
        <translation>Die mitgelieferten Modelle</translation>
    </message>
    <message>
        <source>There is no such folder. Correct its name, or leave it empty for the shipped models.</source>
        <translation>Diesen Ordner gibt es nicht. Berichtigen Sie den Namen, oder lassen Sie ihn für die mitgelieferten Modelle leer.</translation>
    </message>
    <message>
        <source>This folder cannot be opened. Give another, or ask who looks after the computer.</source>
        <translation>Dieser Ordner kann nicht geöffnet werden. Geben Sie einen anderen an, oder fragen Sie, wer den Rechner betreut.</translation>
    </message>
    <message>
        <source>This is a file. Give the folder that holds the models.</source>
        <translation>Das ist eine Datei. Geben Sie den Ordner an, der die Modelle enthält.</translation>
    </message>
    <message>
        <source>To the right of the film</source>
        <translation>Rechts neben der Aufnahme</translation>
    </message>
    <message>
        <source>Top to bottom</source>
        <translation>Von oben nach unten</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>torch</source>
        <translation>torch</translation>
    </message>
</context>
<context>
    <name>SignDialog</name>
    <message>
        <source>%1 (machine: %2)</source>
        <translation>%1 (KI: %2)</translation>
    </message>
    <message>
        <source>&amp;Go to the first</source>
        <translation>&amp;Zum ersten</translation>
    </message>
    <message>
        <source>&amp;Mark the rest as not evaluable</source>
        <translation>&amp;Übrige als nicht beurteilbar einstufen</translation>
    </message>
    <message>
        <source>&amp;Name of the reader</source>
        <translation>&amp;Name des Befunders</translation>
    </message>
    <message>
        <source>&amp;Sign</source>
        <translation>&amp;Unterzeichnen</translation>
    </message>
    <message numerus="yes">
        <source>Accepted from the machine: %n</source>
        <translation>
            <numerusform>Von der KI übernommen: %n</numerusform>
            <numerusform>Von der KI übernommen: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Added by hand: %n</source>
        <translation>
            <numerusform>Von Hand hinzugefügt: %n</numerusform>
            <numerusform>Von Hand hinzugefügt: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>It can be signed when every vertebra has your decision.</source>
        <translation>Unterzeichnet werden kann, sobald Sie über jeden Wirbel entschieden haben.</translation>
    </message>
    <message>
        <source>It can be signed when the name of the reader is given.</source>
        <translation>Unterzeichnet werden kann, sobald der Name des Befunders angegeben ist.</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Wirbel</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>KI</translation>
    </message>
    <message>
        <source>More than one vertebra is named %1. Correct the names, or sign them as they are.</source>
        <translation>Mehr als ein Wirbel heißt %1. Berichtigen Sie die Namen, oder unterzeichnen Sie sie so.</translation>
    </message>
    <message numerus="yes">
        <source>Not decided yet: %n (in brackets the machine&apos;s grade)</source>
        <translation>
            <numerusform>Noch offen: %n (in Klammern der Grad der KI)</numerusform>
            <numerusform>Noch offen: %n (in Klammern der Grad der KI)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Overridden: %n</source>
        <translation>
            <numerusform>Eigener Grad: %n</numerusform>
            <numerusform>Eigener Grad: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Befunder</translation>
    </message>
    <message numerus="yes">
        <source>Rejected: %n</source>
        <translation>
            <numerusform>Verworfen: %n</numerusform>
            <numerusform>Verworfen: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign version %1</source>
        <translation>Version %1 unterzeichnen</translation>
    </message>
    <message>
        <source>Signing locks the review. What is changed later becomes a new version.</source>
        <translation>Das Unterzeichnen sperrt die Befundung. Spätere Änderungen werden zu einer neuen Version.</translation>
    </message>
    <message>
        <source>There is no vertebra in this review.</source>
        <translation>Diese Befundung enthält keinen Wirbel.</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>What will be signed</source>
        <translation>Was unterzeichnet wird</translation>
    </message>
    <message>
        <source>equivocal</source>
        <translation>fraglich</translation>
    </message>
    <message>
        <source>mild</source>
        <translation>leicht</translation>
    </message>
    <message>
        <source>moderate</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>no fracture</source>
        <translation>keine Fraktur</translation>
    </message>
    <message>
        <source>not evaluable</source>
        <translation>nicht beurteilbar</translation>
    </message>
    <message>
        <source>severe</source>
        <translation>schwer</translation>
    </message>
</context>
<context>
    <name>StatementForm</name>
    <message>
        <source>%1, version %2 by %3</source>
        <translation>%1, Version %2 von %3</translation>
    </message>
    <message>
        <source>&amp;Further findings</source>
        <translation>Weitere &amp;Befunde</translation>
    </message>
    <message>
        <source>&amp;Indication</source>
        <translation>I&amp;ndikation</translation>
    </message>
    <message>
        <source>&amp;Recommendation</source>
        <translation>&amp;Empfehlung</translation>
    </message>
    <message>
        <source>&amp;What limits it</source>
        <translation>&amp;Was sie einschränkt</translation>
    </message>
    <message>
        <source>A signed prior film of this patient is on the list; choose it to compare.</source>
        <translation>Eine unterzeichnete Voraufnahme dieses Patienten steht in der Liste; wählen Sie sie zum Vergleich.</translation>
    </message>
    <message>
        <source>Compared with a pri&amp;or film</source>
        <translation>Verglichen mit einer &amp;Voraufnahme</translation>
    </message>
    <message>
        <source>No signed prior film of this patient is on the list.</source>
        <translation>In der Liste steht keine unterzeichnete Voraufnahme dieses Patienten.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>Keine Angabe</translation>
    </message>
    <message>
        <source>Technical &amp;quality</source>
        <translation>Aufnahme&amp;qualität</translation>
    </message>
    <message>
        <source>The film names none</source>
        <translation>Die Aufnahme nennt keine</translation>
    </message>
    <message>
        <source>Unknown date</source>
        <translation>Datum unbekannt</translation>
    </message>
    <message>
        <source>Use the site&apos;s &amp;text</source>
        <translation>&amp;Text der Einrichtung verwenden</translation>
    </message>
    <message>
        <source>What was signed is compared; look at both films side by side, too.</source>
        <translation>Verglichen wird, was unterzeichnet ist; sehen Sie auch beide Aufnahmen nebeneinander an.</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>%1, %2 ms</source>
        <translation>%1, %2 ms</translation>
    </message>
    <message numerus="yes">
        <source>%n result(s) not sent</source>
        <translation>
            <numerusform>%n Befund nicht gesendet</numerusform>
            <numerusform>%n Befunde nicht gesendet</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Not saved, trying again: %1</source>
        <translation>Nicht gespeichert, neuer Versuch: %1</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>finding vertebrae</source>
        <translation>Wirbel suchen</translation>
    </message>
    <message>
        <source>grading</source>
        <translation>Grade bestimmen</translation>
    </message>
    <message>
        <source>loading the networks</source>
        <translation>Netze laden</translation>
    </message>
    <message>
        <source>outlining</source>
        <translation>Umrisse bestimmen</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>Vorbereitung</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>Einlesen</translation>
    </message>
</context>
<context>
    <name>StudiesTable</name>
    <message>
        <source>Accession</source>
        <translation>Auftragsnr.</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Geboren</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>Arten</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Studies found</source>
        <translation>Gefundene Studien</translation>
    </message>
</context>
<context>
    <name>TrailDialog</name>
    <message>
        <source>&amp;Copy all as text</source>
        <translation>Alles als Text &amp;kopieren</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>Änderungsprotokoll</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Wirbel</translation>
    </message>
    <message>
        <source>Lines shown: %1 of %2</source>
        <translation>Gezeigte Zeilen: %1 von %2</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>KI</translation>
    </message>
    <message>
        <source>No version has been signed.</source>
        <translation>Es wurde noch keine Version unterzeichnet.</translation>
    </message>
    <message>
        <source>Show only lines that contain…</source>
        <translation>Nur Zeilen zeigen mit…</translation>
    </message>
    <message>
        <source>Version %1 was signed by %2 on %3.</source>
        <translation>Version %1 wurde von %2 am %3 unterzeichnet.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>analysis</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>first reading</source>
        <translation>Erstbefundung</translation>
    </message>
    <message>
        <source>level</source>
        <translation>Wirbelname</translation>
    </message>
    <message>
        <source>machine</source>
        <translation>KI</translation>
    </message>
    <message>
        <source>measurements</source>
        <translation>Messungen</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>nicht genannt</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>outline</source>
        <translation>Umriss</translation>
    </message>
    <message>
        <source>six points</source>
        <translation>sechs Punkte</translation>
    </message>
    <message>
        <source>type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>vertebra</source>
        <translation>Wirbel</translation>
    </message>
</context>
<context>
    <name>VertebraPanel</name>
    <message>
        <source>%1: undecided</source>
        <translation>%1: offen</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Click one on the film, or press Space for the next undecided one.</source>
        <translation>Klicken Sie in der Aufnahme auf einen, oder drücken Sie die Leertaste für den nächsten offenen.</translation>
    </message>
    <message>
        <source>Level…</source>
        <translation>Wirbelname…</translation>
    </message>
    <message>
        <source>Machine: grade %1   (%2)</source>
        <translation>KI: Grad %1   (%2)</translation>
    </message>
    <message>
        <source>Measured: grade %1, loss %2, Ha/Hp %3, Hm/Hp %4</source>
        <translation>Gemessen: Grad %1, Verlust %2, Ha/Hp %3, Hm/Hp %4</translation>
    </message>
    <message>
        <source>No vertebra selected</source>
        <translation>Kein Wirbel ausgewählt</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>Notiz…</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>The machine says nothing about this vertebra.</source>
        <translation>Die KI sagt nichts zu diesem Wirbel.</translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>as measured</source>
        <translation>wie gemessen</translation>
    </message>
    <message>
        <source>no cause</source>
        <translation>keine Ursache</translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <source>Open a folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open films</source>
        <translation>Aufnahmen öffnen</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Window presets</source>
        <translation>Fenstereinstellungen</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>No patient data</source>
        <translation>Keine Patientendaten</translation>
    </message>
    <message>
        <source>Scheuermann</source>
        <translation>Scheuermann</translation>
    </message>
    <message>
        <source>Schmorl node</source>
        <translation>Schmorl-Knoten</translation>
    </message>
    <message>
        <source>W %1  C %2</source>
        <translation>W %1  C %2</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>übernommen</translation>
    </message>
    <message>
        <source>biconcave</source>
        <translation>bikonkav</translation>
    </message>
    <message>
        <source>born %1</source>
        <translation>geb. %1</translation>
    </message>
    <message>
        <source>calibrated</source>
        <translation>kalibriert</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>berechnet</translation>
    </message>
    <message>
        <source>crush</source>
        <translation>Kompression</translation>
    </message>
    <message>
        <source>degenerative</source>
        <translation>degenerativ</translation>
    </message>
    <message>
        <source>detector plane, magnified</source>
        <translation>Detektorebene, vergrößert</translation>
    </message>
    <message>
        <source>diagnostic</source>
        <translation>diagnostisch</translation>
    </message>
    <message>
        <source>estimated from geometry</source>
        <translation>aus der Geometrie geschätzt</translation>
    </message>
    <message>
        <source>full range</source>
        <translation>voller Bereich</translation>
    </message>
    <message>
        <source>hardware</source>
        <translation>Implantat</translation>
    </message>
    <message>
        <source>limited</source>
        <translation>eingeschränkt</translation>
    </message>
    <message>
        <source>n/e</source>
        <translation>n. b.</translation>
    </message>
    <message>
        <source>no spacing</source>
        <translation>kein Pixelabstand</translation>
    </message>
    <message>
        <source>no vertebra</source>
        <translation>kein Wirbel</translation>
    </message>
    <message>
        <source>not diagnostic</source>
        <translation>nicht diagnostisch</translation>
    </message>
    <message>
        <source>other cause</source>
        <translation>andere Ursache</translation>
    </message>
    <message>
        <source>own</source>
        <translation>eigen</translation>
    </message>
    <message>
        <source>own grade</source>
        <translation>eigener Grad</translation>
    </message>
    <message>
        <source>pathological</source>
        <translation>pathologisch</translation>
    </message>
    <message>
        <source>scanned film</source>
        <translation>gescannter Film</translation>
    </message>
    <message>
        <source>side %1</source>
        <translation>Seite %1</translation>
    </message>
    <message>
        <source>spine</source>
        <translation>Wirbelsäule</translation>
    </message>
    <message>
        <source>view %1</source>
        <translation>Projektion %1</translation>
    </message>
    <message>
        <source>wedge</source>
        <translation>Keil</translation>
    </message>
    <message>
        <source>whole film</source>
        <translation>ganze Aufnahme</translation>
    </message>
</context>
</TS>
