"""The notice on the pages of a server without protection: on every page in both languages, and in nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.conftest import ROOT

PROGRAM = """
import json, sys
from django.conf import settings
settings.configure(ROOT_URLCONF=__name__, VIB_LEFT_OUT=("access",), ALLOWED_HOSTS=["*"])
import django
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import path
from plugins.host.left_out import Banner, style

urlpatterns = [path("vib/left-out.css", style, name="vib-left-out")]
PAGE = "<html><body class='a'><p>hello</p></body></html>"
MADE = {
    "page": lambda: HttpResponse(PAGE, status=404, headers={"Content-Length": str(len(PAGE))}),
    "json": lambda: JsonResponse({"a": "<body>"}),
    "file": lambda: HttpResponse(PAGE, headers={"Content-Disposition": "attachment"}),
    "zipped": lambda: HttpResponse(PAGE, headers={"Content-Encoding": "gzip"}),
    "stream": lambda: StreamingHttpResponse([PAGE]),
}
said = {}
for name, make in MADE.items():
    for language in ("nl", "en"):
        found = Banner(lambda request: make())(RequestFactory().get("/", {"lang": language}))
        content = b"".join(found) if found.streaming else found.content
        said[f"{name} {language}"] = [content.decode(), found.get("Content-Length")]
said["css"] = style(RequestFactory().get("/")).content.decode()
print(json.dumps(said))
"""
PAGE = "<html><body class='a'><p>hello</p></body></html>"


@pytest.fixture(scope="module")
def said() -> Any:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("language", "notice"),
    [("nl", "Deze server draait zonder access: iedereen"), ("en", "This server runs without access: whoever")],
)
def test_every_page_has_it_also_one_that_says_no(said: Any, language: str, notice: str) -> None:
    page, length = said[f"page {language}"]
    assert notice in page
    assert page.index("<body class='a'>") < page.index(notice) < page.index("hello")
    assert '<link rel="stylesheet" href="/vib/left-out.css">' in page
    assert int(length) == len(page.encode())
    assert "#b3001b" in said["css"]


@pytest.mark.parametrize("name", ["file", "zipped", "stream"])
def test_what_is_no_page_stays_as_it_is(said: Any, name: str) -> None:
    assert said[f"{name} en"][0] == PAGE
    assert said["json en"][0] == '{"a": "<body>"}'
