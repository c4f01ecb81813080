"""A program to be killed: serves a fixed set of updates from a Bot API without a network, over the database it is given.

Writes one line to standard output for each message "sent", so that the test can tell what left the program.
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

from tests.fakes.telegram import FakeTelegram, message
from tests.handlers.transport.house import House

CHATS, EACH = 10, 30


async def main(path: Path) -> None:
    telegram = FakeTelegram()
    usual = telegram._usual

    async def telling(name: str, parameters: dict[str, Any]) -> Any:
        reply = await usual(name, parameters)
        if name == "sendMessage":
            print(parameters["chat_id"], parameters["text"].removeprefix("eco: "), flush=True)
        return reply

    telegram._usual = telling  # type: ignore[method-assign]
    # Telegram is told nothing here: whatever was acknowledged in an earlier life comes again and must be recognised.
    await telegram.deliver(
        *(message(n * 100 + chat, chat, str(n)) for n in range(EACH) for chat in range(1, CHATS + 1))
    )
    house = await House(path, telegram).open()
    await telegram.until(2, "getUpdates")
    await house.quiet()
    print("done", flush=True)
    await house.stop()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
