"""The parts of a meal in a line: what is eaten together, and what may stand for what."""

import re
from collections.abc import Iterator
from itertools import islice

from rag.plans.amounts import NUMBER
from rag.plans.foods import Alternative, FoodReader
from rag.plans.lines import folded
from rag.plans.nouns import PlanFood

Component = tuple[Alternative, ...]
"""Alternatives of which one is eaten."""

_TOGETHER = re.compile(r"\s*[+;\n]\s*|\s*,(?!\d)\s*|\s+•\s+")
_EITHER = re.compile(r"\s+ou\s+|\s+/\s+|\s*=\s*")
_AND = re.compile(r"\s+e\s+|\s+com\s+|\s+mais\s+")
_HALF = re.compile(r"(?:mei[ao]\b|\d/\d|[½¼¾])")
_STARTS_WITH_NUMBER = re.compile(NUMBER)
_UNKNOWN = re.compile(rf"^\s*{NUMBER}\s*[a-z]")
"""What begins with an amount is something to eat, known or not; anything else may be a remark."""

_MOST_UNKNOWN_WORDS = 8
_MOST_PIECES, _LONGEST_PIECE = 24, 160
"""Of a line: what is longer is no list of foods, and reading it would take long."""


class ComponentReader:
    """Reads lines into components."""

    def __init__(self, foods: FoodReader) -> None:
        self._foods = foods

    def read(self, text: str) -> tuple[list[Component], list[str]]:
        """The components of a line, and the short parts of it that are no food of the table."""
        components: list[Component] = []
        unknown: list[str] = []
        for piece in islice(self._pieces(text), _MOST_PIECES):
            if len(piece) > _LONGEST_PIECE:
                continue
            missed: list[str] = []
            alternatives = [
                foods for either in _split(piece, _EITHER) for foods in self._alternatives(either, missed)
            ]
            if alternatives:
                components.append(tuple(alternatives))
            else:
                unknown += missed
        return components, unknown

    def _pieces(self, text: str) -> Iterator[str]:
        """What is eaten together; an amount alone belongs to what stands before it."""
        held = ""
        for piece in _split(text, _TOGETHER):
            if held and self._foods.is_amount(piece):
                held = f"{held}: {piece}"
                continue
            if held:
                yield held
            held = piece
        if held:
            yield held

    def _alternatives(self, text: str, missed: list[str]) -> list[Alternative]:
        """The ways to eat what stands between two "ou"."""
        text = self._without_label(text)
        if several := self._in_parentheses(text):
            return several
        if food := self._foods.read(text):
            return [(food,)]
        together: list[PlanFood] = []
        parts = self._joined(text)
        for part in parts:
            ways = self._alternatives(part, missed) if len(parts) > 1 else []
            if ways:
                together += ways[0]
            elif (
                len(parts) == 1 and _UNKNOWN.match(folded(part)) and len(part.split()) <= _MOST_UNKNOWN_WORDS
            ):
                missed.append(part.strip(" .:;-–"))
        return [tuple(together)] if together else []

    def _without_label(self, text: str) -> str:
        """ "1/4 do prato: 3 colheres de arroz" without what is no food before the colon."""
        label, colon, rest = text.partition(": ")
        if not colon or "(" in label or self._foods.read(label) is not None or not rest.strip():
            return text
        return text if self._foods.is_amount(rest) else rest

    def _in_parentheses(self, text: str) -> list[Alternative]:
        """ "Carne (patinho, frango ou peixe): 130 g", "1 vitamina (1 copo de leite + 1 banana)"."""
        start, end = text.find("("), text.rfind(")")
        if not 0 < start < end or len(self._joined(text)) > 1:
            return []
        inside, after = text[start + 1 : end], text[end + 1 :].strip(" :–-")
        if "+" in inside:
            foods = [self._foods.read(part) for part in _split(inside, _TOGETHER)]
            together = tuple(food for food in foods if food is not None)
            return [together] if len(together) == len(foods) else []
        names = [name for part in _split(inside, _TOGETHER) for name in _split(part, _EITHER)]
        read = [self._foods.read(f"{name}: {after}" if after else name) for name in names]
        known = [food for food in read if food is not None]
        return [(food,) for food in known] if 1 < len(known) == len(names) else []

    def _joined(self, text: str) -> list[str]:
        """Cut at "e" and "com" where what follows is an amount or a food of its own."""
        parts = [""]
        flat = folded(text)
        at = 0
        for joint in _AND.finditer(flat):
            following = flat[joint.end() :]
            if _HALF.match(following) or _depth(flat, joint.start()):
                continue
            if _STARTS_WITH_NUMBER.match(following) or self._foods.read(text[joint.end() :]) is not None:
                parts[-1] = text[at : joint.start()]
                parts.append("")
                at = joint.end()
        parts[-1] = text[at:]
        return [part for part in parts if part.strip()]


def _depth(text: str, place: int) -> int:
    return text.count("(", 0, place) - text.count(")", 0, place)


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split outside of parentheses; empty parts are left out."""
    flat = folded(text)
    parts: list[str] = []
    at = 0
    for found in separator.finditer(flat):
        if _depth(flat, found.start()) == 0:
            parts.append(text[at : found.start()])
            at = found.end()
    parts.append(text[at:])
    return [part for part in parts if part.strip()]
