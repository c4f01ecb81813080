"""Lines that open a meal: "Café da manhã (7h00): …", "07:00 - Almoço", "Refeição 4 – Pré-treino – 16h", "No jantar, às 20h…"."""

import re
from dataclasses import dataclass

from nutrition.menu import Slot
from rag.plans.words import PlanWords, longest_first

_HOUR = r"(?:[01]?\d|2[0-4])\s*(?:h(?:oras?|rs?|s)?\b\s*(?:[0-5]\d)?(?:\s*min)?|h[0-5]\d|:[0-5]\d(?:\s*h(?:s|oras?)?\b)?)"
HOUR = re.compile(rf"(?<![\d/.,]){_HOUR}")
_PARTS = re.compile(r"(\d{1,2})\D*?([0-5]\d)?\D*$")
_BETWEEN = r"[\s:;–—\-|(),.*_]*"
_TIME = re.compile(
    rf"{_BETWEEN}(?:(?:as|por volta d[ae]s?|entre|das|horario|hora|ate|a|e)\b{_BETWEEN})*(?P<hour>{_HOUR})"
)
_MAY_FOLLOW = re.compile(
    r"$|[^a-z0-9]*$|\s*[:–—\-|(,.*/]|\s+(?:as|por|entre|das|opcao|\d)\b|\s+\d|\s+e\s|\s*&"
)
_PARTS_OF_DAY = {
    "cafe": Slot.CAFE_DA_MANHA,
    "manha": Slot.CAFE_DA_MANHA,
    "tarde": Slot.LANCHE_DA_TARDE,
    "noite": Slot.JANTAR,
}
_PART_OF_DAY = re.compile(rf"^[^a-z0-9]*(?P<name>{'|'.join(_PARTS_OF_DAY)})\b")
_NUMBERED = re.compile(
    r"^[^a-z0-9]*(?:(?:refeicao|ref)\.?\s*(?:n[º°o]?\s*)?\d{1,2}|\d{1,2}\s*[aªº]\s*refeicao)\b"
)
OPTION = re.compile(
    r"^[^a-z0-9]*(?:(?:opcao|op|cardapio|sugestao)\s*\d{1,2}|\d{1,2}\s*[aªº]\s*opcao)\b[\s:–—.\-)]*"
)
CHOICE = re.compile(r"\bescolh\w+ (?:1|uma|um)\b|^[^a-z0-9]*opcoes\s*:\s*$")
"""Says that each item of the list below is a meal."""

OR_ALONE = re.compile(r"^[^a-z0-9]*ou[^a-z0-9]*$")


@dataclass(frozen=True, slots=True)
class Header:
    """``slots`` of the meal; empty for a snack whose place in the day its hour or its neighbours tell.

    ``rest`` is where in the text the food begins. ``numbered``: "Refeição 2", any meal of the day.
    """

    slots: tuple[Slot, ...]
    hour: str | None
    rest: int
    numbered: bool = False


class HeaderReader:
    """Finds meals' names at the beginning of lines."""

    def __init__(self, words: PlanWords) -> None:
        self._meals = words.meals
        names = longest_first(words.meals)
        numbered = r"(?:(?:refeicao|ref)\s*\d{1,2}|\d{1,2}\s*[aªº]\s*refeicao|\d{1,2}\s*[.)])"
        self._start = re.compile(
            rf"^[^a-z0-9]*(?:(?P<before>{_HOUR}){_BETWEEN})?(?:{numbered}{_BETWEEN})?"
            rf"(?:(?P<before2>{_HOUR}){_BETWEEN})?(?P<prose>(?:no|na|para o|para a|ao)\s+)?(?P<name>{names})\b"
        )
        self._second = re.compile(rf"^\s*(?:e|/|&|ou)\s*(?P<name>{names})\b")

    def at(self, folded: str) -> Header | None:
        """The meal that a line opens, else None."""
        found = self._start.match(folded)
        if found is None:
            return self._part_of_day(folded) or self._numbered(folded)
        end = found.end()
        names = [found["name"]]
        if second := self._second.match(folded[end:]):
            names.append(second["name"])
            end += second.end()
        if not found["prose"] and not _MAY_FOLLOW.match(folded[end:]):
            return None
        hour, end = _hour_after(folded, end)
        hour = found["before"] or found["before2"] or hour
        slots = tuple(slot for name in names if (slot := self._meals[name]) is not None)
        return Header(slots, hour_of(hour) if hour else None, _skipped(folded, end))

    def _part_of_day(self, folded: str) -> Header | None:
        """ "MANHÃ (8h)", "Café 7h": words that name a meal only with its hour."""
        found = _PART_OF_DAY.match(folded)
        if found is None:
            return None
        hour, end = _hour_after(folded, found.end())
        if hour is None:
            return None
        return Header((_PARTS_OF_DAY[found["name"]],), hour_of(hour), _skipped(folded, end))

    def _numbered(self, folded: str) -> Header | None:
        found = _NUMBERED.match(folded)
        if found is None or not _MAY_FOLLOW.match(folded[found.end() :]):
            return None
        hour, end = _hour_after(folded, found.end())
        return Header((), hour_of(hour) if hour else None, _skipped(folded, end), numbered=True)

    def is_meal(self, folded: str) -> bool:
        """Whether a whole text is but the name of a meal (and its hour)."""
        header = self.at(folded)
        return header is not None and not folded[header.rest :].strip()


def _hour_after(folded: str, end: int) -> tuple[str | None, int]:
    """The hour that follows a meal's name, and where it ends."""
    hour: str | None = None
    while time := _TIME.match(folded[end:]):
        hour = hour or time["hour"]
        end += time.end()
    return hour, end


def _skipped(folded: str, at: int) -> int:
    while at < len(folded) and not (folded[at].isalnum() or folded[at] in "½¼¾("):
        at += 1
    return at


def hour_of(text: str) -> str | None:
    """ "7h00", "12h", "16:30 h" as "HH:MM"."""
    numbers = re.findall(r"\d+", text)
    if not numbers:
        return None
    hour, minute = int(numbers[0]) % 24, int(numbers[1]) if len(numbers) > 1 else 0
    return f"{hour:02d}:{minute:02d}" if minute < 60 else None
