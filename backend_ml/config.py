"""Settings of the ML backend, from the environment (prefix ``VIB_ML_``)."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import SettingsConfigDict

from backend_ml.turns.limits import Limits
from vib.settings import read_settings


class Config(Limits):
    """What an installation may choose; the bounds on one file are those of `Limits`."""

    model_config = SettingsConfigDict(env_prefix="VIB_ML_", frozen=True, extra="ignore")

    media_root: Path = Field(
        default_factory=lambda: read_settings().media_root,
        description="Folder with the clips; nothing outside it is read. Default: `media` in `VIB_DATA`.",
    )
    cache: Path = Field(
        default_factory=lambda: read_settings().data / "turns",
        description="Folder for finished turns; may be emptied at any time. Default: `turns` in `VIB_DATA`.",
    )
    segmenter: str = Field(
        default_factory=lambda: read_settings().segmenter,
        description="Name of the segmenter that cuts clips into turns. Default: `VIB_SEGMENTER`.",
    )
    secret: SecretStr | None = Field(
        default=None,
        description="Password for user `vib` (HTTP basic); without it anyone who reaches the port may ask.",
    )
    label_studio_url: str | None = Field(
        default=None,
        description="Address of the paired Label Studio, the only host that files are fetched from.",
    )
    label_studio_token: SecretStr | None = Field(
        default=None, description="Legacy API token, sent to that Label Studio only."
    )
    max_fetch_bytes: int = Field(
        default=4 * 1024**3, gt=0, description="Largest file that is fetched from Label Studio, in bytes."
    )
    fetch_seconds: float = Field(default=600.0, gt=0, description="Longest time to fetch one file, in seconds.")
    max_request_bytes: int = Field(default=16 * 1024**2, gt=0, description="Largest request body, in bytes.")
    max_tasks: int = Field(default=500, gt=0, description="Most tasks in one request.")
    slots: int = Field(default=2, gt=0, description="How many clips one process works on at a time.")

    @field_validator("secret", "label_studio_token", "label_studio_url", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("label_studio_url")
    @classmethod
    def _is_origin(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            raise ValueError("must be http(s)://host[:port], without a user name")
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError("must be http(s)://host[:port], without a path")
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("media_root", "cache")
    @classmethod
    def _is_absolute(cls, value: Path) -> Path:
        return value.absolute()
