"""Vectors that come with the guide: ``guide/vectors/<embedder>.npz``, keyed by content hash, float16."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from rag.embedder import Vector, checked
from rag.guide import FOLDER

VECTORS = FOLDER / "vectors"


def path_for(embedder: str, folder: Path = VECTORS) -> Path:
    """Where the vectors of an embedder are."""
    return folder / f"{embedder}.npz"


def load(embedder: str, dimensions: int, folder: Path = VECTORS) -> dict[str, Vector]:
    """Return the shipped vectors (unit float32) by content hash; none when the file is missing (blocking).

    Raises ``EmbeddingFailed`` when the file holds something else.
    """
    path = path_for(embedder, folder)
    if not path.exists():
        return {}
    with np.load(path, allow_pickle=False) as file:
        hashes, vectors = file["hashes"], file["vectors"]
    if not len(hashes):
        return {}
    rows = checked(vectors, len(hashes), dimensions)
    return {digest.decode(): row for digest, row in zip(hashes, rows, strict=True)}


def save(embedder: str, vectors: Mapping[str, Vector], folder: Path = VECTORS) -> Path:
    """Write the vectors, ordered by hash so that the same guide gives the same file."""
    folder.mkdir(parents=True, exist_ok=True)
    ordered = sorted(vectors)
    path = path_for(embedder, folder)
    rows = np.stack([vectors[digest] for digest in ordered]).astype("<f2")
    np.savez_compressed(path, hashes=np.array([digest.encode() for digest in ordered], "S32"), vectors=rows)
    return path


def missing(hashes: Iterable[str], shipped: Mapping[str, Vector]) -> list[str]:
    """Return the hashes that have no shipped vector, in order, once each."""
    return [digest for digest in dict.fromkeys(hashes) if digest not in shipped]
