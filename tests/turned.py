"""Recordings as a camera that was turned writes them."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

UPRIGHT: Final = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
TURNED: Final = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
"""How players are to draw a track, as it is or a quarter turned clockwise (ISO/IEC 14496-12, 8.3.2)."""


def turn(path: Path) -> None:
    """Say in an MP4 whose first track is the picture that it is to be shown a quarter turned clockwise.

    The bytes are written here, since options that say so come and go with versions of ffmpeg.
    """
    content = path.read_bytes()
    at = content.index(UPRIGHT, content.index(b"tkhd"))
    path.write_bytes(content[:at] + TURNED + content[at + len(UPRIGHT) :])
