"""Tells whether a service works: ``python -m deploy.healthy URL`` or ``python -m deploy.healthy worker``.

Exit code 0 when it does.
"""

import os
import socket
import sys
from collections.abc import Sequence
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

SECONDS = 8.0


def answers(url: str) -> bool:
    """Tell whether an address answers with status 200."""
    try:
        with build_opener(ProxyHandler({})).open(url, timeout=SECONDS) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def works_here() -> bool:
    """Tell whether the queue knows a worker of this machine; one that dies is forgotten after some minutes."""
    from redis import Redis, RedisError
    from rq import Worker

    queue = Redis(
        host=os.environ["REDIS_HOST"],
        port=int(os.environ.get("REDIS_PORT", "6379")),
        password=os.environ["REDIS_PASSWORD"],
        socket_timeout=SECONDS,
    )
    try:
        return any(worker.hostname == socket.gethostname() for worker in Worker.all(connection=queue))
    except RedisError:
        return False


def main(arguments: Sequence[str]) -> int:
    """Return the exit code."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    (target,) = arguments
    return 0 if (works_here() if target == "worker" else answers(target)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
