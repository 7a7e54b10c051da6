"""The scripts of the guide in a browser: a moment that plays again and again, and the field that filters codes."""

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


ROWS = "[...document.querySelectorAll('.code')].filter((row) => row.offsetParent).map((row) => row.id)"


def test_the_field_shows_the_codes_with_every_word_and_escape_or_a_link_shows_all_again(
    server: Server, browser: Browser
) -> None:
    counsellor = Person(browser, server, "counsellor")
    page = counsellor.page
    page.goto(f"{server.url}/vib/guide/pcit/")
    field, every = page.locator("[data-filter] input"), page.evaluate(ROWS)
    assert len(every) > 20
    field.fill("PRIJZEN specifiek")
    assert page.evaluate(ROWS) == ["DPICS.LP", "DPICS.UP"]
    assert "2" in page.locator("#_found").inner_text()
    field.press("Escape")
    assert page.evaluate(ROWS) == every
    field.fill("niets heeft dit")
    assert page.evaluate(ROWS) == []
    page.evaluate('document.querySelector(\'main a[href="#DPICS.DC"], nav a[href="#turn"]\').click()')
    assert page.evaluate(ROWS) == every
    assert field.input_value() == ""
    page.goto(f"{server.url}/vib/guide/pcit/#DPICS.DC")
    try:
        page.locator(".vib-languages [lang=en]").click()
        page.wait_for_url("**/vib/guide/pcit/**#DPICS.DC")
        assert page.evaluate("document.documentElement.lang") == "en"
    finally:
        with page.expect_navigation():
            page.locator(".vib-languages [lang=nl]").click()
