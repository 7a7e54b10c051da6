"""The segmenter: listens to a clip once, keeps what it heard, and decides who acts from when to when."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import final

from backend_ml.cache import sha256_of
from backend_ml.learning.learner import Learner
from backend_ml.learning.settings import LearningSettings
from backend_ml.learning.versions import SHIPPED
from backend_ml.turns import audio
from backend_ml.turns.audio import BLOCK_BYTES
from backend_ml.turns.confidence import seen
from backend_ml.turns.deciding import ActivityRules, decide
from backend_ml.turns.evidence import LISTENING, Evidence, EvidenceStore
from backend_ml.turns.head import RoleHead
from backend_ml.turns.hearing import Hearing
from backend_ml.turns.limits import Limits
from backend_ml.turns.models import models
from backend_ml.turns.rules import TurnRules
from backend_ml.turns.sight import Sight, look, presence, sight_of
from backend_ml.weights import model_hashes
from vib.media import MediaProblem, probe
from vib.segmenting import Segmentation, Watch

LAST_BLOCK = 0.2
"""Seconds by which the last block of a codec may pass the end of the clip."""

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

    @property
    def version(self) -> str:
        """The model's version; another head is another version."""
        return self._head()[1]

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
        evidence = self._listen(path, watch) if self._kept is None else self._remembered(path, self._kept, watch)
        head, version = self._head()
        turns = decide(evidence, head, models().activity, self._activity, self._rules)
        if self._limits.sight:
            picture = self._look(path)
            turns = tuple(seen(turn, presence(picture, turn.start, turn.end)) for turn in turns)
        return Segmentation(path.name, round(evidence.duration, 3), version, turns)

    def _listen(self, path: Path, watch: Watch | None) -> Evidence:
        info = probe(path)
        hearing = Hearing(models())
        for samples in audio.stream(path, info, self._limits, block_bytes=self._block_bytes):
            hearing.feed(samples)
            if watch is not None and info.duration:
                watch(min(1.0, hearing.seconds / info.duration))
        longer = hearing.seconds > info.duration + LAST_BLOCK
        return hearing.finish(hearing.seconds if longer else info.duration)

    def _look(self, path: Path) -> Sight:
        try:
            return look(path, probe(path), self._limits)
        except MediaProblem as problem:
            # Turns are made of sound; a picture that cannot be read costs none of them.
            log.warning("the picture of a clip is not looked at: %s", problem.reason.en)
            return sight_of([], [], [], [], [])

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
        head, learnt = self._learner.head_for()
        parts = [LISTENING, "" if learnt == SHIPPED else learnt, "sight" if self._limits.sight else ""]
        return head, "+".join(part for part in parts if part)
