"""The lock of the writer: urgent ones first, each queue in order, and nobody who gave up holds others."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.urgent_lock import UrgentLock


async def settled() -> None:
    """Let every task run until it waits for something."""
    for _ in range(10):
        await asyncio.sleep(0)


class Queue:
    """Tasks that take the lock one after another and note when they had it."""

    def __init__(self) -> None:
        self.lock = UrgentLock()
        self.had: list[str] = []
        self.gate = asyncio.Event()

    async def hold(self) -> None:
        """Have the lock until the gate opens."""
        async with self.lock.holding():
            await self.gate.wait()

    async def take(self, name: str, *, urgent: bool) -> None:
        """Wait for the lock and let go of it."""
        async with self.lock.holding(urgent=urgent):
            self.had.append(name)


async def test_the_urgent_go_first_and_each_queue_keeps_its_order() -> None:
    queue = Queue()
    tasks = [asyncio.create_task(queue.hold())]
    await settled()
    for name in ("a", "B", "c", "D"):
        tasks.append(asyncio.create_task(queue.take(name, urgent=name.isupper())))
        await settled()
    queue.gate.set()
    await asyncio.gather(*tasks)
    assert queue.had == ["B", "D", "a", "c"]


async def test_one_that_gave_up_is_passed_over_also_when_it_was_just_its_turn() -> None:
    queue = Queue()
    async with queue.lock.holding():
        first, second, third = (asyncio.create_task(queue.take(name, urgent=False)) for name in "abc")
        await settled()
        first.cancel()
        await settled()
    second.cancel()  # the lock is its own already, and it has not run yet
    await asyncio.gather(first, second, return_exceptions=True)
    async with asyncio.timeout(5):
        await third
        await queue.take("d", urgent=False)
    assert queue.had == ["c", "d"]


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=12))
@settings(max_examples=50, deadline=None)
def test_whoever_gives_up_the_lock_is_free_in_the_end_and_the_others_had_it_once(
    waiting: list[tuple[bool, bool]],
) -> None:
    async def run() -> None:
        queue = Queue()
        holder = asyncio.create_task(queue.hold())
        await settled()
        tasks = [
            asyncio.create_task(queue.take(str(number), urgent=urgent))
            for number, (urgent, _) in enumerate(waiting)
        ]
        await settled()
        for task, (_, gives_up) in zip(tasks, waiting, strict=True):
            if gives_up:
                task.cancel()
        queue.gate.set()
        await asyncio.gather(holder, *tasks, return_exceptions=True)
        stayed = [number for number, (_, gives_up) in enumerate(waiting) if not gives_up]
        expected = sorted(stayed, key=lambda number: not waiting[number][0])
        assert queue.had == [str(number) for number in expected]
        async with asyncio.timeout(5):
            await queue.take("last", urgent=False)

    asyncio.run(run())
