"""Codebook -> labelling interface, as Label Studio XML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from vib.age_gate import from_age
from vib.codebook import Code, Codebook, Rating, Tier
from vib.interface.names import AGE, MEDIA, WHO
from vib.interface.style import STYLE, VIDEO_HEIGHT, WAVEFORM_HEIGHT
from vib.language import Language, Text

PALETTE = ("#d97706", "#2563eb", "#6b7280", "#0f766e", "#7c3aed", "#be185d", "#4d7c0f", "#0891b2")
"""Colours for codes that name none."""

_SELECT = Text(
    nl="Kies een beurt op de golfvorm om die te beschrijven, of teken er een.",
    en="Choose a turn on the waveform to describe it, or draw one.",
)
_ELEMENTS = Text(nl="Kies een of meer...", en="Choose one or more...")
_WHOLE_CLIP = Text(nl="Over de hele clip", en="About the whole clip")
_BETWEEN = Text(nl="ertussenin", en="in between")
_ONLY_WITH = Text(nl="Alleen met: ", en="Only with: ")

Element = ElementTree.Element


def render_interface(codebook: Codebook, language: Language) -> str:
    """Render the labelling interface of a method as Label Studio XML.

    Tiers that are optional, and the ratings of the whole clip, are folded away. Where a tier is filled from the
    people of a family, or anything is asked from an age only, the task says who there is, and how old the child is.

    Parameters
    ----------
    codebook : Codebook
    language : {"nl", "en"}
        Language of labels and hints; what is stored is the same in both.
    """
    view = Element("View", {"className": "vib"})
    ElementTree.SubElement(view, "Style").text = STYLE
    top = _part(view, "vib-top")
    left = _part(top, "vib-video")
    ElementTree.SubElement(
        left,
        "Video",
        {"name": "video", "value": "$video", "sync": "clip", "height": str(VIDEO_HEIGHT), "frameRate": "25"},
    )
    if has_gates(codebook):
        _header(_part(left, "vib-age"), f"${AGE}")
    codes = _part(top, "vib-codes")
    _header(_part(codes, "vib-hint", visibleWhen="no-region-selected"), _SELECT.to(language))
    for tier in codebook.describing_tiers:
        if not _is_folded(tier):
            _describing_control(codes, tier, language)
    for together in _folds(codebook):
        _fold(codes, together, language)
    tiers = _part(view, "vib-tiers")
    for tier in codebook.timeline_tiers:
        _timeline_control(tiers, tier, language, named=len(codebook.timeline_tiers) > 1)
    ElementTree.SubElement(
        view,
        "Audio",
        {"name": MEDIA, "value": "$audio", "sync": "clip", "height": str(WAVEFORM_HEIGHT), "zoom": "true"},
    )
    if codebook.ratings:
        panel = _panel(view, _WHOLE_CLIP.to(language))
        for rating in codebook.ratings:
            _rating_control(panel, rating, language)
    ElementTree.indent(view, "  ")
    return ElementTree.tostring(view, encoding="unicode") + "\n"


def has_gates(codebook: Codebook) -> bool:
    """Tell whether anything in a codebook is asked of older children only."""
    asked = [code.from_age_months for code in codebook.codes.values()]
    return any(asked + [rating.from_age_months for rating in codebook.ratings])


def points_of(rating: Rating, language: Language) -> dict[str, str]:
    """Return what can be chosen for a rating: what is stored, and its words.

    Examples
    --------
    >>> from vib.methods import read_method
    >>> sorted(points_of(read_method("vib-pleegzorg").ratings[0], "nl"))
    ['1', '2', '3', '4', '5']
    """
    found = {}
    for point in range(rating.lowest, rating.highest + 1):
        anchor = rating.anchors.get(point)
        words = [anchor.to(language)] if anchor else [_BETWEEN.to(language)] if rating.anchors else []
        found[str(point)] = " · ".join([str(point), *words])
    return found


def _part(parent: Element, name: str, **more: str) -> Element:
    return ElementTree.SubElement(parent, "View", {"className": name, **more})


def _header(parent: Element, words: str) -> None:
    ElementTree.SubElement(parent, "Header", {"value": words, "size": "6"})


def _panel(parent: Element, title: str) -> Element:
    fold = ElementTree.SubElement(parent, "Collapse", {"accordion": "true"})
    return ElementTree.SubElement(fold, "Panel", {"value": title})


def _is_folded(tier: Tier) -> bool:
    """Tell whether a tier is folded away: who somebody is, is one line and one key, and stays."""
    return tier.optional and tier.fill_from is None


def _folds(codebook: Codebook) -> list[Sequence[Tier]]:
    """Return the optional questions, those that are asked of the same codes together."""
    found: dict[tuple[str, ...], list[Tier]] = {}
    for tier in codebook.describing_tiers:
        if _is_folded(tier):
            found.setdefault(tuple(sorted(_when(tier).values())), []).append(tier)
    return list(found.values())


def _fold(parent: Element, tiers: Sequence[Tier], language: Language) -> None:
    part = _part(parent, "vib-fold", visibleWhen="region-selected", **_when(tiers[0]))
    panel = _panel(part, ", ".join(tier.label.to(language) for tier in tiers))
    for tier in tiers:
        _describing_control(panel, tier, language)


def _when(tier: Tier) -> dict[str, str]:
    assert tier.describes is not None
    return {"whenTagName": tier.describes.tier, "whenLabelValue": ",".join(tier.describes.codes)}


def _timeline_control(parent: Element, tier: Tier, language: Language, *, named: bool) -> None:
    row = _part(parent, "vib-tier") if named else parent
    if named:
        _header(row, tier.label.to(language))
    control = ElementTree.SubElement(row, "Labels", {"name": tier.id, "toName": MEDIA})
    for number, code in enumerate(tier.codes):
        colour = code.colour or PALETTE[number % len(PALETTE)]
        ElementTree.SubElement(control, "Label", {**_option(code, language), "background": colour})


def _describing_control(parent: Element, tier: Tier, language: Language) -> None:
    when = _when(tier)
    shown = {"toName": MEDIA, "perRegion": "true", **when}
    part = _part(parent, "vib-question", visibleWhen="region-selected", **when)
    _header(part, tier.question.to(language))
    if tier.fill_from == "members":
        ElementTree.SubElement(part, "Choices", {"name": tier.id, **_ONE, "value": f"${WHO}", **shown})
    elif tier.several:
        looks = {"leafsOnly": "true", "showFullPath": "false", "minWidth": "330px"}
        control = ElementTree.SubElement(
            part, "Taxonomy", {"name": tier.id, "placeholder": _ELEMENTS.to(language), **looks, **shown}
        )
        _grouped(control, tier, None, language)
    else:
        control = ElementTree.SubElement(part, "Choices", {"name": tier.id, **_ONE, **shown})
        for code in tier.codes:
            ElementTree.SubElement(control, "Choice", _option(code, language))


_ONE: Mapping[str, str] = {"choice": "single-radio", "showInline": "true"}


def _grouped(parent: Element, tier: Tier, within: str | None, language: Language) -> None:
    for group in tier.groups:
        if group.within == within:
            branch = ElementTree.SubElement(parent, "Choice", {"value": group.label.to(language), "alias": group.id})
            _grouped(branch, tier, group.id, language)
    for code in sorted(tier.codes, key=lambda c: c.polarity == "nee"):
        if code.group == within:
            # Label Studio's menus know no keys.
            option = {name: value for name, value in _option(code, language).items() if name != "hotkey"}
            ElementTree.SubElement(parent, "Choice", option)


def _rating_control(parent: Element, rating: Rating, language: Language) -> None:
    row = _part(parent, "vib-rating")
    about = _part(row, "vib-about")
    _header(about, rating.label.to(language) + from_age(rating.from_age_months, language))
    explained = _part(about, "vib-why")
    _header(explained, rating.definition.to(language))
    if rating.requires:
        _header(explained, _ONLY_WITH.to(language) + rating.requires.to(language))
    # Not radio buttons: a box that was ticked can be emptied again, as a rating must be where there was no occasion.
    control = ElementTree.SubElement(row, "Choices", {"name": rating.id, "choice": "single", "toName": MEDIA})
    for stored, words in points_of(rating, language).items():
        ElementTree.SubElement(control, "Choice", {"value": words, "alias": stored})


def _option(code: Code, language: Language) -> dict[str, str]:
    words = code.label.to(language) + from_age(code.from_age_months, language)
    option = {"value": words, "alias": code.id, "hint": code.definition.to(language)}
    return {**option, "hotkey": code.hotkey} if code.hotkey else option
