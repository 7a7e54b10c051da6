"""Published examples as a user would ask for them: as a file, through `vib agreement`."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from plugins.agreement.plugin import vib_commands
from vib.pluginhost import PluginHost
from vib.spreadsheet import LONG_CSV

ORACLES: dict[str, dict[str, Any]] = {
    oracle["id"]: oracle
    for oracle in json.loads((Path(__file__).parent / "oracles/oracles.json").read_text(encoding="utf-8"))["oracles"]
}

Rating = float | str | None
Units = Sequence[Sequence[Rating]]


def ask(tmp_path: Path, rows: Sequence[Mapping[str, Any]], *arguments: str) -> list[dict[str, Any]]:
    """Write a long CSV, run `vib agreement` on it, and return its measures."""
    path = tmp_path / "codes.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, LONG_CSV)
        writer.writeheader()
        writer.writerows(rows)
    app = typer.Typer()
    app.callback()(lambda: None)
    vib_commands(app, PluginHost(only=["agreement"]))
    result = CliRunner().invoke(app, ["agreement", str(path), "--format", "json", *arguments])
    assert result.exit_code == 0, result.exception
    measures: list[dict[str, Any]] = json.loads(result.output)["measures"]
    return measures


def of_units(units: Units) -> list[dict[str, Any]]:
    """Return rows in which each unit is a clip with one rating of each rater."""
    return [
        {"clip": f"u{number}", "rater": f"r{rater}", "rating": "x", "value": "" if value is None else value}
        for number, unit in enumerate(units)
        for rater, value in enumerate(unit)
    ]


def of_table(table: Sequence[Sequence[int]]) -> Units:
    return [
        (row + 1, column + 1)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]


def of_timelines(length: float, raters: Mapping[str, Sequence[Sequence[Any]]]) -> list[dict[str, Any]]:
    rows = [{"clip": "c", "duration": length, "rater": rater} for rater, units in raters.items() if not units]
    for rater, units in raters.items():
        for start, end, code in units:
            row = {"clip": "c", "duration": length, "rater": rater, "tier": "t", "code": code}
            rows.append(row | {"start": start, "end": end})
    return rows


def asked(measures: Sequence[dict[str, Any]], measure: str, code: str | None = None) -> dict[str, Any]:
    (found,) = [m for m in measures if (m["measure"], m["code"], m["scope"]) == (measure, code, "all")]
    return found


OF_TABLES = {
    "po": "percent_agreement",
    "kappa": "cohen_kappa",
    "scott_pi": "scott_pi",
    "bennett_s": "bennett_s",
    "pabak": "bennett_s",
    "gwet_ac1": "gwet_ac1",
    "ac1": "gwet_ac1",
    "ac2_quadratic": "gwet_ac2",
    "gwet_ac2_quadratic": "gwet_ac2",
    "alpha_nominal": "krippendorff_alpha",
    "kappa_quadratic": "weighted_kappa",
}


@pytest.mark.parametrize("name", [name for name, oracle in ORACLES.items() if set(oracle["data"]) >= {"table"}])
def test_tables_of_two_raters(tmp_path: Path, name: str) -> None:
    oracle = ORACLES[name]
    rows = of_units(of_table(oracle["data"]["table"]))
    expected = {key: value for key, value in oracle["expected"].items() if key in OF_TABLES}
    named = [argument for key in expected for argument in ("--measure", OF_TABLES[key])]
    measures = ask(tmp_path, rows, "--level", "nominal", *named)
    assert expected
    for key, value in expected.items():
        value, se = value if isinstance(value, list) else (value, None)
        found = asked(measures, OF_TABLES[key])
        assert found["value"] == pytest.approx(value, abs=oracle["tolerance"]), key
        if se is not None and key != "kappa":
            assert found["se"] == pytest.approx(se, abs=oracle["tolerance"]), key
        assert found["n_raters"] == 2


def test_the_standard_error_of_cohens_kappa_is_the_published_one(tmp_path: Path) -> None:
    for name in ("cohen1960_p37", "fleiss1981_p222", "agresti1992"):
        oracle = ORACLES[name]
        measures = ask(tmp_path, of_units(of_table(oracle["data"]["table"])), "--measure", "cohen_kappa")
        assert asked(measures, "cohen_kappa")["se"] == pytest.approx(oracle["expected"]["ase"], abs=oracle["tolerance"])


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_of_four_levels(tmp_path: Path, level: str) -> None:
    oracle = ORACLES["krippendorff2011_C"]
    units = list(zip(*oracle["data"]["coders_by_unit"], strict=True))
    found = asked(
        ask(tmp_path, of_units(units), "--measure", "krippendorff_alpha", "--level", level), "krippendorff_alpha"
    )
    assert found["value"] == pytest.approx(oracle["expected"][f"alpha_{level}"], abs=oracle["tolerance"])
    assert (found["variant"], found["rating"], found["tier"]) == (level, "x", None)
    assert (found["n_units"], found["n_raters"]) == (12, 4)


def test_many_raters(tmp_path: Path) -> None:
    oracle = ORACLES["fleiss1971"]
    expected = oracle["expected"]
    names = {
        "fleiss_kappa": expected["fleiss_kappa"],
        "conger_kappa": expected["conger_exact_kappa"],
        "light_kappa": expected["light_kappa"],
        "krippendorff_alpha": expected["alpha_nominal"],
        "gwet_ac1": expected["gwet_ac1"][0],
    }
    rows = of_units(oracle["data"]["ratings_subject_by_rater"])
    measures = ask(tmp_path, rows, "--level", "nominal", *(a for name in names for a in ("--measure", name)))
    for name, value in names.items():
        assert asked(measures, name)["value"] == pytest.approx(value, abs=oracle["tolerance"]), name


def test_intraclass_correlations(tmp_path: Path) -> None:
    oracle = ORACLES["irr_anxiety"]
    names = {f"icc_{form}": f"ICC({form[0].upper()},{form[2]})" for form in ("1_1", "a_1", "c_1", "1_k", "a_k", "c_k")}
    measures = ask(
        tmp_path, of_units(oracle["data"]["targets_by_judge"]), *(a for n in names for a in ("--measure", n))
    )
    for name, label in names.items():
        found = asked(measures, name)
        assert found["value"] == pytest.approx(oracle["expected"][label], abs=oracle["tolerance"]), name
        if label in oracle["expected"]["ci95"]:
            assert found["ci"] == pytest.approx(oracle["expected"]["ci95"][label], abs=1e-6), name


def test_within_one_point(tmp_path: Path) -> None:
    oracle = ORACLES["irr_video_tolerance"]
    rows = of_units(oracle["data"]["targets_by_judge"])
    found = asked(ask(tmp_path, rows, "--measure", "within_tolerance", "--tolerance", "1"), "within_tolerance")
    assert 100 * found["value"] == pytest.approx(oracle["expected"]["percent_within_1"])


@pytest.mark.parametrize("pair", ["A_Bertha_Bill", "B_John_Jill", "C_Gerret_Gill"])
def test_time_units(tmp_path: Path, pair: str) -> None:
    oracle = ORACLES["krippendorff1995_time_units"]
    both, expected = oracle["data"]["pairs"][pair], oracle["expected"][pair[0]]
    rows = of_timelines(oracle["data"]["length"], {r: [(*unit, "x") for unit in both[r]] for r in ("r1", "r2")})
    measures = ask(
        tmp_path, rows, "--measure", "time_unit_alpha", "--measure", "time_unit_kappa", "--measure", "time_unit_percent"
    )
    assert asked(measures, "time_unit_percent")["value"] == pytest.approx(expected["po"], abs=oracle["tolerance"])
    assert asked(measures, "time_unit_kappa")["value"] == pytest.approx(expected["kappa"], abs=oracle["tolerance"])
    assert asked(measures, "time_unit_alpha")["value"] == pytest.approx(
        expected["alpha_nominal"], abs=oracle["tolerance"]
    )
    assert {m["measure"] for m in measures} >= {"event_kappa"}, "durations and events are reported together"


@pytest.mark.parametrize("name", ["u_alpha_2016_lind_main", "u_alpha_2016_k95A", "u_alpha_2016_three"])
def test_the_unitizing_alphas_of_2016(tmp_path: Path, name: str) -> None:
    oracle = ORACLES[name]
    rows = of_timelines(oracle["data"]["length"], oracle["data"]["units"])
    names = ("u_alpha", "bar_u_alpha", "cu_alpha", "k_u_alpha")
    measures = ask(tmp_path, rows, *(a for n in names for a in ("--measure", n)))
    for measure in names[:3]:
        expected = oracle["expected"][measure]
        value = asked(measures, measure)["value"]
        assert value is None if expected is None else value == pytest.approx(expected, abs=oracle["tolerance"])
    for code, expected in oracle["expected"]["k_u_alpha"].items():
        assert asked(measures, "k_u_alpha", code)["value"] == pytest.approx(expected, abs=oracle["tolerance"])


def test_easydiag(tmp_path: Path) -> None:
    oracle = ORACLES["easydiag_ex1"]
    rows = of_timelines(
        1000, {r: [(a, b, str(c)) for a, b, c in units] for r, units in oracle["data"]["raters"].items()}
    )
    names = ("event_percent", "percent_linked", "event_kappa", "event_kappa_max")
    measures = ask(tmp_path, rows, "--overlap", "0.6", *(a for n in names for a in ("--measure", n)))
    expected = oracle["expected"]
    assert asked(measures, "event_kappa")["value"] == pytest.approx(expected["kappa_ipf"], abs=1e-9)
    assert asked(measures, "event_kappa_max")["value"] == pytest.approx(expected["kappa_max"], abs=1e-9)
    assert 100 * asked(measures, "percent_linked")["value"] == pytest.approx(expected["percent_linked"])
    for code, table in expected["per_type"].items():
        parts = asked(measures, "event_kappa", code)["components"]
        assert [[parts["both"], parts["only_first"]], [parts["only_second"], parts["neither"]]] == table["table"]


def test_boris(tmp_path: Path) -> None:
    oracle = ORACLES["boris_interval_kappa_flaw"]
    rows = of_timelines(200, {r: oracle["data"][r] for r in ("r1", "r2")})
    kappa = asked(ask(tmp_path, rows, "--measure", "time_unit_kappa"), "time_unit_kappa")
    assert kappa["value"] == pytest.approx(oracle["expected"]["kappa_duration_weighted"], abs=oracle["tolerance"])


def test_a_rating_in_words_is_nominal(tmp_path: Path) -> None:
    oracle = ORACLES["randolph2005_ex2"]
    units = [unit for count, unit in oracle["data"]["items_with_multiplicity"] for _ in range(count)]
    names = {"bennett_s": "randolph", "fleiss_kappa": "fleiss_kappa", "krippendorff_alpha": "alpha_nominal"}
    measures = ask(tmp_path, of_units(units), *(a for n in names for a in ("--measure", n)))
    for name, key in names.items():
        assert asked(measures, name)["value"] == pytest.approx(oracle["expected"][key], abs=oracle["tolerance"])


def test_the_probability_that_a_pass_mark_is_reached(tmp_path: Path) -> None:
    oracle = ORACLES["irrcac_raw4raters"]
    rows = of_units(oracle["data"]["units_by_rater"])
    found = asked(ask(tmp_path, rows, "--level", "nominal", "--measure", "gwet_ac1", "--pass-mark", "0.6"), "gwet_ac1")
    assert found["pass_mark"]["at"] == 0.6
    assert found["pass_mark"]["probability"] == pytest.approx(0.88336, abs=1e-4)
