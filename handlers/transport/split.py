"""Cut Telegram HTML that is too long for one message, on line borders, without breaking a tag or an entity."""

import html
import re

MESSAGE_LIMIT = 4096
CAPTION_LIMIT = 1024
TOAST_LIMIT = 200
"""Telegram's limits, in UTF-16 units after entities were parsed."""

_TOKEN = re.compile(r"<[^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);|.", re.DOTALL)
_TAG_NAME = re.compile(r"</?\s*([\w-]+)")


def visible_length(text: str) -> int:
    """Length as Telegram counts it: without tags, entities as one character, UTF-16 units."""
    return sum(_length(token) for token in _TOKEN.findall(text))


def plain(text: str) -> str:
    """The text without tags, entities resolved."""
    return html.unescape(re.sub(r"<[^<>]*>", "", text))


def split(text: str, *, first: int = MESSAGE_LIMIT, rest: int = MESSAGE_LIMIT) -> list[str]:
    """Parts of at most ``first`` (then ``rest``) visible UTF-16 units; tags open at a cut are closed and opened again.

    A cut falls on the last line border that fits, else on the last space, else in the middle of a word. Never empty
    for a text that shows something; a text that shows nothing gives one part.
    """
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 <= first:
        return [text]  # what is shown is never longer than what is written
    tokens: list[str] = _TOKEN.findall(text)
    parts: list[str] = []
    opened: list[str] = []
    limit = first
    while True:
        part, tokens, opened = _take(tokens, opened, limit)
        if plain(part).strip() or not (parts or tokens):
            parts.append(part)
            limit = rest
        if not tokens:
            return parts


def _take(tokens: list[str], opened: list[str], limit: int) -> tuple[str, list[str], list[str]]:
    """One part, the tokens left, and the tags open where it ends."""
    stack = list(opened)
    used = 0
    line: tuple[int, list[str]] | None = None
    space: tuple[int, list[str]] | None = None
    for index, piece in enumerate(tokens):
        size = _length(piece)
        if used + size > limit:
            cut, tags = line or space or (index, list(stack))
            after = cut + 1 if (line or space) else cut
            return _close(opened, tokens[:cut], tags), tokens[after:], tags
        used += size
        _track(piece, stack)
        if piece == "\n":
            line = (index, list(stack))
        elif piece == " ":
            space = (index, list(stack))
    return _close(opened, tokens, stack), [], []


def _close(opened: list[str], tokens: list[str], stack: list[str]) -> str:
    closing = "".join(f"</{_name(tag)}>" for tag in reversed(stack))
    return ("".join(opened) + "".join(tokens) + closing).strip("\n")


def _track(token: str, stack: list[str]) -> None:
    if not _is_tag(token):
        return
    if not token.startswith("</"):
        stack.append(token)
    elif stack and _name(stack[-1]) == _name(token):
        stack.pop()


def _is_tag(token: str) -> bool:
    return len(token) > 1 and token.startswith("<")


def _name(tag: str) -> str:
    match = _TAG_NAME.match(tag)
    return match[1] if match else ""


def _length(token: str) -> int:
    if _is_tag(token):
        return 0
    return len(html.unescape(token).encode("utf-16-le", "surrogatepass")) // 2
