"""What the Bot API answers when it refuses.

ApiError            any refusal; becomes ``{"ok": false, "error_code", "description"}``
├── bad_request     400, most refusals
├── forbidden       403, the person blocked the bot
├── conflict        409, two pollers or a poller beside a webhook
└── too_many        429, with ``parameters.retry_after``

LocalChatError      an OSError: the local chat itself cannot start (port taken, state file not usable)
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
"""A JSON object as it travels: kept loose on purpose, since it is Telegram's shape and not ours."""


class LocalChatError(OSError):
    """The local chat cannot start: an address or a file cannot be used. The message says which, and why."""


class ApiError(Exception):
    """A refusal of the Bot API.

    Args:
        code: HTTP status and ``error_code``, 400 to 599.
        description: Telegram's own words.
        retry_after: Seconds to wait, only with 429.
    """

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> Json:
        """The JSON object of the response."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(reason: str) -> ApiError:
    """400; ``reason`` is what follows "Bad Request: "."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """403; ``reason`` is what follows "Forbidden: "."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """409; ``reason`` is what follows "Conflict: "."""
    return ApiError(409, f"Conflict: {reason}")


def too_many(retry_after: int) -> ApiError:
    """429 with the seconds to wait, at least 1."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after)
