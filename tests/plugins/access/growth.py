"""What everybody asks while the database grows: how many queries each page and list costs, before and after.

Made and asked in a process where Django is; `python -m tests.plugins.access.growth` does it by itself, at any size.
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain, cycle, islice
from typing import Any

import tests  # noqa: F401 - before Label Studio puts its own package of this name on the path
from plugins.host.start import set_up
from tests.plugins.access.walk import OWN, Asked, Person

PEOPLE = ("anna", "begeleider", "opleider", "beheer")
"""A trainee, a counsellor, a supervisor and an administrator; see `scenario`."""

MOST = 80
"""Queries that a page may cost, however much there is."""

LISTS = (
    *("/api/users/", "/api/projects/", "/api/tasks/?fields=all&page_size=30&project={project}"),
    *("/api/tasks/{task}/?project={project}", "/api/tasks/{task}/annotations/"),
)
"""What is asked at each opened list or clip, and has rows of something."""

FEW = 2
"""Queries that may be added for a kind of thing of which there was none."""

ADDRESSES = (
    *LISTS,
    *("/projects/", "/projects/{project}/data/", "/user/account/", "/vib/", "/vib/access/style.css"),
    *("/api/projects/{project}/", "/api/projects/{project}/next/", "/vib/media/{clip}.mp4"),
    "/api/tasks/?page=1&page_size=30&project={project}",
    "/api/ml/?project={project}",
    *("/api/dm/project/?project={project}", "/api/dm/views/?project={project}", "/api/dm/columns/?project={project}"),
    *("/vib/agreement/", "/vib/agreement/project/{project}/", "/vib/turns/"),
    *("/vib/talk/", "/vib/talk/clips/{task}/", "/vib/talk/clips/{task}/remarks"),
)

EXPORT = "/api/projects/{project}/export?exportType=JSON"

ADMINISTRATION = (
    *(f"/admin/vib_access/{model}/" for model in ("family", "familygrant", "familygrant/add", "round")),
    *("/admin/vib_access/family/F-EIGEN/change/", "/admin/users/user/"),
)
"""Pages of Django's administration that list something."""


@dataclass(frozen=True)
class Size:
    """How much is added to what `scenario` made."""

    tasks: int
    codes: int
    accounts: int
    families: int


@dataclass(frozen=True)
class Cost:
    """What an answer cost."""

    status: int
    queries: tuple[str, ...]
    looks: int
    """Times that somebody's last activity was looked up, which is a connection to Redis where that runs."""
    seconds: float
    said: bytes


def grow(made: Any, size: Size) -> None:
    """Add accounts, families, rounds, clips and codes; everybody of `PEOPLE` sees more of each than before."""
    from core.label_config import parse_config
    from django.contrib.auth.models import Group
    from ml.models import MLBackend
    from organizations.models import OrganizationMember
    from projects.models import Project, ProjectSummary
    from tasks.models import Annotation, AnnotationDraft, Prediction, Task
    from users.models import User

    from plugins.access.models import Family, FamilyGrant, HandedOut, Round, RoundMember, VibProject
    from plugins.talk.models import Remark, Reply

    there = User.objects.count()
    users, projects = made.users, made.projects
    organization = users["anna"].active_organization
    accounts = User.objects.bulk_create(
        User(email=f"n{n}@vib.example", username=f"n{n}", active_organization=organization)
        for n in range(there, there + size.accounts)
    )
    OrganizationMember.objects.bulk_create(OrganizationMember(user=one, organization=organization) for one in accounts)
    groups = cycle(Group.objects.filter(name__in=["trainee", "counsellor", "supervisor"]))
    User.groups.through.objects.bulk_create(User.groups.through(user=one, group=next(groups)) for one in accounts)

    first = Family.objects.count()
    families = Family.objects.bulk_create(Family(pseudonym=f"F-N{n}") for n in range(first, first + size.families))
    config = projects["eigen"].label_config
    # Else it would be read and kept when it is first asked for.
    parsed = parse_config(config)
    of_families = Project.objects.bulk_create(
        Project(
            title=f"{family}",
            label_config=config,
            parsed_label_config=parsed,
            organization=organization,
            created_by=users["dienst"],
        )
        for family in families
    )
    ProjectSummary.objects.bulk_create(ProjectSummary(project=one) for one in of_families)
    VibProject.objects.bulk_create(
        VibProject(project=one, key=f"family:{family}", family=family)
        for one, family in zip(of_families, families, strict=True)
    )
    MLBackend.objects.bulk_create(MLBackend(project=one, url="http://127.0.0.1:9", title="uit") for one in of_families)
    holders = [*(users[name] for name in ("begeleider", "collega", "opleider", "beheer")), *accounts[:20]]
    FamilyGrant.objects.bulk_create(FamilyGrant(user=who, family=family) for family in families for who in holders)
    FamilyGrant.objects.bulk_create(
        FamilyGrant(user=who, family_id="F-EIGEN") for who in accounts[: size.accounts // 10]
    )

    places = [(projects["eigen"], "F-EIGEN"), (projects["oefenset"], "F-OEFEN")]
    places += list(zip(of_families, map(str, families), strict=True))
    start = Task.objects.count()
    tasks = Task.objects.bulk_create(
        [
            Task(project=project, data={"clip": f"{family}/n{n}", "family": family, "duration": 9.0, "fps": 25})
            for n, (project, family) in zip(range(start, start + size.tasks), cycle(places), strict=False)
        ],
        batch_size=500,
    )
    practice = [task for task in tasks if task.project_id == projects["oefenset"].pk]
    rounds = Round.objects.bulk_create(
        Round(
            name=f"ronde {n}", project=projects["oefenset"], opened_at=made.tasks["open"].created_at if n % 2 else None
        )
        for n in range(Round.objects.count(), Round.objects.count() + size.families)
    )
    old = list(Round.objects.filter(name__in=["ronde", "open ronde"]))
    HandedOut.objects.bulk_create(
        HandedOut(round=held, task=task, clip=task.data["clip"])
        for task, held in zip(practice, cycle([*old, *rounds]), strict=False)
    )
    raters = [users["anna"], users["bram"], *accounts[:5]]
    RoundMember.objects.bulk_create(
        RoundMember(round=held, user=who, part="supervisor" if who is users["opleider"] else "rater")
        for held in rounds
        for who in (*raters, users["opleider"])
    )
    RoundMember.objects.bulk_create(
        RoundMember(round=held, user=who, part="rater") for held in old for who in accounts[: size.accounts // 10]
    )

    result = [{"id": "r", "from_name": "turn", "to_name": "audio", "type": "labels"}]
    result[0]["value"] = {"start": 1.0, "end": 2.0, "channel": 0, "labels": ["kind"]}  # type: ignore[assignment]
    coders = [users["anna"], users["bram"], users["begeleider"], users["collega"], users["opleider"], *accounts]
    laps = (_pairs(tasks, coders, lap) for lap in range(len(coders)))
    # What everybody opens has codes of more and more people too.
    often = [(made.tasks[name], who) for name in ("ontbijt", "toren") for who in accounts[: size.accounts // 10]]
    pairs = chain(often, *laps)
    base = 2**28 + Annotation.objects.count()
    Annotation.objects.bulk_create(
        (
            Annotation(pk=base + n, task=task, project_id=task.project_id, completed_by=who, result=result)
            for n, (task, who) in enumerate(islice(pairs, size.codes))
        ),
        batch_size=500,
    )
    Prediction.objects.bulk_create(
        (Prediction(task=task, project_id=task.project_id, result=result, model_version="turns-1") for task in tasks),
        batch_size=500,
    )
    base = 2**28 + AnnotationDraft.objects.count()
    AnnotationDraft.objects.bulk_create(
        (
            AnnotationDraft(pk=base + n, task=task, user=who, result=result)
            for n, (task, who) in enumerate(zip(tasks[: size.tasks // 5], cycle(coders), strict=False))
        ),
        batch_size=500,
    )
    talked = [made.tasks[name] for name in ("ontbijt", "toren", "open") for _ in range(size.accounts // 10)]
    remarks = Remark.objects.bulk_create(
        (
            Remark(task=task, by=who, audience="shared", kind="doubt", text="x")
            for task, who in zip([*talked, *tasks], cycle(coders), strict=False)
        ),
        batch_size=500,
    )
    Reply.objects.bulk_create((Reply(remark=one, by=users["opleider"], text="y") for one in remarks), batch_size=500)


def _pairs(tasks: list[Any], coders: list[Any], lap: int) -> Iterator[tuple[Any, Any]]:
    """Yield each task with a coder that no other lap gives it."""
    for number, task in enumerate(tasks):
        yield task, coders[(number + lap) % len(coders)]


def lists(made: Any, who: str) -> Iterator[str]:
    """Yield what has rows, about what is somebody's own."""
    yield from _filled(LISTS, made, who)
    if who == "opleider":
        yield from ("/vib/agreement/", "/vib/talk/")
    if who == "begeleider":
        yield from _filled([EXPORT], made, who)
    if who == "beheer":
        yield from ADMINISTRATION


def everything(made: Any, who: str) -> Iterator[str]:
    """Yield an address of every route, and what the screen asks, about what is somebody's own."""
    from plugins.access.routes import all_routes
    from tests.plugins.access.walk import addresses

    for route in sorted(set(all_routes())):
        if not route.startswith(("logout", "docs/", "trigger500", "static/", "swagger")):
            yield next(addresses(route, who, made))[1]
    yield from _filled(ADDRESSES, made, who)
    yield from lists(made, who)


def _filled(addresses: Iterable[str], made: Any, who: str) -> Iterator[str]:
    names = OWN[who]
    task = made.tasks[names["task"]]
    places = {"project": made.projects[names["project"]].pk, "task": task.pk, "clip": task.data["clip"]}
    for address in addresses:
        yield address.format(**places)


Costs = dict[tuple[str, str], Cost]


def costs(made: Any, addresses: Callable[[Any, str], Iterable[str]]) -> Costs:
    """Ask everybody's addresses; those of the first twice, as what is kept from the first time is no cost."""
    found = {}
    for who in PEOPLE:
        person = Person(who, made)
        # A browser goes by its session.
        person.headers.pop("Authorization", None)
        for address in dict.fromkeys(addresses(made, who)):
            asked = Asked(who, "GET", "", "own", address)
            if who == PEOPLE[0]:
                _cost(person, asked)
            found[who, address] = _cost(person, asked)
    return found


def _cost(person: Person, asked: Asked) -> Cost:
    from django.db import connection, transaction

    queries = []

    def noted(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        queries.append(sql)
        return execute(sql, *arguments)

    with counted_looks() as looks, transaction.atomic(), connection.execute_wrapper(noted):
        began = time.perf_counter()
        answer = person.ask(asked)
        said = b"".join(answer.streaming_content) if answer.streaming else answer.content
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    return Cost(answer.status_code, tuple(queries), len(looks), seconds, said)


@contextmanager
def counted_looks() -> Iterator[list[int]]:
    """Note of whom the last activity is looked up meanwhile."""
    from users import models

    looks: list[int] = []
    plain = models.get_user_last_activity

    def noted(number: int) -> Any:
        looks.append(number)
        return plain(number)

    models.get_user_last_activity = noted
    try:
        yield looks
    finally:
        models.get_user_last_activity = plain


def grown(before: Costs, after: Costs) -> list[str]:
    """Say which answers cost more than before, or more than is allowed."""
    wrong = []
    for (who, address), now in after.items():
        was = before[who, address]
        if len(now.queries) > min(MOST, len(was.queries) + FEW) or now.looks > was.looks:
            counts = f"{len(was.queries)} to {len(now.queries)} queries, {was.looks} to {now.looks} looks"
            wrong.append(f"{who} {address}: {now.status}, {counts}")
    return wrong


def main() -> None:
    """Grow a database twice, and print what everything costs then."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, number in asdict(Size(10_000, 50_000, 3_000, 300)).items():
        parser.add_argument(f"--{name}", type=int, default=number)
    given = parser.parse_args()
    set_up()
    logging.disable(logging.CRITICAL)
    from tests.plugins.access.scenario import build

    made = build()
    grow(made, Size(30, 60, 20, 3))
    before = costs(made, everything)
    grow(made, Size(given.tasks, given.codes, given.accounts, given.families))
    after = costs(made, everything)
    asked = {
        f"{who} {address}": [now.status, len(now.queries), round(now.seconds, 3)]
        for (who, address), now in after.items()
    }
    print(json.dumps({"grown": grown(before, after), "asked": asked}))


if __name__ == "__main__":
    main()
