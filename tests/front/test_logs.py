"""Logs: one JSON object a line, without messages of errors (they may quote a person) and without secrets."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from logs import configure_logging

TOKEN = "900:abcdef-token"


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """Where the log goes; afterwards logging is as it was."""
    before = structlog.get_config()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    target = io.StringIO()
    configure_logging("INFO", [TOKEN, ""], target)
    yield target
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_has_its_event_ids_level_and_time(out: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(update_id=7):
        structlog.get_logger().info("turn", outcome="done", milliseconds=3.5)
    (line,) = lines(out)
    assert {"event": "turn", "update_id": 7, "outcome": "done", "level": "info"}.items() <= line.items()
    assert line["timestamp"].endswith("Z")


def test_libraries_log_in_the_same_form_and_not_their_requests(out: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)
    logging.getLogger("tornado.general").warning("odd request")
    (line,) = lines(out)
    assert (line["event"], line["logger"], line["level"]) == ("odd request", "tornado.general", "warning")


def test_a_secret_is_blotted_out_whoever_logs_it(out: io.StringIO) -> None:
    structlog.get_logger().info("odd", detail=f"/bot{TOKEN}/x")
    logging.getLogger("telegram").warning("failed: https://api.telegram.org/bot%s/sendMessage", TOKEN)
    assert TOKEN not in out.getvalue()
    assert [("***" in str(line)) for line in lines(out)] == [True, True]


@pytest.mark.parametrize("how", ["structlog", "library", "tuple"])
def test_an_error_is_its_kind_and_place_without_its_words(out: io.StringIO, how: str) -> None:
    try:
        int("Joana tem diabetes")
    except ValueError as exc:
        if how == "structlog":
            structlog.get_logger().error("broke", exc_info=True)
        elif how == "library":
            logging.getLogger("asyncio").exception("Task exception was never retrieved", exc_info=exc)
        else:
            logging.getLogger("tornado.application").exception(
                "Uncaught", exc_info=(type(exc), exc, exc.__traceback__)
            )
    (line,) = lines(out)
    assert "ValueError at test_logs.py" in line["where"]
    assert "Joana" not in out.getvalue()
    assert "Traceback" not in out.getvalue()


def test_a_line_that_cannot_be_written_ends_nothing() -> None:
    class Full(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(28, "No space left on device")

    before = structlog.get_config()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        configure_logging("INFO", out=Full())
        structlog.get_logger().error("alert", kind="storage")
    finally:
        structlog.configure(**before)
        root.handlers[:] = handlers
        root.setLevel(level)
