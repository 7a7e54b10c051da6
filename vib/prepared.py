"""Which version of VIB Studio a data folder was last prepared by: the file ``prepared`` in it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import final

from pydantic import TypeAdapter, ValidationError

from vib.atomic import write_text
from vib.settings import ROOT, Settings, read_settings

PACKAGE = "vib-studio"
NOTE = "prepared"
"""Name of the file, below the data folder."""


@final
@dataclass(frozen=True, slots=True)
class Prepared:
    """What a data folder was prepared by.

    Parameters
    ----------
    version : str
        Of VIB Studio; empty when an earlier one did it, which did not note its version.
    label_studio : str
        Version of Label Studio; empty as above.
    code : str
        A text that is another one when the database may have to be migrated.
    """

    version: str
    label_studio: str
    code: str

    def newer_than(self, other: Prepared) -> bool:
        """Tell whether this is of a later version of VIB Studio than another.

        Examples
        --------
        >>> Prepared("0.10.0", "", "").newer_than(Prepared("0.9.1", "", ""))
        True
        """
        return _numbers(self.version) > _numbers(other.version)


def installed(settings: Settings | None = None) -> Prepared:
    """Return what this installation makes of a data folder.

    Parameters
    ----------
    settings : Settings or None
        What the installation has chosen; None reads that.

    Raises
    ------
    InputProblem
        A setting is unknown or has a wrong value.
    """
    chosen = settings or read_settings()
    files = [file for file in (ROOT / "requirements.lock",) if file.exists()]
    digest = hashlib.sha256(
        b"".join(file.read_bytes() for file in [*files, *sorted((ROOT / "plugins").rglob("migrations/*.py"))])
    )
    for name, number in sorted({(e.dist.name, e.dist.version) for e in entry_points(group="vib") if e.dist}):
        if name != PACKAGE:
            digest.update(f"{name} {number}".encode())
    # A plugin that is switched on later has tables that were not made yet.
    for names in (chosen.plugins, chosen.without):
        digest.update(json.dumps(names if names is None else sorted(set(names))).encode())
    return Prepared(version(PACKAGE), version("label-studio"), digest.hexdigest())


def read_prepared(data: Path) -> Prepared | None:
    """Return what a data folder was last prepared by; None when it never was, or when that is unknown."""
    try:
        text = (data / NOTE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    if re.fullmatch(r"[0-9a-f]{64}\s*", text):
        return Prepared("", "", text.strip())
    try:
        return TypeAdapter(Prepared).validate_json(text)
    except ValidationError:
        return None


def note_prepared(data: Path) -> None:
    """Note that a data folder was prepared by this installation."""
    write_text(data / NOTE, json.dumps(asdict(installed())) + "\n", mode=0o600)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text))
