"""Whatever a plugin raises or gives back in a hook: it is named, it is left out, and the others work."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from inspect import getmembers, isfunction, signature
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from vib import hookspecs
from vib.access_event import AccessEvent
from vib.coding_round import CodingRound
from vib.conversation import Conversation
from vib.exporting import Export, ExportFormat
from vib.failures import Failures, described, kept
from vib.hard_code import HardCodes
from vib.health import Health
from vib.hookspecs import hookimpl
from vib.job import Job
from vib.kept import Kept
from vib.language import Text
from vib.observation import RaterSet, Timeline
from vib.page import Page
from vib.panel import Panel
from vib.pluginhost import PluginHost
from vib.problem import InputProblem
from vib.roles import Right
from vib.round_change import RoundOffer
from vib.statistic import Additive, Estimate, Question, Statistic

LABEL = Text(nl="iets", en="something")
ROUND = CodingRound("spring", 3, frozenset(), frozenset())
HARD = HardCodes("spring", 1, 2, (), ())
QUESTION = Question([RaterSet("clip", 10, {"anna": Timeline(10), "bram": Timeline(10)})], ("anna", "bram"), "turn")
PAGE = Page("review/", "plugins.review.views:index", "index", (Right.SEE,))
OFFER = RoundOffer()
JOB = Job(clip="clip", state="queued")
HEALTH = Health(LABEL, "good", LABEL)
PANEL = Panel("work", "Work", "<p>three clips</p>")
TALK = Conversation("review.Remark")
KEPT = Kept("work", LABEL, LABEL, LABEL, {"at": LABEL}, lambda start, stop: [{"at": 1}])
FOUND = Estimate("something", 0.5, 1, 2)

HOOKS = {name: hook for name, hook in getmembers(hookspecs, isfunction) if name.startswith("vib_")}
FIRST = {
    *("vib_project", "vib_read_clips", "vib_round", "vib_round_offer", "vib_change_round"),
    *("vib_family_made", "vib_jobs", "vib_sees"),
}
NOTHING_BACK = {"vib_commands", "vib_access_event"}


class Segmenter:
    """Stands for a segmenter; only its name is looked at."""


def statistic(name: str = "something", **fields: Any) -> Statistic:
    return Statistic(**{"name": name, "label": LABEL, "basis": "event", "source": "", "calculate": ask, **fields})


def ask(question: Question) -> Estimate:
    return FOUND


GOOD: dict[str, Any] = {
    "vib_project": ([], None),
    "vib_read_clips": [RaterSet("clip", 10, {"anna": Timeline(10)})],
    "vib_round": ROUND,
    "vib_round_offer": OFFER,
    "vib_change_round": [LABEL],
    "vib_rounds": [ROUND],
    "vib_families": ["F-0001"],
    "vib_family_made": True,
    "vib_hard_codes": [HARD],
    "vib_jobs": [JOB],
    "vib_statistics": [statistic()],
    "vib_export_formats": [ExportFormat("names", LABEL, str)],
    "vib_segmenters": {"nothing": Segmenter},
    "vib_django_apps": ["plugins.guide"],
    "vib_pages": [PAGE],
    "vib_panels": [PANEL],
    "vib_conversations": [TALK],
    "vib_sees": True,
    "vib_health": [HEALTH],
    "vib_kept": [KEPT],
    "vib_django_settings": {"SOMETHING": 1},
}
WRONG: dict[str, Sequence[Any]] = {
    "vib_project": (3, [], ()),
    "vib_read_clips": (3, "clip", ["clip"], {}),
    "vib_round": ("spring", 3),
    "vib_round_offer": ("spring", 3, ROUND),
    "vib_change_round": (3, "spring", ["spring"], {}),
    "vib_rounds": (3, "spring", ["spring"], {}, ROUND),
    "vib_families": (3, "F-0001", [3], {"F-0001": 1}),
    "vib_family_made": (3, "yes", 1, [True]),
    "vib_hard_codes": (3, "spring", ["spring"], {}, HARD),
    "vib_jobs": (3, "clip", ["clip"], {}, JOB),
    "vib_statistics": (3, ["kappa"], statistic(), {"kappa": statistic()}),
    "vib_export_formats": (3, ["names"], [statistic()]),
    "vib_segmenters": (3, [Segmenter], {"nothing": Segmenter()}, {3: Segmenter}),
    "vib_django_apps": (3, "plugins.guide", [3], {"plugins.guide": 1}),
    "vib_pages": (3, "review/", ["review/"], PAGE, {"review/": PAGE}),
    "vib_conversations": (3, "review.Remark", ["review.Remark"], {}, TALK),
    "vib_sees": (3, "yes", 1, [True]),
    "vib_panels": (3, [3], "<p>work</p>", [{"heading": ""}], PANEL),
    "vib_health": (3, [3], "good", [{"name": ""}], HEALTH),
    "vib_kept": (3, [3], "work", [{"name": "work"}], KEPT),
    "vib_django_settings": (3, ["DEBUG"], {3: 4}),
}


def given(hook: str) -> dict[str, Any]:
    return dict.fromkeys(signature(HOOKS[hook]).parameters)


def plugin(hook: str, does: Callable[[], Any]) -> SimpleNamespace:
    """Return a plugin with one hook, which takes no arguments."""

    def implementation() -> Any:
        return does()

    return SimpleNamespace(**{hook: hookimpl(implementation)})


def raising(error: BaseException) -> Callable[[], Any]:
    def raises() -> Any:
        raise error

    return raises


def two(hook: str, does: Callable[[], Any]) -> PluginHost:
    """Return a host with a plugin that works and one that `does` something; the last added is called first."""
    host = PluginHost(only=())
    host.add("works", plugin(hook, lambda: GOOD.get(hook)))
    host.add("fails", plugin(hook, does))
    return host


def errors(host: PluginHost) -> list[tuple[str, str, str]]:
    return [(failure.plugin, failure.hook, failure.error) for failure in host.failures.listed()]


def test_every_hook_that_gives_something_back_is_tried_here() -> None:
    assert set(GOOD) == set(WRONG) == set(HOOKS) - NOTHING_BACK


@pytest.mark.parametrize("error", [RuntimeError("boom"), SystemExit(3), KeyError("carla")], ids=repr)
@pytest.mark.parametrize("hook", sorted(set(HOOKS) - hookspecs.REFUSING))
def test_what_a_hook_raises_is_noted_and_the_other_plugin_is_heard(hook: str, error: BaseException) -> None:
    host = two(hook, raising(error))
    answer = getattr(host.hook, hook)(**given(hook))
    if hook not in NOTHING_BACK:
        good = GOOD[hook]
        assert len(answer) == len(good) if hook == "vib_project" else answer
    assert [(name, where) for name, where, _ in errors(host)] == [("fails", hook)]
    assert errors(host)[0][2] == described(error)


@pytest.mark.parametrize("hook", sorted(GOOD))
def test_what_fits_is_passed_on(hook: str) -> None:
    host = two(hook, lambda: None) if hook in FIRST else PluginHost(only=())
    if hook not in FIRST:
        host.add("works", plugin(hook, lambda: GOOD[hook]))
    answer = getattr(host.hook, hook)(**given(hook))
    found = answer if hook in FIRST else answer[0]
    whole = ("vib_round", "vib_round_offer", "vib_family_made", "vib_sees")
    assert found == GOOD[hook] if hook in whole else len(found) == len(GOOD[hook])
    assert errors(host) == []


@pytest.mark.parametrize(
    ("hook", "answer"), [(hook, answer) for hook, answers in sorted(WRONG.items()) for answer in answers]
)
def test_what_does_not_fit_is_noted_and_left_out(hook: str, answer: Any) -> None:
    host = two(hook, lambda: answer)
    found = getattr(host.hook, hook)(**given(hook))
    assert found if hook in FIRST else len(found) == 1
    assert [(name, where) for name, where, _ in errors(host)] == [("fails", hook)]
    assert "WrongAnswer: gave back" in errors(host)[0][2]


def test_a_list_that_raises_while_it_is_made_is_an_error_of_the_hook() -> None:
    def lazily() -> Any:
        yield statistic("one")
        raise RuntimeError("boom")

    host = two("vib_statistics", lazily)
    assert [[s.name for s in offered] for offered in host.hook.vib_statistics()] == [["something"]]
    assert errors(host) == [("fails", "vib_statistics", "RuntimeError: boom")]


@pytest.mark.parametrize(
    "hook", ["vib_statistics", "vib_export_formats", "vib_segmenters", "vib_django_apps", "vib_pages", "vib_kept"]
)
def test_a_name_that_another_plugin_has_is_left_out_and_named(hook: str) -> None:
    host = PluginHost(only=())
    # The last added is called first, and so has the name.
    host.add("second", plugin(hook, lambda: GOOD[hook]))
    host.add("first", plugin(hook, lambda: GOOD[hook]))
    for _ in range(2):
        answers = dict(host.answers(hook))
        assert (len(answers["first"]), len(answers["second"])) == (1, 0)
    [(name, _, error)] = errors(host)
    assert name == "second"
    assert "is given by the plugin first" in error


def test_a_page_of_another_plugin_is_left_out_where_one_of_its_methods_is_taken() -> None:
    host = PluginHost(only=())
    wider = Page("review/", "thief.views:index", "index", (Right.ACCOUNT,), methods=("GET", "POST"))
    host.add("thief", plugin("vib_pages", lambda: [wider]))
    host.add("review", plugin("vib_pages", lambda: [PAGE]))
    assert dict(host.answers("vib_pages")) == {"review": (PAGE,), "thief": ()}
    assert "'GET review/' is given by the plugin review" in errors(host)[0][2]


def test_a_name_that_comes_twice_in_one_answer_counts_once() -> None:
    host = PluginHost(only=())
    host.add("twice", plugin("vib_statistics", lambda: [statistic("a"), statistic("b"), statistic("a")]))
    assert [s.name for [*offered] in host.hook.vib_statistics() for s in offered] == ["a", "b"]
    assert len(errors(host)) == 1


def test_an_error_while_something_is_recorded_refuses_it() -> None:
    event = AccessEvent(who="", role="", what="", allowed=True)
    for error in (OSError("full"), SystemExit(3)):
        host = two("vib_access_event", raising(error))
        with pytest.raises(Exception, match=r"full|SystemExit"):
            host.hook.vib_access_event(event=event)
        assert [name for name, _, _ in errors(host)] == ["fails"]


@pytest.mark.parametrize("hook", sorted(hookspecs.ANSWERS_WITH))
@pytest.mark.parametrize("error", [InputProblem("3", nl="is er niet", en="is not there"), ConnectionError("down")])
def test_what_is_wrong_with_the_question_is_said_to_who_asked(hook: str, error: Exception) -> None:
    host = two(hook, raising(error))
    with pytest.raises(type(error)):
        getattr(host.hook, hook)(**given(hook))
    assert errors(host) == []


def offered(**fields: Any) -> tuple[PluginHost, Statistic]:
    host = PluginHost(only=())
    host.add("tempo", plugin("vib_statistics", lambda: [statistic(**fields)]))
    [[found]] = host.hook.vib_statistics()
    return host, found


@pytest.mark.parametrize(
    "calculate", [lambda question: {}["carla"], lambda question: 0.5, lambda question: Estimate("", "much", 1, 2)]
)
def test_a_statistic_that_fails_later_is_noted_with_its_plugin(calculate: Callable[[Question], Any]) -> None:
    host, found = offered(calculate=calculate)
    with pytest.raises((KeyError, TypeError)):
        found.calculate(QUESTION)
    assert [(name, hook) for name, hook, _ in errors(host)] == [("tempo", "vib_statistics")]


def test_that_a_statistic_cannot_take_these_ratings_is_no_failure() -> None:
    host, found = offered(calculate=lambda question: raising(InputProblem("", nl="nee", en="no"))())
    with pytest.raises(InputProblem):
        found.calculate(QUESTION)
    assert errors(host) == []


@pytest.mark.parametrize(
    "additive",
    [
        lambda question: 1 / 0,
        lambda question: 3,
        lambda question: Additive(np.ones((2, 1)), lambda sums: sums[:, 0]),
        lambda question: Additive(np.ones(1), lambda sums: sums),
        lambda question: Additive(np.ones((1, 1)), lambda sums: 1 / 0),
        lambda question: Additive(np.ones((1, 1)), lambda sums: sums),
    ],
)
def test_what_adds_up_is_looked_at_too(additive: Callable[[Question], Any]) -> None:
    host, found = offered(additive=additive)

    def drawn() -> None:
        assert found.additive is not None
        made = found.additive(QUESTION)
        assert made is not None
        made.value(np.ones((5, 1)))

    with pytest.raises((ZeroDivisionError, TypeError)):
        drawn()
    assert [(name, hook) for name, hook, _ in errors(host)] == [("tempo", "vib_statistics")]


@pytest.mark.parametrize(
    "fields", [{"label": "iets"}, {"basis": "beat"}, {"calculate": None}, {"raters": "three"}, {"source": None}]
)
def test_a_statistic_with_a_field_that_does_not_fit_cannot_be_made(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(fields))):
        statistic(**fields)


@pytest.mark.parametrize("write", [lambda export: 1 / 0, lambda export: b"bytes"])
def test_a_format_that_fails_later_is_noted_with_its_plugin(write: Callable[[Export], Any]) -> None:
    host = PluginHost(only=())
    host.add("notes", plugin("vib_export_formats", lambda: [ExportFormat("notes", LABEL, write)]))
    [[found]] = host.hook.vib_export_formats()
    with pytest.raises((ZeroDivisionError, TypeError)):
        found.write(Export([], None, []))  # type: ignore[arg-type]
    assert [(name, hook) for name, hook, _ in errors(host)] == [("notes", "vib_export_formats")]


@pytest.mark.parametrize("records", [lambda start, stop: 1 / 0, lambda start, stop: ["mine"]])
def test_records_that_fail_as_they_are_read_are_noted_with_their_plugin(records: Callable[..., Any]) -> None:
    host = PluginHost(only=())
    host.add("diary", plugin("vib_kept", lambda: [replace(KEPT, records=records)]))
    [[found]] = host.hook.vib_kept(user=1)
    with pytest.raises((ZeroDivisionError, TypeError)):
        list(found.records(0, None))
    assert [(name, hook) for name, hook, _ in errors(host)] == [("diary", "vib_kept")]


@pytest.mark.parametrize("fields", [{"name": "My work"}, {"columns": {}}, {"heading": "Work"}, {"records": []}])
def test_what_is_kept_cannot_be_said_without_what_its_page_needs(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(fields))):
        replace(KEPT, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"value": "much"},
        {"value": np.float32(0.5)},
        {"n_units": 1.5},
        {"ci": (0.1, 0.2, 0.3)},
        {"components": {"a": "b"}},
        {"value": None, "undefined_because": "nothing"},
        {"variant": None},
    ],
)
def test_an_estimate_with_what_no_format_can_write_cannot_be_made(fields: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Estimate(**{"variant": "share", "value": 0.5, "n_units": 1, "n_raters": 2, **fields})


def test_a_failure_is_logged_with_its_trace_the_first_time(caplog: pytest.LogCaptureFixture) -> None:
    failures = Failures()
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            failures.note("tempo", "vib_rounds", RuntimeError("boom"))
    assert [record.getMessage() for record in caplog.records] == ["plugin tempo: vib_rounds: RuntimeError: boom"] * 3
    assert [record.exc_info is not None for record in caplog.records] == [True, False, False]


def test_another_process_sees_what_failed_in_a_server_until_it_starts_anew(tmp_path: Path) -> None:
    failures = Failures()
    failures.note("tempo", "import", RuntimeError("boom"))
    failures.keep_in(tmp_path / "server", "first")
    failures.note("../tempo", "vib_rounds", RuntimeError("late\nand long " + "x" * 9999))
    (tmp_path / "server" / "other.json").write_text("[3]", encoding="utf-8")
    found = kept(tmp_path)
    assert [(one.plugin, one.hook, one.where) for one in found] == [
        ("../tempo", "vib_rounds", "server"),
        ("tempo", "import", "server"),
    ]
    assert found[1].error == "RuntimeError: boom"
    assert len(found[0].error) == 300
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "server").glob("*tempo*")} == {0o600}
    Failures().keep_in(tmp_path / "server", "second")
    assert kept(tmp_path) == ()


KEEPING = """
import os, sys
from pathlib import Path
from vib.failures import Failures, start_of
failures = Failures()
failures.note(sys.argv[2], "import", RuntimeError("boom"))
failures.keep_in(Path(sys.argv[1]), start_of(os.getppid()))
"""
SERVER = """
import subprocess, sys
for name in sys.argv[3:]:
    subprocess.run([sys.executable, "-c", sys.argv[1], sys.argv[2], name], check=True)
"""


def test_of_the_processes_of_one_start_none_loses_what_another_noted(tmp_path: Path) -> None:
    def start(*names: str) -> list[str]:
        server = [sys.executable, "-c", SERVER, KEEPING, str(tmp_path / "server"), *names]
        subprocess.run(server, start_new_session=True, check=True, capture_output=True)
        return [one.plugin for one in kept(tmp_path)]

    assert start("one", "two") == ["one", "two"]
    assert start("three") == ["three"]


def test_a_folder_that_cannot_be_written_hurts_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    failures = Failures()
    failures.keep_in(tmp_path / "file" / "server", "first")
    failures.note("tempo", "import", RuntimeError("boom"))
    assert len(failures.listed()) == 1


def test_a_long_list_of_failures_stays_short(tmp_path: Path) -> None:
    failures = Failures()
    failures.keep_in(tmp_path / "server", "first")
    for number in range(50):
        failures.note("tempo", "vib_rounds", RuntimeError(str(number)))
    [path] = (tmp_path / "server").glob("*.json")
    assert json.loads(path.read_text(encoding="utf-8"))["error"] == "RuntimeError: 49"
