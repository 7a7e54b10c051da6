"""What must be true of every codebook that is installed, whatever its method."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

import pytest

from vib.codebook import TO_CONFIRM, Code, Codebook, Group, Rating
from vib.guide import render_guide
from vib.language import LANGUAGES, Language
from vib.methods import method_names, read_method
from vib.wording import source_in_words, written_tiers
from vib.words import NO_DIAGNOSIS_ABOUT, NOT_APPROVED

ATTACHMENT_CLASS = re.compile(
    r"veilig\s+gehecht|onveilig|vermijdend|ambivalent|gedesorganiseerd|hechtingsstoornis|stoornis"
    r"|secure(ly)?\b|insecure|avoidant|resistant|disorgani[sz]ed|disorder|syndroom|syndrome",
    re.IGNORECASE,
)
DIAGNOSIS = re.compile(r"(?<!geen )(?<!no )diagnos", re.IGNORECASE)
RECALLED = ("background knowledge", "own proposal")
"""How sources begin that nobody can look up."""

BEST_FIRST = ("ja", "neutraal", "nee")


@pytest.fixture(scope="module", params=method_names())
def book(request: pytest.FixtureRequest) -> Codebook:
    return read_method(request.param)


def codes(book: Codebook) -> list[Code]:
    return [code for tier in written_tiers(book) for code in tier.codes]


def shown(book: Codebook) -> list[Code | Rating]:
    return [*codes(book), *book.ratings]


def sourced(book: Codebook) -> list[Code | Rating | Group]:
    return [*shown(book), *(group for tier in book.tiers for group in tier.groups)]


def words(entry: Code | Rating) -> Iterator[str]:
    for language in LANGUAGES:
        yield from (part.to(language) for part in (entry.label, entry.definition, entry.example))


def test_every_text_is_there_in_both_languages_and_was_translated(book: Codebook) -> None:
    for entry in shown(book):
        assert all(text.strip() for text in words(entry)), entry.id
        assert entry.definition.nl != entry.definition.en, entry.id
    for text in [book.title, book.about, *book.labels().values(), *(tier.question for tier in book.tiers)]:
        assert all(text.to(language).strip() for language in LANGUAGES)


def test_nothing_states_an_attachment_class_or_a_diagnosis(book: Codebook) -> None:
    for entry in shown(book):
        for text in words(entry):
            assert not ATTACHMENT_CLASS.search(text), f"{entry.id}: {text}"
            assert not DIAGNOSIS.search(text), f"{entry.id}: {text}"
        assert not DIAGNOSIS.search(entry.label.nl + entry.label.en), entry.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_says_once_that_it_is_an_own_rendering_and_no_diagnosis(book: Codebook, language: Language) -> None:
    guide = render_guide(book, language)
    assert guide.count(NO_DIAGNOSIS_ABOUT.to(language)) == 1
    assert guide.count(NOT_APPROVED.to(language).format(book.owner)) == (0 if book.approved else 1)


def test_what_nobody_can_look_up_names_who_is_to_confirm_it(book: Codebook) -> None:
    recalled = [entry for entry in sourced(book) if any(source.startswith(RECALLED) for source in entry.source)]
    assert [entry.id for entry in recalled if entry.confirm_by is entry.confirmed is None] == []


def test_what_is_not_certain_names_who_is_to_confirm_it(book: Codebook) -> None:
    assert [
        entry.id for entry in sourced(book) if entry.certainty == "low" and entry.confirm_by is entry.confirmed is None
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_says_of_every_unconfirmed_code_and_of_no_other_that_it_is(
    book: Codebook, language: Language
) -> None:
    guide = render_guide(book, language)
    for entry in shown(book):
        block = guide.split(f"- **{entry.label.to(language)}** (`{entry.id}`):")[1].split("\n\n")[0]
        assert (TO_CONFIRM.nl in block) == (entry.confirm_by is not None), entry.id
        assert entry.confirm_by is None or entry.confirm_by in block


def test_a_dutch_guide_says_in_dutch_what_is_a_choice_of_our_own(book: Codebook) -> None:
    english = re.compile(r"own (design|proposal)|background knowledge|\b(seconds|until|the|order|wording|recalled)\b")
    ours = [source for entry in sourced(book) for source in entry.source if source.startswith(("own", *RECALLED))]
    for source in {*ours, *(source for tier in book.tiers for source in tier.decision_source)}:
        said = source_in_words(source, "nl")
        assert not english.search(said), said
        assert source_in_words(source, "en") == source
    assert not re.search("own design|background knowledge", render_guide(book, "nl"))


def test_that_something_is_unconfirmed_is_data_and_no_part_of_a_text(book: Codebook) -> None:
    for entry in shown(book):
        assert not [text for text in words(entry) if TO_CONFIRM.nl in text.lower()], entry.id


def test_codes_that_exclude_each_other_are_at_least_two_of_one_tier(book: Codebook) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for tier in book.tiers:
        for code in tier.codes:
            if code.exclusive_group is not None:
                found[code.exclusive_group].append(tier.id)
    assert {name for name, tiers in found.items() if len(tiers) < 2 or len(set(tiers)) > 1} == set()


def test_codes_of_a_question_with_one_answer_exclude_each_other(book: Codebook) -> None:
    for tier in book.describing_tiers:
        if not tier.several:
            assert len({code.exclusive_group for code in tier.codes}) == 1, tier.id
            assert tier.codes[0].exclusive_group is not None, tier.id


def test_a_tier_with_groups_has_every_code_in_one_and_no_group_without_codes(book: Codebook) -> None:
    for tier in book.tiers:
        if tier.groups:
            assert [code.id for code in tier.codes if code.group is None] == []
            filled = {code.group for code in tier.codes} | {group.within for group in tier.groups}
            assert {group.id for group in tier.groups} - filled == set()


def test_what_goes_well_stands_before_what_does_not(book: Codebook) -> None:
    for tier in book.tiers:
        for _, together in groupby(tier.codes, key=lambda code: code.group):
            order = [BEST_FIRST.index(code.polarity) for code in together]
            assert order == sorted(order), tier.id
