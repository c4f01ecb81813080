"""Gemini's embeddings, as an option (``EMBEDDINGS=gemini``): batched, counted in the ledger, away when Gemini is.

Only the guide's and the operators' passages are embedded, and questions of people who said yes to Gemini; for everybody
else, and for people's own documents, search answers from words.
"""

import asyncio
import re
from collections.abc import Sequence
from concurrent.futures import TimeoutError as NoAnswer

from rag.embedder import EmbeddingFailed, Vector, checked
from rag.gemini import EMBEDDED_AT_ONCE, EMBEDDED_DIMENSIONS, EMBEDDING_PATIENCE_S, GeminiClient
from rag.gemini_errors import GeminiError
from rag.leaving import may_leave
from rag.ledger import Spender
from rag.masking import MASK, mask

SPENDER = Spender(kind="embedding")
MOST_LETTERS = 6000
"""Of a text: the model takes 2,048 tokens, and Portuguese has some 3 letters a token."""

_MARGIN_S = 5.0


class GeminiEmbedder:
    """An ``Embedder`` whose two methods block a thread while ``loop`` asks Gemini."""

    at_once = EMBEDDED_AT_ONCE
    dimensions = EMBEDDED_DIMENSIONS

    def __init__(self, client: GeminiClient, model: str, loop: asyncio.AbstractEventLoop) -> None:
        self._client = client
        self._model = model
        self._loop = loop
        self.name = re.sub(r"[^a-z0-9]+", "_", model.lower()).strip("_")

    def embed_query(self, text: str) -> Vector:
        """Return the vector (d,) of what a person asks. Raises ``EmbeddingFailed``, also without their yes."""
        if not may_leave():
            raise EmbeddingFailed("the words of this person stay here")
        # Names, weights and contacts stay here, whoever calls.
        row: Vector = self._ask([" ".join(mask(text).replace(MASK, " ").split()) or MASK], query=True)[0]
        return row

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return the vectors (n, d) of passages of public documents. Raises ``EmbeddingFailed``."""
        rows: list[Vector] = []
        for start in range(0, len(texts), EMBEDDED_AT_ONCE):
            rows.extend(self._ask(texts[start : start + EMBEDDED_AT_ONCE], query=False))
        return checked(rows, len(texts), self.dimensions)

    def _ask(self, texts: Sequence[str], *, query: bool) -> Vector:
        cut = [text[:MOST_LETTERS] for text in texts]
        asked = asyncio.run_coroutine_threadsafe(
            self._client.embed(self._model, cut, SPENDER, query=query), self._loop
        )
        try:
            found = asked.result(EMBEDDING_PATIENCE_S + _MARGIN_S)
        except (GeminiError, NoAnswer) as exc:
            asked.cancel()
            raise EmbeddingFailed(f"Gemini: {type(exc).__name__}") from exc
        return checked(found.rows, len(texts), self.dimensions)
