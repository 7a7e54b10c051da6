"""Whatever anybody says, each hears of it what a plain reading of families and rounds gives, however asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from tests.plugins.access.inside import World, inside
from tests.plugins.access.test_narrowing import COLLEAGUES, FAMILIES, PEOPLE, SUPERVISORS, TASKS, TRAINEES, seen_tasks
from tests.plugins.talk.talk_world import INDEX, clip_of, say, silence
from vib.conversation import Conversation
from vib.hookspecs import hookimpl

ROUNDS = (
    ("toren", {"anna", "bram"}, {"opleider"}, False),
    ("puzzel", {"carla"}, {"opleider2"}, False),
    ("open", {"anna", "bram"}, {"opleider"}, True),
)
"""Clip, raters, supervisors, and whether it is opened."""
OLD = ("toren", {"anna", "bram", "carla"}, {"opleider2"}, True)
"""An opened round with a clip that two of its raters now code blind again."""
AUDIENCES = ("self", "supervisor", "shared")
SUBMITTED = {("begeleider", "ontbijt"), ("collega", "ontbijt"), ("collega", "bad"), ("vreemd", "geheim")}


def has_family(who: str, task: str) -> bool:
    return task in TASKS and who in FAMILIES[TASKS[task]]


def reaches(who: str, by: str, task: str, audience: str) -> bool:
    """Tell whether somebody may see what another says at a clip."""
    rounds = [one for one in (*ROUNDS, OLD) if one[0] == task and by in one[1] | one[2]]
    if who in SUPERVISORS:
        return has_family(who, task) or any(who in supervisors for _, _, supervisors, _ in rounds)
    if audience != "shared":
        return False
    if who in TRAINEES:
        return any(who in raters and opened for _, raters, _, opened in rounds)
    return who in COLLEAGUES and has_family(who, task) and (who, task) in SUBMITTED


def codes_blind(who: str, task: str) -> bool:
    return any(one[0] == task and who in one[1] and not one[3] for one in ROUNDS)


def in_sight(who: str, task: str) -> bool:
    return task in seen_tasks(who) or (task == OLD[0] and who in OLD[1] | OLD[2])


def sees(who: str, by: str, task: str, audience: str) -> bool:
    """Tell whether somebody sees a remark."""
    of_other = audience != "self" and reaches(who, by, task, audience) and not codes_blind(who, task)
    return in_sight(who, task) and (by == who or of_other)


def sees_attached(who: str, by: str, remark: tuple[str, str, str]) -> bool:
    """Tell whether somebody sees what another hung on a remark."""
    said_by, task, audience = remark
    leads = any(one[0] == task and who in one[1] and by in one[2] for one in (*ROUNDS, OLD))
    free = (said_by == who or reaches(who, by, task, audience)) and not codes_blind(who, task)
    return sees(who, *remark) and (by == who or free or (said_by == who and leads))


def check_all(world: World, talking: Sequence[str], clips: Sequence[str]) -> None:
    """Have some people say and answer everything at some clips, and compare what everybody then sees."""
    from plugins.access.models import HandedOut, Round, RoundMember
    from plugins.access.narrowing import look_as
    from plugins.talk.models import Look, Remark, Reply

    silence()
    task, raters, supervisors, _ = OLD
    held = Round.objects.create(name="oud", project=world.made.projects["oefenset"], opened_at="2026-01-01T00:00Z")
    HandedOut.objects.create(round=held, task=world.made.tasks[task], clip="F-OEFEN/toren")
    for part, names in (("rater", raters), ("supervisor", supervisors)):
        RoundMember.objects.bulk_create(RoundMember(round=held, user=world.made.users[n], part=part) for n in names)

    users, tasks = world.made.users, world.made.tasks
    combinations = list(product(talking, clips, AUDIENCES))
    remarks = Remark.objects.bulk_create(
        Remark(task=tasks[clip], by=users[by], audience=audience, kind="remark", text="x")
        for by, clip, audience in combinations
    )
    said = {remark.pk: one for remark, one in zip(remarks, combinations, strict=True)}
    answers = list(product(remarks, talking))
    replies = Reply.objects.bulk_create(Reply(remark=one, by=users[by], text="y") for one, by in answers)
    looks = Look.objects.bulk_create(Look(remark=one, by=users[by], until="2026-01-01T00:00Z") for one, by in answers)
    attached: dict[Any, dict[int, Any]] = {
        model: {row.pk: (by, said[one.pk]) for row, (one, by) in zip(rows, answers, strict=True)}
        for model, rows in ((Reply, replies), (Look, looks))
    }

    for who in PEOPLE:
        expected = {number for number, one in said.items() if sees(who, *one)}
        look_as(world.viewer(who))
        ways: dict[str, Any] = {
            "all": Remark.objects.all(),
            "base manager": Remark._base_manager.all(),
            "joined": Remark.objects.select_related("task__project", "by"),
            "of people": (row for one in users.values() for row in one.vib_remarks.all()),
            "of clips": (row for one in tasks.values() for row in one.vib_remarks.filter(pk__gt=0)),
            "in a subquery": Remark._base_manager.filter(pk__in=Remark.objects.values("pk")),
            "or": Remark.objects.filter(audience="self") | Remark.objects.exclude(audience="self"),
        }
        for name, way in ways.items():
            assert {row.pk for row in way} == expected, (who, name)
        assert Remark.objects.count() == len(expected)
        for model, rows in attached.items():
            hung = {number for number, (by, one) in rows.items() if sees_attached(who, by, one)}
            assert {row.pk for row in model.objects.select_related("remark", "by")} == hung, (who, model)
            assert model.objects.count() == len(hung)
            related = "vib_replies" if model is Reply else "vib_looks"
            assert {row.pk for one in users.values() for row in getattr(one, related).all()} == hung, (who, model)
        look_as(None)


@inside
def test_each_sees_of_what_some_say_and_answer_what_the_rules_give_however_asked(world: World) -> None:
    check_all(world, ("opleider", "begeleider", "collega", "anna", "bram"), ("bad", "toren", "open"))


@pytest.mark.nightly
@inside
def test_each_sees_of_all_that_everybody_says_and_answers_what_the_rules_give_however_asked(world: World) -> None:
    check_all(world, PEOPLE, tuple(world.made.tasks))


@inside
def test_nobody_sees_a_family_again_by_what_they_said_of_it_before_it_was_taken_away(world: World) -> None:
    from plugins.access.narrowing import look_as
    from plugins.talk.models import Remark

    world.made.users["begeleider"].vib_grants.all().delete()
    look_as(world.viewer("begeleider"))
    assert Remark.objects.count() == 0


@contextmanager
def unnarrowed() -> Iterator[None]:
    """Have it that nothing says who may see conversations, as where the rules could not be put in place."""
    from plugins.access import narrowing
    from plugins.host.narrowed import NARROWED
    from plugins.talk.models import Look, Remark, Reply

    rules = {model: narrowing._rules.pop(model) for model in (Remark, Reply, Look)}
    NARROWED.difference_update(rules)
    try:
        yield
    finally:
        narrowing.install(rules)


@inside
def test_a_conversation_is_closed_to_everybody_where_nothing_says_who_may_see_it(world: World) -> None:
    from django.conf import settings

    from plugins.host.narrowed import NotNarrowed
    from plugins.talk.models import Remark

    remark, sees = world.made.remarks["anna-open-shared"], settings.VIB_PLUGIN_HOST.hook.vib_sees
    asked = {"user": world.user("bram"), "model": "vib_talk.Remark", "number": remark.pk}
    assert sees(**asked) is True
    with unnarrowed():
        for way in (Remark.objects.count, remark.replies.count, world.made.users["anna"].vib_remarks.count):
            with pytest.raises(NotNarrowed):
                way()
        assert sees(**asked) is False
        for who, address in product(("anna", "bram", "beheer"), (INDEX, f"{INDEX}{remark.pk}/")):
            answer = world.ask(who, "GET", address, by="session")
            assert (answer.status, "KANARIE" in answer.text) == (503, False)
        assert world.ask("bram", "GET", clip_of(world, "open"), by="session").status == 503
        assert world.ask("bram", "POST", clip_of(world, "open"), {"text": "x"}, by="session").status == 503
        front = world.ask("bram", "GET", "/vib/", by="session")
        assert (front.status, "Conversations</h2>" in front.text) == (200, False)
    assert sees(**asked) is True


@inside
def test_a_plugin_whose_conversations_do_not_fit_opens_nothing(world: World) -> None:
    from plugins.access import conversing, narrowing
    from plugins.host.narrowed import NARROWED
    from vib.pluginhost import PluginHost

    def named(*models: str) -> Any:
        return SimpleNamespace(vib_conversations=hookimpl(lambda: [Conversation(model) for model in models]))

    before, narrowed = dict(narrowing._rules), set(NARROWED)
    host = PluginHost(only=[])
    host.add("absent", named("vib_audit.Talk", "vib_rounds.Reminder"))
    host.add("taken", named("tasks.Annotation"))
    host.add("broken", SimpleNamespace(vib_conversations=hookimpl(lambda: 1 // 0)))
    host.add("wrong", SimpleNamespace(vib_conversations=hookimpl(lambda: ["vib_talk.Remark"])))
    assert conversing.install(host) == []
    assert (narrowing._rules, NARROWED) == (before, narrowed)
    assert {failure.plugin for failure in host.failures.listed()} == {"absent", "taken", "broken", "wrong"}


@inside
def test_numbers_of_what_is_said_tell_nothing_of_what_others_said(world: World) -> None:
    from plugins.access.apps import FIRST

    first = say(world, "anna", "toren", "een")
    for number in range(3):
        say(world, "bram", "toren", f"nog {number}")
    second = say(world, "anna", "toren", "twee")
    assert min(first, second) >= FIRST
    assert abs(second - first) > 4
