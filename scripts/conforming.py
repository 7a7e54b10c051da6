"""Whether a recording already is what a clip is to be, so that it need not be encoded again."""

from __future__ import annotations

import os
from pathlib import Path

from scripts.clip_form import FRAMES_PER_SECOND, KEY_FRAME_SECONDS
from scripts.packets import read_packets
from scripts.recording import Recording, measure
from vib.media import WIDE_RANGE, MediaInfo

SOUND_MAY_DIFFER = 0.1
"""Seconds that sound may end before or after the picture without being encoded again."""


def conforms(path: Path, info: MediaInfo) -> bool:
    """Tell whether a recording already is a clip."""
    recording = measure(info, read_packets(path, info.video.index if info.video else None))
    return recording is not None and picture_conforms(path, info, recording) and sound_conforms(info, recording)


def picture_conforms(path: Path, info: MediaInfo, recording: Recording) -> bool:
    """Tell whether the picture of a recording can be kept as it is."""
    video = info.video
    if video is None or "mp4" not in info.container.split(","):
        return False
    if (video.codec, video.pixel_format, video.rotation) != ("h264", "yuv420p", 0) or video.transfer in WIDE_RANGE:
        return False
    if video.frames_per_second != FRAMES_PER_SECOND or video.start != 0 or recording.zero != 0:
        return False
    return _index_in_front(path) and _regular(recording)


def sound_conforms(info: MediaInfo, recording: Recording) -> bool:
    """Tell whether the sound of a recording can be kept as it is; one without sound has nothing to encode."""
    audio, sound = info.audio, recording.sound
    if audio is None or sound is None:
        return audio is None
    if audio.codec != "aac" or abs(audio.start) > 0.001 or not sound.steady:
        return False
    return abs(sound.end - recording.picture.end) < SOUND_MAY_DIFFER


def _regular(recording: Recording) -> bool:
    """Tell whether frames come at a constant rate to the end, with a key frame each second."""
    times, keys = recording.picture.times, recording.picture.key_times
    if not keys:
        return False
    step = 1 / FRAMES_PER_SECOND
    even = all(abs(time - number * step) < 0.002 for number, time in enumerate(times))
    gaps = [after - before for before, after in zip(keys, [*keys[1:], times[-1]], strict=True)]
    return recording.missing < 0.5 and even and keys[0] < step and max(gaps) <= KEY_FRAME_SECONDS + 0.002


def _index_in_front(path: Path) -> bool:
    """Tell whether an MP4's ``moov`` box comes before its ``mdat``, so that it plays at once."""
    with path.open("rb") as file:
        while len(head := file.read(8)) == 8:
            size, name = int.from_bytes(head[:4], "big"), head[4:]
            if name in (b"moov", b"mdat"):
                return name == b"moov"
            if size == 1:
                size = int.from_bytes(file.read(8), "big") - 8
            if size < 8:
                return False
            file.seek(size - 8, os.SEEK_CUR)
    return False
