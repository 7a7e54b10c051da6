"""``python -m research.training``: from a folder of recordings to the files that `backend_ml.turns` ships."""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import final

import numpy as np

from backend_ml.turns.head import VoiceKernel
from backend_ml.turns.network import read_network
from backend_ml.weights import WeightsProblem
from backend_ml.weights.install import Say
from research.training.bank import read_bank
from research.training.calibration import Confidence, calibrate, judge
from research.training.conversations import Conversation, converse
from research.training.examples import (
    PER_CHUNK,
    SECONDS,
    examples_of,
    open_listeners,
    read_chunks,
    with_true_voices,
    write_chunks,
)
from research.training.extras import NEEDED, extra
from research.training.keeping import kept
from research.training.kernel import fit_kernels, keep_guard, keep_kernel
from research.training.network import for_minutes, keep_network, learn
from research.training.speech import FOLDS, Corpus, folds_of, read_corpus
from research.training.variants import prepare
from research.training.windows import known_voices
from vib.atomic import write_text
from vib.language import Text, language_of
from vib.problem import InputProblem
from vib.unreadable import system_reason

FORM = 2
"""Changes whenever work of before can no longer be gone on with."""

CALIBRATED = 5
"""One conversation is used for confidence for each so many that the network learns from."""

LEFT_OUT = FOLDS - 1
"""The fold of speakers that confidence is fitted on."""

HELP = {
    "about": Text(
        nl="Traint de modellen voor beurten; met dezelfde --out gaat het verder waar het was.",
        en="Trains the models for turns; with the same --out it goes on where it was.",
    ),
    "folder": Text(
        nl="map met <spreker>/<uiting>.flac of .wav, en speakers.json {spreker: {age, gender, child}}",
        en="folder with <speaker>/<utterance>.flac or .wav, and speakers.json {speaker: {age, gender, child}}",
    ),
    "out": Text(nl="map voor de modellen, en voor tussenwerk", en="folder for the models, and for work in between"),
    "hours": Text(nl="uren gesprek om van te leren", en="hours of conversation to learn from"),
    "minutes": Text(nl="minuten dat een netwerk hoogstens leert", en="minutes for which a network learns at most"),
    "seed": Text(nl="van alles wat geloot wordt", en="of all that is drawn"),
}


@final
@dataclass(frozen=True, slots=True)
class Run:
    """What is asked for."""

    folder: Path
    out: Path
    hours: float
    minutes: float
    seed: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, and return the exit code."""
    language = language_of(os.environ)

    def say(text: Text) -> None:
        print(text.to(language), flush=True)

    options = _parser({name: text.to(language) for name, text in HELP.items()}).parse_args(arguments)
    run = Run(options.folder, options.out, options.hours, options.minutes, options.seed)
    try:
        train(run, say)
    except InputProblem as problem:
        print(problem.message(language), file=sys.stderr)
        return 1 if isinstance(problem, WeightsProblem) else 2
    except OSError as error:
        print(f"{error.filename or run.out}: {system_reason(error).to(language)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def train(run: Run, say: Say) -> Confidence:
    """Write ``voices.npz``, ``guard.npz``, ``activity.npz`` and ``confidence.json`` to a folder.

    What each stage makes is kept in ``work`` below it, so that a run that was broken off goes on.
    What comes out depends on the seed, unless the network's minutes are over before its steps.

    Raises
    ------
    InputProblem
        The recordings cannot be used, a package is missing, or the folder holds work on other recordings.
    WeightsProblem
        The models that are built on are missing.
    OSError
        A file cannot be written.
    """
    corpus = read_corpus(run.folder)
    for name in NEEDED:
        extra(name)
    listeners = open_listeners()
    work = run.out / "work"
    _claim(work, corpus, run.seed)

    prepare(corpus, work / "voices", run.seed, say)
    bank = read_bank(work / "voices", corpus)
    folds = folds_of(corpus.speakers, run.seed)

    chunks = math.ceil(run.hours * 3600 / SECONDS / PER_CHUNK)
    heard = read_chunks(write_chunks(work / "conversations", bank, folds, listeners, chunks, run.seed, say))

    known = known_voices(heard, run.seed)
    shipped, kernels, said = fit_kernels(known)
    keep_kernel(run.out / "voices.npz", shipped)
    keep_guard(run.out / "guard.npz", known, said, run.seed)
    right = float(((said > 0) == known.child).mean())
    say(
        Text(
            nl=f"stem van een kind of niet: {right:.1%} goed bij ongehoorde sprekers",
            en=f"a child's voice or not: {right:.1%} right of unheard speakers",
        )
    )

    examples = with_true_voices(examples_of(heard, kernels))
    say(
        Text(
            nl=f"netwerk: leert van {len(examples.fold)} van de {len(heard)} gesprekken",
            en=f"network: learns from {len(examples.fold)} of the {len(heard)} conversations",
        )
    )
    for name, without in (("calibration", LEFT_OUT), ("activity", None)):
        learnt = work / f"{name}-{chunks}-{run.minutes:g}.npz"
        if not learnt.exists():
            keep_network(learnt, learn(examples, without, for_minutes(run.minutes), run.seed, say))
    keep_network(run.out / "activity.npz", kept(learnt))

    left_out = bank.only([name for name, fold in folds.items() if fold == LEFT_OUT])

    def draw(number: int) -> tuple[Conversation, VoiceKernel]:
        rng = np.random.default_rng([run.seed, 7, number])
        return converse(left_out, rng, SECONDS), kernels[LEFT_OUT]

    count = max(10, chunks * PER_CHUNK // CALIBRATED)
    network = read_network(work / f"calibration-{chunks}-{run.minutes:g}.npz")
    confidence = calibrate(judge(draw, count, listeners, network, say))
    write_text(run.out / "confidence.json", confidence.model_dump_json(indent=2) + "\n")
    say(
        Text(
            nl=f"klaar: {confidence.turns} beurten, {confidence.right:.1%} goed, fout van zekerheid"
            f" {confidence.error:.3f}; WEIGHTS = {confidence.weights}",
            en=f"done: {confidence.turns} turns, {confidence.right:.1%} right, calibration error"
            f" {confidence.error:.3f}; WEIGHTS = {confidence.weights}",
        )
    )
    return confidence


def _claim(work: Path, corpus: Corpus, seed: int) -> None:
    """Note in a folder what it is work on, or see that it is work on the same."""
    about = work / "about.json"
    wanted = {"form": FORM, "seed": seed, "recordings": corpus.digest}
    if not about.exists():
        write_text(about, json.dumps(wanted) + "\n")
        return
    try:
        same = json.loads(about.read_text(encoding="utf-8")) == wanted
    except ValueError:
        same = False
    if not same:
        raise InputProblem(
            str(work),
            nl="hier staat werk aan andere opnamen, of met een andere --seed; verwijder het of kies een andere --out",
            en="here is work on other recordings, or with another --seed; remove it or choose another --out",
        )


def _parser(says: dict[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m research.training", description=says["about"])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help=says["folder"])
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=says["out"])
    parser.add_argument("--hours", type=_above_zero, default=16.0, metavar="N", help=f"{says['hours']} (16)")
    parser.add_argument("--minutes", type=_above_zero, default=30.0, metavar="M", help=f"{says['minutes']} (30)")
    parser.add_argument("--seed", type=_from_zero, default=1, metavar="S", help=f"{says['seed']} (1)")
    return parser


def _above_zero(text: str) -> float:
    number = float(text)
    if not 0 < number < math.inf:
        raise ValueError(text)
    return number


def _from_zero(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number
