"""What is seen: the face is of the public-domain NASA portrait of Eileen Collins that scikit-image ships too."""

from __future__ import annotations

import subprocess
import tracemalloc
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_ml.turns import frames, sight
from backend_ml.turns.faces import FaceFinder, Picture
from backend_ml.turns.limits import Limits
from backend_ml.turns.sight import Sight, cuts_of, look, presence, sight_of
from backend_ml.weights import weights_file
from tests.turned import turn
from tests.voices import run_ffmpeg
from vib.media import MediaProblem, probe
from vib.segmenting import Seen

PORTRAIT = Path(__file__).parent / "astronaut.jpg"
FACE_WIDTH, FACE_X, FACE_Y = 94, 147, 129
"""Of the face in the portrait: pixels across, and where its middle is."""

H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
RED, GREEN, STRIPES = "color=red:s=320x180:r=25", "color=green:s=320x180:r=25", "testsrc=s=320x180:r=25"


def seen(path: Path, limits: Limits | None = None) -> Sight:
    return look(path, probe(path), limits or Limits())


def film(path: Path, *options: str, source: str = "testsrc2=s=320x180:r=25", seconds: float = 4) -> Path:
    run_ffmpeg("-f", "lavfi", "-i", source, "-t", str(seconds), *H264, *options, path)
    return path


def shots(path: Path, *sources: str, seconds: float = 3) -> Path:
    """Film each source for some seconds, one after the other."""
    inputs = [part for source in sources for part in ("-f", "lavfi", "-t", str(seconds), "-i", source)]
    run_ffmpeg(*inputs, "-filter_complex", f"concat=n={len(sources)}", *H264, path)
    return path


def room(width: int = 320, height: int = 180) -> Picture:
    """Draw something with edges and tones and nobody in it."""
    y, x = np.mgrid[:height, :width]
    wall = 90 + 50 * x / width + 25 * (((x // 37) + (y // 23)) % 2) + np.random.default_rng(2).normal(0, 6, x.shape)
    return np.clip(np.stack([wall + 12, wall, wall - 18], axis=-1), 0, 255).astype(np.uint8)


def somebody(face_width: float, x: int, y: int, *, width: int = 320, height: int = 180) -> Picture:
    """Put the portrait in the room, its face as wide as said, with its middle at `x`, `y`."""
    portrait = cv2.cvtColor(cv2.imread(str(PORTRAIT)), cv2.COLOR_BGR2RGB)
    scale = face_width / FACE_WIDTH
    small = cv2.resize(portrait, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    picture = room(width, height)
    left, top = round(x - FACE_X * scale), round(y - FACE_Y * scale)
    right, bottom = min(width, left + small.shape[1]), min(height, top + small.shape[0])
    in_view = small[max(0, -top) : bottom - top, max(0, -left) : right - left]
    picture[max(0, top) : bottom, max(0, left) : right] = in_view
    return picture


@pytest.fixture(scope="module")
def finder() -> FaceFinder:
    return FaceFinder(weights_file("face_short"))


@pytest.mark.parametrize("y", [60, 90, 110])
@pytest.mark.parametrize("x", [50, 110, 160, 210, 270])
@pytest.mark.parametrize("face_width", [30, 45, 70, 90])
def test_a_face_is_found_whatever_its_size_and_place(finder: FaceFinder, face_width: int, x: int, y: int) -> None:
    found = finder.find(somebody(face_width, x, y))
    assert len(found) == 1
    face = found[0]
    assert face.left + face.width / 2 == pytest.approx(x, abs=0.2 * face_width)
    assert face.top + face.width / 2 == pytest.approx(y, abs=0.2 * face_width)
    assert face.width == pytest.approx(face_width, rel=0.3)


def test_two_people_are_two_faces(finder: FaceFinder) -> None:
    both = somebody(60, 80, 90)
    both[:, 160:] = somebody(60, 80, 90)[:, :160]
    assert len(finder.find(both)) == 2


def test_a_face_in_an_upright_picture_is_found(finder: FaceFinder) -> None:
    assert len(finder.find(somebody(40, 90, 240, width=180, height=320))) == 1


@pytest.mark.parametrize("shape", [(180, 320), (320, 180), (240, 320), (16, 320), (320, 16), (16, 16)])
def test_noise_and_an_empty_room_have_no_face(finder: FaceFinder, shape: tuple[int, int]) -> None:
    assert finder.find(room(shape[1], shape[0])) == []
    assert finder.find(np.random.default_rng(5).integers(0, 256, (*shape, 3)).astype(np.uint8)) == []
    assert finder.find(np.zeros((*shape, 3), dtype=np.uint8)) == []


def test_a_face_is_seen_while_it_is_in_the_film(tmp_path: Path) -> None:
    for name, picture in (("room", room()), ("face", somebody(70, 120, 90))):
        cv2.imwrite(str(tmp_path / f"{name}.png"), cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    stills = [part for n in ("room", "face", "room") for part in ("-loop", "1", "-t", "2", "-i", tmp_path / f"{n}.png")]
    run_ffmpeg(*stills, "-filter_complex", "concat=n=3,noise=alls=6:allf=t,fps=25", *H264, tmp_path / "a.mp4")
    found = seen(tmp_path / "a.mp4")
    assert found.faces.tolist() == [0] * 4 + [1] * 4 + [0] * 4
    assert found.face_size[5] == pytest.approx(70 / 320, rel=0.3)
    assert presence(found, 2.0, 4.0).face == 1.0
    assert presence(found, 3.0, 5.0).face == pytest.approx(0.5)


def test_there_are_two_steps_a_second(tmp_path: Path) -> None:
    found = seen(film(tmp_path / "a.mp4", seconds=7))
    assert found.seconds == 7.0
    assert found.fresh.all()


def test_cuts_are_found_where_they_are_and_nowhere_else(tmp_path: Path) -> None:
    found = seen(shots(tmp_path / "a.mp4", RED, STRIPES, GREEN, "mandelbrot=s=320x180:r=25"))
    assert np.flatnonzero(found.cut).tolist() == [6, 12, 18]


def test_a_pan_is_motion_and_no_cut(tmp_path: Path) -> None:
    still = tmp_path / "still.png"
    cv2.imwrite(str(still), cv2.cvtColor(somebody(90, 200, 300, width=1600, height=700), cv2.COLOR_RGB2BGR))
    pan = "crop=640:360:x='if(lt(t,3),100,100+(t-3)*200)':y=170"
    run_ffmpeg("-loop", "1", "-r", "25", "-t", "6", "-i", still, "-vf", pan, *H264, tmp_path / "a.mp4")
    found = seen(tmp_path / "a.mp4")
    assert not found.cut.any()
    assert presence(found, 0.5, 3.0).motion < 0.005
    assert presence(found, 3.5, 6.0).motion > 0.02


def test_a_lamp_that_is_switched_on_is_no_cut(tmp_path: Path) -> None:
    lamp = "eq=brightness='if(gt(t,2),0.25,-0.1)':eval=frame"
    found = seen(film(tmp_path / "a.mp4", "-vf", lamp, source=STRIPES))
    assert not found.cut.any()


def test_a_picture_that_stands_still_has_no_motion(tmp_path: Path) -> None:
    found = seen(film(tmp_path / "a.mp4", source=RED))
    assert found.motion.max() < 0.002


@pytest.mark.parametrize(
    ("change", "likeness", "cut"),
    [
        ([0.0, 0.0, 0.6, 0.0], [1.0, 0.9, 0.0, 0.9], [False, False, True, False]),
        ([0.0, 0.0, 0.6, 0.0], [1.0, 0.9, 0.9, 0.9], [False] * 4),
        ([0.0, 0.5, 0.6, 0.5], [1.0, 0.0, 0.0, 0.0], [False] * 4),
        ([], [], []),
    ],
    ids=["shot", "lamp", "fast-pan", "nothing"],
)
def test_a_cut_is_a_sudden_change_of_tones_and_shapes(
    change: list[float], likeness: list[float], cut: list[bool]
) -> None:
    assert cuts_of(change, likeness).tolist() == cut


def test_a_file_without_a_picture_gives_an_empty_sight(tmp_path: Path) -> None:
    run_ffmpeg("-f", "lavfi", "-i", "sine=440:d=2", tmp_path / "a.m4a")
    found = seen(tmp_path / "a.m4a")
    assert found.seconds == 0
    assert presence(found, 0.0, 1.0) == sight.UNSEEN


def test_the_cover_of_a_sound_file_is_no_picture(tmp_path: Path) -> None:
    cover = ["-map", "0", "-map", "1", "-c:v", "mjpeg", "-disposition:v", "attached_pic"]
    picture = ["-f", "lavfi", "-i", "testsrc2=s=64x64:d=1:r=1"]
    run_ffmpeg("-f", "lavfi", "-i", "sine=440:d=2", *picture, *cover, tmp_path / "a.m4a")
    assert seen(tmp_path / "a.m4a").seconds == 0


def test_a_phone_that_was_held_upright_is_seen_upright(tmp_path: Path) -> None:
    upright = tmp_path / "upright.png"
    picture = cv2.cvtColor(somebody(80, 180, 200, width=360, height=640), cv2.COLOR_RGB2BGR)
    cv2.imwrite(str(upright), cv2.rotate(picture, cv2.ROTATE_90_COUNTERCLOCKWISE))
    run_ffmpeg("-loop", "1", "-t", "2", "-i", upright, *H264, tmp_path / "a.mp4")
    turn(tmp_path / "a.mp4")
    info = probe(tmp_path / "a.mp4")
    planned = frames.plan(tmp_path / "a.mp4", info)
    assert info.video is not None
    assert info.video.rotation % 180 == 90
    assert planned is not None
    assert (planned.width, planned.height) == (180, 320)
    assert seen(tmp_path / "a.mp4").faces.tolist() == [1] * 4


def test_a_variable_frame_rate_keeps_its_time(tmp_path: Path) -> None:
    shots(tmp_path / "even.mp4", RED, STRIPES, GREEN)
    dropped = ["-vf", r"select='not(between(t\,3.3\,4.8))*(lt(t\,6)+not(mod(n\,7)))'", "-vsync", "vfr"]
    run_ffmpeg("-i", tmp_path / "even.mp4", *dropped, *H264, tmp_path / "a.mkv")
    assert np.flatnonzero(seen(tmp_path / "a.mkv").cut).tolist() == [6, 12]


@pytest.mark.parametrize("container", ["mp4", "mkv", "ts"])
def test_the_picture_has_the_time_of_the_players_clock(tmp_path: Path, container: str) -> None:
    shots(tmp_path / "even.mp4", RED, STRIPES)
    sound = ["-f", "lavfi", "-t", "8", "-i", "sine=440", "-map", "1:v", "-map", "0:a"]
    late = [*sound[:6], "-itsoffset", "1", "-i", tmp_path / "even.mp4", *sound[6:]]
    run_ffmpeg(*late, "-c:v", "copy", "-c:a", "aac", tmp_path / f"a.{container}")
    assert np.flatnonzero(seen(tmp_path / f"a.{container}").cut).tolist() == [8]


def test_key_frames_stand_for_a_picture_that_is_dear_to_decode(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", "-g", "30", "-bf", "0", source="testsrc2=s=1280x720:r=30", seconds=3)
    planned = frames.plan(path, probe(path))
    assert planned is not None
    assert planned.hold == 2
    assert seen(path).fresh.tolist() == [True, False] * 3
    assert seen(path).motion[2] == seen(path).motion[3]


def test_every_needed_frame_is_decoded_where_key_frames_are_rare(tmp_path: Path) -> None:
    rare = ["-g", "500", "-sc_threshold", "0"]
    path = film(tmp_path / "a.mp4", *rare, source="testsrc2=s=1280x720:r=30", seconds=3)
    planned = frames.plan(path, probe(path))
    assert planned is not None
    assert planned.hold == 0
    assert seen(path).fresh.all()


def test_a_clip_with_many_frames_that_no_other_needs_is_seen_twice_a_second(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    made = [
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-crf",
        "21",
        "-pix_fmt",
        "yuv420p",
        "-g",
        "25",
        "-x264-params",
        "b-adapt=0",
    ]
    run_ffmpeg("-f", "lavfi", "-i", "testsrc2=s=960x540:r=25", "-t", "2", *made, path)
    assert seen(path).fresh.tolist() == [True] * 4


def test_a_clip_with_two_key_frames_a_second_is_seen_twice_a_second_by_these_alone(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", "-g", "12", source="testsrc2=s=1280x720:r=25", seconds=3)
    planned = frames.plan(path, probe(path))
    assert planned is not None
    assert planned.hold == 1
    assert seen(path).fresh.tolist() == [True] * 6


def test_a_film_that_was_cut_off_while_copying_is_seen_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = film(tmp_path / "whole.mkv", seconds=8)
    part = tmp_path / "part.mkv"
    part.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert 2 < seen(part).seconds < 6


def test_a_damaged_film_is_seen_or_refused(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mkv", seconds=6)
    content = bytearray(path.read_bytes())
    rng = np.random.default_rng(3)
    for place in rng.integers(2_000, len(content), 400):
        content[place] ^= int(rng.integers(1, 256))
    path.write_bytes(content)
    try:
        found = seen(path)
    except MediaProblem:
        return
    assert found.seconds < 60


def test_a_header_that_asks_for_too_much_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.avi"
    run_ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x180:r=10:d=1", "-c:v", "mjpeg", path)
    size = b"".join(side.to_bytes(2, "big") for side in (180, 320))
    content = path.read_bytes()
    assert content.count(b"\x08" + size) >= 10
    path.write_bytes(content.replace(b"\x08" + size, b"\x08" + (16_000).to_bytes(2, "big") * 2))
    with pytest.raises(MediaProblem, match="picture"):
        seen(path)


def test_a_playlist_is_not_opened(tmp_path: Path) -> None:
    film(tmp_path / "other.mp4")
    trap = tmp_path / "trap.mp4"
    trap.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{tmp_path}/other.mp4\n#EXT-X-ENDLIST\n")
    with pytest.raises(MediaProblem):
        look(trap, probe(tmp_path / "other.mp4"), Limits())


def test_a_film_without_size_has_no_picture(tmp_path: Path) -> None:
    info = probe(film(tmp_path / "a.mp4"))
    assert info.video is not None
    flat = replace(info, video=replace(info.video, width=0, height=0))
    assert look(tmp_path / "a.mp4", flat, Limits()).seconds == 0


def test_a_very_narrow_film_is_looked_at(tmp_path: Path) -> None:
    assert seen(film(tmp_path / "a.mp4", source="testsrc2=s=1280x8:r=25")).seconds == 4


def test_a_film_longer_than_the_limit_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    with pytest.raises(MediaProblem, match="longer than"):
        seen(film(tmp_path / "a.mp4", seconds=8), Limits(max_seconds=5))


def test_a_film_that_hides_how_long_it_is_is_refused_on_the_way(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", seconds=8)
    with pytest.raises(MediaProblem, match="longer than"):
        look(path, replace(probe(path), duration=0.0), Limits(max_seconds=2))


def test_a_hole_of_hours_in_the_timestamps_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.mkv"
    hole = ["-vf", "setpts='PTS+gte(T,2)*40000/TB'", "-vsync", "vfr"]
    run_ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=4", *hole, *H264, path)
    with pytest.raises(MediaProblem, match="longer than"):
        look(path, replace(probe(path), duration=4.0), Limits(max_seconds=600))


def test_looking_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", source="testsrc2=s=1280x720:r=25", seconds=20)
    with pytest.raises(MediaProblem, match="takes longer"):
        seen(path, Limits(work_seconds=0.05))


def test_ffmpeg_does_not_outlive_a_watcher_that_gives_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = film(tmp_path / "a.mp4", seconds=30)
    info = probe(path)
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def note(*arguments, **options):  # type: ignore[no-untyped-def]
        started.append(popen(*arguments, **options))
        return started[-1]

    def give_up(done: float) -> None:
        raise InterruptedError

    monkeypatch.setattr(subprocess, "Popen", note)
    with pytest.raises(InterruptedError):
        look(path, info, Limits(), give_up)
    assert all(process.poll() is not None for process in started)


def test_a_watcher_hears_how_far_it_is(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4")
    heard: list[float] = []
    look(path, probe(path), Limits(), heard.append)
    assert heard == [number / 8 for number in range(1, 9)]


def test_memory_does_not_grow_with_the_film(tmp_path: Path) -> None:
    def peak(seconds: int) -> int:
        path = film(tmp_path / f"{seconds}.mp4", "-g", "1", source="testsrc2=s=160x90:r=2", seconds=seconds)
        info = probe(path)
        tracemalloc.start()
        look(path, info, Limits())
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(160) < 1.2 * peak(20)


def test_a_summary_says_how_long_a_face_was_there_when_it_stood_still_and_where_it_was_cut() -> None:
    motion = [0.0, 0.1] + [0.001] * 12 + [0.1, 0.0] + [0.0] * 4
    cut = [False] * 19 + [True]
    found = sight.summary(sight_of([True] * 20, [1] * 5 + [0] * 15, [0.1] * 20, motion, cut))
    assert found == Seen(seconds=10.0, face=0.25, still=((1.0, 7.0),), cuts=(9.5,))


@given(runs=st.lists(st.tuples(st.sampled_from([0.0, 0.001, 0.01]), st.integers(1, 15)), min_size=1, max_size=9))
def test_every_stretch_that_is_long_and_still_is_told_of_and_no_other(runs: list[tuple[float, int]]) -> None:
    motion = [amount for amount, steps in runs for _ in range(steps)]
    count = len(motion)
    found = sight.summary(sight_of([True] * count, [0] * count, [0.0] * count, motion, [False] * count))
    assert found is not None
    told = [any(start <= step * sight.STEP < end for start, end in found.still) for step in range(count)]
    least = round(sight.LEAST_STILL / sight.STEP)
    due = [False] * count
    for first in range(count - least + 1):
        if max(motion[first : first + least]) < sight.STILL:
            due[first : first + least] = [True] * least
    assert told == due


def test_there_is_nothing_to_say_of_a_clip_without_a_picture() -> None:
    assert sight.summary(sight.NOTHING) is None


def test_a_film_stands_still_where_nothing_in_it_moves(tmp_path: Path) -> None:
    moving = "testsrc2=s=320x180:r=25"
    found = sight.summary(seen(shots(tmp_path / "a.mp4", moving, RED, moving, seconds=6)))
    assert found == Seen(seconds=18.0, face=0.0, still=((6.5, 12.0),), cuts=(6.0, 12.0))


@given(
    faces=st.lists(st.integers(0, 3), max_size=30),
    start=st.floats(-5, 25, allow_nan=False),
    length=st.floats(-1, 30, allow_nan=False),
)
def test_presence_is_a_share_of_the_time_in_steps(faces: list[int], start: float, length: float) -> None:
    count = len(faces)
    made = sight_of([True] * count, faces, [0.1] * count, [0.25] * count, [False] * count)
    found = presence(made, start, start + length)
    assert 0 <= found.known <= 1
    assert 0 <= found.face <= 1
    if found.known:
        fine = np.linspace(start, start + length, 4001)
        inside = fine[(fine >= 0) & (fine < count / 2)]
        assert found.motion == pytest.approx(0.25)
        if len(inside) > 1000:
            here = np.array(faces)[(inside * 2).astype(int)] > 0
            assert found.face == pytest.approx(here.mean(), abs=0.02)
            assert found.known == pytest.approx(len(inside) / len(fine), abs=0.02)


def test_a_cut_at_the_edge_of_a_turn_belongs_to_the_turn_that_has_most_of_its_step() -> None:
    made = sight_of([True] * 8, [0] * 8, [0.0] * 8, [0.0] * 8, [i == 4 for i in range(8)])
    assert presence(made, 1.0, 3.0).cut
    assert not presence(made, 0.0, 2.2).cut
    assert presence(made, 2.1, 2.4).cut
    assert not presence(made, 2.5, 4.0).cut
