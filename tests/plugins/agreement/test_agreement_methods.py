"""Two raters who coded with any installed method are compared, tier by tier and rating by rating."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.report import compare
from plugins.agreement.plugin import vib_statistics
from plugins.agreement.view.building import view_of
from plugins.agreement.view.json import to_json
from tests.plugins.agreement.two_raters import example
from vib.codebook import Codebook
from vib.methods import method_names, read_method
from vib.observations_file import observations_content
from vib.pluginhost import PluginHost

MEASURES = ("time_unit_percent", "event_kappa", "percent_agreement")


def check(report: dict[str, Any], book: Codebook) -> None:
    """Check that there is a figure of all that is for comparing, and that it is said what is left out."""
    figures: dict[str, list[object]] = {}
    for one in report["measures"]:
        if one["code"] is None:
            figures.setdefault(one["tier"] or one["rating"], []).append(one["value"])
    compared = {tier.id for tier in book.tiers if tier.agreement}
    assert set(figures) == compared | {rating.id for rating in book.ratings}
    for name, values in figures.items():
        assert any(value is not None for value in values), name
    said = " ".join(note["en"] for note in report["notes"])
    for tier in book.tiers:
        if not tier.agreement:
            assert tier.id in said
        elif tier.optional:
            assert f"{tier.label.en} may stay empty" in said


@pytest.mark.parametrize("method", method_names())
def test_two_raters_of_every_method_are_compared_in_all_that_is_for_comparing(method: str) -> None:
    book = read_method(method)
    choice = Choice(measures=MEASURES, bootstrap=0)
    report = compare([example(book)], vib_statistics(), choice, codebooks={method: book})
    check(json.loads(to_json(view_of(report, {}))), book)


@pytest.mark.parametrize(
    "method",
    [pytest.param(name, marks=[] if name == "vib-pleegzorg" else pytest.mark.nightly) for name in method_names()],
)
def test_the_command_compares_a_file_of_every_method(method: str, tmp_path: Path) -> None:
    app, host = typer.Typer(), PluginHost(only=["agreement"])
    host.hook.vib_commands(app=app, host=host)
    book, file = read_method(method), tmp_path / "codes.json"
    file.write_text(json.dumps(observations_content([example(book, seed) for seed in (1, 2)])), encoding="utf-8")
    run = CliRunner().invoke(app, [str(file), "--json", "--bootstrap", "50"], catch_exceptions=False)
    assert run.exit_code == 0
    check(json.loads(run.stdout), book)
