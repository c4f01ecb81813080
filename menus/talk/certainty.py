"""Whether a sentence was understood to the last word, or only guessed: what is guessed is asked about before it is done."""

from menus.talk.lexer import Token
from menus.talk.pieces import Piece
from menus.talk.sentence import Sentence
from menus.talk.wish import Act, Wish

_CUES: dict[Act, frozenset[str]] = {
    Act.OFFER: frozenset({"REFUSE", "QUICK", "CHEAP"}),
    Act.SWAP: frozenset({"REFUSE", "INSTEAD", "REMOVE", "WITHOUT"}),
    Act.SWAP_DAY: frozenset({"REFUSE", "REDO"}),
    Act.LESS: frozenset({"TIRED", "REFUSE", "REMOVE", "WITHOUT", "FOREVER"}),
    Act.WITHOUT: frozenset({"WITHOUT", "REMOVE", "NOMEAT", "REFUSE"}),
    Act.MISSING: frozenset({"LACK", "DEAR", "SHOP"}),
    Act.PANTRY: frozenset({"USE", "SPOIL", "HAVE"}),
    Act.AWAY: frozenset({"OUT", "NOTHOME", "GOING"}),
    Act.SKIP: frozenset({"SKIP", "CANCEL", "REMOVE", "WITHOUT"}),
    Act.COPY_DAY: frozenset({"COPY", "SAME", "AGAIN"}),
    Act.COPY_MEAL: frozenset({"COPY", "SAME", "AGAIN", "HAVE"}),
    Act.NO_MEAT: frozenset({"NOMEAT", "WITHOUT"}),
    Act.CHEAPER: frozenset({"CHEAP", "DEAR", "BROKE"}),
    Act.FASTER: frozenset({"QUICK"}),
    Act.SLOT_OFF: frozenset({"REMOVE", "WITHOUT", "SKIP", "CANCEL", "FOREVER"}),
    Act.SLOT_ON: frozenset({"ADD", "FOREVER"}),
    Act.KEEP: frozenset({"KEEP", "NOTCHANGE"}),
    Act.UNLOCK: frozenset({"UNLOCK", "KEEP", "AGAIN"}),
}
"""The words that say each act. A word that says another act may mean that something else was asked for."""

_ALL_CUES = frozenset(
    {
        "UNLOCK", "QUICK", "CHEAP", "DEAR", "LACK", "TIRED", "REFUSE", "COPY", "SAME", "KEEP", "NOTCHANGE", "SKIP", "OUT", "NOTHOME",
        "REMOVE", "WITHOUT", "NOMEAT", "USE", "SPOIL", "REDO", "UNDO", "CANCEL", "RESTRICT", "FOREVER", "INFO", "REFRAIN", "NOT",
    }
)  # fmt: skip
_IDLE = frozenset({"FILLER", "FIRST", "MARK", "TOOMUCH", "EXCLAIM"})
MOST_AT_ONCE = 2
"""More changes than these are told before they are done."""

REMARK = 4
"""Words of a remark, at most."""

_ASKS_FOR = ("CHANGE", "PUT", "MAKE", "WANT", "GIVE", "OTHER", "INSTEAD", "USE", "HAVE", "OWN")
_NAMED = ("FOOD", "SLOT", "DAY")
_SURE_ANYWAY = frozenset(
    {Act.UNDO, Act.MEALS, Act.PEOPLE, Act.KEEP, Act.UNLOCK, Act.OFFER, Act.PANTRY, Act.MISSING, Act.FASTER}
)
"""These change no dish by themselves, or have a question of their own."""

_NEGATED = frozenset(
    {Act.AWAY, Act.SKIP, Act.KEEP, Act.LESS, Act.NO_MEAT, Act.WITHOUT, Act.SLOT_OFF, Act.SWAP_DAY}
)


def is_sure(s: Sentence, wishes: tuple[Wish, ...], *, covered: bool) -> bool:
    """Whether every word of ``s`` has its place in ``wishes``, or they change nothing by themselves. Not ``covered``: much
    was said beside them."""
    acts = {wish.act for wish in wishes}
    if acts <= _SURE_ANYWAY:
        return True
    many = len(wishes) > MOST_AT_ONCE or (acts == {Act.SWAP_DAY} and len(wishes) > 1)
    return (
        not many
        and covered
        and not (
            any(_is_strange(token) for piece in s.pieces if not _is_remark(piece) for token in piece.tokens)
            or s.said("ELSE")
            or any(piece.dead and piece.has(*_NAMED) for piece in s.pieces)
            or any(_rivals(token, acts) for token in s.tokens)
            or not _foods_are_meant(s, wishes)
            or _only_before(s, wishes)
        )
    )


def _is_strange(token: Token) -> bool:
    return not token.kinds


def _is_remark(piece: Piece) -> bool:
    """A few words beside the request that ask and name nothing: "sou católica", "tô gripado"."""
    return len(piece.tokens) <= REMARK and all(token.kinds <= _IDLE for token in piece.tokens)


def _rivals(token: Token, acts: set[Act]) -> bool:
    """Whether a word says only what none of ``acts`` is."""
    cues = token.kinds & _ALL_CUES
    own = frozenset().union(*(_CUES.get(act, frozenset()) for act in acts))
    if cues == {"NOT"}:
        return not acts & _NEGATED
    return bool(cues) and not token.is_("FILLER", *own)


def _only_before(s: Sentence, wishes: tuple[Wish, ...]) -> bool:
    """Whether a food to be put on was only named in another part, which does not ask for it: "camarão é morte, troca o jantar"."""
    named = {food for wish in wishes if wish.act is Act.SWAP for food in wish.foods}
    pieces = [piece for piece in s.pieces if any(t.is_("FOOD") and t.value in named for t in piece.tokens)]
    changes = any(piece.has("CHANGE") and piece not in pieces for piece in s.pieces if not piece.dead)
    return changes and bool(pieces) and not any(piece.has(*_ASKS_FOR) for piece in pieces)


def _foods_are_meant(s: Sentence, wishes: tuple[Wish, ...]) -> bool:
    """Whether no food is named that nothing is done about."""
    told = " ".join(food for wish in wishes for food in wish.foods)
    meats = any(wish.act is Act.NO_MEAT for wish in wishes)
    gone = any(wish.act in (Act.AWAY, Act.SKIP) for wish in wishes)
    instead = s.has("INSTEAD", "CHANGE")
    return (
        meats
        or gone
        or instead
        or all(
            (token.value or token.text) in told or token.text in told
            for token in s.tokens
            if token.is_("FOOD")
        )
    )
