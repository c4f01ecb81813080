"""What ``bot.py search`` and ``bot.py index`` do; ``bot.py`` reads the arguments and opens the database."""

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from rag import guide
from rag.dishes import Foods
from rag.folder import CannotIndex, Tell, read_paths
from rag.index import Indexer, Report
from rag.search import Hit, Search

__all__ = ["CannotIndex", "as_object", "index_command", "search_command"]

FOLDER_COLLECTION = "pasta"


def as_object(hit: Hit) -> dict[str, object]:
    """A hit in the public shape of ``bot.py search --json`` and of the sources of ``bot.py ask --json``."""
    passage = hit.passage
    return {
        "chunk_id": passage.chunk_id,
        "document": passage.document,
        "section": passage.section,
        "page": passage.page,
        "text": passage.text,
        "score": round(hit.score, 4),
    }


async def search_command(
    search: Search, text: str, *, k: int, as_json: bool, out: TextIO = sys.stdout
) -> None:
    """Print what the retriever finds: one JSON list, or a few lines for each passage."""
    hits = await search.find(text, k)
    if as_json:
        print(json.dumps([as_object(hit) for hit in hits], ensure_ascii=False), file=out)
        return
    for number, hit in enumerate(hits, start=1):
        page = "" if hit.passage.page is None else f", p. {hit.passage.page}"
        print(f"{number}. {hit.passage.section} ({hit.passage.document}{page}) {hit.score:.2f}", file=out)
        print(f"   {hit.passage.text}\n".replace("\n", "\n   ").rstrip(), file=out)
    if not hits:
        print("Nothing found.", file=out)


async def index_command(
    indexer: Indexer,
    paths: Sequence[Path],
    *,
    foods: Foods | None = None,
    out: TextIO = sys.stderr,
    tell: Tell | None = None,
) -> Report:
    """Index the guide and, with ``paths``, these files (folders: all in them), showing progress.

    Paths replace those of the last time. ``tell`` takes lines about files and dishes that cannot be read (by default
    they are printed); ``foods`` are what dishes are made of. Raises ``CannotIndex`` before anything is changed.
    """
    own = await asyncio.to_thread(guide.documents)
    indexed = await indexer.indexed(FOLDER_COLLECTION) if paths else {}
    others = await read_paths(paths, indexed, tell or (lambda line: print(line, file=out)), foods)
    words = [await indexer.sync_words(own)]
    if paths:
        words.append(
            await indexer.sync_words(others.read, collection=FOLDER_COLLECTION, unchanged=others.unchanged)
        )

    def show(done: int, total: int) -> None:
        print(f"\rvectors: {done} of {total} passages", end="", file=out, flush=True)

    stored, embedded = await indexer.embed_missing(show)
    if stored:
        print(file=out)
    report = Report(
        documents=sum(part.documents for part in words),
        documents_removed=sum(part.documents_removed for part in words),
        added=sum(part.added for part in words),
        removed=sum(part.removed for part in words),
        vectors=stored,
        embedded=embedded,
    )
    print(
        f"documents read: {report.documents}; passages added: {report.added}, removed: {report.removed}; "
        f"vectors added: {report.vectors} (computed now: {report.embedded})",
        file=out,
    )
    return report
