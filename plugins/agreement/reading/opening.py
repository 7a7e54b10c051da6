"""What is checked of every file before it is read."""

from __future__ import annotations

import stat
from pathlib import Path

from vib.json_file import parse_json
from vib.observations_file import LARGEST_FILE
from vib.unreadable import cannot_be_read

from . import texts


def check_file(path: Path, largest: int = LARGEST_FILE) -> None:
    """Refuse what is no file, cannot be found, or is too large, before it is read.

    Raises
    ------
    InputProblem
        Names the file and the reason.
    """
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise cannot_be_read(path, error) from error
    if stat.S_ISDIR(found.st_mode) or not stat.S_ISREG(found.st_mode):
        raise texts.problem(str(path), texts.NO_FILE)
    if found.st_size > largest:
        raise texts.problem(str(path), texts.TOO_LARGE, megabytes=largest // 2**20)


def read_text(path: Path) -> str:
    """Return a whole file of UTF-8 text, without its byte order mark.

    Raises
    ------
    InputProblem
        It cannot be read, is too large, or is not UTF-8.
    """
    check_file(path)
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise cannot_be_read(path, error) from error
    except UnicodeDecodeError as error:
        raise texts.problem(str(path), texts.NOT_UTF8) from error


def read_json(path: Path) -> object:
    """Return the content of a JSON file.

    Raises
    ------
    InputProblem
        As for `read_text`, or as `vib.json_file.parse_json`.
    """
    return parse_json(read_text(path), path)
