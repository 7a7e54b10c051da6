"""The picture of a video as two small frames a second, streamed through one ffmpeg process."""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, final

import ffmpeg
import numpy as np
from numpy.typing import NDArray

from backend_ml.turns.audio import clock_zero
from backend_ml.turns.decoding import MAX_ALLOCATION, running, too_long
from backend_ml.turns.limits import Limits
from vib.language import Text
from vib.media import SAFE_INPUT, MediaInfo, VideoStream, file_address, run_ffprobe

Planes = NDArray[np.uint8]
"""A frame as YUV 4:2:0: height rows of luma, then height / 2 rows of both chromas."""

RATE: Final = 2
"""Frames a second."""

PICTURE: Final = Text(nl="het beeld", en="the picture")

LONG_SIDE: Final = 320
_SHORTEST_SIDE: Final = 16

MAX_PIXELS: Final = 36_000_000
"""Pixels a frame that ffmpeg may decode: 8K film. A hostile header can ask for any amount."""

AFFORDABLE_PIXELS: Final = 11_000_000
"""Pixels to decode for a second of film up to which all frames that others need are decoded.

For more, as most films of 720p have, looking takes longer than listening: `benchmarks/sight.py`.
"""

LONGEST_KEY_GAP: Final = 2.1
"""Seconds between key frames up to which these alone can stand for the picture."""

_NEEDED_OF_REORDERED: Final = 1 / 3
"""Of frames that are sent out of order about this part is needed by others (x264 with three B-frames)."""

_SAMPLE_SECONDS: Final = 30


@final
@dataclass(frozen=True, slots=True)
class Plan:
    """How the picture is decoded.

    Parameters
    ----------
    width, height : int
        Size of the frames, upright.
    hold : int
        For how many steps a key frame may stand if these alone are decoded; else 0.
    """

    width: int
    height: int
    hold: int


def plan(path: Path, info: MediaInfo) -> Plan | None:
    """Choose how to decode the picture of a file; None if it has none.

    Two frames a second ask for nearly all frames to be decoded. Where that costs more than
    listening does and key frames are close together, these alone are decoded, and a frame
    stands until the next key frame. The choice depends on the file only.

    Raises
    ------
    MediaProblem
        The file cannot be looked at.
    """
    video = info.video
    if video is None or video.width <= 0 or video.height <= 0:
        return None
    width, height = _size(video)
    gap, reordered = _packets(path)
    needed = 1 - reordered * (1 - _NEEDED_OF_REORDERED)
    pixels = video.width * video.height * float(video.frames_per_second) * needed
    dear = pixels > AFFORDABLE_PIXELS and gap <= LONGEST_KEY_GAP
    return Plan(width, height, hold=math.ceil(gap * RATE) if dear or gap <= 1 / RATE else 0)


def stream(path: Path, info: MediaInfo, planned: Plan, limits: Limits) -> Generator[Planes, None, None]:
    """Yield a frame for every half second from time 0 on, as near its middle as there is one.

    Raises
    ------
    MediaProblem
        The picture cannot be decoded, is too long, or takes too long.
    """
    if info.duration > limits.max_seconds:
        raise too_long(path, limits)
    shape = (planned.height * 3 // 2, planned.width)
    left = int(limits.max_seconds * RATE) + RATE
    with running(_command(path, info, planned), path, limits, PICTURE) as pipe:
        while len(data := pipe.read(shape[0] * shape[1])) == shape[0] * shape[1]:
            left -= 1
            if left < 0:
                raise too_long(path, limits)
            yield np.frombuffer(data, dtype=np.uint8).reshape(shape)


def _size(video: VideoStream) -> tuple[int, int]:
    width, height = video.width, video.height
    if video.rotation % 180 == 90:
        width, height = height, width
    scale = LONG_SIDE / max(width, height)
    return _even(width * scale), _even(height * scale)


def _even(length: float) -> int:
    return max(_SHORTEST_SIDE, round(length / 2) * 2)


def _packets(path: Path) -> tuple[float, float]:
    """Return the longest time between key frames, and which part of frames is sent out of order, of the first ones."""
    answer = run_ffprobe(
        path, select_streams="V:0", show_entries="packet=pts_time,flags", read_intervals=f"%+{_SAMPLE_SECONDS}"
    )
    packets = [p for p in answer.get("packets", []) if _is_number(p.get("pts_time"))]
    times = [float(p["pts_time"]) for p in packets]
    keys = sorted(t for t, p in zip(times, packets, strict=True) if "K" in p.get("flags", ""))
    if not keys:
        return float("inf"), 0.0
    latest = np.maximum.accumulate(times)
    gaps = np.diff([*keys, max(times)])
    return float(gaps.max()), float(np.mean(np.array(times) < latest))


def _is_number(text: object) -> bool:
    try:
        return bool(np.isfinite(float(str(text))))
    except ValueError:
        return False


def _command(path: Path, info: MediaInfo, planned: Plan) -> list[str]:
    # The loop filter smooths what is about to be shrunk anyway; frames nobody refers to are
    # left out, which moves a frame by some hundredths of a second.
    skipped = "nokey" if planned.hold else "noref"
    source = ffmpeg.input(
        file_address(path),
        an=None,
        sn=None,
        dn=None,
        threads=2,
        max_pixels=MAX_PIXELS,
        skip_frame=skipped,
        skip_loop_filter="all",
        **SAFE_INPUT,
    )
    timed = source["V:0"].filter("setpts", f"PTS-{clock_zero(info):.6f}/TB")
    paced = timed.filter("fps", fps=RATE, start_time=0, round="near", eof_action="pass")
    small = paced.filter("scale", planned.width, planned.height, flags="fast_bilinear")
    output = small.output("pipe:1", format="rawvideo", pix_fmt="yuv420p")
    arguments = ("-copyts", "-nostdin", "-v", "error", "-filter_complex_threads", "1")
    return [str(part) for part in output.global_args(*arguments, "-max_alloc", str(MAX_ALLOCATION)).compile()]
