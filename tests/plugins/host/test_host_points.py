"""Stars of before, when ratings were stars: whoever opens the codes is given the point that was meant."""

from __future__ import annotations

import json
from typing import Any

from tests.plugins.access.inside import World, inside
from tests.plugins.host.test_host_mended import put_straight

STARS = {"id": "s", "from_name": "BS.1", "to_name": "audio", "type": "rating", "value": {"rating": 4}}
POINT = {**STARS, "type": "choices", "value": {"choices": ["4"]}}


@inside
def test_who_opens_codes_with_stars_is_given_the_point_and_can_send_it_back(world: World) -> None:
    from tasks.models import AnnotationDraft

    put_straight(world, "collega", "bad", json.dumps([STARS]))
    AnnotationDraft.objects.filter(pk=world.made.drafts["collega", "bad"].pk).update(result=[STARS])
    number, task = world.code("collega", "bad"), world.task("bad")
    shown: list[Any] = [
        world.ask("collega", "GET", f"/api/annotations/{number}/").json,
        *world.ask("collega", "GET", f"/api/tasks/{task}/").json["annotations"],
        *world.ask("collega", "GET", f"/api/tasks/{task}/").json["drafts"],
    ]
    assert [one["result"] for one in shown] == [[POINT]] * 3
    answer = world.ask("collega", "PATCH", f"/api/annotations/{number}/", {"result": shown[0]["result"]})
    assert answer.status == 200, answer.text
    assert world.ask("collega", "GET", f"/api/annotations/{number}/").json["result"] == [POINT]
