"""Who asks is the address that the connection comes from, unless our own proxy is in front."""

from __future__ import annotations

from tests.plugins.signin.conftest import Studio

ASK = """
from importlib import import_module
from django.test import RequestFactory, override_settings
from plugins.signin.proxy import ClientAddress, address_of

def seen(remote, **headers):
    found = []
    ClientAddress(lambda request: found.append(address_of(request)))(
        RequestFactory().get("/", REMOTE_ADDR=remote, **headers))
    return found[0]

with override_settings(VIB_BEHIND_PROXY=getattr(import_module("{settings}"), "VIB_BEHIND_PROXY", False)):
    print(seen("192.0.2.1", HTTP_X_FORWARDED_FOR="198.51.100.7, 203.0.113.5"),
        seen("192.0.2.1", HTTP_X_FORWARDED_FOR="nonsense"), seen("192.0.2.1"),
        seen("2001:db8:1:2:3:4:5:6"), seen("::ffff:192.0.2.9"), seen(""))
"""


def answer(studio: Studio, settings: str) -> list[str]:
    run = studio.commands.python(ASK.format(settings=settings))
    assert run.returncode == 0, run.stderr[-2000:]
    return run.stdout.split()


def test_behind_our_proxy_the_last_address_that_it_noted_counts(studio: Studio) -> None:
    assert answer(studio, "deploy.settings")[:3] == ["203.0.113.5", "192.0.2.1", "192.0.2.1"]


def test_without_a_proxy_of_ours_the_header_is_not_read(studio: Studio) -> None:
    assert answer(studio, "plugins.settings")[:3] == ["192.0.2.1"] * 3


def test_of_a_long_address_the_part_counts_that_one_household_has(studio: Studio) -> None:
    assert answer(studio, "plugins.settings")[3:] == ["2001:db8:1:2::", "192.0.2.9", "0.0.0.0"]  # noqa: S104
