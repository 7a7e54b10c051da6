"""Files of every kind that `vib agreement` reads, and what a slip, a program or somebody bad makes of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

ROWS = [
    {"tier": "turn", "code": "kind", "start": 0, "end": 8},
    {"tier": "turn", "code": "volwassene", "start": 9, "end": 20, "attributes": {"tone": "warm", "how": ["a", "b"]}},
    {"tier": "turn", "code": "kind", "start": 21.5, "end": 21.5},
]
OTHERS = [
    {"tier": "turn", "code": "kind", "start": 0.5, "end": 8},
    {"tier": "turn", "code": "kind", "start": 9, "end": 19, "attributes": {"tone": "cold"}},
]
OBSERVATIONS: Any = {
    "format": "vib-observations/1",
    "clips": [
        {
            "id": f"clip-{number}",
            "duration": 40,
            "raters": {"anna": ROWS, "bram": OTHERS, "ref": ROWS[:2]},
            "ratings": {"anna": {"warmth": 3, "mood": "calm"}, "bram": {"warmth": 4, "mood": "sad"}},
        }
        for number in range(2)
    ],
}
EXPORT: Any = [
    {
        "id": number,
        "data": {"clip": f"clip-{number}", "duration": 40, "fps": 25},
        "annotations": [
            {
                "id": 10 * number + place,
                "completed_by": {"email": f"{who}@example.org"},
                "created_at": "2026-03-01T10:00:00Z",
                "result": [
                    {
                        "id": "s",
                        "from_name": "turn",
                        "to_name": "audio",
                        "type": "labels",
                        "value": {"start": 1 + place, "end": 5, "labels": ["kind"]},
                    },
                    {
                        "id": "f",
                        "from_name": "gaze",
                        "to_name": "video",
                        "type": "timelinelabels",
                        "value": {"ranges": [{"start": 1, "end": 50 + place}], "timelinelabels": ["child"]},
                    },
                    {"id": "w", "from_name": "warmth", "to_name": "video", "type": "rating", "value": {"rating": 3}},
                ],
            }
            for place, who in enumerate(("anna", "bram", "ref"))
        ],
    }
    for number in range(2)
]
INTERFACE = """<View><Video name="video" value="$video"/><Audio name="audio" value="$audio"/>
<Labels name="turn" toName="audio"><Label value="kind"/></Labels>
<TimelineLabels name="gaze" toName="video"><Label value="child"/></TimelineLabels>
<Rating name="warmth" toName="video"/></View>"""
CSV = """clip,duration,rater,tier,code,start,end,rating,value
c0,40,anna,turn,kind,0,8,,
c0,40,anna,turn,volwassene,9,20,,
c0,40,bram,turn,kind,0.5,8,,
c0,40,ref,turn,kind,0,8,,
c0,,anna,,,,,warmth,3
c0,,bram,,,,,warmth,4
c1,40,anna,,,,,,
c1,40,bram,turn,kind,3,3,,
"""

ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1e308, -1e308, 1e-320, 10**400, float("nan"), float("inf"), 0.1 + 0.2, 2**63),
    *("", " ", "\u0000", "\ud800", "é", "e\u0301", "NA", "=1+1", "a" * 5000, "../../etc/passwd", "<b>", "{x}", "%s"),
    *([], [[]], {}, {"": ""}, {"a": {"b": []}}, [None], [1, "a"]),
)

MILD_VALUES: tuple[Any, ...] = (0, 1, 2, 8, 20.0, 39.99, 40, 40.0004, "kind", "anna", "NA", "3", "clip-1", "turn")

ODD_CELLS = (
    *("", " ", "nan", "inf", "1e999", "-1", "1,5", "1_0", "0x10", "'", '"', '""', "NA", "=1+1", "é", "a" * 5000),
    *("1e308", "40.0004", "41", "\x00", "\u202e", "<b>", "{x}", "½", "１"),
)


class Mutated(NamedTuple):
    """A file, and how it came about."""

    name: str
    content: bytes


def mutated(seed: int) -> Mutated:
    """Return a file of some kind with one to four things wrong with it, the same for the same seed."""
    random = Random(seed)  # noqa: S311 - nothing is kept secret with it
    kind = random.choice(("observations.json", "export.json", "table.csv"))
    if kind == "table.csv":
        text = CSV
        for _ in range(random.choice((1, 1, 1, 2, 4))):
            text = random.choice((_cell, _row, _separator))(text, random)
        content = text.encode("utf-8", errors="surrogatepass")
    else:
        whole = deepcopy(OBSERVATIONS if kind.startswith("observations") else EXPORT)
        for _ in range(random.choice((1, 1, 1, 2, 4))):
            _value(whole, random)
        content = json.dumps(whole, ensure_ascii=random.random() < 0.5).encode("utf-8", errors="surrogatepass")
    if random.random() < 0.15:
        content = _bytes(content, random)
    return Mutated(kind, content)


def _value(content: Any, random: Random) -> None:
    """Change, take away, double or move one value of JSON."""
    inside, key = random.choice(list(_places(content)))
    change: Callable[[], None] = random.choice(
        (
            lambda: _put(inside, key, deepcopy(random.choice(ODD_VALUES))),
            lambda: _put(inside, key, random.choice(MILD_VALUES)),
            lambda: _put(inside, key, random.choice(MILD_VALUES)),
            lambda: inside.pop(key),
            lambda: _put(inside, key, deepcopy(random.choice([value[at] for value, at in _places(content)]))),
            lambda: _rename(inside, key, random.choice(("x", "", "clips", "start", "anna"))),
        )
    )
    change()


def _put(inside: Any, key: Any, value: Any) -> None:
    inside[key] = value


def _rename(inside: Any, key: Any, name: str) -> None:
    if isinstance(inside, dict):
        inside[name] = inside.pop(key)
    else:
        inside.append(inside[key])


def _places(content: Any) -> Iterator[tuple[Any, Any]]:
    keys = list(content) if isinstance(content, dict) else range(len(content)) if isinstance(content, list) else ()
    for key in keys:
        yield content, key
        yield from _places(content[key])
    if not keys and isinstance(content, dict):
        content["x"] = 1
        yield content, "x"
    elif not keys and isinstance(content, list):
        content.append(1)
        yield content, 0


def _cell(text: str, random: Random) -> str:
    rows = [line.split(",") for line in text.split("\n")]
    row = random.choice(rows)
    row[random.randrange(len(row))] = random.choice(ODD_CELLS)
    return "\n".join(",".join(row) for row in rows)


def _row(text: str, random: Random) -> str:
    rows = text.split("\n")
    place = random.randrange(len(rows))
    return "\n".join(random.choice((rows[:place] + rows[place + 1 :], [*rows, rows[place]], rows[::-1])))


def _separator(text: str, random: Random) -> str:
    return text.replace(random.choice((",", "\n", ".")), random.choice((";", "\t", "\r\n", "\r", "|", "")))


def _bytes(content: bytes, random: Random) -> bytes:
    place, much = random.randrange(len(content) or 1), random.randint(1, 20)
    odd = random.choice((b"", b"\xff", b"\xef\xbb\xbf", b"\x00", b"[", b"{", b'"', b"PK\x03\x04", b"\xc3", b"," * 50))
    return random.choice((content[:place], content[:place] + odd + content[place + much :], odd + content))


def written(folder: Path, file: Mutated) -> tuple[Path, Path]:
    """Write a file and the interface that goes with exports."""
    interface = folder / "interface.xml"
    if not interface.exists():
        interface.write_text(INTERFACE, encoding="utf-8")
    path = folder / file.name
    path.write_bytes(file.content)
    return path, interface
