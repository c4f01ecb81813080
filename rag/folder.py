"""The operators' documents: files and folders read into documents, those that did not change left as they are."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.dishes import Foods, parse_dishes
from rag.guide import Document, hash_of
from rag.loaders import MOST_BYTES, SUFFIXES, Reason, Unreadable, read_document
from rag.loaders.kinds import TEXT_SUFFIXES
from rag.loaders.process import read_in_process

_NO_DOCUMENTS = (".", "~$")
"""How the names of hidden files begin, and of those that Word keeps beside an open one."""

Tell = Callable[[str], None]
"""Takes a line about a file that needs the operator."""


class CannotIndex(Exception):
    """A path given to ``bot.py index`` cannot be indexed; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the paths hold: documents read now, and the names of those that are indexed as they stand."""

    read: tuple[Document, ...]
    unchanged: frozenset[str]


async def read_paths(
    paths: Sequence[Path], indexed: Mapping[str, str], tell: Tell, foods: Foods | None = None
) -> Shelf:
    """Read these files, and all in these folders. ``indexed``: content hashes by name.

    A bad file in a folder is told and left out (what was indexed of it stays), as are dishes whose lines cannot be read
    when ``foods`` are given. Raises ``CannotIndex`` for a bad path, before anything is read, and for a bad file that
    was named itself.
    """
    read: list[Document] = []
    unchanged: set[str] = set()
    seen: set[str] = set()
    for name, path, named in await asyncio.to_thread(_files, paths):
        if name in seen:
            tell(f"{path}: left out, another file is called {name} too")
            continue
        seen.add(name)
        try:
            document = await _read(name, path, indexed.get(name))
        except (OSError, Unreadable) as exc:
            why = exc.reason.value if isinstance(exc, Unreadable) else exc.strerror
            if named:
                raise CannotIndex(f"{path}: cannot be read ({why})") from exc
            tell(f"{path}: left out ({why})")
            document = None
        if document is not None:
            read.append(document)
            _tell_dishes(document, foods, tell)
        elif name in indexed:
            unchanged.add(name)
    return Shelf(tuple(read), frozenset(unchanged))


def _files(paths: Sequence[Path]) -> list[tuple[str, Path, bool]]:
    """Name, path, and whether it was named itself."""
    files: list[tuple[str, Path, bool]] = []
    for path in paths:
        if path.is_dir():
            found = sorted(file for file in path.rglob("*") if _is_document(file))
            files += [(file.relative_to(path).as_posix(), file, False) for file in found]
        elif path.suffix.lower() in SUFFIXES and path.is_file():
            files.append((path.name, path, True))
        else:
            raise CannotIndex(f"{path}: neither a folder nor a file of type {', '.join(sorted(SUFFIXES))}")
    return files


def _is_document(file: Path) -> bool:
    return file.suffix.lower() in SUFFIXES and not file.name.startswith(_NO_DOCUMENTS) and file.is_file()


async def _read(name: str, path: Path, indexed: str | None) -> Document | None:
    """The document in a file; None where it is the one that is indexed."""
    data = await asyncio.to_thread(_bytes, path)
    if hash_of(data) == indexed:
        return None
    if path.suffix.lower() in TEXT_SUFFIXES:
        return await asyncio.to_thread(read_document, data, name)
    return await read_in_process(path, name)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Unreadable(Reason.TOO_LARGE)
    return data


def _tell_dishes(document: Document, foods: Foods | None, tell: Tell) -> None:
    if foods is not None and any(chunk.kind == "dish" for chunk in document.chunks):
        parsed = parse_dishes(document.name, document.blocks, foods, only_dishes=False)
        for problem in parsed.problems:
            tell(str(problem))
