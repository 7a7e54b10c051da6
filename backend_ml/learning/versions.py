"""Heads that were learnt here: every version is kept, one is in use, and going back is changing a pointer."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, final

import numpy as np
from pydantic import BaseModel, ConfigDict, FiniteFloat, ValidationError

from backend_ml.learning.examples import DIMENSIONS
from backend_ml.learning.texts import SHIPPED
from backend_ml.turns.head import RoleHead, shipped_head
from vib.atomic import write_text
from vib.problem import InputProblem
from vib.validation import written_as

SHIPPED_HEAD = shipped_head()
"""What is added when nothing was learnt."""

log = logging.getLogger(__name__)

VersionName = Annotated[
    str, written_as(r"[0-9a-f]{8}", nl="is geen naam van een versie", en="is not the name of a version")
]
Pseudonym = Annotated[
    str, written_as(r"[0-9a-f]{64}", nl="is geen pseudoniem van een gezin", en="is not the pseudonym of a family")
]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Figures(_Kept):
    """How a refit compares with the head in use, by the mean over speakers that were left out.

    `before` and `after` are shares of turns with the right actor; `low` and `high` are the ends of the
    90% interval of the difference. `surer_low` and `surer_high` are those of the difference in log loss,
    above 0 when the refit is surer of the right actor. `guard_before` and `guard_after` are shares too,
    over the guard set.
    """

    before: FiniteFloat
    after: FiniteFloat
    low: FiniteFloat
    high: FiniteFloat
    surer_low: FiniteFloat
    surer_high: FiniteFloat
    guard_before: FiniteFloat
    guard_after: FiniteFloat


class HeadVersion(_Kept):
    """One head that was learnt, with what it was learnt from. No name is in it.

    `upon` says which shipped head it was learnt on top of: with another it means nothing.
    """

    version: VersionName
    upon: str
    parent: VersionName | None
    made: str
    family: Pseudonym | None
    strength: FiniteFloat
    turns: int
    speakers: int
    clips: tuple[Pseudonym, ...]
    families: tuple[Pseudonym, ...]
    figures: Figures
    weights: tuple[FiniteFloat, ...]
    bias: FiniteFloat

    @property
    def head(self) -> RoleHead:
        """The head itself."""
        return RoleHead(np.array(self.weights, dtype=np.float32), self.bias)


class _Pointer(_Kept):
    """Which version is in use for everybody, and for a family; None is the shipped head."""

    everybody: VersionName | None = None
    families: dict[Pseudonym, VersionName | None] = {}
    by_hand: bool = False
    tried: str = ""


def name_of(head: RoleHead) -> str:
    """Return the name of a head: eight characters of the hash of its numbers."""
    content = np.append(head.weights, np.float32(head.bias)).astype("<f4").tobytes()
    return hashlib.sha256(content).hexdigest()[:8]


@final
class HeadStore:
    """The heads of one installation, in files that only their owner reads.

    Parameters
    ----------
    folder : Path
    upon : str
        Which head came with the product; what was learnt on top of another is kept and not used.
    """

    def __init__(self, folder: Path, upon: str) -> None:
        self.upon = upon
        self._folder = folder / "heads"
        self._pointer_file = folder / "current.json"

    def head_for(self, family: str | None = None) -> tuple[RoleHead, str]:
        """Return the head for a family and its version, `SHIPPED` or eight characters.

        Parameters
        ----------
        family : str or None
            Pseudonym of `CorrectionStore.pseudonym`. A family without a head of its own that can be used,
            and None, get the one of everybody.
        """
        found = self.current(family)
        return (SHIPPED_HEAD, SHIPPED) if found is None else (found.head, found.version)

    @property
    def for_families(self) -> tuple[str, ...]:
        """Pseudonyms of the families of which was said what is used for them."""
        return tuple(self._pointer().families)

    def current(self, family: str | None = None) -> HeadVersion | None:
        """Return the version in use for a family; None is the shipped head."""
        pointer = self._pointer()
        if family is not None and family in pointer.families:
            own = self._usable(pointer.families[family])
            if own is not None or pointer.families[family] is None:
                return own
        return self._usable(pointer.everybody)

    def find(self, version: str) -> HeadVersion | None:
        """Return a version; one that is missing or damaged counts as none."""
        try:
            kept = HeadVersion.model_validate_json(self._file(version).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError):
            log.warning("head %s is damaged; it is not used", version)
            return None
        if name_of(kept.head) != version or len(kept.weights) != DIMENSIONS:
            log.warning("head %s is not what its name says; it is not used", version)
            return None
        return kept

    def versions(self) -> list[HeadVersion]:
        """Return every version, the oldest first."""
        found = [self.find(file.stem) for file in self._folder.glob("????????.json")]
        return sorted((kept for kept in found if kept is not None), key=lambda kept: (kept.made, kept.version))

    def accept(self, version: HeadVersion) -> None:
        """Keep a version and use it, for its family or for everybody."""
        write_text(self._file(version.version), version.model_dump_json(), mode=0o600)
        self._point(version.family, version.version, by_hand=False)

    def use(self, version: str, family: str | None = None) -> None:
        """Use another version from now on.

        Parameters
        ----------
        version : str
            Name of a version, or `SHIPPED`.
        family : str or None
            For which family; None is everybody. A version of a family is for that family only.

        Raises
        ------
        InputProblem
            There is no such version, or it was learnt for another family.
        """
        if version == SHIPPED:
            self._point(family, None, by_hand=True)
            return
        kept = self.find(version) if version in (kept.version for kept in self.versions()) else None
        if kept is not None and kept.upon != self.upon:
            raise InputProblem(
                version,
                nl="is geleerd bij een andere uitgave van VIB Studio; leer opnieuw",
                en="was learnt with another release of VIB Studio; learn again",
            )
        if kept is None:
            raise InputProblem(version, nl="deze versie is er niet", en="there is no such version")
        if kept.family not in (None, family):
            raise InputProblem(
                version,
                nl="is voor één gezin geleerd; noem dat gezin met --family",
                en="was learnt for one family; name that family with --family",
            )
        self._point(family, version, by_hand=True)

    @property
    def by_hand(self) -> bool:
        """Whether a person chose what is in use: then nothing is put in its place unasked."""
        return self._pointer().by_hand

    @property
    def tried(self) -> str:
        """When learning by itself was last tried; ISO 8601, empty for never."""
        return self._pointer().tried

    def note_try(self, moment: str) -> None:
        """Note that learning by itself was tried, whatever came of it."""
        self._write(self._pointer().model_copy(update={"tried": moment}))

    def forget(self, *, clips: Iterable[str] = (), families: Iterable[str] = ()) -> list[str]:
        """Erase every version that learnt from a clip or family; return their names.

        Where one was in use, the shipped head is from then on.
        """
        gone_clips, gone_families = set(clips), set(families)
        gone = [
            kept.version
            for kept in self.versions()
            if gone_clips & set(kept.clips) or gone_families & {*kept.families, kept.family}
        ]
        pointer = self._pointer()
        left = {
            family: version
            for family, version in pointer.families.items()
            if version not in gone and family not in gone_families
        }
        everybody = None if pointer.everybody in gone else pointer.everybody
        self._write(pointer.model_copy(update={"everybody": everybody, "families": left}))
        for version in gone:
            self._file(version).unlink(missing_ok=True)
        return gone

    def _usable(self, version: str | None) -> HeadVersion | None:
        found = None if version is None else self.find(version)
        return found if found is not None and found.upon == self.upon else None

    def _point(self, family: str | None, version: str | None, *, by_hand: bool) -> None:
        pointer = self._pointer()
        change: dict[str, object] = {"everybody": version}
        if family is not None:
            others = {whose: name for whose, name in pointer.families.items() if whose != family}
            # A family that is given what everybody has goes along with them from then on.
            change = {"families": others if version == pointer.everybody else {**others, family: version}}
        self._write(pointer.model_copy(update={**change, "by_hand": by_hand}))

    def _pointer(self) -> _Pointer:
        try:
            return _Pointer.model_validate_json(self._pointer_file.read_bytes())
        except FileNotFoundError:
            return _Pointer()
        except (OSError, ValidationError):
            log.warning("%s is damaged; the shipped head is used", self._pointer_file.name)
            return _Pointer()

    def _write(self, pointer: _Pointer) -> None:
        write_text(self._pointer_file, pointer.model_dump_json(), mode=0o600)

    def _file(self, version: str) -> Path:
        return self._folder / f"{version}.json"
