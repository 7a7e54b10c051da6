"""The documentation says what there is, all of it, and nothing that is not there.

After datasette's ``tests/test_docs.py``: what can be documented is asked of the real objects.
"""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import typer
import yaml
from pydantic import BaseModel
from pydantic_settings import BaseSettings

from backend_ml.app import create_app
from backend_ml.config import Config
from backend_ml.learning.settings import LearningSettings
from backend_ml.weights.files import WeightsSettings
from plugins.agreement import formats as agreement_formats
from plugins.agreement.report import compare
from scripts.cli import make_app
from vib import codebook, family, hookspecs, observations_file
from vib.language import LANGUAGES, language_of
from vib.pluginhost import PluginHost
from vib.segmenting import Seen, Segmentation, Turn
from vib.settings import HOME_VARIABLE, Settings
from vib.spreadsheet import LONG_CSV

ROOT = Path(__file__).parent.parent
BACKEND = (Config, LearningSettings, WeightsSettings)
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
READMES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "THIRD_PARTY.md")),
    *sorted(ROOT.glob("*/README.md")),
]
READMES += sorted(ROOT.glob("plugins/*/README.md"))
NAMES = {page: str(page.relative_to(ROOT)) for page in [*PAGES, *READMES]}

OWN_HOSTS = ("127.0.0.1", "localhost")
"""Hosts of an installation; `*.example` and `*.example.org` are nobody's."""

SOURCE_HOSTS = ("doi.org",)

OUTSIDE = ("/work/", "/home/", "/root/", "/Users/")
"""How paths begin that are on the machine of whoever wrote the page."""

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: NAMES[page])
every_text = pytest.mark.parametrize("page", [*PAGES, *READMES], ids=lambda page: NAMES[page])


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def sections(text: str, level: int = 2) -> dict[str, str]:
    """Return what stands below each heading of a level, without what shows code."""
    found: dict[str, str] = {}
    heading, fenced = "", False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        marks, _, title = line.partition(" ")
        if not fenced and re.fullmatch("#+", marks) and len(marks) <= level:
            heading = title.strip() if len(marks) == level else ""
        elif heading:
            found[heading] = found.get(heading, "") + line + "\n"
    return found


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield language and content of each block of code."""
    for found in re.finditer(r"^( *)```(\w*)\n(.*?)^\1```$", text, flags=re.M | re.S):
        yield found[2], inspect.cleandoc("\n" + found[3])


def rows(text: str) -> dict[str, list[str]]:
    """Return the cells of each row of the tables in a text, by every name in its first cell."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            found |= dict.fromkeys(re.findall(r"`([^`]+)`", cells[0]), cells)
    return found


# Hooks


def hooks() -> dict[str, str]:
    """Return the signature of each hook by name, as people write it."""
    found = inspect.getmembers(hookspecs, inspect.isfunction)
    return {name: f"{name}{inspect.signature(hook)}".replace("'", "") for name, hook in found if name[:4] == "vib_"}


def test_every_hook_is_documented_with_its_exact_signature_and_no_other_is() -> None:
    assert set(sections(read("reference/hooks.md"))) == {f"`{signature}`" for signature in hooks().values()}


@pytest.mark.parametrize("hook", sorted(hooks()))
def test_a_hook_says_who_when_with_what_and_shows_an_example(hook: str) -> None:
    said = sections(read("reference/hooks.md"))[f"`{hooks()[hook]}`"]
    for part in ("**Who:**", "**When:**", "**With:**", "**Returns:**", "Used by:"):
        assert part in said
    examples = [code for language, code in blocks(said) if language == "python"]
    assert any(f"@hookimpl\ndef {hook}(" in code for code in examples)


@pytest.mark.parametrize(
    "plugin", [info for info in PluginHost().found if info.origin == "folder"], ids=lambda p: p.name
)
def test_every_plugin_is_documented_and_named_at_the_hooks_it_uses(plugin: Any) -> None:
    assert f"plugins/{plugin.name}/" in rows(read("architecture.md"))
    said = sections(read("reference/hooks.md"))
    for hook in plugin.hooks:
        used_by = said[f"`{hooks()[hook]}`"].partition("Used by:")[2]
        assert f"`{plugin.name}`" in used_by, hook


@every_page
def test_no_page_names_a_hook_that_does_not_exist(page: Path) -> None:
    named = set(re.findall(r"(?<![\w'])vib_[a-z_]+(?=`|\()", page.read_text(encoding="utf-8")))
    assert named <= set(hooks())


def test_what_was_seen_of_a_clip_is_documented_field_by_field() -> None:
    said = sections(read("reference/formats.md"))["What was seen of a clip"]
    assert set(rows(said)) == {field.name for field in fields(Seen)}


# Commands


@cache
def commands() -> dict[str, set[str]]:
    """Return the options of each command, `--help` aside; the command `vib` itself is there too."""
    group = typer.main.get_command(make_app())
    every = {"vib": group} | {f"vib {name}": command for name, command in group.commands.items()}  # type: ignore[attr-defined]
    return {
        name: {option for p in command.params for option in (*p.opts, *p.secondary_opts) if option.startswith("-")}
        - {"--help"}
        for name, command in every.items()
    }


@cache
def subcommands() -> dict[str, dict[str, set[str]]]:
    """Return the options of each subcommand, by the command that it is of."""
    group = typer.main.get_command(make_app())
    found: dict[str, dict[str, set[str]]] = {}
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        for below, sub in getattr(command, "commands", {}).items():
            options = {option for p in sub.params for option in (*p.opts, *p.secondary_opts) if option[0] == "-"}
            found.setdefault(f"vib {name}", {})[f"vib {name} {below}"] = options - {"--help"}
    return found


@cache
def up_options() -> set[str]:
    """Return the options of `scripts/up`, as its usage line says."""
    said = subprocess.run([ROOT / "scripts" / "up", "--help"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"--[a-z-]+", said.partition("\n\n")[0]))


def option_names(cell: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", cell))


def test_every_command_and_option_is_documented_and_no_other_is() -> None:
    said = sections(read("reference/commands.md"))
    documented = {
        heading.strip("`"): {option for name in rows(text) for option in option_names(name)} - {"--help"}
        for heading, text in said.items()
        if heading.strip("`").split()[0] == "vib"
    }
    assert documented == commands()


@pytest.mark.parametrize("command", sorted(subcommands()))
def test_every_subcommand_and_option_is_documented_and_no_other_is(command: str) -> None:
    said = sections(sections(read("reference/commands.md"))[f"`{command}`"], level=3)
    documented = {
        heading.strip("`"): {
            option
            for line in text.splitlines()
            if line.startswith("- ")
            for option in option_names(line.partition(": ")[0])
        }
        for heading, text in said.items()
    }
    assert documented == subcommands()[command]


def test_every_option_of_up_is_documented_and_no_other_is() -> None:
    table = rows(sections(read("reference/commands.md"))["`scripts/up`"])
    assert {option for name in table for option in option_names(name)} - {"--help"} == up_options()


def test_the_options_of_up_are_those_that_the_server_takes() -> None:
    from scripts.serve import serve

    app = typer.Typer()
    app.command()(serve)
    taken = {option for p in typer.main.get_command(app).params for option in (*p.opts, *p.secondary_opts)}
    assert up_options() - {"--setup-only", "--version"} <= taken


def command_lines(text: str) -> Iterator[str]:
    """Yield every piece of code, in a block or in a line, that runs one of our commands."""
    code = [line for _, content in blocks(text) for line in content.splitlines()]
    code += re.findall(r"`([^`\n]+)`", text)
    for line in code:
        yield from re.findall(r"(?:^|\s|bin/)((?:vib|scripts/up) [^|;&]*)", line.removeprefix("$ "))


@every_text
def test_no_text_names_a_command_or_option_that_does_not_exist(page: Path) -> None:
    for line in command_lines(page.read_text(encoding="utf-8")):
        program, first, *_ = [*line.split(), ""]
        if program == "scripts/up":
            assert option_names(line) <= up_options() | {"--help"}, line
        elif first.startswith("-"):
            assert option_names(line) <= commands()["vib"] | {"--help"}, line
        elif re.fullmatch("[a-z]+", first):
            assert f"vib {first}" in commands(), line
            below = subcommands().get(f"vib {first}", {})
            second = (line.split()[2:3] or [""])[0]
            if below and re.fullmatch("[a-z][a-z-]*", second):
                assert f"vib {first} {second}" in below, line
            known = below.get(f"vib {first} {second}", commands()[f"vib {first}"])
            assert option_names(line) <= known | {"--help"}, line


# Settings


def settings_of(model: type[BaseSettings]) -> dict[str, object]:
    """Return the default of each setting by the name of its environment variable."""
    prefix = str(model.model_config.get("env_prefix"))
    return {f"{prefix}{name.upper()}": field.default for name, field in model.model_fields.items()}


def environment_names() -> set[str]:
    """Return the settings that are for the environment alone."""
    constants = [(HOME_VARIABLE,), *(c for c in language_of.__code__.co_consts if isinstance(c, tuple))]
    return {name for names in constants for name in names if isinstance(name, str) and name.startswith("VIB_")}


def in_source() -> set[str]:
    """Return every name of a setting in the code, the deployment included."""
    files = [*ROOT.glob("deploy/**/*"), *ROOT.glob("docker-compose*"), ROOT / "scripts/up", ROOT / "scripts/test"]
    files += [path for folder in ("vib", "scripts", "plugins", "backend_ml") for path in (ROOT / folder).rglob("*.py")]
    texts = (path.read_bytes().decode("utf-8", "replace") for path in files if path.is_file())
    return {name for text in texts for name in re.findall(r"\bVIB_[A-Z][A-Z_]*[A-Z]\b", text)}


def all_settings() -> set[str]:
    """Return the name of every setting that a model declares."""
    return {name for model in (Settings, *BACKEND) for name in settings_of(model)}


@pytest.mark.parametrize("model", [Settings, *BACKEND])
def test_every_setting_is_documented_with_its_default(model: type[BaseSettings]) -> None:
    text = sections(read("reference/settings.md"))["VIB Studio" if model is Settings else "The ML backend"]
    documented = rows(text)
    for name, default in settings_of(model).items():
        assert name in documented
        if isinstance(default, str | int | float) and default != "":
            said = f"{default:g}" if isinstance(default, float) else str(default)
            assert documented[name][1] == f"`{said}`", name


def test_what_is_for_the_environment_only_is_documented() -> None:
    assert environment_names()
    assert environment_names() <= set(rows(read("reference/settings.md")))


@every_text
def test_no_text_names_a_setting_that_does_not_exist(page: Path) -> None:
    known = {*all_settings(), *environment_names(), *in_source()}
    named = set(re.findall(r"\bVIB_[A-Z][A-Z_]*[A-Z]\b", page.read_text(encoding="utf-8")))
    assert named <= known


def test_the_reference_names_no_setting_that_is_gone() -> None:
    known = {*all_settings(), *environment_names()}
    assert {name for name in rows(read("reference/settings.md")) if name.startswith("VIB_")} == known


# Statistics and formats


def test_every_statistic_is_documented_and_no_other_is() -> None:
    offered = {s.name: s for offer in PluginHost().hook.vib_statistics() for s in offer}
    said = sections(read("reference/statistics.md"))
    assert set(said) == {f"`{name}`" for name in offered}
    for name, statistic in offered.items():
        text = said[f"`{name}`"]
        assert f"**{statistic.label.en}.** Basis: {statistic.basis}." in text
        assert "Undefined:" in text
        cited = set(re.findall(r"<https://doi.org/([^>]+)>", text))
        assert cited <= set(re.findall(r"doi ([^\s;,]+)", statistic.source))
        assert cited or "doi" not in statistic.source


def test_every_export_format_is_documented_and_no_other_is() -> None:
    offered = {f.name for offer in PluginHost().hook.vib_export_formats() for f in offer}
    assert set(rows(sections(read("reference/formats.md"))["Exports"].partition("###")[0])) == offered


def test_every_column_is_documented_and_no_other_is() -> None:
    said = sections(read("reference/formats.md"))
    assert set(rows(said["Exports"].partition("### CSV")[2])) == set(LONG_CSV)
    assert set(rows(said["Agreement"])) == set(agreement_formats.COLUMNS)


def test_the_example_of_agreement_has_the_fields_that_are_written() -> None:
    clips = observations_file.read_observations(ROOT / "plugins/agreement/example.json")
    statistics = [s for offer in PluginHost().hook.vib_statistics() for s in offer]
    written = json.loads(agreement_formats.to_json(compare(clips, statistics)))
    shown = next(json.loads(code) for _, code in blocks(sections(read("reference/formats.md"))["Agreement"]))
    assert (shown["format"], set(shown)) == (written["format"], set(written))
    assert list(shown["measures"][0]) == list(written["measures"][0])
    same = next(m for m in written["measures"] if m["measure"] == shown["measures"][0]["measure"])
    assert set(shown["measures"][0]["components"]) == set(same["components"])


def fields_of(*models: type[BaseModel]) -> set[str]:
    return {name for model in models for name in model.model_fields}


def last_names(table: Iterable[str]) -> set[str]:
    """Return the name of each field without the path that leads to it."""
    return {name.rpartition(".")[2] for name in table}


@pytest.mark.parametrize(
    ("heading", "models"),
    [
        ("family.yaml", (family.Family, family.Member, family.Consent, family.ClipEntry)),
        ("Practice set", (family.Practice,)),
        (
            "Observations file",
            (observations_file._File, observations_file._Clip, observations_file._Observation),
        ),
    ],
)
def test_every_field_of_a_format_is_documented_and_no_other_is(
    heading: str, models: tuple[type[BaseModel], ...]
) -> None:
    table = rows(sections(read("reference/formats.md"))[heading])
    assert last_names(table) == fields_of(*models)


def test_every_field_of_turns_is_documented_and_no_other_is() -> None:
    content = Segmentation("clip", 1.0, "version", (Turn(0.0, 1.0, "kind", 1.0),)).content()
    assert set(rows(sections(read("reference/formats.md"))["Turns"])) == {*content, *content["turns"][0]}


@pytest.mark.parametrize(
    "model",
    [
        codebook.Codebook,
        codebook.Tier,
        codebook.Describes,
        codebook.Group,
        codebook.Code,
        codebook.Rating,
        codebook.Sourced,
    ],
)
def test_every_field_of_a_codebook_is_documented_and_no_other_is(model: type[BaseModel]) -> None:
    table = rows(sections(read("reference/codebook.md"))[model.__name__])
    assert set(table) == fields_of(model)
    for name, field in model.model_fields.items():
        assert not field.is_required() or table[name][1] in ("required", ""), name
        assert field.is_required() or table[name][1] != "required", name


@pytest.mark.parametrize("name", ["actor", "kind", "polarity", "certainty"])
def test_every_choice_of_a_code_is_documented(name: str) -> None:
    said = rows(sections(read("reference/codebook.md"))["Code"])[name][2]
    annotation = codebook.Code.model_fields[name].annotation
    assert [f"`{choice}`" for choice in annotation.__args__ if f"`{choice}`" not in said] == []  # type: ignore[union-attr]


def test_every_ending_of_a_video_is_documented_and_no_other_is() -> None:
    said = sections(read("reference/formats.md"))["family.yaml"]
    sentence = said.partition("A video is a file that ends in")[2].partition("The id of a clip")[0]
    assert set(re.findall(r"`(\.\w+)`", sentence)) == family.VIDEO_SUFFIXES


# Pages


def routes(module: str) -> Iterator[str]:
    """Yield the routes of a module's `urlpatterns`, read without Django."""
    tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("path", "re_path"):
            route = node.args[0]
            included = isinstance(node.args[1], ast.Call)
            if isinstance(route, ast.Constant) and not included:
                yield str(route.value)


def server_pages() -> set[str]:
    offered = {prefix: module for offer in PluginHost().hook.vib_urls() for prefix, module in offer.items()}
    found = {f"/{route}" for route in routes("plugins.urls")}
    return found | {f"/vib/{prefix}{route}" for prefix, module in offered.items() for route in routes(module)}


class Nothing:
    """A segmenter that finds nothing."""

    version = "nothing"

    def segment(self, path: Path) -> Segmentation:
        return Segmentation(path.name, 1.0, self.version, ())


def backend_pages(folder: Path) -> dict[str, set[str]]:
    app = create_app(Config(media_root=folder, cache=folder, segmenter=""), Nothing())
    return {rule.rule: set(rule.methods or ()) - {"HEAD", "OPTIONS"} for rule in app.url_map.iter_rules()}


def test_every_page_of_the_server_is_documented_and_no_other_is() -> None:
    said = sections(sections(read("reference/pages.md"))["The annotation server"], level=3)
    assert {heading.strip("`") for heading in said} == server_pages()
    for text in said.values():
        assert all(part in text for part in ("**Methods:**", "**Who:**", "**Answers:**"))


def test_every_page_of_the_backend_is_documented_and_no_other_is(tmp_path: Path) -> None:
    said = sections(sections(read("reference/pages.md"))["The ML backend"], level=3)
    served = backend_pages(tmp_path)
    assert {heading.strip("`") for heading in said} == set(served)
    for heading, text in said.items():
        assert set(re.findall(r"\*\*Methods:\*\* (\w+)", text)) == served[heading.strip("`")]
        assert "**Answers:**" in text


# The house


def test_every_module_of_the_house_has_its_line_in_the_architecture() -> None:
    named = set(rows(read("architecture.md")))
    there = {f"vib/{path.name}" for path in (ROOT / "vib").glob("*.py")}
    there |= {f"scripts/{path.name}" for path in (ROOT / "scripts").iterdir() if path.is_file()}
    there |= {f"backend_ml/{path.name}" for path in (ROOT / "backend_ml").glob("*.py")}
    assert {name for name in there if not name.endswith("__init__.py")} - named == set()


def test_the_architecture_names_no_module_that_is_gone() -> None:
    below = ("vib/", "scripts/", "backend_ml/", "plugins/", "deploy/", "demo/", "benchmarks/", "research/", "tests/")
    named = {name for name in re.findall(r"`([^`\s]+)`", read("architecture.md")) if name.startswith(below)}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


# Links and examples


def links(text: str) -> Iterator[str]:
    without_code = re.sub(r"^( *)```.*?^\1```$", "", text, flags=re.M | re.S)
    yield from re.findall(r"\]\(([^)\s]+)\)", without_code)


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_text
def test_every_relative_link_leads_to_something_in_the_repository(page: Path) -> None:
    for link in links(page.read_text(encoding="utf-8")):
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (page.parent / parts.path).resolve() if parts.path else page
        assert target.is_relative_to(ROOT), link
        assert target.exists(), link
        if parts.fragment and target.suffix == ".md":
            assert parts.fragment in anchors(target), link


def test_every_page_can_be_reached_from_the_index() -> None:
    index = DOCS / "index.md"
    linked = {(DOCS / urlsplit(link).path).resolve() for link in links(index.read_text(encoding="utf-8"))}
    assert set(PAGES) - {index} - linked == set()


def test_every_page_is_of_one_of_the_four_kinds() -> None:
    above = {page.name for page in PAGES if page.parent == DOCS}
    assert above == {"index.md", "architecture.md"}
    kinds = {"tutorial", "how-to", "reference", "explanation"}
    assert {str(page.parent.relative_to(DOCS)) for page in PAGES if page.name not in above} == kinds


@every_text
def test_no_text_names_a_foreign_host_or_a_path_of_somebodys_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    hosts = {(urlsplit(url).hostname or "") for url in re.findall(r"https?://[^\s<>)\"'`,]+", text)}
    known = {host for host in hosts if host in (*OWN_HOSTS, *SOURCE_HOSTS)}
    known |= {host for host in hosts if host.endswith((".example", ".example.org", "{hostname}"))}
    known |= {host for host in hosts if host and "." not in host}
    assert hosts - known - {""} == set()
    assert [path for path in OUTSIDE if re.search(rf"(?<![\w.]){re.escape(path)}", text)] == []


def parts_left_out(code: str) -> bool:
    """Tell whether an example says that it is not complete."""
    return re.search(r"(?<!\.)\.\.\.(?!\.)|…", code) is not None


@every_text
def test_every_complete_example_parses(page: Path) -> None:
    for language, code in blocks(page.read_text(encoding="utf-8")):
        if parts_left_out(code):
            continue
        if language == "python":
            ast.parse(code)
        elif language == "json":
            json.loads(code)
        elif language in ("yaml", "yml"):
            yaml.safe_load(code)


@every_page
def test_every_example_of_a_format_is_right(page: Path, tmp_path: Path) -> None:
    for number, (language, code) in enumerate(blocks(page.read_text(encoding="utf-8"))):
        path = tmp_path / str(number) / "family.yaml"
        path.parent.mkdir()
        path.write_text(code, encoding="utf-8")
        if language == "json" and "vib-observations/1" in code and not parts_left_out(code):
            assert observations_file.read_observations(path)
        elif language == "yaml" and code.startswith("format: vib-codebook/1"):
            codebook.read_codebook(path)
        elif language == "yaml" and code.startswith("family:"):
            family.read_family(path.parent)
        elif language == "yaml" and code.startswith("practice:"):
            family.read_practice(path)


@every_page
def test_every_python_example_runs(page: Path) -> None:
    for language, code in blocks(page.read_text(encoding="utf-8")):
        if language == "python" and not parts_left_out(code):
            exec(compile(code, NAMES[page], "exec"), {"__name__": "example"})  # noqa: S102 - our own pages


@every_page
def test_every_python_session_gives_what_it_shows(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for number, (language, code) in enumerate(blocks(page.read_text(encoding="utf-8"))):
        if language == "pycon":
            session = doctest.DocTestParser().get_doctest(code, {}, f"{NAMES[page]}, block {number}", str(page), 0)
            assert doctest.DocTestRunner().run(session).failed == 0


def test_the_commands_of_the_guide_to_plugins_show_the_plugins_there_are() -> None:
    there = {info.name for info in PluginHost().found if info.origin == "folder"}
    shown = next(code for _, code in blocks(sections(read("reference/commands.md"))["`vib plugins`"]))
    assert {line.split()[0] for line in shown.splitlines()[2:]} == there


# Doctests

DJANGO = (
    *("django", "rest_framework", "rest_framework_simplejwt", "axes", "core", "users", "organizations", "projects"),
    *("tasks", "ml", "data_export", "data_manager"),
)
"""Packages that cannot be imported before Django has its settings."""


def modules() -> list[str]:
    paths = [path for folder in ("vib", "plugins", "backend_ml") for path in sorted((ROOT / folder).rglob("*.py"))]
    named = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths if "migrations" not in path.parts]
    return [name.removesuffix(".__init__") for name in named]


@cache
def needs_django(module: str) -> bool:
    """Tell whether a module imports Django, or one that does, as it is itself imported."""
    path = ROOT / f"{module.replace('.', '/')}.py"
    if not path.exists():
        return False
    imported: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return any(
        name.split(".")[0] in DJANGO or (name.startswith("plugins.") and needs_django(name)) for name in imported
    )


@pytest.mark.parametrize("name", [module for module in modules() if not needs_django(module)])
def test_the_examples_in_a_module_give_what_they_say(name: str) -> None:
    if name == "backend_ml.wsgi":
        # Importing it makes the application of the environment.
        assert ">>>" not in (ROOT / "backend_ml/wsgi.py").read_text(encoding="utf-8")
        return
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


def test_the_examples_in_modules_that_need_django_give_what_they_say(tmp_path: Path) -> None:
    program = (
        "import doctest, importlib, sys, django; django.setup();"
        "print(sum(doctest.testmod(importlib.import_module(n)).failed for n in sys.argv[1:]))"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "plugins.settings", "VIB_DATA": str(tmp_path), "HOME": str(tmp_path)}
    names = [name for name in modules() if needs_django(name) and name not in ("plugins.settings", "plugins.wsgi")]
    run = subprocess.run(
        [sys.executable, "-c", program, *names],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    assert run.stdout.strip().splitlines()[-1] == "0", run.stdout


def test_every_language_has_its_guide_in_every_method() -> None:
    for method in (ROOT / "label_configs").iterdir():
        assert {f"guide.{language}.md" for language in LANGUAGES} <= {path.name for path in method.iterdir()}
