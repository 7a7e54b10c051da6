"""`vib access` does and says what it should, on a real server's data."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.conftest import ROOT, Server, run_vib

COUNSELLOR, RATERS = "begeleider@vib.example", ["anna@vib.example", "bram@vib.example"]
DATABASE = "label-studio/label_studio.sqlite3"


def listed(server: Server) -> dict[str, Any]:
    """Return what `vib access list` says, the whole command in a process of its own."""
    run = run_vib("access", "list", "--json", "--data", server.data)
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_help_does_not_wait_for_django() -> None:
    program = "import sys; from scripts.cli import make_app; make_app(); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def test_the_first_start_with_the_demo_hands_it_out(server: Server) -> None:
    found = listed(server)
    accounts = {line["email"]: line for line in found["accounts"]}
    assert accounts[COUNSELLOR]["families"] == ["F-0001", "F-0002"]
    assert accounts["dienst@vib.example"]["role"] == "service"
    [round_] = [line for line in found["rounds"] if line["round"] == "oefenronde"]
    assert (round_["raters"], len(round_["clips"]), round_["predictions_shown"]) == (RATERS, 2, True)


def test_who_can_see_a_family_is_shown_with_the_reason_and_with_who_holds_the_disk(server: Server) -> None:
    said = server.vib("access", "who-can-see", "F-0002").stdout
    lines = {line.split()[0]: line for line in said.splitlines() if "@" in line}
    assert "family assigned on" in lines[COUNSELLOR]
    assert "rater in round oefenronde: F-0002/2026-03-02-voorlezen" in lines[RATERS[0]]
    assert "the machine's disk" in said
    found = json.loads(server.vib("access", "who-can-see", "F-0002", "--json").stdout)
    assert {account["email"] for account in found["accounts"]} == set(lines)


def test_a_change_is_said_and_a_second_time_too(server: Server) -> None:
    for said in ("beheer@vib.example now has family F-0001\n", "beheer@vib.example had family F-0001 already\n"):
        assert server.vib("access", "grant", "beheer@vib.example", "F-0001").stdout == said
    server.vib("access", "revoke", "beheer@vib.example", "F-0001")


def test_wrong_input_is_one_line_and_exit_code_2(server: Server, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("families:\n  begleider@vib.example: [F-0001]\n", encoding="utf-8")
    unknown = tmp_path / "unknown.yaml"
    unknown.write_text("rounds: [{name: a, practice: b, rators: []}]\n", encoding="utf-8")
    for arguments, word in (
        (["grant", COUNSELLOR, "F-001"], "F-0001"),
        (["revoke", COUNSELLOR], "--all"),
        (["role", COUNSELLOR, "boss"], "trainee"),
        (["apply", plan], COUNSELLOR),
        (["apply", unknown], "rators"),
    ):
        run = server.vib("access", *arguments, check=False)
        assert run.returncode == 2, run.stderr
        assert len(run.stderr.splitlines()) == 1
        assert word in run.stderr


def test_routes_are_listed_with_whoever_may_use_them(server: Server) -> None:
    lines = {line.split()[0]: line for line in server.vib("access", "routes").stdout.splitlines()}
    assert "clips, codes, exports" in lines["api/annotations/<int:pk>/"] or "code" in lines["api/annotations/<int:pk>/"]
    assert "only the account for commands" in lines["api/webhooks/"]
    assert "without an account" in lines["health/"]


def test_agreement_of_a_round_is_about_its_raters_and_its_clips(server: Server) -> None:
    project = next(number for title, number in server.projects().items() if title.startswith("Oefen"))
    tasks = server.tasks(project)
    for number, kept in ((0, None), (1, 2)):
        token = server.account("trainee", number)["token"]
        for task in tasks:
            turns = task["predictions"][0]["result"][:kept]
            asked = {"headers": {"Authorization": f"Token {token}"}, "json": {"result": turns}}
            assert server.api("POST", f"/api/tasks/{task['id']}/annotations/", **asked).status_code == 201
    said = json.loads(server.vib("agreement", "--round", "oefenronde", "--json", "--bootstrap", "0").stdout)
    assert said["raters"] == ["anna", "bram"]
    assert len(said["clips"]) == 2
    same = next(m for m in said["measures"] if (m["measure"], m["tier"], m["code"]) == ("percent_linked", "turn", None))
    assert 0 < same["value"] < 1
    by_number = json.loads(server.vib("agreement", "--round", "1", "--json", "--bootstrap", "0").stdout)
    assert by_number == said
    unknown = server.vib("agreement", "--round", "geen", check=False)
    assert (unknown.returncode, len(unknown.stderr.splitlines())) == (2, 1)
    assert "no such round" in unknown.stderr


def test_without_a_server_there_is_one_line_that_says_so(tmp_path: Path) -> None:
    run = run_vib("access", "list", "--data", tmp_path / "empty")
    assert (run.returncode, len(run.stderr.splitlines())) == (2, 1)
    assert "scripts/up" in run.stderr
    assert not (tmp_path / "empty").exists()


IMPATIENT = """
import sys
from plugins.host import start
from scripts.cli import main
start.PATIENCE_SECONDS = 0.3
sys.argv = ["vib", "access", "role", {email!r}, "counsellor", "--data", {data!r}]
main()
"""


def role_of(server: Server, email: str) -> str:
    """Return what the database says."""
    joined = "auth_group g join htx_user_groups ug on ug.group_id = g.id join htx_user u on u.id = ug.user_id"
    with closing(sqlite3.connect(server.data / DATABASE)) as database:
        found: str = database.execute(f"select g.name from {joined} where u.email = ?", [email]).fetchone()[0]  # noqa: S608
    return found


def test_a_database_that_stays_locked_is_one_line_and_nothing_has_changed(server: Server) -> None:
    with closing(sqlite3.connect(server.data / DATABASE)) as holding:
        holding.execute("BEGIN IMMEDIATE")
        run = server.commands.python(IMPATIENT.format(email=RATERS[0], data=str(server.data)))
        holding.rollback()
    assert (run.returncode, len(run.stderr.splitlines())) == (1, 1), run.stderr
    assert "busy" in run.stderr
    assert role_of(server, RATERS[0]) == "trainee"
