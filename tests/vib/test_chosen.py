"""Which plugins are loaded, and that no server goes without protection unseen."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from vib.chosen import PROTECTING, check_left_out, check_protecting, left_out, load_plugins, without_protection
from vib.language import LANGUAGES
from vib.pluginhost import PluginHost
from vib.problem import InputProblem
from vib.settings import Settings


def chosen(**given: Any) -> Settings:
    return Settings(data=Path("/nowhere"), **given)


def names(**given: Any) -> set[str]:
    return {info.name for info in load_plugins(chosen(**given)).found}


def test_plugins_are_loaded_as_the_settings_say() -> None:
    every = names()
    assert set(PROTECTING) < every
    assert names(plugins="agreement, turns") == {"agreement", "turns"}
    assert names(without="agreement") == every - {"agreement"}
    assert names(plugins="agreement,turns", without="turns") == {"agreement"}


@pytest.mark.parametrize("setting", ["plugins", "without"])
def test_a_name_that_is_not_there_is_said_with_those_that_are(setting: str) -> None:
    with pytest.raises(
        InputProblem, match=f"VIB_{setting.upper()}: agreemnt: no plugin is called so; there are: access, "
    ):
        load_plugins(chosen(**{setting: "agreement,agreemnt"}))


@pytest.mark.parametrize("name", sorted(PROTECTING))
def test_a_list_that_leaves_out_protection_is_refused_unless_it_is_said(name: str) -> None:
    others = ",".join(sorted({*PROTECTING, "agreement"} - {name}))
    for language in LANGUAGES:
        with pytest.raises(InputProblem) as refused:
            check_left_out(chosen(plugins=others))
        assert f"VIB_WITHOUT={name}" in refused.value.message(language)
        assert f"--without-{name}" in refused.value.message(language)
    check_left_out(chosen(plugins=others, without=name))
    check_left_out(chosen(without=name))
    assert left_out(chosen(plugins=others, without=name)) == left_out(chosen(without=name)) == (name,)
    assert name in without_protection([name]).en


def test_nothing_is_said_of_a_server_with_all_of_it() -> None:
    check_left_out(chosen())
    assert left_out(chosen()) == ()
    check_protecting(load_plugins(chosen()), chosen())


def test_a_plugin_that_protects_and_fails_as_the_server_starts_stops_it() -> None:
    host = PluginHost(only=PROTECTING)
    host.failures.note("access", "vib_rounds", RuntimeError("later"))
    check_protecting(host, chosen())
    host.failures.note("access", "vib_django_settings", RuntimeError("boom"))
    with pytest.raises(InputProblem, match=r"plugin access: does not work .*boom"):
        check_protecting(host, chosen())
    check_protecting(host, chosen(without="access"))


def test_a_plugin_that_protects_and_is_gone_stops_the_server_unless_that_is_said() -> None:
    host = PluginHost(only=["access", "signin"])
    with pytest.raises(InputProblem, match="plugin audit: is not there"):
        check_protecting(host, chosen())
    check_protecting(host, chosen(without="audit"))


def test_a_failure_of_another_plugin_stops_no_server() -> None:
    host = PluginHost(only=PROTECTING)
    host.failures.note("tempo", "vib_django_settings", RuntimeError("boom"))
    check_protecting(host, chosen())


def test_every_host_is_made_from_the_settings() -> None:
    made = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for part in ("vib", "plugins", "backend_ml", "scripts", "benchmarks")
        for path in sorted((ROOT / part).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and "PluginHost" in (getattr(node.func, "id", ""), getattr(node.func, "attr", ""))
    ]
    assert [place.partition(":")[0] for place in made] == ["vib/chosen.py"]
