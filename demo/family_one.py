"""The first family: a foster mother and a child of nearly four eat and play."""

from __future__ import annotations

from scenes import Family, Member, Scene, adult, child

MEAL = Scene(
    "2026-03-01-maaltijd",
    "maaltijd",
    (
        adult(
            "pm",
            "Zo, we gaan lekker eten. Jij mag kiezen: kaas of appelstroop?",
            1.2,
            "INI CLEAR TAKEUP L.STRUCT L.CHOICE",
        ),
        child("Kaas!", 0.5, "ANSWER C.OPINION", "kind smile"),
        adult("pm", "Kaas, dat is een goeie.", 0.4, "FOLLOW CLEAR 1.NAME 1.PRAISE", "pm smile"),
        child("Ik wil zelf smeren.", 0.9, "ACTION VNV SETTLED @BS.4", "kind spread 0 6.5"),
        adult(
            "pm",
            "Jij wilt het zelf doen. Ja, doe maar.",
            0.5,
            "FOLLOW CLEAR 1.NODYES 1.NAME 1.SAYYES",
            "pm nod, pm look:thing 2.5 3.4, pm smile 0 6",
        ),
        child("Kijk, helemaal tot de rand!", 3.0, "CONTACT V CONTINUE @BS.3", "prop cheese 0 1, kind show"),
        adult("pm", "Helemaal tot de rand. Je doet het heel precies.", 0.6, "FOLLOW CLEAR 1.NAME", "pm look:thing"),
        child("Poes wil ook eten.", -0.4, "CONTACT V CONTINUE", "kind point, kind look:cat, pm look:cat 0.3 2.2"),
        adult(
            "pm", "Ja, de poes heeft ook honger. Zij krijgt straks brokjes.", 0.5, "BOTH CLEAR TAKEUP 1.SAYYES L.EXTEND"
        ),
        child("Miauw, miauw!", 0.6, "CONTACT NV CONTINUE C.ENJOY", "kind smile 0 3, pm nod 0.9 1.4, pm smile 0.3 3"),
        child(
            "Ik ga een koekje pakken.",
            2.5,
            "ACTION ATTUNED_NO SETTLED @BS.4",
            "kind reach -0.3 3.6, kind look:jar -0.3 2",
        ),
        adult(
            "pm",
            "Jij hebt zin in een koekje. Eerst je boterham, daarna een koekje.",
            0.5,
            "BOTH CLEAR TAKEUP 1.NAME 1.NODYES L.LIMIT L.STRUCT @BS.LEAD",
            "pm nod 0 1.4",
        ),
        child("Oké. Eén koekje?", 0.7, "ANSWER C.AGREE"),
        adult(
            "pm",
            "Eén koekje, afgesproken.",
            0.4,
            "FOLLOW CLEAR 1.NAME 1.NODYES 3.DECIDE.AGREE",
            "pm nod, pm smile, prop bites 1.8 1",
        ),
        child(
            "Mama, kijk, een hapje!",
            2.4,
            "CONTACT MISSED REPEAT",
            "pm phone -1.6 7.2, kind show 0 2, kind sag 2.8 1.6, prop bites 0 2",
        ),
        child("Mama! Kijk dan!", 3.2, "CONTACT VNV CONTINUE", "kind show 0 6.5"),
        adult(
            "pm",
            "O, ik zat even op mijn telefoon. Laat nog eens zien?",
            0.5,
            "FOLLOW CLEAR 4.REPAIR 2.GIVETURN",
            "pm smile 1 4, pm look:kind",
        ),
        child("Een maantje!", 0.8, "ANSWER C.ENJOY", "kind smile 0 2.5, kind show"),
        adult(
            "pm",
            "Een maan! Je hebt er een maan van gegeten.",
            -0.3,
            "FOLLOW CLEAR 1.NAME 1.ENJOY",
            "pm smile, pm nod 0 1.2",
        ),
        child(
            "Au, mijn wang.",
            1.5,
            "NEED VNV SETTLED @BS.1 @BS.2",
            "kind cheek -0.3 4.5, kind sad -0.3 4, prop bites -0.5 3",
        ),
        adult(
            "pm",
            "Au, beet je op je wang? Kom, laat maar even kijken.",
            0.4,
            "FOLLOW CLEAR 1.NAME 1.COMFORT",
            "pm lean 0 4.2",
        ),
        child("Is alweer over.", 1.2, "ANSWER"),
        adult("pm", "Gelukkig. Wil je een slokje melk?", 0.5, "BOTH CLEAR TAKEUP L.SUGGEST", "pm smile"),
        child("Ja! Proost, mama!", 0.6, "CONTACT VNV CONTINUE C.ENJOY", "kind cup 0 4, kind smile 0 5"),
        adult(
            "pm",
            "Proost! Samen melk drinken, gezellig.",
            0.4,
            "FOLLOW CLEAR 1.JOIN 1.ENJOY",
            "pm cup 0 2.6, pm smile 0 3.5",
        ),
        child(
            "Nog een keer proost!",
            0.9,
            "CONTACT NV NOTSEEN C.ENJOY",
            "kind cup 0 3.2, pm cup 0.8 2.2, pm nod 0.9 1.2, pm smile 0.5 4, kind smile 0 5",
        ),
    ),
    {
        "referentie": (4, 4, 4, 3, None, 4),
        "anna": (4, 4, 4, 4, None, 4),
        "bram": (3, 4, 5, None, None, 3),
    },
)

PLAY = Scene(
    "2026-03-08-spel",
    "spel",
    (
        child("Mama, kom je ook bouwen?", 1.4, "CONTACT VNV CONTINUE", "kind wave"),
        adult(
            "pm",
            "Ja, leuk! Ik kom bij je zitten.",
            0.5,
            "FOLLOW CLEAR 1.SAYYES 1.JOIN 1.NODYES",
            "pm smile, prop near 0 1, pm nod 0 1.2",
        ),
        child("Ik maak een hele hoge toren.", 0.8, "ACTION V CONTINUE @BS.3", "kind place 0 3, prop blocks 1.4 1"),
        adult(
            "pm",
            "Een hele hoge toren. Ik kijk met je mee.",
            0.5,
            "FOLLOW CLEAR 1.NAME 1.FOLLOW @BS.LEAD",
            "pm look:thing 0 2",
        ),
        child(
            "Deze eerst. En dan die.",
            2.2,
            "ACTION NV CONTINUE",
            "kind place -0.8 4.2, prop blocks -0.2 2, prop blocks 1.6 3, "
            "pm nod 1.2 1.4, pm smile 0.8 3, pm look:thing -0.5 4",
        ),
        child("En nu de rode!", 2.2, "ACTION VNV CONTINUE", "kind place 0 1.8, prop blocks 1 4"),
        adult(
            "pm",
            "De rode bovenop. Wat wordt hij hoog!",
            0.6,
            "FOLLOW CLEAR 1.NAME",
            "pm smile, pm look:thing 0 1.4",
        ),
        child("Nu jij, mama.", -0.3, "CONTACT V CONTINUE", "kind point"),
        adult(
            "pm",
            "Nu ik? Dan pak ik de blauwe.",
            0.7,
            "FOLLOW CLEAR 1.JOIN",
            "pm place 0.6 2.6, pm look:thing 0.8 2, prop blocks 2 5",
        ),
        child("Nee, daar niet!", -0.5, "ACTION VNV CONTINUE C.PROTEST", "kind point 0 1.6"),
        adult(
            "pm",
            "O, jij wilt hem ergens anders. Waar mag hij staan?",
            0.5,
            "BOTH CLEAR TAKEUP 3.OPINION.RECEIVE 1.NODYES 2.GIVETURN",
            "pm nod 0 1.4",
        ),
        child("Hier, bij het hek.", 0.9, "ANSWER", "kind place, prop gate 0.6 1"),
        adult("pm", "Bij het hek. Zo, die staat.", 0.5, "FOLLOW CLEAR 1.NAME", "pm look:thing"),
        child(
            "Dit is de garage voor de auto.",
            1.4,
            "ACTION OVERRIDE REPEAT",
            "prop garage 0 1, kind car 0 3, pm look:thing 0 4",
        ),
        adult(
            "pm",
            "Kom, eerst de toren af. Ik zet deze er vast op.",
            0.5,
            "INI MIXED OWN L.COMMAND",
            "pm place 0.4 3, pm look:thing 0 3, prop blocks 2.2 6, kind sag 0.8 2.2",
        ),
        child("Nee, de garage!", 1.0, "ACTION VNV CONTINUE C.PROTEST @BS.4", "kind car 0 2"),
        adult(
            "pm",
            "Je hebt gelijk, jij was met de garage bezig. Vertel eens.",
            0.6,
            "FOLLOW CLEAR 4.REPAIR 3.OPINION.RECEIVE 1.NAME 1.NODYES 2.GIVETURN",
            "pm nod 0 1.6, pm smile 1 3",
        ),
        child("Hier rijdt hij naar binnen. Broem!", 0.7, "ANSWER", "kind car, prop drive 0.4 1, pm look:thing 0.5 2"),
        adult("pm", "Broem! En waar kan hij tanken?", 0.4, "BOTH CLEAR TAKEUP 1.JOIN L.EXTEND", "pm smile"),
        child(
            "Daar. O nee, mijn toren!",
            0.8,
            "NEED VNV CONTINUE @BS.1 @BS.2",
            "kind point 0 1, prop fallen 0.7 1, kind sad 0.9 4.5, pm look:thing 0.8 0.7",
        ),
        adult(
            "pm", "Oei, je toren viel om. Daar schrik je van.", 0.5, "FOLLOW CLEAR 1.NAME 1.COMFORT", "pm lean 0 3.5"
        ),
        child("Help je mij?", 1.1, "NEED VNV CONTINUE @BS.2"),
        adult(
            "pm",
            "Ja, ik help je. We doen het samen.",
            0.5,
            "FOLLOW CLEAR 1.SAYYES 1.NODYES 2.HELP",
            "pm nod 0 1.4, pm smile",
        ),
        child("Ik de onderste, jij de bovenste.", 0.7, "ACTION V CONTINUE C.TOGETHER C.PROPOSE", "kind place 0.4 6"),
        adult(
            "pm",
            "Goed plan. Jij begint.",
            0.5,
            "FOLLOW CLEAR 1.SAYYES 1.PRAISE 2.GIVETURN 2.TOGETHER",
            "prop fallen 0.4 0, pm place 1.8 2.2, pm look:thing 1.2 3",
        ),
        child("Klaar! Hij staat!", 3.0, "CONTACT VNV CONTINUE C.ENJOY", "kind smile 0 5, kind wave 0 1.6"),
        adult(
            "pm",
            "Hij staat! Dat hebben we samen gedaan.",
            0.4,
            "FOLLOW CLEAR 1.NAME 1.NODYES 1.ENJOY",
            "pm smile 0 4, pm nod 0.3 1.4",
        ),
    ),
    {
        "referentie": (4, 4, 5, 4, None, 4),
        "anna": (4, 5, 5, 4, None, 4),
        "bram": (5, 3, 4, 2, None, 5),
    },
)

FAMILY = Family("F-0001", (Member("kind", "kind", "2022-05"), Member("pm", "pleegmoeder")), (MEAL, PLAY))
