"""The guide: the Markdown files of ``guide/``, read into documents, chunks and dishes."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nutrition.menu import Dish
from rag.chunker import Chunk, chunk, title_of
from rag.dishes import Foods, GuideError, Problem, parse_dishes
from rag.markdown import Block, parse

FOLDER = Path(__file__).resolve().parent.parent / "guide"
TITLE = "Guia do Cardápio"
COLLECTION = "guia"
_DISHES = "pratos"
_GUIDANCE = "orientacoes"


@dataclass(frozen=True, slots=True)
class Document:
    """A document read into chunks. ``name`` is its path in its collection, ``title`` what people see.

    ``blocks`` are its headings, paragraphs, items and rows in order, each with its page; ``pages`` is how many pages
    it has, None where it has none.
    """

    name: str
    title: str
    content_hash: str
    chunks: tuple[Chunk, ...]
    blocks: tuple[Block, ...] = ()
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide as read: its documents, the dishes that could be parsed, and the problems of the others."""

    documents: tuple[Document, ...]
    dishes: tuple[Dish, ...]
    problems: tuple[Problem, ...]
    version: str

    def require_valid(self) -> "Guide":
        """Return the guide itself. Raises ``GuideError`` when something in it cannot be read."""
        if self.problems:
            raise GuideError(self.problems)
        return self


def load(foods: Foods, folder: Path = FOLDER) -> Guide:
    """Read every file of the guide (blocking, about 0.3 s); ``foods`` resolves the ingredients."""
    documents: list[Document] = []
    dishes: dict[str, Dish] = {}
    problems: list[Problem] = []
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        text = path.read_text(encoding="utf-8")
        blocks = _blocks(text)
        documents.append(_document(name, text, blocks))
        if path.parent.name == _DISHES:
            parsed = parse_dishes(f"guide/{name}", blocks, foods, only_dishes=True)
            problems += parsed.problems
            for dish in parsed.dishes:
                if dish.id in dishes:
                    problems.append(Problem(f"guide/{name}", 1, f"{dish.name}: há dois pratos com este nome"))
                else:
                    dishes[dish.id] = dish
    problems += _untitled(documents)
    version = hashlib.sha256("".join(document.content_hash for document in documents).encode()).hexdigest()[
        :16
    ]
    return Guide(tuple(documents), tuple(dishes.values()), tuple(problems), version)


def documents(folder: Path = FOLDER) -> tuple[Document, ...]:
    """Read the guide's documents without parsing the dishes' foods (blocking)."""
    found = []
    for path in _files(folder):
        text = path.read_text(encoding="utf-8")
        found.append(_document(path.relative_to(folder).as_posix(), text, _blocks(text)))
    return tuple(found)


@lru_cache(maxsize=256)
def _blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a file of the guide. Kept, because a start reads the guide twice: for its dishes, and to index it."""
    return tuple(parse(text))


def _files(folder: Path) -> list[Path]:
    return sorted(path for part in (_GUIDANCE, _DISHES) for path in (folder / part).glob("*.md"))


def read_document(name: str, text: str, *, title: str) -> Document:
    """Read one Markdown text into a document of that name and title."""
    return _document(name, text, parse(text), title)


def _document(name: str, text: str, blocks: Sequence[Block], title: str = TITLE) -> Document:
    return document_of(name, blocks, hash_of(text.encode()), title=title)


def hash_of(data: bytes) -> str:
    """The content hash of a file: 32 hex digits of its SHA-256."""
    return hashlib.sha256(data).hexdigest()[:32]


def document_of(
    name: str, blocks: Sequence[Block], content_hash: str, *, title: str, pages: int | None = None
) -> Document:
    """Cut blocks into a document; what stands before any heading is in a section of the document's own name."""
    chunks = tuple(chunk(blocks, title_of(blocks) or name))
    return Document(name, title, content_hash, chunks, tuple(blocks), pages)


def _untitled(found: Iterable[Document]) -> list[Problem]:
    return [Problem(f"guide/{d.name}", 1, "o arquivo não tem texto") for d in found if not d.chunks]
