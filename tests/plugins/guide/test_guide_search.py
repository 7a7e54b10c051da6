"""Search over all codes: what is found, and in which order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.guide.search import plain, search
from tests.rich_book import rich_book
from vib.codebook import Codebook
from vib.language import Text

RATINGS = Text(nl="beoordeling", en="ratings")


def named(**labels: str) -> Codebook:
    """Return a codebook whose codes have these labels in Dutch."""
    [turns, seen] = rich_book("tekst").tiers
    codes = [code.model_copy(update={"label": Text(nl=labels.get(code.id, "x"), en="y")}) for code in seen.codes]
    return rich_book("tekst", tiers=[turns, seen.model_copy(update={"codes": tuple(codes)})])


def found(book: Codebook, asked: str) -> list[str]:
    return [one.id for one in search({"rich": book}, asked, "nl", RATINGS)]


def test_the_whole_label_comes_before_its_beginning_and_that_before_a_word_in_it() -> None:
    book = named(look="samen volgen", wait="volgen", nod="volgen in spel")
    assert found(book, "Volgen") == ["wait", "nod", "look"]


def test_labels_come_before_definitions() -> None:
    book = named(wait="tekst")
    assert found(book, "tekst").index("wait") < min(found(book, "tekst").index(name) for name in ("look", "nod"))


def test_accents_capitals_and_the_other_language_do_not_matter() -> None:
    assert found(named(look="één kant"), "EEN KANT") == ["look"]
    assert "look" in found(named(look="kijken"), "y")


def test_every_word_has_to_occur() -> None:
    assert found(named(look="samen kijken"), "kijken samen") == ["look"]
    assert found(named(look="samen kijken"), "samen lopen") == []


def test_a_code_that_methods_share_is_found_once_with_all_of_them() -> None:
    book = named(look="volgen")
    [one] = search({"rich": book, "other": book}, "volgen", "nl", RATINGS)
    assert [name for name, _ in one.methods] == ["rich", "other"]


def test_nothing_asked_is_nothing_found() -> None:
    assert found(rich_book(), "  ") == []


@given(st.text(max_size=40))
def test_whatever_is_asked_what_is_found_has_every_word_of_it(asked: str) -> None:
    for one in search({"rich": rich_book("Kijk mee")}, asked, "nl", RATINGS):
        told = plain(f"{one.id} {one.label} {one.definition} kijk mee")
        assert all(word in told for word in plain(asked).split())
