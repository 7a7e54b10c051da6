"""Tells whether a service works: ``python -m deploy.healthy`` with a URL, ``worker``, ``cutter`` or ``intake``.

Exit code 0 when it does.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from redis import Redis, RedisError

from vib.library import is_held

SECONDS = 8.0
MOST_READ = 65_536


def answers(url: str) -> bool:
    """Tell whether an address answers with status 200, and does not say that something is missing."""
    try:
        with build_opener(ProxyHandler({})).open(url, timeout=SECONDS) as answer:
            if answer.status != 200:
                return False
            said = json.loads(answer.read(MOST_READ))
    except ValueError:
        return True
    except (URLError, OSError):
        return False
    return not isinstance(said, dict) or said.get("status", "UP") == "UP"


def works_here(queue: Redis[bytes]) -> bool:
    """Tell whether a queue knows a worker of this machine; one that dies is forgotten after some minutes."""
    from rq import Worker

    try:
        return any(worker.hostname == socket.gethostname() for worker in Worker.all(connection=queue))
    except RedisError:
        return False


def queue_of(target: str) -> Redis[bytes]:
    """Return the queue of Label Studio's worker, or of what cuts clips."""
    if target == "cutter":
        return Redis.from_url(os.environ["VIB_ML_REDIS_URL"], socket_timeout=SECONDS)
    return Redis(
        host=os.environ["REDIS_HOST"],
        port=int(os.environ.get("REDIS_PORT", "6379")),
        password=os.environ["REDIS_PASSWORD"],
        socket_timeout=SECONDS,
    )


def main(arguments: Sequence[str]) -> int:
    """Return the exit code."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    (target,) = arguments
    if target == "intake":
        return 0 if is_held(Path(os.environ["VIB_DATA"]), target) else 1
    works = works_here(queue_of(target)) if target in ("worker", "cutter") else answers(target)
    return 0 if works else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
