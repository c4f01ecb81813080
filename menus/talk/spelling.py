"""Words as they are typed in a chat, written out: no accents, "hj", "q", "naaao", "almoso"; punctuation as words of its own."""

import re
from functools import cache

from menus.talk import lexicon
from nutrition.words import fold

MARKS = frozenset({".", ",", "?", "!", ":", ";", ">", "("})

_SHORT = {
    "hj": "hoje", "hje": "hoje", "oje": "hoje", "amnh": "amanha", "amn": "amanha", "amanhan": "amanha", "amanhaa": "amanha", "manha": "manha", "seg": "segunda", "ter": "ter",
    "qua": "quarta", "qui": "quinta", "sex": "sexta", "sab": "sabado", "dom": "domingo", "fds": "fim de semana", "findi": "fim de semana", "finde": "fim de semana",
    "q": "que", "ki": "que", "vc": "voce", "vcs": "voces", "ce": "voce", "cê": "voce", "oce": "voce", "voc": "voce", "n": "nao", "nn": "nao", "num": "num", "naum": "nao", "nao": "nao", "ñ": "nao",
    "pro": "pra o", "pros": "pra os", "para": "pra", "pa": "pra", "p": "pra", "pras": "pra as", "prum": "pra um", "pruma": "pra uma", "c": "com", "cm": "com", "s": "sem", "td": "tudo", "tds": "todos", "tb": "tambem", "tbm": "tambem", "tbem": "tambem",
    "mto": "muito", "mt": "muito", "mta": "muita", "mtos": "muitos", "mtas": "muitas", "mts": "muitos", "msm": "mesmo", "pq": "porque", "pqe": "porque", "oq": "o que", "oque": "o que", "dps": "depois", "dpois": "depois", "agr": "agora",
    "to": "to", "tou": "to", "estou": "to", "esta": "ta", "estao": "tao", "tah": "ta", "estava": "tava", "estavam": "tavam", "eh": "e", "ne": "ne", "neh": "ne", "bjs": "beijos", "blz": "beleza", "obg": "obrigada", "obgd": "obrigada",
    "pfv": "por favor", "pfvr": "por favor", "pf": "por favor", "pls": "por favor", "plz": "por favor", "plis": "por favor", "please": "por favor", "porfa": "por favor", "favorzinho": "favor", "kd": "cade", "qnd": "quando", "qdo": "quando", "qto": "quanto",
    "qq": "qualquer", "qlqr": "qualquer", "cmg": "comigo", "ctg": "contigo", "hr": "hora", "hrs": "horas", "refs": "refeicoes", "ref": "refeicao", "refeicoens": "refeicoes", "segundona": "segunda", "sextou": "sexta", "sabadao": "sabado", "domingao": "domingo", "domingueira": "domingo", "sextona": "sexta", "sextinha": "sexta",
    "tercas": "terca", "segundas": "segunda", "quartas": "quarta", "quintas": "quinta", "sextas": "sexta", "sabados": "sabado", "domingos": "domingo", "tersa": "terca", "zap": "mensagem", "geladera": "geladeira", "almossar": "almocar", "almosso": "almoco", "almosar": "almocar",
    "peraí": "pera", "vamo": "vamos", "vambora": "vamos", "bora": "bora", "dexa": "deixa", "tira-la": "tira", "troka": "troca", "coloka": "coloca", "keria": "queria", "kero": "quero", "qro": "quero", "qria": "queria", "qr": "quer", "gnt": "gente", "genti": "gente", "hoji": "hoje", "manhã": "manha", "lanxe": "lanche", "lache": "lanche", "lanchi": "lanche", "jata": "janta", "noti": "noite", "di": "de", "cafeh": "cafe", "deu": "deu", "desfas": "desfaz", "desfais": "desfaz", "desfiz": "desfiz", "repeti": "repete", "trocaa": "troca",
}  # fmt: skip
_THIS = frozenset(
    {
        "semana",
        "noite",
        "tarde",
        "manha",
        "janta",
        "comida",
        "refeicao",
        "receita",
        "opcao",
        "troca",
        "sexta",
        "quinta",
        "quarta",
    }
)
_TWICE = re.compile(r"([a-z])\1{2,}")
_ORDINAL = {"2": "segunda", "3": "terca", "4": "quarta", "5": "quinta", "6": "sexta"}
_FEIRA = re.compile(r"\b([2-6])\s?(?:a|ª|º|°|\.ª)?[ -]?(?:feira)\b|\b([2-6])(?:ª|a)(?![a-z0-9])")
_SURE_LONG = 5


def said(text: str) -> list[str]:
    """The words and marks of ``text``, in order."""
    folded = (
        re.sub(r"castanhas? d[oe] para\b", "castanhadopara", fold(text))
        .replace("->", " > ")
        .replace("=>", " > ")
        .replace("→", " > ")
    )
    folded = _FEIRA.sub(lambda m: _ORDINAL[m.group(1) or m.group(2)], folded)
    folded = re.sub(r"\bc/\s?", "com ", re.sub(r"\bs/\s?", "sem ", re.sub(r"\bp/\s?", "pra ", folded)))
    folded = re.sub(r"[\n\r]+| [-–—] |[\"“”)…]|\.{2,}", " . ", folded)
    folded = re.sub(r"-(?:feira)\b", "", folded)
    folded = re.sub(r"(?<=[a-z])-(?:la|lo|las|los|me|se)\b|-", " ", folded)
    folded = re.sub(r"(?<=\d)[.,](?=\d)", "", folded)
    folded = re.sub(r"([.,?!:;>(])", r" \1 ", folded)
    folded = re.sub(r"[^\w .,?!:;>(]", " . " if "/" not in folded else " ", folded)
    words: list[str] = []
    raws = folded.split()
    for at, raw in enumerate(raws):
        if raw in ("esta", "estas") and raws[at + 1 : at + 2] and raws[at + 1] in _THIS:
            words.append("essa")
            continue
        word = _TWICE.sub(r"\1", raw) if not raw.isdigit() else raw
        words += _SHORT.get(word, word).split()
    return _corrected(_denied(words))


def _denied(words: list[str]) -> list[str]:
    """ "num quero" is "não quero", but "num prato" is not."""
    verb = re.compile(r"\w+(?:ei|ou|o|ava|aram|inha|a|e|uero|ueria)$")
    kept = ("prato", "restaurante", "bar", "rodizio", "lugar", "dia", "caso", "almoco", "jantar", "lanche")
    return [
        "nao"
        if word == "num"
        and at + 1 < len(words)
        and words[at + 1] not in kept
        and _is_verb(words[at + 1], verb)
        else word
        for at, word in enumerate(words)
    ]


def _is_verb(word: str, verb: re.Pattern[str]) -> bool:
    common = r"(?:quero|queria|gostei|curti|tinha|tem|tenho|da|deu|vou|vai|to|ta|achei|aguento|guento|me|vende|precisa|troca|mexe|muda|como|posso|consigo|sei|rolou|bota|poe|faz|aceito|encontrei)"
    return bool(re.fullmatch(common, word)) and bool(verb.fullmatch(word) or True)


def _corrected(words: list[str]) -> list[str]:
    return [corrected(word) for word in words]


@cache
def corrected(word: str) -> str:
    """``word``, or the word of ours that is one slip away from it."""
    known = lexicon.load()
    if len(word) < _SURE_LONG or not word.isalpha() or known.is_known(word) or known.goes_on(word):
        return word
    if word.endswith(_ENDINGS):
        return word
    near = [
        other
        for length in (len(word) - 1, len(word), len(word) + 1)
        for other in known.spelt.get(length, ())
        if other[0] == word[0] and _one_slip(word, other)
    ]
    near = [each for each in near if not (word[:-1] == each[:-1] or f"{each}s" == word or word[:-1] == each)]
    return near[0] if len(set(near)) == 1 else word


_ENDINGS = (
    "ado",
    "ada",
    "ados",
    "adas",
    "ido",
    "ida",
    "oso",
    "osa",
    "ou",
    "ei",
    "ava",
    "aram",
    "eram",
    "iram",
    "endo",
    "indo",
    "mente",
    "eu",
    "iu",
    "inho",
    "inha",
)
"""Words that say what was, or how, are left as they are."""


def _one_slip(one: str, two: str) -> bool:
    """Whether a letter was changed, lost, added, or two neighbours were exchanged."""
    short, long = sorted((one, two), key=len)
    at = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    same = short[at + 1 :] == long[at + 1 :]
    turned = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return same or turned
