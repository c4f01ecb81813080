"""Daily reference intakes of the micronutrients of the food table, for adults.

Source: NASEM Dietary Reference Intakes (NCBI Bookshelf NBK545442), as in the house's facts; potassium, fibre and
sodium are adequate intakes (AI), the others recommended dietary allowances (RDA). Pregnancy and lactation are not
here: those people are referred.
"""

from nutrition.person import Sex

_M, _F = Sex.M, Sex.F
_BANDS = (19, 31, 51, 71)
# Lower ages of the columns below: 19-30, 31-50, 51-70, 71 and more. Ages 18 and under 19 read the first column.

_INTAKES: dict[str, dict[Sex, tuple[float, float, float, float]]] = {
    "potassium_mg": {_M: (3400, 3400, 3400, 3400), _F: (2600, 2600, 2600, 2600)},
    "calcium_mg": {_M: (1000, 1000, 1000, 1200), _F: (1000, 1000, 1200, 1200)},
    "iron_mg": {_M: (8, 8, 8, 8), _F: (18, 18, 8, 8)},
    "magnesium_mg": {_M: (400, 420, 420, 420), _F: (310, 320, 320, 320)},
    "zinc_mg": {_M: (11, 11, 11, 11), _F: (8, 8, 8, 8)},
    "vitamin_c_mg": {_M: (90, 90, 90, 90), _F: (75, 75, 75, 75)},
    "fiber_g": {_M: (38, 38, 30, 30), _F: (25, 25, 21, 21)},
    "sodium_mg": {_M: (1500, 1500, 1500, 1500), _F: (1500, 1500, 1500, 1500)},
}

VEGETARIAN_IRON_FACTOR = 1.8
"""Iron from plants is absorbed less: people who eat no meat are advised 1.8 times the allowance (IOM 2001)."""


def reference_intake(nutrient: str, sex: Sex, age: int, *, vegetarian: bool = False) -> float | None:
    """Return the daily reference intake of ``nutrient`` (a name and unit of ``NUTRIENTS``), None if it has none.

    ``age`` in years, 18 or more. ``vegetarian`` raises iron only.
    """
    intakes = _INTAKES.get(nutrient)
    if intakes is None:
        return None
    column = max(sum(age >= band for band in _BANDS) - 1, 0)
    intake = intakes[sex][column]
    return intake * VEGETARIAN_IRON_FACTOR if vegetarian and nutrient == "iron_mg" else intake
