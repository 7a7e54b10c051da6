"""A page of another site can change nothing here."""

from __future__ import annotations

import pytest

from tests.plugins.signin.conftest import Studio, Visitor

RENEW = "/api/current-user/reset-token/"
"""Something that Label Studio does for whoever has a session, without asking where it comes from."""


@pytest.fixture(scope="module")
def bram(studio: Studio) -> Visitor:
    account, visitor = studio.account("trainee", 1), studio.visitor()
    visitor.log_in(account["email"], account["password"])
    return visitor


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "https://evil.example", "Authorization": "Basic eDp5"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Referer": "https://evil.example/page"},
    ],
    ids=str,
)
def test_what_another_site_asks_in_somebodys_name_is_refused(bram: Visitor, headers: dict[str, str]) -> None:
    before = bram.ask("GET", "/api/current-user/token").json()
    assert bram.ask("POST", RENEW, headers=headers).status_code == 403
    assert bram.ask("DELETE", "/api/projects/1/", headers=headers).status_code == 403
    assert bram.ask("GET", "/api/current-user/token").json() == before


def test_our_own_pages_and_programs_may(bram: Visitor) -> None:
    for headers in (
        {"Origin": bram.origin},
        {"Sec-Fetch-Site": "same-origin"},
        {"Referer": f"{bram.origin}/user/account"},
        {},
    ):
        assert bram.ask("POST", RENEW, headers=headers).status_code == 201


def test_a_token_without_a_session_may_come_from_anywhere(studio: Studio) -> None:
    headers = {"Origin": "https://elsewhere.example", "Authorization": f"Token {studio.account('counsellor')['token']}"}
    assert studio.visitor().ask("POST", RENEW, headers=headers).status_code == 201


def test_no_other_site_is_told_that_it_may_read_answers(studio: Studio) -> None:
    answer = studio.visitor().ask("GET", "/api/projects/", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers
