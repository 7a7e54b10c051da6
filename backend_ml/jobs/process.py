"""Processes as Linux knows them: who is alive, how much memory a group takes, who ends with whom."""

from __future__ import annotations

import ctypes
import os
import signal
import socket

_PR_SET_PDEATHSIG = 1
_PAGE = os.sysconf("SC_PAGE_SIZE")
_STATE, _GROUP, _START, _RESIDENT = 0, 2, 19, 21
"""Places in /proc/PID/stat after the name of the program."""


def end_with_parent(parent: int) -> None:
    """Have the kernel kill this process when the one that started it ends.

    Parameters
    ----------
    parent : int
        Number of that process; if it ended already, so do we.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def this_process() -> str:
    """Return a name that no other process has or will have: machine, number, start."""
    return f"{socket.gethostname()}:{os.getpid()}:{_stat(os.getpid())[_START]}"


def may_be_alive(name: str) -> bool:
    """Tell whether the process of such a name still works; of another machine we cannot know."""
    host, number, start = name.rsplit(":", 2)
    if host != socket.gethostname():
        return True
    try:
        stat = _stat(int(number))
    except (OSError, ValueError):
        return False
    return stat[_START] == start and stat[_STATE] not in "ZX"


def group_bytes(group: int) -> int:
    """Return the memory that all processes of a group take together, in bytes."""
    total = 0
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                stat = _stat(int(name))
            except OSError:
                continue
            if int(stat[_GROUP]) == group:
                total += int(stat[_RESIDENT]) * _PAGE
    return total


def _stat(number: int) -> list[str]:
    # The name of a program is in brackets and may hold anything.
    with open(f"/proc/{number}/stat", "rb") as file:
        return file.read().rpartition(b") ")[2].decode("ascii").split()
