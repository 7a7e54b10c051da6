"""The kinds of recordings that people have, each made by a script with marks whose times are known."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recordings_marks import moments, picture, sound

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
H265 = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1")
TEN = ("-pix_fmt", "yuv420p10le")
VP8 = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "16", "-b:v", "2M", "-threads", "2")
VP9 = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-row-mt", "1", "-b:v", "2M")
AAC = ("-c:a", "aac")
OPUS = ("-c:a", "libopus")
PCM = ("-c:a", "pcm_s16le")
STEREO = ("-ac", "2")
HALF_PICTURES = ("-vf", "tinterlace=interleave_top,fieldorder=tff")


@dataclass(frozen=True)
class Making:
    """Where recordings are made, how long they are in seconds, and how large where their kind does not say so."""

    folder: Path
    seconds: float
    size: str = "640x360"

    @property
    def marks(self) -> tuple[float, ...]:
        """When the marks are."""
        return moments(self.seconds)

    def path(self, name: str) -> Path:
        """Return the place of a file."""
        return self.folder / name

    def ffmpeg(self, *arguments: object) -> None:
        """Run ffmpeg."""
        command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def inputs(self, *, audio_seconds: float | None = None, audio_rate: int = 48000, **film: Any) -> list[str]:
        """Return a film and sound with the marks, as inputs for ffmpeg."""
        beeps = sound(self.marks, audio_seconds or self.seconds, rate=audio_rate)
        flashes = picture(self.marks, self.seconds, **{"size": self.size, **film})
        return ["-f", "lavfi", "-i", flashes, "-f", "lavfi", "-i", beeps]

    def base(self, name: str = "base.mp4", *options: str) -> Path:
        """Return H.264 and AAC in MP4, which is made once: what other tools put into files of their own."""
        path = self.path(name)
        if not path.exists():
            self.ffmpeg(*self.inputs(), *H264, "-g", "30", *AAC, *STEREO, *options, path)
        return path


Make = Callable[[Making, str], Path]
Marks = Callable[[Making], Sequence[float]]


def _all(making: Making) -> Sequence[float]:
    return making.marks


def _first_half(making: Making) -> Sequence[float]:
    return [mark for mark in making.marks if mark < making.seconds / 2]


def _none(making: Making) -> Sequence[float]:
    return ()


def _later(seconds: float) -> Marks:
    return lambda making: [mark + seconds for mark in making.marks]


@dataclass(frozen=True)
class Kind:
    """A kind of recording.

    Parameters
    ----------
    by : str
        The tool whose own muxer wrote the file.
    make : callable
        Makes the recording, given where and a name without an ending.
    seen, heard : callable or None
        When flashes and beeps are in the clip; None where that is read from the recording's own clock.
    used : bool
        Whether it can be used; else it is to be refused with the reason.
    """

    name: str
    make: Make
    by: str = "ffmpeg"
    seen: Marks | None = _all
    heard: Marks | None = _all
    used: bool = True


def kinds() -> Iterator[Kind]:
    """Yield every kind that ffmpeg makes."""
    yield from _phones()
    yield from _cameras()
    yield from _computers()
    yield from _broadcast()
    yield from _sounds()
    yield from _pictures()
    yield from _broken()


def usual_kinds() -> Iterator[Kind]:
    """Yield a few kinds that people have most, from what is easy to decode to what is not."""
    yield Kind("MP4: H.264 at 30, AAC", _plain("mp4", *H264, *AAC, *STEREO))
    yield Kind("MP4: H.264 at 60", _plain("mp4", *H264, *AAC, *STEREO, rate="60"))
    yield Kind("MOV: HEVC, AAC", _plain("mov", *H265, *AAC, *STEREO))
    yield Kind("MKV: H.264, Opus", _plain("mkv", *H264, *OPUS, *STEREO))
    yield Kind("WebM: VP8, Opus", _plain("webm", *VP8, *OPUS, *STEREO))
    yield Kind("TS: H.264, AAC", _plain("ts", *H264, *AAC, *STEREO))


def _plain(ending: str, *options: str, before: Sequence[str] = (), **given: Any) -> Make:
    def make(making: Making, name: str) -> Path:
        path = making.path(f"{name}.{ending}")
        making.ffmpeg(*before, *making.inputs(**given), *options, path)
        return path

    return make


def _rewritten(ending: str, *options: str, before: Sequence[str] = ()) -> Make:
    """Put what the base has into another file, without encoding it again."""

    def make(making: Making, name: str) -> Path:
        path = making.path(f"{name}.{ending}")
        making.ffmpeg(*before, "-i", making.base(), "-c", "copy", *options, path)
        return path

    return make


def _phones() -> Iterator[Kind]:
    yield Kind("MP4: H.264 at 30, AAC", _plain("mp4", *H264, *AAC, *STEREO))
    yield Kind("MP4: H.264 at 29.97, one channel", _plain("mp4", *H264, *AAC, rate="30000/1001"))
    yield Kind("MP4: H.264 at 60", _plain("mp4", *H264, *AAC, *STEREO, rate="60"))
    yield Kind("MP4: H.264 at 120, slow motion", _plain("mp4", *H264, *AAC, *STEREO, rate="120"))
    yield Kind("MP4: H.264 at 24", _plain("mp4", *H264, *AAC, rate="24"))
    yield Kind("MP4: H.264 at 15", _plain("mp4", *H264, *AAC, rate="15"))
    yield Kind("MP4: variable rate, as in the dark", _plain("mp4", "-vf", _DARK, "-vsync", "vfr", *H264, *AAC))
    yield Kind("MP4: a clip as it is to be", _plain("mp4", *H264, "-bf", "0", "-g", "25", *_INDEX, *AAC, rate="25"))
    yield Kind("MOV: HEVC, AAC", _plain("mov", *H265, *AAC, *STEREO))
    yield Kind("MOV: HEVC of 10 bits, HLG", _plain("mov", *H265, *TEN, *_HLG, *AAC, *STEREO))
    yield Kind("MP4: HEVC of 10 bits, PQ", _plain("mp4", *H265, *TEN, *_PQ, *AAC, *STEREO))
    for degrees in (90, 180, 270):
        yield Kind(f"MP4: turned by {degrees} degrees", _turned(degrees))
    yield Kind("MOV: cannot decode the first sound track (apac)", _without_decoder)
    yield Kind("MOV: time code and a data track", _rewritten("mov", "-timecode", "10:00:00:00"))
    yield Kind("MP4: in fragments", _rewritten("mp4", "-movflags", "frag_keyframe+empty_moov"))
    yield Kind("MP4: in fragments, as for streaming", _rewritten("mp4", "-movflags", "dash+frag_every_frame"))
    yield Kind("MP4: a cover picture", _with_cover)
    yield Kind("MP4: cut without encoding, with an edit list", _cut, seen=_cut_marks, heard=_cut_marks)
    yield Kind("3GP: H.263, AAC at 16 kHz", _plain("3gp", "-c:v", "h263", *AAC, "-ar", "16000", size="352x288"))
    yield Kind("3GP: H.264, AAC at 8 kHz", _plain("3gp", *H264, *AAC, "-ar", "8000", "-ac", "1", size="320x240"))


_INDEX = ("-movflags", "+faststart")
_DARK = "select='not(mod(n,3))+gt(mod(t,6),3)'"
_HLG = ("-color_primaries", "bt2020", "-color_trc", "arib-std-b67", "-colorspace", "bt2020nc")
_PQ = ("-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc")


def _turned(degrees: int) -> Make:
    def make(making: Making, name: str) -> Path:
        path = making.path(f"{name}.mp4")
        turned = ("-metadata:s:v", f"rotate={degrees}")
        making.ffmpeg("-i", making.base(), "-c", "copy", *turned, path)
        return path

    return make


def _without_decoder(making: Making, name: str) -> Path:
    """Make the first of two AAC tracks one that nothing here decodes, as the spatial sound of a phone."""
    path = making.path(f"{name}.mov")
    making.ffmpeg("-i", making.base(), "-map", "0:v", "-map", "0:a", "-map", "0:a", "-c", "copy", path)
    content = bytearray(path.read_bytes())
    at = content.index(b"mp4a", content.index(b"moov"))
    content[at : at + 4] = b"apac"
    at = content.index(b"esds", at)
    content[at : at + 4] = b"dapa"
    path.write_bytes(content)
    return path


def _with_cover(making: Making, name: str) -> Path:
    cover, path = making.path(f"{name}.jpg"), making.path(f"{name}.mp4")
    making.ffmpeg("-f", "lavfi", "-i", "color=red:s=1600x1600", "-frames:v", "1", cover)
    streams = ("-map", "1:v", "-map", "0:v", "-map", "0:a", "-c", "copy", "-disposition:v:0", "attached_pic")
    making.ffmpeg("-i", making.base(), "-i", cover, *streams, path)
    return path


_CUT = 3.5


def _cut(making: Making, name: str) -> Path:
    path = making.path(f"{name}.mp4")
    base = making.base("base-long-groups.mp4", "-force_key_frames", "0,3,30", "-g", "1000")
    making.ffmpeg("-ss", _CUT, "-i", base, "-c", "copy", path)
    return path


def _cut_marks(making: Making) -> Sequence[float]:
    return [mark - _CUT for mark in making.marks if mark > _CUT]


def _cameras() -> Iterator[Kind]:
    yield Kind("MOV: ProRes, PCM", _plain("mov", "-c:v", "prores", "-profile:v", "0", *PCM, *STEREO))
    yield Kind("MOV: Motion JPEG, PCM of 8 bits", _plain("mov", "-c:v", "mjpeg", "-q:v", "5", "-c:a", "pcm_u8"))
    yield Kind("AVI: Motion JPEG, PCM", _plain("avi", "-c:v", "mjpeg", "-q:v", "5", *PCM, rate="15"))
    yield Kind(
        "AVI: Xvid, MP3",
        _plain("avi", "-c:v", "libxvid", "-q:v", "4", "-c:a", "libmp3lame", rate="25"),
        seen=None,
        heard=None,
    )
    yield Kind("AVI: H.264, AC-3", _plain("avi", *H264, "-bf", "0", "-c:a", "ac3", *STEREO, rate="25"))
    yield Kind("DV of a tape, PAL", _tape)
    yield Kind("MTS of AVCHD: 50 half pictures, AC-3", _half_pictures("mts", *H264, "-c:a", "ac3", "-f", "mpegts"))
    yield Kind("M2TS of AVCHD: at 50", _plain("m2ts", *H264, "-c:a", "ac3", *STEREO, rate="50"))
    yield Kind("MPG of a DVD camera: half pictures, MP2", _half_pictures("mpg", *_DVD, "-c:a", "mp2"))
    yield Kind("VOB: MPEG-2, AC-3", _plain("vob", *_DVD, "-c:a", "ac3", rate="25", size="720x576"))
    yield Kind("MXF: MPEG-2, PCM", _plain("mxf", *_DVD, *PCM, rate="25", size="720x576"))
    yield Kind("MP4: time that jumps after a pause", _paused)


_DVD = ("-c:v", "mpeg2video", "-q:v", "3", "-g", "12")


def _tape(making: Making, name: str) -> Path:
    path = making.path(f"{name}.dv")
    making.ffmpeg(*making.inputs(size="720x576", rate="25"), "-target", "pal-dv", path)
    return path


def _half_pictures(ending: str, *options: str) -> Make:
    interlaced = ("-flags", "+ilme+ildct")
    return _plain(ending, *HALF_PICTURES, *interlaced, *options, rate="50", size="720x576")


_PAUSE = 4.0


def _paused(making: Making, name: str) -> Path:
    """Leave out picture and sound for some seconds between two marks, as a phone does that is called."""
    path, at = making.path(f"{name}.mp4"), making.marks[1] + 0.5
    whole = making.base("base-pause.mkv")
    left = f"'between(t,{at},{at + 2.5})'".replace(",", "\\,")
    dropped = ("-bsf:v", f"noise=drop={left}".replace("between(t", "between(pts*tb"), "-c", "copy")
    making.ffmpeg("-i", whole, *dropped, "-bsf:a", f"noise=drop={left}".replace("between(t", "between(pts*tb"), path)
    return path


def _computers() -> Iterator[Kind]:
    yield Kind("MKV: H.264, Opus", _plain("mkv", *H264, *OPUS, *STEREO))
    yield Kind("MKV: H.264, FLAC", _plain("mkv", *H264, "-c:a", "flac", *STEREO))
    yield Kind("MKV: VP9, Opus", _plain("mkv", *VP9, *OPUS))
    yield Kind("WebM: VP8, Vorbis", _plain("webm", *VP8, "-c:a", "libvorbis"))
    yield Kind("WebM: AV1, Opus", _plain("webm", "-c:v", "libsvtav1", "-preset", "12", *OPUS))
    yield Kind("WebM without a duration, as a browser records", _plain("webm", *VP8, *OPUS, "-f", "webm", "-live", "1"))
    yield Kind("WebM with gaps of 20 ms in the sound each second", _holes)
    yield Kind("MKV with subtitles that go on after the film", _subtitled)
    yield Kind("MKV with a second sound track of another length", _two_tracks)
    yield Kind(
        "WMV: WMV2, WMA", _plain("wmv", "-c:v", "wmv2", "-q:v", "4", "-c:a", "wmav2", rate="25"), seen=None, heard=None
    )
    yield Kind("FLV: H.264, AAC", _plain("flv", *H264, *AAC, "-ar", "44100"))
    yield Kind("FLV: Sorenson, MP3", _plain("flv", "-c:v", "flv", "-q:v", "4", "-c:a", "libmp3lame", "-ar", "44100"))
    yield Kind("OGV: Theora, Vorbis", _plain("ogv", "-c:v", "libtheora", "-q:v", "6", "-c:a", "libvorbis"))
    yield Kind("MPEG-1, MP2", _plain("mpeg", "-c:v", "mpeg1video", "-q:v", "3", "-c:a", "mp2", rate="25"))


def _holes(making: Making, name: str) -> Path:
    whole, path = making.path(f"{name}-whole.webm"), making.path(f"{name}.webm")
    making.ffmpeg(*making.inputs(), *VP8, *OPUS, whole)
    # Marks are at tenths of a second; what is lost begins 0.6 s after each whole one.
    lost = "noise=drop='gt(n,0)*eq(mod(n,50),32)'".replace(",", "\\,")
    making.ffmpeg("-i", whole, "-c", "copy", "-bsf:a", lost, path)
    return path


def _subtitled(making: Making, name: str) -> Path:
    words, path = making.path(f"{name}.srt"), making.path(f"{name}.mkv")
    words.write_text("1\n00:00:01,000 --> 00:00:02,000\nhoi\n\n2\n00:05:00,000 --> 00:05:10,000\neinde\n")
    making.ffmpeg("-i", making.base(), "-i", words, "-map", "0", "-map", "1", "-c", "copy", "-c:s", "srt", path)
    return path


def _two_tracks(making: Making, name: str) -> Path:
    path = making.path(f"{name}.mkv")
    music = ("-f", "lavfi", "-i", f"sine=f=100:d={making.seconds + 20}")
    making.ffmpeg("-i", making.base(), *music, "-map", "0", "-map", "1:a", "-c:v", "copy", *AAC, path)
    return path


def _broadcast() -> Iterator[Kind]:
    yield Kind("TS: H.264, AAC", _plain("ts", *H264, *AAC, *STEREO))
    yield Kind("TS: HEVC, MP2", _plain("ts", *H265, "-c:a", "mp2"))
    yield Kind("TS: time that begins anew midway", _rewritten("ts", "-output_ts_offset", "95433.7"))
    yield Kind("TS that begins late, as when it is cut off a broadcast", _rewritten("ts", "-output_ts_offset", "3600"))
    yield Kind("TS: sound from one to two channels midway", _joined(("-ac", "1"), ("-ac", "2"), {}))
    yield Kind("TS: picture changes size midway", _joined((), (), {"size": "480x270"}))
    yield Kind("TS: picture turns midway, as in a call", _joined((), (), {"size": "540x960"}))


def _joined(first: Sequence[str], second: Sequence[str], later: dict[str, str]) -> Make:
    """Put two transport streams one after the other, with the marks of one recording."""

    def make(making: Making, name: str) -> Path:
        half = making.marks[len(making.marks) // 2] - 1.2
        parts, path = [], making.path(f"{name}.ts")
        for number, (begins, ends, sound_as, film) in enumerate(
            ((0.0, half, first, {}), (half, making.seconds, second, later))
        ):
            part = making.path(f"{name}-{number}.ts")
            marks = [mark - begins for mark in making.marks if begins <= mark < ends]
            given = ("-f", "lavfi", "-i", picture(marks, ends - begins, **{"size": making.size, **film}))
            beeps = ("-f", "lavfi", "-i", sound(marks, ends - begins))
            timed = ("-output_ts_offset", str(begins), "-muxdelay", "0", "-muxpreload", "0")
            making.ffmpeg(*given, *beeps, *H264, "-bf", "0", *AAC, *sound_as, *timed, part)
            parts.append(part)
        path.write_bytes(b"".join(part.read_bytes() for part in parts))
        return path

    return make


def _sounds() -> Iterator[Kind]:
    yield Kind("MP4: no sound", _plain("mp4", *H264, "-an"), heard=_none)
    yield Kind("MP4: sound stops halfway", _stops, heard=_first_half)
    yield Kind("MP4: sound goes on after the picture", _goes_on)
    yield Kind("MP4: sound begins 0.7 s later", _sound_later)
    yield Kind("MKV: sound begins 0.7 s later", _sound_later_mkv)
    yield Kind("MKV: picture begins 0.4 s later", _picture_later, seen=_all, heard=_all)
    yield Kind("MP4: left and right opposite", _plain("mp4", "-af", _OPPOSITE, *H264, *AAC))
    yield Kind("MP4: right side only", _plain("mp4", "-af", "pan=stereo|c1=c0", *H264, *AAC))
    yield Kind("MP4: six channels", _plain("mp4", "-af", "pan=5.1|FC=c0", *H264, *AAC))
    yield Kind("MKV: six channels of AC-3", _plain("mkv", "-af", "pan=5.1|BL=c0", *H264, "-c:a", "ac3"))
    yield Kind("MOV: ALAC at 44.1 kHz", _plain("mov", *H264, "-c:a", "alac", "-ar", "44100", *STEREO))
    yield Kind("MOV: PCM of 24 bits at 96 kHz", _plain("mov", *H264, "-c:a", "pcm_s24le", "-ar", "96000", *STEREO))
    yield Kind("AVI: PCM at 11 kHz", _plain("avi", *H264, "-bf", "0", *PCM, "-ar", "11025", rate="25"))
    yield Kind("MKV: AAC at 22 kHz", _plain("mkv", *H264, *AAC, "-ar", "22050"), seen=None, heard=None)


_OPPOSITE = "pan=stereo|c0=c0|c1=-1*c0"


def _stops(making: Making, name: str) -> Path:
    path = making.path(f"{name}.mp4")
    making.ffmpeg(*making.inputs(audio_seconds=making.seconds / 2), *H264, *AAC, path)
    return path


def _goes_on(making: Making, name: str) -> Path:
    path = making.path(f"{name}.mp4")
    making.ffmpeg(*making.inputs(audio_seconds=making.seconds + 7), *H264, *AAC, path)
    return path


def _sound_later(making: Making, name: str) -> Path:
    return _shifted(making, making.path(f"{name}.mp4"), "1", 0.7)


def _sound_later_mkv(making: Making, name: str) -> Path:
    return _shifted(making, making.path(f"{name}.mkv"), "1", 0.7)


def _picture_later(making: Making, name: str) -> Path:
    return _shifted(making, making.path(f"{name}.mkv"), "0", 0.4)


def _shifted(making: Making, path: Path, late: str, seconds: float) -> Path:
    """Leave out the beginning of the film (0) or of the sound (1): what is left keeps its time."""
    cut = {
        "0": ("-vf", f"trim=start={seconds}"),
        "1": ("-af", f"atrim=start={seconds}"),
    }[late]
    making.ffmpeg(*making.inputs(), *cut, *H264, *AAC, path)
    return path


def _pictures() -> Iterator[Kind]:
    yield Kind("MP4: pixels that are not square", _plain("mp4", "-vf", "setsar=16/11", *H264, *AAC, size="720x576"))
    yield Kind("MKV: odd sides", _plain("mkv", "-c:v", "ffv1", *AAC, size="641x361"))
    yield Kind("MP4: upright, small", _plain("mp4", *H264, *AAC, size="176x144"))
    yield Kind("MP4: 1920x1080", _plain("mp4", *H264, *AAC, *STEREO, size="1920x1080"))
    yield Kind("MP4: colours of 4:4:4", _plain("mp4", *H264[:4], "-pix_fmt", "yuv444p", *AAC))
    yield Kind("MKV: H.264 of 10 bits, 4:2:2", _plain("mkv", *H264[:4], "-pix_fmt", "yuv422p10le", *AAC))
    yield Kind("MP4: full range", _plain("mp4", *H264[:4], "-pix_fmt", "yuvj420p", *AAC))
    yield Kind("MP4: a key frame each 20 s, pictures out of order", _plain("mp4", *_FAR, *AAC))
    yield Kind("H.264 without a container", _plain("h264", *H264, "-bf", "0", "-an", rate="25"), heard=_none)


_FAR = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "600", "-bf", "8", "-b_strategy", "0")


def _broken() -> Iterator[Kind]:
    yield Kind("MP4: 1 s is missing at the end", _ends_early)
    yield Kind("MP4: damaged in a place between marks", _damaged)
    yield Kind("MP4: without its index, as when a phone ran empty", _no_index, used=False)
    yield Kind("MP4: half of it", _half, used=False)
    yield Kind("M4A: sound only", _plain("m4a", "-map", "1:a", *AAC), used=False)
    yield Kind("A picture", _photo, used=False)
    yield Kind("A playlist", _playlist, used=False)
    yield Kind("An empty file", _empty, used=False)


def _whole_in_front(making: Making) -> bytes:
    return making.base("base-index.mp4", *_INDEX).read_bytes()


def _ends_early(making: Making, name: str) -> Path:
    path, content = making.path(f"{name}.mp4"), _whole_in_front(making)
    path.write_bytes(content[: int(len(content) * (1 - 0.5 / making.seconds))])
    return path


def _damaged(making: Making, name: str) -> Path:
    path, content = making.path(f"{name}.mp4"), bytearray(_whole_in_front(making))
    at = int(len(content) * (making.marks[1] + 1.5) / making.seconds)
    content[at : at + 2000] = bytes(2000)
    path.write_bytes(content)
    return path


def _no_index(making: Making, name: str) -> Path:
    path, content = making.path(f"{name}.mp4"), making.base().read_bytes()
    path.write_bytes(content[: content.rindex(b"moov") - 4])
    return path


def _half(making: Making, name: str) -> Path:
    path, content = making.path(f"{name}.mp4"), _whole_in_front(making)
    path.write_bytes(content[: len(content) // 2])
    return path


def _photo(making: Making, name: str) -> Path:
    path = making.path(f"{name}.jpg")
    making.ffmpeg("-f", "lavfi", "-i", "color=red:s=1600x1600", "-frames:v", "1", path)
    return path


def _playlist(making: Making, name: str) -> Path:
    path = making.path(f"{name}.mp4")
    path.write_text(f"#EXTM3U\n#EXTINF:{making.seconds}\n{making.base()}\n")
    return path


def _empty(making: Making, name: str) -> Path:
    path = making.path(f"{name}.mp4")
    path.touch()
    return path
