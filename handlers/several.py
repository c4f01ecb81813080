"""A reminder or a restriction beside a change: "troca o jantar por ovo e me lembra às 7h" is two, and both are done.

Several changes in one sentence are read together (``menus.talk``), each knowing the day and meal of the one before.
"""

import re
from dataclasses import dataclass
from datetime import date

from handlers import intents, reminder_words
from handlers.onboarding import aside
from handlers.restriction_cues import ORDERED, leaves_out, names_a_time
from menus.places import Places
from menus.talk.reading import Reading, Verdict, understand
from menus.talk.when import Moment
from menus.talk.wish import Act
from nutrition.conditions import conditions_in, words_and_stops
from nutrition.foods import FoodTable
from nutrition.restrictions.harm import is_told
from nutrition.words import fold, tokens

MOST = 4
"""More wishes than this in one message are read as one text."""

MOST_PIECES = 48
SHORT = 3
"""Letters of words that name no food: "com", "de"."""

CHANGE, SHOW, REMINDER, RESTRICTION, COVERED, HEALTH = (
    "change",
    "show",
    "reminder",
    "restriction",
    "covered",
    "health",
)
"""What a piece is: ``COVERED`` asks for what the restriction beside it does anyway, "" means nothing alone."""

_OF_NO_FOOD = frozenset({Act.AWAY, Act.SKIP, Act.UNDO})
"""Beside these, a restriction is one: "não posso comer ovo, amanhã almoço fora"."""

_WITHOUT_IT = frozenset({Act.WITHOUT, Act.LESS, Act.MISSING, Act.NO_MEAT})
"""Changes that a restriction of the same food does by itself."""

_LASTS = re.compile(
    r"\b(?:alerg|intoler|celiac|vegan|vegetarian)|\b(?:odeio|detesto|nojo|dieta sem|dieta livre de|dieta zero|proibid[oa]s?|proibiu|proibiram)\b"
    r"|\bnao (?:como|posso com|posso comer|bebo|tomo|consumo|gosto|suporto|curto)\b"
    rf"|{ORDERED}"
)
_NOT_FOR_GOOD = re.compile(
    r"\b(?:d|n)?(?:es[st][ae]s?|aquel[ae]s?)\b|\bmais\b|\bn?es(?:ta|sa) semana\b|\b(?:hoje|amanha|ontem)\b"
    r"|\bse (?:um dia|algum dia|eu (?:fosse|virar|virasse|for|tiver|tivesse|parar|parasse|quiser)|a gente|fosse|tivesse)\b|\bimagin\w+"
    r"|\b(?:odeio|detesto|gosto de|gosto|suporto) (?:quando|que|como|se|ver)\b"
    r"|\b(?:odeio|detesto|gosto de|suporto) (?!comer|tomar|beber|acucar|caviar|manjar)\w+[aei]r\b"
)
"""Of this dish alone, or had enough of: "não gosto desse frango", "não como mais ovo essa semana"."""

_TAKES = r"(?:tir[ae]\w*|retir\w+|remov\w+|cort[ae]\w*|nao (?:poe|ponha|bota|bote|coloc\w+))"
_TAKEN_OUT = re.compile(
    rf"^(?:e )?(?:pode )?{_TAKES}(?: (?:isso|ele|ela|eles|elas|tudo|fora|ai|de tudo|do cardapio|da dieta|do menu|pra mim|pfv\w*|por favor))*"
    r"(?: (?:d[aeo]s?|n[ao]s?|desse|dessa|pelo menos do) (?:meu |minha )?(?:cafe(?: da manha)?|almoco|jantar|janta|lanch\w+(?: da (?:manha|tarde))?|ceia)"
    r"(?: d?e? ?(?:hoje|hj|amanha|amnh|segunda|terca|quarta|quinta|sexta|sabado|domingo))?)?$"
)
"""The food that was just told: "leite me faz mal, tira do café" leaves no breakfast out."""

_JOINTS = re.compile(r"(\s*(?:[.;!?\n]+|,(?!\d))\s*|\s+(?:e|e também|depois)\s+)", re.IGNORECASE)
_MORE_JOINTS = re.compile(
    r"(\s*(?:[.;!?\n]+|,(?!\d))\s*(?:(?:então|entao|por isso|porque|pq|pois|aí|ai|daí|dai|e|mas|já que|ja que)\s+)*"
    r"|\s+(?:e também|depois|então|entao|e por isso|por isso|porque|pq|pois|e aí|e ai|aí|ai|daí|dai|mas|já que|ja que|e)\s+"
    r"|\s+(?=(?:troca|troque|muda|mude|substitui|substitua|p[oõ]e|bota|bote|coloca|coloque|quero outr[oa]|me lembra)\b))",
    re.IGNORECASE,
)
"""Cut so only where one piece surely restricts for good: else "porque" and "aí" tie a wish to its reason."""


_AS_ONE = re.compile(
    r"\bcomo (vegetarian[oa]|vegan[oa]|celíac[oa]|celiac[oa]|intolerante [aà] \w+|al[eé]rgic[oa] [aà] \w+),? (?:que|q) (?:eu )?sou\b[ ,]*",
    re.IGNORECASE,
)
"""How one is, in passing: "como vegetariana que sou, preciso de outro jantar"."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a message and what it is."""

    text: str
    kind: str


def parts(text: str, moment: Moment, today: date) -> list[str]:
    """The wishes of ``text``, each to be answered alone; [] when it has just one, or a part that is not surely read.

    A piece that means nothing alone belongs to the one before it ("por ovo e tomate"). What a person may not eat comes
    first; beside it no change is done that names the same food: "sou alérgica a peixe, troca o jantar por peixe" is read whole.
    """
    text = _AS_ONE.sub(r"sou \1, ", text)
    found = _parted(text, _JOINTS, moment, today) or _parted(text, _MORE_JOINTS, moment, today)
    return [part.text for part in sorted(found, key=lambda each: each.kind != RESTRICTION)]


def beside_health(text: str, moment: Moment, today: date) -> list[str]:
    """The changes and reminders beside a health fact, which was kept already."""
    pieces = _MORE_JOINTS.split(text)
    if len(pieces) > MOST_PIECES:
        return []
    found = _merged(pieces, _kinds(pieces, moment, today, health=True))
    if not 2 <= len(found) <= MOST or any(part.kind == "" for part in found):
        return []
    return [part.text for part in found if part.kind in (CHANGE, REMINDER)]


def _parted(text: str, joints: re.Pattern[str], moment: Moment, today: date) -> list[Part]:
    pieces = joints.split(text)
    if len(pieces) > MOST_PIECES:
        return []
    kinds = _kinds(pieces, moment, today)
    lasts = any(kind == RESTRICTION and is_for_good(pieces[at]) for at, kind in enumerate(kinds))
    if not lasts and (joints is _MORE_JOINTS or not {REMINDER, RESTRICTION, COVERED} & {*kinds}):
        return []
    if REMINDER not in kinds and not (lasts and joints is _MORE_JOINTS) and _is_one(understand(text, moment)):
        return []
    found = _merged(pieces, kinds)
    out = " ".join(fold(part.text) for part in found if part.kind == RESTRICTION)
    kept = [part for part in found if part.kind != COVERED and not _is_covered(part, out, moment)]
    if not (2 <= len(kept) <= MOST or (kept and len(kept) < len(found))):
        return []
    if any(part.kind == "" for part in kept):
        return []
    if out and any(part.kind == CHANGE and _names(part.text, out, moment) for part in kept):
        return []
    return kept


def is_for_good(piece: str) -> bool:
    """Whether a piece surely excludes for good, if it excludes anything."""
    said = " ".join(words_and_stops(piece))
    return is_told(piece) or (bool(_LASTS.search(said)) and not _NOT_FOR_GOOD.search(said))


def _is_one(whole: Reading) -> bool:
    """Whether the wishes of a whole text may be about the food that a part of it names."""
    return whole.verdict is Verdict.WISHES and not {wish.act for wish in whole.wishes} <= _OF_NO_FOOD


def _is_covered(part: Part, out: str, moment: Moment) -> bool:
    """Whether a change only leaves out what the restriction in the folded words ``out`` does."""
    if part.kind != CHANGE or not out:
        return False
    acts = {wish.act for wish in understand(part.text, moment).wishes}
    return acts <= _WITHOUT_IT and _names(part.text, out, moment)


def _names(piece: str, out: str, moment: Moment) -> bool:
    """Whether a change names a food that the folded words ``out`` name too."""
    foods = (food for wish in understand(piece, moment).wishes for food in wish.foods)
    return any(word in out for food in foods for word in tokens(food) if len(word) > SHORT)


def _merged(pieces: list[str], kinds: list[str]) -> list[Part]:
    found: list[Part] = []
    for at in range(0, len(pieces), 2):
        piece, kind = pieces[at].strip(), kinds[at]
        if not piece or intents.is_greeting(piece) or intents.is_thanks(piece):
            continue
        begins = kind == RESTRICTION and len(found) == 1 and found[0].kind == ""
        if begins:  # "camarão, lula e peixe me fazem mal"
            found[0] = Part(found[0].text + pieces[at - 1] + piece, kind)
        elif found and (kind == "" or kind == found[-1].kind == CHANGE):
            found[-1] = Part(found[-1].text + pieces[at - 1] + piece, found[-1].kind)
        else:
            found.append(Part(piece, kind))
    return found


def _kinds(pieces: list[str], moment: Moment, today: date, *, health: bool = False) -> list[str]:
    """The kind of each piece, "" for the joints between: what is left out of a day that was named is no restriction."""
    kinds = ["" if at % 2 else _kind(piece.strip(), moment, today) for at, piece in enumerate(pieces)]
    timed = False
    for at, piece in enumerate(pieces):
        timed = timed or names_a_time(piece)
        if kinds[at] == RESTRICTION and timed and leaves_out(piece) and not is_told(piece):
            kinds[at] = COVERED if _is_away(pieces[: max(at - 1, 0)], moment) else ""
        elif health and not at % 2 and conditions_in(piece):
            kinds[at] = HEALTH
    if RESTRICTION in kinds or HEALTH in kinds:
        for at in range(2, len(pieces), 2):
            if _TAKEN_OUT.search(intents.plain(pieces[at])):
                kinds[at] = COVERED
    return kinds


def _is_away(before: list[str], moment: Moment) -> bool:
    """Whether a meal is eaten out or left out: what it is without is not ours to look after."""
    wishes = understand("".join(before), moment).wishes
    return bool(wishes) and {wish.act for wish in wishes} <= _OF_NO_FOOD


def _kind(piece: str, moment: Moment, today: date) -> str:
    if reminder_words.read(piece, today, Places.load(), about_reminders=False) is not None:
        return REMINDER
    verdict = understand(piece, moment).verdict
    if verdict in (Verdict.WISHES, Verdict.SHOW):
        return CHANGE if verdict is Verdict.WISHES else SHOW
    about_me = verdict is Verdict.OTHER or is_for_good(piece)
    told = about_me and aside.told("", piece, FoodTable.load()) is not None
    return RESTRICTION if told else ""
