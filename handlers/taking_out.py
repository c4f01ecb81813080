"""What is ordered off the menu, with no day and no meal: "tira o amendoim do cardápio", "nunca mais me manda jiló".

It may be meant for good, and is asked about (``handlers.entendi``). With a day or a meal it is a change of that (``menus.talk``).
"""

import re

from handlers import intents
from handlers.restriction_cues import names_a_time

_ASKS = r"(?:pode|voce pode|vc pode|da pra|tem como|quero|queria|gostaria|que|e|me|por favor|pfv|oi|ola|bot|entao|ja|agora)"
_GIVES = (
    r"(?:manda|mande|mandar|coloca|coloque|colocar|bota|bote|botar|poe|ponha|por|inclui|inclua|usa|use|da|de)"
)
_REQUEST = re.compile(r"^(?:voce |vc )?pode |^da pra |^tem como ")
_ORDER = re.compile(
    rf"^(?:{_ASKS} )*(?:"
    r"(?:tira|tire|tirar|retira|retire|retirar|remove|remova|remover|corta|corte|cortar|elimina|elimine|eliminar|exclui|exclua|excluir)"
    r"|(?:some|suma|sumir) com"
    rf"|nao (?:me )?{_GIVES} mais|nao (?:me )?{_GIVES} nunca mais|nunca mais (?:me )?{_GIVES}|para de (?:me )?{_GIVES}"
    r"|nunca mais quero(?: ver| comer)?|nao quero nunca mais(?: ver| comer)?|nao quero ver"
    r") (?P<food>.+)$"
)
_WHERE = re.compile(
    r"\b(?:(?:d|n)[oa]s? (?:meus?|minhas?) (?:cardapios?|dietas?|menus?|planos?|pratos?|refeicoes|vidas?)|(?:d|n)[oa]s? (?:cardapios?|dieta|menu|plano|pratos|refeicoes)"
    r"|de tudo|d?e? ?tod[oa]s (?:os|as) \w+|fora|de vez|(?:pra|para) sempre|nunca mais|mais|daqui (?:pra|para) frente|a partir de agora|(?:pra|para) mim|por favor|pfv\w*|ai|logo|tudo (?:o )?que (?:tem|tiver|leva)|qualquer coisa com)\b"
)
_MORE = re.compile(
    r"\b(?:tira|tire|poe|ponha|bota|bote|coloca|coloque|troca|troque|quero|vez|lugar|mas|menos|so|somente|exceto|lista|restric\w+|compras|foto|duvida"
    r"|excesso|casca|caroco|pele|sal|semente|gordura|nao|sem|quando|se|que)\b"
)
"""More than a food is said: an exchange, an exception, a list, how to cook it."""


def named(text: str) -> str:
    """The folded words of the food that is ordered off, "" when ``text`` is no such order, or more than one."""
    said = intents.plain(text)
    order = _ORDER.search(said)
    asked = text.rstrip().endswith("?") and not _REQUEST.search(said)
    if order is None or asked or names_a_time(text):
        return ""
    food = " ".join(_WHERE.sub(" ", order["food"]).split())
    return "" if _MORE.search(food) else food
