"""Turns the short marks of the spec into allergens, animal origins and tags, and adds what follows from the figures.

A mark is one word: an animal origin, an allergen or a tag of ``nutrition.food``, or a shorthand of ``_SHORTHANDS``
that stands for several. A mark that starts with ``-`` takes away a tag that would follow from the group or figures.
"""

from dataclasses import dataclass, field

from nutrition.food import ALLERGENS, ANIMAL_ORIGINS, TAGS, FoodGroup
from scripts.food_sources import Figures

_CEREAL = "trigo_centeio_cevada_aveia"
_SHORTHANDS: dict[str, tuple[str, ...]] = {
    "trigo": (_CEREAL, "gluten"),
    "centeio": (_CEREAL, "gluten"),
    "cevada": (_CEREAL, "gluten"),
    "aveia": (_CEREAL, "aveia", "contaminacao_gluten"),
    "ovo": ("ovo", "ovos"),
    "peixe": ("peixe", "peixes"),
    "crustaceo": ("crustaceo", "crustaceos", "nao_kosher"),
    "molusco": ("molusco", "nao_kosher"),
    "suina": ("suina", "nao_halal", "nao_kosher"),
    "alcool": ("alcool", "nao_halal"),
}
_GROUP_MARKS: dict[FoodGroup, tuple[str, ...]] = {
    FoodGroup.AVES: ("ave",),
    FoodGroup.PEIXES: ("peixe",),
    FoodGroup.OVOS: ("ovo",),
    FoodGroup.LATICINIOS: ("leite",),
    FoodGroup.LEGUMINOSAS: ("feijao",),
    FoodGroup.VERDURAS: ("conta_fruta_verdura",),
    FoodGroup.LEGUMES: ("conta_fruta_verdura",),
    FoodGroup.FRUTAS: ("conta_fruta_verdura",),
}
_PURINE_GROUPS = {
    FoodGroup.CARNES,
    FoodGroup.AVES,
    FoodGroup.PEIXES,
    FoodGroup.FRUTOS_DO_MAR,
    FoodGroup.LEGUMINOSAS,
}
_RED_MEAT = {"bovina", "suina", "outra_carne"}
_HIGH_SODIUM_MG = 600.0  # RDC 429/2020: "alto em sódio" from 600 mg per 100 g of solid food


class MarkError(Exception):
    """A mark that no vocabulary has."""


@dataclass
class Marks:
    """The three vocabularies of one food."""

    allergens: set[str] = field(default_factory=set)
    animal: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)

    def add(self, mark: str) -> None:
        """Add one mark to every vocabulary that has it. Raises ``MarkError`` when none does."""
        words = _SHORTHANDS.get(mark, (mark,))
        for word in words:
            known = False
            for vocabulary, chosen in (
                (ALLERGENS, self.allergens),
                (ANIMAL_ORIGINS, self.animal),
                (TAGS, self.tags),
            ):
                if word in vocabulary:
                    chosen.add(word)
                    known = True
            if not known:
                raise MarkError(f"unknown mark: {mark!r}")


def marks_of(words: list[str], group: FoodGroup, figures: Figures) -> Marks:
    """Everything that a food of ``group`` with these marks and figures is."""
    marks = Marks()
    removed = {word[1:] for word in words if word.startswith("-")}
    for word in (*_GROUP_MARKS.get(group, ()), *(w for w in words if not w.startswith("-"))):
        if word not in removed:
            marks.add(word)
    for tag in _implied(marks, group, figures):
        marks.add(tag)
    marks.tags -= removed
    return marks


def _implied(marks: Marks, group: FoodGroup, figures: Figures) -> list[str]:
    tags: list[str] = []
    if "leite" in marks.animal and not marks.tags & {"lactose_baixa", "sem_lactose"}:
        tags.append("lactose")
    if marks.animal & _RED_MEAT:
        tags.append("carne_vermelha")
    if group in _PURINE_GROUPS and "purina_alta" not in marks.tags:
        tags.append("purina_media")
    carbohydrate = figures["carbohydrate_g"]
    if carbohydrate is not None:
        available = carbohydrate - (figures["fiber_g"] or 0.0)
        if available > 15:
            tags.append("carbo_alto")
        elif available >= 8:
            tags.append("carbo_medio")
    if (figures["added_sugar_g"] or 0.0) > 0:
        tags.append("acucar_adicionado")
    if (figures["sodium_mg"] or 0.0) >= _HIGH_SODIUM_MG:
        tags.append("sodio_alto")
    return tags
