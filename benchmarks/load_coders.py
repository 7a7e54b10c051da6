"""Coders as load: each signs in, opens lists, then takes clip after clip, watches, saves every second and submits.

A coder is two threads, as a browser loads a clip beside what its page asks; each comes from an address of its own.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import uuid4

KIB = 1024
SAVE_SECONDS = 1.0
TRIES = 4
"""How often a submit is sent until it is answered."""

WORK_SECONDS = (8.0, 14.0)
"""Coding one clip takes between these."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A request: what kind it was, when it began, how long it took, and its status; 0 where there was no answer."""

    kind: str
    at: float
    seconds: float
    status: int


@dataclass(frozen=True)
class Submitted:
    """Codes that were submitted: with the number that was answered, None where nothing good was."""

    number: int | None
    task: int
    by: str
    marker: str
    regions: int


@dataclass
class Told:
    """What all coders saw."""

    asked: list[Asked] = field(default_factory=list)
    submitted: list[Submitted] = field(default_factory=list)
    samples: dict[str, str] = field(default_factory=dict)
    """One answer of each kind and status that is an error."""


@dataclass(frozen=True)
class Goal:
    """A server, and what is coded there."""

    host: str
    port: int
    project: int
    ours: bool
    https: bool = False
    """Behind a proxy that does TLS: it is told so, as that proxy would."""

    clip_bytes: int = 3_000_000


class Browser:
    """One person's cookies, and a connection for each thread."""

    def __init__(self, goal: Goal, number: int, told: Told) -> None:
        self.goal, self.number, self.told = goal, number, told
        self.cookies: dict[str, str] = {}
        self._of_thread = threading.local()

    def ask(
        self, kind: str, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Send a request and note what it took; a broken connection is status 0."""
        began, start = time.time(), time.perf_counter()
        try:
            answer, said = self._sent(method, path, body, headers or {})
            status = answer.status
        except (OSError, http.client.HTTPException) as error:
            self._close()
            status, said = 0, repr(error).encode()
        self.told.asked.append(Asked(kind, began, time.perf_counter() - start, status))
        if status == 0 or status >= 400:
            self.told.samples.setdefault(f"{kind} {status}", said[:300].decode(errors="replace"))
        return status, said

    def _sent(
        self, method: str, path: str, body: Any, headers: Mapping[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        goal = self.goal
        origin = f"{'https' if goal.https else 'http'}://{goal.host}:{goal.port}"
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Referer": f"{origin}/"}
        sent |= {"X-CSRFToken": self.cookies.get("csrftoken", ""), "Accept": "*/*", **headers}
        sent |= {"X-Forwarded-Proto": "https"} if goal.https else {}
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        if content is not None:
            sent.setdefault("Content-Type", "application/json")
        answer = self._answer(method, path, content, sent)
        said = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.will_close:
            self._close()
        return answer, said

    def _answer(
        self, method: str, path: str, content: bytes | None, headers: Mapping[str, str]
    ) -> http.client.HTTPResponse:
        """Ask once more where the server had closed a connection that was kept, as a browser does."""
        kept = getattr(self._of_thread, "connection", None) is not None
        try:
            connection = self._connection()
            connection.request(method, path, content, headers)
            return connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self._close()
            if not kept:
                raise
        connection = self._connection()
        connection.request(method, path, content, headers)
        return connection.getresponse()

    def _connection(self) -> http.client.HTTPConnection:
        found: http.client.HTTPConnection | None = getattr(self._of_thread, "connection", None)
        if found is None:
            address = f"127.0.{1 + self.number // 200}.{1 + self.number % 200}"
            found = http.client.HTTPConnection(self.goal.host, self.goal.port, timeout=60, source_address=(address, 0))
            self._of_thread.connection = found
        return found

    def _close(self) -> None:
        found = getattr(self._of_thread, "connection", None)
        self._of_thread.connection = None
        if found is not None:
            found.close()

    def sign_in(self, email: str, password: str) -> bool:
        """Sign in as the page does."""
        _, page = self.ask("sign-in page", "GET", "/user/login/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        fields = f"csrfmiddlewaretoken={token[1].decode() if token else ''}&email={email}&password={password}"
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        status, _ = self.ask("sign in", "POST", "/user/login/", fields.encode(), form)
        return status == 302


class Saver(Protocol):
    """How what is coded is saved meanwhile."""

    def save(self, results: Sequence[Json], seconds: float) -> None:
        """Save what is coded by now."""

    def submission(self) -> tuple[Json, Mapping[str, str]]:
        """Return what goes with the submit: fields of its body, and headers."""


class Drafts:
    """Label Studio's own: the whole of it each time."""

    def __init__(self, browser: Browser, task: int) -> None:
        self.browser, self.task = browser, task
        self.draft: int | None = None

    def save(self, results: Sequence[Json], seconds: float) -> None:
        """Save what is coded by now."""
        project = self.browser.goal.project
        body = {"result": results, "lead_time": seconds, "project": str(project)}
        if self.draft is not None:
            self.browser.ask("save", "PATCH", f"/api/drafts/{self.draft}/?project={project}", body)
            return
        status, said = self.browser.ask("save", "POST", f"/api/tasks/{self.task}/drafts?project={project}", body)
        self.draft = json.loads(said)["id"] if status == 201 else None

    def submission(self) -> tuple[Json, Mapping[str, str]]:
        """Return what goes with the submit."""
        return ({} if self.draft is None else {"draft_id": self.draft}), {}


class Changes:
    """Ours: what changed, and a key with which a submit counts once."""

    def __init__(self, browser: Browser, task: int) -> None:
        self.browser, self.place = browser, f"/vib/coding/tasks/{task}"
        self.client, self.last, self.sent = str(uuid4()), 0, 0
        self.key = str(uuid4())
        browser.ask("begin", "GET", f"{self.place}/work")
        browser.ask("begin", "POST", f"{self.place}/work", {"client": self.client, "annotation": None, "start": []})

    def save(self, results: Sequence[Json], seconds: float) -> None:
        """Save what is coded by now."""
        at = datetime.now(UTC).isoformat()
        operations = [{"put": result} for result in results[self.sent :]]
        change = {"number": self.last + 1, "at": at, "operations": operations}
        body = {"client": self.client, "annotation": None, "after": self.last, "changes": [change]}
        status, said = self.browser.ask("save", "POST", f"{self.place}/changes", body)
        if status == 200:
            self.last, self.sent = json.loads(said)["last"], len(results)

    def submission(self) -> tuple[Json, Mapping[str, str]]:
        """Return what goes with the submit."""
        return {}, {"X-VIB-Submission": self.key, "X-VIB-Work-Last": str(self.last)}


SAVERS: dict[str, Callable[[Browser, int], Saver]] = {"drafts": Drafts, "changes": Changes}


class Coder:
    """Somebody who codes until the end."""

    def __init__(self, goal: Goal, number: int, account: Mapping[str, str], saver: str, told: Told) -> None:
        self.browser = Browser(goal, number, told)
        self.goal, self.account, self.told = goal, account, told
        self.saver = SAVERS[saver]
        self.random = random.Random(number)  # noqa: S311 - how long somebody codes

    def run(self, begin: float, end: float) -> None:
        """Arrive, sign in, and code."""
        time.sleep(max(0.0, begin - time.time()))
        while not self.browser.sign_in(self.account["email"], self.account["password"]):
            if time.time() > end:
                return
            time.sleep(2)
        self._open_list()
        while time.time() < end:
            if not self._clip(end):
                time.sleep(1)

    def _open_list(self) -> None:
        project = self.goal.project
        if self.goal.ours:
            self.browser.ask("start page", "GET", "/vib/")
        for kind, path in (
            ("projects page", "/projects/"),
            ("projects", "/api/projects/?page=1&page_size=30"),
            ("data page", f"/projects/{project}/data/"),
            ("project", f"/api/dm/project/?project={project}"),
            ("tabs", f"/api/dm/views/?project={project}"),
            ("columns", f"/api/dm/columns/?project={project}"),
            ("accounts", "/api/users/"),
            ("task list", f"/api/tasks/?page=1&page_size=30&project={project}"),
        ):
            self.browser.ask(kind, "GET", path)

    def _clip(self, end: float) -> bool:
        browser, project = self.browser, self.goal.project
        status, said = browser.ask("next task", "GET", f"/api/projects/{project}/next/")
        if status != 200:
            return False
        task = json.loads(said)
        browser.ask("open task", "GET", f"/api/tasks/{task['id']}/?project={project}")
        saver, began, marker = self.saver(browser, task["id"]), time.time(), uuid4().hex[:7]
        done = threading.Event()
        watching = threading.Thread(target=self._watch, args=(task["data"]["clip"], done))
        watching.start()
        try:
            results: list[Json] = []
            until = min(end, began + self.random.uniform(*WORK_SECONDS))
            while time.time() < until or not results:
                time.sleep(SAVE_SECONDS * self.random.uniform(0.9, 1.1))
                results.append(region(marker, len(results)))
                saver.save(results, time.time() - began)
            self._submit(task["id"], marker, results, saver, time.time() - began)
        finally:
            done.set()
            watching.join()
        return True

    def _submit(self, task: int, marker: str, results: list[Json], saver: Saver, seconds: float) -> None:
        more, headers = saver.submission()
        project = self.goal.project
        body = {"result": results, "lead_time": seconds, "project": str(project), **more}
        number = None
        for _ in range(TRIES):
            path = f"/api/tasks/{task}/annotations/?project={project}"
            status, said = self.browser.ask("submit", "POST", path, body, headers)
            if status == 201:
                number = json.loads(said)["id"]
            if status == 201 or 400 <= status < 500:
                break
            time.sleep(1)
        self.told.submitted.append(Submitted(number, task, self.account["email"], marker, len(results)))

    def _watch(self, clip: str, done: threading.Event) -> None:
        """Ask as a player does: the sound whole, the head of the film, then ranges with seeks."""
        place = "/vib/media/" if self.goal.ours else "/data/local-files/?d="
        self.browser.ask("sound", "GET", f"{place}{clip}.m4a", headers={"Range": "bytes=0-"})
        start, size = 0, 256 * KIB
        while True:
            reach = {"Range": f"bytes={start}-{start + size - 1}"}
            self.browser.ask("range", "GET", f"{place}{clip}.mp4", headers=reach)
            if done.wait(self.random.uniform(1.0, 3.0)):
                return
            start, size = start + size, self.random.choice((64, 128, 256, 512, 1024)) * KIB
            if self.random.random() < 0.4 or start + size > self.goal.clip_bytes:
                start = self.random.randrange(0, self.goal.clip_bytes - size)


def region(marker: str, number: int) -> Json:
    """Return a coded turn; the first letters of its name say of which submit it is."""
    start = round((number * 0.7) % 17, 2)
    value = {"start": start, "end": round(start + 0.6, 2), "channel": 0, "labels": ["kind"]}
    return {"id": f"{marker}{number:03d}", "from_name": "turn", "to_name": "audio", "type": "labels", "value": value}


def code(goal: Goal, accounts: Sequence[Mapping[str, str]], saver: str, arriving: float, seconds: float) -> Told:
    """Let as many coders as there are accounts arrive within some seconds, and code for some more."""
    told, begin = Told(), time.time() + 0.5
    threads = []
    for number, account in enumerate(accounts):
        coder = Coder(goal, number, account, saver, told)
        arrives = begin + arriving * number / len(accounts)
        threads.append(threading.Thread(target=coder.run, args=(arrives, begin + arriving + seconds)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told
