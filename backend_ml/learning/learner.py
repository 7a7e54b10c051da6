"""All that learning needs of one installation, in one place: told to, or by itself when enough was corrected."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime
from functools import cached_property
from typing import final

from backend_ml.learning.examples import EvidenceOf, Examples, Hears
from backend_ml.learning.refitting import Outcome, alone, refit
from backend_ml.learning.settings import LearningSettings
from backend_ml.learning.shipped import guard_set, name_of_shipped
from backend_ml.learning.store import CorrectionStore
from backend_ml.learning.versions import HeadStore
from backend_ml.turns.evidence import EvidenceStore
from backend_ml.turns.head import RoleHead, shipped_head

log = logging.getLogger(__name__)


@final
class Learner:
    """Learns from the corrections of one installation.

    Parameters
    ----------
    settings : LearningSettings
    shipped : Hears or None
        None is the head of the product.
    guard : Examples or None
        None reads the one of the product.
    evidence_of : callable or None
        None reads the evidence that the pipeline keeps.
    """

    def __init__(
        self,
        settings: LearningSettings,
        *,
        shipped: Hears | None = None,
        guard: Examples | None = None,
        evidence_of: EvidenceOf | None = None,
    ) -> None:
        self.heads = HeadStore(settings.learning, name_of_shipped() if shipped is None else "given")
        self._settings = settings
        self._shipped = shipped_head() if shipped is None else shipped
        self._guard = guard
        self._evidence_of = evidence_of or EvidenceStore(settings.evidence).get

    @cached_property
    def corrections(self) -> CorrectionStore:
        """What people corrected; made when first needed, so that asking for a head writes nothing."""
        return CorrectionStore(self._settings.learning)

    def pseudonym(self, family: str | None) -> str | None:
        """Return what a family is called in the stores; None stays None."""
        return None if family is None else self.corrections.pseudonym("family", family)

    def head_for(self, family: str | None = None) -> tuple[RoleHead, str]:
        """Return the head for a family, by its name such as ``F-0001``, and its version."""
        # While no family has one, the key of the pseudonyms is not needed, and not made.
        return self.heads.head_for(self.pseudonym(family) if self.heads.for_families else None)

    def heads_in_use(self) -> list[tuple[RoleHead, str]]:
        """Return the heads in use, for everybody and for families, with their versions."""
        return [self.heads.head_for(family) for family in (None, *self.heads.for_families)]

    def train(self, family: str | None = None) -> Outcome:
        """Learn now, for everybody or for one family by its name."""
        whose = self.pseudonym(family)
        with alone(self._settings.learning):
            guard = guard_set() if self._guard is None else self._guard
            corrections = self.corrections.corrections(whose)
            return refit(corrections, self._evidence_of, self._shipped, self.heads, guard, family=whose)

    def use(self, version: str, family: str | None = None) -> None:
        """Use another version from now on.

        Raises
        ------
        InputProblem
            There is no such version, or it was learnt for another family.
        """
        with alone(self._settings.learning):
            self.heads.use(version, self.pseudonym(family))

    def forget(self, *, family: str | None = None, clip: str | None = None) -> tuple[int, int]:
        """Erase the corrections of a family by its name, or of a clip by its key, and what was learnt from them.

        Returns
        -------
        tuple of int
            How many corrections, and how many versions.
        """
        with alone(self._settings.learning):
            erased, gone, heard = 0, set[str](), EvidenceStore(self._settings.evidence)
            if family is not None:
                whose = self.corrections.pseudonym("family", family)
                for corrected in self.corrections.corrections(whose):
                    heard.erase(corrected.clip)
                erased += self.corrections.erase_family(whose)
                gone |= set(self.heads.forget(families=[whose]))
            if clip is not None:
                erased += self.corrections.erase_clip(clip)
                heard.erase(clip)
                gone |= set(self.heads.forget(clips=[clip]))
            return erased, len(gone)

    def train_when_due(self) -> Outcome | None:
        """Learn if enough was corrected since the last time; None when it is not time, or somebody chose a version."""
        enough = self._settings.learn_after
        with alone(self._settings.learning):
            if not enough or self.heads.by_hand or self.corrections.turns_since(self.heads.tried) < enough:
                return None
            self.heads.note_try(datetime.now(UTC).isoformat(timespec="microseconds"))
        return self.train()


def train_aside(settings: LearningSettings) -> threading.Thread:
    """Learn in a thread if it is time to, so that whoever brings a correction need not wait.

    A process that ends in the middle loses that attempt and nothing else.
    """

    def work() -> None:
        try:
            outcome = Learner(settings).train_when_due()
        except Exception:
            log.exception("learning by itself failed")
            return
        if outcome is not None:
            log.info("learnt by itself: %s", outcome.accepted.version if outcome.accepted else outcome.because)

    thread = threading.Thread(target=work, name="vib-learning", daemon=True)
    thread.start()
    return thread
