"""From a task to a prediction: find the file, cut it once, answer in Label Studio's terms."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import final

from backend_ml.cache import TurnsCache, key_of_content, key_of_file
from backend_ml.config import Config
from backend_ml.fetch import fetched
from backend_ml.protocol import Prediction, PredictRequest, TaskData
from backend_ml.refused import Refused, reasons
from backend_ml.sources import LocalFile, source_of
from vib.interface import predicted_regions
from vib.media import MediaProblem
from vib.pluginhost import PluginHost
from vib.segmenting import Segmentation, Segmenter


@final
class Predictor:
    """Answers `/predict` with one segmenter.

    Parameters
    ----------
    segmenter : Segmenter
        What cuts clips into turns.
    config : Config
        Where files may come from, and how many are worked on at a time.
    """

    def __init__(self, segmenter: Segmenter, config: Config) -> None:
        self.version = segmenter.version
        self._segmenter = segmenter
        self._config = config
        self._cache = TurnsCache(config.cache)
        self._slots = threading.BoundedSemaphore(config.slots)
        self._busy = _Busy()

    def predict(self, request: PredictRequest) -> list[Prediction]:
        """Return one prediction a task, in order.

        Raises
        ------
        Refused
            There are too many tasks, or not one of them has a file that may be and can be read.
        InputProblem
            The labelling interface has no place for turns.
        """
        if len(request.tasks) > self._config.max_tasks:
            raise Refused(
                413,
                "tasks",
                nl=f"meer dan {self._config.max_tasks} taken in één aanvraag",
                en=f"more than {self._config.max_tasks} tasks in one request",
            )
        # An interface without a place for turns fails before the work, not after it.
        predicted_regions(Segmentation("", 0.0, self.version, ()), request.label_config)
        predictions: list[Prediction] = []
        problems: list[Refused | MediaProblem] = []
        for task in request.tasks:
            try:
                predictions.append(self._prediction(self.turns_of(task.data), request.label_config))
            except (Refused, MediaProblem) as problem:
                predictions.append(
                    {"result": [], "score": 0.0, "model_version": self.version, "problem": reasons(problem)}
                )
                problems.append(problem)
        if problems and len(problems) == len(predictions):
            # An empty answer would be kept as "no turns".
            first = next((p for p in problems if isinstance(p, Refused)), problems[0])
            if isinstance(first, Refused):
                raise first
            raise Refused(422, "", nl=first.reason.nl, en=first.reason.en) from first
        return predictions

    def turns_of(self, data: TaskData) -> Segmentation:
        """Return the turns of one task's clip.

        Raises
        ------
        Refused
            The task names no file that may be read.
        MediaProblem
            The file cannot be used.
        """
        if data.media is None:
            raise Refused(
                400,
                "data",
                nl="de taak heeft geen 'audio' of 'video'",
                en="the task has no 'audio' or 'video'",
            )
        source = source_of(data.media, self._config.media_root, self._config.label_studio_url)
        if isinstance(source, LocalFile):
            key = key_of_file(source.path, self.version)
            found = self._cut(source.path, key)
        else:
            with fetched(source, self._config) as (path, sha256):
                found = self._cut(path, key_of_content(sha256, self.version))
        return replace(found, clip=data.clip or "")

    def _cut(self, path: Path, key: str) -> Segmentation:
        with self._busy.alone(key):
            found = self._cache.get(key)
            if found is None:
                with self._slots:
                    found = self._segmenter.segment(path)
                self._cache.put(key, found)
        return found

    def _prediction(self, segmentation: Segmentation, label_config: str) -> Prediction:
        sure = [turn.confidence for turn in segmentation.turns]
        return {
            "result": predicted_regions(segmentation, label_config),
            "score": round(fmean(sure), 4) if sure else 0.0,
            "model_version": self.version,
        }


@final
class _Busy:
    """Keeps a second request for the same clip waiting for the first, not repeating it.

    Label Studio gives up after 100 seconds and asks again while the work still goes on.
    """

    def __init__(self) -> None:
        self._locks: dict[str, tuple[threading.Lock, int]] = {}
        self._guard = threading.Lock()

    @contextmanager
    def alone(self, key: str) -> Iterator[None]:
        with self._guard:
            lock, users = self._locks.get(key, (threading.Lock(), 0))
            self._locks[key] = lock, users + 1
        try:
            with lock:
                yield
        finally:
            with self._guard:
                lock, users = self._locks[key]
                if users > 1:
                    self._locks[key] = lock, users - 1
                else:
                    del self._locks[key]


def choose_segmenter(host: PluginHost, name: str) -> Segmenter:
    """Make the segmenter that goes by a name.

    Raises
    ------
    ValueError
        No plugin offers it, or two do.
    """
    offers: dict[str, type[Segmenter]] = {}
    for offered in _offered(host):
        for offer, segmenter in offered.items():
            if offer in offers:
                raise ValueError(f"two plugins offer the segmenter {offer!r}")
            offers[offer] = segmenter
    if name not in offers:
        raise ValueError(f"no plugin offers the segmenter {name!r}; there are: {', '.join(sorted(offers))}")
    return offers[name]()


def _offered(host: PluginHost) -> list[Mapping[str, type[Segmenter]]]:
    return list(host.hook.vib_segmenters())
