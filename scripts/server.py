"""Reaching Label Studio from outside, through its SDK and public API."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.console import complain
from vib.codebook import Codebook
from vib.hookspecs import hookimpl
from vib.language import Text
from vib.methods import read_method
from vib.observation import RaterSet
from vib.problem import InputProblem
from vib.project_key import ProjectDescription
from vib.roles import SERVICE
from vib.settings import Settings, read_settings
from vib.submitted import short_names, submitted

if TYPE_CHECKING:
    from label_studio_sdk.client import LabelStudio
    from pydantic import BaseModel

SECONDS = 120
"""How long one request may take."""

Task = dict[str, Any]


def connect(settings: Settings) -> LabelStudio:
    """Return a client for the annotation server of these settings.

    Raises
    ------
    InputProblem
        It is not known where the server is or who asks, or it does not answer.
    """
    from label_studio_sdk.client import LabelStudio

    url, token = access(settings)
    client: LabelStudio = LabelStudio(base_url=url, api_key=token, timeout=SECONDS)  # type: ignore[no-untyped-call]  # the SDK types its client in part
    with answering(url):
        client.users.whoami()
    return client


def access(settings: Settings) -> tuple[str, str]:
    """Return the address of the annotation server of these settings, and the token with which commands reach it.

    Raises
    ------
    InputProblem
        It is not known where the server is or who asks.
    """
    url, token = settings.url, settings.token
    if url is None or token is None:
        url, token = own_account(settings.logins, url)
    return url, token


def ask(settings: Settings, path: str, content: BaseModel) -> dict[str, Any]:
    """Ask the server for something of ours below ``/vib/``, and return its answer.

    Raises
    ------
    InputProblem
        It does not do it, with its reason; or it does not answer.
    ConnectionError
        It failed.
    """
    import httpx

    url, token = access(settings)
    headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
    with answering(url):
        asked = httpx.post(f"{url}/vib/{path}", content=content.model_dump_json(), headers=headers, timeout=SECONDS)
    answer: dict[str, Any] = asked.json() if asked.headers.get("content-type") == "application/json" else {}
    if asked.status_code == 409:
        raise InputProblem("", nl=answer["nl"], en=answer["en"])
    if asked.status_code != 200:
        raise ConnectionError(f"{url}/vib/{path}: {asked.status_code} {str(answer)[:300]}")
    return answer


class answering:
    """Turn what goes wrong on the way to Label Studio into one line that says so."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        import httpx
        from label_studio_sdk.core.api_error import ApiError

        if isinstance(error, ApiError):
            if error.status_code in (401, 403):
                raise InputProblem(
                    self.url, nl="dit account mag dit niet", en="this account may not do this"
                ) from error
            if error.status_code == 404:
                raise InputProblem(self.url, nl="dit is er niet", en="there is no such thing") from error
            said = str(error.body)[:300]
            raise ConnectionError(f"{self.url}: {error.status_code} {said}") from error
        if isinstance(error, httpx.HTTPError):
            raise InputProblem(
                self.url,
                nl="de annotatieserver antwoordt niet; start hem met docker compose up -d of scripts/up",
                en="the annotation server does not answer; start it with docker compose up -d or scripts/up",
            ) from error


def refusal_of(body: object) -> Text | None:
    """Return why the server did not keep something, in both languages, as it says of what people made."""
    found = body.get("validation_errors") if isinstance(body, Mapping) else None
    while isinstance(found, Mapping) and len(found) == 1:
        (found,) = found.values()
    nl, en = (found.get(name) if isinstance(found, Mapping) else None for name in ("nl", "en"))
    return Text(nl=nl, en=en) if isinstance(nl, str) and isinstance(en, str) else None


def tasks_of(client: LabelStudio, project: int) -> list[Task]:
    """Return every task of a project with its submitted annotations, as Label Studio exports them."""
    with answering(f"project {project}"):
        pieces = client.projects.exports.download_sync(project, export_type="JSON", download_all_tasks=True)
        tasks: list[Task] = json.loads(b"".join(pieces))
    return tasks


def rater_names(client: LabelStudio) -> dict[int, str]:
    """Return a short, unique name for every user."""
    with answering("users"):
        return short_names({user.id: user.email for user in client.users.list()})


def project_codebook(client: LabelStudio, project: int) -> Codebook:
    """Return the codebook of the method with which a project was made.

    Raises
    ------
    InputProblem
        The project does not say which method it is of.
    """
    with answering(f"project {project}"):
        found = client.projects.get(project)
    described = ProjectDescription.parse(found.description)
    if described is None:
        raise InputProblem(
            f"project {project}",
            nl="is niet door vib sync gemaakt: de beschrijving noemt geen methode",
            en="was not made by vib sync: its description names no method",
        )
    return read_method(described.method)


@hookimpl
def vib_project(number: int, data: Path | None) -> tuple[Sequence[RaterSet], Codebook]:
    """Read what the raters of a project in Label Studio submitted."""
    client = connect(read_settings(data))
    return read_submitted(tasks_of(client, number), rater_names(client)), project_codebook(client, number)


def read_submitted(tasks: Sequence[Task], names: Mapping[int, str]) -> Sequence[RaterSet]:
    """Return what raters submitted, and say on standard error what cannot be read: the rest can do without."""
    found = submitted(tasks, names)
    for problem in found.problems:
        complain(problem)
    return found.clips


def backend_url(settings: Settings) -> str:
    """Return the address of the ML backend: that of the settings, else of the server of this data folder."""
    if settings.ml_url is None and settings.backend_note.exists():
        return settings.backend_note.read_text(encoding="utf-8").strip()
    return settings.ml_url or f"http://127.0.0.1:{settings.ml_port}"


def own_account(logins: Path, url: str | None = None) -> tuple[str, str]:
    """Return the address of the server, unless it is given, and the token of the machine's own account.

    Raises
    ------
    InputProblem
        `logins` is not there, cannot be read, or is of before there was such an account.
    """
    try:
        content = json.loads(logins.read_text(encoding="utf-8"))
        token = next((a["token"] for a in content["accounts"] if a["role"] == SERVICE), None)
        url = url or str(content["url"])
    except FileNotFoundError as error:
        raise InputProblem(
            str(logins),
            nl="is er niet; start de server met scripts/up, of geef --data, of zet VIB_URL en VIB_TOKEN",
            en="is not there; start the server with scripts/up, or give --data, or set VIB_URL and VIB_TOKEN",
        ) from error
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise InputProblem(str(logins), nl=f"is niet te lezen ({error!r})", en=f"cannot be read ({error!r})") from error
    if token is None:
        raise InputProblem(
            str(logins),
            nl="heeft nog geen account voor opdrachten; start de server eenmaal opnieuw met scripts/up",
            en="has no account for commands yet; start the server once more with scripts/up",
        )
    return url, token
