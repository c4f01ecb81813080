"""Is a text fit to be shown? No markup, links, promises or orders, and of a sensible length.

Used on everything that a writer composed, before ``menus.language`` asks whether it is Portuguese. The answer is a short Portuguese reason, which goes back to the writer.
"""

import re
import unicodedata

from nutrition.words import fold

MAX_NAME, MAX_STEP, MAX_STEPS = 80, 300, 8

_MARKUP = re.compile(r"<[^>]*>|<|>|&[a-z#0-9]+;|\[[^\]]*\]\(|```|\*\*|\{|\}", re.IGNORECASE)
_LINK = re.compile(
    r"https?:|www\.|\b[a-z0-9-]+\.(?:com|net|org|br|io|me|app|ru|info|xyz|site|link)\b|\bt\.me\b|@\w|tg://|\bjavascript:",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"\b(?:cura[rs]?|curam|emagrec\w+|seca (?:a )?barriga|secar|detox\w*|desintoxic\w+|milagros\w+|queima\w* (?:de )?gordura"
    r"|desincha\w*|termogenic\w+|trata(?:mento)?s? (?:d[aeo]s?|para|contra)|prescri\w+|remedios?|medicament\w+|insulina"
    r"|diabet\w+|hipertens\w+|cancer\w*|doencas?|perd\w+ (?:peso|\d+)|garantid\w+|nutricionista|dieta para)\b"
)
_ORDER = re.compile(
    r"\b(?:ignor\w+ (?:as|todas|suas|qualquer|o|a)\b|instruc\w+ (?:anterior\w*|acima)|prompt|system|assistant|modelo de linguagem"
    r"|restric\w+)\b"
)
_PUNCTUATION = frozenset("ºª°½¼¾²")


def problem_in(text: str, limit: int = MAX_STEP) -> str | None:
    """Why ``text`` may not be shown, or None. Never raises; looks at the length first."""
    if not text.strip():
        return "texto vazio"
    if len(text) > limit:
        return f"texto com mais de {limit} letras"
    if _MARKUP.search(text):
        return "texto com marcação"
    if _LINK.search(text):
        return "texto com link ou usuário"
    if any(_is_strange(char) for char in text):
        return "texto com letras estranhas"
    folded = fold(text)
    if _PROMISE.search(folded):
        return "texto com promessa ou assunto médico"
    if _ORDER.search(folded):
        return "texto que não é de cozinha"
    return None


def _is_strange(char: str) -> bool:
    """Control and format characters, emoji, and letters that are not Latin."""
    if char in _PUNCTUATION or char == " ":
        return False
    category = unicodedata.category(char)
    if category[0] == "C" or category in ("So", "Sk", "Zl", "Zp"):
        return True
    return category[0] == "L" and "LATIN" not in unicodedata.name(char, "")
