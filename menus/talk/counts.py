"""How many: meals a day, people at the table, and the small meal that is wanted no more."""

import re

from menus.talk import cues
from menus.talk.when import Moment, days_in, slots_in
from menus.talk.wish import Act, Wish
from nutrition.menu import MAIN_SLOTS, Slot
from nutrition.shares import MAX_MEALS, MIN_MEALS

_NUMBERS = {
    "um": 1, "uma": 1, "dois": 2, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7, "oito": 8,
}  # fmt: skip


def people(words: str, _moment: Moment) -> Wish | None:
    """For how many the list is."""
    found = cues.PEOPLE.search(words)
    if found is None or not cues.HOUSE.search(words) or slots_in(words) or days_in(words):
        return None
    return Wish(Act.PEOPLE, count=_number(found.group(1)))


def meals(words: str, _moment: Moment) -> Wish | None:
    """How many meals a day: of two numbers the one that is wanted ("6 é demais, deixa 4"; "de 5 refeições pra 4")."""
    found = cues.MEALS.search(words)
    if found is None or (not cues.CHANGE.match(words) and _of_something_else(words, found.start())):
        return None
    rest = words[found.end() :]
    wanted = cues.MEALS_THEN.search(rest)
    if wanted is None and cues.TOO_MANY.match(rest):
        return None
    count = _number((wanted or found).group(1))
    return Wish(Act.MEALS, count=count) if MIN_MEALS <= count <= MAX_MEALS else None


def slot_off(words: str, _moment: Moment) -> Wish | None:
    """No snack, or no supper, on any day."""
    slots = slots_in(words)
    if cues.NO_SNACK.search(words):
        morning = re.search(r"\b(?:de|da|pela) manha\b", words)
        return Wish(Act.SLOT_OFF, slot=Slot.LANCHE_DA_MANHA if morning else Slot.LANCHE_DA_TARDE)
    if not cues.SLOT_OFF.search(words) or len(slots) != 1 or slots[0] in MAIN_SLOTS or days_in(words):
        return None
    return Wish(Act.SLOT_OFF, slot=slots[0])


def _of_something_else(words: str, at: int) -> bool:
    return bool(cues.OF_FOOD.search(words) or days_in(words) or cues.CHANGE.search(words[:at]))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]
