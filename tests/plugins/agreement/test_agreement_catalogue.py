"""The catalogue: each statistic says what it is, with a formula, an example and its source."""

from __future__ import annotations

import pytest

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
