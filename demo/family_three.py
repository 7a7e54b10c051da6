"""The third family: a child of two plays without words beside a foster mother who folds the washing."""

from __future__ import annotations

from scenes import Family, Member, Scene, adult, quiet

SILENT = Scene(
    "2026-03-03-zonder-woorden",
    "spel",
    (
        adult(
            "pm",
            "Ga maar lekker spelen. Ik vouw de was.",
            0.9,
            "INI CLEAR TAKEUP L.SUGGEST L.STRUCT",
            "pm smile, pm look:kind, kind look:camera 0 1.8",
        ),
        quiet("kind", 2.2, 0.8, "CONTACT NV CONTINUE UND.FIT C.ENJOY", "kind look:pm 0.3 3.4, kind smile 0.4 4"),
        quiet("pm", 3.2, -1.4, "FOLLOW CLEAR 1.FOLLOW 1.WAIT", "pm look:kind 0 4, pm smile 0 3.6, pm nod 0.3 1.2"),
        quiet("kind", 2.0, 0.5, "CONTACT VNV CONTINUE UND.FIT @BS.2", "kind hold 0 4.6, kind look:pm 0.2 4"),
        adult(
            "pm",
            "Een rode! Die laat je mij zien.",
            -0.5,
            "FOLLOW CLEAR 1.NAME VIPP.SUBTITLE VIPP.NAME",
            "pm smile, pm look:thing 0 1.2",
        ),
        quiet("kind", 2.0, 1.0, "ACTION V CONTINUE UND.FIT", "kind point 0 4.4, kind look:bear 0 2, kind look:pm 2 3"),
        adult("pm", "De beer. Wil je de beer hebben?", 0.2, "BOTH CLEAR TAKEUP 1.NAME VIPP.SUBTITLE", "pm look:bear"),
        quiet("kind", 1.2, 0.3, "ANSWER C.RECEIVE", "kind nod, kind smile 0 2.4"),
        quiet(
            "pm",
            2.2,
            0.2,
            "FOLLOW CLEAR 2.HELP",
            "pm give 0 2.2, prop bear 1.0 1, pm look:kind 1.2 1.6, pm smile 0 2.4",
        ),
        quiet(
            "kind",
            2.0,
            1.0,
            "CONTACT MISSED REPEAT UND.UNSEEN",
            "kind offer 0 2.6, kind look:pm 0.2 4, pm fold -0.6 8.2, pm look:wash -0.6 6.4",
        ),
        quiet("kind", 2.2, 3.2, "CONTACT VNV CONTINUE UND.FIT @BS.3", "kind offer 0 5.6, kind lean, kind look:pm 0 5"),
        adult(
            "pm",
            "O, voor mij? Ik keek naar de was. Dank je wel.",
            -0.3,
            "FOLLOW CLEAR 4.REPAIR 1.SAYYES VIPP.EMO.POS",
            "pm take 0.6 2.6, pm smile, pm look:kind",
        ),
        quiet(
            "kind",
            2.4,
            1.6,
            "HIDDEN MISSED OWNWAY VIPP.FC.SUBTLE BT.CH.SIGNAL UND.UNSEEN @BS.1",
            "kind place -1.2 2, prop fallen 0.3 1, kind hurt 0.5 1.0, kind look:thing 0 7, "
            "pm fold -0.6 7.6, pm look:wash -0.6 7.6, kind place 2.2 5",
        ),
        adult("pm", "Nog twee sokken.", 3.4, "INI AWAY NONE OBS.P.GAZE.AWAY", "prop fallen 0.4 0"),
        quiet("kind", 2.0, 0.8, "ACTION REJECT STOP", "kind box 0 2.6, kind look:box 0 2.4"),
        adult(
            "pm",
            "Nee, blijf daar af!",
            -0.2,
            "INI MIXED OWN 1.NO.SAYNO VIPP.SD.NO.PROHIBIT",
            "pm frown 0 2.2, pm shake 0 1.2, kind sag 0.7 4.2, kind sad 0.7 4.6",
        ),
        adult(
            "pm",
            "Dat was te hard. Je wilde kijken wat erin zit.",
            1.8,
            "FOLLOW CLEAR 4.REPAIR 1.NAME ATTR.POS VIPP.SUBTITLE VIPP.EMO.NEG",
            "pm lean -0.2 4, pm look:kind 0 4, pm nod 0.6 1.2",
        ),
        quiet("kind", 1.8, 0.7, "ACTION ATTUNED_NO SETTLED UND.FIT", "kind box 0 3, kind look:pm 0.8 4"),
        adult(
            "pm",
            "Je wilt zo graag kijken. Eerst de sokken, dan maken we hem samen open.",
            -0.2,
            "BOTH CLEAR TAKEUP 1.NAME 1.NODYES L.LIMIT L.STRUCT VIPP.SD.EMPATHY VIPP.SD.CONSIST @BS.LEAD",
            "pm nod 0 1.4, pm smile 1.6 3, kind nod 3.4 1.2",
        ),
        quiet("kind", 1.8, 0.9, "ACTION OVERRIDE OWNWAY", "kind car 0 5.4, kind look:car 0 6, prop drive 0.3 1"),
        adult(
            "pm",
            "Pak jij die sok eens?",
            -0.1,
            "INI MIXED NONE L.SUGGEST",
            "pm look:wash, pm fold 0 4, prop drive 1.8 0",
        ),
        quiet(
            "kind", 1.8, 1.4, "CONTACT OVERRIDE REPEAT", "kind point_out 0 2.2, kind look:bird 0 1, kind look:pm 1 2"
        ),
        adult("pm", "Kom, we gaan je handen wassen.", 0.1, "INI MIXED NONE L.COMMAND", "pm look:kind"),
        quiet(
            "kind", 1.8, 0.8, "CONTACT VNV CONTINUE UND.FIT", "kind point_out 0 4, kind look:bird 0 1, kind look:pm 1 3"
        ),
        adult(
            "pm",
            "Een vogel! Nu zie ik hem ook.",
            -0.2,
            "FOLLOW CLEAR 4.REPAIR 1.NAME 1.ENJOY VIPP.NAME VIPP.EMO.POS",
            "pm look:bird 0 1.6, pm smile 0 4, kind smile 0.6 3.4",
        ),
        quiet(
            "kind",
            2.0,
            1.0,
            "HIDDEN VNV SETTLED UND.FIT VIPP.FC.SUBTLE BT.CH.SIGNAL",
            "prop book 0.2 1, kind startle 0.4 1.2, kind look:thing 0.4 3, kind place 1.6 2",
        ),
        adult(
            "pm",
            "Dat boek viel hard, hè? Ik ben bij je.",
            0.2,
            "FOLLOW CLEAR PZ.SMALL 1.COMFORT VIPP.EMO.NEG",
            "pm lean -0.4 4, pm look:kind -0.4 4",
        ),
        quiet("kind", 2.2, 1.2, "NEED VNV SETTLED UND.FIT @BS.1 @BS.2", "kind rub 0 3.4, kind sad 0 2.6"),
        adult(
            "pm",
            "Je wrijft in je ogen. Kom maar even bij me.",
            -0.3,
            "FOLLOW CLEAR 1.NAME 1.COMFORT VIPP.NAME VIPP.EMO.NEG",
            "pm lean 0 5, pm look:kind 0 5, pm open 0.8 4, kind near 1.6 5, kind smile 2.4 4",
        ),
        quiet("kind", 1.4, -1.3, "ANSWER C.RECEIVE", ""),
    ),
    {"referentie": (4, 4, 4, None, None, 4)},
    room="zonder-woorden",
)

FAMILY = Family("F-0003", (Member("kind", "kind", "2024-02"), Member("pm", "pleegmoeder")), (SILENT,))
