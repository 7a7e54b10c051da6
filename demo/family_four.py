"""The fourth family: a mother visits her child of five in the foster family."""

from __future__ import annotations

from scenes import Family, Member, Scene, adult, child, quiet

VISIT = Scene(
    "2026-03-04-bezoek",
    "bezoek bij het pleeggezin",
    (
        adult(
            "pm",
            "Straks komt mama. Jullie gaan tekenen, en daarna gaat zij weer naar huis.",
            0.9,
            "INI CLEAR TAKEUP L.STRUCT BZ.PREPARE",
            "pm smile 0 3",
        ),
        child(
            "Ik heb een tekening gemaakt.",
            0.5,
            "CONTACT VNV CONTINUE UND.FIT BZ.C.BOTH",
            "kind show 0 3, kind smile 0 4",
        ),
        adult(
            "pm",
            "Wat mooi! Die laat je zo zien.",
            0.3,
            "BOTH CLEAR TAKEUP 1.PRAISE BZ.PERMIT",
            "pm smile, pm nod 0 1.2",
        ),
        adult(
            "mo",
            "Dag lieverd, daar ben ik.",
            1.7,
            "INI CLEAR TAKEUP BZ.GREET OBS.P.FACE.FRIENDLY",
            "prop door -1.6 1, pm look:mo -1 4, kind look:mo -0.8 4, mo smile -0.6 4.6, mo open 0 3",
        ),
        quiet(
            "kind",
            1.8,
            0.3,
            "CONTACT NV CONTINUE UND.FIT BZ.C.NEAR C.ENJOY @BS.1",
            "kind wave, kind smile 0 3, kind look:mo 0 3, mo smile 0 3, mo nod 0.8 1.2",
        ),
        adult("pm", "Ik ga even koffie zetten.", 0.6, "INI CLEAR NONE L.STRUCT", "prop kitchen 0.6 1, mo look:pm 0 2"),
        quiet(
            "kind",
            2.2,
            0.3,
            "HIDDEN MISSED OWNWAY UND.UNSEEN",
            "kind look:thing -0.4 6, kind draw 0.8 5, mo bag -0.2 5.4, mo look:bag -0.2 5.4",
        ),
        child("Kijk mama, dit ben jij.", 3.2, "CONTACT OVERRIDE REPEAT BZ.C.NEAR", "kind show 0 5.4, kind look:mo"),
        adult("mo", "Hoe gaat het op school?", 0.3, "INI MIXED OWN BZ.INTEREST 3.NO.JUMP", "mo look:kind"),
        child(
            "Mama, kijk dan. Jij!", 0.7, "CONTACT VNV CONTINUE UND.FIT BZ.C.NEAR @BS.3", "kind show 0 5, kind look:mo"
        ),
        adult(
            "mo",
            "O, ben ik dat? Wat heb je mij mooi gemaakt.",
            0.3,
            "FOLLOW CLEAR 4.REPAIR 1.PRAISE 1.NODYES @BZ.R.WARM",
            "mo smile 0 4, mo nod 0.4 1.3, mo look:paper 0 1.4, kind smile 0.8 3",
        ),
        child(
            "Bij Karin hebben we kippen.", 0.9, "CONTACT V CONTINUE UND.FIT BZ.C.BOTH", "kind look:mo, kind draw 0.4 3"
        ),
        adult(
            "mo",
            "Kippen? Fijn dat je die daar hebt.",
            0.5,
            "FOLLOW CLEAR BZ.PERMIT BZ.INTEREST 1.NAME PZ.ROOTS",
            "mo look:kind",
        ),
        quiet(
            "kind",
            2.0,
            0.8,
            "CONTACT MISSED OWNWAY UND.UNSEEN BZ.C.NEAR",
            "kind offer 0 3, kind look:mo 0 2.6, mo phone -0.6 5.8, kind draw 3.4 3",
        ),
        child("Ik wil muziek aanzetten.", 3.2, "ACTION REJECT STOP", "kind reach 0 1.6, kind look:radio 0 1.6"),
        adult(
            "mo",
            "Nee joh, geen lawaai.",
            0.3,
            "INI MIXED OWN 1.NO.SAYNO",
            "mo frown 0 2, mo shake 0 1.2, kind sag 0.8 4.8, kind sad 0.8 5",
        ),
        adult(
            "pm",
            "Hier is de koffie. Ze wilde graag muziek met jou.",
            1.2,
            "INI CLEAR BZ.LINK ATTR.POS",
            "prop kitchen -1.2 0, pm look:mo 0 3, mo look:pm 0 2.6",
        ),
        adult(
            "mo",
            "Sorry schat, dat zei ik te snel. Zullen we samen zingen?",
            0.7,
            "BOTH CLEAR TAKEUP 4.REPAIR L.SUGGEST",
            "mo lean 0 4, mo smile 1.6 3, mo look:kind",
        ),
        child("Ja! Van de eendjes.", 0.5, "ANSWER C.ENJOY @BS.2", "kind smile 0 4, kind look:mo"),
        quiet(
            "kind",
            1.8,
            1.0,
            "HIDDEN VNV SETTLED UND.FIT",
            "prop cup 0 1, kind startle 0.2 1.4, kind look:paper 0.2 3, kind draw 1.8 3",
        ),
        adult(
            "mo",
            "Je beker viel om. Schrok je? Ik veeg het op.",
            -0.2,
            "FOLLOW CLEAR PZ.SMALL BZ.CARE 1.COMFORT",
            "mo lean 0 4, mo wipe 1.2 2.6, mo look:kind 0 1.2, prop cup 3.4 0",
        ),
        adult("pm", "Nog twee minuten, dan gaat mama.", 0.8, "INI CLEAR OWN L.STRUCT BZ.PREPARE", "pm look:kind"),
        child(
            "Ik wil met mama mee.",
            0.5,
            "ACTION ATTUNED_NO STOP UND.FIT BZ.C.SAD C.OPINION @BS.4",
            "kind look:mo, kind sad 0 8",
        ),
        adult(
            "mo",
            "Je wilt graag mee. Dat kan niet. Over twee weken kom ik weer.",
            0.4,
            "BOTH CLEAR TAKEUP 1.NAME L.LIMIT L.STRUCT BZ.TRUTH BZ.BYE @BS.LEAD",
            "mo nod 0 1.3, mo lean 0 4, mo look:kind, kind sag 0.6 3",
        ),
        child("Dag mama.", 0.6, "CONTACT VNV CONTINUE UND.FIT C.RECEIVE", "kind wave 0 4, kind look:mo 0 4"),
        adult(
            "mo",
            "Dag lieverd. Ik vond het fijn.",
            0.3,
            "FOLLOW CLEAR BZ.BYE 1.ENJOY",
            "mo wave 0 3, mo smile 0 3, prop door 2.0 0",
        ),
        adult(
            "pm",
            "Kom maar even tegen mij aan.",
            1.3,
            "INI CLEAR TAKEUP BZ.RETURN 1.COMFORT",
            "pm look:kind, pm open 0 4, pm lean 0.4 4, kind look:pm 0 4",
        ),
        quiet("kind", 1.8, 0.2, "ANSWER C.RECEIVE", "kind near 0 4, kind look:pm 0 3, kind smile 0.6 3"),
    ),
    {"referentie": (4, 4, 3, 4, None, 4)},
    room="bezoek",
)

FAMILY = Family(
    "F-0004",
    (
        Member("kind", "kind", "2020-06", "pleeggezin"),
        Member("pm", "pleegmoeder", home="pleeggezin"),
        Member("mo", "moeder", home="ouders"),
    ),
    (VISIT,),
    "bezoekregeling",
)
