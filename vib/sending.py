"""A recording on its way in: a folder of its own, which the server fills and the worker of the intake empties.

``sent.json`` is what was said of it as it began, ``body`` is what arrived of it, ``outcome.json`` how far it is
since. How much arrived is the size of ``body``, and nothing else: a kill at any moment costs nothing of that.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, final
from uuid import uuid4

from pydantic import Field, ValidationError

from vib.atomic import write_text
from vib.family import FileName, Pseudonym
from vib.language import Text
from vib.yaml_file import Checked

NAME = re.compile(r"[0-9a-f]{32}")

FOLDER = "intake"
"""Name of the folder of all of them, below the data folder."""

KEPT_SECONDS = 7 * 24 * 3600.0
"""For how long after the last of it arrived what is not whole is kept, and then what came of it."""

Stage = Literal["sending", "arrived", "placed", "making", "held", "ready", "same", "refused"]
"""`placed` lies in its family's folder; `held` waits there for what a person has to do; the last three are ends."""

ENDS: frozenset[Stage] = frozenset({"ready", "same", "refused"})


class Sent(Checked):
    """What was said of a recording as it began.

    Parameters
    ----------
    user : int
        The account that sends it; nobody else sees it.
    name : str
        What it is to be called in the family's folder.
    original : str
        What it is called where it comes from.
    length : int
        Bytes.
    modified : int
        When it was changed last where it comes from, in milliseconds since 1970; 0 where that is not known.
    begun : float
        When it began, in seconds since 1970.
    """

    user: int
    family: Pseudonym
    name: FileName
    original: str = Field(max_length=255)
    length: int = Field(gt=0)
    modified: int = Field(0, ge=0)
    begun: float = Field(ge=0)


class Outcome(Checked):
    """How far a recording is once it is here as a whole.

    Parameters
    ----------
    name : str
        What it is called in the family's folder, where it lies there.
    done, total : float
        Seconds of it that are made into a clip, and seconds in all.
    clip : str
        Id of the clip that it became, or of that of the same recording.
    project, task : int
        Where the clip is coded; 0 where that is nowhere.
    seconds : float
        How long the clip is.
    reason : Text or None
        Why it is held or refused.
    remarks : tuple of Text
        What the clip lacks that one may expect.
    tries : int
        How often work on it began.
    """

    stage: Stage
    name: str = ""
    done: float = 0.0
    total: float = 0.0
    clip: str = ""
    project: int = 0
    task: int = 0
    seconds: float = 0.0
    reason: Text | None = None
    remarks: tuple[Text, ...] = ()
    tries: int = 0


class InUse(Exception):
    """Somebody else writes or moves this recording now."""


@final
@dataclass(frozen=True, slots=True)
class Sending:
    """One recording on its way."""

    folder: Path
    sent: Sent

    @property
    def id(self) -> str:
        """What it is called in addresses: nobody can guess it."""
        return self.folder.name

    @property
    def body(self) -> Path:
        """What arrived of it."""
        return self.folder / "body"

    @property
    def offset(self) -> int:
        """Bytes of it that are here, or were before it was placed."""
        try:
            return self.body.stat().st_size
        except FileNotFoundError:
            return self.sent.length

    @property
    def outcome(self) -> Outcome:
        """How far it is."""
        try:
            return Outcome.model_validate_json((self.folder / "outcome.json").read_bytes())
        except (FileNotFoundError, ValidationError):
            return Outcome(stage="arrived" if self.offset >= self.sent.length else "sending")

    @property
    def touched(self) -> float:
        """When something of it arrived last, or came of it, in seconds since 1970."""
        times = [self.sent.begun]
        for path in (self.body, self.folder / "outcome.json"):
            with suppress(FileNotFoundError):
                times.append(path.stat().st_mtime)
        return max(times)

    @property
    def expires(self) -> float:
        """Until when it is kept if nothing more happens, in seconds since 1970."""
        return self.touched + KEPT_SECONDS

    def put(self, outcome: Outcome) -> None:
        """Note how far it is."""
        write_text(self.folder / "outcome.json", outcome.model_dump_json(), mode=0o600)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep everybody else from writing, moving and throwing it away; the system lets go when a process dies.

        Raises
        ------
        InUse
            Somebody else does.
        FileNotFoundError
            It was thrown away.
        """
        handle = os.open(self.folder / "sent.json", os.O_RDONLY | os.O_CLOEXEC)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise InUse from error
            # Thrown away, between opening and locking it.
            os.stat(self.folder)
            yield
        finally:
            os.close(handle)

    def throw_away(self) -> None:
        """Take it away as a whole: who dies half-way leaves nothing that counts."""
        gone = self.folder.with_name(f".{self.id}")
        with suppress(FileNotFoundError):
            self.folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


@contextmanager
def one_at_a_time(intake: Path) -> Iterator[None]:
    """Wait until nobody else makes room for a recording: two that fit each need not fit together."""
    intake.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (intake / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def begin(intake: Path, sent: Sent) -> Sending:
    """Make room for a recording of which nothing arrived yet, within `one_at_a_time`."""
    made = Sending(intake / uuid4().hex, sent)
    half = intake / f".{made.id}"
    half.mkdir(mode=0o700)
    (half / "body").touch(mode=0o600)
    write_text(half / "sent.json", sent.model_dump_json(), mode=0o600)
    half.rename(made.folder)
    sync_folder(intake)
    return made


def find(intake: Path, name: str) -> Sending | None:
    """Return the recording on its way that is called so in addresses, or None."""
    folder = intake / name
    if not NAME.fullmatch(name) or not folder.is_dir():
        return None
    try:
        return Sending(folder, _sent(folder))
    except (OSError, ValidationError):
        return None


@lru_cache(maxsize=4096)
def _sent(folder: Path) -> Sent:
    """Return what was said of a recording: it never changes, and pages ask again and again."""
    return Sent.model_validate_json((folder / "sent.json").read_bytes())


def on_their_way(intake: Path) -> list[Sending]:
    """Return every recording on its way, or of which is kept what came of it; the one that began first comes first."""
    names = [entry.name for entry in os.scandir(intake)] if intake.is_dir() else []
    found = [one for name in names if (one := find(intake, name)) is not None]
    return sorted(found, key=lambda one: (one.sent.begun, one.id))


def forget_old(intake: Path, now: float | None = None) -> None:
    """Take away what nobody went on with, what came of recordings long ago, and what was half thrown away."""
    now = time.time() if now is None else now
    for one in on_their_way(intake):
        if one.expires < now and one.outcome.stage in {"sending", *ENDS}:
            with suppress(InUse, FileNotFoundError), one.alone():
                one.throw_away()
    for half in intake.glob(".*"):
        with suppress(FileNotFoundError):
            if now - half.stat().st_mtime > 3600:
                shutil.rmtree(half, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """See to it that the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
