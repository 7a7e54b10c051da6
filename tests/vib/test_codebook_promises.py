"""What the codebooks promise to whoever codes with them, as far as a program can tell: of all methods and modules."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from typing import get_args

import pytest
import yaml

from vib.codebook import EVIDENCE, FOLDER, Code, Codebook, Rating, Tier
from vib.codebook.entry import Actor
from vib.codebook.reading import read_module
from vib.codebook.source import Module
from vib.language import LANGUAGES, Text
from vib.methods import method_names, read_method
from vib.words import WINDOWS

FORMAL = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)
OTHER_CLIP = re.compile(r"\b(dit|deze|hele|gehele) (fragment|opname)", re.IGNORECASE)
"""What is coded is a clip; an *opname* is what was filmed, a *fragment* what is shown of it."""

SHARING = re.compile(r"paperzz|kipdf|scribd|doczz|cupdf|studylib|fdocuments|5dok|1library|slideshare", re.IGNORECASE)
"""Sites with copies of what is protected."""

MODULES = sorted((FOLDER / "modules").glob("*.yaml"))


@pytest.fixture(scope="module", params=method_names())
def book(request: pytest.FixtureRequest) -> Codebook:
    return method(request.param)


@cache
def method(name: str) -> Codebook:
    return read_method(name)


@cache
def modules() -> tuple[Module, ...]:
    return tuple(read_module(path) for path in MODULES)


def written(book: Codebook | Module) -> list[Tier]:
    return [tier for tier in book.tiers if tier.id != EVIDENCE]


def codes(book: Codebook | Module) -> list[Code]:
    return [code for tier in written(book) for code in tier.codes]


def texts(value: object) -> Iterator[Text]:
    """Yield every text of a codebook or a part of it."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts(part)
    elif hasattr(value, "model_fields_set"):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name))


def known_codes() -> set[str]:
    everywhere = [*(method(name) for name in method_names()), *modules()]
    return {code.id for book in everywhere for code in codes(book)}


def test_no_behaviour_of_a_child_counts_as_no(book: Codebook) -> None:
    assert [code.id for code in codes(book) if code.actor == "kind" and code.polarity == "nee"] == []


def test_no_child_is_judged_by_a_number_without_a_moment_words_and_the_choice_to_leave_it_open(book: Codebook) -> None:
    for rating in book.ratings:
        if rating.actor == "kind" and rating.requires is None:
            assert rating.evidence_required, rating.id
            assert {rating.lowest, rating.highest} <= set(rating.anchors), rating.id


def test_a_rating_has_words_for_its_points_or_says_which_training_has_them(book: Codebook) -> None:
    for rating in book.ratings:
        middle = (rating.lowest + rating.highest) // 2
        assert rating.requires is not None or {rating.lowest, middle, rating.highest} <= set(rating.anchors), rating.id


def test_what_looks_like_a_code_and_is_not_stands_beside_what_is(book: Codebook) -> None:
    """A code that the user names has none: what belongs to it is not known here."""
    assert [c.id for c in codes(book) if c.counter_example is None and not c.user_label] == []


def test_a_decision_order_leads_to_every_code_of_its_question_and_to_each_once(book: Codebook) -> None:
    for tier in written(book):
        if tier.decision_order:
            found = [step.code for step in tier.decision_order]
            assert sorted(found) == sorted(code.id for code in tier.codes), tier.id


def test_a_question_with_one_answer_that_is_compared_says_how_to_decide(book: Codebook) -> None:
    """Who somebody is needs no deciding, and of elements each is looked for by itself."""
    asked = [tier for tier in written(book) if tier.agreement and not tier.several and tier.fill_from is None]
    assert [tier.id for tier in asked if not tier.decision_order] == []


def test_what_is_own_design_is_never_certain(book: Codebook) -> None:
    entries: list[Code | Rating] = [*codes(book), *book.ratings]
    own = [e.id for e in entries if e.certainty == "high" and any(s.startswith("own design") for s in e.source)]
    assert own == []


def test_a_source_is_a_publication_and_no_copy_of_it_on_a_sharing_site(book: Codebook) -> None:
    entries: list[Code | Rating] = [*codes(book), *book.ratings]
    assert [entry.id for entry in entries if any(SHARING.search(source) for source in entry.source)] == []


def test_a_method_of_others_says_what_of_it_is_protected_and_which_training_it_wants(book: Codebook) -> None:
    ours = book.owner == "VIB Studio"
    assert (book.requires is not None and book.source_note is not None and not book.approved) or ours


def test_it_addresses_its_reader_as_je_and_calls_what_is_coded_a_clip(book: Codebook) -> None:
    for text in texts(book):
        assert not FORMAL.search(text.nl), text.nl
        assert not OTHER_CLIP.search(text.nl), text.nl


def test_both_languages_say_it_in_their_own_words(book: Codebook) -> None:
    for code in codes(book):
        for text in (code.definition, code.counter_example, *(c.difference for c in code.not_to_be_confused_with)):
            assert text is None or text.nl != text.en, code.id
    for language in LANGUAGES:
        assert all(text.to(language).strip() for text in texts(book))


def test_what_a_code_is_confused_with_is_a_code_of_some_method(book: Codebook) -> None:
    named = {(code.id, c.code) for code in codes(book) for c in code.not_to_be_confused_with}
    assert {pair for pair in named if pair[1] not in known_codes()} == set()
    assert [pair for pair in named if pair[0] == pair[1]] == []


def test_every_number_of_a_definition_is_said_in_words(book: Codebook) -> None:
    named = {name for entry in (*book.codes.values(), *book.derived) for name in entry.params}
    assert sorted(named - set(WINDOWS)) == []


def test_a_level_for_beginners_comes_first_and_asks_few_questions(book: Codebook) -> None:
    if book.levels:
        start = book.levels[0]
        assert start.id == "start"
        assert len(start.tiers) <= 5
        assert not start.advanced
        assert set(book.levels[-1].tiers) | {EVIDENCE} >= {tier.id for tier in book.tiers}


def test_a_code_is_written_in_one_place() -> None:
    """In a module, or in one codebook: the others use it from there. What the machine calls a turn is of every one."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in [*MODULES, *(FOLDER / name / "codebook.yaml" for name in method_names())]:
        for tier in yaml.safe_load(path.read_text("utf-8")).get("tiers", []):
            for code in tier.get("codes", []):
                if "id" in code:
                    places[code["id"]].append(str(path.relative_to(FOLDER)))
    assert {code: where for code, where in places.items() if len(where) > 1 and code not in get_args(Actor)} == {}


def test_no_two_codes_have_one_definition() -> None:
    """But those that say that nothing on the list fits: that is worded alike everywhere."""
    everything: dict[str, Code] = {}
    for name in method_names():
        everything |= {code.id: code for code in codes(method(name)) if not code.id.endswith(".NONE")}
    said = Counter(code.definition.nl for code in everything.values())
    assert [definition for definition, times in said.items() if times > 1] == []
