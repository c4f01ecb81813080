"""What a person's document asks for, as it is kept with it."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from nutrition.foods import FoodTable
from rag.guide import Document
from rag.own_plan import OwnPlan, read_plan
from storage.own_documents import OwnDocument

LONGEST_PLAN = 300
"""Passages of the longest document that is read as a plan, some fifty pages: a book is asked, not followed."""

_PLAN = TypeAdapter(OwnPlan)


def kept(document: Document, table: FoodTable) -> Mapping[str, Any]:
    """Read what a document asks for into what is kept of it (blocking)."""
    return dumped(read_plan(document, table)) if len(document.chunks) <= LONGEST_PLAN else {}


def dumped(plan: OwnPlan) -> Mapping[str, Any]:
    """As ``storage.own_documents`` keeps it: nothing for a document that asks for nothing."""
    kept: dict[str, Any] = {} if plan.is_empty else _PLAN.dump_python(plan, mode="json")
    return kept


def plan_of(document: OwnDocument) -> OwnPlan:
    """What a document asks for; nothing where an older version wrote what cannot be read any more."""
    try:
        return _PLAN.validate_python(document.plan) if document.plan else OwnPlan(document.title)
    except ValidationError:
        return OwnPlan(document.title)


def proposes(document: OwnDocument) -> bool:
    """Whether the document asks for settings that may be proposed."""
    plan = plan_of(document)
    return any((plan.meals_per_day, plan.energy_kcal, plan.protein_g, plan.protein_g_per_kg, plan.avoid))
