"""What Label Studio would ask or read again for each request."""

from __future__ import annotations

from tests.plugins.access.inside import World, inside

INTERFACE = '<View><Video name="v" value="$video"/><Labels name="l" toName="v"><Label value="kind"/></Labels></View>'


@inside
def test_the_interface_of_a_project_is_read_once_and_again_when_it_changes(world: World) -> None:
    from unittest import mock

    from core import label_config
    from projects.models import Project

    one = Project(label_config=INTERFACE)
    assert one.data_types == {"video": "Video"}
    one.data_types["of one"] = "Text"
    with mock.patch.object(label_config, "parse_config_to_xml", side_effect=AssertionError("read again")):
        assert Project(label_config=INTERFACE).data_types == {"video": "Video"}
    assert Project(label_config=INTERFACE.replace("$video", "$film")).data_types == {"film": "Video"}


@inside
def test_who_is_signed_in_is_found_with_what_is_asked_of_them_in_one_query(world: World) -> None:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.backends import ModelBackend
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    number = world.user("anna")
    with CaptureQueriesContext(connection) as asked:
        found = ModelBackend().get_user(number)
        assert found is not None
        assert found.active_organization.created_by_id
    assert len(asked) == 1
    assert ModelBackend().get_user(0) is None
    assert get_user_model().objects.get(pk=number) == found


@inside
def test_a_clip_without_turns_that_one_sees_is_read_once_as_it_is_opened(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def opened(who: str, name: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert world.ask(who, "GET", f"/api/tasks/{world.task(name)}/").status == 200
        return sum('FROM "io_storages_s3importstoragelink"' in query["sql"] for query in asked)

    assert opened("anna", "toren") == 1
    assert opened("carla", "puzzel") == 1
