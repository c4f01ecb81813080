"""A real ``kill -9``, at random moments of a real process."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from storage import conversations, people
from storage.database import Database
from tests.handlers.transport.victim import CHATS, EACH

KILLS = 12


def life(path: Path, seconds: float | None) -> tuple[list[str], bool]:
    """Run the victim, killed ``seconds`` after its first message (None: not at all); what it sent, and if it finished."""
    command = [sys.executable, "-m", "tests.handlers.transport.victim", str(path)]
    with subprocess.Popen(  # noqa: S603 -- our own program, this test's own path
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        if seconds is not None:
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
        lines = [first, *process.stdout.read().splitlines()]
    sent = [line.strip() for line in lines if line.strip() and "[" not in line]
    return [line for line in sent if line != "done"], "done" in sent


@pytest.mark.slow
def test_kill_9_at_random_moments_loses_nothing_and_repeats_only_what_was_in_flight(tmp_path: Path) -> None:
    random_, path = random.Random(11), tmp_path / "x.db"
    sent: list[str] = []
    kills = 0
    for _ in range(KILLS):
        lines, finished = life(path, random_.random() * 0.15)
        sent += lines
        kills += not finished
    lines, finished = life(path, None)
    sent += lines
    assert finished
    assert kills > 0
    times = Counter(sent)
    expected = {f"{chat} {n}" for chat in range(1, CHATS + 1) for n in range(EACH)}
    assert set(times) == expected
    duplicates = sum(count - 1 for count in times.values())
    assert duplicates <= kills * CHATS
    for chat in range(1, CHATS + 1):
        order = list(dict.fromkeys(int(line.split()[1]) for line in sent if line.split()[0] == str(chat)))
        assert order == list(range(EACH))


@pytest.mark.slow
async def test_after_the_kills_each_effect_is_there_once(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    for seconds in (0.0, 0.02, 0.05, None):
        life(path, seconds)
    database = await Database.open(path)
    async with database.reader() as conn:
        for chat in range(1, CHATS + 1):
            person = await people.get_by_chat(conn, chat)
            assert person is not None
            found = await conversations.get(conn, person.id)
            assert found is not None
            assert found.data["done"] == [n * 100 + chat for n in range(EACH)]
    await database.close()
