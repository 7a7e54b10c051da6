"""What was measured of segmenters on a set of recordings, as JSON and as Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, get_args

import numpy as np
from turns_figures import BAD_DER, FEW_FILES, FileScore, calibration_bins, figures, intervals, score
from turns_recordings import Recording
from turns_scoring import Truth, truth_turns

from backend_ml.turns.rules import TurnRules
from vib.segmenting import Turn

TRUTHS: tuple[Truth, ...] = get_args(Truth)

COLUMNS = {
    "vad_miss": "VAD miss",
    "vad_false_alarm": "VAD false alarm",
    "vad_f1": "VAD F1",
    "role_der": "role DER",
    "role_der_collar": "role DER ±0.25 s",
    "files_failed": "files above .25",
    "boundary_f1": "boundary F1",
    "turn_f1": "turn F1",
    "role_frames": "role frames",
    "role_frames_unknown": "frames `onbekend`",
    "calibration_error": "calibration error",
    "sure_accuracy": "surest 70 % right",
    "child_turn_recall": "child turns found",
    "adult_turn_recall": "adult turns found",
    "real_time_factor": "real-time factor",
    "processor_factor": "processor s / s",
}
WITHOUT_ROLES = ("vad_miss", "vad_false_alarm", "vad_f1", "real_time_factor", "processor_factor")
SPEEDS = ("real_time_factor", "processor_factor")
BY_TRUTH = ("boundary_f1", "turn_f1", "turn_recall", "turn_precision", "calibration_error", "sure_accuracy")
BAR = 40
"""Characters of a bar of calibration."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a segmenter gave for one recording, and the seconds that it took."""

    turns: tuple[Turn, ...]
    duration: float
    work: float
    processor: float


@dataclass(slots=True)
class Measured:
    """One segmenter on one set: an answer for each recording, and the most memory it took."""

    name: str
    version: str
    answers: list[Answer] = field(default_factory=list)
    mebibytes: float = 0.0


def scored(recordings: Sequence[Recording], measured: Measured, truth: Truth, rules: TurnRules) -> list[FileScore]:
    """Score each recording with one notion of what a turn is."""
    return [
        score(
            recording.rows,
            truth_turns(recording.rows, truth, rules),
            answer.turns,
            answer.duration,
            has_roles=recording.has_roles,
            work=answer.work,
            processor=answer.processor,
        )
        for recording, answer in zip(recordings, measured.answers, strict=True)
    ]


def report(
    recordings: Sequence[Recording], measured: Measured, truth: Truth, rules: TurnRules, draws: int
) -> dict[str, Any]:
    """Return all figures of one segmenter on one set, ready for JSON."""
    scores = scored(recordings, measured, truth, rules)
    spread = intervals(scores, draws)
    said = figures(scores)
    by_truth = {kind: figures(scored(recordings, measured, kind, rules)) for kind in TRUTHS}
    sure = [c for each in scores for c in each.confidence.tolist()]
    return {
        "segmenter": measured.name,
        "version": measured.version,
        "files": len(scores),
        "minutes": sum(each.duration for each in scores) / 60,
        "turns": sum(each.turns.due for each in scores if each.turns),
        "turns_found": sum(len(answer.turns) for answer in measured.answers),
        "peak_mebibytes": measured.mebibytes,
        "figures": said,
        "intervals": spread,
        "rough": len(scores) < FEW_FILES,
        "by_truth": {kind: {name: row[name] for name in BY_TRUTH} for kind, row in by_truth.items()},
        "calibration": _bins(scores) if sure else [],
        "per_file": {
            recording.name: {**figures([each]), "role_errors": asdict(each.role) if each.role else None}
            for recording, each in zip(recordings, scores, strict=True)
        },
    }


def _bins(scores: Sequence[FileScore]) -> list[dict[str, float]]:
    confidence = np.concatenate([each.confidence for each in scores])
    right = np.concatenate([each.right for each in scores])
    return [{"turns": n, "confidence": sure, "right": share} for n, sure, share in calibration_bins(confidence, right)]


def markdown(name: str, reports: Sequence[dict[str, Any]], truth: Truth, rules: TurnRules) -> str:
    """Return the tables of one set, to be pasted into a page."""
    first = reports[0]
    has_roles = not math.isnan(first["figures"]["role_der"])
    rough = ", **rough: few files**" if first["rough"] else ""
    counts = f"{first['files']} files, {first['minutes']:.1f} minutes"
    due = f", {first['turns']} turns (`{truth}`, gap {rules.merge_gap:g} s)" if has_roles else ", no roles"
    columns = [column for column in COLUMNS if has_roles or column in WITHOUT_ROLES]
    parts = [
        f"### {name}: {counts}{due}",
        f"95 % intervals over files in brackets{rough}.",
        _table(
            ["segmenter", *(COLUMNS[column] for column in columns), "MiB at most"],
            (
                [r["segmenter"], *(_cell(r, column) for column in columns), f"{r['peak_mebibytes']:.0f}"]
                for r in reports
            ),
        ),
    ]
    if has_roles:
        parts += [
            "Turn F1 (boundary F1) by what a turn is in the truth:",
            _table(
                ["segmenter", *(f"`{kind}`" for kind in TRUTHS), "turns found"],
                (
                    [
                        r["segmenter"],
                        *(f"{_three(row['turn_f1'])} ({_three(row['boundary_f1'])})" for row in r["by_truth"].values()),
                        str(r["turns_found"]),
                    ]
                    for r in reports
                ),
            ),
            f"Files with a role DER (±0.25 s) above {_three(BAD_DER)}:",
            _table(["segmenter", "files"], ([r["segmenter"], _failed(r)] for r in reports)),
            f"How sure, and how often right ({first['segmenter']}):",
            _table(
                ["mean confidence", "right", "turns", ""],
                (
                    [_three(row["confidence"]), _three(row["right"]), str(row["turns"]), f"`{_bar(row)}`"]
                    for row in first["calibration"]
                ),
            ),
        ]
    return "\n\n".join(parts) + "\n"


def without_nan(value: Any) -> Any:
    """Return the same with None for what is not a number, as JSON has no such number."""
    if isinstance(value, dict):
        return {key: without_nan(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [without_nan(each) for each in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(report: dict[str, Any], column: str) -> str:
    value = report["figures"][column]
    show = _four if column in SPEEDS else _three
    if math.isnan(value) or column not in report["intervals"]:
        return show(value)
    low, high = report["intervals"][column]
    return f"{show(value)} ({show(low)} to {show(high)})"


def _failed(report: dict[str, Any]) -> str:
    rates = {name: each["role_der_collar"] for name, each in report["per_file"].items()}
    bad = sorted(((rate, name) for name, rate in rates.items() if rate > BAD_DER), reverse=True)
    return ", ".join(f"{name} {_three(rate)}" for rate, name in bad) or "none"


def _bar(row: dict[str, float]) -> str:
    """Draw a bin: filled as far as it is right, and a mark where its confidence is."""
    bar = ["#" if at < round(row["right"] * BAR) else "." for at in range(BAR)]
    bar[min(BAR - 1, round(row["confidence"] * BAR))] = "|"
    return "".join(bar)


def _three(value: float) -> str:
    return _short(value, 3)


def _four(value: float) -> str:
    return _short(value, 4)


def _short(value: float, digits: int) -> str:
    """Return a number without the zero before its point, as tables of rates have it.

    Examples
    --------
    >>> _short(0.25, 3), _short(1.0, 3), _short(math.nan, 3)
    ('.250', '1.000', '-')
    """
    return "-" if math.isnan(value) else f"{value:.{digits}f}".removeprefix("0")
