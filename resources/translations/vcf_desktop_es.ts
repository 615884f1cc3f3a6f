<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es_ES" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>About VCF Desktop</source>
        <translation>Acerca de VCF Desktop</translation>
    </message>
    <message>
        <source>Attribution:</source>
        <translation>Atribución:</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Copy all of this as text</source>
        <translation>Copiar todo esto como texto</translation>
    </message>
    <message>
        <source>For research use only, not a medical device.</source>
        <translation>Solo para investigación; no es un producto sanitario.</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0.</source>
        <translation>Software libre bajo la Licencia Apache 2.0.</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliotecas</translation>
    </message>
    <message>
        <source>Licence:</source>
        <translation>Licencia:</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>The models cannot be read: %1</source>
        <translation>No se pueden leer los modelos: %1</translation>
    </message>
    <message>
        <source>There are none.</source>
        <translation>No hay ninguno.</translation>
    </message>
    <message>
        <source>This installation does not say which libraries it uses.</source>
        <translation>Esta instalación no indica qué bibliotecas utiliza.</translation>
    </message>
    <message>
        <source>Trained on:</source>
        <translation>Entrenado con:</translation>
    </message>
    <message>
        <source>Weights, first 12 digits of their sha256:</source>
        <translation>Pesos, primeras 12 cifras de su sha256:</translation>
    </message>
    <message>
        <source>licence not named by the library</source>
        <translation>licencia no indicada por la biblioteca</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>VCF Desktop is open already, on the computer %1; go on there, or close it first.</source>
        <translation>VCF Desktop ya está abierto, en el equipo %1; continúe allí o ciérrelo primero.</translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message>
        <source>%1 is being asked…</source>
        <translation>Se consulta %1…</translation>
    </message>
    <message numerus="yes">
        <source>%n still earlier study(ies) not fetched</source>
        <translation>
            <numerusform>%n estudio aún anterior no traído</numerusform>
            <numerusform>%n estudios aún anteriores no traídos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) found</source>
        <translation>
            <numerusform>%n estudio encontrado</numerusform>
            <numerusform>%n estudios encontrados</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Archive</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Cancelar</translation>
    </message>
    <message>
        <source>&amp;Days</source>
        <translation>&amp;Días</translation>
    </message>
    <message>
        <source>&amp;Fetch</source>
        <translation>&amp;Traer</translation>
    </message>
    <message>
        <source>&amp;Kinds</source>
        <translation>Ti&amp;pos</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Buscar</translation>
    </message>
    <message>
        <source>* and ? stand for any letters</source>
        <translation>* y ? valen por cualquier letra</translation>
    </message>
    <message>
        <source>Acc&amp;ession number</source>
        <translation>Núm. de &amp;acceso</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Todos</translation>
    </message>
    <message>
        <source>All studies</source>
        <translation>Todos los estudios</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>C&amp;errar</translation>
    </message>
    <message>
        <source>Cancelled; films that had come whole stay.</source>
        <translation>Cancelado; quedan las placas que llegaron enteras.</translation>
    </message>
    <message>
        <source>Family name, first name</source>
        <translation>Apellido, nombre</translation>
    </message>
    <message>
        <source>Fetch earlier films of the pa&amp;tient, too</source>
        <translation>Traer también las placas anteriores del pac&amp;iente</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Primer día</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>De … a …</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Últimos 7 días</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Último día</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>Último mes</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>Último año</translation>
    </message>
    <message>
        <source>No archive is set up yet.</source>
        <translation>Todavía no hay ningún archivo configurado.</translation>
    </message>
    <message>
        <source>No study fits. Look for less, or with * for any letters.</source>
        <translation>Ningún estudio coincide. Busque con menos datos, o con * por cualquier letra.</translation>
    </message>
    <message>
        <source>Password of %1</source>
        <translation>Contraseña de %1</translation>
    </message>
    <message>
        <source>Patient &amp;id</source>
        <translation>&amp;Id. del paciente</translation>
    </message>
    <message>
        <source>Say whom or what you look for: a patient, an accession number, or days.</source>
        <translation>Diga qué busca: un paciente, un número de acceso o unos días.</translation>
    </message>
    <message>
        <source>Set &amp;up…</source>
        <translation>C&amp;onfigurar…</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>X-ray films (CR, DX)</source>
        <translation>Radiografías (CR, DX)</translation>
    </message>
</context>
<context>
    <name>ArchivesDialog</name>
    <message>
        <source>%1 answers.</source>
        <translation>%1 responde.</translation>
    </message>
    <message>
        <source>%1 is being asked…</source>
        <translation>Se consulta %1…</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Añadir</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Dirección</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>&amp;Equipo</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;Protocol</source>
        <translation>&amp;Protocolo</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Quitar</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>Pro&amp;bar</translation>
    </message>
    <message>
        <source>&amp;User; empty for a token</source>
        <translation>&amp;Usuario; vacío para un token</translation>
    </message>
    <message>
        <source>AE title of the archive</source>
        <translation>Título AE del archivo</translation>
    </message>
    <message>
        <source>AE title of this computer</source>
        <translation>Título AE de este equipo</translation>
    </message>
    <message>
        <source>Archive %1</source>
        <translation>Archivo %1</translation>
    </message>
    <message>
        <source>Archives</source>
        <translation>Archivos</translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation>Autoridad de certificación</translation>
    </message>
    <message>
        <source>Choose a PEM file</source>
        <translation>Elegir un archivo PEM</translation>
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
        <translation>Cifrado (TLS)</translation>
    </message>
    <message>
        <source>Every archive needs a name of its own.</source>
        <translation>Cada archivo necesita un nombre propio.</translation>
    </message>
    <message>
        <source>Films are fetched by</source>
        <translation>Las placas se traen por</translation>
    </message>
    <message>
        <source>Key of it</source>
        <translation>Su clave</translation>
    </message>
    <message>
        <source>Own certificate</source>
        <translation>Certificado propio</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>Puert&amp;o</translation>
    </message>
    <message>
        <source>Pass&amp;word or token</source>
        <translation>Co&amp;ntraseña o token</translation>
    </message>
    <message>
        <source>Passwords and tokens are kept in the system&apos;s key store only.</source>
        <translation>Las contraseñas y los tokens solo se guardan en el almacén de claves del sistema.</translation>
    </message>
    <message>
        <source>Port of this computer</source>
        <translation>Puerto de este equipo</translation>
    </message>
    <message>
        <source>Signed reports are sent to this archive</source>
        <translation>Los informes firmados se envían a este archivo</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>sin cambios</translation>
    </message>
</context>
<context>
    <name>Archiving</name>
    <message>
        <source>The report was not sent: %1</source>
        <translation>El informe no se envió: %1</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Edición</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
    <message>
        <source>&amp;Layers</source>
        <translation>&amp;Capas</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>Revi&amp;sión</translation>
    </message>
    <message>
        <source>&amp;Vertebra</source>
        <translation>&amp;Vértebra</translation>
    </message>
    <message>
        <source>About VCF Desktop</source>
        <translation>Acerca de VCF Desktop</translation>
    </message>
    <message>
        <source>Accept all remaining normals</source>
        <translation>Aceptar todas las vértebras normales restantes</translation>
    </message>
    <message>
        <source>Accept the machine&apos;s grade</source>
        <translation>Aceptar el grado de la IA</translation>
    </message>
    <message>
        <source>Add a measurement</source>
        <translation>Añadir una medición</translation>
    </message>
    <message>
        <source>Add a missed vertebra above this one</source>
        <translation>Añadir una vértebra omitida por encima</translation>
    </message>
    <message>
        <source>Add a missed vertebra below this one</source>
        <translation>Añadir una vértebra omitida por debajo</translation>
    </message>
    <message>
        <source>Add a missed vertebra: draw its box</source>
        <translation>Añadir una vértebra omitida: dibujar su recuadro</translation>
    </message>
    <message>
        <source>Add a vertebra</source>
        <translation>Añadir una vértebra</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Todas las teclas</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>Todas las capas</translation>
    </message>
    <message>
        <source>All names one level down</source>
        <translation>Todos los nombres un nivel hacia abajo</translation>
    </message>
    <message>
        <source>All names one level up</source>
        <translation>Todos los nombres un nivel hacia arriba</translation>
    </message>
    <message>
        <source>Amend the signed review</source>
        <translation>Enmendar la revisión firmada</translation>
    </message>
    <message>
        <source>Amend version %1</source>
        <translation>Enmendar la versión %1</translation>
    </message>
    <message>
        <source>Analyse the film</source>
        <translation>Analizar la radiografía</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>Análisis</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Ángulo</translation>
    </message>
    <message>
        <source>Archives…</source>
        <translation>Archivos…</translation>
    </message>
    <message>
        <source>Audit trail…</source>
        <translation>Registro de cambios…</translation>
    </message>
    <message>
        <source>Beside a prior film</source>
        <translation>Junto a una radiografía previa</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>Recuadros</translation>
    </message>
    <message>
        <source>Cancel the analysis</source>
        <translation>Cancelar el análisis</translation>
    </message>
    <message>
        <source>Cause: Scheuermann</source>
        <translation>Causa: Scheuermann</translation>
    </message>
    <message>
        <source>Cause: Schmorl node</source>
        <translation>Causa: nódulo de Schmorl</translation>
    </message>
    <message>
        <source>Cause: degenerative</source>
        <translation>Causa: degenerativa</translation>
    </message>
    <message>
        <source>Cause: hardware</source>
        <translation>Causa: implante</translation>
    </message>
    <message>
        <source>Cause: none named</source>
        <translation>Causa: sin especificar</translation>
    </message>
    <message>
        <source>Cause: other</source>
        <translation>Causa: otra</translation>
    </message>
    <message>
        <source>Cause: pathological</source>
        <translation>Causa: patológica</translation>
    </message>
    <message>
        <source>Cobb angle</source>
        <translation>Ángulo de Cobb</translation>
    </message>
    <message>
        <source>Enhanced contrast (CLAHE)</source>
        <translation>Contraste realzado (CLAHE)</translation>
    </message>
    <message>
        <source>Fainter</source>
        <translation>Más tenue</translation>
    </message>
    <message>
        <source>Fil&amp;m</source>
        <translation>&amp;Radiografía</translation>
    </message>
    <message>
        <source>Film on the other monitor</source>
        <translation>Radiografía en el otro monitor</translation>
    </message>
    <message>
        <source>Fit the film</source>
        <translation>Ajustar la radiografía</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Pantalla completa</translation>
    </message>
    <message>
        <source>Grade 0.5: equivocal</source>
        <translation>Grado 0,5: dudoso</translation>
    </message>
    <message>
        <source>Grade 0: no fracture</source>
        <translation>Grado 0: sin fractura</translation>
    </message>
    <message>
        <source>Grade 1: mild</source>
        <translation>Grado 1: leve</translation>
    </message>
    <message>
        <source>Grade 2: moderate</source>
        <translation>Grado 2: moderado</translation>
    </message>
    <message>
        <source>Grade 3: severe</source>
        <translation>Grado 3: grave</translation>
    </message>
    <message>
        <source>Grades</source>
        <translation>Grados</translation>
    </message>
    <message>
        <source>Grey-scale test pattern</source>
        <translation>Patrón de prueba de grises</translation>
    </message>
    <message>
        <source>Intended use and limits</source>
        <translation>Uso previsto y limitaciones</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Invertir</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Longitud</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Niveles</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>Lupa</translation>
    </message>
    <message>
        <source>Mark a fracture</source>
        <translation>Marcar una fractura</translation>
    </message>
    <message>
        <source>Mark the rest as not evaluable</source>
        <translation>Marcar el resto como no valorable</translation>
    </message>
    <message>
        <source>Mea&amp;sure</source>
        <translation>&amp;Medir</translation>
    </message>
    <message>
        <source>Mirror left to right</source>
        <translation>Reflejar de izquierda a derecha</translation>
    </message>
    <message>
        <source>Move a point</source>
        <translation>Mover un punto</translation>
    </message>
    <message>
        <source>Move the outline</source>
        <translation>Mover el contorno</translation>
    </message>
    <message>
        <source>Name of the level…</source>
        <translation>Nombre del nivel…</translation>
    </message>
    <message>
        <source>Next film</source>
        <translation>Radiografía siguiente</translation>
    </message>
    <message>
        <source>Next undecided vertebra</source>
        <translation>Siguiente vértebra sin decidir</translation>
    </message>
    <message>
        <source>Next vertebra</source>
        <translation>Vértebra siguiente</translation>
    </message>
    <message>
        <source>Next window preset</source>
        <translation>Siguiente ventana predefinida</translation>
    </message>
    <message>
        <source>Not evaluable</source>
        <translation>No valorable</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>Nota…</translation>
    </message>
    <message>
        <source>One film pixel per screen pixel</source>
        <translation>Un píxel de la radiografía por píxel de pantalla</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>Abrir una carpeta…</translation>
    </message>
    <message>
        <source>Open films…</source>
        <translation>Abrir radiografías…</translation>
    </message>
    <message>
        <source>Outbox…</source>
        <translation>Bandeja de salida…</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>Contornos</translation>
    </message>
    <message>
        <source>Previous film</source>
        <translation>Radiografía anterior</translation>
    </message>
    <message>
        <source>Previous undecided vertebra</source>
        <translation>Anterior vértebra sin decidir</translation>
    </message>
    <message>
        <source>Previous vertebra</source>
        <translation>Vértebra anterior</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Read the refused film again</source>
        <translation>Volver a leer la radiografía rechazada</translation>
    </message>
    <message>
        <source>Record my first reading, then show the results</source>
        <translation>Registrar mi lectura y mostrar los resultados</translation>
    </message>
    <message>
        <source>Record the first reading</source>
        <translation>Registrar la primera lectura</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Redone: %1</source>
        <translation>Rehecho: %1</translation>
    </message>
    <message>
        <source>Reject: this is no vertebra</source>
        <translation>Descartar: no es una vértebra</translation>
    </message>
    <message>
        <source>Remove the last measurement</source>
        <translation>Eliminar la última medición</translation>
    </message>
    <message>
        <source>Report: further findings</source>
        <translation>Informe: otros hallazgos</translation>
    </message>
    <message>
        <source>Report: indication</source>
        <translation>Informe: indicación</translation>
    </message>
    <message>
        <source>Report: prior film</source>
        <translation>Informe: radiografía previa</translation>
    </message>
    <message>
        <source>Report: recommendation</source>
        <translation>Informe: recomendación</translation>
    </message>
    <message>
        <source>Report: technical quality</source>
        <translation>Informe: calidad técnica</translation>
    </message>
    <message>
        <source>Report: what limits the quality</source>
        <translation>Informe: qué limita la calidad</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Informe…</translation>
    </message>
    <message>
        <source>Search an archive…</source>
        <translation>Buscar en un archivo…</translation>
    </message>
    <message>
        <source>Select and move</source>
        <translation>Seleccionar y mover</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Ajustes…</translation>
    </message>
    <message>
        <source>Sign version %1</source>
        <translation>Firmar la versión %1</translation>
    </message>
    <message>
        <source>Sign…</source>
        <translation>Firmar…</translation>
    </message>
    <message>
        <source>Six points</source>
        <translation>Seis puntos</translation>
    </message>
    <message>
        <source>Smooth enlarged pixels</source>
        <translation>Suavizar los píxeles ampliados</translation>
    </message>
    <message>
        <source>Stronger</source>
        <translation>Más intenso</translation>
    </message>
    <message>
        <source>Take the decision back</source>
        <translation>Retirar la decisión</translation>
    </message>
    <message>
        <source>Take the film off the list</source>
        <translation>Quitar la radiografía de la lista</translation>
    </message>
    <message>
        <source>The film&apos;s own window</source>
        <translation>Ventana propia de la radiografía</translation>
    </message>
    <message>
        <source>This is L6, those above follow</source>
        <translation>Esta es L6, las de arriba siguen</translation>
    </message>
    <message>
        <source>This is T13, those above follow</source>
        <translation>Esta es T13, las de arriba siguen</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>Girar a la izquierda</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>Girar a la derecha</translation>
    </message>
    <message>
        <source>Type: as measured</source>
        <translation>Tipo: según la medición</translation>
    </message>
    <message>
        <source>Type: biconcave</source>
        <translation>Tipo: bicóncava</translation>
    </message>
    <message>
        <source>Type: crush</source>
        <translation>Tipo: aplastamiento</translation>
    </message>
    <message>
        <source>Type: wedge</source>
        <translation>Tipo: cuña</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>Deshecho: %1</translation>
    </message>
    <message>
        <source>Zoom both films together</source>
        <translation>Ampliar ambas radiografías a la vez</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Acercar</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Alejar</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>%1 (another patient)</source>
        <translation>%1 (otro paciente)</translation>
    </message>
    <message>
        <source>Beside which film?</source>
        <translation>¿Qué radiografía comparar?</translation>
    </message>
    <message>
        <source>Films of this patient come first.</source>
        <translation>Las radiografías de este paciente van primero.</translation>
    </message>
    <message>
        <source>For comparison</source>
        <translation>Para comparar</translation>
    </message>
    <message>
        <source>For comparison; patient not confirmed</source>
        <translation>Para comparar; paciente no confirmado</translation>
    </message>
    <message>
        <source>There is no other film on the list to compare with.</source>
        <translation>No hay otra radiografía en la lista con la que comparar.</translation>
    </message>
    <message>
        <source>These films are not shown side by side: %1 and %2 are not the same patient.</source>
        <translation>Estas radiografías no se muestran juntas: %1 y %2 no son el mismo paciente.</translation>
    </message>
</context>
<context>
    <name>Defect</name>
    <message>
        <source>Something went wrong that the program did not foresee. Each change is saved when it is made; please report the details below.</source>
        <translation>Ocurrió algo que el programa no había previsto. Cada cambio se guarda al hacerlo; comunique los detalles de abajo.</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Add vertebra</source>
        <translation>Añadir vértebra</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Ángulo</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ajustar</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Invertir</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Longitud</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>Lupa</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Informe</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Seleccionar</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Firmar</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Herramientas</translation>
    </message>
    <message>
        <source>Undecided ▶</source>
        <translation>Sin decidir ▶</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Ventana</translation>
    </message>
    <message>
        <source>◀ Undecided</source>
        <translation>◀ Sin decidir</translation>
    </message>
</context>
<context>
    <name>FilmLegend</name>
    <message>
        <source>CLAHE: enhanced view, not the original</source>
        <translation>CLAHE: realzada, no la original</translation>
    </message>
    <message>
        <source>Inverted</source>
        <translation>Invertida</translation>
    </message>
    <message>
        <source>Levels assumed</source>
        <translation>Niveles supuestos</translation>
    </message>
    <message>
        <source>Zoom %1 %</source>
        <translation>Zoom %1 %</translation>
    </message>
    <message>
        <source>mirrored</source>
        <translation>reflejada</translation>
    </message>
    <message>
        <source>mm: %1</source>
        <translation>mm: %1</translation>
    </message>
    <message>
        <source>turned %1°</source>
        <translation>girada %1°</translation>
    </message>
</context>
<context>
    <name>FilmList</name>
    <message>
        <source>%1, frame %2</source>
        <translation>%1, fotograma %2</translation>
    </message>
    <message>
        <source>Acc. %1</source>
        <translation>Acc. %1</translation>
    </message>
    <message>
        <source>Analysing</source>
        <translation>Analizando</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>Radiografías</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>En revisión</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nueva</translation>
    </message>
    <message>
        <source>No patient data</source>
        <translation>Sin datos del paciente</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>No cargadas</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Rechazada</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Firmada</translation>
    </message>
    <message>
        <source>Study without a date</source>
        <translation>Estudio sin fecha</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>Por revisar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Repetir</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>Sin nombre</translation>
    </message>
    <message>
        <source>born %1</source>
        <translation>nac. %1</translation>
    </message>
</context>
<context>
    <name>FilmWindow</name>
    <message>
        <source>VCF Desktop: films</source>
        <translation>VCF Desktop: radiografías</translation>
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
        <translation>Altura anterior</translation>
    </message>
    <message>
        <source>Biconcave: middle by posterior height</source>
        <translation>Bicóncava: altura media entre posterior</translation>
    </message>
    <message>
        <source>Crush: posterior height by what the neighbours make one expect</source>
        <translation>Aplastamiento: altura posterior entre la esperada según las vecinas</translation>
    </message>
    <message>
        <source>Grade by the measured loss of height</source>
        <translation>Grado según la pérdida de altura medida</translation>
    </message>
    <message>
        <source>Largest loss of height against the norm of the level</source>
        <translation>Mayor pérdida de altura respecto a la norma del nivel</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Nivel</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Pérd.</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>IA</translation>
    </message>
    <message>
        <source>Meas.</source>
        <translation>Med.</translation>
    </message>
    <message>
        <source>Middle height</source>
        <translation>Altura media</translation>
    </message>
    <message>
        <source>Name of the vertebra</source>
        <translation>Nombre de la vértebra</translation>
    </message>
    <message>
        <source>Network by grade: %1</source>
        <translation>Red por grados: %1</translation>
    </message>
    <message>
        <source>Norm of %1: Ha/Hp %2, Hm/Hp %3</source>
        <translation>Norma de %1: Ha/Hp %2, Hm/Hp %3</translation>
    </message>
    <message>
        <source>Posterior height</source>
        <translation>Altura posterior</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Lector</translation>
    </message>
    <message>
        <source>The network&apos;s grade and its probability; ? where it is in doubt</source>
        <translation>Grado de la red y su probabilidad; ? donde es dudoso</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Type by measurement; ✓ where you gave it</source>
        <translation>Tipo según la medición; ✓ donde usted lo indicó</translation>
    </message>
    <message>
        <source>Warnings about this vertebra</source>
        <translation>Advertencias sobre esta vértebra</translation>
    </message>
    <message>
        <source>Wedge: anterior by posterior height</source>
        <translation>Cuña: altura anterior entre posterior</translation>
    </message>
    <message>
        <source>Your decision, cause and note</source>
        <translation>Su decisión, causa y nota</translation>
    </message>
</context>
<context>
    <name>GreyPattern</name>
    <message>
        <source>Grey-scale test pattern</source>
        <translation>Patrón de prueba de grises</translation>
    </message>
    <message>
        <source>Look for: the inner square in black and in white; the corners of all 18 squares, of which black and white have two; an even ramp without bands or tints; sharp lines; the white border on all four sides. What is missing, the display hides in films too: have it calibrated. VCF Desktop neither measures nor calibrates the display. Esc or a click closes.</source>
        <translation>Busque: el cuadrado interior en el negro y en el blanco; las esquinas de los 18 cuadrados, de las que el negro y el blanco tienen dos; una rampa uniforme sin bandas ni tintes; líneas nítidas; el borde blanco en los cuatro lados. Lo que falte, el monitor lo oculta también en las radiografías: hágalo calibrar. VCF Desktop no mide ni calibra el monitor. Esc o un clic cierra.</translation>
    </message>
</context>
<context>
    <name>IntendedUseDialog</name>
    <message>
        <source>&amp;I have read this, and use VCF Desktop for research only.</source>
        <translation>&amp;He leído lo anterior y uso VCF Desktop solo para investigación.</translation>
    </message>
    <message>
        <source>A grade says how much height is lost, not why.</source>
        <translation>Un grado indica cuánta altura se ha perdido, no por qué.</translation>
    </message>
    <message>
        <source>A projection film shows everything larger than it is. Millimetres are given only where the file carries a spacing, with where it comes from. Ratios need none.</source>
        <translation>Una radiografía de proyección muestra todo más grande de lo que es. Los milímetros solo se indican si el archivo contiene un espaciado de píxeles, con su procedencia. Los cocientes no lo necesitan.</translation>
    </message>
    <message>
        <source>Adults only.</source>
        <translation>Solo adultos.</translation>
    </message>
    <message>
        <source>Enhanced contrast is marked as such, and the film as it was taken is one key away.</source>
        <translation>El contraste realzado se señala como tal, y una sola tecla devuelve la radiografía original.</translation>
    </message>
    <message>
        <source>Enhancement never replaces the film.</source>
        <translation>El realce nunca sustituye a la radiografía.</translation>
    </message>
    <message>
        <source>Every vertebra needs a decision of the reader before a review can be signed.</source>
        <translation>Cada vértebra requiere una decisión del lector antes de que se pueda firmar una revisión.</translation>
    </message>
    <message>
        <source>For research only.</source>
        <translation>Solo para investigación.</translation>
    </message>
    <message>
        <source>Growth plates and the wedged bodies of children look like fractures and are not.</source>
        <translation>Los cartílagos de crecimiento y los cuerpos vertebrales acuñados de los niños parecen fracturas y no lo son.</translation>
    </message>
    <message>
        <source>Intended use and limits</source>
        <translation>Uso previsto y limitaciones</translation>
    </message>
    <message>
        <source>It is not a medical device, no authority has cleared it, and no diagnosis or treatment may rest on it. A physician reads the film.</source>
        <translation>No es un producto sanitario, ninguna autoridad lo ha autorizado y ningún diagnóstico ni tratamiento debe basarse en él. La radiografía la interpreta un médico.</translation>
    </message>
    <message>
        <source>Lateral films of the thoracolumbar spine, T1 to L5.</source>
        <translation>Radiografías laterales de la columna toracolumbar, de T1 a L5.</translation>
    </message>
    <message>
        <source>Millimetres are magnified.</source>
        <translation>Los milímetros están ampliados.</translation>
    </message>
    <message>
        <source>Old and new fractures, Scheuermann&apos;s disease and tumours may look the same. Where levels cannot be counted from the sacrum, their names are a guess and marked as one.</source>
        <translation>Las fracturas antiguas y recientes, la enfermedad de Scheuermann y los tumores pueden parecer iguales. Si los niveles no se pueden contar desde el sacro, sus nombres son supuestos y se señalan como tales.</translation>
    </message>
    <message>
        <source>Other views and regions, metal and cement, and low resolution are out of scope; the program warns where it notices.</source>
        <translation>Otras proyecciones y regiones, el metal y el cemento y la baja resolución quedan fuera del ámbito de uso; el programa avisa cuando lo detecta.</translation>
    </message>
    <message>
        <source>The display is not verified.</source>
        <translation>El monitor no está verificado.</translation>
    </message>
    <message>
        <source>The machine&apos;s opinion is never accepted by itself.</source>
        <translation>La opinión de la IA nunca se acepta por sí sola.</translation>
    </message>
    <message>
        <source>The program neither measures nor calibrates it. Look at the grey-scale test pattern in the menu Film before you read.</source>
        <translation>El programa no lo mide ni lo calibra. Mire el patrón de prueba de grises del menú Radiografía antes de leer.</translation>
    </message>
    <message>
        <source>They were made from the bones of two people. Test the networks on films of your own hospital before you rely on a number. Mild fractures are told apart badly.</source>
        <translation>Se generaron a partir de los huesos de dos personas. Pruebe las redes con radiografías de su propio hospital antes de confiar en una cifra. Las fracturas leves se distinguen mal.</translation>
    </message>
    <message>
        <source>Trained on simulated films.</source>
        <translation>Entrenado con radiografías simuladas.</translation>
    </message>
    <message>
        <source>VCF Desktop finds and outlines the vertebrae of a lateral film of the spine, names their levels, measures their heights and grades them for compression fracture after Genant. It is meant for radiologists, spine surgeons and researchers, who review every result.</source>
        <translation>VCF Desktop localiza y delinea las vértebras de una radiografía lateral de columna, nombra sus niveles, mide sus alturas y les asigna un grado de fractura por compresión según Genant. Está destinado a radiólogos, cirujanos de columna e investigadores, que revisan cada resultado.</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>%1 is the key of more than one command: %2. Give all but one of them another key.</source>
        <translation>%1 es la tecla de más de una orden: %2. Asigne otra tecla a todas menos una.</translation>
    </message>
    <message>
        <source>&amp;All defaults</source>
        <translation>&amp;Todas predeterminadas</translation>
    </message>
    <message>
        <source>&amp;Change</source>
        <translation>&amp;Cambiar</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>&amp;Predeterminada</translation>
    </message>
    <message>
        <source>&amp;No key</source>
        <translation>&amp;Sin tecla</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Órdenes y sus teclas</translation>
    </message>
    <message>
        <source>Find a command or a key</source>
        <translation>Buscar una orden o una tecla</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Tecla</translation>
    </message>
    <message>
        <source>Key of “%1”</source>
        <translation>Tecla de «%1»</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>Press the new key in its field. Tab leaves the field and changes nothing.</source>
        <translation>Pulse la nueva tecla en su campo. Tab sale del campo sin cambiar nada.</translation>
    </message>
    <message>
        <source>also: %1</source>
        <translation>también: %1</translation>
    </message>
    <message>
        <source>default: %1</source>
        <translation>predeterminada: %1</translation>
    </message>
    <message>
        <source>default: none</source>
        <translation>predeterminada: ninguna</translation>
    </message>
</context>
<context>
    <name>LevelDialog</name>
    <message>
        <source>Grades stay as they are; the measured ones follow the norm of the level.</source>
        <translation>Los grados se mantienen; los medidos siguen la norma del nivel.</translation>
    </message>
    <message>
        <source>Name of %1</source>
        <translation>Nombre de %1</translation>
    </message>
    <message>
        <source>The vertebrae above follow, counted up from here</source>
        <translation>Las vértebras de arriba siguen, contadas desde aquí</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>A new analysis takes the place of this one, and what you said about it is lost.</source>
        <translation>Un nuevo análisis sustituye a este y se pierde lo que usted dijo de él.</translation>
    </message>
    <message>
        <source>Fracture, grade %1</source>
        <translation>Fractura, grado %1</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Several frames</source>
        <translation>Varios fotogramas</translation>
    </message>
    <message numerus="yes">
        <source>The film has %n frame(s). Which one?</source>
        <translation>
            <numerusform>La radiografía tiene %n fotograma. ¿Cuál?</numerusform>
            <numerusform>La radiografía tiene %n fotogramas. ¿Cuál?</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Your last changes could not be saved: %1</source>
        <translation>No se pudieron guardar sus últimos cambios: %1</translation>
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
        <translation>Nota sobre %1</translation>
    </message>
    <message>
        <source>Your words; they go into the report.</source>
        <translation>Sus palabras; se incluirán en el informe.</translation>
    </message>
</context>
<context>
    <name>OpenFilms</name>
    <message>
        <source>Not analysed: %1 The film can be reviewed by hand.</source>
        <translation>No analizada: %1 La radiografía se puede revisar a mano.</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>Leyendo %1…</translation>
    </message>
    <message>
        <source>The file has changed since it was opened; open it again.</source>
        <translation>El archivo ha cambiado desde que se abrió; ábralo de nuevo.</translation>
    </message>
    <message>
        <source>The file has changed since it was reviewed; that review is kept and not shown.</source>
        <translation>El archivo ha cambiado desde su revisión; esta se conserva y no se muestra.</translation>
    </message>
    <message>
        <source>The film is not opened, as its saved review cannot be: %1</source>
        <translation>La radiografía no se abre porque su revisión guardada no se puede abrir: %1</translation>
    </message>
    <message>
        <source>The review was changed meanwhile; the new analysis is not used.</source>
        <translation>La revisión se modificó entretanto; el nuevo análisis no se utiliza.</translation>
    </message>
    <message>
        <source>The saved review of this film cannot be read and is kept aside: %1</source>
        <translation>La revisión guardada de esta radiografía no se puede leer y se ha apartado: %1</translation>
    </message>
</context>
<context>
    <name>OutboxDialog</name>
    <message>
        <source>&amp;Give up…</source>
        <translation>&amp;Abandonar…</translation>
    </message>
    <message>
        <source>&amp;Send now</source>
        <translation>&amp;Enviar ahora</translation>
    </message>
    <message>
        <source>All results were sent.</source>
        <translation>Se han enviado todos los resultados.</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>Bandeja de salida</translation>
    </message>
    <message>
        <source>Results that could not be sent yet. They are sent by themselves.</source>
        <translation>Resultados que aún no se han podido enviar. Se envían por sí solos.</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Enviado</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>The outbox is being looked at…</source>
        <translation>Se mira la bandeja de salida…</translation>
    </message>
    <message>
        <source>These results will not be sent to the archive. The signed review itself stays.</source>
        <translation>Estos resultados no se enviarán al archivo. La revisión firmada en sí permanece.</translation>
    </message>
    <message>
        <source>next try at %1; %2</source>
        <translation>próximo intento a las %1; %2</translation>
    </message>
    <message>
        <source>refused: %1</source>
        <translation>rechazado: %1</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>en espera</translation>
    </message>
</context>
<context>
    <name>OutboxSender</name>
    <message>
        <source>The report could not be put into the outbox: %1</source>
        <translation>El informe no se pudo poner en la bandeja de salida: %1</translation>
    </message>
    <message>
        <source>The report has arrived at %1</source>
        <translation>El informe ha llegado a %1</translation>
    </message>
    <message>
        <source>The report is on its way to %1</source>
        <translation>El informe va camino de %1</translation>
    </message>
    <message>
        <source>This version of the report was sent before, or waits to be sent.</source>
        <translation>Esta versión del informe ya se envió, o espera a ser enviada.</translation>
    </message>
</context>
<context>
    <name>RemarksLabel</name>
    <message numerus="yes">
        <source>%n undecided</source>
        <translation>
            <numerusform>%n sin decidir</numerusform>
            <numerusform>%n sin decidir</numerusform>
        </translation>
    </message>
    <message>
        <source>All decided; ready to be signed.</source>
        <translation>Todo decidido; listo para firmar.</translation>
    </message>
    <message>
        <source>Amending version %1: %2</source>
        <translation>Enmienda de la versión %1: %2</translation>
    </message>
    <message>
        <source>No vertebra was found or added.</source>
        <translation>No se encontró ni se añadió ninguna vértebra.</translation>
    </message>
    <message>
        <source>Not analysed.</source>
        <translation>No analizada.</translation>
    </message>
    <message numerus="yes">
        <source>Read first: point at each fracture you see and press 1, 2, 3 or 5 for its grade. %n marked so far. %1 records your reading and shows the machine&apos;s results.</source>
        <translation>
            <numerusform>Lea primero: señale cada fractura que vea y pulse 1, 2, 3 o 5 para su grado. %n marcada hasta ahora. %1 registra su lectura y muestra los resultados de la IA.</numerusform>
            <numerusform>Lea primero: señale cada fractura que vea y pulse 1, 2, 3 o 5 para su grado. %n marcadas hasta ahora. %1 registra su lectura y muestra los resultados de la IA.</numerusform>
        </translation>
    </message>
    <message>
        <source>Signed, version %1, by %2 on %3.</source>
        <translation>Versión %1, firmada por %2 el %3.</translation>
    </message>
    <message>
        <source>The film is being analysed.</source>
        <translation>Se está analizando la radiografía.</translation>
    </message>
    <message>
        <source>The patient was %1 years old; adults only can be graded.</source>
        <translation>El paciente tenía %1 años; solo se puede graduar a adultos.</translation>
    </message>
    <message>
        <source>⚠ More than one vertebra is called %1.</source>
        <translation>⚠ Más de una vértebra se llama %1.</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>&amp;Language of the report</source>
        <translation>I&amp;dioma del informe</translation>
    </message>
    <message>
        <source>&amp;Paper</source>
        <translation>&amp;Papel</translation>
    </message>
    <message>
        <source>&amp;Sign…</source>
        <translation>&amp;Firmar…</translation>
    </message>
    <message>
        <source>As the window</source>
        <translation>Como la ventana</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>Tabla CSV</translation>
    </message>
    <message>
        <source>DICOM: marks (GSPS)</source>
        <translation>DICOM: marcas (GSPS)</translation>
    </message>
    <message>
        <source>DICOM: outlines (SEG)</source>
        <translation>DICOM: contornos (SEG)</translation>
    </message>
    <message>
        <source>DICOM: picture (SC)</source>
        <translation>DICOM: imagen (SC)</translation>
    </message>
    <message>
        <source>DICOM: report (SR)</source>
        <translation>DICOM: informe (SR)</translation>
    </message>
    <message>
        <source>DICOM: the PDF</source>
        <translation>DICOM: el PDF</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Archivos</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Informe</translation>
    </message>
    <message>
        <source>S&amp;ave the files…</source>
        <translation>&amp;Guardar los archivos…</translation>
    </message>
    <message>
        <source>Sen&amp;d to the archive</source>
        <translation>En&amp;viar al archivo de imágenes</translation>
    </message>
    <message>
        <source>The file has changed since it was opened; close the report and open the film again.</source>
        <translation>El archivo ha cambiado desde que se abrió; cierre el informe y abra la radiografía de nuevo.</translation>
    </message>
    <message>
        <source>The report is being made…</source>
        <translation>Se está preparando el informe…</translation>
    </message>
    <message numerus="yes">
        <source>Unverified draft: %n vertebra(e) undecided; decide, then sign.</source>
        <translation>
            <numerusform>Borrador no verificado: %n vértebra sin decidir; decida y después firme.</numerusform>
            <numerusform>Borrador no verificado: %n vértebras sin decidir; decida y después firme.</numerusform>
        </translation>
    </message>
    <message>
        <source>Unverified draft: the review is not signed yet.</source>
        <translation>Borrador no verificado: la revisión aún no está firmada.</translation>
    </message>
    <message>
        <source>Version %1, signed by %2 on %3; a change needs a next version.</source>
        <translation>Versión %1, firmada por %2 el %3; un cambio requiere una nueva versión.</translation>
    </message>
</context>
<context>
    <name>ReportPreview</name>
    <message>
        <source>Larger</source>
        <translation>Ampliar</translation>
    </message>
    <message>
        <source>Page width</source>
        <translation>Ancho de página</translation>
    </message>
    <message>
        <source>Pages of the report</source>
        <translation>Páginas del informe</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Reducir</translation>
    </message>
    <message>
        <source>Whole page</source>
        <translation>Página completa</translation>
    </message>
</context>
<context>
    <name>Reporting</name>
    <message numerus="yes">
        <source>%n file(s) saved in %1</source>
        <translation>
            <numerusform>%n archivo guardado en %1</numerusform>
            <numerusform>%n archivos guardados en %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the report in this folder</source>
        <translation>Guardar el informe en esta carpeta</translation>
    </message>
    <message>
        <source>The report was not saved: %1</source>
        <translation>El informe no se guardó: %1</translation>
    </message>
</context>
<context>
    <name>Reviewing</name>
    <message>
        <source>%1 opens the report.</source>
        <translation>%1 abre el informe.</translation>
    </message>
    <message>
        <source>A name would leave the range C7 to S1; nothing was changed.</source>
        <translation>Un nombre quedaría fuera del intervalo de C7 a S1; no se cambió nada.</translation>
    </message>
    <message>
        <source>No outline was found in the box; drag the six points to their places.</source>
        <translation>No se encontró ningún contorno en el recuadro; arrastre los seis puntos a su sitio.</translation>
    </message>
    <message>
        <source>Not signed: %1</source>
        <translation>No firmada: %1</translation>
    </message>
    <message>
        <source>Point at the fracture on the film, then press the key of its grade.</source>
        <translation>Señale la fractura en la radiografía y pulse después la tecla de su grado.</translation>
    </message>
    <message>
        <source>Signed as version %1 by %2.</source>
        <translation>Versión %1 firmada por %2.</translation>
    </message>
    <message>
        <source>The networks look at the vertebra you drew…</source>
        <translation>Las redes examinan la vértebra que ha dibujado…</translation>
    </message>
    <message>
        <source>The review has changed meanwhile; look at it again before you sign.</source>
        <translation>La revisión ha cambiado entretanto; vuelva a mirarla antes de firmar.</translation>
    </message>
    <message>
        <source>There is no room for another vertebra there.</source>
        <translation>Ahí no hay sitio para otra vértebra.</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>%1 answers that nobody listens; check host and port, or try again later</source>
        <translation>%1 responde que nadie escucha; compruebe el equipo y el puerto, o inténtelo más tarde</translation>
    </message>
    <message>
        <source>%1 cannot be reached: %2; check the network</source>
        <translation>no se llega a %1: %2; compruebe la red</translation>
    </message>
    <message>
        <source>%1 cannot be read (%2); reinstall the model</source>
        <translation>%1 no se puede leer (%2); reinstale el modelo</translation>
    </message>
    <message>
        <source>%1 does not speak DICOM as we do; check the port</source>
        <translation>%1 no habla DICOM como nosotros; compruebe el puerto</translation>
    </message>
    <message>
        <source>%1 does not speak DICOM; check the port, and TLS</source>
        <translation>%1 no habla DICOM; compruebe el puerto y TLS</translation>
    </message>
    <message>
        <source>%1 does not speak TLS as we do; check the port and whether it uses TLS</source>
        <translation>%1 no habla TLS como nosotros; compruebe el puerto y si usa TLS</translation>
    </message>
    <message>
        <source>%1 dropped the line; try again later, or check the use of TLS and its certificates</source>
        <translation>%1 cortó la conexión; inténtelo más tarde, o compruebe el uso de TLS y sus certificados</translation>
    </message>
    <message>
        <source>%1 holds more than one (%2); leave one of them</source>
        <translation>%1 contiene más de uno (%2); deje solo uno</translation>
    </message>
    <message>
        <source>%1 is no computer known here; check its name and the network</source>
        <translation>%1 no es un equipo conocido aquí; compruebe su nombre y la red</translation>
    </message>
    <message>
        <source>%1 is not a folder; choose the folder of models again in the settings.</source>
        <translation>%1 no es una carpeta; elija de nuevo la carpeta de modelos en los ajustes.</translation>
    </message>
    <message>
        <source>%1 is not a valid manifest: %2; reinstall the model</source>
        <translation>%1 no es un manifiesto válido: %2; reinstale el modelo</translation>
    </message>
    <message>
        <source>%1 is not valid JSON; reinstall the model</source>
        <translation>%1 no es JSON válido; reinstale el modelo</translation>
    </message>
    <message>
        <source>%1 names %2, which is not a folder; correct the variable or unset it.</source>
        <translation>%1 indica %2, que no es una carpeta; corrija la variable o elimínela.</translation>
    </message>
    <message>
        <source>%1 refuses our certificate, or that there is none; choose another</source>
        <translation>%1 rechaza nuestro certificado, o que no haya ninguno; elija otro</translation>
    </message>
    <message>
        <source>%1 stalls; check host, port and network, or try again later</source>
        <translation>%1 no reacciona; compruebe el equipo, el puerto y la red, o inténtelo más tarde</translation>
    </message>
    <message>
        <source>%1 was changed since it was released; reinstall the model</source>
        <translation>%1 se modificó desde su publicación; reinstale el modelo</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: cannot be read: %2</source>
        <translation>%1: no se puede leer: %2</translation>
    </message>
    <message>
        <source>%1: name must be a text and lines a list of texts.</source>
        <translation>%1: name debe ser un texto y lines una lista de textos.</translation>
    </message>
    <message>
        <source>%1: the logo is larger than %2 kB; shrink it.</source>
        <translation>%1: el logotipo supera los %2 kB; redúzcalo.</translation>
    </message>
    <message>
        <source>%1: there is no text %2; correct its name or take it out.</source>
        <translation>%1: no hay ningún texto %2; corrija su nombre o quítelo.</translation>
    </message>
    <message>
        <source>A vertebra near column %1, row %2 was detected but could not be outlined; it is left out.</source>
        <translation>Se detectó una vértebra cerca de la columna %1, fila %2, pero no se pudo delinear; se omite.</translation>
    </message>
    <message>
        <source>DICOM objects cannot refer to this film: it is of the kind %1, which is no film of today&apos;s standard.</source>
        <translation>Los objetos DICOM no pueden hacer referencia a esta radiografía: es del tipo %1, que no es una radiografía en la norma actual.</translation>
    </message>
    <message>
        <source>DICOM objects cannot refer to this film: its %1 is missing or invalid.</source>
        <translation>Los objetos DICOM no pueden hacer referencia a esta radiografía: %1 falta o no es válido.</translation>
    </message>
    <message>
        <source>Fewer than three vertebrae were found; is it a frontal view or another part of the body?</source>
        <translation>Se encontraron menos de tres vértebras; ¿es una proyección frontal u otra parte del cuerpo?</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>El archivo ya existe</translation>
    </message>
    <message>
        <source>Frame %1 of %2, counted from 0, was analysed.</source>
        <translation>Se analizó el fotograma %1 de %2, contando desde 0.</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Error de entrada/salida</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>Es una carpeta</translation>
    </message>
    <message>
        <source>It is uncertain which side is anterior; check the points.</source>
        <translation>No es seguro qué lado es el anterior; compruebe los puntos.</translation>
    </message>
    <message>
        <source>Metal or cement overlies this vertebra; its heights may be wrong.</source>
        <translation>Hay metal o cemento superpuesto a esta vértebra; sus alturas pueden ser erróneas.</translation>
    </message>
    <message>
        <source>Metal or cement was seen; heights of the vertebrae under it may be wrong.</source>
        <translation>Se ve metal o cemento; las alturas de las vértebras que cubre pueden ser erróneas.</translation>
    </message>
    <message>
        <source>No lateral spine was found; is it a frontal view or another part of the body?</source>
        <translation>No se encontró una columna lateral; ¿es una proyección frontal u otra parte del cuerpo?</translation>
    </message>
    <message>
        <source>No segmentation was made, as the report has no vertebra on the film.</source>
        <translation>No se generó ninguna segmentación, porque el informe no contiene ninguna vértebra en la radiografía.</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>No queda espacio en el disco</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>El archivo o la carpeta no existe</translation>
    </message>
    <message>
        <source>No vertebra was found where %1 is expected; look at it.</source>
        <translation>No se encontró ninguna vértebra donde se espera %1; revíselo.</translation>
    </message>
    <message>
        <source>ONNX Runtime could not load its CUDA libraries; choose the device cpu</source>
        <translation>ONNX Runtime no pudo cargar sus bibliotecas CUDA; elija el dispositivo CPU</translation>
    </message>
    <message>
        <source>ONNX Runtime stopped (%1)</source>
        <translation>ONNX Runtime se detuvo (%1)</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>Permiso denegado</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>Sistema de archivos de solo lectura</translation>
    </message>
    <message>
        <source>Some of the film&apos;s text breaks the rules of DICOM and may be shown wrong: check the patient.</source>
        <translation>Parte del texto de la radiografía incumple las reglas de DICOM y puede mostrarse mal: compruebe el paciente.</translation>
    </message>
    <message>
        <source>The GPU ran out of memory: the %1 runs, slower, on the CPU.</source>
        <translation>La GPU se quedó sin memoria: la red (%1) se ejecuta, más despacio, en la CPU.</translation>
    </message>
    <message>
        <source>The film brings no window; one was computed from its pixels.</source>
        <translation>La radiografía no trae ventana; se calculó a partir de sus píxeles.</translation>
    </message>
    <message>
        <source>The film contradicts itself about which values are white: check that bone is bright.</source>
        <translation>La radiografía se contradice sobre qué valores son blancos: compruebe que el hueso se ve claro.</translation>
    </message>
    <message>
        <source>The film holds VOI LUTs that cannot be used; they are left out.</source>
        <translation>La radiografía contiene VOI LUT que no se pueden usar; se omiten.</translation>
    </message>
    <message>
        <source>The film is a picture and belongs to no study: a new study was made for it, with the picture as its image.</source>
        <translation>La radiografía es una imagen que no pertenece a ningún estudio: se creó un estudio nuevo con esa imagen.</translation>
    </message>
    <message>
        <source>The film is in colour; its luminance is used.</source>
        <translation>La radiografía está en color; se usa su luminancia.</translation>
    </message>
    <message>
        <source>The film is raw detector data (for processing), which is not made for reading.</source>
        <translation>La radiografía contiene datos brutos del detector (for processing), que no están hechos para la lectura.</translation>
    </message>
    <message>
        <source>The film names windows that cannot be used; they are left out.</source>
        <translation>La radiografía indica ventanas que no se pueden usar; se omiten.</translation>
    </message>
    <message>
        <source>The film was read inverted: vertebrae were found only with dark and bright exchanged.</source>
        <translation>La radiografía se leyó invertida: solo se encontraron vértebras intercambiando claro y oscuro.</translation>
    </message>
    <message>
        <source>The film&apos;s %1 cannot be used and is left out.</source>
        <translation>El valor %1 de la radiografía no se puede usar y se omite.</translation>
    </message>
    <message>
        <source>The film&apos;s file has changed since the film was read; open it again.</source>
        <translation>El archivo de la radiografía ha cambiado desde que se leyó; ábralo de nuevo.</translation>
    </message>
    <message>
        <source>The film&apos;s header says that it is a frontal view; lateral films only can be measured.</source>
        <translation>Según su cabecera, es una proyección frontal; solo se pueden medir radiografías laterales.</translation>
    </message>
    <message>
        <source>The film&apos;s magnification factor is below 1, which is impossible; it is not used.</source>
        <translation>El factor de ampliación de la radiografía es menor que 1, lo cual es imposible; no se usa.</translation>
    </message>
    <message>
        <source>The film&apos;s patient or study cannot be copied: %1.</source>
        <translation>No se pueden copiar el paciente o el estudio de la radiografía: %1.</translation>
    </message>
    <message>
        <source>The folder %1 is missing from this installation of VCF Desktop; please install it again.</source>
        <translation>Falta la carpeta %1 en esta instalación de VCF Desktop; instálelo de nuevo.</translation>
    </message>
    <message>
        <source>The levels are assumed: they could not be counted from a sacrum.</source>
        <translation>Los niveles son supuestos: no se pudieron contar desde el sacro.</translation>
    </message>
    <message>
        <source>The network&apos;s grade and the measured grade differ by more than one; look at it again.</source>
        <translation>El grado de la red y el medido difieren en más de uno; revíselo de nuevo.</translation>
    </message>
    <message>
        <source>The outline reaches the edge of what was looked at; check it.</source>
        <translation>El contorno llega al borde de la zona examinada; compruébelo.</translation>
    </message>
    <message>
        <source>The resolution is too low: most vertebrae are too few pixels high to be measured well.</source>
        <translation>La resolución es demasiado baja: la mayoría de las vértebras tienen muy pocos píxeles de altura para medirlas bien.</translation>
    </message>
    <message>
        <source>There are no report texts in %1; choose one of %2.</source>
        <translation>No hay textos de informe en %1; elija entre %2.</translation>
    </message>
    <message>
        <source>This level lies outside T4 to L4, for which the grades were defined.</source>
        <translation>Este nivel queda fuera de T4 a L4, para los que se definieron los grados.</translation>
    </message>
    <message>
        <source>This report is about another film than the one that is there now.</source>
        <translation>Este informe es de otra radiografía que la que hay ahora.</translation>
    </message>
    <message>
        <source>This review is about another film than the one that is there now.</source>
        <translation>Esta revisión es de otra radiografía que la que hay ahora.</translation>
    </message>
    <message>
        <source>This vertebra is too few pixels high to be measured well.</source>
        <translation>Esta vértebra tiene muy pocos píxeles de altura para medirla bien.</translation>
    </message>
    <message>
        <source>Vertebrae are undecided; decide about each and sign before you report.</source>
        <translation>Hay vértebras sin decidir; decida sobre cada una y firme antes de informar.</translation>
    </message>
    <message>
        <source>Vertebrae are undecided; decide about each before you sign.</source>
        <translation>Hay vértebras sin decidir; decida sobre cada una antes de firmar.</translation>
    </message>
    <message>
        <source>a CT image</source>
        <translation>una imagen de TC</translation>
    </message>
    <message>
        <source>a PET image</source>
        <translation>una imagen de PET</translation>
    </message>
    <message>
        <source>a mammogram</source>
        <translation>una mamografía</translation>
    </message>
    <message>
        <source>a nuclear medicine image</source>
        <translation>una imagen de medicina nuclear</translation>
    </message>
    <message>
        <source>a radiotherapy dose</source>
        <translation>una dosis de radioterapia</translation>
    </message>
    <message>
        <source>a segmentation</source>
        <translation>una segmentación</translation>
    </message>
    <message>
        <source>an MR image</source>
        <translation>una imagen de RM</translation>
    </message>
    <message>
        <source>an image of modality %1</source>
        <translation>una imagen de modalidad %1</translation>
    </message>
    <message>
        <source>an ultrasound image</source>
        <translation>una imagen de ecografía</translation>
    </message>
    <message>
        <source>another program is sending it; wait until it is done</source>
        <translation>otro programa lo está enviando; espere a que termine</translation>
    </message>
    <message>
        <source>answers what is no DICOM; have its administrator look</source>
        <translation>responde lo que no es DICOM; pida a su administrador que lo mire</translation>
    </message>
    <message>
        <source>answers what is no DICOMweb; check its address</source>
        <translation>responde lo que no es DICOMweb; compruebe su dirección</translation>
    </message>
    <message>
        <source>archive %1: %2</source>
        <translation>archivo %1: %2</translation>
    </message>
    <message>
        <source>broke off before it listened; check the AE titles</source>
        <translation>cortó antes de escuchar; compruebe los títulos AE</translation>
    </message>
    <message>
        <source>broke off while we talked; try again later</source>
        <translation>cortó durante la conversación; inténtelo más tarde</translation>
    </message>
    <message>
        <source>cannot be asked for this text; correct it</source>
        <translation>no puede ser consultado con este texto; corríjalo</translation>
    </message>
    <message>
        <source>cannot be read as DICOM: %1</source>
        <translation>no se puede leer como DICOM: %1</translation>
    </message>
    <message>
        <source>cannot be read as a picture: %1</source>
        <translation>no se puede leer como imagen: %1</translation>
    </message>
    <message>
        <source>cannot be read now: %1; try again</source>
        <translation>no se puede leer ahora: %1; inténtelo de nuevo</translation>
    </message>
    <message>
        <source>cannot be read: %1</source>
        <translation>no se puede leer: %1</translation>
    </message>
    <message>
        <source>cannot be unpacked into %1: %2</source>
        <translation>no se puede descomprimir en %1: %2</translation>
    </message>
    <message>
        <source>cannot be written: %1</source>
        <translation>no se puede escribir: %1</translation>
    </message>
    <message>
        <source>classifier</source>
        <translation>clasificador</translation>
    </message>
    <message>
        <source>contains no picture: every pixel has the same value</source>
        <translation>no contiene ninguna imagen: todos los píxeles tienen el mismo valor</translation>
    </message>
    <message>
        <source>contains no picture: every pixel is padding</source>
        <translation>no contiene ninguna imagen: todos los píxeles son relleno</translation>
    </message>
    <message>
        <source>contains pixels that are not numbers</source>
        <translation>contiene píxeles que no son números</translation>
    </message>
    <message>
        <source>declares %1 x %2 pixels, more than the limit of %3 a side</source>
        <translation>declara %1 x %2 píxeles, más que el límite de %3 por lado</translation>
    </message>
    <message>
        <source>declares %1 x %2 pixels, more than the limit of %3 megapixels</source>
        <translation>declara %1 x %2 píxeles, más que el límite de %3 megapíxeles</translation>
    </message>
    <message>
        <source>declares more pixels than the limit of %1 megapixels</source>
        <translation>declara más píxeles que el límite de %1 megapíxeles</translation>
    </message>
    <message>
        <source>detector</source>
        <translation>detector</translation>
    </message>
    <message>
        <source>did not answer for the objects within %1 s; try again later</source>
        <translation>no respondió por los objetos en %1 s; inténtelo más tarde</translation>
    </message>
    <message>
        <source>did not send a film that it has; have its administrator look into its log</source>
        <translation>no envió una placa que tiene; pida a su administrador que mire su registro</translation>
    </message>
    <message>
        <source>does not accept our user and password or token; correct them</source>
        <translation>no acepta nuestro usuario y contraseña o token; corríjalos</translation>
    </message>
    <message>
        <source>does not allow us to do this; have its administrator allow it</source>
        <translation>no nos lo permite; pida a su administrador que lo permita</translation>
    </message>
    <message>
        <source>does not answer for what it was sent; have its administrator look, then try again</source>
        <translation>no responde de lo que se le envió; pida a su administrador que lo mire y vuelva a intentarlo</translation>
    </message>
    <message>
        <source>does not exist</source>
        <translation>no existe</translation>
    </message>
    <message>
        <source>does not know us as %1; have its administrator enter this AE title</source>
        <translation>no nos conoce como %1; pida a su administrador que registre este título AE</translation>
    </message>
    <message>
        <source>does not know where to send to; have its administrator enter %1, this computer and port %2</source>
        <translation>no sabe adónde enviar; pida a su administrador que registre %1, este equipo y el puerto %2</translation>
    </message>
    <message>
        <source>does not offer C-GET; choose C-MOVE in its settings</source>
        <translation>no ofrece C-GET; elija C-MOVE en sus ajustes</translation>
    </message>
    <message>
        <source>does not offer this service to us; have its administrator allow it</source>
        <translation>no nos ofrece este servicio; pida a su administrador que lo permita</translation>
    </message>
    <message>
        <source>does not say how many rows and columns it has</source>
        <translation>no indica cuántas filas y columnas tiene</translation>
    </message>
    <message>
        <source>does not take files of this kind; have its administrator allow them</source>
        <translation>no acepta archivos de este tipo; pida a su administrador que los permita</translation>
    </message>
    <message>
        <source>does not take files of this size; have its administrator allow them</source>
        <translation>no acepta archivos de este tamaño; pida a su administrador que los permita</translation>
    </message>
    <message>
        <source>does not take objects of the kind %1; have its administrator allow them</source>
        <translation>no acepta objetos del tipo %1; pida a su administrador que los permita</translation>
    </message>
    <message>
        <source>does not take objects of this kind; have its administrator allow them</source>
        <translation>no acepta objetos de este tipo; pida a su administrador que los permita</translation>
    </message>
    <message>
        <source>failed while it worked on this; try again later</source>
        <translation>falló mientras trabajaba en ello; inténtelo más tarde</translation>
    </message>
    <message>
        <source>failed with the status %1; try again later</source>
        <translation>falló con el estado %1; inténtelo más tarde</translation>
    </message>
    <message>
        <source>finds more than %1 studies; ask for fewer</source>
        <translation>encuentra más de %1 estudios; precise la búsqueda</translation>
    </message>
    <message>
        <source>has %1 frames; choose one with --frame, counted from 0 (0 to %2)</source>
        <translation>tiene %1 fotogramas; elija uno con --frame, contando desde 0 (0 a %2)</translation>
    </message>
    <message>
        <source>has no DICOMweb at this address; correct it</source>
        <translation>no tiene DICOMweb en esta dirección; corríjala</translation>
    </message>
    <message>
        <source>has no frame %1; there are frames 0 to %2</source>
        <translation>no tiene el fotograma %1; existen los fotogramas 0 a %2</translation>
    </message>
    <message>
        <source>has no frame %1; there is only frame 0</source>
        <translation>no tiene el fotograma %1; solo existe el fotograma 0</translation>
    </message>
    <message>
        <source>has no list; send its files by hand, then discard it</source>
        <translation>no tiene lista; envíe sus archivos a mano y luego descártelo</translation>
    </message>
    <message>
        <source>has no projection films in this study; choose another</source>
        <translation>no tiene radiografías en este estudio; elija otro</translation>
    </message>
    <message>
        <source>holds %1 compressed in an unusual way (method %2); pack it again as an ordinary ZIP</source>
        <translation>contiene %1 comprimido de forma inusual (método %2); comprímalo de nuevo como ZIP normal</translation>
    </message>
    <message>
        <source>holds %1 in a folder that is a file as well</source>
        <translation>contiene %1 en una carpeta que también es un archivo</translation>
    </message>
    <message>
        <source>holds %1 twice</source>
        <translation>contiene %1 dos veces</translation>
    </message>
    <message>
        <source>holds %1, a name that no file should have</source>
        <translation>contiene %1, un nombre que ningún archivo debería tener</translation>
    </message>
    <message>
        <source>holds %1, which is a link or a device and no file</source>
        <translation>contiene %1, que es un enlace o un dispositivo y no un archivo</translation>
    </message>
    <message>
        <source>holds more than the limit of %1 files</source>
        <translation>contiene más archivos que el límite de %1</translation>
    </message>
    <message>
        <source>holds no film: nothing in it is DICOM or a PNG, JPEG or TIFF picture</source>
        <translation>no contiene ninguna radiografía: nada en él es DICOM ni una imagen PNG, JPEG o TIFF</translation>
    </message>
    <message>
        <source>holds no picture</source>
        <translation>no contiene ninguna imagen</translation>
    </message>
    <message>
        <source>holds no picture: it is of the kind %1</source>
        <translation>no contiene ninguna imagen: es del tipo %1</translation>
    </message>
    <message>
        <source>inflates to more than the limit of %1 GiB</source>
        <translation>supera, descomprimido, el límite de %1 GiB</translation>
    </message>
    <message>
        <source>is %1, not a projection film</source>
        <translation>es %1, no una radiografía de proyección</translation>
    </message>
    <message>
        <source>is a damaged or incomplete ZIP archive: %1</source>
        <translation>es un archivo ZIP dañado o incompleto: %1</translation>
    </message>
    <message>
        <source>is a folder, not a film</source>
        <translation>es una carpeta, no una radiografía</translation>
    </message>
    <message>
        <source>is cut short or damaged: none of its elements can be read</source>
        <translation>está truncado o dañado: ninguno de sus elementos se puede leer</translation>
    </message>
    <message>
        <source>is damaged: %1</source>
        <translation>está dañado: %1</translation>
    </message>
    <message>
        <source>is damaged: it is not valid JSON</source>
        <translation>está dañado: no es JSON válido</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>está vacío</translation>
    </message>
    <message>
        <source>is encrypted; unpack it with its password and open the folder</source>
        <translation>está cifrado; descomprímalo con su contraseña y abra la carpeta</translation>
    </message>
    <message>
        <source>is full or out of resources; have its administrator make room, or try again later</source>
        <translation>está lleno o sin recursos; pida a su administrador que haga sitio, o inténtelo más tarde</translation>
    </message>
    <message>
        <source>is full; have its administrator make room, or try again later</source>
        <translation>está lleno; pida a su administrador que haga sitio, o inténtelo más tarde</translation>
    </message>
    <message>
        <source>is larger than the limit of %1 GiB</source>
        <translation>supera el límite de %1 GiB</translation>
    </message>
    <message>
        <source>is neither DICOM nor a PNG, JPEG or TIFF picture</source>
        <translation>no es DICOM ni una imagen PNG, JPEG o TIFF</translation>
    </message>
    <message>
        <source>is no review that this version of the program can read</source>
        <translation>no es una revisión que esta versión del programa pueda leer</translation>
    </message>
    <message>
        <source>is not a file</source>
        <translation>no es un archivo</translation>
    </message>
    <message>
        <source>is not called %1; correct its AE title</source>
        <translation>no se llama %1; corrija su título AE</translation>
    </message>
    <message>
        <source>is not in the outbox</source>
        <translation>no está en la bandeja de salida</translation>
    </message>
    <message>
        <source>is not set up any more; set it up under this name again, or give up what waits for it</source>
        <translation>ya no está configurado; configúrelo de nuevo con este nombre, o renuncie a lo que le espera</translation>
    </message>
    <message>
        <source>is out of resources; try again later</source>
        <translation>está sin recursos; inténtelo más tarde</translation>
    </message>
    <message>
        <source>is too busy to listen; try again later</source>
        <translation>está demasiado ocupado para escuchar; inténtelo más tarde</translation>
    </message>
    <message>
        <source>is too busy; try again later</source>
        <translation>está demasiado ocupado; inténtelo más tarde</translation>
    </message>
    <message>
        <source>is too large for the memory of this computer</source>
        <translation>es demasiado grande para la memoria de este ordenador</translation>
    </message>
    <message>
        <source>it was made for crops of %1 px and not of %2; install a fitting model</source>
        <translation>se hizo para recortes de %1 px y no de %2; instale un modelo adecuado</translation>
    </message>
    <message>
        <source>its 16-bit colours cannot be decoded</source>
        <translation>sus colores de 16 bits no se pueden decodificar</translation>
    </message>
    <message>
        <source>its address cannot be used; it is like https://host/dicom-web</source>
        <translation>su dirección no sirve; es como https://host/dicom-web</translation>
    </message>
    <message>
        <source>its file meta group has no length</source>
        <translation>su grupo de metadatos no indica longitud</translation>
    </message>
    <message>
        <source>its files overlap</source>
        <translation>sus archivos se solapan</translation>
    </message>
    <message>
        <source>its list is damaged; send its files by hand, then discard it</source>
        <translation>su lista está dañada; envíe sus archivos a mano y luego descártelo</translation>
    </message>
    <message>
        <source>its modality LUT is damaged, so its pixel values mean nothing</source>
        <translation>su LUT de modalidad está dañada, así que sus valores de píxel no significan nada</translation>
    </message>
    <message>
        <source>its password cannot be kept in the key store; unlock it</source>
        <translation>su contraseña no se puede guardar en el almacén de claves; desbloquéelo</translation>
    </message>
    <message>
        <source>its password cannot be read from the key store; unlock it</source>
        <translation>su contraseña no se puede leer del almacén de claves; desbloquéelo</translation>
    </message>
    <message>
        <source>its password is not kept, as this computer has no key store; it will be asked for each time</source>
        <translation>su contraseña no se guarda, pues este equipo no tiene almacén de claves; se pedirá cada vez</translation>
    </message>
    <message>
        <source>its password is not known; enter it where the archives are set up</source>
        <translation>no se conoce su contraseña; póngala donde se configuran los archivos</translation>
    </message>
    <message>
        <source>its pixels (%1) cannot be decoded: %2</source>
        <translation>sus píxeles (%1) no se pueden decodificar: %2</translation>
    </message>
    <message>
        <source>its rescale slope is 0, so its pixel values mean nothing</source>
        <translation>su pendiente de reescalado (Rescale Slope) es 0, así que sus valores de píxel no significan nada</translation>
    </message>
    <message>
        <source>its settings cannot be used: an AE title has 1 to 16 characters without accents</source>
        <translation>sus ajustes no sirven: un título AE tiene de 1 a 16 caracteres sin acentos</translation>
    </message>
    <message>
        <source>its weights do not fit this version of the program; reinstall the model</source>
        <translation>sus pesos no son compatibles con esta versión del programa; reinstale el modelo</translation>
    </message>
    <message>
        <source>model %1: %2</source>
        <translation>modelo %1: %2</translation>
    </message>
    <message>
        <source>names a file outside its own folder</source>
        <translation>menciona un archivo fuera de su propia carpeta</translation>
    </message>
    <message>
        <source>names a file that cannot be: %1</source>
        <translation>menciona un archivo imposible: %1</translation>
    </message>
    <message>
        <source>names no film</source>
        <translation>no menciona ninguna radiografía</translation>
    </message>
    <message>
        <source>no GPU that %1 can use was found; choose the device cpu</source>
        <translation>no se encontró ninguna GPU que %1 pueda usar; elija el dispositivo CPU</translation>
    </message>
    <message>
        <source>objects can be received through TLS only with a certificate of our own; choose one, or C-GET</source>
        <translation>solo se reciben objetos por TLS con un certificado propio; elija uno, o C-GET</translation>
    </message>
    <message>
        <source>our certificate or its key cannot be used; choose PEM files, the key without a password</source>
        <translation>nuestro certificado o su clave no sirve; elija archivos PEM, la clave sin contraseña</translation>
    </message>
    <message>
        <source>parcel %1: %2</source>
        <translation>envío %1: %2</translation>
    </message>
    <message>
        <source>refuses with the status %1; have its administrator look into its log</source>
        <translation>rechaza con el estado %1; pida a su administrador que mire su registro</translation>
    </message>
    <message>
        <source>rejects %1; have its administrator check both AE titles</source>
        <translation>rechaza %1; pida a su administrador que compruebe ambos títulos AE</translation>
    </message>
    <message>
        <source>report texts: %1 must be a table of texts.</source>
        <translation>textos del informe: %1 debe ser una tabla de textos.</translation>
    </message>
    <message>
        <source>report texts: %1.%2 must be a text.</source>
        <translation>textos del informe: %1.%2 debe ser un texto.</translation>
    </message>
    <message>
        <source>says that the request does not fit its kind; have its administrator look into its log</source>
        <translation>dice que la petición no corresponde a su tipo; pida a su administrador que mire su registro</translation>
    </message>
    <message>
        <source>segmenter</source>
        <translation>segmentador</translation>
    </message>
    <message>
        <source>sends a film beyond the limit of %1 GiB</source>
        <translation>envía una placa que supera el límite de %1 GiB</translation>
    </message>
    <message>
        <source>sends a film that is damaged; nothing was kept</source>
        <translation>envía una placa dañada; no se guardó nada</translation>
    </message>
    <message>
        <source>sends more than it should, and was not listened to; have its administrator look</source>
        <translation>envía más de lo debido y no se le escuchó; pida a su administrador que lo mire</translation>
    </message>
    <message>
        <source>sends more than it should; have its administrator look</source>
        <translation>envía más de lo debido; pida a su administrador que lo mire</translation>
    </message>
    <message>
        <source>sends objects that were not asked for; nothing was kept, have its administrator look</source>
        <translation>envía objetos que no se pidieron; no se guardó nada, pida a su administrador que lo mire</translation>
    </message>
    <message>
        <source>sends us on to %1; enter that address if it is right</source>
        <translation>nos remite a %1; ponga esa dirección si es correcta</translation>
    </message>
    <message>
        <source>stalls: %1 took the connection and said nothing; try again later</source>
        <translation>no reacciona: %1 aceptó la conexión y no dijo nada; inténtelo más tarde</translation>
    </message>
    <message>
        <source>stalls: no answer within %1 s; try again later</source>
        <translation>no reacciona: ninguna respuesta en %1 s; inténtelo más tarde</translation>
    </message>
    <message>
        <source>stalls; try again later</source>
        <translation>no reacciona; inténtelo más tarde</translation>
    </message>
    <message>
        <source>the certificate of %1 has expired; have its administrator renew it</source>
        <translation>el certificado de %1 ha caducado; pida a su administrador que lo renueve</translation>
    </message>
    <message>
        <source>the certificate of %1 is for another computer; check the host</source>
        <translation>el certificado de %1 es de otro equipo; compruebe el equipo</translation>
    </message>
    <message>
        <source>the certificate of %1 is not trusted; choose the file of the authority that issued it</source>
        <translation>el certificado de %1 no es de confianza; elija el archivo de la autoridad que lo emitió</translation>
    </message>
    <message>
        <source>the certificate of %1 is not valid yet; check the date of this computer</source>
        <translation>el certificado de %1 aún no es válido; compruebe la fecha de este equipo</translation>
    </message>
    <message>
        <source>the file of its certificate authority cannot be used; choose a PEM file of certificates</source>
        <translation>el archivo de su autoridad de certificación no sirve; elija un archivo PEM de certificados</translation>
    </message>
    <message>
        <source>there are no weights for the runtime %1; choose another</source>
        <translation>no hay pesos para el entorno de ejecución %1; elija otro</translation>
    </message>
    <message>
        <source>there is none in %1; reinstall the models</source>
        <translation>no hay ninguno en %1; reinstale los modelos</translation>
    </message>
    <message>
        <source>unpacks to more than the limit of %1 GiB</source>
        <translation>supera, descomprimido, el límite de %1 GiB</translation>
    </message>
    <message>
        <source>was made by another version of VCF Desktop; send it with that one, or discard it</source>
        <translation>es de otra versión de VCF Desktop; envíelo con ella, o descártelo</translation>
    </message>
    <message>
        <source>was not sent %1, which breaks the rules of DICOM</source>
        <translation>no recibió %1, que infringe las reglas de DICOM</translation>
    </message>
    <message>
        <source>was not sent %1, which cannot be read as DICOM</source>
        <translation>no recibió %1, que no se puede leer como DICOM</translation>
    </message>
    <message>
        <source>was not sent %1, which is no DICOM file</source>
        <translation>no recibió %1, que no es un archivo DICOM</translation>
    </message>
    <message>
        <source>was saved by a newer version of VCF Desktop; install that version</source>
        <translation>se guardó con una versión más reciente de VCF Desktop; instale esa versión</translation>
    </message>
    <message>
        <source>was signed by another program meanwhile; start VCF Desktop again</source>
        <translation>fue firmado entretanto por otro programa; reinicie VCF Desktop</translation>
    </message>
    <message>
        <source>we cannot listen at port %1: %2; close what uses it, or choose another port</source>
        <translation>no podemos escuchar en el puerto %1: %2; cierre lo que lo usa, o elija otro</translation>
    </message>
    <message>
        <source>would be sent our password in the clear; use https</source>
        <translation>recibiría nuestra contraseña sin cifrar; use https</translation>
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
        <translation>&amp;Examinar…</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Dispositivo</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Idioma</translation>
    </message>
    <message>
        <source>&amp;Name of the reader</source>
        <translation>&amp;Nombre del lector</translation>
    </message>
    <message>
        <source>&amp;Order of undecided vertebrae</source>
        <translation>&amp;Orden de vértebras sin decidir</translation>
    </message>
    <message>
        <source>&amp;Place of the findings</source>
        <translation>&amp;Posición de los hallazgos</translation>
    </message>
    <message>
        <source>&amp;Runtime of the networks</source>
        <translation>Ento&amp;rno de ejecución</translation>
    </message>
    <message>
        <source>Analyse each film as soon as it is opened</source>
        <translation>Analizar cada radiografía en cuanto se abra</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>Análisis</translation>
    </message>
    <message>
        <source>As the computer</source>
        <translation>Como el ordenador</translation>
    </message>
    <message>
        <source>Asked for at signing</source>
        <translation>Se pide al firmar</translation>
    </message>
    <message>
        <source>Automatic: an NVIDIA GPU where there is one, else the CPU</source>
        <translation>Automático: una GPU NVIDIA si la hay; si no, la CPU</translation>
    </message>
    <message>
        <source>Automatic: torch on a GPU, ONNX Runtime on the CPU</source>
        <translation>Automático: torch en una GPU, ONNX Runtime en la CPU</translation>
    </message>
    <message>
        <source>Below the film</source>
        <translation>Debajo de la radiografía</translation>
    </message>
    <message>
        <source>Bottom to top</source>
        <translation>De abajo arriba</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Folder of &amp;models</source>
        <translation>Carpeta de &amp;modelos</translation>
    </message>
    <message>
        <source>Folder of models</source>
        <translation>Carpeta de modelos</translation>
    </message>
    <message>
        <source>Hide the machine&apos;s results until I have read the film myself</source>
        <translation>Ocultar los resultados de la IA hasta mi propia lectura</translation>
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
        <translation>Op&amp;acidad de lo dibujado</translation>
    </message>
    <message>
        <source>Opacity of what is drawn on the film</source>
        <translation>Opacidad de lo dibujado en la radiografía</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lectura</translation>
    </message>
    <message>
        <source>Runtime, device and models take effect with the next analysis.</source>
        <translation>El entorno, el dispositivo y los modelos se aplican a partir del próximo análisis.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>The language changes when the program is started again.</source>
        <translation>El idioma cambiará al reiniciar el programa.</translation>
    </message>
    <message>
        <source>The machine&apos;s highest grade first</source>
        <translation>Primero el grado más alto de la IA</translation>
    </message>
    <message>
        <source>The models shipped with the program</source>
        <translation>Los modelos incluidos en el programa</translation>
    </message>
    <message>
        <source>There is no such folder. Correct its name, or leave it empty for the shipped models.</source>
        <translation>Esa carpeta no existe. Corrija su nombre o déjelo vacío para usar los modelos incluidos.</translation>
    </message>
    <message>
        <source>This folder cannot be opened. Give another, or ask who looks after the computer.</source>
        <translation>Esa carpeta no se puede abrir. Indique otra o pregunte a quien administra el ordenador.</translation>
    </message>
    <message>
        <source>This is a file. Give the folder that holds the models.</source>
        <translation>Es un archivo. Indique la carpeta que contiene los modelos.</translation>
    </message>
    <message>
        <source>To the right of the film</source>
        <translation>A la derecha de la radiografía</translation>
    </message>
    <message>
        <source>Top to bottom</source>
        <translation>De arriba abajo</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Ventana</translation>
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
        <translation>%1 (IA: %2)</translation>
    </message>
    <message>
        <source>&amp;Go to the first</source>
        <translation>&amp;Ir a la primera</translation>
    </message>
    <message>
        <source>&amp;Mark the rest as not evaluable</source>
        <translation>&amp;Marcar el resto como no valorable</translation>
    </message>
    <message>
        <source>&amp;Name of the reader</source>
        <translation>&amp;Nombre del lector</translation>
    </message>
    <message>
        <source>&amp;Sign</source>
        <translation>&amp;Firmar</translation>
    </message>
    <message numerus="yes">
        <source>Accepted from the machine: %n</source>
        <translation>
            <numerusform>Aceptada de la IA: %n</numerusform>
            <numerusform>Aceptadas de la IA: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Added by hand: %n</source>
        <translation>
            <numerusform>Añadida a mano: %n</numerusform>
            <numerusform>Añadidas a mano: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Causa</translation>
    </message>
    <message>
        <source>It can be signed when every vertebra has your decision.</source>
        <translation>Se podrá firmar cuando haya decidido sobre cada vértebra.</translation>
    </message>
    <message>
        <source>It can be signed when the name of the reader is given.</source>
        <translation>Se podrá firmar cuando se indique el nombre del lector.</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Nivel</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>IA</translation>
    </message>
    <message>
        <source>More than one vertebra is named %1. Correct the names, or sign them as they are.</source>
        <translation>Más de una vértebra se llama %1. Corrija los nombres o fírmelos tal como están.</translation>
    </message>
    <message numerus="yes">
        <source>Not decided yet: %n (in brackets the machine&apos;s grade)</source>
        <translation>
            <numerusform>Sin decidir: %n (entre paréntesis, el grado de la IA)</numerusform>
            <numerusform>Sin decidir: %n (entre paréntesis, el grado de la IA)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Overridden: %n</source>
        <translation>
            <numerusform>Grado propio: %n</numerusform>
            <numerusform>Grado propio: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Lector</translation>
    </message>
    <message numerus="yes">
        <source>Rejected: %n</source>
        <translation>
            <numerusform>Descartada: %n</numerusform>
            <numerusform>Descartadas: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign version %1</source>
        <translation>Firmar la versión %1</translation>
    </message>
    <message>
        <source>Signing locks the review. What is changed later becomes a new version.</source>
        <translation>La firma bloquea la revisión. Lo que se cambie después será una versión nueva.</translation>
    </message>
    <message>
        <source>There is no vertebra in this review.</source>
        <translation>Esta revisión no contiene ninguna vértebra.</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>What will be signed</source>
        <translation>Lo que se firmará</translation>
    </message>
    <message>
        <source>equivocal</source>
        <translation>dudoso</translation>
    </message>
    <message>
        <source>mild</source>
        <translation>leve</translation>
    </message>
    <message>
        <source>moderate</source>
        <translation>moderado</translation>
    </message>
    <message>
        <source>no fracture</source>
        <translation>sin fractura</translation>
    </message>
    <message>
        <source>not evaluable</source>
        <translation>no valorable</translation>
    </message>
    <message>
        <source>severe</source>
        <translation>grave</translation>
    </message>
</context>
<context>
    <name>StatementForm</name>
    <message>
        <source>%1, version %2 by %3</source>
        <translation>%1, versión %2 de %3</translation>
    </message>
    <message>
        <source>&amp;Further findings</source>
        <translation>&amp;Otros hallazgos</translation>
    </message>
    <message>
        <source>&amp;Indication</source>
        <translation>&amp;Indicación</translation>
    </message>
    <message>
        <source>&amp;Recommendation</source>
        <translation>&amp;Recomendación</translation>
    </message>
    <message>
        <source>&amp;What limits it</source>
        <translation>&amp;Qué la limita</translation>
    </message>
    <message>
        <source>A signed prior film of this patient is on the list; choose it to compare.</source>
        <translation>Hay en la lista una radiografía previa firmada de este paciente; elíjala para comparar.</translation>
    </message>
    <message>
        <source>Compared with a pri&amp;or film</source>
        <translation>Comparada con una radiografía pr&amp;evia</translation>
    </message>
    <message>
        <source>No signed prior film of this patient is on the list.</source>
        <translation>En la lista no hay ninguna radiografía previa firmada de este paciente.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguna</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>Sin indicar</translation>
    </message>
    <message>
        <source>Technical &amp;quality</source>
        <translation>Calidad téc&amp;nica</translation>
    </message>
    <message>
        <source>The film names none</source>
        <translation>La radiografía no indica ninguna</translation>
    </message>
    <message>
        <source>Unknown date</source>
        <translation>Fecha desconocida</translation>
    </message>
    <message>
        <source>Use the site&apos;s &amp;text</source>
        <translation>Usar el &amp;texto del centro</translation>
    </message>
    <message>
        <source>What was signed is compared; look at both films side by side, too.</source>
        <translation>Se compara lo que se firmó; mire también ambas radiografías una junto a otra.</translation>
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
            <numerusform>%n resultado sin enviar</numerusform>
            <numerusform>%n resultados sin enviar</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Not saved, trying again: %1</source>
        <translation>No guardado, se reintenta: %1</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Guardado</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Guardando…</translation>
    </message>
    <message>
        <source>finding vertebrae</source>
        <translation>búsqueda de vértebras</translation>
    </message>
    <message>
        <source>grading</source>
        <translation>asignación de grados</translation>
    </message>
    <message>
        <source>loading the networks</source>
        <translation>carga de las redes</translation>
    </message>
    <message>
        <source>outlining</source>
        <translation>delineación</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>preparación</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>lectura</translation>
    </message>
</context>
<context>
    <name>StudiesTable</name>
    <message>
        <source>Accession</source>
        <translation>N.º de acceso</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Nacimiento</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Fecha</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Descripción</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Aquí</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id.</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>Tipos</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objetos</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>Studies found</source>
        <translation>Estudios encontrados</translation>
    </message>
</context>
<context>
    <name>TrailDialog</name>
    <message>
        <source>&amp;Copy all as text</source>
        <translation>&amp;Copiar todo como texto</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Después</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>Registro de cambios</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Antes</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Nivel</translation>
    </message>
    <message>
        <source>Lines shown: %1 of %2</source>
        <translation>Líneas mostradas: %1 de %2</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>IA</translation>
    </message>
    <message>
        <source>No version has been signed.</source>
        <translation>No se ha firmado ninguna versión.</translation>
    </message>
    <message>
        <source>Show only lines that contain…</source>
        <translation>Mostrar solo las líneas que contengan…</translation>
    </message>
    <message>
        <source>Version %1 was signed by %2 on %3.</source>
        <translation>La versión %1 fue firmada por %2 el %3.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Qué</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Cuándo</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Quién</translation>
    </message>
    <message>
        <source>analysis</source>
        <translation>análisis</translation>
    </message>
    <message>
        <source>cause</source>
        <translation>causa</translation>
    </message>
    <message>
        <source>decision</source>
        <translation>decisión</translation>
    </message>
    <message>
        <source>first reading</source>
        <translation>primera lectura</translation>
    </message>
    <message>
        <source>level</source>
        <translation>nivel</translation>
    </message>
    <message>
        <source>machine</source>
        <translation>IA</translation>
    </message>
    <message>
        <source>measurements</source>
        <translation>mediciones</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>sin nombre</translation>
    </message>
    <message>
        <source>note</source>
        <translation>nota</translation>
    </message>
    <message>
        <source>outline</source>
        <translation>contorno</translation>
    </message>
    <message>
        <source>six points</source>
        <translation>seis puntos</translation>
    </message>
    <message>
        <source>type</source>
        <translation>tipo</translation>
    </message>
    <message>
        <source>vertebra</source>
        <translation>vértebra</translation>
    </message>
</context>
<context>
    <name>VertebraPanel</name>
    <message>
        <source>%1: undecided</source>
        <translation>%1: sin decidir</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Aceptar</translation>
    </message>
    <message>
        <source>Click one on the film, or press Space for the next undecided one.</source>
        <translation>Haga clic en una en la radiografía o pulse Espacio para la siguiente sin decidir.</translation>
    </message>
    <message>
        <source>Level…</source>
        <translation>Nivel…</translation>
    </message>
    <message>
        <source>Machine: grade %1   (%2)</source>
        <translation>IA: grado %1   (%2)</translation>
    </message>
    <message>
        <source>Measured: grade %1, loss %2, Ha/Hp %3, Hm/Hp %4</source>
        <translation>Medido: grado %1, pérdida %2, Ha/Hp %3, Hm/Hp %4</translation>
    </message>
    <message>
        <source>No vertebra selected</source>
        <translation>Ninguna vértebra seleccionada</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>Nota…</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Descartar</translation>
    </message>
    <message>
        <source>The machine says nothing about this vertebra.</source>
        <translation>La IA no dice nada sobre esta vértebra.</translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>Sin decidir</translation>
    </message>
    <message>
        <source>as measured</source>
        <translation>según medición</translation>
    </message>
    <message>
        <source>no cause</source>
        <translation>sin causa</translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <source>Open a folder</source>
        <translation>Abrir una carpeta</translation>
    </message>
    <message>
        <source>Open films</source>
        <translation>Abrir radiografías</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>Abrir reciente</translation>
    </message>
    <message>
        <source>Window presets</source>
        <translation>Ventanas predefinidas</translation>
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
        <translation>Sin datos del paciente</translation>
    </message>
    <message>
        <source>Scheuermann</source>
        <translation>Scheuermann</translation>
    </message>
    <message>
        <source>Schmorl node</source>
        <translation>nódulo de Schmorl</translation>
    </message>
    <message>
        <source>W %1  C %2</source>
        <translation>W %1  C %2</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>aceptado</translation>
    </message>
    <message>
        <source>biconcave</source>
        <translation>bicóncava</translation>
    </message>
    <message>
        <source>born %1</source>
        <translation>nac. %1</translation>
    </message>
    <message>
        <source>calibrated</source>
        <translation>calibrado</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>calculada</translation>
    </message>
    <message>
        <source>crush</source>
        <translation>aplastamiento</translation>
    </message>
    <message>
        <source>degenerative</source>
        <translation>degenerativa</translation>
    </message>
    <message>
        <source>detector plane, magnified</source>
        <translation>plano del detector, ampliado</translation>
    </message>
    <message>
        <source>diagnostic</source>
        <translation>diagnóstica</translation>
    </message>
    <message>
        <source>estimated from geometry</source>
        <translation>estimado a partir de la geometría</translation>
    </message>
    <message>
        <source>full range</source>
        <translation>rango completo</translation>
    </message>
    <message>
        <source>hardware</source>
        <translation>implante</translation>
    </message>
    <message>
        <source>limited</source>
        <translation>limitada</translation>
    </message>
    <message>
        <source>n/e</source>
        <translation>n. v.</translation>
    </message>
    <message>
        <source>no spacing</source>
        <translation>sin espaciado de píxeles</translation>
    </message>
    <message>
        <source>no vertebra</source>
        <translation>no es vértebra</translation>
    </message>
    <message>
        <source>not diagnostic</source>
        <translation>no diagnóstica</translation>
    </message>
    <message>
        <source>other cause</source>
        <translation>otra causa</translation>
    </message>
    <message>
        <source>own</source>
        <translation>propio</translation>
    </message>
    <message>
        <source>own grade</source>
        <translation>grado propio</translation>
    </message>
    <message>
        <source>pathological</source>
        <translation>patológica</translation>
    </message>
    <message>
        <source>scanned film</source>
        <translation>película digitalizada</translation>
    </message>
    <message>
        <source>side %1</source>
        <translation>lado %1</translation>
    </message>
    <message>
        <source>spine</source>
        <translation>columna</translation>
    </message>
    <message>
        <source>view %1</source>
        <translation>proyección %1</translation>
    </message>
    <message>
        <source>wedge</source>
        <translation>cuña</translation>
    </message>
    <message>
        <source>whole film</source>
        <translation>radiografía completa</translation>
    </message>
</context>
</TS>
