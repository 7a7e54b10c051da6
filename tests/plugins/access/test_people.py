"""The list of accounts: who is in it, and that it says of each what Label Studio says of one by itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import free_port
from tests.plugins.access.inside import World, inside, process_inside
from tests.waiting import until


@inside
def test_an_account_in_the_list_is_as_it_is_by_itself(world: World) -> None:
    listed = {user["id"]: user for user in world.ask("beheer", "GET", "/api/users/").json}
    assert {world.user(who) for who in world.made.users} <= set(listed)
    for who in ("anna", "opleider", "nieuw"):
        assert listed[world.user(who)] == world.ask("beheer", "GET", f"/api/users/{world.user(who)}/").json


@inside
def test_who_is_listed_is_oneself_those_whose_codes_one_sees_and_those_whose_rounds_one_leads(world: World) -> None:
    def listed(who: str) -> set[str]:
        names = {user.pk: name for name, user in world.made.users.items()}
        return {names[user["id"]] for user in world.ask(who, "GET", "/api/users/").json}

    assert listed("anna") == {"anna", "bram"}
    assert listed("carla") == {"carla"}
    assert listed("begeleider") == {"begeleider", "collega"}
    assert listed("vreemd") == {"vreemd"}
    assert listed("opleider") == {"opleider", "anna", "bram"}
    assert listed("beheer") > {"beheer", "anna", "vreemd", "nieuw"}


@inside
def activity_in_redis(world: World) -> None:
    """Look at the list while Redis knows of some when they were active last."""
    from django.utils import timezone
    from django_rq import get_connection
    from users.functions.last_activity import set_user_last_activity

    now = timezone.now()
    assert set_user_last_activity(world.user("anna"), now)
    before = get_connection().info()["total_connections_received"]
    listed = {user["id"]: user for user in world.ask("beheer", "GET", "/api/users/").json}
    made = get_connection().info()["total_connections_received"] - before
    assert made <= 3, made
    assert len(listed) > made
    assert listed[world.user("anna")]["last_activity"] == now.isoformat().replace("+00:00", "Z")
    for who in ("anna", "bram"):
        assert listed[world.user(who)] == world.ask("beheer", "GET", f"/api/users/{world.user(who)}/").json


@pytest.mark.nightly
def test_redis_is_asked_once_for_the_last_activity_of_all(template: Path, tmp_path: Path) -> None:
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with (tmp_path / "redis.log").open("wb") as log:
        redis = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        until(lambda: b"eady to accept" in (tmp_path / "redis.log").read_bytes())
        settings = {"DJANGO_SETTINGS_MODULE": "deploy.settings", "REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(port)}
        with process_inside(template, tmp_path, settings) as run:
            run(__name__ if "." in __name__ else f"tests.plugins.access.{__name__}", activity_in_redis.__name__)
    finally:
        redis.kill()
        redis.wait()
