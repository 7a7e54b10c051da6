"""Who asks is the address that the connection comes from, unless our own proxy is in front."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.plugins.signin.conftest import environment_for

ASK = """
import django; django.setup()
from django.test import RequestFactory
from plugins.signin.proxy import ClientAddress, address_of
def seen(remote, **headers):
    found = []
    ClientAddress(lambda request: found.append(address_of(request)))(
        RequestFactory().get("/", REMOTE_ADDR=remote, **headers))
    return found[0]
print("answer", seen("192.0.2.1", HTTP_X_FORWARDED_FOR="198.51.100.7, 203.0.113.5"),
    seen("192.0.2.1", HTTP_X_FORWARDED_FOR="nonsense"), seen("192.0.2.1"),
    seen("2001:db8:1:2:3:4:5:6"), seen("::ffff:192.0.2.9"), seen(""))
"""


def answer(settings: str, data: Path) -> list[str]:
    environment = {**environment_for(data), "DJANGO_SETTINGS_MODULE": settings}
    run = subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, cwd=ROOT, env=environment, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return next(line for line in run.stdout.splitlines() if line.startswith("answer")).split()[1:]


def test_behind_our_proxy_the_last_address_that_it_noted_counts(tmp_path: Path) -> None:
    assert answer("deploy.settings", tmp_path)[:3] == ["203.0.113.5", "192.0.2.1", "192.0.2.1"]


def test_without_a_proxy_of_ours_the_header_is_not_read(tmp_path: Path) -> None:
    assert answer("plugins.settings", tmp_path)[:3] == ["192.0.2.1"] * 3


def test_of_a_long_address_the_part_counts_that_one_household_has(tmp_path: Path) -> None:
    assert answer("plugins.settings", tmp_path)[3:] == ["2001:db8:1:2::", "192.0.2.9", "0.0.0.0"]  # noqa: S104
