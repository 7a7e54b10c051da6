"""Fetching an uploaded file from the paired Label Studio."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import IO, final
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from backend_ml.config import Config
from backend_ml.sources import RemoteFile, same_origin
from vib.media import MediaProblem

PART_BYTES = 65_536
SILENCE_SECONDS = 20.0
"""How long Label Studio may send nothing."""


@final
class _SameOriginRedirects(HTTPRedirectHandler):
    """Follows redirects to the same origin only, so that the token never leaves it."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if not same_origin(req.full_url, newurl):
            raise MediaProblem(
                "",
                nl="Label Studio verwijst door naar een andere server; dat wordt niet gevolgd",
                en="Label Studio redirects to another server, which is not followed",
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@contextmanager
def fetched(source: RemoteFile, config: Config) -> Iterator[tuple[Path, str]]:
    """Yield a temporary copy of a remote file and the SHA-256 of its content.

    Raises
    ------
    MediaProblem
        Label Studio refuses, sends too much, or takes too long.
    """
    request = Request(source.url)  # noqa: S310 - `source_of` lets http(s) of one origin through, nothing else
    if config.label_studio_token is not None:
        # Not carried over when redirected: urllib repeats plain headers, but not these.
        request.add_unredirected_header("Authorization", f"Token {config.label_studio_token.get_secret_value()}")
    # Proxies that the environment names would see the token and the clip.
    opener = build_opener(_SameOriginRedirects(), ProxyHandler({}))
    with tempfile.NamedTemporaryFile(prefix="vib-ml-", suffix=".media") as copy:
        try:
            with opener.open(request, timeout=min(SILENCE_SECONDS, config.fetch_seconds)) as answer:
                digest = _copy(answer, copy, config)
        except HTTPError as error:
            raise MediaProblem(
                "",
                nl=f"Label Studio geeft dit bestand niet (status {error.code})",
                en=f"Label Studio does not give this file (status {error.code})",
            ) from error
        except (URLError, ConnectionError, TimeoutError, HTTPException) as error:
            raise MediaProblem("", nl="Label Studio is niet bereikbaar", en="Label Studio cannot be reached") from error
        copy.flush()
        yield Path(copy.name), digest


def _copy(answer: HTTPResponse, copy: IO[bytes], config: Config) -> str:
    deadline = time.monotonic() + config.fetch_seconds
    digest = hashlib.sha256()
    size = 0
    # read1 returns what has arrived, so a host that drips bytes meets the deadline.
    while part := answer.read1(PART_BYTES):
        size += len(part)
        if size > config.max_fetch_bytes:
            raise MediaProblem(
                "",
                nl=f"het bestand is groter dan {config.max_fetch_bytes} bytes",
                en=f"the file is larger than {config.max_fetch_bytes} bytes",
            )
        if time.monotonic() > deadline:
            raise MediaProblem(
                "",
                nl=f"ophalen duurt langer dan {config.fetch_seconds:.0f} s",
                en=f"fetching takes longer than {config.fetch_seconds:.0f} s",
            )
        digest.update(part)
        copy.write(part)
    promised = answer.headers.get("Content-Length")
    if promised is not None and promised.strip() != str(size):
        raise MediaProblem("", nl="het bestand kwam niet helemaal over", en="the file did not arrive completely")
    return digest.hexdigest()
