"""The nouns of a person: who they are for the planner, what they aim at, what they exclude."""

from dataclasses import dataclass
from enum import StrEnum


class Sex(StrEnum):
    """Which energy equation to use."""

    F = "F"
    M = "M"


class Activity(StrEnum):
    """Factors on resting energy: 1.2, 1.375, 1.55, 1.725, 1.9."""

    SEDENTARIO = "sedentario"
    LEVE = "leve"
    MODERADO = "moderado"
    INTENSO = "intenso"
    MUITO_INTENSO = "muito_intenso"


class Goal(StrEnum):
    """What the person wants."""

    PERDER = "perder"
    MANTER = "manter"
    GANHAR = "ganhar"


class Strength(StrEnum):
    """How a restriction is held. All are hard; the strength decides how one may leave and how it is worded."""

    ALERGIA = "alergia"
    INTOLERANCIA = "intolerancia"
    DIETA = "dieta"
    CONDICAO = "condicao"
    PREFERENCIA = "preferencia"


@dataclass(frozen=True, slots=True)
class Restriction:
    """One thing a person excludes.

    ``code`` is an id of the ontology ("gluten", "vegano"), ``food:<folded words>`` for foods so named, or ``word:<folded word>``
    for what was not understood and is kept as literal words to avoid. ``said`` quotes the person.
    """

    code: str
    strength: Strength
    said: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What planning needs to know. Heights in cm (120-230), weights in kg (30-300), age in years.

    ``conditions`` are codes of ``nutrition.guardrails`` or free text; ``restrictions`` are already understood.
    ``request`` is the person's wish in their words ("mais peixe, algo barato"). ``meals_per_day`` is 3 to 6.
    ``wanted_energy_kcal`` and ``wanted_protein_g`` are what a document of theirs asks for a day, where they said yes to
    it; ``nutrition.targets`` keeps them within its limits.
    ``energy_correction_kcal``: what the trend of their weight showed that they spend beyond (or below) the equation, in kcal
    a day, where they said yes to it: ``nutrition.adaptation``.
    """

    sex: Sex
    age: int
    height_cm: float
    weight_kg: float
    activity: Activity
    goal: Goal
    meals_per_day: int
    restrictions: tuple[Restriction, ...] = ()
    conditions: tuple[str, ...] = ()
    request: str = ""
    target_weight_kg: float | None = None
    wanted_energy_kcal: float | None = None
    wanted_protein_g: float | None = None
    energy_correction_kcal: float = 0.0


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of one day and the ranges within which a day counts as meeting them.

    The first six are the public contract of ``bot.py menu``. Upper and lower bounds are grams (or mg) a day.
    ``notes`` are codes of exceptions (for example ``low_carb``), each explained by ``/porque``.
    """

    energy_kcal: float
    protein_g: float
    fat_g: float
    carbohydrate_g: float
    fiber_g: float
    sodium_mg: float
    fat_min_g: float
    fat_max_g: float
    fiber_max_g: float
    saturated_fat_max_g: float
    added_sugar_max_g: float
    fruit_vegetable_min_g: float
    notes: frozenset[str] = frozenset()
