"""People who want a week: so many wait for theirs at any time, until each had one or the program is ended.

A process of its own (``python -m bench._crowd URL AT_ONCE TOTAL``), so that these phones and the one that is timed do
not wait for each other. Prints "asked" and "made" as it happens.
"""

import asyncio
import sys

from tests.e2e.driver import Phone

PATIENCE_S = 180.0


async def crowd(url: str, at_once: int, total: int) -> None:
    """Persons 1 to ``total`` ask for a week, ``at_once`` at a time; the next one asks when somebody's week is there."""
    numbers = iter(range(1, total + 1))

    async def one_after_another() -> None:
        for number in numbers:
            async with Phone(url, number, patience=PATIENCE_S) as phone:
                await phone.send_text("/cardapio")
                print("asked", flush=True)
                await phone.wait_for_message("No dia:")
                print("made", flush=True)

    await asyncio.gather(*(one_after_another() for _ in range(at_once)))


if __name__ == "__main__":
    asyncio.run(crowd(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
