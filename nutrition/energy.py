"""How much energy a body spends: two published equations side by side, because neither is exact.

Weights are in kg, heights in cm, ages in years, energies in kcal a day.
"""

from dataclasses import dataclass

from nutrition.person import Activity, Profile, Sex

ACTIVITY_FACTORS: dict[Activity, float] = {
    Activity.SEDENTARIO: 1.2,
    Activity.LEVE: 1.375,
    Activity.MODERADO: 1.55,
    Activity.INTENSO: 1.725,
    Activity.MUITO_INTENSO: 1.9,
}
"""Factors on resting energy, the usual companions of Mifflin-St Jeor."""

_PAL_CATEGORY: dict[Activity, int] = {
    Activity.SEDENTARIO: 0,
    Activity.LEVE: 0,
    Activity.MODERADO: 1,
    Activity.INTENSO: 2,
    Activity.MUITO_INTENSO: 3,
}
# Each factor falls in the PAL range of a category of NASEM 2023: inactive 1.00-1.53, low active to 1.68, active to
# 1.85, very active to 2.50.

_EER: dict[Sex, tuple[tuple[float, float, float, float], ...]] = {
    # constant, per year of age, per cm, per kg. The minus of -517.88 is lost in several copies of the table; without
    # it a very active man would be given 1,036 kcal too many.
    Sex.M: (
        (753.07, -10.83, 6.50, 14.10),
        (581.47, -10.83, 8.30, 14.94),
        (1004.82, -10.83, 6.52, 15.91),
        (-517.88, -10.83, 15.61, 19.11),
    ),
    Sex.F: (
        (584.90, -7.01, 5.72, 11.71),
        (575.77, -7.01, 6.60, 12.14),
        (710.25, -7.01, 6.54, 12.34),
        (511.83, -7.01, 9.07, 12.56),
    ),
}


@dataclass(frozen=True, slots=True)
class EnergyEstimate:
    """What a person spends in a day, by both methods, in kcal.

    ``mifflin`` is Mifflin-St Jeor times the activity factor and is what targets are built on; ``eer`` is the NASEM
    2023 equation. ``low`` and ``high`` are the smaller and the greater of the two: the honest range to show.
    ``resting`` is Mifflin-St Jeor alone.
    """

    mifflin: float
    eer: float
    low: float
    high: float
    resting: float


def bmi(weight_kg: float, height_cm: float) -> float:
    """Return the body mass index (IMC) in kg/m²."""
    return weight_kg / (height_cm / 100) ** 2


def resting_energy(profile: Profile) -> float:
    """Return resting energy by Mifflin-St Jeor 1990 (Am J Clin Nutr 51:241)."""
    constant = 5 if profile.sex is Sex.M else -161
    return 10 * profile.weight_kg + 6.25 * profile.height_cm - 5 * profile.age + constant


def estimated_energy_requirement(profile: Profile) -> float:
    """Return total energy by the adult (19+) equations of the Dietary Reference Intakes for Energy (NASEM 2023)."""
    constant, year, cm, kg = _EER[profile.sex][_PAL_CATEGORY[profile.activity]]
    return constant + year * profile.age + cm * profile.height_cm + kg * profile.weight_kg


def estimate(profile: Profile) -> EnergyEstimate:
    """Return what ``profile`` spends in a day, by both methods."""
    resting = resting_energy(profile)
    mifflin = resting * ACTIVITY_FACTORS[profile.activity]
    eer = estimated_energy_requirement(profile)
    return EnergyEstimate(mifflin, eer, min(mifflin, eer), max(mifflin, eer), resting)


MAX_CORRECTION = 0.20
"""A measured trend moves what a body spends by at most this share of the equation; more is the diary's doing, not the
body's."""


def expenditure(profile: Profile) -> float:
    """Return what ``profile`` spends in a day, as targets take it: Mifflin-St Jeor times the factor, corrected by what the
    person's own weight showed (``nutrition.adaptation``), within ``MAX_CORRECTION`` and never below resting energy."""
    spent = estimate(profile)
    most = MAX_CORRECTION * spent.mifflin
    corrected = spent.mifflin + min(max(profile.energy_correction_kcal, -most), most)
    return max(corrected, min(spent.resting, spent.mifflin))
