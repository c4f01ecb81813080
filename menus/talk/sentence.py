"""A sentence: what of it may ask for something, and which days, meals and foods that names."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from menus.talk.lexer import Token
from menus.talk.pieces import Piece, alive, judged, pieces_of, with_denials
from menus.talk.when import Moment, coming, of_the_week
from nutrition.menu import Slot

_POINTING = frozenset(
    {"ele", "ela", "eles", "elas", "nele", "nela", "dele", "dela", "isso", "nisso", "disso", "esse", "essa"}
)


@dataclass(frozen=True)
class Sentence:
    """All that was said, and when."""

    tokens: tuple[Token, ...]
    pieces: tuple[Piece, ...]
    moment: Moment

    @cached_property
    def live(self) -> tuple[Token, ...]:
        """The words that may ask something, with what a piece that tells gives as evidence."""
        return tuple(alive(self.pieces))

    def has(self, *kinds: str) -> bool:
        """Whether any living word is of ``kinds``."""
        return any(token.is_(*kinds) for token in self.live)

    def said(self, *kinds: str) -> bool:
        """Whether any word at all is of ``kinds``."""
        return any(token.is_(*kinds) for token in self.tokens)

    def all_of(self, *kinds: str) -> list[Token]:
        """The living words of ``kinds``, in order."""
        return [token for token in self.live if token.is_(*kinds)]

    def before(self, token: Token, steps: int = 1) -> Token | None:
        """The word that is ``steps`` before ``token``."""
        at = self.tokens.index(token) - steps
        return self.tokens[at] if at >= 0 else None

    def after(self, token: Token, steps: int = 1) -> Token | None:
        """The word that is ``steps`` after ``token``."""
        at = self.tokens.index(token) + steps
        return self.tokens[at] if at < len(self.tokens) else None

    @cached_property
    def days(self) -> list[Token]:
        """The days that are named and not gone."""
        found = [token for token in self.all_of("DAY") if not token.is_("PASTDAY")]
        told = [piece for piece in self.pieces if piece.dead and (self.points or piece.dead == "else")]
        days = [
            token
            for piece in told
            if not piece.has("PAST") or self.points
            for token in piece.tokens
            if token.is_("DAY")
        ]
        return found or [token for token in days if not token.is_("PASTDAY")]

    @cached_property
    def dates(self) -> list[date]:
        """The dates of the days that are to come, ranges and week-ends written out; none when no day is named."""
        found: list[date] = []
        previous: Token | None = None
        for token in self.days:
            these = coming(token.value, self.moment)
            if token.text.endswith("que vem") and these == [self.moment.today]:
                these = [self.moment.today + timedelta(days=7)]
            if previous is not None and found and these and self._is_range(previous, token):
                while found[-1] < these[0] and found[-1] - self.moment.today < timedelta(days=7):
                    found.append(found[-1] + timedelta(days=1))
            found += [each for each in these if each not in found]
            previous = token
        return found

    def _is_range(self, one: Token, two: Token) -> bool:
        between = [token.text for token in self.tokens if one.end <= token.at < two.at]
        opening = self.before(one)
        if between in (["ate"], ["ate", "o"], ["ate", "a"]):
            return True
        return between == ["a"] and opening is not None and opening.text in ("de", "da")

    @cached_property
    def slots(self) -> list[Slot]:
        """The meals that are named; else those of the times of the day."""
        named = [Slot(token.value) for token in self.named_slots if token.value]
        if not named and not self.all_of("TIME") and (self.points or not self.foods):
            named = self._told_slots
        times = [token for token in self.all_of("TIME") if not self._is_a_limit(token)]
        named = named or [Slot(token.value) for token in times]
        return list(dict.fromkeys(self.moment.served(slot) for slot in named))

    @cached_property
    def named_slots(self) -> list[Token]:
        """The living words that name a meal, but as a time: "depois do almoço"."""
        return [token for token in self.all_of("SLOT") if not self._is_a_limit(token)]

    def _is_a_limit(self, token: Token) -> bool:
        near = [each.text for steps in (1, 2, 3) if (each := self.before(token, steps)) is not None]
        if near[:1] and near[0] in ("ate", "apos"):
            return True
        if near[1:] and near[0] in ("o", "a", "do", "da", "de"):
            return near[1] in ("ate", "depois", "antes", "apos")
        return False

    @cached_property
    def points(self) -> bool:
        """Whether something is pointed back at: "bota ele de novo", "não mexe nela"."""
        return any(token.text in _POINTING for token in self.live) or self.has("AGAIN")

    @cached_property
    def _told_slots(self) -> list[Slot]:
        """The meals of what is only told, where the rest points back at them or they are somebody's who comes to eat."""
        told = [
            p
            for p in self.pieces
            if p.dead and (self.points or (p.dead == "else" and not p.has("PAST", "PASTDAY")))
        ]
        asks = self.has("PUT", "KEEP", "NOTCHANGE", "COPY", "CHANGE")
        found = [token for piece in told for token in piece.tokens if token.is_("SLOT") and token.value]
        return [Slot(token.value) for token in found] if asks else []

    def about(self, *kinds: str) -> "Sentence":
        """The pieces with ``kinds``, and the nearest with a meal and with a day where those name none."""
        living = [piece for piece in self.pieces if not piece.dead]
        chosen = [n for n, piece in enumerate(living) if piece.has(*kinds)]
        if not chosen or len(living) == 1:
            return self
        for needed in (("SLOT", "TIME"), ("DAY",)):
            if any(living[n].has(*needed) for n in chosen):
                continue
            nearest = [n for n, piece in enumerate(living) if piece.has(*needed)]
            if nearest:
                first = chosen[0]
                chosen.append(min(nearest, key=lambda n: (abs(n - first), n > first)))
        for n in sorted(chosen):
            for near in (n - 1, n + 1):
                if (
                    0 <= near < len(living)
                    and near not in chosen
                    and _goes_along(living[near], living[max(n, near)])
                ):
                    chosen.append(near)
        dead = [piece for piece in self.pieces if piece.dead]
        kept = [piece for n, piece in enumerate(living) if n in chosen]
        return Sentence(
            self.tokens, tuple(sorted((*kept, *dead), key=lambda piece: piece.tokens[0].at)), self.moment
        )

    @cached_property
    def foods(self) -> list[Token]:
        """The foods of the living words."""
        return self.all_of("FOOD")

    @property
    def unknown(self) -> list[str]:
        """Living words that are nothing we know."""
        return [token.text for token in self.live if not token.kinds]

    def source(self, token: Token) -> date | None:
        """The day of ``token`` as one to copy: of this week, gone or to come."""
        return of_the_week(token.value, self.moment)


def sentence(tokens: list[Token], moment: Moment) -> Sentence:
    """The pieces of ``tokens``."""
    kept = list(with_denials(tokens))
    return Sentence(tuple(kept), tuple(judged(list(pieces_of(kept)))), moment)


def _goes_along(piece: Piece, second: Piece) -> bool:
    """Whether ``piece`` only lists one more day or meal: "na quinta e na sexta"."""
    return (
        piece.is_plain and second.joint in (",", "e") and piece.has("DAY", "SLOT") and not piece.has("FOOD")
    )
