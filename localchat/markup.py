"""Telegram's HTML: text with tags in, plain text with entities out, or the refusal Telegram would give.

Offsets and lengths of entities count UTF-16 code units, offsets in error texts count bytes, as Telegram's do.
The rules follow the behaviour of tdlib's parser: only the tags below, ``&lt; &gt; &amp; &quot;`` and numeric
entities, an end tag closes the tag opened last.
"""

from __future__ import annotations

from dataclasses import dataclass

from localchat.errors import Json, bad_request
from localchat.formatted import Formatted, tidy, utf16_length

TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACES = " \t\r\n\v\f\0"
_MAX_NUMERIC_LENGTH = 10


def parse_html(source: str) -> Formatted:
    """Parse a message in parse mode HTML.

    Raises:
        ApiError: 400 "can't parse entities: …" with Telegram's reason.
    """
    return _Parser(source.replace("\r", "")).parse()


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    start: int


class _Parser:
    """One pass over the source; ``self.at`` is the position, as an index into the string."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.stack: list[_Open] = []
        self.entities: list[Json] = []

    def parse(self) -> Formatted:
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "<":
                self._tag()
            else:
                self._emit(self._character())
        if self.stack:
            raise self._error(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        return tidy("".join(self.out), self.entities)

    def _emit(self, char: str) -> None:
        self.out.append(char)
        self.length += utf16_length(char)

    def _peek(self) -> str:
        """The character here, or NUL at the end."""
        return self.source[self.at] if self.at < len(self.source) else "\0"

    def _character(self) -> str:
        """One character of text or attribute value, decoded; moves past it."""
        if self.source[self.at] == "&":
            decoded, after = decode_entity(self.source, self.at)
            if decoded:
                self.at = after
                return decoded
        self.at += 1
        return self.source[self.at - 1]

    def _skip_spaces(self) -> None:
        while self.at < len(self.source) and self.source[self.at] in _SPACES:
            self.at += 1

    def _word(self, stop: str) -> str:
        """What stands before a space or a character of ``stop``."""
        begin = self.at
        while self.at < len(self.source) and self.source[self.at] not in _SPACES + stop:
            self.at += 1
        return self.source[begin : self.at]

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._peek() == "/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        tag = self._word(">").lower()
        if self.at >= len(self.source):
            raise self._error("Unclosed start tag", begin)
        if tag not in TYPES:
            raise self._error(f'Unsupported start tag "{tag}"', begin)
        argument = ""
        while True:
            self._skip_spaces()
            if self._peek() == ">":
                break
            name, value = self._attribute(tag, begin)
            argument = _argument(tag, name, value) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        if tag == "tg-emoji" and not argument.isdigit():
            raise self._error("Invalid custom emoji identifier specified")
        self.stack.append(_Open(tag, argument, self.length))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._word("=>")
        if self.at >= len(self.source):
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        if not name:
            raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
        self._skip_spaces()
        if self._peek() != "=":
            if self.at >= len(self.source):
                raise self._error(f'Unclosed start tag "{tag}"', begin)
            return name.lower(), ""
        self.at += 1
        self._skip_spaces()
        if self.at >= len(self.source):
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        value = self._quoted() if self._peek() in "'\"" else self._token()
        if self.at >= len(self.source):
            raise self._error("Unclosed start tag", begin)
        return name.lower(), value

    def _quoted(self) -> str:
        quote = self.source[self.at]
        self.at += 1
        value = []
        while self.at < len(self.source) and self.source[self.at] != quote:
            value.append(self._character())
        self.at += 1
        return "".join(value)

    def _token(self) -> str:
        begin = self.at
        while self.at < len(self.source) and (
            (self.source[self.at].isascii() and self.source[self.at].isalnum())
            or self.source[self.at] in ".-"
        ):
            self.at += 1
        if self._peek() not in _SPACES + ">" or self.at >= len(self.source):
            raise self._error("Unexpected end of name token", begin)
        return self.source[begin : self.at].lower()

    def _end_tag(self, begin: int) -> None:
        if not self.stack:
            raise self._error("Unexpected end tag", begin)
        self.at += 1
        found = self._word(">").lower()
        self._skip_spaces()
        if self._peek() != ">":
            raise self._error("Unclosed end tag", begin)
        self.at += 1
        opened = self.stack.pop()
        if found and found != opened.tag:
            raise self._error("Unmatched end tag", begin, f', expected "</{opened.tag}>", found "</{found}>"')
        if self.length > opened.start:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Json = {
            "type": TYPES[opened.tag],
            "offset": opened.start,
            "length": self.length - opened.start,
        }
        if opened.tag == "a":
            text = "".join(self.out).encode("utf-16-le")[opened.start * 2 :].decode("utf-16-le")
            url = check_url(opened.argument or text)
            if url is None:  # Telegram shows the text without a link
                return
            entity["url"] = url
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        self.entities.append(entity)

    def _error(self, reason: str, at: int | None = None, more: str = "") -> Exception:
        if at is not None:
            reason = f"{reason} at byte offset {len(self.source[:at].encode())}{more}"
        return bad_request(f"can't parse entities: {reason}")


def _argument(tag: str, name: str, value: str) -> str:
    """The one attribute that means something for a tag; empty for all others."""
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "1" if (tag, name) == ("blockquote", "expandable") else ""


def decode_entity(source: str, at: int) -> tuple[str, int]:
    """The character that ``&…`` at ``at`` stands for and the position after it; ``("", at)`` if it is none."""
    end = at + 1
    if source.startswith("#", end):
        end += 1
        base, digits = 10, "0123456789"
        if source.startswith("x", end):
            end, base, digits = end + 1, 16, "0123456789abcdefABCDEF"
        begin = end
        while end < len(source) and source[end] in digits:
            end += 1
        value = int(source[begin:end], base) if begin < end <= at + _MAX_NUMERIC_LENGTH else 0
        char = chr(value) if 0 < value <= 0x10FFFF and not 0xD800 <= value <= 0xDFFF else ""
    else:
        while end < len(source) and source[end].isascii() and source[end].isalpha():
            end += 1
        char = _NAMED.get(source[at + 1 : end], "")
    if not char:
        return "", at
    return char, end + 1 if source.startswith(";", end) else end


def check_url(url: str) -> str | None:
    """The link Telegram would keep (``http``, ``https``, ``tg``, ``ton``, ``mailto``, ``tel``), or None."""
    url = url.strip()
    scheme, found, rest = url.partition(":")
    if found and scheme.lower() in {"mailto", "tel"} and rest:
        return url
    scheme, found, rest = url.partition("://")
    if not found:
        scheme, rest, url = "http", url, f"http://{url}"
    host = rest.split("/")[0].split("?")[0].split("#")[0]
    usable = scheme.lower() in {"http", "https", "tg", "ton"} and host and not any(c.isspace() for c in host)
    if scheme.lower() in {"http", "https"} and "." not in host and not host.startswith("localhost"):
        usable = False
    return url if usable else None
