"""A codebook as pages show it, whichever codebook it is; no Django."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.guide.code_page import CodePage
from plugins.guide.outline import Outline, Section
from tests.rich_book import rich_book
from vib.language import LANGUAGES, Language
from vib.methods import method_names, read_method
from vib.wording import described_names

any_words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"]), min_size=3, max_size=40)


def every(sections: list[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from every(list(section.sections))


@given(any_words, st.sampled_from(LANGUAGES))
def test_any_codebook_is_shown_with_all_that_it_says_as_it_was_written(words: str, language: Language) -> None:
    book = rich_book(words)
    outline = Outline(book, language)
    rows = [row for section in every(outline.sections) for row in section.rows]
    assert [row.id for row in rows] != []
    assert {row.id for row in rows} == set(described_names(book))
    assert all((row.label, row.definition) == (words, words) for row in rows)
    assert all(question.ask == words for section in every(outline.sections) for question in section.flow)
    for name in described_names(book):
        assert CodePage(book, name, language).row in rows


@pytest.mark.parametrize("method", method_names())
def test_every_flow_and_every_confusion_within_a_method_leads_to_a_code_that_has_a_page(method: str) -> None:
    book = read_method(method)
    pages = set(described_names(book))
    for section in every(Outline(book, "nl").sections):
        assert {question.code for question in section.flow} <= pages
        assert {other.id for row in section.rows for other in row.confused if other.known} <= {*pages, *book.labels()}


def test_a_code_is_compared_with_another_once_and_each_difference_names_the_code_that_it_is_said_of() -> None:
    [turns, seen] = rich_book("tekst").tiers
    both = {"look": "wait", "wait": "look"}
    codes = [
        code.model_copy(
            update={
                "label": code.label.model_copy(update={"nl": code.id}),
                "not_to_be_confused_with": tuple(
                    one.model_copy(update={"code": both[code.id]})
                    for one in seen.codes[0].not_to_be_confused_with[:1]
                    if code.id in both
                ),
            }
        )
        for code in seen.codes
    ]
    book = rich_book("tekst", tiers=[turns, seen.model_copy(update={"codes": tuple(codes)})])
    [beside] = CodePage(book, "look", "nl").beside
    assert beside.row.id == "wait"
    assert [label for label, _ in beside.differences] == ["wait", "look"]
