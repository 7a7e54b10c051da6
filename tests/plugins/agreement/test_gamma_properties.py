"""What may never change gamma, and whether its alignments are the best there are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plugins.agreement.measures.gamma import alignment, packing
from plugins.agreement.measures.gamma.alignment import Alignment, best_alignment
from plugins.agreement.measures.gamma.chance import invented, shifted
from plugins.agreement.measures.gamma.continuum import Continuum, Unit
from plugins.agreement.measures.gamma.dissimilarity import Dissimilarity
from plugins.agreement.measures.gamma.measure import gamma, gamma_cat
from plugins.agreement.measures.gamma.sampling import disorders
from plugins.agreement.measures.gamma.settings import Chance, Extent
from vib.observation import Observation, RaterSet, Timeline
from vib.statistic import Estimate, Question

CODES = "abc"
NAMES = ("anna", "bram", "cleo")
LENGTH = 100.0
EXTENTS: tuple[Extent, ...] = ("coded", "clip")
CHANCES: tuple[Chance, ...] = ("shifted", "invented")

unhurried = settings(max_examples=40, deadline=None)

Marked = Sequence[Sequence[Unit]]


@st.composite
def units(draw: st.DrawFn, *, most: int = 5, instants: bool = True) -> list[Unit]:
    """Some units in half seconds, that may overlap and be the same."""
    found = []
    for _ in range(draw(st.integers(0, most))):
        start, length = draw(st.integers(0, 80)), draw(st.integers(0 if instants else 1, 30))
        found.append((start / 2, (start + length) / 2, draw(st.sampled_from(CODES))))
    return found


lasting = units(instants=False)


def clip(marked: Marked, *, name: str = "clip", duration: float = LENGTH) -> RaterSet:
    return RaterSet(
        name,
        duration,
        {
            rater: Timeline(duration, [Observation("turn", code, start, end) for start, end, code in own])
            for rater, own in zip(NAMES, marked, strict=False)
        },
    )


def ask(*clips: RaterSet, seed: int = 0) -> Question:
    return Question(clips, clips[0].raters, "turn", seed=seed)


def moved(marked: Marked, *, times: float = 1.0, by: float = 0.0) -> Marked:
    return [[(times * start + by, times * end + by, code) for start, end, code in own] for own in marked]


def same(one: Estimate, other: Estimate) -> bool:
    """Whether two answers are the same but for rounding."""
    if one.value is None or other.value is None:
        return one.undefined_because == other.undefined_because
    near = {name: pytest.approx(value, abs=1e-7) for name, value in other.components.items()}
    return one.value == pytest.approx(other.value, abs=1e-7) and one.components == near


def dissimilar(one: Unit, other: Unit, alpha: float, beta: float) -> float:
    moved_by = abs(one[0] - other[0]) + abs(one[1] - other[1])
    both = one[1] - one[0] + other[1] - other[0]
    place = 0.0 if moved_by == 0 else math.inf if both == 0 else (moved_by / both) ** 2
    return (alpha * place if alpha else 0.0) + beta * (one[2] != other[2])


def partitions(marked: Marked) -> Iterator[list[dict[int, Unit]]]:
    """Yield every alignment there is: each unit in one part, with at most one unit of each rater."""
    left = [(rater, unit) for rater, own in enumerate(marked) for unit in own]
    if not left:
        yield []
        return
    (first, unit), rest = left[0], left[1:]
    for size in range(len(rest) + 1):
        for others in combinations(range(len(rest)), size):
            raters = [first, *(rest[n][0] for n in others)]
            if len(set(raters)) == len(raters):
                part = {first: unit, **{rest[n][0]: rest[n][1] for n in others}}
                without: list[list[Unit]] = [[] for _ in marked]
                for n, (rater, other) in enumerate(rest):
                    if n not in others:
                        without[rater].append(other)
                for more in partitions(without):
                    yield [part, *more]


def disorder_of(parts: Sequence[Mapping[int, Unit]], raters: int, alpha: float, beta: float) -> float:
    """Sum the mean over all pairs of raters, of which a missing unit costs 1."""
    total = 0.0
    for part in parts:
        pairs = list(combinations(range(raters), 2))
        apart = [
            dissimilar(part[one], part[other], alpha, beta) if one in part and other in part else 1.0
            for one, other in pairs
        ]
        total += sum(apart) / len(pairs)
    return total


def aligned(marked: Marked, alpha: float, beta: float) -> Alignment:
    return best_alignment(Continuum.of(marked, CODES), Dissimilarity(alpha, beta))


def check_partition(found: Alignment) -> None:
    used = [unit for group in found.together for row in group.rows.tolist() for unit in row]
    assert len(used) == len(set(used)), "no unit is in two unitary alignments"
    for group in found.together:
        raters = found.continuum.raters[group.rows]
        assert (np.diff(raters, axis=1) > 0).all(), "no rater is in a unitary alignment twice"


class TestBest:
    @given(st.lists(units(most=3), min_size=2, max_size=3), st.sampled_from([0.0, 1.0, 3.0]), st.sampled_from([0, 1]))
    @unhurried
    def test_no_other_alignment_has_less_disorder(self, marked: Marked, alpha: float, beta: int) -> None:
        assume(any(marked))
        found = aligned(marked, alpha, beta)
        every = [(disorder_of(parts, len(marked), alpha, beta), len(parts)) for parts in partitions(marked)]
        least = min(total for total, _ in every)
        assert found.total == pytest.approx(least, abs=1e-9)
        assert found.n_unitary == min(count for total, count in every if total <= least + 1e-9)
        check_partition(found)

    @given(st.lists(units(most=2), min_size=4, max_size=4))
    @settings(max_examples=15, deadline=None)
    def test_nor_of_four_raters(self, marked: Marked) -> None:
        assume(any(marked))
        least = min(disorder_of(parts, 4, 3.0, 1.0) for parts in partitions(marked))
        assert aligned(marked, 3.0, 1.0).total == pytest.approx(least, abs=1e-9)

    @pytest.mark.parametrize("seed", range(8))
    def test_integer_programming_over_every_combination_finds_none_either(self, seed: int) -> None:
        from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
        from scipy.sparse import csc_array  # type: ignore[import-untyped]

        chance = np.random.default_rng(seed)
        raters, each = (3, 12) if seed % 2 else (4, 6)
        starts = chance.uniform(0, 4 * each, (raters, each))
        ends = starts + chance.uniform(1, 12, (raters, each))
        marked = [
            [(s, e, CODES[chance.integers(3)]) for s, e in zip(*own, strict=True)]
            for own in zip(starts.tolist(), ends.tolist(), strict=True)
        ]
        choices = [part for part in product(range(-1, each), repeat=raters) if max(part) >= 0]
        parts = [{r: marked[r][n] for r, n in enumerate(part) if n >= 0} for part in choices]
        costs = [disorder_of([part], raters, 1.0, 1.0) for part in parts]
        cells = [(r * each + n, column) for column, part in enumerate(choices) for r, n in enumerate(part) if n >= 0]
        rows, columns = zip(*cells, strict=True)
        matrix = csc_array((np.ones(len(cells)), (rows, columns)), shape=(raters * each, len(choices)))
        least = milp(
            costs,
            integrality=np.ones(len(costs)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, 1, 1),
            options={"mip_rel_gap": 0.0},
        ).fun
        found = aligned(marked, 1.0, 1.0)
        assert found.total == pytest.approx(least, abs=1e-6)
        check_partition(found)

    @pytest.mark.parametrize("seed", range(4))
    def test_sparse_and_full_matching_find_the_same(self, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        chance = np.random.default_rng(seed)
        marked = [
            [(s, s + length, CODES[code]) for s, length, code in zip(*own, strict=True)]
            for own in (
                (chance.uniform(0, 90, n), chance.uniform(1, 9, n), chance.integers(3, size=n)) for n in (60, 50)
            )
        ]
        found = []
        for dense in (0.0, 2.0):
            monkeypatch.setattr(alignment, "DENSE", dense)
            found.append(aligned(marked, 1.0, 1.0))
            check_partition(found[-1])
        assert found[0].total == pytest.approx(found[1].total, abs=1e-9)
        assert found[0].n_unitary == found[1].n_unitary

    @pytest.mark.parametrize("seed", range(4))
    def test_looking_at_few_sets_first_changes_nothing(self, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        chance = np.random.default_rng(seed)
        elements = np.concatenate([chance.choice(30, size=3, replace=False) for _ in range(80)])
        starts, values = np.arange(0, 243, 3), chance.uniform(1, 2, 80)
        found = []
        for width in (0, 1, 2, 1000):
            monkeypatch.setattr(packing, "WIDTH", width)
            chosen = packing.packed(elements, starts, values)
            used = elements.reshape(-1, 3)[chosen].ravel()
            assert len(used) == len(set(used.tolist()))
            found.append(values[chosen].sum())
        assert found == pytest.approx([found[0]] * 4, abs=1e-6)


class TestNothingElseMatters:
    @given(st.lists(units(), min_size=3, max_size=3), st.permutations(range(3)))
    @unhurried
    def test_raters_may_change_places(self, marked: Marked, order: list[int]) -> None:
        before = gamma(ask(clip(marked)), samples=4)
        question = ask(clip(marked))
        listed = Question(question.clips, tuple(NAMES[n] for n in order), "turn")
        assert same(before, gamma(listed, samples=4))
        assert same(before, gamma(ask(clip([marked[n] for n in order])), samples=4))

    @given(units(), units(), st.sampled_from(list(permutations("xyz"))))
    @unhurried
    def test_codes_may_be_renamed(self, first: list[Unit], second: list[Unit], names: tuple[str, ...]) -> None:
        new = dict(zip(CODES, names, strict=True))
        renamed = [[(start, end, new[code]) for start, end, code in own] for own in (first, second)]
        before, after = gamma(ask(clip([first, second])), samples=4), gamma(ask(clip(renamed)), samples=4)
        assume(before.value is not None)
        assert after.value == pytest.approx(before.value, abs=1e-9)
        for old, other in new.items():
            key = f"gamma_k[{old}]"
            assert before.components.get(key) == pytest.approx(after.components.get(f"gamma_k[{other}]"), abs=1e-9)

    @given(lasting, lasting, st.sampled_from([0.1, 0.5, 3.0]), st.integers(0, 50), st.sampled_from(EXTENTS))
    @unhurried
    def test_time_may_be_scaled_and_what_was_coded_moved(
        self, first: list[Unit], second: list[Unit], times: float, by: int, extent: Extent
    ) -> None:
        before = gamma(ask(clip([first, second])), samples=4, extent=extent)
        scaled = clip(moved([first, second], times=times), duration=times * LENGTH)
        assert same(before, gamma(ask(scaled), samples=4, extent=extent))
        if extent == "coded":
            later = clip(moved([first, second], by=by), duration=LENGTH + by)
            assert same(before, gamma(ask(later), samples=4))

    @given(units(), units())
    @unhurried
    def test_a_clip_in_which_nobody_saw_anything_adds_nothing(self, first: list[Unit], second: list[Unit]) -> None:
        one, empty = clip([first, second]), clip([[], []], name="a clip before it")
        assert same(gamma(ask(one), samples=4), gamma(ask(one, empty), samples=4))

    @given(units(), units(), units(), units())
    @unhurried
    def test_clips_may_come_in_any_order(self, a: list[Unit], b: list[Unit], c: list[Unit], d: list[Unit]) -> None:
        one, other = clip([a, b], name="one"), clip([c, d], name="other")
        assert same(gamma(ask(one, other), samples=4), gamma(ask(other, one), samples=4))

    @given(lasting, lasting)
    @unhurried
    def test_the_same_clip_twice_has_the_disorder_of_one(self, first: list[Unit], second: list[Unit]) -> None:
        assume(len(first) + len(second) > 1)
        one, again = clip([first, second]), clip([first, second], name="again")
        before, after = gamma(ask(one), samples=4), gamma(ask(one, again), samples=4)
        assume(before.value is not None)
        name = "observed_disorder"
        assert after.components[name] == pytest.approx(before.components[name], abs=1e-9)

    @given(units(), units(), st.sampled_from([0.01, 2.0]))
    @unhurried
    def test_delta_empty_changes_disorders_and_not_gamma(
        self, first: list[Unit], second: list[Unit], delta: float
    ) -> None:
        one, other = (gamma(ask(clip([first, second])), samples=4, delta_empty=d) for d in (1.0, delta))
        assume(one.value is not None)
        assert other.value == pytest.approx(one.value, abs=1e-12)
        for name in ("observed_disorder", "expected_disorder"):
            assert other.components[name] == pytest.approx(delta * one.components[name], abs=1e-12)

    @given(units(), units())
    @unhurried
    def test_the_same_question_has_the_same_answer(self, first: list[Unit], second: list[Unit]) -> None:
        one, other = clip([first, second]), clip([first, second])
        answer = gamma(ask(one), samples=4)
        disorders.cache_clear()
        assert gamma(ask(other), samples=4) == answer


class TestAlways:
    @given(lasting)
    @unhurried
    def test_agreement_with_oneself_is_complete_or_undefined(self, seen: list[Unit]) -> None:
        answer = gamma(ask(clip([seen, seen, seen])), samples=4)
        assert answer.value is None or answer.value == 1.0
        assert gamma_cat(ask(clip([seen, seen])), samples=4).value in (None, 1.0)

    @given(st.lists(units(), min_size=2, max_size=3), st.sampled_from(CHANCES))
    @unhurried
    def test_every_answer_explains_itself(self, marked: Marked, chance: Chance) -> None:
        for calculate in (gamma, gamma_cat):
            answer = calculate(ask(clip(marked)), samples=4, chance=chance)
            assert (answer.value is None) != (answer.undefined_because is None)
            if answer.value is not None:
                assert answer.value <= 1.0
                expected = 1 - answer.components["observed_disorder"] / answer.components["expected_disorder"]
                assert answer.value == pytest.approx(expected)
                assert answer.n_units == sum(map(len, marked))
                if answer.ci is not None:
                    assert answer.ci[0] <= answer.value <= answer.ci[1]

    def test_other_seeds_draw_other_samples(self) -> None:
        seen = clip([[(0, 4, "a"), (9, 12, "b")], [(1, 5, "a"), (15, 19, "a")]])
        values = {gamma(ask(seen, seed=seed), samples=4).value for seed in range(4)}
        assert len(values) == 4


class TestChance:
    """What the samplers draw."""

    MARKED = ([(5.0, 9.0, "a"), (20.0, 26.0, "b")], [(6.0, 9.0, "c")], [(30.0, 31.0, "a")])

    @given(st.integers(0, 1000))
    @unhurried
    def test_shifted_units_are_those_of_one_rater_with_their_gaps(self, seed: int) -> None:
        real = Continuum.of(self.MARKED, CODES)
        drawn = shifted(real, np.random.default_rng(seed), start=5.0, length=26.0, spacing=0.5)
        wholes = [sorted((round(end - start, 6), code) for start, end, code in own) for own in self.MARKED]
        for rater in range(3):
            own = drawn.raters == rater
            lengths = drawn.lengths[own].round(6).tolist()
            found = sorted(zip(lengths, [CODES[n] for n in drawn.codes[own]], strict=True))
            assert found in wholes
            assert ((drawn.starts[own] >= 0) & (drawn.starts[own] < 26.0)).all()
            if len(found) == 2:
                assert abs(np.diff(drawn.starts[own])[0]) == pytest.approx(15.0) or abs(
                    np.diff(drawn.starts[own])[0]
                ) == pytest.approx(11.0)

    def test_shifts_are_apart_on_a_circle(self) -> None:
        real = Continuum.of([[(0.0, 4.0, "a")]] * 3, CODES)
        nearest = []
        for seed in range(300):
            drawn = shifted(real, np.random.default_rng(seed), start=0.0, length=30.0, spacing=1.0)
            gaps = np.diff(np.append(np.sort(drawn.starts), drawn.starts.min() + 30.0))
            nearest.append(gaps.min())
        assert min(nearest) >= 4.0 - 1e-9
        assert min(nearest) < 4.2
        assert max(nearest) > 9.0

    def test_shifts_lie_anywhere_where_the_clip_is_too_short(self) -> None:
        real = Continuum.of([[(0.0, 20.0, "a")]] * 3, CODES)
        drawn = shifted(real, np.random.default_rng(0), start=0.0, length=30.0, spacing=1.0)
        assert len(drawn) == 3

    @given(st.integers(0, 1000))
    @unhurried
    def test_no_sample_is_empty(self, seed: int) -> None:
        real = Continuum.of([[(1.0, 2.0, "a")], [], []], CODES)
        chance = np.random.default_rng(seed)
        assert len(shifted(real, chance, start=1.0, length=1.0, spacing=0.5))
        assert len(invented(real, chance, start=1.0))

    def test_invented_units_are_on_average_like_those_marked(self) -> None:
        real = Continuum.of(self.MARKED, CODES)
        chance = np.random.default_rng(0)
        drawn = [invented(real, chance, start=5.0) for _ in range(3000)]
        lengths = np.concatenate([sample.lengths for sample in drawn])
        codes = np.concatenate([sample.codes for sample in drawn])
        assert lengths.mean() == pytest.approx(real.lengths.mean(), rel=0.05)
        assert np.bincount(codes) / len(codes) == pytest.approx([0.5, 0.25, 0.25], abs=0.03)
        firsts = np.concatenate([sample.starts[np.diff(sample.raters, prepend=-1) > 0] for sample in drawn])
        assert firsts.mean() == pytest.approx(np.mean([0.0, 11.0, 1.0, 25.0]), rel=0.05)
