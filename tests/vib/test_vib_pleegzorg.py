"""The VIB foster-care codebook: complete, honest about what is unconfirmed, no verdicts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import pytest

from vib.codebook import Code, Codebook, Rating, Tier
from vib.guide import render_guide
from vib.language import LANGUAGES, Language
from vib.methods import read_method

CLUSTERS = {
    "cluster-1": "initiatief en ontvangst",
    "cluster-2": "uitwisseling in de kring",
    "cluster-3": "overleg",
    "cluster-4": "conflict hanteren",
}

PROMISED = {
    "turn": ["kind", "volwassene", "onbekend"],
    "initiative": ["BC.INI.C.CONTACT", "BC.INI.C.ACTION", "BC.INI.C.NEED"],
    "reception": [
        "BC.REC.NV",
        "BC.REC.V",
        "BC.REC.VNV",
        "BC.REC.ATTUNED_NO",
        "BC.REC.MISSED",
        "BC.REC.OVERRIDE",
        "BC.REC.REJECT",
    ],
    "effect": ["BC.EFF.CONTINUE", "BC.EFF.REPEAT", "BC.EFF.STOP"],
}

ELEMENTS = {
    "attentive": {
        "OBS.P.ORI.TOWARD",
        "OBS.P.GAZE.CHILD",
        "OBS.P.FACE.FRIENDLY",
        "OBS.P.VOICE.FRIENDLY",
        "BC.1.ATT.POSTURE",
        "OBS.P.ORI.AWAY",
        "OBS.P.GAZE.AWAY",
        "OBS.P.FACE.UNFRIENDLY",
        "OBS.P.VOICE.HARSH",
    },
    "attuning": {
        "BC.1.FOLLOW",
        "BC.1.JOIN",
        "BC.1.NODYES",
        "BC.1.NAME",
        "BC.1.SAYYES",
        "BC.1.WAIT",
        "BC.1.NO.CORRECT",
        "BC.1.NO.SAYNO",
        "BC.1.NO.NOTJOIN",
    },
    "circle": {"BC.2.INCLUDE", "BC.2.LOOKROUND", "BC.2.CIRCLEREC", "BC.2.NO.EXCLUDE"},
    "turns": {"BC.2.GIVETURN", "BC.2.TAKETURN", "BC.2.NO.GRAB"},
    "cooperation": {"BC.2.TOGETHER", "BC.2.HELP", "BC.2.NO.TAKEOVER"},
    "opinions": {"BC.3.OPINION.GIVE", "BC.3.OPINION.RECEIVE", "BC.3.OPINION.EXPLORE", "BC.3.NO.PUSH"},
    "content": {"BC.3.TOPIC.NAME", "BC.3.TOPIC.DEEPEN", "BC.3.NO.JUMP", "BC.3.NO.CUTOFF"},
    "decisions": {"BC.3.DECIDE.PROPOSE", "BC.3.DECIDE.AGREE", "BC.3.NO.IMPOSE"},
    "differences": {"BC.4.NAME", "BC.4.INTENT", "BC.4.NO.BLAME", "BC.4.NO.DENY"},
    "repair": {"BC.4.REPAIR", "BC.4.NO.ESCALATE", "BC.4.NO.WALKAWAY"},
    "negotiation": {"BC.4.NEGOTIATE", "BC.4.RULE", "BC.4.NO.THREAT"},
    "leading": {"BC.L.STRUCT", "BC.L.CHOICE", "BC.L.SUGGEST", "BC.L.EXTEND", "BC.L.LIMIT"},
    "meaning": {"BC.ATTR.POS", "BC.ATTR.NEG"},
}

EXCLUSIVE = {
    "INI_TYPE_C": set(PROMISED["initiative"]),
    "RECEIPT": set(PROMISED["reception"]),
    "EFFECT": set(PROMISED["effect"]),
    "P_ORIENT": {"OBS.P.ORI.TOWARD", "OBS.P.ORI.AWAY"},
    "P_GAZE": {"OBS.P.GAZE.CHILD", "OBS.P.GAZE.AWAY"},
    "P_FACE": {"OBS.P.FACE.FRIENDLY", "OBS.P.FACE.UNFRIENDLY"},
    "P_VOICE": {"OBS.P.VOICE.FRIENDLY", "OBS.P.VOICE.HARSH"},
}

ATTACHMENT_CLASS = re.compile(
    r"veilig\s+gehecht|onveilig|vermijdend|ambivalent|gedesorganiseerd|hechtingsstoornis|stoornis"
    r"|secure(ly)?\b|insecure|avoidant|resistant|disorgani[sz]ed|disorder|syndroom|syndrome",
    re.IGNORECASE,
)
DIAGNOSIS = re.compile(r"(?<!geen )(?<!no )diagnos", re.IGNORECASE)


@pytest.fixture(scope="module")
def book() -> Codebook:
    return read_method("vib-pleegzorg")


def all_codes(book: Codebook) -> list[Code]:
    return [code for tier in book.tiers for code in tier.codes]


def codes_and_ratings(book: Codebook) -> list[Code | Rating]:
    return [*all_codes(book), *book.ratings]


def top_group(tier: Tier, code: Code) -> str | None:
    within = {group.id: group.within for group in tier.groups}
    group = code.group
    while group is not None and within[group] is not None:
        group = within[group]
    return group


def words(entry: Code | Rating, *, labels_only: bool = False) -> Iterator[str]:
    for language in LANGUAGES:
        yield entry.label.to(language)
        if not labels_only:
            yield from (entry.definition.to(language), entry.example.to(language))


def test_the_tiers_describe_what_was_promised(book: Codebook) -> None:
    shape = {tier.id: (tier.describes.codes if tier.describes else None, tier.several) for tier in book.tiers}
    assert shape == {
        "turn": (None, False),
        "initiative": (("kind",), False),
        "reception": (("kind",), False),
        "effect": (("kind",), False),
        "elements": (("volwassene", "kind"), True),
    }


@pytest.mark.parametrize("tier", PROMISED)
def test_a_tier_has_the_promised_codes_in_their_order(book: Codebook, tier: str) -> None:
    assert [code.id for code in book.tier(tier).codes] == PROMISED[tier]


def test_every_pattern_has_its_elements(book: Codebook) -> None:
    found: dict[str | None, set[str]] = {}
    for code in book.tier("elements").codes:
        found.setdefault(code.group, set()).add(code.id)
    assert found == ELEMENTS


def test_the_ratings_are_the_five_building_blocks_with_their_ages(book: Codebook) -> None:
    assert [(r.id, r.lowest, r.highest, r.from_month) for r in book.ratings] == [
        ("BS.1", 1, 5, 0),
        ("BS.2", 1, 5, 3),
        ("BS.3", 1, 5, 9),
        ("BS.4", 1, 5, 30),
        ("BS.5", 1, 5, 60),
    ]


def test_every_exclusive_group_has_its_codes(book: Codebook) -> None:
    found: dict[str, set[str]] = {}
    for code in all_codes(book):
        if code.exclusive_group is not None:
            found.setdefault(code.exclusive_group, set()).add(code.id)
    assert found == EXCLUSIVE


def test_every_element_belongs_to_a_cluster_through_its_pattern(book: Codebook) -> None:
    elements = book.tier("elements")
    for code in elements.codes:
        top = top_group(elements, code)
        assert top in {*CLUSTERS, "leading", "meaning"}, code.id
        if top in CLUSTERS:
            assert code.group != top, f"{code.id} lies in no pattern"
        number = re.match(r"BC\.(\d)\.", code.id)
        if number:
            assert top == f"cluster-{number[1]}", code.id


def test_the_clusters_have_their_names(book: Codebook) -> None:
    labels = book.labels()
    assert {cluster: labels[cluster].nl for cluster in CLUSTERS} == CLUSTERS


def test_every_cluster_and_pattern_has_yes_and_no(book: Codebook) -> None:
    elements = book.tier("elements")
    for group in elements.groups:
        inside = [c for c in elements.codes if group.id in (c.group, top_group(elements, c))]
        expected = {"ja"} if group.id == "leading" else {"ja", "nee"}
        assert {code.polarity for code in inside} == expected, group.id


def test_yes_stands_before_no_in_every_pattern(book: Codebook) -> None:
    for tier in book.tiers:
        for _, codes in groupby(tier.codes, key=lambda code: code.group):
            order = [("ja", "neutraal", "nee").index(code.polarity) for code in codes]
            assert order == sorted(order), tier.id


def test_hotkeys_are_unique(book: Codebook) -> None:
    keys = Counter(code.hotkey for code in all_codes(book) if code.hotkey is not None)
    assert [key for key, times in keys.items() if times > 1] == []


def test_the_hotkeys_are_the_promised_ones(book: Codebook) -> None:
    keys = {tier.id: "".join(code.hotkey or "" for code in tier.codes) for tier in book.tiers}
    assert keys == {
        "turn": "123",
        "initiative": "qwe",
        "reception": "asdfghj",
        "effect": "zxc",
        "elements": "",
    }


def test_a_limit_after_acknowledging_the_wish_counts_as_yes(book: Codebook) -> None:
    polarity = {code.id: code.polarity for code in all_codes(book)}
    assert polarity["BC.REC.ATTUNED_NO"] == "ja"


def test_what_rests_on_memory_or_on_a_proposal_is_to_be_confirmed_by_ait(book: Codebook) -> None:
    groups = [group for tier in book.tiers for group in tier.groups]
    for entry in [*codes_and_ratings(book), *groups]:
        recalled = ("background knowledge", "own proposal")
        if any(source.startswith(recalled) for source in entry.source):
            assert entry.confirm_by == "AIT"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unconfirmed_code_says_te_bevestigen_in_the_guide(book: Codebook, language: Language) -> None:
    guide = render_guide(book, language)
    for entry in codes_and_ratings(book):
        block = guide.split(f"(`{entry.id}`)")[1].split("\n\n")[0]
        assert ("te bevestigen" in block) == (entry.confirm_by is not None), entry.id
        if entry.confirm_by is not None:
            assert entry.confirm_by in block


def test_te_bevestigen_is_data_and_no_part_of_a_label(book: Codebook) -> None:
    for entry in codes_and_ratings(book):
        assert not [text for text in words(entry) if "te bevestigen" in text.lower()]


def test_nothing_states_an_attachment_class_or_diagnosis(book: Codebook) -> None:
    for entry in codes_and_ratings(book):
        for text in words(entry):
            assert not ATTACHMENT_CLASS.search(text), f"{entry.id}: {text}"
            assert not DIAGNOSIS.search(text), f"{entry.id}: {text}"
        assert not [label for label in words(entry, labels_only=True) if "diagnos" in label.lower()]


def test_every_rating_says_that_it_is_no_diagnosis(book: Codebook) -> None:
    for rating in book.ratings:
        assert "geen diagnose" in rating.definition.nl
        assert "no diagnosis" in rating.definition.en


def test_about_is_honest_in_both_languages(book: Codebook) -> None:
    for language in LANGUAGES:
        about = book.about.to(language)
        assert "te bevestigen" in about
        assert "AIT" in about
    assert "eigen weergave" in book.about.nl
    assert "our own rendering" in book.about.en


def test_every_text_is_there_in_both_languages(book: Codebook) -> None:
    for entry in codes_and_ratings(book):
        assert all(text.strip() for text in words(entry)), entry.id
        assert entry.definition.nl != entry.definition.en, entry.id
