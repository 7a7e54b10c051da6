"""Whatever is read: figures that can be, or a reason; and never a traceback."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.agreement.comparing.beside import beside
from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.report import Report, Result, compare
from plugins.agreement.measures.catalogue import STATISTICS
from plugins.agreement.reading.files import is_label_studio, read_clips
from plugins.agreement.reading.folder import read_folder
from plugins.agreement.view import side_by_side
from plugins.agreement.view.building import view_of
from plugins.agreement.view.csv import to_csv
from plugins.agreement.view.html import page
from plugins.agreement.view.json import to_json
from plugins.agreement.view.table import to_table
from tests.plugins.agreement.mutated import Mutated, mutated, written
from vib.language import LANGUAGES
from vib.observation import Observation, RaterSet, RatingValue, Timeline
from vib.problem import InputProblem
from vib.statistic import Statistic

ALL = tuple(statistic.name for statistic in STATISTICS)
BY_NAME: dict[str, Statistic] = {statistic.name: statistic for statistic in STATISTICS}

HIGHEST = {"share": 1.0, "coefficient": 1.0}
LOWEST = {"share": 0.0}

HAIR = 1e-9

NO_INTERVAL = ("fewer than 3 clips cannot", "too few clips", "the same in every draw")
"""Why there is no interval; anything else after `none:` is a mistake of ours."""


def wrong_with(result: Result) -> str | None:
    """Return what is wrong with a figure that no statistic may get wrong, if so."""
    e, statistic = result.estimate, BY_NAME[result.measure]
    if (e.value is None) == (e.undefined_because is None):
        return "value and reason"
    if e.undefined_because is not None and "this statistic failed" in e.undefined_because.en:
        return e.undefined_because.en
    if (
        e.ci_method is not None
        and e.ci_method.startswith("none:")
        and not any(why in e.ci_method for why in NO_INTERVAL)
    ):
        return e.ci_method
    numbers = [number for number in (e.value, e.se, *(e.ci or ())) if number is not None]
    if not all(map(math.isfinite, numbers)):
        return "not a number"
    if e.ci is not None:
        if e.value is None:
            return "an interval without a value"
        if not e.ci[0] - HAIR <= e.value <= e.ci[1] + HAIR:
            return f"{e.value} is not in its interval {e.ci}"
    low, high = LOWEST.get(statistic.measured_in, -math.inf), HIGHEST.get(statistic.measured_in, math.inf)
    if any(
        not low - HAIR <= number <= high + HAIR for number in (*((e.value,) * (e.value is not None)), *(e.ci or ()))
    ):
        return f"{e.value} {e.ci} of a {statistic.measured_in}"
    if result.reaches is not None and not 0 <= result.reaches <= 1:
        return f"{result.reaches} is no probability"
    return None


def mistakes(results: Iterable[Result]) -> list[tuple[str, str | None, tuple[str, ...], str]]:
    return [(r.measure, r.code, r.raters, wrong) for r in results if (wrong := wrong_with(r)) is not None]


def in_one_line(problem: InputProblem) -> None:
    assert all(problem.message(language) and "\n" not in problem.message(language) for language in LANGUAGES)


def shown(report: Report, *, html: bool) -> None:
    """Write a report in every form, or as many as are asked for."""
    view = view_of(report, {})
    json.loads(to_json(view), parse_constant=pytest.fail)
    assert to_csv(view, "nl")
    assert to_table(view, "en", 80)
    if html:
        assert page(view, "nl").rstrip().endswith("</html>")


def read_and_compared(folder: Path, file: Mutated, *, measures: tuple[str, ...], html: bool) -> str:
    """Take a file the way of the command, and return how far it came."""
    path, interface = written(folder, file)
    try:
        export = is_label_studio(path)
        clips = read_clips(path, str(interface) if export else None)
    except InputProblem as problem:
        in_one_line(problem)
        return "refused"
    raters = sorted({rater for clip in clips for rater in (*clip.timelines, *clip.ratings)})
    reference = raters[0] if raters else None
    try:
        report = compare(clips, STATISTICS, Choice(measures=measures, reference=reference, bootstrap=50, pass_mark=0.6))
    except InputProblem as problem:
        in_one_line(problem)
        return "not compared"
    assert mistakes(report.results) == []
    shown(report, html=html)
    changes = beside(clips, clips, STATISTICS, Choice(measures=measures, reference=reference, bootstrap=50))
    json.loads(side_by_side.to_json(changes), parse_constant=pytest.fail)
    return "compared"


def tried(folder: Path, seeds: Iterable[int], *, measures: tuple[str, ...], html: bool) -> list[str]:
    ends = []
    for seed in seeds:
        try:
            ends.append(read_and_compared(folder, mutated(seed), measures=measures, html=html))
        except Exception as error:
            raise AssertionError(f"seed {seed}: {mutated(seed).name}: {error!r}") from error
    return ends


QUICK = ("time_unit_kappa", "event_kappa", "u_alpha", "event_precision", "krippendorff_alpha", "within_tolerance")


def test_no_file_brings_the_command_down(tmp_path: Path) -> None:
    ends = tried(tmp_path, range(40), measures=QUICK, html=False)
    assert {"refused", "compared"} <= set(ends)


@pytest.mark.nightly
def test_no_file_brings_any_statistic_or_form_down(tmp_path: Path) -> None:
    ends = tried(tmp_path, range(1_000, 1_600), measures=ALL, html=True)
    assert min(ends.count(end) for end in ("refused", "compared")) > 60


def test_a_folder_of_any_files_is_read_or_refused(tmp_path: Path) -> None:
    for start in range(0, 60, 6):
        folder = tmp_path / str(start)
        folder.mkdir()
        for seed in range(start, start + 6):
            file = mutated(seed)
            written(folder, file._replace(name=f"{seed}-{file.name}"))
        try:
            found = read_folder(folder, str(folder / "interface.xml"))
        except InputProblem as problem:
            in_one_line(problem)
        else:
            assert len(found.clips[0].noticed) >= len(found.left_out)


tenths = st.integers(0, 200).map(lambda tenth: tenth / 10)
rows = st.lists(st.tuples(tenths, st.sampled_from([0.0, 0.02, 0.5, 3.0]), st.sampled_from("ab")), max_size=5)
answers: st.SearchStrategy[RatingValue] = st.one_of(st.none(), st.integers(1, 5).map(float))


@st.composite
def clips_of_three(draw: st.DrawFn) -> list[RaterSet]:
    """One to four clips of up to three raters, who code and rate some of them."""
    made = []
    for number in range(draw(st.integers(1, 4))):
        coders = draw(st.lists(st.sampled_from(["anna", "bram", "ref"]), unique=True, max_size=3))
        timelines = {
            rater: Timeline(24, [Observation("turn", code, start, start + long) for start, long, code in draw(rows)])
            for rater in coders
        }
        ratings = {rater: {"warmth": draw(answers)} for rater in ("anna", "bram", "ref") if draw(st.booleans())}
        made.append(RaterSet(f"c{number}", 24, timelines, ratings))
    return made


@settings(deadline=None, max_examples=6)
@given(clips_of_three(), st.sampled_from([None, 0.5, 2.0]), st.booleans())
def test_every_figure_has_a_value_or_a_reason_and_an_interval_where_it_can_be(
    clips: list[RaterSet], tolerance: float | None, per_clip: bool
) -> None:
    _every_figure_is_right(clips, tolerance, per_clip)


@pytest.mark.nightly
@settings(deadline=None, max_examples=400)
@given(clips_of_three(), st.sampled_from([None, 0.5, 2.0]), st.booleans())
def test_every_figure_of_many_more_inputs_has_a_value_or_a_reason(
    clips: list[RaterSet], tolerance: float | None, per_clip: bool
) -> None:
    _every_figure_is_right(clips, tolerance, per_clip)


def _every_figure_is_right(clips: list[RaterSet], tolerance: float | None, per_clip: bool) -> None:
    there = {rater for clip in clips for rater in (*clip.timelines, *clip.ratings)}
    choice = Choice(measures=ALL, reference="ref", bootstrap=50, tolerance=tolerance, per_clip=per_clip, pass_mark=0.6)
    if not {"ref"} < there:
        with pytest.raises(InputProblem):
            compare(clips, STATISTICS, choice)
        return
    assert mistakes(compare(clips, STATISTICS, choice).results) == []
