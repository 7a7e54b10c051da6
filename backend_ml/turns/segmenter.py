"""The segmenter: listens to a clip once, keeps what it heard, and decides who acts from when to when."""

from __future__ import annotations

import copy
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Self, final

from backend_ml.cache import sha256_of
from backend_ml.learning.learner import Learner
from backend_ml.learning.settings import LearningSettings
from backend_ml.learning.texts import SHIPPED
from backend_ml.turns.audio import BLOCK_BYTES
from backend_ml.turns.confidence import seen
from backend_ml.turns.deciding import ActivityRules, decide
from backend_ml.turns.evidence import LISTENING, Evidence, EvidenceStore
from backend_ml.turns.head import RoleHead
from backend_ml.turns.hearing import listen
from backend_ml.turns.limits import Limits
from backend_ml.turns.models import models
from backend_ml.turns.rules import TurnRules
from backend_ml.turns.sight import NOTHING, Sight, look, presence, summary
from backend_ml.weights import model_hashes
from vib.media import MediaProblem, probe
from vib.segmenting import Segmentation, Watch

LOOKING = 0.4
"""Part of the work that looking at the picture counts for."""

log = logging.getLogger(__name__)


@final
class TurnsSegmenter:
    """Cuts a clip into turns of children and adults by its sound.

    Several threads may use one object: nothing of a file is kept in it.

    Parameters
    ----------
    limits : Limits or None
        Bounds on a file; None reads the environment.
    activity, rules
        Parameters of the decision.
    block_bytes : int
        How much is read from ffmpeg at once; the result does not depend on it.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        activity: ActivityRules | None = None,
        rules: TurnRules | None = None,
        block_bytes: int = BLOCK_BYTES,
    ) -> None:
        self._limits = limits or Limits()
        self._activity = activity or ActivityRules()
        self._rules = rules or TurnRules()
        self._block_bytes = block_bytes
        settings = LearningSettings()
        self._learner = Learner(settings)
        self._kept = EvidenceStore(settings.evidence) if settings.keep_evidence else None
        self._chosen: tuple[RoleHead, str] | None = None

    @property
    def version(self) -> str:
        """The model's version; another head is another version."""
        return self._head()[1]

    def version_for(self, family: str) -> str:
        """Return the version for a family, by its name such as ``F-0001``; another when it has a head of its own."""
        return self._named(self._learner.head_for(family)[1])

    def at(self, version: str) -> Self:
        """Return what cuts with the head of a version, whichever comes into use meanwhile; itself if none is of it."""
        for head, learnt in self._learner.heads_in_use():
            if self._named(learnt) == version:
                other = copy.copy(self)
                other._chosen = head, learnt
                return other
        return self

    @property
    def models(self) -> Mapping[str, str]:
        """SHA-256 of the weights by name."""
        return model_hashes()

    def segment(self, path: Path, watch: Watch | None = None) -> Segmentation:
        """Return the turns of a media file; a file without sound has none.

        Raises
        ------
        MediaProblem
            The file cannot be read, is too long, or takes too long.
        WeightsProblem
            The models are not there.
        """
        picture, hears = NOTHING, watch
        if self._limits.sight:
            # First, as ffmpeg takes more memory for the picture than for the sound, and listening leaves most behind.
            picture, hears = self._look(path, _part(watch, 0.0, LOOKING)), _part(watch, LOOKING, 1.0)
        evidence = self._listen(path, hears) if self._kept is None else self._remembered(path, self._kept, hears)
        head, version = self._head()
        turns = decide(evidence, head, models().activity, self._activity, self._rules)
        turns = tuple(seen(turn, presence(picture, turn.start, turn.end)) for turn in turns)
        return Segmentation(path.name, round(evidence.duration, 3), version, turns, summary(picture))

    def _listen(self, path: Path, watch: Watch | None) -> Evidence:
        return listen(path, probe(path), self._limits, watch, block_bytes=self._block_bytes)

    def _look(self, path: Path, watch: Watch | None) -> Sight:
        try:
            return look(path, probe(path), self._limits, watch)
        except MediaProblem as problem:
            # Turns are made of sound; a picture that cannot be read costs none of them.
            log.warning("the picture of a clip is not looked at: %s", problem.reason.en)
            return NOTHING

    def _remembered(self, path: Path, kept: EvidenceStore, watch: Watch | None) -> Evidence:
        key = sha256_of(path)
        evidence = kept.get(key)
        if evidence is None:
            evidence = self._listen(path, watch)
            try:
                kept.put(key, evidence)
            except OSError as error:
                # Without it the turns are as good; only learning and asking again cost more.
                log.warning("what was heard cannot be kept on disk: %s", error.strerror)
        return evidence

    def _head(self) -> tuple[RoleHead, str]:
        head, learnt = self._chosen or self._learner.head_for()
        return head, self._named(learnt)

    def _named(self, learnt: str) -> str:
        parts = [LISTENING, "" if learnt == SHIPPED else learnt, "sight" if self._limits.sight else ""]
        return "+".join(part for part in parts if part)


def _part(watch: Watch | None, start: float, end: float) -> Watch | None:
    """Return a watch for work that is a part of the whole, from `start` to `end` of it."""
    return None if watch is None else lambda done: watch(start + (end - start) * done)
