"""What a labelling interface of Label Studio asks: its controls, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from vib.codebook import Codebook
from vib.interface import point_of, render_interface
from vib.methods import method_names, read_method

from . import texts
from .opening import read_text

Kind = Literal["labels", "timelinelabels", "choices", "taxonomy", "rating", "number", "other"]

_ON_TIME: Mapping[str, tuple[str, ...]] = {"labels": ("audio", "audioplus"), "timelinelabels": ("video",)}
"""Controls whose regions lie in time, and on which objects they do."""

KINDS: tuple[Kind, ...] = ("labels", "timelinelabels", "choices", "taxonomy", "rating", "number")


@final
@dataclass(frozen=True, slots=True)
class Control:
    """One control.

    Parameters
    ----------
    kind : str
        Its tag in lower case; ``other`` for what says nothing in time or of the whole task:
        notes, boxes, labels on text.
    frame_rate : str or None
        ``frameRate`` of the object that it is about: a number, or ``$`` and the name of a
        field of the task.
    scale : bool
        Whether its choices are the points of a scale.
    """

    kind: Kind
    frame_rate: str | None = None
    scale: bool = False


@final
@dataclass(frozen=True, slots=True)
class Interface:
    """The controls of a labelling interface, by name."""

    controls: Mapping[str, Control]

    @property
    def has_timeline(self) -> bool:
        """Whether anything can be said of a stretch of time."""
        return any(control.kind in _ON_TIME for control in self.controls.values())

    @classmethod
    def of_method(cls, codebook: Codebook) -> Interface:
        """Return the interface with which a method is coded.

        Examples
        --------
        >>> Interface.of_method(read_method("vib-pleegzorg")).controls["turn"].kind
        'labels'
        """
        return cls.of_xml(render_interface(codebook, "en"), place=codebook.method)

    @classmethod
    def of_xml(cls, label_config: str, *, place: str) -> Interface:
        """Read a labelling configuration; upper and lower case in tags are the same, as in Label Studio.

        Raises
        ------
        InputProblem
            It is no XML, declares entities, or has no controls.
        """
        try:
            root = fromstring(label_config, forbid_dtd=True)
        except Exception as error:
            raise texts.problem(place, texts.NOT_XML, reason=texts.quoted(str(error))) from error
        elements = [
            (element, str(element.tag).lower(), {key.lower(): value for key, value in element.attrib.items()})
            for element in root.iter()
        ]
        objects = {
            found["name"]: (tag, found) for _, tag, found in elements if "name" in found and "toname" not in found
        }
        controls: dict[str, Control] = {}
        for element, tag, found in elements:
            if "name" in found and "toname" in found:
                below = [objects.get(name.strip(), ("", {})) for name in found["toname"].split(",")]
                controls[found["name"]] = _control(tag, below, scale=_is_scale(element))
        if not controls:
            raise texts.problem(place, texts.NO_CONTROLS)
        return cls(controls)


def named_interface(name: str) -> Interface:
    """Return the interface of an installed method, or else that of an XML file.

    Raises
    ------
    InputProblem
        There is no such method or file, or it is no interface.
    """
    if name in method_names():
        return Interface.of_method(read_method(name))
    path = Path(name)
    if not path.is_file():
        known = ", ".join(method_names())
        raise texts.problem("--interface", texts.NO_INTERFACE, found=texts.quoted(name), known=known)
    return Interface.of_xml(read_text(path), place=name)


def _is_scale(element: Element) -> bool:
    points = [point_of([option.get("alias")]) for option in element.iter() if str(option.tag).lower() == "choice"]
    return bool(points) and None not in points


def _control(tag: str, below: list[tuple[str, dict[str, str]]], *, scale: bool) -> Control:
    rate = next((found["framerate"] for _, found in below if "framerate" in found), None)
    for kind in KINDS:
        objects = _ON_TIME.get(kind)
        if tag == kind and (objects is None or any(name in objects for name, _ in below)):
            return Control(kind, rate, scale)
    return Control("other")
