"""What each person chooses once: the language, the colours and the time zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from unittest import mock

from tests.plugins.access.inside import Answer, World, inside

PAGE, LANGUAGE = "/vib/account/", "/vib/account/language"
HTML = {"Accept": "text/html"}
NOON = datetime(2027, 1, 31, 12, 0, tzinfo=UTC)


def send(world: World, who: str, address: str, came: str = "", **fields: str) -> Answer:
    """Send a form, as a browser does from the page `came`."""
    from urllib.parse import urlencode

    headers = {"Origin": "http://testserver", **({"Referer": came} if came else {})}
    form = "application/x-www-form-urlencoded"
    return world.ask(who, "POST", address, urlencode(fields), kind=form, by="session", headers=headers)


def choose(world: World, who: str, language: str = "", theme: str = "", zone: str = "Europe/Amsterdam") -> None:
    answer = send(world, who, PAGE, language=language, theme=theme, time_zone=zone)
    assert (answer.status, answer.headers["Location"]) == (302, f"{PAGE}#_done")


def see(world: World, who: str, address: str = PAGE, **headers: str) -> str:
    answer = world.ask(who, "GET", address, by="session", headers={**HTML, **headers})
    assert (answer.status, answer.forbidden) == (200, [])
    return answer.text


def html_tag(text: str) -> str:
    """Return how a page begins, without what Label Studio has there for itself."""
    found = re.search('<html lang="[^"]*"( data-theme="[^"]*")?', text)
    assert found
    return f"{found[0]}>"


@inside
def test_what_somebody_chose_holds_on_every_page_and_for_nobody_else(world: World) -> None:
    assert html_tag(see(world, "anna")) == '<html lang="en">'
    choose(world, "anna", "nl", "dark")
    for address in (PAGE, "/vib/", "/vib/guide/", "/projects/"):
        assert html_tag(see(world, "anna", address)) == '<html lang="nl" data-theme="dark">'
    assert html_tag(see(world, "bram")) == '<html lang="en">'
    choose(world, "anna")
    assert html_tag(see(world, "anna")) == '<html lang="en">'


@inside
def test_the_address_comes_before_the_account_and_the_account_before_the_browser(world: World) -> None:
    choose(world, "anna", "nl")
    assert html_tag(see(world, "anna", **{"Accept-Language": "en"})) == '<html lang="nl">'
    assert html_tag(see(world, "anna", f"{PAGE}?lang=en", **{"Accept-Language": "nl"})) == '<html lang="en">'
    assert html_tag(see(world, "anna", f"{PAGE}?lang=fr", **{"Accept-Language": "en"})) == '<html lang="nl">'
    assert html_tag(see(world, "bram", **{"Accept-Language": "nl"})) == '<html lang="nl">'


@inside
def test_a_language_chosen_in_the_header_is_kept_and_leads_back_without_the_other(world: World) -> None:
    header = see(world, "anna", "/vib/guide/?lang=en").partition("</header>")[0]
    assert f'<form class="vib-languages" method="post" action="{LANGUAGE}"' in header
    answer = send(world, "anna", LANGUAGE, "http://testserver/vib/guide/?lang=en&q=a%26b", language="nl")
    assert (answer.status, answer.headers["Location"]) == (302, "/vib/guide/?q=a%26b")
    assert html_tag(see(world, "anna", "/vib/guide/")) == '<html lang="nl">'


@inside
def test_choosing_a_language_leads_to_no_other_site(world: World) -> None:
    for came in ("", "http://elsewhere.example/vib/", "http://testserver.elsewhere.example/", "javascript:alert(1)"):
        assert send(world, "anna", LANGUAGE, came, language="nl").headers["Location"] == "/vib/"
    for path in ("//elsewhere.example/", "/\\elsewhere.example/"):
        answer = send(world, "anna", LANGUAGE, f"http://testserver{path}", language="nl")
        assert answer.headers["Location"] in ("/elsewhere.example/", "/vib/")


@inside
def test_choosing_a_language_leaves_colours_and_time_zone_as_they_were(world: World) -> None:
    choose(world, "anna", "en", "dark", "Asia/Tokyo")
    send(world, "anna", LANGUAGE, language="nl")
    page = see(world, "anna")
    assert html_tag(page) == '<html lang="nl" data-theme="dark">'
    assert "<option selected>Asia/Tokyo</option>" in page


@inside
def test_who_is_not_signed_in_chooses_a_language_by_a_link_and_keeps_nothing(world: World) -> None:
    from plugins.host.models import Preferences

    assert 'hreflang="nl"' in world.ask("", "GET", "/user/login/", by="").text
    assert world.ask("", "POST", LANGUAGE, b"language=nl", kind="application/x-www-form-urlencoded", by="").status in (
        302,
        401,
    )
    assert not Preferences.objects.exists()


@inside
def test_what_is_none_of_the_choices_is_refused_and_nothing_is_kept(world: World) -> None:
    from plugins.host.models import Preferences

    right = {"language": "nl", "theme": "dark", "time_zone": "Europe/Amsterdam"}
    wrong: dict[str, tuple[str, ...]] = {
        "language": ("fr", "NL"),
        "theme": ("neon",),
        "time_zone": ("", "Mars/Olympus", "../../etc/passwd", "<script>"),
    }
    for name, values in wrong.items():
        for value in values:
            answer = send(world, "anna", PAGE, **{**right, name: value})
            assert answer.status == 400, (name, value)
            assert "is none of the choices" in answer.text
            assert "<script>" not in answer.text
    assert send(world, "anna", LANGUAGE, language="fr").status == 400
    assert not Preferences.objects.exists()


@inside
def test_a_choice_is_said_to_be_kept_in_the_language_that_was_chosen(world: World) -> None:
    from django.test import Client

    client = Client(headers={"Accept-Language": "en"})
    client.cookies.load(world.open_session("anna")["Cookie"])
    answer = client.post(PAGE, {"language": "nl", "theme": "", "time_zone": "Europe/Amsterdam"}, follow=True)
    assert "Bewaard." in answer.content.decode()
    assert "Bewaard." not in client.get(PAGE).content.decode()


def opened(world: World, who: str) -> str:
    """Return how the page of an open round says when it was opened."""
    found = re.search("opened on [^<·]*|geopend op [^<·]*", see(world, who, "/vib/rounds/ronde/"))
    assert found
    return found[0].strip()


@inside
def test_times_on_pages_are_in_the_time_zone_of_who_looks(world: World) -> None:
    from django.utils import timezone

    from plugins.access.models import Round

    Round.objects.filter(name="ronde").update(opened_at=NOON.replace(hour=23, minute=30))
    assert "1 February 2027" in opened(world, "anna")
    choose(world, "anna", zone="America/New_York")
    assert "31 January 2027" in opened(world, "anna")
    assert "1 February 2027" in opened(world, "bram")
    assert timezone.get_current_timezone_name() == "UTC"
    with mock.patch("plugins.account.views.timezone.now", return_value=NOON):
        for zone, said in (("America/New_York", "07:00"), ("Europe/Amsterdam", "13:00"), ("Asia/Tokyo", "21:00")):
            choose(world, "anna", zone=zone)
            assert f"There it is now 31 January 2027, {said}." in see(world, "anna")


@inside
def test_times_of_the_administration_pages_are_in_that_time_zone_too(world: World) -> None:
    from plugins.signin.models import Invitation

    Invitation.objects.create(email="new@vib.example", role="trainee", made_at=NOON, expires=NOON)
    address = "/admin/vib_signin/invitation/"
    assert "1 p.m." in see(world, "beheer", address)
    choose(world, "beheer", "en", zone="Asia/Tokyo")
    assert "9 p.m." in see(world, "beheer", address)


@inside
def test_programs_read_times_in_utc_whatever_their_owner_chose(world: World) -> None:
    choose(world, "anna", zone="Asia/Tokyo")
    task = world.ask("anna", "GET", f"/api/tasks/{world.task('toren')}/").json
    assert task["created_at"].endswith("Z")


@inside
def test_a_time_zone_that_is_gone_leaves_the_pages_readable(world: World) -> None:
    from plugins.host.models import Preferences

    Preferences.objects.create(user_id=world.user("anna"), time_zone="Mars/Olympus", theme="neon", language="fr")
    page = see(world, "anna")
    assert html_tag(page) == '<html lang="en">'
    assert "<option selected>Europe/Amsterdam</option>" in page


@inside
def test_preferences_cost_a_page_one_question_of_the_database(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    choose(world, "anna", "nl", "dark", "Asia/Tokyo")
    for who in ("anna", "bram"):
        with CaptureQueriesContext(connection) as queries:
            see(world, who, "/vib/")
        asked = [query["sql"] for query in queries if "vib_host_preferences" in query["sql"]]
        assert len(asked) == 1, asked


@inside
def test_preferences_go_with_the_account(world: World) -> None:
    from plugins.host.models import Preferences

    choose(world, "vreemd", "nl")
    world.made.users["vreemd"].delete()
    assert not Preferences.objects.exists()


@inside
def test_without_this_plugin_languages_are_links(world: World) -> None:
    from plugins.host.page_registry import REGISTRY

    registry: Any = mock.Mock(wraps=REGISTRY)
    registry.way.side_effect = lambda *_: ""
    with mock.patch("plugins.host.shell.REGISTRY", registry):
        header = see(world, "anna", "/vib/").partition("</header>")[0]
    assert 'hreflang="nl"' in header
    assert "<form" not in header
