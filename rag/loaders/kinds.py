"""What a file is, from its bytes; the name only decides between kinds of text."""

import re
from enum import StrEnum
from pathlib import PurePath

from rag.loaders.reasons import Reason, Unreadable


class Kind(StrEnum):
    """The formats that are read."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    TEXT = "text"


TEXT_SUFFIXES = frozenset({".md", ".markdown", ".txt"})
HTML_SUFFIXES = frozenset({".html", ".htm"})
SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES | {".pdf", ".docx"}

_PDF_WITHIN = 1024
"""Readers accept a PDF whose header is not at the very beginning."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"BM", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!",
    b"MZ", b"\x7fELF", b"{\\rtf", b"ID3", b"OggS", b"%!PS", b"SQLite format",
)  # fmt: skip
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)


def kind_of(data: bytes, name: str) -> Kind:
    """Tell what ``data`` is. Raises ``Unreadable``: wrong_type, encrypted (a protected Office file) or corrupt."""
    suffix = PurePath(name).suffix.lower()
    start = data[:_PDF_WITHIN]
    if b"%PDF-" in start:
        return Kind.PDF
    if start.startswith(_ZIP):
        return Kind.DOCX
    if start.startswith(_OLE):
        if _ENCRYPTED_OFFICE in data:
            raise Unreadable(Reason.ENCRYPTED, "office file with a password")
        raise Unreadable(Reason.WRONG_TYPE, "office file of before 2007")
    if start.startswith(_OTHERS):
        raise Unreadable(Reason.WRONG_TYPE, suffix)
    if suffix in {".pdf", ".docx"}:
        raise Unreadable(Reason.CORRUPT, f"no {suffix} header")
    if suffix in HTML_SUFFIXES or _HTML.search(start):
        return Kind.HTML
    if suffix in TEXT_SUFFIXES or not suffix:
        return Kind.TEXT
    raise Unreadable(Reason.WRONG_TYPE, suffix)
