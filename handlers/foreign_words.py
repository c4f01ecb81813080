"""English and Spanish words, folded, taken beside the Portuguese ones: short answers, and danger.

Beside these, free text is read in Portuguese; health facts and restrictions in each language (``nutrition.foreign``).
"""

import re

from nutrition.words import tokens

YES = frozenset(
    {"yes", "y", "yeah", "yep", "sure", "of course", "i agree", "agree", "right", "that is right"}
) | {
    "si",
    "vale",
    "claro que si",
    "acepto",
    "estoy de acuerdo",
    "de acuerdo",
}
NO = frozenset({"no", "nope", "not now", "i do not agree", "later", "ahora no", "no acepto", "mas tarde"})
BACK = frozenset({"back", "go back", "previous", "atras", "volver"})
NOTHING = frozenset(
    {"no", "none", "nothing", "skip", "i eat everything", "none of these", "i do not know"}
) | {
    "ninguno",
    "ninguna",
    "omitir",
    "saltar",
    "como de todo",
    "no se",
}

_CRISIS = re.compile(
    r"\b(?:kill(?:ing)? myself|suicide|suicidal|want(?: to|na) die|end my (?:own )?life|take my (?:own )?life"
    r"|(?:hurt|cut|harm)(?:ing)? myself|self harm|(?:do not|dont|don t) want to live"
    r"|quiero morir(?:me)?|ganas de morir|matarme|me quiero matar|quitarme la vida|acabar con mi vida"
    r"|no quiero (?:vivir|seguir viviendo)|(?:cortarme|lastimarme|hacerme dano))\b"
)
_EMERGENCY = re.compile(
    r"\b(?:(?:can not|cannot|cant|can t) breathe|(?:trouble|difficulty) breathing|short(?:ness)? of breath"
    r"|throat (?:is )?(?:closing|swelling|swollen)|(?:swollen|swelling) (?:tongue|lips?|mouth|throat)"
    r"|(?:tongue|lips?|mouth) (?:is |are )?(?:swelling|swollen)|anaphyla\w+|chest pain"
    r"|no puedo respirar|(?:me )?falta (?:el|de) aire|se me cierra la garganta|anafila\w+|dolor (?:en el|de) pecho"
    r"|(?:lengua|labios?|boca|garganta) hinchad[oa]s?)\b"
)


def is_crisis(text: str) -> bool:
    """Despair, in English or Spanish."""
    return bool(_CRISIS.search(" ".join(tokens(text))))


def is_emergency(text: str) -> bool:
    """Signs of danger for life, in English or Spanish."""
    return bool(_EMERGENCY.search(" ".join(tokens(text))))
