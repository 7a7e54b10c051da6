"""The coding guide: complete, in both languages, and safe whatever a codebook contains."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.rich_book import rich_book
from vib.codebook import FOLDER, Code, Codebook, Rating
from vib.guide import render_guide
from vib.language import LANGUAGES, Language
from vib.methods import method_names, read_method
from vib.wording import written_tiers

HOSTILE = (
    "<script>alert(1)</script>",
    "<!-- never closed",
    "a | b | c",
    "line\n\n# heading",
    "line\n| --- |",
    "[click](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "`` ` code",
    "**bold** _it_ ~~gone~~",
    "&lt;b&gt; &#60;",
    "\\| \\< \\",
    "{0} {name}",
    "- item",
    "1. item",
    "> quote",
)


def text(value: str) -> dict[str, str]:
    return {"nl": value, "en": value}


def code(name: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "label": text(f"label {name}"),
        "actor": "kind",
        "kind": "event",
        "definition": text(f"definition {name}"),
        "example": text(f"example {name}"),
        "source": ["own design"],
        "certainty": "high",
        **more,
    }


def book(codes: list[dict[str, Any]], **more: Any) -> Codebook:
    groups = [
        {"id": "outer", "label": text("outer"), "source": ["own design"], "certainty": "high"},
        {
            "id": "inner",
            "label": text("inner"),
            "within": "outer",
            "source": ["own design"],
            "certainty": "low",
        },
    ]
    tier = {
        "id": "look",
        "label": text("look"),
        "question": text("What?"),
        "groups": groups,
        "codes": codes,
    }
    return Codebook.model_validate(
        {
            "method": "small",
            "version": "1.0.0",
            "title": text("Small"),
            "about": text("About it."),
            "owner": "nobody",
            "tiers": [tier],
            **more,
        }
    )


def parsed(markdown: str) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown)


def shape(markdown: str) -> list[str]:
    """Return the blocks of a document and what is inline in them, without the text."""
    tokens = parsed(markdown)
    inline = [child.type for token in tokens for child in token.children or () if child.type != "text"]
    return [token.type for token in tokens] + [name for name in inline if name != "text_special"]


def shown(markdown: str) -> str:
    """Return what a reader sees, inline by inline."""
    inlines = (token.children or () for token in parsed(markdown) if token.type == "inline")
    return "\n".join("".join(child.content for child in children) for children in inlines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", method_names())
def test_the_guide_beside_a_codebook_is_its_rendering(method: str, language: Language) -> None:
    stored = (FOLDER / method / f"guide.{language}.md").read_text(encoding="utf-8")
    assert stored == render_guide(read_method(method), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", method_names())
def test_a_guide_has_every_code_with_definition_and_example(method: str, language: Language) -> None:
    codebook = read_method(method)
    seen = shown(render_guide(codebook, language))
    entries: list[Code | Rating] = [
        *codebook.ratings,
        *(code for tier in written_tiers(codebook) for code in tier.codes),
    ]
    for entry in entries:
        assert f"{entry.label.to(language)} ({entry.id}): {entry.definition.to(language)}" in seen
        assert entry.example.to(language) in seen


def test_yes_comes_before_neutral_and_no_whatever_the_order_of_the_codebook() -> None:
    guide = render_guide(
        book([code("N", polarity="nee"), code("O"), code("Y", polarity="ja")]),
        "en",
    )
    assert guide.index("(`Y`)") < guide.index("(`O`)") < guide.index("(`N`)")


def test_an_unconfirmed_code_names_who_is_to_confirm_it_and_is_counted() -> None:
    codes = [code("A", confirm_by="AIT"), code("B"), code("C", group="inner", confirm_by="Leiden")]
    dutch, english = (render_guide(book(codes), language) for language in LANGUAGES)
    assert "**te bevestigen door AIT**" in dutch
    assert "**te bevestigen door Leiden**" in dutch
    assert "**to be confirmed (te bevestigen) by AIT**" in english
    assert "2 van de 3 codes zijn nog te bevestigen" in dutch
    assert "2 of 3 codes are still to be confirmed" in english
    assert "label C\\*" in dutch


def test_a_code_shows_kind_group_key_source_and_certainty() -> None:
    guide = render_guide(book([code("A", exclusive_group="GAZE", hotkey="q", kind="state")]), "nl")
    assert "toestand · één tegelijk uit `GAZE` · toets `q` · zekerheid hoog · bron 1" in guide
    assert "1. eigen ontwerp" in guide


def test_a_pattern_is_headed_below_its_cluster() -> None:
    guide = render_guide(book([code("A", group="inner")]), "en")
    assert guide.index("\n### Outer\n") < guide.index("\n#### Inner\n") < guide.index("(`A`)")


def test_a_source_is_listed_once() -> None:
    guide = render_guide(book([code("A"), code("B", source=["Biemans 1994", "own design"])]), "en")
    assert guide.count("own design\n") == 1
    assert "source 1, 2" in guide


def test_a_rating_shows_its_scale_and_age() -> None:
    rating = {**code("R"), "from_age_months": 30, "lowest": 1, "highest": 7}
    del rating["kind"]
    guide = render_guide(book([code("A")], ratings=[rating]), "nl")
    assert "schaal 1 tot 7 · vanaf 30 maanden" in guide
    assert "0 van de 1 beoordelingen" in guide


def test_a_tier_says_in_which_order_to_decide_and_where_each_yes_leads() -> None:
    guide = shown(render_guide(rich_book("kijk"), "nl"))
    steps = [guide.index(f"kijk ja → kijk ({name})") for name in ("nod", "look", "wait")]
    assert steps == sorted(steps)
    assert (
        guide.index("Past niets? Kijk het stuk nog eens terug, en vraag een collega als je er niet uitkomt.")
        > steps[-1]
    )


def test_a_code_shows_what_looks_like_it_what_it_is_confused_with_and_its_windows() -> None:
    guide = shown(render_guide(rich_book("kijk"), "nl"))
    assert "Lijkt erop, maar is het niet: kijk" in guide
    assert "Niet te verwarren met kijk (wait): kijk" in guide
    assert "Niet te verwarren met elsewhere: kijk" in guide
    assert "binnen 3 seconden · tries: 1 keer" in guide
    assert "vanaf 6 maanden · voor wie verder is · de naam kies je zelf" in guide


def test_the_points_of_a_rating_are_shown_in_words() -> None:
    assert "De punten in woorden: 1 = kijk; 5 = kijk" in shown(render_guide(rich_book("kijk"), "nl"))


@pytest.mark.parametrize("heading", ["Niveaus", "De bezoeken", "Wat berekend wordt", "Niet meer in gebruik"])
def test_what_a_codebook_has_besides_codes_gets_a_heading_and_what_it_lacks_gets_none(heading: str) -> None:
    assert f"\n## {heading}\n" in render_guide(rich_book(), "nl")
    assert f"## {heading}" not in render_guide(book([code("A")]), "nl")


def test_moments_of_ratings_are_asked_and_not_listed_as_codes() -> None:
    wanting = rich_book().ratings[0].model_dump() | {"evidence_required": True}
    guide = render_guide(rich_book(ratings=[wanting]), "nl")
    assert "wijs een moment aan waarop je dit baseert" in guide
    assert "1 van de 1 beoordelingen" in guide


def test_how_to_code_has_no_step_for_what_a_codebook_lacks() -> None:
    small = render_guide(book([code("A")]), "en")
    full = render_guide(read_method("vib-pleegzorg"), "en")
    assert "\n3. Check" in small
    assert "\n5. Check" in full


def cells(markdown: str) -> list[str]:
    """Return what a reader sees in each cell of the tables."""
    tokens = parsed(markdown)
    inside = [after for token, after in pairwise(tokens) if token.type in ("td_open", "th_open")]
    return ["".join(child.content for child in token.children or ()) for token in inside]


def poisoned(words: str) -> str:
    """Return the guide of a codebook that says `words` wherever it may say anything."""
    return render_guide(rich_book(words, about={"nl": " ".join(words.split()), "en": words}), "nl")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_as_text_everywhere(hostile: str) -> None:
    guide, plain = poisoned(hostile), poisoned("plain words")
    flat = " ".join(hostile.split())
    # Headings begin with a capital letter.
    assert shown(guide).casefold() == shown(plain).casefold().replace("plain words", flat.casefold())
    assert shape(guide) == shape(plain)
    assert not any(token.type.startswith("html") for token in parsed(guide))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_label_stays_in_its_cell(hostile: str) -> None:
    flat = " ".join(hostile.split())
    head = ["patroon", "ja", "neutraal", "nee"]
    assert cells(poisoned(hostile)) == [*head, f"{flat}*", "", f"{flat}*", "", f"{flat}*", "", "", f"{flat}*"]


def test_about_keeps_its_paragraphs() -> None:
    guide = render_guide(book([code("A")], about=text("First.\n\nSecond.")), "en")
    assert "\n\nFirst.\n\nSecond.\n\n" in guide


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"]), min_size=1))
def test_any_label_is_shown_as_it_was_written(words: str) -> None:
    flat = " ".join(words.split()) or "empty"
    guide = render_guide(book([code("A", label=text(flat), group="inner", polarity="ja")]), "en")
    assert f"{flat} (A): definition A" in shown(guide)
    assert cells(guide)[-1] == flat
