"""Markdown and plain text, in UTF-8 or in the code page of Brazilian Windows."""

import unicodedata

from rag.loaders.reasons import Reason, Unreadable
from rag.markdown import Block, parse

_MOST_CONTROLS = 0.01
"""Part of control characters from which bytes are no text."""


def decoded(data: bytes) -> str:
    """The text of these bytes: UTF-8 with or without a mark, else Windows-1252, which can read nearly anything.

    Raises ``Unreadable`` for bytes that are no text.
    """
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        controls = sum(unicodedata.category(char) == "Cc" and char not in "\t\n\r\f" for char in text)
        if controls > _MOST_CONTROLS * len(text):
            raise Unreadable(Reason.WRONG_TYPE, "control characters")
        return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    raise Unreadable(Reason.WRONG_TYPE, "no known encoding")


def read_markdown(data: bytes) -> list[Block]:
    """The blocks of a Markdown or plain text. Raises ``Unreadable``."""
    return parse(decoded(data))
