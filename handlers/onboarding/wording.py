"""Answers in words: what a summary, a shrunk question or a "keep" button says."""

from collections.abc import Callable, Iterable
from datetime import time

from handlers.catalogue import Catalogue
from handlers.onboarding.steps import BY_ID, Step
from handlers.restriction_words import named
from handlers.texts import guardrails as g
from handlers.texts import onboarding as s
from menus.answers import Answers
from nutrition.foods import FoodTable
from nutrition.person import Restriction


def answer(t: Catalogue, table: FoodTable, step: Step, answers: Answers) -> str:
    """The answer to ``step`` in words, in lower case; "nada informado" when there is none."""
    return _WORDS[step.field](t, table, answers)


def is_answered(step: Step, answers: Answers) -> bool:
    """Whether ``step`` has an answer, "none" included."""
    return getattr(answers, step.field) is not None


def restrictions(t: Catalogue, table: FoodTable, items: Iterable[Restriction]) -> str:
    """Labels of restrictions as a list in words."""
    return t.listing([named(item, table) for item in items])


def conditions(t: Catalogue, codes: Iterable[str]) -> str:
    """Health situations in words; one that the person wrote freely is repeated as it is."""
    return t.listing([t.plain(g.CONDITIONS[code]) if code in g.CONDITIONS else code for code in codes])


def hour_of(text: str) -> time:
    """The hour that a reminder answer holds ("07:30")."""
    return time.fromisoformat(text)


def _option(step_id: str) -> Callable[[Catalogue, FoodTable, Answers], str]:
    def words(t: Catalogue, _table: FoodTable, answers: Answers) -> str:
        step = BY_ID[step_id]
        value = str(getattr(answers, step.field))
        return t.plain(next((o.label for o in step.options if o.value == value), s.NOT_TOLD)).lower()

    return words


def _age(t: Catalogue, _table: FoodTable, answers: Answers) -> str:
    return str(t.count(s.YEARS, answers.age)) if answers.age else t.plain(s.NOT_TOLD)


def _height(t: Catalogue, _table: FoodTable, answers: Answers) -> str:
    return t.metres(answers.height_cm) if answers.height_cm else t.plain(s.NOT_TOLD)


def _weight(t: Catalogue, _table: FoodTable, answers: Answers) -> str:
    return t.kg(answers.weight_kg) if answers.weight_kg else t.plain(s.NOT_TOLD)


def _target(t: Catalogue, _table: FoodTable, answers: Answers) -> str:
    return t.kg(answers.target_weight_kg) if answers.target_weight_kg else t.plain(s.NO_TARGET)


def _meals(t: Catalogue, _table: FoodTable, answers: Answers) -> str:
    return t.plain(s.MEALS_A_DAY, n=answers.meals)


def _conditions(t: Catalogue, _table: FoodTable, answers: Answers) -> str:
    return conditions(t, answers.conditions) if answers.conditions else t.plain(s.NOT_TOLD)


def _restrictions(t: Catalogue, table: FoodTable, answers: Answers) -> str:
    return restrictions(t, table, answers.restrictions) if answers.restrictions else t.plain(s.NOT_TOLD)


def _dislikes(t: Catalogue, table: FoodTable, answers: Answers) -> str:
    if not answers.dislikes:
        return t.plain(s.NOT_TOLD)
    # "não gosta de: miúdos", though what holds is called "sem miúdos"
    return t.listing([named(item, table).removeprefix("sem ") for item in answers.dislikes])


def _reminder(t: Catalogue, _table: FoodTable, answers: Answers) -> str:
    return t.hour(hour_of(answers.reminder)) if answers.reminder else t.plain(s.REMINDER_NONE)


_WORDS: dict[str, Callable[[Catalogue, FoodTable, Answers], str]] = {
    "goal": _option("goal"),
    "sex": _option("sex"),
    "age": _age,
    "height_cm": _height,
    "weight_kg": _weight,
    "target_weight_kg": _target,
    "activity": _option("activity"),
    "meals": _meals,
    "conditions": _conditions,
    "restrictions": _restrictions,
    "dislikes": _dislikes,
    "reminder": _reminder,
}
