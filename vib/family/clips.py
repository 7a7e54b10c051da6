"""What clips are called, and of which family they are."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path


def clip_name(file: str) -> str:
    """Return the name of a clip within its family: the file's, without ending, in one form of Unicode.

    Examples
    --------
    >>> clip_name("2026-03-01-maaltijd.mp4")
    '2026-03-01-maaltijd'
    """
    stem = unicodedata.normalize("NFC", Path(file).stem)
    return re.sub(r"[\s/\\]+", " ", stem).strip(". ") or "clip"


def family_of(clip: str) -> str:
    """Return the pseudonym of the family that a clip is of, by the clip's id.

    Examples
    --------
    >>> family_of("F-0001/2026-03-01-maaltijd")
    'F-0001'
    """
    return clip.partition("/")[0]
