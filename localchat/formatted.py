"""Plain text with entities, the form in which Telegram keeps a message; offsets count UTF-16 code units."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from localchat.errors import Json

_FOUND = (
    ("url", re.compile(r"https?://[^\s<>\"']+")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}")),
)
"""What Telegram marks by itself in every text, tried in this order."""

_CLOSED = frozenset({"code", "pre"})
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_OUTER = {"blockquote": 0, "expandable_blockquote": 0, "pre": 1, "code": 2}
"""Which of two entities over the same text holds the other."""
_UNLINKED = frozenset({"code", "pre", "text_link", "custom_emoji"})
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Formatted:
    """Text and its entities, outer entities before inner ones."""

    text: str
    entities: list[Json] = field(default_factory=list)


def utf16_length(text: str) -> int:
    """Length as Telegram counts it: characters outside the basic plane count twice."""
    return len(text) + sum(char > "\uffff" for char in text)


def tidy(text: str, entities: list[Json]) -> Formatted:
    """Order and nest entities as Telegram does and trim white space at both ends.

    Nothing is kept inside ``code`` or ``pre`` (a language moves to its ``pre``), and quotes do not nest.
    """
    text = _CONTROL.sub(" ", text)
    start = utf16_length(text) - utf16_length(text.lstrip())
    stripped = text.strip()
    end = start + utf16_length(stripped)
    clipped = []
    for entity in entities:
        begin = max(entity["offset"], start)
        stop = min(entity["offset"] + entity["length"], end)
        if stop > begin:
            clipped.append({**entity, "offset": begin - start, "length": stop - begin})
    clipped.sort(key=lambda e: (e["offset"], -e["length"], _OUTER.get(e["type"], len(_OUTER))))
    kept: list[Json] = []
    for entity in clipped:
        outer = [other for other in kept if _covers(other, entity)]
        closed = next((other for other in outer if other["type"] in _CLOSED), None)
        if closed is not None:
            if closed["type"] == "pre" and "language" in entity and closed["length"] == entity["length"]:
                closed["language"] = entity["language"]
            continue
        if entity["type"] in _QUOTES and any(other["type"] in _QUOTES for other in outer):
            continue
        kept.append(entity)
    for entity in kept:
        if entity["type"] == "code":
            entity.pop("language", None)
    return Formatted(stripped, kept)


def with_found(formatted: Formatted) -> Formatted:
    """Add the commands, links, addresses, mentions and hashtags that Telegram finds by itself."""
    entities = list(formatted.entities)
    taken = [entity for entity in entities if entity["type"] in _UNLINKED]
    for kind, pattern in _FOUND:
        for match in pattern.finditer(formatted.text):
            word = match.group().rstrip(".,;:!?)") if kind == "url" else match.group()
            entity = {
                "type": kind,
                "offset": utf16_length(formatted.text[: match.start()]),
                "length": utf16_length(word),
            }
            if not any(_overlap(other, entity) for other in taken):
                taken.append(entity)
                entities.append(entity)
    entities.sort(key=lambda e: (e["offset"], -e["length"]))
    return Formatted(formatted.text, entities)


def _covers(outer: Json, inner: Json) -> bool:
    return bool(
        outer["offset"] <= inner["offset"]
        and inner["offset"] + inner["length"] <= outer["offset"] + outer["length"]
    )


def _overlap(one: Json, other: Json) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"]
    )
