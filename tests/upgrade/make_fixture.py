"""Makes the data folder of a release, for the tests of upgrading: ``python -m tests.upgrade.make_fixture CHECKOUT``.

CHECKOUT is a checkout of the release in which ``scripts/up --setup-only`` has run. Its own server and commands
make everything; this tree only asks and packs. Two files are written to ``tests/upgrade/releases/``:

- ``NAME.tar.xz``: ``data/`` as the release left it, and ``families/``, the recordings it was made of;
- ``NAME.json``: what is expected of every later version that opens it.

NAME is the release's version and commit. Nobody's recordings are in it: the clips are from the demo.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.conftest import free_port
from tests.upgrade.told import everything, projects_of, seen
from tests.waiting import until
from vib.interface import results_of
from vib.methods import read_method
from vib.observation import Timeline
from vib.observations_file import read_observations

HERE = Path(__file__).parent
RELEASES = HERE / "releases"
DEMO = HERE.parents[1] / "demo"
SECONDS = 12
"""How much of each demo recording there is."""

METHOD = "vib-pleegzorg"
MEAL, GAME, STORY = "F-0001/2026-03-01-maaltijd", "F-0001/2026-03-08-spel", "F-0002/2026-03-02-voorlezen"
BROKEN = "F-0002/2026-03-09-aankleden"
"""Its media were away when it was to be cut: a job that failed."""

PRACTICE = "practice: oefenset-1\ntitle: {nl: Oefenset 1, en: Practice set 1}\nmethod: vib-pleegzorg\n"
PRACTICE += f"language: nl\nraters: 2\nclips: [{MEAL}, {STORY}]\n"
PASSWORD = "van-de-proefmap-17"  # noqa: S105 - of an account in a folder for tests
LEFT_OUT = ("home", "tmp", "logs", "server.lock", "sync.lock", "outbox.lock", "backend.url")


class Release:
    """A running server of a release, and its commands.

    Parameters
    ----------
    checkout : Path
    data : Path
        Made by the server.
    """

    def __init__(self, checkout: Path, data: Path) -> None:
        self.checkout = checkout
        self.data = data
        self.url = ""

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run its ``scripts/up`` until the block ends."""
        port = free_port()
        command = [self.checkout / "scripts" / "up", "--data", self.data, "--no-demo"]
        command += ["--port", str(port), "--ml-port", str(free_port())]
        process = subprocess.Popen(
            [str(word) for word in command], stdout=subprocess.PIPE, text=True, env=self.environment, cwd=self.checkout
        )
        try:
            assert process.stdout is not None
            if not any(line.startswith("ready") for line in process.stdout):
                raise RuntimeError(f"{self.checkout}/scripts/up does not start")
            self.url = f"http://127.0.0.1:{port}"
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)

    @property
    def environment(self) -> dict[str, str]:
        """The environment without what is of this session, in English."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("VIB_")}
        return {**kept, "VIB_LANGUAGE": "en"}

    def vib(self, *words: str | Path, codes: tuple[int, ...] = (0,)) -> str:
        """Run one of its commands on the data and return what it wrote."""
        command = [self.checkout / ".venv" / "bin" / "vib", *words, "--data", self.data]
        done = subprocess.run(
            [str(word) for word in command], capture_output=True, text=True, env=self.environment, check=False
        )
        if done.returncode not in codes:
            raise RuntimeError(f"{' '.join(map(str, command))}: {done.stdout}{done.stderr}")
        return done.stdout

    def run_here(self, script: Path, *words: str) -> None:
        """Run a script of ours with its Python and its code."""
        environment = {**self.environment, "VIB_DATA": str(self.data)}
        python = self.checkout / ".venv" / "bin" / "python"
        subprocess.run([python, script, *words], env=environment, cwd=self.checkout, check=True)

    def token(self, email: str) -> str:
        """Return the token of one of the first accounts."""
        accounts = json.loads((self.data / "logins.json").read_text(encoding="utf-8"))["accounts"]
        return next(str(account["token"]) for account in accounts if account["email"] == email)

    def api(self, email: str, method: str, path: str, content: Any = None) -> httpx.Response:
        """Ask the server something as somebody."""
        headers = {"Authorization": f"Token {self.token(email)}"}
        return httpx.request(method, f"{self.url}{path}", headers=headers, json=content, timeout=120)

    def ask(self, email: str, path: str) -> Any:
        """Return what somebody is told, or None where they may not see it."""
        answer = self.api(email, "GET", path)
        return answer.json() if answer.status_code == 200 else None


def make_families(folder: Path) -> None:
    """Write short recordings of the demo families, whose time is a whole second so that an archive keeps it."""
    for recording in sorted((DEMO / "families").glob("*/*.mp4")):
        target = folder / recording.parent.name / recording.name
        target.parent.mkdir(parents=True, exist_ok=True)
        given = ["-t", str(SECONDS), "-i", str(recording), "-vf", "scale=96:54", "-r", "25", "-map_metadata", "-1"]
        video = ["-c:v", "libx264", "-preset", "veryslow", "-crf", "38", "-g", "25", "-bf", "0", "-pix_fmt", "yuv420p"]
        sound = ["-c:a", "aac", "-b:a", "24k", "-ar", "16000", "-ac", "1", "-movflags", "+faststart"]
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *given, *video, *sound, str(target)], check=True)
        os.utime(target, (1_764_000_000, 1_764_000_000))
        about = (recording.parent / "family.yaml").read_text(encoding="utf-8")
        (target.parent / "family.yaml").write_text(re.sub(r"until: \d{4}", "until: 2099", about), encoding="utf-8")
    (folder / "oefenset.practice.yaml").write_text(PRACTICE, encoding="utf-8")


def fill(release: Release, families: Path) -> None:
    """Make everything that a release can hold."""
    release.run_here(HERE / "learn_by_hand.py", "F-0002")
    release.vib("sync", families, "--no-segment")
    broken = [release.data / "media" / f"{BROKEN}{ending}" for ending in (".mp4", ".m4a")]
    for file in broken:
        file.rename(file.with_suffix(file.suffix + ".away"))
    service = "dienst@vib.example"
    numbers = {title: project["id"] for title, project in projects_of(release.ask, service).items()}
    for number in numbers.values():
        release.vib("segment", "--project", str(number), codes=(0, 2))
    for file in broken:
        file.with_suffix(file.suffix + ".away").rename(file)

    release.vib("access", "grant", "begeleider@vib.example", "F-0001")
    for name, clip, options in (("blind", MEAL, ["--hide-predictions"]), ("besproken", STORY, [])):
        people = ["--rater", "anna@vib.example", "--rater", "bram@vib.example", "--supervisor", "opleider@vib.example"]
        release.vib("access", "round", name, "--practice", "oefenset-1", *people, "--clip", clip, *options)
    code(release)
    release.vib("access", "open", "besproken")
    take_up(release, invite(release, "carla@vib.example"), "carla@vib.example")
    invite(release, "dirk@vib.example")
    invite(release, "els@vib.example")
    release.vib("invite", "els@vib.example", "--withdraw")


def code(release: Release) -> None:
    """Let people code, each what the demo's coders saw, and leave drafts; wait until it was all learnt from."""
    found = everything(release.ask, "dienst@vib.example")
    handed_out = [("anna", "Oefenset 1", MEAL), ("bram", "Oefenset 1", MEAL)]
    handed_out += [("anna", "Oefenset 1", STORY), ("bram", "Oefenset 1", STORY), ("begeleider", "F-0001", MEAL)]
    for who, project, clip in handed_out:
        task = found[project]["tasks"][clip]["id"]
        answer = release.api(f"{who}@vib.example", "POST", f"/api/tasks/{task}/annotations/", coded(who, clip))
        answer.raise_for_status()
    game = found["F-0001"]["tasks"][GAME]["id"]
    meal = found["Oefenset 1"]["tasks"][MEAL]["id"]
    for who, task, clip in (("begeleider", game, GAME), ("anna", meal, MEAL)):
        answer = release.api(f"{who}@vib.example", "POST", f"/api/tasks/{task}/drafts", coded("bram", clip))
        answer.raise_for_status()
    until(lambda: len(corrections(release.data)) == len(handed_out))


def coded(who: str, clip: str) -> dict[str, Any]:
    """Return what a coder of the demo saw of the first seconds of a clip, as Label Studio is told."""
    sets = {clips.clip: clips for clips in read_observations(DEMO / "observations.json")}
    rater = who if who in sets[clip].raters else "referentie"
    observations = [one for one in sets[clip].timelines[rater] if one.end <= SECONDS]
    result = results_of(Timeline(SECONDS, observations), read_method(METHOD), {})
    return {"result": result, "lead_time": 61.5}


def invite(release: Release, email: str) -> str:
    """Invite somebody as trainee and return the link."""
    return release.vib("invite", email, "--role", "trainee", "--days", "90").strip()


def take_up(release: Release, link: str, email: str) -> None:
    """Make the account of an invitation."""
    with httpx.Client(timeout=60) as browser:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(link).text)
        assert token is not None
        fields = {"csrfmiddlewaretoken": token[1], "email": email, "password": PASSWORD}
        answer = browser.post(link, data=fields, headers={"Referer": link, "Origin": release.url})
    if answer.status_code != 302:
        raise RuntimeError(f"{email} cannot take the invitation up: {answer.status_code}")


def rows(file: Path, statement: str) -> list[list[Any]]:
    """Return the rows of a database of the data folder."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
        return [list(row) for row in database.execute(statement)]


def corrections(data: Path) -> list[list[Any]]:
    """Return what was learnt from: source, clip, family and turns."""
    file = data / "learning" / "corrections.sqlite3"
    found = rows(file, "SELECT source, clip, family, taken FROM correction ORDER BY source")
    turns = rows(file, "SELECT source, begin, until, actor FROM turn ORDER BY begin, until, actor")
    return [[*row, [turn[1:] for turn in turns if turn[0] == row[0]]] for row in found]


def expected(release: Release) -> dict[str, Any]:
    """Return what later versions are to tell, while the server runs."""
    service = "dienst@vib.example"
    told = everything(release.ask, service)
    numbers = [task["id"] for project in told.values() for task in project["tasks"].values()]
    access = json.loads(release.vib("access", "list", "--json"))
    emails = [account["email"] for account in json.loads((release.data / "logins.json").read_text())["accounts"]]
    return {
        "accounts": sorted([user["id"], user["email"]] for user in release.ask(service, "/api/users/")),
        "projects": told,
        "seen": {email: seen(release.ask, email, numbers) for email in emails if email != service},
        "access": access,
        "invitations": release.vib("invite", "--list").splitlines(),
        "jobs": json.loads(release.vib("segment", "--status", "--json", codes=(0, 1)))["jobs"],
        "heads": {
            family: json.loads(release.vib("segment", "heads", *(["--family", family] if family else []), "--json"))
            for family in ("", "F-0002")
        },
    }


def expected_of_files(release: Release) -> dict[str, Any]:
    """Return what later versions are to find in the files, when the server has stopped."""
    data = release.data
    head = (data / "audit" / "head").read_text(encoding="ascii").split()
    release.vib("audit", "verify", "--expect", head[1])
    library = data / "library.sqlite3"
    return {
        "audit": {"lines": int(head[0]), "hash": head[1]},
        "corrections": corrections(data),
        "library": {
            "clips": rows(library, "SELECT id, family, source, size, sha256, duration FROM clip ORDER BY id"),
            "projects": rows(library, "SELECT key, number FROM project ORDER BY key"),
            "tasks": rows(library, "SELECT project, clip, number, turns FROM task ORDER BY number"),
        },
        "turns": {file.stem: json.loads(file.read_text()) for file in sorted((data / "turns").glob("*.json"))},
    }


def pack(folder: Path, archive: Path) -> None:
    """Write the data and the families to an archive, without what every start makes anew."""
    for name in LEFT_OUT:
        path = folder / "data" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        return entry

    with tarfile.open(archive, "w:xz", preset=9) as packed:
        for name in ("data", "families"):
            packed.add(folder / name, name, filter=anonymous)


def main(checkout: Path) -> None:
    """Make archive and expectations of a release."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=checkout, capture_output=True, text=True, check=True
    ).stdout.strip()
    with tempfile.TemporaryDirectory(prefix="vib-release-") as made:
        folder = Path(made)
        release = Release(checkout, folder / "data")
        make_families(folder / "families")
        with release.running():
            fill(release, folder / "families")
            content = expected(release)
        content |= expected_of_files(release)
        RELEASES.mkdir(exist_ok=True)
        version = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
        name = f"{version}-{commit}"
        pack(folder, RELEASES / f"{name}.tar.xz")
        text = json.dumps({"commit": commit, "version": version, **content}, ensure_ascii=False, indent=1)
        (RELEASES / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(f"{name}: {(RELEASES / f'{name}.tar.xz').stat().st_size / 1000:.0f} kB", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    main(Path(sys.argv[1]).resolve())
