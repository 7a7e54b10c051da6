"""Ways round the role table that were once open, or that somebody who reads Label Studio's source would try."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from tests.plugins.access.desk import Log
from tests.plugins.access.inside import World, inside


@inside
def test_codes_in_an_encoding_that_reads_differently_cannot_be_made_somebody_elses(world: World) -> None:
    address, forged = (
        f"/api/tasks/{world.task('toren')}/annotations/",
        {"result": [], "completed_by": world.user("bram")},
    )
    for encoding in ("cp037", "utf-16-le", "utf-32-be", "utf-7", "latin-1"):
        body = json.dumps(forged).encode(encoding)
        answer = world.ask("anna", "POST", address, body, kind=f"application/json; charset={encoding}")
        assert answer.status == 415, encoding
    smuggled = b'{"result": [], "lead_time": 1, "last_action+ACI: null, +ACI-completed_by": %d}' % world.user("bram")
    assert world.ask("anna", "POST", address, smuggled, kind="application/json; charset=utf-7").status == 415
    for kind in ("application/json; charset=UTF-8", "application/json; charset=utf8", "application/json"):
        assert world.ask("anna", "POST", address, {"result": []}, kind=kind).status == 201
        assert world.ask("anna", "POST", address, forged, kind=kind).status == 400


@inside
def test_what_cannot_be_read_as_codes_is_refused_before_the_view_reads_it(world: World) -> None:
    address = f"/api/annotations/{world.code('anna', 'toren')}/"
    for body in (
        b"{",
        b"[" * 100_000,
        b"\xff\xfe",
        b"[]",
        b'"x"',
        b'{"result": [], "completed_by": 1, "completed_by": 2}',
    ):
        assert world.ask("anna", "PATCH", address, body).status == 400, body[:40]
    for kind in (
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "text/plain",
        "application/JSON+x",
    ):
        assert world.ask("anna", "PATCH", address, b"completed_by=1", kind=kind).status == 415, kind


@inside
def test_codes_cannot_be_sent_as_those_of_somebody_else_or_of_another_clip(world: World) -> None:
    address, bram = f"/api/tasks/{world.task('toren')}/annotations/", world.user("bram")
    for forged in (
        {"completed_by": bram},
        {"user": bram},
        {"updated_by": bram},
        {"unique_id": "x"},
        {"last_created_by": bram},
        {"task": world.task("open")},
        {"project": world.project("eigen")},
        {"import_id": 1},
        {"ground_truth": True},
        {"parent_annotation": world.code("bram", "toren")},
        {"parent_annotation": world.code("anna", "open")},
        {"parent_prediction": world.made.predictions["toren"].pk},
        {"draft_id": world.made.drafts["bram", "toren"].pk},
    ):
        answer = world.ask("anna", "POST", address, {"result": [], **forged})
        assert answer.status in (400, 403, 404), forged
        assert answer.forbidden == []


@inside
def test_a_user_list_does_not_tell_when_others_were_last_active(world: World) -> None:
    people = {one["id"]: one for one in world.ask("anna", "GET", "/api/users/").json}
    assert set(people) == {world.user("anna"), world.user("bram")}
    assert "last_activity" in people[world.user("anna")]
    assert {"last_activity", "date_joined", "custom_hotkeys"}.isdisjoint(people[world.user("bram")])


@inside
def test_a_list_of_the_administration_cannot_be_filtered_by_who_has_codes(world: World) -> None:
    for asked in (
        "annotations__isnull=0",
        f"annotations__id={world.code('bram', 'toren')}",
        "annotations__id__gt=1",
        "drafts__isnull=0",
        "task_locks__isnull=0",
    ):
        answer = world.ask("beheer", "GET", f"/admin/users/user/?{asked}", by="session")
        assert answer.status == 403, asked
        assert "bram@" not in answer.text
    assert world.ask("beheer", "GET", "/admin/users/user/?q=bram&is_staff__exact=0&o=1", by="session").status == 200


@inside
def test_no_page_deletes_an_account(world: World) -> None:
    from users.models import User

    form = "application/x-www-form-urlencoded"
    for who in ("bram", "nieuw"):
        number = world.user(who)
        one = world.ask("beheer", "POST", f"/admin/users/user/{number}/delete/", "post=yes", kind=form, by="session")
        chosen = f"action=delete_selected&_selected_action={number}&post=yes"
        many = world.ask("beheer", "POST", "/admin/users/user/", chosen, kind=form, by="session")
        assert (one.status, many.status) == (403, 403)
        assert world.ask("beheer", "DELETE", f"/api/users/{number}/").status == 403
        assert User.objects.filter(pk=number).exists()


@inside
def test_a_project_with_the_description_of_another_takes_nothing_from_it(world: World) -> None:
    from projects.models import Project

    from plugins.access.registering import register_all

    original = world.made.projects["eigen"]
    Project.objects.create(
        title="namaak",
        description=original.description,
        organization=original.organization,
        created_by=world.made.users["beheer2"],
    )
    register_all()
    assert [row.project_id for row in original.vib.__class__.objects.filter(key=original.vib.key)] == [original.pk]


@inside
def test_asking_for_few_fields_gives_those_and_no_error(world: World) -> None:
    task, project = world.task("toren"), world.project("oefenset")
    for address in (
        f"/api/tasks/{task}/?include=annotators",
        f"/api/tasks/{task}/?omit=id",
        f"/api/tasks/?project={project}&fields=all&include=total_annotations",
        f"/api/tasks/?project={project}&fields=all&omit=id",
        "/api/projects/?include=title&omit=id",
        "/api/users/?include=email",
    ):
        answer = world.ask("anna", "GET", address)
        assert (answer.status, answer.forbidden) == (200, []), address
    assert world.ask("anna", "GET", f"/api/tasks/{task}/?include=annotators").json == {
        "id": task,
        "annotators": [world.user("anna")],
    }


@inside
def test_no_list_is_chosen_or_sorted_by_what_others_coded(world: World) -> None:
    project = world.project("oefenset")
    for name in (
        *("annotators", "annotations_results", "annotations_ids", "completed_at", "total_annotations", "is_labeled"),
        *("cancelled_annotations", "avg_lead_time", "updated_at", "updated_by", "state", "reviewed", "overlap"),
        *("predictions_results", "predictions_score", "-annotators", "annotations__completed_by", "project__title"),
    ):
        one = {"filter": f"filter:tasks:{name}", "operator": "contains", "type": "String", "value": "6"}
        plain = {"filter": "filter:tasks:id", "operator": "greater", "type": "Number", "value": 0}
        for data in (
            {"filters": {"conjunction": "and", "items": [one]}},
            {"filters": {"conjunction": "or", "items": [plain, {**plain, "child_filter": one}]}},
            {"ordering": [f"tasks:{name}"]},
            {"ordering": [f"-tasks:{name}"]},
        ):
            answer = world.ask("anna", "GET", f"/api/tasks/?project={project}&query={quote(json.dumps(data))}")
            assert answer.status in (400, 403), (name, data)
            if name not in ("annotators", "completed_at"):
                continue
            tab = world.ask("anna", "POST", "/api/dm/views/", {"project": project, "data": data})
            if tab.status == 201:
                number = tab.json["id"]
                for method, address in (
                    ("GET", f"/api/tasks/?view={number}"),
                    ("POST", f"/api/dm/actions/?id=next_task&project={project}&view={number}"),
                ):
                    assert world.ask("anna", method, address, {}).status in (400, 403, 500), (name, address)


@inside
def test_that_a_list_cannot_be_sorted_by_it_is_said_in_the_language_of_the_browser(world: World) -> None:
    query = quote(json.dumps({"ordering": ["tasks:total_annotations"]}))
    for language, said in (("nl", "Op deze kolom kan niet"), ("en", "This column cannot be")):
        address = f"/api/tasks/?project={world.project('oefenset')}&query={query}"
        assert said in world.ask("anna", "GET", address, headers={"Accept-Language": language}).text


@inside
def test_the_filter_on_drafts_goes_by_own_drafts(world: World) -> None:
    from tasks.models import AnnotationDraft

    one = {"filter": "filter:tasks:draft_exists", "operator": "equal", "type": "Boolean", "value": "true"}
    query = quote(json.dumps({"filters": {"conjunction": "and", "items": [one]}}))
    address = f"/api/tasks/?project={world.project('oefenset')}&query={query}"
    before = [task["id"] for task in world.ask("anna", "GET", address).json["tasks"]]
    AnnotationDraft.objects.filter(pk=world.made.drafts["anna", "toren"].pk).delete()
    assert before == [world.task("toren")]
    assert world.ask("anna", "GET", address).json["tasks"] == []


@inside
def test_a_clip_of_another_family_is_not_reached_by_a_name_that_begins_with_ones_own(world: World) -> None:
    for name in (
        *("F-EIGEN/../F-ANDER/geheim.mp4", "F-EIGEN/./../F-ANDER/geheim.mp4", "F-EIGEN//../F-ANDER/geheim.mp4"),
        *("F-EIGEN/%2e%2e/F-ANDER/geheim.mp4", "F-EIGEN%2f..%2fF-ANDER/geheim.mp4", "./F-ANDER/geheim.mp4"),
        *("F-EIGEN/..%5cF-ANDER/geheim.mp4", "F-ANDER/geheim.mp4%00", "F-ANDER/geheim.m4a", "F-ANDER/geheim.mp4/"),
        *("F-ANDER/geheim.peaks", "F-ANDER/geheim.overview", "F-ANDER/geheim.m4a?lsref=1"),
    ):
        answer = world.ask("begeleider", "GET", f"/vib/media/{name}")
        assert (answer.status, answer.forbidden) == (404, []), name
    assert world.ask("begeleider", "GET", "/vib/media/F-EIGEN/ontbijt.mp4").status == 200


@inside
def test_who_may_sign_in_is_never_the_machine(world: World) -> None:
    from django.contrib.auth.models import Group

    anna = world.made.users["anna"]
    anna.groups.set([Group.objects.get(name="service")])
    assert world.ask("anna", "GET", "/api/projects/").status == 403
    machine = world.made.users["dienst"]
    machine.set_password("nu-met-wachtwoord")
    machine.save()
    assert world.ask("dienst", "GET", "/api/projects/").status == 403


@inside
def test_nobody_changes_what_they_are(world: World) -> None:
    from users.models import User

    wanted = {"is_superuser": True, "is_staff": True, "is_active": True, "groups": [1], "id": world.user("bram")}
    world.ask("anna", "PATCH", f"/api/users/{world.user('anna')}/", wanted)
    world.ask("anna", "PATCH", f"/api/users/{world.user('anna')}/", {"email": "beheer@vib.example", "password": "x"})
    form = "is_superuser=1&is_staff=1&email=beheer@vib.example&first_name=Anna&last_name=A&groups=1"
    world.ask("anna", "POST", "/user/account/", form, kind="application/x-www-form-urlencoded", by="session")
    anna = User.objects.get(pk=world.user("anna"))
    assert (anna.is_superuser, anna.is_staff, anna.email) == (False, False, "anna@vib.example")
    assert list(anna.groups.values_list("name", flat=True)) == ["trainee"]
    for number in (
        str(world.user("bram")),
        f"0{world.user('anna')}",
        f"+{world.user('anna')}",
        f"{world.user('anna')}.json",
    ):
        answer = world.ask("anna", "PATCH", f"/api/users/{number}/", {"first_name": "Bram"})
        assert answer.status in (403, 404), number


@inside
def test_a_session_of_one_with_a_token_of_another_is_one_of_the_two_throughout(world: World) -> None:
    token = world.made.users["anna"].auth_token.key
    for name in ("Authorization", "X-Api-Key"):
        value = f"Token {token}" if name == "Authorization" else token
        answer = world.ask("begeleider", "GET", "/api/projects/", by="session", headers={name: value})
        assert [one["id"] for one in answer.json["results"]] == [world.project("oefenset")]
        page = world.ask("begeleider", "GET", "/admin/", by="session", headers={name: value})
        assert page.status in (302, 403)
    wrong = world.ask("begeleider", "GET", "/api/projects/", by="session", headers={"Authorization": "Token x"})
    assert wrong.status == 401


@inside
def test_an_account_that_is_closed_is_closed_at_once_for_every_way_in(world: World) -> None:
    from jwt_auth.models import LSAPIToken
    from rest_framework_simplejwt.tokens import AccessToken

    anna, cookie = world.made.users["anna"], world.open_session("anna")
    bearer = {"Authorization": f"Bearer {AccessToken.for_user(anna)}"}
    refresh = LSAPIToken.for_user(anna).get_full_jwt()
    for headers in (bearer, cookie):
        assert world.ask("anna", "GET", "/api/projects/", by="", headers=headers).status == 200
    for change in ({"is_active": False}, {"is_active": True, "groups": []}):
        anna.is_active = change["is_active"]
        anna.save()
        if "groups" in change:
            anna.groups.clear()
        for by, headers in (("token", {}), ("", cookie), ("", bearer)):
            answer = world.ask("anna", "GET", f"/api/tasks/{world.task('toren')}/", by=by, headers=headers)
            assert answer.status in (401, 403), (change, by)
        made = world.ask("anna", "POST", "/api/token/refresh/", {"refresh": refresh}, by="")
        if made.status == 200:
            headers = {"Authorization": f"Bearer {made.json['access']}"}
            assert world.ask("anna", "GET", "/api/projects/", by="", headers=headers).status in (401, 403)
    anna.is_active = True


@inside
def test_taking_away_a_family_or_a_clip_is_felt_by_the_next_request(world: World) -> None:
    from plugins.access.models import FamilyGrant, HandedOut

    for who, name, media, rows in (
        ("begeleider", "ontbijt", "F-EIGEN/ontbijt.mp4", FamilyGrant.objects.filter(user=world.user("begeleider"))),
        ("anna", "toren", "F-OEFEN/toren.mp4", HandedOut.objects.filter(task=world.task("toren"))),
    ):
        addresses = (
            f"/api/tasks/{world.task(name)}/",
            f"/vib/media/{media}",
            f"/api/annotations/{world.code(who, name)}/",
        )
        assert [world.ask(who, "GET", address).status for address in addresses] == [200, 200, 200]
        rows.delete()
        for by in ("token", "session"):
            assert [world.ask(who, "GET", address, by=by).status for address in addresses] == [404, 404, 404]
        written = world.ask(who, "PATCH", f"/api/annotations/{world.code(who, name)}/", {"result": []})
        assert written.status in (403, 404)


@inside
def test_an_address_without_its_slash_is_decided_about_once_more(world: World) -> None:
    for who, address in (
        ("anna", f"/api/tasks/{world.task('geheim')}"),
        ("anna", f"/api/projects/{world.project('eigen')}"),
        ("anna", f"/api/annotations/{world.code('bram', 'toren')}"),
        ("anna", "/api/organizations"),
        ("beheer", f"/api/tasks/{world.task('toren')}"),
    ):
        answer = world.ask(who, "GET", address)
        assert answer.status in (403, 404), address
        assert answer.forbidden == []
    assert world.ask("anna", "GET", f"/api/tasks/{world.task('toren')}").json["total_annotations"] == 1


@inside
def test_a_refusal_says_the_same_of_what_is_not_there_and_of_what_is_not_yours(world: World) -> None:
    for start, number, method in (
        ("/api/annotations/", world.code("bram", "toren"), "GET"),
        ("/api/annotations/", world.code("bram", "toren"), "PATCH"),
        ("/api/annotations/", world.code("bram", "toren"), "DELETE"),
        ("/api/drafts/", world.made.drafts["bram", "toren"].pk, "GET"),
        ("/api/drafts/", world.made.drafts["bram", "toren"].pk, "PATCH"),
        ("/api/predictions/", world.made.predictions["toren"].pk, "GET"),
        ("/api/tasks/", world.task("geheim"), "GET"),
        ("/api/dm/views/", world.made.views["bram"].pk, "GET"),
        ("/api/dm/views/", world.made.views["bram"].pk, "PATCH"),
    ):
        there, nothing = (world.ask("anna", method, f"{start}{one}/", {}) for one in (number, 2_000_000_011))
        assert (there.status, nothing.status) == (404, 404), start
        said = [{key: value for key, value in one.json.items() if key != "id"} for one in (there, nothing)]
        assert said[0] == said[1], start


@inside
def test_a_rater_neither_changes_nor_adds_codes_in_a_round_that_was_opened(world: World) -> None:
    code: dict[str, Any] = {"result": []}
    opened, blind = (f"/api/annotations/{world.code('anna', name)}/" for name in ("open", "toren"))
    assert world.ask("anna", "PATCH", opened, code).status == 403
    assert world.ask("anna", "POST", f"/api/tasks/{world.task('open')}/annotations/", code).status == 403
    assert world.ask("anna", "PATCH", blind, code).status == 200


@inside
def test_who_codes_may_ask_for_the_next_task_and_for_no_other_action(world: World) -> None:
    project, every = world.project("oefenset"), {"selectedItems": {"all": True, "excluded": []}}
    for action in (
        "delete_tasks",
        "delete_tasks_annotations",
        "delete_tasks_predictions",
        "predictions_to_annotations",
    ):
        address = f"/api/dm/actions/?id={action}&project={project}"
        assert [who for who in ("anna", "opleider") if world.ask(who, "POST", address, every).status != 403] == []


@inside
def test_that_somebody_tried_to_read_what_is_not_theirs_is_recorded(world: World) -> None:
    from django.conf import settings

    log = Log()
    settings.VIB_PLUGIN_HOST.add("log", log)
    try:
        assert world.ask("anna", "GET", f"/api/projects/{world.project('ander')}/").status == 404
        assert world.ask("anna", "GET", f"/api/users/{world.user('beheer')}/").status == 404
        assert world.ask("anna", "GET", f"/api/projects/{world.project('oefenset')}/").status == 200
    finally:
        settings.VIB_PLUGIN_HOST.remove("log")
    assert {(event.who, event.allowed) for event in log.events} == {("anna@vib.example", False)}
    assert [event.families for event in log.events] == [("F-ANDER",), ()]
