"""Texts as people, children, scripts and attackers type them: every plane of Unicode, and sentences that rules read."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

from handlers.routing import COMMANDS

DATA = Path(__file__).resolve().parents[2] / "data"

ANSWERS = (
    "34",
    "1,68",
    "168 cm",
    "72,5",
    "72kg",
    "feminina",
    "homem",
    "perder gordura",
    "ganhar massa",
    "manter",
    "médio",
    "sedentária",
    "5",
    "três",
    "nenhuma",
    "pular",
    "sim",
    "não",
    "APAGAR",
    "apagar",
    "concordo",
    "7h",
    "sete e meia da noite",
    "São Paulo",
    "Manaus",
    "tenho 15 anos",
    "sou celíaca",
    "tenho diabetes tipo 1",
    "sou alérgica a camarão",
    "gestante",
    "não como carne de porco",
    "tomo insulina",
    "pesei 82,3",
    "/peso 81",
    "quero 1500 kcal",
    "férias até dia 20",
    "o que como agora?",
    "por que arroz?",
    "celíaco pode comer aveia?",
    "quero morrer",
    "dor no peito agora",
    "english",
    "gostei do almoço",
    "desfaz",
    "bom dia",
    "obrigada!",
)
ALPHABETS = (
    (0x20, 0x7E),
    (0x00, 0x1F),
    (0xA0, 0x24F),
    (0x300, 0x36F),  # combining
    (0x370, 0x52F),
    (0x590, 0x6FF),  # right to left
    (0x900, 0xDFF),
    (0x2000, 0x206F),  # zero width, directions, separators
    (0x2070, 0x218F),  # superscripts, fractions, Roman numbers
    (0x2460, 0x24FF),
    (0x3040, 0x9FFF),
    (0xD800, 0xDFFF),  # lone surrogates
    (0xE000, 0xF8FF),
    (0xFB50, 0xFEFF),
    (0xFFF0, 0xFFFF),
    (0x1D400, 0x1D7FF),  # digits and letters of mathematics
    (0x1F300, 0x1FAFF),
    (0xE0000, 0xE007F),  # tags
    (0x10FFF0, 0x10FFFF),
)
PIECES = (
    "👨‍👩‍👧‍👦",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "🇧🇷",
    "👍🏿",
    "1️⃣",
    "\u202eodaçnaler",
    "مرحبا",
    "שלום",
    "a" + "\u0301" * 40,
    "\u200b",
    "\u200d",
    "\ufeff",
    "\x00",
    "\ud83d",
    "\udc00\ud800",
    "ﬁ",
    "İ",
    "ß",
    "²",
    "①",
    "٣٤",
    "½",
    "Ⅷ",
    "〇",
    "𝟟𝟚",
    "٫",
    "−5",
    "1e309",
    "NaN",
    "inf",
    "-0",
    "0x1F",
    "1_000",
    "00000",
    "9" * 25,
    "9" * 400,
    "1," + "9" * 60,
    "5/0",
    "31/02/2026",
    "99:99",
    "25h",
    "29/2",
    "-1 kg",
    "<b>",
    "</b></i>",
    "<a href='tg://user?id=1'>x</a>",
    "&lt;&#0;&#xD800;&amp",
    "<script>alert(1)</script>",
    "*_[x](y)`~",
    "{}",
    "{0}",
    "{nome}",
    "%s%n%(x)s",
    "'; DROP TABLE people; --",
    '" OR 1=1',
    "NEAR(a b)",
    "AND OR NOT *",
    'arroz" AND "feijão',
    "../../etc/passwd",
    "C:\\x\\",
    "file:///dev/zero",
    "\\u0000\\n",
    "${jndi:x}",
    "{{7*7}}",
    "None",
    "null",
    "undefined",
    "true",
)
GLUE = (" ", "", "\n", "\t", ", ", ". ", " e ", "\u2028", "\u00a0", ": ")


class Words:
    """Draws texts with ``rng``; the same seed draws the same ones."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._kinds: tuple[Callable[[], str], ...] = (
            self.sentence,
            self.sentence,
            self.answer,
            self.answer,
            self.command,
            self.command,
            self.soup,
            self.mixed,
            self.pieces,
            self.digits,
            self.blank,
            self.long,
        )

    def text(self) -> str:
        """Any text."""
        return self._rng.choice(self._kinds)()

    def short(self) -> str:
        """A name, a title, a user name: a few letters of anything."""
        return self._rng.choice(("Ana", "", " ", self.soup()[:20], self._rng.choice(PIECES), "x" * 64))

    def sentence(self) -> str:
        """Something that the rules read, or nearly: a word of it may be lost, doubled or replaced."""
        words = self._rng.choice(sentences()).split()
        change = self._rng.randrange(6)
        at = self._rng.randrange(len(words))
        if change == 0:
            words.pop(at)
        elif change == 1:
            words.insert(at, self._rng.choice(PIECES))
        elif change == 2:
            words[at] = self._rng.choice(sentences())
        return " ".join(words)

    def answer(self) -> str:
        """An answer to one of our questions."""
        return self._rng.choice(ANSWERS)

    def command(self) -> str:
        """A command with odd arguments, of ours or of another bot."""
        name = self._rng.choice((*COMMANDS, "uso", "", "x" * 70, "Cardápio", "HOJE", "ho je"))
        at = self._rng.choice(("", "", "", "@cardapio_bot", "@other_bot", "@", "@@x"))
        rest = self._rng.choice(("", "", "", self.answer(), self.sentence(), self.soup(), self.pieces()))
        return f"/{name}{at}{self._rng.choice(GLUE)}{rest}"

    def soup(self) -> str:
        """Letters of a few alphabets."""
        length = self._rng.choice((1, 3, 12, 60))
        return "".join(self._letter() for _ in range(length))

    def mixed(self) -> str:
        """A sentence with something strange before, in or after it."""
        words, odd = self.sentence(), self._rng.choice((self.soup(), self._rng.choice(PIECES)))
        at = self._rng.choice((0, len(words), self._rng.randrange(len(words) + 1)))
        return words[:at] + odd + words[at:]

    def pieces(self) -> str:
        """What breaks parsers, put together."""
        count = self._rng.choice((1, 1, 2, 5))
        return self._rng.choice(GLUE).join(self._rng.choice(PIECES) for _ in range(count))

    def digits(self) -> str:
        """A number, perhaps a giant one, with or without a unit."""
        number = str(self._rng.choice((0, 1, 7, 60, 82, 165, 10**6, 10**18, 2**63, 10**300)))
        sign = self._rng.choice(("", "", "-", "+", "0000", ","))
        unit = self._rng.choice(
            ("", " kg", " cm", "h", " anos", " kcal", "%", " refeições", " pessoas", ",5", "e400")
        )
        return sign + number + unit

    def blank(self) -> str:
        """Nothing that can be seen."""
        return self._rng.choice((" ", "\n\n\n", "\u200b", "\u2060\u00ad", "\t", "\u3000" * 9, "\u00a0", ""))

    def long(self) -> str:
        """As long as a message may be, and longer."""
        unit = self._rng.choice(
            ("a", "9", "arroz ", "não como ", "🍚", "<", "&", "\n", self.sentence() + ". ", self.soup())
        )
        return (unit * 5000)[: self._rng.choice((700, 4095, 4096, 4097, 5000))]

    def _letter(self) -> str:
        first, last = self._rng.choice(ALPHABETS)
        return chr(self._rng.randint(first, last))


@cache
def sentences() -> tuple[str, ...]:
    """What the tests of the rules hold, by whomever it was written."""
    found: list[str] = []
    for name in ("talk_sentences.json", "talk_sentences_later.json"):
        loaded = json.loads((DATA / name).read_text(encoding="utf-8"))
        found += [text for text in _strings(loaded) if " " in text]
    return tuple(dict.fromkeys(found)) or ANSWERS


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _strings(inner)]
    return [text for inner in value for text in _strings(inner)] if isinstance(value, list) else []
