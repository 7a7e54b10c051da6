"""The catalogue: each statistic says what it is, with a formula, an example and its source."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from plugins.agreement.measures import by_event, by_time, gamma, sequences, unitizing, units
from plugins.agreement.measures.catalogue import STATISTICS
from plugins.agreement.measures.units import coefficients, icc, krippendorff, tolerance
from vib.statistic import Statistic

OF_UNITS = {**vars(coefficients), **vars(icc), **vars(krippendorff), **vars(tolerance)}


@pytest.mark.parametrize("statistic", STATISTICS, ids=lambda statistic: statistic.name)
def test_every_statistic_has_a_formula_an_example_and_a_source(statistic: Statistic) -> None:
    of_units = statistic.basis in ("unit", "rating")
    function = OF_UNITS[statistic.name] if of_units else statistic.calculate
    assert function.__name__ == statistic.name
    said = function.__doc__ or ""
    assert "math::" in said or ":math:" in said
    assert f"{statistic.name}(" in said.partition("Examples")[2]
    assert "References" in said
    assert statistic.label.nl
    assert statistic.label.en
    assert "doi" in statistic.source or "ISBN" in statistic.source or "definition" in statistic.source


def test_names_are_unique() -> None:
    names = [statistic.name for statistic in STATISTICS]
    assert len(names) == len(set(names))


FAMILIES = (by_event, by_time, gamma, sequences, unitizing, units)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__.rpartition(".")[2])
def test_every_family_of_measures_is_built_in_the_same_order(family: ModuleType) -> None:
    said, folder = family.__doc__ or "", Path(family.__file__ or "").parent
    assert re.findall(r"^(\w.*)\n-+$", said, re.MULTILINE) == [
        "Conventions",
        "Validation",
        "Measures",
        "What runs them",
    ]
    assert {"explained.py", "offered.py"} <= {path.name for path in folder.glob("*.py")}
    named = {name.partition(".")[0] for name in re.findall(r"`([\w.]+)`", said)}
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert modules - named <= {"texts"}
