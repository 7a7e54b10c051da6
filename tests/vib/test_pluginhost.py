"""The plugin host: every plugin can be left out, and one that does not work stops nobody else."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from inspect import getmembers, isfunction
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from vib import hookspecs
from vib.pluginhost import FOLDER, PluginHost, PluginInfo, by_name

ROOT = FOLDER.parent
PARTS = ("vib", "scripts", "plugins", "backend_ml", "label_configs")
OWN_ENTRY_POINTS = {"server", "turns"}
BUILT_IN = sorted(path.parent.name for path in FOLDER.glob("*/plugin.py"))

FORMATS = (
    "from vib.exporting import ExportFormat\n"
    "from vib.language import Text\n"
    "@hookimpl\ndef vib_export_formats(): return [ExportFormat('{name}', Text(nl='', en=''), str)]\n"
)
BROKEN = {
    "raises": ("raise RuntimeError('boom')\n", "boom"),
    "no_python": ("def\n", "SyntaxError"),
    "missing": ("import no_such_module\n", "no_such_module"),
    "unknown_hook": ("@hookimpl\ndef vib_nothing(): return []\n", "vib_nothing"),
    "unknown_argument": ("@hookimpl\ndef vib_rounds(zzz): return []\n", "zzz"),
    "two_lines": ("raise RuntimeError('first\\nsecond')\n", "first"),
    "exits": ("raise SystemExit(3)\n", "SystemExit"),
    "wraps": ("@hookimpl(wrapper=True)\ndef vib_statistics():\n    return (yield)\n", "wrapper"),
}

numbers = count()


def others(host: PluginHost) -> list[PluginInfo]:
    """Return what was found besides this project's own entry points."""
    return [plugin for plugin in host.found if plugin.name not in OWN_ENTRY_POINTS]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder of plugins that can be imported."""
    made = tmp_path / f"plugs{next(numbers)}"
    made.mkdir()
    (made / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    return made


def add(folder: Path, name: str, text: str = FORMATS) -> None:
    (folder / name).mkdir()
    (folder / name / "__init__.py").touch()
    code = "from vib.hookspecs import hookimpl\n" + text.replace("{name}", name)
    (folder / name / "plugin.py").write_text(code, encoding="utf-8")
    importlib.invalidate_caches()


def install(site: Path, monkeypatch: pytest.MonkeyPatch, entry: str, module: str, text: str = FORMATS) -> None:
    """Put a distribution with one entry point in the group ``vib`` on the path."""
    info = site / f"{module}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[vib]\n{entry} = {module}\n", encoding="utf-8")
    code = "from vib.hookspecs import hookimpl\n" + text.replace("{name}", module)
    (site / f"{module}.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))


def formats(host: PluginHost) -> list[str]:
    return sorted(by_name(host.hook.vib_export_formats()))


def test_the_built_in_plugins_work() -> None:
    host = PluginHost()
    assert [plugin.name for plugin in host.found if plugin.origin == "folder"] == BUILT_IN
    assert [plugin.error for plugin in host.found if plugin.error is not None] == []
    assert all(plugin.hooks for plugin in host.found)


def test_a_folder_with_a_plugin_file_is_a_plugin_and_others_are_not(folder: Path) -> None:
    add(folder, "one")
    (folder / "no_plugin").mkdir()
    (folder / "file.py").touch()
    (found,) = others(PluginHost(folder))
    assert (found.name, found.origin, found.hooks, found.error) == (
        "one",
        "folder",
        ("vib_export_formats",),
        None,
    )
    assert others(PluginHost(folder.parent / "gone")) == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_plugin_that_does_not_work_is_reported_and_stops_no_other(folder: Path, name: str) -> None:
    text, said = BROKEN[name]
    add(folder, "a_first")
    add(folder, name, FORMATS + text)
    add(folder, "z_last")
    try:
        host = PluginHost(folder)
    except SystemExit:
        pytest.fail("a plugin ended the program")
    assert formats(host) == ["a_first", "z_last"]
    (broken,) = (plugin for plugin in host.found if plugin.error is not None)
    assert (broken.name, broken.hooks) == (name, ())
    assert broken.error is not None
    assert said in broken.error


def test_only_the_plugins_that_are_asked_for_are_loaded(folder: Path) -> None:
    for name in ("one", "two"):
        add(folder, name)
    add(folder, "broken", "raise RuntimeError\n")
    assert formats(PluginHost(folder, only=["two"])) == ["two"]
    assert [plugin.name for plugin in PluginHost(folder, only=iter(["one", "gone"])).found] == ["one"]
    assert PluginHost(folder, only=()).found == ()


def test_an_installed_distribution_with_an_entry_point_is_a_plugin(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(folder, "one")
    module = f"outer{next(numbers)}"
    install(tmp_path / "site", monkeypatch, "out-of-tree", module)
    host = PluginHost(folder)
    assert [(plugin.name, plugin.origin, plugin.error) for plugin in others(host)] == [
        ("one", "folder", None),
        ("out-of-tree", "installed", None),
    ]
    assert formats(host) == sorted(["one", module])
    assert formats(PluginHost(folder, only=["out-of-tree"])) == [module]


def test_an_installed_plugin_that_does_not_work_is_reported(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(folder, "one")
    install(tmp_path / "site", monkeypatch, "outer", f"outer{next(numbers)}", "raise RuntimeError('boom')\n")
    host = PluginHost(folder)
    assert formats(host) == ["one"]
    assert [plugin.error for plugin in others(host)] == [None, "RuntimeError: boom"]


def test_a_second_plugin_of_the_same_name_does_not_push_out_the_first(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(folder, "one")
    install(tmp_path / "site", monkeypatch, "one", f"outer{next(numbers)}")
    host = PluginHost(folder)
    assert formats(host) == ["one"]
    assert [plugin.error is None for plugin in others(host)] == [True, False]


def test_what_plugins_offer_is_found_by_name() -> None:
    a, b = SimpleNamespace(name="a"), SimpleNamespace(name="b")
    assert by_name([[a], [], [b]]) == {"a": a, "b": b}


def test_every_hook_says_who_when_and_what() -> None:
    hooks = {name: hook for name, hook in getmembers(hookspecs, isfunction) if name.startswith("vib_")}
    assert hooks
    for name, hook in hooks.items():
        told = hook.__doc__ or ""
        assert "Who may implement it:" in told, name
        assert "When:" in told, name
        assert "Return" in told, name


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the program."""
    copy = tmp_path_factory.mktemp("copy")
    for part in PARTS:
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


@pytest.fixture
def vib(copied: Path) -> Iterator[Callable[..., subprocess.CompletedProcess[str]]]:
    """Run `vib` as the copy has it."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("VIB_", "PYTHON"))}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "scripts.cli", *arguments],
            cwd=copied,
            env={**environment, "PYTHONPATH": str(copied), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=60,
        )

    yield run
    for part in ("zz_broken",):
        shutil.rmtree(copied / "plugins" / part, ignore_errors=True)


@pytest.mark.parametrize("name", [*(f"plugins/{name}" for name in BUILT_IN), "plugins", "backend_ml"])
def test_vib_works_without(copied: Path, vib: Callable[..., subprocess.CompletedProcess[str]], name: str) -> None:
    aside = copied / "aside"
    (copied / name).rename(aside)
    try:
        told = vib("--help")
    finally:
        aside.rename(copied / name)
    assert told.returncode == 0, told.stderr
    assert "codebook" in told.stdout
    assert ("agreement" in told.stdout) == (name not in ("plugins", "plugins/agreement"))


@pytest.mark.parametrize(
    "text",
    ["raise RuntimeError('boom')\n", "@hookimpl\ndef vib_commands(app): raise RuntimeError('boom')\n"],
    ids=["while it is imported", "in a hook"],
)
def test_vib_works_with_a_plugin_that_raises(
    copied: Path, vib: Callable[..., subprocess.CompletedProcess[str]], text: str
) -> None:
    add(copied / "plugins", "zz_broken", text)
    told = vib("plugins", "--json")
    assert told.stdout, told.stderr
    found = {plugin["name"]: plugin["error"] for plugin in json.loads(told.stdout)}
    assert set(found) == {*BUILT_IN, *OWN_ENTRY_POINTS, "zz_broken"}
    assert [name for name in BUILT_IN if found[name] is not None] == []
