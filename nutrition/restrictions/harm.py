"""What somebody says harms or disgusts them: "camarão me mata", "fecho a garganta com amendoim", "nem chego perto de peixe".

It is told of a food, by the person, and not denied, asked, or a way of speaking ("me mata de saudade"). What happened once,
and what is laughed at, only may be meant: that is for asking.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

from nutrition.conditions import KIN, words_and_stops
from nutrition.foods import FoodTable
from nutrition.restrictions.lexicon import Lexicon
from nutrition.restrictions.pieces import Cutter, Piece
from nutrition.restrictions.talk import RESTRICTING, Talk
from nutrition.restrictions.understand import Understood, understand

_MARKS = frozenset(",.;:!?\n()/")
_DENIES = frozenset({"nao", "nunca", "nem", "jamais"})
_GOES_ON = _DENIES | {"que", "vontade", "me", "de", "se"}
"""After these a verb is no order."""

_BEFORE = 2
MOST_WORDS = 200
_TOO = frozenset({"eu", "tambem", "sou", "a", "gente", "nos", "tenho", "mesma", "coisa", "nao"})
_MINE = {
    "passa": "passo", "come": "como", "tem": "tenho", "odeia": "odeio", "gosta": "gosto", "pode": "posso", "toma": "tomo", "bebe": "bebo",
    "detesta": "detesto", "empola": "empolo", "se": "me", "minha": "", "meu": "", "fecha": "fecho",
}  # fmt: skip
"""How what is said of somebody else is said of oneself."""

_BEING = ("alergic", "intoleran", "celiac", "vegan", "vegetarian", "sensivel", "veneno")
"""After these an "e" was an "é"."""

_OTHERS_FEEL = (["tem"], ["sente"], ["da"], ["com"], ["pegou"])
"""Before "nojo": not the person's own."""

_PAST = ("ou", "eu", "iu", "aram", "eram")
_STATES = ("ado", "ada", "ido", "ida", "mal", "ruim", "doente", "roxo", "roxa")

_BODY = frozenset({"lingua", "linguas"})
"""What itches, rather than what is eaten."""

_WE = frozenset({"passamos"})
_LAUGHED = ["me", "mata"]
_LISTS = frozenset({",", "e"})
_LEADS = {
    "danger": "alergia a",
    "bad": "intolerância a",
    "disgust": "não gosto de",
    "known": "não me dou bem com",
    "perhaps": "não me dou bem com",
}
"""How each list of phrases says it in plain words, which ``understand`` reads."""


class Told(IntEnum):
    """How surely harm is told. ``DENIED``: its words are there, and mean something else."""

    NOT = 0
    DENIED = 1
    MAYBE = 2
    SURELY = 3


@dataclass(frozen=True, slots=True)
class Harm:
    """``told``, what it excludes, and the ``rest`` of the words, in which nothing is told of harm."""

    told: Told
    understood: Understood = field(default_factory=Understood)
    rest: str = ""


@dataclass(frozen=True)
class _Clause:
    words: tuple[str, ...]
    after: str
    """The mark or word that ends it, "" at the end or before an order."""

    table: FoodTable

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """What it names and says of that: 0.4 ms, asked for by each look at what stands near it."""
        return tuple(Cutter(self.words, Lexicon.of(self.table)).pieces())


def harm_in(text: str, table: FoodTable) -> Harm:
    """What ``text`` says of foods that harm the person."""
    words = words_and_stops(text)[:MOST_WORDS]
    clauses = list(_clauses(words, table))
    if (too := _as_well(clauses, table)) is not None:
        return too
    found = {at: each for at, clause in enumerate(clauses) if (each := _told(clause, words))}
    told = max((sure for sure, _ in found.values()), default=Told.NOT)
    if told <= Told.DENIED:
        return Harm(told)
    used: set[int] = set()
    said: list[str] = []
    for at, (sure, name) in found.items():
        if sure is told:
            near = _near(clauses, at)
            if any((KIN | _words("rather")) & {*clauses[n].words} for n in near if n < at):
                continue
            used |= {*near}
            if foods := [food for n in near for food in _foods(clauses[n])]:
                said.append(f"{_LEADS[name]} {', '.join(foods)}")
    understood = understand(". ".join(said), table)
    if not understood.restrictions:
        return Harm(Told.DENIED)
    return Harm(told, understood, _joined([each for n, each in enumerate(clauses) if n not in used]))


def is_told(text: str) -> bool:
    """Whether ``text`` surely says so."""
    return harm_in(text, FoodTable.load()).told is Told.SURELY


def without_orders(text: str, table: FoodTable) -> str:
    """``text`` without what only asks for other food: "não posso com peixe, troca por frango e ovo" names one food to avoid."""
    clauses = list(_clauses(words_and_stops(text), table))
    kept: list[_Clause] = []
    on = False
    for at, clause in enumerate(clauses):
        goes_on = on and clauses[at - 1].after in _LISTS and _only_names(clause)
        on = goes_on or (clause.words[0] in _words("swaps") and not _restricts(clause))
        kept += [] if on else [clause]
    return _joined(kept) if len(kept) < len(clauses) else text


def _as_well(clauses: list[_Clause], table: FoodTable) -> Harm | None:
    """What is said of somebody else and then of the person: "minha filha é alérgica a ovo e eu também"."""
    for at, clause in enumerate(clauses):
        if at and set(clause.words) <= _TOO and "tambem" in clause.words and KIN & {*clauses[at - 1].words}:
            words = tuple(_MINE.get(word, word) for word in clauses[at - 1].words if word not in KIN)
            own = _Clause(words, "", table)
            if own.words and _restricts(own):
                rest = _joined([each for n, each in enumerate(clauses) if n not in (at - 1, at)])
                found = harm_in(" ".join(words), table)
                said = found.understood if found.told is Told.SURELY else understand(" ".join(words), table)
                return Harm(Told.SURELY, said, rest) if said.restrictions else None
    return None


def _joined(clauses: list[_Clause]) -> str:
    return " ".join(f"{' '.join(each.words)} {each.after}" for each in clauses)


def _restricts(clause: _Clause) -> bool:
    return any(signal.cue in RESTRICTING for piece in clause.pieces for signal in piece.signals)


def _clauses(words: list[str], table: FoodTable) -> Iterator[_Clause]:
    """The parts of a text, each with one thing to say; an order to the bot begins a new one."""
    now: list[str] = []
    for at, word in enumerate(words):
        is_verb = word == "e" and words[at + 1 : at + 2] and words[at + 1].startswith(_BEING)
        ends = not is_verb and (word in _MARKS or word in _words("ends"))
        if ends or (now and word in _words("orders") and words[at - 1] not in _GOES_ON):
            if now:
                yield _Clause(tuple(now), word if ends else "", table)
            now = [] if ends else [word]
        else:
            now.append(word)
    if now:
        yield _Clause(tuple(now), "", table)


def _told(clause: _Clause, text: list[str]) -> tuple[Told, str] | None:
    """How surely a clause tells of harm, whatever it is of, and how: a list of phrases in the data."""
    words = list(clause.words)
    for at in range(len(words)):
        found = Talk.load().harm_at(words, at)
        if found is None:
            continue
        name = found.value
        if clause.after == "?" or _is_denied(words, at, found.end):
            return Told.DENIED, name
        if name == "perhaps":
            return (Told.DENIED if _is_over({*text}) else Told.MAYBE), name
        if name == "disgust" and "semana" in text:
            return Told.DENIED, name
        if words[at] == "nojo" and words[at - 1 : at] in _OTHERS_FEEL:
            return Told.DENIED, name
        if _words("hearsay") & {*words[:at]} and name != "danger":
            return Told.MAYBE, name
        is_mild = name != "danger" or words[at : at + 2] == _LAUGHED
        maybe = is_mild and (_words("this") & {*words} or (name == "danger" and _words("laughs") & {*text}))
        return (Told.MAYBE if maybe else Told.SURELY), name
    affected = clause.after != "?" and _affects(clause)
    return (Told.MAYBE, "perhaps") if affected else None


def _affects(clause: _Clause) -> bool:
    """Whether a food does something to the person that we have no word for: "requeijão me desanda", "camarão … fico pipocada"."""
    words = list(clause.words)
    if not {"me", "fico"} & {*words}:
        return False
    for item in (item for piece in clause.pieces for item in piece.items):
        for at in range(item.end, min(item.end + _BEFORE + 1, len(words) - 1)):
            does = words[at] == "me" and not {*words[item.end : at]} - _words("inside")
            if (
                does
                and not (_words("good") & {*words[at + 1 : at + 5]})
                and not _is_denied(words, at, at + 2)
            ):
                return not words[at + 1].endswith(_PAST)
        for at in range(item.end, len(words) - 1):
            after = [word for word in words[at + 1 :] if word not in _words("inside")][:1]
            is_state = words[at] == "fico" and after and after[0].endswith(_STATES)
            if is_state and not _words("good") & {*after} and not _is_denied(words, at, at + 2):
                return True
    return False


def _is_over(text: set[str]) -> bool:
    """Whether it was once, or for another reason: "antes me dava azia, hoje tomo de boa"."""
    again = {"hoje", "agora"} & text and {"tomo", "como", "posso", "consigo", "bebo"} & text
    return bool(_words("over") & text or again)


def _is_denied(words: list[str], start: int, end: int) -> bool:
    """Whether the words around say that it is not so, or that something else is meant."""
    before, after = words[:start], words[end:]
    others = {*before, *after}
    return bool(
        _DENIES & {*before[-_BEFORE:]}
        or (after[:1] == ["de"] and _words("of") & {*after[1:3]})
        or _words("rather") & others
        or _words("without") & {*before}
        or {"se", "nao"} <= {*before, *after}
        or (words[start] not in _WE and KIN & {*before})
        or (_words("others") | _words("caught")) & {*before}
        or {"dele", "dela"} & others
    )


def _near(clauses: list[_Clause], at: int) -> range:
    """The clause, with those beside it that only go on with its list of foods; without a food, the one before it too."""
    first, last = at, at + 1
    while first and clauses[first - 1].after in _LISTS and _only_names(clauses[first - 1]):
        first -= 1
    while last < len(clauses) and clauses[last - 1].after in _LISTS and _only_names(clauses[last]):
        last += 1
    if first and not any(_foods(each) for each in clauses[first:last]):
        first -= 1
    return range(first, last)


def _foods(clause: _Clause) -> list[str]:
    """The foods and kinds that a clause names, in its words."""
    named = (" ".join(clause.words[item.start : item.end]) for piece in clause.pieces for item in piece.items)
    return [name for name in named if name not in _BODY]


def _only_names(clause: _Clause) -> bool:
    """Whether it does nothing else."""
    pieces = clause.pieces
    bare = not any(piece.signals or piece.unknown or piece.kin or piece.myself for piece in pieces)
    return bare and clause.words[0] not in _words("orders") and any(piece.items for piece in pieces)


def _words(name: str) -> frozenset[str]:
    return Talk.load().harm_words[name]
