"""What is told beside the open question: "72 kg e sou alérgica a camarão" answers it and excludes something too.

What a person does not eat is kept at once and said in one line; the question stays, or takes what is left as its answer.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from handlers import restricoes
from handlers.doubts import companions
from handlers.restriction_cues import may_state_restriction, states_restriction
from handlers.restriction_words import told_in
from handlers.scene import Scene
from menus.answers import Answers, as_dislike
from nutrition.conditions import conditions_in
from nutrition.foods import FoodTable
from nutrition.person import Restriction, Strength
from nutrition.restrictions.harm import Told as HarmTold
from nutrition.restrictions.harm import harm_in
from nutrition.restrictions.understand import Understood, merge

READ_THEMSELVES = frozenset({"restrictions", "dislikes"})
"""Questions whose answers are restrictions."""

_BETWEEN = re.compile(r"(\s*(?:(?<!\d)[,.]|[,.](?!\d)|[;\n])\s*|\s+(?:e|mas|porém)\s+)", re.IGNORECASE)
"""Where a sentence may be cut; the comma of "1,68" is not such a place."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was said beside an answer: ``understood`` to be kept, and ``rest``, which may be the answer."""

    understood: Understood
    rest: str


def told(step: str, text: str, table: FoodTable) -> Told | None:
    """What ``text``, typed at the question ``step``, says that the person does not eat; None when it says nothing such."""
    if step in READ_THEMSELVES or not may_state_restriction(text):
        return None
    pieces = _BETWEEN.split(text)
    first = next((at for at in range(0, len(pieces), 2) if _restricts(pieces[at], table)), None)
    harm = harm_in(text, table).told is HarmTold.SURELY
    if first is None and not harm:
        return None
    found = told_in(text if harm else "".join(pieces[first or 0 :]), table)
    named = tuple(item for item in found.restrictions if not item.code.startswith(restricoes.LITERAL))
    kept = named or found.restrictions
    return Told(
        Understood(kept, found.allowed, () if named else found.not_understood, found.questions),
        rest_of(text, lambda piece: _restricts(piece, table)),
    )


def rest_of(text: str, is_aside: Callable[[str], bool]) -> str:
    """``text`` without the pieces that are an aside: those before the first one, else those after."""
    pieces = _BETWEEN.split(text)
    marks = [is_aside(pieces[at]) for at in range(0, len(pieces), 2)]
    first = marks.index(True) if True in marks else len(marks)
    before = "".join(pieces[: max(2 * first - 1, 0)]).strip()
    if before:
        return before
    after = first
    while after < len(marks) and marks[after]:
        after += 1
    return "".join(pieces[2 * after :]).strip()


async def keep(scene: Scene, found: Understood) -> Scene:
    """Keep what was understood among the answers, say so, and ask what is not clear."""
    beside = companions(found.restrictions)
    moved = await scene.go(
        scene.step, scene.talk.with_(answers=excluding(scene.talk.answers, (*found.restrictions, *beside)))
    )
    await scene.turn.send("anotado_no_meio", codes=[item.code for item in found.restrictions])
    for code in restricoes.doubts_about(found, (*found.restrictions, *beside)):
        await scene.turn.send("restricao_duvida", code=code)
    return moved


def excluding(answers: Answers, items: tuple[Restriction, ...]) -> Answers:
    """The answers with ``items``: those not liked among the dislikes, the others among the restrictions."""
    soft = tuple(as_dislike(item) for item in items if item.strength is Strength.PREFERENCIA)
    firm = tuple(item for item in items if item.strength is not Strength.PREFERENCIA)
    return answers.with_(
        restrictions=merge(answers.restrictions or (), firm) if firm else answers.restrictions,
        dislikes=merge(answers.dislikes or (), soft) if soft else answers.dislikes,
    )


def _restricts(piece: str, table: FoodTable) -> bool:
    if not may_state_restriction(piece) or conditions_in(piece):
        return False
    found = told_in(piece, table).restrictions
    named = any(not item.code.startswith(restricoes.LITERAL) for item in found)
    return named or bool(found and states_restriction(piece))
