"""The demo families are what the product and its other tests take them for."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from numpy.typing import NDArray

from vib.methods import read_method
from vib.observations_file import read_observations
from vib.rules import violations

DEMO = Path(__file__).resolve().parents[2] / "demo"
CLIPS = sorted(f"{path.parent.name}/{path.stem}" for path in (DEMO / "families").glob("*/*.mp4"))
MORE = sorted(f"{path.parent.name}/{path.stem}" for path in (DEMO / "methods" / "families").glob("*/*.mp4"))
OBSERVED = json.loads((DEMO / "observations.json").read_text(encoding="utf-8"))["clips"]
PLANTED = json.loads((DEMO / "planted.json").read_text(encoding="utf-8"))
BY_CLIP = {clip["id"]: clip for clip in OBSERVED}
RATE = 16_000
EDGE = 0.03
INITIATIVES = {f"BC.INI.C.{name}" for name in ("CONTACT", "ACTION", "NEED")}
RECEPTIONS = {f"BC.REC.{name}" for name in ("NV", "V", "VNV", "ATTUNED_NO", "MISSED", "OVERRIDE", "REJECT")}
EFFECTS = {f"BC.EFF.{name}" for name in ("CONTINUE", "SETTLED", "REPEAT", "STOP")}
RATINGS = {"BS.1", "BS.2", "BS.3", "BS.4", "BS.5", "BS.LEAD"}


def home(clip: str) -> Path:
    """Give the folder of the demo that a clip is in."""
    return DEMO / "methods" if clip in MORE else DEMO


def clip_path(clip: str) -> Path:
    """Give the file of a clip."""
    return home(clip) / "families" / f"{clip}.mp4"


@cache
def probe(clip: str) -> dict[str, Any]:
    """Ask ffprobe for the streams, the format and the video packets of a clip."""
    command = ["ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", str(clip_path(clip))]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    command[3:5] = ["-select_streams", "v", "-show_entries", "packet=pts_time,flags"]
    packets = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found | packets


@cache
def sound(clip: str) -> NDArray[np.float64]:
    """Decode the sound of a clip to mono, between -1 and 1."""
    command = ["ffmpeg", "-v", "error", "-i", str(clip_path(clip))]
    command += ["-f", "s16le", "-ac", "1", "-ar", str(RATE), "-"]
    raw = subprocess.run(command, check=True, capture_output=True).stdout
    return np.frombuffer(raw, dtype="<i2").astype(np.float64) / 32768


def level(samples: NDArray[np.float64]) -> float:
    """Give the level of samples in dB below full scale."""
    return float(10 * np.log10(np.mean(samples**2) + 1e-12))


def between(clip: str, start: float, end: float) -> NDArray[np.float64]:
    """Cut a piece from the sound of a clip."""
    return sound(clip)[round(start * RATE) : round(end * RATE)]


def turns(clip: str) -> list[dict[str, Any]]:
    """Read the exact turns of a clip."""
    read: list[dict[str, Any]] = json.loads((home(clip) / "turns" / f"{clip}.json").read_text("utf-8"))["turns"]
    return read


def pitch(samples: NDArray[np.float64]) -> list[float]:
    """Estimate the pitch of the clearly voiced frames of 40 ms by autocorrelation."""
    size, found = round(0.04 * RATE), []
    for at in range(0, len(samples) - size, size // 2):
        frame = samples[at : at + size] * np.hanning(size)
        correlation = np.correlate(frame, frame, "full")[size - 1 :]
        if correlation[0] < 1e-3:
            continue
        low, high = RATE // 500, RATE // 80
        voiced = correlation[low:high] / correlation[0]
        first = int(np.argmax(voiced > 0.85 * voiced.max()))
        while first + 1 < len(voiced) and voiced[first + 1] > voiced[first]:
            first += 1
        if voiced[first] > 0.45:
            found.append(RATE / (low + first))
    return found


def matching(clip: str, rater: str, start: float, end: float) -> list[dict[str, Any]]:
    """Give the turns of a rater that share most of a stretch of time, the longest share first."""
    shared = [(min(turn["end"], end) - max(turn["start"], start), turn) for turn in BY_CLIP[clip]["raters"][rater]]
    wanted = [(share, turn) for share, turn in shared if share > 0.5 * (end - start)]
    return [turn for _, turn in sorted(wanted, key=lambda pair: -pair[0])]


def reference_turn(planted: dict[str, Any]) -> dict[str, Any]:
    """Give the reference turn that a planted disagreement is about."""
    codes = BY_CLIP[planted["clip"]]["raters"]["referentie"]
    return next(t for t in codes if (t["start"], t["end"]) == (planted["start"], planted["end"]))


def test_there_are_two_families_with_two_clips_each() -> None:
    assert [clip.split("/")[0] for clip in CLIPS] == ["F-0001", "F-0001", "F-0002", "F-0002"]


@pytest.mark.parametrize("family", ["F-0001", "F-0002"])
def test_a_family_file_lists_the_clips_that_are_there(family: str) -> None:
    described = yaml.safe_load((DEMO / "families" / family / "family.yaml").read_text(encoding="utf-8"))
    assert [f"{family}/{Path(clip['file']).stem}" for clip in described["clips"]] == [
        clip for clip in CLIPS if clip.startswith(family)
    ]
    assert described["family"] == family
    assert all(re.fullmatch(r"\d{4}-\d\d", m["born"]) for m in described["members"] if m["role"] == "kind")


def test_the_practice_set_names_clips_that_are_there() -> None:
    practice = yaml.safe_load((DEMO / "families/oefenset.practice.yaml").read_text(encoding="utf-8"))
    assert set(practice["clips"]) <= set(CLIPS)


@pytest.mark.parametrize("clip", [*CLIPS, *(pytest.param(clip, marks=pytest.mark.nightly) for clip in MORE)])
class TestClip:
    """Each clip plays well in a browser and sounds where the exact turns say."""

    def test_a_clip_lasts_60_to_90_seconds_and_is_under_3_mb(self, clip: str) -> None:
        assert 60 <= float(probe(clip)["format"]["duration"]) <= 90
        assert clip_path(clip).stat().st_size < 3_000_000

    def test_a_clip_is_h264_at_25_frames_with_aac_and_starts_at_zero(self, clip: str) -> None:
        video, audio = sorted(probe(clip)["streams"], key=lambda stream: str(stream["codec_type"]))[::-1]
        assert (video["codec_name"], video["pix_fmt"]) == ("h264", "yuv420p")
        assert (video["width"], video["height"]) == (640, 360)
        assert video["r_frame_rate"] == video["avg_frame_rate"] == "25/1"
        assert (audio["codec_name"], audio["sample_rate"]) == ("aac", "48000")
        assert float(video["start_time"]) == float(audio["start_time"]) == 0

    def test_a_clip_has_a_keyframe_each_second(self, clip: str) -> None:
        keys = [float(packet["pts_time"]) for packet in probe(clip)["packets"] if "K" in packet["flags"]]
        assert keys == [float(second) for second in range(len(keys))]
        assert len(keys) == round(float(probe(clip)["format"]["duration"]))

    def test_a_clip_has_its_index_before_its_data(self, clip: str) -> None:
        content = clip_path(clip).read_bytes()
        assert 0 < content.index(b"moov") < content.index(b"mdat")

    def test_the_exact_turns_sound_inside(self, clip: str) -> None:
        for turn in turns(clip):
            assert level(between(clip, turn["start"], turn["end"])) > -30

    def test_the_exact_turns_begin_and_end_with_sound(self, clip: str) -> None:
        for turn in turns(clip):
            assert level(between(clip, turn["start"], turn["start"] + EDGE)) > -52
            assert level(between(clip, turn["end"] - EDGE, turn["end"])) > -52

    def test_only_room_tone_sounds_outside_the_exact_turns(self, clip: str) -> None:
        silent = np.ones(len(sound(clip)), dtype=bool)
        for turn in turns(clip):
            silent[round((turn["start"] - EDGE) * RATE) : round((turn["end"] + EDGE) * RATE)] = False
        assert -75 < level(sound(clip)[silent]) < -55


@pytest.mark.parametrize("clip", CLIPS)
class TestFirstClip:
    """Each clip of the first two families is fit to measure on how turns are found."""

    def test_turns_of_one_actor_lie_a_second_apart(self, clip: str) -> None:
        for actor in ("kind", "volwassene"):
            own = [turn for turn in turns(clip) if turn["actor"] == actor]
            assert all(after["start"] - before["end"] >= 1.0 for before, after in pairwise(own))

    def test_a_clip_has_20_to_28_turns_and_an_overlap_of_at_most_a_second(self, clip: str) -> None:
        overlaps = [before["end"] - after["start"] for before, after in pairwise(turns(clip))]
        assert 20 <= len(turns(clip)) <= 28
        assert 0 < max(overlaps) <= 1

    def test_a_child_sounds_higher_than_an_adult(self, clip: str) -> None:
        heard: dict[str, list[float]] = {"kind": [], "volwassene": []}
        for turn in turns(clip):
            heard[turn["actor"]] += pitch(between(clip, turn["start"], turn["end"]))
        assert 300 < np.median(heard["kind"]) < 400
        assert 100 < np.median(heard["volwassene"]) < 230


def test_every_clip_is_observed_by_three_raters_and_rated_by_them() -> None:
    assert sorted(BY_CLIP) == CLIPS
    for clip in OBSERVED:
        assert set(clip["raters"]) == set(clip["ratings"]) == {"referentie", "anna", "bram"}
        assert all(set(given) == RATINGS for given in clip["ratings"].values())


def test_ratings_run_from_1_to_5_and_some_are_missing() -> None:
    given = [value for clip in OBSERVED for rater in clip["ratings"].values() for value in rater.values()]
    assert None in given
    assert {value for value in given if value is not None} <= {1, 2, 3, 4, 5}


def test_the_reference_has_the_exact_times() -> None:
    for clip in OBSERVED:
        codes = [(turn["start"], turn["end"], turn["code"]) for turn in clip["raters"]["referentie"]]
        assert codes == [(turn["start"], turn["end"], turn["actor"]) for turn in turns(clip["id"])]


def test_observed_turns_stay_within_the_clip_and_clear_of_turns_of_the_same_actor() -> None:
    for clip in OBSERVED:
        assert clip["duration"] == pytest.approx(float(probe(clip["id"])["format"]["duration"]), abs=0.05)
        for codes in clip["raters"].values():
            assert all(0 <= turn["start"] < turn["end"] <= clip["duration"] for turn in codes)
            for actor in ("kind", "volwassene"):
                own = [turn for turn in codes if turn["code"] == actor]
                assert all(before["end"] < after["start"] for before, after in pairwise(own))


def test_attributes_fit_who_speaks() -> None:
    for clip in OBSERVED:
        for turn in clip["raters"]["referentie"]:
            given = set(turn["attributes"]) - {"who", "evidence", "child_response", "child_elements"}
            if turn["code"] == "volwassene":
                assert given == {"attention", "adult_move", "elements"}
            elif turn["attributes"]["initiative"] == "BC.INI.C.ANSWER":
                assert given == {"initiative"}
            else:
                assert given == {"initiative", "reception", "effect"}


def test_who_it_is_is_said_where_more_than_one_adult_is_there_and_nowhere_else() -> None:
    for clip in OBSERVED:
        said = {turn["attributes"].get("who") for turn in clip["raters"]["referentie"]}
        assert said == ({"kind", "pv", "pm"} if clip["id"].endswith("aankleden") else {None})


def test_the_reference_breaks_no_rule_of_the_codebook() -> None:
    book, months = read_method("vib-pleegzorg"), {"F-0001": 46, "F-0002": 76}
    for clip in read_observations(DEMO / "observations.json"):
        found = violations(clip.timelines["referentie"], clip.ratings["referentie"], book, months[clip.clip[:6]])
        assert [(one.start, one.words.en) for one in found] == []


def test_a_rater_breaks_no_rule_that_keeps_codes_from_being_submitted() -> None:
    book = read_method("vib-pleegzorg")
    for clip in read_observations(DEMO / "observations.json"):
        for rater, codes in clip.timelines.items():
            found = violations(codes, clip.ratings[rater], book)
            assert [(rater, one.start, one.words.en) for one in found if one.blocks_submit] == []


def test_the_reference_shows_every_initiative_reception_and_effect() -> None:
    codes = [turn["attributes"] for clip in OBSERVED for turn in clip["raters"]["referentie"]]
    assert {given["initiative"] for given in codes if "initiative" in given} == INITIATIVES | {"BC.INI.C.ANSWER"}
    assert {given["reception"] for given in codes if "reception" in given} == RECEPTIONS
    assert {given["effect"] for given in codes if "effect" in given} == EFFECTS | {"BC.EFF.NOTSEEN"}


@pytest.mark.parametrize("clip", CLIPS)
def test_every_kind_of_disagreement_is_planted_in_each_clip(clip: str) -> None:
    here = [planted for planted in PLANTED if planted["clip"] == clip]
    kinds = {planted["kind"] for planted in here}
    assert kinds == {"missed", "added", "other_code", "boundary", "attribute"}
    assert sum(planted["what"].startswith("reception") for planted in here) >= 2
    assert sum(p["rater"] == "bram" for p in here) > 2 * sum(p["rater"] == "anna" for p in here)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda p: f"{p['clip']} {p['rater']} {p['start']} {p['kind']}")
def test_a_planted_disagreement_is_in_the_codes(planted: dict[str, Any]) -> None:
    span = (planted["start"], planted["end"])
    seen = matching(planted["clip"], planted["rater"], *span)
    if planted["kind"] == "added":
        code = planted["what"].split()[2]
        assert [(t["code"], t["start"], t["end"]) for t in seen] == [(code, *span)]
        assert not matching(planted["clip"], "referentie", *span)
        return
    exact = reference_turn(planted)
    same = [turn for turn in seen if turn["code"] == exact["code"]]
    if planted["kind"] == "missed":
        assert not same
    elif planted["kind"] == "other_code":
        assert not same
        assert seen[0]["code"] == planted["what"].split()[0]
    elif planted["kind"] == "boundary":
        edge, seconds = planted["what"].split()[:2]
        assert abs(same[0][edge] - exact[edge]) == pytest.approx(float(seconds), abs=0.006)
        assert float(seconds) > 1
    else:
        name, now, _, _, was = planted["what"].split()
        for turn, value in ((same[0], now), (exact, was)):
            given = turn["attributes"].get(name, "none")
            assert ("+".join(given) if isinstance(given, list) else given) == value


def test_nothing_that_is_not_planted_differs() -> None:
    for clip in OBSERVED:
        for rater, jitter in (("anna", 0.12), ("bram", 0.25)):
            listed = {(p["start"], p["end"]) for p in PLANTED if (p["clip"], p["rater"]) == (clip["id"], rater)}
            for exact in clip["raters"]["referentie"]:
                if (exact["start"], exact["end"]) in listed:
                    continue
                seen = matching(clip["id"], rater, exact["start"], exact["end"])
                same = next(turn for turn in seen if turn["code"] == exact["code"])
                assert same["attributes"] == exact["attributes"]
                assert abs(same["start"] - exact["start"]) <= jitter + 0.006
                assert abs(same["end"] - exact["end"]) <= jitter + 0.006
