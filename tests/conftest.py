"""What every test may use, and two guards that every test runs under: no network beyond this machine, no blocking."""

import gc
import ipaddress
import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from blockbuster import BlockBuster
from hypothesis import settings

from storage.database import Database
from tests.fakes.clock import ManualClock
from tests.fresh import fresh_database

os.environ.setdefault("PTB_TIMEDELTA", "true")  # as the bot has it, whichever test is read first
gc.disable()  # while the tests are read: what is made then stays, and looking it through took half of the time

TESTS = Path(__file__).parent

ROOMS = ["bot", "handlers", "menus", "rag", "storage", "nutrition", "localchat"]

MOST_WORKERS = 8
"""Beyond this, each process spends longer on reading the tests than on running its share."""

ROOM_IN_MEMORY = 2 * 2**30
"""Bytes free in memory with which temporary files go there: waiting for the disk took a third of the tests' time."""

_outside: list[str] = []


class NetworkForbidden(RuntimeError):
    """A test tried to leave this machine."""


def _is_loopback(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name).split("%")[0]).is_loopback
    except ValueError:
        return False


def _watch_network(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(args[1], tuple):
        host = args[1][0]
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    if not _is_loopback(host):
        _outside.append(str(host))
        raise NetworkForbidden(f"tests talk to loopback only, not to {host!r}")


# An audit hook sees every socket of this process, whatever library opened it, and patches nothing.
sys.addaudithook(_watch_network)


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Fail a test that tried to connect elsewhere, even when the code under test swallowed the error."""
    _outside.clear()
    yield
    assert not _outside, f"this test tried to reach {_outside}"


@cache
def _guard() -> BlockBuster:
    """Made once a process: making one takes longer than most tests."""
    present = [room for room in ROOMS if Path(room).exists() or Path(f"{room}.py").exists()]
    guard = BlockBuster(present)
    for function in guard.functions.values():
        # One zone file of a few kB, read once in the life of the program.
        function.can_block_in("zoneinfo/_common.py", "load_data")
        function.can_block_in("storage/clock.py", "zone_named")
        # Message catalogues and locale data of Babel, read once a language and kept.
        function.can_block_in("handlers/catalogue.py", "__init__")
        function.can_block_in("babel/localedata.py", "load")
        # python-telegram-bot resolves a path once, when the program starts.
        function.can_block_in("telegram/ext/_application.py", "__init__")
        # Where log lines go is the operator's terminal or journal.
        function.can_block_in("structlog/_output.py", "msg")
        function.can_block_in("logging/__init__.py", "emit")
        # A module imported where it is used first.
        function.can_block_in("importlib/_bootstrap.py", "_find_and_load")
        function.can_block_in("<frozen importlib._bootstrap>", "_find_and_load")
    return guard


@pytest.fixture(autouse=True)
def no_blocking(request: pytest.FixtureRequest) -> None:
    """Fail a test in which code of ours blocks the event loop."""
    if request.node.get_closest_marker("browser"):
        _guard().deactivate()  # Playwright's synchronous API runs a loop of its own, which it blocks on purpose
    else:
        _guard().activate()  # and it stays: switching it on and off takes longer than most tests


@pytest.fixture
def clock() -> ManualClock:
    """A clock that the test moves."""
    return ManualClock()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A new, migrated database in a temporary file."""
    opened = await fresh_database(tmp_path / "cardapio.db")
    yield opened
    await opened.close()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Every second process reads the tests from the last to the first, so that two find half of them compiled by the
    other: a fresh checkout has none."""
    worker = getattr(session.config, "workerinput", {}).get("workerid", "gw0")
    if int(worker.removeprefix("gw")) % 2:
        for path in sorted(TESTS.rglob("test_*.py"), reverse=True):
            with suppress(Exception, pytest.skip.Exception):  # it will be told when that file is collected
                import_module(".".join(("tests", *path.relative_to(TESTS).with_suffix("").parts)))


def pytest_collection_finish() -> None:
    """From here on garbage is collected, of what the tests make and not of what was read before."""
    gc.freeze()
    gc.enable()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """How many processes share the tests: one a core for the whole suite; a folder or file is run in this process."""
    whole = config.args_source is not pytest.Config.ArgsSource.ARGS
    return min(len(os.sched_getaffinity(0)), MOST_WORKERS) if whole else 0


os.environ.setdefault("CARDAPIO_ENV_FILE", "")  # a developer's .env never reaches the tests
if sys.platform == "linux" and shutil.disk_usage("/dev/shm").free > ROOM_IN_MEMORY:  # noqa: S108 -- pytest makes it private
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", "/dev/shm")  # noqa: S108
# Bots that tests start keep what Python compiled, as an operator's do: else each compiles the whole house anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Under CI the property tests try the same examples each time: a rare find belongs to a developer, not to a landing.
# None has a deadline: how long an example takes depends on what else the machine does. `make test-all` tries many.
QUICK_EXAMPLES, MANY_EXAMPLES = 40, 300
settings.register_profile("here", deadline=None, max_examples=QUICK_EXAMPLES)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.register_profile("many", deadline=None, max_examples=MANY_EXAMPLES)
settings.load_profile("ci" if os.environ.get("CI") else "here")
