"""What is asked after acting on the strictest reading: which kinds may mean several things, and what each answer does."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from handlers.texts import buttons as b
from handlers.texts import restrictions as r
from nutrition.person import Restriction, Strength

ALLERGY, LACTOSE, CELIAC, INTOLERANCE, CHOICE, TAKE, EAT = (
    "alergia",
    "lactose",
    "celiaca",
    "intolerancia",
    "escolha",
    "tira",
    "come",
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question about the kind ``code`` and its answers: (kind of answer, label)."""

    code: str
    sentence: str
    answers: tuple[tuple[str, str], ...]


DOUBTS: dict[str, Doubt] = {
    doubt.code: doubt
    for doubt in (
        Doubt("leite", r.ASK_MILK, ((ALLERGY, b.IS_ALLERGY), (LACTOSE, b.IS_LACTOSE), (CHOICE, b.JUST_NOT))),
        Doubt(
            "gluten",
            r.ASK_GLUTEN,
            (
                (CELIAC, b.IS_CELIAC),
                (ALLERGY, b.IS_ALLERGY),
                (INTOLERANCE, b.IS_INTOLERANCE),
                (CHOICE, b.JUST_NOT),
            ),
        ),
        Doubt("frutos_do_mar", r.ASK_SEAFOOD, ((ALLERGY, b.IS_ALLERGY), (CHOICE, b.JUST_NOT))),
        Doubt("moluscos", r.ASK_MOLLUSCS, ((TAKE, b.TAKE_TOO), (EAT, b.CAN_EAT))),
    )
}


BECOMES: dict[tuple[str, str], str] = {("leite", LACTOSE): "lactose", ("gluten", CELIAC): "celiaca"}
"""Answers that name another kind than the one in doubt."""

_STRENGTHS: dict[str, Strength] = {
    ALLERGY: Strength.ALERGIA,
    INTOLERANCE: Strength.INTOLERANCIA,
    LACTOSE: Strength.INTOLERANCIA,
    CELIAC: Strength.CONDICAO,
    CHOICE: Strength.DIETA,
}


def settled(held: Iterable[Restriction], code: str, kind: str) -> tuple[Restriction, ...] | None:
    """``held`` after the answer ``kind`` to the question about ``code``; None for an answer that was not offered."""
    doubt = DOUBTS.get(code)
    items = {item.code: item for item in held}
    if doubt is None or kind not in dict(doubt.answers) or code not in items:
        return None
    item = items.pop(code)
    if kind != EAT:
        becomes = BECOMES.get((code, kind), code)
        items[becomes] = replace(item, code=becomes, strength=_STRENGTHS.get(kind, item.strength))
    return tuple(items.values())


def companions(added: Iterable[Restriction]) -> tuple[Restriction, ...]:
    """What goes out together with ``added`` until the person answers: molluscs, with an allergy to crustaceans."""
    for item in added:
        if item.code == "crustaceos" and item.strength is Strength.ALERGIA:
            return (Restriction("moluscos", Strength.ALERGIA, item.said),)
    return ()
