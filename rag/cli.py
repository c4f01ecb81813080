"""What ``bot.py search`` and ``bot.py index`` do; ``bot.py`` reads the arguments and opens the database."""

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from rag import guide
from rag.guide import Document
from rag.index import Indexer, Report
from rag.search import Hit, Search

FOLDER_COLLECTION = "pasta"
_SUFFIXES = (".md", ".markdown", ".txt")


class CannotIndex(Exception):
    """A path given to ``bot.py index`` cannot be indexed; the message says which and why."""


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


async def index_command(indexer: Indexer, paths: Sequence[Path], *, out: TextIO = sys.stderr) -> Report:
    """Index the guide and, with ``paths``, these Markdown or text files (folders: all in them), showing progress.

    Paths replace those of the last time. Raises ``CannotIndex`` before anything is changed.
    """
    own = await asyncio.to_thread(guide.documents)
    others = await asyncio.to_thread(_read_all, paths)
    words = [await indexer.sync_words(own)]
    if paths:
        words.append(await indexer.sync_words(others, collection=FOLDER_COLLECTION))

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


def _read_all(paths: Sequence[Path]) -> list[Document]:
    files: list[tuple[str, Path]] = []
    for path in paths:
        if path.is_dir():
            found = sorted(file for file in path.rglob("*") if file.suffix.lower() in _SUFFIXES)
            files += [(file.relative_to(path).as_posix(), file) for file in found]
        elif path.suffix.lower() in _SUFFIXES and path.is_file():
            files.append((path.name, path))
        else:
            raise CannotIndex(f"{path}: neither a folder nor a file of type {', '.join(_SUFFIXES)}")
    return [_read(name, path) for name, path in files]


def _read(name: str, path: Path) -> Document:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise CannotIndex(f"{path}: cannot be read ({exc})") from exc
    return guide.read_document(name, text, title=name)
