"""Guessing at passwords and tokens takes too long, and locks nobody else out."""

from __future__ import annotations

import re
import sqlite3
import time

import pytest

from tests.plugins.signin.conftest import Studio, Visitor

LOGINS = ["/user/login/", "/api-auth/login/"]


def fail(visitor: Visitor, times: int, email: str, path: str = "/user/login/") -> list[int]:
    return [visitor.log_in(email, f"wrong-{number}", path).status_code for number in range(times)]


@pytest.mark.parametrize("path", LOGINS)
def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(studio: Studio, path: str) -> None:
    anna, guesser = studio.account("trainee"), studio.visitor()
    assert fail(guesser, 5, anna["email"], path) == [200, 200, 200, 200, 429]
    answer = guesser.log_in(anna["email"], anna["password"], path)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60
    assert not guesser.logged_in()


def test_who_is_guessed_at_can_log_in_from_elsewhere(studio: Studio) -> None:
    anna = studio.account("trainee")
    fail(studio.visitor(), 6, anna["email"])
    elsewhere = studio.visitor()
    assert elsewhere.log_in(anna["email"], anna["password"]).status_code == 302
    assert elsewhere.logged_in()


def test_another_account_at_the_same_address_can_log_in(studio: Studio) -> None:
    visitor, bram = studio.visitor(), studio.account("trainee", 1)
    fail(visitor, 5, studio.account("trainee")["email"])
    assert visitor.log_in(bram["email"], bram["password"]).status_code == 302


@pytest.mark.parametrize(("language", "says"), [("nl", "opnieuw"), ("en", "Try again in")])
def test_the_page_says_when_to_try_again_and_not_whether_the_account_exists(
    studio: Studio, language: str, says: str
) -> None:
    pages = []
    for email in (studio.account("trainee")["email"], "nobody@vib.example"):
        visitor = studio.visitor(**{"Accept-Language": language})
        first = visitor.log_in(email, "wrong").text
        fail(visitor, 4, email)
        pages.append((re.sub(r'(csrf\w+" |email" )[^>]*', "", first), visitor.log_in(email, "wrong").text))
    assert pages[0] == pages[1]
    assert says in pages[0][1]
    assert f'lang="{language}"' in pages[0][1]


def test_a_way_of_writing_an_address_is_no_other_account(studio: Studio) -> None:
    visitor = studio.visitor()
    fail(visitor, 3, "anna@vib.example")
    assert fail(visitor, 2, " Anna@VIB.example ") == [200, 429]


def test_a_success_forgets_the_failures_before_it(studio: Studio) -> None:
    bram, visitor = studio.account("trainee", 1), studio.visitor()
    for _ in range(2):
        fail(visitor, 4, bram["email"])
        assert visitor.log_in(bram["email"], bram["password"]).status_code == 302
        visitor.cookies.clear()


def test_after_sixty_failures_an_address_can_try_no_account_at_all_and_after_twenty_it_can(studio: Studio) -> None:
    visitor, bram = studio.visitor(), studio.account("trainee", 1)
    fail(visitor, 1, "somebody@vib.example")
    for failures, answered in ((20, 302), (59, 302), (60, 429)):
        counted = "update axes_accessattempt set failures_since_start = ? where ip_address = ?"
        studio.sql(counted, failures, visitor.headers["X-Forwarded-For"])
        assert visitor.log_in(bram["email"], bram["password"]).status_code == answered
        visitor.cookies.clear()
    assert studio.visitor().log_in(bram["email"], bram["password"]).status_code == 302


@pytest.mark.nightly
def test_a_class_of_thirty_behind_one_address_gets_in_within_a_minute_each_with_one_mistake(studio: Studio) -> None:
    """The same two accounts stand for all: what is counted is logins and mistakes at one address."""
    school, pupils = studio.visitor(), [studio.account("trainee", number) for number in range(2)]
    begun = time.monotonic()
    for number in range(30):
        assert fail(school, 1, f"mistyped-{number}@vib.example") == [200]
        pupil = pupils[number % 2]
        assert school.log_in(pupil["email"], pupil["password"]).status_code == 302
        school.cookies.clear()
    assert time.monotonic() - begun < 60


def test_an_address_that_a_client_invents_is_not_believed(studio: Studio) -> None:
    anna, guesser = studio.account("trainee"), studio.visitor()
    seen_by_proxy = guesser.headers["X-Forwarded-For"]
    statuses = []
    for number in range(6):
        guesser.headers["X-Forwarded-For"] = f"198.51.100.{number}, {seen_by_proxy}"
        statuses += fail(guesser, 1, anna["email"])
    assert statuses[-1] == 429


def test_what_is_kept_of_a_failure_holds_no_password_and_is_kept_for_a_quarter_of_an_hour(studio: Studio) -> None:
    visitor = studio.visitor()
    visitor.log_in("somebody@vib.example", "a-secret-of-mine")
    kept = studio.sql("select * from axes_accessattempt where ip_address = ?", visitor.headers["X-Forwarded-For"])
    assert len(kept) == 1
    assert "a-secret-of-mine" not in str(kept)
    studio.sql("update axes_accessattempt set attempt_time = datetime('now', '-16 minutes')")
    assert fail(visitor, 4, "somebody@vib.example") == [200] * 4


def token(text: str) -> dict[str, str]:
    return {"Authorization": f"Token {text}"}


WHO = "/api/current-user/whoami"


def test_after_twenty_wrong_tokens_an_address_can_try_none(studio: Studio) -> None:
    guesser, right = studio.visitor(), studio.account("trainee")["token"]
    tried = [guesser.ask("GET", WHO, headers=token(f"{n:040x}")).status_code for n in range(20)]
    assert tried == [401] * 20
    refused = guesser.ask("GET", WHO, headers=token(right))
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert studio.visitor().ask("GET", WHO, headers=token(right)).status_code == 200


@pytest.mark.parametrize("header", ["X-Api-Key", "Authorization"])
def test_tokens_count_in_every_header_that_takes_them(studio: Studio, header: str) -> None:
    guesser = studio.visitor()
    for number in range(20):
        guesser.ask("GET", WHO, headers={header: f"Token {number:040x}"})
    assert guesser.ask("GET", WHO, headers={header: "Token nothing"}).status_code == 429


def test_refresh_tokens_count_too(studio: Studio) -> None:
    guesser = studio.visitor()
    tried = [guesser.ask("POST", "/api/token/refresh/", json={"refresh": str(n)}).status_code for n in range(21)]
    assert tried == [401] * 20 + [429]


def test_a_program_with_one_old_token_shuts_nobody_out(studio: Studio) -> None:
    visitor = studio.visitor()
    for _ in range(25):
        visitor.ask("GET", WHO, headers=token("renewed-long-ago"))
    right = token(studio.account("trainee")["token"])
    assert visitor.ask("GET", WHO, headers=right).status_code == 200


def test_what_succeeds_and_a_wrong_token_write_nothing(studio: Studio) -> None:
    visitor, right = studio.visitor(), studio.account("trainee")["token"]
    visitor.ask("GET", WHO, headers=token(right))
    with sqlite3.connect(studio.data / "label-studio" / "label_studio.sqlite3") as database:
        before = database.execute("pragma data_version").fetchone()
        for sent in (right, right, "wrong"):
            visitor.ask("GET", WHO, headers=token(sent))
        assert database.execute("pragma data_version").fetchone() == before
