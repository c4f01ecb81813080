"""How the bot logs: one JSON object a line on standard error, with ids, counts, durations and outcomes.

No names, texts or tokens: an error is logged as its kind and the lines of code it passed, since its message may quote a
person; and whatever looks like one of our secrets is blotted out, whoever logs it.
"""

import logging
import sys
from collections.abc import Iterable, MutableMapping
from contextlib import suppress
from typing import Any, TextIO, cast

import structlog

from menus.failures import where

BLOTTED = "***"
NOISY = ("httpx", "httpx2", "httpcore", "telegram", "google_genai", "tornado.access", "asyncio", "hpack")
"""Libraries that log addresses (which hold the token) or requests at INFO."""


def configure_logging(level: str, secrets: Iterable[str] = (), out: TextIO | None = None) -> None:
    """Structured lines on ``out`` (standard error), those of libraries included; ``secrets`` never appear in them."""
    hidden = tuple(sorted((secret for secret in secrets if secret), key=len, reverse=True))

    def blot(_logger: Any, _name: str, line: Any) -> str:
        text = str(line)
        for secret in hidden:
            text = text.replace(secret, BLOTTED)
        return text

    usual: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_messages,
    ]
    printed = structlog.processors.JSONRenderer(ensure_ascii=False)
    target = cast("TextIO", _Forgiving(out or sys.stderr))
    structlog.configure(
        processors=[*usual, printed, blot],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(target),
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *usual],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, printed, blot],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Forgiving:
    """Where lines go. What cannot be written (a full disk, a pipe that nobody reads) is lost, and ends no part of the bot."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        """Write it if that is possible."""
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        """Flush if that is possible."""
        with suppress(OSError):
            self._stream.flush()


def _without_messages(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put kinds and lines of code in the place of an exception."""
    info = event.pop("exc_info", None)
    error = info if isinstance(info, BaseException) else info[1] if isinstance(info, tuple) else None
    if info is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["where"] = where(error)
    return event
