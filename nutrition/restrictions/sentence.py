"""Reading one sentence: for each thing it names, whether it is left out, permitted, denied, or somebody else's."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from nutrition.person import Strength
from nutrition.restrictions.pieces import Cutter, Item, Piece, Signal
from nutrition.restrictions.talk import RESTRICTING, STRENGTHS, Cue, Talk

MAX_LITERAL_WORDS = 3
"""Longer runs of unknown words are told, not kept: no dish would ever hold them."""

_FIRM = frozenset({Strength.ALERGIA, Strength.INTOLERANCIA})
_AND = frozenset({"e", "ou"})
_BUT = frozenset({"mas", "porem"})
_NOR = frozenset({"nem", "tampouco"})


class Mode(Enum):
    """What happens to what is named."""

    RESTRICTED = "restricted"
    PERMITTED = "permitted"
    WANTED = "wanted"
    ONLY = "only"
    DENIED = "denied"


_MODES = {
    Cue.PERMITS: Mode.PERMITTED,
    Cue.WANTS: Mode.WANTED,
    Cue.ONLY: Mode.ONLY,
    Cue.DENIES: Mode.DENIED,
    Cue.NOT: Mode.RESTRICTED,
}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing left out; ``strength`` is None when the sentence does not say why."""

    code: str
    strength: Strength | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _State:
    """What goes on from piece to piece: ``told`` is False while no cue was read."""

    mode: Mode = Mode.RESTRICTED
    strength: Strength | None = None
    told: bool = False


@dataclass(slots=True)
class _Named:
    """An item with its state; ``piece`` is the number of its piece, ``own`` whether the piece had a cue for it."""

    item: Item
    state: _State
    piece: int
    own: bool
    opener: str


class Reading:
    """What a sentence says: ``restricted``, ``allowed`` codes and ``unknown`` (words, strength, keep them literally)."""

    def __init__(self, cutter: Cutter) -> None:
        self._cutter = cutter
        self._talk = Talk.load()
        self._state = _State()
        self._of_other = self._ordered = False
        self._named: list[_Named] = []
        self._loose: Strength | None = None
        self.unknown: list[tuple[tuple[str, ...], Strength | None, bool]] = []
        for number, piece in enumerate(cutter.pieces()):
            self._read(number, piece)
        self.restricted, self.allowed = self._settled()

    def _read(self, number: int, piece: Piece) -> None:
        if piece.opener in _NOR and self._state.mode is not Mode.DENIED:
            self._state = _State(Mode.RESTRICTED, self._state.strength, told=True)
        for item in piece.items:
            self._follow_person(piece, item.start)
            signal = piece.signal_before(item.start)
            later = piece.signal_after(item.end) if signal is None else None
            state = self._after(signal) if signal is not None else self._state
            if piece.opener in _NOR and state.mode in {Mode.PERMITTED, Mode.WANTED}:
                state = self._state  # "não tomo leite nem como queijo"
            if state.mode is Mode.DENIED:
                state = self._still_refused(piece, item) or state
            if later is not None and not (
                later.cue is Cue.PERMITS and self._state.told and self._is_list(piece)
            ):
                state = self._after(later, follows=True)
                self._extend_back(number, piece, state)
            if not (self._of_other or self._ordered):
                own = signal is not None or later is not None
                self._named.append(_Named(item, state, number, own, piece.opener))
        self._follow_person(piece, len(self._cutter.words))
        self._leave_unknown(piece)
        self._carry(piece)
        self._note_loose(number, piece)

    def _is_list(self, piece: Piece) -> bool:
        """ "não como carne, ovo e queijo pode": with a cue already said, only the piece's own item is permitted."""
        return len(piece.items) > 1

    def _carry(self, piece: Piece) -> None:
        """Keep the last cue that leads what it is about; one that follows ("peixe pode") goes on nowhere."""
        last = piece.items[-1].start if piece.items else len(self._cutter.words)
        signal = piece.signal_before(last)
        if signal is not None and not (piece.opener in _NOR and signal.cue is Cue.PERMITS):
            self._state = self._after(signal)

    def _after(self, signal: Signal, *, follows: bool = False) -> _State:
        """The state that a cue sets."""
        cue, now = signal.cue, self._state
        if cue in RESTRICTING:
            return _State(Mode.RESTRICTED, STRENGTHS.get(cue), told=True)
        restricting = now.told and now.mode is Mode.RESTRICTED
        if cue is Cue.EXCEPT or (cue is Cue.ONLY and restricting):
            return _State(Mode.PERMITTED if restricting else Mode.RESTRICTED, None, told=True)
        if cue is Cue.NOT and restricting and now.strength is not None and not follows:
            return _State(Mode.DENIED, None, told=True)  # "alérgica a camarão, não a peixe"
        if cue is Cue.ORDERS:
            return now
        return _State(_MODES[cue], None, told=True)

    def _note_loose(self, number: int, piece: Piece) -> None:
        """Take an allergy or intolerance that names nothing to be of what was named: "amo camarão, mas tenho alergia".

        When nothing was, it is of what comes after, even if that is permitted: "tenho alergia, mas amo camarão"."""
        if self._of_other or self._ordered:
            return
        firm = next((STRENGTHS[item.cue] for item in piece.signals if STRENGTHS.get(item.cue) in _FIRM), None)
        if firm is not None and not piece.items:
            before = piece.closer != ":" and self._hold(firm)
            self._loose = None if before else firm
        elif any(named.piece == number and named.state.strength is self._loose for named in self._named):
            self._loose = None

    def _hold(self, strength: Strength) -> bool:
        """Restrict what had only been permitted so far; whether there was anything."""
        permitted = [named for named in self._named if named.state.mode in {Mode.PERMITTED, Mode.WANTED}]
        for named in permitted:
            named.state = _State(Mode.RESTRICTED, strength, told=True)
        return bool(permitted)

    def _still_refused(self, piece: Piece, item: Item) -> _State | None:
        """ "não sou alérgica a camarão, só não gosto": no allergy, and still not eaten."""
        later = piece.signal_after(item.end)
        return self._after(later, follows=True) if later is not None and later.cue in RESTRICTING else None

    def _extend_back(self, number: int, piece: Piece, state: _State) -> None:
        """ "ovo e queijo pode": what was joined by "e" and had no cue of its own is permitted too; after something
        that was left out only when a "mas" comes between: "não como porco, mas frango e peixe pode"."""
        found: list[_Named] = []
        opener, before = piece.opener, number - 1
        while opener in _AND:
            earlier = [named for named in self._named if named.piece == before]
            if not earlier or any(named.own for named in earlier):
                break
            found += earlier
            opener, before = earlier[0].opener, before - 1
        if not self._state.told or opener in _BUT:
            for named in found:
                named.state = state

    def _follow_person(self, piece: Piece, place: int) -> None:
        """Note who is spoken of before a place: a relative, the person again, or a program that is given orders."""
        events = [(at, "kin") for at in piece.kin if at < place]
        events += [(at, "myself") for at in piece.myself if at < place]
        events += [
            (item.start, "order") for item in piece.signals if item.cue is Cue.ORDERS and item.start < place
        ]
        for _, event in sorted(events):
            if event == "kin":
                self._of_other = True
            elif event == "order":
                self._ordered = True
            else:
                self._of_other = self._ordered = False

    def _leave_unknown(self, piece: Piece) -> None:
        for start, end in piece.unknown:
            signal = piece.signal_before(start)
            state = self._after(signal) if signal is not None else self._state
            if piece.opener in _NOR and state.mode in {Mode.PERMITTED, Mode.WANTED}:
                state = self._state
            if state.mode is not Mode.RESTRICTED or self._of_other or self._ordered:
                continue
            if not self._cutter.is_food(start, end):
                continue
            words = tuple(self._cutter.words[start:end])
            describes = any(
                item.end <= start for item in piece.items
            )  # "frango com molho": told, not avoided
            self.unknown.append((words, state.strength, len(words) <= MAX_LITERAL_WORDS and not describes))

    def _settled(self) -> tuple[list[Said], list[str]]:
        """Turn what was named into what is restricted and what is allowed."""
        restricted: list[Said] = []
        allowed: list[str] = []
        only: set[str] = set()
        if self._loose is not None:
            self._hold(self._loose)
        for named in self._named:
            said = self._said(named)
            if said is not None:
                restricted.append(said)
            elif named.state.mode is not Mode.DENIED:
                allowed.append(named.item.code)
                if named.state.mode is Mode.ONLY:
                    only.add(named.item.code)
        if only:
            restricted += self._beside(only)
        return self._relaxed(restricted, set(allowed)), allowed

    def _said(self, named: _Named) -> Said | None:
        """What an item restricts, None when nothing."""
        code, mode = named.item.code, named.state.mode
        words = tuple(self._cutter.words[named.item.start : named.item.end])
        way = code in self._talk.ways
        if mode is Mode.DENIED:
            return None
        if "lactose" in words and {"sem", "zero"} & set(words):
            return Said("lactose", None, words)  # who asks for milk without lactose does not take lactose
        if mode is Mode.RESTRICTED and not (way and named.state.strength is Strength.PREFERENCIA):
            return Said(code, named.state.strength, words)
        if mode in {Mode.WANTED, Mode.ONLY} and way:
            return Said(code, None, words)
        return None

    def _beside(self, only: set[str]) -> Iterable[Said]:
        """ "só como peixe": the other meats are left out."""
        for row in self._talk.only:
            if only <= row.eats:
                return [Said(code, Strength.DIETA, ()) for code in row.holds]
        return []

    def _relaxed(self, restricted: list[Said], eaten: set[str]) -> list[Said]:
        """ "vegetariana, mas como peixe": the diet that has this exception; never for an allergy or intolerance."""
        found: list[Said] = []
        for said in restricted:
            firm = said.strength in _FIRM
            row = next(
                (row for row in self._talk.relaxed if row.diet == said.code and row.eats <= eaten), None
            )
            found += [said] if firm or row is None else [Said(code, Strength.DIETA, ()) for code in row.holds]
        return found
