"""Several wishes in one message: "troca o jantar por ovo e me lembra às 7h" is two, and both are done."""

import re
from datetime import date

from handlers import intents, reminder_words
from handlers.onboarding import aside
from menus.places import Places
from menus.talk.parse import read
from menus.talk.when import Moment, days_in, plain, slots_in
from menus.talk.wish import Act
from nutrition.foods import FoodTable
from nutrition.words import fold

MOST = 4
"""More wishes than this in one message are read as one text."""

_AT_HOME = re.compile(
    r"^(?:[\w ]*\b)?(?:almoco|janto|lancho|como|tomo cafe) em casa$|\b(?:e|mas) (?:almoco|janto|lancho|como) em casa$"
)
_ONLY_A_DAY = re.compile(
    r"^(?:(?:n|d)?[aoe] )?(?:depois de amanha|hoje|amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo)(?: tambem)?$"
)
_DAY_SAID = re.compile(
    r"\s*(?:\b[nd]?[ao]\s+)?\b(?:depois de amanh[ãa]|hoje|hj|amanh[ãa]|(?:segunda|ter[çc]a|quarta|quinta|sexta)(?:-feira)?|s[áa]bado|domingo)\b",
    re.IGNORECASE,
)
_ONE_WISH = frozenset({Act.FASTER, Act.CHEAPER, Act.UNDO, Act.MEALS, Act.KEEP})
"""What is asked for once, in however many pieces it is said."""

_JOINTS = re.compile(r"(\s*(?:[.;!?\n]+|,(?!\d))\s*|\s+(?:e|e também|depois)\s+)", re.IGNORECASE)


def parts(text: str, moment: Moment, today: date) -> list[str]:
    """The wishes of ``text``, each to be answered alone; [] when it has just one, or a part that is not surely read.

    A piece that means nothing alone belongs to the one before it ("por ovo e tomate"). Beside what a person may not eat
    no change is done: "sou alérgica a peixe, troca o jantar por peixe" is read whole.
    """
    found = _merged(_JOINTS.split(text), moment, today)
    if len(found) == 1 and _AT_HOME.search(fold(text)) and found[0] != text.strip():
        return found
    if not 2 <= len(found) <= MOST:
        return []
    changes = [read(each, moment) is not None for each in found]
    beside = [each for each, change in zip(found, changes, strict=True) if not change]
    if any(changes) and any(map(_restricts, beside)):
        return []
    return found


def _merged(pieces: list[str], moment: Moment, today: date) -> list[str]:
    found: list[str] = []
    waiting = ""
    for at in range(0, len(pieces), 2):
        piece = pieces[at].strip()
        if not piece or intents.is_greeting(piece) or intents.is_thanks(piece):
            continue
        if found and _AT_HOME.search(fold(piece)):  # "amanhã almoço fora e janto em casa": as it is anyway
            continue
        if found and _same_wish(found[-1], piece, moment):
            found[-1] += pieces[at - 1] + piece
        elif found and (again := _on_another_day(found[-1], piece, moment)):
            found.append(again)
        elif not found and not waiting and _ONLY_A_DAY.search(plain(piece)):
            waiting = piece  # "hoje e amanhã sem carne"
        elif _is_read(piece, moment, today):
            first = _on_another_day(piece, waiting, moment) if waiting else ""
            found += [first, piece] if first else [piece]
            waiting = "" if first else waiting
        elif found:
            found[-1] += pieces[at - 1] + piece
        else:
            return []
    if waiting:
        return []
    return found if all(_is_read(each, moment, today) for each in found) else []


def _same_wish(before: str, piece: str, moment: Moment) -> bool:
    """Whether two pieces say one thing: "hoje tô na correria, um jantar rapidinho"."""
    first, second = read(before, moment), read(piece, moment)
    if first is None or second is None or first.act is not second.act or first.act not in _ONE_WISH:
        return False
    return not all(slots_in(plain(each)) for each in (before, piece))


def _on_another_day(before: str, piece: str, moment: Moment) -> str:
    """The wish ``before`` for the day that ``piece`` names and no more: "janto fora na quinta e na sexta"; else ""."""
    if not _ONLY_A_DAY.search(plain(piece)) or read(before, moment) is None or not days_in(plain(before)):
        return ""
    last = list(_DAY_SAID.finditer(before))[-1]
    return f"{before[: last.start()]} {piece}{before[last.end() :]}".strip()


def _is_read(piece: str, moment: Moment, today: date) -> bool:
    return read(piece, moment) is not None or _restricts(piece) or _reminds(piece, today)


def _reminds(piece: str, today: date) -> bool:
    return reminder_words.read(piece, today, Places.load(), about_reminders=False) is not None


def _restricts(piece: str) -> bool:
    return aside.told("", piece, FoodTable.load()) is not None
