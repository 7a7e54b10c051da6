"""Label Studio with our plugins in it, started in each way that there is."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import httpx
import pytest

from tests.conftest import Server, free_port
from tests.serving import answer_of, serving


@pytest.mark.parametrize("way", ["label-studio start", pytest.param("gunicorn", marks=pytest.mark.nightly)])
def test_label_studio_serves_our_pages_and_its_own(way: str, prepared: Path) -> None:
    port = free_port()
    folder = Path(sys.executable).parent
    command = {
        "label-studio start": [folder / "label-studio", "start", "--no-browser", "--port", str(port)],
        "gunicorn": [folder / "gunicorn", "--bind", f"127.0.0.1:{port}", "plugins.wsgi:application"],
    }[way]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "plugins.settings",
        "VIB_DATA": str(prepared),
        "HOME": str(prepared / "home"),
    }
    address = f"http://127.0.0.1:{port}"
    with serving(command, environment, prepared / "server.log") as process:
        assert answer_of(f"{address}/health", process).json() == {"status": "UP"}
        token = json.loads((prepared / "logins.json").read_text())["accounts"][0]["token"]
        headers = {"Authorization": f"Token {token}"}
        assert httpx.get(f"{address}/api/projects/", headers=headers, timeout=60).status_code == 200
        assert httpx.get(f"{address}/vib/media/nothing.mp4", headers=headers, timeout=60).status_code == 404
        anonymous = httpx.get(f"{address}/vib/", timeout=60)
        assert anonymous.status_code == 302
        assert "/user/login/" in anonymous.headers["location"]


def test_the_backend_is_connected_to_each_project_of_the_demo(server: Server) -> None:
    for title in ("F-0001", "F-0002", "Oefenset 1"):
        [backend] = server.api("GET", f"/api/ml?project={server.projects()[title]}").json()
        assert backend["url"] == server.ml_url
        assert backend["state"] == "CO"


def test_the_stored_turns_are_shown_whatever_the_backend_does(server: Server) -> None:
    for title in ("F-0001", "F-0002", "Oefenset 1"):
        number = server.projects()[title]
        versions = {prediction["model_version"] for task in server.tasks(number) for prediction in task["predictions"]}
        assert {server.api("GET", f"/api/projects/{number}").json()["model_version"]} == versions
