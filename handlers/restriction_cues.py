"""Whether words may be about what a person does not eat, and whether that is for good or of a day, a week or a meal alone."""

import re

from nutrition.conditions import words_and_stops
from nutrition.foods import FoodTable
from nutrition.restrictions.harm import Told, harm_in, is_told

_CAN_EAT = re.compile(r"\b(agora|ja|posso|voltei a)\b.*\b(como|comer|posso)\b")
_NO_ACT = r"(?! (?:quando|que|como|se|ver)\b)(?! (?!comer|tomar|beber|acucar|caviar|manjar)\w+[aei]r\b)"
"""It is no food that is hated: "odeio cozinhar peixe"."""

ORDERED = (
    r"\b(?:medic[oa]|nutri\w*|doutora?|dra?|gastro\w*|alergista|endocrino\w*)\b.*\b(?:cort\w+|tir\w+|evit\w+|proib\w+|suspend\w+)\b"
    r"|\b(?:nem pensar|de jeito nenhum)\b"
)
"""Somebody who knows said so, or the person will not hear of it."""

_RESTRICTS = re.compile(
    r"\b(alergi\w+|intoleran\w+|celiac\w+|vegan\w*|vegetarian\w+|lactose|gluten|kosher|halal|low carb|cetogenica)\b"
    r"|\bnao (posso|como|quero|gosto|bebo|tomo|uso|suporto|pode ter|consumo)\b|\b(evito|evitar|sem)\b"
    rf"|\b(odeio|detesto)\b{_NO_ACT}"
    r"|\bme da (?:coceira|alergia)\b|\bme empipoc\w+|\bgarganta fecha\b|\banafila\w+"
    r"|\bfaz mal\b|\bpasso mal\b|\bparei de (comer|tomar|beber)\b|\bnada de\b|\bproib(?:id[oa]s?|iu|iram)\b"
    rf"|{ORDERED}"
)

_RESTRICTS_ANYWAY = re.compile(
    r"\b(alergi\w+|alergic\w+|intoleran\w+|celiac\w+|vegan\w*|vegetarian\w+|kosher|halal)\b"
    rf"|\bnao (posso|como|gosto|bebo|tomo|suporto|consumo)\b(?! (?:\w+ )?sem\b)|\b(odeio|detesto)\b{_NO_ACT}|\bevito\b|\bparei de (comer|tomar|beber)\b"
)
"""Beside words of harm that mean something else: "fico sem café e passo mal, e não como carne"."""

_NEEDS = re.compile(
    r"\bnao (?:vivo|fico|passo|aguento|posso ficar|consigo (?:viver|ficar|passar)|sei viver|da pra viver) (?:\w+ )?sem\b"
    r"|\bsem (?:\w+ ){1,4}(?:eu )?(?:nao (?:vivo|fico|sou|funciono|aguento|consigo|passo|acordo|da)|morro|surto|enlouqueco|desmaio|passo mal|fico mal)\b"
)
"""It is eaten, and much: "não vivo sem queijo"."""

_SURELY_RESTRICTS = re.compile(r"\b(alergi\w+|intoleran\w+)\b|\bnao (posso )?com(o|er)\b")
_LEAVES_OUT = re.compile(
    r"\b(?:sem|nada de|nada com|nao (?:quero|poe|ponha|bota|bote|coloca|coloque|manda|mande)|proibid[oa]s?|evit[ae]\w*)\b"
)
_A_TIME = re.compile(
    r"\b(?:hoje|hj|amanha|amnh|semana|fds|fim de semana|segunda|terca|quarta|quinta|sexta|sabado|domingo|(?:essa|de|a) noite|dia \d+)\b"
    r"|\b(?:no|do|pro|pra o|para o|o|meu|na|da|pra|nesse|desse) (?:cafe(?: da manha)?|almoco|jantar|janta|lanche|lanchinho|ceia)\b"
)
_ALWAYS = re.compile(
    r"\b(?:sempre|nunca|jamais|tod[oa] (?:dia|semana)|tod[oa]s (?:os|as) \w+|daqui (?:pra|para) frente|a partir de|de agora em diante|desde)\b"
    r"|\b(?:alergi\w+|alergic\w+|intoleran\w+|celiac\w+|vegan\w*|vegetarian\w+)\b|\bnao (?:posso|como|bebo|tomo|gosto|consumo)\b|\b(?:odeio|detesto)\b"
)
"""With these it is for good."""


def may_state_restriction(text: str) -> bool:
    """Whether ``text`` sounds like "não como…", "sou alérgica a…", "camarão me mata", or "posso comer…"."""
    told = harm_in(text, FoodTable.load()).told
    if told is Told.SURELY:
        return True
    said = _said(text)
    cues = (_RESTRICTS_ANYWAY,) if told is Told.DENIED or _NEEDS.search(said) else (_RESTRICTS, _CAN_EAT)
    return any(cue.search(said) for cue in cues)


def states_restriction(text: str) -> bool:
    """Whether ``text`` surely is about what the person does not eat, even when its food is not known to us."""
    return bool(_SURELY_RESTRICTS.search(_said(text)))


def is_of_a_time(text: str) -> bool:
    """Whether ``text`` leaves something out, names when, and nothing in it is for good."""
    return leaves_out(text) and names_a_time(text)


def leaves_out(text: str) -> bool:
    """Whether ``text`` says no more than "sem…", "nada de…": for good, or for a day that was named before."""
    said = _said(text)
    return bool(_LEAVES_OUT.search(said)) and not _ALWAYS.search(said) and not is_told(text)


def names_a_time(text: str) -> bool:
    """Whether ``text`` names a day, a week or a meal."""
    return bool(_A_TIME.search(_said(text)))


def _said(text: str) -> str:
    """Folded, "n" and "q" written out, what is English or Spanish in Portuguese."""
    return " ".join(words_and_stops(text))
