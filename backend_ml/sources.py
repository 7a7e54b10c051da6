"""Which file a task means: one under the media root, one on the paired Label Studio, or none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import final
from urllib.parse import parse_qs, quote, unquote, urlsplit

from backend_ml.refused import Refused

SERVED_FROM_ROOT = "/vib/media/"
LOCAL_FILES = "/data/local-files/"
FETCHED = ("/data/upload/", "/data/local-files/", "/vib/media/")
"""Paths of Label Studio that hold media; its API and pages are never asked for."""

LONGEST = 4096
"""Characters of an address that is looked at."""

_PORTS = {"http": 80, "https": 443}


@final
@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file under the media root, with every link followed."""

    path: Path


@final
@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of the paired Label Studio."""

    url: str


def source_of(address: str, media_root: Path, label_studio_url: str | None) -> LocalFile | RemoteFile:
    """Find what an address in a task means.

    Parameters
    ----------
    address : str
        As it stands in the task's data.
    media_root : Path
        The only folder whose files are read.
    label_studio_url : str or None
        The only origin that files are fetched from.

    Raises
    ------
    Refused
        The address leads anywhere else, or the file does not exist.
    """
    if len(address) > LONGEST:
        raise _forbidden(
            f"het adres is langer dan {LONGEST} tekens", f"the address is longer than {LONGEST} characters"
        )
    if any(ord(character) < 32 or ord(character) == 127 for character in address):
        raise _forbidden("het adres bevat stuurtekens", "the address has control characters")
    try:
        parts = urlsplit(address)
        origin = _origin(address) if parts.scheme or parts.netloc else None
    except ValueError as error:
        raise _forbidden("het adres is ongeldig", "the address is not valid") from error
    if origin is not None:
        if label_studio_url is None or origin != _origin(label_studio_url):
            raise _forbidden(
                "alleen bestanden van de eigen Label Studio worden opgehaald",
                "files are fetched from the paired Label Studio only",
            )
        if not parts.path.startswith(SERVED_FROM_ROOT):
            return RemoteFile(_fetchable(label_studio_url, parts.path, parts.query))
    if parts.path.startswith(SERVED_FROM_ROOT):
        return LocalFile(_confined(media_root, unquote(parts.path[len(SERVED_FROM_ROOT) :])))
    if parts.path.rstrip("/") + "/" == LOCAL_FILES:
        named = parse_qs(parts.query).get("d", [])
        if len(named) == 1:
            return LocalFile(_confined(media_root, named[0]))
    if parts.path.startswith(FETCHED[0]):
        if label_studio_url is None:
            raise _forbidden(
                "VIB_ML_LABEL_STUDIO_URL is niet ingesteld, dus dit bestand is niet op te halen",
                "VIB_ML_LABEL_STUDIO_URL is not set, so this file cannot be fetched",
            )
        return RemoteFile(_fetchable(label_studio_url, parts.path, parts.query))
    top = f"{media_root.resolve()}/"
    if address.startswith(top):
        return LocalFile(_confined(media_root, address.removeprefix(top)))
    raise _forbidden(
        "dit adres is geen bestand van de mediamap of van Label Studio",
        "this address is no file of the media folder or of Label Studio",
    )


def same_origin(one: str, other: str) -> bool:
    """Tell whether two addresses have the same scheme, host and port."""
    try:
        return _origin(one) == _origin(other)
    except ValueError:
        return False


def _origin(url: str) -> tuple[str, str, int]:
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc or "\\" in url:
        raise ValueError("no http(s) address of a host")
    return parts.scheme, parts.hostname.lower(), parts.port or _PORTS[parts.scheme]


def _fetchable(base: str, path: str, query: str) -> str:
    plain = unquote(path)
    _refuse_climbing(plain)
    if not plain.startswith(FETCHED):
        raise _forbidden(
            "dit adres van Label Studio is geen mediabestand",
            "this address of Label Studio is no media file",
        )
    # Rebuilt from its parts, so that what is asked for is exactly what was checked.
    return base + quote(plain) + (f"?{quote(query, safe='=&%+/')}" if query else "")


def _confined(root: Path, relative: str) -> Path:
    _refuse_climbing(relative)
    if not relative or PurePosixPath(relative).is_absolute():
        raise _forbidden("het pad is niet relatief", "the path is not relative")
    top = root.resolve()
    try:
        path = (top / relative).resolve()
        inside = path.is_relative_to(top)
        exists = inside and path.is_file()
    except (OSError, ValueError, RuntimeError) as error:
        raise _forbidden("het pad is ongeldig", "the path is not valid") from error
    if not inside:
        raise _forbidden("het pad leidt buiten de mediamap", "the path leads out of the media folder")
    if not exists:
        raise Refused(
            404,
            "",
            nl="dit bestand staat niet in de mediamap",
            en="this file is not in the media folder",
        )
    return path


def _refuse_climbing(path: str) -> None:
    if "\0" in path or ".." in path.replace("\\", "/").split("/"):
        raise _forbidden("het pad bevat '..' of NUL", "the path has '..' or NUL in it")


def _forbidden(nl: str, en: str) -> Refused:
    return Refused(403, "", nl=nl, en=en)
