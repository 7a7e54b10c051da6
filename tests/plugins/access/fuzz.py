"""Asks what Label Studio's own OpenAPI schema allows, as everybody: ``python -m tests.plugins.access.fuzz``.

Schemathesis makes queries and bodies for each operation, always the same ones; numbers of objects are
those of the scenario as often as not. Each request is rolled back. Prints as JSON each canary that was
shown to somebody who must not see it, and each answer that the role table forbids. Needs a prepared
data folder in ``VIB_DATA``.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
from dataclasses import asdict, dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from plugins.host.start import set_up
from tests.plugins.access.inside import Answer, World
from tests.plugins.access.walk import REFUSED, cell, resolved

if TYPE_CHECKING:
    from tests.plugins.access.scenario import Scenario

PEOPLE = ("beheer", "opleider", "begeleider", "anna", "nieuw")
EXAMPLES = 4
FEWER_EXAMPLES = 1
SEED = 20260301


@dataclass
class Found:
    """What came of it."""

    operations: int = 0
    tried: int = 0
    answers: dict[str, int] = field(default_factory=dict)
    leaks: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    without_examples: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


def numbers(made: Scenario) -> dict[str, list[int]]:
    """Return the numbers of all objects, by how an address begins that takes them."""
    rows = {
        "/api/tasks/": made.tasks,
        "/api/annotations/": made.codes,
        "/api/drafts/": made.drafts,
        "/api/predictions/": made.predictions,
        "/api/projects/": made.projects,
        "/api/dm/views/": made.views,
        "/api/users/": made.users,
    }
    return {start: sorted(row.pk for row in found.values()) for start, found in rows.items()}


def address_of(case: Any, there: dict[str, list[int]], chance: Random) -> str:
    """Return the address of a case, with numbers of objects that are there."""
    own = next((found for start, found in there.items() if case.path.startswith(start)), there["/api/projects/"])
    given = dict(case.path_parameters or {})
    for name, value in given.items():
        if name == "annotation_pk":
            given[name] = chance.choice(there["/api/annotations/"])
        elif "format" not in name and chance.random() < 0.9:
            given[name] = chance.choice(own)
        elif isinstance(value, str) and value in ("", ".", ".."):
            given[name] = "x"
    path = re.sub(r"{(\w+)}", lambda found: quote(str(given.get(found[1], "1")), safe=""), case.path)
    query = {name: value for name, value in (case.query or {}).items() if value is not None}
    for name, start in (("project", "/api/projects/"), ("task", "/api/tasks/"), ("view", "/api/dm/views/")):
        if name in query and chance.random() < 0.9:
            query[name] = chance.choice(there[start])
    return path + (f"?{urlencode(query, doseq=True)}" if query else "")


def body_of(case: Any, there: dict[str, list[int]], chance: Random) -> Any:
    """Return what is sent, with numbers of objects that are there."""
    from schemathesis.core import NotSet

    if isinstance(case.body, NotSet) or case.body is None:
        return b""
    body = case.body
    if isinstance(body, dict):
        body = dict(body)
        for name, start in (("project", "/api/projects/"), ("task", "/api/tasks/"), ("completed_by", "/api/users/")):
            if name in body and chance.random() < 0.9:
                body[name] = chance.choice(there[start])
    return body if isinstance(body, bytes) else json.dumps(body, default=str)


def must_be_closed(who: str, method: str, route: str) -> bool:
    """Tell whether the role table closes a route to somebody."""
    from plugins.access.routes import PUBLIC, is_closed, row_of
    from tests.plugins.access.scenario import PEOPLE as ROLES

    if route in PUBLIC or (method == "POST" and route == "api/token/refresh/"):
        return False
    role, row = ROLES[who], row_of(method, route)
    if not role or is_closed(method, route):
        return True
    if row is None:
        return role != "administrator"
    return all(cell(role, right) in ("no", "own results") for right in row.rights)


def problem_with(who: str, method: str, address: str, answer: Answer) -> str:
    """Say what is wrong with an answer by the role table, if anything."""
    route = resolved(address)
    if route is None or not must_be_closed(who, method, route):
        return ""
    to_login = answer.status == 302 and "/user/login" in answer.headers.get("Location", "")
    return "" if answer.status in REFUSED or to_login else f"must be closed, at {route}"


def fuzz(world: World, examples: int, part: int = 0, parts: int = 1) -> Found:
    """Ask each operation of the schema, or every n-th, with so many examples, as everybody."""
    import schemathesis
    from django.db import transaction
    from drf_spectacular.generators import SchemaGenerator
    from drf_spectacular.renderers import OpenApiJsonRenderer
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis.errors import HypothesisException

    described = json.loads(OpenApiJsonRenderer().render(SchemaGenerator().get_schema(request=None, public=True), None))
    found, there = Found(), numbers(world.made)
    chance = Random(SEED)  # noqa: S311 - the same each time
    operations = [result.ok() for result in schemathesis.openapi.from_dict(described).get_all_operations()]

    def ask(case: Any) -> None:
        address, body = address_of(case, there, chance), body_of(case, there, chance)
        for who in PEOPLE:
            with transaction.atomic():
                answer = world.ask(who, case.method, address, body, kind=case.media_type or "application/json")
                transaction.set_rollback(True)
            found.tried += 1
            kind = f"{who} {answer.status // 100}xx"
            found.answers[kind] = found.answers.get(kind, 0) + 1
            found.seen |= set(re.findall(r"KANARIE-[\w-]*?-\d{3}", answer.text)) - set(answer.forbidden)
            place = f"{who} {case.method} {address}"
            found.leaks += [f"{place}: {answer.status} {canary}" for canary in answer.forbidden]
            if problem := problem_with(who, case.method, address, answer):
                found.wrong.append(f"{place}: {answer.status}, {problem}")

    for operation in operations[part::parts]:
        found.operations += 1
        try:
            seed(SEED)(
                settings(
                    max_examples=examples,
                    database=None,
                    deadline=None,
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                )(given(operation.as_strategy())(ask))
            )()
        except HypothesisException as error:
            found.without_examples.append(f"{operation.label}: {error}"[:200])
    return found


def main() -> None:
    """Ask what the schema allows, or every n-th operation of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", type=int, default=0)
    parser.add_argument("--parts", type=int, default=1)
    parser.add_argument("--without-narrowing", action="store_true", help="to see that leaks would be found")
    asked = parser.parse_args()
    set_up()
    logging.disable(logging.CRITICAL)
    from plugins.access import narrowing
    from tests.plugins.access.scenario import build

    if asked.without_narrowing:
        narrowing._rules.clear()
    found = fuzz(World(build()), EXAMPLES, asked.part, asked.parts)
    print(json.dumps({**asdict(found), "seen": sorted(found.seen)}))


if __name__ == "__main__":
    main()
