"""What the tests of what is kept ask: the file, as somebody signed in fetches it."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from tests.plugins.access.inside import World

INDEX = "/vib/kept/"
DOWNLOAD = f"{INDEX}download"


def fetched(world: World, who: str) -> bytes:
    """Return the file."""
    from django.test import Client

    client = Client(headers={"Accept-Language": "en", **world.open_session(who)})
    answer = client.get(DOWNLOAD)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    return b"".join(answer.streaming_content)


def taken(world: World, who: str) -> dict[str, Any]:
    """Return what is in the file, by name."""
    with ZipFile(BytesIO(fetched(world, who))) as file:
        assert file.testzip() is None
        return {name: json.loads(file.read(name)) for name in file.namelist()}
