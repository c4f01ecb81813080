"""Marks of the two questions with many answers: what a tick stands for, and what free text adds to the ticks."""

from dataclasses import replace
from typing import Any

from handlers.onboarding.steps import Step
from handlers.restriction_words import named
from menus.answers import Answers, as_dislike
from nutrition.conditions import conditions_in, declared_condition
from nutrition.foods import FoodTable
from nutrition.person import Restriction, Strength
from nutrition.restrictions.understand import Understood, merge, understand

HEALTH: dict[str, str] = {
    "gravidez": "gestante",
    "amamentacao": "lactante",
    "diabetes": "diabetes_2",
    "hipertensao": "hipertensao",
    "rins": "doenca_renal",
    "gota": "gota",
    "bariatrica": "bariatrica",
}
"""Button of the health question → code of ``nutrition.conditions``."""

DIABETES_MEDICINE: dict[str, str] = {
    "insulina": "insulina",
    "metformina": "",
    "comprimido": "sulfonilureia",
    "nao_usa": "",
}
"""Answer of the diabetes question → the code it adds; a pill that is not known is read on the strict side."""

RESTRICTIONS: dict[str, Restriction] = {
    "gluten": Restriction("gluten", Strength.INTOLERANCIA, ""),
    "leite": Restriction("leite", Strength.ALERGIA, ""),
    "lactose": Restriction("lactose", Strength.INTOLERANCIA, ""),
    "ovo": Restriction("ovos", Strength.ALERGIA, ""),
    "crustaceos": Restriction("crustaceos", Strength.ALERGIA, ""),
    "peixe": Restriction("peixes", Strength.ALERGIA, ""),
    "amendoim": Restriction("amendoim", Strength.ALERGIA, ""),
    "castanhas": Restriction("oleaginosas", Strength.ALERGIA, ""),
    "soja": Restriction("soja", Strength.ALERGIA, ""),
    "porco": Restriction("sem_porco", Strength.DIETA, ""),
    "vegetariana": Restriction("vegetariano", Strength.DIETA, ""),
    "vegana": Restriction("vegano", Strength.DIETA, ""),
}
"""Button of the restrictions question → the restriction it stands for, on the strictest reading.

Nothing was said, so it is named without "alergia a"; but it leaves only by a clear yes, as an allergy does."""


LONGEST_WORDS = 120


def marked(step: Step, value: str, answers: Answers) -> bool:
    """Whether the button ``value`` is ticked."""
    if step.id == "health":
        return HEALTH[value] in (answers.conditions or ())
    return RESTRICTIONS[value].code in {item.code for item in answers.restrictions or ()}


def with_mark(step: Step, value: str, on: bool, answers: Answers) -> Answers:
    """The answers with one button ticked or not; a value that is no button changes nothing."""
    if step.id == "health" and value in HEALTH:
        kept = tuple(code for code in answers.conditions or () if code != HEALTH[value])
        return answers.with_conditions((*kept, HEALTH[value]) if on else kept)
    if step.id == "restrictions" and value in RESTRICTIONS:
        item = RESTRICTIONS[value]
        others = tuple(held for held in answers.restrictions or () if held.code != item.code)
        return answers.with_(restrictions=(*others, item) if on else others)
    return answers


def asks_about_diabetes(answers: Answers) -> bool:
    """Diabetes was told and its medicine was not."""
    conditions = answers.conditions or ()
    answered = {*filter(None, DIABETES_MEDICINE.values()), "diabetes_1"}
    return HEALTH["diabetes"] in conditions and not answered & set(conditions)


def with_diabetes(value: str, answers: Answers) -> tuple[str, ...]:
    """The conditions after the question about diabetes medicine."""
    added = DIABETES_MEDICINE[value]
    conditions = answers.conditions or ()
    return tuple(dict.fromkeys((*conditions, added))) if added else conditions


def understood_health(text: str, answers: Answers) -> tuple[dict[str, Any], dict[str, Any]]:
    """The conditions that free text adds, and what to say; words that name none are kept as they are."""
    found = declared_condition(text) or (text.strip()[:LONGEST_WORDS],)
    conditions = tuple(dict.fromkeys((*(answers.conditions or ()), *found)))
    return {"conditions": conditions}, {"conditions": list(found)}


def understood_restrictions(
    text: str, answers: Answers, table: FoodTable
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The restrictions (and health facts) that free text adds to the marks, and what to say about them."""
    result = understand(text, table)
    held = merge(answers.restrictions or (), [_firm(item) for item in result.restrictions])
    changes: dict[str, Any] = {"restrictions": held}
    health = conditions_in(text)
    if health:
        changes["conditions"] = tuple(dict.fromkeys((*(answers.conditions or ()), *health)))
    return changes, {**_note(result, table), "conditions": list(health)}


def understood_dislikes(text: str, answers: Answers, table: FoodTable) -> dict[str, Any]:
    """Dislikes in free text; an allergy told here is a restriction, not a dislike."""
    result = understand(text, table)
    firm = tuple(item for item in result.restrictions if item.strength is not Strength.PREFERENCIA)
    soft = tuple(as_dislike(item) for item in result.restrictions if item.strength is Strength.PREFERENCIA)
    return {
        "dislikes": merge(answers.dislikes or (), soft) if soft or firm else (),
        "restrictions": merge(answers.restrictions or (), firm),
    }


def allergies(answers: Answers) -> tuple[Restriction, ...]:
    """The allergies told so far: "nenhuma" in words does not take one out."""
    return tuple(item for item in answers.restrictions or () if item.strength is Strength.ALERGIA)


def _firm(item: Restriction) -> Restriction:
    """What a person does not eat is more than a dislike, even when no reason was given."""
    return replace(item, strength=Strength.DIETA) if item.strength is Strength.PREFERENCIA else item


def _note(result: Understood, table: FoodTable) -> dict[str, Any]:
    known = [item for item in result.restrictions if not item.code.startswith("word:")]
    return {
        "doubts": [question.code for question in result.questions],
        "items": [named(item, table) for item in known],
        "words": list(result.not_understood),
        "allowed": [named(Restriction(code, Strength.DIETA, ""), table) for code in result.allowed],
    }
