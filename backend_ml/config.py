"""Settings of the ML backend, from the environment (prefix ``VIB_ML_``)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import SettingsConfigDict

from backend_ml.turns.limits import Limits
from vib.language import language_of
from vib.problem import InputProblem
from vib.settings import check_secret, read_settings
from vib.validation import WrongValue, field_name, first_problem

PREFIX = "VIB_ML_"


class Config(Limits):
    """What an installation may choose; the bounds on one file are those of `Limits`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", hide_input_in_errors=True)

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
    queue: Path = Field(
        default_factory=lambda: read_settings().data / "queue.sqlite3",
        description="File with the queue of clips, when there is no Redis. Default: `queue.sqlite3` in `VIB_DATA`.",
    )
    redis_url: SecretStr | None = Field(
        default=None, description="Address of a Redis (`redis://:password@host:port/1`) that has the queue instead."
    )
    workers: int = Field(default=1, gt=0, description="How many clips are cut at a time, each in a process of its own.")
    attempts: int = Field(default=4, gt=0, description="How often work on a clip is tried before it is given up.")
    push_attempts: int = Field(
        default=20, gt=0, description="How often turns are offered to Label Studio before that is given up."
    )
    retry_seconds: float = Field(
        default=15.0, ge=0, description="Wait after a first failed attempt, in seconds; three times as long after each."
    )
    lease_seconds: float = Field(
        default=60.0, ge=5, description="After how many seconds without a sign of life a worker counts as lost."
    )
    job_seconds: float = Field(
        default=1800.0, gt=0, description="Longest time for one clip, fetching and all, in seconds; then it is stopped."
    )
    job_bytes: int = Field(
        default=1536 * 1024**2,
        gt=0,
        description="Most memory that work on one clip may take, ffmpeg and all, in bytes.",
    )

    @property
    def pushes(self) -> bool:
        """Whether turns are sent to Label Studio when they are ready."""
        return self.label_studio_url is not None and self.secret is not None

    @field_validator("secret", "label_studio_token", "label_studio_url", "redis_url", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("secret")
    @classmethod
    def _fits_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            check_secret(value.get_secret_value())
        return value

    @field_validator("label_studio_url")
    @classmethod
    def _is_origin(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            raise WrongValue(
                nl="moet http(s)://host[:poort] zijn, zonder gebruikersnaam",
                en="must be http(s)://host[:port], without a user name",
            )
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise WrongValue(
                nl="moet http(s)://host[:poort] zijn, zonder pad", en="must be http(s)://host[:port], without a path"
            )
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("media_root", "cache", "queue")
    @classmethod
    def _is_absolute(cls, value: Path) -> Path:
        return value.absolute()


def read_config() -> Config:
    """Read the settings of the ML backend.

    Raises
    ------
    InputProblem
        A setting has a wrong value; it says which.
    """
    try:
        return Config()
    except ValidationError as error:
        name = f"{PREFIX}{field_name(error.errors()[0]['loc'][:1]).upper()}"
        found = first_problem(error, "").reason
        raise InputProblem(
            name,
            nl=f"{found.nl}; verbeter deze instelling, of laat haar weg",
            en=f"{found.en}; mend this setting, or leave it out",
        ) from error


@contextmanager
def ending_with(code: int = 2) -> Iterator[None]:
    """Say on a line what is wrong with what a program starts with, such as a setting, and end with an exit code."""
    try:
        yield
    except InputProblem as problem:
        print(problem.message(language_of(os.environ)), file=sys.stderr)
        sys.exit(code)
