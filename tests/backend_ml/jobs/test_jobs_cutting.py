from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from ml_material import FakeSegmenter

from backend_ml.cache import KnownContents, TurnsCache, fingerprint_of_file
from backend_ml.config import Config
from backend_ml.jobs.cutting import Cutter
from backend_ml.refused import Refused
from vib.media import MediaProblem, PassingProblem
from vib.segmenting import Segmentation, Segmenter, Watch

Settle = Callable[..., Config]
CLIP = "/vib/media/F-0001/clip.m4a"


class Ears(FakeSegmenter):
    def segment(self, path: Path, watch: Watch | None = None) -> Segmentation:
        return super().segment(path)


def test_one_content_is_cut_once_whatever_it_is_called(settle: Settle, media: Path) -> None:
    config, ears = settle(), Ears()
    cutter = Cutter(ears, config)
    (media / "F-0001" / "copy.m4a").write_bytes((media / "F-0001" / "clip.m4a").read_bytes())
    assert cutter.cut(CLIP, "fake-1").turns == cutter.cut("/vib/media/F-0001/copy.m4a", "fake-1").turns
    assert len(ears.asked) == 1
    assert Cutter(ears, config).cut(CLIP, "fake-1").media_seconds == 9.0
    assert len(ears.asked) == 1


def test_turns_are_kept_and_the_content_is_noted_only_when_all_went_well(settle: Settle, media: Path) -> None:
    config = settle()
    cutter = Cutter(Ears(), config)
    with pytest.raises(MediaProblem):
        cutter.cut("/vib/media/F-0001/bad.m4a", "fake-1")
    assert not config.cache.exists()
    cut = cutter.cut(CLIP, "fake-1")
    assert TurnsCache(config.cache).get(cut.turns) is not None
    fingerprint = fingerprint_of_file((media / "F-0001" / "clip.m4a").resolve())
    assert KnownContents(config.cache).get(fingerprint) is not None


class OfFamilies(Ears):
    """Cuts in two versions."""

    def version_for(self, family: str) -> str:
        return "own-1" if family == "F-0001" else self.version

    def at(self, version: str) -> Segmenter:
        other = OfFamilies()
        other.version = version if version == "own-1" else self.version
        return other


def test_turns_are_of_the_version_that_is_asked_and_of_the_ordinary_one_when_it_is_gone(settle: Settle) -> None:
    config = settle()
    cutter, cache = Cutter(OfFamilies(), config), TurnsCache(config.cache)
    made = {version: cutter.cut(CLIP, version).turns for version in ("own-1", "fake-1", "gone-1")}
    found = {version: turns.model_version for version, key in made.items() if (turns := cache.get(key))}
    assert found == {"own-1": "own-1", "fake-1": "fake-1", "gone-1": "fake-1"}
    assert made["gone-1"] == made["fake-1"] != made["own-1"]


def test_a_file_outside_the_media_folder_is_refused(settle: Settle) -> None:
    for address in ("/vib/media/../secret.m4a", "/etc/passwd", ""):
        with pytest.raises(Refused):
            Cutter(Ears(), settle()).cut(address, "fake-1")


def test_what_label_studio_does_not_give_now_may_come_another_time(settle: Settle) -> None:
    cutter = Cutter(Ears(), settle(label_studio_url="http://127.0.0.1:1"))
    with pytest.raises(PassingProblem, match="cannot be reached"):
        cutter.cut("/data/upload/1/clip.m4a", "fake-1")


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every file")
def test_a_file_that_cannot_be_read_now_may_be_another_time(settle: Settle, media: Path) -> None:
    (media / "F-0001" / "clip.m4a").chmod(0)
    with pytest.raises(PassingProblem):
        Cutter(Ears(), settle()).cut(CLIP, "fake-1")
