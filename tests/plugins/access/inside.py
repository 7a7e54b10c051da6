"""Runs tests inside the server: ``python -m tests.plugins.access.inside``, on a prepared ``VIB_DATA``.

A test that is marked with `inside` runs in one other process, where Django is, with the people and
rounds of `scenario`; what it changes is undone. So pytest itself stays without Django, and all folders
share one that has it.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import tests  # noqa: F401 - before Label Studio puts its own package of this name on the path
from plugins.host.start import set_up
from tests.conftest import ROOT

if TYPE_CHECKING:
    from plugins.access.viewer import Viewer
    from tests.plugins.access.scenario import Scenario


READY = "ready\n"
Run = Callable[[str, str], None]


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    text: str
    headers: dict[str, str]
    forbidden: list[str] = field(default_factory=list)
    """Canaries that were shown to somebody who must not see them."""

    @property
    def json(self) -> Any:
        """The answer, read."""
        return json.loads(self.text)


class World:
    """The server, and who and what is there."""

    def __init__(self, made: Scenario) -> None:
        self.made = made

    def ask(
        self,
        who: str,
        method: str,
        address: str,
        body: Any = b"",
        *,
        kind: str = "application/json",
        by: str = "token",
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Ask the server something; `by` is token, session, or empty for neither."""
        from django.db import transaction
        from django.test import Client

        client = Client(raise_request_exception=False, headers={"Accept-Language": "en"})
        sent = dict(headers or {})
        if by == "session":
            sent |= self.open_session(who)
        elif by == "token":
            sent["Authorization"] = f"Token {self.made.users[who].auth_token.key}"
        content = body if isinstance(body, bytes | str) else json.dumps(body)
        with transaction.atomic():
            found = client.generic(method, address, content, content_type=kind, headers=sent)
        said = b"".join(found.streaming_content) if found.streaming else found.content
        text = said.decode(errors="replace")
        forbidden = [one for one in self.made.forbidden(who) if one in text or one in str(found.headers)] if who else []
        return Answer(found.status_code, text, dict(found.headers), forbidden)

    def open_session(self, who: str) -> dict[str, str]:
        """Sign somebody in; return the header that their browser sends from now on."""
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(self.made.users[who], backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["last_login"] = time.time()
        session.save()
        return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}"}

    def viewer(self, who: str) -> Viewer:
        """Return somebody as the server sees them."""
        from plugins.access.viewer import viewer_of

        return viewer_of(self.made.users[who])

    def task(self, name: str) -> int:
        """Return the number of a task."""
        return int(self.made.tasks[name].pk)

    def project(self, name: str) -> int:
        """Return the number of a project."""
        return int(self.made.projects[name].pk)

    def code(self, who: str, name: str) -> int:
        """Return the number of somebody's codes of a task."""
        return int(self.made.codes[who, name].pk)

    def user(self, who: str) -> int:
        """Return the number of an account."""
        return int(self.made.users[who].pk)


def inside(check: Callable[[World], None]) -> Callable[..., None]:
    """Make a function that takes a `World` a test that runs where Django is."""

    def test(run_inside: Run) -> None:
        # For pytest, which finds it beside no __init__.py, the module has a shorter name.
        file = Path(str(sys.modules[check.__module__].__file__)).relative_to(ROOT)
        run_inside(".".join(file.with_suffix("").parts), check.__name__)

    test.__name__, test.__doc__, test.__module__ = check.__name__, check.__doc__, check.__module__
    test.check = check  # type: ignore[attr-defined]
    return test


@contextmanager
def process_inside(template: Path, folder: Path, settings: Mapping[str, str]) -> Iterator[Run]:
    """Start Django with these settings on a copy of a data folder, and give what runs a function of a module in it."""
    data = shutil.copytree(template, folder / "data")
    with (folder / "errors").open("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.plugins.access.inside"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=ROOT,
            env={**os.environ, **settings, "VIB_DATA": str(data), "TMPDIR": str(data)},
        )
        asked, answers = process.stdin, process.stdout
        assert asked is not None
        assert answers is not None

        def answered() -> str:
            said = answers.readline()
            assert said, (folder / "errors").read_text(encoding="utf-8")[-3000:]
            return said

        def run(module: str, name: str) -> None:
            print(module, name, file=asked, flush=True)
            if wrong := json.loads(answered()):
                pytest.fail(wrong, pytrace=False)

        try:
            assert answered() == READY
            yield run
        finally:
            process.kill()
            process.communicate()


@contextmanager
def undone(world: World) -> Iterator[None]:
    """Undo what is done meanwhile: database, accounts, codes, environment, Django's cache, the folder of clips."""
    from django.conf import settings
    from django.core.cache import cache
    from django.db import transaction

    from plugins.access import narrowing

    environment, files = dict(os.environ), set(settings.VIB_MEDIA_ROOT.rglob("*"))
    shared = [(one, dict(vars(one))) for one in (*world.made.users.values(), *world.made.codes.values())]
    try:
        with transaction.atomic():
            try:
                yield
            finally:
                narrowing.look_as(None)
                transaction.set_rollback(True)
    finally:
        os.environ.clear()
        os.environ.update(environment)
        cache.clear()
        for one, was in shared:
            vars(one).clear()
            vars(one).update(was)
        for new in sorted(set(settings.VIB_MEDIA_ROOT.rglob("*")) - files, reverse=True):
            new.rmdir() if new.is_dir() else new.unlink()


def main() -> None:
    """Run what is named, line by line; answer each with what went wrong, or with an empty line."""
    # What a test or Label Studio prints is no answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    set_up()
    logging.disable(logging.CRITICAL)
    from tests.plugins.access.scenario import build

    world = World(build())
    print(READY, end="", file=answers, flush=True)
    for line in sys.stdin:
        module, name = line.split()
        wrong = ""
        try:
            with undone(world):
                getattr(import_module(module), name).check(world)
        except Exception:
            wrong = traceback.format_exc()
        print(json.dumps(wrong), file=answers, flush=True)


if __name__ == "__main__":
    main()
