"""Label Studio's own pages within the shell."""

from __future__ import annotations

from tests.plugins.access.inside import World, inside

CODING = "vib/frame_coding.css"
HEADER = '<header class="vib-header">'


@inside
def test_who_codes_has_our_header_once_and_without_what_is_not_for_coding(world: World) -> None:
    for who in ("anna", "begeleider", "opleider"):
        answer = world.ask(who, "GET", "/projects/", by="session")
        assert answer.text.count(HEADER) == 1, who
        assert CODING in answer.text, who
        assert 'class="app-wrapper" id="_main"' in answer.text, who


@inside
def test_an_administrator_keeps_label_studios_menu_below_our_header(world: World) -> None:
    answer = world.ask("beheer", "GET", "/projects/", by="session")
    assert answer.text.count(HEADER) == 1
    assert CODING not in answer.text


@inside
def test_a_page_says_the_language_of_who_looks(world: World) -> None:
    for language in ("nl", "en"):
        answer = world.ask("anna", "GET", "/projects/", by="session", headers={"Accept-Language": language})
        assert answer.text.count(f'<html lang="{language}"') == 1
        assert answer.headers["Content-Language"] == language


@inside
def test_the_colours_are_known_before_label_studio_looks_for_them(world: World) -> None:
    text = world.ask("anna", "GET", "/projects/", by="session").text
    assert 0 < text.index("vib/frame.js") < text.index('getItem("preferred-color-scheme")')


@inside
def test_what_is_no_page_of_the_application_stays_as_it_is(world: World) -> None:
    assert world.ask("", "GET", "/user/login/", by="").text.count(HEADER) == 1
    assert HEADER not in world.ask("anna", "GET", "/api/projects/").text


@inside
def test_everybody_is_led_past_label_studios_home(world: World) -> None:
    for who in ("beheer", "anna"):
        answer = world.ask(who, "GET", "/?lang=nl", by="session")
        assert (answer.status, answer.headers["Location"]) == (302, "/vib/?lang=nl"), who
