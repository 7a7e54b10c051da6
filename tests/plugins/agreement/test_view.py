"""A report as one view: what to look at first is on its first screen, in every form that it is written in."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest

from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.report import compare
from plugins.agreement.plugin import vib_statistics
from plugins.agreement.view.building import view_of
from plugins.agreement.view.csv import to_csv
from plugins.agreement.view.html import NoLinks, Within, fragment, page
from plugins.agreement.view.json import to_json
from plugins.agreement.view.model import View
from plugins.agreement.view.pdf import NoPango, _refuse, to_pdf
from plugins.agreement.view.table import to_table
from vib.language import LANGUAGES, Language, Text
from vib.observation import Observation, RaterSet, Timeline
from vib.observations_file import read_observations
from vib.statistic import Estimate, Question, Statistic

WEAK = Path(__file__).parent / "cases" / "50_weak_rater_illdefined_code.json"

FIRST_SCREEN = 30
"""Lines of a terminal that nobody has to scroll."""


class Spoken(HTMLParser):
    """The text of a page, and the names of all attributes in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.attributes: set[str] = set()
        self.inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes |= {name for name, _ in attrs}
        self.inside.append(tag)

    def handle_data(self, data: str) -> None:
        if not self.inside or self.inside[-1] != "style":
            self.said.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.said).split())


@pytest.fixture(scope="module")
def weak() -> View:
    return view_of(compare(read_observations(WEAK), vib_statistics(), Choice(bootstrap=200)), {})


def alike(raters: int) -> list[RaterSet]:
    seen = [Observation("t", "AB"[n % 2], 3 * n, 3 * n + 2) for n in range(12)]
    return [RaterSet(f"c{n}", 40, {f"r{m}": Timeline(40, seen) for m in range(raters)}) for n in range(4)]


def test_the_code_and_the_rater_that_differ_are_the_first_things_to_do(weak: View) -> None:
    assert [(todo.kind, todo.code, todo.rater) for todo in weak.todo] == [("code", "C", None), ("rater", None, "r6")]
    assert next(one.name.id for one in weak.orders[0].codes) == "C"
    assert next(one.name.id for one in weak.orders[0].raters) == "r6"


@pytest.mark.parametrize(
    ("language", "code", "rater"),
    [
        ("nl", "“C” (t): hier verschillen alle beoordelaars", "r6 verschilt van de anderen"),
        ("en", "“C” (t): all raters differ here", "r6 differs from the others"),
    ],
)
def test_they_stand_on_the_first_screen_of_table_and_page(
    weak: View, language: Language, code: str, rater: str
) -> None:
    table = " ".join(" ".join(to_table(weak, language).splitlines()[:FIRST_SCREEN]).split())
    assert code in table
    assert rater in table
    for shown in (page(weak, language), fragment(weak, language, NoLinks())):
        first = Spoken(shown.partition('class="orders"')[0]).text
        assert code in first
        assert rater in first


def test_with_all_alike_nobody_is_named() -> None:
    view = view_of(compare(alike(6), vib_statistics(), Choice(bootstrap=200)), {})
    assert view.todo == ()
    assert "No rater, code" not in to_table(view, "en")
    assert "No code, rater or clip clearly differs" in to_table(view, "en")
    assert 'class="look"' not in page(view, "en")


def test_where_it_cannot_be_said_whether_somebody_differs_that_is_said() -> None:
    of_two = compare(alike(6)[:2], vib_statistics(), Choice(bootstrap=200))
    without = compare(alike(6), vib_statistics(), Choice(bootstrap=0))
    for report, said in ((of_two, "Too few clips"), (without, "Without intervals")):
        view = view_of(report, {})
        for shown in (to_table(view, "en"), page(view, "en")):
            assert said in shown
            assert "clearly differs from the others" not in shown


def test_whoever_differs_is_first_in_the_matrix(weak: View) -> None:
    assert {matrix.raters[0] for matrix in weak.matrices} == {"r6"}
    assert [matrix.statistic.name for matrix in weak.matrices] == ["event_kappa", "time_unit_kappa"]
    assert all(len(matrix.figures) == 21 for matrix in weak.matrices)


def test_what_two_called_the_same_moment_is_counted_once(coded: Callable[..., RaterSet]) -> None:
    clip = coded(40, {"anna": [(0, 10, "k"), (12, 20, "v")], "bram": [(1, 10, "k"), (12, 20, "k"), (30, 33, "v")]})
    (confusion,) = view_of(compare([clip], vib_statistics()), {}).confusions
    assert [code.id for code in confusion.codes] == ["k", "v"]
    assert confusion.counts == ((1, 0, 0), (1, 0, 0), (0, 1, 0))


def test_with_a_reference_each_rater_has_a_confusion_matrix_with_it(weak: View) -> None:
    report = compare(read_observations(WEAK)[:2], vib_statistics(), Choice(bootstrap=0, reference="expert"))
    view = view_of(report, {}, with_clips=False)
    assert [confusion.raters for confusion in view.confusions] == [("expert", f"r{n}") for n in range(1, 7)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_of_a_page_has_no_style_and_no_script_of_its_own(weak: View, language: Language) -> None:
    shown = fragment(weak, language, NoLinks())
    spoken = Spoken(shown)
    assert "style" not in spoken.attributes
    assert not [name for name in spoken.attributes if name.startswith("on")]
    assert not re.search(r"<(script|style|link|img)\b", shown)


def test_every_name_of_an_element_is_there_once(weak: View) -> None:
    names = re.findall(r'\bid="([^"]+)"', page(weak, "en"))
    assert sorted(set(names)) == sorted(names)
    wanted = re.findall(r'(?:popovertarget|aria-labelledby)="([^"]+)"', page(weak, "en"))
    assert set(wanted) <= set(names)


def longest(question: Question) -> Estimate:
    return Estimate("seconds", max(clip.duration for clip in question.clips), 1, len(question.raters))


OF_ANOTHER = Statistic("longest_clip", Text(nl="Langste clip", en="Longest clip"), "event", "own definition", longest)


@pytest.mark.parametrize("raters", [2, 4])
def test_a_statistic_of_another_plugin_is_in_every_form(raters: int) -> None:
    view = view_of(compare(alike(raters), [*vib_statistics(), OF_ANOTHER], Choice(bootstrap=0)), {})
    assert "Langste clip" in to_table(view, "nl")
    for shown in (page(view, "nl"), fragment(view, "nl", NoLinks()), page(view, "nl", medium="paper")):
        text = Spoken(shown).text
        assert "Langste clip" in text
        assert "40,00" in text
        assert "own definition" in text
    content = json.loads(to_json(view))
    assert "longest_clip" in {row["measure"] for row in content["measures"]}
    assert "longest_clip" in {row["measure"] for row in content["statistics"]}
    assert "longest_clip" in {row["measure"] for row in csv.DictReader(StringIO(to_csv(view, "nl")))}
    assert to_pdf(view, "nl").startswith(b"%PDF-")


def test_without_pango_only_the_pdf_is_refused_and_says_what_to_install(
    weak: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As WeasyPrint does where the system's library is not there.
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    with pytest.raises(NoPango, match="apt install libpango"):
        to_pdf(weak, "en")
    assert page(weak, "en")


def test_nothing_is_fetched_for_a_pdf() -> None:
    with pytest.raises(ValueError, match="nothing is fetched"):
        _refuse("https://example.org/font.woff")


def test_moments_of_an_attribute_can_be_gone_to_in_the_file() -> None:
    def seen(kind: str) -> Timeline:
        return Timeline(30, [Observation("t", "A", 3 * n, 3 * n + 2, {"kind": kind}) for n in range(8)])

    clips = [RaterSet(f"c{n}", 30, {"anna": seen("x"), "bram": seen("y")}) for n in range(2)]
    view = view_of(compare(clips, vib_statistics(), Choice(bootstrap=0)), {})
    assert Within(view).moments(tier="kind", code="x") == "#clip-1"
    assert Within(view).moments(tier="kind", clip="c1") == "#clip-2"
    assert Within(view).moments(tier="t") is None


def test_many_raters_fit_on_paper_by_numbers_and_their_pairs_are_drawn_as_a_range() -> None:
    view = view_of(compare(alike(12)[:2], vib_statistics(), Choice(bootstrap=0)), {}, with_clips=False)
    printed, shown = page(view, "en", medium="paper"), page(view, "en")
    assert 'class="matrix numbered"' in printed
    assert 'class="matrix numbered"' not in shown
    assert "<b>" in shown
    assert shown.count("<use") < len(view.raters) * 5


def test_instants_that_the_figures_link_are_the_same_moment_in_the_table_of_two_raters_too() -> None:
    anna, bram = (Timeline(20, [Observation("turn", "kind", at, at)]) for at in (5, 6))
    clips = [RaterSet("clip", 20, {"anna": anna, "bram": bram})]
    for tolerance, counts in ((2.0, ((1, 0), (0, 0))), (None, ((0, 1), (1, 0)))):
        view = view_of(compare(clips, vib_statistics(), Choice(bootstrap=0, tolerance=tolerance)), {})
        [confusion] = view.confusions
        assert confusion.counts == counts
