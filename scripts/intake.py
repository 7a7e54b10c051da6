"""The worker of the intake: ``python -m scripts.intake``. What arrived whole by browser becomes clip and task.

A recording comes to lie in its family's folder and goes the way of `vib sync`. Each step is noted before it is
done and can be done again, so that a kill at any moment costs nothing and doubles nothing.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, final

from scripts.console import NotRunning, complain
from scripts.telling_moved import Elsewhere
from vib.changed_families import notes
from vib.family import FILE, Family, add_clips, change_family, clip_name
from vib.following import let_go
from vib.language import Text
from vib.library import LIBRARY, Entry, Library, content_hash, only_one, opened
from vib.media import PassingProblem
from vib.problem import InputProblem
from vib.project_key import ProjectKey
from vib.recordings import folder_of
from vib.sending import ENDS, FOLDER, InUse, Outcome, Sending, forget_old, on_their_way
from vib.settings import Settings, read_settings

if TYPE_CHECKING:
    from label_studio_sdk.client import LabelStudio

    from scripts.synced import Summary

NAME = "intake"
"""Of the lock of the one worker of a data folder."""

POLL_SECONDS = 1.0
AGAIN_SECONDS = 5.0
"""Before something is tried again that did not go this time: another sync runs, the server starts."""

HELD_SECONDS = 300.0
"""Before something is tried again that waits for a person; at once when the family's file changes."""

FORGET_SECONDS = 600.0
NOTE_SECONDS = 0.5
"""How often at most it is noted how far a clip is."""

MOST_TRIES = 5
"""How often work on a recording may fail in a way that nobody foresaw, before that is said."""

_NO_FOLDER = Text(
    nl="de map van dit gezin is er niet; vraag het de beheerder",
    en="the folder of this family is not there; ask the administrator",
)
_BROKEN = Text(
    nl="er ging hier iets mis; de opname is bewaard, en de beheerder vindt in het logboek waarom",
    en="something went wrong here; the recording is kept, and the administrator finds in the log why",
)
_OF_OTHERS = Text(
    nl="deze opname is al van een clip die elders staat; vraag de beheerder om haar te laten verhuizen",
    en="this recording is that of a clip elsewhere already; ask the administrator to let it move",
)
_VANISHED = Text(
    nl="het bestand verdween uit de gezinsmap voordat er een clip van was; stuur het opnieuw",
    en="the file vanished from the family's folder before there was a clip of it; send it again",
)

log = logging.getLogger("vib.intake")


@final
@dataclass(frozen=True)
class _Wait:
    """Until when a recording is left alone, unless the family's file is another than it was."""

    until: float
    file: int


@final
class Worker:
    """Brings recordings in, one after the other, until it is told to stop."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._intake = settings.data / FOLDER
        self._waits: dict[str, _Wait] = {}
        self._again = 0.0
        self._stop = threading.Event()

    def stop(self) -> None:
        """Finish soon; a clip that is being made is made again."""
        self._stop.set()

    def run(self) -> None:
        """Work until `stop`."""
        for sending in on_their_way(self._intake):
            if sending.outcome.stage in ENDS:
                self._cleared(sending)
        forgot = -FORGET_SECONDS
        while not self._stop.is_set():
            if time.monotonic() - forgot > FORGET_SECONDS:
                forget_old(self._intake)
                forgot = time.monotonic()
            if not self.one() and not self.follow():
                self._stop.wait(POLL_SECONDS)

    def one(self) -> bool:
        """Bring in the recording that waited longest; tell whether there was one."""
        # Whatever kills the worker is not to keep it from the others.
        due = [one for one in on_their_way(self._intake) if self._is_due(one)]
        for sending in sorted(due, key=lambda one: one.outcome.tries):
            with suppress(InUse, FileNotFoundError), sending.alone():
                self._bring(sending)
                return True
        return False

    def follow(self) -> bool:
        """Let the tasks of a family that was changed by browser follow; tell whether there was one."""
        if time.monotonic() < self._again:
            return False
        for family, noted in notes(self._intake).items():
            try:
                self._followed(family)
            except Exception as problem:
                expected = isinstance(problem, InputProblem | NotRunning | ConnectionError)
                log.warning("the tasks of %s do not follow yet: %s", family, problem, exc_info=not expected)
                self._again = time.monotonic() + AGAIN_SECONDS
                return False
            for note in noted:
                note.unlink(missing_ok=True)
            return True
        return False

    def _followed(self, family: str) -> None:
        """Sync a family that has a project: what its file says now is to be in it."""
        from scripts.server import connect
        from scripts.sync import bring_in

        folder = folder_of(self._settings.families, family)
        if folder is None:
            return
        with only_one(self._settings.data), opened(self._settings.data / LIBRARY) as library:
            if library.project(ProjectKey("family", family)) is not None:
                bring_in(folder, connect(self._settings), library, self._settings, lambda clip, done, total: None)

    def _is_due(self, sending: Sending) -> bool:
        if sending.outcome.stage in ("sending", *ENDS):
            return False
        wait = self._waits.get(sending.id)
        return wait is None or time.monotonic() > wait.until or self._family_file(sending) != wait.file

    def _folder(self, sending: Sending) -> Path | None:
        return folder_of(self._settings.families, sending.sent.family)

    def _family_file(self, sending: Sending) -> int:
        folder = self._folder(sending)
        return 0 if folder is None else (folder / FILE).stat().st_mtime_ns

    def _bring(self, sending: Sending) -> None:
        """Bring one recording in as far as that goes now, and note how far it is."""
        before = sending.outcome
        pause = AGAIN_SECONDS
        try:
            outcome = self._brought(sending, before)
        except (InputProblem, NotRunning, ConnectionError) as problem:
            log.warning("%s waits: %s", sending.id, problem)
            outcome = sending.outcome.model_copy(update={"tries": before.tries})
        except Exception:
            log.exception("%s failed", sending.id)
            outcome = sending.outcome
            if outcome.tries >= MOST_TRIES:
                outcome, pause = _held(outcome, _BROKEN), HELD_SECONDS
        else:
            pause = HELD_SECONDS
        sending.put(outcome)
        self._cleared(sending)
        self._waits.pop(sending.id, None)
        if outcome.stage not in ENDS:
            self._waits[sending.id] = _Wait(time.monotonic() + pause, self._family_file(sending))

    def _brought(self, sending: Sending, before: Outcome) -> Outcome:
        folder = self._folder(sending)
        if folder is None:
            return _held(before, _NO_FOLDER)
        with only_one(self._settings.data), opened(self._settings.data / LIBRARY) as library:
            sending.put(before.model_copy(update={"tries": before.tries + 1}))
            return _One(self._settings, library, sending, folder).bring()

    def _cleared(self, sending: Sending) -> None:
        """Take away what is not to stay; where that does not go, it is done at the next start."""
        try:
            self._clear(sending)
        except (InputProblem, OSError) as problem:
            log.warning("what is left of %s cannot be taken away: %s", sending.id, problem)

    def _clear(self, sending: Sending) -> None:
        """Take away what is not to stay of a recording that was there already, or cannot be used."""
        outcome = sending.outcome
        if outcome.stage in ("same", "refused"):
            sending.body.unlink(missing_ok=True)
        folder = self._folder(sending)
        if outcome.stage == "refused" and outcome.name and folder is not None:
            change_family(folder, lambda family: _without(family, outcome.name))
            (folder / outcome.name).unlink(missing_ok=True)
            with opened(self._settings.data / LIBRARY) as library:
                refused = f"{sending.sent.family}/{clip_name(outcome.name)}"
                library.forget_refused(sending.sent.family, library.entries(sending.sent.family).keys() - {refused})
            sending.put(outcome.model_copy(update={"name": ""}))


@final
class _One:
    """One recording that arrived, while nobody else works in the library."""

    def __init__(self, settings: Settings, library: Library, sending: Sending, folder: Path) -> None:
        self.settings = settings
        self.library = library
        self.sending = sending
        self.family = sending.sent.family
        self.folder = folder
        self.key = ProjectKey("family", self.family)

    def bring(self) -> Outcome:
        """Return what came of it.

        Raises
        ------
        InputProblem
            It does not go this time, and may another.
        """
        from scripts.placing import place

        outcome = self.sending.outcome
        if self.sending.body.exists():
            entries = self.library.entries(self.family).values()
            sha256 = content_hash(self.sending.body)
            twin = next((one for one in entries if one.sha256 == sha256 and one.problem is None), None)
            if twin is not None and twin.source != outcome.name:
                return self._made("same", outcome, twin, ())
            outcome = place(self.sending, self.folder, sha256, {clip_name(one.source) for one in entries})
        return self._synced(outcome)

    def _synced(self, outcome: Outcome) -> Outcome:
        from scripts.server import connect
        from scripts.sync import bring_in

        add_clips(self.folder, [outcome.name])
        client = connect(self.settings)
        summary = bring_in(self.folder, client, self.library, self.settings, self._noting(outcome))
        entries = self.library.entries(self.family).values()
        entry = next((one for one in entries if one.source == outcome.name), None)
        if entry is not None and entry.problem is not None:
            nl, en = entry.problem
            return outcome.model_copy(update={"stage": "refused", "reason": Text(nl=nl, en=en)})
        if entry is None or entry.id not in self.library.registered(self.key):
            return self._not_ready(outcome, summary)
        self._ask_for_turns(client)
        if not self.settings.intake_keep:
            let_go(self.library, entry.id)
            (self.folder / outcome.name).unlink(missing_ok=True)
        return self._made("ready", outcome, entry, (remark for clip, remark in summary.remarks if clip == entry.id))

    def _made(self, stage: str, outcome: Outcome, entry: Entry, remarks: Iterator[Text] | tuple[Text, ...]) -> Outcome:
        task, _ = self.library.facts(self.key).get(entry.id, (0, None))
        return Outcome.model_validate(
            {
                "stage": stage,
                "name": outcome.name,
                "clip": entry.id,
                "project": self.library.project(self.key) or 0,
                "task": task,
                "seconds": entry.duration,
                "remarks": tuple(remarks),
            }
        )

    def _not_ready(self, outcome: Outcome, summary: Summary) -> Outcome:
        """Say why a recording is in the folder and is no task: of itself, else of its family."""
        place = self.folder / outcome.name
        problems = sorted(summary.problems, key=lambda problem: problem.place != str(place))
        if problems and isinstance(problems[0], PassingProblem):
            raise problems[0]
        if problems:
            about_others = isinstance(problems[0], Elsewhere)
            return _held(outcome, _OF_OTHERS if about_others else problems[0].reason)
        return outcome.model_copy(update={"stage": "refused", "reason": _VANISHED})

    def _noting(self, outcome: Outcome) -> Callable[[str, float, float], None]:
        """Return what notes how far the clip is."""
        clip = f"{self.family}/{clip_name(outcome.name)}"
        noted = 0.0

        def note(made: str, done: float, total: float) -> None:
            nonlocal noted
            if made == clip and time.monotonic() - noted > NOTE_SECONDS:
                noted = time.monotonic()
                now = self.sending.outcome
                self.sending.put(now.model_copy(update={"stage": "making", "done": done, "total": total}))

        return note

    def _ask_for_turns(self, client: LabelStudio) -> None:
        from scripts.backend import Backend
        from scripts.segmenting import ask_for_turns

        number = self.library.project(self.key)
        try:
            if number is not None:
                ask_for_turns(client, self.library, Backend(self.settings), number)
        except (InputProblem, NotRunning, OSError) as problem:
            log.warning("turns of %s cannot be asked for: %s", self.family, problem)


def _without(family: Family, file: str) -> Family:
    """Return a family that does not list a recording."""
    if family.clips is None:
        return family
    return family.model_copy(update={"clips": tuple(clip for clip in family.clips if clip.file != file)})


def _held(outcome: Outcome, reason: Text) -> Outcome:
    return outcome.model_copy(update={"stage": "held", "reason": reason})


def main() -> None:
    """Work until SIGTERM or SIGINT; exit code 2 when another works in this data folder, or a setting is wrong."""
    os.umask(0o077)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s")
    try:
        settings = read_settings()
        worker = Worker(settings)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: _leave(worker))
        with only_one(settings.data, NAME):
            worker.run()
    except InputProblem as problem:
        complain(problem)
        sys.exit(2)


def _leave(worker: Worker) -> None:
    """Stop; while a clip is made that takes effect at once, as it is made again."""
    worker.stop()
    raise SystemExit(0)


if __name__ == "__main__":
    main()
