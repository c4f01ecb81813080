"""What can go wrong with Gemini, as one tree that the rest of the product knows instead of the SDK's.

GeminiError
├── GeminiAway         network, 5xx, a deadline of ours, or the breaker is open
├── GeminiQuota        429: per minute (``retry_after_s``) or per day
├── GeminiKeyRejected  401, 403, or a 400 that names the key
├── GeminiModelMissing 404: the model's name is in settings
├── GeminiBadRequest   400: our own mistake
├── GeminiBlocked      the prompt or the answer was refused by a filter
├── GeminiUnreadable   200 with a body that is no answer
└── GeminiBudget       nothing was asked: our own budget for the day is used up
"""

import json

_DAY_S = 86_400.0


class GeminiError(Exception):
    """Any of the failures below. ``note`` is the code of the line told to the person."""

    note = "gemini_away"


class GeminiAway(GeminiError):
    """Nobody answered in time: network, 5xx, our deadline, or the circuit breaker is open."""


class GeminiQuota(GeminiError):
    """429. ``per_day``: nothing to expect before tomorrow; else ``retry_after_s`` seconds if the API said so."""

    note = "gemini_quota"

    def __init__(self, message: str, *, per_day: bool, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.per_day = per_day
        self.retry_after_s = retry_after_s


class GeminiBudget(GeminiError):
    """Nothing was asked: our own budget for the day is used up, of the key or (``of_person``) of this person."""

    def __init__(self, message: str, *, of_person: bool) -> None:
        super().__init__(message)
        self.of_person = of_person
        self.note = "gemini_person_budget" if of_person else "gemini_quota"


class GeminiKeyRejected(GeminiError):
    """The key is not accepted: ``GEMINI_API_KEY`` must be changed by the operator."""


class GeminiModelMissing(GeminiError):
    """No such model; the message names the setting to change."""


class GeminiBadRequest(GeminiError):
    """400: the API did not like our request; repeating it is useless."""


class GeminiBlocked(GeminiError):
    """The prompt or the answer was refused by a content filter; ``reason`` is the API's word for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"blocked: {reason}")
        self.reason = reason


class GeminiUnreadable(GeminiError):
    """A 200 whose body is not an answer: invalid JSON, HTML, nothing at all, or a stream cut in the middle."""


def quota_error(details: object, retry_after: str = "") -> GeminiQuota:
    """Read a 429: ``RetryInfo`` gives the delay ("7s"), else the header; ``QuotaFailure`` tells per-day from per-minute."""
    body = details[0] if isinstance(details, list) and details else details
    error = body.get("error", body) if isinstance(body, dict) else {}
    entries = (
        [entry for entry in error.get("details", []) if isinstance(entry, dict)]
        if isinstance(error, dict)
        else []
    )
    seconds = _seconds(retry_after)
    per_day = False
    for entry in entries:
        kind = str(entry.get("@type", ""))
        if kind.endswith("RetryInfo"):
            seconds = _seconds(str(entry.get("retryDelay", "")))
        elif kind.endswith("QuotaFailure"):
            per_day = per_day or "PerDay" in json.dumps(entry)
    return GeminiQuota("429: out of quota", per_day=per_day, retry_after_s=seconds)


def _seconds(text: str) -> float | None:
    """ "7s" or "7" as a sensible wait of up to a day; None for anything else, dates included."""
    try:
        value = float(text.removesuffix("s"))
    except ValueError:
        return None
    return value if 0 <= value <= _DAY_S else None
