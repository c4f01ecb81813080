"""The Gemini client: the only file that imports the SDK, and only once a client is made: importing it takes 0.4 s.

Measured facts behind each choice are in ``docs/decisions.md``. The SDK's own retry ignores ``RetryInfo`` and its
default transport may silently be aiohttp, so retries, deadline and transport are ours.
"""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import httpx2

from rag.breaker import Breaker
from rag.gemini_errors import (
    GeminiAway,
    GeminiBadRequest,
    GeminiBlocked,
    GeminiError,
    GeminiKeyRejected,
    GeminiModelMissing,
    GeminiQuota,
    GeminiUnreadable,
    quota_error,
)
from rag.heard import Answer, Heard
from rag.ledger import Ledger, Spender
from rag.tally import Tally

if TYPE_CHECKING:
    from google.genai import errors, types

ANSWERED = "answered"
"""The tally's name for a request that worked; a failure is counted under the name of its error."""

QUOTA_MARGIN_S = 0.25
"""Waited beyond the time that the API named: clocks differ, and early is refused again."""

HTTP_TIMEOUT_MS = 30_000
"""Sent as X-Server-Timeout; the API rejects less than 10 s."""

REFUSED = {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE", "MODEL_ARMOR"}
"""Finish reasons with which the API withholds an answer."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request. ``schema`` is a JSON schema for the answer; ``max_output_tokens`` bounds its cost."""

    system: str
    text: str
    schema: dict[str, Any]
    max_output_tokens: int


@dataclass(frozen=True, slots=True)
class GeminiOptions:
    """How patient the client is. ``deadline_s`` covers all tries of one request; ``tries`` counts the first too."""

    model: str
    url: str
    deadline_s: float = 35.0
    tries: int = 3
    first_delay_s: float = 1.0
    at_once: int = 4


class GeminiClient:
    """Asks Gemini for text. Every method raises only ``GeminiError``s; use ``async with`` or ``aclose()``.

    Making the first one imports the SDK (blocking): in a program that serves already, do that in a thread.
    """

    def __init__(
        self,
        key: str,
        options: GeminiOptions,
        *,
        breaker: Breaker,
        ledger: Ledger,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        from google import genai
        from google.genai import types

        self._options = options
        self._breaker = breaker
        self.refusal = breaker.refusal
        self._ledger = ledger
        self.tally = Tally()
        self._sleep = sleep
        self._slots = asyncio.Semaphore(options.at_once)
        tls = _certificates()
        self._http = httpx2.AsyncClient(
            verify=tls,
            transport=transport,
            limits=httpx2.Limits(max_connections=options.at_once + 2),
            timeout=HTTP_TIMEOUT_MS / 1000,
        )
        self._client = genai.Client(
            api_key=key,
            vertexai=False,
            http_options=types.HttpOptions(
                base_url=options.url,
                api_version="v1beta",
                timeout=HTTP_TIMEOUT_MS,
                httpx_async_client=self._http,
                # for clients that the SDK makes beside ours and that are never used
                client_args={"verify": tls},
                async_client_args={"ssl": tls},
            ),
        ).aio

    @property
    def model(self) -> str:
        """The model that is asked."""
        return self._options.model

    async def aclose(self) -> None:
        """Close both clients: the SDK's does not close the one it was given."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._http.aclose)
            stack.push_async_callback(self._client.aclose)

    async def check(self) -> None:
        """Ask for the model's card. Raises ``GeminiKeyRejected``, ``GeminiModelMissing`` or ``GeminiAway``.

        A rejected key is not asked again. A missing card only warns: proxies may have none, and writing will tell.
        """
        from google.genai import errors

        try:
            async with asyncio.timeout(HTTP_TIMEOUT_MS / 1000):
                await self._client.models.get(model=self._options.model)
        except TimeoutError as exc:
            raise GeminiAway("no answer to the start-up check") from exc
        except (errors.APIError, httpx2.HTTPError, ValueError) as exc:
            error = self._translate(exc)
            if isinstance(error, GeminiKeyRejected):
                self._breaker.refused(error)
            raise error from exc

    async def generate(
        self,
        prompt: Prompt,
        spender: Spender,
        on_text: Callable[[str], None] = lambda _text: None,
        *,
        deadline_s: float | None = None,
    ) -> Answer:
        """Return the answer to ``prompt``; ``on_text`` gets the text so far as it streams in.

        Retries what may pass by itself, never before the time that the API named, never past the deadline
        (``deadline_s``, else that of the options); each try is counted in ``spender``'s name before it leaves. What
        came of an answer that broke off is returned, not ``complete``.
        """
        self._breaker.check()
        heard = Heard(on_text)
        patience = self._options.deadline_s if deadline_s is None else deadline_s
        try:
            async with asyncio.timeout(patience), self._slots:
                return await self._with_retries(prompt, spender, heard)
        except TimeoutError as exc:
            error = GeminiAway(f"no answer within {patience:g} s")
            if heard.asking:
                self._breaker.failed()
                await self._count(spender, error)
            partly = heard.partly()
            if partly is None:
                raise error from exc
            return partly

    async def _with_retries(self, prompt: Prompt, spender: Spender, heard: Heard) -> Answer:
        delay = self._options.first_delay_s
        for attempt in range(1, self._options.tries + 1):
            self._breaker.check()  # it may have opened while this one waited
            await self._ledger.reserve(spender)
            heard.asking = True
            try:
                answer = await self._stream(prompt, heard.hear)
            except GeminiError as exc:
                heard.asking = False
                await self._count(spender, exc)
                wait = self._wait_before_retry(exc, delay)
                if wait is not None and attempt < self._options.tries:
                    await self._sleep(wait)
                    delay *= 2
                    continue
                partly = heard.partly() if isinstance(exc, GeminiAway | GeminiUnreadable) else None
                if partly is None:
                    raise
                return partly
            heard.asking = False
            self._breaker.worked()
            self.tally.add(ANSWERED)
            await self._ledger.record(
                spender, failed=False, tokens_in=answer.tokens_in, tokens_out=answer.tokens_out
            )
            return answer
        raise AssertionError("the loop returns or raises")

    async def _count(self, spender: Spender, error: GeminiError) -> None:
        self.tally.add(type(error).__name__)
        await self._ledger.record(spender, failed=True)

    def _wait_before_retry(self, error: GeminiError, delay: float) -> float | None:
        """Seconds to wait, or None where repeating is useless; tells the breaker what happened."""
        if isinstance(error, GeminiQuota):
            wait = self._breaker.out_of_quota(per_day=error.per_day, retry_after_s=error.retry_after_s)
            return None if wait > self._options.deadline_s / 2 else max(delay, wait) + QUOTA_MARGIN_S
        if isinstance(error, GeminiKeyRejected | GeminiModelMissing):
            self._breaker.refused(error)
        elif not isinstance(error, GeminiBlocked):
            self._breaker.failed()
        return delay if isinstance(error, GeminiAway | GeminiUnreadable) else None

    async def _stream(self, prompt: Prompt, on_text: Callable[[str], None]) -> Answer:
        from google.genai import errors, types

        try:
            stream = await self._client.models.generate_content_stream(
                model=self._options.model,
                contents=prompt.text,
                config=types.GenerateContentConfig(
                    system_instruction=prompt.system,
                    response_mime_type="application/json",
                    response_json_schema=prompt.schema,
                    max_output_tokens=prompt.max_output_tokens,
                ),
            )
            return await self._collect(stream, on_text)
        except (errors.APIError, httpx2.HTTPError, ValueError) as exc:
            raise self._translate(exc) from exc

    async def _collect(
        self, stream: "AsyncIterator[types.GenerateContentResponse]", on_text: Callable[[str], None]
    ) -> Answer:
        text, finish, tokens_in, tokens_out = "", None, 0, 0
        async with aclosing(stream) as parts:  # type: ignore[type-var]  # an async generator behind its annotation
            async for part in parts:
                if part.prompt_feedback and part.prompt_feedback.block_reason:
                    raise GeminiBlocked(part.prompt_feedback.block_reason.name)
                if part.usage_metadata:
                    tokens_in = part.usage_metadata.prompt_token_count or tokens_in
                    tokens_out = part.usage_metadata.candidates_token_count or tokens_out
                for candidate in (part.candidates or [])[:1]:
                    finish = candidate.finish_reason.name if candidate.finish_reason else finish
                    new = _text_of(candidate)
                    if new:
                        text += new
                        on_text(text)
        if finish in REFUSED:
            raise GeminiBlocked(finish or "")
        if not text:
            raise GeminiUnreadable(f"no text (finish reason {finish})")
        return Answer(text, complete=finish == "STOP", tokens_in=tokens_in, tokens_out=tokens_out)

    def _translate(self, exc: "errors.APIError | httpx2.HTTPError | ValueError") -> GeminiError:
        if isinstance(exc, httpx2.HTTPError):
            return GeminiAway(f"transport: {type(exc).__name__}")
        if isinstance(exc, ValueError):
            return GeminiUnreadable(f"body: {type(exc).__name__}")
        if exc.code == 429:
            return quota_error(exc.details, _retry_after(exc))
        if exc.code in {401, 403} or (exc.code == 400 and "API_KEY_INVALID" in json.dumps(exc.details)):
            return GeminiKeyRejected(f"{exc.code}: GEMINI_API_KEY was not accepted")
        if exc.code == 404:
            return GeminiModelMissing(f"404: no model {self._options.model!r}; change GEMINI_MODEL")
        if exc.code < 500:
            return GeminiBadRequest(f"{exc.code} {exc.status}")
        return GeminiAway(f"{exc.code} {exc.status}")


@cache
def _certificates() -> ssl.SSLContext:
    """The authorities that this machine trusts, read once (20 ms): the SDK alone would read them twice more."""
    return httpx2.create_ssl_context()


def _retry_after(exc: "errors.APIError") -> str:
    """The Retry-After header of a refusal, where a proxy set one."""
    headers = getattr(exc.response, "headers", None) or {}
    return str(headers.get("retry-after", ""))


def _text_of(candidate: "types.Candidate") -> str:
    parts = candidate.content.parts if candidate.content and candidate.content.parts else []
    return "".join(part.text for part in parts if part.text and not part.thought)
