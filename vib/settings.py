"""One typed settings object, from the environment (``VIB_...``) and ``vib.yaml``."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from vib.problem import InputProblem
from vib.validation import WrongValue, first_problem, written_as
from vib.yaml_file import read_plain_yaml

ROOT = Path(__file__).parent.parent
"""Where the packages lie: the repository's folder, or the ``site-packages`` of a package that was installed."""

HOME_VARIABLE = "VIB_HOME"
"""The variable of the environment that names the folder of an installation."""


def home_of(root: Path, environment: Mapping[str, str]) -> Path:
    """Return the folder of an installation, with its settings and, where nothing else is said, all that it keeps.

    That is the repository's folder. Where a package was installed nothing is written beside its code, which
    may be read-only and is shared by all that use it: then it is a folder of the user's own.

    Parameters
    ----------
    root : Path
        Where the packages lie.
    environment : Mapping
        Variables of the environment.
    """
    chosen = environment.get(HOME_VARIABLE)
    if chosen:
        return Path(chosen).absolute()
    if (root / "pyproject.toml").is_file():
        return root
    own = environment.get("XDG_DATA_HOME")
    return (Path(own) if own else Path.home() / ".local" / "share") / "vib-studio"


HOME = home_of(ROOT, os.environ)
"""The folder of this installation."""

VIB_YAML = HOME / "vib.yaml"
"""The file of settings."""

MOST_PORT = 65535

LAST_STARTED = HOME / (".venv/last-started" if HOME == ROOT else "last-started")
"""File that names the data folder of the server that was last started from this folder."""

InternalLocation = Annotated[
    str,
    written_as(
        r"(/[A-Za-z0-9_-]+)+/",
        nl="is geen pad van nginx zoals /vib-media/",
        en="is not a path of nginx such as /vib-media/",
    ),
]


def _with_a_port_that_can_be(address: str) -> str:
    port = re.search(r":([0-9]+)/?$", address)
    if port and not 1 <= int(port[1]) <= MOST_PORT:
        raise WrongValue(
            nl=f"heeft een poort die geen 1 tot {MOST_PORT} is", en=f"has a port that is not 1 to {MOST_PORT}"
        )
    return address


MailServer = Annotated[
    str,
    written_as(
        r"smtps?://([^/@\s]+@)?[A-Za-z0-9.\-]+(:[0-9]{1,5})?/?",
        nl="is geen mailserver zoals smtp://naam:wachtwoord@mail.example:587",
        en="is not a mail server such as smtp://name:password@mail.example:587",
    ),
    AfterValidator(_with_a_port_that_can_be),
]


def _default_data() -> Path:
    try:
        started = LAST_STARTED.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        started = ""
    return Path(started) if started and Path(started).is_dir() else HOME / "data"


class _VibYaml(InitSettingsSource):
    """What ``vib.yaml`` says, read as all YAML of others is."""

    def __init__(self, settings: type[BaseSettings]) -> None:
        content = read_plain_yaml(VIB_YAML) if VIB_YAML.exists() else None
        if not isinstance(content, dict | None):
            raise InputProblem(str(VIB_YAML), nl="bevat geen instellingen", en="holds no settings")
        super().__init__(settings, content or {})


class Settings(BaseSettings):
    """What an installation may choose. The environment wins over ``vib.yaml``."""

    model_config = SettingsConfigDict(env_prefix="VIB_", extra="forbid", frozen=True)

    data: Path = Field(
        default_factory=_default_data,
        description="Folder with the database, the normalised clips and logins.json;"
        " else that of the server last started here, else data/.",
    )
    families: Path = Field(
        default_factory=lambda read: read["data"] / "families",
        description="Folder with the families that are made in the browser; else families/ in the data folder.",
    )
    host: str = Field("127.0.0.1", description="Address on which the annotation server listens.")
    port: int = Field(8080, ge=1, le=MOST_PORT, description="Port of the annotation server.")
    ml_port: int = Field(9090, ge=1, le=MOST_PORT, description="Port of the ML backend.")
    web_processes: int = Field(1, ge=1, le=64, description="Processes of the annotation server.")
    web_threads: int = Field(8, ge=1, le=64, description="Requests that each of these processes answers at a time.")
    url: str | None = Field(
        None, description="Address of the annotation server for commands; else that of logins.json."
    )
    token: str | None = Field(
        None, description="API token for commands; else that of the machine's own account in logins.json.", repr=False
    )
    ml_url: str | None = Field(
        None,
        description="Address of the ML backend for commands; else that of the server that uses the data.",
    )
    ml_secret: str | None = Field(
        None, description="Shared secret of the ML backend, when it asks for one.", repr=False
    )
    plugins: Annotated[tuple[str, ...] | None, NoDecode] = Field(
        None, description="Names of the plugins to load, separated by commas; all when not set."
    )
    without: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Names of plugins not to load, separated by commas; also those that protect the server."
    )
    methods_off: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Names of methods that are not used here, separated by commas; codes of before stay readable."
    )
    intake_largest: int = Field(16, ge=1, description="Largest recording that may be sent by browser, in GB.")
    intake_family: int = Field(
        100, ge=1, description="What the recordings of one family may take together when they are sent, in GB."
    )
    intake_keep: bool = Field(
        True, description="Whether a recording that was sent is kept in its family's folder once there is a clip of it."
    )
    segmenter: str = Field("turns", description="Name of the segmenter that cuts clips into turns.")
    media_accel: InternalLocation | None = Field(
        None,
        description="Internal location of the nginx in front that sends the clips; without one we send them.",
    )

    mail: MailServer | None = Field(
        None, description="Mail server, as smtp://name:password@host:587 or smtps://; no mail without it.", repr=False
    )
    mail_from: str = Field("vib-studio@localhost", description="Address that mail comes from.")

    @field_validator("plugins", "without", "methods_off", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(name.strip() for name in value.split(",") if name.strip()) if isinstance(value, str) else value

    @field_validator("ml_secret")
    @classmethod
    def _fits_a_header(cls, value: str | None) -> str | None:
        if value is not None:
            check_secret(value)
        return value

    @property
    def backend_note(self) -> Path:
        """File with the address of the ML backend that was last started with this data."""
        return self.data / "backend.url"

    @property
    def media_root(self) -> Path:
        """Folder with the normalised clips, one subfolder a family."""
        return self.data / "media"

    @property
    def failed(self) -> Path:
        """Folder with what failed in plugins, one subfolder a server."""
        return self.data / "failed"

    @property
    def logins(self) -> Path:
        """File with the accounts, readable by its owner only."""
        return self.data / "logins.json"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments first, then the environment, then ``vib.yaml``."""
        return init_settings, env_settings, _VibYaml(settings_cls)


def check_secret(secret: str) -> None:
    """See to it that a shared secret arrives as it is when it is sent in a header.

    Raises
    ------
    InputProblem
        It would not, or not everywhere.
    """
    if not (secret.isascii() and secret.isprintable() and secret == secret.strip()):
        raise InputProblem(
            "VIB_ML_SECRET",
            nl="mag alleen letters zonder accenten, cijfers, leestekens en spaties bevatten (ASCII), en niet met een"
            " spatie beginnen of eindigen; maak er een met: openssl rand -hex 32",
            en="may have only letters without accents, digits, punctuation and spaces (ASCII), and no space at either"
            " end; make one with: openssl rand -hex 32",
        )


def read_settings(data: Path | None = None) -> Settings:
    """Read the settings, with another data folder when `data` is given.

    Raises
    ------
    InputProblem
        A setting is unknown or has a wrong value.
    """
    try:
        return Settings() if data is None else Settings(data=data.absolute())
    except ValidationError as error:
        raise first_problem(error, "VIB_* / vib.yaml") from error
