"""Recordings sent from a browser, over a line that drops, by a browser and a server that are killed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import Server, free_port, start_up, stop_up
from tests.cutting import line_to
from tests.e2e.conftest import signed_in
from tests.processes import descendants
from tests.scripts.conftest import FAMILY, endless, record
from tests.waiting import PATIENCE, until
from vib.library import content_hash

COUNSELLOR = "counsellor"
CUTS = 10
GIGABYTE = 10**9
MOST_GROWTH = 50 * 2**20
LONG = 900.0
"""Seconds that a whole journey with a gigabyte may take."""


def make_family(server: Server, name: str) -> Path:
    """Make a family with a clip in the place where those of the browser lie, and give it to the counsellor."""
    folder = server.data / "families" / name
    folder.mkdir(parents=True)
    (folder / "family.yaml").write_text(FAMILY.format(family=name), encoding="utf-8")
    # Of its own: a recording that another family had before would be taken for that one.
    record(folder / "eerste.mp4", seconds=1, tone=300 + sum(name.encode()))
    server.vib("sync", folder, "--no-segment")
    server.vib("access", "grant", server.account(COUNSELLOR)["email"], name)
    return folder


def take_away(server: Server, folder: Path) -> None:
    """Leave no family behind with who has those of the demo."""
    server.vib("access", "revoke", server.account(COUNSELLOR)["email"], folder.name)
    shutil.rmtree(folder)


@contextmanager
def at_a_screen(browser: Browser, server: Server, url: str, size: tuple[int, int] = (390, 844)) -> Iterator[Page]:
    """Sit down at a screen of one's own, that reaches the server over another address."""
    account = server.account(COUNSELLOR)
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="nl-NL")
    context.set_default_timeout(PATIENCE * 1000)
    session = signed_in(server.url, account["email"], account["password"])
    context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    try:
        yield context.new_page()
    finally:
        context.close()


def open_page(page: Page, url: str, family: str) -> None:
    page.goto(f"{url}/vib/intake/{family}/?lang=nl")


def told(server: Server, family: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = server.api("GET", f"/vib/intake/{family}/sending/", COUNSELLOR).json()["recordings"]
    return found


def arrived(server: Server, family: str) -> int:
    return sum(one["offset"] for one in told(server, family))


def wait_for(server: Server, family: str, size: int) -> None:
    """Wait until so many bytes are there."""
    until(lambda: arrived(server, family) > size, LONG)


def larger(film: Path, size: int) -> Path:
    """Make a film larger by what no player reads, and nobody can pack: a box of its own at the end."""
    with film.open("ab") as file:
        room = size - file.tell()
        file.write(struct.pack(">I4sQ", 1, b"free", room))
        left = room - 16
        while left > 0:
            left -= file.write(os.urandom(min(left, 2**20)))
    return film


def test_over_a_line_that_drops_and_after_a_reload_it_goes_on_and_becomes_a_clip(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    folder = make_family(server, "T-SEND-1")
    film = larger(record(tmp_path / "IMG_0007.mp4", seconds=2, tone=951), 6 * 10**6)
    try:
        with line_to(server.url, 3e6) as line, at_a_screen(browser, server, line.url) as page:
            open_page(page, line.url, folder.name)
            page.set_input_files("#files", film)
            until(lambda: arrived(server, folder.name) or None)
            line.cut()
            before = until(lambda: found if (found := arrived(server, folder.name)) > 10**6 else None)
            page.on("dialog", lambda dialog: dialog.accept())
            page.reload()
            page.get_by_text(re.compile("Kies hetzelfde bestand opnieuw")).wait_for()
            page.set_input_files("#files", film)
            page.get_by_text("Klaar: 0:02 lang").wait_for()
            assert len(told(server, folder.name)) == 1
            assert before < film.stat().st_size
            page.get_by_role("link", name="Coderen").click()
            page.wait_for_url(re.compile(r"/projects/\d+/data\?task=\d+"))
        assert content_hash(folder / film.name) == content_hash(film)
    finally:
        take_away(server, folder)


@pytest.mark.nightly
def test_what_cannot_be_used_is_said_on_the_page_before_or_after_it_is_sent(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    folder = make_family(server, "T-SEND-2")
    empty, text, list_, packed = (tmp_path / name for name in ("leeg.mp4", "brief.txt", "lijst.mp4", "pak.mp4"))
    long = endless(tmp_path / "dag.mp4", hours=20)
    empty.touch()
    text.write_text("x", encoding="utf-8")
    list_.write_text("#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n", encoding="utf-8")
    packed.write_bytes(b"PK\x03\x04" + bytes(10**5))
    try:
        with at_a_screen(browser, server, server.url) as page:
            open_page(page, server.url, folder.name)
            page.set_input_files("#files", [empty, text, list_, packed, long])
            page.get_by_text("Niet gestuurd: de opname duurt 20:00:00, en mag hoogstens 4 uur duren").wait_for()
            reasons = {"leeg": "0 bytes", "brief": "geen film", "lijst": "geen leesbare", "pak": "geen leesbare"}
            for name, said in reasons.items():
                line = page.locator("li", has=page.get_by_role("heading", name=re.compile(name)))
                line.get_by_text(re.compile(f"Niet te gebruiken: .*{said}")).wait_for()
        until(lambda: sorted(path.name for path in folder.iterdir()) == ["eerste.mp4", "family.yaml"])
    finally:
        take_away(server, folder)


def memory(server: Server) -> dict[int, int]:
    """Return what each process of the annotation server has in memory, in bytes."""
    found = {}
    for one in descendants(server.process.pid):
        try:
            if b"plugins.host.serving" in Path(f"/proc/{one}/cmdline").read_bytes():
                status = Path(f"/proc/{one}/status").read_text(encoding="ascii")
                found[one] = int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) * 1024
        except FileNotFoundError:
            continue
    return found


@pytest.mark.nightly
@pytest.mark.waits
def test_a_gigabyte_arrives_whole_over_a_line_that_is_cut_ten_times_and_by_a_server_that_is_killed(
    browser: Browser, prepared: Path, tmp_path: Path
) -> None:
    ports = {"port": free_port(), "ml_port": free_port()}
    server = start_up(prepared, "--no-demo", **ports)
    try:
        folder = make_family(server, "T-SEND-3")
        film = larger(record(tmp_path / "lang.mp4", seconds=5, tone=953), GIGABYTE)
        with line_to(server.url, 40e6) as line, at_a_screen(browser, server, line.url) as page:
            page.set_default_timeout(LONG * 1000)
            open_page(page, line.url, folder.name)
            first = last = memory(server)
            page.set_input_files("#files", film)
            for cut in range(1, CUTS + 1):
                wait_for(server, folder.name, cut * GIGABYTE // (CUTS + 2))
                line.cut()
                last = {one: max(size, last.get(one, 0)) for one, size in memory(server).items()}
                if cut == CUTS // 2:
                    assert max(last[one] - first[one] for one in first) < MOST_GROWTH
                    before = arrived(server, folder.name)
                    os.kill(server.process.pid, signal.SIGKILL)
                    server.process.wait()
                    server.commands.close()
                    server = start_up(prepared, "--no-demo", **ports)
                    assert arrived(server, folder.name) >= before
                    first = last = memory(server)
            page.get_by_text("Klaar: 0:05 lang").wait_for()
            assert max(last[one] - first[one] for one in first) < MOST_GROWTH
            assert line.carried < 1.15 * GIGABYTE
        assert content_hash(folder / film.name) == content_hash(film)
        assert [one["stage"] for one in told(server, folder.name)] == ["ready"]
    finally:
        stop_up(server)


@pytest.mark.nightly
@pytest.mark.parametrize("apart", [True, False], ids=["each by itself", "one going on with what the other began"])
def test_two_browsers_that_send_the_same_recording_make_one_clip(
    browser: Browser, server: Server, tmp_path: Path, apart: bool
) -> None:
    folder = make_family(server, f"T-SEND-{4 + apart}")
    film = larger(record(tmp_path / "samen.mp4", seconds=2, tone=954 + apart), 4 * 10**6)
    try:
        with (
            line_to(server.url, 3e6) as line,
            at_a_screen(browser, server, line.url) as one,
            at_a_screen(browser, server, line.url) as other,
        ):
            open_page(one, line.url, folder.name)
            if apart:
                open_page(other, line.url, folder.name)
            one.set_input_files("#files", film)
            until(lambda: arrived(server, folder.name) > 10**6)
            if not apart:
                open_page(other, line.url, folder.name)
                other.get_by_text(re.compile("Kies hetzelfde bestand opnieuw")).wait_for()
            other.set_input_files("#files", film)
            expected = {"ready", "same"} if apart else {"ready"}
            until(lambda: {found["stage"] for found in told(server, folder.name)} == expected)
            one.get_by_text("Klaar: 0:02 lang").wait_for()
            other.get_by_text(re.compile("Klaar: 0:02 lang|was er al")).first.wait_for()
        assert len(list(folder.glob("*.mp4"))) == 2
        assert len(server.tasks(server.projects()[folder.name])) == 2
    finally:
        take_away(server, folder)
