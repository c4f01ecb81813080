"""Buttons used by more than one screen. Callback data is ``verb:arg:arg``, at most 64 bytes, dates and codes only."""

from datetime import date

from handlers.catalogue import Catalogue, capitalised
from handlers.texts import buttons as b
from handlers.texts import documents as d
from handlers.texts import shopping as s
from handlers.texts import tastes as g
from handlers.transport.screens import Button

Row = tuple[Button, ...]
Rows = tuple[Row, ...]

PLACES: dict[str, str] = {
    "comecar": b.BEGIN,
    "continuar": b.CONTINUE,
    "recomecar": b.START_OVER,
    "montar": b.MAKE_WEEK,
    "nova": b.NEW_WEEK,
    "semana": b.SEE_WEEK,
    "hoje": b.SEE_TODAY,
    "compras": s.SHOPPING,
    "restricoes": b.SEE_RESTRICTIONS,
    "perfil": b.PROFILE,
    "lembretes": b.REMINDERS,
    "ajuda": b.HELP,
    "privacidade": b.PRIVACY,
    "documentos": d.SEE_DOCUMENTS,
    "doc_mande": d.SEND_PLAN,
    "dicas": b.GENERAL_TIPS,
    "seguranca": b.SAFE_FOOD,
    "apoio": b.WHERE_HELP,
    "ideias": b.IDEAS,
    "apagar": b.ERASE_MY_DATA,
    "gostos": g.TASTES,
    "exportar": b.EXPORT,
}
"""Where a button without arguments leads, by its callback verb."""


def place(t: Catalogue, verb: str, label: str = "") -> Button:
    """The button that leads to ``verb``, with its usual label or another."""
    return Button(t.plain(label or PLACES[verb]), verb)


def places(t: Catalogue, *rows: tuple[str, ...]) -> Rows:
    """Rows of usual buttons, by their verbs."""
    return tuple(tuple(place(t, verb) for verb in row) for row in rows)


def day_button(t: Catalogue, label: str, day: date) -> Button:
    """A button that shows ``day``, editing the message it stands under."""
    return Button(t.plain(label, day=capitalised(t.weekday(day))), f"dia:{day.isoformat()}")


def new_day_button(t: Catalogue, label: str, day: date) -> Button:
    """A button that shows ``day`` as a new message: the one it stands under is worth keeping."""
    return Button(t.plain(label, day=capitalised(t.weekday(day))), f"mostra:{day.isoformat()}")
