"""Data of taps that no button of ours may carry: every verb of the routing tables, with arguments of all kinds.

The verbs are read from the tables, so one that is added is fuzzed from then on.
"""

from collections.abc import Sequence
from random import Random

from handlers.routing import STEPS, TAPS, TAPS_1, TAPS_2, TAPS_3
from handlers.scene import CONSENT, PAUSED
from nutrition.menu import Slot
from tests.handlers.fuzz.words import PIECES, Words

VERBS: tuple[tuple[str, int], ...] = (
    *((verb, 0) for verb in TAPS),
    *((verb, 1) for verb in TAPS_1),
    *((verb, 2) for verb in TAPS_2),
    *((verb, 3) for verb in TAPS_3),
)
USUAL = (
    *STEPS,
    PAUSED,
    CONSENT,
    *(slot.value for slot in Slot),
    "sim",
    "nao",
    "sem",
    "gemini",
    "0",
    "1",
    "2",
    "7",
    "-1",
    "2026-11-23",
    "2026-11-25",
    "2026-11-26",
    "20261125",
    "2026-02-31",
    "0730",
    "2561",
    "ovo-cozido",
    "arroz-branco-cozido",
    "gluten",
    "leite",
    "pt_BR",
    "en",
    "es",
    "perder",
    "f",
    "m",
    "almoco",
    "gostei",
    "nao_gostei",
    "",
    " ",
    "x",
)
HOSTILE = (
    "",
    "-1",
    "1.5",
    "1e9",
    "56",
    "999999999999999",
    "9223372036854775808",
    "9" * 50,
    "²",
    "٣",
    "0x10",
    "None",
    "2026-02-31",
    "9999-12-31",
    "0001-01-01",
    "2561",
    "\ufffd",
    "%s{0}",
)
"""Each of these is put in each place of each verb before one comes again."""


class Taps:
    """``harvest``: data of buttons that were shown to anybody; ``ids``: ids of rows of anybody."""

    def __init__(self, rng: Random, words: Words) -> None:
        self._rng = rng
        self._words = words
        self.harvest: list[str] = []
        self._deck: list[tuple[str, int, int, str]] = []
        self.ids: Sequence[str] = ("1",)

    def data(self) -> str:
        """Data of one tap."""
        kind = self._rng.randrange(10)
        if kind < 2 and self.harvest:
            return self._rng.choice(self.harvest)
        if kind == 2 and self.harvest:
            return self._mutated(self._rng.choice(self.harvest))
        if kind == 3:
            return self._rng.choice((self._words.text(), self._words.soup(), self._words.pieces()))
        made = self._made()
        return self._mutated(made) if kind == 4 else made

    def see(self, shown: str) -> None:
        """Remember a button's data for later, others' included."""
        if len(self.harvest) < 400:
            self.harvest.append(shown)
        else:
            self.harvest[self._rng.randrange(400)] = shown

    def _made(self) -> str:
        if self._rng.random() < 0.5:
            return self.dealt()
        verb, count = self._rng.choice(VERBS)
        if self._rng.random() < 0.1:
            count = self._rng.randrange(5)
        return ":".join((verb, *(self._argument() for _ in range(count))))

    def dealt(self) -> str:
        """The next of all hostile arguments in all places, in a random order."""
        if not self._deck:
            self._deck = [(verb, n, at, odd) for verb, n in VERBS for at in range(n) for odd in HOSTILE]
            self._rng.shuffle(self._deck)
        verb, count, place, odd = self._deck.pop()
        words = [odd if at == place else self._rng.choice((*USUAL, *self.ids)) for at in range(count)]
        return ":".join((verb, *words))

    def _argument(self) -> str:
        kind = self._rng.randrange(8)
        if kind < 3:
            return self._rng.choice(USUAL)
        if kind < 5:
            return self._rng.choice(self.ids)
        if kind == 5 and self.harvest:
            return self._rng.choice(self._rng.choice(self.harvest).split(":"))
        return self._rng.choice((self._rng.choice(PIECES), self._words.soup(), str(self._rng.randrange(300))))

    def _mutated(self, data: str) -> str:
        at = self._rng.randrange(len(data) + 1)
        match self._rng.randrange(6):
            case 0:
                return data[:at]
            case 1:
                return data + ":" + self._argument()
            case 2:
                return data[:at] + self._rng.choice(PIECES) + data[at:]
            case 3:
                return data.upper()
            case 4:
                return (data + ":") * 9
            case _:
                return data.replace(":", "::", 1)
