"""From words to typed tokens: days, meals, foods, and what the other words do; what is none of these is unknown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from menus.changes.foods import stem, undiminished
from menus.talk import lexicon
from menus.talk.spelling import MARKS, said
from menus.talk.when import WEEKDAYS

DAYS = ("hoje", "amanha", "ontem", "anteontem", *WEEKDAYS)
_QUANTITIES = frozenset(
    [
        "penca",
        "cacho",
        "quilo",
        "quilos",
        "kg",
        "kgs",
        "pacote",
        "pacotes",
        "lata",
        "latas",
        "caixa",
        "caixas",
        "bandeja",
        "bandejas",
        "duzia",
        "duzias",
        "monte",
        "pedaco",
        "pedacos",
        "restinho",
        "resto",
        "saco",
        "sacos",
        "maco",
        "macos",
        "pote",
        "potes",
        "gramas",
        "g",
        "litro",
        "litros",
        "punhado",
        "metade",
        "sobra",
        "sobras",
        "meio",
        "meia",
        "montao",
        "tantinho",
        "pouquinho",
        "teco",
        "taco",
        "naco",
        "fatia",
        "fatias",
        "prato",
        "pratinho",
        "pratao",
        "ml",
        "dobro",
        "garrafa",
        "bucado",
        "bocado",
        "enorme",
        "grande",
        "gigante",
        "pequena",
        "pequeno",
        "bela",
        "belo",
        "bom",
        "boa",
    ]
)
_JOINS = frozenset({"de", "da", "do", "com", "ao", "a", "no", "na", "dos", "das", "aos"})
_PLACES = frozenset(
    [
        "vapor",
        "forno",
        "brasa",
        "chapa",
        "grelha",
        "airfryer",
        "fritadeira",
        "panela",
        "pressao",
        "molho",
        "alho",
        "manteiga",
    ]
)
_AFTER_A = frozenset(
    [
        "milanesa",
        "parmegiana",
        "bolonhesa",
        "cavalo",
        "pizzaiolo",
        "parmigiana",
        "portuguesa",
        "moda",
        "mineira",
        "gregas",
        "grega",
        "doré",
        "dore",
        "baiana",
        "oleo",
        "carbonara",
    ]
)
_ORDINALS = frozenset(["vez", "opcao", "tentativa", "refeicao", "fileira", "parte", "pessoa", "via", "coisa"])
_NOUNS = frozenset({"troca", "mudanca", "muda", "volta", "trave"})
_ARTICLES = frozenset({"a", "essa", "da", "na", "pela", "sua", "minha", "nova", "as", "uma"})
_DATE = re.compile(r"[12]?\d|3[01]")


@dataclass(frozen=True, slots=True)
class Token:
    """Words ``at`` to ``end`` and what they are; ``value`` is a day, a meal, or a food as it is called."""

    text: str
    at: int
    end: int
    kinds: frozenset[str]
    value: str = ""

    def is_(self, *kinds: str) -> bool:
        """Whether it is any of ``kinds``."""
        return not self.kinds.isdisjoint(kinds)


def lex(text: str) -> list[Token]:
    """The tokens of ``text``."""
    words = said(text)
    found: list[Token] = []
    at = 0
    while at < len(words):
        token = _mark(words, at) or _day(words, at) or _best(words, at)
        found.append(token)
        at = token.end
    return list(_with_articles(found))


def _mark(words: list[str], at: int) -> Token | None:
    return Token(words[at], at, at + 1, frozenset({"MARK"})) if words[at] in MARKS else None


def _day(words: list[str], at: int) -> Token | None:
    """A day, with what says that it is gone or of a later week."""
    word, after = words[at], words[at + 1 : at + 4]
    if words[at : at + 3] == ["depois", "de", "amanha"]:
        return Token("depois de amanha", at, at + 3, frozenset({"DAY"}), "depois de amanha")
    if word in ("fim", "final") and after[:2] == ["de", "semana"]:
        gone = after[2:3] == ["passado"]
        return Token(
            "fim de semana", at, at + 3, frozenset({"DAY", "PASTDAY"} if gone else {"DAY"}), "fim de semana"
        )
    if word == "dia" and after and _DATE.fullmatch(after[0]):
        return Token(f"dia {after[0]}", at, at + 2, frozenset({"DAY"}), after[0])
    if word in ("semana", "mes") and after[:2] == ["que", "vem"]:
        return Token(f"{word} que vem", at, at + 3, frozenset({"LATER"}))
    if word in ("proxima", "outra") and after[:1] == ["semana"]:
        return Token(f"{word} semana", at, at + 2, frozenset({"LATER"}))
    if word not in DAYS or (word in WEEKDAYS[:5] and after and after[0] in _ORDINALS):
        return None
    end = at + 1 + (after[:1] == ["feira"])
    kinds = {"DAY"}
    if words[end : end + 1] and words[end] in ("passada", "passado", "retrasada", "retrasado"):
        kinds, end = {"DAY", "PASTDAY"}, end + 1
    elif words[end : end + 2] == ["que", "vem"]:
        kinds, end = {"DAY"}, end + 2
    elif word in ("ontem", "anteontem"):
        kinds = {"DAY", "PASTDAY"}
    return Token(" ".join(words[at:end]), at, end, frozenset(kinds), word)


def _best(words: list[str], at: int) -> Token:
    """The longest reading of the words from ``at`` on: a phrase, a food, or one word that is unknown."""
    phrases = lexicon.load().at(words, at)
    food = _food(words, at)
    length = len(phrases[0].words) if phrases else 0
    meal = any(phrase.kind in {"SLOT", "SNACK", "TIME"} for phrase in phrases)
    if food is not None and food.end - at == length == 1 and any(phrase.kind == "OUT" for phrase in phrases):
        return Token(food.text, at, food.end, food.kinds | {"OUT"}, food.value)
    if food is not None and (food.end - at > length or (food.end - at == length == 1 and not meal)):
        return food
    if phrases:
        kinds = frozenset(phrase.kind for phrase in phrases)
        value = next((phrase.value for phrase in phrases if phrase.value), "")
        if length > 1 and not value and (value := _meal_in(words[at : at + length])):
            kinds |= {"SLOT"}
        return Token(" ".join(words[at : at + length]), at, at + length, kinds, value)
    word = words[at]
    if word.isdigit() or re.fullmatch(r"\d+(?:h|hs|min|g|kg|ml)?\d*", word):
        return Token(word, at, at + 1, frozenset({"NUMBER"}))
    return Token(word, at, at + 1, frozenset({"FILLER"} if word in _QUANTITIES or len(word) == 1 else ()))


def _meal_in(words: list[str]) -> str:
    """The meal that is named within a phrase: "não janto em casa", "o mesmo almoço"."""
    for at in range(len(words)):
        for phrase in lexicon.load().at(words[at : at + 1], 0):
            if phrase.kind == "SLOT":
                return phrase.value
            if phrase.kind == "SNACK":
                return "lanche_da_tarde"
    return ""


def _food(words: list[str], at: int) -> Token | None:
    """A food and what belongs to its name: "peito de frango grelhado", "macarrão alho e óleo"."""
    known = lexicon.load()
    if not heads(words[at]) or (
        words[at] == "massa" and (at == 0 or words[at - 1] not in ("uma", "de", "a", "por"))
    ):
        return None
    end = at + 1
    while end < len(words):
        word, after = words[end], words[end + 1] if end + 1 < len(words) else ""
        third = words[end + 2] if end + 2 < len(words) else ""
        if known.goes_on(word) or (heads(word) and word not in ("por",)):
            end += 1
        elif (word == "e" and words[end - 1] == "alho" and after == "oleo") or (
            word in _JOINS and _joined(word, after, words[end - 1])
        ):
            end += 2
        elif word == "com" and after in ("um", "uma") and heads(third):
            end += 3
        else:
            break
    said = " ".join(words[at:end])
    return Token(said, at, end, frozenset({"FOOD"}), known.called.get(said, said))


def _joined(join: str, after: str, before: str) -> bool:
    """Whether ``join`` ties the word after it to the food before: "de frango", "no vapor", "à milanesa"."""
    known = lexicon.load()
    if join in ("no", "na"):
        return after in _PLACES
    if join == "a":
        return after in _AFTER_A
    if join in ("ao", "aos"):
        return after in _PLACES or heads(after)
    if heads(after) or known.goes_on(after):
        return True
    return join == "de" and bool(after) and not known.is_known(after) and after not in (*DAYS, *MARKS)


def _is_left(found: list[Token], at: int) -> bool:
    """Whether "ontem" says of a food how old it is: "arroz de ontem"."""
    again = any(token.is_("COPY", "AGAIN", "SAME") for token in found)
    return not again and at > 1 and found[at - 1].text == "de" and found[at - 2].is_("FOOD")


def heads(word: str) -> bool:
    """Whether ``word`` may begin the name of a food, small or many: "peixinho", "ovos"."""
    known = lexicon.load()
    if known.is_food(word):
        return True
    if word in known.words:
        return False
    if word.endswith(("ona", "ao")) and len(word) > 6:  # "saladona", "churrascão"
        return known.is_food(f"{word[:-3]}a" if word.endswith("ona") else f"{word[:-2]}o")
    if not word.endswith(("inho", "inha", "inhos", "inhas")):
        return False
    return any(stem(each) in known.heads for each in undiminished(word))


def _with_articles(found: list[Token]) -> Iterator[Token]:
    """As they are; "lanche" and a time of the day are one meal."""
    for at, token in enumerate(found):
        if token.text == "nao" and at and (at + 1 == len(found) or found[at + 1].is_("MARK")):
            yield Token(token.text, token.at, token.end, frozenset({"FILLER"}))
            continue
        if token.text in _NOUNS and at and found[at - 1].text in _ARTICLES:
            yield Token(token.text, token.at, token.end, frozenset({"FILLER"}))
            continue
        if token.is_("PASTDAY") and token.value == "ontem" and _is_left(found, at):
            yield Token(token.text, token.at, token.end, frozenset({"FILLER"}))
            continue
        before = found[at - 1] if at else None
        if token.is_("SNACK") and not token.value:
            near = next((t.value for t in found[at + 1 : at + 4] if t.is_("TIME")), "")
            near = near or (before.value if before is not None and before.is_("TIME") else "")
            morning = near == "cafe_da_manha"
            yield Token(
                token.text,
                token.at,
                token.end,
                token.kinds | {"SLOT"},
                f"lanche_da_{'manha' if morning else 'tarde'}",
            )
        else:
            yield token
