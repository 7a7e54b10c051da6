"""How loud the sound of a clip is over time, in files beside it that a screen can draw without decoding the sound.

Each file is a list of pairs: the least and the greatest sample of all channels in a short time, one time after
another. It lies in a WAV file of one channel, so that whoever can only decode sound sees the outline too; the rate
in its header says nothing of the clip's time.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping

PEAKS = ".peaks"
OVERVIEW = ".overview"

PAIRS_A_SECOND: Mapping[str, int] = {PEAKS: 400, OVERVIEW: 20}
"""Pairs for each second of the clip, by the ending of the file that has them."""

PAIR = 4
"""Bytes of a pair: two signed numbers of 16 bits, the low byte first."""

HEADER = 44
"""Bytes before the first pair."""

RATE_IN_HEADER = 44100
"""Samples a second as the file says: browsers that decode it then keep each number as it is."""


def count_of(ending: str, duration: float) -> int:
    """Return how many pairs the file of a clip has, by its ending.

    Examples
    --------
    >>> count_of(PEAKS, 60), count_of(OVERVIEW, 60.01)
    (24000, 1201)
    """
    return math.ceil(round(duration * PAIRS_A_SECOND[ending], 6))


def header_of(pairs: int) -> bytes:
    """Return what comes before so many pairs.

    Examples
    --------
    >>> len(header_of(24000)) == HEADER
    True
    """
    sample = PAIR // 2
    form = struct.pack("<IHHIIHH", 16, 1, 1, RATE_IN_HEADER, RATE_IN_HEADER * sample, sample, 8 * sample)
    content = pairs * PAIR
    return b"RIFF" + struct.pack("<I", HEADER - 8 + content) + b"WAVEfmt " + form + b"data" + struct.pack("<I", content)
