"""What lies in a folder of families: which recordings count, and what is left out, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from vib.family import BACKUP, FILE, PRACTICE, ClipEntry, Family, read_family
from vib.language import Text
from vib.problem import InputProblem
from vib.unreadable import cannot_be_read

VIDEO_SUFFIXES = {
    *(".mp4", ".mov", ".m4v", ".3gp", ".avi", ".mkv", ".webm", ".ogv"),
    *(".mpg", ".mpeg", ".mts", ".m2ts", ".ts", ".mxf", ".wmv", ".flv"),
}
"""Endings of films. Whatever else is in a family's folder is looked into."""

PREVIEWS = {".lrv", ".thm"}
"""What cameras keep beside a recording: the same in a small size, and a picture of it."""

UNFINISHED = {".part", ".partial", ".filepart", ".crdownload", ".download"}
"""What programs call a file that they have not copied whole yet."""

NO_FILMS = {
    *(".jpg", ".jpeg", ".png", ".gif", ".heic", ".webp", ".tif", ".tiff", ".bmp", ".svg", ".psd", ".raw", ".dng"),
    *(".txt", ".md", ".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".csv", ".ppt", ".pptx"),
    *(".json", ".xml", ".yaml", ".yml", ".html", ".srt", ".vtt", ".zip", ".7z", ".rar", ".eaf", ".ini", ".db", ".lnk"),
}
"""Endings of what is not looked into, as there may be thousands."""

ICLOUD = ".icloud"
NAMED = 5
"""How many files of a kind are named on a line."""

IsFilm = Callable[[Path], bool]
"""Tells whether a file is a film, whatever its name."""

_NO_FILM = Text(nl="geen film", en="no film")
_PREVIEW = Text(
    nl="een klein voorbeeld dat de camera zelf maakte; de opname zelf telt",
    en="a small preview that the camera made; the recording itself counts",
)
_FOLDER = Text(
    nl="in een map binnen een gezinsmap wordt niet gekeken; zet de opnamen ervan in de gezinsmap zelf",
    en="a folder within a family's folder is not looked into; put its recordings into the family's folder itself",
)
_HIDDEN = Text(
    nl="een verborgen bestand; telt het mee, geef het een naam zonder punt voorop",
    en="a hidden file; if it counts, give it a name without a dot in front",
)
_NOT_LISTED = Text(nl=f"staat niet bij clips in {FILE}", en=f"is not among the clips in {FILE}")
_NO_FAMILY = Text(
    nl=f"geen map met een {FILE}; maak er een, of geef de map met gezinsmappen zelf",
    en=f"no folder with a {FILE}; make one, or name the folder of family folders itself",
)
_BESIDE = Text(
    nl="ligt naast de gezinsmappen; zet het in de map van het gezin", en="lies beside the families; put it into one"
)


class LeftOut(InputProblem):
    """Something that is not taken and need not be wrong: it is said, and the exit code stays."""


class Misnamed(InputProblem):
    """A file that is meant for us, by a name that is not read."""


def family_folders(folder: Path) -> Iterator[Path | InputProblem]:
    """Yield the folders below `folder` that have a ``family.yaml``, or `folder` itself, and what is left out beside.

    Raises
    ------
    InputProblem
        There is no family, or `folder` cannot be read.
    """
    if (folder / FILE).is_file():
        yield folder
        return
    found = [*_families(folder)]
    if not any(isinstance(one, Path) for one in found):
        raise next(
            (one for one in found if isinstance(one, Misnamed)),
            InputProblem(
                str(folder),
                nl=f"hier is geen map met een {FILE}; geef de map met gezinsmappen",
                en=f"there is no folder with a {FILE} here; name the folder of family folders",
            ),
        )
    yield from found


def folder_of(families: Path, pseudonym: str) -> Path | None:
    """Return the folder of a family below `families`: that of its name, else the one whose file says so.

    What cannot be read is not the family that is looked for.
    """
    named = families / pseudonym
    others = sorted(path for path in families.glob("*") if path != named and not path.name.startswith("."))
    for folder in (named, *others):
        with suppress(InputProblem):
            if (folder / FILE).is_file() and read_family(folder).family == pseudonym:
                return folder
    return None


def _families(folder: Path) -> Iterator[Path | InputProblem]:
    other: list[str] = []
    loose: list[str] = []
    if (problem := _misnamed(folder)) is not None:
        yield problem
    for path in _listed(folder):
        if path.name.startswith("."):
            continue
        try:
            if path.is_dir():
                if (path / FILE).is_file():
                    yield path
                elif (problem := _misnamed(path)) is not None:
                    yield problem
                else:
                    other.append(path.name)
            elif path.is_symlink() and not path.exists():
                yield InputProblem(
                    str(path),
                    nl="deze verwijzing leidt nergens heen; zet de map zelf hier, of haal haar weg",
                    en="this link leads nowhere; put the folder itself here, or take it away",
                )
            elif path.suffix.lower() in VIDEO_SUFFIXES:
                loose.append(path.name)
            elif path.name.lower().endswith(".practice.yml"):
                yield _to_be_called(path, path.name[:-3] + "yaml")
        except OSError as error:
            yield cannot_be_read(path, error)
    yield from left_out(folder, other, _NO_FAMILY)
    yield from left_out(folder, loose, _BESIDE)


def clip_entries(folder: Path, family: Family, is_film: IsFilm) -> Iterator[ClipEntry | InputProblem]:
    """List the recordings of a family: those of family.yaml, else every film in the folder.

    What is left out comes as the problem that it is: `LeftOut` where nothing need be done.

    Raises
    ------
    InputProblem
        The folder cannot be read.
    """
    aside: dict[Text, list[str]] = {}
    listed = None if family.clips is None else {file for clip in family.clips for file in clip.files}
    yield from family.clips or ()
    for path in _listed(folder):
        if path.name in (FILE, BACKUP, *(listed or ())) or path.match(PRACTICE):
            continue
        if listed is not None:
            if path.suffix.lower() in VIDEO_SUFFIXES and not path.name.startswith("."):
                aside.setdefault(_NOT_LISTED, []).append(path.name)
            continue
        try:
            match _kind(path, is_film):
                case Text() as reason:
                    aside.setdefault(reason, []).append(path.name)
                case ClipEntry() | InputProblem() as found:
                    yield found
        except OSError as error:
            yield cannot_be_read(path, error)
    for reason, names in aside.items():
        yield from left_out(folder, names, reason)


def _kind(path: Path, is_film: IsFilm) -> ClipEntry | InputProblem | Text | None:
    """Return what a file of a family is: a recording, a problem, what is left out for a reason, or none of ours."""
    suffix = path.suffix.lower()
    if suffix == ICLOUD:
        return InputProblem(
            str(path),
            nl="deze opname staat nog in iCloud; kies in de Finder 'Download nu' en voer dit opnieuw uit",
            en="this recording is still in iCloud; choose 'Download Now' in the Finder and run this again",
        )
    if path.name.startswith("."):
        return _HIDDEN if suffix in VIDEO_SUFFIXES and not path.name.startswith("._") else None
    if path.is_dir() and not path.is_symlink():
        return _FOLDER
    if suffix in UNFINISHED:
        return InputProblem(
            str(path),
            nl="is nog niet helemaal binnen; voer dit opnieuw uit als dat klaar is",
            en="is not there whole yet; run this again when it is",
        )
    if suffix in PREVIEWS:
        return _PREVIEW
    if suffix in NO_FILMS or (suffix not in VIDEO_SUFFIXES and not is_film(path)):
        return _NO_FILM
    try:
        return ClipEntry(file=path.name)
    except ValidationError:
        shown = path.name.encode("unicode_escape", "backslashreplace").decode()[:60]
        return InputProblem(
            f"{path.parent}/{shown}",
            nl="deze naam kan niet; geef het bestand een kortere, gewone naam",
            en="this name cannot be used; give the file a shorter, plain name",
        )


def _misnamed(folder: Path) -> Misnamed | None:
    """Return that a folder has a ``family.yaml`` by another name."""
    like = {"family.yml", "family.yaml.txt", "family.yml.txt", FILE}
    found = next((path for path in _listed(folder) if path.name.lower() in like), None)
    return None if found is None else _to_be_called(found, FILE)


def _to_be_called(path: Path, name: str) -> Misnamed:
    return Misnamed(
        str(path),
        nl=f"wordt niet gelezen; noem dit bestand {name}",
        en=f"is not read; call this file {name}",
    )


def left_out(folder: Path, names: Sequence[str], reason: Text) -> Iterator[LeftOut]:
    """Yield on one line what is left out of a folder for one reason; nothing without names."""
    if not names:
        return
    first, more = ", ".join(sorted(names)[:NAMED]), len(names) - NAMED
    nl, en = (f" en nog {more}", f" and {more} more") if more > 0 else ("", "")
    yield LeftOut(
        str(folder),
        nl=f"niet meegenomen: {first}{nl} ({reason.nl})",
        en=f"left out: {first}{en} ({reason.en})",
    )


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise cannot_be_read(folder, error) from error
