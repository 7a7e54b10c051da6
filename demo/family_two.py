"""The second family: a foster father, a foster mother and a child of six read and get dressed."""

from __future__ import annotations

from scenes import Family, Member, Scene, adult, child

READING = Scene(
    "2026-03-02-voorlezen",
    "voorlezen",
    (
        adult(
            "pv",
            "Kom je er lekker bij zitten? We lezen het boek van de beer.",
            1.1,
            "INI CLEAR TAKEUP L.SUGGEST L.STRUCT",
            "pv smile",
        ),
        child("Mag ik de bladzijde omslaan?", 0.7, "ACTION VNV SETTLED @BS.4", "kind turn 0 1.8"),
        adult("pv", "Ja hoor, jij slaat hem om.", 0.5, "FOLLOW CLEAR 1.NODYES 1.SAYYES 1.NAME", "pv nod, pv smile"),
        child(
            "Kijk, de beer heeft een rode laars.",
            2.0,
            "CONTACT V CONTINUE",
            "kind turn -1.6 1.4, prop page -1.4 1, kind point",
        ),
        adult(
            "pv",
            "Eén rode laars. Waar zou de andere zijn?",
            0.5,
            "BOTH CLEAR TAKEUP 1.NAME L.EXTEND",
            "pv look:thing 0 1.2",
        ),
        child("Misschien onder het bed.", 1.1, "ANSWER"),
        adult(
            "pv",
            "De beer zocht onder het bed. Daar lag een slapende muis.",
            0.8,
            "INI CLEAR TAKEUP OBS.P.ORI.TOWARD",
            "pv look:thing, pv point",
        ),
        child("Een muis! Wij hadden ook een muis.", -0.6, "CONTACT MISSED REPEAT", "pv look:thing 0 4.5"),
        adult(
            "pv",
            "En toen liep de beer naar buiten.",
            0.5,
            "INI MIXED OWN OBS.P.ORI.TOWARD",
            "pv look:thing, pv turn 0 1.6, prop page 0.4 2",
        ),
        child("Joost, wij hadden ook een muis.", 0.9, "CONTACT VNV CONTINUE @BS.3", "kind look:pv"),
        adult(
            "pv",
            "O ja? Een muis in huis? Vertel eens.",
            0.5,
            "FOLLOW CLEAR 1.NAME 1.NODYES 2.GIVETURN",
            "pv smile 0 4, pv nod 0 1.2",
        ),
        child("Bij mijn eerste mama, in de keuken.", 0.6, "ANSWER @BS.2", "kind look:pv"),
        adult(
            "pv",
            "Bij je mama in de keuken. Dat weet je nog goed.",
            0.5,
            "FOLLOW CLEAR 1.NAME 1.NODYES 1.PRAISE PZ.ROOTS",
            "pv nod, pv smile",
        ),
        child("Ja. Hij was heel klein.", 1.0, "CONTACT VNV CONTINUE", "kind smile 0 3"),
        adult("pv", "Klein en snel, denk ik.", 0.4, "BOTH CLEAR NONE L.EXTEND", "pv smile"),
        child("Ik heb het koud.", 1.8, "NEED VNV SETTLED @BS.1 @BS.2", "kind sad -0.4 2.6"),
        adult(
            "pv",
            "Heb je het koud? Kom, de deken erbij.",
            0.5,
            "FOLLOW CLEAR 1.NAME 2.HELP",
            "pv lean 0 3.4, prop blanket 1 1",
        ),
        child("Lekker warm.", 1.2, "ANSWER C.ENJOY", "kind smile 0 3, pv smile 0 2"),
        child(
            "Wat staat daar?",
            2.2,
            "CONTACT MISSED REPEAT",
            "pv look:window -1 5.6, kind point 0 3, kind look:thing, kind look:pv 1.4 2.4",
        ),
        child("Joost, wat staat daar?", 3.2, "CONTACT VNV CONTINUE", "kind point, kind look:pv"),
        adult(
            "pv",
            "Sorry, ik keek even naar buiten. Daar staat: pas op, glad.",
            0.5,
            "FOLLOW CLEAR 4.REPAIR",
            "pv look:kind 0 2, pv look:thing 2 2.5, pv point 2 2.5",
        ),
        child("Pas op, glad!", 0.4, "ANSWER C.RECEIVE", "kind smile 0 2"),
        adult("pv", "Goed gelezen!", 0.4, "FOLLOW CLEAR 1.NODYES 1.PRAISE", "pv smile 0 2.5, pv nod 0 1.2"),
        child("Nog een boek, Joost?", 1.7, "ACTION ATTUNED_NO CONTINUE", "kind look:pv"),
        adult(
            "pv",
            "Jij wilt nog een boek. Nu is het bedtijd, morgen lezen we verder.",
            0.5,
            "BOTH CLEAR TAKEUP 1.NAME 1.NODYES L.LIMIT L.STRUCT @BS.LEAD",
            "pv nod 0 1.4",
        ),
        child("Dan mag ik kiezen.", 0.8, "ACTION VNV SETTLED C.PROPOSE @BS.5", "kind look:pv"),
        adult(
            "pv", "Afgesproken, morgen kies jij.", 0.5, "FOLLOW CLEAR 3.DECIDE.AGREE", "pv smile 0 4, kind smile 0.5 4"
        ),
    ),
    {
        "referentie": (4, 5, 4, 4, 3, 4),
        "anna": (4, 4, 4, 4, 3, 4),
        "bram": (4, 3, 3, 5, None, None),
    },
)

DRESSING = Scene(
    "2026-03-09-aankleden",
    "aankleden",
    (
        adult("pv", "Goedemorgen! Eerst je trui, en dan je sokken.", 1.0, "INI CLEAR TAKEUP L.STRUCT", "pv smile"),
        child("Ik wil de blauwe trui.", 0.7, "ACTION VNV CONTINUE", "kind point"),
        adult(
            "pv",
            "De blauwe trui. Dat is een goede keus.",
            0.5,
            "FOLLOW CLEAR 1.NAME 1.NODYES 1.SAYYES 1.PRAISE",
            "pv nod, pv give 0.4 2.4",
        ),
        child(
            "Die doe ik zelf aan.",
            0.9,
            "ACTION NV SETTLED @BS.4",
            "pv nod 1 1.5, pv smile 0.8 3.4, prop sweater 0.9 1, kind arms_up 0.9 9.5",
        ),
        child("Help, hij zit vast!", 2.8, "NEED VNV CONTINUE @BS.1"),
        adult(
            "pv",
            "Hij zit vast bij je hoofd. Zal ik een klein stukje helpen?",
            0.5,
            "BOTH CLEAR TAKEUP 1.NAME L.SUGGEST 2.HELP",
            "pv lean 0 4",
        ),
        child("Ja, een beetje.", 0.5, "ANSWER C.AGREE", "kind arms_up 0 6"),
        adult(
            "pv",
            "Ik houd hem hier vast. Nu mag jij duwen.",
            0.5,
            "BOTH CLEAR TAKEUP 2.HELP 2.GIVETURN",
            "pv hold 0 3.4, pv lean 0 3.4",
        ),
        child(
            "Kiekeboe!",
            1.0,
            "CONTACT VNV CONTINUE C.ENJOY",
            "prop sweater -0.5 2, kind smile -0.5 5, kind wave 0 1.6",
        ),
        adult("pv", "Kiekeboe! Daar ben je weer.", -0.2, "FOLLOW CLEAR 1.JOIN 1.NAME 1.ENJOY", "pv smile 0 3.5"),
        child(
            "Karin, kijk! De blauwe trui!",
            1.3,
            "CONTACT VNV CONTINUE @BS.2",
            "prop door -1.6 1, kind look:pm -0.5 4.6, pm smile 1 4",
        ),
        adult(
            "pm",
            "Ik zie het! Wat staat blauw jou goed.",
            0.5,
            "FOLLOW CLEAR 1.NAME 1.NODYES 1.PRAISE",
            "pm nod 0.3 1.3, pv look:pm, kind smile",
        ),
        adult(
            "pv",
            "Vertel Karin eens wat je zelf hebt gedaan.",
            1.2,
            "INI CLEAR TAKEUP 2.INCLUDE 2.GIVETURN",
            "pv look:pm 0.3 1",
        ),
        child("De mouwen, helemaal zelf.", 0.6, "ANSWER @BS.3", "kind look:pm, kind show, pv smile 0 3"),
        adult(
            "pm", "Knap hoor, twee mouwen!", 0.4, "FOLLOW CLEAR 1.NAME 1.NODYES 1.PRAISE", "pm smile 0 3, pm nod 0 1.3"
        ),
        child("Ik ga eerst nog tekenen.", 1.6, "ACTION REJECT STOP", "kind point_desk, kind look:desk 0 1.8"),
        adult(
            "pv",
            "Nee, nu even niet, we zijn al laat.",
            0.3,
            "INI MIXED OWN 1.NO.SAYNO",
            "pv frown 0 2.8, pv shake 0 1.2, kind sag 0.8 4.6, kind sad 0.8 5",
        ),
        adult(
            "pv",
            "Dat zei ik te snel. Jij wilt tekenen en ik wil op tijd zijn.",
            2.6,
            "BOTH CLEAR OWN 4.REPAIR 4.NAME 3.OPINION.RECEIVE 1.NODYES",
            "pv lean -0.4 5, pv nod 0.2 1.4",
        ),
        child("Heel even maar.", 0.9, "ACTION ATTUNED_NO SETTLED @BS.5", "kind look:pv"),
        adult(
            "pv",
            "Je wilt heel even tekenen. Na school mag het, dan leg ik de stiften klaar.",
            0.5,
            "BOTH CLEAR TAKEUP 1.NAME 1.NODYES L.LIMIT L.STRUCT 3.DECIDE.PROPOSE @BS.LEAD",
            "pv nod 0 1.4, pv smile 2 3",
        ),
        child("Oké. De groene ook.", 0.7, "ACTION VNV SETTLED C.AGREE C.PROPOSE", "kind smile 0.4 2.5"),
        adult(
            "pm",
            "Ook de groene. Die leg ik bovenop.",
            0.4,
            "BOTH CLEAR NONE 1.NAME 1.SAYYES 1.NODYES L.EXTEND",
            "pm nod 0 1.3, kind look:pm",
        ),
        child(
            "Mijn sok prikt.",
            1.7,
            "NEED V CONTINUE",
            "kind foot -0.4 3.6, kind sad -0.4 2.6, kind look:thing",
        ),
        adult(
            "pv",
            "Die prikt. Wil je de zachte of de gestreepte?",
            0.5,
            "BOTH CLEAR TAKEUP 1.NAME L.CHOICE",
            "pv look:thing 0 1",
        ),
        child("De gestreepte.", 0.6, "ANSWER", "kind point"),
        adult(
            "pv",
            "De gestreepte, hier is hij. Klaar voor school!",
            0.4,
            "BOTH CLEAR 1.NAME 1.ENJOY 2.HELP",
            "pv foot 0 2.2, prop socks 0.9 1, pv smile 0.5 5, pm smile 1 4, kind smile 1.6 4",
        ),
    ),
    {
        "referentie": (4, 3, 4, 4, 4, 4),
        "anna": (4, 3, 4, 5, 4, 5),
        "bram": (3, 4, 2, 4, 4, 4),
    },
)

FAMILY = Family(
    "F-0002",
    (Member("kind", "kind", "2019-11"), Member("pv", "pleegvader"), Member("pm", "pleegmoeder")),
    (READING, DRESSING),
)
