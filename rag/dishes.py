"""Dishes of the guide: from Markdown (docs/guide format) to ``nutrition.menu.Dish``, every food resolved.

A dish is a second-level heading, "Chave: valor" lines, a bullet list of ingredients in grams and numbered steps.
What cannot be read is a ``Problem`` with its file and line; a dish with a problem is left out, the others stay.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from nutrition.food import Food
from nutrition.menu import Dish, Ingredient, Origin, Role, Slot
from nutrition.words import fold, tokens
from rag.markdown import Block, BlockKind, parse

SLOT_NAMES: dict[str, tuple[Slot, ...]] = {
    "cafe da manha": (Slot.CAFE_DA_MANHA,),
    "lanche da manha": (Slot.LANCHE_DA_MANHA,),
    "almoco": (Slot.ALMOCO,),
    "lanche da tarde": (Slot.LANCHE_DA_TARDE,),
    "jantar": (Slot.JANTAR,),
    "ceia": (Slot.CEIA,),
    "lanche": (Slot.LANCHE_DA_MANHA, Slot.LANCHE_DA_TARDE),
    "lanches": (Slot.LANCHE_DA_MANHA, Slot.LANCHE_DA_TARDE),
}
_KEYS = ("refeicoes", "papel", "tempo", "porcoes", "etiquetas", "ingredientes", "modo de fazer", "dica")
_REQUIRED = ("refeicoes", "papel", "tempo")
_FIELD = re.compile(r"^([^\W\d_][^:]{1,20}):\s*(.*)$")
_AMOUNT = re.compile(r"^(\d+(?:[.,]\d+)?)\s*(?:g|gramas?)\s+(?:de\s+)?(.+)$", re.IGNORECASE)
_MINUTES = re.compile(r"^(\d+)\s*min(?:utos?)?\s*\.?$", re.IGNORECASE)
_SERVINGS = re.compile(r"^(\d+)\s*(?:por[cç][aã]o|por[cç][oõ]es)?\s*\.?$", re.IGNORECASE)


class Foods(Protocol):
    """What the parser needs of the food table."""

    def resolve(self, name: str, /) -> Food | None:
        """Return the one food of that name, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a document that cannot be read. ``line`` counts from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class GuideError(Exception):
    """The guide has dishes that cannot be read; ``problems`` says which lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


@dataclass(slots=True)
class _Section:
    """A dish as written: its heading and the blocks below, sorted by field."""

    name: str
    line: int
    fields: dict[str, tuple[str, int]] = field(default_factory=dict)
    ingredients: list[tuple[str, int]] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    unread: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ParsedDishes:
    """The dishes that could be read, and what is wrong with the others."""

    dishes: tuple[Dish, ...]
    problems: tuple[Problem, ...]


def slug(name: str) -> str:
    """Return the stable id of a dish: its folded words joined by hyphens."""
    return "-".join(tokens(name))


def is_dish(blocks: Iterable[Block]) -> bool:
    """Tell whether the blocks below a heading are a dish: a meal line and a list of ingredients."""
    keys = {key for block in blocks for key, _, _ in _fields(block)}
    return {"refeicoes", "ingredientes"} <= keys


def split_sections(blocks: Iterable[Block]) -> list[tuple[Block, list[Block]]]:
    """Pair each heading below the title with the blocks up to the next heading."""
    sections: list[tuple[Block, list[Block]]] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            sections.append((block, []))
        elif sections:
            sections[-1][1].append(block)
    return sections


def parse_dishes(
    file: str, blocks: Sequence[Block], foods: Foods, *, only_dishes: bool, origin: Origin = Origin.GUIA
) -> ParsedDishes:
    """Read the dishes of a document; ``file`` is only for the messages of the problems.

    ``only_dishes``: every second-level heading must be a dish; otherwise those that are not are left alone.
    """
    dishes: list[Dish] = []
    problems: list[Problem] = []
    for heading, body in split_sections(blocks):
        if is_dish(body):
            dish, wrong = _parse(file, _collect(heading, body), foods, origin)
            problems.extend(wrong)
            if dish is not None:
                dishes.append(dish)
        elif only_dishes and heading.level == 2:
            problems.append(Problem(file, heading.line, f"{heading.text}: faltam Refeições e Ingredientes"))
    return ParsedDishes(tuple(dishes), tuple(problems))


def _field(line: str) -> tuple[str, str] | None:
    match = _FIELD.match(line.strip())
    if match and (key := fold(match[1]).strip()) in _KEYS:
        return key, match[2].strip()
    return None


def _fields(block: Block) -> list[tuple[str, str, int]]:
    """The "Chave: valor" lines of a paragraph (or of an item that swallowed the line below it), and where."""
    found = []
    for offset, line in enumerate(block.text.split("\n")):
        if pair := _field(line):
            found.append((*pair, block.line + offset))
    return found


def _collect(heading: Block, body: Sequence[Block]) -> _Section:
    section = _Section(heading.text, heading.line)
    for block in body:
        for key, value, line in _fields(block):
            section.fields.setdefault(key, (value, line))
        own = " ".join(line.strip() for line in block.text.split("\n") if not _field(line))
        if not own:
            continue
        if block.kind is BlockKind.ITEM:
            section.ingredients.append((own, block.line))
        elif block.kind is BlockKind.STEP:
            section.steps.append(own)
        else:
            section.unread.append((own, block.line))
    return section


def _parse(file: str, section: _Section, foods: Foods, origin: Origin) -> tuple[Dish | None, list[Problem]]:
    wrong: list[Problem] = []

    def complain(line: int, message: str) -> None:
        wrong.append(Problem(file, line, f"{section.name}: {message}"))

    for key in _REQUIRED:
        if key not in section.fields:
            complain(section.line, f"falta a linha de {key}")
    for text, line in section.unread:
        complain(line, f"não sei ler {text[:60]!r}")
    if not section.steps:
        complain(section.line, "faltam os passos numerados")
    slots = _slots(section, complain)
    role = _role(section, complain)
    minutes = _number(section, "tempo", _MINUTES, complain)
    servings = _number(section, "porcoes", _SERVINGS, complain)
    ingredients = _ingredients(section, servings, foods, complain)
    if wrong:
        return None, wrong
    etiquetas = section.fields.get("etiquetas", ("", 0))[0]
    tags = frozenset(fold(tag).strip(" .") for tag in etiquetas.split(",") if tag.strip(" ."))
    dish = Dish(
        id=slug(section.name),
        name=section.name,
        slots=slots,
        role=role,
        minutes=minutes,
        ingredients=ingredients,
        steps=tuple(section.steps),
        tags=tags,
        origin=origin,
    )
    return dish, []


class _Complain(Protocol):
    def __call__(self, line: int, message: str) -> None: ...


def _slots(section: _Section, complain: _Complain) -> frozenset[Slot]:
    text, line = section.fields.get("refeicoes", ("", section.line))
    slots: set[Slot] = set()
    for name in filter(None, (fold(part).strip(" .") for part in text.split(","))):
        if name in SLOT_NAMES:
            slots.update(SLOT_NAMES[name])
        else:
            complain(line, f"refeição desconhecida: {name!r}")
    if not slots and "refeicoes" in section.fields:
        complain(line, "nenhuma refeição")
    return frozenset(slots)


def _role(section: _Section, complain: _Complain) -> Role:
    text, line = section.fields.get("papel", ("principal", section.line))
    try:
        return Role(fold(text).strip(" ."))
    except ValueError:
        complain(line, f"papel desconhecido: {text!r}")
        return Role.PRINCIPAL


def _number(section: _Section, key: str, pattern: re.Pattern[str], complain: _Complain) -> int:
    if key not in section.fields:
        return 1
    text, line = section.fields[key]
    match = pattern.match(text)
    if not match or not 1 <= int(match[1]) <= 24 * 60:
        complain(line, f"{key} sem um número de 1 a 1440: {text!r}")
        return 1
    return int(match[1])


def _ingredients(
    section: _Section, servings: int, foods: Foods, complain: _Complain
) -> tuple[Ingredient, ...]:
    grams: dict[str, float] = {}
    for text, line in section.ingredients:
        match = _AMOUNT.match(text.rstrip(" ."))
        if not match or not 0 < (amount := float(match[1].replace(",", "."))) <= 5000:
            complain(line, f"ingrediente sem gramas: {text!r} (escreva '100 g de arroz branco cozido')")
            continue
        food = foods.resolve(match[2])
        if food is None:
            complain(line, f"alimento fora da tabela: {match[2]!r}")
        elif food.id in grams:
            complain(line, f"alimento repetido: {match[2]!r}")
        else:
            grams[food.id] = round(amount / servings, 2)
    if not section.ingredients:
        complain(section.line, "faltam os ingredientes")
    return tuple(Ingredient(food_id, amount) for food_id, amount in grams.items())


def dish_in(chunk_name: str, chunk_text: str, foods: Foods) -> Dish | None:
    """The dish of an operator's document as its chunk keeps it; None when it cannot be read."""
    blocks = parse(f"## {chunk_name}\n\n{chunk_text}\n")
    read = parse_dishes("", blocks, foods, only_dishes=False, origin=Origin.DOCUMENTO)
    return read.dishes[0] if len(read.dishes) == 1 else None
