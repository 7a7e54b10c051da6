"""How the database is used: who writes waits, who reads does not, and nothing is told before it is stored."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

import pytest

from plugins.host.database import WAIT_SECONDS, tuned
from tests.plugins.access.inside import World, inside


def test_connections_to_postgresql_stay_are_looked_at_before_they_are_used_again_and_make_no_programs_of_queries() -> (
    None
):
    found = tuned({"ENGINE": "django.db.backends.postgresql", "NAME": "labelstudio"})
    assert (found["CONN_MAX_AGE"] > 0, found["CONN_HEALTH_CHECKS"], found["NAME"]) == (True, True, "labelstudio")
    assert found["OPTIONS"] == {"options": "-c jit=off"}


@inside
def test_a_transaction_on_sqlite_keeps_others_from_writing_from_its_beginning_and_nobody_from_reading(
    world: World,
) -> None:
    from django.db import connection

    # This test itself runs in a transaction that has written nothing, in a process that wrote before.
    with closing(sqlite3.connect(Path(str(connection.settings_dict["NAME"])), timeout=0)) as other:
        assert other.execute("SELECT count(*) FROM auth_group").fetchone()[0] > 0
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")


@inside
def test_sqlite_writes_ahead_waits_twenty_seconds_and_brings_each_commit_to_the_disk(world: World) -> None:
    from django.db import connection

    with connection.cursor() as cursor:

        def said(what: str) -> object:
            return cursor.execute(f"PRAGMA {what}").fetchone()[0]

        assert (said("journal_mode"), said("busy_timeout"), said("synchronous")) == ("wal", WAIT_SECONDS * 1000, 2)
    assert WAIT_SECONDS == 20


@inside
def test_nothing_of_label_studios_repeats_what_failed_on_a_locked_database(world: World) -> None:
    from django.conf import settings
    from django.db import OperationalError

    assert not [name for name in settings.MIDDLEWARE if "Retry" in name]
    tasks = [{"data": {"video": "/v", "audio": "/a", "who": []}}]
    place = "tasks.serializers.BaseTaskSerializerBulk.post_process_tasks"
    with patch(place, side_effect=OperationalError("database is locked")) as failing:
        answer = world.ask("dienst", "POST", f"/api/projects/{world.project('oefenset')}/import", tasks)
    assert (answer.status, failing.call_count) == (500, 1)


@inside
def test_a_webhook_hears_of_codes_once_they_are_stored_and_never_of_those_that_are_not(world: World) -> None:
    from django.test import TestCase
    from organizations.models import Organization
    from webhooks.models import Webhook

    Webhook.objects.create(organization=Organization.objects.get(), url="http://127.0.0.1:9/", send_payload=True)
    address = f"/api/tasks/{world.task('toren')}/annotations/"
    with patch("webhooks.utils.ssrf_safe_post") as post:
        with TestCase.captureOnCommitCallbacks() as waiting:
            assert world.ask("anna", "POST", address, {"result": []}).status == 201
        assert post.call_count == 0
        for told in waiting:
            told()
        heard = [call for call in post.call_args_list if call.kwargs["json"]["action"] == "ANNOTATION_CREATED"]
        assert len(heard) == 1
        post.reset_mock()
        with (
            TestCase.captureOnCommitCallbacks(execute=True),
            patch("rest_framework.renderers.JSONRenderer.render", side_effect=ValueError("no number")),
        ):
            assert world.ask("anna", "POST", address, {"result": []}).status == 500
        assert post.call_count == 0


@inside
def test_a_job_goes_to_the_queue_when_what_it_is_about_is_stored(world: World) -> None:
    import django_rq
    from django.db import transaction
    from django.test import TestCase
    from rq import Queue

    from plugins.host.after_commit import JobsAfterCommit

    queue = django_rq.get_queue("low")
    assert isinstance(queue, JobsAfterCommit)
    with patch.object(Queue, "enqueue_job") as put:
        with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
            queue.enqueue_call(print)
            transaction.set_rollback(True)
        assert put.call_count == 0
        with TestCase.captureOnCommitCallbacks(execute=True):
            job = queue.enqueue_call(print)
            assert put.call_count == 0
        assert [call.args[0] for call in put.call_args_list] == [job]


@inside
def test_a_state_that_was_taken_back_is_not_remembered(world: World) -> None:
    from django.db import transaction
    from tasks.models import Task

    states = import_module("fsm.state_manager")
    task = Task.objects.get(pk=world.task("bad"))
    before, key = states.StateManager.get_current_state_value(task), states.StateManager.get_cache_key(task)
    with transaction.atomic():
        states.get_fsm_cache().set(key, "COMPLETED", 60)
        transaction.set_rollback(True)
    assert states.StateManager.get_current_state_value(task) == before
    assert states.get_fsm_cache().get_many([key]) == {}
