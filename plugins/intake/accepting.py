"""Which recordings are taken: said before anything is sent, and seen to as it begins."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import final

from vib.language import Text
from vib.recordings import NO_FILMS, VIDEO_SUFFIXES
from vib.sending import ENDS, Sending, Sent
from vib.settings import Settings

from .tus import Refused

GIGABYTE = 10**9

SPARE = 2 * GIGABYTE
"""Bytes of the disk that stay free whatever is sent: clips are made there too, and codes are kept."""

MOST_AT_ONCE = 100
"""Recordings of one account that are on their way."""

LONGEST_NAME = 100

_EMPTY = Text(
    nl="dit bestand is leeg (0 bytes); kijk of de opname op dit apparaat af te spelen is",
    en="this file is empty (0 bytes); see whether the recording plays on this device",
)
_NO_FILM = Text(
    nl="dit is geen film: de naam eindigt op {suffix}; films eindigen op .mp4, .mov, .avi, .mts en dergelijke",
    en="this is not a film: its name ends in {suffix}; films end in .mp4, .mov, .avi, .mts and the like",
)
_TOO_LARGE = Text(
    nl="dit bestand is {size} GB; een opname mag hoogstens {most} GB zijn, knip er een stuk uit",
    en="this file is {size} GB; a recording may be at most {most} GB, cut a part of it",
)
_NO_ROOM = Text(
    nl="dit bestand is {size} GB, en voor dit gezin is er nog {left} GB van de {most} GB; vraag de beheerder om ruimte",
    en="this file is {size} GB, and {left} GB of the {most} GB of this family are left; ask the administrator for room",
)
_FULL = Text(
    nl="op de server is nog ruimte voor {left} GB, en dit bestand is {size} GB; zeg het de beheerder",
    en="there is room for {left} GB on the server, and this file is {size} GB; tell the administrator",
)
_TOO_MANY = Text(
    nl="er zijn al {most} opnames van je onderweg; wacht tot er een paar klaar zijn",
    en="{most} recordings of yours are on their way already; wait until some are done",
)


@final
@dataclass(frozen=True, slots=True)
class Room:
    """How much of a family's room is left, and of the disk, in bytes.

    Parameters
    ----------
    most : int
        What the recordings of one family may take together.
    """

    most: int
    left: int
    disk: int


def room_for(settings: Settings, folder: Path, family: str, on_their_way: Sequence[Sending]) -> Room:
    """Return how much of a family can still be sent: what others announced counts as if it were here."""
    coming = [one for one in on_their_way if one.outcome.stage not in ENDS and one.body.exists()]
    there = sum(path.stat().st_size for path in folder.iterdir() if path.is_file() and not path.is_symlink())
    announced = sum(one.sent.length for one in coming if one.sent.family == family)
    most = settings.intake_family * GIGABYTE
    disk = shutil.disk_usage(settings.data).free - SPARE - sum(one.sent.length - one.offset for one in coming)
    return Room(most, max(0, most - there - announced), max(0, disk))


def check(settings: Settings, sent: Sent, kind: str, room: Room, own: int) -> None:
    """See to it that a recording is one that is taken.

    Parameters
    ----------
    kind : str
        What the browser takes it for, such as ``video/mp4``; it counts where the name's ending is not known.
    own : int
        How many of the account are on their way.

    Raises
    ------
    Refused
        It is not, with what can be done.
    """
    size = gigabytes(sent.length)
    suffix = PurePosixPath(sent.name).suffix.lower()
    if suffix not in VIDEO_SUFFIXES and (suffix in NO_FILMS or not kind.startswith("video/")):
        raise Refused(415, _NO_FILM.filled(suffix=suffix or "?"))
    if sent.length > settings.intake_largest * GIGABYTE:
        raise Refused(413, _TOO_LARGE.filled(size=size, most=settings.intake_largest))
    if sent.length > room.left:
        raise Refused(
            413, _NO_ROOM.filled(size=size, left=gigabytes(room.left, down=True), most=settings.intake_family)
        )
    if sent.length > room.disk:
        raise Refused(413, _FULL.filled(size=size, left=gigabytes(room.disk, down=True)))
    if own >= MOST_AT_ONCE:
        raise Refused(413, _TOO_MANY.filled(most=MOST_AT_ONCE))


def sent_of(said: Mapping[str, str], length: int, user: int, family: str, now: float) -> Sent:
    """Return what was said of a recording, with a name under which it can lie in a folder.

    Raises
    ------
    Refused
        It is empty.
    """
    if length == 0:
        raise Refused(400, _EMPTY)
    original = said.get("filename") or said.get("name") or "opname"
    modified = said.get("modified", "")
    return Sent(
        user=user,
        family=family,
        name=plain_name(original),
        original=original[:255],
        length=length,
        modified=int(modified) if modified.isascii() and modified.isdecimal() and len(modified) < 16 else 0,
        begun=now,
    )


def plain_name(original: str) -> str:
    """Return the name under which a file can lie in a folder.

    Examples
    --------
    >>> plain_name("../../IMG_0012.MOV"), plain_name("maal tijd..mp4"), plain_name(".mp4")
    ('IMG_0012.MOV', 'maal tijd.mp4', 'opname.mp4')
    """
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", original.encode("utf-8", "ignore").decode()))[-1]
    suffix = PurePosixPath(f"x{name}").suffix
    kept = "".join(sign if sign.isprintable() else " " for sign in name.removesuffix(suffix))
    kept = re.sub(r"\s+", " ", kept).strip(". ")[:LONGEST_NAME].strip(". ")
    return f"{kept or 'opname'}{re.sub(r'[^.A-Za-z0-9]', '', suffix)[:10]}"


def gigabytes(size: int, *, down: bool = False) -> Text:
    """Return a size as people read it, in GB; what is left is rounded down.

    Examples
    --------
    >>> gigabytes(4_260_000_000).nl, gigabytes(4_260_000_000, down=True).en, gigabytes(900_000).en
    ('4,3', '4.2', '0.001')
    """
    digits = 1 if size >= GIGABYTE // 10 else 3
    whole = size * 10**digits
    rounded = whole // GIGABYTE if down else -(-whole // GIGABYTE)
    written = f"{rounded / 10**digits:.{digits}f}"
    return Text(nl=written.replace(".", ","), en=written)
