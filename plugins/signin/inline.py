"""Which inline scripts of Label Studio's own templates may run: those that are in its package, and no others.

Most have a nonce. The few that have none, and the handlers in attributes such as ``onclick``, are
allowed by a hash of what the installed templates say. So ``'unsafe-inline'`` is not needed.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)
HANDLER = re.compile(r"""\son[a-z]+=(["'])(.*?)\1""", re.I | re.S)
MADE_BY_TEMPLATE = re.compile(r"{[{%]")


@cache
def hashes_of_inline_scripts(label_studio: Path) -> tuple[str, ...]:
    """Return the CSP source of each inline script and handler that is the same for everybody."""
    templates = sorted(path for path in label_studio.rglob("templates/**/*.html") if "tests" not in path.parts)
    found = {script for path in templates for script in _scripts(path.read_text(encoding="utf-8"))}
    return tuple(sorted(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in found))


def _scripts(template: str) -> Iterator[str]:
    for script in (*SCRIPT.findall(template), *(handler for _, handler in HANDLER.findall(template))):
        if not MADE_BY_TEMPLATE.search(script):
            yield script
