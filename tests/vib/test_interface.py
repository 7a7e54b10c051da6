"""The labelling interface: complete, the same in both languages, and nothing lost on the way back."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from vib_strategies import BOOK, calm, changed_book, timelines

from vib.codebook import FOLDER, Codebook
from vib.controls import controls_of
from vib.interface import END_MARGIN, predicted_regions, ratings_of, render_interface, results_of, timeline_of
from vib.language import LANGUAGES, Language
from vib.methods import method_names, read_method
from vib.observation import ROUNDING, Observation, Timeline
from vib.problem import InputProblem
from vib.segmenting import Segmentation, Turn
from vib.stored_codes import check_results

CONTROLS = ("Labels", "Choices", "Taxonomy")
SPOKEN = ("placeholder", "value", "hint")
"""Attributes that are words; all others must be the same in both languages."""

HOSTILE = (
    '"><script>alert(1)</script>',
    "'single' \"double\"",
    "</View><Header value='x'/>",
    "&amp; &lt; &#60; &x;",
    "<!-- <![CDATA[ ]]> -->",
    "one\ntwo\tthree\r\nfour",
    "$audio {{value}} ${x}",
    "é ع 你 😀",
)
TURNS = Segmentation(
    "c", 10, "v1", (Turn(1, 2, "kind", 0.9), Turn(3, 4, "volwassene", 0.4), Turn(5, 6, "onbekend", 0.1))
)


def parsed(book: Codebook, language: Language = "nl") -> ElementTree.Element:
    return ElementTree.fromstring(render_interface(book, language))  # noqa: S314 - our own XML


def labelled(words: str) -> Codebook:
    """Return the codebook with `words` wherever the interface shows a text."""
    text = {"nl": words, "en": words}

    def change(content: dict[str, Any]) -> None:
        for tier in content["tiers"]:
            tier["label"] = tier["question"] = text
            for entry in [*tier["codes"], *tier["groups"]]:
                entry["label"] = text
            for code in tier["codes"]:
                code["definition"] = text
                code["from_age_months"] = None
        for rating in content["ratings"]:
            rating["label"] = rating["definition"] = text
            rating.update(anchors={}, from_age_months=None, requires=None)

    return changed_book(change)


def labels(start: Any = 1, end: Any = 2, codes: Any = ("kind",), **region: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "labels": codes}
    return {"id": "r", "from_name": "turn", "type": "labels", "value": value, **region}


@pytest.mark.parametrize("method", method_names())
def test_the_interface_beside_a_codebook_is_its_rendering(method: str) -> None:
    for name, language in (("interface.xml", "nl"), ("interface.en.xml", "en")):
        rendered = render_interface(read_method(method), "nl" if language == "nl" else "en")
        same = (FOLDER / method / name).read_text(encoding="utf-8") == rendered
        assert same, f"{name} is not what codebook.yaml says; run: vib codebook render {method}"


@pytest.mark.parametrize("method", method_names())
def test_both_languages_differ_in_words_only(method: str) -> None:
    shapes = [
        [
            (e.tag, {k: v for k, v in e.attrib.items() if k not in SPOKEN or v.startswith("$")})
            for e in parsed(read_method(method), language).iter()
        ]
        for language in LANGUAGES
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("method", method_names())
def test_every_code_and_rating_is_offered_once_and_nothing_else_is(method: str) -> None:
    book = read_method(method)
    root = parsed(book)
    offered = {control.get("name"): control for tag in CONTROLS for control in root.iter(tag)}
    assert set(offered) == {t.id for t in book.tiers} | {r.id for r in book.ratings}
    for tier in book.tiers:
        options = [*offered[tier.id].iter("Label"), *offered[tier.id].iter("Choice")]
        expected = [code.id for code in tier.codes] if tier.fill_from is None else []
        if tier.describes is not None and tier.several:
            expected += [group.id for group in tier.groups]
        assert Counter(o.get("alias") for o in options) == Counter(expected)
        assert tier.fill_from is None or offered[tier.id].get("value") == "$who"
    for rating in book.ratings:
        points = [o.get("alias") for o in offered[rating.id].iter("Choice")]
        assert points == [str(point) for point in range(rating.lowest, rating.highest + 1)]


@pytest.mark.parametrize("method", method_names())
def test_a_key_is_on_the_screen_where_it_does_something_and_nowhere_else(method: str) -> None:
    book = read_method(method)
    root = parsed(book)
    shown = {o.get("alias"): o.get("hotkey") for tag in ("Label", "Choice") for o in root.iter(tag)}
    for tier in book.tiers:
        for code in tier.codes if tier.fill_from is None else ():
            chosen_in_a_menu = tier.describes is not None and tier.several
            assert shown[code.id] == (None if chosen_in_a_menu else code.hotkey)


@pytest.mark.parametrize("method", method_names())
def test_what_is_optional_is_folded_away_and_nothing_else_of_a_turn_is(method: str) -> None:
    book = read_method(method)
    root = parsed(book)
    folded = {e.get("name") for fold in root.iter("Collapse") for e in fold.iter() if e.get("name")}
    optional = {t.id for t in book.describing_tiers if t.optional and t.fill_from is None}
    assert folded == optional | {rating.id for rating in book.ratings}


def test_the_points_of_a_rating_are_words_with_what_is_known_of_them() -> None:
    anchors = {"1": {"nl": "niet te zien", "en": "not seen"}, "3": {"nl": "duidelijk", "en": "clearly"}}
    change = {"lowest": 0, "highest": 3, "anchors": anchors, "from_age_months": 30}
    book = changed_book(lambda content: content["ratings"][0].update(change))
    row = next(e for e in parsed(book).iter("View") if e.get("className") == "vib-rating")
    assert [o.get("value") for o in row.iter("Choice")] == [
        "0 · ertussenin",
        "1 · niet te zien",
        "2 · ertussenin",
        "3 · duidelijk",
    ]
    assert next(row.iter("Header")).get("value") == f"{book.ratings[0].label.nl} (vanaf 2 jaar en 6 maanden)"
    assert any(e.get("value") == "$age" for e in parsed(book).iter("Header"))


@pytest.mark.parametrize("method", method_names())
def test_every_reference_resolves_and_every_name_is_unique(method: str) -> None:
    root = parsed(read_method(method))
    names = Counter(e.get("name") for e in root.iter() if e.get("name"))
    assert set(names.values()) == {1}
    objects = {e.get("name") for tag in ("Video", "Audio") for e in root.iter(tag)}
    for control in (e for tag in CONTROLS for e in root.iter(tag)):
        assert control.get("toName") in objects
    tiers = {e.get("name"): {o.get("alias") for o in e.iter("Label")} for e in root.iter("Labels")}
    per_region = [e for e in root.iter() if e.get("whenTagName") is not None]
    assert {e.get("name") for e in root.iter() if e.get("perRegion")} <= {e.get("name") for e in per_region}
    for element in per_region:
        assert set((element.get("whenLabelValue") or "").split(",")) <= tiers[element.get("whenTagName")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_label_studio_accepts_the_interface_and_our_regions(language: Language) -> None:
    sdk = pytest.importorskip("label_studio_sdk.label_interface")
    interface = sdk.LabelInterface(render_interface(BOOK, language))
    interface.validate()
    told = Observation("turn", "kind", 1, 2, {"reception": "BC.REC.V", "elements": ("BC.1.NAME", "BC.L.LIMIT")})
    for region in results_of(Timeline(10, [told]), BOOK, {"BS.1": 3}):
        assert interface.validate_region(region), region
    for region in predicted_regions(TURNS, render_interface(BOOK, language)):
        assert interface.validate_region(region), region


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words_and_no_markup(words: str) -> None:
    plain, hostile = parsed(labelled("plain")), parsed(labelled(words))
    assert [e.tag for e in hostile.iter()] == [e.tag for e in plain.iter()]
    for one, other in zip(plain.iter(), hostile.iter(), strict=True):
        assert {k: v.replace("plain", words) for k, v in one.attrib.items()} == other.attrib


@settings(calm, max_examples=10)
@given(st.text(max_size=20))
@example("\x00")
@example("\x0b")
@example("\ufffe")
def test_any_label_that_a_codebook_accepts_gives_well_formed_xml(words: str) -> None:
    try:
        book = changed_book(lambda c: c["tiers"][0]["codes"][0].update(label={"nl": words, "en": words}))
    except ValidationError:
        return
    assert next(e.get("value") for e in parsed(book).iter("Label")) == words


@pytest.mark.parametrize("method", method_names())
def test_what_is_coded_with_a_method_is_the_same_after_label_studio(method: str) -> None:
    book = read_method(method)
    points = {r.id: st.none() | st.integers(r.lowest, r.highest) for r in book.ratings}

    @settings(calm, max_examples=15)
    @given(timelines(book), st.fixed_dictionaries({}, optional=points))
    def same(seen: Timeline, ratings: dict[str, float | None]) -> None:
        regions = json.loads(json.dumps(results_of(seen, book, ratings)))
        assert timeline_of(regions, seen.duration) == seen
        assert ratings_of(regions) == {name: value for name, value in ratings.items() if value is not None}
        check_results(regions, controls_of(render_interface(book, "nl")), seen.duration)

    same()


@settings(calm, max_examples=100)
@given(timelines(), st.dictionaries(st.sampled_from([r.id for r in BOOK.ratings]), st.integers(1, 5)))
def test_a_timeline_and_its_ratings_are_the_same_after_label_studio(
    seen: Timeline, ratings: dict[str, float | None]
) -> None:
    regions = json.loads(json.dumps(results_of(seen, BOOK, ratings)))
    assert timeline_of(regions, seen.duration) == seen
    assert ratings_of(regions) == ratings
    assert ratings_of(json.loads(json.dumps(results_of(seen, BOOK, {**ratings, "BS.1": None})))) == {
        name: value for name, value in ratings.items() if name != "BS.1"
    }


def test_a_time_that_passes_the_end_by_rounding_is_the_same_after_label_studio() -> None:
    seen = Timeline(10, [Observation("turn", "kind", 9, 10 + ROUNDING / 2)])
    assert timeline_of(results_of(seen, BOOK), 10) == seen


@calm
@given(timelines(), st.randoms(use_true_random=False))
def test_the_order_of_the_parts_of_a_region_makes_no_difference(seen: Timeline, random: Any) -> None:
    distinct = {(o.start, o.end, o.tier, o.code): o for o in seen}
    seen = Timeline(seen.duration, distinct.values())
    regions = results_of(seen, BOOK)
    random.shuffle(regions)
    assert timeline_of(regions, seen.duration) == seen


def test_a_multi_valued_answer_is_stored_with_the_path_that_leads_to_it() -> None:
    seen = Timeline(10, [Observation("turn", "kind", 1, 2, {"elements": ("BC.1.NAME", "BC.L.LIMIT")})])
    stored = results_of(seen, BOOK)[1]["value"]["taxonomy"]
    assert stored == [["cluster-1", "attuning", "BC.1.NAME"], ["leading", "BC.L.LIMIT"]]


@pytest.mark.parametrize("seen", [Observation("gaze", "x", 1, 2), Observation("turn", "kind", 1, 2, {"gaze": "x"})])
def test_what_the_codebook_has_not_is_not_stored(seen: Observation) -> None:
    with pytest.raises(InputProblem, match="gaze: is not a tier of vib-pleegzorg"):
        results_of(Timeline(10, [seen]), BOOK)


def test_of_several_answers_to_one_question_all_are_read() -> None:
    answers = {"id": "r", "from_name": "mood", "type": "choices", "value": {"choices": ["calm", "glad"]}}
    seen = timeline_of([labels(), answers], 10)
    assert [o.attributes for o in seen] == [{"mood": ("calm", "glad")}]


def test_a_region_that_a_player_let_pass_the_end_is_cut_off_there() -> None:
    seen = timeline_of([labels(9, 10 + END_MARGIN / 2), labels(10.1, 10.2, id="s")], 10)
    assert [(o.start, o.end) for o in seen] == [(9, 10), (10, 10)]
    with pytest.raises(InputProblem):
        timeline_of([labels(9, 10 + END_MARGIN * 2)], 10)


@pytest.mark.parametrize(
    "region",
    [
        labels(start=None),
        labels(start="soon"),
        labels(start=-1),
        labels(end=float("nan")),
        pytest.param(labels(end=10**400), id="a number too large for a float"),
        pytest.param(labels(start=8, end=2), id="ends before it starts"),
        pytest.param(labels(codes="kind"), id="labels that are no list"),
        labels(codes=None),
        labels(value=None),
        {"id": "r", "from_name": "turn", "type": "labels"},
        {"id": "r", "from_name": "elements", "type": "taxonomy", "value": {"taxonomy": [[]]}},
        {"id": [], "from_name": "effect", "type": "choices", "value": {"choices": ["x"]}},
        pytest.param("region", id="no mapping"),
        {},
    ],
)
def test_a_region_that_cannot_be_understood_is_refused(region: Any) -> None:
    with pytest.raises(InputProblem):
        timeline_of([region], 10)


def test_zero_is_a_rating_too() -> None:
    book = changed_book(lambda content: content["ratings"][0].update(lowest=0, highest=10))
    stored = results_of(Timeline(10), book, {"BS.1": 0})
    assert [(region["type"], region["value"]) for region in stored] == [("choices", {"choices": ["0"]})]
    assert ratings_of(stored) == {"BS.1": 0}


def test_stars_and_numbers_of_before_are_still_read() -> None:
    before = [
        {"id": "r", "from_name": "BS.1", "type": "rating", "value": {"rating": 4}},
        {"id": "s", "from_name": "BS.2", "type": "number", "value": {"number": 0}},
    ]
    assert ratings_of(before) == {"BS.1": 4, "BS.2": 0}


def test_a_point_that_was_chosen_over_stars_of_before_is_what_counts() -> None:
    stars = {"id": "r", "from_name": "BS.1", "type": "rating", "value": {"rating": 4}}
    point = {"id": "s", "from_name": "BS.1", "type": "choices", "value": {"choices": ["2"]}}
    both = {"id": "r", "from_name": "BS.1", "type": "rating", "value": {"rating": 4, "choices": ["2"]}}
    assert ratings_of([stars, point]) == ratings_of([point, stars]) == ratings_of([both]) == {"BS.1": 2}


def test_what_is_chosen_for_a_turn_or_is_no_point_is_no_rating() -> None:
    turn = {"id": "r", "from_name": "q", "type": "choices", "value": {"start": 1, "end": 2, "choices": ["4"]}}
    mood = {"id": "s", "from_name": "mood", "type": "choices", "value": {"choices": ["calm"]}}
    taken_back = {"id": "t", "from_name": "BS.1", "type": "choices", "value": {"choices": []}}
    assert ratings_of([turn, mood, taken_back]) == {}


@pytest.mark.parametrize("value", [{}, None, {"rating": "high"}, {"rating": float("nan")}], ids=repr)
def test_a_rating_that_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(InputProblem):
        ratings_of([{"id": "r", "from_name": "BS.1", "type": "rating", "value": value}])


@pytest.mark.parametrize("language", LANGUAGES)
def test_turns_become_regions_of_our_interface_with_their_confidence(language: Language) -> None:
    regions = json.loads(json.dumps(predicted_regions(TURNS, render_interface(BOOK, language))))
    assert [(o.code, o.start, o.end) for o in timeline_of(regions, 10)] == [
        (t.actor, t.start, t.end) for t in TURNS.turns
    ]
    assert [r["score"] for r in regions] == [0.9, 0.4, 0.1]
    assert {r["original_length"] for r in regions} == {10}
    assert len({r["id"] for r in regions}) == 3


def test_turns_fit_a_foreign_interface_as_far_as_it_offers_their_actors() -> None:
    foreign = (
        '<View><Audio name="sound" value="$a"/>'
        '<Labels name="mood" toName="sound"><Label value="blij"/></Labels>'
        '<Labels name="who" toName="sound"><Label value="Child" alias="kind"/><Label value="volwassene"/>'
        '</Labels><Labels name="later" toName="sound"><Label value="kind"/></Labels></View>'
    )
    regions = predicted_regions(TURNS, foreign)
    told = [(r["from_name"], r["to_name"], r["value"]["labels"]) for r in regions]
    assert told == [("who", "sound", ["kind"]), ("who", "sound", ["volwassene"])]


BOMB = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {after} "{f"&{name};" * 10}">' for name, after in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("config", "named"),
    [
        ("", "not valid XML"),
        ("<View>", "not valid XML"),
        (f'{BOMB}]><View><Labels name="&i;"/></View>', "not valid XML"),
        ('<!DOCTYPE v [<!ENTITY x SYSTEM "file:///etc/passwd">]><View>&x;</View>', "not valid XML"),
        ("<View><Label value='kind'/></View>", "no Labels control"),
        ("<a>" * 50_000 + "</a>" * 50_000, "no Labels control"),
    ],
    ids=["nothing", "open", "entity bomb", "external entity", "no control", "deep"],
)
def test_an_interface_that_cannot_have_turns_is_refused_in_both_languages(config: str, named: str) -> None:
    with pytest.raises(InputProblem, match=named) as caught:
        predicted_regions(TURNS, config)
    assert caught.value.message("nl") != caught.value.message("en")
