"""The administration pages hand out by the same rules as `vib access`, and show nothing of what was coded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.conftest import Server

ADMINISTRATOR, ANNA = "beheer@vib.example", "anna@vib.example"
MEAL, READING = "F-0001/2026-03-01-maaltijd", "F-0002/2026-03-02-voorlezen"
PAGES = "/admin/vib_access"


class Browser:
    """Somebody who is logged in and fills in forms."""

    def __init__(self, server: Server, role: str) -> None:
        account = server.account(role)
        self.client = httpx.Client(base_url=server.url, timeout=60, follow_redirects=True)
        self.client.get("/user/login/")
        answer = self.post("/user/login/", email=account["email"], password=account["password"])
        assert answer.status_code == 200

    def get(self, path: str) -> httpx.Response:
        return self.client.get(path)

    def post(self, path: str, **fields: Any) -> httpx.Response:
        token = self.client.cookies["csrftoken"]
        # As a browser does: Django asks for it where a form changes something.
        headers = {"Referer": str(self.client.base_url), "Origin": str(self.client.base_url).rstrip("/")}
        return self.client.post(path, data={"csrfmiddlewaretoken": token, **fields}, headers=headers)


@pytest.fixture
def administrator(server: Server) -> Iterator[Browser]:
    browser = Browser(server, "administrator")
    try:
        yield browser
    finally:
        browser.client.close()


def recorded(server: Server) -> list[tuple[str, str, str]]:
    """Return who did what to whom, of every line of the audit log."""
    lines = (server.data / "audit" / "log.jsonl").read_text(encoding="utf-8").splitlines()
    return [(line["who"], line["what"], line["which"]) for line in map(json.loads, lines)]


def rounds(server: Server) -> dict[str, Any]:
    found = json.loads(server.vib("access", "list", "--json").stdout)["rounds"]
    return {line["round"]: line for line in found}


def row(page: str, *texts: str) -> str | None:
    """Return the number of the row of a list that has these texts."""
    for line in page.split("<tr>"):
        number = re.search(r'name="_selected_action" value="(\d+)"', line)
        if number and all(text in line for text in texts):
            return number[1]
    return None


def test_an_administrator_assigns_a_family_and_takes_it_away_and_both_are_recorded(
    server: Server, administrator: Browser
) -> None:
    form = {"account": ADMINISTRATOR, "assigned": "F-0002"}
    number = row(administrator.post(f"{PAGES}/familygrant/add/", **form).text, ADMINISTRATOR, "F-0002")
    assert number
    again = administrator.post(f"{PAGES}/familygrant/add/", **form)
    assert f"{ADMINISTRATOR} had family F-0002 already" in again.text
    taken = administrator.post(f"{PAGES}/familygrant/", action="take_away", _selected_action=number)
    assert row(taken.text, ADMINISTRATOR, "F-0002") is None
    own = (ADMINISTRATOR, f"account {ADMINISTRATOR}")
    assert [what for who, what, which in recorded(server) if (who, which) == own] == ["access grant", "access revoke"]


def test_only_accounts_whose_role_has_families_are_offered_one(administrator: Browser) -> None:
    page = administrator.get(f"{PAGES}/familygrant/add/").text
    assert "begeleider@vib.example" in page
    assert ANNA not in page
    refused = administrator.post(f"{PAGES}/familygrant/add/", account=ANNA, assigned="F-0002").text
    assert "not one of the available choices" in refused


def test_a_round_is_made_changed_and_opened_on_its_page(server: Server, administrator: Browser) -> None:
    page = administrator.get(f"{PAGES}/round/add/").text
    assert MEAL in page
    assert READING in page
    form = {"name": "beheerronde", "practice": "oefenset-1", "clips": [MEAL], "predictions_shown": "on"}
    answer = administrator.post(f"{PAGES}/round/add/", **form, supervisors=["opleider@vib.example"])
    made = rounds(server)["beheerronde"]
    assert (made["clips"], made["supervisors"], made["raters"]) == ([MEAL], ["opleider@vib.example"], [])

    number = row(answer.text, "beheerronde")
    administrator.post(f"{PAGES}/round/{number}/change/", clips=[READING])
    made = rounds(server)["beheerronde"]
    assert (made["clips"], made["supervisors"], made["predictions_shown"]) == ([READING], [], False)

    administrator.post(f"{PAGES}/round/", action="open_rounds", _selected_action=number)
    assert rounds(server)["beheerronde"]["opened"]
    events = [what for who, what, which in recorded(server) if who == ADMINISTRATOR and "beheerronde" in which]
    assert events[-1] == "access open"
    assert administrator.get(f"{PAGES}/round/{number}/delete/").status_code == 403


def test_a_page_refuses_what_the_command_refuses(server: Server, administrator: Browser) -> None:
    form = {"name": "dubbel", "practice": "oefenset-1", "clips": [MEAL], "raters": [ANNA]}
    answer = administrator.post(f"{PAGES}/round/add/", **form)
    assert f"{ANNA} has clip {MEAL} in round oefenronde already" in answer.text
    assert "dubbel" not in rounds(server)


def test_a_family_page_says_who_can_see_it_and_changes_nothing(administrator: Browser) -> None:
    page = administrator.get(f"{PAGES}/family/F-0001/change/").text
    assert "begeleider@vib.example (counsellor): family assigned on" in page
    assert "rater in round oefenronde" in page
    assert 'name="_save"' not in page
