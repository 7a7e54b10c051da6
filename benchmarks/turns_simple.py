"""How well and how fast clips are cut into turns, against exact truth.

Usage::

    python benchmarks/turns_simple.py [FOLDER ...]

A folder holds recordings, each with an RTTM file of the same name next to it whose speaker
field is ``CHI:...`` or ``ADU:...``. Without folders the demo's clips are measured. Prints one
JSON line a set.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backend_ml.turns.pipeline import SileroF0Segmenter
from backend_ml.turns.rules import TurnRules, turns_of
from vib.segmenting import Segmentation, Segmenter, Turn

DEMO = Path(__file__).parent.parent / "demo"
STEP = 0.01
TOLERANCE = 0.5

Pair = tuple[Path, tuple[Turn, ...]]


@dataclass
class Score:
    """Counts over several files; the figures are ratios of these."""

    seconds: float = 0.0
    work: float = 0.0
    speech: NDArray[np.int64] = field(default_factory=lambda: np.zeros(3, dtype=np.int64))
    role: NDArray[np.int64] = field(default_factory=lambda: np.zeros(2, dtype=np.int64))
    turns: NDArray[np.int64] = field(default_factory=lambda: np.zeros(3, dtype=np.int64))

    def add(self, truth: tuple[Turn, ...], found: Segmentation) -> None:
        """Count one file."""
        self.seconds += found.duration
        child, adult, any_true = _rows(truth, found.duration)
        heard_child, heard_adult, any_found = _rows(found.turns, found.duration)
        both = any_true & any_found
        self.speech += np.array([both.sum(), any_true.sum(), any_found.sum()])
        one = (child ^ adult) & (heard_child ^ heard_adult)
        self.role += np.array([(one & (child == heard_child)).sum(), one.sum()])
        self.turns += np.array([_matches(truth, found.turns), len(truth), len(found.turns)])

    def figures(self) -> dict[str, float]:
        """Return the figures by name."""
        right, true, said = (int(n) for n in self.turns)
        return {
            "minutes": round(self.seconds / 60, 1),
            "vad_f1": _ratio(2 * self.speech[0], self.speech[1] + self.speech[2]),
            "role_accuracy": _ratio(self.role[0], self.role[1]),
            "turns": true,
            "turn_recall": _ratio(right, true),
            "turn_precision": _ratio(right, said),
            "turn_f1": _ratio(2 * right, true + said),
            "work_per_second": round(self.work / self.seconds, 4) if self.seconds else 0.0,
        }


def measure(pairs: Iterable[Pair], segmenter: Segmenter) -> Score:
    """Cut every recording and compare with the truth."""
    score = Score()
    for path, truth in pairs:
        before = time.perf_counter()
        found = segmenter.segment(path)
        score.work += time.perf_counter() - before
        score.add(truth, found)
    return score


def demo_pairs(demo: Path = DEMO) -> Iterator[Pair]:
    """Yield the demo's clips with their exact turns."""
    for truth in sorted(demo.glob("turns/*/*.json")):
        clip = demo / "families" / truth.parent.name / f"{truth.stem}.mp4"
        if clip.is_file():
            turns = json.loads(truth.read_text())["turns"]
            yield clip, tuple(Turn(t["start"], t["end"], t["actor"], 1.0) for t in turns)


def rttm_pairs(folder: Path) -> Iterator[Pair]:
    """Yield recordings that have an RTTM file next to them."""
    for rttm in sorted(folder.glob("*.rttm")):
        recording = next(p for p in sorted(folder.glob(f"{rttm.stem}.*")) if p != rttm)
        fields = [line.split() for line in rttm.read_text().splitlines() if line.startswith("SPEAKER")]
        stretches = [_stretch(float(f[3]), float(f[4]), f[7]) for f in fields]
        yield recording, turns_of(stretches, TurnRules())


def _stretch(start: float, length: float, speaker: str) -> Turn:
    return Turn(start, start + length, "kind" if speaker.startswith("CHI") else "volwassene", 1.0)


def _rows(turns: tuple[Turn, ...], duration: float) -> tuple[NDArray[np.bool_], ...]:
    rows = np.zeros((3, round(duration / STEP) + 1), dtype=bool)
    for turn in turns:
        here = slice(round(turn.start / STEP), round(turn.end / STEP))
        rows[2, here] = True
        if turn.actor != "onbekend":
            rows[0 if turn.actor == "kind" else 1, here] = True
    return tuple(rows)


def _matches(truth: tuple[Turn, ...], found: tuple[Turn, ...]) -> int:
    """Count turns with the right actor and both ends within the tolerance, each used once."""
    free = list(found)
    right = 0
    for turn in truth:
        for other in free:
            ends = max(abs(other.start - turn.start), abs(other.end - turn.end))
            if other.actor == turn.actor and ends <= TOLERANCE:
                free.remove(other)
                right += 1
                break
    return right


def _ratio(part: float, whole: float) -> float:
    return round(float(part) / float(whole), 3) if whole else 0.0


def main(folders: list[str]) -> None:
    """Measure the demo, or the folders that are given."""
    segmenter = SileroF0Segmenter()
    sets = {Path(folder).name: rttm_pairs(Path(folder)) for folder in folders} or {"demo": demo_pairs()}
    for name, pairs in sets.items():
        print(json.dumps({"set": name, **measure(pairs, segmenter).figures()}))


if __name__ == "__main__":
    main(sys.argv[1:])
