"""Which plugins an installation loads: what its settings say, and what may not go unseen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from vib.failures import IMPORTING
from vib.language import Text
from vib.pluginhost import FOLDER, PluginHost, Target, targets
from vib.problem import InputProblem

if TYPE_CHECKING:
    from vib.settings import Settings

PROTECTING: dict[str, Text] = {
    "access": Text(
        nl="iedereen die inlogt ziet alle gezinnen en alle codes",
        en="whoever signs in sees all families and all codes",
    ),
    "audit": Text(nl="niemand kan nagaan wie wat heeft gezien", en="nobody can tell who has seen what"),
    "signin": Text(nl="inloggen is niet beveiligd", en="signing in is not secured"),
}
"""Plugins without which a server does not start unless somebody says so, and what is so without them."""

STARTING = frozenset({IMPORTING, "vib_django_apps", "vib_django_settings"})
"""Where one of these may not fail as the server starts: it would go on without protecting."""


def load_plugins(settings: Settings, folder: Path = FOLDER) -> PluginHost:
    """Load the plugins that an installation has chosen: the one way to make a host.

    Raises
    ------
    InputProblem
        A setting names a plugin that is not there.
    """
    there = targets(folder)
    _check_names("VIB_PLUGINS", settings.plugins or (), there)
    # One that protects may be gone altogether.
    _check_names("VIB_WITHOUT", [name for name in settings.without if name not in PROTECTING], there)
    return PluginHost(folder, only=settings.plugins, without=settings.without)


def left_out(settings: Settings) -> tuple[str, ...]:
    """Return which of the plugins that protect a server are not loaded."""
    return tuple(
        name
        for name in PROTECTING
        if name in settings.without or (settings.plugins is not None and name not in settings.plugins)
    )


def check_left_out(settings: Settings) -> None:
    """See to it that a server is left without protection only where somebody says so.

    Raises
    ------
    InputProblem
        `VIB_PLUGINS` leaves out what `VIB_WITHOUT` does not name.
    """
    unsaid = [name for name in left_out(settings) if name not in settings.without]
    if not unsaid:
        return
    names, options = ", ".join(unsaid), " ".join(f"--without-{name}" for name in unsaid)
    without = ",".join(sorted({*unsaid, *settings.without}))
    raise InputProblem(
        "VIB_PLUGINS",
        nl=f"laat {names} weg: {_so(unsaid).nl}. Zet {names} erbij, of zeg dat het zo bedoeld is met"
        f" VIB_WITHOUT={without} of scripts/up {options}",
        en=f"leaves out {names}: {_so(unsaid).en}. Add {names}, or say that this is meant with"
        f" VIB_WITHOUT={without} or scripts/up {options}",
    )


def without_protection(names: Iterable[str]) -> Text:
    """Say what is so on a server that runs without these plugins."""
    listed = list(names)
    so = _so(listed)
    return Text(
        nl=f"Deze server draait zonder {' en '.join(listed)}: {so.nl}.",
        en=f"This server runs without {' and '.join(listed)}: {so.en}.",
    )


def check_protecting(host: PluginHost, settings: Settings) -> None:
    """See to it that what protects a server works as it starts; a server without it is no server.

    Raises
    ------
    InputProblem
        A plugin that protects is not there, or failed.
    """
    wanted = [name for name in PROTECTING if name not in left_out(settings)]
    found = {info.name: info for info in host.found}
    for name in wanted:
        if name not in found:
            raise InputProblem(
                f"plugin {name}",
                nl=f"is er niet: {_so([name]).nl}; is dat de bedoeling, zeg het dan met VIB_WITHOUT={name}",
                en=f"is not there: {_so([name]).en}; if that is meant, say so with VIB_WITHOUT={name}",
            )
        failures = [str(one) for one in found[name].failures if one.hook in STARTING]
        if failures:
            said = "; ".join(failures)
            raise InputProblem(
                f"plugin {name}",
                nl=f"werkt niet ({said}), en zonder start de server niet: {_so([name]).nl}",
                en=f"does not work ({said}), and without it the server does not start: {_so([name]).en}",
            )


def _so(names: Iterable[str]) -> Text:
    return Text(
        nl=", en ".join(PROTECTING[name].nl for name in names),
        en=", and ".join(PROTECTING[name].en for name in names),
    )


def _check_names(setting: str, names: Iterable[str], there: Iterable[Target]) -> None:
    known = sorted({target.name for target in there})
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InputProblem(
            setting,
            nl=f"{', '.join(unknown)}: zo heet geen plugin; er zijn: {', '.join(known)}",
            en=f"{', '.join(unknown)}: no plugin is called so; there are: {', '.join(known)}",
        )
