"""Puts two heads in use, one for everybody and one for a family: run with a release's own Python and VIB_DATA.

Learning from so few turns would rightly change nothing.
"""

from __future__ import annotations

import sys

import numpy as np

from backend_ml.learning.learner import Learner
from backend_ml.learning.settings import LearningSettings
from backend_ml.learning.versions import Figures, HeadVersion, name_of
from backend_ml.turns.head import RoleHead

FIGURES = Figures(
    before=0.8, after=0.82, low=0.0, high=0.04, surer_low=0.001, surer_high=0.02, guard_before=0.86, guard_after=0.86
)


def main(family: str) -> None:
    """Keep the two heads and use them, as a person who chose."""
    learner = Learner(LearningSettings())
    shipped, _ = learner.head_for()
    clip = learner.corrections.pseudonym("clip", "none")
    whose = learner.corrections.pseudonym("family", family)
    for number, given in enumerate((None, whose)):
        turned = np.random.default_rng(number).normal(0, 0.01, len(shipped.weights))
        head = RoleHead((shipped.weights + turned).astype(np.float32), float(np.float32(shipped.bias)))
        version = HeadVersion(
            version=name_of(head),
            upon=learner.heads.upon,
            parent=None,
            made=f"2026-11-2{number}T12:00:00+00:00",
            family=given,
            strength=0.1,
            turns=40,
            speakers=4,
            clips=(clip,),
            families=(whose,),
            figures=FIGURES,
            weights=tuple(float(weight) for weight in head.weights),
            bias=head.bias,
        )
        learner.heads.accept(version)
        learner.heads.use(version.version, given)


if __name__ == "__main__":
    main(sys.argv[1])
