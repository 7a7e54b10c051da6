"""Each installed method on the server: a clip is opened, coded, submitted, and what was coded is read back the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import ROOT, Server
from tests.e2e.conftest import Person
from tests.waiting import until
from vib.codebook import EVIDENCE, Code, Codebook, Tier
from vib.interface import ratings_of, results_of, timeline_of
from vib.methods import method_names, read_method
from vib.observation import AttributeValue, Observation, Timeline

CLIP = ROOT / "demo" / "families" / "F-0001" / "2026-03-08-spel.mp4"
QUICK = "vib-pleegzorg"
BY_KEY = (QUICK, "vib-professional", "micro", "vht-gmcp", "vib-groep", "bezoekregeling", "hechtingssignalen")
MEMBERS = {"k1": "pleegkind", "k2": "eigen kind", "pm": "pleegmoeder", "pv": "pleegvader"}
FAMILY = """family: {name}
method: {method}
language: {language}
members:
  - {{id: k1, role: pleegkind, born: 2020-05}}
  - {{id: k2, role: eigen kind}}
  - {{id: pm, role: pleegmoeder}}
  - {{id: pv, role: pleegvader}}
consent: {{given: 2026-02-20, until: 2031-02-20, uses: [begeleiding]}}
clips:
  - {{file: clip.mp4, recorded: 2026-03-08}}
"""


def nightly(methods: tuple[str, ...]) -> list[object]:
    """Return methods as parameters, all but one of them for the night."""
    return [one if one == QUICK else pytest.param(one, marks=pytest.mark.nightly) for one in methods]


def task_of(server: Server, folder: Path, method: str, language: str = "nl") -> tuple[int, int]:
    """Return project and task of the demo's clip in a family that is coded with a method."""
    name = f"M-{method}-{language}"
    family = folder / name
    if name not in server.projects():
        family.mkdir()
        shutil.copy(CLIP, family / "clip.mp4")
        (family / "family.yaml").write_text(FAMILY.format(name=name, method=method, language=language))
        server.vib("sync", family, "--no-segment")
    project = server.projects()[name]
    return project, server.tasks(project)[0]["id"]


@pytest.fixture(scope="module", autouse=True)
def nothing_is_left(server: Server) -> Iterator[None]:
    """Take the families of these tests away: others count what there is on the server that they share."""
    yield
    for name, number in server.projects().items():
        if name.startswith("M-"):
            server.vib("access", "revoke", server.account("counsellor")["email"], name)
            server.api("DELETE", f"/api/projects/{number}/").raise_for_status()


def is_asked(question: Tier, tier: str, code: str) -> bool:
    """Tell whether a question is asked of a code on the timeline."""
    about = question.describes
    return about is not None and about.tier == tier and code in about.codes


def coded(book: Codebook, duration: float) -> Timeline:
    """Return a turn or moment of each code on the timeline, with an answer to each question that is asked of it."""
    found = []
    on_timeline = [(tier.id, code.id) for tier in book.timeline_tiers for code in tier.codes]
    for number, (tier, code) in enumerate(on_timeline):
        asked = [t for t in book.describing_tiers if is_asked(t, tier, code)]
        said: dict[str, AttributeValue] = {}
        for question in asked:
            if question.fill_from:
                said[question.id] = "k1" if code == "kind" else "pm"
            elif question.id == EVIDENCE:
                said[question.id] = tuple(one.id for one in question.codes)
            else:
                said[question.id] = (question.codes[0].id,) if question.several else question.codes[0].id
        start = round(1 + number * (duration - 3) / len(on_timeline), 3)
        found.append(Observation(tier, code, start, round(start + 0.5, 3), said))
    return Timeline(duration, found)


@pytest.mark.parametrize("method", nightly(method_names()))
def test_what_is_coded_with_a_method_is_read_back_the_same(server: Server, tmp_path: Path, method: str) -> None:
    _, task = task_of(server, tmp_path, method)
    book = read_method(method)
    duration = server.api("GET", f"/api/tasks/{task}").json()["data"]["duration"]
    timeline = coded(book, duration)
    ratings: dict[str, float | None] = {rating.id: rating.highest for rating in book.ratings}
    sent = {"result": results_of(timeline, book, ratings), "lead_time": 60}
    answer = server.api("POST", f"/api/tasks/{task}/annotations/", json=sent)
    assert answer.status_code == 201, answer.text
    try:
        kept = server.api("GET", f"/api/annotations/{answer.json()['id']}/").json()["result"]
        assert timeline_of(kept, duration) == timeline
        assert ratings_of(kept) == ratings
    finally:
        server.api("DELETE", f"/api/annotations/{answer.json()['id']}/")


CHOOSE = """(label) => {
    const annotation = Htx.annotationStore.selected;
    const area = [...annotation.areas.values()].find((area) => area.labels?.includes(label));
    if (area) annotation.selectArea(area);
    return Boolean(area);
}"""
SAID = """() => Htx.annotationStore.selected.serializeAnnotation().flatMap(({ from_name, value }) =>
    [...(value.labels ?? []), ...(value.choices ?? [])].map((code) => [from_name, code]))"""
KEYS_SHOWN = """() => [...Htx.annotationStore.selected.names.values()].flatMap((control) =>
    (control.children ?? []).filter(({ hotkey }) => hotkey).map(({ alias, hotkey }) => [alias, hotkey]))"""


def asked_by_key(book: Codebook, tier: str, code: str) -> list[Tier]:
    """Return the questions that keys answer where a code was given: those that are in sight, and have one answer."""
    shown = [one for one in book.describing_tiers if not one.several and (one.fill_from or not one.optional)]
    return [one for one in shown if is_asked(one, tier, code)]


def most_asked(book: Codebook) -> tuple[str, Code]:
    """Return the tier and the code on the timeline, among those with a key, of which most is asked by key."""
    there = [(tier.id, code) for tier in book.timeline_tiers for code in tier.codes if code.hotkey]
    return max(there, key=lambda one: len(asked_by_key(book, one[0], one[1].id)))


@pytest.mark.parametrize("method", nightly(BY_KEY))
def test_a_turn_or_moment_is_coded_by_the_keys_of_the_codebook_and_by_no_others(
    server: Server, browser: Browser, tmp_path: Path, method: str
) -> None:
    project, task = task_of(server, tmp_path, method)
    server.vib("access", "grant", server.account("counsellor")["email"], f"M-{method}-nl")
    book = read_method(method)
    tier, code = most_asked(book)
    coder = Person(browser, server, "counsellor")
    coder.page.goto(f"{server.url}/projects/{project}/data?task={task}")
    coder.wait_until("window.Htx?.annotationStore?.selected?.names?.get('audio')?._ws?.loaded")
    coder.wait_until("document.querySelector('.vib-coding-state')?.dataset.kind === 'saved'")
    coder.page.locator("canvas").last.scroll_into_view_if_needed()
    coder.page.keyboard.press(str(code.hotkey))
    coder.drag_on_waveform(2, 4)
    until(lambda: coder.page.evaluate(CHOOSE, code.id))
    coder.rest()
    members = {one["alias"]: one["hotkey"] for one in server.tasks(project)[0]["data"]["who"] if "hotkey" in one}
    menus = {c.id for t in book.describing_tiers if t.several for c in t.codes}
    filled = {c.id for t in book.tiers if t.fill_from for c in t.codes}
    own = {c.id: c.hotkey for c in book.codes.values() if c.hotkey and c.id not in menus | filled}
    shown = own | (members if filled else {})
    until(lambda: dict(coder.page.evaluate(KEYS_SHOWN)) == shown)
    expected = [[tier, code.id]]
    for question in asked_by_key(book, tier, code.id):
        own_keys = [(one.id, one.hotkey) for one in question.codes]
        keys = [("k1", members["k1"])] if question.fill_from else own_keys
        chosen = next(((one, key) for one, key in keys if key), None)
        if chosen is not None:
            coder.page.keyboard.press(chosen[1])
            expected.append([question.id, chosen[0]])
    for key in set("1234567890qwetasdfgzxcvbyiopjklnm") - set(shown.values()):
        coder.page.keyboard.press(key)
    coder.rest()
    coder.screenshot(f"method-{method}")
    assert sorted(coder.page.evaluate(SAID)) == sorted(expected)
