"""What a test does where Django is, is undone."""

from __future__ import annotations

import os

from tests.plugins.access.inside import World, inside, undone


@inside
def test_what_is_done_meanwhile_is_undone_also_when_it_fails(world: World) -> None:
    from django.conf import settings
    from django.contrib.auth.models import Group
    from django.core.cache import cache

    from plugins.access import narrowing

    made = settings.VIB_MEDIA_ROOT / "F-NIEUW" / "clip.mp4"
    try:
        with undone(world):
            world.made.users["nieuw"].set_password("left")
            Group.objects.create(name="left")
            os.environ["LEFT"] = "1"
            cache.set("left", 1)
            narrowing.look_as(world.viewer("nieuw"))
            made.parent.mkdir()
            made.write_bytes(b"")
            raise ValueError
    except ValueError:
        pass
    assert not world.made.users["nieuw"].check_password("left")
    assert not Group.objects.filter(name="left").exists()
    assert ("LEFT" in os.environ, cache.get("left"), narrowing.looking(), made.parent.exists()) == (
        False,
        None,
        None,
        False,
    )
