"""Takes out of free text what must not leave the machine: names, weights, heights, addresses of any kind."""

import re

MASK = "[omitido]"

_PATTERNS = (
    r"\S+@\S+\.\S+",  # e-mail
    r"(?:https?://|www\.)\S+",
    r"@\w{3,}",  # a handle
    r"\b\d{3}\.?\d{3}\.?\d{3}-?\d{2}\b",  # CPF
    r"\(?\b\d{2}\)?[\s.-]?9?\d{4}[\s.-]?\d{4}\b",  # telephone
    r"\b\d{1,3}(?:[.,]\d{1,2})?\s*(?:kg|kgs|quilos?|kilos?)\b",
    r"\b\d{2,3}\s*(?:cm|cent[ií]metros?)\b",
    r"\b[12](?:[.,]\d{1,2}|\s*m\s*\d{1,2})\s*(?:m|metros?)?\b(?!\s*(?:kg|g|ml|l|litros?)\b)",
    r"\b[12]\s*m(?:etros?)?\b",
)
_NUMBERS = re.compile("|".join(_PATTERNS), re.IGNORECASE)
_NAME = re.compile(
    r"(?P<lead>\b(?:meu nome [ée]|me chamo|pode me chamar de|aqui [ée] (?:a|o)|[Ss]ou (?:a|o))\s+)"
    r"(?P<name>[A-ZÀ-Ý][\wÀ-ÿ'-]*(?:\s+(?:d[aeo]s?\s+)?[A-ZÀ-Ý][\wÀ-ÿ'-]*)*)"
)
_LOOSE_NAME = re.compile(
    r"(?P<lead>\b(?:meu nome [ée]|me chamo|pode me chamar de)\s+)(?P<name>[\wÀ-ÿ'-]+)", re.IGNORECASE
)


def mask(text: str) -> str:
    """Return ``text`` with names, weights, heights, contacts and documents replaced by ``MASK``."""
    text = _NAME.sub(lambda found: found["lead"] + MASK, text)
    text = _LOOSE_NAME.sub(lambda found: found["lead"] + MASK, text)
    return _NUMBERS.sub(MASK, text)
