"""The way from a clip to the guide of its method."""

from __future__ import annotations

from tests.plugins.access.inside import World, inside
from vib.methods import read_method
from vib.wording import described_names


@inside
def test_the_guide_opens_at_the_code_that_is_asked_for_and_else_at_its_method(world: World) -> None:
    method = "vib-pleegzorg"
    code = described_names(read_method(method))[-1]
    asked = f"/vib/coding/tasks/{world.task('toren')}/guide?code="
    for name, page in ((code, f"{method}/{code}/"), ("", f"{method}/"), ("//example.org", f"{method}/")):
        answer = world.ask("anna", "GET", asked + name, by="session")
        assert (answer.status, answer.headers["Location"]) == (302, f"/vib/guide/{page}")


@inside
def test_the_guide_of_a_clip_that_somebody_may_not_code_is_not_there(world: World) -> None:
    assert world.ask("anna", "GET", f"/vib/coding/tasks/{world.task('ontbijt')}/guide", by="session").status == 404
