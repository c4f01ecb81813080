"""What a sentence asks: one wish or more, only to see something, nothing at all, or what nobody can be sure of."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date as Date
from enum import StrEnum

from menus.talk import copies, counts, frames, swaps, told, wants, without
from menus.talk.apart import OWN_PLACE, differ
from menus.talk.certainty import is_sure
from menus.talk.lexer import Token, lex
from menus.talk.pieces import ASKS
from menus.talk.sentence import Sentence, sentence
from menus.talk.when import Moment
from menus.talk.wish import Act, Wish
from nutrition.foods import FoodTable
from nutrition.menu import Slot
from nutrition.restrictions.harm import Told, harm_in

MOST_WORDS = 60
MOST_LETTERS = 600
"""Of more than that nothing is read here: it says too much at once."""

_SETTINGS = frozenset(
    {"horario", "horarios", "hora", "horas", "lembrete", "lembretes", "aviso", "avisos", "peso", "altura", "idade", "objetivo",
     "meta", "cidade", "idioma", "perfil", "senha", "fuso", "nome"}
)  # fmt: skip


class Verdict(StrEnum):
    """What was made of a sentence."""

    WISHES = "wishes"
    SHOW = "show"
    NOTHING = "nothing"
    """Surely no change is asked for, whatever foods and days are named."""

    UNSURE = "unsure"
    """Something seems to be asked for, and no frame fits alone."""

    OTHER = "other"
    """Not about changes: greetings, restrictions, reminders, questions."""


class Seen(StrEnum):
    """What is to be shown."""

    DAY = "day"
    LIST = "list"
    RECIPE = "recipe"


@dataclass(frozen=True, slots=True)
class Reading:
    """``wishes`` to do, or what to show, on ``date`` and in ``slot`` if any are named. ``sure``: to the last word."""

    verdict: Verdict
    wishes: tuple[Wish, ...] = ()
    seen: Seen | None = None
    date: Date | None = None
    slot: Slot | None = None
    foods: tuple[str, ...] = ()
    sure: bool = True


Frame = Callable[[Sentence], list[Wish]]

_FRAMES: tuple[Frame, ...] = (
    frames.unlocked, frames.kept, counts.meals_of, counts.people_of, frames.always, copies.copied, frames.away, wants.at_hand, wants.lacking, frames.skipped, without.no_meat, wants.tired,
    wants.faster, wants.cheaper, swaps.anew, swaps.swapped,
)  # fmt: skip
"""In order: what is more surely meant comes first."""

_HARMS = ("alerg", "intoler", "celiac", "faz mal", "passo mal", "coceira", "empipoc", "garganta", "anafila")
"""In what a person says of a food that must not reach them."""

_OTHER = Reading(Verdict.OTHER)
_NOTHING = Reading(Verdict.NOTHING)
_UNSURE = Reading(Verdict.UNSURE)
_TAKE_AWAY = frozenset({Act.LESS, Act.WITHOUT, Act.MISSING, Act.NO_MEAT})
_NO_QUESTION = frozenset({Act.UNDO, Act.MEALS, Act.PEOPLE})


def understand(text: str, moment: Moment) -> Reading:
    """What ``text`` asks. What harms the person comes before all that is asked beside it, and what may harm them is no food
    to be put on: only to be taken away."""
    harm = harm_in(text, FoodTable.load())
    if harm.told is Told.SURELY:
        return _OTHER
    whole = _understood(text, moment)
    takes_away = bool(whole.wishes) and {wish.act for wish in whole.wishes} <= _TAKE_AWAY
    return _understood(harm.rest, moment) if harm.told is Told.MAYBE and not takes_away else whole


def _understood(text: str, moment: Moment) -> Reading:
    tokens = lex(text) if len(text) <= MOST_LETTERS else []
    if not tokens or len(tokens) > MOST_WORDS:
        return _OTHER
    if (told_of := told.skipped(text, moment)) is not None:
        return Reading(Verdict.WISHES, (told_of,))
    whole = sentence(tokens, moment)
    several = tuple(_several(tokens, moment))
    found = Reading(Verdict.WISHES, several) if len(several) > 1 else _one(whole)
    return replace(found, sure=is_sure(whole, found.wishes, covered=found.sure))


def _one(s: Sentence) -> Reading:
    if (first := _not_a_change(s)) is not None:
        return first
    for frame in _FRAMES:
        if wishes := frame(s):
            covered = _is_covered(s)
            if not covered and any(wish.act in _NO_QUESTION for wish in wishes):
                return _UNSURE
            seen = (
                (Seen.LIST if s.has("LIST") else Seen.RECIPE if s.has("RECIPE") else None)
                if s.has("SHOW")
                else None
            )
            return Reading(Verdict.WISHES, tuple(dict.fromkeys(wishes)), seen, sure=covered)
    if s.has("WITHOUT", "NOMEAT") and s.has("DAY") and not s.said("FOREVER", "HABIT", "RESTRICT"):
        return _UNSURE  # of one day: no restriction for good
    return _shown(s) or (_NOTHING if _only_tells(s) else _UNSURE if _seems(s) else _OTHER)


def _not_a_change(s: Sentence) -> Reading | None:
    """Undoing, and what is none of ours: restrictions, questions about food, what might be."""
    harms = s.has("RESTRICT") and _harms(s)
    undo = s.has("UNDO") or (s.has("UNDOWEAK") and len(s.live) < 6 and not s.has("FOOD", "SLOT", "DAY"))
    if undo and not harms and _undoes(s):
        return replace(_shown(s) or _OTHER, verdict=Verdict.WISHES, wishes=(Wish(Act.UNDO),))
    if s.has("RESTRICT") and (harms or not s.has("OUT", "NOTHOME")) and not _only_a_taste(s):
        return _OTHER
    if (
        s.has("FOREVER") and s.has("FOOD") and s.has("WITHOUT", "REMOVE", "NEMPENSAR", "NOMEAT")
    ) and not s.has("TIRED"):
        return _OTHER
    if any(_of_something_else(s, token) for token in s.all_of("CHANGE", "PUT")):
        return _OTHER
    if s.has("DENIED") and s.has("FOOD"):
        return _UNSURE
    if s.said("HYPO") and not _suggests(s):
        return _NOTHING
    if s.said("REFRAIN") and not s.has("OUT", "NOTHOME", "SKIP"):
        return _NOTHING
    asks = any(t.text == "?" for t in s.tokens)
    if s.has("WITHOUT", "NOMEAT") and s.has("FOOD") and s.said("INFO") and not asks:
        return _OTHER
    if (
        s.said("INFO")
        and not (s.has("SAME", "COPY") and any(t.text in ("posso comer",) for t in s.live))
        and not s.said("RECIPE")
    ):
        return _NOTHING
    asked_why = any(t.text == "porque" for t in s.tokens[:2]) and any(t.text == "?" for t in s.tokens)
    return _NOTHING if asked_why else None


def _harms(s: Sentence) -> bool:
    """An allergy or intolerance is told, which wins over all that stands beside it."""
    return any(any(each in t.text for each in _HARMS) for t in s.all_of("RESTRICT"))


def _only_a_taste(s: Sentence) -> bool:
    """ "muda o lanche, que não gosto de banana": a reason to change that meal."""
    mild = all(
        t.text.startswith(("nao gosto de", "odeio", "detesto", "nao suporto", "tenho nojo", "tenho horror"))
        for t in s.all_of("RESTRICT")
    )
    return mild and s.has("CHANGE", "GIVE") and bool(s.named_slots)


def _of_something_else(s: Sentence, token: Token) -> bool:
    """ "muda o horário do almoço"."""
    near = [each.text for steps in (1, 2, 3) if (each := s.after(token, steps)) is not None]
    return not _SETTINGS.isdisjoint(near)


def _undoes(s: Sentence) -> bool:
    weak = all(
        token.text.startswith(("mudei de", "pens", "arrepend", "me arrepend", "errei", "desisti", "desisto"))
        for token in s.all_of("UNDO")
    )
    busy = s.has("CHANGE", "PUT", "WANT", "GIVE", "FOOD", "HAVE", "SKIP", "OUT")
    return not (weak and (busy or any(t.text in ("de", "do") for t in s.live))) and not (
        s.has("FOOD") and s.has("PUT", "WANT")
    )


def _suggests(s: Sentence) -> bool:
    """ "e se a gente botasse uma sopa no jantar?": a proposal, not a supposition."""
    begins = [t.text for t in s.tokens[:3]]
    return (
        "e" in begins[:2]
        and s.said("PUT", "CHANGE")
        and any(t.text.endswith(("asse", "esse", "issemos", "assemos")) for t in s.tokens)
    )


def _is_covered(s: Sentence) -> bool:
    """Whether little is said beside what was understood."""
    strange = [
        token
        for piece in s.pieces
        if not piece.dead and piece.has(*ASKS)
        for token in piece.tokens
        if not token.kinds
    ]
    return len(strange) <= max(1, len(s.live) // 5)


def _shown(s: Sentence) -> Reading | None:
    day = s.dates[0] if s.dates else None
    slot = s.slots[0] if len(s.slots) == 1 else None
    if s.has("RECIPE"):
        return Reading(Verdict.SHOW, (), Seen.RECIPE, day, slot)
    if s.has("LIST") and (s.has("SHOW") or len(s.live) <= 6):
        return Reading(Verdict.SHOW, (), Seen.LIST)
    if (
        s.has("SHOW")
        and (slot is not None or day is not None)
        and not s.foods
        and not s.has("PUT", "CHANGE", "OTHER")
    ):
        return Reading(Verdict.SHOW, (), Seen.DAY, day, slot)
    return None


def _only_tells(s: Sentence) -> bool:
    """Whether all that is said of food, days or meals is of the past or of somebody else, or praise."""
    dead = [piece for piece in s.pieces if piece.dead]
    alive = [piece for piece in s.pieces if not piece.dead]
    told = any(piece.has("FOOD", "DAY", "SLOT", "NOMEAT", "OUT") for piece in dead)
    asks = any(piece.has("CHANGE", "PUT", "GIVE", "REMOVE", "REDO", "COPY") for piece in alive)
    return (told and not asks) or (s.said("PRAISE") and not asks and not s.has("WANT", "SHOW"))


def _seems(s: Sentence) -> bool:
    if s.has("WANT") and s.has("FOOD") and s.has("DAY", "SLOT"):
        return True
    return s.has(
        "CHANGE",
        "PUT",
        "GIVE",
        "REMOVE",
        "REDO",
        "COPY",
        "REFUSE",
        "CANCEL",
        "SKIP",
        "KEEP",
        "NOTCHANGE",
        "TIRED",
        "AGAIN",
    ) and (s.has("SLOT", "DAY", "FOOD", "TIME") or s.has("CHANGE"))


def _several(tokens: list[Token], moment: Moment) -> list[Wish]:
    """The wishes on both sides of a break, when each side asks for itself and names its own place or food."""
    for at, token in enumerate(tokens):
        if (
            token.text not in (",", ".", "e", "mas", ";", "!", "tambem", "e ai", "dai", "depois", "entao")
            or at < 2
        ):
            continue
        left, right = sentence(tokens[:at], moment), sentence(tokens[at + 1 :], moment)
        first = _alone(left)
        rest = (_several(tokens[at + 1 :], moment) or _alone(right)) if first else []
        if not right.days and left.dates:
            rest = [replace(each, date=left.dates[0]) if each.date == moment.today else each for each in rest]
        if rest and differ(first, rest):
            return [*first, *rest]
    return []


def _alone(s: Sentence) -> list[Wish]:
    """The wishes of a part that would be understood if nothing stood beside it."""
    if not (
        s.has("SLOT", "DAY", "FOOD", "TIME", "UNDO", "NUMBER") and s.has(*ASKS, "OUT", "NOTHOME", "FOOD")
    ):
        return []
    found = _one(s)
    in_slot = any(wish.slot is not None and wish.act not in (Act.PANTRY, *OWN_PLACE) for wish in found.wishes)
    return [] if in_slot and not s.slots else list(found.wishes)
