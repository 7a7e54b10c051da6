"""Taking pieces of a recording: in order, each once, checked where that is asked, and never more than was announced."""

from __future__ import annotations

import hashlib
import os
from io import BytesIO
from pathlib import Path

import pytest

from plugins.intake.receiving import receive
from plugins.intake.tus import Checksum, Refused
from vib.sending import Sending, Sent, begin, one_at_a_time


class Breaking(BytesIO):
    """A line that drops once all that came is read."""

    def read(self, size: int | None = -1, /) -> bytes:
        if not (found := super().read(size)):
            raise OSError("the line dropped")
        return found


@pytest.fixture
def one(tmp_path: Path) -> Sending:
    sent = Sent(user=3, family="F-1", name="a.mp4", original="a.mp4", length=10, begun=1.0)
    with one_at_a_time(tmp_path):
        return begin(tmp_path, sent)


def sha1(content: bytes) -> Checksum:
    return Checksum("sha1", hashlib.sha1(content, usedforsecurity=False).digest())


def test_pieces_follow_one_another_until_it_is_whole(one: Sending) -> None:
    assert receive(one, 0, 4, BytesIO(b"0123"), None) == 4
    assert receive(one, 4, 0, BytesIO(), None) == 4
    assert receive(one, 4, 6, BytesIO(b"456789"), None) == 10
    assert one.body.read_bytes() == b"0123456789"
    assert one.outcome.stage == "arrived"


@pytest.mark.parametrize(
    ("offset", "announced", "status"), [(3, 2, 409), (5, 2, 409), (4, 7, 413)], ids=["before", "beyond", "too much"]
)
def test_a_piece_that_does_not_fit_changes_nothing(one: Sending, offset: int, announced: int, status: int) -> None:
    receive(one, 0, 4, BytesIO(b"0123"), None)
    with pytest.raises(Refused) as refused:
        receive(one, offset, announced, BytesIO(b"x" * announced), None)
    assert refused.value.status == status
    assert one.body.read_bytes() == b"0123"


def test_what_came_before_the_line_dropped_counts(one: Sending) -> None:
    with pytest.raises(OSError, match="dropped"):
        receive(one, 0, 10, Breaking(b"01234"), None)
    assert receive(one, 5, 5, BytesIO(b"56789"), None) == 10


def test_a_piece_with_a_checksum_counts_as_a_whole_or_not_at_all(one: Sending) -> None:
    assert receive(one, 0, 4, BytesIO(b"0123"), sha1(b"0123")) == 4
    with pytest.raises(Refused) as refused:
        receive(one, 4, 4, BytesIO(b"4567"), sha1(b"other"))
    assert refused.value.status == 460
    with pytest.raises(OSError, match="dropped"):
        receive(one, 4, 4, Breaking(b"45"), sha1(b"4567"))
    assert one.body.read_bytes() == b"0123"
    assert sorted(path.name for path in one.folder.iterdir()) == ["body", "sent.json"]


def test_who_writes_while_another_does_is_asked_to_come_back(one: Sending) -> None:
    with one.alone(), pytest.raises(Refused) as refused:
        receive(one, 0, 1, BytesIO(b"0"), None)
    assert refused.value.status == 423


def test_a_recording_that_was_thrown_away_takes_nothing(one: Sending) -> None:
    one.throw_away()
    with pytest.raises(Refused) as refused:
        receive(one, 0, 1, BytesIO(b"0"), None)
    assert refused.value.status == 404


def test_a_link_in_place_of_what_arrived_is_not_written_through(one: Sending, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.touch()
    one.body.unlink()
    os.symlink(other, one.body)
    with pytest.raises(OSError, match="symbolic link"):
        receive(one, 0, 1, BytesIO(b"0"), None)
    assert other.read_bytes() == b""
