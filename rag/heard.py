"""What came of a request to Gemini, whole or broken off."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """The text that came, whole or not. ``complete`` is False for MAX_TOKENS or a stream without an end.

    Tokens are the API's own counts, or 0 where it gave none.
    """

    text: str
    complete: bool
    tokens_in: int
    tokens_out: int


@dataclass(frozen=True, slots=True)
class Vectors:
    """One vector a text, in their order."""

    rows: list[list[float]]
    tokens_in: int
    tokens_out: int = 0


@dataclass(slots=True)
class Heard:
    """What one request brought so far: the longest text of its tries, and whether anything was asked at all."""

    on_text: Callable[[str], None]
    text: str = ""
    asking: bool = False

    def hear(self, text: str) -> None:
        """Take the text so far of the try under way."""
        if len(text) > len(self.text):
            self.text = text
        self.on_text(text)

    def partly(self) -> Answer | None:
        """What can be used of an answer that broke off: whole days of it are worth more than none."""
        return Answer(self.text, complete=False, tokens_in=0, tokens_out=0) if self.text else None
