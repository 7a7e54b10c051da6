// What Label Studio says where one takes codes along, in Dutch.

/** @type {Readonly<Record<string, string>>} */
export const EXPORT = {
  "Export data": "Codes meenemen",
  "You can export dataset in one of the following formats:": "In welke vorm wil je de codes meenemen?",
  "Having a timeout or trouble exporting large projects?": "Lukt het niet, of duurt het te lang?",
  "Files are being prepared. It might take long time.": "De bestanden worden gemaakt. Dat kan even duren.",
  "Can't find an export format?": "Mis je een vorm?",
  "Please let us know in": "Laat het weten op",
  "or submit an issue to the": "of schrijf het bij de",
  Slack: "Slack",
  Repository: "makers",
  "Large project detected (": "Dit is een groot project (",
  "tasks)": "clips)",
  "To avoid potential timeouts during large dataset exports in the Community Edition, use the":
    "Het meenemen kan lang duren. Vraag de beheerder om het op de server te doen. Zie",
  "CLI/SDK export options": "hoe dat gaat",
  "or consider": "en",
  Enterprise: "Enterprise",
  "for background exports at scale.": "voor veel gegevens.",
  "Export timed out": "Meenemen duurde te lang",
  "This export is processed synchronously in the Community Edition UI and can exceed typical reverse-proxy timeouts (often around 90 seconds) for large datasets.":
    "Bij veel clips duurt het langer dan de server wacht.",
  "Recommended options:": "Wat dan wel kan:",
  "Export using the": "Meenemen met de",
  "console command": "opdracht op de server",
  "Copy command": "Opdracht kopiëren",
  "List of items in raw JSON format stored in one JSON file. Use to export both the data and the annotations for a dataset. It's Label Studio Common Format":
    "Alles in één bestand: de gegevens van de clips en de codes, zoals Label Studio ze bewaart",
  'List of items where only "from_name", "to_name" values from the raw JSON format are exported. Use to export only the annotations for a dataset.':
    "Alleen de codes, in één bestand",
  'Results are stored as comma-separated values with the column names specified by the values of the "from_name" and "to_name" fields.':
    "Een tabel met komma's, voor een rekenblad",
  'Results are stored in tab-separated tabular file with column names specified by "from_name" "to_name" values':
    "Een tabel met tabs, voor een rekenblad",
  "Popular format used for the CoNLL-2003 named entity recognition challenge.": "Voor namen in teksten, zoals bij CoNLL-2003",
  "Popular machine learning format used by the COCO dataset for object detection and image segmentation tasks with polygons and rectangles.":
    "Voor dingen op plaatjes, zoals bij COCO",
  "COCO with Images": "COCO met plaatjes",
  "COCO format with images downloaded.": "COCO, met de plaatjes erbij",
  "Popular XML format used for object detection and polygon image segmentation tasks.": "Voor dingen op plaatjes, als XML",
  "Popular TXT format is created for each image file. Each txt file contains annotations for the corresponding image file, that is object class, object coordinates, height & width.":
    "Voor dingen op plaatjes, een tekst voor elk plaatje",
  "YOLO with Images": "YOLO met plaatjes",
  "YOLO format with images downloaded.": "YOLO, met de plaatjes erbij",
  "Popular TXT format is created for each image file. Each txt file contains annotations for the corresponding image file. The YOLO OBB format designates bounding boxes by their four corner points with coordinates normalized between 0 and 1, so it is possible to export rotated objects.":
    "Voor dingen op plaatjes, ook als ze gedraaid zijn",
  "YOLOv8 OBB with Images": "YOLOv8 OBB met plaatjes",
  "YOLOv8 OBB format with images downloaded.": "YOLOv8 OBB, met de plaatjes erbij",
  "Brush labels to NumPy": "Penseel als NumPy",
  "Export your brush labels as NumPy 2d arrays. Each label outputs as one image.": "Wat met het penseel is gekleurd, als tabellen",
  "Brush labels to PNG": "Penseel als PNG",
  "Export your brush labels as PNG images. Each label outputs as one image.": "Wat met het penseel is gekleurd, als plaatjes",
  "ASR Manifest": "ASR-lijst",
  "Export audio transcription labels for automatic speech recognition as the JSON manifest format expected by NVIDIA NeMo models.":
    "Uitgeschreven spraak, voor NVIDIA NeMo",
  "Brush labels to COCO": "Penseel als COCO",
  "Export your brush labels as COCO format for segmentation tasks. Converts RLE encoded masks to COCO polygons.":
    "Wat met het penseel is gekleurd, als COCO",
  "Package annotations from the Doclang Interface as DocLang OPC archives (document.xml + page image) for downstream Docling model training.":
    "Documenten, voor Docling",
  "sequence labeling": "reeksen",
  "text tagging": "teksten",
  "named entity recognition": "namen",
  "image segmentation": "vlakken op plaatjes",
  "object detection": "dingen op plaatjes",
  keypoints: "punten",
  "speech recognition": "spraak",
  "brush annotations": "penseel",
  document: "documenten",
};
