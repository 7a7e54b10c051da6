"""The fifth: not a family but a circle of three children of four with their group leader."""

from __future__ import annotations

from scenes import Family, Member, Scene, adult, child, quiet

CIRCLE = Scene(
    "2026-03-05-kring",
    "school of opvang",
    (
        adult(
            "juf",
            "Goedemorgen allemaal! Is iedereen er?",
            0.9,
            "INI CLEAR TAKEUP GR.CIRCLE.OPEN 2.LOOKROUND",
            "juf smile, juf look:kind 0 0.8, juf look:kind2 0.8 0.8, juf look:kind3 1.6 1.2",
        ),
        child("Ja!", 0.4, "ANSWER C.RECEIVE", "kind2 smile 0 2, kind2 wave", who="kind2"),
        child("Juf, ik heb een schelp.", 1.0, "CONTACT OVERRIDE REPEAT", "kind hold 0 6, kind look:juf"),
        adult("juf", "Eerst een liedje. Wie weet er een?", 0.3, "INI MIXED NONE L.STRUCT 2.GIVETURN", "juf look:kind3, juf clap 0 1.6"),
        child("Juf, kijk, een schelp!", 0.6, "CONTACT VNV CONTINUE UND.FIT @BS.3", "kind hold 0 6, kind look:juf"),
        adult(
            "juf",
            "O, een schelp! Die wilde jij ons laten zien. Kijk eens allemaal.",
            0.3,
            "FOLLOW CLEAR 4.REPAIR 1.NAME 1.NODYES 2.CIRCLEREC GR.PEER.NAME",
            "juf smile, juf nod 0 1.4, juf look:shell 0 1.4, juf look:kind2 2.4 1, juf look:kind3 3.4 1.4",
        ),
        quiet(
            "kind3",
            2.0,
            0.5,
            "GR.INI.PEER ATTUNED_NO CONTINUE GR.PR.HELPED UND.FIT",
            "kind3 reach 0 5.4, kind3 look:shell 0 2, kind3 look:kind 2 3",
        ),
        adult("juf", "Jij wilt hem ook. Niet pakken, vraag het maar.", -0.4, "BOTH CLEAR TAKEUP 1.NAME L.LIMIT GR.PEER.TOGETHER", "juf look:kind3"),
        child("Mag ik hem voelen?", 0.5, "ANSWER", "kind3 reach 0 4, kind3 look:kind", who="kind3"),
        quiet(
            "kind",
            2.0,
            0.4,
            "GR.INI.PEER NV CONTINUE GR.PR.YES C.HELP UND.FIT @BS.2",
            "kind give 0 2.2, prop shell 0.9 1, kind look:kind3 0 3, kind3 take 0.4 6, kind3 smile 0.8 4, juf nod 0.6 1.4, juf smile 0.4 4",
        ),
        quiet(
            "kind2",
            2.0,
            1.0,
            "HIDDEN MISSED OWNWAY UND.UNSEEN",
            "kind2 bump 0 1.2, kind2 rub 1.2 2, kind2 look:thing 0 6, juf look:shell 0 5, kind2 still 3 4",
        ),
        adult("juf", "Nog even kijken, en dan pakken we de trom.", 3.2, "INI CLEAR TAKEUP GR.TRANS L.STRUCT", "juf look:kind 0 1.2, juf look:kind2 1.2 1.2, juf drum 1.6 2"),
        child("Ik wil op de trom!", 0.4, "ACTION REJECT STOP", "kind reach 0 1.6, kind look:drum"),
        adult(
            "juf",
            "Jij niet, jij was al aan de beurt!",
            0.2,
            "INI MIXED OWN 1.NO.SAYNO",
            "juf frown 0 2.2, juf shake 0 1.2, juf look:kind, kind sag 0.8 4.6, kind sad 0.8 5",
        ),
        adult(
            "juf",
            "Dat klonk streng. Jij wilt ook. Eerst zij, dan jij.",
            1.6,
            "BOTH CLEAR TAKEUP 4.REPAIR 1.NAME GR.SHARE L.STRUCT",
            "juf lean 0 4, juf nod 0.8 1.3, juf smile 1 3, juf look:kind",
        ),
        child("Daarna ik?", 0.5, "ACTION ATTUNED_NO SETTLED UND.FIT C.AGREE @BS.4", "kind look:juf, kind smile 1 4"),
        adult(
            "juf",
            "Je kunt haast niet wachten. Zo ben jij.",
            0.3,
            "BOTH CLEAR TAKEUP 1.NAME 1.NODYES L.LIMIT GR.SHARE @BS.LEAD",
            "juf nod 0 1.3, juf smile, juf look:kind",
        ),
        quiet("kind3", 2.0, 0.6, "ACTION OVERRIDE OWNWAY", "kind3 play 0 7, kind3 look:shell 0 7"),
        adult("juf", "Pak jij het kussen eens?", -0.2, "INI MIXED NONE L.COMMAND", "juf look:kind3"),
        quiet("kind2", 1.8, 1.6, "GR.INI.PEER VNV CONTINUE GR.PR.NO UND.FIT", "kind2 reach 0 2.2, kind2 look:kind3 0 2.4, kind3 turn 0.8 2, juf look:kind2, kind2 sag 1.8 2.6"),
        adult("juf", "Jij wilt de schelp, en hij ook. Hoe doen we dat?", 0.4, "BOTH CLEAR TAKEUP GR.PEER.MEDIATE GR.INVITE.QUIET 2.INCLUDE", "juf look:kind2 0 1.4, juf look:kind3 1.4 1, juf look:kind2 2.4 2, juf lean 0 4"),
        child("Om de beurt?", 0.5, "ANSWER C.PROPOSE", "kind2 look:juf, kind2 smile 0.6 3", who="kind2"),
        adult("juf", "Om de beurt, goed bedacht!", 0.3, "FOLLOW CLEAR 1.NAME 1.PRAISE 1.NODYES", "juf smile, juf nod 0 1.3, juf look:kind2"),
        child("Ben ik nu?", 0.6, "ACTION REJECT STOP", "kind reach 0 1.4, kind look:juf"),
        adult("juf", "Zeur niet, ik zei straks.", 0.2, "INI MIXED OWN 1.NO.SAYNO", "juf frown 0 2, juf look:kind, kind sag 0.6 3, kind sad 0.6 3.4"),
        adult("juf", "Wacht, jij was ook aan de beurt. Hier is hij.", 1.4, "FOLLOW CLEAR 4.REPAIR GR.SHARE", "juf drum 0 2.4, juf smile, juf look:kind, kind smile 1.6 4, prop drum 1.8 1"),
        quiet("kind2", 1.8, 0.8, "HIDDEN VNV SETTLED UND.FIT @BS.1", "kind play -0.4 2.4, kind2 startle 0.3 1.4, kind2 look:thing 0.3 2.4"),
        adult("juf", "Oei, dat was hard. Kom jij naast mij?", -0.2, "BOTH CLEAR TAKEUP PZ.SMALL L.SUGGEST", "juf lean 0 4, juf look:kind2, juf open 0.6 3, kind2 smile 1.6 3"),
        child("Mijn veter zit los.", 0.8, "NEED V CONTINUE UND.FIT", "kind3 point 0 3, kind3 look:juf", who="kind3"),
        adult("juf", "Je veter. Steek je voet maar uit.", 0.4, "BOTH CLEAR TAKEUP 1.NAME 2.HELP", "juf look:kind3, juf look:foot 1 2"),
        quiet("kind3", 1.6, 0.2, "ANSWER C.RECEIVE", "kind3 foot 0 3, kind3 smile 0 3"),
    ),
    {"referentie": (4, 4, 4, 4, None, 4)},
    room="kring",
)

FAMILY = Family(
    "F-0005",
    (
        Member("kind", "kind", "2021-09"),
        Member("kind2", "kind", "2021-11"),
        Member("kind3", "kind", "2021-07"),
        Member("juf", "pedagogisch medewerker"),
    ),
    (CIRCLE,), "vib-groep",
)
