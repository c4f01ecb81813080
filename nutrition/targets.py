"""The targets of a day, from the profile alone, by one table.

Energy (kcal a day; "spends" is Mifflin-St Jeor times the activity factor, corrected by the measured trend of the weight
where the person confirmed that: ``nutrition.energy.expenditure``):

    goal     BMI          change
    perder   under 20     -5 %    (18.5 or more: under it the guardrails refuse a deficit)
    perder   20 to 24.9   -12.5 %
    perder   25 to 29.9   -17.5 %
    perder   30 or more   -20 %   each at most 750 kcal; never under 1,200 (F) or 1,500 (M), never under resting energy
    manter   any          0       never under 1,200 (F) or 1,500 (M) either
    ganhar   under 30     +10 %, between 250 and 500 kcal, at most +15 %
    ganhar   30 or more   +5 %, at most 250 kcal

Protein (grams per kg a day; above BMI 25 the excess over the weight of BMI 25 counts a quarter):

    goal     sedentario  leve  moderado  intenso  muito_intenso   from 65 years on
    perder   1.2         1.4   1.6       1.8      1.8             at least 1.2
    manter   1.0         1.2   1.4       1.6      1.6             at least 1.2
    ganhar   1.6         1.6   1.8       1.8      2.0             at least 1.2

never over 2.2 g/kg of weight, nor 1.6 with obesity; between 10 and 30 % of the energy (AMDR: 10 to 35 %).
Fat 28 % (20 to 35 %), carbohydrate the rest; low-carb and ketogenic days have shares of their own, below.

What a document of the person asks for instead is kept between ``energy_limits`` and ``protein_limits``.

Sources: AHA/ACC/TOS 2013 (deficits, floors), Iraki 2019 (surplus), ISSN 2017 and PROT-AGE 2013 (protein), IOM 2005
(AMDR), WHO 2012, 2015, 2023 (sodium, free sugars, fats, fibre, fruit and vegetables). Rounding, the steps between
BMI classes and the shares of low-carb days are design rules of ours.
"""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from nutrition.energy import EnergyEstimate, bmi, estimate, expenditure
from nutrition.guardrails import Assessment, Decision, assess
from nutrition.person import Activity, Goal, Profile, Sex, Targets

__all__ = [
    "EnergyEstimate",
    "NoTargets",
    "TargetNote",
    "bmi",
    "energy_limits",
    "estimate",
    "may_lose",
    "protein_limits",
    "reference_weight",
    "targets_for",
]

KCAL_PROTEIN, KCAL_CARBOHYDRATE, KCAL_FAT = 4, 4, 9
"""Atwater's general factors, kcal per gram."""

MAX_DEFICIT_KCAL = 750
ENERGY_FLOORS = {Sex.F: 1200, Sex.M: 1500}
OLDER_AGE = 65

_PROTEIN_G_PER_KG: dict[Goal, dict[Activity, float]] = {
    goal: dict(zip(Activity, factors, strict=True))
    for goal, factors in (
        (Goal.PERDER, (1.2, 1.4, 1.6, 1.8, 1.8)),
        (Goal.MANTER, (1.0, 1.2, 1.4, 1.6, 1.6)),
        (Goal.GANHAR, (1.6, 1.6, 1.8, 1.8, 2.0)),
    )
}
_PROTEIN_SHARE = (0.10, 0.30)
_PROTEIN_CEILING, _PROTEIN_CEILING_OBESITY = 2.2, 1.6
_ROUND_KCAL = 5


class NoTargets(Exception):
    """The person is referred to a professional: there is nothing to aim at."""


class TargetNote(StrEnum):
    """Why a target is not the plain figure of the table; each has a sentence in ``/porque``."""

    DEFICIT = "deficit"
    SURPLUS = "surplus"
    SMALL_DEFICIT = "small_deficit"
    ENERGY_FLOOR = "energy_floor"
    RESTING_FLOOR = "resting_floor"
    ADJUSTED_WEIGHT = "adjusted_weight"
    PROTEIN_CAPPED = "protein_capped"
    OLDER = "older"
    LOW_CARB = "low_carb"
    KETOGENIC = "cetogenica"
    MEASURED = "measured"
    """What is spent was corrected by the trend of the weight."""
    OWN_ENERGY = "own_energy"
    """The energy is that of the person's document."""
    OWN_PROTEIN = "own_protein"


_ABOUT_PROTEIN = {TargetNote.ADJUSTED_WEIGHT, TargetNote.PROTEIN_CAPPED, TargetNote.OLDER}


@dataclass(frozen=True, slots=True)
class _Split:
    """Shares of the day's energy: the range of fat, the ceiling of saturated fat, and what fat aims at.

    A usual day aims at 28 % of fat; a diet low in carbohydrate gives fat what ``carbohydrate_g`` grams (or
    ``carbohydrate`` of the energy) leave, within the range.
    """

    low: float
    high: float
    saturated: float = 0.10
    carbohydrate: float | None = None
    carbohydrate_g: float | None = None

    def fat_share(self, energy: float, protein_g: float) -> float:
        """Return the share of ``energy`` (kcal) that fat aims at, beside ``protein_g``."""
        if self.carbohydrate is not None:
            carbohydrate = self.carbohydrate
        elif self.carbohydrate_g is not None:
            carbohydrate = KCAL_CARBOHYDRATE * self.carbohydrate_g / energy
        else:
            return _USUAL_FAT_SHARE
        left = 1 - carbohydrate - KCAL_PROTEIN * protein_g / energy
        return min(max(left, self.low + 0.05), self.high - 0.05)


_USUAL_FAT_SHARE = 0.28
_USUAL = _Split(0.20, 0.35)
_LOW_CARB = _Split(0.30, 0.55, carbohydrate=0.25)
_KETOGENIC = _Split(0.50, 0.80, saturated=0.20, carbohydrate_g=70)
# Ketogenic: about 45 g beside 25 g of fibre, which the table counts as carbohydrate; with two thirds of the energy
# as fat, 10 % of saturated fat cannot hold.


def targets_for(profile: Profile, assessment: Assessment) -> Targets:
    """Return the day's targets of ``profile``, for the goal that ``assessment`` allows.

    Raises ``NoTargets`` when the assessment refers the person to a professional.
    """
    if assessment.decision is Decision.REFER:
        raise NoTargets("a referred person gets no targets")
    notes: set[TargetNote] = set()
    energy = _energy(profile, assessment.goal, notes)
    if profile.wanted_energy_kcal is not None:
        low, high = energy_limits(profile, assessment)
        energy = float(_ROUND_KCAL * round(min(max(profile.wanted_energy_kcal, low), high) / _ROUND_KCAL))
        notes = {TargetNote.OWN_ENERGY}
    protein = _protein(profile, assessment.goal, energy, notes)
    if profile.wanted_protein_g is not None:
        low, high = protein_limits(profile, energy)
        protein = round(min(max(profile.wanted_protein_g, low), high), 0)
        notes = (notes - _ABOUT_PROTEIN) | {TargetNote.OWN_PROTEIN}
    split = _split(profile, notes)
    fat = split.fat_share(energy, protein) * energy / KCAL_FAT
    return Targets(
        energy_kcal=energy,
        protein_g=protein,
        fat_g=round(fat, 1),
        carbohydrate_g=round((energy - KCAL_PROTEIN * protein - KCAL_FAT * fat) / KCAL_CARBOHYDRATE, 1),
        fiber_g=25.0 if energy >= 1800 else round(14 * energy / 1000, 1),
        sodium_mg=2300.0 if energy > 2800 else 2000.0,
        fat_min_g=round(split.low * energy / KCAL_FAT, 1),
        fat_max_g=round(split.high * energy / KCAL_FAT, 1),
        fiber_max_g=60.0,
        saturated_fat_max_g=round(split.saturated * energy / KCAL_FAT, 1),
        added_sugar_max_g=round(0.05 * energy / KCAL_CARBOHYDRATE, 1),
        fruit_vegetable_min_g=400.0,
        notes=frozenset(notes),
    )


def energy_limits(profile: Profile, assessment: Assessment) -> tuple[float, float]:
    """Return the least and the most kcal a day that may be aimed at, whoever asks for it.

    The least is that of the greatest deficit allowed, or no deficit where losing weight would be refused; the most is
    the greatest surplus.
    """
    spent, resting = expenditure(profile), estimate(profile).resting
    floor = float(ENERGY_FLOORS[profile.sex])
    losing = may_lose(profile) and assessment.decision is not Decision.REFUSE_DEFICIT
    least = max(floor, resting, spent - MAX_DEFICIT_KCAL) if losing else spent
    least = max(_round_up(least), floor)
    return least, max(least, _round_down(spent + _surplus(profile, spent)))


def may_lose(profile: Profile) -> bool:
    """Return whether losing weight would be planned for this body, whatever its goal is."""
    losing = assess(replace(profile, goal=Goal.PERDER)).decision
    return losing in (Decision.PLAN, Decision.PLAN_GUARDRAIL)


def protein_limits(profile: Profile, energy: float) -> tuple[float, float]:
    """Return the least and the most grams of protein a day beside ``energy`` (kcal), whoever asks for it."""
    low, high = (share * energy / KCAL_PROTEIN for share in _PROTEIN_SHARE)
    obesity = bmi(profile.weight_kg, profile.height_cm) >= 30
    most = (_PROTEIN_CEILING_OBESITY if obesity else _PROTEIN_CEILING) * profile.weight_kg
    return float(math.ceil(low)), float(math.floor(max(min(high, most), math.ceil(low))))


def reference_weight(profile: Profile) -> float:
    """Return the weight (kg) that protein is counted on: above BMI 25, only a quarter of the excess counts.

    The usual adjusted weight of obesity, begun at BMI 25 so that nobody's target jumps at a border.
    """
    at_25 = 25 * (profile.height_cm / 100) ** 2
    return min(profile.weight_kg, at_25 + 0.25 * max(0.0, profile.weight_kg - at_25))


def _energy(profile: Profile, goal: Goal, notes: set[TargetNote]) -> float:
    spent = expenditure(profile)
    if profile.energy_correction_kcal:
        notes.add(TargetNote.MEASURED)
    if goal is Goal.PERDER:
        return _deficit(profile, spent, notes)
    if goal is Goal.GANHAR:
        notes.add(TargetNote.SURPLUS)
        return _round_down(max(spent + _surplus(profile, spent), ENERGY_FLOORS[profile.sex]))
    floor = ENERGY_FLOORS[profile.sex]
    if spent < floor:
        notes.add(TargetNote.ENERGY_FLOOR)
    return max(float(_ROUND_KCAL * round(spent / _ROUND_KCAL)), floor)


def _deficit(profile: Profile, spent: float, notes: set[TargetNote]) -> float:
    notes.add(TargetNote.DEFICIT)
    index = bmi(profile.weight_kg, profile.height_cm)
    share = 0.05 if index < 20 else 0.125 if index < 25 else 0.175 if index < 30 else 0.20
    if index < 20:
        notes.add(TargetNote.SMALL_DEFICIT)
    wanted = spent - min(share * spent, MAX_DEFICIT_KCAL)
    floor, resting = ENERGY_FLOORS[profile.sex], estimate(profile).resting
    if wanted < floor:
        notes.add(TargetNote.ENERGY_FLOOR)
    if wanted < resting:
        notes.add(TargetNote.RESTING_FLOOR)
    return _round_up(max(wanted, floor, resting))


def _surplus(profile: Profile, spent: float) -> float:
    if bmi(profile.weight_kg, profile.height_cm) >= 30:
        return min(0.05 * spent, 250)
    return min(max(0.10 * spent, 250), 500, 0.15 * spent)


def _protein(profile: Profile, goal: Goal, energy: float, notes: set[TargetNote]) -> float:
    weight = reference_weight(profile)
    per_kg = _PROTEIN_G_PER_KG[goal][profile.activity]
    if profile.age >= OLDER_AGE:
        notes.add(TargetNote.OLDER)
        per_kg = max(per_kg, 1.2)
    obesity = bmi(profile.weight_kg, profile.height_cm) >= 30
    if weight < profile.weight_kg:
        notes.add(TargetNote.ADJUSTED_WEIGHT)
    wanted = min(per_kg, _PROTEIN_CEILING_OBESITY if obesity else _PROTEIN_CEILING) * weight
    least, most = (share * energy / KCAL_PROTEIN for share in _PROTEIN_SHARE)
    if wanted > most:
        notes.add(TargetNote.PROTEIN_CAPPED)
    return round(min(max(wanted, math.ceil(least)), math.floor(most)), 0)


def _split(profile: Profile, notes: set[TargetNote]) -> _Split:
    codes = {restriction.code for restriction in profile.restrictions}
    if TargetNote.KETOGENIC in codes:
        notes.add(TargetNote.KETOGENIC)
        return _KETOGENIC
    if TargetNote.LOW_CARB in codes:
        notes.add(TargetNote.LOW_CARB)
        return _LOW_CARB
    return _USUAL


def _round_up(kcal: float) -> float:
    return float(_ROUND_KCAL * math.ceil(kcal / _ROUND_KCAL))


def _round_down(kcal: float) -> float:
    return float(_ROUND_KCAL * math.floor(kcal / _ROUND_KCAL))
