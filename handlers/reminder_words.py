"""What a sentence asks of reminders: an hour, days of the week, a place, a pause, a kind on or off. Pure functions.

``read`` is told whether reminders are being talked about. When they are not, the sentence itself must say so: by a word
for them ("me avisa"), by a place where the person is ("moro em Manaus"), or by a pause with an end ("férias até dia 20").
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from menus.places import COUNTRY, STATE, Place, Places
from menus.reminder_plan import EVERY_DAY, Kind
from nutrition.measurements import Parsed, parse_hour
from nutrition.menu import Slot
from nutrition.numerals import with_digits
from nutrition.words import fold

WORKDAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})
LONGEST_PAUSE = timedelta(days=366)

_ABOUT = re.compile(
    r"\b(me lembr\w+|lembretes?|avis(?:o|os|a|ar|e|em)|notifica\w*|mensage\w*|vespera|horario"
    r"|(?:me )?mand[ae]\w* (?:o |meu )?(?:cardapio|menu|resumo)"
    r"|(?:nao quero|sem|tira\w*|desliga\w*|para de mandar) (?:mais )?(?:o |esse )?resumo)\b"
)
_PLACE = re.compile(
    r"\b(?:moro|vivo|estou|to|tou|estamos|(?:me )?mudei|cheguei|vim|viajei)(?: agora)?"
    r" (em|no|na|nos|nas|para|pra|pro) ([^,.;!?]+(?:, ?[^,.;!?]+)?)|\b(?:horario|fuso)(?: horario)? d[eo] ([^,.;!?]+)"
)
_WITH_ARTICLE = frozenset({"Rio de Janeiro", "Recife", "Porto", "Guarujá", "Cairo"})
"""Cities said with "no"; of others "estou na praia" is no city."""

_PAUSE = re.compile(r"\b(paus\w+|ferias|viaj\w+|viagem|suspend\w+|folga)\b")
_INCLUSIVE = re.compile(r"\b(ferias|viaj\w+|viagem|folga)\b")
_RESUME = re.compile(r"\b(volt\w+|retom\w+|despaus\w+|relig\w+)\b")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"), start=1
    )
}
_DATE = re.compile(
    r"\b(ate|volto|voltar?|retorno)(?: (?:no|na|o|a|em))?(?: dia)? (\d{1,2})(?:[/.-](\d{1,2})| de ([a-z]{3})[a-z]*)?\b"
    r"(?! ?(?:h|:|dias|semanas|mes))"
)
_UNTIL_DAY = re.compile(
    r"\b(ate|volto|voltar?|retorno)(?: (?:no|na|o|a))? (?:proxim[ao] )?"
    r"(amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo)\b"
)
_FOR = re.compile(r"\b(\d{1,3}) (dias?|semanas?|mes|meses)\b|\b(ess[ae]|est[ae]) (semana)\b|\b(hoje)\b")
_LENGTHS = {"dia": 1, "sem": 7, "mes": 30}

_WEEKDAYS = {
    "seg": 0, "segunda": 0, "segundas": 0, "ter": 1, "terca": 1, "tercas": 1, "qua": 2, "quarta": 2, "quartas": 2,
    "qui": 3, "quinta": 3, "quintas": 3, "sex": 4, "sexta": 4, "sextas": 4, "sab": 5, "sabado": 5, "sabados": 5,
    "dom": 6, "domingo": 6, "domingos": 6,
}  # fmt: skip
_NAME = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_RANGE = re.compile(rf"\b({_NAME})(?:-?feira)? (?:a|ate|ao) ({_NAME})\b")
_ONE = re.compile(rf"\b({_NAME})\b")
_BUT = re.compile(r"\b(?:menos|exceto|tirando|fora|nao)\b(.*)")
_ALL = re.compile(r"\b(todo dia|todos os dias|diariamente|dia sim dia sim|a semana (?:toda|inteira))\b")
_WORK = re.compile(r"\b(dias? (?:uteis|util)|dias? de semana|durante a semana)\b")
_END = re.compile(r"\b(fi(?:m|ns)|finai?s?) de semana\b|\bfds\b")

_EVE = re.compile(r"\b(vespera|(?:dia|noite) (?:anterior|antes)|descongel\w+|de molho)\b")
_MEALS = re.compile(
    r"\b(?:antes d[aeo]s?|hora d[aeo]s?|cada) (?:cada )?(refeic\w+|comer|cafe|almoco|lanches?|jantar|ceia)\b"
)
_SUMMARY = re.compile(r"\bresumo\b")
_WEEKLY = re.compile(r"\b(semanal|semanalmente|proxima semana|montar a semana)\b")
_AROUND_HOUR = frozenset(
    re.findall(
        r"\w+",
        "a as ao aos o os das da de do em la para pra pras pelas por volta umas hora horas h e meia "
        "mais cedo tarde noite manha ja entao melhor prefiro quero pode ser muda mude mudar troca "
        "troque trocar passa passe bota poe coloca so nao sim ok agora todo todos dia dias",
    )
)
"""What may stand around an hour that does not say of itself that it is one: "melhor às 8", but not "quero 4 refeições"."""

_COUNT = re.compile(
    r"\b(?:\d{1,2}|um|uma|dois|duas|tres|quatro|cinco|seis|sete|oito) (?:refeic\w+|vezes (?:por|ao|no) dia)\b"
)
"""How many meals, and no hour."""

_NO = re.compile(r"\b(nao|sem|desliga\w*|tira\w*|para de|chega de)\b")
_SLOTS = {
    "caf": (Slot.CAFE_DA_MANHA,),
    "alm": (Slot.ALMOCO,),
    "lan": (Slot.LANCHE_DA_MANHA, Slot.LANCHE_DA_TARDE),
    "jan": (Slot.JANTAR,),
    "cei": (Slot.CEIA,),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What was understood; None and empty where nothing was said.

    ``kinds`` are those that are meant (the day's menu when nothing else is named); ``off`` turns them off. ``places`` has
    one place, or those among which the person must choose. ``resumes_on``: pause until that date. ``pause`` alone asks how
    long.
    """

    kinds: tuple[Kind, ...] = ()
    off: bool = False
    hour: Parsed | None = None
    days: frozenset[int] | None = None
    places: tuple[Place, ...] = ()
    pause: bool = False
    resumes_on: date | None = None
    resume: bool = False


def read(text: str, today: date, places: Places, *, about_reminders: bool) -> Wish | None:
    """What ``text`` asks; None when it asks nothing of reminders."""
    said = " ".join(with_digits(text[:200]).split())
    named = bool(_ABOUT.search(said))
    found = place_in(said, places)
    if found:
        return Wish(places=found)
    if _PAUSE.search(said):
        until = pause_until(said, today)
        if until or about_reminders or named or "paus" in said:
            return Wish(pause=True, resumes_on=until)
    if not (named or about_reminders):
        return None
    if named and _RESUME.search(said):
        return Wish(resume=True)
    return _settings(said, text, alone=about_reminders and not named)


def counts_meals(text: str) -> bool:
    """Whether ``text`` says how many meals a day there are to be, and no hour: "quero 4 refeições"."""
    rest = parse_hour(_COUNT.sub(" ", fold(text)))
    return bool(_COUNT.search(fold(text))) and rest.value is None and not rest.suggestions


def place_in(said: str, places: Places) -> tuple[Place, ...]:
    """Where a folded sentence says that the person is; empty when it names no place of the table."""
    match = _PLACE.search(said)
    if match is None:
        return ()
    found = places.named(match[2] or match[3]) or places.named((match[2] or match[3]).split(",")[0])
    if match[1] in ("no", "na", "nos", "nas"):
        return tuple(p for p in found if p.region in (STATE, COUNTRY) or p.name in _WITH_ARTICLE)
    return found


def pause_until(text: str, today: date) -> date | None:
    """The date on which reminders come again: "férias até dia 20" → the 21st, "volto dia 21" → the 21st,
    "1 semana" → in seven days. None when no end is said, or one that is past or more than a year away."""
    said = " ".join(with_digits(text).split())
    end = _named_date(said, today) or _named_day(said, today) or _length(said, today)
    return end if end is not None and today < end <= today + LONGEST_PAUSE else None


def days_of_week(text: str) -> frozenset[int] | None:
    """The days that ``text`` names: "de segunda a sexta", "fim de semana", "seg, qua e sex", "todo dia menos domingo"."""
    said = fold(text)
    but = _BUT.search(said)
    if but is not None:
        left = (_days(said[: but.start()]) or EVERY_DAY) - (_days(but[1]) or frozenset())
        return left if _days(but[1]) and left else None
    return _days(said)


def _days(said: str) -> frozenset[int] | None:
    found: set[int] = set()
    if _ALL.search(said):
        return EVERY_DAY
    if _WORK.search(said):
        found |= WORKDAYS
    if _END.search(said):
        found |= WEEKEND
    for match in _RANGE.finditer(said):
        first, last = _WEEKDAYS[match[1]], _WEEKDAYS[match[2]]
        found |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    found |= {_WEEKDAYS[match[1]] for match in _ONE.finditer(_RANGE.sub(" ", said))}
    return frozenset(found) or None


def _settings(said: str, text: str, *, alone: bool) -> Wish | None:
    """An hour, days or kinds. When reminders are only in the air (``alone``), one day of the week means its menu."""
    kinds = _kinds(said)
    hour, days = parse_hour(_COUNT.sub(" ", fold(text))), days_of_week(said)
    off = bool(kinds and _NO.search(said))
    if alone and not kinds and days is not None and len(days) == 1 and hour.value is None:
        days = None
    understood = (
        hour if hour.value is not None or (hour.suggestions and not (alone and _of_something(said))) else None
    )
    if not (kinds or understood or days):
        return None
    return Wish(kinds=kinds, off=off, hour=None if off else understood, days=None if off else days)


def _of_something(said: str) -> bool:
    """Whether a number may well be of something else than an hour."""
    words = re.findall(r"[a-z]+", said)
    return not (set(words) <= _AROUND_HOUR | set(_WEEKDAYS) or re.search(r"\bas \d", said))


def _kinds(said: str) -> tuple[Kind, ...]:
    if _EVE.search(said):
        return (Kind.EVE,)
    if _SUMMARY.search(said):
        return (Kind.SUMMARY,)
    if _WEEKLY.search(said):
        return (Kind.WEEK,)
    match = _MEALS.search(said)
    if match is None:
        return ()
    slots = _SLOTS.get(match[1][:3], tuple(Slot))
    return tuple(Kind(slot.value) for slot in slots)


def _named_date(said: str, today: date) -> date | None:
    match = _DATE.search(said)
    if match is None:
        return None
    month = int(match[3]) if match[3] else _MONTHS.get(match[4] or "", 0)
    found = _next_date(int(match[2]), month, today)
    inclusive = match[1] == "ate"
    return found + timedelta(days=1) if found is not None and inclusive else found


def _next_date(day: int, month: int, today: date) -> date | None:
    """The next date with this day of the month, and this month when it is not 0."""
    for ahead in range(0, 367):
        candidate = today + timedelta(days=ahead)
        if candidate.day == day and month in (0, candidate.month):
            return candidate
    return None


def _named_day(said: str, today: date) -> date | None:
    match = _UNTIL_DAY.search(said)
    if match is None:
        return None
    ahead = 1 if match[2] == "amanha" else (_WEEKDAYS[match[2]] - today.weekday()) % 7 or 7
    inclusive = match[1] == "ate" and (match[2] == "amanha" or _INCLUSIVE.search(said))
    return today + timedelta(days=ahead + bool(inclusive))


def _length(said: str, today: date) -> date | None:
    match = _FOR.search(said)
    if match is None:
        return None
    if match[5]:
        return today + timedelta(days=1)
    if match[4]:
        return today + timedelta(days=7 - today.weekday())
    return today + timedelta(days=int(match[1]) * _LENGTHS[match[2][:3]])
