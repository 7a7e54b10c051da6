"""A moment of the demo on the page of a code, in a browser: it plays again and again; who looks can go elsewhere."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.conftest import Server
from tests.e2e.conftest import Person

CODE = "/vib/guide/vib-pleegzorg/BC.REC.V/"
VIDEO = "document.querySelector('#_moments video')"
PLAY = """(second) => {
    const video = document.querySelector('#_moments video');
    video.muted = true;
    video.currentTime = second;
    return video.play();
}"""


def test_a_moment_begins_again_at_its_end_and_what_lies_elsewhere_can_be_watched(
    server: Server, browser: Browser
) -> None:
    counsellor = Person(browser, server, "counsellor")
    counsellor.page.goto(f"{server.url}{CODE}")
    counsellor.wait_until(f"{VIDEO}.readyState >= 2")
    start, end = (float(counsellor.page.evaluate(f"{VIDEO}.dataset.{name}")) for name in ("from", "until"))
    assert start < end < float(counsellor.page.evaluate(f"{VIDEO}.duration")) - 3
    # As the address says; without the script a browser begins there too.
    assert abs(counsellor.page.evaluate(f"{VIDEO}.currentTime") - start) < 0.1
    counsellor.page.evaluate(PLAY, end - 0.4)
    counsellor.wait_until(f"{VIDEO}.currentTime < {end - 0.5} && {VIDEO}.currentTime >= {start}")
    assert not counsellor.page.evaluate(f"{VIDEO}.paused")
    counsellor.page.evaluate(PLAY, end + 1.5)
    counsellor.wait_until(f"{VIDEO}.currentTime > {end + 2}")
    # Stopped at the end, it begins at the beginning.
    counsellor.page.evaluate(f"{VIDEO}.pause()")
    counsellor.page.evaluate(PLAY, end)
    counsellor.wait_until(f"{VIDEO}.currentTime < {end - 0.5}")
