"""What the methods beside VIB promise: their rules and calculations, against timelines that were worked out by hand."""

from __future__ import annotations

import pytest
from small_books import seen

from vib.codebook import Codebook
from vib.derived.calculating import calculated
from vib.interface import predicted_regions, render_interface
from vib.methods import read_method
from vib.observation import Timeline
from vib.rules import EXCLUDING, NOT_ASKED, TOO_YOUNG, violations
from vib.segmenting import Segmentation, Turn

BY_TURNS = ("basic-trust", "micro", "pcit", "vib-professional", "vig", "vipp-fc", "vipp-sd")
BY_PARTS = {"incredible-years": "IY.PT.HOME", "keep": "KP.PT.WEEK", "mtfc": "TF.PT.PDR"}


def broken(timeline: Timeline, book: Codebook, *, blocking: bool = False) -> set[tuple[str, float]]:
    found = violations(timeline, {}, book)
    return {(one.rule, one.start) for one in found if one.blocks_submit or not blocking}


def counted(timeline: Timeline, book: Codebook, name: str) -> dict[str, tuple[float, float]]:
    return {figure.of: (figure.count, figure.total) for figure in calculated(timeline, book).figures[name]}


def spans(timeline: Timeline, book: Codebook, name: str) -> list[tuple[float, float]]:
    return [(one.start, one.end) for one in calculated(timeline, book).timeline if one.tier == name]


@pytest.mark.parametrize("method", BY_TURNS)
def test_turns_that_the_machine_finds_have_a_place_whoever_takes_them(method: str) -> None:
    turns = tuple(Turn(float(n), n + 0.5, actor, 0.9) for n, actor in enumerate(("kind", "volwassene", "onbekend")))
    interface = render_interface(read_method(method), "nl")
    regions = predicted_regions(Segmentation("clip.mp4", 10.0, "test", turns), interface)
    assert [region["value"]["labels"] for region in regions] == [["kind"], ["volwassene"], ["onbekend"]]
    assert {region["from_name"] for region in regions} == {"turn"}


COMMANDS = seen(
    ("volwassene", 0, 40),
    # Complied with and praised; not complied with; no opportunity; and a question, which nobody complies with.
    ("utterance/DPICS.DC", 1, 2, {"compliance": "DPICS.C.CO", "followup": "DPICS.F.PRAISE"}),
    ("utterance/DPICS.IC", 10, 11, {"compliance": "DPICS.C.NC", "followup": "DPICS.F.DROP"}),
    ("utterance/DPICS.DC", 20, 21, {"compliance": "DPICS.C.NOC"}),
    ("utterance/DPICS.QU", 30, 31),
)


def test_pcit_counts_what_could_be_complied_with() -> None:
    book = read_method("pcit")
    assert broken(COMMANDS, book) == set()
    assert counted(COMMANDS, book, "PCIT.COMPLY") == {"": (1, 2)}
    assert spans(COMMANDS, book, "PCIT.SEQ") != []
    assert counted(COMMANDS, book, "PCIT.RATE")["DPICS.DC"][0] == 2


def test_pcit_wants_to_know_of_a_command_whether_it_was_complied_with_and_of_nothing_else() -> None:
    wrong = seen(
        ("volwassene", 0, 10),
        ("utterance/DPICS.DC", 1, 2),
        ("utterance/DPICS.LP", 4, 5, {"compliance": "DPICS.C.CO"}),
        ("utterance/DPICS.TA", 20, 21),
    )
    found = broken(wrong, read_method("pcit"))
    assert {("pcit-command", 1), ("pcit-no-command", 4), (NOT_ASKED, 4), ("pcit-in-turn", 20)} <= found
    assert ("pcit-command", 1) in broken(wrong, read_method("pcit"), blocking=True)


LOOKS = seen(
    ("volwassene", 0, 10),
    ("p_gaze/OBS.P.GAZE.CHILD", 0, 4),
    ("p_gaze/OBS.P.GAZE.OBJ", 4, 10),
    ("p_orient/OBS.P.ORI.TOWARD", 0, 10),
    ("c_gaze/OBS.C.GAZE.PAR", 2, 5),
    ("c_gaze/OBS.C.GAZE.OBJ", 5, 7),
    ("c_gaze/OBS.C.GAZE.PAR", 7, 8),
    ("c_gaze/OBS.C.GAZE.OBJ", 8, 10),
)


def test_micro_calculates_from_looks_what_it_does_not_ask() -> None:
    book = read_method("micro")
    assert broken(LOOKS, book) == set()
    assert spans(LOOKS, book, "D.MUTUAL") == [(2, 4)]
    assert spans(LOOKS, book, "D.CHECK") == [(7, 8)]
    assert spans(LOOKS, book, "D.ATTENT") == [(0, 10)]
    # Both look at the thing from 5 to 7, and the child looks up at 7; from 8 on nobody looks up any more.
    assert spans(LOOKS, book, "D.JOINT") == [(5, 7)]


def test_micro_has_nobody_look_two_ways_at_once_and_hears_a_tone_only_of_who_speaks() -> None:
    wrong = seen(
        ("volwassene", 0, 3),
        ("c_gaze/OBS.C.GAZE.PAR", 0, 2),
        ("c_gaze/OBS.C.GAZE.OBJ", 1, 3),
        ("p_gaze/OBS.P.GAZE.CHILD", 1, 3),
        ("p_voice/OBS.P.VOICE.FRIENDLY", 20, 22),
        ("moves/OBS.C.GEST.POINT", 30, 31),
    )
    found = broken(wrong, read_method("micro"))
    assert {rule for rule, _ in found} == {EXCLUDING, "micro-tone", "micro-gesture"}
    assert {(rule, start) for rule, start in found if rule != EXCLUDING} == {("micro-tone", 20), ("micro-gesture", 30)}


def test_in_a_review_the_machines_adults_are_to_become_caregiver_or_practitioner() -> None:
    book = read_method("vib-professional").at(read_method("vib-professional").level("start"))
    talk = seen(
        ("beeld", 0, 5),
        ("professional", 5, 8, {"pro_elements": ("PRO.ACTIVATE",)}),
        ("beeld", 10, 12),
        ("ouder", 12, 15),
        ("volwassene", 16, 18),
    )
    assert broken(talk, book) == {("pro-assigned", 16)}
    assert counted(talk, book, "PRO.FIRST") == {"professional": (1, 2), "ouder": (1, 2)}


@pytest.mark.parametrize(("method", "part"), BY_PARTS.items())
def test_a_part_of_a_session_wants_to_be_described_and_a_break_does_not(method: str, part: str) -> None:
    book = read_method(method)
    wrong = seen((f"part/{part}", 0, 60), ("part/FID.PT.OTHER", 60, 90))
    assert broken(wrong, book) == {("fid-leader", 0), ("fid-group", 0)}
    described = seen((f"part/{part}", 0, 60, {"leader": ("FID.ASK",), "group": ("GRP.SHARE",)}))
    assert broken(described, book) == set()


@pytest.mark.parametrize("method", ["vipp-sd", "vipp-fc"])
def test_vipp_calculates_the_chain_of_signal_answer_and_effect(method: str) -> None:
    chain = {"initiative": "BC.INI.C.CONTACT", "understanding": "BC.UND.FIT"}
    turns = seen(
        ("kind", 1, 2, {**chain, "reception": "BC.REC.V", "effect": "BC.EFF.CONTINUE"}),
        ("volwassene", 2.5, 4, {"parent_moves": ("VIPP.NAME",)}),
        (
            "kind",
            10,
            11,
            {**chain, "understanding": "BC.UND.UNSEEN", "reception": "BC.REC.MISSED", "effect": "BC.EFF.STOP"},
        ),
    )
    assert broken(turns, read_method(method)) == set()
    assert spans(turns, read_method(method), "VIPP.CHAIN") == [(1, 2)]


def test_for_a_baby_vipp_has_no_limits_but_harshness_is_seen_at_any_age() -> None:
    turns = seen(
        ("volwassene", 0, 1, {"parent_moves": ("VIPP.SD.INDUCT",)}),
        ("volwassene", 2, 3, {"parent_moves": ("VIPP.SD.NO.HARSH",)}),
    )
    found = violations(turns, {}, read_method("vipp-sd"), age_months=8)
    assert [(one.rule, one.code) for one in found] == [(TOO_YOUNG, "VIPP.SD.INDUCT")]


def test_for_foster_care_a_small_signal_is_looked_for_before_a_clear_one() -> None:
    initiative = read_method("vipp-fc").tier("initiative")
    order = [step.code for step in initiative.decision_order]
    assert order.index("VIPP.FC.SUBTLE") < order.index("BC.INI.C.NEED")
    assert "BC.INI.C.HIDDEN" not in {code.id for code in initiative.codes}
    assert "VIPP.FC.SUBTLE" not in read_method("vipp-sd").codes


def test_basic_trust_asks_for_the_child_only_where_something_was_named_or_limited() -> None:
    turns = seen(
        ("volwassene", 0, 2, {"naming": ("BT.NAME.FEEL",)}),
        ("volwassene", 3, 4, {"naming": ("BT.Q",)}),
        ("volwassene", 5, 6, {"naming": ("BT.NAME.NONATT",), "child_reaction": "BT.C.RESIST"}),
    )
    book = read_method("basic-trust")
    assert broken(turns, book) == {("bt-reaction", 0)}
    assert counted(turns, book, "BT.MINDRATIO") == {"": (1, 2)}


@pytest.mark.parametrize("method", [*BY_TURNS, *BY_PARTS])
def test_a_beginner_is_asked_less_and_is_never_rated_upon(method: str) -> None:
    book = read_method(method)
    start, full = (book.at(book.level(name)) for name in ("start", "full"))
    assert len(start.tiers) < len(full.tiers)
    assert len(start.codes) < len(book.codes) == len(full.codes)
    assert start.ratings == ()
    assert full.ratings == book.ratings
