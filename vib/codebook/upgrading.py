"""The text of a codebook of the first format as one of the second: everything else in it stays as it was written."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from vib.yaml_file import composed

SECOND = "vib-codebook/2"


def as_second_format(text: str) -> str:
    """Return a codebook of ``vib-codebook/1`` as one of ``vib-codebook/2``, with its comments and its layout.

    Parameters
    ----------
    text : str
        A codebook that can be read.

    Examples
    --------
    >>> print(as_second_format("format: vib-codebook/1  # ours"))
    format: vib-codebook/2  # ours
    """
    for node, written in sorted(_changes(composed(text)), key=lambda change: -change[0].start_mark.index):
        text = text[: node.start_mark.index] + written + text[node.end_mark.index :]
    return text


def _changes(root: yaml.Node | None) -> Iterator[tuple[yaml.Node, str]]:
    """Yield what is written otherwise in the second format."""
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == "format":
            yield value, SECOND
        elif key.value == "ratings" and isinstance(value, yaml.SequenceNode):
            for rating in value.value:
                for field, _ in rating.value:
                    if field.value == "from_month":
                        yield field, "from_age_months"
