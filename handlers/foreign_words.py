"""English and Spanish words, folded, taken beside the Portuguese ones as short answers.

Beside these, free text is read in Portuguese; health, danger and restrictions in each language (``nutrition.foreign``).
"""

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
