"""A week being made: one message edited as it advances, then the result as a new one."""

from datetime import date as Date
from datetime import timedelta

from markupsafe import Markup

from handlers.catalogue import Catalogue, joined
from handlers.keyboards import place, places
from handlers.screens import guardrails, unmet
from handlers.screens.shown import local_date, shown
from handlers.texts import buttons as b
from handlers.texts import menu as m
from handlers.transport.screens import Button, Screen, View, screen
from nutrition.menu import Week

NOTES: dict[str, str] = {
    "gemini_away": m.GEMINI_AWAY,
    "gemini_quota": m.GEMINI_QUOTA,
    "gemini_person_budget": m.GEMINI_BUDGET,
    "gemini_partly": m.GEMINI_PARTLY,
    "plain_dishes": m.PLAIN_DISHES,
}


@screen("progresso")
async def progress(view: View, *, job: int, done: int = 0, total: int = 0, resumed: bool = False) -> Screen:
    """How far the week is; the message's id is remembered, so that the next step edits it."""
    t = view.t
    stop = Button(t.plain(b.STOP), "parar")
    if done and done >= total:
        return Screen(t(m.CHECKING), remember=f"job:{job}")
    if resumed:
        text = t(m.BACK_AGAIN, done=done, total=total)
    elif done:
        text = _days_done(t, local_date(view) + timedelta(days=done - 1), done, total)
    else:
        text = t(m.STARTED)
    return Screen(text, ((stop,),), remember=f"job:{job}")


@screen("semana_pronta")
async def ready(view: View, *, job: int = 0) -> Screen:
    """The progress message at its end; what has to be told about the week stands here."""
    t, found = view.t, await shown(view)
    if found.week is None:
        return Screen(t(m.NO_WEEK), ((place(t, "nova", b.MAKE_WEEK),),))
    return Screen(joined([_span(t, found.week), *notes(t, found.week, hidden=found.hidden)]))


@screen("semana_falhou")
async def failed(view: View, *, code: str, job: int = 0) -> Screen:
    """The week could not be made: no dish fits, the person was referred meanwhile, or something broke."""
    t = view.t
    if code == "refer":
        return guardrails.referral(view, await shown(view))
    if code in ("no_dishes", "unsafe"):
        return Screen(t(m.NO_DISHES), places(t, ("restricoes",), ("nova",)))
    again = ((place(t, "nova", b.TRY_AGAIN),),)
    return Screen(t(m.FAILED, code=code.upper() if code.isalnum() else spelled(job)), again)


def spelled(job: int) -> str:
    """A code that is easily read aloud for a failure that has a name of ours: the job's number, in letters."""
    letters, text = "ABCDEFGHJKLMNPQRSTUVWXYZ", ""
    while job or not text:
        job, rest = divmod(job, len(letters))
        text = letters[rest] + text
    return f"S-{text}"


@screen("ja_montando")
async def already(view: View, *, done: int, total: int) -> Screen:
    """Asked again while the week is being made."""
    text = view.t(m.ALREADY, done=done, total=total) if total else view.t(m.STARTED)
    return Screen(text, ((Button(view.t.plain(b.STOP), "parar"),),))


@screen("parado")
async def stopped(view: View) -> Screen:
    """The person stopped the making of a week."""
    return Screen(view.t(m.STOPPED), places(view.t, ("montar",)))


def notes(t: Catalogue, week: Week, *, hidden: bool) -> list[Markup]:
    """What has to be said about a finished week: who wrote it, what did not fit."""
    told = [t(NOTES[code]) for code in week.notes if code in NOTES]
    return [*told, *unmet.sentences(t, week.unmet, hidden=hidden)]


def _span(t: Catalogue, week: Week) -> Markup:
    return t(m.READY, span=t.span(week.days[0].date, week.days[-1].date))


def _days_done(t: Catalogue, last: Date, done: int, total: int) -> Markup:
    masculine = last.weekday() >= 5  # sábado and domingo
    sentence = m.DAYS_DONE_MASCULINE if masculine else m.DAYS_DONE
    return t(sentence, weekday=t.weekday(last), done=done, total=total)
