"""The log of changes keeps each change once, in order, of one tab at a time, and shows nobody else's."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.plugins.access.inside import Answer, World, inside

ONE, OTHER = str(uuid4()), str(uuid4())
AT = "2026-11-29T12:00:00.000Z"


def turn(name: str, start: float = 1.0) -> dict[str, Any]:
    """Return a result that fits the interface of the scenario."""
    value = {"start": start, "end": start + 1, "channel": 0, "labels": ["kind"]}
    return {"id": name, "from_name": "turn", "to_name": "audio", "type": "labels", "value": value}


class Page:
    """A tab in which somebody codes."""

    def __init__(self, world: World, who: str = "anna", task: str = "toren", client: str = ONE, **more: Any) -> None:
        self.world, self.who, self.client, self.more = world, who, client, more
        self.address = f"/vib/coding/tasks/{world.task(task)}"

    def read(self, query: str = "") -> Answer:
        return self.world.ask(self.who, "GET", f"{self.address}/work?client={self.client}{query}")

    def post(self, what: str, **content: Any) -> Answer:
        sent = {"client": self.client, **self.more, **content}
        return self.world.ask(self.who, "POST", f"{self.address}/{what}", sent)

    def begin(self, *start: dict[str, Any]) -> Answer:
        return self.post("work", start=list(start))

    def add(self, after: int, *changes: list[dict[str, Any]]) -> Answer:
        numbered = [
            {"number": after + 1 + place, "at": AT, "operations": operations}
            for place, operations in enumerate(changes)
        ]
        return self.post("changes", after=after, changes=numbered)


@inside
def test_what_was_kept_is_there_after_the_tab_is_gone(world: World) -> None:
    page = Page(world)
    assert page.read().json == {"start": None, "last": 0, "changes": [], "holder": None, "submitted": False}
    assert page.begin(turn("a")).status == 201
    assert page.add(0, [{"put": turn("b")}], [{"remove": ["a", "turn"]}]).json == {"last": 2}
    found = Page(world, client=OTHER).read().json
    assert found["start"] == [turn("a")]
    assert [change["operations"] for change in found["changes"]] == [[{"put": turn("b")}], [{"remove": ["a", "turn"]}]]
    assert (found["last"], found["holder"]["client"], found["holder"]["other"]) == (2, ONE, True)


@inside
def test_beginning_again_changes_nothing(world: World) -> None:
    page = Page(world)
    page.begin(turn("a"))
    page.add(0, [{"put": turn("b")}])
    again = Page(world, client=OTHER).begin(turn("c"))
    assert (again.status, again.json["start"], again.json["last"]) == (200, [turn("a")], 1)
    assert again.json["holder"]["client"] == ONE


@inside
def test_changes_that_are_sent_again_are_there_once(world: World) -> None:
    page = Page(world)
    page.begin()
    assert page.add(0, [{"put": turn("a")}]).json == {"last": 1}
    assert page.add(0, [{"put": turn("a")}], [{"put": turn("b")}]).json == {"last": 2}
    assert page.add(1, [{"put": turn("b")}]).json == {"last": 2}
    assert [change["number"] for change in page.read().json["changes"]] == [1, 2]


@inside
def test_another_change_with_the_same_number_and_one_after_a_gap_are_refused(world: World) -> None:
    page = Page(world)
    page.begin()
    page.add(0, [{"put": turn("a")}])
    other, gap = page.add(0, [{"put": turn("b")}]), page.add(2, [{"put": turn("b")}])
    assert [(one.status, one.json["why"], one.json["last"]) for one in (other, gap)] == [
        (409, "differs", 1),
        (409, "gap", 1),
    ]
    assert page.read().json["changes"][0]["operations"] == [{"put": turn("a")}]


@inside
def test_one_tab_holds_a_work_until_another_takes_it(world: World) -> None:
    first, second = Page(world), Page(world, client=OTHER)
    first.begin()
    assert second.add(0, [{"put": turn("b")}]).json["why"] == "held"
    assert second.post("take").json["holder"] == {**second.read().json["holder"], "client": OTHER, "other": False}
    assert second.add(0, [{"put": turn("b")}]).status == 200
    refused = first.add(1, [{"put": turn("a")}])
    assert (refused.status, refused.json["why"], refused.json["holder"]["other"]) == (409, "held", True)


@inside
def test_the_work_on_an_annotation_is_another_than_that_on_a_new_one(world: World) -> None:
    annotation = world.code("anna", "toren")
    Page(world).begin()
    page = Page(world, annotation=annotation)
    assert page.begin(turn("a")).status == 201
    assert page.read(f"&annotation={annotation}").json["start"] == [turn("a")]
    assert page.read().json["start"] == []


@inside
def test_a_work_is_seen_and_changed_by_nobody_else(world: World) -> None:
    from plugins.coding.models import Work

    Page(world).begin(turn("a"))
    assert Page(world, "bram").read().json["start"] is None
    assert Page(world, "opleider").read().json["start"] is None
    for who, task, annotation in (
        ("carla", "toren", None),
        ("vreemd", "ontbijt", None),
        ("anna", "open", None),
        ("bram", "toren", world.code("anna", "toren")),
        ("anna", "toren", world.code("bram", "toren")),
    ):
        page = Page(world, who, task, annotation=annotation)
        query = f"&annotation={annotation}" if annotation else ""
        tried = [page.read(query), page.begin(), page.add(0, [{"put": turn("x")}]), page.post("take")]
        assert [answer.status for answer in tried] == [404] * 4, (who, task)
    assert Page(world, "nieuw").read().status == 403
    assert Work.objects.count() == 1


@inside
def test_who_is_signed_out_is_told_so_in_json(world: World) -> None:
    headers = {"Accept": "text/html,*/*"}
    for address in ("/vib/coding/alive", f"/vib/coding/tasks/{world.task('toren')}/work"):
        answer = world.ask("", "GET", address, by="", headers=headers)
        assert (answer.status, "detail" in answer.json) == (401, True)
    assert world.ask("anna", "GET", "/vib/coding/alive", by="session", headers=headers).status == 204


@inside
def test_what_does_not_fit_is_refused_with_its_place_and_nothing_is_stored(world: World) -> None:
    page = Page(world)
    page.begin()
    late, unknown = turn("b", start=1e6), {**turn("b"), "from_name": "x"}
    for operations, place in (
        ([{"put": late}], "changes[0].operations[0].put.value"),
        ([{"put": turn("a")}, {"put": unknown}], "changes[0].operations[1].put.from_name"),
        ([{"put": turn("a"), "remove": ["a", "turn"]}], "changes[0].operations[0]"),
        ([], "changes[0].operations"),
    ):
        answer = page.add(0, operations)
        assert (answer.status, answer.json["place"].startswith(place)) == (400, True), answer.text
    for text in ("1e400", '"\\ud800"', "[" * 100 + "]" * 100):
        sent = f'{{"client": "{OTHER}", "start": [{{"id": "a", "value": {text}}}]}}'
        assert world.ask("bram", "POST", f"{page.address}/work", sent).status == 400
    assert page.read().json["last"] == 0
    assert Page(world, "bram").read().json["start"] is None


@inside
def test_a_log_does_not_grow_without_end(world: World) -> None:
    from plugins.coding import log
    from plugins.host.body_limits import CODES

    page = Page(world)
    page.begin()
    most = log.MOST_BYTES
    try:
        log.MOST_BYTES = 500
        assert page.add(0, [{"put": turn("a")}]).status == 200
        assert page.add(1, *([{"put": turn(name)}] for name in "bcd")).json["why"] == "full"
        assert page.add(1, [{"put": {**turn("b"), "meta": {"text": "x" * CODES}}}]).status == 413
    finally:
        log.MOST_BYTES = most
    assert page.read().json["last"] == 1


@inside
def test_a_log_goes_with_its_task_and_with_its_person(world: World) -> None:
    from django.contrib.auth import get_user_model
    from tasks.models import Task

    from plugins.access import narrowing
    from plugins.coding.models import Change, Work

    for who in ("anna", "bram"):
        page = Page(world, who)
        page.begin(turn("a"))
        page.add(0, [{"put": turn("b")}])
    narrowing.look_as(None)
    get_user_model().objects.get(pk=world.user("bram")).delete()
    assert [work.user.email.split("@")[0] for work in Work.objects.all()] == ["anna"]
    Task.objects.get(pk=world.task("toren")).delete()
    assert (Work.objects.count(), Change.objects.count()) == (0, 0)


@inside
def test_coding_is_one_line_of_the_audit_log_and_not_one_a_change(world: World) -> None:
    from django.conf import settings
    from django.test import Client

    page, client = Page(world), Client(headers={"Authorization": f"Token {world.made.users['anna'].auth_token.key}"})

    def lines() -> int:
        return len((settings.VIB.data / "audit" / "log.jsonl").read_text(encoding="utf-8").splitlines())

    page.begin()
    before = lines()
    for number in range(1, 6):
        change = {"number": number, "at": AT, "operations": [{"put": turn(f"t{number}")}]}
        sent = {"client": ONE, "after": number - 1, "changes": [change]}
        answer = client.post(f"{page.address}/changes", sent, content_type="application/json")
        assert answer.status_code == 200
    assert lines() == before + 1
