"""Sending a recording as a tus client does it: only for one's own families, and nobody else sees that it is there."""

from __future__ import annotations

import hashlib
import shutil
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from tests.plugins.access.inside import Answer, World, inside

FAMILY = "F-EIGEN"
PAGE = f"/vib/intake/{FAMILY}/"
BEGIN = f"{PAGE}sending/"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"
YAML = """format: vib-family/2
family: {family}
method: vib-pleegzorg
language: nl
members:
  - {{id: kind, role: kind}}
consent: []
"""


@contextmanager
def family() -> Iterator[Path]:
    """Have the folder of a family, and take away what is sent meanwhile."""
    from django.conf import settings

    folder = settings.VIB.families / FAMILY
    folder.mkdir(parents=True)
    (folder / "family.yaml").write_text(YAML.format(family=FAMILY), encoding="utf-8")
    try:
        yield folder
    finally:
        shutil.rmtree(settings.VIB.families)
        shutil.rmtree(settings.VIB.data / "intake", ignore_errors=True)


def metadata(**said: str) -> str:
    return ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in said.items())


def begin(world: World, length: int = 10, who: str = "begeleider", first: bytes | None = None, **said: str) -> Answer:
    headers = {**TUS, "Upload-Length": str(length), "Upload-Metadata": metadata(**({"filename": "a.mp4"} | said))}
    kind = PIECE if first is not None else "application/json"
    return world.ask(who, "POST", BEGIN, first or b"", kind=kind, headers=headers)


def begun(world: World, length: int = 10) -> str:
    return begin(world, length).headers["Location"]


def send(world: World, address: str, offset: int, content: bytes, who: str = "begeleider", **further: str) -> Answer:
    headers = {**TUS, "Upload-Offset": str(offset), **further}
    return world.ask(who, "PATCH", address, content, kind=PIECE, headers=headers)


@inside
def test_a_recording_arrives_piece_by_piece_and_says_how_far_it_is(world: World) -> None:
    from vib.sending import on_their_way

    with family() as folder:
        first = begin(world)
        assert (first.status, first.headers["Tus-Resumable"]) == (201, "1.0.0")
        assert "GMT" in first.headers["Upload-Expires"]
        address = first.headers["Location"]
        assert send(world, address, 0, b"01234").headers["Upload-Offset"] == "5"
        assert send(world, address, 0, b"01234").status == 409
        told = world.ask("begeleider", "HEAD", address, headers=TUS)
        assert (told.status, told.headers["Upload-Offset"], told.headers["Upload-Length"]) == (200, "5", "10")
        assert told.headers["Cache-Control"] == "no-store"
        assert send(world, address, 5, b"56789").status == 204
        [one] = on_their_way(folder.parent.parent / "intake")
        assert one.body.read_bytes() == b"0123456789"
        [said] = world.ask("begeleider", "GET", BEGIN).json["recordings"]
        assert (said["address"], said["stage"], said["offset"]) == (address, "arrived", 10)


@inside
def test_a_first_piece_can_come_with_the_beginning_and_a_checksum_with_a_piece(world: World) -> None:
    with family():
        first = begin(world, first=b"0123")
        assert first.headers["Upload-Offset"] == "4"
        digest = hashlib.sha256(b"456789").digest()
        right, wrong = ({"Upload-Checksum": f"sha256 {b64encode(one).decode()}"} for one in (digest, digest[::-1]))
        assert send(world, first.headers["Location"], 4, b"456789", **wrong).status == 460
        assert send(world, first.headers["Location"], 4, b"456789", **right).headers["Upload-Offset"] == "10"


@inside
def test_nobody_else_sees_that_it_is_there(world: World) -> None:
    with family():
        address = begun(world)
        send(world, address, 0, b"01234")
        for who in ("collega", "vreemd", "opleider", "anna", "beheer"):
            for method in ("HEAD", "GET", "PATCH", "DELETE"):
                found = world.ask(who, method, address, b"", kind=PIECE, headers={**TUS, "Upload-Offset": "5"})
                assert found.status in (403, 404), (who, method)
        assert world.ask("collega", "GET", BEGIN).json == {"recordings": []}
        assert world.ask("", "HEAD", address, by="", headers=TUS).status == 401
        assert begin(world, who="vreemd").status == 404
        assert world.ask("begeleider", "HEAD", address, headers=TUS).headers["Upload-Offset"] == "5"


@inside
def test_what_is_thrown_away_is_gone(world: World) -> None:
    with family() as folder:
        address = begun(world)
        assert world.ask("begeleider", "DELETE", address, headers=TUS).status == 204
        assert world.ask("begeleider", "HEAD", address, headers=TUS).status == 404
        assert send(world, address, 0, b"0").status == 404
        assert [path.name for path in (folder.parent.parent / "intake").iterdir()] == ["lock"]


@inside
def test_what_is_being_got_ready_is_not_thrown_away(world: World) -> None:
    from vib.sending import Outcome, on_their_way

    with family() as folder:
        address = begun(world)
        [one] = on_their_way(folder.parent.parent / "intake")
        one.put(Outcome(stage="making", name="a.mp4"))
        assert world.ask("begeleider", "DELETE", address, headers=TUS).status == 423
        one.put(Outcome(stage="ready", name="a.mp4"))
        assert world.ask("begeleider", "DELETE", address, headers=TUS).status == 204


@inside
def test_a_client_is_told_what_the_server_can_do_and_which_version_it_speaks(world: World) -> None:
    with family():
        told = world.ask("begeleider", "OPTIONS", BEGIN)
        assert (told.status, told.headers["Tus-Version"], told.headers["Tus-Max-Size"]) == (
            204,
            "1.0.0",
            str(16 * 10**9),
        )
        assert told.headers["Tus-Extension"] == "creation,creation-with-upload,expiration,termination,checksum"
        other = world.ask("begeleider", "POST", BEGIN, headers={"Tus-Resumable": "0.2.2", "Upload-Length": "1"})
        assert (other.status, other.headers["Tus-Version"]) == (412, "1.0.0")
        address = begun(world)
        assert world.ask("begeleider", "PATCH", address, b"0", headers={**TUS, "Upload-Offset": "0"}).status == 415
        assert world.ask("begeleider", "POST", address, headers=TUS).status == 405
        instead = {**TUS, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
        taken = world.ask("begeleider", "POST", address, b"0123", kind=PIECE, headers=instead)
        assert (taken.status, taken.headers["Upload-Offset"]) == (204, "4")


@inside
def test_what_is_not_taken_is_refused_with_its_reason_before_anything_is_sent(world: World) -> None:
    with family() as folder:
        refused = {
            "a film": begin(world, filename="lijst.m3u8"),
            "0 bytes": begin(world, 0),
            "at most 16 GB": begin(world, 17 * 10**9),
        }
        for said, answer in refused.items():
            assert answer.status in (400, 413, 415)
            assert said in answer.json["detail"]
        usage = shutil.disk_usage(folder)
        with patch("shutil.disk_usage", lambda _: usage._replace(free=10**15)):
            for _ in range(6):
                assert begin(world, 16 * 10**9).status == 201
            assert "3.9 GB of the 100 GB" in begin(world, 16 * 10**9).json["detail"]
        names = [path.name for path in (folder.parent.parent / "intake").iterdir()]
        assert len(names) == 7


@inside
def test_a_piece_is_not_held_in_memory_by_what_comes_before_the_view(world: World) -> None:
    from django.core.handlers.wsgi import WSGIRequest

    read: list[int] = []
    own = WSGIRequest.read

    def noted(request: WSGIRequest, *size: int) -> bytes:
        found = own(request, *size)
        read.append(len(found))
        return found

    with family(), patch.object(WSGIRequest, "read", noted):
        address = begun(world, 10**6)
        read.clear()
        assert send(world, address, 0, b"x" * 10**6).status == 204
    assert sum(read) == 0


@inside
def test_the_page_says_what_can_be_sent_and_who_may_not_gets_none(world: World) -> None:
    with family():
        shown = world.ask("begeleider", "GET", f"{PAGE}?lang=en", by="session")
        assert shown.status == 200
        assert "at most 16 GB and 4 hours" in shown.text
        assert "blob:" in shown.headers["Content-Security-Policy"]
        assert world.ask("vreemd", "GET", PAGE, by="session").status == 404
    shown = world.ask("begeleider", "GET", f"{PAGE}?lang=en", by="session")
    assert "administrator gets the recordings" in shown.text


@inside
def test_what_somebody_sends_is_among_what_is_kept_of_them(world: World) -> None:
    from plugins.intake.kept import kept_of

    with family():
        begun(world)
        [kept] = kept_of(world.user("begeleider"))
        [record] = kept.records(0, None)
        assert (record["recording"], record["stage"], kept.count) == ("a.mp4", "sending", 1)
        assert kept_of(world.user("collega"))[0].count == 0


@inside
def test_the_administrator_is_told_when_nothing_gets_recordings_ready(world: World) -> None:
    from django.conf import settings

    from plugins.intake.condition import parts
    from vib.library import only_one

    with family():
        send(world, begun(world), 0, b"0123456789")
        [gone] = parts()
        assert (gone.condition, "1 wait" in gone.said.en) == ("wrong", True)
        with only_one(settings.VIB.data, "intake"):
            assert [part.condition for part in parts()] == ["good"]
