"""Every table that says of a row whose it is, is asked when somebody wants to see what is kept of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.plugins.access.inside import World, inside
from tests.plugins.kept.kept_world import fetched

SAID_OTHERWISE = {
    # Whoever submits codes is also the last who changed them and their task.
    "tasks.Annotation.updated_by",
    "tasks.Annotation.last_created_by",
    "tasks.Task.updated_by",
    # There is one organization, and who has an account is in it; who makes a project is a member of it.
    "organizations.OrganizationMember.user",
    "organizations.Organization.users",
    "organizations.Organization.created_by",
    "projects.ProjectMember.user",
    # It is gone after minutes.
    "tasks.TaskLock.user",
}
"""What Label Studio notes of an account a second time, or not for long."""

NEVER_WRITTEN = {
    # Flags that are off, and pages of other editions.
    "fsm.TaskState.triggered_by",
    "fsm.AnnotationState.triggered_by",
    "fsm.ProjectState.triggered_by",
    "tasks.Task.comment_authors",
    "projects.Project.deleted_by",
    # Routes that are closed to all but the machine, or ask for a model of others.
    "data_export.Export.created_by",
    "data_export.ConvertedFormat.created_by",
    "labels_manager.Label.created_by",
    "labels_manager.Label.approved_by",
    "ml_models.ModelInterface.created_by",
    "ml_models.ThirdPartyModelVersion.created_by",
    "ml_models.ModelRun.created_by",
    "ml_model_providers.ModelProviderConnection.created_by",
}
"""What Label Studio could note of an account and does not here."""


def whose() -> Iterator[tuple[str, str, str]]:
    """Yield each field of a model that is an account, with its table and column."""
    from django.apps import apps
    from users.models import User

    for model in apps.get_models():
        if model._meta.proxy:
            continue
        for field in (*model._meta.fields, *model._meta.many_to_many):
            if getattr(field.remote_field, "model", None) is User and model is not User:
                yield f"{model._meta.label}.{field.name}", model._meta.db_table, field.column or ""


def asked(world: World, who: str) -> set[str]:
    """Return the fields by which rows of an account are read for the file; counting is not reading."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        fetched(world, who)
    read = [query["sql"] for query in queries if not query["sql"].startswith("SELECT COUNT")]
    number = world.user(who)

    def reads(table: str, column: str) -> bool:
        own = re.compile(rf'"{column}" = {number}\b')
        return any(f'FROM "{table}"' in sql and own.search(sql) for sql in read)

    return {name for name, table, column in whose() if reads(table, column)}


@inside
def test_every_table_of_ours_that_belongs_to_an_account_is_answered_for(world: World) -> None:
    ours = {name for name, _, _ in whose() if name.startswith("vib_")}
    assert {"vib_access.FamilyGrant.user", "vib_coding.Work.user", "vib_rounds.Reminder.user"} <= ours
    missing = ours - asked(world, "anna")
    assert missing == set(), "a model with an account wants an answer in vib_kept of its plugin"


@inside
def test_a_table_that_no_plugin_answers_for_is_found(world: World) -> None:
    from django.conf import settings

    host: Any = settings.VIB_PLUGIN_HOST
    plain = host.answers
    host.answers = lambda hook, **given: (one for one in plain(hook, **given) if one[0] != "rounds")
    try:
        assert "vib_rounds.Reminder.user" not in asked(world, "anna")
    finally:
        del host.answers


@inside
def test_every_table_of_label_studio_that_belongs_to_an_account_is_answered_for_or_said_why_not(world: World) -> None:
    theirs = {name for name, _, _ in whose() if not name.startswith("vib_")}
    excused = SAID_OTHERWISE | NEVER_WRITTEN
    assert excused <= theirs
    assert theirs - excused - asked(world, "anna") == set()
