"""The dishes of a person's own plan, for their menus: those of documents that nothing is left to be said yes to.

A document's figures are used after the person's yes (``menus.own_settings``); until then, and after it was taken back,
its meals are not used either. One that asks for nothing new is followed as it is.
"""

import asyncio

from menus import own_settings
from menus.own_plans import plan_of
from nutrition.foods import FoodTable
from nutrition.menu import Dish, PlannedDish
from nutrition.person import Profile
from rag.own_plan import OwnPlan, own_dishes, with_chunks
from rag.plans.nouns import OWN_ID
from storage import own_documents, plan_uses
from storage.driver import Connection

MOST_PLANS = 3
"""The newest documents that are followed at once."""

_MOST_PASSAGES = 300


async def of_person(
    conn: Connection, person_id: int, profile: Profile | None, table: FoodTable
) -> tuple[Dish, ...]:
    """The dishes of the person's plans, the newest plan first; restrictions are not looked at here."""
    if profile is None:
        return ()
    found: list[Dish] = []
    used = await plan_uses.get(conn, person_id)
    followed = 0
    for document in await own_documents.of_person(conn, person_id):
        plan = plan_of(document)
        if not plan.meals or followed == MOST_PLANS:
            continue
        said_yes = used is not None and used.document_id == document.id
        if not said_yes and not await asyncio.to_thread(_asks_for_nothing_new, plan, profile, table):
            continue
        followed += 1
        passages = await own_documents.passages_of(conn, person_id, document.id, limit=_MOST_PASSAGES)
        chunks = [(each.chunk_id, each.page, f"{each.section}\n{each.text}") for each in passages]
        dishes = await asyncio.to_thread(own_dishes, plan, table)
        known = {dish.id for dish in found}
        found += [dish for dish in with_chunks(dishes, chunks) if dish.id not in known]
    return tuple(found)


def is_own(dish: PlannedDish) -> bool:
    """Whether a planned dish is of the person's own plan."""
    return dish.dish_id is not None and dish.dish_id.startswith(OWN_ID)


def _asks_for_nothing_new(plan: OwnPlan, profile: Profile, table: FoodTable) -> bool:
    proposal = own_settings.proposal(plan, profile, table)
    return proposal is not None and not proposal.parts
