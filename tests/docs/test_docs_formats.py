"""Every statistic, format, column and field is documented, and no other is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import pytest
from pydantic import BaseModel

from plugins.agreement.comparing.report import compare
from plugins.agreement.view.building import view_of
from plugins.agreement.view.csv import COLUMNS as AGREEMENT_COLUMNS
from plugins.agreement.view.json import to_json
from tests.docs.pages import (
    ROOT,
    blocks,
    read,
    rows,
    sections,
)
from vib import family, observations_file, recordings, rules
from vib.codebook import book, entry, rule, source, tier
from vib.derived.catalogue import CALCULATIONS
from vib.made_with import MadeWith
from vib.pluginhost import PluginHost
from vib.segmenting import Segmentation, Turn
from vib.spreadsheet import LONG_CSV, MADE_WITH


def test_every_statistic_is_documented_and_no_other_is() -> None:
    offered = {s.name: s for offer in PluginHost().hook.vib_statistics() for s in offer}
    said = sections(read("reference/statistics.md"))
    assert set(said) == {f"`{name}`" for name in offered}
    for name, statistic in offered.items():
        text = said[f"`{name}`"]
        assert f"**{statistic.label.en}.** Basis: {statistic.basis}." in text
        assert "Undefined:" in text
        cited = set(re.findall(r"<https://doi.org/([^>]+)>", text))
        assert cited <= set(re.findall(r"doi ([^\s;,]+)", statistic.source))
        assert cited or "doi" not in statistic.source


def test_every_export_format_is_documented_and_no_other_is() -> None:
    offered = {f.name for offer in PluginHost().hook.vib_export_formats() for f in offer}
    assert set(rows(sections(read("reference/formats.md"))["Exports"].partition("###")[0])) == offered


def test_every_column_is_documented_and_no_other_is() -> None:
    said = sections(read("reference/formats.md"))
    assert set(rows(said["Exports"].partition("### CSV")[2])) == {*LONG_CSV, *MADE_WITH}
    assert set(rows(said["Agreement"])) == set(AGREEMENT_COLUMNS)


def test_the_example_of_agreement_has_the_fields_that_are_written() -> None:
    clips = observations_file.read_observations(ROOT / "plugins/agreement/example.json")
    statistics = [s for offer in PluginHost().hook.vib_statistics() for s in offer]
    written = json.loads(to_json(view_of(compare(clips, statistics), {})))
    shown = next(json.loads(code) for _, code in blocks(sections(read("reference/formats.md"))["Agreement"]))
    assert (shown["format"], set(shown)) == (written["format"], set(written))
    assert list(shown["measures"][0]) == list(written["measures"][0])
    same = next(m for m in written["measures"] if m["measure"] == shown["measures"][0]["measure"])
    assert set(shown["measures"][0]["components"]) == set(same["components"])


def fields_of(*models: type[BaseModel]) -> set[str]:
    """Return the fields of models, by the names that they have in files."""
    fields = [field for model in models for field in model.model_fields.items()]
    return {str(field.validation_alias or name) for name, field in fields}


def last_names(table: Iterable[str]) -> set[str]:
    """Return the name of each field without the path that leads to it."""
    return {name.rpartition(".")[2] for name in table}


@pytest.mark.parametrize(
    ("heading", "models"),
    [
        ("family.yaml", (family.Family, family.Member, family.Consent, family.ClipEntry)),
        ("Practice set", (family.Practice,)),
        (
            "Observations file",
            (observations_file._File, observations_file._Clip, observations_file._Observation, MadeWith),
        ),
    ],
)
def test_every_field_of_a_format_is_documented_and_no_other_is(
    heading: str, models: tuple[type[BaseModel], ...]
) -> None:
    table = rows(sections(read("reference/formats.md"))[heading])
    assert last_names(table) == fields_of(*models)


def test_every_field_of_turns_is_documented_and_no_other_is() -> None:
    content = Segmentation("clip", 1.0, "version", (Turn(0.0, 1.0, "kind", 1.0),)).content()
    assert set(rows(sections(read("reference/formats.md"))["Turns"])) == {*content, *content["turns"][0]}


@pytest.mark.parametrize(
    "model",
    [
        *(book.Change, book.ClipLength, book.Derived, book.Included, book.Level, book.Retired, book.Session),
        *(book.TrainingStep, entry.Code, entry.Confirmed, entry.Confusion, entry.Group, entry.Rating, entry.Sourced),
        *(rule.Again, rule.Near, rule.Rule, rule.Then, rule.Which, tier.DecisionStep, tier.Describes),
        *(source.CodebookSource, source.Module, source.OwnTier, source.Reading, source.UsedTier),
    ],
)
def test_every_field_of_a_codebook_is_documented_and_no_other_is(model: type[BaseModel]) -> None:
    table = rows(sections(read("reference/codebook.md"))[model.__name__])
    assert set(table) == fields_of(model)
    for name, field in model.model_fields.items():
        assert not field.is_required() or table[name][1] in ("required", ""), name
        assert field.is_required() or table[name][1] != "required", name


def test_every_calculation_is_documented_with_its_parts_and_windows_and_no_other_is() -> None:
    said = rows(sections(read("reference/calculated-codes.md"))["Calculated codes"])
    assert set(said) == set(CALCULATIONS)
    for name, calculation in CALCULATIONS.items():
        _, parts, windows, gives, what = said[name]
        wanted = [*(f"`{part}`" for part in calculation.needs), *(f"(`{part}`)" for part in calculation.may)]
        assert parts == ", ".join(wanted)
        assert windows == (
            ", ".join(f"`{window}: {value:g}`" for window, value in calculation.windows.items()) or "none"
        )
        assert gives == ("figures" if calculation.figures else "tier")
        assert [window for window in calculation.windows if f"`{window}`" not in what] == []


def test_every_rule_that_holds_everywhere_is_documented_and_no_other_is() -> None:
    said = rows(sections(read("reference/calculated-codes.md"))["Rules"])
    there = {value for name, value in vars(rules).items() if name.isupper() and str(value).startswith("built-in:")}
    assert set(said) == there


@pytest.mark.parametrize("name", ["actor", "kind", "polarity", "certainty"])
def test_every_choice_of_a_code_is_documented(name: str) -> None:
    said = rows(sections(read("reference/codebook.md"))["Code"])[name][2]
    annotation = entry.Code.model_fields[name].annotation
    assert [f"`{choice}`" for choice in annotation.__args__ if f"`{choice}`" not in said] == []  # type: ignore[union-attr]


def test_every_ending_of_a_video_is_documented_and_no_other_is() -> None:
    said = sections(read("reference/formats.md"))["family.yaml"]
    sentence = said.partition("A video is a file that ends in")[2].partition("The id of a clip")[0]
    assert set(re.findall(r"`(\.\w+)`", sentence)) == recordings.VIDEO_SUFFIXES
