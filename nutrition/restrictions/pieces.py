"""A sentence cut into pieces: what each names, and the cues that say what is done with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nutrition.conditions import KIN, Mention, mentions
from nutrition.person import Strength
from nutrition.restrictions.lexicon import Lexicon
from nutrition.restrictions.matching import singular
from nutrition.restrictions.ontology import Ontology
from nutrition.restrictions.talk import RESTRICTING, Cue, Talk

_MARKS = frozenset(",/():;.!?\n")
_OF = frozenset({"de", "do", "da"})
_VAGUE = frozenset({"comida", "tempero"})
"""Words that say nothing without the next: "comida pesada" is told, and kept, as one."""
_PETS = frozenset(
    {
        "cachorro",
        "cachorra",
        "cachorrinho",
        "cachorrinha",
        "gato",
        "gata",
        "gatinho",
        "gatinha",
        "dog",
        "pet",
        "doguinho",
    }
)
_OWN = (["meu"], ["minha"], ["nosso"], ["nossa"])
_TO = (["a"], ["ao"], ["pelo"], ["do"], ["da"])
_LINKING = frozenset({"de", "da", "do", "dos", "das", "com", "em", "na", "no", "para", "a", "ao"})


@dataclass(frozen=True, slots=True)
class Item:
    """A kind or a food named at words ``start`` to ``end`` of the sentence."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signal:
    """A cue at words ``start`` to ``end``."""

    cue: Cue
    start: int
    end: int


@dataclass(slots=True)
class Piece:
    """What stands between two separators. ``opener``: the separator word before it, "" for a mark or none;
    ``closer``: the word or mark after it, "" at the end.

    ``unknown`` are spans of words that name nothing known; ``kin`` and ``myself`` are places of words for somebody
    else and for the person.
    """

    opener: str
    closer: str = ""
    items: list[Item] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)
    unknown: list[tuple[int, int]] = field(default_factory=list)
    kin: list[int] = field(default_factory=list)
    myself: list[int] = field(default_factory=list)

    def signal_before(self, place: int) -> Signal | None:
        """The last cue before a place."""
        return next((signal for signal in reversed(self.signals) if signal.start < place), None)

    def signal_after(self, place: int) -> Signal | None:
        """The first cue after a place, if nothing is named after it: "peixe pode"."""
        found = next((signal for signal in self.signals if signal.start >= place), None)
        named_later = found is not None and any(item.start >= found.end for item in self.items)
        return None if named_later else found


class Cutter:
    """Cuts one sentence. ``words`` are folded, marks of punctuation among them."""

    def __init__(self, words: Sequence[str], lexicon: Lexicon) -> None:
        self.words = list(words)
        self.conditions: tuple[Mention, ...] = mentions(" ".join(words))
        self._lexicon = lexicon
        self._talk = Talk.load()
        self._taken = {at for mention in self.conditions for at in range(mention.start, mention.end)}

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces, left to right; those with nothing in them too."""
        piece = Piece("")
        at = 0
        while at < len(self.words):
            if self._separates(at):
                piece.closer = self.words[at]
                yield piece
                piece = Piece(self.words[at] if self.words[at] not in _MARKS else "")
                at += 1
            else:
                at = self._take(piece, at)
        yield piece

    def _separates(self, at: int) -> bool:
        word = self.words[at]
        if word in _MARKS:
            return True
        if word not in self._talk.separators:
            return False
        return self._talk.cue_at(self.words[:at] + self._line(at), at) is None or word in {"nem", "tampouco"}

    def _line(self, at: int) -> list[str]:
        """The words from ``at`` up to the next mark: no cue and no name crosses one."""
        end = next(
            (place for place in range(at, len(self.words)) if self.words[place] in _MARKS), len(self.words)
        )
        return self.words[at:end]

    def _take(self, piece: Piece, at: int) -> int:
        """Put what stands at a place into the piece; return the place after it."""
        line = self.words[:at] + self._line(at)
        word = self.words[at]
        if word in KIN or self._is_a_pet(at):
            piece.kin.append(at)
        elif self._is_myself(at):
            piece.myself.append(at)
        cue, name = self._talk.cue_at(line, at), self._lexicon.name_at(line, at)
        if at in self._taken and not (name is not None and self._covers_a_condition(name.start, name.end)):
            return at + 1
        if name is not None and self._only_describes(piece, name.value, at):
            return name.end
        if name is not None and (cue is None or name.end > cue.end):
            piece.items.append(Item(name.value, name.start, name.end))
            piece.myself += filter(self._is_myself, range(at + 1, name.end))
            return name.end
        if cue is not None:
            if not (cue.value is Cue.ONLY and _ends_restricting(piece, at)):  # "alergia só a leite"
                piece.signals.append(Signal(cue.value, cue.start, cue.end))
            piece.myself += filter(self._is_myself, range(at + 1, cue.end))
            return cue.end
        if word not in KIN and not self._talk.is_filler(word) and not self._describes_a_condition(at):
            self._note_unknown(piece, at)
        return at + 1

    def _is_a_pet(self, at: int) -> bool:
        """Whether somebody's animal is spoken of: "meu cachorro é alérgico", but not "sou alérgica ao meu gato"."""
        before = self.words[max(at - 2, 0) : at]
        return self.words[at] in _PETS and before[-1:] in _OWN and before[:1] not in _TO

    def _is_myself(self, at: int) -> bool:
        """Whether the person speaks of themselves: "sou", "comemos"."""
        return singular(self.words[at]) in self._talk.myself

    def _only_describes(self, piece: Piece, code: str, at: int) -> bool:
        """Whether a name tells of which sort the one before it is: the "água" of "peixe de água doce".

        What may be an allergy or intolerance is never taken so: "bolo de amendoim" names both."""
        kind = Ontology.load().get(code)
        if kind is not None and kind.strength in {Strength.ALERGIA, Strength.INTOLERANCIA}:
            return False
        between = self.words[piece.items[-1].end : at] if piece.items else []
        return 0 < len(between) <= 2 and between[0] in _OF

    def _covers_a_condition(self, start: int, end: int) -> bool:
        """Whether a name says more than the condition in it: "intestino irritável" is a kind of restriction too."""
        return any(start <= mention.start and mention.end <= end for mention in self.conditions)

    def _describes_a_condition(self, at: int) -> bool:
        """Whether the word follows a condition at once: the "alto" of "ácido úrico alto"."""
        return at - 1 in self._taken

    def _note_unknown(self, piece: Piece, at: int) -> None:
        """Join the word to the unknown words just before it: "picada de abelha" is one thing."""
        if piece.unknown:
            start, end = piece.unknown[-1]
            if all(word in _LINKING for word in self.words[end:at]) and at - end <= 2:
                piece.unknown[-1] = (start, at + 1)
                return
        start = at - 1 if at > 0 and singular(self.words[at - 1]) in _VAGUE else at
        after = self.words[at + 1 : at + 2]
        goes_on = singular(self.words[at]) in _VAGUE and bool(after) and self._talk.is_filler(after[0])
        piece.unknown.append((start, at + 2 if goes_on and after[0] not in _LINKING else at + 1))

    def is_food(self, start: int, end: int) -> bool:
        """Whether a span of unknown words may name something to eat."""
        return not any(singular(word) in self._talk.not_food for word in self.words[start:end])


def _ends_restricting(piece: Piece, at: int) -> bool:
    """Whether a restricting cue ends right before a place."""
    return bool(piece.signals) and piece.signals[-1].end == at and piece.signals[-1].cue in RESTRICTING
