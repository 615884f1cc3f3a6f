<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>About VCF Desktop</source>
        <translation>À propos de VCF Desktop</translation>
    </message>
    <message>
        <source>Attribution:</source>
        <translation>Attribution&#xa0;:</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Copy all of this as text</source>
        <translation>Copier tout ceci en texte</translation>
    </message>
    <message>
        <source>For research use only, not a medical device.</source>
        <translation>Réservé à la recherche&#xa0;; n’est pas un dispositif médical.</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0.</source>
        <translation>Logiciel libre sous licence Apache 2.0.</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliothèques</translation>
    </message>
    <message>
        <source>Licence:</source>
        <translation>Licence&#xa0;:</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>The models cannot be read: %1</source>
        <translation>Les modèles ne peuvent pas être lus&#xa0;: %1</translation>
    </message>
    <message>
        <source>There are none.</source>
        <translation>Il n’y en a aucun.</translation>
    </message>
    <message>
        <source>This installation does not say which libraries it uses.</source>
        <translation>Cette installation n’indique pas les bibliothèques qu’elle utilise.</translation>
    </message>
    <message>
        <source>Trained on:</source>
        <translation>Entraîné sur&#xa0;:</translation>
    </message>
    <message>
        <source>Weights, first 12 digits of their sha256:</source>
        <translation>Poids, 12 premiers chiffres de leur sha256&#xa0;:</translation>
    </message>
    <message>
        <source>licence not named by the library</source>
        <translation>licence non indiquée par la bibliothèque</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>VCF Desktop is open already, on the computer %1; go on there, or close it first.</source>
        <translation>VCF Desktop est déjà ouvert, sur l’ordinateur %1&#xa0;; continuez là-bas ou fermez-le d’abord.</translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message>
        <source>%1 is being asked…</source>
        <translation>%1 est interrogé…</translation>
    </message>
    <message numerus="yes">
        <source>%n still earlier study(ies) not fetched</source>
        <translation>
            <numerusform>%n examen plus ancien non récupéré</numerusform>
            <numerusform>%n examens plus anciens non récupérés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) found</source>
        <translation>
            <numerusform>%n examen trouvé</numerusform>
            <numerusform>%n examens trouvés</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Archive</source>
        <translation>&amp;Archive</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>Ann&amp;uler</translation>
    </message>
    <message>
        <source>&amp;Days</source>
        <translation>&amp;Jours</translation>
    </message>
    <message>
        <source>&amp;Fetch</source>
        <translation>&amp;Récupérer</translation>
    </message>
    <message>
        <source>&amp;Kinds</source>
        <translation>&amp;Types</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>Re&amp;chercher</translation>
    </message>
    <message>
        <source>* and ? stand for any letters</source>
        <translation>* et&#xa0;? remplacent des lettres</translation>
    </message>
    <message>
        <source>Acc&amp;ession number</source>
        <translation>N° d’acc&amp;ès</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tous</translation>
    </message>
    <message>
        <source>All studies</source>
        <translation>Tous les examens</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>&amp;Fermer</translation>
    </message>
    <message>
        <source>Cancelled; films that had come whole stay.</source>
        <translation>Annulé&#xa0;; les clichés arrivés en entier restent.</translation>
    </message>
    <message>
        <source>Family name, first name</source>
        <translation>Nom, prénom</translation>
    </message>
    <message>
        <source>Fetch earlier films of the pa&amp;tient, too</source>
        <translation>Récupérer aussi les clichés &amp;antérieurs du patient</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Premier jour</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>Du … au …</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>7 derniers jours</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Dernier jour</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>Dernier mois</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>Dernière année</translation>
    </message>
    <message>
        <source>No archive is set up yet.</source>
        <translation>Aucune archive n’est encore configurée.</translation>
    </message>
    <message>
        <source>No study fits. Look for less, or with * for any letters.</source>
        <translation>Aucun examen ne convient. Cherchez avec moins de critères, ou avec * pour des lettres quelconques.</translation>
    </message>
    <message>
        <source>Password of %1</source>
        <translation>Mot de passe de %1</translation>
    </message>
    <message>
        <source>Patient &amp;id</source>
        <translation>&amp;Identifiant</translation>
    </message>
    <message>
        <source>Say whom or what you look for: a patient, an accession number, or days.</source>
        <translation>Dites ce que vous cherchez&#xa0;: un patient, un numéro d’accès ou des jours.</translation>
    </message>
    <message>
        <source>Set &amp;up…</source>
        <translation>C&amp;onfigurer…</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>X-ray films (CR, DX)</source>
        <translation>Radiographies (CR, DX)</translation>
    </message>
</context>
<context>
    <name>ArchivesDialog</name>
    <message>
        <source>%1 answers.</source>
        <translation>%1 répond.</translation>
    </message>
    <message>
        <source>%1 is being asked…</source>
        <translation>%1 est interrogé…</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Ajouter</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>A&amp;dresse</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>&amp;Hôte</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>&amp;Protocol</source>
        <translation>&amp;Protocole</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Retirer</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Tester</translation>
    </message>
    <message>
        <source>&amp;User; empty for a token</source>
        <translation>&amp;Utilisateur&#xa0;; vide pour un jeton</translation>
    </message>
    <message>
        <source>AE title of the archive</source>
        <translation>Titre AE de l’archive</translation>
    </message>
    <message>
        <source>AE title of this computer</source>
        <translation>Titre AE de cet ordinateur</translation>
    </message>
    <message>
        <source>Archive %1</source>
        <translation>Archive %1</translation>
    </message>
    <message>
        <source>Archives</source>
        <translation>Archives</translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation>Autorité de certification</translation>
    </message>
    <message>
        <source>Choose a PEM file</source>
        <translation>Choisir un fichier PEM</translation>
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
        <translation>Chiffré (TLS)</translation>
    </message>
    <message>
        <source>Every archive needs a name of its own.</source>
        <translation>Chaque archive a besoin d’un nom à elle.</translation>
    </message>
    <message>
        <source>Films are fetched by</source>
        <translation>Les clichés viennent par</translation>
    </message>
    <message>
        <source>Key of it</source>
        <translation>Sa clé</translation>
    </message>
    <message>
        <source>Own certificate</source>
        <translation>Certificat propre</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>P&amp;ort</translation>
    </message>
    <message>
        <source>Pass&amp;word or token</source>
        <translation>&amp;Mot de passe ou jeton</translation>
    </message>
    <message>
        <source>Passwords and tokens are kept in the system&apos;s key store only.</source>
        <translation>Les mots de passe et jetons ne sont gardés que dans le trousseau du système.</translation>
    </message>
    <message>
        <source>Port of this computer</source>
        <translation>Port de cet ordinateur</translation>
    </message>
    <message>
        <source>Signed reports are sent to this archive</source>
        <translation>Les comptes rendus signés sont envoyés à cette archive</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>inchangé</translation>
    </message>
</context>
<context>
    <name>Archiving</name>
    <message>
        <source>The report was not sent: %1</source>
        <translation>Le compte rendu n’a pas été envoyé&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>&amp;Edit</source>
        <translation>É&amp;dition</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Aide</translation>
    </message>
    <message>
        <source>&amp;Layers</source>
        <translation>Ca&amp;lques</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Relecture</translation>
    </message>
    <message>
        <source>&amp;Vertebra</source>
        <translation>&amp;Vertèbre</translation>
    </message>
    <message>
        <source>About VCF Desktop</source>
        <translation>À propos de VCF Desktop</translation>
    </message>
    <message>
        <source>Accept all remaining normals</source>
        <translation>Accepter toutes les vertèbres normales restantes</translation>
    </message>
    <message>
        <source>Accept the machine&apos;s grade</source>
        <translation>Accepter le grade de l’IA</translation>
    </message>
    <message>
        <source>Add a measurement</source>
        <translation>Ajouter une mesure</translation>
    </message>
    <message>
        <source>Add a missed vertebra above this one</source>
        <translation>Ajouter une vertèbre omise au-dessus</translation>
    </message>
    <message>
        <source>Add a missed vertebra below this one</source>
        <translation>Ajouter une vertèbre omise au-dessous</translation>
    </message>
    <message>
        <source>Add a missed vertebra: draw its box</source>
        <translation>Ajouter une vertèbre manquée&#xa0;: tracer son cadre</translation>
    </message>
    <message>
        <source>Add a vertebra</source>
        <translation>Ajouter une vertèbre</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Tous les raccourcis</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>Tous les calques</translation>
    </message>
    <message>
        <source>All names one level down</source>
        <translation>Tous les noms un niveau plus bas</translation>
    </message>
    <message>
        <source>All names one level up</source>
        <translation>Tous les noms un niveau plus haut</translation>
    </message>
    <message>
        <source>Amend the signed review</source>
        <translation>Amender la relecture signée</translation>
    </message>
    <message>
        <source>Amend version %1</source>
        <translation>Amender la version %1</translation>
    </message>
    <message>
        <source>Analyse the film</source>
        <translation>Analyser le cliché</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Angle</translation>
    </message>
    <message>
        <source>Archives…</source>
        <translation>Archives…</translation>
    </message>
    <message>
        <source>Audit trail…</source>
        <translation>Journal des modifications…</translation>
    </message>
    <message>
        <source>Beside a prior film</source>
        <translation>À côté d’un cliché antérieur</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>Cadres</translation>
    </message>
    <message>
        <source>Cancel the analysis</source>
        <translation>Annuler l’analyse</translation>
    </message>
    <message>
        <source>Cause: Scheuermann</source>
        <translation>Cause&#xa0;: Scheuermann</translation>
    </message>
    <message>
        <source>Cause: Schmorl node</source>
        <translation>Cause&#xa0;: hernie de Schmorl</translation>
    </message>
    <message>
        <source>Cause: degenerative</source>
        <translation>Cause&#xa0;: dégénérative</translation>
    </message>
    <message>
        <source>Cause: hardware</source>
        <translation>Cause&#xa0;: matériel</translation>
    </message>
    <message>
        <source>Cause: none named</source>
        <translation>Cause&#xa0;: non précisée</translation>
    </message>
    <message>
        <source>Cause: other</source>
        <translation>Cause&#xa0;: autre</translation>
    </message>
    <message>
        <source>Cause: pathological</source>
        <translation>Cause&#xa0;: pathologique</translation>
    </message>
    <message>
        <source>Cobb angle</source>
        <translation>Angle de Cobb</translation>
    </message>
    <message>
        <source>Enhanced contrast (CLAHE)</source>
        <translation>Contraste renforcé (CLAHE)</translation>
    </message>
    <message>
        <source>Fainter</source>
        <translation>Plus discret</translation>
    </message>
    <message>
        <source>Fil&amp;m</source>
        <translation>&amp;Cliché</translation>
    </message>
    <message>
        <source>Film on the other monitor</source>
        <translation>Cliché sur l’autre écran</translation>
    </message>
    <message>
        <source>Fit the film</source>
        <translation>Ajuster le cliché</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Grade 0.5: equivocal</source>
        <translation>Grade 0,5&#xa0;: douteux</translation>
    </message>
    <message>
        <source>Grade 0: no fracture</source>
        <translation>Grade 0&#xa0;: pas de fracture</translation>
    </message>
    <message>
        <source>Grade 1: mild</source>
        <translation>Grade 1&#xa0;: léger</translation>
    </message>
    <message>
        <source>Grade 2: moderate</source>
        <translation>Grade 2&#xa0;: modéré</translation>
    </message>
    <message>
        <source>Grade 3: severe</source>
        <translation>Grade 3&#xa0;: sévère</translation>
    </message>
    <message>
        <source>Grades</source>
        <translation>Grades</translation>
    </message>
    <message>
        <source>Grey-scale test pattern</source>
        <translation>Mire de niveaux de gris</translation>
    </message>
    <message>
        <source>Intended use and limits</source>
        <translation>Utilisation prévue et limites</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Inverser</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Longueur</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Niveaux</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>Loupe</translation>
    </message>
    <message>
        <source>Mark a fracture</source>
        <translation>Marquer une fracture</translation>
    </message>
    <message>
        <source>Mark the rest as not evaluable</source>
        <translation>Marquer le reste comme non évaluable</translation>
    </message>
    <message>
        <source>Mea&amp;sure</source>
        <translation>&amp;Mesures</translation>
    </message>
    <message>
        <source>Mirror left to right</source>
        <translation>Miroir gauche-droite</translation>
    </message>
    <message>
        <source>Move a point</source>
        <translation>Déplacer un point</translation>
    </message>
    <message>
        <source>Move the outline</source>
        <translation>Déplacer le contour</translation>
    </message>
    <message>
        <source>Name of the level…</source>
        <translation>Nom du niveau…</translation>
    </message>
    <message>
        <source>Next film</source>
        <translation>Cliché suivant</translation>
    </message>
    <message>
        <source>Next undecided vertebra</source>
        <translation>Vertèbre suivante à décider</translation>
    </message>
    <message>
        <source>Next vertebra</source>
        <translation>Vertèbre suivante</translation>
    </message>
    <message>
        <source>Next window preset</source>
        <translation>Préréglage de fenêtre suivant</translation>
    </message>
    <message>
        <source>Not evaluable</source>
        <translation>Non évaluable</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>Note…</translation>
    </message>
    <message>
        <source>One film pixel per screen pixel</source>
        <translation>Un pixel du cliché par pixel d’écran</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>Ouvrir un dossier…</translation>
    </message>
    <message>
        <source>Open films…</source>
        <translation>Ouvrir des clichés…</translation>
    </message>
    <message>
        <source>Outbox…</source>
        <translation>Boîte d’envoi…</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>Contours</translation>
    </message>
    <message>
        <source>Previous film</source>
        <translation>Cliché précédent</translation>
    </message>
    <message>
        <source>Previous undecided vertebra</source>
        <translation>Vertèbre précédente à décider</translation>
    </message>
    <message>
        <source>Previous vertebra</source>
        <translation>Vertèbre précédente</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Read the refused film again</source>
        <translation>Relire le cliché refusé</translation>
    </message>
    <message>
        <source>Record my first reading, then show the results</source>
        <translation>Enregistrer ma première lecture, puis montrer les résultats</translation>
    </message>
    <message>
        <source>Record the first reading</source>
        <translation>Enregistrer la première lecture</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Redone: %1</source>
        <translation>Rétabli&#xa0;: %1</translation>
    </message>
    <message>
        <source>Reject: this is no vertebra</source>
        <translation>Rejeter&#xa0;: ce n’est pas une vertèbre</translation>
    </message>
    <message>
        <source>Remove the last measurement</source>
        <translation>Supprimer la dernière mesure</translation>
    </message>
    <message>
        <source>Report: further findings</source>
        <translation>Compte rendu&#xa0;: autres constatations</translation>
    </message>
    <message>
        <source>Report: indication</source>
        <translation>Compte rendu&#xa0;: indication</translation>
    </message>
    <message>
        <source>Report: prior film</source>
        <translation>Compte rendu&#xa0;: cliché antérieur</translation>
    </message>
    <message>
        <source>Report: recommendation</source>
        <translation>Compte rendu&#xa0;: recommandation</translation>
    </message>
    <message>
        <source>Report: technical quality</source>
        <translation>Compte rendu&#xa0;: qualité technique</translation>
    </message>
    <message>
        <source>Report: what limits the quality</source>
        <translation>Compte rendu&#xa0;: ce qui limite la qualité</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Compte rendu…</translation>
    </message>
    <message>
        <source>Search an archive…</source>
        <translation>Chercher dans une archive…</translation>
    </message>
    <message>
        <source>Select and move</source>
        <translation>Sélectionner et déplacer</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Paramètres…</translation>
    </message>
    <message>
        <source>Sign version %1</source>
        <translation>Signer la version %1</translation>
    </message>
    <message>
        <source>Sign…</source>
        <translation>Signer…</translation>
    </message>
    <message>
        <source>Six points</source>
        <translation>Six points</translation>
    </message>
    <message>
        <source>Smooth enlarged pixels</source>
        <translation>Lisser les pixels agrandis</translation>
    </message>
    <message>
        <source>Stronger</source>
        <translation>Plus marqué</translation>
    </message>
    <message>
        <source>Take the decision back</source>
        <translation>Retirer la décision</translation>
    </message>
    <message>
        <source>Take the film off the list</source>
        <translation>Retirer le cliché de la liste</translation>
    </message>
    <message>
        <source>The film&apos;s own window</source>
        <translation>Fenêtre propre au cliché</translation>
    </message>
    <message>
        <source>This is L6, those above follow</source>
        <translation>C’est L6, celles du dessus suivent</translation>
    </message>
    <message>
        <source>This is T13, those above follow</source>
        <translation>C’est T13, celles du dessus suivent</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>Tourner à gauche</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>Tourner à droite</translation>
    </message>
    <message>
        <source>Type: as measured</source>
        <translation>Type&#xa0;: selon la mesure</translation>
    </message>
    <message>
        <source>Type: biconcave</source>
        <translation>Type&#xa0;: biconcave</translation>
    </message>
    <message>
        <source>Type: crush</source>
        <translation>Type&#xa0;: écrasement</translation>
    </message>
    <message>
        <source>Type: wedge</source>
        <translation>Type&#xa0;: cunéiforme</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>Annulé&#xa0;: %1</translation>
    </message>
    <message>
        <source>Zoom both films together</source>
        <translation>Zoomer les deux clichés ensemble</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Agrandir</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Réduire</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>%1 (another patient)</source>
        <translation>%1 (autre patient)</translation>
    </message>
    <message>
        <source>Beside which film?</source>
        <translation>Quel cliché comparer&#xa0;?</translation>
    </message>
    <message>
        <source>Films of this patient come first.</source>
        <translation>Les clichés de ce patient sont en premier.</translation>
    </message>
    <message>
        <source>For comparison</source>
        <translation>Pour comparaison</translation>
    </message>
    <message>
        <source>For comparison; patient not confirmed</source>
        <translation>Pour comparaison&#xa0;; patient non confirmé</translation>
    </message>
    <message>
        <source>There is no other film on the list to compare with.</source>
        <translation>La liste ne contient aucun autre cliché à comparer.</translation>
    </message>
    <message>
        <source>These films are not shown side by side: %1 and %2 are not the same patient.</source>
        <translation>Ces clichés ne sont pas affichés côte à côte&#xa0;: %1 et %2 ne sont pas le même patient.</translation>
    </message>
</context>
<context>
    <name>Defect</name>
    <message>
        <source>Something went wrong that the program did not foresee. Each change is saved when it is made; please report the details below.</source>
        <translation>Une erreur imprévue s’est produite. Chaque modification est enregistrée aussitôt&#xa0;; veuillez signaler les détails ci-dessous.</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Add vertebra</source>
        <translation>+ vertèbre</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Angle</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ajuster</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Inverser</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Longueur</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>Loupe</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Compte rendu</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Sélectionner</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Signer</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Outils</translation>
    </message>
    <message>
        <source>Undecided ▶</source>
        <translation>À décider ▶</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenêtre</translation>
    </message>
    <message>
        <source>◀ Undecided</source>
        <translation>◀ À décider</translation>
    </message>
</context>
<context>
    <name>FilmLegend</name>
    <message>
        <source>CLAHE: enhanced view, not the original</source>
        <translation>CLAHE&#xa0;: renforcé, pas l’original</translation>
    </message>
    <message>
        <source>Inverted</source>
        <translation>Inversé</translation>
    </message>
    <message>
        <source>Levels assumed</source>
        <translation>Niveaux supposés</translation>
    </message>
    <message>
        <source>Zoom %1 %</source>
        <translation>Zoom %1&#xa0;%</translation>
    </message>
    <message>
        <source>mirrored</source>
        <translation>en miroir</translation>
    </message>
    <message>
        <source>mm: %1</source>
        <translation>mm&#xa0;: %1</translation>
    </message>
    <message>
        <source>turned %1°</source>
        <translation>tourné de %1°</translation>
    </message>
</context>
<context>
    <name>FilmList</name>
    <message>
        <source>%1, frame %2</source>
        <translation>%1, image %2</translation>
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
        <translation>Clichés</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>En relecture</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nouveau</translation>
    </message>
    <message>
        <source>No patient data</source>
        <translation>Pas de données du patient</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>Non chargés</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Signé</translation>
    </message>
    <message>
        <source>Study without a date</source>
        <translation>Examen sans date</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>À relire</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>Sans nom</translation>
    </message>
    <message>
        <source>born %1</source>
        <translation>né(e) le %1</translation>
    </message>
</context>
<context>
    <name>FilmWindow</name>
    <message>
        <source>VCF Desktop: films</source>
        <translation>VCF Desktop&#xa0;: clichés</translation>
    </message>
</context>
<context>
    <name>FindingsItem</name>
    <message>
        <source>AI %1</source>
        <translation>IA %1</translation>
    </message>
</context>
<context>
    <name>FindingsTable</name>
    <message>
        <source>Anterior height</source>
        <translation>Hauteur antérieure</translation>
    </message>
    <message>
        <source>Biconcave: middle by posterior height</source>
        <translation>Biconcave&#xa0;: hauteur moyenne sur postérieure</translation>
    </message>
    <message>
        <source>Crush: posterior height by what the neighbours make one expect</source>
        <translation>Écrasement&#xa0;: hauteur postérieure sur celle attendue d’après les voisines</translation>
    </message>
    <message>
        <source>Grade by the measured loss of height</source>
        <translation>Grade d’après la perte de hauteur mesurée</translation>
    </message>
    <message>
        <source>Largest loss of height against the norm of the level</source>
        <translation>Plus grande perte de hauteur par rapport à la norme du niveau</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Niveau</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Perte</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>IA</translation>
    </message>
    <message>
        <source>Meas.</source>
        <translation>Mes.</translation>
    </message>
    <message>
        <source>Middle height</source>
        <translation>Hauteur moyenne</translation>
    </message>
    <message>
        <source>Name of the vertebra</source>
        <translation>Nom de la vertèbre</translation>
    </message>
    <message>
        <source>Network by grade: %1</source>
        <translation>Réseau par grade&#xa0;: %1</translation>
    </message>
    <message>
        <source>Norm of %1: Ha/Hp %2, Hm/Hp %3</source>
        <translation>Norme de %1&#xa0;: Ha/Hp %2, Hm/Hp %3</translation>
    </message>
    <message>
        <source>Posterior height</source>
        <translation>Hauteur postérieure</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Lecteur</translation>
    </message>
    <message>
        <source>The network&apos;s grade and its probability; ? where it is in doubt</source>
        <translation>Grade du réseau et sa probabilité&#xa0;;&#xa0;? en cas de doute</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Type by measurement; ✓ where you gave it</source>
        <translation>Type d’après la mesure&#xa0;; ✓ si vous l’avez indiqué</translation>
    </message>
    <message>
        <source>Warnings about this vertebra</source>
        <translation>Avertissements sur cette vertèbre</translation>
    </message>
    <message>
        <source>Wedge: anterior by posterior height</source>
        <translation>Cunéiforme&#xa0;: hauteur antérieure sur postérieure</translation>
    </message>
    <message>
        <source>Your decision, cause and note</source>
        <translation>Votre décision, cause et note</translation>
    </message>
</context>
<context>
    <name>GreyPattern</name>
    <message>
        <source>Grey-scale test pattern</source>
        <translation>Mire de niveaux de gris</translation>
    </message>
    <message>
        <source>Look for: the inner square in black and in white; the corners of all 18 squares, of which black and white have two; an even ramp without bands or tints; sharp lines; the white border on all four sides. What is missing, the display hides in films too: have it calibrated. VCF Desktop neither measures nor calibrates the display. Esc or a click closes.</source>
        <translation>Cherchez&#xa0;: le carré intérieur dans le noir et dans le blanc&#xa0;; les coins des 18 carrés, le noir et le blanc en ayant deux&#xa0;; un dégradé régulier sans bandes ni teintes&#xa0;; des lignes nettes&#xa0;; le bord blanc sur les quatre côtés. Ce qui manque, l’écran le cache aussi sur les clichés&#xa0;: faites-le étalonner. VCF Desktop ne mesure ni n’étalonne l’écran. Échap ou un clic ferme.</translation>
    </message>
</context>
<context>
    <name>IntendedUseDialog</name>
    <message>
        <source>&amp;I have read this, and use VCF Desktop for research only.</source>
        <translation>&amp;J’ai lu ce qui précède et n’utilise VCF Desktop que pour la recherche.</translation>
    </message>
    <message>
        <source>A grade says how much height is lost, not why.</source>
        <translation>Un grade dit quelle hauteur est perdue, non pourquoi.</translation>
    </message>
    <message>
        <source>A projection film shows everything larger than it is. Millimetres are given only where the file carries a spacing, with where it comes from. Ratios need none.</source>
        <translation>Un cliché de projection montre tout plus grand que nature. Les millimètres ne sont indiqués que si le fichier contient un espacement des pixels, avec sa provenance. Les rapports n’en ont pas besoin.</translation>
    </message>
    <message>
        <source>Adults only.</source>
        <translation>Adultes uniquement.</translation>
    </message>
    <message>
        <source>Enhanced contrast is marked as such, and the film as it was taken is one key away.</source>
        <translation>Le contraste renforcé est signalé comme tel, et une seule touche ramène au cliché d’origine.</translation>
    </message>
    <message>
        <source>Enhancement never replaces the film.</source>
        <translation>Le renforcement ne remplace jamais le cliché.</translation>
    </message>
    <message>
        <source>Every vertebra needs a decision of the reader before a review can be signed.</source>
        <translation>Chaque vertèbre exige une décision du lecteur avant qu’une relecture puisse être signée.</translation>
    </message>
    <message>
        <source>For research only.</source>
        <translation>Pour la recherche uniquement.</translation>
    </message>
    <message>
        <source>Growth plates and the wedged bodies of children look like fractures and are not.</source>
        <translation>Les cartilages de croissance et les corps vertébraux cunéiformes des enfants ressemblent à des fractures et n’en sont pas.</translation>
    </message>
    <message>
        <source>Intended use and limits</source>
        <translation>Utilisation prévue et limites</translation>
    </message>
    <message>
        <source>It is not a medical device, no authority has cleared it, and no diagnosis or treatment may rest on it. A physician reads the film.</source>
        <translation>Ce n’est pas un dispositif médical, aucune autorité ne l’a autorisé, et ni diagnostic ni traitement ne doivent se fonder sur lui. C’est un médecin qui interprète le cliché.</translation>
    </message>
    <message>
        <source>Lateral films of the thoracolumbar spine, T1 to L5.</source>
        <translation>Clichés de profil du rachis thoraco-lombaire, de T1 à L5.</translation>
    </message>
    <message>
        <source>Millimetres are magnified.</source>
        <translation>Les millimètres sont agrandis.</translation>
    </message>
    <message>
        <source>Old and new fractures, Scheuermann&apos;s disease and tumours may look the same. Where levels cannot be counted from the sacrum, their names are a guess and marked as one.</source>
        <translation>Fractures anciennes et récentes, maladie de Scheuermann et tumeurs peuvent se ressembler. Si les niveaux ne peuvent pas être comptés à partir du sacrum, leurs noms sont supposés et signalés comme tels.</translation>
    </message>
    <message>
        <source>Other views and regions, metal and cement, and low resolution are out of scope; the program warns where it notices.</source>
        <translation>Les autres incidences et régions, le métal et le ciment ainsi qu’une faible résolution sont hors du champ d’utilisation&#xa0;; le programme avertit lorsqu’il les remarque.</translation>
    </message>
    <message>
        <source>The display is not verified.</source>
        <translation>L’écran n’est pas vérifié.</translation>
    </message>
    <message>
        <source>The machine&apos;s opinion is never accepted by itself.</source>
        <translation>L’avis de l’IA n’est jamais accepté de lui-même.</translation>
    </message>
    <message>
        <source>The program neither measures nor calibrates it. Look at the grey-scale test pattern in the menu Film before you read.</source>
        <translation>Le programme ne le mesure ni ne l’étalonne. Regardez la mire de niveaux de gris du menu Cliché avant de lire.</translation>
    </message>
    <message>
        <source>They were made from the bones of two people. Test the networks on films of your own hospital before you rely on a number. Mild fractures are told apart badly.</source>
        <translation>Ils ont été produits à partir des os de deux personnes. Testez les réseaux sur des clichés de votre propre hôpital avant de vous fier à un chiffre. Les fractures légères sont mal distinguées.</translation>
    </message>
    <message>
        <source>Trained on simulated films.</source>
        <translation>Entraîné sur des clichés simulés.</translation>
    </message>
    <message>
        <source>VCF Desktop finds and outlines the vertebrae of a lateral film of the spine, names their levels, measures their heights and grades them for compression fracture after Genant. It is meant for radiologists, spine surgeons and researchers, who review every result.</source>
        <translation>VCF Desktop repère et détoure les vertèbres d’un cliché de profil du rachis, nomme leurs niveaux, mesure leurs hauteurs et leur attribue un grade de fracture par tassement selon Genant. Il est destiné aux radiologues, aux chirurgiens du rachis et aux chercheurs, qui relisent chaque résultat.</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>%1 is the key of more than one command: %2. Give all but one of them another key.</source>
        <translation>%1 est le raccourci de plusieurs commandes&#xa0;: %2. Donnez-en un autre à toutes sauf une.</translation>
    </message>
    <message>
        <source>&amp;All defaults</source>
        <translation>&amp;Tout par défaut</translation>
    </message>
    <message>
        <source>&amp;Change</source>
        <translation>&amp;Modifier</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>Par &amp;défaut</translation>
    </message>
    <message>
        <source>&amp;No key</source>
        <translation>&amp;Aucun</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Commandes et leurs raccourcis</translation>
    </message>
    <message>
        <source>Find a command or a key</source>
        <translation>Chercher une commande ou un raccourci</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Raccourci</translation>
    </message>
    <message>
        <source>Key of “%1”</source>
        <translation>Raccourci de «&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Raccourcis</translation>
    </message>
    <message>
        <source>Press the new key in its field. Tab leaves the field and changes nothing.</source>
        <translation>Appuyez sur la nouvelle touche dans son champ. Tab quitte le champ sans rien changer.</translation>
    </message>
    <message>
        <source>also: %1</source>
        <translation>aussi&#xa0;: %1</translation>
    </message>
    <message>
        <source>default: %1</source>
        <translation>par défaut&#xa0;: %1</translation>
    </message>
    <message>
        <source>default: none</source>
        <translation>par défaut&#xa0;: aucun</translation>
    </message>
</context>
<context>
    <name>LevelDialog</name>
    <message>
        <source>Grades stay as they are; the measured ones follow the norm of the level.</source>
        <translation>Les grades restent tels quels&#xa0;; ceux qui sont mesurés suivent la norme du niveau.</translation>
    </message>
    <message>
        <source>Name of %1</source>
        <translation>Nom de %1</translation>
    </message>
    <message>
        <source>The vertebrae above follow, counted up from here</source>
        <translation>Les vertèbres du dessus suivent, comptées à partir d’ici</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>A new analysis takes the place of this one, and what you said about it is lost.</source>
        <translation>Une nouvelle analyse remplace celle-ci&#xa0;; ce que vous en avez dit est perdu.</translation>
    </message>
    <message>
        <source>Fracture, grade %1</source>
        <translation>Fracture, grade %1</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Several frames</source>
        <translation>Plusieurs images</translation>
    </message>
    <message numerus="yes">
        <source>The film has %n frame(s). Which one?</source>
        <translation>
            <numerusform>Le cliché contient %n image. Laquelle&#xa0;?</numerusform>
            <numerusform>Le cliché contient %n images. Laquelle&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Your last changes could not be saved: %1</source>
        <translation>Vos dernières modifications n’ont pas pu être enregistrées&#xa0;: %1</translation>
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
        <translation>Note sur %1</translation>
    </message>
    <message>
        <source>Your words; they go into the report.</source>
        <translation>Vos mots&#xa0;; ils figureront dans le compte rendu.</translation>
    </message>
</context>
<context>
    <name>OpenFilms</name>
    <message>
        <source>Not analysed: %1 The film can be reviewed by hand.</source>
        <translation>Non analysé&#xa0;: %1 Le cliché peut être relu à la main.</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>Lecture de %1…</translation>
    </message>
    <message>
        <source>The file has changed since it was opened; open it again.</source>
        <translation>Le fichier a changé depuis son ouverture&#xa0;; ouvrez-le à nouveau.</translation>
    </message>
    <message>
        <source>The file has changed since it was reviewed; that review is kept and not shown.</source>
        <translation>Le fichier a changé depuis sa relecture&#xa0;; celle-ci est conservée et n’est pas affichée.</translation>
    </message>
    <message>
        <source>The film is not opened, as its saved review cannot be: %1</source>
        <translation>Le cliché n’est pas ouvert, car sa relecture enregistrée ne peut pas l’être&#xa0;: %1</translation>
    </message>
    <message>
        <source>The review was changed meanwhile; the new analysis is not used.</source>
        <translation>La relecture a été modifiée entre-temps&#xa0;; la nouvelle analyse n’est pas utilisée.</translation>
    </message>
    <message>
        <source>The saved review of this film cannot be read and is kept aside: %1</source>
        <translation>La relecture enregistrée de ce cliché est illisible et a été mise de côté&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>OutboxDialog</name>
    <message>
        <source>&amp;Give up…</source>
        <translation>Aban&amp;donner…</translation>
    </message>
    <message>
        <source>&amp;Send now</source>
        <translation>&amp;Envoyer maintenant</translation>
    </message>
    <message>
        <source>All results were sent.</source>
        <translation>Tous les résultats ont été envoyés.</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>Boîte d’envoi</translation>
    </message>
    <message>
        <source>Results that could not be sent yet. They are sent by themselves.</source>
        <translation>Résultats qui n’ont pas encore pu être envoyés. Ils partent d’eux-mêmes.</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>The outbox is being looked at…</source>
        <translation>La boîte d’envoi est examinée…</translation>
    </message>
    <message>
        <source>These results will not be sent to the archive. The signed review itself stays.</source>
        <translation>Ces résultats ne seront pas envoyés à l’archive. La lecture signée elle-même reste.</translation>
    </message>
    <message>
        <source>next try at %1; %2</source>
        <translation>prochain essai à %1&#xa0;; %2</translation>
    </message>
    <message>
        <source>refused: %1</source>
        <translation>refusé&#xa0;: %1</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>attend</translation>
    </message>
</context>
<context>
    <name>OutboxSender</name>
    <message>
        <source>The report could not be put into the outbox: %1</source>
        <translation>Le compte rendu n’a pas pu être mis dans la boîte d’envoi&#xa0;: %1</translation>
    </message>
    <message>
        <source>The report has arrived at %1</source>
        <translation>Le compte rendu est arrivé à %1</translation>
    </message>
    <message>
        <source>The report is on its way to %1</source>
        <translation>Le compte rendu est en route vers %1</translation>
    </message>
    <message>
        <source>This version of the report was sent before, or waits to be sent.</source>
        <translation>Cette version du compte rendu a déjà été envoyée, ou attend de l’être.</translation>
    </message>
</context>
<context>
    <name>RemarksLabel</name>
    <message numerus="yes">
        <source>%n undecided</source>
        <translation>
            <numerusform>%n à décider</numerusform>
            <numerusform>%n à décider</numerusform>
        </translation>
    </message>
    <message>
        <source>All decided; ready to be signed.</source>
        <translation>Tout est décidé&#xa0;; prêt à signer.</translation>
    </message>
    <message>
        <source>Amending version %1: %2</source>
        <translation>Amendement de la version %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>No vertebra was found or added.</source>
        <translation>Aucune vertèbre n’a été trouvée ni ajoutée.</translation>
    </message>
    <message>
        <source>Not analysed.</source>
        <translation>Non analysé.</translation>
    </message>
    <message numerus="yes">
        <source>Read first: point at each fracture you see and press 1, 2, 3 or 5 for its grade. %n marked so far. %1 records your reading and shows the machine&apos;s results.</source>
        <translation>
            <numerusform>Lisez d’abord&#xa0;: pointez chaque fracture que vous voyez et appuyez sur 1, 2, 3 ou 5 pour son grade. %n marquée jusqu’ici. %1 enregistre votre lecture et montre les résultats de l’IA.</numerusform>
            <numerusform>Lisez d’abord&#xa0;: pointez chaque fracture que vous voyez et appuyez sur 1, 2, 3 ou 5 pour son grade. %n marquées jusqu’ici. %1 enregistre votre lecture et montre les résultats de l’IA.</numerusform>
        </translation>
    </message>
    <message>
        <source>Signed, version %1, by %2 on %3.</source>
        <translation>Version %1, signée par %2 le %3.</translation>
    </message>
    <message>
        <source>The film is being analysed.</source>
        <translation>Le cliché est en cours d’analyse.</translation>
    </message>
    <message>
        <source>The patient was %1 years old; adults only can be graded.</source>
        <translation>Le patient avait %1 ans&#xa0;; seuls des adultes peuvent être gradés.</translation>
    </message>
    <message>
        <source>⚠ More than one vertebra is called %1.</source>
        <translation>⚠ Plus d’une vertèbre porte le nom %1.</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>&amp;Language of the report</source>
        <translation>&amp;Langue du compte rendu</translation>
    </message>
    <message>
        <source>&amp;Paper</source>
        <translation>&amp;Papier</translation>
    </message>
    <message>
        <source>&amp;Sign…</source>
        <translation>&amp;Signer…</translation>
    </message>
    <message>
        <source>As the window</source>
        <translation>Comme la fenêtre</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>Tableau CSV</translation>
    </message>
    <message>
        <source>DICOM: marks (GSPS)</source>
        <translation>DICOM&#xa0;: repères (GSPS)</translation>
    </message>
    <message>
        <source>DICOM: outlines (SEG)</source>
        <translation>DICOM&#xa0;: contours (SEG)</translation>
    </message>
    <message>
        <source>DICOM: picture (SC)</source>
        <translation>DICOM&#xa0;: image (SC)</translation>
    </message>
    <message>
        <source>DICOM: report (SR)</source>
        <translation>DICOM&#xa0;: compte rendu (SR)</translation>
    </message>
    <message>
        <source>DICOM: the PDF</source>
        <translation>DICOM&#xa0;: le PDF</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Compte rendu</translation>
    </message>
    <message>
        <source>S&amp;ave the files…</source>
        <translation>&amp;Enregistrer les fichiers…</translation>
    </message>
    <message>
        <source>Sen&amp;d to the archive</source>
        <translation>En&amp;voyer à l’archive</translation>
    </message>
    <message>
        <source>The file has changed since it was opened; close the report and open the film again.</source>
        <translation>Le fichier a changé depuis son ouverture&#xa0;; fermez le compte rendu et rouvrez le cliché.</translation>
    </message>
    <message>
        <source>The report is being made…</source>
        <translation>Le compte rendu est en préparation…</translation>
    </message>
    <message numerus="yes">
        <source>Unverified draft: %n vertebra(e) undecided; decide, then sign.</source>
        <translation>
            <numerusform>Ébauche non vérifiée&#xa0;: %n vertèbre à décider&#xa0;; décidez, puis signez.</numerusform>
            <numerusform>Ébauche non vérifiée&#xa0;: %n vertèbres à décider&#xa0;; décidez, puis signez.</numerusform>
        </translation>
    </message>
    <message>
        <source>Unverified draft: the review is not signed yet.</source>
        <translation>Ébauche non vérifiée&#xa0;: la relecture n’est pas encore signée.</translation>
    </message>
    <message>
        <source>Version %1, signed by %2 on %3; a change needs a next version.</source>
        <translation>Version %1, signée par %2 le %3&#xa0;; toute modification demande une nouvelle version.</translation>
    </message>
</context>
<context>
    <name>ReportPreview</name>
    <message>
        <source>Larger</source>
        <translation>Agrandir</translation>
    </message>
    <message>
        <source>Page width</source>
        <translation>Largeur de page</translation>
    </message>
    <message>
        <source>Pages of the report</source>
        <translation>Pages du compte rendu</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Réduire</translation>
    </message>
    <message>
        <source>Whole page</source>
        <translation>Page entière</translation>
    </message>
</context>
<context>
    <name>Reporting</name>
    <message numerus="yes">
        <source>%n file(s) saved in %1</source>
        <translation>
            <numerusform>%n fichier enregistré dans %1</numerusform>
            <numerusform>%n fichiers enregistrés dans %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the report in this folder</source>
        <translation>Enregistrer le compte rendu dans ce dossier</translation>
    </message>
    <message>
        <source>The report was not saved: %1</source>
        <translation>Le compte rendu n’a pas été enregistré&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>Reviewing</name>
    <message>
        <source>%1 opens the report.</source>
        <translation>%1 ouvre le compte rendu.</translation>
    </message>
    <message>
        <source>A name would leave the range C7 to S1; nothing was changed.</source>
        <translation>Un nom sortirait de l’intervalle de C7 à S1&#xa0;; rien n’a été changé.</translation>
    </message>
    <message>
        <source>No outline was found in the box; drag the six points to their places.</source>
        <translation>Aucun contour n’a été trouvé dans le cadre&#xa0;; placez les six points à la souris.</translation>
    </message>
    <message>
        <source>Not signed: %1</source>
        <translation>Non signé&#xa0;: %1</translation>
    </message>
    <message>
        <source>Point at the fracture on the film, then press the key of its grade.</source>
        <translation>Pointez la fracture sur le cliché, puis appuyez sur la touche de son grade.</translation>
    </message>
    <message>
        <source>Signed as version %1 by %2.</source>
        <translation>Version %1 signée par %2.</translation>
    </message>
    <message>
        <source>The networks look at the vertebra you drew…</source>
        <translation>Les réseaux examinent la vertèbre que vous avez tracée…</translation>
    </message>
    <message>
        <source>The review has changed meanwhile; look at it again before you sign.</source>
        <translation>La relecture a changé entre-temps&#xa0;; revoyez-la avant de signer.</translation>
    </message>
    <message>
        <source>There is no room for another vertebra there.</source>
        <translation>Il n’y a pas de place pour une autre vertèbre à cet endroit.</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>%1 answers that nobody listens; check host and port, or try again later</source>
        <translation>%1 répond que personne n’écoute&#xa0;; vérifiez l’hôte et le port, ou réessayez plus tard</translation>
    </message>
    <message>
        <source>%1 cannot be reached: %2; check the network</source>
        <translation>%1 est inaccessible&#xa0;: %2&#xa0;; vérifiez le réseau</translation>
    </message>
    <message>
        <source>%1 cannot be read (%2); reinstall the model</source>
        <translation>%1 ne peut pas être lu (%2)&#xa0;; réinstallez le modèle</translation>
    </message>
    <message>
        <source>%1 does not speak DICOM as we do; check the port</source>
        <translation>%1 ne parle pas DICOM comme nous&#xa0;; vérifiez le port</translation>
    </message>
    <message>
        <source>%1 does not speak DICOM; check the port, and TLS</source>
        <translation>%1 ne parle pas DICOM&#xa0;; vérifiez le port et TLS</translation>
    </message>
    <message>
        <source>%1 does not speak TLS as we do; check the port and whether it uses TLS</source>
        <translation>%1 ne parle pas TLS comme nous&#xa0;; vérifiez le port et s’il utilise TLS</translation>
    </message>
    <message>
        <source>%1 dropped the line; try again later, or check the use of TLS and its certificates</source>
        <translation>%1 a coupé la liaison&#xa0;; réessayez plus tard, ou vérifiez l’emploi de TLS et ses certificats</translation>
    </message>
    <message>
        <source>%1 holds more than one (%2); leave one of them</source>
        <translation>%1 en contient plus d’un (%2)&#xa0;; n’en laissez qu’un</translation>
    </message>
    <message>
        <source>%1 is no computer known here; check its name and the network</source>
        <translation>%1 n’est pas un ordinateur connu ici&#xa0;; vérifiez son nom et le réseau</translation>
    </message>
    <message>
        <source>%1 is not a folder; choose the folder of models again in the settings.</source>
        <translation>%1 n’est pas un dossier&#xa0;; choisissez à nouveau le dossier des modèles dans les paramètres.</translation>
    </message>
    <message>
        <source>%1 is not a valid manifest: %2; reinstall the model</source>
        <translation>%1 n’est pas un manifeste valide&#xa0;: %2&#xa0;; réinstallez le modèle</translation>
    </message>
    <message>
        <source>%1 is not valid JSON; reinstall the model</source>
        <translation>%1 n’est pas du JSON valide&#xa0;; réinstallez le modèle</translation>
    </message>
    <message>
        <source>%1 names %2, which is not a folder; correct the variable or unset it.</source>
        <translation>%1 désigne %2, qui n’est pas un dossier&#xa0;; corrigez la variable ou supprimez-la.</translation>
    </message>
    <message>
        <source>%1 refuses our certificate, or that there is none; choose another</source>
        <translation>%1 refuse notre certificat, ou son absence&#xa0;; choisissez-en un autre</translation>
    </message>
    <message>
        <source>%1 stalls; check host, port and network, or try again later</source>
        <translation>%1 ne réagit pas&#xa0;; vérifiez l’hôte, le port et le réseau, ou réessayez plus tard</translation>
    </message>
    <message>
        <source>%1 was changed since it was released; reinstall the model</source>
        <translation>%1 a été modifié depuis sa publication&#xa0;; réinstallez le modèle</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>%1: cannot be read: %2</source>
        <translation>%1&#xa0;: ne peut pas être lu&#xa0;: %2</translation>
    </message>
    <message>
        <source>%1: name must be a text and lines a list of texts.</source>
        <translation>%1&#xa0;: name doit être un texte et lines une liste de textes.</translation>
    </message>
    <message>
        <source>%1: the logo is larger than %2 kB; shrink it.</source>
        <translation>%1&#xa0;: le logo dépasse %2 ko&#xa0;; réduisez-le.</translation>
    </message>
    <message>
        <source>%1: there is no text %2; correct its name or take it out.</source>
        <translation>%1&#xa0;: il n’y a pas de texte %2&#xa0;; corrigez son nom ou retirez-le.</translation>
    </message>
    <message>
        <source>A vertebra near column %1, row %2 was detected but could not be outlined; it is left out.</source>
        <translation>Une vertèbre près de la colonne %1, ligne %2, a été détectée mais n’a pas pu être détourée&#xa0;; elle est omise.</translation>
    </message>
    <message>
        <source>DICOM objects cannot refer to this film: it is of the kind %1, which is no film of today&apos;s standard.</source>
        <translation>Des objets DICOM ne peuvent pas faire référence à ce cliché&#xa0;: il est du type %1, qui n’est plus un cliché dans la norme actuelle.</translation>
    </message>
    <message>
        <source>DICOM objects cannot refer to this film: its %1 is missing or invalid.</source>
        <translation>Des objets DICOM ne peuvent pas faire référence à ce cliché&#xa0;: %1 manque ou n’est pas valide.</translation>
    </message>
    <message>
        <source>Fewer than three vertebrae were found; is it a frontal view or another part of the body?</source>
        <translation>Moins de trois vertèbres ont été trouvées&#xa0;; est-ce une vue de face ou une autre région du corps&#xa0;?</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>Le fichier existe déjà</translation>
    </message>
    <message>
        <source>Frame %1 of %2, counted from 0, was analysed.</source>
        <translation>L’image %1 sur %2, comptée à partir de 0, a été analysée.</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Erreur d’entrée/sortie</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>Est un dossier</translation>
    </message>
    <message>
        <source>It is uncertain which side is anterior; check the points.</source>
        <translation>Le côté antérieur est incertain&#xa0;; vérifiez les points.</translation>
    </message>
    <message>
        <source>Metal or cement overlies this vertebra; its heights may be wrong.</source>
        <translation>Du métal ou du ciment recouvre cette vertèbre&#xa0;; ses hauteurs peuvent être fausses.</translation>
    </message>
    <message>
        <source>Metal or cement was seen; heights of the vertebrae under it may be wrong.</source>
        <translation>Du métal ou du ciment est visible&#xa0;; la hauteur des vertèbres recouvertes peut être fausse.</translation>
    </message>
    <message>
        <source>No lateral spine was found; is it a frontal view or another part of the body?</source>
        <translation>Aucun rachis de profil n’a été trouvé&#xa0;; est-ce une vue de face ou une autre région du corps&#xa0;?</translation>
    </message>
    <message>
        <source>No segmentation was made, as the report has no vertebra on the film.</source>
        <translation>Aucune segmentation n’a été produite, car le compte rendu ne contient aucune vertèbre sur le cliché.</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>Plus d’espace disponible sur le disque</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Fichier ou dossier inexistant</translation>
    </message>
    <message>
        <source>No vertebra was found where %1 is expected; look at it.</source>
        <translation>Aucune vertèbre n’a été trouvée là où %1 est attendue&#xa0;; à vérifier.</translation>
    </message>
    <message>
        <source>ONNX Runtime could not load its CUDA libraries; choose the device cpu</source>
        <translation>ONNX Runtime n’a pas pu charger ses bibliothèques CUDA&#xa0;; choisissez le périphérique CPU</translation>
    </message>
    <message>
        <source>ONNX Runtime stopped (%1)</source>
        <translation>ONNX Runtime s’est arrêté (%1)</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>Accès refusé</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>Système de fichiers en lecture seule</translation>
    </message>
    <message>
        <source>Some of the film&apos;s text breaks the rules of DICOM and may be shown wrong: check the patient.</source>
        <translation>Certains textes du cliché enfreignent les règles DICOM et peuvent s’afficher mal&#xa0;: vérifiez le patient.</translation>
    </message>
    <message>
        <source>The GPU ran out of memory: the %1 runs, slower, on the CPU.</source>
        <translation>Le GPU n’a plus de mémoire&#xa0;: le réseau (%1) s’exécute, plus lentement, sur le CPU.</translation>
    </message>
    <message>
        <source>The film brings no window; one was computed from its pixels.</source>
        <translation>Le cliché n’indique pas de fenêtre&#xa0;; elle a été calculée à partir de ses pixels.</translation>
    </message>
    <message>
        <source>The film contradicts itself about which values are white: check that bone is bright.</source>
        <translation>Le cliché se contredit sur les valeurs à montrer en blanc&#xa0;: vérifiez que l’os est clair.</translation>
    </message>
    <message>
        <source>The film holds VOI LUTs that cannot be used; they are left out.</source>
        <translation>Le cliché contient des VOI LUT inutilisables&#xa0;; elles sont ignorées.</translation>
    </message>
    <message>
        <source>The film is a picture and belongs to no study: a new study was made for it, with the picture as its image.</source>
        <translation>Le cliché est une image qui n’appartient à aucune étude&#xa0;: une nouvelle étude a été créée avec cette image.</translation>
    </message>
    <message>
        <source>The film is in colour; its luminance is used.</source>
        <translation>Le cliché est en couleur&#xa0;; sa luminance est utilisée.</translation>
    </message>
    <message>
        <source>The film is raw detector data (for processing), which is not made for reading.</source>
        <translation>Le cliché contient les données brutes du détecteur (for processing), qui ne sont pas destinées à la lecture.</translation>
    </message>
    <message>
        <source>The film names windows that cannot be used; they are left out.</source>
        <translation>Le cliché indique des fenêtres inutilisables&#xa0;; elles sont ignorées.</translation>
    </message>
    <message>
        <source>The film was read inverted: vertebrae were found only with dark and bright exchanged.</source>
        <translation>Le cliché a été lu inversé&#xa0;: des vertèbres n’ont été trouvées qu’en échangeant clair et sombre.</translation>
    </message>
    <message>
        <source>The film&apos;s %1 cannot be used and is left out.</source>
        <translation>La valeur %1 du cliché est inutilisable et ignorée.</translation>
    </message>
    <message>
        <source>The film&apos;s file has changed since the film was read; open it again.</source>
        <translation>Le fichier du cliché a changé depuis sa lecture&#xa0;; ouvrez-le à nouveau.</translation>
    </message>
    <message>
        <source>The film&apos;s header says that it is a frontal view; lateral films only can be measured.</source>
        <translation>D’après son en-tête, le cliché est une vue de face&#xa0;; seuls les clichés de profil peuvent être mesurés.</translation>
    </message>
    <message>
        <source>The film&apos;s magnification factor is below 1, which is impossible; it is not used.</source>
        <translation>Le facteur d’agrandissement du cliché est inférieur à 1, ce qui est impossible&#xa0;; il n’est pas utilisé.</translation>
    </message>
    <message>
        <source>The film&apos;s patient or study cannot be copied: %1.</source>
        <translation>Le patient ou l’étude du cliché ne peuvent pas être repris&#xa0;: %1.</translation>
    </message>
    <message>
        <source>The folder %1 is missing from this installation of VCF Desktop; please install it again.</source>
        <translation>Le dossier %1 manque dans cette installation de VCF Desktop&#xa0;; veuillez la refaire.</translation>
    </message>
    <message>
        <source>The levels are assumed: they could not be counted from a sacrum.</source>
        <translation>Les niveaux sont supposés&#xa0;: ils n’ont pas pu être comptés à partir du sacrum.</translation>
    </message>
    <message>
        <source>The network&apos;s grade and the measured grade differ by more than one; look at it again.</source>
        <translation>Le grade du réseau et le grade mesuré diffèrent de plus d’un&#xa0;; à revoir.</translation>
    </message>
    <message>
        <source>The outline reaches the edge of what was looked at; check it.</source>
        <translation>Le contour atteint le bord de la zone examinée&#xa0;; vérifiez-le.</translation>
    </message>
    <message>
        <source>The resolution is too low: most vertebrae are too few pixels high to be measured well.</source>
        <translation>La résolution est trop faible&#xa0;: la plupart des vertèbres ont une hauteur de trop peu de pixels pour être bien mesurées.</translation>
    </message>
    <message>
        <source>There are no report texts in %1; choose one of %2.</source>
        <translation>Il n’y a pas de textes de compte rendu en %1&#xa0;; choisissez parmi %2.</translation>
    </message>
    <message>
        <source>This level lies outside T4 to L4, for which the grades were defined.</source>
        <translation>Ce niveau est hors de T4 à L4, pour lesquels les grades ont été définis.</translation>
    </message>
    <message>
        <source>This report is about another film than the one that is there now.</source>
        <translation>Ce compte rendu concerne un autre cliché que celui qui est là maintenant.</translation>
    </message>
    <message>
        <source>This review is about another film than the one that is there now.</source>
        <translation>Cette relecture concerne un autre cliché que celui qui est là maintenant.</translation>
    </message>
    <message>
        <source>This vertebra is too few pixels high to be measured well.</source>
        <translation>Cette vertèbre a une hauteur de trop peu de pixels pour être bien mesurée.</translation>
    </message>
    <message>
        <source>Vertebrae are undecided; decide about each and sign before you report.</source>
        <translation>Des vertèbres restent sans décision&#xa0;; décidez pour chacune et signez avant le compte rendu.</translation>
    </message>
    <message>
        <source>Vertebrae are undecided; decide about each before you sign.</source>
        <translation>Des vertèbres restent sans décision&#xa0;; décidez pour chacune avant de signer.</translation>
    </message>
    <message>
        <source>a CT image</source>
        <translation>une image de scanner</translation>
    </message>
    <message>
        <source>a PET image</source>
        <translation>une image de TEP</translation>
    </message>
    <message>
        <source>a mammogram</source>
        <translation>une mammographie</translation>
    </message>
    <message>
        <source>a nuclear medicine image</source>
        <translation>une image de médecine nucléaire</translation>
    </message>
    <message>
        <source>a radiotherapy dose</source>
        <translation>une dose de radiothérapie</translation>
    </message>
    <message>
        <source>a segmentation</source>
        <translation>une segmentation</translation>
    </message>
    <message>
        <source>an MR image</source>
        <translation>une image d’IRM</translation>
    </message>
    <message>
        <source>an image of modality %1</source>
        <translation>une image de modalité %1</translation>
    </message>
    <message>
        <source>an ultrasound image</source>
        <translation>une échographie</translation>
    </message>
    <message>
        <source>another program is sending it; wait until it is done</source>
        <translation>un autre programme l’envoie&#xa0;; attendez qu’il ait fini</translation>
    </message>
    <message>
        <source>answers what is no DICOM; have its administrator look</source>
        <translation>répond autre chose que du DICOM&#xa0;; faites vérifier par son administrateur</translation>
    </message>
    <message>
        <source>answers what is no DICOMweb; check its address</source>
        <translation>répond autre chose que du DICOMweb&#xa0;; vérifiez son adresse</translation>
    </message>
    <message>
        <source>archive %1: %2</source>
        <translation>archive %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>broke off before it listened; check the AE titles</source>
        <translation>a rompu avant d’écouter&#xa0;; vérifiez les titres AE</translation>
    </message>
    <message>
        <source>broke off while we talked; try again later</source>
        <translation>a rompu pendant l’échange&#xa0;; réessayez plus tard</translation>
    </message>
    <message>
        <source>cannot be asked for this text; correct it</source>
        <translation>ne peut être interrogée avec ce texte&#xa0;; corrigez-le</translation>
    </message>
    <message>
        <source>cannot be read as DICOM: %1</source>
        <translation>ne peut pas être lu comme DICOM&#xa0;: %1</translation>
    </message>
    <message>
        <source>cannot be read as a picture: %1</source>
        <translation>ne peut pas être lu comme image&#xa0;: %1</translation>
    </message>
    <message>
        <source>cannot be read now: %1; try again</source>
        <translation>ne peut pas être lu maintenant&#xa0;: %1&#xa0;; réessayez</translation>
    </message>
    <message>
        <source>cannot be read: %1</source>
        <translation>ne peut pas être lu&#xa0;: %1</translation>
    </message>
    <message>
        <source>cannot be unpacked into %1: %2</source>
        <translation>ne peut pas être décompressé dans %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>cannot be written: %1</source>
        <translation>ne peut pas être écrit&#xa0;: %1</translation>
    </message>
    <message>
        <source>classifier</source>
        <translation>classifieur</translation>
    </message>
    <message>
        <source>contains no picture: every pixel has the same value</source>
        <translation>ne contient pas d’image&#xa0;: tous les pixels ont la même valeur</translation>
    </message>
    <message>
        <source>contains no picture: every pixel is padding</source>
        <translation>ne contient pas d’image&#xa0;: tous les pixels sont du remplissage</translation>
    </message>
    <message>
        <source>contains pixels that are not numbers</source>
        <translation>contient des pixels qui ne sont pas des nombres</translation>
    </message>
    <message>
        <source>declares %1 x %2 pixels, more than the limit of %3 a side</source>
        <translation>déclare %1 x %2 pixels, plus que la limite de %3 par côté</translation>
    </message>
    <message>
        <source>declares %1 x %2 pixels, more than the limit of %3 megapixels</source>
        <translation>déclare %1 x %2 pixels, plus que la limite de %3 mégapixels</translation>
    </message>
    <message>
        <source>declares more pixels than the limit of %1 megapixels</source>
        <translation>déclare plus de pixels que la limite de %1 mégapixels</translation>
    </message>
    <message>
        <source>detector</source>
        <translation>détecteur</translation>
    </message>
    <message>
        <source>did not answer for the objects within %1 s; try again later</source>
        <translation>n’a pas répondu des objets en %1 s&#xa0;; réessayez plus tard</translation>
    </message>
    <message>
        <source>did not send a film that it has; have its administrator look into its log</source>
        <translation>n’a pas envoyé un cliché qu’elle possède&#xa0;; faites consulter son journal par son administrateur</translation>
    </message>
    <message>
        <source>does not accept our user and password or token; correct them</source>
        <translation>n’accepte pas nos utilisateur et mot de passe ou jeton&#xa0;; corrigez-les</translation>
    </message>
    <message>
        <source>does not allow us to do this; have its administrator allow it</source>
        <translation>ne nous le permet pas&#xa0;; faites-le autoriser par son administrateur</translation>
    </message>
    <message>
        <source>does not answer for what it was sent; have its administrator look, then try again</source>
        <translation>ne répond pas de ce qui lui fut envoyé&#xa0;; faites vérifier par son administrateur, puis réessayez</translation>
    </message>
    <message>
        <source>does not exist</source>
        <translation>n’existe pas</translation>
    </message>
    <message>
        <source>does not know us as %1; have its administrator enter this AE title</source>
        <translation>ne nous connaît pas comme %1&#xa0;; faites entrer ce titre AE par son administrateur</translation>
    </message>
    <message>
        <source>does not know where to send to; have its administrator enter %1, this computer and port %2</source>
        <translation>ne sait pas où envoyer&#xa0;; faites entrer %1, cet ordinateur et le port %2 par son administrateur</translation>
    </message>
    <message>
        <source>does not offer C-GET; choose C-MOVE in its settings</source>
        <translation>n’offre pas C-GET&#xa0;; choisissez C-MOVE dans ses réglages</translation>
    </message>
    <message>
        <source>does not offer this service to us; have its administrator allow it</source>
        <translation>ne nous offre pas ce service&#xa0;; faites-le autoriser par son administrateur</translation>
    </message>
    <message>
        <source>does not say how many rows and columns it has</source>
        <translation>n’indique pas son nombre de lignes et de colonnes</translation>
    </message>
    <message>
        <source>does not take files of this kind; have its administrator allow them</source>
        <translation>ne prend pas de fichiers de ce type&#xa0;; faites-les autoriser par son administrateur</translation>
    </message>
    <message>
        <source>does not take files of this size; have its administrator allow them</source>
        <translation>ne prend pas de fichiers de cette taille&#xa0;; faites-les autoriser par son administrateur</translation>
    </message>
    <message>
        <source>does not take objects of the kind %1; have its administrator allow them</source>
        <translation>ne prend pas d’objets du type %1&#xa0;; faites-les autoriser par son administrateur</translation>
    </message>
    <message>
        <source>does not take objects of this kind; have its administrator allow them</source>
        <translation>ne prend pas d’objets de ce type&#xa0;; faites-les autoriser par son administrateur</translation>
    </message>
    <message>
        <source>failed while it worked on this; try again later</source>
        <translation>a échoué dans ce travail&#xa0;; réessayez plus tard</translation>
    </message>
    <message>
        <source>failed with the status %1; try again later</source>
        <translation>a échoué avec le statut %1&#xa0;; réessayez plus tard</translation>
    </message>
    <message>
        <source>finds more than %1 studies; ask for fewer</source>
        <translation>trouve plus de %1 examens&#xa0;; précisez la recherche</translation>
    </message>
    <message>
        <source>has %1 frames; choose one with --frame, counted from 0 (0 to %2)</source>
        <translation>a %1 images&#xa0;; choisissez-en une avec --frame, comptée à partir de 0 (0 à %2)</translation>
    </message>
    <message>
        <source>has no DICOMweb at this address; correct it</source>
        <translation>n’a pas de DICOMweb à cette adresse&#xa0;; corrigez-la</translation>
    </message>
    <message>
        <source>has no frame %1; there are frames 0 to %2</source>
        <translation>n’a pas d’image %1&#xa0;; il y a les images 0 à %2</translation>
    </message>
    <message>
        <source>has no frame %1; there is only frame 0</source>
        <translation>n’a pas d’image %1&#xa0;; il n’y a que l’image 0</translation>
    </message>
    <message>
        <source>has no list; send its files by hand, then discard it</source>
        <translation>n’a pas de liste&#xa0;; envoyez ses fichiers à la main, puis supprimez-le</translation>
    </message>
    <message>
        <source>has no projection films in this study; choose another</source>
        <translation>n’a pas de radiographie dans cet examen&#xa0;; choisissez-en un autre</translation>
    </message>
    <message>
        <source>holds %1 compressed in an unusual way (method %2); pack it again as an ordinary ZIP</source>
        <translation>contient %1 compressé de façon inhabituelle (méthode %2)&#xa0;; recompressez-le en ZIP ordinaire</translation>
    </message>
    <message>
        <source>holds %1 in a folder that is a file as well</source>
        <translation>contient %1 dans un dossier qui est aussi un fichier</translation>
    </message>
    <message>
        <source>holds %1 twice</source>
        <translation>contient %1 deux fois</translation>
    </message>
    <message>
        <source>holds %1, a name that no file should have</source>
        <translation>contient %1, un nom qu’aucun fichier ne devrait porter</translation>
    </message>
    <message>
        <source>holds %1, which is a link or a device and no file</source>
        <translation>contient %1, qui est un lien ou un périphérique et non un fichier</translation>
    </message>
    <message>
        <source>holds more than the limit of %1 files</source>
        <translation>contient plus de fichiers que la limite de %1</translation>
    </message>
    <message>
        <source>holds no film: nothing in it is DICOM or a PNG, JPEG or TIFF picture</source>
        <translation>ne contient aucun cliché&#xa0;: rien n’y est du DICOM ni une image PNG, JPEG ou TIFF</translation>
    </message>
    <message>
        <source>holds no picture</source>
        <translation>ne contient pas d’image</translation>
    </message>
    <message>
        <source>holds no picture: it is of the kind %1</source>
        <translation>ne contient pas d’image&#xa0;: il est du type %1</translation>
    </message>
    <message>
        <source>inflates to more than the limit of %1 GiB</source>
        <translation>dépasse, une fois décompressé, la limite de %1 Gio</translation>
    </message>
    <message>
        <source>is %1, not a projection film</source>
        <translation>est %1 et non un cliché de projection</translation>
    </message>
    <message>
        <source>is a damaged or incomplete ZIP archive: %1</source>
        <translation>est une archive ZIP endommagée ou incomplète&#xa0;: %1</translation>
    </message>
    <message>
        <source>is a folder, not a film</source>
        <translation>est un dossier et non un cliché</translation>
    </message>
    <message>
        <source>is cut short or damaged: none of its elements can be read</source>
        <translation>est tronqué ou endommagé&#xa0;: aucun de ses éléments n’est lisible</translation>
    </message>
    <message>
        <source>is damaged: %1</source>
        <translation>est endommagé&#xa0;: %1</translation>
    </message>
    <message>
        <source>is damaged: it is not valid JSON</source>
        <translation>est endommagé&#xa0;: ce n’est pas du JSON valide</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>est vide</translation>
    </message>
    <message>
        <source>is encrypted; unpack it with its password and open the folder</source>
        <translation>est chiffré&#xa0;; décompressez-le avec son mot de passe et ouvrez le dossier</translation>
    </message>
    <message>
        <source>is full or out of resources; have its administrator make room, or try again later</source>
        <translation>est pleine ou à bout de ressources&#xa0;; faites faire de la place par son administrateur, ou réessayez plus tard</translation>
    </message>
    <message>
        <source>is full; have its administrator make room, or try again later</source>
        <translation>est pleine&#xa0;; faites faire de la place par son administrateur, ou réessayez plus tard</translation>
    </message>
    <message>
        <source>is larger than the limit of %1 GiB</source>
        <translation>dépasse la limite de %1 Gio</translation>
    </message>
    <message>
        <source>is neither DICOM nor a PNG, JPEG or TIFF picture</source>
        <translation>n’est ni du DICOM ni une image PNG, JPEG ou TIFF</translation>
    </message>
    <message>
        <source>is no review that this version of the program can read</source>
        <translation>n’est pas une relecture que cette version du programme peut lire</translation>
    </message>
    <message>
        <source>is not a file</source>
        <translation>n’est pas un fichier</translation>
    </message>
    <message>
        <source>is not called %1; correct its AE title</source>
        <translation>ne s’appelle pas %1&#xa0;; corrigez son titre AE</translation>
    </message>
    <message>
        <source>is not in the outbox</source>
        <translation>n’est pas dans la boîte d’envoi</translation>
    </message>
    <message>
        <source>is not set up any more; set it up under this name again, or give up what waits for it</source>
        <translation>n&apos;est plus configurée ; configurez-la de nouveau sous ce nom, ou renoncez à ce qui l&apos;attend</translation>
    </message>
    <message>
        <source>is out of resources; try again later</source>
        <translation>est à bout de ressources&#xa0;; réessayez plus tard</translation>
    </message>
    <message>
        <source>is too busy to listen; try again later</source>
        <translation>est trop occupée pour écouter&#xa0;; réessayez plus tard</translation>
    </message>
    <message>
        <source>is too busy; try again later</source>
        <translation>est trop occupée&#xa0;; réessayez plus tard</translation>
    </message>
    <message>
        <source>is too large for the memory of this computer</source>
        <translation>est trop grand pour la mémoire de cet ordinateur</translation>
    </message>
    <message>
        <source>it was made for crops of %1 px and not of %2; install a fitting model</source>
        <translation>il a été conçu pour des extraits de %1 px et non de %2&#xa0;; installez un modèle adapté</translation>
    </message>
    <message>
        <source>its 16-bit colours cannot be decoded</source>
        <translation>ses couleurs à 16 bits ne peuvent pas être décodées</translation>
    </message>
    <message>
        <source>its address cannot be used; it is like https://host/dicom-web</source>
        <translation>son adresse est inutilisable&#xa0;; elle ressemble à https://host/dicom-web</translation>
    </message>
    <message>
        <source>its file meta group has no length</source>
        <translation>son groupe de métadonnées n’indique pas de longueur</translation>
    </message>
    <message>
        <source>its files overlap</source>
        <translation>ses fichiers se chevauchent</translation>
    </message>
    <message>
        <source>its list is damaged; send its files by hand, then discard it</source>
        <translation>sa liste est endommagée&#xa0;; envoyez ses fichiers à la main, puis supprimez-le</translation>
    </message>
    <message>
        <source>its modality LUT is damaged, so its pixel values mean nothing</source>
        <translation>sa LUT de modalité est endommagée, ses valeurs de pixels ne signifient donc rien</translation>
    </message>
    <message>
        <source>its password cannot be kept in the key store; unlock it</source>
        <translation>son mot de passe ne peut être gardé dans le trousseau&#xa0;; déverrouillez-le</translation>
    </message>
    <message>
        <source>its password cannot be read from the key store; unlock it</source>
        <translation>son mot de passe ne peut être lu dans le trousseau&#xa0;; déverrouillez-le</translation>
    </message>
    <message>
        <source>its password is not kept, as this computer has no key store; it will be asked for each time</source>
        <translation>son mot de passe n’est pas gardé, car cet ordinateur n’a pas de trousseau&#xa0;; il sera demandé chaque fois</translation>
    </message>
    <message>
        <source>its password is not known; enter it where the archives are set up</source>
        <translation>son mot de passe est inconnu&#xa0;; entrez-le là où les archives sont configurées</translation>
    </message>
    <message>
        <source>its pixels (%1) cannot be decoded: %2</source>
        <translation>ses pixels (%1) ne peuvent pas être décodés&#xa0;: %2</translation>
    </message>
    <message>
        <source>its rescale slope is 0, so its pixel values mean nothing</source>
        <translation>sa pente de mise à l’échelle (Rescale Slope) est 0, ses valeurs de pixels ne signifient donc rien</translation>
    </message>
    <message>
        <source>its settings cannot be used: an AE title has 1 to 16 characters without accents</source>
        <translation>ses réglages sont inutilisables&#xa0;: un titre AE a de 1 à 16 caractères sans accents</translation>
    </message>
    <message>
        <source>its weights do not fit this version of the program; reinstall the model</source>
        <translation>ses poids ne conviennent pas à cette version du programme&#xa0;; réinstallez le modèle</translation>
    </message>
    <message>
        <source>model %1: %2</source>
        <translation>modèle %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>names a file outside its own folder</source>
        <translation>mentionne un fichier hors de son propre dossier</translation>
    </message>
    <message>
        <source>names a file that cannot be: %1</source>
        <translation>mentionne un fichier impossible&#xa0;: %1</translation>
    </message>
    <message>
        <source>names no film</source>
        <translation>ne mentionne aucun cliché</translation>
    </message>
    <message>
        <source>no GPU that %1 can use was found; choose the device cpu</source>
        <translation>aucun GPU utilisable par %1 n’a été trouvé&#xa0;; choisissez le périphérique CPU</translation>
    </message>
    <message>
        <source>objects can be received through TLS only with a certificate of our own; choose one, or C-GET</source>
        <translation>des objets ne se reçoivent par TLS qu’avec un certificat à nous&#xa0;; choisissez-en un, ou C-GET</translation>
    </message>
    <message>
        <source>our certificate or its key cannot be used; choose PEM files, the key without a password</source>
        <translation>notre certificat ou sa clé est inutilisable&#xa0;; choisissez des fichiers PEM, la clé sans mot de passe</translation>
    </message>
    <message>
        <source>parcel %1: %2</source>
        <translation>envoi %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>refuses with the status %1; have its administrator look into its log</source>
        <translation>refuse avec le statut %1&#xa0;; faites consulter son journal par son administrateur</translation>
    </message>
    <message>
        <source>rejects %1; have its administrator check both AE titles</source>
        <translation>rejette %1&#xa0;; faites vérifier les deux titres AE par son administrateur</translation>
    </message>
    <message>
        <source>report texts: %1 must be a table of texts.</source>
        <translation>textes du compte rendu&#xa0;: %1 doit être une table de textes.</translation>
    </message>
    <message>
        <source>report texts: %1.%2 must be a text.</source>
        <translation>textes du compte rendu&#xa0;: %1.%2 doit être un texte.</translation>
    </message>
    <message>
        <source>says that the request does not fit its kind; have its administrator look into its log</source>
        <translation>dit que la demande ne convient pas à son type&#xa0;; faites consulter son journal par son administrateur</translation>
    </message>
    <message>
        <source>segmenter</source>
        <translation>segmenteur</translation>
    </message>
    <message>
        <source>sends a film beyond the limit of %1 GiB</source>
        <translation>envoie un cliché au-delà de la limite de %1 Gio</translation>
    </message>
    <message>
        <source>sends a film that is damaged; nothing was kept</source>
        <translation>envoie un cliché endommagé&#xa0;; rien n’a été gardé</translation>
    </message>
    <message>
        <source>sends more than it should, and was not listened to; have its administrator look</source>
        <translation>envoie plus qu’elle ne devrait et n’a pas été écoutée&#xa0;; faites vérifier par son administrateur</translation>
    </message>
    <message>
        <source>sends more than it should; have its administrator look</source>
        <translation>envoie plus qu’elle ne devrait&#xa0;; faites vérifier par son administrateur</translation>
    </message>
    <message>
        <source>sends objects that were not asked for; nothing was kept, have its administrator look</source>
        <translation>envoie des objets non demandés&#xa0;; rien n’a été gardé, faites vérifier par son administrateur</translation>
    </message>
    <message>
        <source>sends us on to %1; enter that address if it is right</source>
        <translation>nous renvoie vers %1&#xa0;; entrez cette adresse si elle est juste</translation>
    </message>
    <message>
        <source>stalls: %1 took the connection and said nothing; try again later</source>
        <translation>ne réagit pas&#xa0;: %1 a pris la connexion et n’a rien dit&#xa0;; réessayez plus tard</translation>
    </message>
    <message>
        <source>stalls: no answer within %1 s; try again later</source>
        <translation>ne réagit pas&#xa0;: aucune réponse en %1 s&#xa0;; réessayez plus tard</translation>
    </message>
    <message>
        <source>stalls; try again later</source>
        <translation>ne réagit pas&#xa0;; réessayez plus tard</translation>
    </message>
    <message>
        <source>the certificate of %1 has expired; have its administrator renew it</source>
        <translation>le certificat de %1 a expiré&#xa0;; faites-le renouveler par son administrateur</translation>
    </message>
    <message>
        <source>the certificate of %1 is for another computer; check the host</source>
        <translation>le certificat de %1 est celui d’un autre ordinateur&#xa0;; vérifiez l’hôte</translation>
    </message>
    <message>
        <source>the certificate of %1 is not trusted; choose the file of the authority that issued it</source>
        <translation>le certificat de %1 n’est pas reconnu&#xa0;; choisissez le fichier de l’autorité qui l’a émis</translation>
    </message>
    <message>
        <source>the certificate of %1 is not valid yet; check the date of this computer</source>
        <translation>le certificat de %1 n’est pas encore valable&#xa0;; vérifiez la date de cet ordinateur</translation>
    </message>
    <message>
        <source>the file of its certificate authority cannot be used; choose a PEM file of certificates</source>
        <translation>le fichier de son autorité de certification est inutilisable&#xa0;; choisissez un fichier PEM de certificats</translation>
    </message>
    <message>
        <source>there are no weights for the runtime %1; choose another</source>
        <translation>il n’y a pas de poids pour l’environnement d’exécution %1&#xa0;; choisissez-en un autre</translation>
    </message>
    <message>
        <source>there is none in %1; reinstall the models</source>
        <translation>il n’y en a aucun dans %1&#xa0;; réinstallez les modèles</translation>
    </message>
    <message>
        <source>unpacks to more than the limit of %1 GiB</source>
        <translation>dépasse, une fois décompressé, la limite de %1 Gio</translation>
    </message>
    <message>
        <source>was made by another version of VCF Desktop; send it with that one, or discard it</source>
        <translation>vient d’une autre version de VCF Desktop&#xa0;; envoyez-le avec celle-ci, ou supprimez-le</translation>
    </message>
    <message>
        <source>was not sent %1, which breaks the rules of DICOM</source>
        <translation>n’a pas reçu %1, qui enfreint les règles de DICOM</translation>
    </message>
    <message>
        <source>was not sent %1, which cannot be read as DICOM</source>
        <translation>n’a pas reçu %1, illisible comme DICOM</translation>
    </message>
    <message>
        <source>was not sent %1, which is no DICOM file</source>
        <translation>n’a pas reçu %1, qui n’est pas un fichier DICOM</translation>
    </message>
    <message>
        <source>was saved by a newer version of VCF Desktop; install that version</source>
        <translation>a été enregistré par une version plus récente de VCF Desktop&#xa0;; installez cette version</translation>
    </message>
    <message>
        <source>was signed by another program meanwhile; start VCF Desktop again</source>
        <translation>a été signé entre-temps par un autre programme&#xa0;; redémarrez VCF Desktop</translation>
    </message>
    <message>
        <source>we cannot listen at port %1: %2; close what uses it, or choose another port</source>
        <translation>impossible d’écouter au port %1&#xa0;: %2&#xa0;; fermez ce qui l’utilise, ou choisissez-en un autre</translation>
    </message>
    <message>
        <source>would be sent our password in the clear; use https</source>
        <translation>recevrait notre mot de passe en clair&#xa0;; utilisez https</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source> %</source>
        <translation>&#xa0;%</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>&amp;Parcourir…</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>Pér&amp;iphérique</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Langue</translation>
    </message>
    <message>
        <source>&amp;Name of the reader</source>
        <translation>&amp;Nom du lecteur</translation>
    </message>
    <message>
        <source>&amp;Order of undecided vertebrae</source>
        <translation>O&amp;rdre des vertèbres à décider</translation>
    </message>
    <message>
        <source>&amp;Place of the findings</source>
        <translation>Pla&amp;ce des résultats</translation>
    </message>
    <message>
        <source>&amp;Runtime of the networks</source>
        <translation>&amp;Environnement d’exécution</translation>
    </message>
    <message>
        <source>Analyse each film as soon as it is opened</source>
        <translation>Analyser chaque cliché dès son ouverture</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>As the computer</source>
        <translation>Comme l’ordinateur</translation>
    </message>
    <message>
        <source>Asked for at signing</source>
        <translation>Demandé à la signature</translation>
    </message>
    <message>
        <source>Automatic: an NVIDIA GPU where there is one, else the CPU</source>
        <translation>Automatique&#xa0;: un GPU NVIDIA s’il y en a un, sinon le CPU</translation>
    </message>
    <message>
        <source>Automatic: torch on a GPU, ONNX Runtime on the CPU</source>
        <translation>Automatique&#xa0;: torch sur un GPU, ONNX Runtime sur le CPU</translation>
    </message>
    <message>
        <source>Below the film</source>
        <translation>Sous le cliché</translation>
    </message>
    <message>
        <source>Bottom to top</source>
        <translation>De bas en haut</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Folder of &amp;models</source>
        <translation>Dossier des &amp;modèles</translation>
    </message>
    <message>
        <source>Folder of models</source>
        <translation>Dossier des modèles</translation>
    </message>
    <message>
        <source>Hide the machine&apos;s results until I have read the film myself</source>
        <translation>Masquer les résultats de l’IA jusqu’à ma propre lecture du cliché</translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <translation>GPU NVIDIA</translation>
    </message>
    <message>
        <source>ONNX Runtime</source>
        <translation>ONNX Runtime</translation>
    </message>
    <message>
        <source>Op&amp;acity of what is drawn on the film</source>
        <translation>&amp;Opacité du tracé sur le cliché</translation>
    </message>
    <message>
        <source>Opacity of what is drawn on the film</source>
        <translation>Opacité du tracé sur le cliché</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Runtime, device and models take effect with the next analysis.</source>
        <translation>L’environnement, le périphérique et les modèles prennent effet à la prochaine analyse.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>The language changes when the program is started again.</source>
        <translation>La langue changera au prochain démarrage du programme.</translation>
    </message>
    <message>
        <source>The machine&apos;s highest grade first</source>
        <translation>Grade le plus élevé de l’IA d’abord</translation>
    </message>
    <message>
        <source>The models shipped with the program</source>
        <translation>Les modèles livrés avec le programme</translation>
    </message>
    <message>
        <source>There is no such folder. Correct its name, or leave it empty for the shipped models.</source>
        <translation>Ce dossier n’existe pas. Corrigez son nom, ou laissez vide pour les modèles livrés.</translation>
    </message>
    <message>
        <source>This folder cannot be opened. Give another, or ask who looks after the computer.</source>
        <translation>Ce dossier ne peut pas être ouvert. Indiquez-en un autre, ou adressez-vous au responsable de l’ordinateur.</translation>
    </message>
    <message>
        <source>This is a file. Give the folder that holds the models.</source>
        <translation>C’est un fichier. Indiquez le dossier qui contient les modèles.</translation>
    </message>
    <message>
        <source>To the right of the film</source>
        <translation>À droite du cliché</translation>
    </message>
    <message>
        <source>Top to bottom</source>
        <translation>De haut en bas</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenêtre</translation>
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
        <translation>%1 (IA&#xa0;: %2)</translation>
    </message>
    <message>
        <source>&amp;Go to the first</source>
        <translation>&amp;Aller à la première</translation>
    </message>
    <message>
        <source>&amp;Mark the rest as not evaluable</source>
        <translation>&amp;Marquer le reste comme non évaluable</translation>
    </message>
    <message>
        <source>&amp;Name of the reader</source>
        <translation>&amp;Nom du lecteur</translation>
    </message>
    <message>
        <source>&amp;Sign</source>
        <translation>&amp;Signer</translation>
    </message>
    <message numerus="yes">
        <source>Accepted from the machine: %n</source>
        <translation>
            <numerusform>Acceptée de l’IA&#xa0;: %n</numerusform>
            <numerusform>Acceptées de l’IA&#xa0;: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Added by hand: %n</source>
        <translation>
            <numerusform>Ajoutée à la main&#xa0;: %n</numerusform>
            <numerusform>Ajoutées à la main&#xa0;: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Cause</translation>
    </message>
    <message>
        <source>It can be signed when every vertebra has your decision.</source>
        <translation>La signature est possible dès que chaque vertèbre a votre décision.</translation>
    </message>
    <message>
        <source>It can be signed when the name of the reader is given.</source>
        <translation>La signature est possible dès que le nom du lecteur est indiqué.</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Niveau</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>IA</translation>
    </message>
    <message>
        <source>More than one vertebra is named %1. Correct the names, or sign them as they are.</source>
        <translation>Plus d’une vertèbre porte le nom %1. Corrigez les noms, ou signez-les tels quels.</translation>
    </message>
    <message numerus="yes">
        <source>Not decided yet: %n (in brackets the machine&apos;s grade)</source>
        <translation>
            <numerusform>À décider&#xa0;: %n (entre parenthèses, le grade de l’IA)</numerusform>
            <numerusform>À décider&#xa0;: %n (entre parenthèses, le grade de l’IA)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Overridden: %n</source>
        <translation>
            <numerusform>Grade du lecteur&#xa0;: %n</numerusform>
            <numerusform>Grade du lecteur&#xa0;: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Lecteur</translation>
    </message>
    <message numerus="yes">
        <source>Rejected: %n</source>
        <translation>
            <numerusform>Rejetée&#xa0;: %n</numerusform>
            <numerusform>Rejetées&#xa0;: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign version %1</source>
        <translation>Signer la version %1</translation>
    </message>
    <message>
        <source>Signing locks the review. What is changed later becomes a new version.</source>
        <translation>La signature verrouille la relecture. Toute modification ultérieure devient une nouvelle version.</translation>
    </message>
    <message>
        <source>There is no vertebra in this review.</source>
        <translation>Cette relecture ne contient aucune vertèbre.</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>What will be signed</source>
        <translation>Ce qui sera signé</translation>
    </message>
    <message>
        <source>equivocal</source>
        <translation>douteux</translation>
    </message>
    <message>
        <source>mild</source>
        <translation>léger</translation>
    </message>
    <message>
        <source>moderate</source>
        <translation>modéré</translation>
    </message>
    <message>
        <source>no fracture</source>
        <translation>pas de fracture</translation>
    </message>
    <message>
        <source>not evaluable</source>
        <translation>non évaluable</translation>
    </message>
    <message>
        <source>severe</source>
        <translation>sévère</translation>
    </message>
</context>
<context>
    <name>StatementForm</name>
    <message>
        <source>%1, version %2 by %3</source>
        <translation>%1, version %2 de %3</translation>
    </message>
    <message>
        <source>&amp;Further findings</source>
        <translation>Autres co&amp;nstatations</translation>
    </message>
    <message>
        <source>&amp;Indication</source>
        <translation>&amp;Indication</translation>
    </message>
    <message>
        <source>&amp;Recommendation</source>
        <translation>&amp;Recommandation</translation>
    </message>
    <message>
        <source>&amp;What limits it</source>
        <translation>&amp;Ce qui la limite</translation>
    </message>
    <message>
        <source>A signed prior film of this patient is on the list; choose it to compare.</source>
        <translation>Un cliché antérieur signé de ce patient est dans la liste&#xa0;; choisissez-le pour comparer.</translation>
    </message>
    <message>
        <source>Compared with a pri&amp;or film</source>
        <translation>Comparé à un cliché &amp;antérieur</translation>
    </message>
    <message>
        <source>No signed prior film of this patient is on the list.</source>
        <translation>Aucun cliché antérieur signé de ce patient n’est dans la liste.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>Non précisé</translation>
    </message>
    <message>
        <source>Technical &amp;quality</source>
        <translation>&amp;Qualité technique</translation>
    </message>
    <message>
        <source>The film names none</source>
        <translation>Le cliché n’en indique aucune</translation>
    </message>
    <message>
        <source>Unknown date</source>
        <translation>Date inconnue</translation>
    </message>
    <message>
        <source>Use the site&apos;s &amp;text</source>
        <translation>Utiliser le &amp;texte du site</translation>
    </message>
    <message>
        <source>What was signed is compared; look at both films side by side, too.</source>
        <translation>Ce qui a été signé est comparé&#xa0;; regardez aussi les deux clichés côte à côte.</translation>
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
            <numerusform>%n résultat non envoyé</numerusform>
            <numerusform>%n résultats non envoyés</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Not saved, trying again: %1</source>
        <translation>Non enregistré, nouvel essai&#xa0;: %1</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Enregistré</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Enregistrement…</translation>
    </message>
    <message>
        <source>finding vertebrae</source>
        <translation>recherche des vertèbres</translation>
    </message>
    <message>
        <source>grading</source>
        <translation>attribution des grades</translation>
    </message>
    <message>
        <source>loading the networks</source>
        <translation>chargement des réseaux</translation>
    </message>
    <message>
        <source>outlining</source>
        <translation>détourage</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>préparation</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>lecture</translation>
    </message>
</context>
<context>
    <name>StudiesTable</name>
    <message>
        <source>Accession</source>
        <translation>N° d’accès</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Né(e) le</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Ici</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id.</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>Types</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objets</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Studies found</source>
        <translation>Examens trouvés</translation>
    </message>
</context>
<context>
    <name>TrailDialog</name>
    <message>
        <source>&amp;Copy all as text</source>
        <translation>&amp;Copier tout en texte</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>Journal des modifications</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Niveau</translation>
    </message>
    <message>
        <source>Lines shown: %1 of %2</source>
        <translation>Lignes affichées&#xa0;: %1 sur %2</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>IA</translation>
    </message>
    <message>
        <source>No version has been signed.</source>
        <translation>Aucune version n’a été signée.</translation>
    </message>
    <message>
        <source>Show only lines that contain…</source>
        <translation>N’afficher que les lignes contenant…</translation>
    </message>
    <message>
        <source>Version %1 was signed by %2 on %3.</source>
        <translation>La version %1 a été signée par %2 le %3.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>analysis</source>
        <translation>analyse</translation>
    </message>
    <message>
        <source>cause</source>
        <translation>cause</translation>
    </message>
    <message>
        <source>decision</source>
        <translation>décision</translation>
    </message>
    <message>
        <source>first reading</source>
        <translation>première lecture</translation>
    </message>
    <message>
        <source>level</source>
        <translation>niveau</translation>
    </message>
    <message>
        <source>machine</source>
        <translation>IA</translation>
    </message>
    <message>
        <source>measurements</source>
        <translation>mesures</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>non nommé</translation>
    </message>
    <message>
        <source>note</source>
        <translation>note</translation>
    </message>
    <message>
        <source>outline</source>
        <translation>contour</translation>
    </message>
    <message>
        <source>six points</source>
        <translation>six points</translation>
    </message>
    <message>
        <source>type</source>
        <translation>type</translation>
    </message>
    <message>
        <source>vertebra</source>
        <translation>vertèbre</translation>
    </message>
</context>
<context>
    <name>VertebraPanel</name>
    <message>
        <source>%1: undecided</source>
        <translation>%1&#xa0;: à décider</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Accepter</translation>
    </message>
    <message>
        <source>Click one on the film, or press Space for the next undecided one.</source>
        <translation>Cliquez-en une sur le cliché, ou appuyez sur Espace pour la prochaine à décider.</translation>
    </message>
    <message>
        <source>Level…</source>
        <translation>Niveau…</translation>
    </message>
    <message>
        <source>Machine: grade %1   (%2)</source>
        <translation>IA&#xa0;: grade %1   (%2)</translation>
    </message>
    <message>
        <source>Measured: grade %1, loss %2, Ha/Hp %3, Hm/Hp %4</source>
        <translation>Mesuré&#xa0;: grade %1, perte %2, Ha/Hp %3, Hm/Hp %4</translation>
    </message>
    <message>
        <source>No vertebra selected</source>
        <translation>Aucune vertèbre sélectionnée</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>Note…</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rejeter</translation>
    </message>
    <message>
        <source>The machine says nothing about this vertebra.</source>
        <translation>L’IA ne dit rien de cette vertèbre.</translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>À décider</translation>
    </message>
    <message>
        <source>as measured</source>
        <translation>selon mesure</translation>
    </message>
    <message>
        <source>no cause</source>
        <translation>aucune cause</translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <source>Open a folder</source>
        <translation>Ouvrir un dossier</translation>
    </message>
    <message>
        <source>Open films</source>
        <translation>Ouvrir des clichés</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>Ouvrir un récent</translation>
    </message>
    <message>
        <source>Window presets</source>
        <translation>Préréglages de fenêtre</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>%1 %</source>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>No patient data</source>
        <translation>Pas de données du patient</translation>
    </message>
    <message>
        <source>Scheuermann</source>
        <translation>Scheuermann</translation>
    </message>
    <message>
        <source>Schmorl node</source>
        <translation>hernie de Schmorl</translation>
    </message>
    <message>
        <source>W %1  C %2</source>
        <translation>W %1  C %2</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>accepté</translation>
    </message>
    <message>
        <source>biconcave</source>
        <translation>biconcave</translation>
    </message>
    <message>
        <source>born %1</source>
        <translation>né(e) le %1</translation>
    </message>
    <message>
        <source>calibrated</source>
        <translation>étalonné</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>calculée</translation>
    </message>
    <message>
        <source>crush</source>
        <translation>écrasement</translation>
    </message>
    <message>
        <source>degenerative</source>
        <translation>dégénérative</translation>
    </message>
    <message>
        <source>detector plane, magnified</source>
        <translation>plan du détecteur, agrandi</translation>
    </message>
    <message>
        <source>diagnostic</source>
        <translation>diagnostique</translation>
    </message>
    <message>
        <source>estimated from geometry</source>
        <translation>estimé d’après la géométrie</translation>
    </message>
    <message>
        <source>full range</source>
        <translation>plage complète</translation>
    </message>
    <message>
        <source>hardware</source>
        <translation>matériel</translation>
    </message>
    <message>
        <source>limited</source>
        <translation>limitée</translation>
    </message>
    <message>
        <source>n/e</source>
        <translation>n. é.</translation>
    </message>
    <message>
        <source>no spacing</source>
        <translation>sans espacement des pixels</translation>
    </message>
    <message>
        <source>no vertebra</source>
        <translation>pas une vertèbre</translation>
    </message>
    <message>
        <source>not diagnostic</source>
        <translation>non diagnostique</translation>
    </message>
    <message>
        <source>other cause</source>
        <translation>autre cause</translation>
    </message>
    <message>
        <source>own</source>
        <translation>propre</translation>
    </message>
    <message>
        <source>own grade</source>
        <translation>grade du lecteur</translation>
    </message>
    <message>
        <source>pathological</source>
        <translation>pathologique</translation>
    </message>
    <message>
        <source>scanned film</source>
        <translation>film numérisé</translation>
    </message>
    <message>
        <source>side %1</source>
        <translation>côté %1</translation>
    </message>
    <message>
        <source>spine</source>
        <translation>rachis</translation>
    </message>
    <message>
        <source>view %1</source>
        <translation>incidence %1</translation>
    </message>
    <message>
        <source>wedge</source>
        <translation>cunéiforme</translation>
    </message>
    <message>
        <source>whole film</source>
        <translation>cliché entier</translation>
    </message>
</context>
</TS>
