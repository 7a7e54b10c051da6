"""What the packets of a recording say of its time, whatever its header says."""

from __future__ import annotations

import math
import statistics
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from scripts import children
from vib.media import SAFE_INPUT, PassingProblem, file_address

LEAST_GAP = 0.01
"""Seconds without packets that are counted as a gap: a quarter of a frame of a clip."""

LONGEST_SOUND = 4
"""Times the usual length that a packet of sound is believed to have; those of a stream may differ."""

PATIENCE = 1800.0
"""Seconds that reading the packets of one recording may take."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without packets, in seconds of the recording's own clock."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Track:
    """The packets of one stream that are shown or heard. Times are seconds of the recording's own clock.

    Parameters
    ----------
    times : list[float]
        When each packet begins, in order.
    key_times : list[float]
        When each packet begins from which decoding can start, in order.
    end : float
        When the last packet ends.
    gaps : list[Gap]
        Where there are no packets for more than `LEAST_GAP`.
    steady : bool
        Whether all packets take equally long and follow one another without gaps.
    """

    times: list[float]
    key_times: list[float]
    end: float
    gaps: list[Gap]
    steady: bool

    @property
    def start(self) -> float:
        """When the first packet begins."""
        return self.times[0]


def read_packets(path: Path, pictures: int | None) -> dict[int, Track]:
    """Read when each packet of a file begins and ends, by number of the stream.

    A stream without packets is not there; of a damaged file what can be read is.

    Parameters
    ----------
    pictures : int | None
        The stream of pictures, which last as long as the file says. Of sound that lasts longer than
        most of its stream this is not believed: MP4 says of a packet before a gap that it lasts through it.

    Raises
    ------
    PassingProblem
        Reading the file takes longer than `PATIENCE`.
    """
    timed: dict[int, list[_Packet]] = defaultdict(list)
    counted: dict[int, list[_Packet]] = defaultdict(list)
    ends: dict[int, float] = defaultdict(float)
    for line in _lines(path):
        stream, pts, dts, duration, flags, *_ = [*line.split(","), "", "", "", "", ""]
        if not stream.isdigit() or "D" in flags:
            continue
        number, lasts, time = int(stream), _number(duration) or 0.0, _number(pts, _number(dts))
        if time is not None:
            timed[number].append((time, lasts, "K" in flags))
        elif lasts:
            counted[number].append((ends[number], lasts, "K" in flags))
            ends[number] += lasts
    # Without a container packets have no time of their own: they follow one another.
    return {stream: _track(packets, stream == pictures) for stream, packets in {**counted, **timed}.items()}


_Packet = tuple[float, float, bool]
"""When it begins, how long it lasts, and whether decoding can start from it."""


def _track(packets: list[_Packet], pictures: bool) -> Track:
    packets.sort()
    times = [time for time, _, _ in packets]
    usual = statistics.median(after - before for before, after in pairwise(times)) if len(times) > 1 else 0.0
    longest = math.inf if pictures or not usual else LONGEST_SOUND * usual
    lasting = [duration if 0 < duration < longest else usual for _, duration, _ in packets]
    ends = [time + length for time, length in zip(times, lasting, strict=True)]
    gaps = [Gap(end, after) for end, after in zip(ends, times[1:], strict=False) if after - end > LEAST_GAP]
    steady = abs(times[-1] - times[0] - (len(times) - 1) * usual) < LEAST_GAP
    return Track(times, [time for time, _, key in packets if key], max(ends), gaps, steady)


def _lines(path: Path) -> Iterator[str]:
    entries = "packet=stream_index,pts_time,dts_time,duration_time,flags"
    options = [part for name, value in SAFE_INPUT.items() for part in (f"-{name}", value)]
    command = ["ffprobe", "-v", "quiet", *options, "-of", "csv=p=0", "-show_entries", entries, file_address(path)]
    process = children.start(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    assert process.stdout is not None
    with process.stdout, children.limited(process, PATIENCE) as is_late:
        for line in process.stdout:
            yield line.decode("ascii", "replace").strip()
        process.wait()
    if is_late():
        raise PassingProblem(
            str(path),
            nl=f"het lezen van dit bestand duurt langer dan {PATIENCE:.0f} s",
            en=f"reading this file takes longer than {PATIENCE:.0f} s",
        )


def _number(text: str, otherwise: float | None = None) -> float | None:
    try:
        return float(text)
    except ValueError:
        return otherwise
