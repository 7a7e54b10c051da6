"""A flood of refusals fills no log: lines are counted, and a log that grew too large is begun anew."""

from __future__ import annotations

import logging
from pathlib import Path

from plugins.host.sparing import MOST_LINES, Sparing
from scripts.logs import keep_small
from tests.plugins.access.inside import World, inside


def test_of_a_thousand_lines_from_one_place_few_are_written_and_others_are_not_lost() -> None:
    sparing, written = Sparing(), list[logging.LogRecord]()
    for number in range(1000):
        record = logging.LogRecord("x", logging.ERROR, "here.py", 3, "refused %s", (number,), None)
        written += [record] if sparing.filter(record) else []
    assert len(written) == MOST_LINES
    assert sparing.filter(logging.LogRecord("x", logging.ERROR, "here.py", 4, "something else", None, None))


def test_a_log_that_grew_too_large_is_put_aside_and_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    with log.open("ab", buffering=0) as writer:
        for number in range(5):
            writer.write(b"%d" % number * 60)
            keep_small(log, most=100)
        assert log.stat().st_size <= 160
        assert (tmp_path / "server.log.1").read_bytes()
        writer.write(b"last")
    assert log.read_bytes().endswith(b"last")
    assert b"\0" not in log.read_bytes()


@inside
def test_a_flood_of_refused_requests_is_a_line_each_for_a_while_and_then_counted(world: World) -> None:
    from unittest import mock

    from django.conf import settings
    from django.test import Client

    client = Client()
    with mock.patch.object(settings.VIB_PLUGIN_HOST.hook, "vib_access_event") as recorded:
        for _ in range(100):
            assert client.get("/api/projects/").status_code == 401
    assert 0 < recorded.call_count < 100


@inside
def test_what_is_too_large_is_refused_before_anything_reads_it(world: World) -> None:
    from plugins.host.body_limits import ANONYMOUS, CODES, IMPORT, ORDINARY

    for who, path, by, most in (
        ("", "/user/login/", "", ANONYMOUS),
        ("", "/api/projects/1/import", "", ANONYMOUS),
        ("anna", "/api/projects/", "token", ORDINARY),
        ("anna", f"/api/tasks/{world.task('toren')}/annotations/", "session", CODES),
        ("beheer", f"/api/projects/{world.project('eigen')}/import", "session", IMPORT),
    ):
        length = {"Content-Length": str(most + 1)}
        answer = world.ask(who, "POST", path, b"x" * (most + 1), by=by, headers=length)
        assert answer.status == 413, f"{path}: {answer.status}"
    packed = world.ask("anna", "POST", "/api/projects/", b"x", headers={"Content-Encoding": "gzip"})
    assert packed.status == 415
    many = "&".join(f"f{number}=1" for number in range(3000))
    form = world.ask("", "POST", "/user/login/", many, by="", kind="application/x-www-form-urlencoded")
    assert form.status == 413 or form.status == 400
