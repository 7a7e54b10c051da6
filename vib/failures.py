"""What went wrong in plugins: noted once, logged, and kept where another process can read it."""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import final
from urllib.parse import quote

from pydantic import ValidationError

from vib.atomic import write_text
from vib.validation import field_name

IMPORTING = "import"
"""In place of a hook: the plugin could not be imported, or does not fit its hooks."""

LONGEST = 300
"""Signs of a message that are kept; the log has all of it."""

MOST_KEPT = 500
"""Files that are read of one folder; there is one for each plugin and hook."""

log = logging.getLogger(__name__)


@final
@dataclass(frozen=True, slots=True)
class Failure:
    """Something in which a plugin failed.

    Parameters
    ----------
    plugin, hook : str
        Which plugin, in which hook; `IMPORTING` in place of a hook.
    error : str
        Kind and message of the exception, on one line.
    at : str
        When it happened last, as ISO 8601 in UTC.
    where : str
        The server in which it happened; empty for the process that asks.
    """

    plugin: str
    hook: str
    error: str
    at: str
    where: str = ""

    @property
    def moment(self) -> datetime:
        """When it happened last."""
        return datetime.fromisoformat(self.at).astimezone(UTC)

    def __str__(self) -> str:
        seen = f" ({self.where}, {self.at})" if self.where else ""
        return (self.error if self.hook == IMPORTING else f"{self.hook}: {self.error}") + seen


def described(error: BaseException) -> str:
    """Return kind and message of an exception on one line.

    Examples
    --------
    >>> described(KeyError("carla"))
    "KeyError: 'carla'"
    """
    message: object = error
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        message = f"{error.title}: {field_name(first['loc'])}: {first['msg']}"
    said = " ".join(f"{type(error).__name__}: {message}".split())
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


@final
class Failures:
    """The failures of one process: the last of each plugin in each hook."""

    def __init__(self) -> None:
        self._noted: dict[tuple[str, str], Failure] = {}
        self._lock = Lock()
        self._folder: Path | None = None

    def note(self, plugin: str, hook: str, error: BaseException) -> None:
        """Remember and log a failure; the log has where it came from the first time."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        failure = Failure(plugin, hook, described(error), now)
        with self._lock:
            before = self._noted.get((plugin, hook))
            self._noted[plugin, hook] = failure
            new = before is None or before.error != failure.error
            if new:
                self._write(failure)
        log.error("plugin %s: %s", plugin, failure, exc_info=error if new else None)

    def listed(self) -> tuple[Failure, ...]:
        """Return what was noted, by plugin and hook."""
        with self._lock:
            return tuple(self._noted[key] for key in sorted(self._noted))

    def keep_in(self, folder: Path, start: str) -> None:
        """Write what was noted and what will be into a folder, in place of what an earlier start left there.

        Other processes see it there with `kept`.

        Parameters
        ----------
        folder : Path
        start : str
            Which start of the server this is, as `start_of` says it. Of the processes of one start the
            first empties the folder, so that none loses what another noted.
        """
        with self._lock:
            self._folder = folder
            try:
                _empty_once(folder, start)
            except OSError as error:
                log.warning("%s: %s", folder, error)
            for failure in self._noted.values():
                self._write(failure)

    def _write(self, failure: Failure) -> None:
        if self._folder is None:
            return
        name = quote(f"{failure.plugin}.{failure.hook}", safe="")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_text(self._folder / f"{name}.json", json.dumps(asdict(failure)) + "\n", mode=0o600)
        except OSError as error:
            # A full disk is no reason to fail in more than what failed already.
            log.warning("%s: %s", self._folder, error)


def start_of(process: int) -> str:
    """Return a text that is the same for all processes of one start of a server, and another at the next.

    Parameters
    ----------
    process : int
        One that started together with the server: of a process that a server started, its parent.
    """
    group = os.getpgid(process)
    try:
        said = Path(f"/proc/{group}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return str(group)
    # The name of a program is in brackets and may hold anything.
    return f"{group} {said.rpartition(') ')[2].split()[19]}"


def _empty_once(folder: Path, start: str) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "start").open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        if file.read() == start:
            return
        for old in folder.glob("*.json"):
            old.unlink(missing_ok=True)
        file.truncate(0)
        file.write(start)


def kept(folder: Path) -> tuple[Failure, ...]:
    """Return what servers wrote below a folder: one subfolder a server, by whose name it is called.

    A file that is no failure is passed over.
    """
    found = []
    for path in sorted(folder.glob("*/*.json"))[:MOST_KEPT]:
        try:
            failure = Failure(**json.loads(path.read_text(encoding="utf-8")))
            _ = failure.moment
        except (OSError, ValueError, TypeError):
            continue
        if all(isinstance(value, str) for value in asdict(failure).values()):
            found.append(replace(failure, where=path.parent.name))
    return tuple(found)


def of_plugin(name: str, failures: Iterable[Failure]) -> tuple[Failure, ...]:
    """Return the failures of one plugin, each hook once: what this process saw before what others did."""
    found: dict[str, Failure] = {}
    for failure in failures:
        if failure.plugin == name and failure.hook not in found:
            found[failure.hook] = failure
    return tuple(found[hook] for hook in sorted(found))
