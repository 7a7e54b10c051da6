"""`vib agreement` as people type it."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import pytest
import typer
from typer.testing import CliRunner, Result

from plugins.agreement.plugin import vib_commands
from vib.hookspecs import hookimpl
from vib.language import Text
from vib.methods import read_method
from vib.observation import Observation, RaterSet, Timeline
from vib.pluginhost import PluginHost
from vib.problem import InputProblem

CONTENT = {
    "format": "vib-observations/1",
    "clips": [
        {
            "id": "F-0001/maaltijd",
            "duration": 40,
            "raters": {
                "anna": [
                    {"tier": "turn", "code": "kind", "start": 0, "end": 10},
                    {"tier": "turn", "code": "volwassene", "start": 12, "end": 20},
                ],
                "bram": [{"tier": "turn", "code": "kind", "start": 1, "end": 10}],
                "carla": [],
            },
        }
    ],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "codes.json"
    path.write_text(json.dumps(CONTENT), encoding="utf-8")
    return path


def run(*arguments: object, host: PluginHost | None = None) -> Result:
    app = typer.Typer()

    @app.callback()
    def main() -> None:
        """Make `agreement` a subcommand, as it is in `vib`."""

    vib_commands(app, host or PluginHost())
    return CliRunner().invoke(app, ["agreement", *map(str, arguments)])


def problem(*arguments: object) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, InputProblem), result.output
    assert "\n" not in str(result.exception)
    return str(result.exception)


def test_json(file: Path) -> None:
    result = run(file, "--json", "--raters", "anna,bram", "--tier", "turn", "--measure", "time_unit_percent")
    assert result.exit_code == 0
    measures = json.loads(result.output)["measures"]
    asked = [m for m in measures if m["measure"] == "time_unit_percent"]
    assert [(m["code"], m["value"], m["scope"]) for m in asked] == [
        (None, pytest.approx(31 / 40), "all"),
        ("kind", pytest.approx(39 / 40), "all"),
        ("volwassene", pytest.approx(32 / 40), "all"),
    ]


@pytest.mark.parametrize(
    ("form", "starts"), [("table", "Agreement: "), ("json", "{"), ("csv", "measure,"), ("html", "<!DOCTYPE html>")]
)
def test_formats_to_the_screen(file: Path, form: str, starts: str) -> None:
    result = run(file, "--format", form)
    assert result.exit_code == 0, result.exception
    assert result.output.lstrip("\n").startswith(starts)


def test_language(file: Path) -> None:
    assert "Op tijd" in run(file, "--format", "html", "--language", "nl").output
    assert "By time" in run(file, "--format", "html", "--language", "en").output


def test_output_replaces_the_file_as_a_whole(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "verslag.html"
    target.write_text("old", encoding="utf-8")
    result = run(file, "--format", "html", "--output", target)
    assert (result.exit_code, result.output) == (0, "")
    assert target.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["codes.json", "verslag.html"]


def test_output_that_cannot_be_written(file: Path, tmp_path: Path) -> None:
    assert "cannot be written" in problem(file, "--output", tmp_path)


def test_project_is_read_through_the_hook() -> None:
    class Book:
        method, tiers = "small", ()

        def labels(self) -> dict[str, Text]:
            return {"kind": Text(nl="Het kind", en="The child")}

    class Server:
        asked: ClassVar[list[tuple[int, Path]]] = []

        @hookimpl
        def vib_project(self, number: int, data: Path) -> tuple[tuple[RaterSet, ...], Book]:
            self.asked.append((number, data))
            seen = Timeline(10, [Observation("turn", "kind", 0, 5)])
            return (RaterSet("clip", 10, {"anna": seen, "bram": seen}),), Book()

    host = PluginHost(only=["agreement"])
    host.add("server", Server())
    result = run("--project", 3, "--data", "/srv/vib", "--language", "nl", host=host)
    assert "Het kind" in result.output
    assert Server.asked == [(3, Path("/srv/vib"))]


def test_without_anything_that_reaches_a_server_it_says_so() -> None:
    result = run("--project", 3, host=PluginHost(only=["agreement"]))
    assert "no plugin can reach a server" in str(result.exception)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--tier", "beurt"], "known: turn"),
        (["--code", "x"], "known: kind, volwassene"),
        (["--raters", "anna,piet"], "known: anna, bram, carla"),
        (["--raters", "anna"], "at least two raters"),
        (["--measure", "kappa"], "time_unit_kappa"),
        (["--overlap", "60"], "at most 1"),
        (["--tolerance", "-1"], "not a number of seconds"),
        (["--order", ","], "at least two categories"),
        (["--order", "laag,hoog"], "laag, hoog is unknown; known: kind, volwassene"),
        (["--json", "--format", "csv"], "does not go with --format csv"),
        (["--project", "1"], "one of the three"),
    ],
)
def test_common_mistakes(file: Path, arguments: list[str], says: str) -> None:
    assert says in problem(file, *arguments)


def test_nothing_to_read(tmp_path: Path) -> None:
    assert "one of the three" in problem()
    assert "cannot be read" in problem(tmp_path / "none.json")


@pytest.mark.parametrize("environment", [{"VIB_LANGUAGE": "nl"}, {"VIB_LANGUAGE": "en"}])
def test_help_is_in_the_language_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    shown = run("--help").output
    assert ("beoordelaars" in shown) == (environment["VIB_LANGUAGE"] == "nl")


@pytest.mark.parametrize(("asked", "more"), [("", {"numpy"}), ("plugin.vib_statistics();", set())])
def test_the_plugin_imports_nothing_slow(asked: str, more: set[str]) -> None:
    slow = {"django", "scipy", "jinja2", "label_studio_sdk", "rich"} | more
    code = f"import sys, plugins.agreement.plugin as plugin; {asked} print(sorted({slow} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_calculated_is_compared_when_asked_and_said_to_be_calculated(file: Path, tmp_path: Path) -> None:
    content = json.loads(file.read_text(encoding="utf-8"))
    book = read_method("vib-pleegzorg")
    made_with = {"method": book.method, "version": book.version}
    content["clips"][0]["made_with"] = dict.fromkeys(("anna", "bram", "carla"), made_with)
    coded = tmp_path / "made.json"
    coded.write_text(json.dumps(content), encoding="utf-8")
    plain, more = (json.loads(run(coded, "--json", *asked).output) for asked in ((), ("--calculated",)))
    # Anna has an adult's turn 2 s after a child's, Bram has one turn only.
    assert {m["tier"] for m in plain["measures"]} == {"turn"}
    assert {m["tier"] for m in more["measures"]} == {"turn", "TURN.TRANS", "BC.2.TAKETURN"}
    assert [note["en"] for note in plain["notes"]] == []
    (note,) = (note["nl"] for note in more["notes"])
    assert "door niemand gegeven" in note
    assert "beurtwisseling (TURN.TRANS)" in note


def test_what_cannot_be_calculated_is_said(file: Path) -> None:
    assert "does not say with which method" in problem(file, "--calculated")


def test_time_and_events_come_together_whichever_was_named(file: Path) -> None:
    for named, together in (("time_unit_percent", "event_kappa"), ("percent_linked", "time_unit_kappa")):
        measures = json.loads(run(file, "--json", "--measure", named).output)["measures"]
        assert {m["measure"] for m in measures} == {named, together}


def test_the_readme_shows_real_output(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIB_LANGUAGE", "en")
    folder = Path(sys.modules["plugins.agreement"].__file__ or "").parent
    shown = run(folder / "example.json", "--tier", "turn").output
    lines = [line.rstrip() for line in shown.rstrip().splitlines()]
    assert "\n".join(lines) in (folder / "README.md").read_text(encoding="utf-8")


def coded_folder(folder: Path, share: float, clips: range) -> Path:
    """Make a folder with a file for each of two raters, who name a share of what they see alike."""
    folder.mkdir()
    for rater in ("anna", "bram"):
        rows = ["clip,duration,rater,tier,code,start,end"]
        for clip in clips:
            for place in range(10):
                other = rater == "bram" and (clip + (3 + clip) * place) % 10 >= 10 * share
                rows.append(f"c{clip},60,{rater},turn,{'volwassene' if other else 'kind'},{5 * place},{5 * place + 3}")
            rows.append(f"c{clip},60,{rater},turn,pauze,55,58")
        (folder / f"{rater}.csv").write_text("\n".join(rows) + "\n")
    return folder


def test_a_folder_is_read_and_what_is_left_out_is_said(tmp_path: Path) -> None:
    folder = coded_folder(tmp_path / "codes", 0.8, range(2))
    (folder / "notes.txt").write_text("not a table\n")
    result = run(folder, "--language", "en", "--measure", "event_percent")
    assert result.exit_code == 0
    assert "notes.txt" in result.stderr
    assert "left out" in " ".join(result.stdout.split())
    assert "anna" in result.stdout


class TestBeside:
    @pytest.fixture
    def folders(self, tmp_path: Path) -> tuple[Path, Path]:
        before = coded_folder(tmp_path / "before", 0.4, range(6))
        return before, coded_folder(tmp_path / "after", 0.9, range(6, 12))

    def test_the_table_says_first_what_clearly_changed(self, folders: tuple[Path, Path]) -> None:
        before, after = folders
        shown = run(after, "--beside", before, "--language", "en", "--measure", "event_percent").stdout
        lines = shown.splitlines()
        assert lines[0] == "anna and bram: 6 clips before and 6 after (0 in both)"
        assert lines[1].startswith("Clearly higher than before: ")
        assert re.search(r"turn: Events agreed [\d.]+% → [\d.]+%;", " ".join(lines[1:4]))
        assert re.search(r"\+\d\d\.\d% +│ +[\d.]+ – [\d.]+%", shown)

    def test_json_has_both_figures_and_the_interval_of_the_difference(self, folders: tuple[Path, Path]) -> None:
        before, after = folders
        content = json.loads(run(after, "--beside", before, "--json", "--measure", "event_percent").stdout)
        assert content["format"] == "vib-agreement-beside/1"
        (whole,) = [c for c in content["changes"] if c["measure"] == "event_percent" and c["code"] is None]
        assert whole["difference"]["value"] == pytest.approx(whole["after"]["value"] - whole["before"]["value"])
        low, high = whole["difference"]["ci"]
        assert 0 < low < whole["difference"]["value"] < high < 1
        assert content["before"]["clips"] == [f"c{n}" for n in range(6)]

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_html_is_one_file_with_the_same_sentences_and_rows(
        self, folders: tuple[Path, Path], tmp_path: Path, language: str
    ) -> None:
        before, after = folders
        for file in (*before.iterdir(), *after.iterdir()):
            file.write_text(file.read_text().replace("pauze", "<b>pauze</b>"))
        arguments = (after, "--beside", before, "--language", language, "--measure", "event_percent")
        path = tmp_path / "beside.html"
        run(*arguments, "--format", "html", "--output", path)
        shown = path.read_text(encoding="utf-8")
        clearly = {"nl": "Duidelijk hoger dan ervoor: ", "en": "Clearly higher than before: "}[language]
        assert shown.index(clearly) < shown.index("<table>")
        assert "&lt;b&gt;pauze" in shown
        assert "<b>" not in shown
        assert not re.search(r"(src|href)=|<script|style=", shown)
        rows = json.loads(run(*arguments, "--json").stdout)["changes"]
        assert shown.count("<tr") == len(rows) + 1

    def test_csv_has_a_row_for_each_figure(self, folders: tuple[Path, Path]) -> None:
        before, after = folders
        arguments = (after, "--beside", before, "--measure", "event_percent")
        changes = json.loads(run(*arguments, "--json").stdout)["changes"]
        rows = list(csv.DictReader(run(*arguments, "--format", "csv").stdout.splitlines()))
        assert len(rows) == len(changes)
        assert float(rows[0]["difference_value"]) == changes[0]["difference"]["value"]

    def test_without_change_nothing_is_said_to_have_changed(self, folders: tuple[Path, Path]) -> None:
        before, _ = folders
        shown = run(before, "--beside", before, "--language", "en").stdout
        assert "Clearly" not in shown
        assert "cannot be said here" in shown

    def test_what_is_wrong_with_the_earlier_codes_names_them(self, folders: tuple[Path, Path], tmp_path: Path) -> None:
        _, after = folders
        assert "none.json" in problem(after, "--beside", tmp_path / "none.json")
        other = tmp_path / "other.csv"
        other.write_text("clip,duration,rater,tier,code,start,end\nc,9,piet,turn,kind,1,2\n")
        assert "before: piet; after: anna, bram" in problem(after, "--beside", other)


def test_a_report_on_paper_goes_to_a_file_and_nowhere_else(tmp_path: Path) -> None:
    example = Path("plugins/agreement/example.json")
    paper = tmp_path / "report.pdf"
    assert run(example, "--format", "pdf", "--output", paper).exit_code == 0
    assert paper.read_bytes().startswith(b"%PDF-")
    for more in ((), ("--beside", example, "--output", paper)):
        assert "writes one report to a file" in problem(example, "--format", "pdf", *more)
