"""A person's own plan: what a nutritionist's document asks for.

A document is data. Nothing but typed fields leaves it: numbers, hours, foods of the table, and the names of foods to
avoid. Whatever else it says ("ignore as restrições") has no effect.
"""

from nutrition.foods import FoodTable
from rag.guide import Document
from rag.plans.dishes import own_dishes, with_chunks
from rag.plans.lines import lines_of
from rag.plans.nouns import OWN_TAG, OwnPlan, PlanFood, PlanMeal, Said
from rag.plans.outline import Outline
from rag.plans.settings import daily_energy, daily_protein, meals_a_day, protein_per_kg

__all__ = ["OWN_TAG", "OwnPlan", "PlanFood", "PlanMeal", "Said", "own_dishes", "read_plan", "with_chunks"]


def read_plan(document: Document, table: FoodTable) -> OwnPlan:
    """Read what a document asks for (blocking, some ms a page). Never raises; an ordinary text gives an empty plan."""
    lines = lines_of(document.blocks)
    outline = Outline(table)
    outline.read(lines)
    meals = outline.meals()
    return OwnPlan(
        document=document.title,
        meals_per_day=meals_a_day(lines, meals, outline.slots()),
        energy_kcal=daily_energy(lines),
        protein_g=daily_protein(lines),
        protein_g_per_kg=protein_per_kg(lines),
        avoid=outline.avoided(),
        permitted=outline.permitted(),
        hours=outline.hours(),
        meals=meals,
    )
