"""From a sentence to a wish, by rules. Each rule knows one way of saying things; the first that fits reads the sentence.

A sentence that no rule knows is None: a wrong change is worse than a question. Health and restrictions are not read
here; callers look for them first.
"""

import re
from collections.abc import Callable
from datetime import date

from menus.talk.foods import foods_in
from menus.talk.when import Moment, at_night, days_in, next_main, plain, slots_in
from menus.talk.wish import Act, Wish
from nutrition.menu import Slot
from nutrition.shares import MAX_MEALS, MIN_MEALS

_MAIN = (Slot.ALMOCO, Slot.JANTAR)
_NUMBERS = {
    "um": 1, "uma": 1, "dois": 2, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7, "oito": 8,
}  # fmt: skip
_COUNT = r"(\d{1,2}|um|uma|dois|duas|tres|quatro|cinco|seis|sete|oito)"

_UNDO = re.compile(
    r"^(?:nao )?,? ?(?:desfaz\w*|desfaca|volt\w+ (?:como|ao que|o que) (?:estava|era|tava)\b.*|volta atras|deixa como (?:estava|era|tava)"
    r"|cancela (?:isso|a troca|essa troca|a mudanca)|desist\w+ da troca)"
)
_ASKS = re.compile(
    r"\b(?:quant[oa]s?|calorias|kcal|posso comer|pode comer|faz mal|engorda|emagrece|por que|porque)\b"
)
_TOLD = re.compile(r"\b(?:comi|almocei|jantei|exagerei|bebi|furei|lanchei)\b")
_KEEP = re.compile(
    r"\b(?:gostei|adorei|amei|guarda\w*|mant\w+|deixa\w*|salva\w*|quero)\b.*\b(?:proxim\w+ semanas?|semana que vem|de novo)\b"
    r"|\b(?:guarda|mantem|salva|fixa|tranca|trava)\b"
)
_OUT = re.compile(
    r"\bfora\b(?! d[aeo] (?:dieta|plano|geladeira))|\bn[ao] (?:casa|ape) d[aeo]s?\b|\brestaurantes?\b|\brodizio\b|\bchurrasco\b|\bfesta\b|\bcasamento\b"
    r"|\baniversario\b|\bifood\b|\bdelivery\b|\bcom (?:os|as|meus|minhas|uns|umas|o pessoal|a galera|amig\w+|a turma)\b|\bconfraternizacao\b"
)
_GOING = re.compile(
    r"\b(?:vou|vamos|irei|tenho|tem|vai ter|almoco|janto|como|marquei)\b|\balmoco fora\b|\bjanto fora\b"
)
_NOT_HOME = re.compile(
    r"\bnao (?:vou|vamos) (?:almocar|jantar|comer|lanchar|tomar cafe)(?: em casa| aqui)?\b"
)
_AT_HOME = re.compile(r"\b(?:almocar|jantar|comer)\b.*\bem casa\b")
_COPY = re.compile(r"\b(?:repet\w+|repit\w+|copi\w+|igual(?:zinh[oa])?|mesma coisa|mesmo cardapio)\b")
_LIKE = re.compile(r"\b(?:igual(?:zinh[oa])?(?: a| ao| de)?|mesma coisa|mesmo cardapio)\b")
_PEOPLE = re.compile(
    rf"\b(?:pra|para|somos(?: em)?|moramos(?: em)?|em|serve|cozinho (?:pra|para)|lista (?:pra|para|de))\s+{_COUNT}"
    r"(?=\s*(?:pessoas?|de nos|adultos?|em casa|aqui em casa|na casa|$))"
)
_HOUSE = re.compile(r"\b(?:pessoas?|somos|moramos|adultos?)\b")
_MEALS = re.compile(rf"\b{_COUNT}\s+(?:refeicoes|refeicao|vezes (?:por|ao|no) dia|vez (?:por|ao) dia)\b")
_OF_FOOD = re.compile(r"\b(?:por|na|a) semana\b|\bagua\b|\bremedio\b")
_SLOT_OFF = re.compile(
    r"^(?:sem|tira\w*|corta\w*|elimina\w*|pula\w*|nao (?:quero|faco|como|tomo|preciso)(?: mais)?(?: d[aeo])?)\s+(?:mais\s+)?(?:o|a|os|as)?\s*"
    r"(?:lanches?(?: (?:da|de) (?:manha|tarde|noite))?|ceia|colacao)(?:\s+(?:por favor|da semana|de todo dia|todos? os dias))?$"
)
_NO_MEAT = re.compile(
    r"\bsem (?:nenhuma )?carnes?\b(?! (?:de|vermelha|moida|seca|suina|bovina))|\bdia (?:todo )?(?:vegetariano|vegano|sem carne)\b"
)
_CHEAP = re.compile(
    r"\b(?:car[oa]|carissim[oa]|caros|mais barat\w+|baratinh\w+|algo barato|economiz\w+|gast\w+ (?:menos|pouco)|pouca grana|sem (?:dinheiro|grana)"
    r"|grana curta|(?:dinheiro|grana|mes) (?:apertad\w+|curt\w+)|(?:mais )?em conta)\b"
)
_QUICK = re.compile(
    r"\b(?:sem tempo|(?:pouco|pouquinho de) tempo|correria|com pressa|(?:algo|coisa|mais|bem|prato|uma receita) rapid\w+|rapidinh\w+|preguica"
    r"|(?:nao (?:quero|to a fim de|vou|da pra|aguento))(?: ter que)? cozinhar|cansad\w+ (?:pra|para|de) cozinhar|menos tempo)\b"
)
_AT_HAND = re.compile(
    r"\b(?:tenho|temos|so tem|so tenho|tem|comprei|ganhei|sobr\w+)\s+(?P<foods>.+?)\s+(?:na geladeira|no freezer|no congelador|em casa|aqui|na despensa"
    r"|no armario|sobrando|pra usar|para usar|pra gastar)\b"
    r"|\bsobr(?:ou|aram)\s+(?P<left>.+)|\bo que (?:\w+ ){0,3}(?:faco|fazer|cozinhar|cozinho|preparar)(?: hoje)? com\s+(?P<make>.+)"
    r"|\b(?:usar|gastar|aproveitar)\s+(?P<use>.+)"
)
_LACK = re.compile(
    r"\b(?:nao (?:achei|encontrei|achamos|tinha)|acabou|ta(?:va)? em falta|esta(?:va)? em falta)\s+(?P<foods>.+)"
    r"|^(?P<before>.+?)\s+(?:acabou|ta em falta|esta em falta|em falta)\b"
    r"|\bnao tem\s+(?P<market>.+?)\s+(?:no mercado|na feira|no sacolao|no supermercado|no acougue)\b"
)
_ENOUGH = re.compile(
    r"\b(?:nao (?:aguento|quero ver|suporto ver)(?: mais)?|enjo(?:ei|ad[oa]|ando)|cans(?:ei|ad[oa])|(?:to|tou|estou) chei[oa]|saco cheio|farto|farta|chega)"
    r"\s+(?:d[aeo]s?\s+)?(?:comer\s+)?(?P<foods>.+)|^(?:quero |queria |pode ser |bota |coloca )?menos\s+(?P<less>.+)"
    r"|\bnao quero(?: mais)?\s+(?P<week>.+?)\s+(?:essa|esta|nessa|nesta) semana\b"
)
_TAKE_OUT = re.compile(r"\b(?:tir\w+|sem|retir\w+|remov\w+)\s+(?P<foods>.+)")
_CHANGE = re.compile(r"\b(?:troc\w+|mud(?:a|ar|e|o|ei|aria)|substitu\w+|alter\w+)\b")
_PUT = re.compile(
    r"\b(?:poe|ponha|por|bota\w*|coloca\w*|inclui\w*|quero|queria|prefiro|faz|pode ser)\s+(?P<foods>.+?)\s+(?:no|na|pra o|para o|pra a|para a|pra|de)\s+(?:\w+ )?(?:almoco|jantar?|janta|cafe|lanche|ceia)\b"
)
_INSTEAD = re.compile(r"\b(?:no lugar|em vez|inves)\b")
_BY = re.compile(r"\b(?:por|pra|para|quero|queria|prefiro|pode ser|bota|poe|coloca)\s+(?P<foods>.+)$")
_WHOLE = re.compile(
    r"\b(?:tudo|dia (?:todo|inteiro)|inteir[oa]|o dia|todas as refeicoes|as refeicoes|cardapio)\b"
)
_REFUSED = re.compile(r"\bnao (?:quero|gostei|curti|vou comer|to a fim)\b")
_OTHER_THINGS = re.compile(
    r"\b(?:horario|hora|lembrete|aviso|peso|altura|idade|objetivo|meta|cidade|idioma|perfil|senha)s?\b"
)


def read(text: str, moment: Moment) -> Wish | None:
    """What ``text`` asks to have changed; None when no rule is sure."""
    words = plain(text)
    if _UNDO.search(words):
        return Wish(Act.UNDO)
    if _ASKS.search(words) or _TOLD.search(words) or len(words) > 200:
        return None
    return next((wish for rule in _RULES if (wish := rule(words, moment)) is not None), None)


def _kept(words: str, moment: Moment) -> Wish | None:
    slots = slots_in(words)
    if not _KEEP.search(words) or len(slots) != 1 or _CHANGE.search(words):
        return None
    days = days_in(words)
    return Wish(Act.KEEP, days[0].of_the_week(moment) if days else moment.today, slots[0])


def _away(words: str, moment: Moment) -> Wish | None:
    not_home = _NOT_HOME.search(words)
    if not not_home and not (_OUT.search(words) and _GOING.search(words)):
        return None
    if not not_home and (_AT_HOME.search(words) or re.search(r"\b(?:nao|ontem)\b", words)):
        return None
    days, slots = days_in(words), slots_in(words)
    if len(days) > 1 or len(slots) > 1:
        return None
    day = days[0].coming(moment) if days else moment.today
    slot = slots[0] if slots else Slot.JANTAR if at_night(words) else None
    if slot is None and (days or re.search(r"\b(?:churrasco|festa|casamento|aniversario)\b", words)):
        slot = Slot.ALMOCO if day != moment.today else next_main(moment)[1]
    return Wish(Act.AWAY, day, slot) if slot is not None else None


def _copied(words: str, moment: Moment) -> Wish | None:
    if not _COPY.search(words):
        return None
    days, slots = days_in(words), slots_in(words)
    if len(slots) > 1 or not 1 <= len(days) <= 2:
        return None
    if len(days) == 1:
        return (
            Wish(Act.COPY_MEAL, days[0].coming(moment), slots[0], source=moment.today)
            if slots and days[0].coming(moment) != moment.today
            else None
        )
    first, second = days
    like = _LIKE.search(words)
    source, target = (second, first) if like and first.at < like.start() < second.at else (first, second)
    copied = source.of_the_week(moment)
    if slots:
        return Wish(Act.COPY_MEAL, target.coming(moment), slots[0], source=copied)
    return Wish(Act.COPY_DAY, target.coming(moment), source=copied)


def _people(words: str, _moment: Moment) -> Wish | None:
    found = _PEOPLE.search(words)
    if found is None or not _HOUSE.search(words) or slots_in(words) or days_in(words):
        return None
    return Wish(Act.PEOPLE, count=_number(found.group(1)))


def _meals(words: str, _moment: Moment) -> Wish | None:
    found = _MEALS.search(words)
    if found is None or _OF_FOOD.search(words) or days_in(words) or _CHANGE.search(words[: found.start()]):
        return None if found is None or not _CHANGE.match(words) else _meal_count(_number(found.group(1)))
    return _meal_count(_number(found.group(1)))


def _meal_count(count: int) -> Wish | None:
    return Wish(Act.MEALS, count=count) if MIN_MEALS <= count <= MAX_MEALS else None


def _slot_off(words: str, _moment: Moment) -> Wish | None:
    slots = slots_in(words)
    if not _SLOT_OFF.search(words) or len(slots) != 1 or slots[0] in _MAIN:
        return None
    return Wish(Act.SLOT_OFF, slot=slots[0])


def _no_meat(words: str, moment: Moment) -> Wish | None:
    days = days_in(words)
    if not _NO_MEAT.search(words) or len(days) > 1 or slots_in(words):
        return None
    if not days and "dia" not in words.split():
        return None
    return Wish(Act.NO_MEAT, days[0].coming(moment) if days else moment.today)


def _at_hand(words: str, moment: Moment) -> Wish | None:
    found = _AT_HAND.search(words)
    if found is None:
        return None
    foods = foods_in(next(piece for piece in found.groups() if piece))
    if not foods:
        return None
    day, slot = _where(words, moment)
    return Wish(Act.PANTRY, day, slot, foods)


def _lacking(words: str, _moment: Moment) -> Wish | None:
    found = _LACK.search(words)
    if found is None or re.search(r"\b(?:tempo|receita|botao|mensagem|bateria|energia)\b", words):
        return None
    foods = foods_in(next(piece for piece in found.groups() if piece))
    return Wish(Act.MISSING, foods=foods) if foods else None


def _enough(words: str, _moment: Moment) -> Wish | None:
    found = _ENOUGH.search(words)
    if found is None:
        return None
    foods = foods_in(next(piece for piece in found.groups() if piece))
    return Wish(Act.LESS, foods=foods) if foods else None


def _faster(words: str, moment: Moment) -> Wish | None:
    if not _QUICK.search(words) or _CHEAP.search(words):
        return None
    day, slot = _where(words, moment)
    return Wish(Act.FASTER, day, slot)


def _cheaper(words: str, moment: Moment) -> Wish | None:
    if not _CHEAP.search(words) or re.search(r"\bnao (?:ta|esta|e|achei|acho) (?:tao )?car", words):
        return None
    slots, days = slots_in(words), days_in(words)
    if not slots:
        return Wish(Act.CHEAPER)
    return Wish(Act.CHEAPER, days[0].coming(moment) if days else moment.today, slots[0])


def _taken_out(words: str, moment: Moment) -> Wish | None:
    found, days, slots = _TAKE_OUT.search(words), days_in(words), slots_in(words)
    if found is None or not (days or slots) or len(days) > 1 or len(slots) > 1:
        return None
    foods = foods_in(found.group("foods"))
    if not foods:
        return None
    return Wish(
        Act.WITHOUT, days[0].coming(moment) if days else moment.today, slots[0] if slots else None, foods
    )


def _swapped(words: str, moment: Moment) -> Wish | None:
    change, refused, put = _CHANGE.search(words), _REFUSED.search(words), _PUT.search(words)
    days, slots = days_in(words), slots_in(words)
    if len(days) > 1 or len(slots) > 1 or _OTHER_THINGS.search(words):
        return None
    instead = _INSTEAD.search(words)
    if not (change or refused or put or instead):
        return None
    day = days[0].coming(moment) if days else moment.today
    if not slots:
        whole = days and (change or refused) and _WHOLE.search(words)
        return Wish(Act.SWAP_DAY, day) if whole else None
    if re.search(r"\bnao (?:troc|mud|substitu|alter)", words):
        return None
    foods = _wanted(words, change is not None or instead is not None or refused is not None)
    if foods:
        return Wish(Act.SWAP, day, slots[0], foods)
    if put and not change:
        foods = foods_in(put.group("foods"))
        return Wish(Act.SWAP, day, slots[0], foods) if foods else None
    moved = change and re.search(
        r"\b(?:pra|para|com) (?:o |a )?(?:almoco|jantar|janta|amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo)\b",
        words,
    )
    return Wish(Act.OFFER, day, slots[0]) if not moved and (change or refused) else None


def _wanted(words: str, asked: bool) -> tuple[str, ...]:
    """The foods after "por", "pra", "quero": what is to come in the place of what stands."""
    if not asked:
        return ()
    for found in re.finditer(r"\b(?:por|pra|para|quero|queria|prefiro|bota|poe|coloca)\s+", words):
        rest = words[found.end() :]
        if found.group().strip() in ("quero", "queria") and re.match(
            r"(?:troc|mud|substitu|alter|outr)", rest
        ):
            continue
        if words[: found.start()].endswith("nao "):
            continue
        foods = foods_in(rest)
        if foods and not slots_in(" ".join(foods)) and not any(_CHANGE.search(food) for food in foods):
            return foods
    return ()


def _where(words: str, moment: Moment) -> tuple[date, Slot]:
    """The day and meal that are named, else the next lunch or dinner."""
    days, slots = days_in(words), slots_in(words)
    day, slot = next_main(moment)
    if days and days[0].word != "ontem":
        named = days[0].coming(moment)
        slot = slot if named == day else Slot.ALMOCO
        day = named
    return (moment.today if slots and not days else day), (slots[0] if slots else slot)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


Rule = Callable[[str, Moment], Wish | None]

_RULES: tuple[Rule, ...] = (
    _kept,
    _away,
    _copied,
    _people,
    _meals,
    _slot_off,
    _no_meat,
    _at_hand,
    _lacking,
    _enough,
    _faster,
    _cheaper,
    _taken_out,
    _swapped,
)
"""In order: what is more surely meant comes first."""
