"""The view of clips on a real server: ranges, versions, tricks with addresses, clients that go away."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.conftest import Server
from tests.waiting import until

NAME = "F-0001/2026-03-01-maaltijd.mp4"
CLIP = f"/vib/media/{NAME}"


@pytest.fixture
def content(server: Server) -> bytes:
    return (server.data / "media" / NAME).read_bytes()


@pytest.fixture
def scratch(server: Server) -> Iterator[Path]:
    """Return a family folder among the server's clips that is gone afterwards."""
    folder = server.data / "media" / "F-scratch"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


def raw(server: Server, method: str, target: str, **headers: str) -> HTTPResponse:
    """Ask for exactly this target: nothing is decoded or made shorter on the way."""
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    token = server.account("service")["token"]
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, target, headers={"Authorization": f"Token {token}", "Connection": "close", **sent})
    return connection.getresponse()


@pytest.mark.parametrize(
    ("asked", "status", "answered"),
    [
        ("bytes=0-9", 206, "bytes 0-9/{size}"),
        ("Bytes=0-9", 206, "bytes 0-9/{size}"),
        ("bytes=100-", 206, "bytes 100-{last}/{size}"),
        ("bytes=-5", 206, "bytes {five}-{last}/{size}"),
        ("bytes=0-99999999999", 206, "bytes 0-{last}/{size}"),
        ("bytes=99999999999-", 416, "bytes */{size}"),
        ("bytes=-0", 416, "bytes */{size}"),
        ("bytes=9-3", 200, None),
        ("bytes=0-1,5-6", 200, None),
        ("lines=0-9", 200, None),
    ],
)
def test_media_are_served_by_range(asked: str, status: int, answered: str | None, server: Server) -> None:
    size = (server.data / "media" / NAME).stat().st_size
    answer = server.api("GET", CLIP, "trainee", headers={"Range": asked})
    assert answer.status_code == status
    expected = answered.format(size=size, last=size - 1, five=size - 5) if answered else None
    assert answer.headers.get("content-range") == expected
    assert len(answer.content) == int(answer.headers["content-length"])


def test_a_part_is_the_part_of_the_file(server: Server, content: bytes) -> None:
    assert server.api("GET", CLIP, headers={"Range": "bytes=1000-70999"}).content == content[1000:71000]
    assert server.api("GET", CLIP).content == content


def test_sound_that_the_editor_only_draws_is_answered_with_its_peaks(server: Server) -> None:
    sound = CLIP.removesuffix(".mp4") + ".m4a"
    played, drawn = (server.api("GET", sound + query, "trainee") for query in ("", "?lsref=1"))
    assert (played.headers["content-type"], drawn.headers["content-type"]) == ("audio/mp4", "audio/wav")
    peaks = (server.data / "media" / NAME).with_suffix(".peaks").read_bytes()
    assert drawn.content == peaks != played.content
    minute = server.api("GET", CLIP.removesuffix(".mp4") + ".peaks", "trainee", headers={"Range": "bytes=44-83"})
    assert (minute.status_code, minute.content) == (206, peaks[44:84])


def test_without_peaks_the_editor_gets_the_sound_itself(server: Server, scratch: Path) -> None:
    (scratch / "clip.m4a").write_bytes(b"sound")
    assert server.api("GET", "/vib/media/F-scratch/clip.m4a?lsref=1").content == b"sound"


def test_an_empty_file_is_empty_and_no_error(server: Server, scratch: Path) -> None:
    (scratch / "empty.mp4").touch()
    address = "/vib/media/F-scratch/empty.mp4"
    for asked, status in (("", 200), ("bytes=-5", 200), ("bytes=0-", 416)):
        answer = server.api("GET", address, headers={"Range": asked} if asked else {})
        assert (answer.status_code, answer.content) == (status, b"")


@pytest.mark.parametrize(("ending", "kind"), [(".mp4", "video/mp4"), (".m4a", "audio/mp4")])
@pytest.mark.parametrize("asked", [{}, {"Range": "bytes=0-9"}])
def test_every_answer_says_what_it_is_and_how_it_may_be_used(
    server: Server, ending: str, kind: str, asked: dict[str, str]
) -> None:
    answer = server.api("GET", CLIP.replace(".mp4", ending), headers=asked)
    assert answer.headers["content-type"] == kind
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-disposition"] == "inline"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_browser_has_to_ask_each_time_before_it_shows_what_it_kept(server: Server) -> None:
    first = server.api("GET", CLIP)
    for answer in (first, server.api("GET", CLIP, headers={"If-None-Match": first.headers["etag"]})):
        assert set(answer.headers["cache-control"].split(", ")) == {"private", "no-cache"}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_the_browser_has_is_not_sent_again(server: Server, method: str) -> None:
    first = server.api("HEAD", CLIP)
    etag, date = first.headers["etag"], first.headers["last-modified"]
    assert etag.startswith('"')
    for condition in ({"If-None-Match": etag}, {"If-None-Match": f'"x", W/{etag}'}, {"If-Modified-Since": date}):
        answer = server.api(method, CLIP, headers={**condition, "Range": "bytes=0-9"})
        assert (answer.status_code, answer.content) == (304, b"")
        assert (answer.headers["etag"], answer.headers["last-modified"]) == (etag, date)


def test_what_the_browser_has_not_is_sent(server: Server) -> None:
    before = "Sat, 01 Jan 2000 00:00:00 GMT"
    for condition in ({"If-None-Match": '"other"'}, {"If-Modified-Since": before}, {"If-Modified-Since": "gisteren"}):
        assert server.api("GET", CLIP, headers=condition).status_code == 200
    assert server.api("GET", CLIP, headers={"If-Match": '"other"'}).status_code == 412
    assert server.api("GET", CLIP, headers={"If-Unmodified-Since": before}).status_code == 412


def test_a_part_of_another_version_is_never_sent(server: Server, content: bytes) -> None:
    first = server.api("HEAD", CLIP)
    etag, date = first.headers["etag"], first.headers["last-modified"]
    asked = {"Range": "bytes=0-9"}
    for same in (etag, date):
        answer = server.api("GET", CLIP, headers={**asked, "If-Range": same})
        assert (answer.status_code, answer.content) == (206, content[:10])
    for other in ('"other"', f"W/{etag}", "Sat, 01 Jan 2000 00:00:00 GMT", "gisteren"):
        answer = server.api("GET", CLIP, headers={**asked, "If-Range": other})
        assert (answer.status_code, answer.content) == (200, content)
    missing = server.api("GET", CLIP, headers={"Range": "bytes=99999999999-", "If-Range": '"other"'})
    assert missing.status_code == 200


def test_a_clip_that_was_replaced_is_another_version(server: Server, scratch: Path) -> None:
    address = "/vib/media/F-scratch/clip.mp4"
    (scratch / "clip.mp4").write_bytes(b"one")
    one = server.api("GET", address)
    (scratch / "new.mp4").write_bytes(b"two")
    (scratch / "new.mp4").replace(scratch / "clip.mp4")
    two = server.api("GET", address, headers={"If-None-Match": one.headers["etag"]})
    assert (two.status_code, two.content) == (200, b"two")


def test_head_tells_the_size_and_sends_nothing(server: Server, content: bytes) -> None:
    address = urlsplit(server.url)
    token = server.account("trainee")["token"]
    for line in ("", "Range: bytes=0-9\r\n"):  # ranges are for GET only
        with socket.create_connection((address.hostname, address.port), timeout=60) as connection:
            ask = f"HEAD {CLIP} HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: Token {token}\r\n{line}"
            connection.sendall(f"{ask}Connection: close\r\n\r\n".encode())
            said = b"".join(iter(lambda: connection.recv(65536), b""))
        head, _, body = said.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 ")
        assert f"content-length: {len(content)}".encode() in head.lower().splitlines()
        assert body == b""


@pytest.mark.parametrize(
    "target",
    [
        "../logins.json",
        "%2e%2e/logins.json",
        "..%2flogins.json",
        "..%5clogins.json",
        "%252e%252e/logins.json",
        "F-0001/../../logins.json",
        f"F-0001/../{NAME}",
        f"./{NAME}",
        f"%2e/{NAME}",
        f"/{NAME}",
        NAME.replace("/", "//"),
        NAME.replace("/", "%2F"),
        NAME.replace("/", "%2f"),
        NAME.replace("/", "%5C"),
        NAME.replace("/", "%c0%af"),
        f"{NAME}/",
        f"{NAME}%00",
        f"{NAME}%00.mp4",
        f"{NAME}%20",
        f"{NAME}%0a",
        f"{NAME}.",
        NAME.replace(".mp4", ".MP4"),
        NAME.upper(),
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "F-0001",
        "F-0001/",
        "F-0001/nothing.mp4",
        "....//logins.json",
        "..;/logins.json",
        "%ff.mp4",
        "%ed%a0%80.mp4",
        "a" * 300 + ".mp4",
        "a" * 3000 + ".mp4",
        "a/" * 1000 + "b.mp4",
    ],
)
def test_a_clip_has_one_address_and_no_other_leads_anywhere(target: str, server: Server) -> None:
    answer = raw(server, "GET", f"/vib/media/{target}")
    assert answer.status == 404
    said = answer.read()
    assert b"password" not in said
    assert str(server.data).encode() not in said


def test_an_address_with_a_query_is_the_same_clip(server: Server) -> None:
    assert raw(server, "HEAD", f"{CLIP}?from=%2Fprojects%2F1").status == 200


def test_only_clips_that_are_plain_files_are_served(server: Server, scratch: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.mp4").write_bytes(b"secret")
    (scratch / "out.mp4").symlink_to(tmp_path / "outside.mp4")
    (scratch / "in.mp4").symlink_to(server.data / "media" / NAME)
    (scratch / "folder").symlink_to(server.data / "media" / "F-0001")
    (scratch / "folder.mp4").mkdir()
    (scratch / "notes.txt").write_text("secret")
    (scratch / ".half.part.mp4").write_bytes(b"half")
    os.mkfifo(scratch / "pipe.mp4")
    for name in ("out.mp4", "in.mp4", "folder.mp4", "notes.txt", ".half.part.mp4", "pipe.mp4"):
        assert server.api("GET", f"/vib/media/F-scratch/{name}").status_code == 404, name
    assert server.api("GET", f"/vib/media/F-scratch/folder/{Path(NAME).name}").status_code == 404


@pytest.mark.waits
def test_a_client_that_goes_away_leaves_no_file_open(server: Server, scratch: Path) -> None:
    big = scratch / "big.mp4"
    with big.open("wb") as file:
        file.truncate(256 * 2**20)
    address = urlsplit(server.url)
    token = server.account("service")["token"]
    ask = f"GET /vib/media/F-scratch/big.mp4 HTTP/1.1\r\nHost: x\r\nAuthorization: Token {token}\r\n\r\n"
    with ExitStack() as connections:
        for _ in range(3):
            connection = socket.create_connection((address.hostname, address.port), timeout=60)
            connections.enter_context(connection)
            connection.sendall(ask.encode())
            assert connection.recv(1024).startswith(b"HTTP/1.1 200 ")
        assert holders(big) == 3
    until(lambda: holders(big) == 0)


def holders(path: Path) -> int:
    """Return how many times processes that we may look at have a file open."""
    found = 0
    for handle in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            found += handle.readlink() == path
        except OSError:
            continue
    return found


def test_media_need_a_login(server: Server) -> None:
    for headers in ({}, {"Range": "bytes=0-9"}, {"If-None-Match": "*"}, {"Authorization": "Token wrong"}):
        answer = httpx.get(f"{server.url}{CLIP}", headers=headers, timeout=30)
        assert answer.status_code == 401
        assert "etag" not in answer.headers
    assert httpx.head(f"{server.url}/vib/media/F-0001/nothing.mp4", timeout=30).status_code == 401


def test_media_can_be_read_only(server: Server) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert server.api(method, CLIP).status_code == 405
