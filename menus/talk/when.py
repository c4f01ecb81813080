"""Days and meals in a sentence: "amanhã", "sexta à noite", "o jantar de quarta"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from nutrition.menu import Slot
from nutrition.words import fold

WEEKDAYS = ("segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo")
_DAY = re.compile(
    r"\bdepois de amanha\b|\b(?:amanha|amanhas|hoje|ontem)\b|\b(?:segunda|terca|quarta|quinta|sexta|sabado|domingo)s?\b"
)
_SLOTS: tuple[tuple[re.Pattern[str], Slot], ...] = (
    (re.compile(r"\b(?:cafe da manha|desjejum|cafe)\b"), Slot.CAFE_DA_MANHA),
    (re.compile(r"\blanche (?:da|de) manha\b|\bcolacao\b"), Slot.LANCHE_DA_MANHA),
    (re.compile(r"\balmoc\w+\b"), Slot.ALMOCO),
    (re.compile(r"\blanche (?:da|de) (?:tarde|noite)\b|\blanchinho\b"), Slot.LANCHE_DA_TARDE),
    (re.compile(r"\bjant\w+\b"), Slot.JANTAR),
    (re.compile(r"\bceia\b"), Slot.CEIA),
)
_SNACK = re.compile(r"\blanches?\b")
_NIGHT = re.compile(r"\b(?:a|de|da) noite\b")
_SHORT = (
    ("hj", "hoje"),
    ("amnh", "amanha"),
    ("amn", "amanha"),
    ("seg", "segunda"),
    ("qui", "quinta"),
    ("sex", "sexta"),
    ("sab", "sabado"),
    ("td", "tudo"),
    ("q", "que"),
    ("vc", "voce"),
    ("pro", "pra o"),
    ("pros", "pra os"),
)

LUNCH_UNTIL, DINNER_UNTIL = time(14, 0), time(21, 30)


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is said: the person's local date and time, the days of their week and its meals (none without a menu)."""

    today: date
    clock: time
    week: tuple[date, ...] = ()
    slots: frozenset[Slot] = frozenset()

    def served(self, slot: Slot) -> Slot:
        """``slot``, or the dinner where somebody's last meal is called a supper."""
        no_supper = slot is Slot.CEIA and self.slots and slot not in self.slots
        return Slot.JANTAR if no_supper and Slot.JANTAR in self.slots else slot


@dataclass(frozen=True, slots=True)
class DaySaid:
    """A day that a sentence names, at letter ``at``."""

    at: int
    end: int
    word: str

    def coming(self, moment: Moment) -> date:
        """As today or one of the six days after it."""
        near = _near(self.word, moment.today)
        if near is not None:
            return near
        return moment.today + timedelta(days=(WEEKDAYS.index(self.word) - moment.today.weekday()) % 7)

    def of_the_week(self, moment: Moment) -> date:
        """As a day of the person's week, gone or to come; without one, the last that was."""
        near = _near(self.word, moment.today)
        if near is not None:
            return near
        number = WEEKDAYS.index(self.word)
        found = next((day for day in moment.week if day.weekday() == number), None)
        return found or moment.today - timedelta(days=(moment.today.weekday() - number) % 7)


def coming(word: str, moment: Moment) -> list[date]:
    """The dates of ``word``, from today on: one, or the two of a week-end; none for a date that is no day of the next weeks."""
    if word == "fim de semana":
        first = moment.today + timedelta(days=(5 - moment.today.weekday()) % 7)
        return [moment.today] if moment.today.weekday() == 6 else [first, first + timedelta(days=1)]
    if word.isdigit():
        return [day for day in (moment.today + timedelta(days=n) for n in range(8)) if day.day == int(word)]
    return [DaySaid(0, 0, word).coming(moment)]


def of_the_week(word: str, moment: Moment) -> date | None:
    """The date of ``word`` in the person's week, gone or to come."""
    if word == "fim de semana":
        return None
    if word.isdigit():
        near = (moment.today + timedelta(days=n) for n in range(-7, 8))
        return next((day for day in near if day.day == int(word)), None)
    return DaySaid(0, 0, word).of_the_week(moment)


def plain(text: str) -> str:
    """Folded, without punctuation but commas (each a word of its own), common shortenings written out."""
    folded = re.sub(r"[,;.]+(?!\d)", " , ", fold(text))
    words = re.sub(r"[^\w, -]", " ", folded).split()
    short = dict(_SHORT)
    joined = " ".join(short.get(word, word) for word in words)
    return re.sub(r"(?:-feira)\b", "", joined).strip(" ,")


def days_in(text: str) -> list[DaySaid]:
    """The days that folded ``text`` names, in order."""
    return [DaySaid(m.start(), m.end(), _singular(m.group())) for m in _DAY.finditer(text)]


def slots_in(text: str) -> list[Slot]:
    """The meals that folded ``text`` names, in order; "lanche" alone is the afternoon's."""
    found = sorted(_found(text))
    if not found and _SNACK.search(text):
        return [Slot.LANCHE_DA_TARDE]
    return [slot for _, slot in found]


def at_night(text: str) -> bool:
    """Whether "à noite" is said."""
    return bool(_NIGHT.search(text))


def next_main(moment: Moment) -> tuple[date, Slot]:
    """The next lunch or dinner by the clock."""
    if moment.clock < LUNCH_UNTIL:
        return moment.today, Slot.ALMOCO
    if moment.clock < DINNER_UNTIL:
        return moment.today, Slot.JANTAR
    return moment.today + timedelta(days=1), Slot.ALMOCO


def _found(text: str) -> Iterator[tuple[int, Slot]]:
    for pattern, slot in _SLOTS:
        for match in pattern.finditer(text):
            yield match.start(), slot


def _near(word: str, today: date) -> date | None:
    steps = {"hoje": 0, "amanha": 1, "depois de amanha": 2, "ontem": -1, "anteontem": -2}
    return today + timedelta(days=steps[word]) if word in steps else None


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and word[:-1] in (*WEEKDAYS, "amanha") else word
