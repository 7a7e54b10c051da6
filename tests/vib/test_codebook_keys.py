"""The keys that codes cannot have are those that the installed labelling screen takes itself."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

from vib.codebook.keys import TAKEN

NAMED = re.compile(r'"([a-z]+:[a-z-]+)":\{"key":"([^"]+)"(?:,"mac":"([^"]+)")?')
"""How the editor names what a key does."""
PICTURES = ("tool", "image")
"""What is only bound where pictures are labelled."""


def editor() -> str:
    """Return the source of the installed editor."""
    spec = find_spec("label_studio")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parents[1] / "web" / "dist" / "apps" / "labelstudio"
    return next(
        text for path in sorted(folder.glob("*.js")) if '"region:unselect"' in (text := path.read_text("utf-8"))
    )


def test_a_key_is_taken_when_the_editor_has_it_without_another_key() -> None:
    bound = [(name, key) for name, *keys in NAMED.findall(editor()) for key in ",".join(keys).lower().split(",")]
    assert len(bound) > 40
    alone = {key for name, key in bound if re.fullmatch("[a-z0-9]", key) and name.partition(":")[0] not in PICTURES}
    assert alone == TAKEN
