"""The columns of Label Studio's list of clips."""

from __future__ import annotations

from tests.plugins.access.inside import World, inside


@inside
def test_a_list_shows_the_clip_and_its_picture_and_offers_the_rest(world: World) -> None:
    asked = f"/api/dm/columns/?project={world.project('eigen')}"
    for who in ("begeleider", "beheer"):
        columns = [one for one in world.ask(who, "GET", asked).json["columns"] if one.get("parent") == "data"]
        shown = {one["id"] for one in columns if one["visibility_defaults"]["explore"]}
        assert "clip" in shown, who
        assert shown <= {"clip", "video"}, who
        assert {"audio", "duration"} <= {one["id"] for one in columns}, who
