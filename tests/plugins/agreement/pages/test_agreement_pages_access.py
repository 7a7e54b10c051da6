"""Who may open which page, and that nothing of others is on it."""

from __future__ import annotations

from tests.plugins.access.inside import World
from tests.plugins.agreement.pages.coded import inside

BASE = "/vib/agreement/"
ROUND = f"{BASE}round/ronde/"
CLIP = f"{ROUND}clip/F-OEFEN/toren/"
FORMS = ("csv", "json", "html", "pdf")
NOT_THEIRS = ("anna", "bram", "carla", "beheer", "nieuw")
"""Trainees see the moments of their opened rounds and no more; administrators see no codes."""


def pages(group: str, clip: str) -> list[str]:
    return [group, f"{group}clip/{clip}/", *(f"{group}download/agreement.{form}" for form in FORMS)]


def of_round(name: str, clip: str) -> list[str]:
    return pages(f"{BASE}round/{name}/", clip)


def of_project(world: World, name: str, clip: str) -> list[str]:
    return pages(f"{BASE}project/{world.project(name)}/", clip)


@inside
def test_a_supervisor_opens_every_page_of_their_rounds_and_of_no_other(world: World) -> None:
    for address in [BASE, *of_round("ronde", "F-OEFEN/toren"), *of_round("open ronde", "F-OEFEN3/open")]:
        answer = world.ask("opleider", "GET", address, by="session")
        assert (answer.status, answer.forbidden) == (200, []), address
    for address in [
        *of_round("andere ronde", "F-OEFEN2/puzzel"),
        *of_round("bestaat niet", "F-OEFEN/toren"),
        *of_project(world, "oefenset", "F-OEFEN/toren"),
        *of_project(world, "eigen", "F-EIGEN/ontbijt"),
        *of_project(world, "ander", "F-ANDER/geheim"),
    ]:
        answer = world.ask("opleider", "GET", address, by="session")
        assert (answer.status, answer.forbidden) == (404, []), address
        assert "carla" not in answer.text


@inside
def test_a_counsellor_opens_the_projects_of_their_families_only(world: World) -> None:
    for who in ("begeleider", "collega"):
        for address in [BASE, *of_project(world, "eigen", "F-EIGEN/ontbijt")]:
            answer = world.ask(who, "GET", address, by="session")
            assert (answer.status, answer.forbidden) == (200, []), (who, address)
        for address in [*of_project(world, "ander", "F-ANDER/geheim"), *of_round("ronde", "F-OEFEN/toren")]:
            answer = world.ask(who, "GET", address, by="session")
            assert (answer.status, answer.forbidden) == (404, []), (who, address)


@inside
def test_codes_of_a_colleague_are_not_there_before_ones_own_are_submitted(world: World) -> None:
    group = f"{BASE}project/{world.project('eigen')}/"
    assert world.ask("collega", "GET", f"{group}clip/F-EIGEN/bad/", by="session").status == 200
    answer = world.ask("begeleider", "GET", f"{group}clip/F-EIGEN/bad/", by="session")
    assert (answer.status, answer.forbidden) == (200, [])
    assert "collega" not in answer.text


@inside
def test_trainees_administrators_and_who_has_no_role_open_none_of_it(world: World) -> None:
    addresses = [BASE, *of_round("ronde", "F-OEFEN/toren"), *of_project(world, "eigen", "F-EIGEN/ontbijt")]
    for who in NOT_THEIRS:
        for address in addresses:
            answer = world.ask(who, "GET", address, by="session")
            # A trainee may come to the moments of a round, where one that is blind is not there.
            status = 404 if address == CLIP and who in ("anna", "bram", "carla") else 403
            assert (answer.status, answer.forbidden) == (status, []), (who, address)


@inside
def test_a_rater_sees_where_they_differed_once_the_round_is_opened_and_nothing_between_others(world: World) -> None:
    from django.utils import timezone

    from plugins.access.models import Round

    assert world.ask("anna", "GET", CLIP, by="session").status == 404
    Round.objects.filter(name="ronde").update(opened_at=timezone.now())
    answer = world.ask("anna", "GET", f"{CLIP}?lang=en", by="session")
    assert answer.status == 200
    assert '<input type="hidden" name="one" value="anna">' in answer.text
    assert '<option value="bram">' in answer.text
    assert '<option value="opleider">' in answer.text
    between_others = world.ask("anna", "GET", f"{CLIP}?lang=en&pair=bram,opleider", by="session")
    assert "nothing yet of you and another" in between_others.text
    assert 'class="moment"' not in between_others.text
    both = world.ask("opleider", "GET", f"{CLIP}?lang=en&pair=anna,bram", by="session")
    own = world.ask("anna", "GET", f"{CLIP}?lang=en&pair=anna,bram", by="session")
    assert own.text.count('class="moment"') == both.text.count('class="moment"') == 2
    assert 'href="/vib/rounds/ronde/"' in answer.text
    assert ROUND not in answer.text.replace(f"{ROUND}clip/", "")
    for address in (BASE, ROUND, f"{ROUND}download/agreement.csv"):
        assert world.ask("anna", "GET", address, by="session").status == 403, address
    for who in ("carla", "begeleider"):
        assert (world.ask(who, "GET", CLIP, by="session").status) == 404, who


@inside
def test_a_rater_who_submitted_nothing_of_a_clip_is_shown_nothing_of_it(world: World) -> None:
    world.made.codes["anna", "open"].delete()
    answer = world.ask("anna", "GET", f"{BASE}round/open ronde/clip/F-OEFEN3/open/?lang=en", by="session")
    assert answer.status == 200
    assert "nothing yet of you and another" in answer.text
    assert "bram" not in answer.text


@inside
def test_opened_moments_of_a_rater_hold_no_more_than_the_rules_let_through(world: World) -> None:
    address = f"{BASE}round/open ronde/clip/F-OEFEN3/open/"
    for who in ("anna", "bram"):
        answer = world.ask(who, "GET", address, by="session")
        assert (answer.status, answer.forbidden) == (200, []), who
    for who in ("carla", "begeleider", "opleider2"):
        assert world.ask(who, "GET", address, by="session").status == 404, who


@inside
def test_that_a_rater_looked_at_moments_is_recorded_with_the_family(world: World) -> None:
    from unittest import mock

    from django.conf import settings

    with mock.patch.object(settings.VIB_PLUGIN_HOST.hook, "vib_access_event") as event:
        world.ask("anna", "GET", f"{BASE}round/open ronde/clip/F-OEFEN3/open/", by="session")
    noted = [call.kwargs["event"] for call in event.call_args_list]
    assert [(one.who, one.role, one.families) for one in noted if "/clip/" in one.what] == [
        ("anna@vib.example", "trainee", ("F-OEFEN3",))
    ]


@inside
def test_nobody_signed_in_is_sent_to_the_login(world: World) -> None:
    for address in (BASE, ROUND, CLIP, f"{ROUND}download/agreement.pdf"):
        answer = world.ask("", "GET", address, by="")
        assert answer.status == 302
        assert "/user/login/" in answer.headers["Location"]


@inside
def test_nothing_can_be_sent_but_what_was_settled_of_a_clip(world: World) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for address in (BASE, ROUND, CLIP, f"{ROUND}download/agreement.csv"):
            if (method, address) == ("POST", CLIP):
                continue
            assert world.ask("opleider", method, address, {}, by="session").status in (403, 405), (method, address)


@inside
def test_a_clip_that_is_not_of_the_round_is_not_found(world: World) -> None:
    for clip in ("F-OEFEN2/puzzel", "F-EIGEN/ontbijt", "../../etc/passwd", "F-OEFEN", "%00"):
        answer = world.ask("opleider", "GET", f"{ROUND}clip/{clip}/", by="session")
        assert (answer.status, answer.forbidden) == (404, []), clip


@inside
def test_who_looks_at_codes_is_recorded_with_the_families(world: World) -> None:
    from unittest import mock

    from django.conf import settings

    with mock.patch.object(settings.VIB_PLUGIN_HOST.hook, "vib_access_event") as event:
        world.ask("opleider", "GET", ROUND, by="session")
        world.ask("opleider", "GET", f"{ROUND}download/agreement.csv", by="session")
        world.ask("opleider", "GET", f"{BASE}static/agreement.css", by="session")
    every = [call.kwargs["event"] for call in event.call_args_list]
    noted = [one for one in every if one.what.startswith("GET vib/agreement/")]
    assert [(one.who, one.role, one.allowed, one.families) for one in noted] == [
        ("opleider@vib.example", "supervisor", True, ("F-OEFEN",))
    ] * 2


@inside
def test_without_a_record_nothing_is_shown(world: World) -> None:
    from unittest import mock

    from django.conf import settings

    headers = world.open_session("opleider")
    with mock.patch.object(settings.VIB_PLUGIN_HOST.hook, "vib_access_event", side_effect=OSError):
        answer = world.ask("opleider", "GET", CLIP, by="", headers=headers)
    assert answer.status == 503
    assert "volwassene" not in answer.text


@inside
def test_the_start_page_leads_there_for_who_may_go_and_for_nobody_else(world: World) -> None:
    for who in ("opleider", "opleider2", "begeleider", "collega", "vreemd", *NOT_THEIRS[:4]):
        answer = world.ask(who, "GET", "/vib/", by="session")
        assert answer.status == 200
        assert (f'href="{BASE}"' in answer.text) is (who not in NOT_THEIRS), who


@inside
def test_what_was_calculated_for_one_viewer_is_not_shown_to_another(world: World) -> None:
    from plugins.access.models import RoundMember

    assert "anna" in world.ask("opleider", "GET", ROUND, by="session").text
    RoundMember.objects.filter(round__name="ronde", user=world.made.users["opleider"]).delete()
    assert world.ask("opleider", "GET", ROUND, by="session").status == 404
    assert world.ask("opleider2", "GET", ROUND, by="session").status == 404
