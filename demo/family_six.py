"""The sixth family: a foster father and a child of five play with cars and tidy up."""

from __future__ import annotations

from scenes import Family, Member, Scene, adult, child, quiet

TIDYING = Scene(
    "2026-03-06-spelen-en-opruimen",
    "samen opruimen",
    (
        adult(
            "pv", "Jij mag kiezen.", 0.9, "INI CLEAR TAKEUP L.CHOICE VIG.5.CHOICE DPICS.TA BT.C.TELL TP.1", "pv smile"
        ),
        child("De auto's!", 0.4, "ANSWER C.OPINION", "kind smile 0 2, kind car 0 2"),
        adult(
            "pv",
            "Jij pakt de auto. Ik doe met je mee.",
            0.4,
            "FOLLOW CLEAR 1.NAME 1.JOIN GM.AVAIL VIPP.NAME VIG.2.NAME VIG.2.SAYSELF VIG.1.INTEREST BT.NAME.DO "
            "BT.C.LOOK DPICS.BD DPICS.TA",
            "pv smile, pv look:thing 0 1.4, pv near 0 3",
        ),
        child(
            "Hij gaat heel snel!",
            0.6,
            "CONTACT VNV CONTINUE UND.FIT C.ENJOY @BS.2",
            "kind car 0 3, kind smile 0 4, prop drive 0.2 1",
        ),
        adult(
            "pv",
            "Heel snel! Wat stuur jij goed.",
            0.3,
            "FOLLOW CLEAR 1.NAME 1.PRAISE 1.ENJOY VIPP.EMO.POS VIPP.SD.POSREINF VIG.3.REPEAT VIG.3.WORDS "
            "VIG.4.FUN BT.MIRROR BT.C.LOOK DPICS.RF DPICS.LP",
            "pv smile 0 4, pv nod 0.2 1.2",
        ),
        quiet(
            "kind",
            1.8,
            0.5,
            "CONTACT NV CONTINUE UND.FIT C.ENJOY EV.VIG.1 EV.VIG.3",
            "kind show 0 3, kind look:pv 0 3, kind smile 0 3, pv nod 0.8 1.3, pv smile 0.4 3, prop drive 0 0",
        ),
        child("Dit wordt een brug.", 0.9, "ACTION OVERRIDE REPEAT @BS.3", "kind place 0 5, prop blocks 0.6 2"),
        adult(
            "pv",
            "Welke kleur heeft dit blok?",
            0.2,
            "INI MIXED OWN 3.NO.JUMP 2.GIVETURN VIG.D.OWN BT.Q BT.C.RESIST DPICS.QU",
            "pv hold, pv look:held",
        ),
        child("Nee, een brug!", 0.5, "ACTION VNV CONTINUE UND.FIT C.PROTEST @BS.4 EV.VIG.2 EV.VIG.6", "kind place 0 4"),
        adult(
            "pv",
            "O ja, een brug. Jij bouwt een brug. Knap!",
            0.3,
            "FOLLOW CLEAR 4.REPAIR 1.NAME 1.PRAISE GM.INTENT VIPP.NAME VIG.3.NOTICE VIG.3.BODY VIG.6.REPAIR "
            "BT.NAME.DO BT.C.TELL DPICS.RF DPICS.BD DPICS.UP",
            "pv nod 0 1.3, pv smile 0.6 3, pv look:thing 0 1.4",
        ),
        quiet(
            "kind",
            1.8,
            0.6,
            "HIDDEN MISSED OWNWAY UND.UNSEEN VIPP.FC.SUBTLE BT.CH.SIGNAL VIG.D.MISS",
            "prop fallen 0 1, kind hurt 0.2 1.0, kind look:thing 0 5, kind place 1.4 4, pv hold -0.4 5, "
            "pv look:held -0.4 5",
        ),
        adult(
            "pv",
            "Geef mij het rode blok maar.",
            3.1,
            "INI CLEAR TAKEUP L.COMMAND 2.GIVETURN VIG.2.LOOKFOR BT.COMMAND BT.C.SAME "
            "DPICS.DC+DPICS.C.CO+DPICS.F.PRAISE",
            "pv ask 0 4, pv look:kind, prop fallen 0.4 0",
        ),
        quiet("kind", 1.2, 0.2, "ANSWER C.HELP EV.VIG.4 EV.VIG.5", "kind give 0 1.6, prop given 0.4 1, kind look:pv"),
        adult(
            "pv",
            "Dank je. Fijn dat je zo goed luistert.",
            0.2,
            "FOLLOW CLEAR 1.PRAISE 2.TOGETHER VIPP.SD.POSREINF VIG.4.COOP BT.CONTACT BT.C.LOOK DPICS.UP DPICS.LP",
            "pv smile, pv look:kind, kind smile 0.6 2.4",
        ),
        child("Mag ik de rode terug?", 0.6, "ACTION REJECT STOP", "kind point 0 1.6, kind look:pv"),
        adult(
            "pv",
            "Nee hoor, die houd ik.",
            0.2,
            "INI MIXED OWN 1.NO.SAYNO BT.C.RESIST DPICS.TA",
            "pv shake 0 1.2, pv look:kind, kind sag 0.6 2.6, kind sad 0.6 3",
        ),
        child(
            "Boem, ik rijd hem om!", 1.8, "ACTION REJECT STOP", "kind car 0 2.4, prop drive 0.2 1, prop fallen 0.9 1"
        ),
        adult(
            "pv",
            "Niet doen! Dat is veel te wild.",
            0.2,
            "INI MIXED OWN 1.NO.CORRECT VIPP.SD.NO.PROHIBIT BT.DISC.REJECT BT.C.RESIST DPICS.NTA DPICS.NTA",
            "pv frown 0 2.4, pv shake 0 1.2, kind sag 0.8 4.4, kind sad 0.8 5, prop drive 0 0",
        ),
        adult(
            "pv",
            "Dat was niet aardig. Jij had een plan met die auto, hè?",
            1.4,
            "FOLLOW CLEAR 4.REPAIR ATTR.POS 1.NAME GM.INTENT VIPP.SUBTITLE VIG.1.WONDER VIG.6.GOAL BT.NAME.MIND "
            "BT.C.CALM DPICS.TA DPICS.QU",
            "pv lean 0 4, pv nod 0.8 1.2, pv look:kind, kind nod 2.6 1.2, prop fallen 1 0",
        ),
        adult(
            "pv",
            "Zo meteen ruimen we op.",
            1.3,
            "INI CLEAR OWN L.STRUCT GM.ROUTINE VIG.5.INFO BT.PREDICTPOS BT.C.RESIST DPICS.TA TP.2",
            "pv look:kind",
        ),
        child("Ik ga eerst tekenen.", 0.4, "ACTION REJECT STOP C.OPINION", "kind point 0 1.6"),
        adult(
            "pv",
            "Nee. Zeur niet zo.",
            0.2,
            "INI MIXED OWN 1.NO.SAYNO BT.NAME.NONATT BT.C.RESIST DPICS.NTA DPICS.NTA",
            "pv frown 0 2.2, pv shake 0 1.2, kind sag 0.6 3.4, kind sad 0.6 4",
        ),
        child(
            "Nog één rondje dan?", 1.8, "ACTION ATTUNED_NO SETTLED UND.FIT C.PROPOSE", "kind look:pv, kind car 0.4 3"
        ),
        adult(
            "pv",
            "Je wilt nog rijden, dat snap ik. Eén rondje, en dan in de bak.",
            0.3,
            "BOTH CLEAR TAKEUP 4.REPAIR 1.NAME 1.NODYES L.LIMIT L.STRUCT VIPP.SD.EMPATHY VIPP.SUBTITLE "
            "VIG.4.RECRESP VIG.6.DIFF BT.NAME.FEEL BT.DISC.SAFE BT.C.CALM DPICS.RF DPICS.TA @BS.LEAD",
            "pv nod 0 1.3, pv smile 1.4 3, pv look:kind, kind smile 1.8 2.4, kind car 2.6 3, prop drive 2.8 1",
        ),
        adult(
            "pv",
            "Leg de auto in de bak.",
            1.6,
            "INI CLEAR NONE L.COMMAND GM.PARENTROLE VIPP.SD.CONSIST BT.COMMAND BT.C.SAME "
            "DPICS.DC+DPICS.C.NC+DPICS.F.REPEAT",
            "pv point_box 0 3, pv look:kind",
        ),
        quiet("kind", 1.8, 0.4, "ACTION OVERRIDE OWNWAY", "kind car 0 5, kind look:thing 0 5, prop drive 0.2 0"),
        adult(
            "pv",
            "Kun je hem erin leggen? Nu graag.",
            -0.2,
            "INI CLEAR TAKEUP L.COMMAND VIG.5.SUGGEST BT.COMMAND BT.C.SAME DPICS.IC+DPICS.C.NOC+DPICS.F.REPEAT "
            "DPICS.DC+DPICS.C.CO+DPICS.F.PRAISE",
            "pv point_box 0 3, pv look:kind",
        ),
        quiet("kind", 1.6, 1.4, "ANSWER C.RECEIVE", "kind tidy 0 2, prop tidy 0.6 1"),
        adult(
            "pv",
            "Goed dat je opruimt!",
            0.2,
            "FOLLOW CLEAR 1.PRAISE 1.NAME VIPP.SD.POSREINF VIG.5.SCAFFOLD BT.NAME.DO BT.C.LOOK DPICS.LP",
            "pv smile, pv nod 0 1.2, kind smile 0.4 3",
        ),
        quiet(
            "kind",
            1.8,
            0.7,
            "HIDDEN VNV SETTLED UND.FIT VIPP.FC.SUBTLE BT.CH.SIGNAL @BS.1",
            "prop lid 0 1, kind hurt 0.2 1.2, kind look:box 0 3, prop lid 1.6 0",
        ),
        adult(
            "pv",
            "De klep viel op je vingers. Kom, ik blaas erop.",
            -0.2,
            "FOLLOW CLEAR PZ.SMALL 1.COMFORT 1.NAME VIPP.EMO.NEG VIG.1.INTEREST VIG.5.EXTEND BT.NAME.FEEL BT.C.CALM "
            "DPICS.BD DPICS.TA",
            "pv lean 0 5, pv look:kind 0 5, pv take 0.6 4",
        ),
        child("Is al over.", 0.5, "ANSWER", "kind smile 0 3, kind look:pv"),
    ),
    {"referentie": (4, 4, 4, 4, None, 3)},
    room="opruimen",
)

FAMILY = Family("F-0006", (Member("kind", "kind", "2021-02"), Member("pv", "pleegvader")), (TIDYING,), "pcit")
