"""Clips through nginx, as deployed: Label Studio says who may, nginx sends, nobody gets around it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest

from tests.conftest import ROOT, Server, free_port, running_up
from tests.serving import answer_of, serving

NAME = "F-0001/een dag & 100% «thuis»?.mp4"
CLIP = f"/vib/media/{quote(NAME)}"
CONTENT = bytes(number % 251 for number in range(300_000))

LOCATION = re.findall(r"^ +VIB_MEDIA_ACCEL: (\S+)$", (ROOT / "docker-compose.yml").read_text("utf-8"), re.M)[0]
"""What docker-compose.yml sets."""


@pytest.fixture(scope="module")
def studio(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run a server that leaves sending to an nginx, with one clip."""
    data = Path(shutil.copytree(template, tmp_path_factory.mktemp("behind-nginx") / "data"))
    clip = data / "media" / NAME
    clip.parent.mkdir(parents=True)
    clip.write_bytes(CONTENT)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("VIB_MEDIA_ACCEL", LOCATION)
        with running_up(data, "--no-demo") as running:
            yield running


@contextmanager
def nginx(studio: Server, folder: Path, *without: str) -> Iterator[Server]:
    """Run nginx with the files of the deployment in front of a server; only places and ports are others."""
    port = free_port()
    others = {
        r"(?<=\s)/tmp/": f"{folder}/",
        "/dev/stdout": f"{folder}/access.log",
        "/data/media/": f"{studio.data}/media/",
        "label-studio:8080": urlsplit(studio.url).netloc,
        "listen 8080": f"listen 127.0.0.1:{port}",
        **dict.fromkeys(without, ""),
    }
    for file in (ROOT / "deploy" / "nginx").glob("*.conf"):
        text = file.read_text(encoding="utf-8")
        for place, other in others.items():
            text = re.sub(place, other, text)
        (folder / file.name).write_text(text, encoding="utf-8")
    # Started by root, nginx would work as somebody who may not read the clips.
    directives = "daemon off; user root;" if os.getuid() == 0 else "daemon off;"
    command = ["nginx", "-e", "stderr", "-c", str(folder / "plain.conf"), "-g", directives]
    environment = {**os.environ, "PATH": os.environ.get("PATH", "") + ":/usr/sbin"}
    running = replace(studio, url=f"http://127.0.0.1:{port}")
    with serving(command, environment, folder / "nginx.log") as process:
        assert answer_of(f"{running.url}/nginx-health", process).status_code == 204
        yield running


@pytest.fixture(scope="module")
def site(studio: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run nginx as it is deployed."""
    with nginx(studio, tmp_path_factory.mktemp("nginx")) as running:
        yield running


HEADERS = (
    *("content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy"),
    *("permissions-policy", "cross-origin-resource-policy", "x-robots-tag"),
)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/user/login/", 200),
        ("/vib/", 302),
        ("/static/nothing.css", 404),
        ("/vib/left-out.css", 200),
        ("/nothing", 404),
        ("/api/projects/", 401),
        (CLIP, 200),
        ("/vib-media/F-0001/", 404),
    ],
)
def test_each_header_comes_once_whoever_answers(site: Server, path: str, status: int) -> None:
    token = {"Authorization": f"Token {site.account('service')['token']}"} if path == CLIP else {}
    answer = httpx.get(site.url + path, headers=token, timeout=60)
    assert answer.status_code == status
    assert {name: len(answer.headers.get_list(name)) for name in HEADERS} == dict.fromkeys(HEADERS, 1)


def test_a_page_keeps_its_own_policy_and_an_error_of_nginx_has_one_too(
    site: Server, studio: Server, tmp_path: Path
) -> None:
    own = httpx.get(f"{studio.url}/user/login/", timeout=60).headers["content-security-policy"]
    assert httpx.get(f"{site.url}/user/login/", timeout=60).headers["content-security-policy"] == own
    with nginx(replace(studio, url=f"http://127.0.0.1:{free_port()}"), tmp_path) as alone:
        answer = httpx.get(f"{alone.url}/user/login/", timeout=60)
    assert answer.status_code == 502
    assert {name: len(answer.headers.get_list(name)) for name in HEADERS} == dict.fromkeys(HEADERS, 1)
    assert answer.headers["content-security-policy"] != own


def test_the_server_says_yes_and_leaves_sending_to_nginx(studio: Server) -> None:
    answer = studio.api("GET", CLIP, headers={"Range": "bytes=0-9"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["x-accel-redirect"] == f"/vib-media/{quote(NAME)}"


def test_the_whole_clip_arrives_and_says_what_it_is(site: Server) -> None:
    answer = site.api("GET", CLIP)
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["content-disposition"] == "inline"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
    assert answer.headers.get_list("cross-origin-resource-policy") == ["same-origin"]
    assert "x-accel-redirect" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "status", "answered", "start", "stop"),
    [
        ("bytes=1000-70999", 206, "bytes 1000-70999/300000", 1000, 71000),
        ("bytes=-5", 206, "bytes 299995-299999/300000", 299995, 300000),
        ("bytes=0-1,5-6", 200, None, 0, 300000),
    ],
)
def test_a_range_arrives(site: Server, asked: str, status: int, answered: str | None, start: int, stop: int) -> None:
    answer = site.api("GET", CLIP, headers={"Range": asked})
    assert (answer.status_code, answer.content) == (status, CONTENT[start:stop])
    assert answer.headers.get("content-range") == answered
    assert answer.headers["cache-control"] == "private, no-cache"


def test_a_range_behind_the_end_is_refused(site: Server) -> None:
    answer = site.api("GET", CLIP, headers={"Range": "bytes=300000-"})
    assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */300000")


def test_head_tells_the_size(site: Server) -> None:
    answer = site.api("HEAD", CLIP)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == "300000"
    assert answer.headers["accept-ranges"] == "bytes"


def test_what_the_browser_has_is_not_sent_again_and_another_version_is_whole(site: Server) -> None:
    first = site.api("HEAD", CLIP)
    for condition in (
        {"If-None-Match": first.headers["etag"]},
        {"If-Modified-Since": first.headers["last-modified"]},
    ):
        answer = site.api("GET", CLIP, headers=condition)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["cache-control"] == "private, no-cache"
    same = site.api("GET", CLIP, headers={"Range": "bytes=0-9", "If-Range": first.headers["etag"]})
    assert same.status_code == 206
    other = site.api("GET", CLIP, headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert (other.status_code, other.content) == (200, CONTENT)


def test_who_is_not_logged_in_gets_nothing_not_even_that_it_did_not_change(site: Server) -> None:
    etag = site.api("HEAD", CLIP).headers["etag"]
    for headers in ({}, {"Range": "bytes=0-9"}, {"If-None-Match": etag}, {"Authorization": "Token wrong"}):
        answer = httpx.get(site.url + CLIP, headers=headers, timeout=60)
        assert answer.status_code == 401
        assert "etag" not in answer.headers


@pytest.mark.parametrize(
    "target",
    [
        "/vib/media/F-0001/nothing.mp4",
        "/vib/media/F-0001%2Fnothing.mp4",
        CLIP.replace("F-0001/", "F-0001%2F"),
        CLIP.replace("F-0001/", "F-0001//"),
        CLIP.replace("F-0001/", "F-0002/../F-0001/"),
        "/vib/media/../logins.json",
        "/vib/media/..%2Flogins.json",
        "/vib/media/%2e%2e/logins.json",
        CLIP.replace("/vib/media/", "/vib-media/"),
        CLIP.replace("/vib/media/", "/vib//../vib-media/"),
        CLIP.replace("/vib/media/", "//vib-media/"),
        CLIP.replace("/vib/media/", "/%76ib-media/"),
        "/vib-media/../logins.json",
        "/vib-media/",
    ],
)
def test_no_other_address_leads_to_a_clip_or_out_of_the_folder(site: Server, target: str) -> None:
    connection = HTTPConnection(urlsplit(site.url).netloc, timeout=60)
    headers = {"Authorization": f"Token {site.account('service')['token']}", "Connection": "close"}
    connection.request("GET", target, headers=headers)
    answer = connection.getresponse()
    said = answer.read()
    assert answer.status == 404
    assert b"password" not in said
    assert CONTENT[:100] not in said


def test_links_are_refused_by_the_server_and_by_nginx_itself(site: Server, studio: Server, tmp_path: Path) -> None:
    (tmp_path / "outside.mp4").write_bytes(b"secret")
    folder = studio.data / "media" / "F-0001"
    links = [folder / "out.mp4", folder / "in.mp4"]
    links[0].symlink_to(tmp_path / "outside.mp4")
    links[1].symlink_to(studio.data / "media" / NAME)
    try:
        assert [site.api("GET", f"/vib/media/F-0001/{link.name}").status_code for link in links] == [404, 404]
        # Opened to the outside, so that nginx alone decides.
        with nginx(studio, tmp_path, "internal;") as open_to_all:
            asked = [httpx.get(f"{open_to_all.url}/vib-media/F-0001/{link.name}", timeout=60) for link in links]
            assert [answer.status_code for answer in asked] == [403, 403]
            assert httpx.get(f"{open_to_all.url}/vib-media/{quote(NAME)}", timeout=60).status_code == 200
    finally:
        for link in links:
            link.unlink()
