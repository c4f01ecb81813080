"""A deterministic embedder: words hashed into dimensions, so that texts sharing words are near each other."""

import hashlib
from collections.abc import Sequence

import numpy as np

from rag.embedder import EmbeddingFailed, Vector, checked
from rag.stems import stems


class HashingEmbedder:
    """Feature hashing of stems. ``history`` holds every passage embedded, in order; ``broken`` makes it fail."""

    def __init__(self, name: str = "hashing", dimensions: int = 64) -> None:
        self.name = name
        self.dimensions = dimensions
        self.history: list[str] = []
        self.queries: list[str] = []
        self.broken = False

    def embed_query(self, text: str) -> Vector:
        self.queries.append(text)
        return self._vectors([text])[0]  # type: ignore[no-any-return]

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        self.history.extend(texts)
        return self._vectors(texts)

    def _vectors(self, texts: Sequence[str]) -> Vector:
        if self.broken:
            raise EmbeddingFailed("told to fail")
        rows = np.zeros((len(texts), self.dimensions), dtype="<f4")
        for row, text in zip(rows, texts, strict=True):
            row[0] = 0.1  # never the zero vector
            for stem in stems(text):
                digest = hashlib.blake2b(stem.encode(), digest_size=8).digest()
                row[int.from_bytes(digest[:4]) % self.dimensions] += 1 if digest[4] % 2 else -1
        return checked(rows, len(texts), self.dimensions)
