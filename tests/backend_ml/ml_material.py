"""A segmenter that does no work, a labelling interface, and a head for a family."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from backend_ml.learning.learner import Learner
from backend_ml.learning.settings import LearningSettings
from backend_ml.learning.versions import Figures, HeadVersion, name_of
from backend_ml.turns.head import RoleHead
from vib.media import MediaProblem
from vib.segmenting import Segmentation, Turn

LABELS = """<View>
  <Labels name="turn" toName="audio">
    <Label value="Kind" alias="kind"/><Label value="Volwassene" alias="volwassene"/>
    <Label value="onbekend"/>
  </Labels>
  <Audio name="audio" value="$audio"/>
</View>"""


def learnt(family: str, settings: LearningSettings | None = None, bias: float = 20.0) -> str:
    """Keep a head for a family with which everybody is a child; return its version."""
    learner, head = Learner(settings or LearningSettings()), RoleHead(np.zeros(192, dtype=np.float32), bias)
    whose = learner.pseudonym(family)
    assert whose is not None
    made = HeadVersion(
        version=name_of(head),
        upon=learner.heads.upon,
        parent=None,
        made="2026-03-01",
        family=whose,
        strength=30.0,
        turns=50,
        speakers=2,
        clips=(),
        families=(whose,),
        figures=Figures(
            before=0.7, after=0.8, low=0.02, high=0.2, surer_low=0.1, surer_high=0.3, guard_before=0.9, guard_after=0.9
        ),
        weights=(0.0,) * 192,
        bias=head.bias,
    )
    learner.heads.accept(made)
    return made.version


class FakeSegmenter:
    """Finds one turn in every file, and counts how often it was asked."""

    version = "fake-1"

    def __init__(self) -> None:
        self.asked: list[Path] = []

    def segment(self, path: Path) -> Segmentation:
        """Refuse what begins with 'bad', fail on what begins with 'bug'."""
        self.asked.append(path)
        content = path.read_bytes()
        if content.startswith(b"bad"):
            raise MediaProblem(str(path), nl="onleesbaar", en="unreadable")
        if content.startswith(b"bug"):
            raise RuntimeError(f"secret place {path}")
        return Segmentation(path.name, 9.0, self.version, (Turn(1.0, 2.0, "kind", 0.8),))
