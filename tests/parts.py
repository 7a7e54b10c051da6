"""Which tests run, in which order, and which of them on one worker.

Workers share the tests by group: the modules that use one running thing (a server, a process with
Django) are a group, so that it is started once; any other module is a group of its own. What is
nightly is dealt out to eight parts, a module at a time, and what is ``nightly(alone=True)`` a test at a time.
"""

from __future__ import annotations

import inspect
import json
import signal
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from vib.atomic import write_text

PARTS = 8
TOLD = pytest.StashKey[Path]()
GROUPS = "groups.json"
CHEAP = frozenset({"browser"})
"""What is started in a second or two: not worth keeping tests together for."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that `.ci/run` uses."""
    group = parser.getgroup("parts")
    group.addoption("--eighth", type=int, choices=range(1, PARTS + 1), help="only this eighth of what is nightly")
    group.addoption("--within", type=float, metavar="MINUTES", help="fail when the tests take longer than this")


def pytest_configure(config: pytest.Config) -> None:
    """Make room for what workers tell, and stop in time: a worker is ended by the process that started it."""
    if hasattr(config, "workerinput"):
        return
    told = tempfile.TemporaryDirectory(prefix="groups-")
    config.add_cleanup(told.cleanup)
    config.stash[TOLD] = Path(told.name)
    minutes = config.getoption("within")
    if minutes is None:
        return

    def stop(number: int, frame: FrameType | None) -> None:
        pytest.exit(f"out of time: the tests did not end within {minutes:g} minutes", returncode=1)

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, minutes * 60)


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say which part runs."""
    chosen = config.getoption("eighth")
    return [f"nightly: eighth {chosen} of {PARTS}"] if chosen else []


class ByGroup(LoadScopeScheduling):
    """Gives a worker a group at a time, in the order of the tests. Only workers know the groups: they told."""

    def __init__(self, config: pytest.Config, log: Any = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    @cached_property
    def _groups(self) -> dict[str, str]:
        groups: dict[str, str] = json.loads((self.config.stash[TOLD] / GROUPS).read_text(encoding="utf-8"))
        return groups

    def _split_scope(self, nodeid: str) -> str:
        return self._groups[nodeid.partition("::")[0]]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where to leave the groups."""
    node.workerinput["told"] = str(node.config.stash[TOLD])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Share the tests among the workers."""
    return ByGroup(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the chosen part, and put the longest groups first, so that the workers end together."""
    if changing := [item.nodeid for item in items if " at 0x" in item.nodeid]:
        raise pytest.UsageError(f"each worker would know this test by another name: {changing[0]}")
    if chosen := config.getoption("eighth"):
        kept = eighth(items, chosen)
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept
    shared: dict[str, set[str]] = defaultdict(set)
    fixtures: dict[str, set[str]] = defaultdict(set)
    for item in items:
        shared[module(item)] |= shared_by(item)
        fixtures[module(item)] |= set(getattr(item, "fixturenames", ()))
    named = groups(shared)
    members: dict[str, set[str]] = defaultdict(set)
    for item in items:
        members[named[module(item)]] |= fixtures[module(item)]
    if hasattr(config, "workerinput"):
        write_text(Path(config.workerinput["told"]) / GROUPS, json.dumps(named))
    places = {group: number for number, group in enumerate(members)}
    maker = next((group for group, used in members.items() if "demo" in used), "")

    def place(item: pytest.Item) -> tuple[int, int, str]:
        """Within a group modules run in one order, whatever order they were asked for in: they share a server."""
        group = named[module(item)]
        return rank(members[group], makes_demo=group == maker), places[group], module(item)

    items.sort(key=place)


def eighth(items: Iterable[pytest.Item], number: int) -> list[pytest.Item]:
    """Return the tests of one eighth of what is nightly, the first being 1."""
    nightly = [item for item in items if item.get_closest_marker("nightly")]
    wanted = set(deal(sorted({dealt_with(item) for item in nightly}), PARTS)[number - 1])
    return [item for item in nightly if dealt_with(item) in wanted]


def module(item: pytest.Item) -> str:
    """Return the file of a test."""
    return item.nodeid.partition("::")[0]


def dealt_with(item: pytest.Item) -> str:
    """Return what a nightly test is in one eighth with: the others of its file, unless it stands alone."""
    marker = item.get_closest_marker("nightly")
    return item.nodeid if marker is not None and marker.kwargs.get("alone") else module(item)


def shared_by(item: pytest.Item) -> set[str]:
    """Return which running things that last for the whole session a test uses."""
    found = set()
    for name, defined in getattr(item, "_fixtureinfo").name2fixturedefs.items():  # noqa: B009 - no public name
        last = defined[-1]
        if last.scope == "session" and last.baseid and inspect.isgeneratorfunction(last.func) and name not in CHEAP:
            found.add(f"{name}-{last.baseid.rpartition('/')[2]}")
    return found


def groups(shared: dict[str, set[str]]) -> dict[str, str]:
    """Return the group of each module: modules that use one thing are together, through others too."""
    group = {one: one.rpartition("/")[2].removesuffix(".py") for one in shared}
    for thing in sorted(set().union(*shared.values())):
        joined = {group[one] for one, used in shared.items() if thing in used}
        for one in group:
            if group[one] in joined:
                group[one] = thing
    return group


def rank(fixtures: Iterable[str], *, makes_demo: bool) -> int:
    """Return how early a group starts: what makes the demo, what needs none meanwhile, what waits for it, the rest."""
    used = set(fixtures)
    if makes_demo:
        return 0
    return 2 if "demo" in used else 1 if "template" in used else 3


def deal(things: Sequence[str], parts: int) -> list[list[str]]:
    """Deal things out, one at a time."""
    return [list(things[number::parts]) for number in range(parts)]
