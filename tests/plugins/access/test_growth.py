"""No page and no list asks the database more often when there is more in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.plugins.access.apart import outcomes
from tests.plugins.access.growth import MOST, Size, costs, grow, grown, lists
from tests.plugins.access.inside import World, inside


@inside
def test_no_list_asks_more_often_when_there_is_more_and_none_asks_often(world: World) -> None:
    grow(world.made, Size(tasks=4, codes=8, accounts=10, families=1))
    before = costs(world.made, lists)
    grow(world.made, Size(tasks=30, codes=60, accounts=60, families=5))
    after = costs(world.made, lists)
    assert {cost.status for cost in after.values()} == {200}
    more = grown(before, after)
    assert more == [], more
    longer = {
        (who, address) for (who, address), cost in after.items() if len(cost.said) > len(before[who, address].said)
    }
    for who, project in (("begeleider", "eigen"), ("opleider", "oefenset"), ("beheer", "eigen")):
        tasks = f"/api/tasks/?fields=all&page_size=30&project={world.project(project)}"
        assert {(who, address) for address in ("/api/users/", "/api/projects/", tasks)} <= longer


@inside
def test_a_clip_in_pieces_asks_for_the_account_its_role_and_the_clip_only(world: World) -> None:
    address = f"/vib/media/{world.made.tasks['toren'].data['clip']}.mp4"
    cost = costs(world.made, lambda _, who: [address] if who == "anna" else [])["anna", address]
    assert cost.status == 200
    # Savepoints are of the request's own transaction, and the policy is made as there was none.
    read = [query for query in cost.queries if query.startswith("SELECT")]
    assert len(read) <= 5, read


@pytest.mark.nightly
def test_no_route_asks_more_often_with_ten_thousand_tasks_and_three_thousand_accounts(prepared: Path) -> None:
    [found] = outcomes("growth", [(prepared,)])
    print("\n" + json.dumps(found["asked"], indent=0))
    assert found["grown"] == []
    assert max(queries for _, queries, _ in found["asked"].values()) <= MOST
