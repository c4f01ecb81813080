"""Marks of the two questions with many answers: what a tick stands for, and what free text adds to the ticks."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from handlers.onboarding.steps import Step
from menus.answers import Answers, as_dislike
from nutrition.foods import FoodTable
from nutrition.guardrails import conditions_in
from nutrition.person import Restriction, Strength
from nutrition.restrictions.labels import label
from nutrition.restrictions.understand import Understood, understand

HEALTH: dict[str, str] = {
    "gravidez": "gravidez",
    "amamentacao": "amamentacao",
    "diabetes": "diabetes",
    "hipertensao": "hipertensao",
    "rins": "doenca_renal",
    "gota": "gota",
    "bariatrica": "bariatrica",
}
"""Button of the health question → code of ``nutrition.guardrails``."""

DIABETES_MEDICINE: dict[str, str] = {
    "insulina": "insulina",
    "comprimido": "sulfonilureia",
    "nao_usa": "",
}
"""Answer of the diabetes question → the code it adds; a pill is read on the strict side until known better."""

RESTRICTIONS: dict[str, Restriction] = {
    "gluten": Restriction("gluten", Strength.INTOLERANCIA, "glúten"),
    "leite": Restriction("leite", Strength.ALERGIA, "leite"),
    "lactose": Restriction("lactose", Strength.INTOLERANCIA, "lactose"),
    "ovo": Restriction("ovos", Strength.ALERGIA, "ovo"),
    "crustaceos": Restriction("crustaceos", Strength.ALERGIA, "crustáceos"),
    "peixe": Restriction("peixes", Strength.ALERGIA, "peixe"),
    "amendoim": Restriction("amendoim", Strength.ALERGIA, "amendoim"),
    "castanhas": Restriction("castanhas", Strength.ALERGIA, "castanhas"),
    "soja": Restriction("soja", Strength.ALERGIA, "soja"),
    "porco": Restriction("porco", Strength.DIETA, "porco"),
    "vegetariana": Restriction("vegetariano", Strength.DIETA, "vegetariana"),
    "vegana": Restriction("vegano", Strength.DIETA, "vegana"),
}
"""Button of the restrictions question → the restriction it stands for, on the strictest reading."""


def marked(step: Step, value: str, answers: Answers) -> bool:
    """Whether the button ``value`` is ticked."""
    if step.id == "health":
        return HEALTH[value] in (answers.conditions or ())
    return RESTRICTIONS[value].code in {item.code for item in answers.restrictions or ()}


def with_mark(step: Step, value: str, on: bool, answers: Answers) -> Answers:
    """The answers with one button ticked or not; a value that is no button changes nothing."""
    if step.id == "health" and value in HEALTH:
        kept = tuple(code for code in answers.conditions or () if code != HEALTH[value])
        return answers.with_(conditions=(*kept, HEALTH[value]) if on else kept)
    if step.id == "restrictions" and value in RESTRICTIONS:
        item = RESTRICTIONS[value]
        others = tuple(held for held in answers.restrictions or () if held.code != item.code)
        return answers.with_(restrictions=(*others, item) if on else others)
    return answers


def asks_about_diabetes(answers: Answers) -> bool:
    """Diabetes was told and its medicine was not."""
    conditions = answers.conditions or ()
    known = set(DIABETES_MEDICINE.values()) | {"diabetes_1"}
    return HEALTH["diabetes"] in conditions and not known & set(conditions)


def with_diabetes(value: str, answers: Answers) -> tuple[str, ...]:
    """The conditions after the question about diabetes medicine."""
    added = DIABETES_MEDICINE[value]
    conditions = answers.conditions or ()
    return tuple(dict.fromkeys((*conditions, added))) if added else conditions


def understood_health(text: str, answers: Answers) -> tuple[dict[str, Any], dict[str, Any]]:
    """The conditions that free text adds, and what to say; words that name none are kept as they are."""
    found = conditions_in(text) or (text.strip()[:120],)
    conditions = tuple(dict.fromkeys((*(answers.conditions or ()), *found)))
    return {"conditions": conditions}, {"conditions": list(found)}


def understood_restrictions(
    text: str, answers: Answers, table: FoodTable
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The restrictions (and health facts) that free text adds to the marks, and what to say about them."""
    result = understand(text, table)
    held = merged(answers.restrictions or (), [_firm(item) for item in result.restrictions])
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
        "dislikes": merged(answers.dislikes or (), soft) if soft or firm else (),
        "restrictions": merged(answers.restrictions or (), firm),
    }


def allergies(answers: Answers) -> tuple[Restriction, ...]:
    """The allergies told so far: "nenhuma" in words does not take one out."""
    return tuple(item for item in answers.restrictions or () if item.strength is Strength.ALERGIA)


def merged(held: Iterable[Restriction], added: Iterable[Restriction]) -> tuple[Restriction, ...]:
    """Both, one of each code; an allergy is never made less by a later word."""
    by_code = {item.code: item for item in held}
    for item in added:
        old = by_code.get(item.code)
        if old is None or old.strength is not Strength.ALERGIA:
            by_code[item.code] = item
    return tuple(by_code.values())


def _firm(item: Restriction) -> Restriction:
    """What a person does not eat is more than a dislike, even when no reason was given."""
    return replace(item, strength=Strength.DIETA) if item.strength is Strength.PREFERENCIA else item


def _note(result: Understood, table: FoodTable) -> dict[str, Any]:
    known = [item for item in result.restrictions if not item.code.startswith("word:")]
    return {
        "items": [label(item, table) for item in known],
        "words": list(result.not_understood),
        "allowed": list(result.allowed),
    }
