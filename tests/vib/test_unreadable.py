"""Why a file cannot be used is said in Dutch too: by the system, and by the parsers of JSON and YAML."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from vib.language import LANGUAGES
from vib.problem import InputProblem
from vib.unreadable import (
    FFMPEG,
    PARSERS,
    SYSTEM,
    cannot_be_read,
    cannot_be_written,
    ffmpeg_reason,
    not_json,
    system_reason,
)
from vib.yaml_file import plain_yaml


def test_a_file_that_is_not_there_is_said_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(OSError) as caught:  # noqa: PT011 - which one is what is tested
        (tmp_path / "gone").read_bytes()
    problem = cannot_be_read("gone", caught.value)
    assert problem.message("nl") == "gone: niet te lezen (dit bestaat niet)"
    assert problem.message("en") == "gone: cannot be read (there is no such file or folder)"


def test_a_full_disk_is_said_in_both_languages() -> None:
    problem = cannot_be_written("x.csv", OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    assert problem.message("nl") == "x.csv: niet te schrijven (de schijf is vol)"
    assert problem.message("en") == "x.csv: cannot be written (the disk is full)"


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOEXEC, "Exec format error"), OSError("odd"), ValueError("odd"), OSError()], ids=repr
)
def test_a_reason_that_is_not_known_stays_as_it_was_given_and_dutch_says_that_it_is_english(
    error: OSError | ValueError,
) -> None:
    reason = system_reason(error)
    assert reason.nl == f"in het Engels: {reason.en}"
    assert reason.en


@pytest.mark.parametrize(
    ("text", "nl"),
    [
        ("", "hier hoort een waarde"),
        ('{"a" 1}', "hier hoort een dubbele punt"),
        ('{"a": 1 "b"}', "hier hoort een komma"),
        ("{a: 1}", "hier hoort een naam tussen dubbele aanhalingstekens"),
        ('["x', "een tekst zonder aanhalingsteken aan het eind"),
        ('["\n"]', "een teken dat niet in een tekst mag"),
        ('["\\q"]', "een schuine streep die niets betekent"),
        ("{} x", "er staat nog iets achter"),
    ],
)
def test_what_is_wrong_with_json_is_said_in_dutch_with_its_line(text: str, nl: str) -> None:
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(text)
    assert not_json("x.json", caught.value).message("nl") == f"x.json:{caught.value.lineno}: geen geldige JSON ({nl})"


@pytest.mark.parametrize(
    ("text", "line", "nl"),
    [
        ("a: 1\nb: [1\n", 3, "hier hoort een komma of ]"),
        ("b: {1\n", 2, "hier hoort een komma of }"),
        ("a: A\n\tb: c\n", 2, "hier staat een tab; gebruik spaties"),
        ("a: 1\n---\nb: 2\n", 2, "er is meer dan één document"),
        ("? [a]\n: b\n", 1, "een lijst of blok kan hier geen naam zijn"),
        ("a: b: c\n", 1, "hier kan geen dubbele punt staan"),
        ("a: 'x\n", 2, "een tekst zonder aanhalingsteken aan het eind"),
        ("a:\n - 1\n b: 2\n", 3, "hier hoort een streepje; springt deze regel goed in?"),
        ("a: @x\n", 1, "een teken waarmee niets kan beginnen"),
        ("x: - a", 1, "hier kan geen streepje van een lijst staan"),
        ("a: 1\na: 2\n", 2, "a staat er twee keer"),
        ("a: &x 1\nb: *x\n", 2, "verwijzingen zoals *naam mogen niet"),
        ("a: !!str x\n", 1, "tags zoals tag:yaml.org,2002:str mogen niet"),
        ("a: \0", None, "een teken dat niet mag"),
        ("a: |x\n", 1, "achter | of > begint de tekst op een nieuwe regel"),
        ("a: *\n", 1, "na * of & hoort een naam"),
        ("a: !e!x y\n", 1, "een onbekende tag"),
        ('a: "\\xZZ"\n', 1, "na \\x horen cijfers"),
    ],
)
def test_what_is_wrong_with_yaml_is_said_in_dutch_with_its_line(text: str, line: int | None, nl: str) -> None:
    with pytest.raises(InputProblem) as caught:
        plain_yaml(text, place="x.yaml")
    place = "x.yaml" if line is None else f"x.yaml:{line}"
    assert caught.value.message("nl") == f"{place}: geen geldige YAML ({nl})"


@pytest.mark.parametrize(
    ("said", "nl"),
    [
        ("partial file", "het bestand houdt te vroeg op"),
        ("partial file; End of file", "het bestand houdt te vroeg op"),
        ("No such file or directory", "dit bestaat niet"),
        ("odd; Permission denied", "in het Engels: odd; geen toestemming"),
    ],
)
def test_what_ffmpeg_says_is_said_in_dutch_and_english_stays_as_it_was(said: str, nl: str) -> None:
    reason = ffmpeg_reason(said)
    assert (reason.nl, reason.en) == (nl, said)


def test_every_reason_is_there_in_both_languages() -> None:
    for text in (*SYSTEM.values(), *PARSERS.values(), *FFMPEG.values()):
        assert all(text.to(language) for language in LANGUAGES)
        assert text.nl != text.en
