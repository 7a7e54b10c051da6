"""A real server behind a proxy that is not there, so that each test comes from an address of its own."""

from __future__ import annotations

import base64
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.commands import Commands
from tests.conftest import account_of, free_port
from tests.serving import answer_of, serving

SETTINGS = "tests.plugins.signin.settings_of_tests"
PLUGINS = "guide,home,signin"
"""Only what these tests are about: what others forbid is not to be mistaken for what this one does."""

FORGED = "somebody-else"
"""What the environment of the server and of every command here says about who runs it."""


@dataclass
class Studio:
    """The server of these tests, with the settings of a deployment, and its database."""

    url: str
    data: Path
    environment: dict[str, str]
    commands: Commands
    addresses: Iterator[str] = field(default_factory=lambda: (f"203.0.113.{n}" for n in count(1)))

    def visitor(self, **headers: str) -> Visitor:
        """Return somebody at an address that nobody else here has."""
        return Visitor(self, next(self.addresses), headers)

    def account(self, role: str, number: int = 0) -> dict[str, str]:
        """Return the logins of an account."""
        return account_of(self.data, role, number)

    def vib(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a `vib` command on this server's data, in English."""
        return self.commands.vib(*arguments, "--data", str(self.data))

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the database, or change it."""
        with sqlite3.connect(self.data / "label-studio" / "label_studio.sqlite3", timeout=30) as database:
            return database.execute(statement, values).fetchall()


class Visitor:
    """A browser as far as cookies go. It keeps secure ones too, as over HTTPS."""

    def __init__(self, studio: Studio, address: str, headers: dict[str, str]) -> None:
        self.studio = studio
        self.origin = studio.url.replace("http:", "https:")
        proxied = {"X-Forwarded-For": address, "X-Forwarded-Proto": "https"}
        self.headers = {"Accept": "text/html,*/*;q=0.8", **proxied, **headers}
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, *, headers: dict[str, str] | None = None, **options: Any) -> httpx.Response:
        """Send a request."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {**self.headers, **({"Cookie": cookies} if cookies else {}), **(headers or {})}
        answer = httpx.request(method, f"{self.studio.url}{path}", headers=sent, timeout=60, **options)
        self.cookies.update(dict(answer.cookies))
        return answer

    def post_form(self, path: str, **fields: str) -> httpx.Response:
        """Send a form as a browser would after opening it."""
        self.ask("GET", "/user/login/")
        data = {**fields, "csrfmiddlewaretoken": self.cookies["csrftoken"]}
        return self.ask("POST", path, data=data, headers={"Origin": self.origin})

    def log_in(self, email: str, password: str, path: str = "/user/login/") -> httpx.Response:
        """Try to log in."""
        return self.post_form(path, email=email, username=email, password=password)

    def session(self) -> dict[str, Any]:
        """Return what the session cookie says."""
        content = self.cookies["sessionid"].split(":")[0]
        packed = content.removeprefix(".")
        raw = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        return dict(json.loads(zlib.decompress(raw) if content.startswith(".") else raw))

    def logged_in(self) -> bool:
        """Tell whether the server still knows who this is."""
        return self.ask("GET", "/vib/").status_code == 200


def environment_for(data: Path) -> dict[str, str]:
    """Return the environment of a server with the settings of a deployment."""
    forged = dict.fromkeys(("LOGNAME", "USER", "LNAME", "USERNAME"), FORGED)
    ours = {
        "DJANGO_SETTINGS_MODULE": "tests.plugins.signin.settings_of_tests",
        "VIB_DATA": str(data),
        "HOME": str(data / "home"),
    }
    return {**os.environ, **forged, **ours, "VIB_PLUGINS": PLUGINS, "VIB_WITHOUT": "access,audit"}


REHASH = """
import json
from django.conf import settings
from users.models import User
for account in json.loads(settings.VIB.logins.read_text(encoding="utf-8"))["accounts"]:
    if account["password"]:
        user = User.objects.get(email=account["email"])
        user.set_password(account["password"])
        user.save()
"""
"""Has the accounts of logins.json checked as the settings of these tests say."""


@pytest.fixture(scope="session")
def studio(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """Run the server of these tests."""
    data = Path(shutil.copytree(template, tmp_path_factory.mktemp("signin") / "data"))
    url, environment = f"http://127.0.0.1:{(port := free_port())}", environment_for(data)
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
    command += ["--bind", f"127.0.0.1:{port}", "plugins.wsgi:application"]
    with serving(command, environment, data / "server.log") as process:
        commands = Commands(data, environment)
        try:
            done = commands.python(REHASH)
            assert done.returncode == 0, done.stderr
            answer_of(f"{url}/health", process)
            yield Studio(url, data, environment, commands)
        finally:
            commands.close()
