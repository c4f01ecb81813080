"""Reading an answer: what a tap, a word or a sentence means for one question.

A reading is accepted, accepted and left open (marks), offered for confirmation, or refused with the code of a sentence
(``handlers.screens.onboarding.PROBLEMS``). Nothing doubtful is ever accepted.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from handlers import intents
from handlers.onboarding import marks
from handlers.onboarding.steps import DIABETES_STEP, NOTHING, Kind, Step
from menus.answers import Answers
from nutrition.foods import FoodTable
from nutrition.measurements import MINOR, RANGE, Parsed, parse_age, parse_height, parse_hour, parse_weight
from nutrition.person import Activity, Goal, Sex


@dataclass(frozen=True, slots=True)
class Accepted:
    """``changes`` are fields of ``Answers``."""

    changes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Marked:
    """Free text added marks; ``note`` is what the question says about it. The question stays open."""

    changes: dict[str, Any]
    note: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offered:
    """One or two values that may have been meant."""

    values: tuple[float | str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """``problem`` is a code of ``PROBLEMS``."""

    problem: str


Reading = Accepted | Marked | Offered | Refused

_TYPES: dict[str, Any] = {"goal": Goal, "sex": Sex, "activity": Activity, "meals": int}
_BUTTON_HOUR = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_OPTION_WORDS = 5


def read(step: Step, text: str, answers: Answers, table: FoodTable) -> Reading:
    """Read ``text`` as the answer to ``step``."""
    if step.skip and intents.is_nothing(text):
        return Accepted({step.field: _none(step) if step.id != "restrictions" else marks.allergies(answers)})
    if step.id == "dislikes":
        return Accepted(marks.understood_dislikes(text, answers, table))
    if step.id == "restrictions":
        return Marked(*marks.understood_restrictions(text, answers, table))
    if step.id == "health":
        return Marked(*marks.understood_health(text, answers))
    if step.kind is Kind.CHOICE:
        changes = _choice(step, text, answers)
        return Accepted(changes) if changes else Refused("meals" if step.id == "meals" else "choice")
    return _TYPED[step.id](text, answers)


def chosen(step: Step, value: str, answers: Answers) -> dict[str, Any] | None:
    """The changes that a tapped option makes; None for a value that the question does not offer."""
    if value == NOTHING and step.kind is Kind.MANY:  # what was told before stays: the button is gone by then
        return {step.field: getattr(answers, step.field) or ()}
    if value == NOTHING:
        return {step.field: _none(step)} if step.skip else None
    option = next((option for option in step.options if option.value == value), None)
    if option is None or step.kind is Kind.MANY:
        return None
    if step.id == DIABETES_STEP:
        return {"conditions": marks.with_diabetes(value, answers)}
    if step.id == "reminder":
        return {"reminder": button_hour(value)}
    return {step.field: _TYPES[step.field](option.value)}


def confirmed(step: Step, value: float | str, answers: Answers) -> Accepted | Refused:
    """A value that had been offered, confirmed by the person: checked again, because buttons can be forged."""
    if step.id == "reminder":
        hour = button_hour(str(value).replace(":", ""))
        return Accepted({"reminder": hour}) if hour else Refused("reminder")
    result = read(step, str(value).replace(".", ","), answers, FoodTable.load())
    return result if isinstance(result, Accepted) else Refused(step.id)


def button_hour(digits: str) -> str | None:
    """ "0730" → "07:30"; None when it is not an hour."""
    found = _BUTTON_HOUR.fullmatch(digits)
    return f"{found[1]}:{found[2]}" if found else None


def means_back(text: str) -> bool:
    """Whether the person typed "voltar"."""
    return intents.is_back(text)


def means_yes(text: str) -> bool:
    """Whether the person typed a yes."""
    return intents.is_yes(text)


def _none(step: Step) -> Any:
    if step.kind is Kind.MANY or step.id == "dislikes":
        return ()
    return "" if step.id == "reminder" else 0.0


def _choice(step: Step, text: str, answers: Answers) -> dict[str, Any] | None:
    said = intents.plain(text)
    for option in step.options:
        names = {intents.plain(option.label), option.value.replace("_", " "), *option.words}
        if said in names:
            return chosen(step, option.value, answers)
    if len(said.split()) > _OPTION_WORDS:
        return None
    named = {
        o.value for o in step.options for word in o.words if len(word) > 2 and re.search(rf"\b{word}\b", said)
    }
    return chosen(step, named.pop(), answers) if len(named) == 1 else None


def _age(text: str, _answers: Answers) -> Reading:
    return _measured(parse_age(text), "age", "age")


def _height(text: str, _answers: Answers) -> Reading:
    return _measured(parse_height(text), "height_cm", "height")


def _weight(text: str, _answers: Answers) -> Reading:
    return _measured(parse_weight(text), "weight_kg", "weight")


def _target(text: str, answers: Answers) -> Reading:
    result = _measured(parse_weight(text), "target_weight_kg", "target")
    wanted = result.changes["target_weight_kg"] if isinstance(result, Accepted) else None
    if wanted is None or answers.weight_kg is None:
        return result
    if answers.goal is Goal.PERDER and wanted >= answers.weight_kg:
        return Refused("target_not_below")
    if answers.goal is Goal.GANHAR and wanted <= answers.weight_kg:
        return Refused("target_not_above")
    return result


def _reminder(text: str, _answers: Answers) -> Reading:
    return _measured(parse_hour(text), "reminder", "reminder")


def _measured(parsed: Parsed, name: str, problem: str) -> Reading:
    if parsed.value is not None:
        return Accepted({name: parsed.value})
    if parsed.suggestions:
        return Offered(parsed.suggestions)
    if parsed.problem == MINOR:
        return Refused("minor")
    ranged = parsed.problem == RANGE and problem in _WITH_RANGE
    return Refused(f"{_WITH_RANGE[problem]}_range" if ranged else problem)


_WITH_RANGE = {"age": "age", "height": "height", "weight": "weight", "target": "weight"}
_TYPED = {"age": _age, "height": _height, "weight": _weight, "target": _target, "reminder": _reminder}
