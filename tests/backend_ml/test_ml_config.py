from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from backend_ml.config import Config, ending_with, read_config
from tests.waiting import PATIENCE
from vib.problem import InputProblem


@pytest.mark.parametrize(
    "url",
    ["studio:8080", "ftp://studio", "http://", "http://me@studio", "http://studio/sub", "http://s/?a=b"],
)
def test_an_address_that_is_no_origin_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        Config(label_studio_url=url)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("VIB_ML_WORKERS", "many", "is not a whole number"),
        ("VIB_ML_LEASE_SECONDS", "1", "must be at least 5"),
        ("VIB_ML_LABEL_STUDIO_URL", "ftp://studio", "must be http"),
        ("VIB_ML_SECRET", "gehéim", "may have only"),
        ("VIB_PORT", "nowhere", "is not a whole number"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wrong(
    name: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InputProblem, match=says) as refused:
        read_config()
    assert name.removeprefix("VIB_").lower() in refused.value.message("en").lower()
    assert value not in refused.value.message("en")


def test_a_program_with_a_wrong_setting_says_so_on_a_line_and_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIB_ML_WORKERS", "many")
    monkeypatch.setenv("VIB_LANGUAGE", "nl")
    with pytest.raises(SystemExit) as ended, ending_with():
        read_config()
    assert ended.value.code == 2
    said = "VIB_ML_WORKERS: is geen geheel getal; verbeter deze instelling, of laat haar weg\n"
    assert capsys.readouterr().err == said


SERVER = ["gunicorn", "--bind", "127.0.0.1:0", "backend_ml.wsgi:app"]


@pytest.mark.parametrize(
    ("program", "code", "setting", "said"),
    [
        (
            ["backend_ml.jobs.worker"],
            2,
            {"VIB_ML_WORKERS": "many"},
            "VIB_ML_WORKERS: is not a whole number; mend this setting, or leave it out",
        ),
        (SERVER, 3, {"VIB_WEB_THREADS": "many"}, "VIB_* / vib.yaml: web_threads: is not a whole number"),
        (
            SERVER,
            3,
            {"VIB_SEGMENTER": "none"},
            "VIB_SEGMENTER: no plugin offers the segmenter 'none'; there are: turns",
        ),
    ],
)
def test_a_server_with_a_wrong_setting_ends_without_a_traceback(
    program: list[str], code: int, setting: dict[str, str], said: str, tmp_path: Path
) -> None:
    run = subprocess.run(
        [sys.executable, "-m", *program],
        env={**os.environ, "VIB_DATA": str(tmp_path), **setting, "VIB_LANGUAGE": "en"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == code
    assert said in run.stderr.splitlines()
    assert "Traceback" not in run.stderr


def test_an_empty_setting_is_a_setting_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET", "LABEL_STUDIO_URL", "LABEL_STUDIO_TOKEN", "REDIS_URL"):
        monkeypatch.setenv(f"VIB_ML_{name}", "")
    config = Config()
    assert (config.secret, config.label_studio_url, config.label_studio_token) == (None, None, None)
    assert config.redis_url is None


def test_turns_are_pushed_only_with_an_address_and_a_secret() -> None:
    address, secret = {"label_studio_url": "http://studio:8080"}, {"secret": "s3cret"}
    assert [Config(**given).pushes for given in ({}, address, secret, {**address, **secret})] == [  # type: ignore[arg-type]
        False,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("secret", ["gehéim", "two\nlines", "tab\t", "nul\0", " before", "after "])
def test_a_secret_that_fits_in_no_header_is_refused_and_not_shown(secret: str) -> None:
    with pytest.raises(InputProblem, match="VIB_ML_SECRET") as refused:
        Config(secret=secret)
    assert secret not in refused.value.message("nl") + refused.value.message("en")


def test_folders_follow_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VIB_DATA", str(tmp_path))
    monkeypatch.setenv("VIB_SEGMENTER", "other")
    config = Config()
    assert (config.media_root, config.cache, config.queue, config.segmenter) == (
        tmp_path / "media",
        tmp_path / "turns",
        tmp_path / "queue.sqlite3",
        "other",
    )


def test_secrets_are_not_printed() -> None:
    config = Config(secret="s3cret", label_studio_token="t0ken", redis_url="redis://:pa55@redis/1")  # noqa: S106
    assert "s3cret" not in repr(config)
    assert "t0ken" not in repr(config)
    assert "pa55" not in repr(config)
