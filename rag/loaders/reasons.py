"""Why a file cannot be read."""

from enum import StrEnum


class Reason(StrEnum):
    """Codes for the sentences that people are told."""

    ENCRYPTED = "encrypted"
    SCANNED = "scanned"
    """Pages that are pictures only: there is no text to read."""
    EMPTY = "empty"
    CORRUPT = "corrupt"
    BOMB = "bomb"
    """Small to send, but it would take far too much memory or time to read."""
    WRONG_TYPE = "wrong_type"
    TOO_LARGE = "too_large"


class Unreadable(Exception):
    """A file cannot be read as a document; ``reason`` says why, the message adds a detail for the log."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail
