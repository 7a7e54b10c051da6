"""What is answered in place of a page: ours, in both languages, without the database where that is away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from tests.plugins.access.inside import World, inside

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
NOWHERE = ("/vib/nothing-here/", "/nothing-here", "/projects/987654321/nothing/")
SAID = {400: "klopt niet", 403: "Niet toegestaan", 404: "Deze pagina is er niet", 500: "iets mis", 503: "zo terug"}
STRANGE = re.compile("label.?studio|heidi|uh oh", re.IGNORECASE)


def check_page(text: str, language: str = "nl") -> None:
    """Find our shell, and nothing of Label Studio's."""
    assert f'<html lang="{language}"' in text
    assert 'class="vib-header"' in text
    assert "<h1>" in text
    assert not STRANGE.search(text)


@contextmanager
def raising(error: Exception) -> Iterator[None]:
    """Have the front door fail."""
    with mock.patch("plugins.home.views.panels_for", side_effect=error):
        yield


@inside
def test_an_address_that_leads_nowhere_is_a_page_of_ours_for_people_and_json_for_programs(world: World) -> None:
    for by, who in (("", ""), ("session", "anna")):
        for address in NOWHERE:
            for language in ("nl", "en"):
                answer = world.ask(who, "GET", f"{address}?lang={language}", by=by, headers=HTML)
                assert answer.status == 404
                check_page(answer.text, language)
                assert ("vib-menu" in answer.text) is (by == "session")
            assert world.ask(who, "GET", address, by=by).json["status_code"] == 404
    api = world.ask("anna", "GET", "/api/nothing-here/", by="session", headers=HTML)
    assert (api.status, set(api.json)) == (404, {"status_code", "detail"})


@inside
def test_what_a_view_raises_is_a_page_of_ours_that_tells_nothing_of_it(world: World) -> None:
    from django.core.exceptions import PermissionDenied, SuspiciousOperation
    from django.db import OperationalError
    from django.http import Http404

    raised = {
        400: SuspiciousOperation("secret"),
        403: PermissionDenied("secret"),
        404: Http404("secret"),
        500: RuntimeError("secret"),
        503: OperationalError("secret"),
    }
    for status, error in raised.items():
        with raising(error):
            page = world.ask("anna", "GET", "/vib/?lang=nl", by="session", headers=HTML)
            program = world.ask("anna", "GET", "/vib/?lang=nl", by="session")
        assert (page.status, program.status) == (status, status)
        check_page(page.text)
        assert SAID[status] in page.text
        assert "secret" not in page.text + program.text
        assert program.json["status_code"] == status
        assert ("Retry-After" in page.headers) is (status == 503)
        assert ('href=""' in page.text) is (status >= 500)


@inside
def test_while_the_database_is_away_people_are_told_so_and_nothing_is_asked_of_it(world: World) -> None:
    from django.db import OperationalError, connection
    from django.test import Client

    def away(*_: Any) -> Any:
        raise OperationalError("the database is away")

    client = Client(raise_request_exception=False, headers={**HTML, **world.open_session("anna")})
    for address in ("/vib/", "/projects/", "/vib/nothing-here/", "/vib/guide/"):
        with connection.execute_wrapper(away):
            answer = client.get(f"{address}?lang=nl")
        assert answer.status_code == 503
        check_page(answer.content.decode())
        assert SAID[503] in answer.content.decode()
    # With a session that is signed, even who is signed in comes back to where they were.
    assert client.get("/vib/?lang=nl").status_code == 200


@inside
def test_a_form_without_proof_of_our_page_is_refused_in_words(world: World) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True, headers={**HTML, "Accept-Language": "nl"})
    answer = client.post("/user/login/", {"email": "anna@vib.example", "password": "x"})
    assert answer.status_code == 403
    check_page(answer.content.decode())
    assert "laad de pagina opnieuw" in answer.content.decode()
    assert "Er is niets veranderd" in answer.content.decode()


@inside
def test_what_is_refused_before_anybody_knows_who_asks_is_a_page_too(world: World) -> None:
    from django.test import Client

    sent = {**HTML, "Accept-Language": "nl", **world.open_session("anna")}
    client = Client(headers=sent)
    large = client.generic("POST", "/user/account/", b"x", CONTENT_LENGTH=str(10**9))
    packed = client.post("/user/account/", headers={"Content-Encoding": "gzip"})
    elsewhere = client.post("/user/account/", headers={"Origin": "https://evil.example"})
    assert [one.status_code for one in (large, packed, elsewhere)] == [413, 415, 403]
    for one in (large, packed, elsewhere):
        check_page(one.content.decode())
    program = Client().generic("POST", "/api/projects/", b"x", CONTENT_LENGTH=str(10**9))
    assert json.loads(program.content)["status_code"] == 413
