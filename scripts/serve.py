"""What `scripts/up` does once everything is installed: prepares, starts, watches and stops the servers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import httpx
import typer
from rich.table import Table

from backend_ml.config import read_config
from scripts import children
from scripts.backend import kept_secret
from scripts.console import LANGUAGE, Failure, complain, notices, out, say, working
from scripts.database import failure, prepare, studio_environment
from scripts.logs import keep_small
from scripts.server import own_account
from vib.atomic import write_text
from vib.chosen import check_left_out, check_protecting, left_out, load_plugins, without_protection
from vib.library import only_one
from vib.methods import check_off
from vib.pluginhost import PluginHost
from vib.prepared import installed, read_prepared
from vib.problem import InputProblem
from vib.roles import Role
from vib.settings import LAST_STARTED, ROOT, Settings, read_settings

LEAST_ROOM = 300 * 1024 * 1024
"""Bytes that must be free in the data folder."""

START_SECONDS = 180.0
STOP_SECONDS = 8.0
WORKERS = {
    "worker": ("die clips knipt", "that cuts clips"),
    "intake": ("die opnames klaarzet", "that gets recordings ready"),
}
"""What cuts clips, and what brings in recordings that were sent, in Dutch and English.

They keep nothing of their own, so that they may be started again when they end.
"""

WORKER_PAUSES = (1.0, 5.0, 20.0, 60.0)
"""Seconds before it is started again, the first time and so on."""

WORKER_WELL = 600.0
"""Seconds after which a worker counts as one that works."""

DEMO = ROOT / "demo"
"""The folder of the demo: families, and who may see what of them."""

ALL_METHODS = DEMO / "methods"
"""The same of the families that have practice sets in every method."""


def serve(
    data: Annotated[Path | None, typer.Option(help="data/")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535)] = None,
    ml_port: Annotated[int | None, typer.Option(min=1, max=65535)] = None,
    demo: Annotated[bool, typer.Option()] = True,
    all_methods: Annotated[bool, typer.Option("--all-methods")] = False,
    without_access: Annotated[bool, typer.Option("--without-access")] = False,
    without_audit: Annotated[bool, typer.Option("--without-audit")] = False,
    without_signin: Annotated[bool, typer.Option("--without-signin")] = False,
) -> None:
    without = {"access": without_access, "audit": without_audit, "signin": without_signin}
    try:
        shown = [DEMO] * demo + [ALL_METHODS] * (demo and all_methods)
        _serve(data, port, ml_port, shown, [name for name, chosen in without.items() if chosen])
    except KeyboardInterrupt:
        notices.print(say("gestopt", "stopped"))


def _serve(
    data: Path | None, port: int | None, ml_port: int | None, demo: Sequence[Path], without: Sequence[str]
) -> None:
    given = {"port": port, "ml_port": ml_port}
    settings = read_settings(data).model_copy(update={k: v for k, v in given.items() if v is not None})
    settings = settings.model_copy(update={"without": (*settings.without, *without)})
    _check(settings)
    check_left_out(settings)
    check_off(settings.methods_off)
    read_config()
    plugins = load_plugins(settings)
    check_protecting(plugins, settings)
    with only_one(settings.data, "server"):
        environment = server_environment(settings)
        made = _prepare(settings, environment, demo=bool(demo) and DEMO.is_dir())
        environment["VIB_ML_LABEL_STUDIO_TOKEN"] = own_account(settings.logins)[1]
        with _running(settings, environment) as servers:
            write_text(LAST_STARTED, f"{settings.data}\n")
            write_text(settings.backend_note, f"http://127.0.0.1:{settings.ml_port}\n")
            for folder in filter(Path.is_dir, demo):
                _sync_demo(settings, environment, plugins, folder)
            _announce(settings, made)
            _watch(servers, settings, environment)


def server_environment(settings: Settings) -> dict[str, str]:
    """Return the environment of the servers: all that they write stays below the data folder."""
    return {
        **studio_environment(settings),
        "DJANGO_SETTINGS_MODULE": "plugins.settings",
        "TMPDIR": str(settings.data / "tmp"),
        "VIB_ML_PORT": str(settings.ml_port),
        "VIB_ML_LABEL_STUDIO_URL": _url(settings),
        "VIB_ML_SECRET": kept_secret(settings),
        "VIB_WITHOUT": ",".join(settings.without),
    }


def server_commands(settings: Settings) -> dict[str, list[str]]:
    """Return the command of each server by its name."""
    annotation = ["plugins.host.serving", "plugins.wsgi:application", "--host", settings.host]
    annotation += ["--port", str(settings.port)]
    annotation += ["--processes", str(settings.web_processes), "--threads", str(settings.web_threads)]
    backend = ["gunicorn", "--worker-class", "gthread", "--graceful-timeout", "3", "--log-level", "warning"]
    backend += ["--worker-tmp-dir", str(settings.data / "tmp"), "--no-control-socket"]
    backend += ["--bind", f"127.0.0.1:{settings.ml_port}", "--threads", "8", "--timeout", "60"]
    return {
        "label-studio": [sys.executable, "-m", *annotation],
        "backend": [sys.executable, "-m", *backend, "backend_ml.wsgi:app"],
        "worker": [sys.executable, "-m", "backend_ml.jobs.worker"],
        "intake": [sys.executable, "-m", "scripts.intake"],
    }


def _url(settings: Settings) -> str:
    host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host  # noqa: S104 - compared, not bound
    return f"http://{host}:{settings.port}"


def _check(settings: Settings) -> None:
    """Find what would stop us later, while one line can say it."""
    try:
        for folder in (settings.data, settings.data / "home", settings.data / "tmp", settings.data / "logs"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings.data.chmod(0o700)
        probe = settings.data / "tmp" / "probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise InputProblem(
            str(settings.data),
            nl=f"hier kan niet geschreven worden ({error.strerror}); kies een andere map met --data",
            en=f"cannot be written ({error.strerror}); choose another folder with --data",
        ) from error
    free = shutil.disk_usage(settings.data).free
    if free < LEAST_ROOM:
        raise InputProblem(
            str(settings.data),
            nl=f"te weinig ruimte: {free // 2**20} MB vrij, nodig is {LEAST_ROOM // 2**20} MB",
            en=f"too little room: {free // 2**20} MB free, {LEAST_ROOM // 2**20} MB needed",
        )
    if settings.port == settings.ml_port:
        raise InputProblem(
            "--ml-port", nl="moet een andere poort zijn dan --port", en="must be another port than --port"
        )
    for option, host, port in (
        ("--port", settings.host, settings.port),
        ("--ml-port", "127.0.0.1", settings.ml_port),
    ):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((host, port))
            except OSError as error:
                raise InputProblem(
                    f"{option} {port}",
                    nl=f"deze poort is niet vrij ({error.strerror}); kies een andere met {option}",
                    en=f"this port is not free ({error.strerror}); choose another with {option}",
                ) from error


def _prepare(settings: Settings, environment: dict[str, str], *, demo: bool) -> list[str]:
    """Migrate and make accounts when that was not done by this very version; return accounts made."""
    made: list[str] = []
    if read_prepared(settings.data) != installed(settings) or _lacks_accounts(settings, demo):
        text = say(
            "database klaarmaken (de eerste keer ongeveer een minuut)",
            "preparing the database (about a minute the first time)",
        )
        with working(text):
            words = ["--demo"] if demo else []
            done = prepare(settings, environment, *words, log=settings.data / "logs" / "prepare.log")
        if place := done["copy"]:
            notices.print(say(f"de database van voor deze versie: {place}", f"the database of before: {place}"))
        made = done["accounts"]
    _set_url(settings)
    return made


def _lacks_accounts(settings: Settings, demo: bool) -> bool:
    """Tell whether there are no accounts yet, or none of the demo where that is wanted."""
    if not settings.logins.exists():
        return True
    accounts = json.loads(settings.logins.read_text(encoding="utf-8"))["accounts"]
    return demo and not any(account["role"] == Role.TRAINEE for account in accounts)


def _set_url(settings: Settings) -> None:
    content = json.loads(settings.logins.read_text(encoding="utf-8"))
    if content["url"] != _url(settings):
        content["url"] = _url(settings)
        write_text(settings.logins, json.dumps(content, indent=2) + "\n", mode=0o600)


@contextmanager
def _running(settings: Settings, environment: dict[str, str]) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Start the servers, wait until both answer, and stop them at the end, whatever happens."""
    servers: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name in server_commands(settings):
            servers[name] = _start(name, settings, environment)
        with working(say("servers starten", "starting the servers")):
            for name, address in (
                ("label-studio", _url(settings)),
                ("backend", f"http://127.0.0.1:{settings.ml_port}"),
            ):
                _wait(servers, name, f"{address}/health", settings)
        yield servers
    finally:
        stop(list(servers.values()))


def _start(name: str, settings: Settings, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    with _log(settings, name).open("ab") as log:
        return children.start(
            server_commands(settings)[name],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environment,
            cwd=ROOT,
        )


def _wait(servers: dict[str, subprocess.Popen[bytes]], name: str, address: str, settings: Settings) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        _alive(servers, settings)
        try:
            if httpx.get(address, timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise _failure(say(f"{name} antwoordt niet", f"{name} does not answer"), _log(settings, name))


def _alive(servers: dict[str, subprocess.Popen[bytes]], settings: Settings) -> None:
    for name, process in servers.items():
        if process.poll() is not None:
            raise _failure(say(f"{name} is gestopt", f"{name} has stopped"), _log(settings, name))


def stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """End processes and all that they started: first asked, then told."""
    for process in processes:
        process.terminate()
    end = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
    for process in processes:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _sync_demo(settings: Settings, environment: dict[str, str], plugins: PluginHost, folder: Path) -> None:
    if not notices.is_terminal:
        notices.print(say("oefengezinnen klaarzetten ...", "getting the demo families ready ..."))
    _, answer = _vib(["sync", str(folder / "families"), "--data", str(settings.data), "--json"], environment)
    # It also says what it did when something was wrong with a recording, or nothing cuts clips.
    if not answer.strip():
        notices.print(say("de oefengezinnen klaarzetten is niet gelukt", "getting the demo families ready failed"))
        return
    done = json.loads(answer)
    for problem in done["problems"]:
        complain(InputProblem(problem["place"], nl=problem["nl"], en=problem["en"]))
    # Only when they are new: what an administrator took away since stays away.
    if any(project["added"] for project in done["projects"]) and _has_access(plugins):
        returned, _ = _vib(["access", "apply", str(folder / "access.yaml"), "--data", str(settings.data)], environment)
        if returned != 0:
            notices.print(say("de oefengezinnen toewijzen is niet gelukt", "assigning the demo families failed"))


def _vib(arguments: list[str], environment: dict[str, str]) -> tuple[int, bytes]:
    """Run a `vib` command to its end; return its exit code and what it wrote for programs."""
    command = [sys.executable, "-m", "scripts.cli", *arguments]
    process = children.start(command, stdout=subprocess.PIPE, env=environment, cwd=ROOT)
    try:
        answer, _ = process.communicate()
    finally:
        process.kill()
    return process.returncode, answer


def _has_access(plugins: PluginHost) -> bool:
    """Tell whether there are roles and rounds in this installation."""
    return any(plugin.name == "access" and plugin.error is None for plugin in plugins.found)


def _announce(settings: Settings, made: list[str]) -> None:
    accounts = json.loads(settings.logins.read_text(encoding="utf-8"))["accounts"]
    table = Table(box=None, pad_edge=False)
    for name in (say("rol", "role"), say("e-mail", "email"), say("wachtwoord", "password")):
        table.add_column(name)
    for account in (account for account in accounts if account["password"]):
        shown = account["password"] if account["email"] in made else say("(in logins.json)", "(in logins.json)")
        table.add_row(account["role"], account["email"], shown)
    out.print(table, highlight=False, markup=False)
    out.print(
        say(f"Wachtwoorden staan in {settings.logins}", f"Passwords are kept in {settings.logins}"),
        highlight=False,
    )
    out.print(say(f"Begin en handleiding: {_url(settings)}/vib/", f"Start page and guide: {_url(settings)}/vib/"))
    if missing := left_out(settings):
        notices.print(without_protection(missing).to(LANGUAGE), style="bold red", highlight=False)
    out.print(say("Ctrl-C stopt alles.", "Ctrl-C stops all of it."))
    print(f"ready {_url(settings)}", flush=True)


def _watch(servers: dict[str, subprocess.Popen[bytes]], settings: Settings, environment: dict[str, str]) -> NoReturn:
    """See to it that all goes on. A worker that ended is started again: people code on meanwhile."""
    others = {name: process for name, process in servers.items() if name not in WORKERS}
    ended = {name: _Ended() for name in WORKERS}
    while True:
        _alive(others, settings)
        for name in servers:
            keep_small(_log(settings, name))
        for name, (nl, en) in WORKERS.items():
            if servers[name].poll() is None:
                continue
            if ended[name].again == 0.0:
                complain(
                    InputProblem(
                        name,
                        nl=f"de werker {nl} is gestopt; ik start hem opnieuw ({_log(settings, name)})",
                        en=f"the worker {en} has stopped; starting it again ({_log(settings, name)})",
                    )
                )
                stop([servers[name]])
                ended[name].note()
            elif time.monotonic() > ended[name].again:
                servers[name] = _start(name, settings, environment)
                ended[name].started()
        time.sleep(1)


class _Ended:
    """How often a worker ended lately, and when it is to be started again; 0 while it runs."""

    def __init__(self) -> None:
        self.again = 0.0
        self._times = 0
        self._since = time.monotonic()

    def note(self) -> None:
        """It ended."""
        now = time.monotonic()
        if now - self._since > WORKER_WELL:
            self._times = 0
        self.again = now + WORKER_PAUSES[min(self._times, len(WORKER_PAUSES) - 1)]
        self._times += 1

    def started(self) -> None:
        """It runs again."""
        self.again = 0.0
        self._since = time.monotonic()


def _log(settings: Settings, name: str) -> Path:
    return settings.data / "logs" / f"{name}.log"


def _failure(text: str, log: Path) -> Failure:
    """Say what failed, the last line that says why, and where the rest is."""
    return failure(text, log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else [], log)


def _stopped(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Run the servers until they are stopped; exit code 0 stopped, 1 it failed, 2 wrong usage."""
    os.umask(0o077)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stopped)
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.command()(serve)
    try:
        app(prog_name="scripts/up")
    except InputProblem as problem:
        complain(problem)
        sys.exit(2)
    except Failure as failure:
        print(failure, file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(f"{error.filename or 'scripts/up'}: {error.strerror}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
