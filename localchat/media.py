"""Reads what a phone would know about a file: its type by name and, for pictures, its size in pixels."""

from __future__ import annotations

import mimetypes
import struct

MAX_SEND_BYTES = 50 * 1024 * 1024
"""Largest file a bot may send, and a person here."""
MAX_PHOTO_BYTES = 10 * 1024 * 1024
"""Largest picture a bot may send as a photo."""
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
"""Largest file that ``getFile`` gives to a bot."""
MAX_PHOTO_SIDES = 10_000
"""Width plus height of a photo, pixels."""
MAX_PHOTO_RATIO = 20

_EXTRA = {
    ".md": "text/markdown",
    ".ics": "text/calendar",
    ".jsonl": "application/jsonl",
    ".webp": "image/webp",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".oga": "audio/ogg",
}


def mime_type(name: str) -> str:
    """By the name's ending; ``application/octet-stream`` when it says nothing."""
    for ending, mime in _EXTRA.items():
        if name.lower().endswith(ending):
            return mime
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def safe_name(name: str) -> str:
    """A file name without folders, control characters or quotes; never empty."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(char for char in base if char.isprintable() and char not in '"<>|:*?').strip(" .")
    return kept[-128:] or "arquivo"


def picture_type(body: bytes) -> str | None:
    """MIME type of a picture by its first bytes; None if it is none that a browser should show."""
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if body.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if body[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    return None


def picture_size(body: bytes) -> tuple[int, int] | None:
    """(width, height) in pixels from the header of a PNG, JPEG, GIF or WebP; None if it cannot be read."""
    try:
        match picture_type(body):
            case "image/png":
                width, height = struct.unpack(">II", body[16:24])
            case "image/gif":
                width, height = struct.unpack("<HH", body[6:10])
            case "image/jpeg":
                return _jpeg_size(body)
            case "image/webp":
                return _webp_size(body)
            case _:
                return None
    except (struct.error, IndexError):
        return None
    return (width, height) if width and height else None


def _jpeg_size(body: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(body):
        if body[at] != 0xFF:
            return None
        marker = body[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", body[at + 5 : at + 9])
            return (width, height) if width and height else None
        if marker == 0xFF:
            at += 1
            continue
        at += 2 + int(struct.unpack(">H", body[at + 2 : at + 4])[0])
    return None


def _webp_size(body: bytes) -> tuple[int, int] | None:
    kind = body[12:16]
    if kind == b"VP8X":
        return int.from_bytes(body[24:27], "little") + 1, int.from_bytes(body[27:30], "little") + 1
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", body[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = int.from_bytes(body[21:25], "little")
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    return None
