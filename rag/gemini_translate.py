"""What the SDK raises, as errors of ours. Needs nothing of the SDK at run time."""

import json
from typing import TYPE_CHECKING

import httpx2

from rag.gemini_errors import (
    GeminiAway,
    GeminiBadRequest,
    GeminiError,
    GeminiKeyRejected,
    GeminiModelMissing,
    GeminiUnreadable,
    quota_error,
)

if TYPE_CHECKING:
    from google.genai import errors


def translated(
    exc: "errors.APIError | httpx2.HTTPError | ValueError", model: str, setting: str
) -> GeminiError:
    """The error of ours for one of the SDK's; ``setting`` names what an operator changes when ``model`` is missing."""
    if isinstance(exc, httpx2.HTTPError):
        return GeminiAway(f"transport: {type(exc).__name__}")
    if isinstance(exc, ValueError):
        return GeminiUnreadable(f"body: {type(exc).__name__}")
    if exc.code == 429:
        return quota_error(exc.details, _retry_after(exc))
    if exc.code in {401, 403} or (exc.code == 400 and "API_KEY_INVALID" in json.dumps(exc.details)):
        return GeminiKeyRejected(f"{exc.code}: GEMINI_API_KEY was not accepted")
    if exc.code == 404:
        return GeminiModelMissing(f"404: no model {model!r}; change {setting}")
    if exc.code < 500:
        return GeminiBadRequest(f"{exc.code} {exc.status}")
    return GeminiAway(f"{exc.code} {exc.status}")


def _retry_after(exc: "errors.APIError") -> str:
    """The Retry-After header of a refusal, where a proxy set one."""
    headers = getattr(exc.response, "headers", None) or {}
    return str(headers.get("retry-after", ""))
