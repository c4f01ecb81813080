"""From a sentence to a wish, by rules. Each rule knows one way of saying things; the first that fits reads the sentence.

A sentence that no rule knows is None: a wrong change is worse than a question. Health and restrictions are not read
here; callers look for them first.
"""

import re
from collections.abc import Callable
from datetime import date

from menus.talk import counts, cues
from menus.talk.foods import foods_in
from menus.talk.when import Moment, at_night, days_in, next_main, plain, slots_in
from menus.talk.wish import Act, Wish
from nutrition.menu import Slot

_MEATS = ("carne", "frango", "peixe", "frutos do mar")
_SEASONING = frozenset(
    {"oleo", "sal", "acucar", "gordura", "gorduras", "azeite", "tempero", "temperos", "calorias", "kcal"}
)


def read(text: str, moment: Moment) -> Wish | None:
    """What ``text`` asks to have changed; None when no rule is sure."""
    words = plain(text)
    if cues.UNDO.search(words):
        return Wish(Act.UNDO)
    if cues.ASKS.search(words) or cues.TOLD.search(words) or len(words) > 200:
        return None
    return next((wish for rule in _RULES if (wish := rule(words, moment)) is not None), None)


def _kept(words: str, moment: Moment) -> Wish | None:
    slots, days = slots_in(words), days_in(words)
    changed = cues.CHANGE.search(cues.LEFT_ALONE.sub(" ", words))
    if not cues.KEEP.search(words) or len(slots) != 1 or changed or len(days) > 1:
        return None
    return Wish(Act.KEEP, days[0].of_the_week(moment) if days else moment.today, slots[0])


def _away(words: str, moment: Moment) -> Wish | None:
    not_home = cues.NOT_HOME.search(words)
    if not not_home and not (cues.OUT.search(words) and cues.GOING.search(words)):
        return None
    if not not_home and (cues.AT_HOME.search(words) or re.search(r"\b(?:nao|ontem)\b", words)):
        return None
    days, slots = days_in(words), slots_in(words)
    if len(days) > 1 or len(slots) > 1:
        return None
    day = days[0].coming(moment) if days else moment.today
    slot = slots[0] if slots else Slot.JANTAR if at_night(words) else None
    if slot is None and (days or re.search(r"\b(?:churrasco|festa|casamento|aniversario)\b", words)):
        slot = Slot.ALMOCO if day != moment.today else next_main(moment)[1]
    return Wish(Act.AWAY, day, slot) if slot is not None else None


def _copied(words: str, moment: Moment) -> Wish | None:
    days, slots = days_in(words), slots_in(words)
    again = cues.AGAIN.search(words) and cues.WANT.search(words) and len(days) == 2
    if not cues.COPY.search(words) and not again:
        return None
    if len(slots) > 1 or not 1 <= len(days) <= 2:
        return None
    if len(days) == 1:
        return (
            Wish(Act.COPY_MEAL, days[0].coming(moment), slots[0], source=moment.today)
            if slots and days[0].coming(moment) != moment.today
            else None
        )
    first, second = days
    like = cues.LIKE.search(words)
    said_first = again or not re.search(r"\b(?:d[aeo]|[ao]) $", words[: first.at])
    turned = (
        (like and first.at < like.start() < second.at)
        or cues.ONTO.search(words[: first.at])
        or (said_first and re.search(r"\bd[aeo] $", words[: second.at]))  # "amanhã a janta de hoje"
    )
    source, target = (second, first) if turned else (first, second)
    copied = source.of_the_week(moment)
    if slots:
        return Wish(Act.COPY_MEAL, target.coming(moment), slots[0], source=copied)
    return Wish(Act.COPY_DAY, target.coming(moment), source=copied)


def _skipped(words: str, moment: Moment) -> Wish | None:
    """A meal that is not eaten on one day: as one that is eaten out, it leaves that day and its list."""
    days, slots = days_in(words), slots_in(words)
    if len(slots) != 1 or len(days) > 1 or cues.THINNER.search(words):
        return None
    gone = cues.SLOT_SKIPPED.search(words)
    if not cues.SKIPS.search(words) and not (gone and days_in(gone.group())):
        return None
    return Wish(Act.AWAY, days[0].coming(moment) if days else moment.today, slots[0])


def _no_meat(words: str, moment: Moment) -> Wish | None:
    days, slots = days_in(words), slots_in(words)
    vegetarian = cues.VEGETARIAN.search(words) and not cues.FOR_GOOD.search(words)
    that_day = days and (vegetarian or cues.NO_MEAT_THEN.search(words)) and not cues.FOR_GOOD.search(words)
    if len(days) > 1 or not (cues.NO_MEAT.search(words) or that_day or (vegetarian and slots)):
        return None
    day = days[0].coming(moment) if days else moment.today
    if slots:
        return Wish(Act.WITHOUT, day, slots[0], _MEATS) if vegetarian and len(slots) == 1 else None
    return Wish(Act.NO_MEAT, day) if days or "dia" in words.split() else None


def _at_hand(words: str, moment: Moment) -> Wish | None:
    found = cues.AT_HAND.search(words)
    if found is None:
        return None
    if found.group("there") and not cues.ONLY_HERE.search(words):
        return None
    foods = foods_in(next(piece for piece in found.groups() if piece))
    if not foods:
        return None
    day, slot = _where(words, moment)
    return Wish(Act.PANTRY, day, slot, foods)


def _lacking(words: str, _moment: Moment) -> Wish | None:
    found = cues.LACK.search(words)
    if found is None or re.search(r"\b(?:tempo|receita|botao|mensagem|bateria|energia)\b", words):
        return None
    foods = foods_in(next(piece for piece in found.groups() if piece))
    return Wish(Act.MISSING, foods=foods) if foods else None


def _enough(words: str, _moment: Moment) -> Wish | None:
    found = cues.ENOUGH.search(words)
    if found is None:
        return None
    foods = foods_in(next(piece for piece in found.groups() if piece))
    # less oil or salt is a wish about how dishes are made, not about which of them come
    return Wish(Act.LESS, foods=foods) if foods and not set(foods) <= _SEASONING else None


def _faster(words: str, moment: Moment) -> Wish | None:
    if not cues.QUICK.search(words) or cues.CHEAP.search(words) or "ontem" in words.split():
        return None
    day, slot = _where(words, moment)
    return Wish(Act.FASTER, day, slot)


def _cheaper(words: str, moment: Moment) -> Wish | None:
    if not cues.CHEAP.search(words) or re.search(r"\bnao (?:ta|esta|e|achei|acho) (?:tao )?car", words):
        return None
    slots, days = slots_in(words), days_in(words)
    if not slots:
        return Wish(Act.CHEAPER)
    return Wish(Act.CHEAPER, days[0].coming(moment) if days else moment.today, slots[0])


def _taken_out(words: str, moment: Moment) -> Wish | None:
    found, days, slots = cues.TAKE_OUT.search(words), days_in(words), slots_in(words)
    if found is None or not (days or slots) or len(days) > 1 or len(slots) > 1:
        return None
    foods = foods_in(found.group("foods"))
    if not foods:
        return None
    return Wish(
        Act.WITHOUT, days[0].coming(moment) if days else moment.today, slots[0] if slots else None, foods
    )


def _swapped(words: str, moment: Moment) -> Wish | None:
    change, refused, put = cues.CHANGE.search(words), cues.REFUSED.search(words), cues.PUT.search(words)
    days, slots = days_in(words), slots_in(words)
    if len(days) > 1 or len(slots) > 1 or cues.OTHER_THINGS.search(words):
        return None
    instead = cues.INSTEAD.search(words)
    want = cues.WANT.search(words)
    if not (change or refused or put or instead or want):
        return None
    if not slots and not change and at_night(words):
        slots = [Slot.JANTAR]
    day = days[0].coming(moment) if days else moment.today
    if not slots:
        whole = days and (change or refused) and cues.WHOLE.search(words)
        return Wish(Act.SWAP_DAY, day) if whole else None
    if re.search(r"\bnao (?:troc|mud|substitu|alter)", words):
        return None
    foods = _wanted(words)
    if foods:
        return Wish(Act.SWAP, day, slots[0], foods)
    if put and not change:
        foods = foods_in(put.group("foods"))
        return Wish(Act.SWAP, day, slots[0], foods) if foods else None
    moved = change and re.search(
        r"\b(?:pra|para|com) (?:o |a )?(?:almoco|jantar|janta|amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo)\b",
        words,
    )
    return Wish(Act.OFFER, day, slots[0]) if not moved and (change or refused) else None


def _bare(words: str, moment: Moment) -> Wish | None:
    found, days, slots = cues.BARE.search(words), days_in(words), slots_in(words)
    if found is None or len(slots) != 1 or len(days) > 1:
        return None
    foods = foods_in(found.group("foods"))
    day = days[0].coming(moment) if days else moment.today
    return Wish(Act.SWAP, day, slots[0], foods) if foods else None


def _wanted(words: str) -> tuple[str, ...]:
    """The foods after "por", "pra", "quero": what is to come in the place of what stands."""
    for found in cues.WANTED.finditer(words):
        rest = words[found.end() :]
        if cues.NO_FOOD_YET.match(rest) or words[: found.start()].endswith("nao "):
            continue
        foods = foods_in(rest)
        if foods and not slots_in(" ".join(foods)) and not any(cues.CHANGE.search(food) for food in foods):
            return foods
    return ()


def _where(words: str, moment: Moment) -> tuple[date, Slot]:
    """The day and meal that are named, else the next lunch or dinner."""
    days, slots = days_in(words), slots_in(words)
    day, slot = next_main(moment)
    if days and days[0].word != "ontem":
        named = days[0].coming(moment)
        slot = slot if named == day else Slot.ALMOCO
        day = named
    return (moment.today if slots and not days else day), (slots[0] if slots else slot)


Rule = Callable[[str, Moment], Wish | None]

_RULES: tuple[Rule, ...] = (
    _kept,
    _away,
    _copied,
    counts.people,
    counts.meals,
    counts.slot_off,
    _skipped,
    _no_meat,
    _at_hand,
    _lacking,
    _enough,
    _faster,
    _cheaper,
    _taken_out,
    _swapped,
    _bare,
)
"""In order: what is more surely meant comes first."""
