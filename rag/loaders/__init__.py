"""Files that people and operators bring, read into documents: what they are is found from their bytes.

``read_document`` parses in the caller's process and may take long: call it where that is harmless (tests, the child
process). Anything that came from outside goes through ``rag.loaders.process.read_in_process``.
"""

from collections.abc import Callable, Sequence

from rag.guide import Document, document_of, hash_of
from rag.loaders.kinds import SUFFIXES, Kind, kind_of
from rag.loaders.reasons import Reason, Unreadable
from rag.markdown import Block

__all__ = ["MOST_BYTES", "SUFFIXES", "Reason", "Unreadable", "read_document"]

MOST_BYTES = 20 * 1024 * 1024
MOST_LETTERS = 8_000_000
"""Of a document's text: a book of 300 pages has less than a million."""


def read_document(data: bytes, name: str) -> Document:
    """Read the bytes of a file into a document of that name, which is its title too (blocking).

    ``content_hash`` is of the bytes. Raises ``Unreadable``, and ``MemoryError`` under a limit of memory.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(Reason.TOO_LARGE, f"{len(data)} bytes")
    if not data.strip():
        raise Unreadable(Reason.EMPTY)
    blocks = _reader(kind_of(data, name))(data)
    if not any(char.isalnum() for block in blocks for char in block.text):
        raise Unreadable(Reason.EMPTY, "no text")
    if sum(len(block.text) for block in blocks) > MOST_LETTERS:
        raise Unreadable(Reason.TOO_LARGE, "text")
    pages = max((block.page or 0 for block in blocks), default=0) or None
    return document_of(name, blocks, hash_of(data), title=name, pages=pages)


def _reader(kind: Kind) -> Callable[[bytes], Sequence[Block]]:
    """Libraries are loaded where a file is read, not by everyone who names a reason."""
    if kind is Kind.PDF:
        from rag.loaders.pdf import read_pdf

        return read_pdf
    if kind is Kind.DOCX:
        from rag.loaders.docx import read_docx

        return read_docx
    if kind is Kind.HTML:
        from rag.loaders.html import read_html

        return read_html
    from rag.loaders.text import read_text

    return read_text
