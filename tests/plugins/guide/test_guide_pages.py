"""The pages under /vib/: complete, in both languages, safe, and for whoever is logged in."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.rich_book import rich_book
from vib.codebook import FOLDER, TO_CONFIRM, Code, Codebook, Derived, Rating
from vib.language import LANGUAGES, Language
from vib.methods import method_names, read_method
from vib.pluginhost import PluginHost
from vib.problem import InputProblem
from vib.wording import described_names, source_in_words, written_tiers

GUIDES = [(name, language) for name in method_names() for language in LANGUAGES]
FIRST = read_method("vib-pleegzorg")
LAST = written_tiers(FIRST)[-1].codes[0]
PAGES = [
    *(
        "/vib/guide/",
        "/vib/guide/_search/",
        "/vib/guide/_why/",
        "/vib/guide/_why/limits/",
        "/vib/guide/_why/none/",
        "/vib/guide/none/",
        "/vib/guide/vib-pleegzorg/none/",
    ),
    *(f"/vib/guide/vib-pleegzorg/{name}/" for name in (LAST.id, FIRST.ratings[0].id)),
    *("/vib/guide/vib-pleegzorg/", "/vib/guide/vipp-sd/"),
]
STATIC = Path(__file__).parents[3] / "plugins" / "guide" / "static" / "vib_guide"
HOSTILE = """<script>alert(1)</script><img src=x onerror=alert(1)>"' {{ 7 }} {% now %} &lt;b&gt;"""

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
"""What knows who is logged in; Label Studio's own asks the database for its organization."""

NO_DJANGO = "import sys, plugins.guide.plugin; print('django' in sys.modules)"


class Elements(HTMLParser):
    """Every element of a page, with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.found if attribute in attributes]


def elements(response: Any) -> Elements:
    return Elements(response.content.decode())


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def rows(response: Any) -> dict[str, str]:
    """Return the HTML of every row by the id that links lead to."""
    found = re.findall(r'<div class="code \w+" id="([^"]+)">(.*?)</div>', response.content.decode(), re.DOTALL)
    return dict(found)


GUIDE_ROWS: dict[tuple[str, Language], dict[str, str]] = {}


def rows_of(visit: Any, method: str, language: Language) -> dict[str, str]:
    """Return the rows of a guide, which is made once for all that look at it."""
    if (method, language) not in GUIDE_ROWS:
        GUIDE_ROWS[method, language] = rows(visit(f"/vib/guide/{method}/?lang={language}"))
    return GUIDE_ROWS[method, language]


def entries(codebook: Codebook) -> list[Code | Rating | Derived]:
    codes = [code for tier in written_tiers(codebook) for code in tier.codes]
    return [*codes, *codebook.ratings, *codebook.derived]


def put_on_shelf(monkeypatch: pytest.MonkeyPatch, book: Codebook | InputProblem) -> None:
    """Have the pages find one codebook only, in the place of those that are installed."""
    from plugins.guide.shelf import Shelf

    monkeypatch.setattr(Shelf, "all", lambda shelf: {book.method if isinstance(book, Codebook) else "small": book})


@pytest.mark.parametrize(("method", "language"), GUIDES)
def test_every_code_and_rating_of_every_method_is_on_its_page(visit: Any, method: str, language: Language) -> None:
    found = rows_of(visit, method, language)
    book = read_method(method)
    assert sorted(found) == sorted(entry.id for entry in entries(book))
    for entry in entries(book):
        shown = text_of(found[entry.id])
        told = [] if isinstance(entry, Derived) else [entry.example, entry.counter_example]
        for part in filter(None, (entry.label, entry.definition, *told)):
            assert " ".join(part.to(language).split()) in shown
        assert all(source_in_words(source, language) in shown for source in entry.source)
        if isinstance(entry, Code) and entry.hotkey:
            assert f"<kbd>{entry.hotkey}</kbd>" in found[entry.id]


@pytest.mark.parametrize(("method", "language"), GUIDES)
def test_every_unconfirmed_code_has_its_badge_and_no_other_has(visit: Any, method: str, language: Language) -> None:
    found = rows_of(visit, method, language)
    for entry in entries(read_method(method)):
        badge = re.search(r'<span class="badge">(.*?)</span>', found[entry.id])
        if entry.confirm_by is None:
            assert badge is None
        else:
            assert badge is not None
            assert TO_CONFIRM.to(language) in badge[1]
            assert entry.confirm_by in badge[1]


@pytest.mark.parametrize("method", method_names())
def test_strengths_come_before_what_falters_in_every_part(visit: Any, method: str) -> None:
    place = {name: number for number, name in enumerate(rows_of(visit, method, "nl"))}
    for tier in written_tiers(read_method(method)):
        for group in {code.group for code in tier.codes}:
            members = [code for code in tier.codes if code.group == group]
            strengths = [place[code.id] for code in members if code.polarity == "ja"]
            others = [place[code.id] for code in members if code.polarity == "nee"]
            assert not strengths or not others or max(strengths) < min(others)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_within_a_page_has_one_place_to_lead_to(visit: Any, path: str) -> None:
    page = elements(visit(path))
    counted = Counter(page.values("id"))
    assert set(counted.values()) == {1}
    assert {link[1:] for link in page.values("href") if link.startswith("#")} <= set(counted)
    labels = {attributes["for"] for tag, attributes in page.found if tag == "label"}
    assert labels <= set(counted)


def test_the_address_chooses_the_language_then_the_browser_and_nonsense_is_ignored(visit: Any) -> None:
    def language(query: str, browser: str) -> str:
        return str(visit(f"/vib/guide/{query}", browser).headers["Content-Language"])

    assert language("?lang=en", "nl") == "en"
    assert language("?lang=nl", "en-GB") == "nl"
    assert language("", "nl-BE,nl;q=0.9,en;q=0.8") == "nl"
    assert language("", "de,fr;q=0.9,en-GB;q=0.8,nl;q=0.1") == "en"
    assert language("?lang=fr", "nl") == "nl"
    assert language("?lang=%22%3E%3Cscript%3E", "nl") == "nl"
    assert language("?lang=", ";;;q=,\x00" * 900) in LANGUAGES


@pytest.mark.parametrize("path", PAGES)
def test_a_hostile_language_leaves_no_trace_on_the_page(visit: Any, path: str) -> None:
    assert b"alert" not in visit(f"{path}?lang=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").content


@pytest.mark.parametrize("path", PAGES)
def test_both_languages_are_one_click_away_and_a_chosen_one_is_kept(visit: Any, path: str) -> None:
    for language in LANGUAGES:
        page = elements(visit(f"{path}?lang={language}"))
        assert page.found[0] == ("html", {"lang": language})
        assert {f"?lang={other}" for other in LANGUAGES} <= set(page.values("href"))
        assert f"/vib/?lang={language}" in page.values("href")
    assert "/vib/" in elements(visit(path, "nl")).values("href")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_loads_from_or_links_to_another_host(visit: Any, path: str) -> None:
    page = elements(visit(path))
    for attribute in ("href", "src", "action", "srcset", "data"):
        assert all(re.match(r"[#?]|/(?!/)", value) for value in page.values(attribute))
    for file in STATIC.iterdir():
        assert not re.search(r"https?:|//[a-z]|@import|url\(", file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_script_or_style_within_it(visit: Any, path: str) -> None:
    response = visit(path)
    assert response.headers["Content-Security-Policy"].startswith("default-src 'self';")
    for tag, attributes in elements(response).found:
        assert tag != "style"
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert tag != "script" or "src" in attributes


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_labels_are_shown_as_text(visit: Any, monkeypatch: pytest.MonkeyPatch, language: Language) -> None:
    put_on_shelf(monkeypatch, rich_book(HOSTILE))
    pages = ("guide/", "guide/rich/", "guide/rich/look/", "guide/rich/whole/", "guide/rich/chain/")
    for path in (*(f"{page}?lang={language}" for page in pages), f"guide/_search/?q=alert&lang={language}"):
        response = visit(f"/vib/{path}", first_name=HOSTILE)
        page = elements(response)
        assert "img" not in {tag for tag, _ in page.found}
        assert all("src" in attributes for tag, attributes in page.found if tag == "script")
        assert HOSTILE in unescape(response.content.decode())


@pytest.mark.parametrize("method", ["none", "..", "vib-pleegzorg.", "<script>", "%00", "static"])
def test_an_unknown_method_is_a_404_page_in_the_reader_s_language(visit: Any, method: str) -> None:
    response = visit(f"/vib/guide/{method}/", "nl")
    assert response.status_code == 404
    assert "Deze handleiding is er niet" in response.content.decode()
    assert b"<script>" not in response.content


def test_a_broken_codebook_does_not_take_the_list_of_methods_along(visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_shelf(monkeypatch, InputProblem("codebook.yaml:3", nl="geen geldig veld", en="no valid field"))
    for path, status in (("/vib/guide/", 200), ("/vib/guide/small/", 500)):
        response = visit(f"{path}?lang=nl")
        assert response.status_code == status
        assert b"codebook.yaml" not in response.content
        assert "codebook.yaml:3: geen geldig veld" in visit(f"{path}?lang=nl", is_superuser=True).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_methods_leads_to_every_guide(visit: Any, language: Language) -> None:
    listed = elements(visit(f"/vib/guide/?lang={language}")).values("href")
    assert {f"/vib/guide/{name}/?lang={language}" for name in method_names()} <= set(listed)


@pytest.mark.parametrize("path", PAGES)
def test_anonymous_visitors_are_sent_to_the_login(path: str) -> None:
    from django.test import Client, override_settings

    with override_settings(MIDDLEWARE=MIDDLEWARE):
        response = Client().get(path)
    assert response.status_code == 302
    assert response.headers["Location"] == f"/user/login/?next={path}"


def test_no_page_asks_the_database_for_anything(visit: Any) -> None:
    from django.db import connection

    def refuse(execute: Any, sql: str, *rest: Any) -> None:
        raise AssertionError(sql)

    with connection.execute_wrapper(refuse):
        for path in PAGES:
            visit(path, is_superuser=True)


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_for_one_reader_and_change_with_the_language_of_the_browser(visit: Any, path: str) -> None:
    headers = visit(path).headers
    assert "private" in headers["Cache-Control"]
    assert "Accept-Language" in headers["Vary"]


def test_the_files_of_the_pages_have_their_type_and_are_kept_until_they_change(visit: Any, static: Any) -> None:
    page = elements(visit(f"/vib/guide/{method_names()[0]}/"))
    wanted = [value for value in [*page.values("href"), *page.values("src")] if "/vib_guide/" in value]
    css = 'text/css; charset="utf-8"'
    types = {"guide.css": css, "print.css": css, "guide.js": 'text/javascript; charset="utf-8"'}
    assert len(wanted) == len(types)
    for address in wanted:
        name = address.rsplit("/", 1)[1]
        response = static(address)
        assert response.headers["Content-Type"] == types[name]
        assert b"".join(response) == (STATIC / name).read_bytes()
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["plugin.py", "..", "guide.css.map", "%2e%2e%2fplugin.py"])
def test_no_other_file_is_served(static: Any, name: str) -> None:
    from plugins.host.static_files import static_address

    folder = static_address("vib_guide/guide.css").removesuffix("guide.css")
    assert static(f"{folder}{name}") is None


def test_the_hooks_can_be_read_without_django() -> None:
    root = FOLDER.parent
    done = subprocess.run([sys.executable, "-c", NO_DJANGO], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert {"vib_django_apps", "vib_pages"} == set(PluginHost(only=["guide"]).found[0].hooks)


def test_a_flow_asks_in_order_and_each_yes_leads_to_a_code(visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_shelf(monkeypatch, rich_book("kijk"))
    html = visit("/vib/guide/rich/?lang=nl").content.decode()
    flow = html[html.index('<ol class="flow">') : html.index("</ol>", html.index('<ol class="flow">'))]
    assert re.findall(r'href="/vib/guide/rich/(\w+)/', flow) == ["nod", "look", "wait"]
    assert (
        text_of(flow)
        == "kijk ja → kijk nee ↓ " * 3
        + "Past niets? Kijk het stuk nog eens terug, en vraag een collega als je er niet uitkomt."
    )


def test_the_page_of_a_code_shows_it_beside_what_it_is_confused_with_from_either_side(
    visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = rich_book("kijk")
    put_on_shelf(monkeypatch, book)
    for name, other in (("look", "wait"), ("wait", "look")):
        html = visit(f"/vib/guide/rich/{name}/").content.decode()
        [pair] = re.findall(r'<div class="pair">(.*?)</section>', html, re.DOTALL)
        assert f'href="/vib/guide/rich/{other}/"' in pair
        assert pair.count("kijk") > 3
    assert '<div class="pair">' not in visit("/vib/guide/rich/nod/").content.decode()


def test_the_page_of_a_code_marks_its_own_place_in_the_flow(visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_shelf(monkeypatch, rich_book("kijk"))
    html = visit("/vib/guide/rich/look/").content.decode()
    [step] = re.findall(r'<li class="here" aria-current="step">(.*?)</li>', html, re.DOTALL)
    assert 'href="/vib/guide/rich/look/"' in step


def test_every_code_of_every_method_has_a_page_that_leads_on_to_the_next(visit: Any) -> None:
    for before, name in pairwise(described_names(FIRST)):
        page = elements(visit(f"/vib/guide/vib-pleegzorg/{before}/?lang=en"))
        assert f"/vib/guide/vib-pleegzorg/{name}/?lang=en" in page.values("href")


def test_what_a_method_says_of_itself_is_on_its_page(visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_shelf(monkeypatch, rich_book("kijk", owner="Leiden"))
    shown = text_of(visit("/vib/guide/rich/?lang=nl").content.decode())
    for said in (
        "Leiden is eigenaar van de methode, en heeft dit niet opgesteld en niet goedgekeurd.",
        "Opleiding nodig kijk Beschermd, en hier niet kijk Geen diagnose",
        "Er zijn geen normen: een aantal is niet goed of slecht.",
        "kijk : kijk , met de beoordeling van de hele clip (met de codes voor wie verder is)",
        "Wat wordt nagekeken kijk (houdt het inleveren tegen)",
        "1-2 kijk Filmen kijk Terugkijken kijk",
        "gone , sinds versie 1.0.0: kijk",
        "1.0.0 (2026-11-29) kijk",
        "binnen 3 seconden · tries: 1 keer",
    ):
        assert said in shown


def test_methods_are_listed_with_their_owner_and_how_much_is_confirmed(
    visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_shelf(monkeypatch, rich_book("kijk", owner="Leiden", category="signals"))
    shown = text_of(visit("/vib/guide/?lang=nl").content.decode())
    assert "Leren kijken: signalen en micro" in shown
    assert "kijk eigenaar: Leiden 4 codes, waarvan 4 te bevestigen" in shown
    assert "Andere programma’s" not in shown


def test_what_is_searched_for_is_found_and_stays_in_the_other_language(visit: Any) -> None:
    label = LAST.label
    response = visit(f"/vib/guide/_search/?q={label.nl}&lang=nl")
    page = elements(response)
    assert f"/vib/guide/vib-pleegzorg/{LAST.id}/?lang=nl" in page.values("href")
    assert any(link.startswith("?q=") and link.endswith("&lang=en") for link in page.values("href"))
    assert label.nl in page.values("value")
    assert "Niets gevonden" in text_of(visit("/vib/guide/_search/?q=qqqq&lang=nl").content.decode())


def test_a_codebook_is_read_again_as_soon_as_it_changes(tmp_path: Path) -> None:
    from plugins.guide.shelf import Shelf

    source = tmp_path / "vib-pleegzorg" / "codebook.yaml"
    source.parent.mkdir()
    text = (FOLDER / "vib-pleegzorg" / "codebook.yaml").read_text(encoding="utf-8")
    source.write_text(text, encoding="utf-8")
    shutil.copytree(FOLDER / "modules", tmp_path / "modules")
    shelf = Shelf(tmp_path)
    before = shelf.readable()["vib-pleegzorg"]
    assert shelf.readable()["vib-pleegzorg"] is before
    source.write_text(re.sub("(?m)^owner: .*$", "owner: Iemand", text), encoding="utf-8")
    assert shelf.readable()["vib-pleegzorg"].owner == "Iemand"
    assert Shelf(tmp_path, off=["vib-pleegzorg"]).all() == {}
    source.write_text("format: nothing", encoding="utf-8")
    assert shelf.readable() == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_that_says_why_is_listed_and_names_a_source_for_each_part(visit: Any, language: Language) -> None:
    from plugins.guide.why import SOURCES, why_pages

    listed = elements(visit(f"/vib/guide/_why/?lang={language}")).values("href")
    assert 5 <= len(why_pages()) <= 7
    for name, page in why_pages().items():
        assert f"/vib/guide/_why/{name}/?lang={language}" in listed
        html = visit(f"/vib/guide/_why/{name}/?lang={language}").content.decode()
        shown = text_of(html)
        assert page.lead.to(language) in shown
        for part in page.parts:
            assert all(said.to(language) in shown for said in part.says)
            assert all(SOURCES[source].to(language) in shown for source in part.sources)
        assert len(re.findall('class="note"', html)) == sum(len(part.sources) for part in page.parts)


def test_pages_that_say_why_are_for_reading_at_once_and_lead_to_one_another(visit: Any) -> None:
    from plugins.guide.why import why_pages

    for before, name in pairwise(why_pages()):
        assert f"/vib/guide/_why/{name}/" in elements(visit(f"/vib/guide/_why/{before}/")).values("href")
    for page in why_pages().values():
        words = sum(len(said.nl.split()) for part in page.parts for said in part.says)
        assert 80 < words < 300
