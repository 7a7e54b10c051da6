"""The state of the backend in Prometheus' text format, made from the queue at each scrape.

Every process gives the same figures: the totals are counted in the queue, not in a process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backend_ml.jobs.job import Figures
from vib.job import ENDED

WORK_BOUNDS = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)
"""Upper bounds of the histogram of work, in seconds."""

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def exposition(figures: Figures, about: Mapping[str, str]) -> str:
    """Write figures as Prometheus reads them.

    Parameters
    ----------
    figures : Figures
        The queue in numbers.
    about : mapping of str to str
        Labels of `vib_ml_info`: versions.
    """
    totals = figures.totals

    def by(label: str, family: str, values: tuple[str, ...]) -> dict[str, float]:
        return {_labels({label: value}): totals.get(f"{family}.{value}", 0.0) for value in values}

    lines = [
        *_family("vib_ml_info", "gauge", "Versions of the backend and its model.", {_labels(about): 1.0}),
        *_family(
            "vib_ml_jobs",
            "gauge",
            "Clips by state.",
            {_labels({"state": state}): number for state, number in figures.states.items()},
        ),
        *_family("vib_ml_deliveries_waiting", "gauge", "Tasks that wait for turns that are ready.", figures.deliveries),
        *_family("vib_ml_queue_oldest_seconds", "gauge", "How long the oldest queued clip has waited.", figures.oldest),
        *_family("vib_ml_workers", "gauge", "Workers that gave a sign of life.", figures.workers),
        *_family(
            "vib_ml_jobs_finished_total",
            "counter",
            "Clips that came to an end.",
            by("outcome", "finished", ENDED),
        ),
        *_family(
            "vib_ml_retries_total", "counter", "Attempts that are made again.", by("what", "retries", ("cut", "push"))
        ),
        *_family(
            "vib_ml_pushed_total",
            "counter",
            "Turns offered to Label Studio.",
            by("outcome", "pushed", ("delivered", "failed", "dead")),
        ),
        *_family(
            "vib_ml_predictions_total",
            "counter",
            "Tasks asked about in /predict.",
            by("answer", "predictions", ("cache", "queued", "problem")),
        ),
        *_family("vib_ml_media_seconds_total", "counter", "Length of the clips cut.", totals.get("media_seconds", 0.0)),
        *_work(totals),
    ]
    return "\n".join(lines) + "\n"


def _work(totals: Mapping[str, float]) -> Iterator[str]:
    name, done = "vib_ml_work_seconds", totals.get("finished.done", 0.0)
    yield f"# HELP {name} Time that cutting a clip took."
    yield f"# TYPE {name} histogram"
    for bound in WORK_BOUNDS:
        yield f'{name}_bucket{{le="{bound:g}"}} {totals.get(f"work_seconds.{bound:g}", 0.0):g}'
    yield f'{name}_bucket{{le="+Inf"}} {done:g}'
    yield f"{name}_sum {totals.get('work_seconds', 0.0)!r}"
    yield f"{name}_count {done:g}"


def _family(name: str, kind: str, says: str, samples: Mapping[str, float] | float) -> Iterator[str]:
    yield f"# HELP {name} {says}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples.items() if isinstance(samples, Mapping) else (("", samples),):
        yield f"{name}{labels} {float(value)!r}"


def _labels(pairs: Mapping[str, str]) -> str:
    escaped = {
        name: value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n") for name, value in pairs.items()
    }
    return "{" + ",".join(f'{name}="{value}"' for name, value in escaped.items()) + "}"
