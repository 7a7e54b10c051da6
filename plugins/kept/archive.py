"""All that is kept of somebody as one file: a zip with a JSON file of each kind."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder

from vib.family import family_of
from vib.kept import CLIP, Kept
from vib.language import Language

CONTENTS = "contents.json"
"""What there is, for whom and of when."""


def write_archive(
    to: IO[bytes], kinds: Iterable[Kept], failed: Sequence[str], whose: str, at: datetime, language: Language
) -> set[str]:
    """Write all records of all kinds to a file, a record at a time in memory; return the families that they are of.

    What a plugin cannot read is named in the list of contents, and is not there in part.

    Parameters
    ----------
    failed : Sequence of str
        Plugins that could not say what they keep.

    Raises
    ------
    OSError
        The disk is full.
    """
    families: set[str] = set()
    with ZipFile(to, "w", ZIP_DEFLATED) as written:
        parts = [_added(written, kept, families, language) for kept in kinds]
        listed = {"of": whose, "made_at": at, "parts": parts, "plugins_that_failed": failed}
        written.writestr(CONTENTS, _json(listed, indent=2))
    return families


def _added(written: ZipFile, kept: Kept, families: set[str], language: Language) -> Mapping[str, Any]:
    """Add the file of one kind, when all of its records could be read."""
    name = f"{kept.name}.json"
    about = {"heading": kept.heading, "about": kept.about, "how_long": kept.how_long}
    said: dict[str, Any] = {key: text.to(language) for key, text in about.items()}
    with tempfile.TemporaryFile() as whole:
        try:
            count = _write(whole, kept, families)
        except Exception:
            # Its plugin is noted where the records are asked for; the others are no less there for it.
            return {"file": None, **said}
        whole.seek(0)
        with written.open(name, "w", force_zip64=True) as to:
            shutil.copyfileobj(whole, to)
    return {"file": name, **said, "records": count}


def _write(to: IO[bytes], kept: Kept, families: set[str]) -> int:
    count = 0
    for count, record in enumerate(kept.records(0, None), 1):
        to.write(b"[\n" if count == 1 else b",\n")
        to.write(_json(record))
        if clip := record.get(CLIP):
            families.add(family_of(str(clip)))
    to.write(b"\n]\n" if count else b"[]\n")
    return count


def _json(value: Any, indent: int | None = None) -> bytes:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=indent).encode()
