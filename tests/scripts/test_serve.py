"""What `scripts/up` starts."""

from __future__ import annotations

from pathlib import Path

from scripts.serve import server_commands
from vib.settings import Settings


def test_the_annotation_server_has_as_many_processes_and_threads_as_the_settings_say(tmp_path: Path) -> None:
    command = server_commands(Settings(data=tmp_path, web_processes=3, web_threads=5))["label-studio"]
    assert command[command.index("--processes") + 1] == "3"
    assert command[command.index("--threads") + 1] == "5"
