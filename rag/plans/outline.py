"""A plan read from top to bottom: what each line belongs to (a meal, what to avoid, what may be eaten)."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from itertools import groupby

from nutrition.foods import FoodTable
from nutrition.menu import Slot
from rag.markdown import BlockKind
from rag.plans.avoided import AvoidReader
from rag.plans.components import ComponentReader
from rag.plans.draft import MOST_OPTIONS, Draft, Option, meals_of, placed
from rag.plans.foods import FoodReader
from rag.plans.headers import CHOICE, OPTION, OR_ALONE, Header, HeaderReader
from rag.plans.lines import Line, folded, quoted
from rag.plans.nouns import PlanMeal, Said
from rag.plans.tables import Table, table_of
from rag.plans.words import PlanWords, longest_first

_SWAP_FOR = re.compile(
    r"^[^a-z]*(?:opcoes de )?substitui(?:cao|coes|r)(?: (?:para|por|do|da|de) (?P<food>[^:]{1,60}))?\s*[:–-]\s*"
)
_OR_FIRST = re.compile(r"^[^a-z0-9]*ou\s+")
_NUMBERED = re.compile(r"^\d{1,2}[.)]\s+(?=\S)")
_SWAPS = re.compile(r"\s*(?:[,;+=]|\bou\b|\be\b)\s*")
_AMOUNTS = re.compile(r"\([^()]*\)")


class _State(Enum):
    NOTHING = auto()
    MEAL = auto()
    AVOID = auto()
    PERMIT = auto()


class Outline:
    """Reads lines once; then ask what was found."""

    def __init__(self, table: FoodTable) -> None:
        words = PlanWords.load()
        self._headers = HeaderReader(words)
        self._foods = FoodReader(table, words)
        self._components = ComponentReader(self._foods)
        self._avoid = AvoidReader(words)
        self._state = _State.NOTHING
        self._drafts: list[Draft] = []
        self._permitted: dict[str, Said[str]] = {}
        self._fresh_option = self._each_item = False
        colon = r"\s*(?:[:–-]|$)"
        self._permits = re.compile(rf"^[^a-z]*(?:alimentos? )?(?:{longest_first(words.permit)}){colon}")
        self._swaps = re.compile(rf"^[^a-z]*(?:{longest_first(words.swap)}){colon}")
        self._ends = re.compile(rf"^[^a-z]*(?:{longest_first(words.end)})\b[^:]{{0,30}}{colon}")

    def read(self, lines: Sequence[Line]) -> None:
        """Read the lines of a document, in order."""
        for run, group in groupby(lines, key=lambda line: line.run):
            if run and (table := table_of(rows := list(group), self._headers)) is not None:
                self._read_table(table)
            else:
                for line in rows if run else group:
                    self._line(line)

    def meals(self) -> tuple[PlanMeal, ...]:
        """The ways to eat each meal, in the order of the day."""
        found = [meal for draft in placed(self._drafts) for meal in meals_of(draft)]
        order = {slot: at for at, slot in enumerate(Slot)}
        kept: dict[Slot, list[PlanMeal]] = {}
        for meal in sorted(found, key=lambda meal: order[meal.slot]):
            mine = kept.setdefault(meal.slot, [])
            if len(mine) < MOST_OPTIONS and meal.foods not in [other.foods for other in mine]:
                mine.append(meal)
        return tuple(meal for mine in kept.values() for meal in mine)

    def hours(self) -> tuple[tuple[Slot, Said[str]], ...]:
        """When meals are eaten, in the order of the day."""
        found: dict[Slot, Said[str]] = {}
        for draft in placed(self._drafts):
            if draft.hour is not None:
                for slot in draft.slots:
                    found.setdefault(slot, Said(draft.hour, draft.quote, draft.page))
        return tuple((slot, found[slot]) for slot in Slot if slot in found)

    def slots(self) -> tuple[Slot, ...]:
        """The meals of a day that the plan has, with or without food."""
        named = {slot for draft in placed(self._drafts) for slot in draft.slots}
        return tuple(slot for slot in Slot if slot in named)

    def avoided(self) -> tuple[Said[str], ...]:
        """What is to be avoided, in the document's words (folded), each once."""
        return self._avoid.found()

    def permitted(self) -> tuple[Said[str], ...]:
        """Ids of the foods that are permitted by name or stand in a list of substitutions."""
        return tuple(self._permitted.values())

    def _line(self, line: Line) -> None:
        if line.cells:
            line = _as_text(line)
        header = self._headers.at(line.folded)
        if header is not None and not self._avoid.opens(line.folded):
            self._open(header, line)
            self._food(line, header.rest)
        elif self._avoid.read(line):
            if self._avoid.is_section(line):
                self._state = _State.AVOID
        elif self._permits.match(line.folded) or (self._swaps.match(line.folded) and self._is_section(line)):
            self._state = _State.PERMIT
            self._permit(line, line.folded.find(":") + 1)
        elif self._is_end(line):
            self._state = _State.NOTHING
        elif self._state is _State.MEAL:
            self._meal_line(line)
        elif self._state is _State.AVOID:
            self._avoid.item(line)
        elif self._state is _State.PERMIT:
            self._permit(line, 0)

    def _is_section(self, line: Line) -> bool:
        return line.kind is BlockKind.HEADING or line.folded.rstrip(" :").count(" ") <= 3

    def _is_end(self, line: Line) -> bool:
        if line.kind is BlockKind.HEADING and not OPTION.match(line.folded):
            return True
        return bool(self._ends.match(line.folded))

    def _open(self, header: Header, line: Line) -> None:
        self._state = _State.MEAL
        self._fresh_option = self._each_item = False
        known = self._drafts[-1] if self._drafts else None
        if known and not known.has_food() and header.slots and known.slots == header.slots:
            known.hour = known.hour or header.hour
            return
        self._drafts.append(Draft(header.slots, header.hour, line.quote, line.page, header.numbered))

    def _meal_line(self, line: Line) -> None:
        if CHOICE.search(line.folded):
            self._each_item = True
        elif OR_ALONE.match(line.folded):
            self._fresh_option = True
        elif option := OPTION.match(line.folded):
            self._fresh_option = True
            self._food(line, option.end())
        elif swap := _SWAP_FOR.match(line.folded):
            self._swap(line, swap)
        elif alternative := _OR_FIRST.match(line.folded):
            self._instead(line.text[alternative.end() :])
        else:
            number = _NUMBERED.match(line.folded)
            if self._each_item and (number or line.kind in (BlockKind.ITEM, BlockKind.STEP)):
                self._fresh_option = True
            self._food(line, number.end() if number else 0)

    def _food(self, line: Line, start: int) -> None:
        """Add the foods of a line, from a place on, to the option that is being read."""
        components, unknown = self._components.read(line.text[start:])
        if not components and not unknown:
            return
        option = self._option(line)
        option.components += components
        option.unknown += unknown

    def _option(self, line: Line) -> Option:
        options = self._drafts[-1].options
        if not options or (self._fresh_option and options[-1].components):
            options.append(Option(line.section, line.quote, line.page))
        option = options[-1]
        if not option.components:
            option.quote, option.page = line.quote, line.page
        self._fresh_option = False
        return option

    def _swap(self, line: Line, start: re.Match[str]) -> None:
        """ "Opções de substituição para Pão: Tapioca ou Cuscuz": other ways for one component of the meal."""
        meant = self._foods.named(start["food"] or "")
        self._instead(line.text[start.end() :], meant.id if meant else None)

    def _instead(self, text: str, food_id: str | None = None) -> None:
        """Let the foods of a text stand for a component: the one of that food, else the last."""
        options = self._drafts[-1].options
        if not options or not options[-1].components:
            return
        mine = options[-1].components
        at = next((i for i, c in enumerate(mine) if any(f.food_id == food_id for f in c[0])), len(mine) - 1)
        components, _ = self._components.read(text)
        mine[at] = (*mine[at], *(alternative for component in components for alternative in component))

    def _permit(self, line: Line, start: int) -> None:
        for name in _SWAPS.split(_AMOUNTS.sub(" ", line.folded[start:])):
            food = self._foods.named(name)
            if food is not None:
                self._permitted.setdefault(food.id, Said(food.id, line.quote, line.page))

    def _read_table(self, table: Table) -> None:
        for row in table.rows:
            if row.header is not None:
                self._open(row.header, row.line)
            elif self._state is not _State.MEAL:
                continue
            for number, text in enumerate(row.options):
                self._cell(row.line, number, text, single=not table.has_options)

    def _cell(self, line: Line, number: int, text: str, *, single: bool) -> None:
        """Add a cell to the option of its column."""
        components, unknown = self._components.read(text)
        options = self._drafts[-1].options
        if not components:
            return
        while len(options) <= (0 if single else number):
            options.append(Option(line.section, quoted(text), line.page))
        option = options[0 if single else number]
        option.components += components
        option.unknown += unknown


def _as_text(line: Line) -> Line:
    """A row that belongs to no table of meals, as a line: its cells as they are read."""
    cells = [cell for cell in line.cells if cell]
    between = ": " if len(cells) == 2 and cells[1][:1].isdigit() else ", "
    text = between.join(" ".join(cell.split()) for cell in cells)
    return Line(text, folded(text), line.kind, line.page, line.section)
