"""Label Studio results <-> `Timeline` and ratings."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from vib.codebook import Codebook, Tier
from vib.interface.names import END_MARGIN, MEDIA, MENDED, Region
from vib.observation import ROUNDING, AttributeValue, Observation, Timeline, as_codes
from vib.problem import InputProblem

LONGEST_POINT = 3
"""Digits of the highest point of a scale."""


def results_of(
    timeline: Timeline, codebook: Codebook, ratings: Mapping[str, float | None] | None = None
) -> list[Region]:
    """Return the result regions of a timeline and its ratings, as Label Studio stores them.

    Raises
    ------
    InputProblem
        The timeline has a tier or attribute that the codebook has not.
    """
    regions: list[Region] = []
    for number, observation in enumerate(timeline):
        common = {"id": f"vib{number:06d}", "to_name": MEDIA, "original_length": timeline.duration}
        times = {"start": observation.start, "end": observation.end, "channel": 0}
        _known(codebook, observation.tier)
        regions.append(
            {
                **common,
                "from_name": observation.tier,
                "type": "labels",
                "value": {**times, "labels": [observation.code]},
            }
        )
        for name, value in observation.attributes.items():
            tier = _known(codebook, name)
            kind, given = _given(tier, value)
            regions.append({**common, "from_name": name, "type": kind, "value": {**times, kind: given}})
    for name, rated in (ratings or {}).items():
        if rated is not None:
            common = {"id": f"vib-{name}", "from_name": name, "to_name": MEDIA}
            regions.append({**common, "type": "choices", "value": {"choices": [f"{rated:g}"]}})
    return regions


def timeline_of(regions: Iterable[Region], duration: float) -> Timeline:
    """Return the timeline that result regions stand for.

    What lies on no stretch of time (ratings) is left out, and so is what has no label or answer (yet);
    see `ratings_of`.

    Raises
    ------
    InputProblem
        A region lacks what its type needs, or its times do not fit the clip.
    """
    stretches: dict[str, list[tuple[str, str, float, float]]] = {}
    described: dict[str, dict[str, AttributeValue]] = {}
    for number, region in enumerate(regions):
        try:
            kind = region["type"]
            if kind not in ("labels", "choices", "taxonomy"):
                continue
            name, value = str(region["from_name"]), region["value"]
            own = region.get("id", f"[{number}]")
            if kind == "labels" and "labels" in value:
                start, end = float(value["start"]), float(value["end"])
                if duration + ROUNDING < end <= duration + END_MARGIN:
                    end = duration
                stretches.setdefault(own, []).extend(
                    (name, code, min(start, duration), end) for code in _texts(value["labels"])
                )
            elif kind == "choices" and "choices" in value:
                codes = _texts(value["choices"])
                described.setdefault(own, {})[name] = codes[0] if len(codes) == 1 else codes
            elif kind == "taxonomy" and "taxonomy" in value:
                codes = _texts([path[-1] for path in value["taxonomy"]])
                described.setdefault(own, {})[name] = codes
        except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
            raise _unclear(region, error) from error
    return Timeline(
        duration,
        (
            Observation(tier, code, start, end, described.get(region_id, {}))
            for region_id, labels in stretches.items()
            for tier, code, start, end in labels
        ),
    )


def ratings_of(regions: Iterable[Region]) -> dict[str, float | None]:
    """Return the ratings among result regions, by rating id: a point that was chosen, else stars of before.

    Raises
    ------
    InputProblem
        A rating is not a number.
    """
    stars: dict[str, float | None] = {}
    points: dict[str, float | None] = {}
    for region in regions:
        try:
            kind = region.get("type")
            if kind not in ("rating", "number", "choices") or {"start", "ranges"} & set(region["value"]):
                continue
            point = point_of(region["value"].get("choices"))
            if point is not None:
                points[str(region["from_name"])] = point
            elif kind != "choices":
                rated = region["value"][kind]
                if not isinstance(rated, int | float) or not math.isfinite(rated):
                    raise ValueError(rated)
                stars[str(region["from_name"])] = rated
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
            raise _unclear(region, error) from error
    return stars | points


def point_of(chosen: object) -> int | None:
    """Return the point of a scale that was chosen; None where nothing, or what is no point, was.

    Examples
    --------
    >>> point_of(["4"]), point_of([]), point_of(["calm"]), point_of(["1", "2"])
    (4, None, None, None)
    """
    if not isinstance(chosen, list) or len(chosen) != 1 or not isinstance(chosen[0], str):
        return None
    written = chosen[0]
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= LONGEST_POINT else None


def _texts(codes: object) -> tuple[str, ...]:
    if not isinstance(codes, list | tuple) or not all(isinstance(code, str) for code in codes):
        raise TypeError(f"{codes!r} is no list of codes")
    if any(MENDED in code for code in codes):
        raise ValueError(f"{codes!r} has characters that are no text")
    return tuple(codes)


def _unclear(region: object, error: Exception) -> InputProblem:
    name = region.get("id", "?") if isinstance(region, dict) else "?"
    return InputProblem(
        f"result {name}", nl=f"onvolledig of ongeldig ({error!r})", en=f"incomplete or not valid ({error!r})"
    )


def _known(codebook: Codebook, name: str) -> Tier:
    try:
        return codebook.tier(name)
    except KeyError as error:
        raise InputProblem(
            name,
            nl=f"is geen laag van {codebook.method}",
            en=f"is not a tier of {codebook.method}",
        ) from error


def _given(tier: Tier, value: AttributeValue) -> tuple[str, list[Any]]:
    if not tier.several:
        return "choices", [value] if isinstance(value, str) else list(value)
    return "taxonomy", [_path(tier, code) for code in as_codes(value)]


def _path(tier: Tier, code_id: str) -> list[str]:
    """Return the groups that lead to a code, the outermost first, and the code."""
    path = [code_id]
    outer = tier.group_of.get(code_id)
    while outer is not None:
        path.insert(0, outer)
        outer = tier.group_of[outer]
    return path
