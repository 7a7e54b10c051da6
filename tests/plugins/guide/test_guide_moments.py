"""Who is shown which moments of the demo, with the people of the access rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from tests.plugins.access.inside import World, inside

CODE = "BC.REC.V"


@contextmanager
def reference(clip: str, duration: float = 9.0) -> Iterator[None]:
    """Have the demo be a clip of the scenario in which the code occurs twice."""
    from plugins.guide.reference import Moment, Reference

    moments = [Moment(clip, 1.0, 4.0, duration), Moment(clip, 5.0, 8.5, duration)]
    with patch.object(Reference, "moments", lambda found: {CODE: moments}):
        yield


def shown(world: World, who: str, path: str = f"vib-pleegzorg/{CODE}/") -> list[str]:
    answer = world.ask(who, "GET", f"/vib/guide/{path}", by="session")
    assert answer.status == 200
    assert answer.forbidden == []
    return re.findall(r'<video [^>]*src="([^"]+)"', answer.text)


@inside
def test_who_sees_the_clip_is_shown_its_moments_and_nobody_else_is(world: World) -> None:
    with reference("F-EIGEN/ontbijt"):
        address = "/vib/media/F-EIGEN/ontbijt.mp4"
        assert shown(world, "begeleider") == [f"{address}#t=1.0,4.0", f"{address}#t=5.0,8.5"]
        for who in ("vreemd", "anna", "carla"):
            assert shown(world, who) == []


@inside
def test_a_trainee_sees_moments_of_a_clip_only_once_they_submitted_it(world: World) -> None:
    with reference("F-OEFEN/toren"):
        assert len(shown(world, "opleider")) == 2
        assert ("anna", "toren") in world.made.codes
        assert len(shown(world, "anna")) == 2
        world.made.codes["anna", "toren"].delete()
        assert shown(world, "anna") == []


@inside
def test_a_clip_of_the_same_name_that_is_as_long_as_another_is_not_the_demo_s(world: World) -> None:
    with reference("F-EIGEN/ontbijt", duration=8.0):
        assert shown(world, "begeleider") == []


@inside
def test_the_guide_says_which_codes_can_be_watched(world: World) -> None:
    with reference("F-EIGEN/ontbijt"):
        for who, there in (("begeleider", True), ("vreemd", False)):
            answer = world.ask(who, "GET", "/vib/guide/vib-pleegzorg/", by="session")
            assert (f'href="/vib/guide/vib-pleegzorg/{CODE}/#_moments"' in answer.text) is there
