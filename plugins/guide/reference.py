"""Moments of the demo's clips in which a code occurs, from the codes that came with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import final

from vib.codebook import EVIDENCE, FOLDER
from vib.codebook.book import moment_code
from vib.observation import Observation, RaterSet, as_codes
from vib.observations_file import read_observations
from vib.problem import InputProblem

DEMO = FOLDER.parent / "demo"
RATER = "referentie"
"""Whose codes the demo's own are."""

BEFORE, AFTER, AFTER_ANSWER = 1.0, 0.7, 3.5
"""Seconds around an event that are shown; what a stretch is answered with mostly comes after it."""

SHORT, LONG = 0.8, 8.0
"""Seconds between which a moment is best to look at."""


Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Moment:
    """A stretch of a demo clip, in seconds, in which a code occurs; `duration` is that of the clip."""

    clip: str
    start: float
    end: float
    duration: float


@final
class Reference:
    """The demo's own codes in each method, read again when a file changes; without the files there are none."""

    def __init__(self, demo: Path = DEMO) -> None:
        self.demo = demo
        self._stamp: Stamp = ()
        self._moments: Mapping[str, Sequence[Moment]] = {}

    def moments(self) -> Mapping[str, Sequence[Moment]]:
        """Return the moments of each code, the best to look at first, of every clip one before the second of any."""
        files = [self.demo / "observations.json", *sorted((self.demo / "methods" / "references").glob("*.json"))]
        there = [file for file in files if file.is_file()]
        stamp = tuple((str(file), state.st_mtime_ns, state.st_size) for file in there for state in [file.stat()])
        if stamp != self._stamp:
            self._moments = moments_of([clip for file in there for clip in _read(file)])
            self._stamp = stamp
        return self._moments


def _read(file: Path) -> Sequence[RaterSet]:
    """Return the clips in a file; none where it cannot be read."""
    try:
        return read_observations(file)
    except (OSError, InputProblem):
        return ()


REFERENCE = Reference()
"""That of this installation."""


def moments_of(clips: Sequence[RaterSet]) -> Mapping[str, Sequence[Moment]]:
    """Return the moments of each code in the codes of the reference."""
    found: dict[str, list[tuple[bool, Moment]]] = {}
    for clip in clips:
        timeline = clip.timelines.get(RATER)
        for tier in timeline.tiers.values() if timeline else ():
            for seen in tier:
                apt = SHORT <= seen.end - seen.start <= LONG
                for code, moment in _moments(clip, seen):
                    found.setdefault(code, []).append((not apt, moment))
    # A clip that is coded in several methods has the same turns in each.
    return {code: _spread(list(dict.fromkeys(moments))) for code, moments in found.items()}


def _moments(clip: RaterSet, seen: Observation) -> Iterator[tuple[str, Moment]]:
    def around(after: float) -> Moment:
        start, end = max(0.0, seen.start - BEFORE), min(clip.duration, seen.end + after)
        return Moment(clip.clip, round(start, 1), round(end, 1), clip.duration)

    yield seen.code, around(AFTER)
    for tier, value in seen.attributes.items():
        for code in as_codes(value):
            # A moment on which a rating is based is one of that rating.
            yield code.removeprefix(moment_code("")) if tier == EVIDENCE else code, around(AFTER_ANSWER)


def _spread(moments: Sequence[tuple[bool, Moment]]) -> list[Moment]:
    """Return moments with the best first, and one of each clip before a second of the same."""
    best = sorted(moments, key=lambda one: (one[0], one[1].start))
    before: dict[str, int] = {}
    placed = []
    for unapt, moment in best:
        turn = before.get(moment.clip, 0)
        before[moment.clip] = turn + 1
        placed.append((unapt, turn, moment.clip, moment))
    return [moment for *_, moment in sorted(placed, key=lambda one: one[:3])]
