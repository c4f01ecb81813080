"""Gemini as a ``MenuWriter``: composes the prompt, reads the streamed answer, reports days as they are written."""

import asyncio

import structlog

from nutrition.foods import FoodTable
from nutrition.menu import Draft, Origin
from rag.gemini import GeminiClient
from rag.gemini_brief import compose
from rag.gemini_draft import days_written, read
from rag.gemini_errors import GeminiError
from rag.ledger import Spender
from rag.writer import DayDone, MenuBrief, WriterError
from storage.usage import NOBODY

log = structlog.get_logger(__name__)

INVENTED = "invented_citations"
"""The tally's name for citations of what was never shown: removed, and counted."""


class GeminiWriter:
    """Writes a draft with Gemini, on one person's budget. Raises ``WriterError`` with the note to tell.

    ``person_id`` counts what is spent and never enters a prompt.
    """

    origin = Origin.GEMINI

    def __init__(self, client: GeminiClient, table: FoodTable, person_id: int = NOBODY) -> None:
        self._client = client
        self._table = table
        self._person_id = person_id

    async def draft(self, brief: MenuBrief, day_done: DayDone) -> Draft:
        """Ask for ``brief.days``, or for its rejected meals only. What is missing is filled by whoever called."""
        composed = await asyncio.to_thread(compose, brief, self._table)
        spender = Spender(self._person_id, "repair" if brief.rejected else "menu")
        asked = len(brief.days)
        told = 0

        def on_text(text: str) -> None:
            nonlocal told
            done = min(days_written(text), asked)
            if done > told:
                told = done
                day_done(done, asked)

        try:
            answer = await self._client.generate(composed.prompt, spender, on_text)
        except GeminiError as exc:
            log.warning("gemini failed", error=type(exc).__name__, detail=str(exc)[:200])
            raise WriterError(exc.note, str(exc)) from exc
        reading = read(answer.text, composed.numbering)
        self._client.tally.add(INVENTED, reading.invented_citations)
        log.info(
            "gemini wrote",
            rows=reading.rows,
            unreadable=reading.unreadable_rows,
            invented_citations=reading.invented_citations,
            complete=answer.complete,
            tokens_in=answer.tokens_in,
            tokens_out=answer.tokens_out,
        )
        if not reading.draft.days:
            raise WriterError("gemini_away", "the answer held no meal")
        return reading.draft
