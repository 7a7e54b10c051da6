"""What an administrator is told on the front door: who there is, and how every part of the installation is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from types import SimpleNamespace

from tests.plugins.access.inside import World, inside
from tests.plugins.proposals.inside_proposals import backend
from vib.health import Condition, Health
from vib.hookspecs import hookimpl
from vib.language import Text
from vib.problem import InputProblem

WORKS = {"version": "1.2.3", "queue": {"queued": 3, "working": 1, "done": 40}, "workers": 1}
GIGABYTE = 1_000_000_000


def told(world: World, who: str = "beheer", language: str = "en") -> dict[str, str]:
    """Return the rows of the front door's tables by their first cell, in words."""
    answer = world.ask(who, "GET", f"/vib/?lang={language}", by="session")
    assert (answer.status, answer.forbidden) == (200, [])
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", answer.text, re.DOTALL):
        name, *cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        found[words(name)] = words(" ".join(cells))
    return found


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def panels(world: World, who: str) -> list[str]:
    from plugins.home.managing import panels_of

    return [panel.name for panel in panels_of(world.user(who), "en")]


@inside
def test_an_administrator_is_told_how_many_people_have_each_role_and_how_many_none(world: World) -> None:
    from plugins.home.managing import panels_of

    def people() -> str:
        return words(panels_of(world.user("beheer"), "en")[0].content)

    assert people().startswith("administrator: 2 · supervisor: 2 · counsellor: 3 · trainee: 3 · without a role yet: 1 ")
    world.made.users["opleider2"].is_active = False
    world.made.users["opleider2"].save()
    assert "supervisor: 1 " in people()


@inside
def test_only_administrators_are_told_who_there_is_and_how_the_installation_is(world: World) -> None:
    assert panels(world, "beheer") == ["people", "installation"]
    for who in ("opleider", "begeleider", "anna", "nieuw"):
        assert panels(world, who) == []


@inside
def test_a_backend_that_does_not_answer_is_said_to_and_so_is_one_that_nobody_works_for(world: World) -> None:
    assert told(world)["Cutting"].startswith("does not work The ML backend does not answer")
    with backend() as other:
        for health, said in (
            (WORKS, "works The ML backend 1.2.3 works."),
            (WORKS | {"workers": 0}, "does not work The ML backend 1.2.3 answers, but nobody cuts: no worker runs."),
            ({"version": 3}, "does not work The ML backend does not answer"),
        ):
            other.health = health
            assert told(world)["Cutting"].startswith(said)


@inside
def test_the_queue_is_told_in_numbers_and_what_could_not_be_cut_asks_for_a_look(world: World) -> None:
    with backend() as other:
        other.health = WORKS
        assert told(world)["Queue"] == "works 3 wait, 1 are being cut, 40 done."
        other.health = WORKS | {"queue": {"failed": 2, "dead": 1}}
        assert told(world)["Queue"].startswith("have a look 0 wait, 0 are being cut, 0 done, 3 not possible: ")
        assert "3 niet gelukt" in told(world, language="nl")["Wachtrij"]


@inside
def test_a_plugin_in_which_something_went_wrong_is_named(world: World) -> None:
    from django.conf import settings

    host = settings.VIB_PLUGIN_HOST
    assert re.fullmatch(r"works All \d+ work\.", told(world)["Plugins"])
    host.failures.note("interchange", "vib_export_formats", ImportError("no such module"))
    try:
        assert told(world)["Plugins"] == "have a look Something went wrong in interchange; what it was is below."
    finally:
        host.failures._noted.clear()


@inside
def test_a_part_of_a_third_partys_plugin_is_told_beside_ours_and_what_it_says_is_text(world: World) -> None:
    from django.conf import settings

    @hookimpl
    def vib_health() -> Sequence[Health]:
        return [Health(Text(nl="Printer", en="Printer"), "wrong", Text(nl="op", en="out of <paper>"))]

    settings.VIB_PLUGIN_HOST.add("theirs", SimpleNamespace(vib_health=vib_health))
    try:
        answer = world.ask("beheer", "GET", "/vib/?lang=en", by="session").text
        assert told(world)["Printer"] == "does not work out of <paper>"
        assert "out of &lt;paper&gt;" in answer
    finally:
        settings.VIB_PLUGIN_HOST.remove("theirs")
    assert "Printer" not in told(world)


@inside
def test_a_disk_that_fills_up_is_told_before_it_is_full(world: World) -> None:
    from plugins.home.condition import disk

    cases: tuple[tuple[int, int, Condition, str], ...] = (
        (100 * GIGABYTE, 40 * GIGABYTE, "good", "40 GB of 100 GB free."),
        (20 * GIGABYTE, 5 * GIGABYTE, "good", "5 GB of 20 GB free."),
        (100 * GIGABYTE, 5 * GIGABYTE, "attention", "Only 5 GB of 100 GB free: "),
        (100 * GIGABYTE, GIGABYTE - 1, "wrong", "Only 999 MB of 100 GB free: "),
    )
    for total, free, condition, said in cases:
        found = disk(total, free)
        assert (found.condition, found.said.en[: len(said)]) == (condition, said)
    assert "GB" in told(world)["Disk"]


@inside
def test_database_mail_and_audit_log_are_told(world: World) -> None:
    said = told(world)
    assert re.fullmatch(r"works SQLite, \d+ [kM]B\.", said["Database"])
    assert said["Mail"].startswith("works No mail server is set (VIB_MAIL)")
    assert re.match(r"works \d+ lines; ", said["Audit log"])


@inside
def test_a_log_that_cannot_be_read_is_told(world: World) -> None:
    from unittest import mock

    from django.conf import settings

    from plugins.audit.condition import part
    from plugins.audit.log import Log

    problem = InputProblem("audit", nl="is beschadigd", en="is damaged")
    with mock.patch.object(Log, "snapshot", side_effect=problem):
        found = part(Log(settings.VIB.data))
    assert (found.condition, found.said.en) == ("wrong", "is damaged")


@inside
def test_the_front_door_of_an_administrator_asks_few_queries_however_many_people_there_are(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from users.models import User

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            told(world)
        return len(queries)

    asked()
    before = asked()
    User.objects.bulk_create(User(email=f"n{number}@vib.example", username=f"n{number}") for number in range(200))
    assert asked() == before
    assert before < 60
