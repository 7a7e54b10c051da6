"""The seventh family: two foster parents and a counsellor look at a clip together."""

from __future__ import annotations

from scenes import Family, Member, Scene, film, spoken

REVIEW = Scene(
    "2026-03-11-nabespreking",
    "nabespreking met (pleeg)ouder",
    (
        spoken(
            "vib",
            "Fijn dat jullie er zijn. Vorige keer wilden jullie weten: hoe speelt ze met ons?",
            0.9,
            "PRO.QUESTION",
            "vib smile, vib look:pm 0 2, vib look:pv 2 3",
        ),
        spoken(
            "pm",
            "Ze luistert niet. Ze doet het om mij te plagen.",
            0.6,
            "OUD.NEGMEANING",
            "pm look:vib, pm frown 1.4 2, pv look:pm",
        ),
        spoken(
            "vib",
            "Dat is zwaar voor je. Zullen we kijken wat ze daarvoor doet?",
            0.7,
            "PRO.ACK PRO.RELABEL PRO.FOLLOW",
            "vib nod 0 1.3, vib look:pm 0 2.4, vib lean 0 3",
        ),
        film(4.0, 0.5, "prop film 0 1, vib look:screen -0.2 4.4, pm look:screen 0 9, pv look:screen 0 9"),
        spoken("vib", "Wat zien jullie?", 0.3, "PRO.ACTIVATE EV.PRO.R.SPACE", "vib look:pv, prop film 0.2 0"),
        spoken("vib", "", 0.0, "PRO.WAIT", "vib look:pv 0 4, vib smile 0 4", length=3.2),
        spoken("pv", "Ze kijkt op, en ze houdt een blok omhoog.", 0.2, "OUD.SEE", "pv point 0.4 2.6, pv look:screen"),
        spoken(
            "vib",
            "Ja. Ik zet hem even stil. Ze wacht, en kijkt dan naar jou.",
            0.7,
            "PRO.FOLLOW PRO.STILL PRO.POINT PRO.POSCLIP",
            "vib press 0.6 1.4, vib look:screen 0.4 2, vib point 2 2, vib look:pm 3 2",
        ),
        spoken(
            "pm",
            "O, ze wilde het aan mij laten zien.",
            0.9,
            "OUD.CHILD OUD.PROUD",
            "pm look:screen 0 1.4, pm smile 0.4 5, pm look:pv 1.6 1.4, pv smile 1.4 3",
        ),
        spoken(
            "vib",
            "En jij lacht terug. Kijk eens wat haar gezicht dan doet.",
            0.7,
            "PRO.STRENGTH PRO.EFFECT EV.PRO.R.STRENGTH",
            "vib smile, vib look:pm 0 1.6, vib press 2 1, vib look:screen 2 2",
        ),
        film(3.0, 0.4, "prop film 0 2, vib look:screen 0 3, pm look:screen 0 5, pv look:screen 0 5"),
        spoken(
            "pm",
            "Ze straalt. Als ik wacht, begint ze zelf.",
            0.3,
            "OUD.SEE OUD.SELF OUD.PROUD",
            "pm smile 0 5, pm look:vib 1 2, prop film 0 0",
        ),
        spoken("vib", "Zou ze willen weten of jij er bent?", 0.8, "PRO.LINKCHILD", "vib look:pm, vib lean 0 3"),
        spoken("pv", "Misschien wel. Bij ons durft ze dat nog niet zo.", 0.9, "OUD.CHILD", "pv look:vib"),
        spoken(
            "vib",
            "Veel pleegkinderen kijken eerst lang. Herkennen jullie dat?",
            0.7,
            "PRO.INFO",
            "vib look:pv 0 2, vib look:pm 2 2",
        ),
        spoken(
            "pm",
            "Ja, maar ik weet niet of mij dat lukt.",
            0.8,
            "OUD.HESITATE",
            "pm look:table, pm sad 0.4 5, pm sag 0.8 4",
        ),
        spoken(
            "vib",
            "En je kunt ook nog minder praten en vaker kijken.",
            0.5,
            "PRO.NO.OVERASK EV.PRO.R.PACE",
            "vib look:pm",
        ),
        spoken(
            "vib",
            "Dat was veel tegelijk. Wat zou een kleine stap zijn?",
            1.6,
            "PRO.ACK PRO.SMALLSTEP PRO.ACTIVATE",
            "vib lean 0 3, vib look:pm, vib nod 0.4 1",
        ),
        spoken("pm", "Bij het ontbijt één keer wachten.", 1.0, "OUD.PLAN", "pm look:vib, pm smile 0.6 3"),
        spoken(
            "vib",
            "Eén keer wachten bij het ontbijt. Ik teken het op een kaartje.",
            0.6,
            "PRO.FOLLOW PRO.SMALLSTEP PRO.AID",
            "vib smile, vib write 1.6 3, prop card 2.4 1",
        ),
        spoken("pv", "Dan let ik op haar gezicht.", 0.9, "OUD.PLAN", "pv look:pm 0 1.4, pv smile, pm smile 0.4 3"),
    ),
    {"referentie": (None, None, None, None, None, None)},
    room="nabespreking",
)

FAMILY = Family(
    "F-0007",
    (Member("pm", "pleegmoeder"), Member("pv", "pleegvader"), Member("vib", "VIB-er")),
    (REVIEW,),
    "vib-professional",
)
