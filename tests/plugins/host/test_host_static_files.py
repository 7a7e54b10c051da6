"""Style sheets and scripts of plugins, at the addresses that they have and had."""

from __future__ import annotations

from tests.plugins.access.inside import World, inside

BEFORE = (
    "/vib/guide/static/guide.css",
    "/vib/agreement/static/agreement.css",
    "/vib/turns/static/turns.js",
    "/vib/coding/static/0123456789ab/main.js",
    "/vib/static/0123456789ab/vib_guide/guide.css",
)
NEVER = ("/vib/guide/static/nothing.css", "/vib/static/0123456789ab/vib_guide/../guide.css", "/vib/host/static/x/y/z")


@inside
def test_an_address_of_before_leads_to_the_file_as_it_is_now(world: World) -> None:
    for address in BEFORE:
        answer = world.ask("", "GET", address, by="")
        assert answer.status == 302, address
        now = world.ask("", "GET", answer.headers["Location"], by="")
        assert now.status == 200, address
        assert now.headers["Cache-Control"].endswith("immutable"), address


@inside
def test_what_never_was_a_file_leads_nowhere(world: World) -> None:
    for address in NEVER:
        assert world.ask("anna", "GET", address, by="session").status == 404, address
