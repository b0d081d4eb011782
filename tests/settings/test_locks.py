import asyncio
import os
import signal
import subprocess
import sys

import pytest

from awra_tui.settings.locks import FileLock, LockError

HOLDER = """
import asyncio, sys
from pathlib import Path
from awra_tui.settings.locks import FileLock

async def hold():
    async with FileLock(Path(sys.argv[1])):
        print("held", flush=True)
        sys.stdin.readline()

asyncio.run(hold())
"""


async def test_tasks_take_turns(tmp_path):
    path = tmp_path / "deep" / "a.lock"
    inside, most = 0, 0

    async def work():
        nonlocal inside, most
        async with FileLock(path):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(work() for _ in range(8)))
    assert most == 1
    assert inside == 0


async def test_an_error_inside_lets_go(tmp_path):
    async def fail():
        async with FileLock(tmp_path / "a.lock"):
            raise ValueError

    with pytest.raises(ValueError):
        await fail()
    async with FileLock(tmp_path / "a.lock", patience=0):
        pass


async def test_impatience_is_a_sentence(tmp_path):
    async with FileLock(tmp_path / "a.lock"):
        with pytest.raises(LockError, match="has held"):
            async with FileLock(tmp_path / "a.lock", patience=0):
                pass


@pytest.mark.skipif(os.name != "posix", reason="processes are killed by a signal")
def test_another_process_excludes_and_its_death_lets_go(tmp_path):
    path = tmp_path / "a.lock"

    async def take():
        async with FileLock(path, patience=0):
            pass

    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockError):
            asyncio.run(take())
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    asyncio.run(take())
