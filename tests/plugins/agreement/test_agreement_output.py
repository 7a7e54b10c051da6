"""What comes out: JSON, CSV, a table and a page, also for names that mean harm."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO

import pytest

from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.report import Report, compare
from plugins.agreement.plugin import vib_statistics
from plugins.agreement.view.building import view_of
from plugins.agreement.view.clips import MOST_MOMENTS
from plugins.agreement.view.csv import to_csv as csv_of
from plugins.agreement.view.drawing import MOST_BARS, Names, strips
from plugins.agreement.view.html import page as written
from plugins.agreement.view.json import to_json as json_of
from plugins.agreement.view.table import to_table as table_of
from vib.language import LANGUAGES, Language, Text
from vib.observation import Observation, RaterSet, Timeline
from vib.statistic import Estimate, Question, Statistic

Coded = Callable[..., RaterSet]

KEYS = [
    *("measure", "variant", "tier", "rating", "code", "raters", "scope", "value", "se", "ci", "ci_method"),
    *("n_units", "n_raters", "n_clips", "undefined_because", "components"),
]


def to_html(report: Report, language: Language, labels: Mapping[str, Text] | None = None) -> str:
    return written(view_of(report, labels or {}), language)


def to_json(report: Report) -> str:
    return json_of(view_of(report, {}))


def to_csv(report: Report, language: Language) -> str:
    return csv_of(view_of(report, {}), language)


def to_table(report: Report, language: Language, labels: Mapping[str, Text], width: int | None = None) -> str:
    return table_of(view_of(report, labels), language, width)


@pytest.fixture
def clip(coded: Coded) -> RaterSet:
    return coded(40, {"anna": [(0, 10, "k"), (12, 20, "v")], "bram": [(1, 10, "k"), (30, 33, "v")]})


class Reader(HTMLParser):
    """Collects tags, addresses and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "xlink:href", "action")]
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


class TestJson:
    def test_shape(self, clip: RaterSet) -> None:
        content = json.loads(to_json(compare([clip], vib_statistics())))
        assert content["format"] == "vib-agreement/2"
        assert content["raters"] == ["anna", "bram"]
        assert content["clips"] == ["clip"]
        assert len(content["measures"]) == 3 * 5
        for measure in content["measures"]:
            assert list(measure) == KEYS
            assert (measure["value"] is None) == (measure["undefined_because"] is not None)

    def test_undefined_is_null_with_a_reason_in_both_languages(self, coded: Coded) -> None:
        alone = coded(10, {"anna": [(0, 10, "k")], "bram": [(0, 10, "k")]})
        content = json.loads(to_json(compare([alone], vib_statistics(), Choice(measures=("time_unit_kappa",)))))
        whole = content["measures"][0]
        assert whole["value"] is None
        assert set(whole["undefined_because"]) == {"nl", "en"}

    def test_one_clip_is_named(self, clip: RaterSet) -> None:
        content = json.loads(to_json(compare([clip], vib_statistics(), Choice(per_clip=True))))
        assert {m.get("clip") for m in content["measures"]} == {None, "clip"}
        assert {m["scope"] for m in content["measures"] if "clip" in m} == {"clip"}


class TestCsv:
    @pytest.mark.parametrize("name", ["=1+1", "+31", "-2", "@SUM(A1)", "\tx", "\rx"])
    def test_no_cell_of_a_user_is_a_formula(self, coded: Coded, name: str) -> None:
        clip = coded(10, {name: [(0, 5, name)], "zoe": [(0, 5, "k")]}, tier=name, clip=name)
        written = to_csv(compare([clip], vib_statistics(), Choice(per_clip=True)), "en")
        rows = list(csv.DictReader(StringIO(written, newline="")))
        assert {row["tier"] for row in rows} == {f"'{name}"}
        for row in rows:
            for column in ("tier", "code", "raters", "clip", "variant", "components"):
                assert not row[column].startswith(("=", "+", "-", "@", "\t", "\r"))

    def test_negative_figures_stay_numbers(self, coded: Coded) -> None:
        clip = coded(10, {"anna": [(0, 5, "k"), (5, 10, "v")], "bram": [(0, 5, "v"), (5, 10, "k")]})
        rows = csv.DictReader(StringIO(to_csv(compare([clip], vib_statistics()), "nl")))
        values = [float(row["value"]) for row in rows if row["measure"] == "time_unit_kappa" and not row["code"]]
        assert values == [-1.0]


class TestTable:
    def test_time_and_events_side_by_side(self, clip: RaterSet) -> None:
        shown = to_table(compare([clip], vib_statistics()), "nl", {"k": Text(nl="Kind", en="Child")})
        assert "Kind" in shown
        assert "Tijd gelijk" in shown
        assert "Kappa op momenten" in shown

    def test_names_cannot_steer_the_terminal(self, coded: Coded) -> None:
        clip = coded(10, {"anna": [(0, 5, "\x1b[31m[red]")], "bram": [(0, 5, "k")]})
        shown = to_table(compare([clip], vib_statistics()), "en", {})
        assert "\x1b" not in shown
        assert "[red]" in shown


class TestHtml:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_one_file_that_needs_nothing_else(self, clip: RaterSet, language: Language) -> None:
        page = to_html(compare([clip], vib_statistics(), Choice(per_clip=True)), language)
        reader = Reader(page)
        assert "script" not in reader.tags
        assert not {"link", "img", "iframe", "object", "base"} & set(reader.tags)
        assert all(address.startswith("#") for address in reader.addresses)
        assert re.findall(r"https?:|@import|url\((?!#)", page) == []
        assert f'<html lang="{language}">' in page
        assert {"svg", "table", "h1"} <= set(reader.tags)

    def test_marks_lead_to_rows_that_exist(self, clip: RaterSet) -> None:
        page = to_html(compare([clip], vib_statistics()), "en")
        targets = re.findall(r'<a href="#([^"]+)"', page)
        assert targets
        assert all(f'id="{target}"' in page for target in targets)

    def test_what_went_well_comes_first(self, clip: RaterSet) -> None:
        text = Reader(to_html(compare([clip], vib_statistics()), "nl")).text
        assert text.index("Wat de cijfers zeggen") < text.index("Momenten om te bespreken")

    @pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"])
    def test_hostile_names_are_text(self, name: str) -> None:
        seen = [Observation(name, name, 0, 5, {name + "x": name}), Observation(name, name, 6, 6)]
        clip = RaterSet(name, 10, {name: Timeline(10, seen), "bram": Timeline(10, seen[:1])})
        other = {"bram": Timeline(10, [Observation(name, "k", 0, 5)]), name: Timeline(10, seen)}
        report = compare([clip, RaterSet("two", 10, other)], vib_statistics(), Choice(per_clip=True))
        reader = Reader(to_html(report, "nl", {"k": Text(nl=name, en=name)}))
        assert "script" not in reader.tags
        assert "img" not in reader.tags
        assert name in reader.text

    def test_labels_instead_of_ids(self, clip: RaterSet) -> None:
        labels = {"turn": Text(nl="Beurt", en="Turn"), "k": Text(nl="Kind", en="Child")}
        assert "Kind" in Reader(to_html(compare([clip], vib_statistics()), "nl", labels)).text
        assert "Child" in Reader(to_html(compare([clip], vib_statistics()), "en", labels)).text

    def test_who_is_absent_and_who_saw_nothing(self, coded: Coded) -> None:
        one = coded(10, {"anna": [(0, 5, "k")], "bram": []}, clip="one")
        two = coded(10, {"anna": [(0, 5, "k")], "bram": [(0, 5, "k")], "carla": []}, clip="two")
        text = Reader(to_html(compare([one, two], vib_statistics()), "en")).text
        assert "bram watched the clip and coded nothing." in text
        assert "Not coded by: carla." in text

    def test_nothing_coded_at_all(self, coded: Coded) -> None:
        text = Reader(to_html(compare([coded(10, {"anna": [], "bram": []})], vib_statistics()), "en")).text
        assert "Nobody coded anything" in text

    def test_ten_thousand_observations_stay_readable(self) -> None:
        def seen(shift: float) -> Timeline:
            return Timeline(
                12_000, [Observation("turn", "kv"[n % 2], n + shift, n + shift + 0.5) for n in range(10_000)]
            )

        clip = RaterSet("long", 12_000, {"anna": seen(0), "bram": seen(0.5)})
        page = to_html(compare([clip], vib_statistics()), "en")
        assert len(page) < 2_000_000
        assert page.count('<tr id="d1-') == MOST_MOMENTS
        assert f"{20_000 - MOST_MOMENTS} more differences are not on this page" in page

    def test_touching_bars_become_one_when_there_are_too_many(self) -> None:
        seen = [Observation("turn", "k", n * 0.01, n * 0.01 + 0.009) for n in range(4 * MOST_BARS)]
        clip = RaterSet("clip", 60, {"anna": Timeline(60, seen)})
        names = Names(str, str, lambda rater, o: rater, {"k": 0})
        (strip,) = strips(clip, ["anna"], ["turn"], [], names)
        assert len(strip.bands[0].rows[0].bars) < MOST_BARS


def test_a_statistic_of_another_plugin_is_shown_everywhere(clip: RaterSet) -> None:
    def longest(question: Question) -> Estimate:
        return Estimate("seconds", max(c.duration for c in question.clips), 1, 2)

    offered = Statistic("longest_clip", Text(nl="Langste", en="Longest"), "time", "definition", longest)
    report = compare([clip], [*vib_statistics(), offered])
    assert "longest_clip" in to_json(report)
    assert "longest_clip" in to_csv(report, "en")
    assert "40.00" in to_table(report, "en", {})
    assert "Longest" in Reader(to_html(report, "en")).text


class TestMoreThanPairs:
    @pytest.fixture
    def rated(self, coded: Coded) -> list[RaterSet]:
        raters = {name: [(0, 10, "k"), (12, 20, "v")] for name in ("anna", "bram", "carla")}
        clips = [coded(40, raters, clip=f"c{n}") for n in range(3)]
        given = [("anna", 5.0, 3.0, 7.0), ("bram", 6.0, 3.0, 8.0), ("carla", 5.0, 2.0, 7.0)]
        return [
            replace(clip, ratings={name: {"sensitiviteit": values[n]} for name, *values in given})
            for n, clip in enumerate(clips)
        ]

    def test_ratings_and_figures_of_all_raters_have_a_table_of_their_own(self, rated: list[RaterSet]) -> None:
        report = compare(rated, vib_statistics(), Choice(pass_mark=0.6))
        shown = to_table(report, "en", {}, 200)
        assert "ICC(A,1)" in shown
        assert "sensitiviteit" in shown
        assert "the true value is 0.60 or higher" in shown
        page = Reader(to_html(report, "nl")).text
        assert page.index("Alle maten") < page.index("ICC(A,1)") < page.index("De clips naast elkaar")
        assert "de grens van 0,60" in page

    def test_gamma_says_nothing_of_a_pass_mark_as_its_interval_is_about_chance_samples(
        self, rated: list[RaterSet]
    ) -> None:
        named = Choice(measures=("gamma", "u_alpha"), pass_mark=0.6, tier="turn")
        clips = [replace(rated[0], timelines={**rated[0].timelines, "carla": Timeline(40)}), *rated[1:]]
        chances = {r.measure: r.reaches for r in compare(clips, vib_statistics(), named).results if r.code is None}
        assert chances["gamma"] is None
        assert chances["u_alpha"] is not None

    def test_every_row_says_about_what_and_of_whom_it_is(self, rated: list[RaterSet]) -> None:
        content = json.loads(to_json(compare(rated, vib_statistics(), Choice(pass_mark=0.6))))
        about = {(m["measure"], m["rating"], m["tier"], m["scope"]) for m in content["measures"]}
        assert ("icc_a_1", "sensitiviteit", None, "all") in about
        assert ("event_kappa", None, "turn", "pair") in about
        for measure in content["measures"]:
            assert set(measure["pass_mark"]) == {"at", "probability"}

    def test_clips_are_drawn_again_for_an_interval_the_same_way_each_time(self, coded: Coded) -> None:
        clips = [
            coded(40, {"anna": [(0, 10, "k"), (12, 20, "v")], "bram": [(n, 10, "k"), (12, 20 + n, "v")]}, clip=f"c{n}")
            for n in range(4)
        ]
        first, again, other = (to_json(compare(clips, vib_statistics(), Choice(seed=seed))) for seed in (1, 1, 2))
        assert first == again != other
        (kappa,) = [m for m in json.loads(first)["measures"] if (m["measure"], m["code"]) == ("time_unit_kappa", None)]
        assert kappa["ci"][0] < kappa["value"] < kappa["ci"][1]
        assert "4 clips" in kappa["ci_method"]
        none = json.loads(to_json(compare(clips, vib_statistics(), Choice(bootstrap=0))))
        assert {m["ci"] for m in none["measures"]} == {None}
        alone = json.loads(to_json(compare(clips[1:2], vib_statistics())))
        assert {m["ci"] for m in alone["measures"]} == {None}
        assert (
            "fewer than 3 clips cannot be drawn again"
            in {m["ci_method"] for m in alone["measures"] if m["value"] is not None}.pop()
        )
