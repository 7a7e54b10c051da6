"""What the pages show: figures that explain themselves, in both languages, with hostile names as text."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from html.parser import HTMLParser
from threading import Event
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

from tests.plugins.access.inside import Answer, World
from tests.plugins.agreement.pages.coded import CODES, inside, recode, retask
from vib.hookspecs import hookimpl
from vib.language import Text
from vib.statistic import Estimate, Question, Statistic

BASE = "/vib/agreement/"
ROUND = f"{BASE}round/ronde/"
CLIP = f"{ROUND}clip/F-OEFEN/toren/"
HOSTILE = """<script>alert('x')</script><img src=x onerror=alert(1)>"' {{ 7 }} {% now %}"""


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text of scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def ask(world: World, address: str, who: str = "opleider") -> Answer:
    return world.ask(who, "GET", address, by="session")


def text_of(answer: Answer) -> str:
    without = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.text, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", without)).split())


@inside
def test_what_went_well_comes_first_in_both_languages(world: World) -> None:
    for language, first, then in (
        ("nl", "Wat de cijfers zeggen", "Bekijk eerst"),
        ("en", "What the figures say", "Look at first"),
    ):
        said = text_of(ask(world, f"{ROUND}?lang={language}"))
        assert said.index(first) < said.index(then)
        assert "anna" in said
        assert "diagnos" not in said.lower()


def made_with(world: World, who: str, **columns: str) -> None:
    """Have somebody's codes of the clip `toren` made with another version or level than those of the others."""
    from plugins.host.models import MadeWith
    from vib.methods import read_method

    for one in ("anna", "bram", "opleider"):
        given = {"method": "vib-pleegzorg", "version": read_method("vib-pleegzorg").version, "level": "full"}
        given |= columns if one == who else {}
        MadeWith.objects.update_or_create(annotation_id=world.code(one, "toren"), defaults=given)


@inside
def test_what_is_calculated_is_shown_when_asked_and_marked_everywhere(world: World) -> None:
    made_with(world, "anna")
    for language, mark, said in (
        ("nl", "(berekend)", "door niemand gegeven"),
        ("en", "(calculated)", "given by nobody"),
    ):
        plain = text_of(ask(world, f"{ROUND}?lang={language}"))
        assert mark not in plain
        shown = text_of(ask(world, f"{ROUND}?calculated=1&tier=TURN.TRANS&lang={language}"))
        assert mark in shown
        assert said in shown
    assert ask(world, f"{ROUND}?tier=TURN.TRANS").status == 400
    tiers = {
        one["tier"]
        for one in json.loads(ask(world, f"{ROUND}download/agreement.json?calculated=1&tier=*").text)["measures"]
    }
    assert {"turn", "TURN.TRANS", "BC.2.TAKETURN"} <= tiers


@inside
def test_codes_of_versions_that_cannot_be_compared_are_refused_with_the_reason_in_both_languages(world: World) -> None:
    made_with(world, "bram", version="99.0.0")
    for language, said in (("en", "does not say what 99.0.0 changed"), ("nl", "zegt niet wat 99.0.0 veranderde")):
        overview = ask(world, f"{ROUND}?lang={language}")
        assert (overview.status, said in text_of(overview)) == (200, True)
        assert "bram: vib-pleegzorg 99.0.0 (full)" in text_of(overview)
        for address in (f"{CLIP}?lang={language}", f"{ROUND}download/agreement.csv?lang={language}"):
            refused = ask(world, address)
            assert (refused.status, said in text_of(refused)) == (409, True), refused.text[:300]


@inside
def test_who_coded_at_another_level_is_compared_on_what_both_were_asked_and_that_is_said(world: World) -> None:
    made_with(world, "bram", level="start")
    for address in (ROUND, CLIP):
        for language, said in (("en", "Coded at different levels"), ("nl", "Gecodeerd op verschillende niveaus")):
            answer = ask(world, f"{address}?lang={language}")
            assert (answer.status, said in text_of(answer)) == (200, True), address
    report = json.loads(ask(world, f"{ROUND}download/agreement.json").text)
    assert any("bram: vib-pleegzorg" in note["en"] for note in report["notes"])


@inside
def test_time_and_events_are_always_shown_together(world: World) -> None:
    said = text_of(ask(world, f"{ROUND}?lang=en&pair=anna,bram"))
    table = said[said.index("The figures for each code") :]
    assert table.index("Time kappa") < table.index("Event kappa")


@inside
def test_a_statistic_of_a_plugin_is_chosen_and_shown_and_one_that_fails_gives_its_reason(world: World) -> None:
    from django.conf import settings

    def half(question: Question) -> Estimate:
        return Estimate("half", 0.5, 1, len(question.raters))

    def fails(question: Question) -> Estimate:
        raise KeyError("carla")

    def offer() -> list[Statistic]:
        label = Text(nl="Tempo samen <b>", en="Tempo together <b>")
        return [
            Statistic("tempo", label, "event", "own", half, measured_in="share"),
            Statistic("all_of_them", label, "time", "own", half, raters="many", per_code=False),
            Statistic("broken_one", label, "time", "own", fails),
        ]

    settings.VIB_PLUGIN_HOST.add("tempo", SimpleNamespace(vib_statistics=hookimpl(offer)))
    try:
        page = ask(world, f"{ROUND}?lang=en&also=tempo")
        assert '<option value="tempo" selected>Tempo together &lt;b&gt;</option>' in page.text
        for pair in ("", "&pair=anna,bram"):
            said = text_of(ask(world, f"{ROUND}?lang=en&also=tempo{pair}"))
            measures = said[said.index("All measures") : said.index("What the measures say")]
            assert "Tempo together <b>" in measures
            assert "50.0%" in measures
        of_all = text_of(ask(world, f"{ROUND}?lang=en&also=all_of_them"))
        assert "0.50" in of_all[of_all.index("All measures") : of_all.index("What the measures say")]
        assert "this statistic failed: KeyError: 'carla'" in text_of(ask(world, f"{ROUND}?lang=en&also=broken_one"))
        for form in ("csv", "json", "html", "pdf"):
            answer = ask(world, f"{ROUND}download/agreement.{form}?lang=en&also=broken_one")
            assert answer.status == 200
            assert "carla" in answer.text or form == "pdf"
        assert ask(world, f"{ROUND}?also=nothing").status == 400
    finally:
        settings.VIB_PLUGIN_HOST.remove("tempo")


@inside
def test_a_figure_that_is_undefined_is_a_dash_with_its_reason(world: World) -> None:
    for who in ("anna", "bram"):
        recode(world, who, "open", [("kind", 1, 2)])
    for language, reason in (("en", "only one code was used"), ("nl", "er is maar één code gebruikt")):
        answer = ask(world, f"{BASE}round/open ronde/?lang={language}")
        assert '<span class="none">–</span><sup>' in re.sub(r">\s+<", "><", answer.text)
        assert reason in text_of(answer)


@inside
def test_the_confusion_matrix_names_its_codes_and_what_was_not_seen(world: World) -> None:
    said = text_of(ask(world, f"{ROUND}?lang=en&pair=anna,bram"))
    found = said[said.index("Who called it what") :]
    assert "Rows: what anna saw. Columns: what bram saw" in found
    assert "child adult not seen child 0 1 1 adult 0 1 0 not seen 0 0 " in found


@inside
def test_the_pass_mark_can_be_set_with_a_point_or_a_comma(world: World) -> None:
    assert "reaches the pass mark of 0.75" in text_of(ask(world, f"{ROUND}?lang=en&mark=0.75"))
    assert "de grens van 0,75 haalt" in text_of(ask(world, f"{ROUND}?lang=nl&mark=0,75"))


@inside
def test_what_is_asked_wrongly_is_answered_with_what_is_wrong(world: World) -> None:
    for asked in (
        *("mark=veel", "mark=2", "mark=nan", "mark=inf", "mark=1e999", "overlap=0", "overlap=-1", "tolerance=-1"),
        *(
            "tier=geen",
            "code=geen",
            "pair=anna",
            "pair=anna,nobody",
            "clip=../x",
            "reference=%3Cscript%3E",
            "tolerance=x",
        ),
    ):
        for page in (ROUND, f"{ROUND}download/agreement.csv"):
            answer = ask(world, f"{page}?lang=en&{asked}")
            assert answer.status == 400, asked
            assert asked.partition("=")[0] in text_of(answer)
            assert "<script>" not in answer.text
            assert "Traceback" not in answer.text


@inside
def test_the_moments_of_a_clip_are_the_weightiest_first(world: World) -> None:
    answer = ask(world, f"{CLIP}?lang=en&pair=anna,bram")
    starts = [
        float(attributes["data-start"])
        for tag, attributes in Elements(answer.text).found
        if tag == "button" and "moment" in attributes.get("class", "")
    ]
    assert starts == [6.0, 3.0]
    assert "child anna not seen bram" in text_of(answer)
    assert "other code" in text_of(answer)
    in_time = ask(world, f"{CLIP}?lang=en&pair=anna,bram&sort=time").text
    assert re.findall(r'data-start="([\d.]+)" data-end', in_time) == ["3.000", "6.000"]


@inside
def test_a_boundary_that_differs_by_more_than_the_tolerance_is_a_moment(world: World) -> None:
    said = text_of(ask(world, f"{CLIP}?lang=en&pair=anna,opleider&overlap=0.3"))
    assert "other start or end" in said
    assert "other start or end" not in text_of(ask(world, f"{CLIP}?lang=en&pair=anna,opleider&overlap=0.3&tolerance=2"))


@inside
def test_the_video_is_ours_and_no_other_address_is_played(world: World) -> None:
    assert '<video src="/vib/media/F-OEFEN/toren.mp4"' in ask(world, CLIP).text
    for address in ("javascript:alert(1)", "https://elders.example/x.mp4", "//elders.example/x", "/vib/media/../x", 7):
        retask(world, "toren", video=address)
        assert "<video" not in ask(world, CLIP).text


@inside
def test_downloads_are_what_they_say(world: World) -> None:
    def download(form: str) -> Answer:
        answer = ask(world, f"{ROUND}download/agreement.{form}?lang=nl&mark=0.6")
        assert answer.status == 200
        assert f'filename="ronde.{form}"' in answer.headers["Content-Disposition"]
        return answer

    written = json.loads(download("json").text)
    assert written["raters"] == ["anna", "bram", "opleider"]
    assert {row["measure"] for row in written["measures"]} >= {"event_kappa", "time_unit_kappa"}
    rows = list(csv.DictReader(io.StringIO(download("csv").text)))
    assert len(rows) == len(written["measures"])
    assert "Dit" in download("html").text or "anna" in download("html").text
    pdf = download("pdf")
    assert pdf.text.startswith("%PDF-")
    assert "%%EOF" in pdf.text[-20:]
    assert ask(world, f"{ROUND}download/agreement.exe").status == 404
    assert ask(world, f"{ROUND}download/csv").status == 404


@inside
def test_everything_can_be_downloaded_at_once(world: World) -> None:
    answer = ask(world, f"{ROUND}download/agreement.json?tier=*")
    assert "percent_linked" in {row["measure"] for row in answer.json["measures"]}


@inside
def test_hostile_names_codes_and_clips_are_shown_as_text(world: World) -> None:
    from users.models import User

    from plugins.access.models import HandedOut

    User.objects.filter(pk=world.user("anna")).update(email=f"{HOSTILE}@vib.example")
    clip = f"F-OEFEN/{HOSTILE.replace('/', '-')}"
    retask(world, "toren", clip=clip, situation=HOSTILE)
    HandedOut.objects.filter(task=world.task("toren")).update(clip=clip)
    recode(world, "anna", "toren", [(HOSTILE, 1, 2), ("=cmd()", 4, 5)])
    recode(world, "bram", "toren", [(HOSTILE, 1, 2)])
    for address in (BASE, ROUND, f"{ROUND}?pair=bram,opleider", f"{ROUND}clip/{quote(clip)}/"):
        answer = ask(world, address)
        assert answer.status == 200, address
        for tag, attributes in Elements(answer.text).found:
            assert tag != "img"
            assert not [name for name in attributes if name.startswith("on")]
            assert tag != "script" or "src" in attributes or attributes.get("type") == "application/json"
        assert "<script>alert" not in answer.text
    for form in ("csv", "json", "html", "pdf"):
        answer = ask(world, f"{ROUND}download/agreement.{form}")
        assert answer.status == 200, form
        assert form in ("json", "csv") or "<script>alert" not in answer.text
    written = list(csv.DictReader(io.StringIO(ask(world, f"{ROUND}download/agreement.csv").text)))
    assert not [row for row in written if row["code"].startswith("=")]


@inside
def test_names_in_any_script_do_not_break_the_pdf(world: World) -> None:
    from users.models import User

    User.objects.filter(pk=world.user("anna")).update(email="Анна 안나 مريم 🙂@vib.example")
    recode(world, "bram", "toren", [("кодъ" * 60, 1, 2)])
    answer = ask(world, f"{ROUND}download/agreement.pdf")
    assert answer.status == 200
    assert answer.text.startswith("%PDF-")


@inside
def test_codes_that_cannot_be_read_are_named_and_the_rest_is_shown(world: World) -> None:
    retask(world, "toren", duration=None)
    said = text_of(ask(world, f"{ROUND}?lang=en"))
    assert "This could not be read" in said
    assert "has no data.duration" in said


@inside
def test_the_list_says_what_is_missing_and_the_empty_list_what_to_do(world: World) -> None:
    from tasks.models import Annotation

    from plugins.access.models import FamilyGrant, RoundMember

    said = text_of(ask(world, f"{BASE}?lang=en"))
    assert "Everybody submitted everything." in said
    assert "Not submitted yet: carla 1 of 1" not in said
    Annotation.objects.filter(pk=world.code("carla", "puzzel")).delete()
    assert "Not submitted yet: carla 1 of 1" in text_of(ask(world, f"{BASE}?lang=en", "opleider2"))
    RoundMember.objects.all().delete()
    FamilyGrant.objects.all().delete()
    assert "You do not lead a round yet" in text_of(ask(world, f"{BASE}?lang=en"))
    assert "Aan jou is nog geen gezin toegewezen" in text_of(ask(world, f"{BASE}?lang=nl", "begeleider"))


@inside
def test_new_codes_are_in_the_figures_at_once(world: World) -> None:
    before = ask(world, f"{ROUND}?lang=en&pair=anna,bram").text
    assert ask(world, f"{ROUND}?lang=en&pair=anna,bram").text == before
    recode(world, "bram", "toren", CODES["anna"])
    assert "3 events; both saw 3, and named 3 alike" in text_of(ask(world, f"{ROUND}?lang=en&pair=anna,bram"))


@inside
def test_a_long_calculation_says_how_far_it_is_and_then_is_there(world: World) -> None:
    from unittest import mock

    from plugins.agreement.pages import figures

    with mock.patch.object(figures, "PATIENCE", 0.0):
        waiting = ask(world, f"{ROUND}?lang=en&mark=0.41")
        assert waiting.status in (200, 202)
    assert 'http-equiv="refresh"' in waiting.text or waiting.status == 200
    assert ask(world, f"{ROUND}?lang=en&mark=0.41").status == 200


@inside
def test_pages_keep_to_this_server_and_run_no_script_of_their_own(world: World) -> None:
    for address in (BASE, ROUND, CLIP):
        answer = ask(world, address)
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe-eval" not in policy
        assert "script-src" not in policy
        assert policy.startswith("default-src 'self'")
        assert "unsafe-inline" not in policy
        for tag, attributes in Elements(answer.text).found:
            for name in ("src", "href", "action"):
                assert re.match(r"[#?]|/(?!/)|$", attributes.get(name, "")), (tag, attributes)
            assert "style" not in attributes


@inside
def test_every_control_has_a_name(world: World) -> None:
    for address in (ROUND, CLIP, f"{ROUND}?pair=anna,bram&reference=opleider"):
        html = ask(world, address).text
        for button in re.findall(r"<button.*?</button>", html, re.S):
            assert re.sub(r"<[^>]*>|\s", "", button), button
        for label in re.findall(r"<label.*?</label>", html, re.S):
            assert re.sub(r"<select.*?</select>|<[^>]*>|\s", "", label, flags=re.S), label
        assert html.count("<select") + html.count('<input type="number"') <= html.count("<label")


@inside
def test_the_style_sheet_of_the_report_is_kept_and_has_an_etag(world: World) -> None:
    found = re.search(r'<link rel="stylesheet" href="([^"]+/report\.css)"', ask(world, ROUND).text)
    assert found is not None
    headers = world.open_session("opleider")
    answer = world.ask("opleider", "GET", found[1], by="", headers=headers)
    assert "immutable" in answer.headers["Cache-Control"]
    again = world.ask("opleider", "GET", found[1], by="", headers={**headers, "If-None-Match": answer.headers["ETag"]})
    assert again.status == 304
    assert world.ask("opleider", "GET", f"{BASE}static/views.py", by="session").status == 404


def leads_to(world: World, address: str, who: str = "opleider") -> str:
    answer = ask(world, address, who)
    assert answer.status == 302, address
    return answer.headers["Location"]


@inside
def test_a_cell_leads_to_a_clip_also_where_it_takes_long_to_find_out_in_which_most_differs(world: World) -> None:
    from plugins.agreement.pages import leading

    found_out = Event()
    with (
        patch.object(leading, "PATIENCE", 0.0),
        patch.object(leading, "_most", side_effect=lambda *_: str(found_out.wait())),
    ):
        try:
            assert leads_to(world, f"{ROUND}moments?one=anna&mark=0.3").startswith(f"{ROUND}clip/")
        finally:
            found_out.set()


@inside
def test_every_cell_leads_to_its_moments_in_the_video_which_play_at_once(world: World) -> None:
    cells = re.findall(
        r'href="(/vib/agreement/round/ronde/(?:moments|clip/)[^"]*)"', ask(world, f"{ROUND}?mark=0.5").text
    )
    assert f"{ROUND}moments?mark=0.5&amp;tier=turn&amp;pair=anna%2Cbram" in cells
    assert {"code=kind" in cell for cell in cells} == {True, False}
    to = leads_to(world, f"{ROUND}moments?tier=turn&pair=anna,bram&code=kind&lang=en")
    assert to == f"{CLIP}?tier=turn&code=kind&pair=anna%2Cbram&lang=en#_play"
    said = text_of(ask(world, to.partition("#")[0]))
    assert "child anna not seen bram" in said
    assert "child anna adult bram" in said
    assert leads_to(world, f"{ROUND}moments?one=bram").startswith(f"{CLIP}?one=bram")
    assert ask(world, f"{ROUND}moments?pair=anna,nobody").status == 400


@inside
def test_cells_lead_nobody_to_what_is_not_theirs(world: World) -> None:
    for who, status in (("opleider2", 404), ("begeleider", 404), ("anna", 403), ("beheer", 403)):
        assert ask(world, f"{ROUND}moments?tier=turn", who).status == status, who


@inside
def test_a_moment_of_all_is_one_row_that_says_who_has_what(world: World) -> None:
    said = text_of(ask(world, f"{CLIP}?lang=en"))
    assert said.count("Who saw what") == 2
    assert "0:06.0 not everybody saw it turn child anna child opleider not seen bram" in said
    assert "child anna 0:06.0 – 0:08.5 child opleider 0:06.0 – 0:07.0 not seen bram" in said
    one = text_of(ask(world, f"{CLIP}?lang=en&one=opleider"))
    assert one.count("Who saw what") == 2
    alike = ask(world, f"{CLIP}?lang=en&one=anna&with=opleider&overlap=0.3&tolerance=2")
    assert "No differences in this clip." in text_of(alike)


@inside
def test_figures_are_there_before_their_intervals_which_come_with_their_progress(world: World) -> None:
    from threading import Event
    from unittest import mock

    from plugins.agreement.comparing.report import compare
    from plugins.agreement.pages import figures

    go = Event()

    def slow(clips: Any, statistics: Any, choice: Any, progress: Any, codebooks: Any) -> Any:
        if choice.bootstrap:
            progress(1, 4)
            assert go.wait(60)
        return compare(clips, statistics, choice, progress, codebooks)

    try:
        with mock.patch.object(figures, "compare", slow), mock.patch.object(figures, "SOON", 0.0):
            page = ask(world, f"{ROUND}?lang=en&mark=0.33")
            assert (page.status, "Event kappa" in page.text) == (200, True)
            found = re.search(r'data-progress="([^"]+)"', page.text)
            assert found is not None
            waiting = ask(world, found[1]).json
            assert (waiting["percent"] in (0, 25), waiting["ready"]) == (True, False)
            assert ask(world, found[1], "opleider2").json == {"percent": 0, "ready": False}
            assert ask(world, found[1], "anna").status == 403
    finally:
        go.set()
    assert "data-progress" not in ask(world, f"{ROUND}?lang=en&mark=0.33").text
    assert ask(world, found[1]).json["ready"]


@inside
def test_all_measures_are_a_click_away(world: World) -> None:
    page = ask(world, f"{ROUND}?lang=en")
    found = re.search(r'href="([^"]*also=%2A[^"]*)"', page.text)
    assert found is not None
    said = text_of(ask(world, f"{ROUND}{unescape(found[1])}"))
    for measure in ("Krippendorff's alpha", "u-alpha (cutting and coding)", "Latency to reception", "Fleiss' kappa"):
        assert measure in said[said.index("All measures") : said.index("What the measures say")], measure
