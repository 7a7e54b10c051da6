"""What the tests of rounds ask: pages as somebody signed in sees them."""

from __future__ import annotations

from urllib.parse import quote

from tests.plugins.access.inside import Answer, World

INDEX = "/vib/rounds/"


def page_of(name: str) -> str:
    return f"{INDEX}{quote(name)}/"


def see(world: World, who: str, name: str, language: str = "en") -> Answer:
    """Return the page of a round."""
    return world.ask(who, "GET", f"{page_of(name)}?lang={language}", by="session")


def do(world: World, who: str, name: str, doing: str, **fields: object) -> Answer:
    """Send a form of the page of a round; return the page that comes after it, as a browser shows it."""
    from django.test import Client

    client = Client(raise_request_exception=False, headers={"Accept-Language": "en"})
    client.cookies.load(world.open_session(who)["Cookie"])
    found = client.post(page_of(name), {"do": doing, **fields}, follow=True)
    return Answer(found.status_code, found.content.decode(), dict(found.headers))


def panels(world: World, who: str) -> str:
    """Return what this plugin says on the front door."""
    from plugins.access.narrowing import look_as
    from plugins.rounds.panels import panels_of

    look_as(world.viewer(who))
    return " ".join(f"{panel.heading} {panel.content}" for panel in panels_of(world.user(who), "en"))
