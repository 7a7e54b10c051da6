from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from backend_ml.cache import (
    IN_MEMORY,
    KnownContents,
    TurnsCache,
    fingerprint_of_address,
    fingerprint_of_file,
    key_of_content,
    key_of_job,
    sha256_of,
)
from vib.segmenting import Seen, Segmentation, Turn

TURNS = (Turn(1.0, 2.5, "kind", 0.75), Turn(3, 4, "onbekend", 0.2))
FOUND = Segmentation("F-0001/clip", 9.0, "v1", TURNS, Seen(9.0, 0.25, ((0.5, 6.0),), (3.0, 7.5)))
KEY = "0" * 64


def test_what_was_put_is_got_by_another_process(tmp_path: Path) -> None:
    TurnsCache(tmp_path).put(KEY, FOUND)
    kept = TurnsCache(tmp_path).get(KEY)
    assert kept is not None
    assert (kept.turns, kept.duration, kept.model_version, kept.seen) == (TURNS, 9.0, "v1", FOUND.seen)


def test_no_entry_says_whose_it_is(tmp_path: Path) -> None:
    TurnsCache(tmp_path).put(KEY, FOUND)
    (entry,) = tmp_path.iterdir()
    assert "F-0001" not in entry.name + entry.read_text()
    assert entry.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "{", "[]", '{"clip": "", "duration": 1, "model_version": "v"}'])
def test_a_damaged_entry_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / f"{KEY}.json").write_text(content)
    assert TurnsCache(tmp_path).get(KEY) is None


def test_a_disk_that_cannot_be_written_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = TurnsCache(tmp_path / "file")
    cache.put(KEY, FOUND)
    assert cache.get(KEY) is not None
    assert TurnsCache(tmp_path / "file").get(KEY) is None


def test_memory_holds_a_bounded_number_of_clips(tmp_path: Path) -> None:
    cache = TurnsCache(tmp_path)
    for number in range(IN_MEMORY + 5):
        cache.put(f"{number:064d}", FOUND)
    assert len(cache._recent) == IN_MEMORY
    assert cache.get(f"{0:064d}") is not None


def test_a_file_that_changes_gets_another_name(tmp_path: Path) -> None:
    path = tmp_path / "clip.m4a"
    path.write_bytes(b"one")
    os.utime(path, ns=(0, 1))
    first = fingerprint_of_file(path)
    assert fingerprint_of_file(path) == first
    os.utime(path, ns=(0, 2))
    assert fingerprint_of_file(path) != first
    path.write_bytes(b"four")
    os.utime(path, ns=(0, 1))
    assert fingerprint_of_file(path) != first


def test_keys_of_different_things_differ() -> None:
    assert key_of_content("ab", "c") != key_of_content("a", "bc")
    assert key_of_job("a", "v1") != key_of_job("a", "v2")
    assert key_of_job("a", "v1") != key_of_content("a", "v1")
    assert fingerprint_of_address("/a") != fingerprint_of_address("/b")


def test_the_content_of_a_file_is_remembered_without_its_name(tmp_path: Path) -> None:
    path = tmp_path / "F-0001.m4a"
    path.write_bytes(b"sound")
    known, fingerprint = KnownContents(tmp_path / "turns"), fingerprint_of_file(path)
    assert known.get(fingerprint) is None
    known.put(fingerprint, sha256_of(path))
    assert KnownContents(tmp_path / "turns").get(fingerprint) == hashlib.sha256(b"sound").hexdigest()
    (entry,) = (tmp_path / "turns").iterdir()
    assert "F-0001" not in entry.name + entry.read_text()
    assert entry.stat().st_mode & 0o077 == 0


def test_what_an_address_leads_to_is_remembered_for_a_time(tmp_path: Path) -> None:
    known = KnownContents(tmp_path)
    known.put(KEY, "a" * 64)
    assert known.get(KEY, within=60) == "a" * 64
    (entry,) = tmp_path.iterdir()
    os.utime(entry, (0, 0))
    assert known.get(KEY, within=60) is None
    entry.write_text("nonsense")
    assert known.get(KEY) is None
