"""The decision of the role table about every route, method and role is the one that a person looked through."""

from __future__ import annotations

from pathlib import Path

from tests.plugins.access.inside import World, inside
from tests.plugins.access.walk import METHODS

DECISIONS = Path(__file__).with_name("decisions.txt")
"""Who may use which route with which method. What is not here only administrators may.

Opening or closing a route changes this file too, by hand: so nothing opens unnoticed.
"""


def decided() -> set[str]:
    """Write down who may use what, unless that is administrators only."""
    from plugins.access.routes import PUBLIC, all_routes, may_use
    from plugins.access.viewer import Viewer
    from vib.roles import Role

    found = set()
    for route in set(all_routes()):
        if route in PUBLIC:
            found.add(f"/{route} without an account")
            continue
        by_audience: dict[str, list[str]] = {}
        for method in METHODS:
            roles = [role.value for role in Role if may_use(Viewer(1, "", role), method, route)]
            by_audience.setdefault(", ".join(roles) or "nobody", []).append(method)
        for who, methods in by_audience.items():
            if who != "administrator":
                how = "any method" if len(methods) == len(METHODS) else " ".join(methods)
                found.add(f"/{route} {how}: {who}")
    return found


@inside
def test_no_route_was_opened_or_closed_that_is_not_written_down(world: World) -> None:
    written = {line for line in DECISIONS.read_text(encoding="utf-8").splitlines() if line}
    assert decided() - written == set(), f"opened or closed, and not in {DECISIONS}"
    assert written - decided() == set(), f"in {DECISIONS}, and no longer so"


@inside
def test_who_has_no_role_may_use_nothing_and_the_machine_everything(world: World) -> None:
    from plugins.access.routes import all_routes, may_use
    from plugins.access.viewer import Viewer

    pairs = [(method, route) for route in set(all_routes()) for method in METHODS]
    assert [pair for pair in pairs if may_use(Viewer(1, ""), *pair)] == []
    assert [pair for pair in pairs if not may_use(Viewer(1, "", service=True), *pair)] == []
