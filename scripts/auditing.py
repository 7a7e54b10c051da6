"""What commands tell the audit log of an installation."""

from __future__ import annotations

import os
from collections.abc import Iterable

from vib import actor
from vib.chosen import load_plugins
from vib.settings import Settings


def record(settings: Settings, what: str, family: str, changes: Iterable[str]) -> None:
    """Note what changed in a family, in the audit log of an installation, where there is one.

    Raises
    ------
    OSError
        It cannot be noted: what is not noted is not to happen.
    """
    said = tuple(changes)
    if not said or not settings.data.is_dir():
        return
    os.environ["VIB_DATA"] = str(settings.data.absolute())
    hook = load_plugins(settings).hook
    for which in said:
        hook.vib_access_event(event=actor.command().event(what, families=[family], which=which))
