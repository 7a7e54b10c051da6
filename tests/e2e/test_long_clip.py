"""A clip of hours: the editor draws its waveform from the peaks, and a turn lies where it is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import Server
from tests.e2e.conftest import Person
from tests.scripts.conftest import FAMILY, ffmpeg
from vib.peaks import PAIRS_A_SECOND, PEAKS

HOURS = 3
SECONDS = HOURS * 3600
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "25", "-pix_fmt", "yuv420p")
LOUD = "volume=0:enable='lt(t,5400)+gt(t,6000)'"
"""Sound for ten minutes from half past one on."""

DRAWN = """() => {
    const wave = Htx.annotationStore.selected.names.get("audio")._ws;
    const canvas = wave.visualizer.getLayer("waveform").canvas;
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    const tall = (x) => [...Array(height).keys()].filter((y) => data[4 * (y * width + x) + 3] > 0).length;
    const columns = [...Array(width).keys()].filter((x) => tall(x) > 3);
    return [columns[0] / width, columns.at(-1) / width];
}"""
"""Where the waveform is not flat, as a share of its width."""


@pytest.mark.nightly
def test_a_clip_of_three_hours_opens_with_its_waveform(server: Server, browser: Browser, tmp_path: Path) -> None:
    family = tmp_path / "T-LONG"
    family.mkdir()
    (family / "family.yaml").write_text(FAMILY.format(family=family.name), encoding="utf-8")
    minute = ("-f", "lavfi", "-i", "color=gray:s=64x36:r=25:d=60", "-f", "lavfi", "-i", "sine=d=60:r=16000")
    ffmpeg(*minute, *H264, tmp_path / "minute.mp4")
    again = ("-stream_loop", str(SECONDS // 60 - 1), "-i", tmp_path / "minute.mp4")
    ffmpeg(*again, "-c:v", "copy", "-af", LOUD, "-c:a", "aac", "-movflags", "+faststart", family / "lang.mp4")
    server.vib("sync", family, "--no-segment")
    project = server.projects()[family.name]
    [task] = server.tasks(project)
    server.vib("access", "grant", server.account("counsellor")["email"], family.name)
    coder = Person(browser, server, "counsellor")
    coder.page.goto(f"{server.url}/projects/{project}/data?task={task['id']}")
    coder.wait_until("window.Htx?.annotationStore?.selected?.names?.get('audio')?._ws?.loaded")
    coder.wait_until("document.querySelector('video')?.readyState >= 2")
    coder.rest()
    coder.screenshot("three-hours")
    sound = "Htx.annotationStore.selected.names.get('audio')"
    numbers = coder.page.evaluate(f"{sound}._ws.media.audio.dataLength")
    assert numbers == pytest.approx(2 * PAIRS_A_SECOND[PEAKS] * task["data"]["duration"], abs=2)
    assert coder.page.evaluate(f"{sound}.errors") == []
    assert coder.page.evaluate(DRAWN) == pytest.approx([5400 / SECONDS, 6000 / SECONDS], abs=0.005)
    coder.page.locator(".lsf-labels .lsf-label").first.click()
    coder.drag_on_waveform(5400, 6000)
    [(start, end, _)] = coder.turns()
    assert (start, end) == pytest.approx((5400, 6000), abs=20)
