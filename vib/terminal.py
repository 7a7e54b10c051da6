"""What commands share that write to a terminal."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from vib.language import Text

DATA = Text(
    nl="Map met de gegevens van de server; anders VIB_DATA, vib.yaml, de laatst gestarte server, of data/.",
    en="Folder with the data of the server; else VIB_DATA, vib.yaml, the server last started, or data/.",
)
"""Help of the option ``--data``."""


def print_json(content: Any) -> None:
    """Write one line of JSON to standard output."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")


def screen_width() -> int | None:
    """Return how wide the terminal is; None when the output goes elsewhere."""
    try:
        return os.get_terminal_size(1).columns
    except OSError:
        return None
