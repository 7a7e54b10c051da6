"""The administration pages hand out by the same rules as `vib access`, and show nothing of what was coded."""

from __future__ import annotations

import html
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

    def __init__(self, server: Server, role: str, language: str = "en") -> None:
        account = server.account(role)
        headers = {"Accept-Language": language}
        self.client = httpx.Client(base_url=server.url, timeout=60, follow_redirects=True, headers=headers)
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


@pytest.fixture
def beheerder(server: Server) -> Iterator[Browser]:
    """Open the pages as an administrator whose browser asks for Dutch."""
    browser = Browser(server, "administrator", "nl-NL,nl;q=0.9,en;q=0.5")
    yield browser
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


def shown(page: str) -> str:
    """Return the words of a page: what is between its tags."""
    text = re.sub(r"(?s)<(script|style).*?</\1>|<!--.*?-->|<[^>]*>", " ", page)
    return " ".join(html.unescape(text).split())


DUTCH = {
    "familygrant/": ["Toewijzingen", "Gezin", "Account", "Toegewezen op", "Neem de gekozen gezinnen terug"],
    "familygrant/add/": ["toewijzing toevoegen", "Account:", "Gezin:", "Alleen accounts waarvan de rol", "(VIB-er)"],
    "family/": ["Gezinnen", "Pseudoniem", "Toegewezen aan"],
    "family/F-0001/change/": ["Wie het kan zien:", "(VIB-er): gezin toegewezen op", "codeur in ronde oefenronde"],
    "round/": ["Rondes", "Oefenset", "Codeurs", "Clips", "Beurten getoond", "Open: codeurs zien elkaars codes"],
    "round/add/": ["Naam:", "Oefenset:", "Opleiders:", "Zij zien geen code van elkaar", "Codeurs zien de voorgestelde"],
}
ENGLISH = {
    "familygrant/": ["Assignments", "Family", "Account", "Assigned at", "Take the selected families away"],
    "familygrant/add/": ["Add assignment", "Account:", "Family:", "Only accounts whose role", "(counsellor)"],
    "family/": ["Families", "Pseudonym", "Assigned to"],
    "family/F-0001/change/": ["Who can see it:", "(counsellor): family assigned on", "rater in round oefenronde"],
    "round/": ["Rounds", "Practice set", "Raters", "Clips", "Turns shown", "Open: raters see each other's codes"],
    "round/add/": [
        "Name:",
        "Practice set:",
        "Supervisors:",
        "They see no code of each other",
        "Raters see the suggested",
    ],
}


@pytest.mark.parametrize("page", DUTCH)
def test_a_page_is_in_the_language_of_the_browser(administrator: Browser, beheerder: Browser, page: str) -> None:
    dutch, english = (browser.get(f"{PAGES}/{page}") for browser in (beheerder, administrator))
    assert [words for words in DUTCH[page] if words not in shown(dutch.text)] == []
    assert [words for words in ENGLISH[page] if words not in shown(english.text)] == []
    assert [words for words in ENGLISH[page] if words not in DUTCH[page] and words in shown(dutch.text)] == []
    assert (dutch.headers["Content-Language"], english.headers["Content-Language"]) == ("nl", "en")


def test_what_a_page_did_or_refused_is_said_in_the_language_of_the_browser(beheerder: Browser) -> None:
    form = {"account": ADMINISTRATOR, "assigned": "F-0002"}
    done = beheerder.post(f"{PAGES}/familygrant/add/", **form).text
    assert "vib.example heeft nu gezin F-0002." in done
    assert f"{ADMINISTRATOR} had gezin F-0002 al" in beheerder.post(f"{PAGES}/familygrant/add/", **form).text
    beheerder.post(f"{PAGES}/familygrant/", action="take_away", _selected_action=row(done, ADMINISTRATOR, "F-0002"))
    doubled = {"name": "dubbel", "practice": "oefenset-1", "clips": [MEAL], "raters": [ANNA]}
    refused = beheerder.post(f"{PAGES}/round/add/", **doubled)
    assert f"{ANNA} heeft clip {MEAL} al in ronde oefenronde" in shown(refused.text)


def test_invitations_are_listed_in_the_language_of_the_browser(beheerder: Browser, administrator: Browser) -> None:
    page = "/admin/vib_signin/invitation/"
    assert "uitnodigingen" in shown(beheerder.get(page).text)
    assert "invitations" in shown(administrator.get(page).text)


def test_what_programs_are_told_stays_english_for_a_dutch_browser_and_pages_do_not(
    beheerder: Browser,
) -> None:
    answer = beheerder.get("/api/users/999999/")
    assert (answer.status_code, answer.json()["detail"]) == (404, "No User matches the given query.")
    page = beheerder.get("/projects/")
    assert (page.headers["Content-Language"], '<html lang="nl"' in page.text) == ("nl", True)
