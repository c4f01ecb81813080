"""The disk under the real program: full, or failing each write, its log too. People are told, operators as well; then all goes on."""

import asyncio
import errno
import os
import resource
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from handlers.catalogue import catalogue
from handlers.texts.errors import MAINTENANCE
from tests.e2e.house import ONBOARDING, House, answer

pytestmark = pytest.mark.slow
SORRY = str(catalogue()(MAINTENANCE))
OPERATOR = 9
OPERATOR_ID = 700_000_000 + OPERATOR
"""The local chat numbers its people from there."""

WATCH_SECONDS = 120.0
"""The watch looks once a minute."""


def pid_of(house: House) -> int:
    """Process id of the house's bot."""
    assert house._bot is not None
    return house._bot.pid


@asynccontextmanager
async def failing_writes(house: House, _disk: Path) -> AsyncIterator[None]:
    """Every write of the bot's process to a file is an error of the system (EFBIG), which SQLite calls an I/O error."""
    before = resource.prlimit(pid_of(house), resource.RLIMIT_FSIZE)
    resource.prlimit(pid_of(house), resource.RLIMIT_FSIZE, (0, before[1]))
    yield
    resource.prlimit(pid_of(house), resource.RLIMIT_FSIZE, before)


@asynccontextmanager
async def no_room(_house: House, disk: Path) -> AsyncIterator[None]:
    """Not a byte more fits beside the database."""

    def fill() -> None:
        with (disk / "ballast").open("wb", buffering=0) as file:
            for size in (1 << 16, 1 << 10, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError as exc:
                    assert exc.errno == errno.ENOSPC

    await asyncio.to_thread(fill)
    yield
    await asyncio.to_thread((disk / "ballast").unlink)


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A file system of 24 MB, where this machine lets us have one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(words, capture_output=True, check=False).returncode:  # noqa: S603 -- ours
        pytest.skip("no file system can be mounted here")
    return disk


Trouble = Callable[[House, Path], AbstractAsyncContextManager[None]]


async def go_through(house: House, disk: Path, trouble: Trouble) -> None:
    """A talk that the trouble comes into, and goes on after it, with the same process."""
    phone, operator, pid = house.phone(1), house.phone(OPERATOR), pid_of(house)
    await operator.ask("/start")
    for how, what, expected in ONBOARDING[:4]:
        await answer(phone, how, what, expected)
    async with trouble(house, disk):
        asked = await phone.send_text("34")
        told = await phone.wait_for_message("", after=asked)
        assert told.text == SORRY
        await operator.wait_for_message("O banco de dados não grava", seconds=WATCH_SECONDS)
        other = await house.phone(2).ask("/start")
        assert other.text == SORRY
    await phone.wait_for_message("sua altura", after=told.id, seconds=WATCH_SECONDS)
    await house.phone(2).wait_for_message("Posso guardar", seconds=WATCH_SECONDS)
    await answer(phone, "say", "1,68", "Quanto você pesa")
    assert pid_of(house) == pid
    assert await house.stop() == 0
    await house.start_bot()
    await answer(phone, "say", "72,5", "peso")


async def test_writes_that_fail_are_told_and_done_when_they_work_again(tmp_path: Path) -> None:
    async with House(tmp_path, ADMIN_IDS=str(OPERATOR_ID)) as house:
        await go_through(house, tmp_path, failing_writes)


async def test_a_full_disk_is_told_and_all_is_done_when_there_is_room(
    tmp_path: Path, small_disk: Path
) -> None:
    try:
        path = str(small_disk / "cardapio.db")
        async with House(tmp_path, ADMIN_IDS=str(OPERATOR_ID), DATABASE_PATH=path) as house:
            await go_through(house, small_disk, no_room)
    finally:
        await asyncio.to_thread(subprocess.run, ["umount", str(small_disk)], check=True)
