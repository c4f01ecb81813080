"""Hours as Brazilians write them, read as local "HH:MM"."""

import re

from nutrition.numerals import with_digits

_PERIODS = {
    "manha": "manha", "matina": "manha", "tard": "tarde", "noit": "noite", "madrugada": "madrugada",
}  # fmt: skip
_PERIOD = re.compile(
    r"\b(?:da|de|a|pela|na) (?:parte da )?(?P<period>manha|manhazinha|matina|tarde|tardinha|noite|noitinha|madrugada)\b"
    r"|(?P<clock>(?<![a-z])[ap]\.? ?m\b\.?)|(?P<early>\bcedo\b)"
)
_TO = re.compile(
    r"\b(\d{1,2})(?: minutos?)? (?:pras?|para(?: as?)?|p/|pro|para o) (\d{1,2}|meio[- ]dia|meia[- ]noite)\b"
)
_NAMED = re.compile(r"\b(meio[- ]dia|meia[- ]noite)\b(?: e (meia|\d{1,2}))?")
_CLOCK = re.compile(
    r"(?<![\d:.,])(\d{1,3}) ?(?:(h(?:oras?|rs?|s)?\b|h(?=\d))(?: ?e)? ?(?:(\d{1,2})(?: ?m(?:in(?:utos?)?)?)?\b|(meia)\b)?"
    r"|([:.])(\d{2})(?: ?h(?:s|oras?)?)?\b|()(?: ?e (?:(\d{1,2})\b|(meia)\b))?(?![\d:.,]\d|%| ?(?:kg|kcal|anos|dias|x|vezes)))"
)
_NOON, _MIDNIGHT = 12, 0


def hours_in(text: str) -> tuple[list[str], bool]:
    """Return the hours that ``text`` may mean, and whether it holds a number that is no hour ("25h").

    One hour is a sure reading; two of them are the morning's and the evening's, or two different hours.
    """
    said = re.sub(r"\b(?:1 )?quarto (?=p)", "15 ", with_digits(text))
    period = _period(said)
    rest = _PERIOD.sub(" ", said)
    found: list[str] = []
    refused = False
    for hour, minute, spoken in _times(rest, _spoken_hours(text)):
        readings = _readings(hour, minute, period, spoken)
        refused = refused or not readings
        found += readings
    return list(dict.fromkeys(found)), refused


def _period(said: str) -> str | None:
    found = _PERIOD.search(said)
    if found is None:
        return None
    if found["clock"]:
        return "manha" if found["clock"].startswith("a") else "pm"
    if found["early"]:
        return "manha"
    return next(name for key, name in _PERIODS.items() if found["period"].startswith(key))


def _spoken_hours(text: str) -> bool:
    """Whether the hour is in words ("sete horas"), as it is spoken: then it may be of the evening."""
    return not any(char.isdecimal() for char in text)


def _times(said: str, in_words: bool) -> list[tuple[int, int, bool]]:
    """Hour, minute, and whether it is said as on a dial of twelve hours."""
    times: list[tuple[int, int, bool]] = []
    for match in _TO.finditer(said):
        target = {"meio": _NOON, "meia": 24}.get(match[2][:4]) or int(match[2])
        times.append(((target - 1) % 24, 60 - int(match[1]), match[2].isdecimal()))
    rest = _TO.sub(" ", said)
    for match in _NAMED.finditer(rest):
        hour = _NOON if match[1].startswith("meio") else _MIDNIGHT
        times.append((hour, _minute(match[2]), False))
    for match in _CLOCK.finditer(_NAMED.sub(" ", rest)):
        minute = _minute(match[3] or match[4] or match[6] or match[8] or match[9])
        written = bool(match[2] or match[5]) or (match[1].startswith("0") and len(match[1]) == 2)
        times.append((int(match[1]), minute, in_words or not written))
    return times


def _minute(said: str | None) -> int:
    if said is None:
        return 0
    return 30 if said == "meia" else int(said)


def _readings(hour: int, minute: int, period: str | None, spoken: bool) -> list[str]:
    """The hours that fit, none when it is no hour."""
    if hour == 24 and minute == 0:
        hour = 0
    if hour > 23 or not 0 <= minute < 60:
        return []
    if period is None:
        both = spoken and 1 <= hour <= 11
        return [_written(hour, minute), _written(hour + 12, minute)] if both else [_written(hour, minute)]
    moved = _in_period(hour, period)
    return [] if moved is None else [_written(moved, minute)]


def _in_period(hour: int, period: str) -> int | None:
    """``hour`` of a dial of twelve in a part of the day, on a dial of 24; None when they contradict each other."""
    if period == "pm":
        return hour + 12 if hour < 12 else hour
    if period == "manha":
        return hour if 0 <= hour <= 11 else None
    if period == "madrugada":
        return 0 if hour == 12 else hour if hour <= 6 else None
    if period == "tarde":
        return hour if 12 <= hour <= 19 else hour + 12 if 1 <= hour <= 7 else None
    return 0 if hour in {0, 12} else hour if hour >= 18 else hour + 12 if 5 <= hour <= 11 else None


def _written(hour: int, minute: int) -> str:
    return f"{hour:02d}:{minute:02d}"
