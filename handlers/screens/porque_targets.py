"""Why a target is what it is: the answer in a few lines, the arithmetic and the sources folded."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from handlers.catalogue import Catalogue, joined
from handlers.keyboards import Rows
from handlers.screens import porque_words as words
from handlers.texts import porque as w
from menus.explain_targets import EnergyWhy, Equation, energy_why, protein_why, salt_grams, split_why, tens
from menus.people import Review
from menus.sources import Passage
from nutrition.person import Goal, Profile, Targets
from nutrition.targets import TargetNote

Lines = list[Markup]


@dataclass(frozen=True, slots=True)
class Told:
    """``amount`` of the target, ``lines`` to read at once, ``details`` folded."""

    amount: float
    lines: Lines
    details: Lines


def text(t: Catalogue, review: Review, nutrient: str, passage: Passage | None, *, hidden: bool) -> Markup:
    """Why the target of ``nutrient``; without any number of the person's when they are hidden."""
    if hidden:  # the guide's passages about targets are full of figures
        return joined([t(w.WHY_HIDDEN, nutrient=words.name(t, nutrient)), *_in_words(t, review, nutrient)])
    quote = [] if passage is None else [t(w.PASSAGE, section=passage.section, text=words.cut(passage.text))]
    told = _TOLD[nutrient](t, review)
    amount = words.told(t, nutrient, told.amount)
    energy = nutrient == "energy_kcal"
    title = (
        t(w.WHY_AMOUNT, amount=amount)
        if energy
        else t(w.WHY_AMOUNT_OF, amount=amount, nutrient=words.name(t, nutrient))
    )
    return joined([title, *told.lines, t(w.DETAILS, text=joined([*told.details, *quote]))])


def buttons(t: Catalogue, nutrient: str, day: str) -> Rows:
    """To the foods of ``day`` (ISO, "" when there is no menu) and back."""
    foods = ((words.button(t, w.FROM_FOODS, "dia", day, nutrient),),) if day else ()
    return (*foods, (words.button(t, w.BACK),))


def target_of(targets: Targets, nutrient: str) -> tuple[float, bool]:
    """The target of ``nutrient`` and whether it is a limit. Raises ``KeyError`` for one that has none."""
    return {
        "energy_kcal": (targets.energy_kcal, False),
        "protein_g": (targets.protein_g, False),
        "fat_g": (targets.fat_g, False),
        "carbohydrate_g": (targets.carbohydrate_g, False),
        "fiber_g": (targets.fiber_g, False),
        "fruit_vegetable_g": (targets.fruit_vegetable_min_g, False),
        "sodium_mg": (targets.sodium_mg, True),
        "saturated_fat_g": (targets.saturated_fat_max_g, True),
        "added_sugar_g": (targets.added_sugar_max_g, True),
    }[nutrient]


def _energy(t: Catalogue, review: Review) -> Told:
    why, profile = energy_why(review), review.profile
    same = why.low == why.high
    spent = t(w.RANGE_SAME if same else w.RANGE, low=t.number(why.low, 0), high=t.kcal(why.high))
    measured = why.spent + why.correction
    shown = [t.number(figure, 0) for figure in (measured, abs(why.change), why.target)]
    sums = w.MINUS if why.change < 0 else w.PLUS if why.change > 0 else w.NO_CHANGE
    percent = t.number(100 * abs(why.change) / measured, 1)
    resting = t.number(why.resting.result, 0)
    details = [
        t(w.RESTING, equation=_equation(t, why.resting, profile), result=resting),
        t(w.TIMES, resting=resting, factor=t.number(why.factor, 3), spent=t.number(why.spent, 0)),
        t(
            w.WHOLE_DAY,
            equation=_equation(t, why.whole_day, profile),
            result=t.number(why.whole_day.result, 0),
        ),
        *_measured(t, why),
        t(sums, spent=shown[0], change=shown[1], target=shown[2], percent=percent),
        t(w.ENERGY_SOURCES_MORE if why.goal is Goal.GANHAR else w.ENERGY_SOURCES),
    ]
    refused = [t(w.REFUSED)] if why.refused else []
    return Told(
        why.target,
        [*refused, spent, *_change(t, why), t(w.TREND_USED if why.correction else w.TREND)],
        details,
    )


def _measured(t: Catalogue, why: EnergyWhy) -> Lines:
    """What the trend of the weight made of the first equation."""
    if not why.correction:
        return []
    spent, measured = t.number(why.spent, 0), t.number(why.spent + why.correction, 0)
    sentence = w.MEASURED_MORE if why.correction > 0 else w.MEASURED_LESS
    return [t(sentence, spent=spent, correction=t.number(abs(why.correction), 0), measured=measured)]


def _change(t: Catalogue, why: EnergyWhy) -> Lines:
    """What was taken or added, and what held it back."""
    if TargetNote.OWN_ENERGY in why.notes:
        return [t(w.OWN_ENERGY)]
    difference, floor = t.number(tens(abs(why.change)), 0), t.kcal(why.floor)
    if TargetNote.ENERGY_FLOOR in why.notes and why.change > 0:
        return [t(w.RAISED, floor=floor)]
    if why.goal is Goal.GANHAR:
        return [t(w.MORE, difference=difference)]
    if why.goal is Goal.MANTER:
        return [t(w.SAME)]
    lines = [t(w.LESS, difference=difference)]
    if TargetNote.SMALL_DEFICIT in why.notes:
        lines.append(t(w.SMALL_CUT))
    if TargetNote.RESTING_FLOOR in why.notes and why.resting.result > why.floor:
        lines.append(t(w.KEPT_AT_REST))
    elif TargetNote.ENERGY_FLOOR in why.notes:
        lines.append(t(w.KEPT_AT_FLOOR, floor=floor))
    elif why.capped:
        lines.append(t(w.LARGEST_CUT))
    return lines


def _equation(t: Catalogue, equation: Equation, profile: Profile) -> str:
    """ "10 × 72,5 kg + 6,25 × 168 cm – 5 × 34 anos – 161"."""
    terms = (
        (equation.kg, w.PER_KG, profile.weight_kg),
        (equation.cm, w.PER_CM, profile.height_cm),
        (equation.year, w.PER_YEAR, profile.age),
        (equation.constant, "", 0),
    )
    told = ""
    for factor, sentence, value in terms:
        size = t.number(abs(factor), 2)
        term = t.plain(sentence, factor=size, value=t.number(value, 1)) if sentence else size
        told = t.plain(w.SIGN_PLUS if factor >= 0 else w.SIGN_MINUS, a=told, b=term) if told else term
    return told


def _protein(t: Catalogue, review: Review) -> Told:
    why = protein_why(review)
    grams, weight, per_kg = t.grams(why.grams), t.kg(why.reference_kg), t.quantity(why.per_kg, "g", 1)
    total = t(w.PROTEIN_SUM if why.exact else w.PROTEIN_SUM_ABOUT, per_kg=per_kg, weight=weight, grams=grams)
    adjusted = [t(w.PROTEIN_ADJUSTED)] if why.adjusted else []
    share = t(
        w.PROTEIN_SHARE, grams=t.number(why.grams, 0), kcal=t.kcal(why.kcal), percent=t.number(why.percent, 0)
    )
    lines = [*_protein_words(t, review, why.notes), t(w.PROTEIN_ABOUT, per_kg=per_kg)]
    return Told(why.grams, lines, [total, *adjusted, share, t(w.PROTEIN_SOURCES)])


def _protein_words(t: Catalogue, review: Review, notes: frozenset[str]) -> Lines:
    goals = {
        Goal.PERDER: w.PROTEIN_GOAL_LOSE,
        Goal.MANTER: w.PROTEIN_GOAL_KEEP,
        Goal.GANHAR: w.PROTEIN_GOAL_GAIN,
    }
    if TargetNote.OWN_PROTEIN in notes:
        return [t(w.OWN_PROTEIN)]
    lines = [t(goals[review.assessment.goal])]
    if TargetNote.OLDER in notes:
        lines.append(t(w.PROTEIN_OLDER))
    if TargetNote.PROTEIN_CAPPED in notes:
        lines.append(t(w.PROTEIN_CAPPED))
    return lines


def _fat(t: Catalogue, review: Review) -> Told:
    targets = _targets(review)
    why = split_why(targets)
    low_carb = why.notes & {TargetNote.LOW_CARB, TargetNote.KETOGENIC}
    lines = [t(w.FAT_WHY, low=why.fat_low, high=why.fat_high, percent=why.fat_percent)]
    total = t(
        w.FAT_SUM,
        grams=t.number(why.fat_g, 1),
        kcal=t.kcal(why.fat_kcal),
        percent=why.fat_percent,
        energy=t.number(why.energy, 0),
    )
    return Told(
        targets.fat_g, [*lines, *([t(w.FAT_LOW_CARB)] if low_carb else [])], [total, t(w.FAT_SOURCES)]
    )


def _carbohydrate(t: Catalogue, review: Review) -> Told:
    why = split_why(_targets(review))
    figures = [
        t.number(each, 0) for each in (why.energy, why.protein_kcal, why.fat_kcal, why.carbohydrate_kcal)
    ]
    details = [
        t(w.CARBS_SUM, energy=figures[0], protein=figures[1], fat=figures[2], rest=figures[3]),
        t(w.CARBS_GRAMS, rest=figures[3], grams=t.grams(why.carbohydrate_g)),
        t(w.CARBS_SOURCES),
    ]
    return Told(why.carbohydrate_g, [t(w.CARBS_WHY)], details)


def _fibre(t: Catalogue, review: Review) -> Told:
    targets = _targets(review)
    less = [t(w.FIBRE_LESS)] if targets.energy_kcal < 1800 else []
    lines = [t(w.FIBRE_WHY), *less, t(w.FIBRE_MOST, most=t.grams(targets.fiber_max_g))]
    return Told(targets.fiber_g, lines, [t(w.FIBRE_SOURCES)])


def _sodium(t: Catalogue, review: Review) -> Told:
    limit = _targets(review).sodium_mg
    more = [t(w.SODIUM_MORE, limit=words.told(t, "sodium_mg", limit))] if limit > 2000 else []
    return Told(
        limit, [t(w.SODIUM_WHY, salt=t.quantity(salt_grams(limit), "g", 1)), *more], [t(w.SODIUM_SOURCES)]
    )


def _saturated(t: Catalogue, review: Review) -> Told:
    targets = _targets(review)
    percent = round(900 * targets.saturated_fat_max_g / targets.energy_kcal)
    return Told(targets.saturated_fat_max_g, [t(w.SATURATED_WHY, percent=percent)], [t(w.SATURATED_SOURCES)])


def _sugar(t: Catalogue, review: Review) -> Told:
    return Told(_targets(review).added_sugar_max_g, [t(w.SUGAR_WHY)], [t(w.SUGAR_SOURCES)])


def _fruit(t: Catalogue, review: Review) -> Told:
    return Told(_targets(review).fruit_vegetable_min_g, [t(w.FRUIT_WHY)], [t(w.FRUIT_SOURCES)])


def _in_words(t: Catalogue, review: Review, nutrient: str) -> Lines:
    """The same reasons without a number."""
    if nutrient == "energy_kcal":
        refused = [t(w.REFUSED)] if energy_why(review).refused else []
        return [*refused, t(w.HIDDEN_ENERGY)]
    if nutrient == "protein_g":
        return _protein_words(t, review, frozenset(_targets(review).notes - {TargetNote.PROTEIN_CAPPED}))
    return [t(_HIDDEN[nutrient])]


def _targets(review: Review) -> Targets:
    if review.targets is None:
        raise ValueError("someone who is referred to a professional has no targets")
    return review.targets


_TOLD: dict[str, Callable[[Catalogue, Review], Told]] = {
    "energy_kcal": _energy,
    "protein_g": _protein,
    "fat_g": _fat,
    "carbohydrate_g": _carbohydrate,
    "fiber_g": _fibre,
    "sodium_mg": _sodium,
    "saturated_fat_g": _saturated,
    "added_sugar_g": _sugar,
    "fruit_vegetable_g": _fruit,
}
EXPLAINED = frozenset(_TOLD)
"""Nutrients whose target can be explained."""

_HIDDEN: dict[str, str] = {
    "fat_g": w.FAT_WHY_HIDDEN,
    "carbohydrate_g": w.CARBS_WHY,
    "fiber_g": w.FIBRE_WHY_HIDDEN,
    "sodium_mg": w.SODIUM_WHY_HIDDEN,
    "saturated_fat_g": w.SATURATED_HIDDEN,
    "added_sugar_g": w.SUGAR_HIDDEN,
    "fruit_vegetable_g": w.FRUIT_HIDDEN,
}
