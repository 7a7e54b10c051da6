"""What a careful coder gives to the clips in each method: the references and the practice sets.

The turns of a scene bear the codes of every method. What a method lays on the timeline beside them is here: from
which line of a scene until which, and what it answers there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from coding import TURN, answers
from scenes import FILM, Family, Line, Scene
from voices import Placed, Sound

from vib.codebook import Codebook, Tier
from vib.made_with import MadeWith

SILENT = "F-0003/2026-03-03-zonder-woorden"
VISIT = "F-0004/2026-03-04-bezoek"
CIRCLE = "F-0005/2026-03-05-kring"
TIDYING = "F-0006/2026-03-06-spelen-en-opruimen"
REVIEW = "F-0007/2026-03-11-nabespreking"

UTTERANCE = "utterance"
SPEECH = "OBS.P.SPEECH"

WHO: Mapping[str, Mapping[str, str]] = {
    "F-0003": {"kind": "WHO.PK WHO.K1", "pm": "WHO.PO1 WHO.OU1"},
    "F-0004": {"kind": "WHO.PK", "pm": "WHO.PO1", "mo": "WHO.OU"},
    "F-0005": {"kind": "WHO.FK WHO.PK", "kind2": "WHO.GK WHO.AK", "kind3": "WHO.GK WHO.AK", "juf": "WHO.PM1 WHO.AN"},
    "F-0006": {"kind": "WHO.PK WHO.K1", "pv": "WHO.PO1 WHO.OU1"},
    "F-0007": {},
}
"""Who the members of a family are, in the words that practice sets use."""

TALKERS = {"pm": "ouder", "pv": "ouder", "vib": "professional", FILM: "beeld"}
"""Whose turn it is in a talk between adults, where a method tells parents and professionals apart."""


@dataclass(frozen=True)
class Mark:
    """A stretch on a tier beside the turns, from the start of one line of a scene to the end of another.

    Parameters
    ----------
    tier, code
        What is given.
    first, last
        Numbers of the lines, from 0.
    codes
        Answers to what describes the tier.
    begin, end
        Seconds by which the stretch begins and ends later than those lines.
    """

    tier: str
    code: str
    first: int
    last: int
    codes: str = ""
    begin: float = 0.0
    end: float = 0.0


@dataclass(frozen=True)
class Coded:
    """What is coded in one method: in which clips, what beside the turns, and the ratings of each clip."""

    clips: tuple[str, ...]
    marks: Mapping[str, tuple[Mark, ...]] = field(default_factory=dict)
    ratings: Mapping[str, Mapping[str, int | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class PracticeSet:
    """A practice set: its id, its title in both languages, its method and its clips."""

    id: str
    title: tuple[str, str]
    method: str
    clips: tuple[str, ...]


def gaze(rows: str) -> tuple[Mark, ...]:
    """Read marks of one moment a row: ``tier code first last [begin [end]]``."""
    marks = []
    for row in filter(None, map(str.strip, rows.splitlines())):
        tier, code, first, last, *moved = row.split()
        begin, end = [*map(float, moved), 0.0, 0.0][:2]
        marks.append(Mark(tier, code, int(first), int(last), begin=begin, end=end))
    return tuple(marks)


def at(tier: str, rows: str) -> tuple[Mark, ...]:
    """Read marks of one tier, one a row: ``code first last`` and the answers there."""
    marks = []
    for row in filter(None, map(str.strip, rows.splitlines())):
        code, first, last, *codes = row.split()
        marks.append(Mark(tier, code, int(first), int(last), " ".join(codes)))
    return tuple(marks)


PICKED = {
    SILENT: at("pick", "PICK.SHOW 10 11\nPICK.SUP 19 20"),
    VISIT: at("pick", "PICK.SHOW 9 10\nPICK.SUP 14 15"),
    CIRCLE: at("pick", "PICK.SHOW 20 22\nPICK.SUP 10 11"),
    TIDYING: at("pick", "PICK.SHOW 8 9\nPICK.SUP 10 10"),
}

PHASES = at(
    "visit_phase",
    """
    BZ.PH.BEFORE 0 2
    BZ.PH.HELLO 3 4
    BZ.PH.TOGETHER 5 20
    BZ.PH.BYE 21 25
    BZ.PH.AFTER 26 27
    """,
)

SEEN = gaze(
    """
    p_gaze OBS.P.GAZE.CHILD 0 5
    p_gaze OBS.P.GAZE.OBJ 6 6
    p_gaze OBS.P.GAZE.CHILD 7 8
    p_gaze OBS.P.GAZE.AWAY 9 10 0 -0.5
    p_gaze OBS.P.GAZE.CHILD 11 11
    p_gaze OBS.P.GAZE.AWAY 12 13
    p_gaze OBS.P.GAZE.CHILD 14 19
    p_gaze OBS.P.GAZE.AWAY 20 20 0.1
    p_gaze OBS.P.GAZE.CHILD 22 23
    p_gaze OBS.P.GAZE.OBJ 24 24 0.2
    p_gaze OBS.P.GAZE.CHILD 25 28
    p_orient OBS.P.ORI.TOWARD 0 8
    p_orient OBS.P.ORI.TOWARD 14 28
    p_face OBS.P.FACE.FRIENDLY 0 4
    p_face OBS.P.FACE.NEUTRAL 9 10 0 -0.5
    p_face OBS.P.FACE.FRIENDLY 11 11
    p_face OBS.P.FACE.NEUTRAL 12 13
    p_face OBS.P.FACE.UNFRIENDLY 15 15 0 0.6
    p_face OBS.P.FACE.FRIENDLY 24 24
    p_voice OBS.P.VOICE.FRIENDLY 0 0
    p_voice OBS.P.VOICE.FRIENDLY 4 4
    p_voice OBS.P.VOICE.FRIENDLY 11 11
    p_voice OBS.P.VOICE.NEUTRAL 13 13
    p_voice OBS.P.VOICE.HARSH 15 15
    p_voice OBS.P.VOICE.FRIENDLY 16 16
    p_voice OBS.P.VOICE.NEUTRAL 20 20
    p_voice OBS.P.VOICE.FRIENDLY 24 24
    p_touch OBS.P.TOUCH.AFF 28 28 1.9
    c_gaze OBS.C.GAZE.PAR 1 4
    c_gaze OBS.C.GAZE.OBJ 5 5
    c_gaze OBS.C.GAZE.PAR 6 11
    c_gaze OBS.C.GAZE.OBJ 12 14
    c_gaze OBS.C.GAZE.AWAY 15 15 0.7
    c_gaze OBS.C.GAZE.PAR 17 18 0.8
    c_gaze OBS.C.GAZE.OBJ 19 20
    c_gaze OBS.C.GAZE.OBJ 21 21 0 -0.8
    c_gaze OBS.C.GAZE.PAR 23 24 1
    c_gaze OBS.C.GAZE.OBJ 25 25 0.4
    c_gaze OBS.C.GAZE.NV 27 27
    c_affect OBS.C.AFF.NEU 0 0
    c_affect OBS.C.AFF.POS 1 2 0.4
    c_affect OBS.C.AFF.POS 7 8
    c_affect OBS.C.AFF.NEU 12 14
    c_affect OBS.C.AFF.NEG 15 16 0.7 -2
    c_affect OBS.C.AFF.NEU 19 20
    c_affect OBS.C.AFF.POS 24 24 0.6
    c_affect OBS.C.AFF.STILL 25 26 0.4
    c_affect OBS.C.AFF.NEG 27 27
    moves OBS.P.NOD 2 2 0.3 -1.7
    moves OBS.C.GEST.SHOW 3 3
    moves OBS.C.GEST.POINT 5 5
    moves OBS.C.GEST.GIVE 9 9
    moves OBS.C.GEST.GIVE 10 10
    moves OBS.C.GEST.REACH 14 14
    moves OBS.P.NEAR 16 16
    moves OBS.C.GEST.REACH 17 17
    moves OBS.C.GEST.POINT 21 21
    moves OBS.C.GEST.POINT 23 23
    moves OBS.P.NEAR 26 26
    moves OBS.C.APPROACH 28 28 1.6
    tech TECH.CAM 0 0 0.2 -0.6
    """
)

CONTEXT = {
    SILENT: gaze(
        """
        context VIPP.CTX.ATT 9 11
        context VIPP.CTX.EXPL 12 14
        context VIPP.CTX.NONE 15 16 0.3
        context VIPP.CTX.EXPL 17 21
        context VIPP.CTX.ATT 27 28
        theme TH.SPEAK 5 6
        theme TH.CHAIN 10 11
        theme TH.EXPL 12 12
        theme TH.SD 17 18
        theme TH.EMO 23 24
        """
    ),
    TIDYING: gaze(
        """
        context VIPP.CTX.EXPL 1 15
        context VIPP.CTX.NONE 18 19
        context VIPP.CTX.EXPL 23 27
        context VIPP.CTX.ATT 29 31
        theme TH.EMO 3 4
        theme TH.EXPL 6 6
        theme TH.SPEAK 18 18
        theme TH.SD 22 23
        theme TH.CHAIN 29 30
        """
    ),
}

SIGNALS = {
    SILENT: at(
        "moment",
        """
        MOM.JOY 1 2 BS.2.I.SHARE BS.3.I.P.REACH BS.E.CLOSER
        MOM.TASK 5 8 BS.3.I.ASKHELP BS.2.I.P.CARE BS.E.CLOSER
        MOM.HURT 12 12 BS.2.I.MASK BS.P.MISSED BS.E.SAME
        MOM.NEW 14 15 BS.3.I.EXPLORE BS.P.DISMISS BS.E.AWAY
        MOM.NEW 23 24 BS.2.I.SHARE BS.2.I.P.CARE BS.E.CLOSER
        MOM.HURT 25 26 BS.2.I.MASK BS.2.I.P.MASKRESP BS.E.CLOSER
        """,
    ),
    VISIT: at(
        "moment",
        """
        MOM.HURT 19 20 BS.2.I.MASK BS.2.I.P.MASKRESP BS.E.SAME
        MOM.PART 21 23 BS.2.I.SEEK BS.2.I.P.CARE BS.E.AWAY
        MOM.PART 26 27 BS.2.I.ACCEPT BS.2.I.P.CARE BS.E.CLOSER
        """,
    ),
}

ASKED = at(
    "occasion",
    """
    PPI.M.PLAY 1 4 BS.2.I.SHARE BS.3.I.P.REACH BS.E.CLOSER
    PPI.M.NEED 5 8 BS.3.I.ASKHELP BS.2.I.P.CARE BS.E.CLOSER
    PPI.M.NEED 12 12 BS.2.I.MASK BS.P.MISSED BS.E.SAME
    PPI.M.NEED 14 15 BS.3.I.EXPLORE BS.P.DISMISS BS.E.AWAY
    PPI.M.NEED 16 18 BS.3.I.EXPLORE PPI.P.PAUSE BS.E.CLOSER
    PPI.M.TRANS 22 22 BS.S.NONE BS.P.MISSED BS.E.SAME
    PPI.M.NEED 25 26 BS.2.I.MASK BS.2.I.P.MASKRESP BS.E.CLOSER
    PPI.M.NEED 27 28 BS.2.I.SEEK BS.2.I.P.CARE BS.E.CLOSER
    """,
)

TALK = gaze(
    """
    phase PH.OPEN 0 2
    phase PH.WATCH 3 11
    phase PH.LINK 12 16
    phase PH.CLOSE 17 20
    """
)

RATED = {"FID.R.PLAN": 4, "FID.R.PART": 4, "FID.R.SAFE": 4}


def blocks(scene: Scene) -> dict[str, int | None]:
    """Give the ratings of the building blocks that stand with a scene."""
    names = ("BS.1", "BS.2", "BS.3", "BS.4", "BS.5", "BS.LEAD")
    return dict(zip(names, scene.ratings["referentie"], strict=True))


CODED: Mapping[str, Coded] = {
    "vib-pleegzorg": Coded((SILENT, VISIT, CIRCLE, TIDYING), PICKED),
    "vib-professional": Coded(
        (REVIEW,), {REVIEW: TALK}, {REVIEW: {"PRO.R.SPACE": 4, "PRO.R.STRENGTH": 5, "PRO.R.PACE": 3}}
    ),
    "micro": Coded((SILENT,), {SILENT: SEEN}),
    "vht-gmcp": Coded((TIDYING,), PICKED, {TIDYING: {"GM.R.STEP": None}}),
    "vib-groep": Coded((CIRCLE,), PICKED, {CIRCLE: {"GR.R.ROUND": 4}}),
    "bezoekregeling": Coded((VISIT,), {VISIT: (*PHASES, *PICKED[VISIT])}, {VISIT: {"BZ.R.WARM": 4}}),
    "hechtingssignalen": Coded((SILENT, VISIT), {clip: (*SIGNALS[clip], *PICKED[clip]) for clip in (SILENT, VISIT)}),
    "vig": Coded(
        (TIDYING,),
        PICKED,
        {TIDYING: {"VIG.1": 2, "VIG.2": 2, "VIG.3": 2, "VIG.4": 2, "VIG.5": 1, "VIG.6": 1}},
    ),
    "vipp-sd": Coded((TIDYING,), CONTEXT),
    "vipp-fc": Coded((SILENT,), CONTEXT),
    "basic-trust": Coded((TIDYING,)),
    "ppi": Coded((SILENT,), {SILENT: (*ASKED, *PICKED[SILENT])}),
    "pcit": Coded((TIDYING,)),
    "incredible-years": Coded(
        (REVIEW,),
        {
            REVIEW: at(
                "part",
                """
                IY.PT.OPEN 0 0 FID.LINK GRP.NONE EV.FID.R.PLAN
                IY.PT.HOME 1 2 FID.LISTEN GRP.SHARE GRP.DOUBT
                IY.PT.VIDEO 3 11 EV.FID.R.PART EV.FID.R.SAFE FID.ASK FID.STRENGTH FID.LISTEN GRP.IDEA
                IY.PT.PLAN 12 20 FID.TAILOR FID.ASK GRP.TRY GRP.DOUBT
                """,
            )
        },
        {REVIEW: RATED},
    ),
    "keep": Coded(
        (REVIEW,),
        {
            REVIEW: at(
                "part",
                """
                KP.PT.WEEK 0 2 EV.FID.R.PLAN FID.LISTEN GRP.SHARE GRP.DOUBT
                KP.PT.TOPIC 3 14 EV.FID.R.PART EV.FID.R.SAFE FID.ASK FID.STRENGTH FID.LINK GRP.IDEA
                KP.PT.TRY 15 20 FID.TAILOR FID.ASK GRP.TRY GRP.DOUBT
                """,
            )
        },
        {REVIEW: RATED},
    ),
    "mtfc": Coded(
        (REVIEW,),
        {
            REVIEW: at(
                "part",
                """
                TF.PT.PDR 0 2 EV.FID.R.PLAN EV.FID.R.SAFE FID.LISTEN GRP.SHARE
                TF.PT.PDR 3 11 EV.FID.R.PART FID.ASK FID.STRENGTH GRP.IDEA
                TF.PT.SUPPORT 12 16 FID.LINK GRP.DOUBT
                TF.PT.PLAN 17 20 FID.TAILOR FID.ASK GRP.TRY
                """,
            )
        },
        {REVIEW: RATED},
    ),
}


NAMES = {
    "vib-pleegzorg": ("2", "2"),
    "vib-professional": ("nabespreking", "review talk"),
    "micro": ("micro", "micro"),
    "vht-gmcp": ("VHT", "VHT"),
    "vib-groep": ("groep", "group"),
    "bezoekregeling": ("bezoek", "visit"),
    "hechtingssignalen": ("signalen", "signals"),
    "vig": ("VIG", "VIG"),
    "vipp-sd": ("VIPP-SD", "VIPP-SD"),
    "vipp-fc": ("VIPP-FC", "VIPP-FC"),
    "basic-trust": ("Basic Trust", "Basic Trust"),
    "ppi": ("PPI", "PPI"),
    "pcit": ("PCIT", "PCIT"),
    "incredible-years": ("Incredible Years", "Incredible Years"),
    "keep": ("KEEP", "KEEP"),
    "mtfc": ("MTFC", "MTFC"),
}
"""What the practice set of a method is called, in Dutch and in English: a project has a short title."""


def practice_of(coded: Coded, method: str) -> PracticeSet:
    """Give the practice set in which the clips of a method are coded."""
    dutch, english = NAMES[method]
    return PracticeSet(f"oefenset-{method}", (f"Oefenset {dutch}", f"Practice set {english}"), method, coded.clips)


def coded_clip(coded: Coded, clip: str, made: tuple[Family, Scene, Sound], book: Codebook) -> dict[str, Any]:
    """Give the codes of a clip in one method, as an observations file holds them."""
    family, scene, sound = made
    tiers = {tier.id: tier for tier in book.timeline_tiers}
    rows: list[dict[str, Any]] = []
    if TURN in tiers:
        rows += turns(family, sound, book, tiers[TURN])
    rows += (laid(mark, sound, book) for mark in coded.marks.get(clip, ()))
    if UTTERANCE in tiers:
        rows += utterances(sound, book)
    if any(code.id == SPEECH for tier in tiers.values() for code in tier.codes):
        rows += (row("voice", SPEECH, one.start, one.end) for one in sound.spoken)
    rated = {rating.id for rating in book.ratings}
    given = {**(blocks(scene) if "BS.1" in rated else {}), **coded.ratings.get(clip, {})}
    return {
        "id": clip,
        "duration": sound.duration,
        "raters": {"referentie": sorted(rows, key=lambda one: (one["start"], one["end"], one["tier"]))},
        "ratings": {"referentie": {name: value for name, value in given.items() if name in rated}},
        "made_with": {"referentie": MadeWith(method=book.method, version=book.version).content()},
    }


def row(tier: str, code: str, start: float, end: float, attributes: dict[str, Any] | None = None) -> dict[str, Any]:
    """Give one observation in the form of an observations file."""
    times = {"start": round(start, 3), "end": round(end, 3)}
    return {"tier": tier, "code": code, **times, "attributes": attributes or {}}


def turns(family: Family, sound: Sound, book: Codebook, tier: Tier) -> Iterator[dict[str, Any]]:
    """Give the turns; one without sound only where the method sees something in it."""
    known = {code.id for code in tier.codes}
    for placed in sound.placed:
        code = TALKERS.get(placed.who, "") if "professional" in known else placed.line.actor
        if code not in known or (placed.who == FILM and code != "beeld"):
            continue
        who = WHO[family.id].get(placed.who, "").split()
        given = answers((*placed.line.codes, *who), code, book)
        asks = any(tier.id == "initiative" for tier in book.describing_tiers)
        if not placed.sounds and placed.line.actor == "kind" and asks and "initiative" not in given:
            continue
        yield row(TURN, code, placed.start, placed.end, given)


def laid(mark: Mark, sound: Sound, book: Codebook) -> dict[str, Any]:
    """Lay a mark on the time of its clip."""
    start, end = sound.placed[mark.first].start + mark.begin, sound.placed[mark.last].end + mark.end
    return row(mark.tier, mark.code, start, end, answers(mark.codes.split(), mark.code, book, mark.tier))


def utterances(sound: Sound, book: Codebook) -> Iterator[dict[str, Any]]:
    """Give each sentence of the adult by itself, as long as its share of the letters of its turn."""
    for placed in sound.spoken:
        coded = [code.split("+") for code in placed.line.codes if code.startswith("DPICS.")]
        if not coded:
            continue
        sentences = re.findall(r"[^.?!]+[.?!]+", placed.line.text)
        if len(sentences) != len(coded):
            raise ValueError(f"{placed.line.text}: {len(coded)} codes for {len(sentences)} sentences")
        yield from shared(placed, sentences, coded, book)


def shared(placed: Placed, sentences: list[str], coded: list[list[str]], book: Codebook) -> Iterator[dict[str, Any]]:
    """Share the time of a turn among its sentences."""
    letters, done = len("".join(sentences)), 0
    for sentence, (code, *found) in zip(sentences, coded, strict=True):
        start = placed.start + (placed.end - placed.start) * done / letters
        done += len(sentence)
        end = placed.start + (placed.end - placed.start) * done / letters
        yield row(UTTERANCE, code, start, end, answers(found, code, book, UTTERANCE))


def all_codes(line: Line) -> set[str]:
    """Give every code that a line bears."""
    return {part for code in line.codes for part in code.split("+")}
