"""What Label Studio's lists of projects and clips show of what is for machines."""

from __future__ import annotations

from pathlib import Path

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


@inside
def test_nobody_is_told_what_others_exported_and_who_has_no_family_there_is_refused(world: World) -> None:
    from django.conf import settings

    asked = f"/api/projects/{world.project('eigen')}/export/files"
    others = Path(settings.EXPORT_DIR) / f"{world.project('eigen')}-at-2026-03-01-00-00-abcdef.json"
    others.parent.mkdir(parents=True, exist_ok=True)
    others.write_text("[]", encoding="utf-8")
    try:
        assert world.ask("begeleider", "GET", asked).json == {"export_files": []}
    finally:
        others.unlink()
    assert world.ask("vreemd", "GET", asked).status == 404
