"""What must never be in a bot's log: tokens, names, chat ids, and the words that people and the bot said.

``House`` looks at the log of each bot it ran when it closes, so every journey of the suite is a test of this too.
"""

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from tests.e2e.driver import Look

SHORTEST = 4
"""Characters of a text that is looked for; "34" is in any log."""

SHORTEST_LINE = 16
"""Characters of a line of the bot's that is looked for: shorter ones may be a word of our own events."""

HARMLESS = frozenset({"cardápio", "menu", "error", "hoje"})
"""Words said in tests that are also words of the program."""


@dataclass
class Private:
    """What is looked for. ``secrets`` and ``ids`` anywhere; ``words`` as whole words, in any case."""

    secrets: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def add_chat(self, look: Look, texts: Iterable[str]) -> None:
        """Whoever chats here, what they said and what they were told."""
        person = look.raw["user"]
        self.ids |= {str(person["id"]), str(look.raw["chat"]["id"])}
        self.words |= {person[key] for key in ("first_name", "last_name", "username") if person.get(key)}
        for text in texts:
            self.words |= {line for line in text.splitlines() if len(line) >= SHORTEST_LINE}
            if len(text) >= SHORTEST and not text.startswith("/"):
                self.words.add(text)

    def found_in(self, log: str) -> list[str]:
        """Each thing that is in ``log``, with the line that has it."""
        lines = [line for line in log.splitlines() if line.strip()]
        problems = []
        for secret in self.secrets | self.ids:
            problems += [f"{secret!r} in {line}" for line in lines if secret in line]
        words = [word for word in self.words if word.casefold() not in HARMLESS]
        if words:
            any_word = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
            for line in lines:
                # What JSON escapes must be found as it was said.
                shown = line.replace('\\"', '"').replace("\\n", "\n")
                problems += [f"{match[0]!r} in {line}" for match in any_word.finditer(shown)]
        return problems


def events(log: str) -> list[dict[str, object]]:
    """The log's structured lines. A kill may cut one short, and Python itself says a word after it; no traceback, whose
    last line could quote a person, is printed by anybody."""
    assert "Traceback" not in log, log
    found = []
    for line in log.splitlines():
        with suppress(ValueError):
            found.append(json.loads(line))
    return found
