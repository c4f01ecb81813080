"""How an unforeseen error is told and logged: a short code that a person reads, and lines of code without messages."""

import secrets
import traceback

import structlog

log = structlog.get_logger(__name__)

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that are not taken for one another when read aloud: no O, 0, I, 1."""

CODE_LENGTH = 5


def short_code() -> str:
    """A new code such as K7F2Q: told to the person, written to the log beside the error."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def where(exc: BaseException) -> str:
    """Kinds of the chain of errors and the lines they passed, without messages: those may quote a person."""
    parts: list[str] = []
    seen: BaseException | None = exc
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)[-4:]
        lines = " > ".join(
            f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames
        )
        parts.append(f"{type(seen).__name__} at {lines}" if lines else type(seen).__name__)
        seen = seen.__cause__
    return " from ".join(parts)


def report(event: str, exc: BaseException, **ids: object) -> None:
    """Log an error of ours with ids and lines of code; never its message, which may quote a person."""
    log.error(event, where=where(exc), **ids)
