"""What a person does not eat: the list, one item, what was noted and what it took out of the menu, removals."""

from datetime import date
from typing import Any

from markupsafe import Markup

from handlers.catalogue import Catalogue, capitalised, joined
from handlers.doubts import DOUBTS
from handlers.keyboards import Rows, place, places
from handlers.restriction_words import is_among_foods, key, named
from handlers.screens.day import SLOTS
from handlers.screens.restriction_notes import covered
from handlers.texts import buttons as b
from handlers.texts import changes as c
from handlers.texts import restrictions as r
from handlers.transport.screens import Button, Screen, View, screen
from menus import people
from nutrition.menu import Slot
from nutrition.person import Restriction, Strength

MEALS_NAMED = 3
LABEL_CHARACTERS = 24


@screen("restricoes")
async def listing(view: View) -> Screen:
    """All of them, one row each; a tap opens one."""
    t, every = view.t, await _held(view)
    held = [item for item in every if not _silent(item)]
    health = [_label(view, item) for item in every if _silent(item)]
    by_health = t(r.BY_HEALTH, items=t.listing(health)) if health else ""
    ends = ((Button(t.plain(b.ADD), "r_mais"),), *(places(t, ("perfil",)) if health else ()))
    if not held:
        return Screen(joined([t(r.TITLE), by_health, t(r.HOW_TO_ADD if health else r.EMPTY)]), ends)
    names = [capitalised(_label(view, item)) for item in held]
    lines = [t(r.LINE, label=name) for name in names]
    rows = [(Button(shortened(name), f"r:{key(item.code)}"),) for name, item in zip(names, held, strict=True)]
    return Screen(joined([t(r.TITLE), *lines, by_health, t(r.HOW_TO_ADD)]), (*rows, *ends))


@screen("restricao")
async def one(view: View, *, code: str) -> Screen:
    """One item: what it is, in whose words, and the button that takes it out."""
    t, held = view.t, await _held(view)
    item = next((each for each in held if each.code == code), None)
    if item is None:
        return await listing(view)
    sentence = r.DETAIL if item.said.strip() else r.DETAIL_NO_WORDS
    text = t(sentence, label=capitalised(_label(view, item)), said=item.said[:200])
    lines = covered(t, item, view.services.table)
    known = is_among_foods(item.code.removeprefix("word:"), view.services.table)
    promise = r.DETAIL_LITERAL if known else r.DETAIL_NOT_AMONG_FOODS
    literal = [t(promise)] if item.code.startswith("word:") else []
    remove = Button(t.plain(b.REMOVE), f"r_tira:{key(code)}")
    return Screen(joined([text, *literal, *lines]), ((remove, place(t, "restricoes", b.BACK)),))


@screen("restricao_pergunta")
async def ask(view: View) -> Screen:
    """Ask for words."""
    return Screen(view.t(r.ASK), ((place(view.t, "restricoes", b.BACK),),))


@screen("restricao_anotada")
async def noted(
    view: View,
    *,
    codes: list[str],
    words: list[str],
    known: list[str],
    out: list[list[str]],
    allowed: list[str],
    stays: list[str],
    shut: list[str] | None = None,
) -> Screen:
    """What was understood and what it took out: ``out`` holds [date, slot] of the meals that had it. Sent again after a
    stop, it may find that all of it was allowed again meanwhile."""
    t, held = view.t, {item.code: item for item in await _held(view)}
    added = [held[code] for code in codes if code in held and not code.startswith("word:")]
    again = [held[code] for code in known if code in held]
    still = [held[code] for code in stays if code in held]
    text = joined(
        [
            _noted(view, added),
            *(_kept_literally(view, each) for each in words),
            t(r.ALREADY, items=_labels(view, again)) if again and not added else "",
            _taken_out(t, out) if added or words else "",
            t(r.STILL_EATS, items=t.listing(_permitted(view, allowed))) if allowed else "",
            t(r.STAYS_OUT, items=t.listing(_permitted(view, shut))) if shut else "",
            t(r.ALLERGY_STAYS, items=_labels(view, still)) if still else "",
            t(r.LABELS) if any(item.strength is Strength.ALERGIA for item in added) else "",
        ]
    )
    if not text:
        return Screen(t(r.GONE_SINCE), places(t, ("restricoes",)))
    return Screen(text, (*_mending(t, out), *places(t, ("restricoes",))))


@screen("restricao_duvida")
async def doubt(view: View, *, code: str) -> Screen:
    """What was meant? Until the answer the strictest reading holds."""
    t, asked = view.t, DOUBTS[code]
    buttons = tuple((Button(t.plain(label), f"r_tipo:{code}:{kind}"),) for kind, label in asked.answers)
    return Screen(t(asked.sentence), buttons)


@screen("restricao_acertada")
async def settled(view: View, *, code: str, item: dict[str, str] | None) -> Screen:
    """The question was answered: what stands now."""
    t = view.t
    if item is None:
        return Screen(t(r.SETTLED_OUT, label=_permitted(view, [code])[0]), places(t, ("restricoes",)))
    now = Restriction(item["code"], Strength(item["strength"]), item["said"])
    return Screen(t(r.SETTLED, label=_label(view, now)), places(t, ("restricoes",)))


@screen("restricao_nada")
async def nothing_found(view: View) -> Screen:
    """The words named no food."""
    return Screen(view.t(r.NOTHING_FOUND), places(view.t, ("restricoes",)))


@screen("restricao_tirar_alergia")
async def confirm(view: View, *, code: str) -> Screen:
    """An allergy leaves only by a clear yes."""
    t, held = view.t, await _held(view)
    item = next((each for each in held if each.code == code), None)
    if item is None:
        return Screen(t(r.GONE), places(t, ("restricoes",)))
    keep = Button(t.plain(b.KEEP_ALLERGY), f"r_fica:{key(code)}", style="primary")
    remove = Button(t.plain(b.REMOVE_ALLERGY), f"r_confirma:{key(code)}")
    return Screen(t(r.REMOVE_ALLERGY, label=_label(view, item)), ((keep,), (remove,)))


@screen("restricao_tirada")
async def removed(view: View, *, item: dict[str, Any]) -> Screen:
    """One was taken out."""
    t = view.t
    gone = Restriction(item["code"], Strength(item["strength"]), item["said"])
    return Screen(t(r.REMOVED, label=_label(view, gone)), places(t, ("nova",), ("restricoes",)))


@screen("restricao_fica")
async def kept(view: View, *, code: str) -> Screen:
    """It stays."""
    t, held = view.t, await _held(view)
    item = next((each for each in held if each.code == code), None)
    if item is None:
        return Screen(t(r.GONE), places(t, ("restricoes",)))
    return Screen(t(r.KEPT, label=_label(view, item)), places(t, ("restricoes",)))


def _mending(t: Catalogue, out: list[list[str]]) -> Rows:
    """What offers other dishes for the meals that went out, or another week."""
    if not out:
        return ()
    label = t.plain(c.SWAP_BOTH, n=len(out)) if len(out) > 1 else t.plain(c.PICK_OTHER)
    data = "repoe" if len(out) > 1 else f"troca:{out[0][0]}:{out[0][1]}"
    return ((Button(label, data=data),), (place(t, "nova"),))


def shortened(text: str) -> str:
    """A label of data, cut where a phone would cut it; the message has it whole."""
    return text if len(text) <= LABEL_CHARACTERS else text[: LABEL_CHARACTERS - 1].rstrip() + "…"


def _noted(view: View, added: list[Restriction]) -> Markup | str:
    if not added:
        return ""
    allergy = any(item.strength is Strength.ALERGIA for item in added)
    sentence = r.NOTED_ALLERGY if allergy else r.NOTED
    also = view.t(r.ALSO_CRUSTACEANS) if any(item.code == "crustaceos" for item in added) else ""
    return joined([view.t(sentence, items=_labels(view, added)), also])


def _kept_literally(view: View, words: str) -> Markup:
    known = is_among_foods(words, view.services.table)
    return view.t(r.NOT_UNDERSTOOD if known else r.NOT_AMONG_FOODS, words=words)


def _taken_out(t: Catalogue, out: list[list[str]]) -> Markup:
    if not out:
        return t(r.NOTHING_OUT)

    named = [
        t.plain(
            r.MEAL_OF, slot=t.plain(SLOTS[Slot(slot)]).lower(), weekday=t.weekday(date.fromisoformat(day))
        )
        for day, slot in out[:MEALS_NAMED]
    ]
    rest = len(out) - MEALS_NAMED
    if rest > 0:
        named.append(str(t.count(r.AND_MORE, rest)))
    return t.count(r.TAKEN_OUT, len(out), meals=t.listing(named))


def _labels(view: View, items: list[Restriction]) -> str:
    return view.t.listing([_label(view, item) for item in items])


def _label(view: View, item: Restriction) -> str:
    return named(item, view.services.table)


def _silent(item: Restriction) -> bool:
    """Whether it follows from a health situation: it is listed, and leaves, with that situation in /perfil."""
    return item.strength is Strength.CONDICAO and not item.said


def _permitted(view: View, codes: list[str]) -> list[str]:
    return [named(Restriction(code, Strength.DIETA, ""), view.services.table) for code in codes]


async def _held(view: View) -> tuple[Restriction, ...]:
    return await people.restrictions_of(view.conn, view.person.id) if view.person else ()
