"""What free text asks for, by its words: a greeting, a meal, a day, a new week. Pure functions over folded words."""

import re
from datetime import date, timedelta

from handlers import foreign_words
from menus.talk import when
from nutrition.menu import Slot
from nutrition.words import tokens

_GREETINGS = re.compile(r"^(oi+|ola|opa|e ai|bom dia|boa tarde|boa noite|menu|salve|alo)\b")
_ONLY_GREETS = re.compile(
    r"^(?:(?:oi+|ola|opa|e ai|bom dia|boa tarde|boa noite|salve|alo|tudo (?:bem|bom|certo|joia)|td bem|como (?:vai|voce esta)|beleza"
    r"|blz|com voce|por ai|gente|pessoal)\s*)+$"
)
_GREETED = {"bom dia": "bom_dia", "boa tarde": "boa_tarde", "boa noite": "boa_noite"}
_MEAL_HOUR = re.compile(
    r"\b(jant\w+|almoc\w+|lanch\w+|cafe|comer|refeic\w+)\b.*\b(mais (cedo|tarde)|outro horario|outra hora)\b"
    r"|\ba que horas? (eu )?(janto|almoco|lancho|como|devo|tenho que)\b"
)
_MEAL_ASKED = re.compile(
    r"^(?:(?:oi|e|entao|hoje|amanha|agora)[ ,]+)*(?:(?:o que|oq|que|qual|quais|mostra\w*|ver|como)"
    r"(?: (?:eu|e|tem|vou|vai|ter|ser|comer|como|seria|hoje|amanha))* )?(?:(?:o|a|no|na|do|pro|pra|para|de|meu|minha|eu) )*"
    r"(?:almoc\w+|jant\w+|lanche|lancho|cafe|ceia|desjejum|colacao)"
    r"(?: (?:da manha|da tarde|da noite|de hoje|hoje|de amanha|amanha|(?:de|na|no|da|do) \w+|agora|mesmo))*$"
)
_WARM = frozenset("👍👏🙏👌❤😍🥰💚💛🧡💙💜✅")
_THANKS = re.compile(r"^(obrigad[oa]|valeu|brigad[oa]|agradec\w+|muito obrigad[oa])\b")
_NEXT_MEAL = re.compile(
    r"\bcomo agora\b|\bo que (eu )?como\b(?!.*\b(amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo)\b)"
    r"|\bque horas\b|\bproxima refeicao\b|\bqual (e )?o (almoco|jantar|lanche|cafe)\b|\bto com fome\b"
)
_NEW_WEEK = re.compile(
    r"\b(outra|nova|refaz\w*|refaca|muda\w*|monta\w*|faz\w*)\b.*\b(semana|cardapio|menu)\b|\b(cardapio|semana|menu) nov[oa]\b"
)
_SHOW_WEEK = re.compile(r"^(ver |mostra\w* )?(a |minha |o )?(semana|cardapio)( toda| inteira)?$")
_RECIPE = re.compile(r"\breceitas?\b|\bcomo (eu )?(faco|preparo)\b|\bmodo de fazer\b")
_DONE = re.compile(
    r"^(ja )?(feito|tudo feito|fiz( tudo)?|comi tudo( certo| certinho)?|cumpri( tudo)?|segui( tudo| o cardapio| certinho)*)( hoje| ja)?$"
    r"|^hoje (eu )?(fiz|segui|cumpri|comi) tudo( certo| certinho)?$"
)
_SKIPPED = re.compile(
    r"^(hoje )?(eu )?(pulei|nao (segui|fiz|cumpri))( o (dia|cardapio))?( hoje| de hoje)?$|^hoje nao deu$|^nao deu hoje$"
)
_STOP = re.compile(
    r"^(chega|para|pare|parar)$|\b(para|pare|parar)\b.*\b(mensagens?|mandar|avisos?|lembretes?)\b"
    r"|\b(desliga\w*|cancela\w*|tira\w*) (o |os |a )?(lembretes?|avisos?)\b"
)
_REMIND = re.compile(r"\b(me lembr\w+|lembretes?|me avis\w+|muda (o |os )?(horario|aviso|lembrete)\w*)\b")
_COMFORT = re.compile(r"\b(jaquei|furei|sai da dieta|exagerei|comi (muito|demais|pizza|besteira)\w*)\b")
_IGNORE = re.compile(r"\b(ignor\w+|esquec\w+|desconsider\w+)\b.*\b(alergi\w+|restric\w+|intoleranc\w+)\b")
_ERASE = re.compile(r"^(apaga\w*|apague|exclu\w+|delet\w+)\b.*\b(tudo|dados|conta)\b")

_MY_RESTRICTIONS = re.compile(r"\b(minhas|quais|ver|mostra\w*)\b.*\b(restricoes|alergias|intolerancias)\b")
_HELP = re.compile(
    r"^(?:me )?ajud[ae]\b(?: aqui| por favor)?$|\bnao sei (?:o que fazer|como (?:funciona|usar|mexer|fazer isso)|usar|mexer)\b"
    r"|^como (?:isso |voce |esse bot |o bot |e que )?(?:funciona|uso|te uso)\b|\bo que (?:e que )?(?:voce|vc) (?:faz|sabe fazer|pode fazer)\b"
)
_MY_DATA = re.compile(r"\b(meu|ver o|mostra\w* o) (perfil|cadastro)\b|\bmeus dados\b")

_WEEKDAYS = {
    "segunda": 0,
    "terca": 1,
    "quarta": 2,
    "quinta": 3,
    "sexta": 4,
    "sabado": 5,
    "domingo": 6,
}
_YES = {
    "sim",
    "s",
    "isso",
    "ok",
    "certo",
    "claro",
    "pode",
    "quero",
    "confirmo",
    "concordo",
    "aceito",
    "beleza",
    "blz",
}
_YES |= {
    "exato",
    "correto",
    "pode montar",
    "montar",
    "monta",
    "esta certo",
    "ta certo",
    "isso mesmo",
    "sim pode",
}
_NO = {"nao", "n", "agora nao", "nunca", "negativo", "nao quero", "nao concordo", "nao aceito", "depois"}
_BACK = {"voltar", "volta", "anterior", "volte"}
_NOTHING = {
    "nada",
    "nenhum",
    "nenhuma",
    "nao",
    "nao tenho",
    "sem restricao",
    "sem restricoes",
    "como de tudo",
    "nenhuma restricao",
    "pular",
    "pula",
    "tudo",
    "gosto de tudo",
    "nao tenho nada",
    "nada disso",
    "nao sei",
    "sem lembrete",
    "nenhuma delas",
    "nenhuma dessas",
}


def plain(text: str) -> str:
    """Folded words with single spaces: what whole-answer comparisons use."""
    return " ".join(tokens(text))


def is_yes(text: str) -> bool:
    """ "sim", "é isso mesmo", "pode montar"."""
    said = plain(text)
    bare = said.removeprefix("e ")
    return bool({said, bare} & _YES) or said in foreign_words.YES


def is_no(text: str) -> bool:
    """ "não", "agora não"."""
    return plain(text) in _NO or plain(text) in foreign_words.NO


def is_back(text: str) -> bool:
    """ "voltar"."""
    return plain(text) in _BACK or plain(text) in foreign_words.BACK


def is_nothing(text: str) -> bool:
    """ "nada", "nenhuma", "como de tudo": an answer that there is none."""
    return plain(text) in _NOTHING or plain(text) in foreign_words.NOTHING


def is_greeting(text: str) -> bool:
    """ "oi", "bom dia", "menu"."""
    return bool(_GREETINGS.search(plain(text))) and len(tokens(text)) <= 5


def greeting(text: str) -> str:
    """Which greeting ``text`` begins with ("bom_dia"), "oi" for any other."""
    said = plain(text)
    return next((code for words, code in _GREETED.items() if said.startswith(words)), "oi")


def is_small_talk(text: str) -> bool:
    """A greeting and no more ("boa tarde, tudo bem?"), when to eat, or what: no question for the guide."""
    greets = bool(_ONLY_GREETS.search(plain(text)))
    return greets or asks_help(text) or asks_meal_hour(text) or meal_asked(text) is not None


def only_emoji(text: str) -> bool:
    """Whether ``text`` has emoji and no word."""
    return not tokens(text) and any(ord(char) > 0x2190 for char in text)


def is_warm(text: str) -> bool:
    """Whether emoji without words say that all is well: 👍, ❤️, 🙏."""
    return only_emoji(text) and any(char in _WARM for char in text)


def meal_asked(text: str) -> Slot | None:
    """The one meal that ``text`` asks to see: "o que eu janto?", "qual o almoço de amanhã?", "jantar"."""
    words = when.plain(text)
    slots = when.slots_in(words)
    return slots[0] if len(slots) == 1 and len(words.split()) <= 9 and _MEAL_ASKED.search(words) else None


def meal_named(text: str) -> Slot | None:
    """The one meal that ``text`` names."""
    slots = when.slots_in(when.plain(text))
    return slots[0] if len(slots) == 1 else None


def asks_meal_hour(text: str) -> bool:
    """ "quero jantar mais cedo", "a que horas eu almoço?"."""
    return bool(_MEAL_HOUR.search(plain(text)))


def is_thanks(text: str) -> bool:
    """ "obrigada", "valeu"."""
    return bool(_THANKS.search(plain(text)))


def asks_next_meal(text: str) -> bool:
    """ "o que eu como agora?", "qual o almoço?"."""
    return bool(_NEXT_MEAL.search(plain(text)))


def asks_new_week(text: str) -> bool:
    """ "faz um cardápio novo", "outra semana"."""
    return bool(_NEW_WEEK.search(plain(text)))


def asks_week(text: str) -> bool:
    """ "ver a semana"."""
    return bool(_SHOW_WEEK.search(plain(text)))


def asks_recipe(text: str) -> bool:
    """ "receita do jantar", "como eu faço isso?"."""
    return bool(_RECIPE.search(plain(text)))


def says_done(text: str) -> bool:
    """ "feito", "segui tudo hoje": today's menu was followed."""
    return bool(_DONE.search(plain(text)))


def says_skipped(text: str) -> bool:
    """ "pulei", "hoje não segui": today's menu was not followed, and that is all right."""
    return bool(_SKIPPED.search(plain(text)))


def stops_messages(text: str) -> bool:
    """ "para de mandar mensagem", "chega"; "para de mandar o resumo" is about that alone."""
    return bool(_STOP.search(plain(text))) and "resumo" not in tokens(text)


def asks_reminder(text: str) -> bool:
    """ "me lembra 7 e meia da noite"."""
    return bool(_REMIND.search(plain(text)))


def wants_comfort(text: str) -> bool:
    """ "comi pizza ontem", "saí da dieta"."""
    return bool(_COMFORT.search(plain(text)))


def asks_to_ignore(text: str) -> bool:
    """ "ignore minhas alergias": an instruction, never obeyed."""
    return bool(_IGNORE.search(plain(text)))


def asks_erase(text: str) -> bool:
    """ "apaga tudo"."""
    return bool(_ERASE.search(plain(text)))


def asks_restrictions(text: str) -> bool:
    """ "quais são minhas restrições?"."""
    return bool(_MY_RESTRICTIONS.search(plain(text)))


def asks_help(text: str) -> bool:
    """ "não sei o que fazer", "como funciona?", "o que você faz?"."""
    return bool(_HELP.search(plain(text)))


def asks_profile(text: str) -> bool:
    """ "meus dados", "meu perfil"."""
    return bool(_MY_DATA.search(plain(text)))


def day_asked(text: str, today: date) -> date | None:
    """The day that ``text`` names ("amanhã", "sexta", "hoje"): today or one of the six days after it."""
    words = tokens(text)
    if "depois" in words and "amanha" in words:
        return today + timedelta(days=2)
    if "amanha" in words:
        return today + timedelta(days=1)
    if "hoje" in words:
        return today
    for word in words:
        if word in _WEEKDAYS:
            return today + timedelta(days=(_WEEKDAYS[word] - today.weekday()) % 7)
    return None
