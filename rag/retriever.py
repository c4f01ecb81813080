"""What a menu is made of: the passages and dishes of the guide that fit a goal, meals, restrictions and a wish."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from nutrition.menu import Dish, Role, Slot, Source
from nutrition.person import Goal
from nutrition.words import tokens
from rag.dishes import Foods, dish_in, slug
from rag.diversity import alike, diverse_order
from rag.guide import COLLECTION, Guide
from rag.search import Hit, Search
from storage import passages
from storage.database import Database
from storage.passages import PUBLIC, Passage

GOAL_WORDS: dict[Goal, str] = {
    Goal.PERDER: "emagrecer com saciedade: leve, magro, proteína magra, verduras, legumes, fibras",
    Goal.MANTER: "refeição equilibrada do dia a dia, variada, caseira",
    Goal.GANHAR: "ganhar massa muscular: reforçado, energético, muita proteína, carboidrato, completo",
}
"""What each goal looks for in the guide."""

SLOT_WORDS: dict[Slot, str] = {
    Slot.CAFE_DA_MANHA: "café da manhã",
    Slot.LANCHE_DA_MANHA: "lanche da manhã",
    Slot.ALMOCO: "almoço",
    Slot.LANCHE_DA_TARDE: "lanche da tarde",
    Slot.JANTAR: "jantar",
    Slot.CEIA: "ceia",
}

REGION_WORDS: dict[str, str] = {
    "nordeste": "nordestina nordestino baiana baiano pernambucana cearense maranhense potiguar sertaneja",
    "norte": "nortista amazonica amazonense paraense",
    "sudeste": "mineira mineiro paulista carioca capixaba caipira",
    "sul": "sulista gaucha gaucho catarinense paranaense",
    "centro-oeste": "goiana goiano pantaneira pantaneiro mato-grossense",
}
"""How people say where a dish is from, by the tag that dishes have: the words share no stem with it."""

WISH_WEIGHT = 0.65
"""Weight of the person's wish beside goal and meals, when there is one."""

_REMEMBERED_RULES = 64
_REMEMBERED_ORDERS = 128
"""Most people ask for the same few things: the order for a goal, meals and rules is worked out once."""

_WISH = 400
"""Letters of a person's wish that are searched."""


class DishRules(Protocol):
    """What the retriever needs of ``nutrition.restrictions.rules.Rules``."""

    @property
    def key(self) -> str:
        """Equal for equal rules."""
        ...

    def forbids_dish(self, name: str, food_ids: Sequence[str], steps: Sequence[str], /) -> object | None:
        """Return what forbids a dish, or None."""
        ...


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the order of dishes depends on; ``shelf`` changes whenever a dish was indexed anew."""

    goal: Goal
    slots: tuple[Slot, ...]
    rules: str
    wish: str
    shelf: int


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The dishes of the guide and of the operators' documents with their sources, as they were indexed."""

    version: int
    chunk_ids: tuple[int, ...]
    dishes: tuple[Dish, ...]


class Retriever:
    """Finds what fits. ``guide`` is as loaded; give a new one by ``use`` when its files change.

    With ``foods``, the dishes of the operators' documents are offered too, as soon as they are indexed.
    """

    def __init__(self, database: Database, search: Search, guide: Guide, foods: Foods | None = None) -> None:
        self._database = database
        self._search = search
        self._guide = guide
        self._foods = foods
        self._allowed: OrderedDict[tuple[int, str], frozenset[str]] = OrderedDict()
        self._shelved: tuple[tuple[str, int, int], _Shelf] | None = None
        self._ordered: OrderedDict[_Asked, tuple[Dish, ...]] = OrderedDict()

    def use(self, guide: Guide) -> None:
        """Take a guide that was read again."""
        self._guide = guide

    def dish(self, dish_id: str) -> Dish | None:
        """Return one dish that is, or was just now, offered; None when no dish has this id."""
        shelved = self._shelved[1].dishes if self._shelved is not None else ()
        return next((dish for dish in (*shelved, *self._guide.dishes) if dish.id == dish_id), None)

    async def passages(self, text: str, k: int = 8, owners: Sequence[int] = (PUBLIC,)) -> tuple[Passage, ...]:
        """Return the ``k`` passages of guidance (no dishes) that fit a text best, best first."""
        return tuple(hit.passage for hit in await self.hits(text, k, owners))

    async def hits(self, text: str, k: int = 8, owners: Sequence[int] = (PUBLIC,)) -> list[Hit]:
        """Like ``passages``, with the scores."""
        return await self._search.find(text, k, owners=owners, kind="passage")

    async def dishes(
        self,
        goal: Goal,
        slots: Sequence[Slot],
        rules: DishRules,
        request: str = "",
        per_slot: int | None = None,
    ) -> tuple[Dish, ...]:
        """Return every dish of the guide and of the operators' documents that the rules allow and that suits a slot.

        Main dishes come first, then the other roles; in each role the best fit first. Fit is the hybrid score for
        goal, wish and meals; near-copies of a dish come later than others (MMR).
        ``per_slot`` keeps only so many of each role for each slot. ``sources`` name the dish's chunk; they are empty
        while the guide is not indexed yet.
        """
        shelf = await self._shelf()
        asked = _Asked(
            goal,
            tuple(slots),
            rules.key,
            request[:_WISH].strip(),
            shelf.version,
        )
        ordered = self._ordered.get(asked)
        if ordered is None:
            ordered = await self._order(asked, shelf, rules)
            self._ordered[asked] = ordered
            if len(self._ordered) > _REMEMBERED_ORDERS:
                self._ordered.popitem(last=False)
        self._ordered.move_to_end(asked)
        return ordered if per_slot is None else _first_of_each(ordered, slots, per_slot)

    async def _order(self, asked: "_Asked", shelf: "_Shelf", rules: DishRules) -> tuple[Dish, ...]:
        allowed = await self._allowed_ids(shelf, rules)
        wanted = [
            (chunk_id, dish)
            for chunk_id, dish in zip(shelf.chunk_ids, shelf.dishes, strict=True)
            if dish.id in allowed and not dish.slots.isdisjoint(asked.slots)
        ]
        scores = await self._scores(asked.goal, asked.slots, asked.wish, len(shelf.dishes))
        return await asyncio.to_thread(_order, wanted, scores)

    async def _scores(self, goal: Goal, slots: Sequence[Slot], wish: str, depth: int) -> dict[int, float]:
        """Hybrid scores by chunk id. The wish counts as much as the goal, so it is searched on its own too."""
        meals = ", ".join(SLOT_WORDS[slot] for slot in slots)
        wish = with_regions(wish)
        asked = [(f"{GOAL_WORDS[goal]}; {meals}", 1.0)]
        if wish:
            asked = [(asked[0][0], 1 - WISH_WEIGHT), (wish, WISH_WEIGHT)]
        scores: dict[int, float] = {}
        for text, weight in asked:
            for hit in await self._search.rank(text, kind="dish", depth=depth):
                scores[hit.chunk_id] = scores.get(hit.chunk_id, 0.0) + weight * hit.score
        return scores

    async def _shelf(self) -> _Shelf:
        """The dishes with the chunks they have now, put together again only when a chunk changed."""
        async with self._database.reader() as conn:
            state = (self._guide.version, *await passages.dishes_state(conn))
            if self._shelved is None or self._shelved[0] != state:
                ours = await passages.dishes(conn, COLLECTION)
                others = await passages.dishes_elsewhere(conn, COLLECTION)
                self._shelved = (state, await asyncio.to_thread(self._stock, ours, others))
        return self._shelved[1]

    def _stock(self, ours: Mapping[str, Passage], others: Sequence[Passage]) -> _Shelf:
        """Each dish with its chunk's id, 0 while the guide is not indexed (blocking, 1 ms a dish of a document)."""
        stock = {dish.id: (ours.get(dish.id), dish) for dish in self._guide.dishes}
        for chunk in others:
            dish = None if self._foods is None else dish_in(chunk.section, chunk.text, self._foods)
            if dish is not None:
                # a name that the guide has too is another dish here
                key = dish.id if dish.id not in stock else f"{slug(chunk.document)}-{dish.id}"
                stock.setdefault(key, (chunk, replace(dish, id=key)))
        chunk_ids = tuple(0 if chunk is None else chunk.chunk_id for chunk, _ in stock.values())
        return _Shelf(
            hash((self._guide.version, chunk_ids)),
            chunk_ids,
            tuple(
                dish if chunk is None else replace(dish, sources=(_source(chunk),))
                for chunk, dish in stock.values()
            ),
        )

    async def _allowed_ids(self, shelf: _Shelf, rules: DishRules) -> frozenset[str]:
        """Ids of the dishes that the rules allow, remembered for the last rules seen."""
        key = (shelf.version, rules.key)
        if key not in self._allowed:
            self._allowed[key] = await asyncio.to_thread(_allowed, shelf.dishes, rules)
            if len(self._allowed) > _REMEMBERED_RULES:
                self._allowed.popitem(last=False)
        self._allowed.move_to_end(key)
        return self._allowed[key]


def with_regions(wish: str) -> str:
    """Add the region's tag to a wish that names its people: "comida mineira" also asks for "sudeste"."""
    said = set(tokens(wish))
    regions = [region for region, names in REGION_WORDS.items() if said & set(tokens(names))]
    return " ".join([wish, *regions]) if wish else ""


def _allowed(dishes: Sequence[Dish], rules: DishRules) -> frozenset[str]:
    return frozenset(
        dish.id
        for dish in dishes
        if rules.forbids_dish(dish.name, [part.food_id for part in dish.ingredients], dish.steps) is None
    )


def _source(chunk: Passage) -> Source:
    return Source(document=chunk.document, section=chunk.section, page=chunk.page, chunk_id=chunk.chunk_id)


def _order(wanted: Sequence[tuple[int, Dish]], scores: dict[int, float]) -> tuple[Dish, ...]:
    """Each role by itself, main dishes first: best fit first, and varied (blocking, a few ms for 500 dishes).

    Among all, drinks and fruit would come first: they have nothing in common with anything.
    """
    ordered: list[Dish] = []
    for role in Role:
        ours = [(chunk_id, dish) for chunk_id, dish in wanted if dish.role is role]
        fit = [scores.get(chunk_id, 0.0) for chunk_id, _ in ours]
        dishes = [dish for _, dish in ours]
        ordered += [dishes[i] for i in diverse_order(fit, alike(dishes))]
    return tuple(ordered)


def _first_of_each(dishes: Sequence[Dish], slots: Sequence[Slot], limit: int) -> tuple[Dish, ...]:
    """Keep the dishes that are among the first ``limit`` of their role for some slot."""
    seen: dict[tuple[Slot, str], int] = {}
    kept = []
    for dish in dishes:
        places = [(slot, dish.role) for slot in slots if slot in dish.slots]
        if any(seen.get(place, 0) < limit for place in places):
            kept.append(dish)
        for place in places:
            seen[place] = seen.get(place, 0) + 1
    return tuple(kept)
