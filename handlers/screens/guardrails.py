"""What guardrails show: never a menu, never figures of the body; help as a word and a number, and what we can do."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from handlers.catalogue import joined, paragraphs
from handlers.keyboards import Rows, place, places
from handlers.onboarding import wording
from handlers.screens.shown import Shown
from handlers.texts import buttons as b
from handlers.texts import guardrails as g
from handlers.transport.screens import Button, Screen, View, screen

REFERRALS: tuple[tuple[str, str, tuple[tuple[str, ...], ...]], ...] = ()


@screen("emergencia")
async def emergency(view: View) -> Screen:
    """An allergic reaction happening now; no buttons, nothing before the number."""
    return Screen(view.t(g.EMERGENCY))


@screen("menor")
async def minor(view: View, *, again: bool) -> Screen:
    """Under 18. One correction of a mistyped age, then only the tips."""
    t = view.t
    fix = () if again else ((Button(t.plain(b.WRONG_AGE), "recomecar"),),)
    return Screen(t(g.MINOR), ((place(t, "dicas"),), *fix))


@screen("encaminhar")
async def refer(view: View, *, reasons: list[str]) -> Screen:
    """No menu here: why, where help is, what we can still do."""
    text, buttons = referral_of(view, reasons)
    return Screen(text, buttons)


@screen("sem_deficit")
async def no_deficit(view: View) -> Screen:
    """Losing weight is not for these figures; offer what is."""
    t = view.t
    return Screen(
        t(g.LOW_WEIGHT),
        (
            (Button(t.plain(b.MAINTAIN), "objetivo:manter"),),
            (Button(t.plain(b.GAIN), "objetivo:ganhar"),),
            (Button(t.plain(b.WHY), "porque"),),
        ),
    )


@screen("aviso")
async def notice(view: View, *, reasons: list[str]) -> Screen:
    """Said once, before the first week of someone who may have a menu with a notice."""
    return Screen(notice_text(view, reasons))


@screen("anotado_saude")
async def noted(view: View, *, conditions: list[str], reasons: list[str]) -> Screen:
    """A health fact was noted and a menu is still possible."""
    t = view.t
    head = t(g.NOTED_HEALTH, items=wording.conditions(t, conditions))
    return Screen(paragraphs([head, notice_text(view, reasons)]))


def referral(view: View, found: Shown) -> Screen:
    """In the place of a day or a week, for someone whose menu is for a professional."""
    assessment = found.review.assessment if found.review else None
    text, buttons = referral_of(view, [reason.value for reason in assessment.reasons] if assessment else [])
    return Screen(text, buttons)


def referral_of(view: View, reasons: Sequence[str]) -> tuple[Markup, Rows]:
    """The sentence of the gravest reason, and its buttons."""
    t = view.t
    fix = (Button(t.plain(b.FIX_ANSWER), "item:health"),)
    for code, sentence, rows in REFERRALS:
        if code in reasons:
            return t(sentence), (*places(t, *rows), fix)
    return t(g.ILLNESS), (*places(t, ("apoio",)), fix)


def notice_text(view: View, reasons: Iterable[str]) -> Markup:
    """The general notice and a line for each reason that has one."""
    told = [view.t(NOTICES[code]) for code in reasons if code in NOTICES]
    return joined([*told, view.t(g.NOTICE)])


NOTICES: dict[str, str] = {}
