"""What a plan says to avoid, as names of foods. It can only ever add a restriction, after the person's yes."""

import re
from collections.abc import Iterable

from rag.plans.lines import Line
from rag.plans.nouns import Said
from rag.plans.words import PlanWords, longest_first

_ONLY_WITH_COLON = (
    "alergia", "alergias", "alergia a", "intolerancia", "intolerancias", "intolerancia a", "restricao", "restricoes",
    "retirar", "retire", "suspender", "proibido", "proibidos", "proibida", "proibidas", "corte", "cortar", "alergico a",
)  # fmt: skip
_WITH_OBJECT = ("corte", "cortar", "retire", "retirar", "suspender")
_NOT_NEEDED = re.compile(
    r"\b(?:nao precisa|nao e preciso|sem precisar|nao ha necessidade de|nao e necessario|sem)\s+$"
)
_ARTICLE = re.compile(r"^(?:(?:o|a|os|as|de|do|da|dos|das|qualquer|todos?|todas?|consumo|alimentos|sem)\s+)+")
_ITEMS = re.compile(r"\s*(?:[,;/]|\bou\b|\be\b|\bcomo\b|\+|\s[-–]\s)\s*")
_PARENTHESES = re.compile(r"\([^()]*\)")
_DERIVED = re.compile(r"\be (?:seus )?derivados\b")
_KEPT_TOGETHER = "\x00"
_CUT = re.compile(
    r"\s+(?:durante|antes|depois|apos|no|na|nos|nas|por|pois|porque|para|que|todos|todo|ao|à|sempre|nunca|em)\b.*"
)
_EXCESS = re.compile(r"\b(?:excesso|exagero|moderacao)\b")
_VERB = re.compile(r"^[a-z]{2,}(?:ar|er|ir)$")
_NO_VERBS = frozenset({"acucar", "acucares", "caviar", "nectar", "manjar"})
_MOST_WORDS, _MOST_LETTERS, _MOST_ITEMS = 4, 40, 60


class AvoidReader:
    """Collects what is to be avoided."""

    def __init__(self, words: PlanWords) -> None:
        free = [word for word in words.avoid if word not in _ONLY_WITH_COLON]
        bound = longest_first(_ONLY_WITH_COLON)
        spoken = longest_first(free)
        bound_objects = longest_first(_WITH_OBJECT)
        self._not_food = words.not_food
        self._trigger = re.compile(
            rf"(?:^[^a-z]*|(?<=[.;!?])\s+)(?:{bound})(?:\s*[:–]|\s+(?=(?:o|a|os|as)\s))\s*"
            rf"|(?:^|(?<=[^a-z]))(?:{bound_objects})\s+(?=(?:o|a|os|as)\s)"
            rf"|(?:^|(?<=[^a-z]))(?:{spoken})\b\s*[:–]?\s*"
            r"|^[^a-z]*sem (?=[a-z ]{3,30}[.!])"
        )
        self._heading = re.compile(
            rf"^[^a-z]*(?:(?:alimentos?|o que|itens?)\s+(?:(?:a|para|que deve|que voce deve|que)\s+)?)?"
            rf"(?:{longest_first(words.avoid)})(?:\s+(?:alimentares|alimentar))?\s*[:.]?\s*$"
        )
        self._found: dict[str, Said[str]] = {}

    def opens(self, folded: str) -> bool:
        """Whether a line begins with words that forbid, so that a meal's name in it is no meal."""
        return bool(self._heading.match(folded))

    def is_section(self, line: Line) -> bool:
        """Whether a line is the title of a list of what is to be avoided."""
        return bool(self._heading.match(line.folded))

    def read(self, line: Line) -> bool:
        """Take what a sentence forbids; False when it forbids nothing."""
        if self.is_section(line):
            return True
        places = [
            found
            for found in self._trigger.finditer(line.folded)
            if not _NOT_NEEDED.search(line.folded[: found.start()])
        ]
        ends = [*(later.start() for later in places[1:]), len(line.folded)]
        for found, end in zip(places, ends, strict=False):
            self._keep(self._names(re.split(r"[.!?]", line.folded[found.end() : end], maxsplit=1)[0]), line)
        return bool(places)

    def item(self, line: Line) -> None:
        """Take a line of a list of what is to be avoided; a sentence among them is left alone."""
        names = self._names(line.folded.strip(" .;!*•–-"))
        if all(self._is_food(name) for name in names):
            self._keep(names, line)

    def found(self) -> tuple[Said[str], ...]:
        """What was taken, each once."""
        return tuple(self._found.values())[:_MOST_ITEMS]

    def _names(self, text: str) -> list[str]:
        text = _DERIVED.sub(f"{_KEPT_TOGETHER}derivados", _PARENTHESES.sub(" ", text))
        names = []
        for part in _ITEMS.split(text):
            name = " ".join(part.replace(_KEPT_TOGETHER, "e ").split()).strip(" .:*•–-")
            name = _ARTICLE.sub("", name)
            names.append(name if _EXCESS.search(name) else _CUT.sub("", name))
        return list(filter(None, names))

    def _keep(self, names: Iterable[str], line: Line) -> None:
        for name in names:
            if self._is_food(name):
                self._found.setdefault(name, Said(name, line.quote, line.page))

    def _is_food(self, name: str) -> bool:
        words = name.split()
        if not 1 <= len(words) <= _MOST_WORDS or len(name) > _MOST_LETTERS or _EXCESS.search(name):
            return False
        if not re.fullmatch(r"[a-z0-9% -]{3,}", name) or self._not_food & set(words):
            return False
        return words[0] in _NO_VERBS or not _VERB.match(words[0])
