"""/uso: what Gemini costs, what failed, what waits."""

from collections import Counter

from markupsafe import Markup

from handlers.catalogue import Catalogue, joined, paragraphs
from handlers.texts import operations as o
from handlers.transport.screens import Screen, View, screen
from menus.operations import Figures, KindUsage

KINDS: dict[str, str] = {
    "menu": o.KIND_MENU,
    "repair": o.KIND_REPAIR,
    "answer": o.KIND_ANSWER,
    "pergunta": o.KIND_ANSWER,
    "intent": o.KIND_INTENT,
}
OUTCOMES: dict[str, str] = {
    "GeminiAway": o.AWAY,
    "GeminiQuota": o.QUOTA,
    "GeminiKeyRejected": o.KEY,
    "GeminiModelMissing": o.MODEL,
    "GeminiBadRequest": o.REQUEST,
    "GeminiBlocked": o.BLOCKED,
    "GeminiUnreadable": o.UNREADABLE,
}
LATER = ("told_to_wait", "not_sent", "server_failed", "ambiguous")
"""Tries that are made again."""


@screen("uso")
async def usage(view: View) -> Screen:
    """Figures for operators; whoever else it is shown to (an operator no more) gets nothing of them."""
    t, operations = view.t, view.services.operations
    if view.chat_id not in operations.admin_ids:
        return Screen(t(o.NO_KEY))
    figures = await operations.look(view.conn, view.now)
    blocks = (_gemini(t, figures), _house(t, figures), _since_start(t, figures))
    return Screen(paragraphs([joined(block) for block in blocks]))


def _gemini(t: Catalogue, figures: Figures) -> list[Markup]:
    if figures.budget is None:
        return [t(o.NO_KEY)]
    total = figures.total
    return [
        t(o.TITLE),
        t(o.TOTAL, requests=total.requests, budget=figures.budget, left=figures.left),
        t(o.TOKENS, tokens_in=total.tokens_in, tokens_out=total.tokens_out),
        t.count(o.PEOPLE, figures.people_today),
        *(_kind(t, item) for item in figures.kinds),
        _failures(t, figures),
        t(o.INVENTED, count=figures.invented),
    ]


def _kind(t: Catalogue, item: KindUsage) -> Markup:
    return t(
        o.KIND,
        kind=t.plain(KINDS.get(item.kind, o.KIND_OTHER)),
        requests=item.usage.requests,
        failures=item.usage.failures,
        people=item.people,
    )


def _failures(t: Catalogue, figures: Figures) -> Markup:
    told = [
        t(o.FAILURE, name=t.plain(OUTCOMES[name]), count=count)
        for name, count in sorted(figures.outcomes.items(), key=lambda pair: -pair[1])
        if name in OUTCOMES
    ]
    return t(o.FAILURES, failures=t.listing(told)) if told else t(o.NO_FAILURES)


def _house(t: Catalogue, figures: Figures) -> list[Markup]:
    house = figures.house
    return [
        t(o.HOUSE),
        t.count(o.REGISTERED, house.people),
        t(o.JOBS, open=house.jobs_open, failed=house.jobs_failed),
        t(o.WAITING, inbox=house.inbox_waiting, outbox=house.outbox_waiting),
        *([t(o.OLDEST, minutes=figures.owed_minutes)] if figures.owed_minutes else []),
        t.count(o.DUE, house.reminders_due),
        t(o.ROOM, used=_megabytes(sum(figures.room.files.values())), free=_megabytes(figures.room.free)),
    ]


def _since_start(t: Catalogue, figures: Figures) -> list[Markup]:
    turns, sends = Counter(figures.turns), Counter(figures.sends)
    return [
        t(o.SINCE_START),
        t(o.TURNS, done=turns["done"], failed=turns["failed"], ignored=turns["ignored"]),
        t(
            o.SENDS,
            sent=sends["sent"],
            later=sum(sends[outcome] for outcome in LATER),
            refused=sends["refused"] + sends["broken"],
            blocked=sends["unreachable"],
        ),
    ]


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:.0f}"
