"""What is seen and heard in a clip is what happened, at its own time, or it is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scripts.conforming import conforms
from scripts.normalise import Clip, normalise
from tests.scripts.conftest import ffmpeg
from tests.scripts.marks import FRAME, channels, comb, heard, marked, row_of, seen, without_decoder
from vib.media import probe

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
AAC = ("-c:a", "aac")
VP8 = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus")
MARKS = (0.5, 1.5, 3)


def remarks(clip: Clip) -> str:
    return "; ".join(remark.en for remark in clip.remarks)


def assert_true_to_time(clip: Clip, moments: tuple[float, ...] = MARKS) -> None:
    for times in (seen(clip.video), heard(clip.video), heard(clip.audio)):
        assert times == pytest.approx(moments, abs=FRAME)


def test_sound_that_stops_is_silent_up_to_the_end_of_the_picture_and_that_is_said(tmp_path: Path) -> None:
    ffmpeg(*marked(MARKS, 4, sound=2), *H264, *AAC, tmp_path / "a.mp4")
    clip = normalise(tmp_path / "a.mp4", tmp_path / "clip.mp4")
    assert probe(clip.audio).duration == pytest.approx(4, abs=0.05)
    assert heard(clip.video) == pytest.approx(MARKS[:2], abs=FRAME)
    assert "the sound ends at 2.0 s of 4.0" in remarks(clip)
    assert conforms(clip.video, probe(clip.video))


def test_the_length_of_a_recording_that_names_none_is_read_from_its_packets(tmp_path: Path) -> None:
    ffmpeg(*marked(MARKS[:2], 2), *VP8, "-f", "webm", "-live", "1", tmp_path / "a.webm")
    assert probe(tmp_path / "a.webm").duration == 0
    clip = normalise(tmp_path / "a.webm", tmp_path / "clip.mp4")
    assert clip.duration == pytest.approx(2, abs=0.1)
    assert_true_to_time(clip, MARKS[:2])


def test_a_film_without_a_container_lasts_as_long_as_its_pictures_do_one_after_the_other(tmp_path: Path) -> None:
    ffmpeg(*marked(MARKS[:2], 2), *H264, "-an", "-bf", "0", tmp_path / "a.h264")
    clip = normalise(tmp_path / "a.h264", tmp_path / "clip.mp4")
    assert clip.duration == pytest.approx(2, abs=0.05)
    assert seen(clip.video) == pytest.approx(MARKS[:2], abs=FRAME)


@pytest.mark.nightly
def test_thumbnails_subtitles_and_sound_that_cannot_be_decoded_decide_nothing(tmp_path: Path) -> None:
    (tmp_path / "s.srt").write_text(
        "1\n00:00:00,000 --> 00:00:01,000\nhoi\n\n2\n00:00:25,000 --> 00:00:30,000\neinde\n"
    )
    ffmpeg(
        *(*marked(MARKS, 4), "-i", tmp_path / "s.srt", "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=1:duration=20"),
        *("-map", "3:v", "-map", "1:a", "-map", "0:v", "-map", "1:a", "-map", "2:s"),
        *(*H264, *AAC, "-c:s", "mov_text", tmp_path / "a.mov"),
    )
    without_decoder(tmp_path / "a.mov")
    clip = normalise(tmp_path / "a.mov", tmp_path / "clip.mp4")
    assert clip.duration == pytest.approx(4, abs=0.1)
    assert clip.has_audio
    assert remarks(clip) == "a sound track (apac) cannot be read here; another one is used"
    assert_true_to_time(clip)


def test_a_recording_of_whose_sound_nothing_can_be_decoded_becomes_a_silent_clip_and_that_is_said(
    tmp_path: Path,
) -> None:
    ffmpeg(*marked(MARKS, 4), *H264, *AAC, tmp_path / "a.mov")
    without_decoder(tmp_path / "a.mov")
    clip = normalise(tmp_path / "a.mov", tmp_path / "clip.mp4")
    assert not clip.has_audio
    assert probe(clip.audio).duration == pytest.approx(4, abs=0.1)
    assert "the clip has no sound: that of the recording (apac) cannot be read here" in remarks(clip)


def test_sides_in_opposite_phase_stay_apart_and_the_waveform_hears_them(tmp_path: Path) -> None:
    opposite = ("-af", "pan=stereo|c0=c0|c1=-1*c0")
    ffmpeg(*marked(MARKS, 4), *opposite, *H264, *AAC, tmp_path / "a.mp4")
    clip = normalise(tmp_path / "a.mp4", tmp_path / "clip.mp4")
    left, right = channels(clip.video).astype(float).T
    assert np.corrcoef(left, right)[0, 1] < -0.9
    assert_true_to_time(clip)
    assert "left and right are opposite" in remarks(clip)


def test_short_gaps_in_the_sound_do_not_add_up(tmp_path: Path) -> None:
    # No mark stands where sound is lost: each whole second.
    ffmpeg(*marked((0.5, 3.5, 6.5, 8.5), 10), *VP8, tmp_path / "whole.webm")
    drop = ("-bsf:a", "noise=drop='gt(n,0)*not(mod(n,50))'".replace(",", "\\,"))
    ffmpeg("-i", tmp_path / "whole.webm", "-c", "copy", *drop, tmp_path / "a.webm")
    clip = normalise(tmp_path / "a.webm", tmp_path / "clip.mp4")
    for times in (heard(clip.video), heard(clip.audio)):
        assert times == pytest.approx(seen(clip.video), abs=0.025)


@pytest.mark.nightly
def test_sound_and_picture_that_change_midway_stay_at_their_time(tmp_path: Path) -> None:
    parts = [tmp_path / "1.ts", tmp_path / "2.ts"]
    later = ("-output_ts_offset", "3")
    ffmpeg(*marked((0.5, 2), 3), *H264, *AAC, "-ac", "1", "-ar", "16000", "-muxdelay", "0", parts[0])
    ffmpeg(*marked((1,), 3, size="120x160"), *H264, *AAC, "-ac", "2", *later, "-muxdelay", "0", parts[1])
    (tmp_path / "a.ts").write_bytes(b"".join(part.read_bytes() for part in parts))
    clip = normalise(tmp_path / "a.ts", tmp_path / "clip.mp4")
    assert clip.duration == pytest.approx(6, abs=0.1)
    # How much silence the encoder puts before a part, and so where that begins, depends on ffmpeg's version.
    flashes = seen(clip.video)
    assert flashes == pytest.approx((0.5, 2, 4), abs=0.1)
    for times in (heard(clip.video), heard(clip.audio)):
        assert times == pytest.approx(flashes, abs=FRAME)


def test_seconds_that_the_end_of_a_recording_lacks_are_named(tmp_path: Path) -> None:
    long = ("-f", "lavfi", "-i", "color=gray:s=64x36:r=5:d=40", "-f", "lavfi", "-i", "sine=f=300:d=40:r=16000")
    ffmpeg(*long, *H264, "-g", "5", *AAC, "-b:a", "32k", "-movflags", "+faststart", tmp_path / "long.mp4")
    content = (tmp_path / "long.mp4").read_bytes()
    (tmp_path / "cut.mp4").write_bytes(content[: int(len(content) * 0.98)])
    clip = normalise(tmp_path / "cut.mp4", tmp_path / "clip.mp4")
    assert 38.8 < clip.duration < 39.5
    assert f"the last {40 - clip.duration:.1f} s are missing from the recording" in remarks(clip)


@pytest.mark.nightly
def test_short_gaps_in_the_sound_of_a_recording_that_else_conforms_are_seen(tmp_path: Path) -> None:
    moments = (0.5, 3, 6, 8.5)
    ffmpeg(*marked(moments, 10, rate=25), *H264, "-g", "25", *AAC, "-movflags", "+faststart", tmp_path / "whole.mp4")
    drop = ("-bsf:a", "noise=drop='gt(n,1)*not(mod(n,40))'".replace(",", "\\,"))
    ffmpeg("-i", tmp_path / "whole.mp4", "-c", "copy", *drop, "-movflags", "+faststart", tmp_path / "a.mp4")
    clip = normalise(tmp_path / "a.mp4", tmp_path / "clip.mp4")
    assert not clip.encoded, "the picture is kept as it is"
    assert_true_to_time(clip, moments)
    assert conforms(clip.video, probe(clip.video))


@pytest.mark.nightly
def test_half_pictures_do_not_stand_in_one_as_a_comb(tmp_path: Path) -> None:
    moving = "color=black:s=160x120:r=50:d=1,geq=lum='255*gt(mod(X-6*N,60),30)':cb=128:cr=128"
    interlaced = ("-vf", "tinterlace=interleave_top", "-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-q:v", "2")
    ffmpeg("-f", "lavfi", "-i", moving, *interlaced, "-top", "1", tmp_path / "a.mpg")
    clip = normalise(tmp_path / "a.mpg", tmp_path / "clip.mp4")
    assert comb(clip.video) < comb(tmp_path / "a.mpg") / 3


@pytest.mark.parametrize("first", ["top", pytest.param("bottom", marks=pytest.mark.nightly)])
def test_half_pictures_of_which_the_header_says_nothing_are_seen(first: str, tmp_path: Path) -> None:
    moving = "color=black:s=96x480:r=50:d=1,geq=lum='255*gt(mod(X-6*N,60),30)':cb=128:cr=128"
    unsaid = ("-vf", f"tinterlace=interleave_{first},setfield=prog", "-c:v", "mpeg4", "-q:v", "2")
    ffmpeg("-f", "lavfi", "-i", moving, *unsaid, tmp_path / "a.avi")
    clip = normalise(tmp_path / "a.avi", tmp_path / "clip.mp4")
    assert comb(clip.video) < comb(tmp_path / "a.avi") / 3
    assert remarks(clip) == ""


@pytest.mark.parametrize("transfer", ["arib-std-b67", "smpte2084"])
def test_a_picture_with_more_light_than_a_screen_has_keeps_its_shades(transfer: str, tmp_path: Path) -> None:
    shades = "nullsrc=s=160x48:r=5:d=1,format=yuv420p10le,geq=lum='64+876*floor(X/16)/10':cb=512:cr=512"
    says = ("-color_trc", transfer, "-color_primaries", "bt2020", "-colorspace", "bt2020nc")
    ffmpeg("-f", "lavfi", "-i", shades, "-c:v", "ffv1", *says, tmp_path / "a.mkv")
    clip = normalise(tmp_path / "a.mkv", tmp_path / "clip.mp4")
    video = probe(clip.video).video
    assert video is not None
    assert (video.pixel_format, video.transfer) == ("yuv420p", "bt709")
    shown = row_of(clip.video, 24)[8::16].astype(int)
    assert (np.diff(shown[:8]) > 5).all(), "shades stay apart"
    if transfer == "arib-std-b67":
        # It is made so that a usual screen shows it nearly right as it is.
        assert shown == pytest.approx(np.arange(10) * 25.5, abs=20)


@pytest.mark.nightly
def test_pixels_that_are_not_square_become_square(tmp_path: Path) -> None:
    ffmpeg(*marked(MARKS, 4), "-vf", "setsar=4/3", *H264, *AAC, tmp_path / "a.mp4")
    clip = normalise(tmp_path / "a.mp4", tmp_path / "clip.mp4")
    video = probe(clip.video).video
    assert video is not None
    assert (video.width, video.height, video.pixel_aspect) == (212, 120, 1)
    assert_true_to_time(clip)


@pytest.mark.nightly
def test_damage_within_a_recording_is_said_and_of_a_whole_one_nothing(tmp_path: Path) -> None:
    whole = tmp_path / "whole.mp4"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=160x120:r=30:d=3", "-f", "lavfi", "-i", "anoisesrc=d=3", *H264, *AAC, whole)
    content = bytearray(whole.read_bytes())
    middle, share = len(content) // 2, len(content) // 50
    content[middle : middle + share] = bytes(share)
    (tmp_path / "damaged.mp4").write_bytes(content)
    assert remarks(normalise(whole, tmp_path / "1.mp4")) == ""
    assert "parts of the recording are damaged" in remarks(normalise(tmp_path / "damaged.mp4", tmp_path / "2.mp4"))
