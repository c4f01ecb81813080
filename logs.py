"""How the bot logs: one JSON object a line on standard error, with ids and counts."""

import logging

import structlog


def configure_logging(level: str) -> None:
    """Structured lines on standard error: ids and counts, never names, texts or tokens."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(),
    )
    logging.basicConfig(level=level, format="%(levelname)s %(name)s %(message)s")
    for name in ("httpx", "httpx2", "httpcore", "telegram", "google_genai", "tornado.access", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)  # at INFO some print addresses that hold the token
