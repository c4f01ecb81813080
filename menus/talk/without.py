"""A day without meat, or without another food; a meal without it."""

from menus.talk.frames import Wishes
from menus.talk.lexer import Token
from menus.talk.sentence import Sentence
from menus.talk.wants import names
from menus.talk.wish import Act, Wish
from nutrition.menu import Slot

MEATS = ("carne", "frango", "peixe", "frutos do mar")


def no_meat(s: Sentence) -> Wishes:
    """A day without meat, or without another food; a meal without it."""
    if s.has("PRAISE", "SPOIL", "LACK", "OUT", "COPY", "KEEP", "THINNER", "INFO") or (
        s.foods and s.has("HAVE")
    ):
        return []
    days = s.dates
    if s.has("NOMEAT"):
        if s.has("FOREVER", "HABIT", "PAST") and not any(t.is_("DAY") for t in s.live):
            return []
        if s.has("FOREVER") or any(t.text in ("todo dia", "todos os dias", "sempre") for t in s.live):
            return []
        gentle = any(t.text.startswith(("veg", "sem")) for t in s.all_of("NOMEAT"))
        if s.named_slots:
            veg = any(t.text.startswith("veg") for t in s.all_of("NOMEAT")) and not s.foods
            return (
                [
                    Wish(Act.WITHOUT, day, slot, MEATS)
                    for day in (days or [s.moment.today])
                    for slot in s.slots
                ]
                if veg or not s.foods
                else []
            )
        today = any("dia" in t.text.split() for t in s.live) and gentle
        return [Wish(Act.NO_MEAT, day) for day in (days or ([s.moment.today] if today else []))]
    if (
        s.has("FOREVER")
        or not (s.days or s.named_slots)
        or s.has("CHANGE", "PUT", "GIVE", "INSTEAD", "TIRED", "QUICK", "CHEAP")
        or (s.has("MAKE") and not s.has("GOING"))
    ):
        return []
    foods = _left_out(s)
    if not foods or len(foods) != len(s.foods):
        return []
    slots: list[Slot | None] = list(s.slots) if s.named_slots else [None]
    return [
        Wish(Act.WITHOUT, day, slot, names(foods)) for day in (days or [s.moment.today]) for slot in slots
    ]


def _left_out(s: Sentence) -> list[Token]:
    found: list[Token] = []
    on = False
    for at, token in enumerate(s.live):
        if token.is_("WITHOUT", "REMOVE"):
            on = True
        elif token.is_("FOOD"):
            found += [token] if on else []
        elif on and not (
            token.is_("FILLER", "MARK", "TOOMUCH", "NUMBER") or token.text in ("comer", "nada de", "nem")
        ):
            on = bool(found) and False
        elif at and token.text in ("?", "."):
            on = False
    return found
