"""A statistic of a plugin that fails has its reason in its own row, in every format; the other figures stand."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.report import Report, compare
from plugins.agreement.measures.catalogue import STATISTICS
from plugins.agreement.plugin import vib_commands
from plugins.agreement.view.building import view_of
from plugins.agreement.view.csv import to_csv
from plugins.agreement.view.html import page
from plugins.agreement.view.json import to_json
from plugins.agreement.view.pdf import to_pdf
from plugins.agreement.view.table import to_table
from vib.hookspecs import hookimpl
from vib.language import LANGUAGES, Text
from vib.observation import Observation, RaterSet, Timeline
from vib.pluginhost import PluginHost
from vib.statistic import Additive, Estimate, Question, Statistic

BUILT_IN = [s for s in STATISTICS if s.name in ("time_unit_percent", "time_unit_kappa", "event_kappa", "fleiss_kappa")]
LABEL = Text(nl="Tempo samen", en="Tempo together")


def coded(*starts: float) -> Timeline:
    return Timeline(
        20, [Observation("turn", code, start, start + 3) for code, start in zip("abab", starts, strict=False)]
    )


CLIPS = [
    RaterSet("one", 20, {"anna": coded(0, 5, 10), "bram": coded(0, 6, 10), "carla": coded(1, 5, 9)}),
    RaterSet("two", 20, {"anna": coded(1, 6), "bram": coded(1, 7)}),
    RaterSet("three", 20, {"bram": coded(2, 8, 14), "carla": coded(2, 9, 15)}),
]


def own(calculate: Callable[[Question], Any], **fields: Any) -> Statistic:
    return Statistic(
        **{"name": "tempo", "label": LABEL, "basis": "event", "source": "own", "calculate": calculate, **fields}
    )


def trusting(question: Question) -> Estimate:
    """Trust that every clip of the question has all that it compares."""
    first, second = question.raters
    share = [len(clip.timelines[first]) == len(clip.timelines[second]) for clip in question.clips]
    return Estimate("share of clips", sum(share) / len(share), len(share), 2)


def fails(question: Question) -> Estimate:
    raise KeyError("carla")


def report(statistic: Statistic, choice: Choice | None = None) -> Report:
    return compare(CLIPS, [*BUILT_IN, statistic], choice or Choice(bootstrap=50))


def others(found: Report) -> list[object]:
    return [result for result in found.results if result.measure != "tempo"]


def test_a_question_about_two_raters_has_the_clips_that_both_coded() -> None:
    asked: list[tuple[tuple[str, ...], list[str]]] = []

    def note(question: Question) -> Estimate:
        asked.append((question.raters, [clip.clip for clip in question.clips]))
        return trusting(question)

    found = report(own(note), Choice(measures=("tempo",), tier="turn", bootstrap=50))
    assert dict(asked) == {
        ("anna", "bram"): ["one", "two"],
        ("anna", "carla"): ["one"],
        ("bram", "carla"): ["one", "three"],
    }
    assert all(r.estimate.value is not None for r in found.results if r.measure == "tempo")


def test_a_question_about_all_raters_has_every_clip_that_two_of_them_coded() -> None:
    asked = []

    def note(question: Question) -> Estimate:
        asked.append([clip.clip for clip in question.clips])
        return Estimate("", 1.0, 1, 3)

    report(own(note, raters="many"), Choice(measures=("tempo",), tier="turn", bootstrap=50))
    assert {tuple(clips) for clips in asked} == {("one", "three", "two")}


@pytest.mark.parametrize("basis", ["time", "event", "unit", "unitizing", "sequence"])
@pytest.mark.parametrize(
    "calculate", [fails, lambda question: 1 / 0, lambda question: None], ids=["key", "zero", "none"]
)
def test_what_a_statistic_raises_is_the_reason_in_its_row_and_the_others_stand(basis: Any, calculate: Any) -> None:
    host = PluginHost(only=())
    host.add("tempo", SimpleNamespace(vib_statistics=hookimpl(lambda: [own(calculate, basis=basis)])))
    [[statistic]] = host.hook.vib_statistics()
    found = report(statistic)
    rows = [result.estimate for result in found.results if result.measure == "tempo"]
    assert rows or basis == "unit"
    assert all(row.value is None and "this statistic failed" in str(row.undefined_because) for row in rows)
    assert others(found) == others(report(own(trusting, basis=basis)))
    assert [(one.plugin, one.hook) for one in host.failures.listed()] == [("tempo", "vib_statistics")] * bool(rows)


@pytest.mark.parametrize(
    "additive",
    [
        fails,
        lambda question: Additive(np.ones((len(question.clips), 1)), lambda sums: 1 / 0),  # type: ignore[arg-type, return-value]
        lambda question: Additive(np.ones((7, 2)), lambda sums: sums),
    ],
)
def test_a_statistic_whose_interval_fails_keeps_its_value_and_says_so(additive: Any) -> None:
    found = report(own(trusting, additive=additive))
    rows = [result.estimate for result in found.results if result.measure == "tempo"]
    assert all(row.value is not None and row.ci is None for row in rows)
    assert all((row.ci_method or "").startswith("none: ") for row in rows)


FORMATS: dict[str, Callable[[Report, Any], str]] = {
    "table": lambda found, language: to_table(view_of(found, {}), language),
    "json": lambda found, language: to_json(view_of(found, {})),
    "csv": lambda found, language: to_csv(view_of(found, {}), language),
    "html": lambda found, language: page(view_of(found, {}), language),
}


def as_pdf(found: Report, language: Any) -> str:
    return to_pdf(view_of(found, {}, title="spring"), language).decode("latin-1")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", sorted(FORMATS))
@pytest.mark.parametrize("raters", ["two", "many"])
@pytest.mark.parametrize("per_code", [True, False])
def test_every_format_has_the_reason(form: str, language: Any, raters: Any, per_code: bool) -> None:
    found = report(own(fails, raters=raters, per_code=per_code), Choice(bootstrap=50, per_clip=True))
    written = FORMATS[form](found, language)
    assert "KeyError" in written
    assert "carla" in written


@pytest.mark.parametrize("basis", ["time", "event"])
@pytest.mark.parametrize("form", [*sorted(FORMATS), "pdf"])
def test_every_format_takes_a_statistic_that_is_not_asked_about_codes(form: str, basis: Any) -> None:
    found = report(own(trusting, basis=basis, per_code=False), Choice(bootstrap=50, per_clip=True))
    write = as_pdf if form == "pdf" else FORMATS[form]
    assert write(found, "nl")
    if form == "json":
        rows = [row for row in json.loads(write(found, "nl"))["measures"] if row["measure"] == "tempo"]
        assert rows
        assert {row["code"] for row in rows} == {None}
    if form == "csv":
        assert sum(row["measure"] == "tempo" for row in csv.DictReader(StringIO(write(found, "nl")))) == len(
            [r for r in found.results if r.measure == "tempo"]
        )


def test_the_pdf_is_written_with_a_statistic_that_fails() -> None:
    assert as_pdf(report(own(fails, per_code=False)), "en").startswith("%PDF")


def test_the_command_has_the_figures_of_others(tmp_path: Path) -> None:
    app = typer.Typer(pretty_exceptions_enable=False)

    @app.callback()
    def main() -> None:
        """Make `agreement` a subcommand."""

    host = PluginHost(only=["agreement"])
    host.add("tempo", SimpleNamespace(vib_statistics=hookimpl(lambda: [own(fails)])))
    vib_commands(app, host)
    done = CliRunner().invoke(app, ["agreement", "plugins/agreement/example.json", "--language", "en"])
    assert done.exit_code == 0, done.output
    assert "0.80" in done.output
    assert "this statistic failed: KeyError: 'carla'" in " ".join(done.output.split())
