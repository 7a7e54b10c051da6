"""Child processes that never outlive us, even when we are killed."""

from __future__ import annotations

import ctypes
import signal
import subprocess
from collections.abc import Sequence
from typing import Any

_PR_SET_PDEATHSIG = 1


def start(arguments: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own that the kernel ends when this process ends.

    Parameters
    ----------
    arguments : Sequence[str]
        Program and arguments; no shell is involved.
    **options
        As for `subprocess.Popen`.
    """
    return subprocess.Popen(list(arguments), start_new_session=True, preexec_fn=_end_with_parent, **options)


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
