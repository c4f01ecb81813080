"""Markdown and plain text, in UTF-8 or in the code page of Brazilian Windows."""

import unicodedata

from rag.loaders.reasons import Reason, Unreadable
from rag.markdown import Block, parse

_MOST_CONTROLS = 0.01
"""Part of control characters from which bytes are no text."""

_SPACES = "\t\n\r\f\v"


def decoded(data: bytes, encoding: str | None = None) -> str:
    """The text of these bytes: in ``encoding`` where it fits, in UTF-8, else in Windows-1252, which reads nearly anything.

    Line ends become ``\\n``. Raises ``Unreadable`` for bytes that are no text.
    """
    for name in filter(None, (encoding, "utf-8-sig", "cp1252")):
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        controls = sum(unicodedata.category(char) == "Cc" and char not in _SPACES for char in text)
        if controls > _MOST_CONTROLS * len(text):
            break
        return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    raise Unreadable(Reason.WRONG_TYPE, "bytes that are no text")


def read_text(data: bytes) -> list[Block]:
    """The blocks of a Markdown or plain text. Raises ``Unreadable``."""
    return parse(decoded(data))
