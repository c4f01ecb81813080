"""The dishes of a person's own plan, for their menus: those of documents that nothing is left to be said yes to.

A document's figures are used after the person's yes (``menus.own_settings``); until then, and after it was taken back,
its meals are not used either. One that asks for nothing new is followed as it is.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from menus import own_settings
from menus.own_plans import plan_of
from nutrition.foods import FoodTable
from nutrition.menu import Dish, PlannedDish
from nutrition.person import Profile
from rag.liking import Tastes
from rag.own_plan import OwnPlan, own_dishes, with_chunks
from rag.plans.nouns import OWN_ID
from storage import own_documents, plan_uses
from storage.driver import Connection

MOST_PLANS = 3
"""The newest documents that are followed at once."""

_MOST_PASSAGES = 300

PERMITTED_LIKING = 0.5
"""How much a dish of permitted foods is liked, of 1: see ``rag.liking``."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What the person's plans give a menu: dishes, the newest plan first, and ids of the foods that they allow by name.

    Restrictions are not looked at here.
    """

    dishes: tuple[Dish, ...] = ()
    permitted: frozenset[str] = frozenset()


async def of_person(conn: Connection, person_id: int, profile: Profile | None, table: FoodTable) -> Followed:
    """What is followed of the documents that the person sent; nothing without a profile."""
    if profile is None:
        return Followed()
    used = await plan_uses.get(conn, person_id)
    dishes: dict[str, Dish] = {}
    permitted: set[str] = set()
    followed = 0
    for document in await own_documents.of_person(conn, person_id):
        plan = plan_of(document)
        if not (plan.meals or plan.permitted) or followed == MOST_PLANS:
            continue
        said_yes = used is not None and used.document_id == document.id
        if not said_yes and not await asyncio.to_thread(_asks_for_nothing_new, plan, profile, table):
            continue
        followed += 1
        permitted |= {said.value for said in plan.permitted}
        passages = await own_documents.passages_of(conn, person_id, document.id, limit=_MOST_PASSAGES)
        chunks = [(each.chunk_id, each.page, f"{each.section}\n{each.text}") for each in passages]
        made = await asyncio.to_thread(own_dishes, plan, table)
        for dish in with_chunks(made, chunks):
            dishes.setdefault(dish.id, dish)
    return Followed(tuple(dishes.values()), frozenset(permitted))


def with_permitted(tastes: Tastes, dishes: Iterable[Dish], permitted: frozenset[str]) -> Tastes:
    """``tastes`` and a mild liking for dishes made of foods that a plan allows by name; what is known of a dish stays."""
    known = {dish_id for dish_id, _ in tastes}
    liked = [
        (dish.id, PERMITTED_LIKING)
        for dish in (dishes if permitted else ())
        if dish.id not in known and _mostly(dish, permitted)
    ]
    return (*tastes, *liked)


def _mostly(dish: Dish, permitted: frozenset[str]) -> bool:
    """Whether foods that are permitted make more than half of a dish's weight."""
    whole = sum(item.grams for item in dish.ingredients)
    return 2 * sum(item.grams for item in dish.ingredients if item.food_id in permitted) > whole


def is_own(dish: PlannedDish) -> bool:
    """Whether a planned dish is of the person's own plan."""
    return dish.dish_id is not None and dish.dish_id.startswith(OWN_ID)


def _asks_for_nothing_new(plan: OwnPlan, profile: Profile, table: FoodTable) -> bool:
    proposal = own_settings.proposal(plan, profile, table)
    return proposal is not None and not proposal.parts
