"""The catalogue: one place where sentences, numbers, dates and plurals become words for a person.

Sentences are written in Portuguese in ``handlers/texts`` and marked with ``mark`` or ``marks``; Portuguese is the
source language, so it needs no compiled catalogue. ``Catalogue`` fills in values (escaped, because a sentence is
``Markup``) and writes quantities as people of its language do: 1.850 kcal, 72,5 kg, "quarta, 25 de novembro".

Other languages are ``locales/<language>/LC_MESSAGES/cardapio.po``, read as they are; ``docs/languages.md`` tells how
to add one. A sentence that is not translated, or whose translation cannot be filled in, is said in Portuguese.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache, lru_cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import structlog
from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations
from markupsafe import Markup

LOCALES = Path(__file__).parent / "locales"
DOMAIN = "cardapio"
SOURCE_LANGUAGE = "pt_BR"
LANGUAGES = (SOURCE_LANGUAGE, "en", "es")
"""What a person can choose."""

NBSP = "\u00a0"
Text = TypeVar("Text", str, Markup)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Plural:
    """A sentence in its singular and plural; ``{n}`` is the number."""

    one: str
    many: str


def mark(message: str) -> str:
    """Mark ``message`` for Babel's extraction; it is translated when a screen is rendered."""
    return message


def marks(one: str, many: str) -> Plural:
    """Mark a sentence that depends on a number."""
    return Plural(one, many)


def joined(lines: Iterable[str]) -> Markup:
    """Join lines with line breaks, escaping those that are not ``Markup`` and skipping empty ones."""
    return Markup("\n").join(line for line in lines if line)


def paragraphs(blocks: Iterable[str]) -> Markup:
    """Join blocks with an empty line between them, skipping empty ones."""
    return Markup("\n\n").join(block for block in blocks if block)


def language_of(code: str | None) -> str:
    """The language for a person whose Telegram speaks ``code`` ("en-GB"); Portuguese for one we do not speak."""
    spoken = (code or "").replace("_", "-").partition("-")[0].lower()
    return spoken if spoken in LANGUAGES else SOURCE_LANGUAGE


def _translations(language: str) -> NullTranslations:
    """The sentences of ``language`` (blocking); none for the source language and for one that has no file."""
    path = LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if language == SOURCE_LANGUAGE or not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled, DOMAIN)


class Catalogue:
    """Sentences and quantities in one language."""

    def __init__(self, language: str = SOURCE_LANGUAGE, translations: NullTranslations | None = None) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        self._translations = _translations(language) if translations is None else translations

    def warm_up(self) -> None:
        """Make Babel read its tables of this language now (blocking) rather than at the first message."""
        self.day(date(2026, 11, 25))
        self.weekday_short(date(2026, 11, 25))
        self.span(date(2026, 11, 23), date(2026, 11, 29))
        self.listing(["a", "b", "c"])
        self.number(1.5)

    def __call__(self, message: str, /, **values: object) -> Markup:
        """Translate ``message`` and fill in ``values``; each value is escaped unless it is ``Markup``."""
        return self._filled(Markup(self._translations.gettext(message)), Markup(message), values)  # noqa: S704 (our own sentences)

    def plain(self, message: str, /, **values: object) -> str:
        """Translate a text that is not HTML: a button's label, a toast, a command's description."""
        return self._filled(self._translations.gettext(message), message, values)

    def count(self, forms: Plural, n: int, /, **values: object) -> Markup:
        """Translate the form of ``forms`` that goes with ``n``."""
        text = self._translations.ngettext(forms.one, forms.many, n)
        source = forms.one if n == 1 else forms.many
        return self._filled(Markup(text), Markup(source), {"n": self.number(n), **values})  # noqa: S704 (our own sentences)

    def _filled(self, text: Text, source: Text, values: Mapping[str, object]) -> Text:
        """``text`` with ``values``, or ``source`` with them when the translation asks for something else."""
        try:
            return text.format(**values)
        except (KeyError, IndexError, ValueError, AttributeError):
            if text == source:
                raise
            log.warning("translation_broken", language=self.language, message=str(source)[:80])
            return source.format(**values)

    def number(self, value: float, decimals: int = 1) -> str:
        """1.850 or 72,5: at most ``decimals`` places, none when they are zero."""
        return _number(self.language, value or 0, decimals)  # -0.0 is told as 0, whichever of them came first

    def quantity(self, value: float, unit: str, decimals: int = 1) -> str:
        """A number and its unit, held together by a no-break space."""
        return f"{self.number(value, decimals)}{NBSP}{unit}"

    def kcal(self, value: float) -> str:
        """1.850 kcal."""
        return self.quantity(value, "kcal", 0)

    def grams(self, value: float) -> str:
        """120 g, or 1,5 g below ten."""
        return self.quantity(value, "g", 1 if value < 10 else 0)

    def kg(self, value: float) -> str:
        """72,5 kg."""
        return self.quantity(value, "kg", 1)

    def metres(self, centimetres: float) -> str:
        """1,68 m, from centimetres."""
        text = format_decimal(centimetres / 100, format="0.00", locale=self.locale)
        return f"{text}{NBSP}m"

    def weekday(self, day: date) -> str:
        """Quarta, without "-feira"."""
        return str(format_date(day, "EEEE", locale=self.locale)).removesuffix("-feira")

    def weekday_short(self, day: date) -> str:
        """Qua."""
        return str(format_date(day, "EEE", locale=self.locale)).rstrip(".").capitalize()

    def day(self, day: date) -> str:
        """Quarta, 25 de novembro (in lower case; Wednesday, November 25)."""
        return f"{self.weekday(day)}, {self.day_and_month(day)}"

    def day_and_month(self, day: date) -> str:
        """25 de novembro; November 25."""
        return str(format_skeleton("MMMMd", day, locale=self.locale))

    def month_short(self, day: date) -> str:
        """Nov, in lower case and without a point."""
        return str(format_date(day, "MMM", locale=self.locale)).rstrip(".")

    def span(self, first: date, last: date) -> str:
        """23 a 29 de novembro, or 30 de novembro a 6 de dezembro; Nov 23 – 29."""
        if self.language != SOURCE_LANGUAGE:
            return str(format_interval(first, last, "MMMMd", locale=self.locale)).replace("\u2009", " ")
        start = str(first.day) if first.month == last.month else self.day_and_month(first)
        return f"{start} a {self.day_and_month(last)}"

    def hour(self, at: time) -> str:
        """7h, or 12h30; 7:00 in other languages, by the 24 hours of Brazil."""
        if self.language != SOURCE_LANGUAGE:
            return f"{at.hour}:{at.minute:02d}"
        return f"{at.hour}h{at.minute:02d}" if at.minute else f"{at.hour}h"

    def listing(self, items: Iterable[str]) -> str:
        """Glúten, leite e porco."""
        return str(format_list(list(items), locale=self.locale))

    def choice(self, items: Iterable[str]) -> str:
        """Espinafre, brócolis ou repolho."""
        return str(format_list(list(items), style="or", locale=self.locale))


@lru_cache(maxsize=8192)
def _number(language: str, value: float, decimals: int) -> str:
    """Kept, because Babel takes 20 µs for each, and a day has a hundred."""
    places = "#" * decimals
    return str(format_decimal(value, format=f"#,##0.{places}" if places else "#,##0", locale=language))


@cache
def catalogue(language: str = SOURCE_LANGUAGE) -> Catalogue:
    """The catalogue of ``language``, loaded once."""
    return Catalogue(language)


def capitalised(text: str) -> str:
    """The same text with its first letter in upper case and the rest untouched."""
    return text[:1].upper() + text[1:]
