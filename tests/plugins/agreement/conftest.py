"""Small clips that the tests of agreement share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from vib.observation import Observation, RaterSet, Timeline

Rows = Sequence[tuple[float, float, str]]
Coded = Callable[..., RaterSet]


@pytest.fixture
def coded() -> Coded:
    """Make a clip from (start, end, code) by rater, all in one tier."""

    def make(duration: float, raters: Mapping[str, Rows], *, tier: str = "turn", clip: str = "clip") -> RaterSet:
        return RaterSet(
            clip,
            duration,
            {
                rater: Timeline(duration, [Observation(tier, code, start, end) for start, end, code in rows])
                for rater, rows in raters.items()
            },
        )

    return make
