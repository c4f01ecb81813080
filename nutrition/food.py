"""The nouns of food: nutrients, household measures, foods and the vocabulary that tags them.

Every figure is per 100 g of food ready to eat unless a name says otherwise. ``None`` means "not known",
never zero (shown as "sem dado").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

NUTRIENTS: tuple[str, ...] = (
    "energy_kcal",
    "protein_g",
    "fat_g",
    "saturated_fat_g",
    "carbohydrate_g",
    "fiber_g",
    "sugars_g",
    "added_sugar_g",
    "sodium_mg",
    "calcium_mg",
    "iron_mg",
    "potassium_mg",
    "zinc_mg",
    "magnesium_mg",
    "vitamin_c_mg",
    "cholesterol_mg",
)
"""Column names of the food table, in order; the suffix is the unit. Carbohydrate includes fibre (by difference)."""


class FoodGroup(StrEnum):
    """Where a food stands in a kitchen; also decides the market section."""

    CEREAIS = "cereais"
    TUBERCULOS = "tuberculos"
    LEGUMINOSAS = "leguminosas"
    VERDURAS = "verduras"
    LEGUMES = "legumes"
    FRUTAS = "frutas"
    CARNES = "carnes"
    AVES = "aves"
    PEIXES = "peixes"
    FRUTOS_DO_MAR = "frutos_do_mar"
    OVOS = "ovos"
    LATICINIOS = "laticinios"
    OLEAGINOSAS = "oleaginosas"
    PROTEINA_VEGETAL = "proteina_vegetal"
    OLEOS = "oleos"
    ACUCARES = "acucares"
    TEMPEROS = "temperos"
    BEBIDAS = "bebidas"
    PREPARADOS = "preparados"
    SUPLEMENTOS = "suplementos"


ALLERGENS: tuple[str, ...] = (
    "trigo_centeio_cevada_aveia",
    "crustaceos",
    "ovos",
    "peixes",
    "amendoim",
    "soja",
    "leite",
    "amendoas",
    "avelas",
    "castanha_de_caju",
    "castanha_do_para",
    "macadamias",
    "nozes",
    "pecas",
    "pistaches",
    "pinoli",
    "castanhas",
    "latex",
)
"""The 18 items of ANVISA RDC 727/2022 that labels must declare."""

ANIMAL_ORIGINS: tuple[str, ...] = (
    "leite",
    "ovo",
    "mel",
    "ave",
    "bovina",
    "suina",
    "outra_carne",
    "peixe",
    "crustaceo",
    "molusco",
    "gelatina",
    "inseto",
)
"""What animal a food comes from; a composite food has several, a plant, mineral or fungus has none."""

TAGS: tuple[str, ...] = (
    "gluten",
    "aveia",
    "lactose",
    "lactose_baixa",
    "sem_lactose",
    "fodmap_alto",
    "frutose_alta",
    "cafeina",
    "alcool",
    "purina_alta",
    "purina_media",
    "acucar_adicionado",
    "carbo_alto",
    "carbo_medio",
    "cru_animal",
    "queijo_mole",
    "sulfito",
    "milho",
    "gergelim",
    "mostarda",
    "coco",
    "citrico",
    "solanacea",
    "feijao",
    "conta_fruta_verdura",
    "nao_kosher",
    "nao_halal",
    "carne_vermelha",
    "embutido",
    "viscera",
    "picante",
    "histamina",
    "fermentado",
    "sodio_alto",
    "contaminacao_gluten",
)
"""Tags beside allergens and origins. ``gluten``: contains it. ``lactose``: more than 1 g per 100 g;
``lactose_baixa``: hard cheeses, butter, ghee; ``sem_lactose``: dairy made without it (still milk for an allergy).
``carbo_alto``: more than 15 g of available carbohydrate per 100 g as eaten, sugars and flours included;
``carbo_medio``: 8 to 15 g. ``conta_fruta_verdura``: counts towards the WHO's 400 g (no tubers, no pulses)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A household measure: ``grams`` of the food, as eaten, in one ``name`` ("colher de sopa")."""

    name: str
    plural: str
    grams: float
    feminine: bool = True


@dataclass(frozen=True, slots=True)
class Food:
    """One row of the food table.

    ``per_100g`` has every key of ``NUTRIENTS``. ``purchase_factor``: grams bought (raw, with peel or bone) per gram
    as eaten. ``portion_min_g`` and ``portion_max_g``: sensible amounts for one person in one dish. ``price_tier``:
    1 cheap to 3 dear. ``nova``: 1-4. ``source``: publication and row ("TACO 3", "USDA 20121", "IBGE 6503401/99").
    """

    id: str
    name: str
    synonyms: tuple[str, ...]
    group: FoodGroup
    nova: int
    per_100g: Mapping[str, float | None]
    allergens: frozenset[str]
    animal: frozenset[str]
    tags: frozenset[str]
    measures: tuple[Measure, ...]
    purchase_factor: float
    portion_min_g: float
    portion_max_g: float
    price_tier: int
    source: str
