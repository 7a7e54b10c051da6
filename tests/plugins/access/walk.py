"""Asks the whole server everything, as everybody: ``python -m tests.plugins.access.walk``.

Every route of the URL map x method x role x (own, other's, other family's object), each in a
transaction that is rolled back. Prints as JSON what did not agree with the role table and every
canary that somebody was shown who must not see it. Needs a prepared data folder in ``VIB_DATA``.
The quick set asks less: see `chosen`.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import cycle
from typing import Any

import tests  # noqa: F401 - before Label Studio puts its own package of this name on the path
from plugins.host.start import set_up

CHANGING = ("GET", "POST", "PUT", "PATCH", "DELETE")
METHODS = (*CHANGING, "HEAD", "OPTIONS")
WHICH = ("own", "other", "far")
CANARY = re.compile(r"KANARIE-[\w-]*?-\d{3}")
REFUSED = (401, 403)

PEOPLE = ("beheer", "opleider", "begeleider", "anna", "nieuw", "")
"""One of each role, one without a role, and nobody."""

OWN: dict[str, dict[str, Any]] = {
    "beheer": {
        "project": "eigen",
        "task": "ontbijt",
        "code": ("begeleider", "ontbijt"),
        "draft": ("collega", "bad"),
        "remark": "beheer-ontbijt-self",
    },
    "opleider": {
        "project": "oefenset",
        "task": "toren",
        "code": ("opleider", "toren"),
        "draft": ("anna", "toren"),
        "remark": "anna-toren-shared",
    },
    "begeleider": {
        "project": "eigen",
        "task": "ontbijt",
        "code": ("begeleider", "ontbijt"),
        "draft": ("collega", "bad"),
        "remark": "begeleider-ontbijt-shared",
    },
    "anna": {
        "project": "oefenset",
        "task": "toren",
        "code": ("anna", "toren"),
        "draft": ("anna", "toren"),
        "remark": "anna-open-shared",
    },
}
OTHER: dict[str, dict[str, Any]] = {
    "beheer": {
        "project": "oefenset",
        "task": "toren",
        "code": ("anna", "toren"),
        "draft": ("anna", "toren"),
        "remark": "begeleider-ontbijt-shared",
    },
    "opleider": {
        "project": "ander",
        "task": "puzzel",
        "code": ("carla", "puzzel"),
        "draft": ("bram", "toren"),
        "remark": "bram-toren-self",
    },
    "begeleider": {
        "project": "oefenset",
        "task": "toren",
        "code": ("collega", "bad"),
        "draft": ("anna", "toren"),
        "remark": "collega-bad-supervisor",
    },
    "anna": {
        "project": "eigen",
        "task": "puzzel",
        "code": ("bram", "toren"),
        "draft": ("bram", "toren"),
        "remark": "opleider-toren-shared",
    },
}
FAR: dict[str, Any] = {
    "project": "ander",
    "task": "geheim",
    "code": ("vreemd", "geheim"),
    "draft": ("vreemd", "geheim"),
    "remark": "vreemd-geheim-shared",
}

ROUNDS = {"own": ("open%20ronde", "open"), "other": ("ronde", "toren"), "far": ("andere%20ronde", "puzzel")}
"""A round as addresses name it, with a clip of it: that of `anna` which was opened, the blind one, one of others."""

UNSEEN = {"beheer": {"code", "draft"}, "opleider": {"draft"}, "begeleider": {"draft"}}
"""Of what somebody would call their own, what is still not theirs to see."""


@dataclass
class Walk:
    """What came of it."""

    tried: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Asked:
    """A request: who asks what, at a route, about whose object."""

    who: str
    method: str
    route: str
    which: str
    address: str


def everything(routes: Iterable[str], made: Any) -> Iterator[Asked]:
    """Yield all there is to ask about these routes."""
    for who in PEOPLE:
        for route in routes:
            for which, address in addresses(route, who, made):
                for method in METHODS if which == "own" else CHANGING:
                    yield Asked(who, method, route, which, address)


def chosen(routes: Iterable[str], made: Any) -> Iterator[Asked]:
    """Yield what the rows of the role table give, to everybody; of any other route one request.

    Who asks it and how differs from route to route: that the middleware goes by `may_use` is seen
    as well from one, and `may_use` itself is asked all in another test.
    """
    from plugins.access.routes import PUBLIC, row_of

    people, methods = cycle(PEOPLE), cycle(METHODS)
    for route in routes:
        given = [method for method in METHODS if row_of(method, route)]
        if not given:
            who = "" if route in PUBLIC else next(people)
            which, address = next(addresses(route, who, made))
            yield Asked(who, next(methods), route, which, address)
        for who in PEOPLE:
            for which, address in addresses(route, who, made):
                for method in given:
                    if method != "HEAD" or which == "own":
                        yield Asked(who, method, route, which, address)


def walk(made: Any, requests: Iterable[Asked]) -> Walk:
    """Ask all this of the server."""
    from django.db import transaction

    people = {who: Person(who, made) for who in PEOPLE}
    found = Walk()
    for asked in requests:
        person = people[asked.who]
        with transaction.atomic():
            answer = person.ask(asked)
            said = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        shown = set(CANARY.findall(said.decode(errors="replace") + str(answer.headers)))
        place = f"{asked.who or 'nobody'} {asked.method} /{asked.route} ({asked.which})"
        found.tried += 1
        found.answers[f"{answer.status_code // 100}xx"] += 1
        found.seen |= shown - person.forbidden
        found.leaks += [f"{place}: {answer.status_code} {canary}" for canary in shown & person.forbidden]
        if problem := judge(asked, resolved(asked.address) or asked.route, answer):
            found.wrong.append(f"{place}: {answer.status_code}, {problem}")
        if answer.status_code >= 500:
            found.failed[place] += 1
    return found


class Person:
    """Somebody who asks: pages go by the session, interfaces for programs by the token."""

    def __init__(self, who: str, made: Any) -> None:
        from django.conf import settings
        from django.test import Client

        self.forbidden = set(made.forbidden(who))
        self.client = Client(raise_request_exception=False, headers={"Accept-Language": "en"})
        self.headers, self.cookies = {}, SimpleCookie()
        if who:
            self.client.force_login(made.users[who], backend="django.contrib.auth.backends.ModelBackend")
            session = self.client.session
            session["last_login"] = time.time()
            session.save()
            self.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: session.session_key})
            self.headers["Authorization"] = f"Token {made.users[who].auth_token.key}"

    def ask(self, asked: Asked) -> Any:
        """Send a request and return the answer."""
        # Some routes sign people out.
        self.client.cookies = SimpleCookie(self.cookies.output(header="", sep=";"))
        content = body(asked.method)
        return self.client.generic(
            asked.method, asked.address, content, content_type="application/json", headers=self.headers
        )


def body(method: str) -> str:
    """Return what is sent: nothing that any rule would stumble over."""
    return "" if method in ("GET", "HEAD", "OPTIONS", "DELETE") else json.dumps({"result": [], "lead_time": 1})


def addresses(route: str, who: str, made: Any) -> Iterator[tuple[str, str]]:
    """Yield the addresses at which a route is asked, by whose object it names."""
    choices = {"own": OWN.get(who, FAR), "other": OTHER.get(who, FAR), "far": FAR}
    given = set()
    takes_object = "<" in route or route.startswith(("api/dm/", "api/tasks/", "api/projects/", "api/predictions/"))
    for which in WHICH if OWN.get(who) and takes_object else ("own",):
        names = choices[which]
        numbers = {
            "project": made.projects[names["project"]].pk,
            "task": made.tasks[names["task"]].pk,
            "code": made.codes[names["code"]].pk,
            "draft": made.drafts[names["draft"]].pk,
            "remark": made.remarks[names["remark"]].pk,
        }
        address = "/" + fill(route, numbers, who, which, made).rstrip("?")
        address += f"?project={numbers['project']}&task={numbers['task']}&id=next_task&fields=all&exportType=JSON"
        if address not in given:
            given.add(address)
            yield which, address


def fill(route: str, numbers: dict[str, int], who: str, which: str, made: Any) -> str:
    """Put an object's number, or a likely text, in the place of each parameter."""
    code = made.users[who].pk if who and which == "own" else made.users["bram"].pk
    first = next(
        (
            number
            for start, number in (
                ("api/tasks/", numbers["task"]),
                ("vib/coding/tasks/", numbers["task"]),
                ("vib/talk/clips/", numbers["task"]),
                ("vib/talk/", numbers["remark"]),
                ("tasks/", numbers["task"]),
                ("api/annotations/", numbers["code"]),
                ("api/drafts/", numbers["draft"]),
                ("api/predictions/", made.predictions["ontbijt" if which == "own" else "geheim"].pk),
                ("api/dm/views/", made.views["anna" if who == "anna" and which == "own" else "bram"].pk),
                ("api/users/", code),
            )
            if route.startswith(start)
        ),
        numbers["project"],
    )
    task = next(task for task in made.tasks.values() if task.pk == numbers["task"])
    texts = {
        "path:name": f"{task.data['clip']}.mp4",
        "str:method": "vib-pleegzorg",
        "str:code": "BC.REC.V",
        "str:page": "attachment",
        "format": "json",
        "drf_format_suffix:format": ".json",
    }
    texts |= {"str:name": "guide.css", "annotation_id": str(numbers["code"]), "int:annotation_id": str(numbers["code"])}
    texts |= {"int:user_pk": str(code), "str:action_id": "next_task", "str:entity_name": "annotation"}
    texts |= {"int:entity_id": str(numbers["code"])}
    name, handed = ROUNDS[which]
    named = made.tasks[handed] if "<str:round_name>" in route else task
    texts |= {"str:round_name": name, "path:clip": named.data["clip"]}
    return re.sub(r"<([\w:]+)>", lambda found: texts.get(found[1], str(first)), route)


def resolved(address: str) -> str | None:
    """Return the route that Django finds for an address: some patterns also match the address of others."""
    from django.urls import Resolver404, resolve

    from plugins.access.routes import plain

    try:
        return plain(resolve(address.partition("?")[0]).route)
    except Resolver404:
        return None


def judge(asked: Asked, route: str, answer: Any) -> str:
    """Compare an answer with the role table; return what is wrong with it, if anything."""
    from plugins.access.routes import PUBLIC, is_closed, row_of
    from tests.plugins.access.scenario import PEOPLE as roles
    from vib.roles import Right

    who, method, which = asked.who, asked.method, asked.which
    if route in PUBLIC or (method == "POST" and route == "api/token/refresh/"):
        return ""
    refused = answer.status_code in REFUSED or (
        answer.status_code == 302 and "/user/login" in answer.headers.get("Location", "")
    )
    if not who or not roles[who]:
        return "" if refused else "must be closed to who has no role"
    row = row_of(method, route)
    manages = roles[who] == "administrator"
    if is_closed(method, route, asked.address.partition("?")[0]) or (row is None and not manages):
        return "" if refused else "must be closed"
    if row is None:
        return ""
    admitted = [right for right in row.rights if cell(roles[who], right) not in ("no", "own results")]
    if not admitted:
        return "" if refused else "must be closed to this role"
    if refused and which == "own" and row.check.value == "none":
        return "must be open to this role"
    if Right.ACCOUNT in row.rights:
        return ""
    hidden = which != "own" or kind_of(route) in UNSEEN.get(who, set())
    named = "<" in route and kind_of(route) not in ("", "view") and not route.startswith("projects/")
    return "must be out of sight" if named and hidden and answer.status_code not in (403, 404) else ""


def cell(role: str, right: Any) -> str:
    """Return a cell of the role table by the name of the role."""
    from vib.roles import TABLE, Role

    return TABLE[right][Role(role)].value


def kind_of(route: str) -> str:
    """Return what kind of object a route names."""
    starts = {
        "api/tasks/": "task",
        "api/annotations/": "code",
        "api/drafts/": "draft",
        "api/predictions/": "prediction",
        "api/projects/": "project",
        "projects/": "project",
        "vib/media/": "task",
        "vib/coding/tasks/": "task",
        "vib/talk/clips/": "task",
        "vib/talk/": "remark",
        "api/dm/views/": "view",
    }
    return next((kind for start, kind in starts.items() if route.startswith(start)), "")


def main() -> None:
    """Walk the URL map, or every n-th route of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", nargs="*", default=[""], help="how the routes begin")
    parser.add_argument("--part", type=int, default=0)
    parser.add_argument("--parts", type=int, default=1)
    parser.add_argument("--without-narrowing", action="store_true", help="to see that leaks would be found")
    given = parser.parse_args()
    set_up()
    logging.disable(logging.CRITICAL)
    from plugins.access import narrowing
    from plugins.access.routes import all_routes
    from tests.plugins.access.scenario import build

    if given.without_narrowing:
        narrowing._rules.clear()
    routes = sorted({route for route in all_routes() if route.startswith(tuple(given.starts))})
    made = build()
    found = walk(made, everything(routes[given.part :: given.parts], made))
    lists = {"seen": sorted(found.seen), "failed": list(found.failed)}
    print(json.dumps({**vars(found), **lists, "routes": len(routes)}))


if __name__ == "__main__":
    main()
