"""Questions for a number of one's own menu: "quanto de proteína tem hoje?", "quantas calorias tem meu almoço?". Pure."""

import re

from menus.explain_asked import Question, read
from nutrition.words import fold

_HOW_MUCH = re.compile(
    r"^(?:(?:oi|e|bom dia|boa (?:tarde|noite)|me (?:diz|fala))[\s,]+)*(?:quant[oa]s?|qual (?:e )?o total)\s+(?:de |d[aeo]s? )?"
)
_OF_THE_MENU = re.compile(
    r"\b(?:hoje|amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo|cardapio|dia|cafe da manha|lanche|almoco|jantar?|ceia)\b"
)


def of_the_menu(text: str) -> Question | None:
    """ "quanto de proteína tem hoje?": a nutrient of a day or meal of the menu; None for any other question."""
    rest, hits = _HOW_MUCH.subn("", fold(text).strip(), count=1)
    if not hits or not _OF_THE_MENU.search(rest) or re.search(r"\b(?:meta|preciso|devo)\b", rest):
        return None
    question = read(rest)
    plain = question.nutrient and not question.words and question.number is None
    return question if plain else None
