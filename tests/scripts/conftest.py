"""Small recordings, made by ffmpeg, and family folders to put them in."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

FAMILY = """family: {family}
method: vib-pleegzorg
language: nl
members:
  - {{id: kind, role: kind, born: 2022-05}}
consent: {{given: 2026-02-20, until: 2099-02-20, uses: [begeleiding, opleiding]}}
"""

_numbers = itertools.count(1)


def ffmpeg(*arguments: str | Path) -> None:
    """Run ffmpeg quietly."""
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)], check=True)


def record(
    path: Path, *, seconds: float = 2, rate: str = "25", tone: int = 440, sound: bool = True, extra: str = ""
) -> Path:
    """Make a recording that conforms unless something else is asked for; `tone` makes its content differ."""
    inputs = ["-f", "lavfi", "-i", f"testsrc2=size=160x120:rate={rate}:duration={seconds}"]
    if sound:
        inputs += [
            "-f",
            "lavfi",
            "-i",
            f"sine=frequency={tone}:sample_rate=16000:duration={seconds}",
            "-c:a",
            "aac",
        ]
    else:
        inputs += ["-metadata:s:v", f"handler_name=tone{tone}"]
    video = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "25", "-pix_fmt", "yuv420p"]
    ffmpeg(*inputs, *video, "-movflags", "+faststart", *extra.split(), path)
    return path


def endless(path: Path, *, hours: float) -> Path:
    """Make a film that lasts for hours and is small: a picture every 100 s."""
    picture = f"color=size=64x48:rate=1/100:duration={hours * 3600:.0f}"
    ffmpeg("-f", "lavfi", "-i", picture, "-c:v", "libx264", "-preset", "ultrafast", "-movflags", "+faststart", path)
    return path


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], list[Path]]:
    """Return a function that gives n short recordings that conform and differ."""
    folder = tmp_path_factory.mktemp("recordings")

    def some(count: int) -> list[Path]:
        paths = [folder / f"opname-{number:03d}.mp4" for number in range(count)]
        for number, path in enumerate(paths):
            if not path.exists():
                record(path, seconds=1, tone=200 + number)
        return paths

    return some


@pytest.fixture
def make_family(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that makes a family folder with a new pseudonym."""

    def make(*, text: str = FAMILY) -> Path:
        folder = tmp_path / f"T-{next(_numbers):04d}"
        folder.mkdir()
        (folder / "family.yaml").write_text(text.format(family=folder.name), encoding="utf-8")
        return folder

    return make
