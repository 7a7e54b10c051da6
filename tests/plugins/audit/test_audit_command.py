"""`vib audit` as people type it."""

from __future__ import annotations

import csv
import io
import json
import os
import pwd
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from audit_making import contents, lines_of, make_event, spoil
from typer.testing import CliRunner, Result

from plugins.audit.command import add_command
from plugins.audit.log import Log
from plugins.audit.selecting import COLUMNS
from vib.access_event import AccessEvent
from vib.hookspecs import hookimpl
from vib.pluginhost import PluginHost
from vib.problem import InputProblem

ROOT = Path(__file__).parents[3]
ME = f"console:{pwd.getpwuid(os.getuid()).pw_name}"


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIB_LANGUAGE", "en")
    # The command sets it; this puts back what was there.
    monkeypatch.setenv("VIB_DATA", "")
    monkeypatch.delenv("VIB_DATA")


@pytest.fixture
def busy(log: Log) -> Log:
    """Return the log of a morning."""
    log.append(make_event(who="anna@praktijk.example", families=("F-0001",), which="task 1"))
    log.append(make_event(who="bram@praktijk.example", families=("F-0001", "F-0002"), which="task 2", allowed=False))
    log.append(make_event(who="joanna@praktijk.example", families=("F-0002",), which="task 3"))
    log.append(make_event(who="", role="", what="POST user/login/", which="Anna@praktijk.example", allowed=False))
    return log


def run(log: Log, *arguments: object, host: PluginHost | None = None) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    add_command(app, host or PluginHost(only=["audit"]))
    given = ["audit", *map(str, arguments), "--data", str(log.data)]
    return CliRunner(env={"COLUMNS": "200"}).invoke(app, given)


def problem(log: Log, *arguments: object) -> str:
    result = run(log, *arguments)
    assert isinstance(result.exception, InputProblem), result.output
    return str(result.exception)


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout, newline="")))


# verify


def test_a_whole_log_says_its_last_hash_to_keep_and_is_not_written_to(busy: Log) -> None:
    before = lines_of(busy)
    result = run(busy, "verify")
    assert result.exit_code == 0
    assert "The log is whole: 4 lines." in result.stdout
    assert contents(busy)[-1]["hash"] in result.stdout.splitlines()
    assert lines_of(busy) == before


@pytest.mark.parametrize(("language", "said"), [("en", "line 2 was changed"), ("nl", "regel 2 is veranderd")])
def test_a_changed_line_is_named_in_the_language_of_the_user(
    busy: Log, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setenv("VIB_LANGUAGE", language)
    lines = lines_of(busy)
    spoil(busy, lines[0], lines[1].replace(b"bram", b"anna"), *lines[2:])
    result = run(busy, "verify")
    assert result.exit_code == 1
    assert said in result.stdout


def test_a_hash_that_was_kept_is_asked_for_with_expect(busy: Log) -> None:
    kept = str(contents(busy)[1]["hash"])
    assert run(busy, "verify", "--expect", f" {kept.upper()} ").exit_code == 0
    result = run(busy, "verify", "--expect", "0" * 64)
    assert result.exit_code == 1
    assert "expected hash" in result.stdout


def test_what_is_no_hash_is_refused(busy: Log) -> None:
    assert problem(busy, "verify", "--expect", "abc").startswith("--expect: no hash")


@pytest.mark.parametrize("command", ["verify", "show", "export"])
def test_without_a_log_each_command_says_so_and_makes_none(tmp_path: Path, command: str) -> None:
    assert problem(Log(tmp_path), command).endswith("there is no audit log here")
    assert list(tmp_path.iterdir()) == []


def test_a_log_that_cannot_be_read_is_no_log_that_was_tampered_with(busy: Log) -> None:
    busy.file.unlink()
    busy.file.mkdir()
    assert "cannot be read" in problem(busy, "verify")


def test_the_half_line_of_a_killed_process_is_told_of_and_is_no_tampering(busy: Log) -> None:
    with busy.file.open("ab") as file:
        file.write(b'{"number":5')
    result = run(busy, "verify")
    assert (result.exit_code, "11 bytes of a line that was never finished" in result.stdout) == (0, True)
    run(busy, "show")
    result = run(busy, "verify")
    assert (result.exit_code, "processes that were killed: 1" in result.stdout) == (0, True)


@pytest.mark.parametrize(("spoiled", "code"), [(False, 0), (True, 1), (None, 2)])
def test_the_exit_code_tells_whole_tampered_and_no_log_apart(busy: Log, spoiled: bool | None, code: int) -> None:
    if spoiled:
        spoil(busy, *lines_of(busy)[1:])
    data = busy.data / "none" if spoiled is None else busy.data
    command = [sys.executable, "-m", "scripts.cli", "audit", "verify", "--data", str(data)]
    environment = {**os.environ, "VIB_PLUGINS": "audit"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


# Who looks is written down


@pytest.mark.parametrize(("command", "what"), [("show", "audit show"), ("export", "audit export csv")])
def test_looking_into_the_log_is_itself_written_down_but_not_shown_yet(busy: Log, command: str, what: str) -> None:
    result = run(busy, command, "--family", "F-0001", "--since", "2026-01-01T00:00Z")
    assert ME not in result.stdout
    last = contents(busy)[-1]
    assert (last["who"], last["what"], last["families"]) == (ME, what, ["F-0001"])
    assert last["which"] == "family F-0001, since 2026-01-01T00:00:00.000Z"


def test_every_plugin_hears_that_somebody_looks_and_may_forbid_it(busy: Log) -> None:
    class Watch:
        @hookimpl
        def vib_access_event(self, event: AccessEvent) -> None:
            raise OSError(event.what)

    host = PluginHost(only=["audit"])
    host.add("watch", Watch())
    result = run(busy, "show", host=host)
    assert isinstance(result.exception, OSError)
    assert result.stdout == ""


def test_who_looks_is_not_what_the_environment_says(busy: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody-else")
    run(busy, "show")
    assert contents(busy)[-1]["who"] == ME


# show and export: the same filters


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        ([], [1, 2, 3, 4]),
        (["--family", "F-0001"], [1, 2]),
        (["--family", "F-000"], []),
        (["--who", "anna"], [1]),
        (["--who", "ANNA@praktijk.example"], [1]),
        (["--who", "@praktijk.example"], []),
        (["--refused"], [2, 4]),
        (["--refused", "--family", "F-0002"], [2]),
        (["--since", "2020-01-01"], [1, 2, 3, 4]),
        (["--since", "2999-01-01T12:00"], []),
    ],
)
def test_the_same_filters_choose_what_is_shown_and_exported(busy: Log, options: list[str], numbers: list[int]) -> None:
    assert [int(row["number"]) for row in rows(run(busy, "export", *options))] == numbers
    shown = run(busy, "show", "--since", "2020-01-01", *options).stdout
    found = [int(number) for number in re.findall(r"^│ +(\d+) │", shown, flags=re.M)]
    assert [number for number in found if number <= 4] == numbers


def test_the_latest_lines_are_shown_the_newest_last(busy: Log) -> None:
    shown = run(busy, "show", "--limit", 2).stdout
    assert re.findall(r"^│ +(\d+) │", shown, flags=re.M) == ["3", "4"]
    assert "refused" in shown


def test_nothing_to_show_is_said(busy: Log) -> None:
    assert run(busy, "show", "--family", "F-0009").stdout == "No lines.\n"


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "", "0001-01-01T00:00+14:00"])
def test_what_is_no_date_is_refused(busy: Log, text: str) -> None:
    assert problem(busy, "show", "--since", text).startswith("--since: no date")


def test_the_table_is_in_dutch_for_who_reads_dutch(busy: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIB_LANGUAGE", "nl")
    shown = run(busy, "show").stdout
    assert "geweigerd" in shown
    assert "Gezinnen" in shown


@pytest.mark.parametrize("command", [["show"], ["export"], ["export", "--format", "jsonl"]])
def test_no_control_character_of_the_log_reaches_the_terminal(log: Log, command: list[str]) -> None:
    log.append(make_event(who="\x1b[2J\x07", which="a\nb\x9b\x7f\u202e", where="\ud800", families=("\r",)))
    result = run(log, *command)
    assert result.exit_code == 0
    assert {sign for sign in result.stdout if not sign.isprintable()} <= {"\n", "\r"}
    assert "\r" not in result.stdout.replace("\r\n", "")


def test_no_cell_of_the_csv_runs_as_a_formula(log: Log) -> None:
    log.append(make_event(who="=HYPERLINK(1)", which="+1", where="@x"))
    [row] = rows(run(log, "export"))
    assert (row["who"], row["which"], row["where"]) == ("'=HYPERLINK(1)", "'+1", "'@x")
    assert tuple(row) == COLUMNS


def test_json_lines_are_the_lines_as_they_are(busy: Log) -> None:
    before = lines_of(busy)
    assert run(busy, "export", "--format", "jsonl").stdout.encode() == b"".join(before)
    assert run(busy, "export", "--format", "jsonl", "--refused").stdout.encode() == before[1] + before[3]


def test_a_file_is_written_whole_for_its_owner_only(busy: Log, tmp_path: Path) -> None:
    output = tmp_path / "log.csv"
    result = run(busy, "export", "--output", output)
    assert (result.exit_code, result.stdout) == (0, "")
    assert output.read_bytes().count(b"\r\n") == 5
    assert output.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob(".*"))


def test_a_file_in_a_folder_that_is_not_there_is_refused_before_anything_is_read(busy: Log) -> None:
    assert "no such folder" in problem(busy, "export", "--output", busy.data / "none" / "log.csv")
    assert len(lines_of(busy)) == 4


def test_lines_that_cannot_be_read_are_counted_and_the_others_shown(busy: Log) -> None:
    lines = lines_of(busy)
    spoil(busy, lines[0], b"nonsense\n", *lines[2:])
    for command in ("show", "export"):
        result = run(busy, command, "--family", "F-0002")
        assert "task 3" in result.stdout
        assert "lines that cannot be read, and are not here: 1" in result.stderr


def test_lines_about_the_log_itself_are_shown_as_such(busy: Log) -> None:
    spoil(busy, *lines_of(busy)[:3])
    run(busy, "show")
    assert "the end was not right" in run(busy, "show").stdout
    assert json.loads(lines_of(busy)[3])["kind"] == "cut"


# Documentation


@pytest.mark.parametrize("name", ["verify", "show", "export"])
def test_every_option_of_a_subcommand_is_documented_and_no_other_is(name: str) -> None:
    app = typer.Typer()
    app.callback()(lambda: None)
    add_command(app, PluginHost(only=["audit"]))
    group = typer.main.get_command(app).commands["audit"]  # type: ignore[attr-defined]
    options = {option for p in group.commands[name].params for option in p.opts} - {"--help"}
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    said = page.partition(f"### `vib audit {name}`\n")[2].partition("\n##")[0]
    documented = [
        re.findall(r"`(--?[a-z]+)", line.partition(": ")[0]) for line in said.splitlines() if line[:3] == "- `"
    ]
    assert {option for options in documented for option in options} == options
