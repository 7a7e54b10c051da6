"""What nginx answers itself while the server behind it is away, and where too much is sent: in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from plugins.host.body_limits import ANONYMOUS, ORDINARY
from tests.conftest import free_port
from tests.deploy.test_nginx_media import HEADERS, nginx
from tests.deploy.test_nginx_slow import one_worker

PEOPLE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SESSION = {"Cookie": "sessionid=x"}
AWAY = (502, "We zijn zo terug", "We will be right back")
LARGE = (413, "Dit is te groot", "This is too large")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run nginx as it is deployed, before a server that is away."""
    folder = tmp_path_factory.mktemp("away")
    with one_worker(folder) as there:
        away = replace(there, url=f"http://127.0.0.1:{free_port()}")
        with nginx(away, folder) as running:
            yield running.url


@pytest.mark.parametrize(
    ("method", "headers", "size", "said"),
    [
        ("GET", {}, 0, AWAY),
        ("POST", SESSION, 10, AWAY),
        ("POST", {}, ANONYMOUS + 1, LARGE),
        ("POST", SESSION, ORDINARY + 1, LARGE),
    ],
)
def test_people_are_told_in_both_languages_and_programs_in_json(
    site: str, method: str, headers: dict[str, str], size: int, said: tuple[int, str, str]
) -> None:
    status, *words = said
    sent = {"headers": {**headers, **PEOPLE}, "content": b"x" * size}
    page = httpx.request(method, f"{site}/vib/rounds/", **sent)  # type: ignore[arg-type]  # of two kinds
    assert (page.status_code, page.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert [word for word in words if word not in page.text] == []
    assert 'lang="nl"' in page.text
    assert '<section lang="en">' in page.text
    assert "nginx" not in page.text
    assert {name: len(page.headers.get_list(name)) for name in HEADERS} == dict.fromkeys(HEADERS, 1)

    for address, accepted in (("/vib/rounds/", "*/*"), ("/api/users/", PEOPLE["Accept"])):
        sent["headers"] = {**headers, "Accept": accepted}
        program = httpx.request(method, f"{site}{address}", **sent)  # type: ignore[arg-type]  # as above
        assert program.status_code == status
        assert program.json()["status_code"] == status


def test_who_tries_to_sign_in_too_often_is_asked_to_wait(site: str) -> None:
    with httpx.Client(headers=PEOPLE) as browser:
        answers = [browser.post(f"{site}/user/login/", data={"email": "a"}) for _ in range(100)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert "Even wachten" in refused[0].text
    assert "Please wait" in refused[0].text
