"""The seam between search and whoever turns text into vectors."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
"""One vector (d,), or one a row (n, d); unit length, little-endian float32."""


class Embedder(Protocol):
    """Texts to vectors. Both methods block (10 to 300 ms a text): call them through ``asyncio.to_thread``.

    ``name`` (lower-case letters, digits, underscores) and ``dimensions`` name the vector space: vectors of different
    spaces are never compared. Two threads may call at once.
    """

    @property
    def name(self) -> str:
        """Which model, and which variant of it."""
        ...

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        ...

    def embed_query(self, text: str) -> Vector:
        """Return the vector (d,) of what a person asks. Raises ``EmbeddingFailed``."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return the vectors (n, d) of passages of documents. Raises ``EmbeddingFailed``."""
        ...


class EmbeddingFailed(Exception):
    """The embedder gave no usable vector; search by words still works."""


class EmbedderUnavailable(Exception):
    """This embedder cannot run here; the message says why and what to set."""


def checked(vectors: Any, rows: int, dimensions: int) -> Vector:
    """Return ``vectors`` as unit rows (n, d). Raises ``EmbeddingFailed`` for a wrong shape, a zero or a NaN.

    vec0 would rank such a vector first in every search.
    """
    array = np.asarray(vectors, dtype="<f4").reshape(rows, -1)
    if array.shape != (rows, dimensions):
        raise EmbeddingFailed(f"expected {rows} vectors of {dimensions} numbers, got {array.shape}")
    lengths = np.linalg.norm(array, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or (lengths < 1e-6).any():
        raise EmbeddingFailed("a vector is zero or not a number")
    unit: Vector = (array / lengths).astype("<f4")
    return unit
