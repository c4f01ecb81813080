"""Several wishes in one message: "troca o jantar por ovo e me lembra às 7h" is two, and both are done."""

import re
from datetime import date

from handlers import intents, reminder_words
from handlers.onboarding import aside
from menus.places import Places
from menus.talk.parse import read
from menus.talk.when import Moment
from nutrition.foods import FoodTable
from nutrition.words import fold

MOST = 4
"""More wishes than this in one message are read as one text."""

_AT_HOME = re.compile(
    r"^(?:[\w ]*\b)?(?:almoco|janto|lancho|como|tomo cafe) em casa$|\b(?:e|mas) (?:almoco|janto|lancho|como) em casa$"
)
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
    if any(changes) and any(map(_restricts, found)):
        return []
    return found


def _merged(pieces: list[str], moment: Moment, today: date) -> list[str]:
    found: list[str] = []
    for at in range(0, len(pieces), 2):
        piece = pieces[at].strip()
        if not piece or intents.is_greeting(piece) or intents.is_thanks(piece):
            continue
        if found and _AT_HOME.search(fold(piece)):  # "amanhã almoço fora e janto em casa": as it is anyway
            continue
        if _is_read(piece, moment, today):
            found.append(piece)
        elif found:
            found[-1] += pieces[at - 1] + piece
        else:
            return []
    return found if all(_is_read(each, moment, today) for each in found) else []


def _is_read(piece: str, moment: Moment, today: date) -> bool:
    return read(piece, moment) is not None or _restricts(piece) or _reminds(piece, today)


def _reminds(piece: str, today: date) -> bool:
    return reminder_words.read(piece, today, Places.load(), about_reminders=False) is not None


def _restricts(piece: str) -> bool:
    return aside.told("", piece, FoodTable.load()) is not None
