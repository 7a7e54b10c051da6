from __future__ import annotations

import os
import subprocess
import sys

from backend_ml.jobs.process import group_bytes, may_be_alive, this_process
from tests.waiting import until


def test_a_process_is_alive_until_it_ends_also_before_anybody_waited_for_it() -> None:
    with subprocess.Popen(["sleep", "60"]) as process:
        try:
            host, _, _ = this_process().split(":")
            with open(f"/proc/{process.pid}/stat") as file:
                start = file.read().rpartition(") ")[2].split()[19]
            name = f"{host}:{process.pid}:{start}"
            assert may_be_alive(name)
            assert may_be_alive(this_process())
            assert not may_be_alive(f"{host}:{process.pid}:{int(start) + 1}")
        finally:
            process.kill()
        until(lambda: not may_be_alive(name))
    assert not may_be_alive(name)


def test_of_another_machine_nothing_is_presumed() -> None:
    assert may_be_alive("elsewhere:1:1")


def test_the_memory_of_a_group_is_that_of_all_its_processes() -> None:
    hold = "import time, sys; held = bytearray(b'x' * 40_000_000); print(1, flush=True); time.sleep(60)"
    command = f'"{sys.executable}" -c "{hold}" & "{sys.executable}" -c "{hold}"'
    process = subprocess.Popen(["/bin/sh", "-c", command], stdout=subprocess.PIPE, start_new_session=True)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.readline()
        assert group_bytes(process.pid) > 80_000_000
        assert group_bytes(2**22 + 1) == 0
    finally:
        os.killpg(process.pid, 9)
        process.wait()
        process.stdout.close()  # type: ignore[union-attr]
