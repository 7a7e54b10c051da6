"""From a phone: make a family, record consent, send a recording, and open it to be coded, with its turns."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT, Server
from tests.e2e.conftest import Person
from tests.e2e.looking import WIDER
from tests.waiting import PATIENCE, until

PHONE = "390x844"
MEMBERS = (("k1", "pleegkind", "2021-09"), ("pm", "pleegmoeder", ""))
UNTIL = "2036-02-01"
SPOKEN = sorted((ROOT / "demo" / "families" / "F-0001").glob("*.mp4"))[0]


def fill_members(page: Page, members: Sequence[tuple[str, str, str]]) -> None:
    for number, (pseudonym, role, born) in enumerate(members):
        page.fill(f"#_id{number}", pseudonym)
        page.fill(f"#_role{number}", role)
        page.fill(f"#_born{number}", born)


def agree_all(page: Page, uses: Sequence[str]) -> None:
    """Fill in once what everybody agrees to, and put it with everybody."""
    for use in ("begeleiding", "intervisie", "opleiding", "onderzoek"):
        page.locator(f"input[name=all-uses][value={use}]").set_checked(use in uses)
    page.fill("#_until_all", UNTIL)
    page.fill("#_by_all", "ouder met gezag")
    page.click("button[value=all]")


def recorded(folder: Path) -> Path:
    """Return a recording as a phone makes it, in which people speak."""
    path = folder / "spelen.mov"
    made = ["ffmpeg", "-v", "error", "-i", str(SPOKEN), "-t", "25", "-vf", "scale=320:-2", "-c:a", "aac", str(path)]
    subprocess.run(made, check=True, timeout=PATIENCE)
    return path


def not_wider(page: Page) -> None:
    """See to it that a page does not scroll sideways."""
    assert page.evaluate(WIDER) == [], page.url


@pytest.mark.nightly
@pytest.mark.parametrize("role", ["counsellor", "trainee"])
def test_from_a_phone_a_family_is_made_consented_to_sent_and_opened_to_be_coded(
    role: str, server: Server, browser: Browser, tmp_path: Path
) -> None:
    expect.set_options(timeout=PATIENCE * 1000)
    person = Person(browser, server, role, size=PHONE)
    page = person.page
    page.goto(f"{server.url}/vib/")
    page.get_by_role("link", name="Gezin en opnames").first.click()
    page.wait_for_url("**/vib/intake/")
    not_wider(page)
    family = page.input_value("#_family")
    fill_members(page, MEMBERS)
    person.screenshot(f"{role}-1-make")
    page.click("button.main[value=make]")
    page.wait_for_url(f"**/vib/intake/{family}/consent/*")
    not_wider(page)
    person.screenshot(f"{role}-2-consent")
    agree_all(page, ("begeleiding", "opleiding"))
    expect(page.locator("#_until_consent-1")).to_have_value(UNTIL)
    page.click("button[value=send]")
    page.wait_for_url(f"**/vib/intake/{family}/*")
    not_wider(page)
    person.screenshot(f"{role}-3-send")
    page.set_input_files("#files", recorded(tmp_path))
    code = page.locator("main").get_by_role("link", name="Coderen")
    code.wait_for(timeout=3 * PATIENCE * 1000)
    not_wider(page)
    person.screenshot(f"{role}-4-ready")
    project = server.projects()[family]
    until(lambda: server.tasks(project)[0]["predictions"] or None)
    code.click()
    person.settle()
    person.screenshot(f"{role}-5-code")
    assert person.turns()
    [task] = server.tasks(project)
    assert task["data"]["clip"] == f"{family}/spelen"
    events = [json.loads(line) for line in (server.data / "audit" / "log.jsonl").read_text().splitlines()]
    mine = {event["what"] for event in events if event.get("who") == server.account(role)["email"]}
    assert {"access made", "family made", "family changed"} <= mine
