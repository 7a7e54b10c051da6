"""Any file that `vib agreement` reads: it is known by its content."""

from __future__ import annotations

import math
from pathlib import Path

from vib.observation import RaterSet
from vib.unreadable import cannot_be_read

from . import texts
from .opening import check_file

_PEEK = 4096
"""Bytes that are looked at to see what a file is."""

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_clips(path: Path, interface: str | None = None, fps: float | None = None) -> tuple[RaterSet, ...]:
    """Read an observations file, an export of Label Studio, or a long CSV.

    What begins with ``{`` is an observations file (``vib-observations/1``), what begins with
    ``[`` a JSON export of Label Studio, and everything else a long CSV, unless its name ends
    in ``.json``.

    Parameters
    ----------
    interface : str or None
        For an export of Label Studio: the name of a method, or an XML file; None for the
        method that has every control in the file.
    fps : float or None
        For an export of Label Studio with frame numbers: frames a second, for tasks that do
        not say.

    Raises
    ------
    InputProblem
        The file cannot be read or is none of the three, or `interface` or `fps` do not go
        with it; names file, row or task, and reason.

    Examples
    --------
    >>> read_clips(Path(__file__).parents[1] / "example.json")[0].raters
    ('anna', 'bram')
    """
    if fps is not None and not (math.isfinite(fps) and fps > 0):
        raise texts.problem("--fps", texts.NO_FRAME_RATE, found=fps)
    first = _first_sign(path)
    if first == b"[":
        from .controls import named_interface
        from .label_studio import read_label_studio

        return read_label_studio(path, named_interface(interface) if interface else None, fps)
    for option, given in (("--interface", interface), ("--fps", fps)):
        if given is not None:
            raise texts.problem(option, texts.ONLY_LABEL_STUDIO)
    if first == b"{" or path.suffix.lower() == ".json":
        from vib.observations_file import read_observations

        return read_observations(path)
    from .long_csv import read_long_csv

    return read_long_csv(path)


def is_label_studio(path: Path) -> bool:
    """Tell whether a file is a JSON export of Label Studio, by its first sign.

    Raises
    ------
    InputProblem
        The file cannot be read, or is a workbook.
    """
    return _first_sign(path) == b"["


def _first_sign(path: Path) -> bytes:
    check_file(path)
    try:
        with path.open("rb") as file:
            start = file.read(_PEEK)
    except OSError as error:
        raise cannot_be_read(path, error) from error
    if start.startswith(_WORKBOOKS):
        raise texts.problem(str(path), texts.WORKBOOK)
    return start.removeprefix(_BYTE_ORDER_MARK).lstrip()[:1]
