"""Fetching files that people sent, through the Bot API."""

from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from menus.document_runner import DownloadFailed
from rag.loaders import Reason, Unreadable

_TOO_BIG = "too big"
READ_SECONDS = 60.0
"""Without a byte for so long a download is given up, to be begun again."""


class Downloads:
    """The files of the chats of one bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def fetch(self, file_id: str) -> bytes:
        """The bytes of a file of up to 20 MB. Raises ``DownloadFailed`` ("gone" when asking again is of no use), and
        ``Unreadable`` for a larger one whose size was not told."""
        try:
            file = await self._bot.get_file(file_id)
            return bytes(await file.download_as_bytearray(read_timeout=READ_SECONDS))
        except InvalidToken as exc:  # also what a link that has run out is answered with
            raise DownloadFailed(gone=False, detail=type(exc).__name__) from exc
        except (BadRequest, Forbidden) as exc:
            if _TOO_BIG in exc.message.casefold():
                raise Unreadable(Reason.TOO_LARGE) from exc
            raise DownloadFailed(gone=True, detail=type(exc).__name__) from exc
        except TelegramError as exc:
            raise DownloadFailed(gone=False, detail=type(exc).__name__) from exc
