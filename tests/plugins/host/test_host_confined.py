"""A name leads to a plain file below its folder, or to nothing."""

from __future__ import annotations

import errno
import os
import resource
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.host.confined import open_below


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with a clip, beside a secret."""
    folder = tmp_path / "media"
    (folder / "F-0001").mkdir(parents=True)
    (folder / "F-0001" / "clip.mp4").write_bytes(b"clip")
    (folder / "F-0001" / ".half.part.mp4").write_bytes(b"half")
    (tmp_path / "secret.mp4").write_bytes(b"secret")
    return folder


def refused(root: Path, name: str) -> bool:
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(FileNotFoundError):
        open_below(root, name)
    return len(os.listdir("/proc/self/fd")) == before


def test_a_plain_file_is_opened_and_nothing_else_stays_open(root: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    with open_below(root, "F-0001/clip.mp4") as file:
        assert file.read() == b"clip"
        assert len(os.listdir("/proc/self/fd")) == before + 1


def test_the_folder_itself_may_be_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").symlink_to(root)
    with open_below(tmp_path / "elsewhere", "F-0001/clip.mp4") as file:
        assert file.read() == b"clip"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/",
        "F-0001",
        "F-0001/",
        "F-0001/clip.mp4/",
        "F-0001/clip.mp4/more",
        "F-0001/none.mp4",
        "none/clip.mp4",
        "/F-0001/clip.mp4",
        "F-0001//clip.mp4",
        "./F-0001/clip.mp4",
        "F-0001/./clip.mp4",
        "F-0001/../F-0001/clip.mp4",
        "../secret.mp4",
        "F-0001/.half.part.mp4",
        "F-0001\\clip.mp4",
        "F-0001/clip.mp4\0",
        "F-0001/\ud800.mp4",
        "a" * 300 + ".mp4",
        "a/" * 3000 + "b.mp4",
    ],
)
def test_any_other_name_is_refused_and_nothing_stays_open(root: Path, name: str) -> None:
    assert refused(root, name)


def test_links_are_refused_wherever_they_lead(root: Path, tmp_path: Path) -> None:
    (root / "F-0001" / "out.mp4").symlink_to(tmp_path / "secret.mp4")
    (root / "F-0001" / "in.mp4").symlink_to("clip.mp4")
    (root / "F-0002").symlink_to("F-0001")
    (root / "up").symlink_to("..")
    (root / "loop.mp4").symlink_to("loop.mp4")
    for name in ("F-0001/out.mp4", "F-0001/in.mp4", "F-0002/clip.mp4", "up/secret.mp4", "loop.mp4"):
        assert refused(root, name)


def test_what_is_no_plain_file_is_refused_without_waiting(root: Path, tmp_path: Path) -> None:
    (root / "folder.mp4").mkdir()
    os.mkfifo(root / "pipe.mp4")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(root / "socket.mp4"))
        assert all(refused(root, name) for name in ("folder.mp4", "pipe.mp4", "socket.mp4"))
    assert refused(Path("/dev"), "null")
    assert refused(tmp_path / "nothing", "clip.mp4")


def test_a_server_out_of_files_is_not_taken_for_a_missing_clip(root: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        with pytest.raises(OSError, match="Too many open files") as error:
            open_below(root, "F-0001/clip.mp4")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert error.value.errno == errno.EMFILE


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["..", ".", "/", "F-0001", "clip.mp4", "secret.mp4", "\0", "\\", "~"]), max_size=8))
def test_no_name_leads_out_and_only_one_leads_to_the_clip(root: Path, parts: list[str]) -> None:
    name = "".join(parts)
    try:
        with open_below(root, name) as file:
            assert (name, file.read()) == ("F-0001/clip.mp4", b"clip")
    except FileNotFoundError:
        assert name != "F-0001/clip.mp4"
