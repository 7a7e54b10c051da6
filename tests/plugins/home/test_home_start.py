"""The front door: what the plugins have to say to who looks, in order, and the ways to the pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from types import SimpleNamespace
from typing import Any
from unittest import mock

from tests.plugins.access.inside import World, inside
from vib.hookspecs import hookimpl
from vib.language import Language
from vib.panel import Panel
from vib.pluginhost import PluginHost

HOSTILE = """<script>alert(1)</script>"' {{ 7 }}"""


@contextmanager
def a_plugin(panels: Callable[[int], Any]) -> Iterator[None]:
    """Have one more plugin, of a third party, with something to say."""
    from django.conf import settings

    @hookimpl
    def vib_panels(user: int, language: Language) -> Any:
        return panels(user)

    settings.VIB_PLUGIN_HOST.add("theirs", SimpleNamespace(vib_panels=vib_panels))
    try:
        yield
    finally:
        settings.VIB_PLUGIN_HOST.remove("theirs")


def door(world: World, who: str, language: str = "en") -> str:
    answer = world.ask(who, "GET", f"/vib/?lang={language}", by="session")
    assert (answer.status, answer.forbidden) == (200, [])
    return answer.text


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


@inside
def test_panels_of_every_plugin_are_there_for_whom_they_are_and_in_their_order(world: World) -> None:
    def panels(user: int) -> list[Panel]:
        if user != world.user("vreemd"):
            return []
        last, first = Panel("last", "Their last", "<p>z</p>", 99), Panel("first", "Their first", "<p>a</p>", 1)
        return [last, first]

    with a_plugin(panels):
        page = door(world, "vreemd")
        assert 0 < page.index("Their first") < page.index("Their last")
        assert "Their first" not in door(world, "anna")
    assert "Their first" not in door(world, "vreemd")


@inside
def test_a_plugin_that_fails_takes_nothing_of_the_front_door_along(world: World) -> None:
    def fails(user: int) -> Any:
        raise RuntimeError("boom <b>")

    with a_plugin(fails):
        assert "boom" not in door(world, "anna")
        assert "theirs" not in door(world, "anna")


@inside
def test_who_has_nothing_to_do_yet_is_told_what_happens_next(world: World) -> None:
    from plugins.access.models import RoundMember

    for who in ("anna", "begeleider"):
        assert 'class="empty"' not in door(world, who)
    RoundMember.objects.filter(user=world.user("anna")).delete()
    assert "As soon as your supervisor hands out clips" in words(door(world, "anna"))
    assert "Zodra je opleider clips aan je uitdeelt" in words(door(world, "anna", "nl"))


@inside
def test_people_are_greeted_by_their_first_name_and_what_they_typed_is_text(world: World) -> None:
    anna = world.made.users["anna"]
    for name in (HOSTILE, ""):
        anna.first_name = name
        anna.save()
        page = door(world, "anna", "nl")
        assert "<script>alert" not in page
        assert f"Dag {name}".strip() in words(page)


@inside
def test_the_front_door_leads_to_the_clips_and_to_the_pages_that_say_what_they_are_for(world: World) -> None:
    for who, comparing in (("anna", False), ("opleider", True)):
        links = set(re.findall(r'<h3><a href="([^"]+)"', door(world, who)))
        assert {"/projects/", "/vib/guide/?lang=en"} <= links
        assert ("/vib/agreement/?lang=en" in links) is comparing


@inside
def test_only_an_administrator_sees_the_plugins_and_what_is_wrong_with_them(world: World) -> None:
    from django.conf import settings

    host = PluginHost(only=["guide", "interchange"])
    host.failures.note("interchange", "vib_export_formats", ImportError("no <named> that"))
    with mock.patch.object(settings, "VIB_PLUGIN_HOST", host):
        for who in ("anna", "opleider", "begeleider"):
            assert not re.search("interchange|ImportError", door(world, who))
        shown = words(door(world, "beheer"))
    assert "interchange vib_export_formats ImportError: no <named> that" in shown
    assert "guide works built in" in shown
