"""Screens that are one sentence and a few usual buttons, as a table."""

from collections.abc import Awaitable, Callable
from datetime import date as Date

from handlers.catalogue import joined
from handlers.keyboards import Rows, place, places
from handlers.texts import buttons as b
from handlers.texts import errors as e
from handlers.texts import export as x
from handlers.texts import guardrails as g
from handlers.texts import help as h
from handlers.texts import menu as m
from handlers.texts import onboarding as o
from handlers.texts import privacy as p
from handlers.texts import profile as f
from handlers.texts import restrictions as r
from handlers.transport.screens import Button, Screen, View, screen

SEE = (("hoje", "ajuda"),)

SENTENCES: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "ajuda": (h.HELP, (("hoje", "semana"), ("compras", "lembretes"), ("restricoes",), ("perfil",))),
    "nao_entendi": (h.NOT_UNDERSTOOD, SEE),
    "e_muito": (h.TOO_MUCH, SEE),
    "so_emoji": (h.ONLY_EMOJI, SEE),
    "emoji_bom": (h.WARM_EMOJI, ()),
    "hora_das_refeicoes": (h.MEAL_HOURS, (("lembretes", "hoje"),)),
    "acontece": (h.COMFORT, (("hoje",),)),
    "de_nada": (h.THANKS, ()),
    "midia_audio": (h.NO_AUDIO, SEE),
    "midia_foto": (h.NO_PHOTO, SEE),
    "midia_figurinha": (h.NO_STICKER, SEE),
    "midia_outra": (h.NO_OTHER, SEE),
    "botao_antigo": (h.OLD_BUTTON, SEE),
    "nada_a_cancelar": (h.NOTHING_TO_CANCEL, SEE),
    "cancelado": (h.CANCELLED, SEE),
    "sem_perfil": (m.NO_PROFILE, (("continuar",),)),
    "semanas_demais": (m.TOO_MANY_WEEKS, (("semana", "hoje"),)),
    "perguntas_demais": (h.TOO_MANY_QUESTIONS, SEE),
    "adiado": (o.POSTPONED, (("continuar",),)),
    "respostas_apagadas": (o.ANSWERS_ERASED, (("comecar",),)),
    "porque_sexo": (o.SEX_WHY, (("continuar",),)),
    "numeros_escondidos": (f.NUMBERS_OFF, ()),
    "numeros_visiveis": (f.NUMBERS_ON, ()),
    "alergia_fica": (r.REFUSE_IGNORE, (("restricoes",),)),
    "continua_guardado": (p.STAYED, SEE),
    "nada_apagado": (p.ERASE_CANCELLED, SEE),
    "tudo_apagado": (p.ERASED, (("recomecar",),)),
    "dicas": (g.TIPS, ()),
    "seguranca": (g.FOOD_SAFETY, (("apoio",),)),
    "apoio": (g.WHERE_HELP, ()),
    "ideias": (g.IDEAS, (("apoio",),)),
    "manutencao": (e.MAINTENANCE, ()),
}
"""Screen → its sentence and the verbs of its buttons."""


def _sentence(text: str, rows: tuple[tuple[str, ...], ...]) -> Callable[..., Awaitable[Screen]]:
    async def show(view: View) -> Screen:
        return Screen(view.t(text), places(view.t, *rows))

    return show


for _name, (_text, _rows) in SENTENCES.items():
    screen(_name)(_sentence(_text, _rows))


@screen("onboarding_cancelado")
async def onboarding_cancelled(view: View) -> Screen:
    """/cancelar in the middle of the questions."""
    erase = Button(view.t.plain(b.ERASE_ANSWERS), "apaga_respostas")
    return Screen(view.t(o.CANCELLED), ((place(view.t, "continuar"),), (erase,)))


@screen("privacidade")
async def privacy(view: View) -> Screen:
    """What is kept and why; before consent it leads back to the question."""
    t = view.t
    asked = view.person is not None and view.person.gemini_consent
    text = joined([t(p.PRIVACY), t(p.GEMINI_ON if asked else p.GEMINI_OFF)])
    if view.person is None or not view.person.consented:
        return Screen(text, ((place(t, "comecar", b.BACK),),))
    rows: Rows = (
        (Button(t.plain(b.SEE_ALL), "tudo"), place(t, "exportar", x.BUTTON)),
        (Button(t.plain(b.ERASE_ALL), "apagar", style="danger"),),
    )
    return Screen(text, rows)


@screen("apagar")
async def erase(view: View) -> Screen:
    """Erasing is confirmed by typing."""
    return Screen(view.t(p.ERASE), ((Button(view.t.plain(b.CANCEL), "nao_apagar"),),))


@screen("despedida")
async def farewell(view: View, *, date: str) -> Screen:
    """A year without a word: what happens, when, and how to stay."""
    t = view.t
    text = t(p.FAREWELL, day=t.day_and_month(Date.fromisoformat(date)))
    return Screen(text, ((Button(t.plain(p.STAY), "fica"),), (place(t, "exportar", x.BUTTON),)))


@screen("grupo")
async def group(view: View, *, username: str = "") -> Screen:
    """Called in a group."""
    button = Button(view.t.plain(b.OPEN_CHAT), url=f"https://t.me/{username}") if username else None
    return Screen(view.t(h.IN_GROUP), ((button,),) if button else ())


@screen("error")
async def error(view: View, *, code: str) -> Screen:
    """Something broke: what was kept, what to do, and a code that the log holds too."""
    return Screen(view.t(e.ERROR, code=code), places(view.t, ("hoje", "ajuda")))
