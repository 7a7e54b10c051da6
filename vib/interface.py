"""Codebook -> Label Studio labelling interface; Label Studio results <-> `Timeline`.

Every control is named after its tier or rating, and codes are stored by their id, so
that results do not depend on the language in which they were coded.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree

from defusedxml.ElementTree import fromstring

from vib.codebook import Code, Codebook, Rating, Tier
from vib.language import Language, Text
from vib.observation import ROUNDING, AttributeValue, Observation, Timeline, as_codes
from vib.problem import InputProblem
from vib.segmenting import Segmentation

Region = dict[str, Any]
"""One result of Label Studio: what one control says of one stretch of the sound track."""

END_MARGIN = 0.5
"""Seconds by which players let a region pass the end of the clip; it is cut off there."""

MENDED = "\ufffd"
"""What stands for a character that could not be read: a code that has it is no code."""

MEDIA = "audio"
"""Name of the object on which all codes lie: the sound track, in seconds."""

PALETTE = ("#d97706", "#2563eb", "#6b7280", "#0f766e", "#7c3aed", "#be185d", "#4d7c0f", "#0891b2")
"""Colours for codes that name none."""

VIDEO_HEIGHT = 306
WAVEFORM_HEIGHT = 64

STYLE = """
.vib-top { display: flex; gap: 12px; align-items: flex-start; }
.vib-video { flex: 0 1 50%; max-width: 560px; min-width: 380px; overflow: hidden; }
.vib-video .lsf-frames-control, .vib-video .lsf-timeline__view, .vib-video .lsf-seeker { display: none; }
.vib-codes { flex: 1 1 300px; min-width: 260px; }
.vib-codes h4 { font-size: 13px !important; line-height: 17px !important; margin: 6px 0 1px !important; }
.vib-codes .lsf-choices { margin: 0; }
.vib-codes .lsf-choice, .vib-codes .lsf-choice__item { margin: 0 !important; padding: 0 6px 0 0 !important; }
.vib-codes .lsf-choice__item label { font-size: 13px; line-height: 19px; min-height: 0; }
.vib-codes .lsf-taxonomy { margin: 0; }
.vib-hint h4 { font-weight: 400; }
.vib-rating { display: flex; align-items: center; justify-content: space-between; }
.vib-rating h4 { font-size: 13px !important; line-height: 17px !important; margin: 0 !important; }
"""
"""Keeps video, codes and waveform on one screen; the classes are Label Studio 1.23.2's."""

_SELECT = Text(
    nl="Kies een beurt op de golfvorm om die te beschrijven, of teken er een.",
    en="Choose a turn on the waveform to describe it, or draw one.",
)
_ELEMENTS = Text(nl="Kies een of meer...", en="Choose one or more...")
_WHOLE_CLIP = Text(nl="Over de hele clip", en="About the whole clip")


def render_interface(codebook: Codebook, language: Language) -> str:
    """Render the labelling interface of a method as Label Studio XML.

    Parameters
    ----------
    codebook : Codebook
    language : {"nl", "en"}
        Language of labels and hints; what is stored is the same in both.
    """
    view = ElementTree.Element("View", {"className": "vib"})
    ElementTree.SubElement(view, "Style").text = STYLE
    top = ElementTree.SubElement(view, "View", {"className": "vib-top"})
    left = ElementTree.SubElement(top, "View", {"className": "vib-video"})
    ElementTree.SubElement(
        left,
        "Video",
        {"name": "video", "value": "$video", "sync": "clip", "height": str(VIDEO_HEIGHT), "frameRate": "25"},
    )
    codes = ElementTree.SubElement(top, "View", {"className": "vib-codes"})
    hint = ElementTree.SubElement(codes, "View", {"visibleWhen": "no-region-selected", "className": "vib-hint"})
    ElementTree.SubElement(hint, "Header", {"value": _SELECT.to(language), "size": "6"})
    for tier in codebook.describing_tiers:
        _describing_control(codes, tier, language)
    if codebook.ratings:
        fold = ElementTree.SubElement(left, "Collapse", {"accordion": "true"})
        panel = ElementTree.SubElement(fold, "Panel", {"value": _WHOLE_CLIP.to(language)})
        for rating in codebook.ratings:
            _rating_control(panel, rating, language)
    for tier in codebook.timeline_tiers:
        _timeline_control(view, tier, language)
    ElementTree.SubElement(
        view,
        "Audio",
        {"name": MEDIA, "value": "$audio", "sync": "clip", "height": str(WAVEFORM_HEIGHT), "zoom": "true"},
    )
    ElementTree.indent(view, "  ")
    return ElementTree.tostring(view, encoding="unicode") + "\n"


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
    kinds = {rating.id: "rating" if rating.lowest == 1 else "number" for rating in codebook.ratings}
    for name, rated in (ratings or {}).items():
        if rated is not None:
            kind = kinds.get(name, "rating")
            common = {"id": f"vib-{name}", "from_name": name, "to_name": MEDIA}
            regions.append({**common, "type": kind, "value": {kind: rated}})
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
    """Return the ratings among result regions, by rating id.

    Raises
    ------
    InputProblem
        A rating is not a number.
    """
    found: dict[str, float | None] = {}
    for region in regions:
        kind = region.get("type")
        if kind in ("rating", "number"):
            try:
                rated = region["value"][kind]
                if not isinstance(rated, int | float) or not math.isfinite(rated):
                    raise ValueError(rated)
                found[str(region["from_name"])] = rated
            except (KeyError, OverflowError, TypeError, ValueError) as error:
                raise _unclear(region, error) from error
    return found


def predicted_regions(segmentation: Segmentation, label_config: str) -> list[Region]:
    """Return turns as the regions of a prediction for a labelling interface.

    Parameters
    ----------
    segmentation : Segmentation
    label_config : str
        Label Studio XML; its first ``Labels`` control that offers the actor of a turn is
        the one that gets them, so that it works with interfaces that we did not render.

    Returns
    -------
    list of dict
        One region a turn; turns whose actor the interface does not offer are left out.

    Raises
    ------
    InputProblem
        The interface is not XML, or has no control for turns.
    """
    controls = _labels_controls(label_config)
    regions: list[Region] = []
    for number, turn in enumerate(segmentation.turns):
        control = next((c for c in controls if turn.actor in c[2]), None)
        if control is None:
            continue
        name, media, _ = control
        regions.append(
            {
                "id": f"turn{number:05d}",
                "from_name": name,
                "to_name": media,
                "type": "labels",
                "original_length": segmentation.duration,
                "score": turn.confidence,
                "value": {"start": turn.start, "end": turn.end, "channel": 0, "labels": [turn.actor]},
            }
        )
    return regions


def _timeline_control(parent: ElementTree.Element, tier: Tier, language: Language) -> None:
    control = ElementTree.SubElement(parent, "Labels", {"name": tier.id, "toName": MEDIA})
    for number, code in enumerate(tier.codes):
        colour = code.colour or PALETTE[number % len(PALETTE)]
        ElementTree.SubElement(control, "Label", {**_option(code, language), "background": colour})


def _describing_control(parent: ElementTree.Element, tier: Tier, language: Language) -> None:
    assert tier.describes is not None
    when = {"whenTagName": tier.describes.tier, "whenLabelValue": ",".join(tier.describes.codes)}
    shown = {"toName": MEDIA, "perRegion": "true", **when}
    part = ElementTree.SubElement(
        parent, "View", {"visibleWhen": "region-selected", "className": "vib-question", **when}
    )
    ElementTree.SubElement(part, "Header", {"value": tier.question.to(language), "size": "6"})
    if tier.several:
        looks = {"leafsOnly": "true", "showFullPath": "false", "minWidth": "330px"}
        control = ElementTree.SubElement(
            part, "Taxonomy", {"name": tier.id, "placeholder": _ELEMENTS.to(language), **looks, **shown}
        )
        _grouped(control, tier, None, language)
    else:
        control = ElementTree.SubElement(
            part, "Choices", {"name": tier.id, "choice": "single-radio", "showInline": "true", **shown}
        )
        for code in tier.codes:
            ElementTree.SubElement(control, "Choice", _option(code, language))


def _grouped(parent: ElementTree.Element, tier: Tier, within: str | None, language: Language) -> None:
    for group in tier.groups:
        if group.within == within:
            branch = ElementTree.SubElement(parent, "Choice", {"value": group.label.to(language), "alias": group.id})
            _grouped(branch, tier, group.id, language)
    for code in sorted(tier.codes, key=lambda c: c.polarity == "nee"):
        if code.group == within:
            ElementTree.SubElement(parent, "Choice", _option(code, language))


def _rating_control(parent: ElementTree.Element, rating: Rating, language: Language) -> None:
    row = ElementTree.SubElement(parent, "View", {"className": "vib-rating"})
    ElementTree.SubElement(row, "Header", {"value": rating.label.to(language), "size": "6"})
    common = {"name": rating.id, "toName": MEDIA}
    if rating.lowest == 1:
        ElementTree.SubElement(row, "Rating", {**common, "maxRating": str(rating.highest)})
    else:
        scale = {"min": str(rating.lowest), "max": str(rating.highest), "step": "1"}
        ElementTree.SubElement(row, "Number", {**common, **scale})


def _option(code: Code, language: Language) -> dict[str, str]:
    option = {"value": code.label.to(language), "alias": code.id, "hint": code.definition.to(language)}
    return {**option, "hotkey": code.hotkey} if code.hotkey else option


def _labels_controls(label_config: str) -> list[tuple[str, str, frozenset[str]]]:
    """List name, object and codes of every ``Labels`` control of an interface."""
    try:
        root: ElementTree.Element = fromstring(label_config)
    except Exception as error:
        raise InputProblem("label_config", nl=f"geen geldige XML ({error})", en=f"not valid XML ({error})") from error
    found = [
        (
            control.get("name", ""),
            control.get("toName", ""),
            frozenset(label.get("alias") or label.get("value") or "" for label in control.iter("Label")),
        )
        for control in root.iter("Labels")
    ]
    if not found:
        raise InputProblem(
            "label_config",
            nl="heeft geen Labels-besturing voor beurten",
            en="has no Labels control for turns",
        )
    return found


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
