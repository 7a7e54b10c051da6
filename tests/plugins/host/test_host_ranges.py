"""Parts of files: for every header and size what RFC 9110 wants, and no more memory than a piece."""

from __future__ import annotations

import re
from io import FileIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.host.ranges import CHUNK, Part, byte_range, still_meant

SIZES = st.one_of(st.integers(0, 40), st.integers(0, 2**63))
NUMBERS = st.one_of(st.just(""), st.integers(0, 60).map(str), st.integers(0, 2**64).map(str), st.just("007"))


@st.composite
def headers(draw: st.DrawFn) -> str:
    """Make headers, right ones and nearly right ones."""
    unit = draw(st.sampled_from(["bytes=", "Bytes=", "bytes", "lines=", "bytes =", ""]))
    specs = draw(st.lists(st.tuples(NUMBERS, st.sampled_from(["-", "-", "-", "", "--"]), NUMBERS), max_size=3))
    return unit + draw(st.sampled_from([",", ", ", ";"])).join("".join(spec) for spec in specs)


@given(st.one_of(headers(), st.text(max_size=30)), SIZES)
def test_what_is_answered_is_what_the_header_asks_for_or_the_whole_file(header: str, size: int) -> None:
    answered = byte_range(header, size)
    spec = re.fullmatch("(?i:bytes)=([0-9]*)-([0-9]*)", header.strip())
    if spec is None or not any(spec.groups()):
        assert answered is None
        return
    first, last = spec.groups()
    if answered is None:  # ignoring is always allowed; it is done when there is a reason
        longer_than_any_file = max(len(first), len(last)) > 19
        backwards = bool(first and last) and int(last) < int(first)
        assert longer_than_any_file or backwards or (size == 0 and not first)
    elif not answered:  # 416
        assert int(first) >= size if first else int(last) == 0
    else:
        assert 0 <= answered.start < answered.stop <= size
        if first:
            assert answered.start == int(first)
            assert answered.stop == (min(int(last) + 1, size) if last else size)
        else:
            assert answered.stop == size
            assert len(answered) == min(int(last), size)


@given(st.integers(0, 2**63), st.integers(0, 2**63), st.integers(1, 2**62))
def test_every_good_range_is_answered_with_itself(one: int, other: int, more: int) -> None:
    first, last = sorted((one, other))
    assert byte_range(f"bytes={first}-{last}", last + more) == range(first, last + 1)


@pytest.mark.parametrize("header", ["bytes=٣-٤", "bytes=²-", "bytes=+1-2", "bytes=0x1-2", "bytes=1_0-20", "bytes=1 -2"])
def test_only_plain_digits_are_numbers(header: str) -> None:
    assert byte_range(header, 100) is None


@given(st.text(max_size=60))
def test_a_range_for_another_version_is_dropped(if_range: str) -> None:
    etag, modified = '"1a-2b"', "Sun, 01 Mar 2026 10:00:00 GMT"
    assert still_meant(if_range, etag, modified) == (if_range.strip() in (etag, modified))
    assert not still_meant("W/" + etag, etag, modified)


CONTENT = bytes(number % 251 for number in range(3 * CHUNK))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("parts") / "file"
    path.write_bytes(CONTENT)
    return path


@given(st.integers(0, 3 * CHUNK), st.integers(0, 3 * CHUNK))
def test_a_part_comes_in_small_pieces_and_is_what_the_file_holds(path: Path, one: int, other: int) -> None:
    start, stop = sorted((one, other))
    part = Part(FileIO(path), range(start, stop))
    pieces = list(part)
    part.close()
    assert b"".join(pieces) == CONTENT[start:stop]
    assert all(0 < len(piece) <= CHUNK for piece in pieces)


def test_a_part_that_nobody_reads_closes_its_file_all_the_same(path: Path) -> None:
    file = FileIO(path)
    Part(file, range(10)).close()
    assert file.closed


def test_a_file_that_became_shorter_ends_the_part(path: Path) -> None:
    part = Part(FileIO(path), range(len(CONTENT) - 5, len(CONTENT) + 5))
    assert b"".join(part) == CONTENT[-5:]
    part.close()
