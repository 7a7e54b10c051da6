"""The tus protocol 1.0.0, as far as it is about headers: https://tus.io/protocols/resumable-upload."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate
from typing import final

from vib.language import Text

VERSION = "1.0.0"
EXTENSIONS = ("creation", "creation-with-upload", "expiration", "termination", "checksum")
PIECE_TYPE = "application/offset+octet-stream"
ALGORITHMS = ("sha256", "sha1", "md5")
"""Of checksums; what each is called here is what `hashlib` calls it."""

MISMATCH = 460
"""The status of a piece that is not what its checksum says."""

LARGEST_NUMBER = 2**53
"""Numbers beyond are no sizes of files; a browser cannot count further."""


@final
class Refused(Exception):
    """A request is answered with this status and reason, and nothing is done."""

    def __init__(self, status: int, reason: Text) -> None:
        super().__init__(reason.en)
        self.status, self.reason = status, reason


@final
@dataclass(frozen=True, slots=True)
class Checksum:
    """What a piece is to be."""

    algorithm: str
    digest: bytes


def check_version(headers: Mapping[str, str]) -> None:
    """See to it that a request speaks our version.

    Raises
    ------
    Refused
        It does not.
    """
    if headers.get("Tus-Resumable") != VERSION:
        raise Refused(
            412,
            Text(nl=f"stuur Tus-Resumable: {VERSION}", en=f"send Tus-Resumable: {VERSION}"),
        )


def number(headers: Mapping[str, str], name: str) -> int:
    """Return the number in a header.

    Raises
    ------
    Refused
        It is not there, or is no number of bytes.
    """
    said = headers.get(name, "")
    if not (said.isascii() and said.isdecimal() and len(said) < 20 and int(said) <= LARGEST_NUMBER):
        raise Refused(400, Text(nl=f"{name} is geen aantal bytes", en=f"{name} is not a number of bytes"))
    return int(said)


def metadata(headers: Mapping[str, str]) -> dict[str, str]:
    """Return what ``Upload-Metadata`` says: words, each with its value in base64.

    Raises
    ------
    Refused
        It is written in another way.

    Examples
    --------
    >>> metadata({"Upload-Metadata": "filename b3BuYW1lLm1wNA==,is_first"})
    {'filename': 'opname.mp4', 'is_first': ''}
    """
    found: dict[str, str] = {}
    for pair in filter(None, headers.get("Upload-Metadata", "").split(",")):
        name, _, value = pair.strip().partition(" ")
        try:
            said = b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            said = None
        if not name or name in found or said is None:
            raise Refused(
                400,
                Text(
                    nl="Upload-Metadata heeft geen woorden met elk een waarde in base64",
                    en="Upload-Metadata has no words with a value in base64 each",
                ),
            )
        found[name] = said
    return found


def checksum(headers: Mapping[str, str]) -> Checksum | None:
    """Return what a piece is to be, None where that is not said.

    Raises
    ------
    Refused
        It is said in a way that we do not know.

    Examples
    --------
    >>> checksum({"Upload-Checksum": "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="}).digest.hex()
    '2aae6c35c94fcfb415dbe95f408b9ce91ee846ed'
    """
    said = headers.get("Upload-Checksum")
    if said is None:
        return None
    algorithm, _, value = said.partition(" ")
    try:
        digest = b64decode(value, validate=True)
    except binascii.Error:
        digest = b""
    if algorithm not in ALGORITHMS or not digest:
        raise Refused(
            400,
            Text(
                nl=f"Upload-Checksum is er een van {', '.join(ALGORITHMS)}, met de waarde in base64",
                en=f"Upload-Checksum is one of {', '.join(ALGORITHMS)}, with its value in base64",
            ),
        )
    return Checksum(algorithm, digest)


def abilities(largest: int) -> dict[str, str]:
    """Return the headers that say what this server can do; `largest` is in bytes."""
    return {
        "Tus-Resumable": VERSION,
        "Tus-Version": VERSION,
        "Tus-Extension": ",".join(EXTENSIONS),
        "Tus-Max-Size": str(largest),
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
    }


def progress(offset: int, expires: float | None) -> dict[str, str]:
    """Return the headers that say how much arrived, and until when that is kept, in seconds since 1970."""
    return {"Upload-Offset": str(offset), **({} if expires is None else until(expires))}


def until(expires: float) -> dict[str, str]:
    """Return the header that says until when what arrived is kept, in seconds since 1970."""
    return {"Upload-Expires": formatdate(expires, usegmt=True)}


def written(said: Mapping[str, str]) -> str:
    """Return words as ``Upload-Metadata`` has them.

    Examples
    --------
    >>> written({"filename": "opname.mp4"})
    'filename b3BuYW1lLm1wNA=='
    """
    return ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in said.items())
