"""The check that every draft goes through, whoever wrote it: foods, restrictions, texts, amounts and sources.

A draft is never trusted. A dish of the guide is taken from the guide itself, by its id; a composed dish has each food
resolved in the table, each word read, its amounts within reason and its citations among what was shown. What fails is
told in one short Portuguese sentence a meal, so that the writer can mend it.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from menus import meters
from menus.clean import MAX_NAME, MAX_STEP, MAX_STEPS, problem_in
from menus.language import Portuguese
from menus.recheck import Verdicts
from nutrition.food import Food
from nutrition.foods import FoodTable
from nutrition.menu import (
    MAIN_SLOTS,
    Dish,
    Draft,
    DraftDish,
    DraftIngredient,
    DraftMeal,
    Ingredient,
    Origin,
    Role,
    Slot,
    Source,
)
from nutrition.restrictions.labels import label
from nutrition.words import fold
from rag.writer import MenuBrief, Rejected
from storage.passages import Passage

MAX_INGREDIENTS, MAX_DISHES = 16, 8
LEAST_PART, MOST_TIMES = 0.2, 1.5
"""An amount may leave the sensible range of its food this far before it is absurd; portions then bring it inside."""

MAX_MINUTES = 240
MAX_USES = 2
"""A main dish may stand this often in the main meals of a week."""

Key = tuple[int, Slot]


class DishRefused(Exception):
    """Why a dish cannot be used, in Portuguese, for its writer; ``restricted``: it breaks a restriction."""

    def __init__(self, reason: str, *, restricted: bool = False) -> None:
        super().__init__(reason)
        self.restricted = restricted


@dataclass(frozen=True, slots=True)
class Proposal:
    """A checked dish, and the grams that its writer wants of each ingredient."""

    dish: Dish
    grams: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """The meals that passed, by (day, slot), and the others with the reason; a meal left out counts as refused."""

    meals: Mapping[Key, tuple[Proposal, ...]]
    rejected: tuple[Rejected, ...]


@dataclass(slots=True)
class _Names:
    """Main dishes seen so far in the week, to refuse repeats (unless ``free``)."""

    free: bool = False
    uses: Counter[str] = field(default_factory=Counter)
    placed: dict[Key, set[str]] = field(default_factory=dict)


class Checker:
    """Checks drafts for one brief. Pure and fast (about 20 ms a week); blocking."""

    def __init__(self, brief: MenuBrief, table: FoodTable, verdicts: Verdicts | None = None) -> None:
        self._brief = brief
        self._table = table
        self._dishes = {dish.id: dish for dish in brief.offered}
        self._sources = _known_sources(brief)
        self._verdicts = verdicts or Verdicts(brief.rules)
        self._slots = tuple(slot for slot, _ in brief.shares)
        self._portuguese: Portuguese | None = None

    def check(
        self,
        draft: Draft,
        kept: Mapping[Key, tuple[Proposal, ...]] | None = None,
        *,
        repeats: bool = False,
    ) -> Checked:
        """Check every meal asked for. ``kept`` meals already passed: they count for repeats and are not asked again.

        ``repeats`` lets main dishes repeat: the planner repeats only where the guide has nothing else.
        """
        meals: dict[Key, tuple[Proposal, ...]] = {}
        reasons: dict[Key, str] = {}
        names = _Names(free=repeats)
        for key, proposals in (kept or {}).items():
            _place(names, key, proposals)
        wanted = [key for key in self._wanted() if key not in (kept or {})]
        written = self._written(draft)
        for key in wanted:
            try:
                meals[key] = self._meal(key, written.get(key), names)
            except DishRefused as refused:
                reasons[key] = str(refused)
                meters.meals_refused.labels("restriction" if refused.restricted else "other").inc()
            else:
                _place(names, key, meals[key])
        return Checked(meals, tuple(Rejected(day, slot, reason) for (day, slot), reason in reasons.items()))

    def _wanted(self) -> list[Key]:
        asked = {(item.day, item.slot) for item in self._brief.rejected}
        every = [(day, slot) for day in self._brief.days for slot in self._slots]
        return [key for key in every if not asked or key in asked]

    def _written(self, draft: Draft) -> dict[Key, DraftMeal]:
        """The first meal written for each place."""
        written: dict[Key, DraftMeal] = {}
        for day in draft.days:
            for meal in day.meals:
                written.setdefault((day.index, meal.slot), meal)
        return written

    def _meal(self, key: Key, meal: DraftMeal | None, names: _Names) -> tuple[Proposal, ...]:
        if meal is None or not meal.dishes:
            raise DishRefused("faltou esta refeição")
        if len(meal.dishes) > MAX_DISHES:
            raise DishRefused(f"mais de {MAX_DISHES} pratos")
        proposals = tuple(self.dish(dish) for dish in meal.dishes)
        together = [item.food_id for p in proposals for item in p.dish.ingredients]
        apart = self._brief.rules.forbids_together(together)
        if apart is not None:
            because = label(apart, self._table)
            raise DishRefused(f"juntos na refeição não podem por causa de {because}", restricted=True)
        mains = [p.dish for p in proposals if p.dish.role is Role.PRINCIPAL]
        if key[1] in MAIN_SLOTS:
            if not mains:
                raise DishRefused("falta o prato principal")
            _refuse_repeats(names, key, mains)
        return proposals

    def dish(self, draft: DraftDish) -> Proposal:
        """Check one dish. Raises ``DishRefused``."""
        if draft.dish_id is not None:
            return self._guide_dish(draft)
        self._refuse_texts(draft)
        if not 1 <= len(draft.ingredients) <= MAX_INGREDIENTS:
            raise DishRefused(f"{draft.name}: de 1 a {MAX_INGREDIENTS} ingredientes")
        foods = [self._food(item, draft.name) for item in draft.ingredients]
        self._refuse_restricted(draft.name, [food.id for food in foods], draft.steps)
        sources = tuple(self._sources[i] for i in dict.fromkeys(draft.chunk_ids) if i in self._sources)
        if not sources:
            raise DishRefused(f"{draft.name}: sem fonte do guia")
        grams = _merged(foods, draft.ingredients)
        dish = Dish(
            id=f"novo:{fold(draft.name)}",
            name=draft.name,
            slots=frozenset(),
            role=draft.role,
            minutes=min(max(draft.minutes, 0), MAX_MINUTES),
            ingredients=tuple(Ingredient(food_id, amount) for food_id, amount in grams.items()),
            steps=draft.steps,
            tags=frozenset(),
            sources=sources,
            origin=Origin.GEMINI if draft.origin is Origin.GUIA else draft.origin,
        )
        return Proposal(dish, tuple(grams.values()))

    def _guide_dish(self, draft: DraftDish) -> Proposal:
        """The guide's own dish, whatever else the draft says; its grams too unless the draft has them for the same foods."""
        dish = self._dishes.get(draft.dish_id or "")
        if dish is None:
            raise DishRefused(f"{draft.name[:MAX_NAME]}: este prato não está entre os oferecidos")
        self._refuse_restricted(dish.name, [item.food_id for item in dish.ingredients], dish.steps)
        own = tuple(item.grams for item in dish.ingredients)
        same = [item.food for item in draft.ingredients] == [item.food_id for item in dish.ingredients]
        said = tuple(item.grams for item in draft.ingredients)
        return Proposal(dish, said if same and all(math.isfinite(g) and g > 0 for g in said) else own)

    def _food(self, item: DraftIngredient, dish_name: str) -> Food:
        food = self._table.get(item.food) or self._table.resolve(item.food[:MAX_NAME])
        if food is None:
            raise DishRefused(f"{dish_name}: o alimento {item.food[:40]!r} não está na tabela")
        least, most = LEAST_PART * food.portion_min_g, MOST_TIMES * food.portion_max_g
        if not (math.isfinite(item.grams) and item.grams > 0 and least <= item.grams <= most):
            raise DishRefused(f"{dish_name}: quantidade fora do comum de {food.name}")
        return food

    def _refuse_texts(self, draft: DraftDish) -> None:
        problem = self._problem_in(draft.name, MAX_NAME)
        if problem is not None:
            raise DishRefused(f"nome do prato: {problem}")
        if len(draft.steps) > MAX_STEPS:
            raise DishRefused(f"{draft.name}: mais de {MAX_STEPS} passos")
        for step in draft.steps:
            problem = self._problem_in(step, MAX_STEP)
            if problem is not None:
                raise DishRefused(f"{draft.name}: {problem} no modo de fazer")

    def _problem_in(self, text: str, limit: int) -> str | None:
        problem = problem_in(text, limit)
        if problem is None:
            self._portuguese = self._portuguese or Portuguese(self._table, self._brief.offered)
            problem = None if self._portuguese.reads(text) else "texto em outra língua"
        return problem

    def _refuse_restricted(self, name: str, food_ids: list[str], steps: tuple[str, ...]) -> None:
        restriction = self._verdicts.dish(name, food_ids, steps)
        if restriction is not None:
            because = label(restriction, self._table)
            raise DishRefused(f"{name}: não pode por causa de {because}", restricted=True)


def _known_sources(brief: MenuBrief) -> dict[int, Source]:
    """What may be cited: the passages shown and the chunks of the dishes offered."""
    sources = {p.chunk_id: source_of(p) for p in brief.passages}
    return sources | {source.chunk_id: source for dish in brief.offered for source in dish.sources}


def source_of(passage: Passage) -> Source:
    """A passage as a dish cites it."""
    return Source(passage.document, passage.section, passage.page, passage.chunk_id)


def _merged(foods: list[Food], items: tuple[DraftIngredient, ...]) -> dict[str, float]:
    """Grams by food id; a food named twice is added up."""
    grams: dict[str, float] = {}
    for food, item in zip(foods, items, strict=True):
        grams[food.id] = grams.get(food.id, 0.0) + item.grams
    return grams


def _place(names: _Names, key: Key, proposals: tuple[Proposal, ...]) -> None:
    if key[1] in MAIN_SLOTS:
        mains = {fold(p.dish.name) for p in proposals if p.dish.role is Role.PRINCIPAL}
        names.placed[key] = mains
        names.uses.update(mains)


def _refuse_repeats(names: _Names, key: Key, mains: list[Dish]) -> None:
    """The same main dish neither twice a day, nor on adjacent days in the same meal, nor three times a week."""
    if names.free:
        return
    day, slot = key
    beside = [(day - 1, slot), (day + 1, slot), *((day, other) for other in MAIN_SLOTS if other is not slot)]
    near = set().union(*(names.placed.get(place, set()) for place in beside))
    for dish in mains:
        if fold(dish.name) in near or names.uses[fold(dish.name)] >= MAX_USES:
            raise DishRefused(f"{dish.name}: repetido na semana")
