"""Why a file cannot be used, in Dutch and English: the system's reasons, and those of JSON, YAML, SQLite and ffmpeg.

Python, its parsers and ffmpeg give their reasons in English only. What people meet is said here in both
languages; a reason that is not known here stays as it was given, and Dutch says that it is English.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import yaml

from vib.language import Text
from vib.problem import InputProblem

SYSTEM: Mapping[int, Text] = {
    errno.ENOENT: Text(nl="dit bestaat niet", en="there is no such file or folder"),
    errno.EACCES: Text(nl="geen toestemming", en="permission denied"),
    errno.EPERM: Text(nl="niet toegestaan", en="not permitted"),
    errno.EISDIR: Text(nl="dit is een map", en="it is a folder"),
    errno.ENOTDIR: Text(nl="dit is geen map", en="it is not a folder"),
    errno.EEXIST: Text(nl="dit bestaat al", en="it exists already"),
    errno.ENOTEMPTY: Text(nl="de map is niet leeg", en="the folder is not empty"),
    errno.ENAMETOOLONG: Text(nl="de naam is te lang", en="the name is too long"),
    errno.ELOOP: Text(nl="de verwijzingen lopen in een kring", en="the links go round in a circle"),
    errno.EROFS: Text(nl="hier kan alleen gelezen worden", en="this can only be read from"),
    errno.ENOSPC: Text(nl="de schijf is vol", en="the disk is full"),
    errno.EDQUOT: Text(nl="de ruimte die je mag gebruiken is vol", en="the space that you may use is full"),
    errno.EFBIG: Text(nl="het bestand wordt te groot", en="the file becomes too large"),
    errno.EIO: Text(nl="de schijf geeft een fout", en="the disk gives an error"),
    errno.EMFILE: Text(nl="er zijn te veel bestanden open", en="too many files are open"),
    errno.ENFILE: Text(nl="er zijn te veel bestanden open", en="too many files are open"),
    errno.ENOMEM: Text(nl="er is te weinig geheugen", en="there is too little memory"),
    errno.EBUSY: Text(nl="iets anders gebruikt het", en="something else uses it"),
    errno.EADDRINUSE: Text(nl="deze poort is in gebruik", en="this port is in use"),
    errno.ECONNREFUSED: Text(nl="daar antwoordt niets", en="nothing answers there"),
    errno.ECONNRESET: Text(nl="de verbinding viel weg", en="the connection was lost"),
    errno.ETIMEDOUT: Text(nl="het duurde te lang", en="it took too long"),
    errno.EHOSTUNREACH: Text(nl="die machine is niet te bereiken", en="that machine cannot be reached"),
    errno.ENETUNREACH: Text(nl="er is geen netwerk", en="there is no network"),
}
"""What the system says, by the number of its error."""

PARSERS: Mapping[str, Text] = {
    text.en: text
    for text in (
        Text(nl="hier hoort een waarde", en="Expecting value"),
        Text(
            nl="hier hoort een naam tussen dubbele aanhalingstekens",
            en="Expecting property name enclosed in double quotes",
        ),
        Text(nl="hier hoort een dubbele punt", en="Expecting ':' delimiter"),
        Text(nl="hier hoort een komma", en="Expecting ',' delimiter"),
        Text(nl="een tekst zonder aanhalingsteken aan het eind", en="Unterminated string starting at"),
        Text(nl="een teken dat niet in een tekst mag", en="Invalid control character at"),
        Text(nl="een schuine streep die niets betekent", en="Invalid \\escape"),
        Text(nl="er staat nog iets achter", en="Extra data"),
        Text(nl="een komma te veel", en="Illegal trailing comma before end of object"),
        Text(nl="een komma te veel", en="Illegal trailing comma before end of array"),
        Text(nl="er ontbreekt een dubbele punt", en="could not find expected ':'"),
        Text(nl="hier kan geen dubbele punt staan", en="mapping values are not allowed in this context"),
        Text(
            nl="hier kan geen streepje van een lijst staan", en="block sequence entries are not allowed in this context"
        ),
        Text(nl="hier hoort een naam; springt deze regel goed in?", en="did not find expected key"),
        Text(nl="hier hoort een streepje; springt deze regel goed in?", en="did not find expected '-' indicator"),
        Text(nl="hier hoort een komma of ]", en="did not find expected ',' or ']'"),
        Text(nl="hier hoort een komma of }", en="did not find expected ',' or '}'"),
        Text(nl="hier hoort een waarde", en="did not find expected node content"),
        Text(nl="hier hoort het begin van een document", en="did not find expected <document start>"),
        Text(nl="er is meer dan één document", en="but found another document"),
        Text(nl="hier staat een tab; gebruik spaties", en="found a tab character that violates indentation"),
        Text(
            nl="hier staat een tab; gebruik spaties", en="found a tab character where an indentation space is expected"
        ),
        Text(nl="een teken waarmee niets kan beginnen", en="found character that cannot start any token"),
        Text(nl="een tekst zonder aanhalingsteken aan het eind", en="found unexpected end of stream"),
        Text(nl="een schuine streep die niets betekent", en="found unknown escape character"),
        Text(nl="een teken dat niet mag", en="control characters are not allowed"),
        Text(nl="hier kan geen dubbele punt staan", en="found unexpected ':'"),
        Text(nl="een lijst of blok kan hier geen naam zijn", en="found unhashable key"),
        Text(nl="achter | of > begint de tekst op een nieuwe regel", en="did not find expected comment or line break"),
        Text(nl="na * of & hoort een naam", en="did not find expected alphabetic or numeric character"),
        Text(nl="bij een tag ontbreekt >", en="did not find the expected '>'"),
        Text(nl="bij een tag ontbreekt !", en="did not find expected '!'"),
        Text(nl="een onbekende tag", en="found undefined tag handle"),
        Text(nl="na \\x horen cijfers", en="did not find expected hexdecimal number"),
        Text(nl="een teken met een onmogelijke code", en="found invalid Unicode character escape code"),
        Text(
            nl="achter << hoort een blok met namen en waarden",
            en="expected a mapping or list of mappings for merging, but found scalar",
        ),
        Text(nl="achter << horen blokken met namen en waarden", en="expected a mapping for merging, but found scalar"),
        Text(nl="geen versie van YAML zoals 1.1", en="did not find expected digit or '.' character"),
        Text(nl="een versie van YAML die niet gelezen wordt", en="found incompatible YAML document"),
    )
}
"""What the parsers of JSON and YAML say, by what they say in English."""


FFMPEG: Mapping[str, Text] = {
    os.strerror(number): Text(nl=text.nl, en=os.strerror(number)) for number, text in SYSTEM.items()
} | {
    text.en: text
    for text in (
        Text(nl="de inhoudsopgave ontbreekt, zoals bij een halve kopie", en="moov atom not found"),
        Text(nl="dit is geen beeld of geluid dat gelezen kan worden", en="Invalid data found when processing input"),
        Text(nl="het bestand houdt te vroeg op", en="partial file"),
        Text(nl="het bestand houdt te vroeg op", en="End of file"),
        Text(nl="het bestand is niet tot het eind te lezen", en="Input/output error"),
        Text(nl="ffmpeg zegt niet waarom", en="ffmpeg"),
        Text(nl="een afspeellijst of een lijst van bestanden", en="a playlist or a list of files"),
        Text(nl="de soort van beeld of geluid is niet bekend", en="Decoder not found"),
        Text(nl="hier is niets van te maken", en="Conversion failed!"),
        Text(nl="hier is niets van te maken", en="Invalid argument"),
        Text(nl="dit wordt niet gelezen", en="Not yet implemented in FFmpeg, patches welcome"),
        Text(nl="dit wordt niet gelezen", en="Function not implemented"),
        Text(nl="er kwam geen beeld of geluid uit", en="Output file does not contain any stream"),
    )
}
"""What ffmpeg says of a recording, by what it says in English."""


_DAMAGED = Text(
    nl="het bestand is beschadigd; zet een kopie van eerder terug, of geef het een andere naam en voer dit opnieuw"
    " uit: clips worden dan opnieuw gemaakt, en codes blijven",
    en="the file is damaged; put a copy of before back, or give it another name and run this again: clips are then"
    " made again, and codes stay",
)
DATABASE: Mapping[int, Text] = {
    sqlite3.SQLITE_FULL: Text(
        nl="de schijf is vol; maak ruimte en voer dit opnieuw uit, wat klaar is blijft",
        en="the disk is full; make room and run this again, what is done stays",
    ),
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_BUSY: Text(
        nl="een ander programma houdt het bestand bezet; sluit dat en voer dit opnieuw uit",
        en="another program keeps the file busy; close that and run this again",
    ),
    sqlite3.SQLITE_IOERR: Text(
        nl="de schijf geeft een fout; is die vol of stuk?", en="the disk gives an error; is it full or broken?"
    ),
    sqlite3.SQLITE_READONLY: Text(nl="het is alleen te lezen", en="it can only be read"),
    sqlite3.SQLITE_CANTOPEN: Text(nl="het is niet te openen", en="it cannot be opened"),
}
"""What SQLite says, by the number of its error."""


class RefusedYaml(yaml.MarkedYAMLError):
    """Something that YAML may have and ours may not, with where it is."""

    def __init__(self, mark: yaml.Mark, reason: Text) -> None:
        super().__init__(problem=reason.en, problem_mark=mark)
        self.reason = reason


def system_reason(error: OSError | ValueError) -> Text:
    """Return why the system did not do something with a file or a connection."""
    known = SYSTEM.get(error.errno or 0) if isinstance(error, OSError) else None
    said = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return known or _unknown(said)


def database_reason(error: sqlite3.DatabaseError) -> Text:
    """Return why SQLite did not do something."""
    code = getattr(error, "sqlite_errorcode", None)
    return DATABASE.get(0 if code is None else code & 0xFF) or _unknown(str(error))


def parser_reason(said: str) -> Text:
    """Return why a parser does not understand a text."""
    return PARSERS.get(said) or _unknown(said)


def ffmpeg_reason(said: str) -> Text:
    """Return why ffmpeg cannot do something with a recording; `said` may have several reasons, with ``; `` between.

    Examples
    --------
    >>> ffmpeg_reason("partial file; odd").nl
    'het bestand houdt te vroeg op; in het Engels: odd'
    """
    reasons = [FFMPEG.get(one) or _unknown(one) for one in said.split("; ")]
    return Text(nl="; ".join(dict.fromkeys(reason.nl for reason in reasons)), en=said)


def _unknown(said: str) -> Text:
    """Return what a program said for which there are no words here."""
    return Text(nl=f"in het Engels: {said}", en=said)


def cannot_be_read(path: Path | str, error: OSError | ValueError) -> InputProblem:
    """Say that the system does not give a file."""
    why = system_reason(error)
    return InputProblem(str(path), nl=f"niet te lezen ({why.nl})", en=f"cannot be read ({why.en})")


def cannot_be_written(path: Path | str, error: OSError) -> InputProblem:
    """Say that the system does not take a file."""
    why = system_reason(error)
    return InputProblem(str(path), nl=f"niet te schrijven ({why.nl})", en=f"cannot be written ({why.en})")


def not_json(place: Path | str, error: ValueError | RecursionError) -> InputProblem:
    """Say that a text is not JSON, with the line when it is known."""
    line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
    why = parser_reason(error.msg if isinstance(error, json.JSONDecodeError) else str(error))
    return InputProblem(f"{place}{line}", nl=f"geen geldige JSON ({why.nl})", en=f"not valid JSON ({why.en})")


def not_yaml(place: Path | str, error: Exception) -> InputProblem:
    """Say that a text is not YAML, or not the YAML that is taken here, with the line when it is known."""
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    line = f":{mark.line + 1}" if mark is not None else ""
    if isinstance(error, RefusedYaml):
        why = error.reason
    else:
        said = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error) or type(error).__name__
        why = parser_reason(said)
    return InputProblem(f"{place}{line}", nl=f"geen geldige YAML ({why.nl})", en=f"not valid YAML ({why.en})")
