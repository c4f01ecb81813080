"""The seam between search and whoever turns text into vectors."""

from collections.abc import Sequence
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
"""One vector (d,), or one a row (n, d); unit length, little-endian float32."""

_LARGE_BYTES = 1_000_000


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


def be_whole(package: str) -> None:
    """See that the large files of an installed package, its model, are as long as they were packed.

    Raises ``EmbedderUnavailable``: an engine that maps half a model into memory would end the whole program.
    """
    with suppress(metadata.PackageNotFoundError):  # it runs from its sources
        for file in metadata.files(package) or ():
            if (file.size or 0) < _LARGE_BYTES:
                continue
            found = Path(str(file.locate()))
            if not found.exists() or found.stat().st_size != file.size:
                raise EmbedderUnavailable(f"{file} of {package} is damaged: install it again")


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
