"""Who gets Label Studio's pages with the script that puts them into Dutch."""

from __future__ import annotations

from tests.plugins.access.inside import World, inside

SCRIPT = "vib_words/main.js"


@inside
def test_who_reads_dutch_gets_the_script_on_label_studios_pages_and_nobody_else(world: World) -> None:
    for language, number in (("nl", 1), ("en", 0), ("de, nl;q=0.5", 1)):
        answer = world.ask("anna", "GET", "/projects/", by="session", headers={"Accept-Language": language})
        assert answer.text.count(SCRIPT) == number, language


@inside
def test_a_page_of_ours_which_is_in_dutch_by_itself_has_no_script_for_it(world: World) -> None:
    for page in ("/vib/", "/user/login/"):
        assert SCRIPT not in world.ask("anna", "GET", page, by="session", headers={"Accept-Language": "nl"}).text


@inside
def test_what_is_no_page_stays_as_it_is(world: World) -> None:
    assert SCRIPT not in world.ask("anna", "GET", "/api/projects/", headers={"Accept-Language": "nl"}).text
