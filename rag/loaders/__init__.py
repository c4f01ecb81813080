"""Files that people and operators bring, read into documents: what they are is found from their bytes.

``read_document`` parses in the caller's process and may take long: call it where that is harmless (tests, the child
process). Anything that came from outside goes through ``rag.loaders.process.read_in_process``.
"""

from collections.abc import Callable, Sequence

from rag.guide import Document, document_of, hash_of
from rag.loaders.reasons import Reason, Unreadable
from rag.loaders.text import read_markdown
from rag.markdown import Block

__all__ = ["MOST_BYTES", "SUFFIXES", "Reason", "Unreadable", "read_document"]

MOST_BYTES = 20 * 1024 * 1024
SUFFIXES = (".md", ".markdown", ".txt", ".html", ".htm", ".docx", ".pdf")


def read_document(data: bytes, name: str) -> Document:
    """Read the bytes of a file into a document of that name, which is its title too (blocking).

    ``content_hash`` is of the bytes. Raises ``Unreadable``; nothing else, whatever the bytes are.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(Reason.TOO_LARGE, f"{len(data)} bytes")
    if not data.strip():
        raise Unreadable(Reason.EMPTY)
    read = _reader(data, name)
    blocks = read(data)
    if not any(char.isalnum() for block in blocks for char in block.text):
        raise Unreadable(Reason.EMPTY, "no text")
    pages = max((block.page or 0 for block in blocks), default=0) or None
    return document_of(name, blocks, hash_of(data), title=name, pages=pages)


def _reader(data: bytes, name: str) -> Callable[[bytes], Sequence[Block]]:
    if data[:4] in (b"%PDF", b"PK\x03\x04") or not name.lower().endswith(SUFFIXES):
        raise Unreadable(Reason.WRONG_TYPE, name)
    return read_markdown
