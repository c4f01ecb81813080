"""The Gemini client: the only file that imports the SDK, and only once a client is made: importing it takes 0.4 s.

Measured facts behind each choice are in ``docs/decisions.md``. The SDK's own retry ignores ``RetryInfo`` and its
default transport may silently be aiohttp, so retries, deadline and transport are ours.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, aclosing
from functools import cache
from typing import TYPE_CHECKING, TypeVar

import httpx2

from rag.breaker import Breaker
from rag.gemini_errors import (
    GeminiAway,
    GeminiBlocked,
    GeminiError,
    GeminiKeyRejected,
    GeminiModelMissing,
    GeminiQuota,
    GeminiUnreadable,
)
from rag.gemini_request import GeminiOptions, Prompt
from rag.gemini_translate import translated
from rag.heard import Answer, Heard, Vectors
from rag.ledger import Ledger, Spender
from rag.tally import Tally

if TYPE_CHECKING:
    from google.genai import types

MODEL_SETTING, EMBEDDING_SETTING = "GEMINI_MODEL", "GEMINI_EMBEDDING_MODEL"
"""What an operator changes when the model is not there."""

EMBEDDED_DIMENSIONS, EMBEDDED_AT_ONCE = 768, 100
"""Numbers of a vector that we ask for, and texts that the API takes in one request."""

EMBEDDING_PATIENCE_S = 20.0
CHARS_A_TOKEN = 3
"""The embedding API counts no tokens: we count characters."""

ANSWERED = "answered"
"""The tally's name for a request that worked; a failure is counted under the name of its error."""

QUOTA_MARGIN_S = 0.25
"""Waited beyond the time that the API named: clocks differ, and early is refused again."""

HTTP_TIMEOUT_MS = 30_000
"""Sent as X-Server-Timeout; the API rejects less than 10 s."""

REFUSED = {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE", "MODEL_ARMOR"}
"""Finish reasons with which the API withholds an answer."""

_T = TypeVar("_T", Answer, Vectors)


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
            error = translated(exc, self._options.model, MODEL_SETTING)
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
        heard = Heard(on_text)
        patience = self._options.deadline_s if deadline_s is None else deadline_s
        try:
            return await self._asked(spender, heard, patience, lambda: self._stream(prompt, heard.hear))
        except (GeminiAway, GeminiUnreadable):
            partly = heard.partly()
            if partly is None:
                raise
            return partly

    async def embed(self, model: str, texts: Sequence[str], spender: Spender, *, query: bool) -> Vectors:
        """Return one vector of ``EMBEDDED_DIMENSIONS`` numbers a text (at most ``EMBEDDED_AT_ONCE``), not of unit length.

        ``query`` tells a question from passages of documents. Retries and counts like ``generate``.
        """
        unheard = Heard(lambda _text: None)
        return await self._asked(
            spender, unheard, EMBEDDING_PATIENCE_S, lambda: self._embedded(model, texts, query)
        )

    async def _asked(
        self, spender: Spender, heard: Heard, patience: float, once: Callable[[], Awaitable[_T]]
    ) -> _T:
        self._breaker.check()
        try:
            async with asyncio.timeout(patience), self._slots:
                return await self._with_retries(spender, heard, once)
        except TimeoutError as exc:
            error = GeminiAway(f"no answer within {patience:g} s")
            if heard.asking:
                self._breaker.failed()
                await self._count(spender, error)
            raise error from exc

    async def _with_retries(self, spender: Spender, heard: Heard, once: Callable[[], Awaitable[_T]]) -> _T:
        delay = self._options.first_delay_s
        for attempt in range(1, self._options.tries + 1):
            self._breaker.check()  # it may have opened while this one waited
            await self._ledger.reserve(spender)
            heard.asking = True
            try:
                answer = await once()
            except GeminiError as exc:
                heard.asking = False
                await self._count(spender, exc)
                wait = self._wait_before_retry(exc, delay)
                if wait is None or attempt == self._options.tries:
                    raise
                await self._sleep(wait)
                delay *= 2
                continue
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

    async def _embedded(self, model: str, texts: Sequence[str], query: bool) -> Vectors:
        from google.genai import errors, types

        config = types.EmbedContentConfig(
            task_type="RETRIEVAL_QUERY" if query else "RETRIEVAL_DOCUMENT",
            output_dimensionality=EMBEDDED_DIMENSIONS,
        )
        # One Content a text: a list of plain strings may come back as one vector for all.
        contents = [types.Content(parts=[types.Part(text=text)]) for text in texts]
        try:
            found = await self._client.models.embed_content(model=model, contents=contents, config=config)
        except (errors.APIError, httpx2.HTTPError, ValueError) as exc:
            raise translated(exc, model, EMBEDDING_SETTING) from exc
        rows = [list(each.values or ()) for each in found.embeddings or ()]
        if [len(row) for row in rows] != [EMBEDDED_DIMENSIONS] * len(texts):
            raise GeminiUnreadable(f"{len(rows)} vectors for {len(texts)} texts")
        return Vectors(rows, tokens_in=sum(len(text) for text in texts) // CHARS_A_TOKEN)

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
            raise translated(exc, self._options.model, MODEL_SETTING) from exc

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


@cache
def _certificates() -> ssl.SSLContext:
    """The authorities that this machine trusts, read once (20 ms): the SDK alone would read them twice more."""
    return httpx2.create_ssl_context()


def _text_of(candidate: "types.Candidate") -> str:
    parts = candidate.content.parts if candidate.content and candidate.content.parts else []
    return "".join(part.text for part in parts if part.text and not part.thought)
