from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from backend_ml.config import Config
from vib.problem import InputProblem


@pytest.mark.parametrize(
    "url",
    ["studio:8080", "ftp://studio", "http://", "http://me@studio", "http://studio/sub", "http://s/?a=b"],
)
def test_an_address_that_is_no_origin_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        Config(label_studio_url=url)


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
