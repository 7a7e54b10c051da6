"""The main job: two trainees code a clip in the browser, then their agreement is calculated."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator

from tests.conftest import Server
from tests.e2e.conftest import Person

PRACTICE = "Oefenset 1"


def predicted(task: dict[str, Any]) -> list[tuple[float, float, str]]:
    regions = [region["value"] for region in task["predictions"][0]["result"]]
    return sorted((value["start"], value["end"], value["labels"][0]) for value in regions)


def rounded(turns: list[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    return [(round(start, 2), round(end, 2), code) for start, end, code in turns]


def turn_with_room(turns: list[tuple[float, float, str]], code: str) -> int:
    """Return a turn of some length after which nothing happens for a while."""
    return next(
        number
        for number, (turn, after) in enumerate(pairwise(turns))
        if turn[2] == code and after[0] - turn[1] > 0.9 and 1.0 < turn[1] - turn[0] < 4
    )


def measures(server: Server, project: int, *options: str) -> dict[tuple[str, str, str | None], Any]:
    answer = server.vib("agreement", "--project", str(project), "--format", "json", *options)
    return {(m["measure"], m["tier"], m["code"]): m for m in json.loads(answer.stdout)["measures"]}


def test_two_trainees_code_a_clip_and_their_agreement_is_as_expected(server: Server, browser: Browser) -> None:
    project = server.projects()[PRACTICE]
    task = server.tasks(project)[0]
    turns = predicted(task)
    duration = task["data"]["duration"]
    longer, other = turn_with_room(turns, "kind"), turn_with_room(turns, "volwassene")

    anna = Person(browser, server, "trainee", 0, by_form=True)
    anna.open_stream(project)
    assert rounded(anna.turns()) == rounded(turns)
    anna.screenshot("coding-nl-1440x900-nothing-chosen")
    anna.select(longer)
    anna.screenshot("coding-nl-1440x900")
    start, end, _ = turns[longer]
    anna.drag_on_waveform(end, end + 0.6)
    corrected = anna.turns()[longer]
    assert corrected[0] == pytest.approx(start, abs=0.02)
    assert corrected[1] == pytest.approx(end + 0.6, abs=0.15)
    anna.page.get_by_text("verbaal ontvangen", exact=False).nth(1).click()
    anna.submit()

    bram = Person(browser, server, "trainee", 1)
    bram.open_stream(project)
    assert rounded(bram.turns()) == rounded(turns)
    bram.select(longer)
    bram.page.keyboard.press("g")
    bram.select(other)
    bram.page.keyboard.press("1")
    bram.submit()

    stored = next(t for t in server.tasks(project) if t["id"] == task["id"])
    # Numbers of codes are drawn at random.
    in_order = sorted(stored["annotations"], key=lambda a: a["created_at"])
    results = {a["completed_by"]: a["result"] for a in in_order}
    assert len(results) == 2
    receptions = [r["value"]["choices"] for result in results.values() for r in result if r["from_name"] == "reception"]
    assert receptions == [["BC.REC.V"], ["BC.REC.MISSED"]]
    found = measures(server, project)
    n, length = len(turns), turns[other][1] - turns[other][0]
    assert found["event_percent", "turn", None]["value"] == pytest.approx((n - 1) / n)
    assert found["event_percent", "turn", None]["n_units"] == 2 * n
    apart = length + corrected[1] - end
    assert found["time_unit_percent", "turn", None]["value"] == pytest.approx(1 - apart / duration, abs=1e-4)
    assert found["event_percent", "reception", None]["value"] == 0
    assert 0 < found["event_kappa", "turn", None]["value"] < 1
    assert anna.elsewhere == bram.elsewhere == []

    exported = json.loads(server.vib("export", "--project", str(project), "--format", "observations").stdout)
    clip = next(c for c in exported["clips"] if c["id"] == task["data"]["clip"])
    assert sorted(clip["raters"]) == ["anna", "bram"]
    anna_said = [o for o in clip["raters"]["anna"] if "attributes" in o]
    assert [o["attributes"] for o in anna_said] == [{"reception": "BC.REC.V"}]


@pytest.mark.parametrize("size", ["1440x900", "1024x768"])
def test_video_waveform_codes_and_choices_fit_on_one_screen(server: Server, browser: Browser, size: str) -> None:
    project = server.projects()["F-0001"]
    task = server.tasks(project)[0]
    counsellor = Person(browser, server, "counsellor", size=size)
    if size == "1440x900":
        counsellor.open_task(project, task["id"])
    else:
        counsellor.open_stream(project)
    counsellor.select(next(n for n, turn in enumerate(counsellor.turns()) if turn[2] == "kind"))
    counsellor.rest()
    counsellor.screenshot(f"fits-{size}")
    height = int(size.partition("x")[2])
    bottom = counsellor.page.locator(".lsf-bottombar, .lsf-bottom-bar").first.bounding_box()
    limit = bottom["y"] if bottom else height

    def lies_on_screen(part: Locator) -> bool:
        box = part.bounding_box()
        return box is not None and box["height"] > 0 and box["y"] >= 0 and box["y"] + box["height"] <= limit

    page = counsellor.page
    assert lies_on_screen(page.locator(".vib-video canvas").first)
    assert lies_on_screen(page.locator("canvas").last)
    assert lies_on_screen(page.locator(".lsf-audio-tag")), "the bar to play is on the screen, also with all questions"
    for text in ("contactinitiatief", "initiatief afgewezen", "kind haakt af"):
        assert lies_on_screen(page.locator(".vib-codes").get_by_text(text).first), text
    counsellor.select(next(n for n, turn in enumerate(counsellor.turns()) if turn[2] == "volwassene"))
    counsellor.rest()
    for text in ("duidelijk attent", "sluit aan en voegt toe", "Welke elementen laat de volwassene"):
        assert lies_on_screen(page.locator(".vib-codes").get_by_text(text).filter(visible=True).first), text
    assert lies_on_screen(page.locator(".htx-taxonomy").filter(visible=True).first)
    labels = page.locator(".lsf-labels, .lsf-label")
    assert lies_on_screen(labels.first)


@pytest.mark.waits
def test_video_and_sound_play_together(server: Server, browser: Browser) -> None:
    project = server.projects()["F-0002"]
    counsellor = Person(browser, server, "counsellor")
    counsellor.open_stream(project)
    sound_time = "Htx.annotationStore.selected.names.get('audio')._ws.currentTime"
    video_time = "document.querySelector('video').currentTime"
    counsellor.page.get_by_role("button", name="Afspelen").last.click()
    counsellor.wait_until(f"{video_time} > 1 && {sound_time} > 1")
    counsellor.wait_until(f"Math.abs({video_time} - {sound_time}) < 0.25")
