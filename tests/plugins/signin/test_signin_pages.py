"""Every answer keeps to this server, and what this plugin builds upon in Label Studio is still there."""

from __future__ import annotations

import json
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from plugins.host.labelstudio import package_folder
from plugins.signin.inline import hashes_of_inline_scripts
from plugins.signin.settings import middleware
from tests.plugins.signin.conftest import Studio

KINDS = {
    "page": "/user/login/",
    "refusal": "/user/signup/",
    "redirect": "/",
    "not there": "/nothing/",
    "script": "/react-app/main.js",
    "programs": "/api/projects/",
    "picture": "/static/images/favicon.ico",
}


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_every_answer_has_a_policy_that_names_no_other_host(studio: Studio, path: str) -> None:
    headers = studio.visitor().ask("GET", path).headers
    policy = headers["Content-Security-Policy"]
    assert "Content-Security-Policy-Report-Only" not in headers
    for part in ("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "form-action 'self'"):
        assert part in policy
    plain = [word for word in policy.replace(";", " ").split() if not word.startswith("'")]
    assert [word for word in plain if "." in word or "*" in word or "//" in word] == []
    scripts = next(part for part in policy.split(";") if "script-src" in part)
    assert "unsafe-inline" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert int(headers["Strict-Transport-Security"].partition("=")[2]) >= 180 * 24 * 3600


def test_cookies_are_secure_behind_tls_and_not_sent_by_other_sites(studio: Studio) -> None:
    cookies: SimpleCookie = SimpleCookie()
    for line in studio.visitor().ask("GET", "/user/login/").headers.get_list("set-cookie"):
        cookies.load(line)
    assert set(cookies) == {"sessionid", "csrftoken"}
    for cookie in cookies.values():
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(("language", "says"), [("nl", "Inloggen"), ("en", "Log in")])
def test_the_sign_in_page_is_ours_in_both_languages(studio: Studio, language: str, says: str) -> None:
    page = studio.visitor(**{"Accept-Language": language}).ask("GET", "/user/login/").text
    assert f"<h1>{says}</h1>" in page, "Label Studio shows another template: see plugins/signin/overrides"
    assert "heidi" not in page.lower()
    assert "<script" not in page


@pytest.mark.parametrize("path", ["/docs/api/schema/redoc/", "/docs/api/schema/swagger-ui/"])
def test_pages_that_take_their_program_from_elsewhere_are_shut(studio: Studio, path: str) -> None:
    answer = studio.visitor().ask("GET", path)
    assert answer.status_code == 404
    assert "//cdn" not in answer.text


def test_the_server_fetches_no_tips(studio: Studio) -> None:
    assert studio.visitor().ask("GET", "/heidi-tips/").json() == {}


def test_examples_and_templates_name_no_other_host(studio: Studio) -> None:
    token = {"Authorization": f"Token {studio.account('administrator')['token']}"}
    offered = studio.visitor().ask("GET", "/api/templates/", headers=token).json()["templates"]
    assert len(offered) > 40
    assert "http" not in json.dumps([template["config"] for template in offered]).replace("http://www.w3.org", "")


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_middleware_that_an_upgrade_moves_stops_the_server_and_says_where_to_look(gone: int) -> None:
    needed = [
        "core.middleware.HumanSignalCspMiddleware",
        "core.middleware.XApiKeySupportMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ]
    with pytest.raises(RuntimeError, match=r"plugins/signin/settings\.py"):
        middleware([name for number, name in enumerate(needed) if number != gone])


def test_only_scripts_of_the_installed_templates_are_allowed(tmp_path: Path) -> None:
    templates = tmp_path / "app" / "templates"
    templates.mkdir(parents=True)
    (templates / "page.html").write_text(
        "<script>one()</script><a onclick='two()'><script>{{ three }}</script><script nonce='x'>four()</script>"
    )
    assert len(hashes_of_inline_scripts(tmp_path)) == 2
    assert hashes_of_inline_scripts(package_folder())
