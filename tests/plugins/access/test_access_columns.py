"""What Label Studio's lists of projects and clips show of what is for machines."""

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


@inside
def test_what_ties_a_project_to_a_family_is_told_to_who_manages_only(world: World) -> None:
    def told(who: str) -> str:
        return str(world.ask(who, "GET", f"/api/projects/{world.project('eigen')}/").json["description"])

    assert told("begeleider") == ""
    assert told("dienst").startswith("VIB Studio, family:")
