"""What a person's document asks for, as it is kept with it."""

from collections.abc import Mapping
from typing import Any

from nutrition.foods import FoodTable
from rag.guide import Document
from storage.own_documents import OwnDocument


def kept(document: Document, table: FoodTable) -> Mapping[str, Any]:
    """Read what a document asks for into what is kept of it (blocking)."""
    return {}


def proposes(document: OwnDocument) -> bool:
    """Whether the document asks for settings that can be proposed."""
    return bool(document.plan.get("settings") or document.plan.get("avoid"))
