"""What a codebook's fields say as sentences."""

from __future__ import annotations

import pytest

from tests.rich_book import rich_book
from vib import words
from vib.codebook import Codebook
from vib.codebook.book import ClipLength
from vib.language import LANGUAGES, Language
from vib.wording import (
    clip_length,
    conditions,
    described_at,
    described_names,
    duration,
    statements,
    windows,
    written_tiers,
)


def said(book: Codebook, language: Language) -> dict[str, str]:
    return {one.about.to(language): one.said.to(language) for one in statements(book)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_method_says_what_goes_first_whose_rendering_it_is_and_that_nothing_is_diagnosed(
    language: Language,
) -> None:
    found = said(rich_book("Leiden"), language)
    assert next(iter(found)) == words.GOOD_FIRST.to(language)
    assert "Leiden" in found[words.OWN_RENDERING.to(language)]
    assert found[words.NO_DIAGNOSIS.to(language)] == words.NO_DIAGNOSIS_ABOUT.to(language)
    assert found[words.TRAINING_NEEDED.to(language)] == found[words.PROTECTED.to(language)] == "Leiden"


def test_an_approved_rendering_says_so_and_no_longer_that_it_is_our_own() -> None:
    found = said(rich_book("Leiden", approved=True), "nl")
    assert "Leiden is eigenaar van de methode, en heeft deze weergave goedgekeurd." in found.values()
    assert words.OWN_RENDERING.nl not in found


def test_what_a_method_does_not_limit_is_not_said() -> None:
    found = said(rich_book(output_limits=["no_norms"]), "nl")
    assert found["Wat er niet van gemaakt wordt"] == "Er zijn geen normen: een aantal is niet goed of slecht."
    assert "Wat er niet van gemaakt wordt" not in said(rich_book(output_limits=[]), "nl")


def test_an_owner_with_braces_in_the_name_is_shown_as_it_is() -> None:
    assert "{1} {owner}" in said(rich_book("{1} {owner}"), "en")[words.OWN_RENDERING.en]


def test_numbers_of_a_definition_are_said_with_their_unit() -> None:
    assert windows({"window_s": 3, "merge_pause_s": 0.5}, "nl") == (
        "binnen 3 seconden",
        "een pauze korter dan 0,5 seconden hoort erbij",
    )
    assert windows({"window_s": 1, "odd_name": 2}, "en") == ("within 1 second", "odd name: 2")


def test_how_long_a_clip_is_is_said_in_minutes_where_they_are_whole() -> None:
    clip = ClipLength(min_s=60, usual_s=(90, 600), max_s=900)
    assert "90 seconden tot 10 minuten, ten minste 1 minuut en ten hoogste 15 minuten" in clip_length(clip, "nl")
    assert duration(0, "en") == "0 seconds"


def test_who_is_asked_is_said_only_where_not_everybody_is() -> None:
    by_id = {code.id: conditions(code, "nl") for tier in rich_book().tiers for code in tier.codes}
    assert by_id["nod"] == ("vanaf 6 maanden", "voor wie verder is", "de naam kies je zelf")
    assert by_id["look"] == ()


def test_the_tier_that_repeats_the_ratings_was_written_by_nobody() -> None:
    from vib.codebook.book import evidence_tier

    book = rich_book()
    whole = rich_book(tiers=[*book.tiers, evidence_tier(book.ratings, book.tiers[0])])
    assert [tier.id for tier in written_tiers(whole)] == ["turns", "seen"]


def test_a_code_is_described_at_itself_a_moment_at_its_rating_and_what_is_not_there_nowhere() -> None:
    book = rich_book()
    assert [described_at(book, name) for name in ("look", "whole", "EV.whole", "pm", "")] == [
        *("look", "whole", "whole"),
        *(None, None),
    ]
    assert described_names(book)[0] == "turn"
