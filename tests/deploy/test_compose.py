"""The files for a server for many: they parse, fit together, and expose nothing they should not."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml

from deploy import healthy
from tests.listening import listening
from vib.library import only_one

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
DEPLOY = ROOT / "deploy"
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
MANUAL = (ROOT / "docs" / "how-to" / "deploy.md").read_text(encoding="utf-8")
EXAMPLE = (DEPLOY / ".env.example").read_text(encoding="utf-8")
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
SITE = (DEPLOY / "nginx" / "site.conf").read_text(encoding="utf-8")

SECRETS = {"SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "VIB_ML_SECRET", "VIB_ML_LABEL_STUDIO_TOKEN"}
OURS = {"nginx", "prepare", "label-studio", "worker", "intake", "vib", "backend", "cutter"}

PROJECT: dict[str, Any] = yaml.safe_load(COMPOSE)
SERVICES: dict[str, dict[str, Any]] = PROJECT["services"]
VARIABLES = re.findall(r"(?<!\$)\$\{(\w+)([^}]*)\}", COMPOSE)


@pytest.fixture(params=sorted(SERVICES))
def service(request: pytest.FixtureRequest) -> dict[str, Any]:
    return SERVICES[request.param]


class TestTheComposeFile:
    def test_fits_the_schema_of_the_compose_specification(self) -> None:
        schema = json.loads((HERE / "compose-spec.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schema).validate(PROJECT)

    def test_has_the_services_that_a_server_needs(self) -> None:
        assert set(SERVICES) == {*OURS, "db", "redis", "clips"}

    def test_publishes_ports_of_nginx_only(self) -> None:
        assert [name for name, it in SERVICES.items() if "ports" in it] == ["nginx"]
        assert not [name for name, it in SERVICES.items() if it.get("network_mode")]

    def test_lets_nobody_but_nginx_out_of_the_internal_networks(self) -> None:
        outside = {name for name, it in PROJECT["networks"].items() if not (it or {}).get("internal")}
        assert outside == {"edge"}
        assert [name for name, it in SERVICES.items() if outside & set(it["networks"])] == ["nginx"]

    def test_puts_nginx_in_no_network_with_backend_database_or_queue(self) -> None:
        reached = [name for name, it in SERVICES.items() if set(it["networks"]) & set(SERVICES["nginx"]["networks"])]
        assert set(reached) == {"nginx", "label-studio"}

    def test_takes_every_right_from_every_service_that_it_can_do_without(self, service: dict[str, Any]) -> None:
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["read_only"] is True
        assert not {"privileged", "cap_add", "pid", "ipc", "devices"} & set(service)
        assert "docker.sock" not in json.dumps(service)

    def test_runs_nothing_as_root(self, service: dict[str, Any]) -> None:
        assert "build" in service or not service["user"].startswith(("0", "root"))
        assert "\nUSER vib\n" in DOCKERFILE

    def test_watches_every_service_that_goes_on(self, service: dict[str, Any]) -> None:
        if service["restart"] == "no":
            assert service["depends_on"]
        else:
            assert service["restart"] == "unless-stopped"
            assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")

    def test_depends_only_on_services_that_can_become_what_is_waited_for(self, service: dict[str, Any]) -> None:
        for name, wanted in service.get("depends_on", {}).items():
            if wanted["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[name]
            else:
                assert wanted["condition"] == "service_completed_successfully"
                assert SERVICES[name]["restart"] == "no"

    def test_declares_every_network_and_volume_it_uses(self, service: dict[str, Any]) -> None:
        assert set(service["networks"]) <= set(PROJECT["networks"])
        for volume in service.get("volumes", []):
            source = volume["source"] if isinstance(volume, dict) else volume.split(":")[0]
            assert source in PROJECT["volumes"] or source.startswith((".", "${VIB_"))

    @pytest.mark.parametrize("name", ["backend", "cutter"])
    def test_gives_the_backend_clips_to_read_but_no_accounts_and_no_database(self, name: str) -> None:
        backend = SERVICES[name]
        assert "media:/data/media:ro" in backend["volumes"]
        assert not any(str(volume).startswith("studio:") for volume in backend["volumes"])
        assert not {"POSTGRE_PASSWORD", "SECRET_KEY", "REDIS_PASSWORD"} & set(backend["environment"])
        assert "data" not in backend["networks"]

    def test_gives_the_backend_a_queue_that_nobody_else_reaches(self) -> None:
        with_it = {name for name, it in SERVICES.items() if "clips" in it["networks"]}
        assert with_it == {"backend", "cutter", "clips"}
        assert set(SERVICES["clips"]["networks"]) == {"clips"}
        address = SERVICES["cutter"]["environment"]["VIB_ML_REDIS_URL"]
        assert address == SERVICES["backend"]["environment"]["VIB_ML_REDIS_URL"]
        password = SERVICES["clips"]["environment"]["REDIS_PASSWORD"]
        assert address == f"redis://:{password}@clips:6379/0"

    def test_migrates_without_the_queue_so_that_all_is_done_when_the_servers_start(self) -> None:
        assert "REDIS_HOST" not in SERVICES["prepare"]["environment"]
        for name in ("label-studio", "worker"):
            assert SERVICES[name]["environment"]["REDIS_HOST"] == "redis"
            assert SERVICES[name]["depends_on"]["prepare"]["condition"] == "service_completed_successfully"

    def test_has_a_worker_for_every_queue(self) -> None:
        text = (DEPLOY / "settings.py").read_text(encoding="utf-8")
        queues = re.findall(r'"(\w+)"', text.split("for name in")[1])
        assert queues == SERVICES["worker"]["command"][-len(queues) :]
        assert len(queues) == 4

    def test_sends_compose_no_dollar_that_it_would_read_itself(self) -> None:
        assert not re.findall(r"(?<!\$)\$(?![${])", COMPOSE)


class TestSettings:
    def test_are_the_same_in_compose_file_example_and_manual(self) -> None:
        used = {name for name, _ in VARIABLES}
        assert used == set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.M))
        table = MANUAL.split("| setting | what it is |")[1].split("\n\n")[0]
        assert used == set(re.findall(r"`([A-Z_]{6,})`", "".join(re.findall(r"^ *\|([^|]*)\|", table, re.M))))

    def test_that_are_secret_have_no_default_anywhere(self) -> None:
        for name, rest in VARIABLES:
            if name in SECRETS:
                assert rest == "" or rest.startswith((":?", "?")), name
        assert {name for name in SECRETS if f"\n{name}=\n" in EXAMPLE} == SECRETS

    def test_that_must_be_set_are_explained_where_they_are_missed(self) -> None:
        needed = {name for name, rest in VARIABLES if rest.startswith(":?") and len(rest) > 20}
        assert needed == {*SECRETS - {"VIB_ML_LABEL_STUDIO_TOKEN"}, "VIB_HOSTNAME"}

    def test_with_a_password_in_the_environment_come_from_a_variable(self, service: dict[str, Any]) -> None:
        for name, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|TOKEN", name):
                assert re.fullmatch(r"\$\{\w+[^}]*\}", value), name

    def test_file_and_certificates_are_kept_out_of_git(self) -> None:
        for name in (".env", "deploy/.env", "deploy/certs/tls.key"):
            found = subprocess.run(["git", "check-ignore", "--quiet", name], cwd=ROOT, check=False)
            assert found.returncode == 0, f"{name} is not in .gitignore"


class TestImages:
    def test_copy_only_what_is_there(self) -> None:
        copied = _copied()
        assert copied
        assert [source for source in copied if not (ROOT / source).exists()] == []

    def test_copy_every_file_without_which_the_package_cannot_be_installed(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert {"pyproject.toml", project["readme"], *project["license-files"]} <= set(_copied())

    def test_get_everything_they_copy_and_nothing_else(self) -> None:
        assert [source for source in _copied() if _ignored(source)] == []

    @pytest.mark.parametrize(
        "path",
        [
            "data/logins.json",
            ".env",
            "deploy/.env",
            "deploy/certs/tls.key",
            ".venv/bin/python",
            ".git/config",
            "demo/families/F-0001/family.yaml",
            "vib.yaml",
            "db.dump",
            "families/F-1/a.mp4",
            "plugins/a/__pycache__/x.pyc",
            "plugins/data.sqlite3",
        ],
    )
    def test_never_get_recordings_accounts_secrets_or_history(self, path: str) -> None:
        assert _ignored(path)

    def test_install_from_the_lock_file_with_hashes(self) -> None:
        assert "pip install --require-hashes -r requirements.lock" in DOCKERFILE
        assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)[:2] == ["python:3.11-slim-bookworm"] * 2

    def test_have_every_program_that_a_service_starts(self) -> None:
        lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
        for name, it in SERVICES.items():
            if "build" not in it:
                continue
            entry = it.get("entrypoint", ["/entrypoint.sh"])
            assert entry[0] == "/entrypoint.sh"
            program = [*entry[1:], *it["command"]][0]
            if program == "vib":
                assert re.search(r'^vib = "', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
            elif program != "python":
                assert re.search(rf"^{program}==", lock, re.M), name
            elif it["command"][2] != "django":
                assert (ROOT / it["command"][2].replace(".", "/")).with_suffix(".py").exists()

    def test_have_the_targets_that_the_services_are_built_from(self) -> None:
        targets = set(re.findall(r"^FROM \S+ AS (\w+)", DOCKERFILE, re.M))
        assert {it["build"]["target"] for it in SERVICES.values() if "build" in it} <= targets

    def test_hold_no_secret(self) -> None:
        assert not [name for name in SECRETS if name in DOCKERFILE]


@pytest.fixture
def nginx_files(tmp_path: Path) -> Path:
    """Return nginx's files with a certificate made for the test."""
    certificates = tmp_path / "certs"
    certificates.mkdir()
    names = ["-keyout", str(certificates / "tls.key"), "-out", str(certificates / "tls.crt")]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=t", *names],
        check=True,
        capture_output=True,
    )
    for file in (DEPLOY / "nginx").glob("*.conf"):
        text = file.read_text(encoding="utf-8")
        for place, other in (("/tmp/", f"{tmp_path}/"), ("/certs/", f"{certificates}/")):  # noqa: S108
            text = re.sub(rf"(?<=\s){place}", other, text)
        (tmp_path / file.name).write_text(text.replace("/dev/stdout", f"{tmp_path}/access.log"), encoding="utf-8")
    return tmp_path


_PATH = os.environ.get("PATH", "") + ":/usr/sbin"


class TestNginx:
    @pytest.mark.parametrize("mode", ["tls", "plain"])
    def test_takes_its_configuration(self, nginx_files: Path, mode: str) -> None:
        command = ["nginx", "-t", "-e", "stderr", "-c", str(nginx_files / f"{mode}.conf")]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PATH": _PATH})
        assert done.returncode == 0, done.stderr
        assert "test is successful" in done.stderr

    def test_passes_on_to_label_studio_only(self) -> None:
        texts = "".join(file.read_text(encoding="utf-8") for file in (DEPLOY / "nginx").glob("*.conf"))
        assert set(re.findall(r"proxy_pass\s+(\S+);", texts)) == {"$studio"}
        assert re.findall(r"set \$studio\s+(\S+);", texts) == ["http://label-studio:8080"]

    def test_redirects_http_when_there_is_a_certificate(self) -> None:
        tls = (DEPLOY / "nginx" / "tls.conf").read_text(encoding="utf-8")
        assert "return 308 https://$host$request_uri;" in tls
        assert tls.count("include site.conf;") == 1

    def test_sets_what_label_studio_trusts_itself(self) -> None:
        assert re.search(r"proxy_set_header X-Forwarded-Proto \$forwarded_proto;", SITE)
        assert re.search(r"proxy_set_header X-Forwarded-For\s+\$remote_addr;", SITE)

    def test_leaves_nothing_that_passes_through_on_a_disk(self) -> None:
        http = (DEPLOY / "nginx" / "http.conf").read_text(encoding="utf-8")
        assert "proxy_request_buffering on;" in http
        places = re.findall(r"^(\w+_temp_path)\s+(\S+);$", http, re.M)
        assert len(places) == 5
        assert all(place.startswith("/tmp/") for _, place in places)  # noqa: S108 - of the container, in memory
        (nginx,) = re.findall(r"^  nginx:\n(.*?)^  \w", COMPOSE, re.M | re.S)
        assert 'tmpfs: ["/tmp:size=512m"]' in nginx

    def test_writes_no_query_into_its_log(self) -> None:
        http = (DEPLOY / "nginx" / "http.conf").read_text(encoding="utf-8")
        line = re.search(r"log_format vib '([^']*)'", http)
        assert line is not None
        assert not re.search(r"\$(request_uri|request|args|http_\w+|query_string)\b", line[1])

    def test_adds_headers_in_one_place_since_a_second_would_undo_the_first(self) -> None:
        for block in re.findall(r"location [^{]*\{([^}]*)\}", SITE):
            assert "add_header" not in block


class TestStartScripts:
    @pytest.mark.parametrize("name", ["entrypoint.sh", "nginx/start.sh"])
    def test_are_sound(self, name: str) -> None:
        subprocess.run(["sh", "-n", str(DEPLOY / name)], check=True)
        assert "set -eu" in (DEPLOY / name).read_text(encoding="utf-8")

    def test_entrypoint_runs_the_command_with_private_files(self, tmp_path: Path) -> None:
        made = tmp_path / "made"
        subprocess.run(["sh", str(DEPLOY / "entrypoint.sh"), "touch", str(made)], check=True)
        assert made.stat().st_mode & 0o777 == 0o600

    @pytest.mark.parametrize(("files", "mode"), [([], "plain"), (["tls.crt", "tls.key"], "tls"), (["tls.key"], "tls")])
    def test_nginx_goes_without_tls_only_when_no_certificate_is_there(
        self, tmp_path: Path, files: list[str], mode: str
    ) -> None:
        for name in files:
            (tmp_path / name).touch(mode=0o000)
        (tmp_path / "nginx").write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
        (tmp_path / "nginx").chmod(0o755)
        text = (DEPLOY / "nginx" / "start.sh").read_text(encoding="utf-8").replace("/certs/", f"{tmp_path}/")
        done = subprocess.run(
            ["sh", "-c", text],
            env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert f"/etc/vib/{mode}.conf" in done.stdout


@pytest.fixture
def server() -> Iterator[str]:
    """Yield the address of a server that answers /health with 200, /STATUS with that status, and /other with 500."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(500 if self.path == "/other" else 200)
            self.end_headers()
            if self.path in ("/UP", "/DEGRADED"):
                self.wfile.write(json.dumps({"status": self.path[1:]}).encode())

        def log_message(self, format: str, *args: object) -> None:
            return None

    with listening(Handler) as address:
        yield address


class TestHealth:
    def test_is_good_when_the_address_answers(self, server: str) -> None:
        assert healthy.main([f"{server}/health"]) == 0

    def test_is_bad_when_it_answers_with_an_error(self, server: str) -> None:
        assert healthy.main([f"{server}/other"]) == 1

    def test_is_that_which_the_address_says_itself(self, server: str) -> None:
        assert [healthy.main([f"{server}/{status}"]) for status in ("UP", "DEGRADED")] == [0, 1]

    def test_is_bad_when_nobody_listens(self) -> None:
        assert healthy.main(["http://127.0.0.1:9/health"]) == 1

    def test_of_the_cutter_is_bad_without_a_queue(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("VIB_ML_REDIS_URL", "redis://:x@127.0.0.1:9/0")
        assert healthy.main(["cutter"]) == 1

    def test_of_the_intake_is_that_a_worker_holds_its_lock(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("VIB_DATA", str(tmp_path))
        assert healthy.main(["intake"]) == 1
        with only_one(tmp_path, "intake"):
            assert healthy.main(["intake"]) == 0

    def test_of_the_worker_is_bad_without_a_queue(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REDIS_HOST", "127.0.0.1")
        monkeypatch.setenv("REDIS_PORT", "9")
        monkeypatch.setenv("REDIS_PASSWORD", "x")
        assert healthy.main(["worker"]) == 1

    def test_asks_for_one_argument(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert healthy.main([]) == 2
        assert "URL" in capsys.readouterr().err


def _copied() -> list[str]:
    """Return what the Dockerfile copies from the build context."""
    lines = [line for line in re.findall(r"^COPY (.*)$", DOCKERFILE, re.M) if "--from=" not in line]
    return [name for line in lines for name in [w for w in line.split() if not w.startswith("--")][:-1]]


def _ignored(path: str) -> bool:
    """Tell whether .dockerignore keeps a path out: the last line that fits it or a folder above it counts."""
    parts = path.split("/")
    above = ["/".join(parts[: n + 1]) for n in range(len(parts))]
    out = False
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        pattern = line.strip().removeprefix("!")
        if not pattern or pattern.startswith("#"):
            continue
        if pattern == "*":
            fits = True
        elif pattern.startswith("**/"):
            fits = any(fnmatch.fnmatch(part, pattern[3:]) for part in parts)
        else:
            fits = pattern in above
        if fits:
            out = not line.startswith("!")
    return out
