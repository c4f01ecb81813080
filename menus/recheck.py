"""A week against the restrictions of now: whatever breaks them is withheld, wherever the week came from."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from nutrition.menu import Meal, Slot, Week
from nutrition.person import Restriction
from nutrition.restrictions.rules import Rules

AWAY, SKIPPED = "fora", "pulada"
"""What ``withheld`` says of a meal that the person eats out, or not at all: both are stored without dishes."""

NOT_FORBIDDEN = frozenset({None, AWAY, SKIPPED})
"""What ``withheld`` says of a meal that no restriction took out."""

SKIPPED_NAME = "Refeição pulada"
"""The name that is stored of a meal that is not eaten."""


class Verdicts:
    """The rules' answers to the texts and foods of one week, remembered: dishes repeat, and are looked at more than
    once on their way."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._texts: dict[str, Restriction | None] = {}

    def text(self, text: str) -> Restriction | None:
        """What forbids ``text``, or None."""
        if text not in self._texts:
            self._texts[text] = self.rules.forbids_text(text)
        return self._texts[text]

    def dish(self, name: str, food_ids: Sequence[str], steps: Sequence[str]) -> Restriction | None:
        """What forbids a dish by its foods, its name or its steps, or None."""
        by_food = self.rules.forbids_dish("", food_ids, ())
        return by_food or next((found for text in (name, *steps) if (found := self.text(text))), None)


def withhold(week: Week, rules: Rules) -> Week:
    """The same week, its forbidden meals marked ``withheld`` with the code of the restriction, ``AWAY`` or ``SKIPPED`` those that
    are not eaten from the menu."""
    verdicts = Verdicts(rules)
    days = tuple(
        replace(day, meals=tuple(replace(meal, withheld=_reason(meal, verdicts)) for meal in day.meals))
        for day in week.days
    )
    return replace(week, days=days)


def _reason(meal: Meal, verdicts: Verdicts) -> str | None:
    if meal.dishes:
        return forbidden_by(meal, verdicts)
    return SKIPPED if meal.name == SKIPPED_NAME else AWAY


def violations(week: Week, rules: Rules | Verdicts) -> Iterator[tuple[date, Slot, str]]:
    """Every meal of the week that the rules forbid, with the code of the restriction."""
    verdicts = rules if isinstance(rules, Verdicts) else Verdicts(rules)
    for day in week.days:
        for meal in day.meals:
            code = forbidden_by(meal, verdicts)
            if code is not None:
                yield day.date, meal.slot, code


def forbidden_by(meal: Meal, verdicts: Verdicts) -> str | None:
    """The code of the restriction that ``meal`` breaks, by its foods or by any word that is shown of it."""
    together = [portion.food_id for dish in meal.dishes for portion in dish.portions]
    found = verdicts.text(meal.name) or verdicts.rules.forbids_together(together)
    for dish in meal.dishes:
        found = found or verdicts.dish(dish.name, [portion.food_id for portion in dish.portions], dish.steps)
        found = found or next((bad for p in dish.portions if (bad := verdicts.text(p.food))), None)
    return found.code if found else None
