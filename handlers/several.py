"""A reminder or a restriction beside a change: "troca o jantar por ovo e me lembra às 7h" is two, and both are done.

Several changes in one sentence are read together (``menus.talk``), each knowing the day and meal of the one before.
"""

import re
from datetime import date

from handlers import intents, reminder_words
from handlers.onboarding import aside
from menus.places import Places
from menus.talk.reading import Reading, Verdict, understand
from menus.talk.when import Moment
from menus.talk.wish import Act
from nutrition.foods import FoodTable
from nutrition.words import fold, tokens

MOST = 4
"""More wishes than this in one message are read as one text."""

MOST_PIECES = 48
SHORT = 3
"""Letters of words that name no food: "com", "de"."""

_OF_NO_FOOD = frozenset({Act.AWAY, Act.SKIP, Act.UNDO})
"""Beside these, a restriction is one: "não posso comer ovo, amanhã almoço fora"."""

_HARMS = re.compile(r"\balerg|\bintoler|\bceliac")
_JOINTS = re.compile(r"(\s*(?:[.;!?\n]+|,(?!\d))\s*|\s+(?:e|e também|depois)\s+)", re.IGNORECASE)


def parts(text: str, moment: Moment, today: date) -> list[str]:
    """The wishes of ``text``, each to be answered alone; [] when it has just one, or a part that is not surely read.

    A piece that means nothing alone belongs to the one before it ("por ovo e tomate"). What a person may not eat comes
    first; beside it no change is done that names the same food: "sou alérgica a peixe, troca o jantar por peixe" is read whole.
    """
    pieces = _JOINTS.split(text)
    if len(pieces) > MOST_PIECES:
        return []
    kinds = ["" if at % 2 else _kind(piece.strip(), moment, today) for at, piece in enumerate(pieces)]
    if not {"reminder", "restriction"} & {*kinds}:
        return []
    if "reminder" not in kinds and _is_one(understand(text, moment)):
        return []
    found = _merged(pieces, kinds)
    if not 2 <= len(found) <= MOST:
        return []
    if any(kind == "" for _, kind in found):
        return []
    out = " ".join(fold(piece) for piece, kind in found if kind == "restriction")
    if out and any(kind == "change" and _names(piece, out, moment) for piece, kind in found):
        return []
    return [piece for piece, kind in sorted(found, key=lambda each: each[1] != "restriction")]


def _is_one(whole: Reading) -> bool:
    """Whether the wishes of a whole text may be about the food that a part of it names."""
    return whole.verdict is Verdict.WISHES and not {wish.act for wish in whole.wishes} <= _OF_NO_FOOD


def _names(piece: str, out: str, moment: Moment) -> bool:
    """Whether a change names a food that the folded words ``out`` name too."""
    foods = (food for wish in understand(piece, moment).wishes for food in wish.foods)
    return any(word in out for food in foods for word in tokens(food) if len(word) > SHORT)


def _merged(pieces: list[str], kinds: list[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for at in range(0, len(pieces), 2):
        piece, kind = pieces[at].strip(), kinds[at]
        if not piece or intents.is_greeting(piece) or intents.is_thanks(piece):
            continue
        if found and (kind == "" or kind == found[-1][1] == "change"):
            found[-1] = (found[-1][0] + pieces[at - 1] + piece, found[-1][1])
        else:
            found.append((piece, kind))
    return found


def _kind(piece: str, moment: Moment, today: date) -> str:
    if reminder_words.read(piece, today, Places.load(), about_reminders=False) is not None:
        return "reminder"
    verdict = understand(piece, moment).verdict
    if verdict in (Verdict.WISHES, Verdict.SHOW):
        return "change" if verdict is Verdict.WISHES else "show"
    about_me = verdict is Verdict.OTHER or (verdict is Verdict.NOTHING and _HARMS.search(fold(piece)))
    told = about_me and aside.told("", piece, FoodTable.load()) is not None
    return "restriction" if told else ""
