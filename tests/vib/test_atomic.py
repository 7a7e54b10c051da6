"""Writing files: the old content or the new, and nothing left behind."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from vib.atomic import replacing, write_text


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit, OSError])
@pytest.mark.parametrize("before", ["old", None])
def test_a_crash_leaves_the_old_content_and_no_litter(
    tmp_path: Path, error: type[BaseException], before: str | None
) -> None:
    path = tmp_path / "file.txt"
    if before is not None:
        path.write_text(before)

    def crash() -> None:
        with replacing(path) as temporary:
            temporary.write_text("half")
            raise error

    with pytest.raises(error):
        crash()
    assert sorted(tmp_path.iterdir()) == ([path] if before is not None else [])
    assert before is None or path.read_text() == before


def test_a_block_that_makes_nothing_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_text("old")
    with pytest.raises(FileNotFoundError), replacing(path) as temporary:
        temporary.unlink()
    assert path.read_text() == "old"


def test_the_new_content_appears_at_the_end_of_the_block_and_not_before(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "clip.mp4"
    with replacing(path, suffix=".mp4") as temporary:
        assert temporary.parent == path.parent
        assert temporary.name.startswith(".")
        assert ".part" in temporary.name
        assert temporary.suffix == ".mp4"
        temporary.write_bytes(b"content")
        assert not path.exists()
    assert path.read_bytes() == b"content"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("wanted", [0o644, 0o600, 0o664])
def test_a_text_has_the_permissions_that_were_asked_for(tmp_path: Path, wanted: int) -> None:
    path = tmp_path / "file.txt"
    path.write_text("old")
    path.chmod(0o666)
    before = os.umask(0o077)
    try:
        write_text(path, "één\r\n", mode=wanted)
    finally:
        os.umask(before)
    assert path.read_bytes() == "één\r\n".encode()
    assert mode(path) == wanted


def test_a_secret_is_never_readable_by_others_not_even_for_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    write = Path.write_bytes

    def watched(path: Path, content: bytes) -> int:
        seen.append(mode(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", watched)
    write_text(tmp_path / "logins.json", "secret", mode=0o600)
    assert seen == [0o600]


def test_a_text_that_cannot_be_encoded_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_text(path, "\ud800")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("keep")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    write_text(tmp_path / "link", "new")
    assert (tmp_path / "target").read_text() == "keep"
    assert (tmp_path / "link").read_text() == "new"


def test_a_name_as_long_as_the_disk_allows_can_be_written(tmp_path: Path) -> None:
    """A clip may be called after a recording whose name has 120 letters of two bytes."""
    path = tmp_path / ("é" * 120 + ".mp4")
    path.touch()
    with replacing(path, suffix=".mp4") as temporary:
        temporary.write_bytes(b"content")
    assert path.read_bytes() == b"content"


@pytest.mark.waits
def test_two_who_write_at_once_leave_one_whole_content(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    texts = [str(n) * 100_000 for n in range(8)]
    threads = [threading.Thread(target=write_text, args=(path, text)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_text() in texts
    assert list(tmp_path.iterdir()) == [path]
