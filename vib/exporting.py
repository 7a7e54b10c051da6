"""What an export format is: a way to write the codes of a project."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, final

from pydantic.dataclasses import dataclass as checked

from vib.clip_time import ClipTime
from vib.codebook import Codebook
from vib.language import Text
from vib.observation import RaterSet


@final
@dataclass(frozen=True, slots=True)
class Export:
    """What there is to export of one project.

    Parameters
    ----------
    clips : Sequence[RaterSet]
        Every clip with the raters who submitted.
    codebook : Codebook
        The method of the project.
    tasks : Sequence[dict]
        The tasks as Label Studio exports them.
    times : Mapping[str, ClipTime]
        How the time of clips follows from that of their recordings, by clip, where that is to be said.
    """

    clips: Sequence[RaterSet]
    codebook: Codebook
    tasks: Sequence[dict[str, Any]]
    times: Mapping[str, ClipTime] = field(default_factory=dict)


@final
@checked(frozen=True, slots=True)
class ExportFormat:
    """A format that plugins offer through the hook `vib_export_formats`."""

    name: str
    label: Text
    write: Callable[[Export], str]
