"""A day's energy and macronutrients against their targets, as a picture: a plate of energy and a bar for each."""

from dataclasses import dataclass
from datetime import date

from handlers.catalogue import Catalogue, capitalised
from handlers.files.amounts import amount_text
from handlers.files.canvas import WIDTH, Canvas
from handlers.files.fonts import Weight
from handlers.files.theme import Colour, Theme, theme
from handlers.texts import files as f
from nutrition.person import Targets
from nutrition.totals import Totals

MARGIN = 64
HEIGHT = 1376
PLATE, RING = 236, 66
"""Radius of the plate and width of its rim, in pixels."""
BAR, ROW = 34, 136
BARS_TOP = 820
ROOM = 1.25
"""A bar's track ends at this share of the target, so that going over it shows."""
GAP_DEGREES = 2.5

_KCAL = {"protein_g": 4, "carbohydrate_g": 4, "fat_g": 9}
"""Atwater's general factors, for the shares of the plate only; energy itself comes from the food table."""


@dataclass(frozen=True, slots=True)
class Nutrient:
    """One bar: what it is called, how much there is, how much is aimed at (None without targets), in grams."""

    key: str
    label: str
    grams: float
    target: float | None
    colour: Colour
    at_least: bool = False


def day_chart(
    day: date, totals: Totals, targets: Targets | None, t: Catalogue, *, dark: bool = False
) -> bytes:
    """A PNG of 1080 × 1376 pixels. Each colour has its word and its figure beside it."""
    colours = theme(dark)
    nutrients = _nutrients(totals, targets, t, colours)
    canvas = Canvas(HEIGHT, colours.ground)
    canvas.text((MARGIN, 112), capitalised(t.day(day)), (Weight.BLACK, 54), colours.text)
    canvas.box((MARGIN - 24, 160, WIDTH - MARGIN + 24, HEIGHT - 48), 36, colours.card)
    _plate(canvas, colours, nutrients, t)
    _centre(canvas, colours, totals.values["energy_kcal"], targets, t)
    for place, nutrient in enumerate(nutrients):
        _bar(canvas, colours, nutrient, BARS_TOP + place * ROW, t)
    return canvas.png()


def _nutrients(totals: Totals, targets: Targets | None, t: Catalogue, colours: Theme) -> list[Nutrient]:
    rows = (
        ("protein_g", f.PROTEIN, colours.protein),
        ("carbohydrate_g", f.CARBS, colours.carbs),
        ("fat_g", f.FAT, colours.fat),
        ("fiber_g", f.FIBRE, colours.fibre),
    )
    return [
        Nutrient(
            key,
            t.plain(label),
            totals.values[key],
            float(getattr(targets, key)) if targets else None,
            colour,
            at_least=key == "fiber_g",
        )
        for key, label, colour in rows
    ]


def _plate(canvas: Canvas, colours: Theme, nutrients: list[Nutrient], t: Catalogue) -> None:
    centre = (MARGIN + PLATE + 24, 200 + PLATE + 24)
    canvas.ring(centre, PLATE, RING, (0, 360), colours.track)
    energy = [(n, n.grams * _KCAL[n.key]) for n in nutrients if n.key in _KCAL]
    whole = sum(kcal for _, kcal in energy)
    if whole <= 0:
        return
    angle = 0.0
    shares = _percents([kcal / whole for _, kcal in energy])
    for place, (nutrient, kcal) in enumerate(energy):
        turn = 360 * kcal / whole
        if turn > GAP_DEGREES:
            canvas.ring(
                centre,
                PLATE,
                RING,
                (angle + GAP_DEGREES / 2, angle + turn - GAP_DEGREES / 2),
                nutrient.colour,
            )
        angle += turn
        top = 322 + place * 116
        left = centre[0] + PLATE + 66
        canvas.box((left, top - 30, left + 34, top + 4), 17, nutrient.colour)
        canvas.text((left + 56, top), nutrient.label, (Weight.BOLD, 38), colours.text)
        share = t.plain(f.SHARE, percent=shares[place])
        canvas.text((left + 56, top + 46), share, (Weight.REGULAR, 32), colours.muted)


def _percents(shares: list[float]) -> list[int]:
    """Whole per cents that add up to 100: what rounding leaves goes to the largest remainders."""
    floors = [int(share * 100) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda n: floors[n] - shares[n] * 100)
    for n in by_remainder[: 100 - sum(floors)]:
        floors[n] += 1
    return floors


def _centre(canvas: Canvas, colours: Theme, kcal: float, targets: Targets | None, t: Catalogue) -> None:
    x, y = MARGIN + PLATE + 24, 200 + PLATE + 24
    canvas.text((x, y + 2), t.number(kcal, 0), (Weight.BLACK, 76), colours.text, "ms")
    canvas.text((x, y + 44), "kcal", (Weight.REGULAR, 34), colours.muted, "ms")
    below = (
        t.plain(f.ENERGY_TARGET, target=t.number(targets.energy_kcal, 0))
        if targets
        else t.plain(f.ENERGY_BARE)
    )
    canvas.text((x, y + 90), below, (Weight.REGULAR, 32), colours.muted, "ms")


def _bar(canvas: Canvas, colours: Theme, nutrient: Nutrient, top: int, t: Catalogue) -> None:
    left, right = MARGIN + 24, WIDTH - MARGIN - 24
    amount = amount_text(t, nutrient.grams, nutrient.target, at_least=nutrient.at_least)
    canvas.text((left, top), nutrient.label, (Weight.BOLD, 36), colours.text)
    canvas.text((right, top), amount, (Weight.REGULAR, 34), colours.muted, "rs")
    canvas.box((left, top + 22, right, top + 22 + BAR), BAR // 2, colours.track)
    full = nutrient.target * ROOM if nutrient.target else max(nutrient.grams, 1.0)
    filled = min(1.0, nutrient.grams / full)
    if filled > 0:
        end = left + max(BAR, round((right - left) * filled))
        canvas.box((left, top + 22, end, top + 22 + BAR), BAR // 2, nutrient.colour)
    if nutrient.target:
        mark = left + round((right - left) / ROOM)
        canvas.box((mark - 3, top + 14, mark + 3, top + 30 + BAR), 3, colours.text)
