"""Numbers that a plan sets for a day: energy, protein, how many meals."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nutrition.menu import Slot
from rag.markdown import BlockKind
from rag.plans.lines import Line, folded
from rag.plans.nouns import PlanMeal, Said

LEAST_KCAL, MOST_KCAL = 800.0, 6000.0
LEAST_PROTEIN, MOST_PROTEIN = 20.0, 400.0
LEAST_PER_KG, MOST_PER_KG = 0.4, 4.0
MOST_MEALS = 8
_FEWEST_TOLD_BY_MEALS = 3

_NUMBER = r"\d{1,2}\.\d{3}(?:,\d+)?|\d{3,4}(?:,\d+)?"
_KCAL = re.compile(
    rf"(?P<low>{_NUMBER})(?:\s*(?:a|-|–)\s*(?P<high>{_NUMBER}))?\s*(?:kcal|kilocalorias?|calorias?|cal)\b"
)
_KCAL_AFTER = re.compile(
    rf"\b(?:kcal|calorias|energia|vet|vct)\s*[:=–-]\s*(?P<low>{_NUMBER})(?P<high>(?!))?\b"
)
_MEANS_DAY = re.compile(
    r"\b(?:vet|vct|get|valor energetico|valor calorico|energia|calorias|dieta|plano|meta|metas|total|dia|diari[ao]s?|"
    r"prescric\w+|cardapio)\b"
)
_OTHER_ENERGY = re.compile(r"\b(?:tmb|taxa|basal|repouso|gasto|deficit|superavit|geb|por porcao)\b")
_GRAMS = r"(?P<grams>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:g|gr|gramas)\b(?!\s*/\s*kg|\s*por\s*(?:kg|quilo))"
_NAMED = r"\b(?:proteinas?|ptn|prot|(?:meta|aporte|alvo) proteic[ao])\b(?!\s*(?:texturizada|isolada|vegetal|de soja|do soro|em po))"
_PROTEIN = (
    re.compile(rf"{_NAMED}[^\d]{{0,25}}(?:\d{{1,3}}(?:[.,]\d+)?\s*%[^\d]{{0,6}})?{_GRAMS}"),
    re.compile(rf"{_GRAMS}\s*(?:de\s+)?{_NAMED}"),
)
_PROTEIN_PER_KG = re.compile(
    rf"(?:{_NAMED})[^\d]{{0,25}}(?P<grams>\d(?:[.,]\d{{1,2}})?)\s*g(?:ramas)?\s*(?:/|por)\s*(?:kg|quilo)"
    r"|(?P<first>\d(?:[.,]\d{1,2})?)\s*g\s*(?:/|por)\s*(?:kg|quilo)[^.;]{0,12}\bproteinas?\b"
    r"|(?P<between>\d(?:[.,]\d{1,2})?)\s*g(?:ramas)? de proteinas?\s*(?:/|por)\s*(?:kg|quilo)"
)
_COUNTS = {"tres": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7}
_COUNT = r"(?P<count>[1-8]|tres|quatro|cinco|seis|sete)"
_MEALS = (
    re.compile(rf"\b{_COUNT}\s*(?:\(\w+\)\s*)?refeicoes\b(?!\s*(?:principais|livres|por semana))"),
    re.compile(rf"\brefeicoes(?:\s*(?:por|ao|/)\s*dia|\s*diarias)?\s*[:=–-]\s*{_COUNT}\b"),
    re.compile(rf"\brefeicoes\b\D{{0,12}}:\s*{_COUNT}\b"),
)


@dataclass(frozen=True, slots=True)
class _Found:
    value: float
    sure: bool
    line: Line


def daily_energy(lines: Sequence[Line]) -> Said[float] | None:
    """The energy of a day in kcal; the middle of a range."""
    found = [*_from_tables(lines, r"energia|calorias|kcal|vet|valor energetico"), *_energies(lines)]
    return _best(found, LEAST_KCAL, MOST_KCAL)


def daily_protein(lines: Sequence[Line]) -> Said[float] | None:
    """The protein of a day in grams."""
    found = [*_from_tables(lines, r"proteinas?|ptn"), *_proteins(lines)]
    return _best(found, LEAST_PROTEIN, MOST_PROTEIN)


def protein_per_kg(lines: Sequence[Line]) -> Said[float] | None:
    """The protein of a day in grams a kilogram of body weight."""
    for line in lines:
        if found := _PROTEIN_PER_KG.search(line.folded):
            value = _float(found["grams"] or found["first"] or found["between"])
            if LEAST_PER_KG <= value <= MOST_PER_KG:
                return Said(value, line.quote, line.page)
    return None


def meals_a_day(lines: Sequence[Line], meals: Iterable[PlanMeal], slots: Sequence[Slot]) -> Said[int] | None:
    """How many meals a day has: as it is said, else as many as the plan has."""
    for pattern in _MEALS:
        for line in lines:
            if found := pattern.search(line.folded):
                count = _COUNTS.get(found["count"]) or int(found["count"])
                return Said(count, line.quote, line.page)
    if not _FEWEST_TOLD_BY_MEALS <= len(slots) <= MOST_MEALS:
        return None
    first = next(iter(meals), None)
    return None if first is None else Said(len(slots), first.quote, first.page)


def _energies(lines: Iterable[Line]) -> Iterator[_Found]:
    for line in lines:
        for found in (*_KCAL.finditer(line.folded), *_KCAL_AFTER.finditer(line.folded)):
            before = line.folded[max(0, found.start() - 40) : found.start()]
            if not _OTHER_ENERGY.search(before):
                low = _float(found["low"])
                value = (low + _float(found["high"])) / 2 if found["high"] else low
                title = line.kind is BlockKind.HEADING
                yield _Found(value, title or bool(_MEANS_DAY.search(line.folded)), line)


def _proteins(lines: Iterable[Line]) -> Iterator[_Found]:
    for line in lines:
        for pattern in _PROTEIN:
            for found in pattern.finditer(line.folded):
                starts = found.start() <= 3
                yield _Found(_float(found["grams"]), starts or bool(_MEANS_DAY.search(line.folded)), line)


def _from_tables(lines: Sequence[Line], name: str) -> Iterator[_Found]:
    """A number below a column's title of that name, or beside it."""
    number: Callable[[str], re.Match[str] | None] = re.compile(
        rf"^\D{{0,3}}({_NUMBER}|\d{{2,3}}(?:,\d+)?)\s*(?:kcal|g)?\b(?!\s*/)"
    ).match
    for line, below in pairwise([*lines, *lines[-1:]]):
        for at, cell in enumerate(line.cells):
            if re.fullmatch(rf"(?:{name})(?:\s*\(.*\))?", folded(cell).strip(" :")) is None:
                continue
            if below.run == line.run and at < len(below.cells) and (value := number(below.cells[at])):
                yield _Found(_float(value[1]), True, below)
            elif at + 1 < len(line.cells) and (value := number(line.cells[at + 1])):
                yield _Found(_float(value[1]), True, line)


def _best(found: Iterable[_Found], least: float, most: float) -> Said[float] | None:
    """The first that is surely of a day, else the first."""
    believable = [each for each in found if least <= each.value <= most]
    best = next((each for each in believable if each.sure), believable[0] if believable else None)
    return None if best is None else Said(best.value, best.line.quote, best.line.page)


def _float(text: str) -> float:
    """A number as Brazil writes it: "1.800", "1742,5", "1,2" (and "1.2")."""
    if re.fullmatch(r"\d{1,2}\.\d{3}(?:,\d+)?", text):
        text = text.replace(".", "")
    return float(text.replace(",", "."))
