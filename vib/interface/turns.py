"""The turns that a machine found -> regions of a labelling interface."""

from __future__ import annotations

from xml.etree import ElementTree

from defusedxml.ElementTree import fromstring

from vib.interface.names import Region
from vib.problem import InputProblem
from vib.segmenting import Segmentation


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
