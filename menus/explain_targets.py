"""Why a day aims at these numbers: the arithmetic behind targets, in figures that add up as they are shown. Pure.

Nothing is decided here: ``nutrition.targets`` decides, and this takes its result apart.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from menus.people import Review
from nutrition.energy import (
    ACTIVITY_FACTORS,
    estimate,
    estimated_energy_requirement,
    expenditure,
    resting_energy,
)
from nutrition.guardrails import Decision
from nutrition.person import Goal, Profile, Targets
from nutrition.targets import (
    ENERGY_FLOORS,
    KCAL_CARBOHYDRATE,
    KCAL_FAT,
    KCAL_PROTEIN,
    MAX_DEFICIT_KCAL,
    TargetNote,
    reference_weight,
)

ROUND_KCAL = 10
"""An estimate is told in tens: more digits would be false precision."""

SALT_PER_SODIUM = 2.5
"""Grams of salt per gram of sodium, as the WHO rounds it (2 g of sodium, 5 g of salt)."""


@dataclass(frozen=True, slots=True)
class Equation:
    """A linear energy equation with its figures: ``constant`` + ``year`` × age + ``cm`` × height + ``kg`` × weight."""

    constant: float
    year: float
    cm: float
    kg: float
    result: int


@dataclass(frozen=True, slots=True)
class EnergyWhy:
    """From the two equations to the target, in kcal a day: ``spent`` + ``change`` = ``target``.

    ``resting`` × ``factor`` gives ``spent``, to which the trend of the person's weight adds ``correction``; ``change`` is the
    rest up to ``target``. ``low`` and ``high`` are in tens. ``floor`` is the least that is suggested
    to this person. ``capped``: the deficit is the greatest there is. ``refused``: a deficit was asked and is not given.
    """

    resting: Equation
    factor: float
    spent: int
    correction: int
    whole_day: Equation
    low: int
    high: int
    target: int
    change: int
    goal: Goal
    floor: int
    capped: bool
    refused: bool
    notes: frozenset[str]


@dataclass(frozen=True, slots=True)
class ProteinWhy:
    """``per_kg`` × ``reference_kg`` gives ``grams``; ``exact`` is False where a limit decided and it only nearly does.

    ``adjusted``: the weight that counts is less than the person's. ``percent`` of the energy.
    """

    grams: int
    per_kg: float
    reference_kg: float
    exact: bool
    adjusted: bool
    kcal: int
    percent: int
    notes: frozenset[str]


@dataclass(frozen=True, slots=True)
class SplitWhy:
    """How protein, fat and carbohydrate share the day's energy: the three kcal add up to ``energy``.

    ``fat_g`` has one decimal and gives ``fat_kcal`` at 9 kcal a gram; ``carbohydrate_g`` is what the rest gives at 4.
    """

    energy: int
    protein_g: int
    protein_kcal: int
    fat_g: float
    fat_kcal: int
    fat_percent: int
    fat_low: int
    fat_high: int
    carbohydrate_kcal: int
    carbohydrate_g: int
    notes: frozenset[str]


def energy_why(review: Review) -> EnergyWhy:
    """Take the energy target apart. Raises ``ValueError`` for someone who has no targets."""
    profile, targets = review.profile, _targets(review)
    spent_by = estimate(profile)
    resting = equation(resting_energy, profile)
    factor = ACTIVITY_FACTORS[profile.activity]
    spent, target = round(resting.result * factor), round(targets.energy_kcal)
    measured = expenditure(profile)
    correction = round(measured - spent_by.mifflin)
    refused = review.assessment.decision is Decision.REFUSE_DEFICIT and profile.goal is Goal.PERDER
    return EnergyWhy(
        resting=resting,
        factor=factor,
        spent=spent,
        correction=correction,
        whole_day=equation(estimated_energy_requirement, profile),
        low=tens(spent_by.low),
        high=tens(spent_by.high),
        target=target,
        change=target - spent - correction,
        goal=review.assessment.goal,
        floor=ENERGY_FLOORS[profile.sex],
        capped=measured - targets.energy_kcal >= MAX_DEFICIT_KCAL - ROUND_KCAL,
        refused=refused,
        notes=targets.notes,
    )


def protein_why(review: Review) -> ProteinWhy:
    """Take the protein target apart. Raises ``ValueError`` for someone who has no targets."""
    targets = _targets(review)
    grams, weight = round(targets.protein_g), reference_weight(review.profile)
    per_kg, shown_weight = round(grams / weight, 1), round(weight, 1)
    kcal = KCAL_PROTEIN * grams
    return ProteinWhy(
        grams=grams,
        per_kg=per_kg,
        reference_kg=shown_weight,
        exact=round(per_kg * shown_weight) == grams,
        adjusted=TargetNote.ADJUSTED_WEIGHT in targets.notes,
        kcal=kcal,
        percent=round(100 * kcal / targets.energy_kcal),
        notes=targets.notes,
    )


def split_why(targets: Targets) -> SplitWhy:
    """Take the shares of fat and carbohydrate apart."""
    energy, protein = round(targets.energy_kcal), round(targets.protein_g)
    fat = round(targets.fat_g, 1)
    fat_kcal, protein_kcal = round(KCAL_FAT * fat), KCAL_PROTEIN * protein
    rest = energy - protein_kcal - fat_kcal
    return SplitWhy(
        energy=energy,
        protein_g=protein,
        protein_kcal=protein_kcal,
        fat_g=fat,
        fat_kcal=fat_kcal,
        fat_percent=round(100 * fat_kcal / energy),
        fat_low=round(100 * KCAL_FAT * targets.fat_min_g / energy),
        fat_high=round(100 * KCAL_FAT * targets.fat_max_g / energy),
        carbohydrate_kcal=rest,
        carbohydrate_g=round(rest / KCAL_CARBOHYDRATE),
        notes=targets.notes,
    )


def salt_grams(sodium_mg: float) -> float:
    """The salt that holds ``sodium_mg`` of sodium, in grams."""
    return SALT_PER_SODIUM * sodium_mg / 1000


def equation(formula: Callable[[Profile], float], profile: Profile) -> Equation:
    """Read the figures off ``formula``, which is linear in age, height and weight: each is what one more unit adds."""
    result = formula(profile)
    year = formula(replace(profile, age=profile.age + 1)) - result
    cm = formula(replace(profile, height_cm=profile.height_cm + 1)) - result
    kg = formula(replace(profile, weight_kg=profile.weight_kg + 1)) - result
    constant = result - year * profile.age - cm * profile.height_cm - kg * profile.weight_kg
    return Equation(round(constant, 2), round(year, 2), round(cm, 2), round(kg, 2), round(result))


def tens(kcal: float) -> int:
    """``kcal`` to the nearest ten."""
    return ROUND_KCAL * round(kcal / ROUND_KCAL)


def _targets(review: Review) -> Targets:
    if review.targets is None:
        raise ValueError("someone who is referred to a professional has no targets")
    return review.targets
