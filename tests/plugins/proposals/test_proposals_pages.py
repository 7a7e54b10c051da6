"""How far the turns are: what each person is shown of it, and what can be done about it."""

from __future__ import annotations

import html
import re
from typing import Any

from tests.plugins.access.inside import World, inside
from tests.plugins.proposals.inside_proposals import SECRET, backend, job, push, pushed, turns


def page(world: World, who: str, where: str = "", **options: Any) -> Any:
    address = f"/vib/turns/{world.project(where)}/" if where else "/vib/turns/"
    return world.ask(who, "GET", address, by="session", **options)


def main_of(text: str) -> str:
    """Return what a page says itself, without what is around it."""
    return text[text.index("<main") : text.index("</main>")]


def rows(text: str) -> dict[str, str]:
    """Return what the row of each clip says, without tags."""
    found = {}
    for row in re.findall(r'<li class="clip .*?</li>', text, re.S):
        said = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split())
        found[said.split()[0]] = said
    return found


@inside
def test_every_clip_is_shown_with_how_far_it_is_and_what_there_is(world: World) -> None:
    doubtful = {**turns(("kind", 5, 6), score=0.2)[0], "id": "turn00002"}
    push(world, pushed(world, "bad", result=[*turns(("kind", 1, 2), ("volwassene", 3, 4)), doubtful]))
    with backend() as told:
        told.jobs = [job(world, "bad", "done", progress=1.0)]
        shown = page(world, "begeleider", "eigen")
    assert shown.status == 200
    said = rows(shown.text)
    assert "Ready 3 turns child 2 adult 1 60% sure on average, 1 to check first" in said["F-EIGEN/bad"]
    assert set(said) == {"F-EIGEN/bad", "F-EIGEN/ontbijt"}
    assert 'data-busy="no"' in shown.text


@inside
def test_what_waits_or_is_being_cut_shows_its_place_and_progress(world: World) -> None:
    with backend() as told:
        told.jobs = [
            job(world, "bad", "queued", position=3, attempts=2),
            job(world, "ontbijt", "working", progress=0.42),
        ]
        shown = page(world, "begeleider", "eigen")
        state = world.ask("begeleider", "GET", f"/vib/turns/{world.project('eigen')}/state", by="session").json
    said = rows(shown.text)
    assert "Waiting number 3 in line attempt 2" in said["F-EIGEN/bad"]
    assert "Being cut · 42%" in said["F-EIGEN/ontbijt"]
    assert 'data-busy="yes"' in shown.text
    assert state["busy"] is True
    assert state["text"] == "Turns are being made: 0 of 2 ready"


@inside
def test_a_clip_that_failed_shows_why_and_what_to_do_and_can_be_tried_again(world: World) -> None:
    reason = {"nl": "dit bestand is stuk <b>", "en": "this file is broken <b>"}
    with backend() as told:
        told.jobs = [job(world, "bad", "failed", reason=reason)]
        dutch = page(world, "begeleider", "eigen", headers={"Accept-Language": "nl"})
        shown = page(world, "begeleider", "eigen")
        assert "This file is broken &lt;b&gt;" in shown.text
        assert "Dit bestand is stuk &lt;b&gt;" in dutch.text
        assert "Play the clip" in rows(shown.text)["F-EIGEN/bad"]
        assert "Probeer het opnieuw" in dutch.text
        address = f"/vib/turns/{world.project('eigen')}/"
        done = world.ask("begeleider", "POST", address, "", kind="application/x-www-form-urlencoded", by="session")
        assert (done.status, done.headers["Location"]) == (302, f"{address}#asked")
        assert told.told[0] == ("/jobs/retry", f"Bearer {SECRET}", {"project": world.project("eigen")})


@inside
def test_clips_that_nobody_asked_turns_for_can_be_asked_for(world: World) -> None:
    from tasks.models import Prediction

    Prediction.objects.filter(project=world.project("eigen")).delete()
    with backend() as told:
        # The backend made them once; somebody took them away in Label Studio.
        told.jobs = [job(world, "bad", "done")]
        shown = page(world, "begeleider", "eigen")
        assert "Ask for the turns" in shown.text
        world.ask("begeleider", "POST", f"/vib/turns/{world.project('eigen')}/", "", by="session")
        asked = next(body for path, _, body in told.wait_for(2) if path == "/jobs")
    assert sorted(task["id"] for task in asked["tasks"]) == sorted([world.task("bad"), world.task("ontbijt")])


@inside
def test_a_project_is_shown_to_who_may_see_it_and_is_not_there_for_others(world: World) -> None:
    with backend():
        for who, where, status in (
            *(("begeleider", "eigen", 200), ("begeleider", "ander", 404), ("begeleider", "oefenset", 404)),
            *(("opleider", "eigen", 200), ("opleider", "oefenset", 200), ("opleider", "ander", 404)),
            *(("anna", "oefenset", 200), ("anna", "eigen", 404), ("beheer", "eigen", 200), ("beheer", "ander", 404)),
            *(("nieuw", "eigen", 403), ("vreemd", "ander", 200), ("vreemd", "eigen", 404)),
        ):
            shown = page(world, who, where)
            assert (shown.status, shown.forbidden) == (status, []), (who, where)
            state = world.ask(who, "GET", f"/vib/turns/{world.project(where)}/state", by="session")
            assert (state.status, state.forbidden) == (status, []), (who, where)
        assert world.ask("begeleider", "GET", f"/vib/turns/{2**40}/", by="session").status == 404
        assert "/user/login" in world.ask("", "GET", "/vib/turns/", by="").headers["Location"]


@inside
def test_a_trainee_sees_only_clips_handed_out_and_starts_nothing(world: World) -> None:
    with backend() as told:
        told.jobs = [job(world, name, "done") for name in ("toren", "puzzel", "open")]
        assert set(rows(page(world, "anna", "oefenset").text)) == {"F-OEFEN/toren", "F-OEFEN3/open"}
        assert world.ask("anna", "POST", f"/vib/turns/{world.project('oefenset')}/", "", by="session").status == 403
        assert told.told == []


@inside
def test_turns_that_a_round_hides_are_not_counted_here_either(world: World) -> None:
    result = turns(("kind", 1.0, 2.0))
    assert push(world, pushed(world, "toren", "oefenset", result=result)).status == 200
    with backend() as told:
        told.jobs = [job(world, "toren", "done")]
        shown = page(world, "anna", "oefenset").text
    assert "There are no turns of this clip here." in rows(shown)["F-OEFEN/toren"]
    assert "<button" not in main_of(shown)


@inside
def test_the_list_has_the_projects_that_somebody_sees_with_what_is_ready(world: World) -> None:
    shown = page(world, "begeleider")
    assert (shown.status, shown.forbidden) == (200, [])
    assert "1 / 2 clips with turns" in shown.text
    assert f"/vib/turns/{world.project('eigen')}/" in shown.text
    assert f"/vib/turns/{world.project('ander')}/" not in shown.text


@inside
def test_the_start_page_leads_here(world: World) -> None:
    for who, there in (("begeleider", True), ("anna", True), ("nieuw", False)):
        assert ('href="/vib/turns/"' in world.ask(who, "GET", "/vib/", by="session").text) is there, who


@inside
def test_without_a_backend_the_page_says_so_and_shows_what_there_is(world: World) -> None:
    push(world, pushed(world))
    shown = page(world, "begeleider", "eigen")
    assert shown.status == 200
    assert "The ML backend, which cuts the clips, does not answer" in shown.text
    assert "2 turns" in rows(shown.text)["F-EIGEN/bad"]
    assert "<button" not in main_of(shown.text)
    answer = world.ask("begeleider", "POST", f"/vib/turns/{world.project('eigen')}/", "", by="session")
    assert answer.status == 503


@inside
def test_turns_that_go_while_the_page_is_made_are_left_out(world: World) -> None:
    from tasks.models import Prediction

    from plugins.proposals.progress import _summaries

    push(world, pushed(world))
    stored = Prediction.objects.get(task=world.task("bad"), model_version="turns-2")
    seen = [(stored.pk, stored.updated_at), (stored.pk + 1, stored.updated_at)]
    assert _summaries(seen)[stored.pk].count == 2
    assert set(_summaries(seen)) == {stored.pk}


@inside
def test_turns_of_any_shape_are_shown_as_far_as_they_can_be(world: World) -> None:
    from projects.models import Project
    from tasks.models import Prediction

    region = turns(("kind", 1.0, 2.0))[0]
    Project.objects.filter(pk=world.project("eigen")).update(model_version="vreemd")
    for result in (
        *(None, 7, "x", {"a": 1}, [None, 3, "x"]),
        *([{**region, "value": value}] for value in (None, 3, [], {}, {"labels": None}, {"labels": [{}]})),
        *([{**region, "score": score}] for score in (None, "x", 7, -1, 10**400)),
    ):
        numbers = {"task_id": world.task("bad"), "project_id": world.project("eigen")}
        made = Prediction.objects.create(**numbers, result=[], model_version="vreemd")
        # Label Studio itself mends only some of this.
        Prediction.objects.filter(pk=made.pk).update(result=result)
        with backend():
            assert page(world, "begeleider", "eigen").status == 200, result


@inside
def test_an_answer_that_is_not_of_the_contract_counts_as_none(world: World) -> None:
    with backend() as told:
        for jobs in ([{"state": "elders"}], [{"task": 1, "state": "done", "progress": 7}], "x"):
            told.jobs = jobs  # type: ignore[assignment]
            assert "does not answer" in page(world, "begeleider", "eigen").text
        told.jobs, told.status = [], 500
        assert "does not answer" in page(world, "begeleider", "eigen").text


@inside
def test_names_that_others_gave_are_shown_as_text(world: World) -> None:
    from projects.models import Project
    from tasks.models import Task

    evil = '"><script>alert(1)</script>'
    Project.objects.filter(pk=world.project("eigen")).update(title=evil)
    Task.objects.filter(pk=world.task("bad")).update(data={"clip": evil, "family": "F-EIGEN"})
    with backend():
        assert "<script>alert" not in page(world, "begeleider", "eigen").text
        assert "<script>alert" not in page(world, "begeleider").text


@inside
def test_pages_are_in_both_languages_and_load_nothing_from_elsewhere(world: World) -> None:
    with backend():
        for language, word in (("nl", "Beurten"), ("en", "Turns")):
            shown = world.ask("begeleider", "GET", f"/vib/turns/?lang={language}", by="session")
            assert f"<h1>{word}</h1>" in shown.text
            assert shown.headers["Content-Language"] == language
            assert "default-src 'self'" in shown.headers["Content-Security-Policy"]
            assert "http" not in "".join(re.findall(r'(?:src|href)="([^"]*)"', shown.text))


@inside
def test_label_studios_pages_of_projects_get_the_notice_and_others_do_not(world: World) -> None:
    for address, there in (
        (f"/projects/{world.project('eigen')}/data", True),
        ("/projects/", True),
        ("/user/account/", False),
        ("/api/projects/", False),
        ("/vib/turns/", False),
    ):
        shown = world.ask("begeleider", "GET", address, by="session")
        assert ("/vib_turns/notice.js" in shown.text) is there, address
        assert "Content-Length" not in shown.headers or int(shown.headers["Content-Length"]) == len(shown.text.encode())
