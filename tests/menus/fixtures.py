"""The real food table, the real guide with made-up chunk ids, and briefs for tests of the menu room."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from menus.candidates import Preparer
from menus.weekly import WeekRequest, Workshop
from nutrition.foods import FoodTable
from nutrition.menu import Dish, Source
from nutrition.person import Goal, Restriction, Strength, Targets
from nutrition.restrictions.rules import Rules
from nutrition.shares import shares
from rag.writer import MenuBrief
from storage.passages import Passage
from tests.book import book

MONDAY = date(2026, 11, 23)
PASSAGE = Passage(
    9001, "guia/orientacoes/01.md", "Prato do dia a dia", None, "Metade do prato...", "passage", None
)


def rules(*codes: str) -> Rules:
    """The rules of someone who excludes these."""
    return Rules.of([Restriction(code, Strength.DIETA, code) for code in codes], FoodTable.load())


@cache
def dishes() -> tuple[Dish, ...]:
    """The guide's dishes, each with the chunk it would come from."""
    found = book().dishes
    return tuple(
        replace(dish, sources=(Source("guia/pratos.md", dish.name, None, number),))
        for number, dish in enumerate(found, start=1)
    )


def allowed(held: Rules) -> tuple[Dish, ...]:
    """The dishes that ``held`` allows, in the guide's order."""
    if held.key not in _ALLOWED:
        _ALLOWED[held.key] = tuple(
            dish
            for dish in dishes()
            if held.forbids_dish(dish.name, [item.food_id for item in dish.ingredients], dish.steps) is None
        )
    return _ALLOWED[held.key]


_ALLOWED: dict[str, tuple[Dish, ...]] = {}


def targets(energy_kcal: float = 2000.0, protein_g: float = 100.0) -> Targets:
    """Usual bars for a day of this energy and protein."""
    return Targets(
        energy_kcal=energy_kcal,
        protein_g=protein_g,
        fat_g=round(energy_kcal * 0.28 / 9, 1),
        carbohydrate_g=round(energy_kcal * 0.52 / 4, 1),
        fiber_g=25.0 if energy_kcal >= 1800 else round(14 * energy_kcal / 1000, 1),
        sodium_mg=2300.0 if energy_kcal > 2800 else 2000.0,
        fat_min_g=energy_kcal * 0.20 / 9,
        fat_max_g=energy_kcal * 0.35 / 9,
        fiber_max_g=60.0,
        saturated_fat_max_g=energy_kcal * 0.10 / 9,
        added_sugar_max_g=energy_kcal * 0.05 / 4,
        fruit_vegetable_min_g=400.0,
    )


def brief(
    *codes: str, energy_kcal: float = 2000.0, meals: int = 5, seed: int = 1, request: str = ""
) -> MenuBrief:
    """A brief for someone who excludes ``codes``."""
    held = rules(*codes)
    return MenuBrief(
        start=MONDAY,
        days=tuple(range(7)),
        targets=targets(energy_kcal, energy_kcal * 0.2 / 4),
        shares=shares(meals),
        rules=held,
        foods=held.allowed(FoodTable.load()),
        dishes=allowed(held),
        passages=(PASSAGE,),
        request=request,
        seed=seed,
    )


class Shelf:
    """A library without an index: the guide's dishes in its own order. ``asked`` keeps the requests it saw."""

    def __init__(self, *, only: Sequence[str] | None = None) -> None:
        self.asked: list[str] = []
        self._only = only

    async def passages(self, text: str, k: int = 8) -> tuple[Passage, ...]:
        return (PASSAGE,)

    async def dishes(
        self, goal: Goal, slots: Sequence[str], held: Rules, request: str = ""
    ) -> tuple[Dish, ...]:
        self.asked.append(request)
        found = tuple(dish for dish in allowed(held) if not dish.slots.isdisjoint(slots))
        return found if self._only is None else tuple(dish for dish in found if dish.id in self._only)


def workshop(library: Shelf | None = None) -> Workshop:
    """A workshop over the real table; all share what they prepared, since the dishes are the same."""
    return Workshop(FoodTable.load(), library or Shelf(), prepare=PREPARE)


PREPARE = Preparer(FoodTable.load())


def week_request(*codes: str, energy_kcal: float = 2000.0, seed: int = 1, request: str = "") -> WeekRequest:
    """A request for a week of someone who excludes ``codes``."""
    return WeekRequest(
        start=MONDAY,
        goal=Goal.MANTER,
        targets=targets(energy_kcal, energy_kcal * 0.2 / 4),
        shares=shares(5),
        rules=rules(*codes),
        request=request,
        seed=seed,
    )


dishes()  # files are read when tests are collected: tests themselves run in an event loop that must not block
allowed(rules("vegano"))
