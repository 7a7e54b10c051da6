"""A server on which people have been at work: a round that is open, with codes in it, and one that is blind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT, Server, running_demo
from vib.interface import results_of
from vib.methods import read_method
from vib.observations_file import read_observations

OPEN, BLIND = "oefenronde", "tweede-ronde"
RATERS = ("wilhelmina", "ferdinand")
CODERS = {
    "Oefenset 1": (("trainee", 0, "anna"), ("trainee", 1, "bram"), ("supervisor", 0, "referentie")),
    "F-0001": (("counsellor", 0, "anna"), ("counsellor", 1, "bram")),
}
"""Who codes in which project, and as which of the demo's raters."""


def code(server: Server, project: str) -> None:
    """Submit the codes of the demo's raters for the clips of a project."""
    coded = {clip.clip: clip for clip in read_observations(ROOT / "demo" / "observations.json")}
    codebook = read_method("vib-pleegzorg")
    for task in server.tasks(server.projects()[project]):
        for role, number, rater in CODERS[project]:
            answer = server.api(
                "POST",
                f"/api/tasks/{task['id']}/annotations/",
                headers={"Authorization": f"Token {server.account(role, number)['token']}"},
                json={"result": results_of(coded[task["data"]["clip"]].timelines[rater], codebook)},
            )
            assert answer.status_code == 201, answer.text


@contextmanager
def lived_in(demo: Path, data: Path) -> Iterator[Server]:
    """Run a server on which a round was coded and opened, and others were just given one that is blind."""
    with running_demo(demo, data) as server:
        fill(server)
        yield server


def fill(server: Server) -> None:
    """Have more people come, and those of the demo do their work."""
    made = server.commands.python("from tests.e2e.people import main; main()")
    assert made.returncode == 0, made.stderr
    server.vib("access", "grant", server.account("counsellor", 1)["email"], "F-0001")
    for project in CODERS:
        code(server, project)
    server.vib("access", "open", OPEN)
    people = [word for name in RATERS for word in ("--rater", f"{name}@vib.example")]
    leader = ("--supervisor", server.account("supervisor")["email"])
    server.vib("access", "round", BLIND, "--practice", "oefenset-1", "--all-clips", *people, *leader)
    said = server.commands.python("from tests.e2e.people import talk; talk()")
    assert said.returncode == 0, said.stderr
