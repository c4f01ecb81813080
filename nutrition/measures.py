"""Grams in the words of a kitchen: "2 colheres de sopa", "meia xícara", "1 colher e meia de sopa"."""

from nutrition.food import Food, Measure

_WORST_ERROR = 0.2  # beyond a fifth off, a household measure would mislead: grams are said instead
_COMFORTABLE_COUNT = 6  # nobody counts ten spoons when there is a cup


def amount(food: Food, grams: float) -> str:
    """``grams`` of ``food`` in its best household measure, to the nearest half; in grams where none comes near."""
    chosen = nearest(food, grams)
    return wording(*chosen) if chosen else in_grams(grams)


def nearest(food: Food, grams: float) -> tuple[Measure, int] | None:
    """The measure and the number of halves of it that say ``grams`` best, or None when all are over 20 % off.

    Closeness counts first, then a small number, whole numbers, and the order of the food's measures.
    """
    options: list[tuple[float, Measure, int]] = []
    for position, measure in enumerate(food.measures):
        halves = max(1, round(2 * grams / measure.grams))
        error = abs(halves * measure.grams / 2 - grams) / grams if grams > 0 else 1.0
        if error <= _WORST_ERROR:
            crowd = max(0.0, halves / 2 - _COMFORTABLE_COUNT) * 0.05
            options.append((error + crowd + position * 0.01 + (halves % 2) * 0.005, measure, halves))
    if not options:
        return None
    _, measure, halves = min(options, key=lambda option: option[0])
    return measure, halves


def wording(measure: Measure, halves: int) -> str:
    """``halves`` halves of ``measure`` in Portuguese, numbers in digits: 1 → "meia concha", 3 → "1 concha e meia"."""
    half = "meia" if measure.feminine else "meio"
    whole, odd = divmod(halves, 2)
    if whole == 0:
        return f"{half} {measure.name}"
    name = measure.name if whole == 1 else measure.plural
    if not odd:
        return f"{whole} {name}"
    head, _, rest = name.partition(" ")
    return " ".join(filter(None, (f"{whole} {head} e {half}", rest)))


def in_grams(grams: float) -> str:
    """``"85 g"``; under 10 g with one decimal and a comma, as Brazil writes it."""
    if grams >= 10:
        return f"{grams:.0f} g"
    return f"{grams:.1f}".rstrip("0").rstrip(".").replace(".", ",") + " g"
