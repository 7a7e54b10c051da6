"""What may never change a coefficient of units, whoever said what."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from plugins.agreement.measures.units import coefficients
from plugins.agreement.measures.units.coefficients import cohen_kappa, conger_kappa, fleiss_kappa, light_kappa, scott_pi
from plugins.agreement.measures.units.ratings import MISSING, Ratings
from vib.statistic import Estimate

ALL: dict[str, Callable[[Ratings], Estimate]] = {name: getattr(coefficients, name) for name in coefficients.__all__}
WEIGHTED = sorted(set(coefficients.__all__) - {"gwet_ac1"})
SCALE = (1, 2, 3, 5)

Places = NDArray[np.intp]


@st.composite
def places(draw: st.DrawFn, raters: int | None = None, missing: bool = True) -> Places:
    """Up to nine units of two to four raters, four categories, ratings missing."""
    width = raters or draw(st.integers(2, 4))
    one = st.integers(MISSING if missing else 0, len(SCALE) - 1)
    rows = draw(st.lists(st.lists(one, min_size=width, max_size=width), min_size=1, max_size=9))
    return np.array(rows, dtype=np.intp)


def said(of: Places) -> Ratings:
    return Ratings(np.asarray(of, dtype=np.intp), SCALE)


def same(one: Estimate, other: Estimate, *, parts: bool = False) -> None:
    assert one.undefined_because == other.undefined_because
    assert (one.value, one.se) == pytest.approx((other.value, other.se), abs=1e-9)
    assert (one.n_units, one.n_raters) == (other.n_units, other.n_raters)
    if parts:
        assert one.components == pytest.approx(dict(other.components), abs=1e-9)


@settings(deadline=None)
@given(places(), st.integers(0, 99))
def test_the_order_of_raters_and_of_units_does_not_matter(of: Places, seed: int) -> None:
    order = np.random.default_rng(seed)
    shuffled = order.permutation(order.permutation(of, axis=1), axis=0)
    for calculate in ALL.values():
        same(calculate(said(of)), calculate(said(shuffled)))


@settings(deadline=None)
@given(places(), st.permutations(range(len(SCALE))))
def test_the_names_and_the_order_of_categories_do_not_matter(of: Places, order: list[int]) -> None:
    renamed = np.append(np.array(order), MISSING)[of]
    for calculate in ALL.values():
        same(calculate(said(of)), calculate(Ratings(renamed.astype(np.intp), ("w", "x", "y", "z"))))


@settings(deadline=None)
@given(places(), st.sampled_from(["linear", "quadratic", "ordinal", "bipolar", "radical"]))
def test_a_scale_read_backwards_has_the_same_weighted_coefficients(of: Places, weights: str) -> None:
    backwards = np.array([3, 2, 1, 0, MISSING])[of].astype(np.intp)
    for name in WEIGHTED:
        calculate = getattr(coefficients, name)
        one, other = Ratings(of, (1, 2, 4, 9)), Ratings(backwards, (-9, -4, -2, -1))
        same(calculate(one, weights), calculate(other, weights))


@settings(deadline=None)
@given(places(), st.integers(0, 9), st.integers(0, 4))
def test_units_and_raters_without_a_rating_change_nothing(of: Places, unit: int, rater: int) -> None:
    more = np.insert(of, min(unit, len(of)), MISSING, axis=0)
    more = np.insert(more, of.shape[1], MISSING, axis=1)
    anywhere = np.insert(of, min(rater, of.shape[1]), MISSING, axis=1)
    for calculate in ALL.values():
        same(calculate(said(of)), calculate(said(more)), parts=True)
        same(calculate(said(of)), calculate(said(anywhere)))


@settings(deadline=None)
@given(places())
def test_saying_everything_twice_changes_no_value(of: Places) -> None:
    for calculate in ALL.values():
        one, two = calculate(said(of)), calculate(said(np.repeat(of, 2, axis=0)))
        assert one.value == pytest.approx(two.value, abs=1e-9)
        assert two.n_units == 2 * one.n_units


@settings(deadline=None)
@given(places(missing=False))
def test_full_agreement_is_1_or_undefined(of: Places) -> None:
    for calculate in ALL.values():
        found = calculate(said(np.repeat(of[:, :1], 2, axis=1)))
        assert found.value is None or found.value == pytest.approx(1)


@settings(deadline=None)
@given(places(), st.sampled_from(["identity", "linear", "quadratic", "ordinal", "radical", "circular", "bipolar"]))
def test_nothing_is_above_1_and_the_interval_holds_the_value(of: Places, weights: str) -> None:
    for name in WEIGHTED:
        found = getattr(coefficients, name)(said(of), weights)
        if found.value is not None:
            assert found.value <= 1 + 1e-9
            assert found.components["observed"] <= 1 + 1e-9
        if found.ci is not None:
            assert found.ci[0] <= found.value <= found.ci[1] + 1e-9


@settings(deadline=None)
@given(places(raters=2, missing=False))
def test_of_two_raters_conger_and_light_are_cohen_and_fleiss_is_scott(of: Places) -> None:
    cohen, scott = cohen_kappa(said(of)), scott_pi(said(of))
    light = light_kappa(said(of))
    assert (light.value, light.se) == pytest.approx((cohen.value, cohen.se), abs=1e-9)
    for one, other in ((conger_kappa(said(of)), cohen), (fleiss_kappa(said(of)), scott)):
        assert one.value == pytest.approx(other.value, abs=1e-9)
        if one.value is not None and len(of) > 1:
            assert one.components["se_gwet"] == pytest.approx(other.components["se_gwet"], abs=1e-9)


@settings(deadline=None)
@given(places(missing=False))
def test_kappas_of_categories_average_to_fleiss_kappa(of: Places) -> None:
    found = fleiss_kappa(said(of))
    if found.value is None:
        return
    share = {name[11:-1]: value for name, value in found.components.items() if name.startswith("prevalence")}
    alone = {name[6:-1]: value for name, value in found.components.items() if name.startswith("kappa[")}
    weight = {name: share[name] * (1 - share[name]) for name in alone}
    mean = sum(weight[name] * alone[name] for name in alone) / sum(weight.values())
    assert mean == pytest.approx(found.value, abs=1e-9)
