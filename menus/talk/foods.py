"""Which foods a piece of a sentence names: what is left when days, meals, places and courtesies are gone."""

import re

_CUT = re.compile(
    r"\b(?:hoje|amanha|ontem|depois de|segunda|terca|quarta|quinta|sexta|sabado|domingo|no|na|nos|nas|aqui|em casa|em|pra|para|pro"
    r"|por favor|pfv|essa semana|esta semana|nessa|nesta|dessa|desta|do almoco|do jantar|do cafe|do lanche|da janta|da ceia|da semana"
    r"|todo dia|o que|que|porque|pq|mais nao|obrigad\w+|dai|viu|ta|ne|tb|tambem|de ontem|de hoje|de novo|aguento|pode|quase)\b"
)
_LEAD = re.compile(
    r"^(?:(?:o|a|os|as|um|uma|uns|umas|de|do|da|dos|das|tanto|tanta|tantos|tantas|muito|muita|so|mais|menos|comer|algum|alguma|aquele|aquela"
    r"|esse|essa|este|esta|outro|outra|pouco|um pouco|bastante|meio|meia|resto|sobra|sobras|pedaco|pacotes?|latas?|caixas?|saco|bandeja|punhado|restinho|uma coisa|algo|com|fazer)\s+)+"
)
_PIECES = re.compile(r" , | e (?!mei[ao] *(?:,|$))| ou | mais ")
_NO_FOOD = frozenset(
    [
        "", "isso", "tudo", "nada", "esse", "essa", "este", "esta", "ele", "ela", "comida", "coisa", "prato", "refeicao", "outra", "outro",
        "outra coisa", "algo", "dieta", "comer", "mesma coisa", "cardapio", "mais", "menos", "o", "a", "os", "as", "dia", "semana", "mim",
        "voce", "gente", "rapido", "barato", "leve", "diferente", "cozinhar", "trabalho", "academia", "agua", "tempo", "conversa", "mensagem", "cedo", "tarde",
    ]
)  # fmt: skip
_NEVER_FOOD = re.compile(
    r"\b(?:almoc\w+|jant\w+|lanches?|ceia|refeic\w+|cardapio)\b|^(?!acucar$)\w+(?:ar|er|ir)$|^(?:eu|me|te|se|voce|ele|ela|eles|elas|a gente|nos|meu|minha|ver|ter)\b"
)
"""Meals, and the beginnings of another sentence: "eu durmo cedo"."""
_MOST_WORDS = 4


def foods_in(piece: str) -> tuple[str, ...]:
    """The foods of ``piece`` (folded), in order, without articles; empty when none is left."""
    cut = _CUT.search(f"{piece} ")
    kept = piece[: cut.start()] if cut else piece
    found = []
    for each in _PIECES.split(f"{kept.strip(' ,')} "):
        words = _LEAD.sub("", f"{each.strip(' ,')} ").strip()
        words = re.sub(r"\s+(?:de|do|da|com|e|,|parad[oa]s?|abert[oa]s?|sobrando)$", "", words)
        if _NEVER_FOOD.search(words):
            continue
        if words not in _NO_FOOD and 0 < len(words.split()) <= _MOST_WORDS and not words.isdigit():
            found.append(words)
    return tuple(dict.fromkeys(found))
