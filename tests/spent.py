"""Says at the end where the time went: the slowest tests, and the CPU seconds of all of them."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

SHOWN = 20


def cpu_seconds() -> float:
    """Return what this process used, with all that it started and waited for."""
    return sum(os.times()[:4])


@dataclass(eq=False)
class Spent:
    """What the tests took; in a worker only its own."""

    began: float = field(default_factory=time.monotonic)
    workers: float = 0.0
    last: float = field(default_factory=cpu_seconds)
    seconds: Counter[str] = field(default_factory=Counter)
    cpu: Counter[str] = field(default_factory=Counter)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Iterator[Any]:
        """Note the CPU seconds of each part of a test."""
        report = yield
        now = cpu_seconds()
        report.cpu_seconds, self.last = now - self.last, now
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up the parts of each test, of all workers."""
        self.seconds[report.nodeid] += report.duration
        self.cpu[report.nodeid] += getattr(report, "cpu_seconds", 0.0)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Tell the process that started this worker what it used."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["cpu_seconds"] = cpu_seconds()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Count a worker that has ended."""
        self.workers += getattr(node, "workeroutput", {}).get("cpu_seconds", 0.0)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the block."""
        if not self.seconds:
            return
        # A worker is waited for only when it has said what it used: what is waited for counts once.
        own = os.times()
        used = self.workers + own.user + own.system if self.workers else cpu_seconds()
        terminalreporter.section(f"slowest {min(SHOWN, len(self.seconds))} (seconds, CPU seconds)")
        for name, seconds in self.seconds.most_common(SHOWN):
            terminalreporter.write_line(f"{seconds:8.2f} {self.cpu[name]:8.2f}  {name}")
        elapsed = time.monotonic() - self.began
        terminalreporter.write_line(f"{len(self.seconds)} tests, {used:.0f} CPU seconds, {elapsed:.0f} s")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to count."""
    config.pluginmanager.register(Spent(), "spent")
