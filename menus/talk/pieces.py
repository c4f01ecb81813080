"""A sentence cut at its breaks: which pieces ask, and which tell of what was, of somebody else, or give a reason."""

from collections.abc import Iterator
from dataclasses import dataclass

from menus.talk.lexer import Token

ASKS = frozenset(
    [
        "CHANGE",
        "PUT",
        "MAKE",
        "GIVE",
        "WANT",
        "OTHER",
        "REMOVE",
        "CANCEL",
        "SKIP",
        "KEEP",
        "NOTCHANGE",
        "COPY",
        "UNDO",
        "UNLOCK",
        "REDO",
        "LESS",
        "NOMEAT",
        "SHOW",
        "CHEAP",
        "QUICK",
        "TIRED",
        "LACK",
        "INSTEAD",
        "REFUSE",
        "ADD",
        "USE",
        "WITHOUT",
    ]
)
_ORDERS = frozenset(
    [
        "CHANGE",
        "PUT",
        "MAKE",
        "GIVE",
        "REMOVE",
        "CANCEL",
        "KEEP",
        "NOTCHANGE",
        "COPY",
        "UNDO",
        "UNLOCK",
        "REDO",
        "LESS",
        "WANT",
        "INSTEAD",
        "SKIP",
    ]
)
"""What is said to the bot, or of one's own plans, whatever else the piece tells."""
_EVIDENCE = frozenset(["HAVE", "OWN", "SPOIL", "PLACE", "LACK", "SHOP", "TIRED", "REFUSE", "USE"])
_TO_ME = (
    "vai pagar", "vao pagar", "vai me levar", "vao me levar", "me convidou", "me convidaram", "me chamou pra", "me chamaram pra", "pagar o almoco", "pagar o jantar",
)  # fmt: skip
_DENIABLE = ("CHANGE", "REMOVE", "PUT", "COPY", "REDO", "CANCEL")
_GIVEN = frozenset(
    {"trouxe", "me deu", "deu", "mandou", "me trouxe", "me mandou", "trouxeram", "me deram", "deram"}
)
_BREAKS = frozenset({".", "?", "!", ";", ":", "("})
_CONJUNCTIONS = frozenset(
    {
        "e ai",
        "dai",
        "depois",
        "e",
        "mas",
        "porem",
        "entao",
        "que",
        "porque",
        "pois",
        "ja que",
        "so que",
        "ai",
    }
)
_WITH = frozenset(
    {"com", "pra", "da", "do", "de", "na", "no", "pela", "pelo", "em", "a", "das", "dos", "pras", "as"}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens between two breaks, after ``joint``; ``dead`` says why it asks nothing ("past", "else", "reason"), if so."""

    joint: str
    tokens: tuple[Token, ...]
    dead: str = ""

    def has(self, *kinds: str) -> bool:
        """Whether any of its words is of ``kinds``."""
        return any(token.is_(*kinds) for token in self.tokens)

    @property
    def is_plain(self) -> bool:
        """Whether it has nothing but foods, days, meals and small words."""
        return all(
            token.is_("FOOD", "DAY", "SLOT", "TIME", "MARK", "FILLER", "NUMBER", "SNACK", "WHOLEDAY")
            for token in self.tokens
        )


def with_denials(tokens: list[Token]) -> Iterator[Token]:
    """As they are, but what is denied asks nothing: "não tira o feijão"."""
    for at, token in enumerate(tokens):
        denied = at and tokens[at - 1].text == "nao" and token.is_(*_DENIABLE) and not token.is_("NOT")
        yield Token(token.text, token.at, token.end, frozenset({"DENIED"})) if denied else token


def pieces_of(tokens: list[Token]) -> Iterator[Piece]:
    now: list[Token] = []
    joint = ""
    for at, token in enumerate(tokens):
        breaks = (
            token.text in _BREAKS
            or token.text == ","
            or (token.text in _CONJUNCTIONS and at > 0)
            or token.is_("REASON")
        )
        if (
            breaks
            and not (token.text == "que" and not _clause_follows(tokens, at))
            and not _is_verb(tokens, at)
        ):
            if now:
                yield Piece(joint, tuple(now))
            now, joint = [], "porque" if token.is_("REASON") else token.text
        else:
            now.append(token)
    if now:
        yield Piece(joint, tuple(now))


def _is_verb(tokens: list[Token], at: int) -> bool:
    """Whether the "e" at ``at`` is an "é": "meu marido é alérgico"."""
    near = tokens[at - 1 : at + 2] if at else []
    return tokens[at].text == "e" and len(near) == 3 and near[0].is_("ELSE") and near[2].is_("RESTRICT")


def _clause_follows(tokens: list[Token], at: int) -> bool:
    """Whether the "que" at ``at`` begins a reason: "que hoje tô na correria"."""
    before = tokens[at - 1] if at else None
    if before is None or before.is_("WANT", "SAME", "FILLER", "OTHER", "ASKS", "PRAISE"):
        return False
    return len(tokens) > at + 2


def judged(pieces: list[Piece]) -> Iterator[Piece]:
    before = ""
    for piece in pieces:
        dead = _dead(piece)
        if not dead and before and piece.is_plain and piece.joint in (",", "e"):
            dead = before
        if not dead and before and piece.joint == "porque" and not any(map(_is_order, piece.tokens)):
            dead = before
        if dead:
            yield Piece(piece.joint, piece.tokens, dead)
        else:
            yield piece
        before = dead


def _dead(piece: Piece) -> str:
    other = next(
        (token for at, token in enumerate(piece.tokens) if token.is_("ELSE") and _is_subject(piece, at)), None
    )
    if other is not None:
        return "" if _is_household(piece, other) else "else"
    if piece.has("ATHOME") and not piece.has("NOT", "NOTHOME") and not _orders(piece):
        return "home"
    orders = _orders(piece)
    if (
        piece.has("PAST")
        and piece.has("PASTDAY", "PRAISE")
        and not piece.has("COPY", "AGAIN", "SAME", "HAVE", "LACK", "TIRED")
    ):
        return "past"
    if piece.has("PAST") and not orders and not piece.has("TIRED", "LACK", "REFUSE", "HAVE"):
        return "past"
    if piece.has("PASTDAY") and not orders and not piece.has("HAVE", "LACK", "SAME"):
        return "past"
    if (
        any(_is_past(token) for token in piece.tokens)
        and not orders
        and not piece.has("TIRED", "LACK", "REFUSE", "HAVE")
    ):
        return "past"
    return ""


def _is_order(token: Token) -> bool:
    return token.is_(*_ORDERS)


def _orders(piece: Piece) -> bool:
    """Whether the piece has what is said to the bot: "muda", but not the "mudar" of "nem precisei mudar"."""
    for at, token in enumerate(piece.tokens):
        if not token.is_(*_ORDERS):
            continue
        told = any(each.is_("PAST") or _is_past(each) for each in piece.tokens[max(0, at - 4) : at])
        if not (told and token.text.split()[0].endswith("r")):
            return True
    return False


def _is_subject(piece: Piece, at: int) -> bool:
    before = piece.tokens[at - 1] if at else None
    if before is not None and (before.text in _WITH or before.is_("OUT", "HAVE", "PUT", "FOOD")):
        return False
    rest = piece.tokens[at + 1 :]
    if not rest or all(
        token.is_("FILLER", "MARK") and token.text not in ("ta", "vai", "tem") for token in rest
    ):
        return False
    return not any(token.text in ("eu", "quero", "queria", "gostaria", "preciso") for token in rest)


def _is_household(piece: Piece, other: Token) -> bool:
    if other.is_("HOUSEHOLD") and piece.has("TIRED", "REFUSE", "QUICK"):
        return True
    return any(token.text in _TO_ME for token in piece.tokens)


def _is_past(token: Token) -> bool:
    return (
        not token.kinds
        and len(token.text) > 3
        and token.text.endswith(("ei", "ou", "aram", "eram", "iram", "ava", "avam", "eu", "iu"))
    )


def alive(pieces: tuple[Piece, ...]) -> Iterator[Token]:
    for piece in pieces:
        if not piece.dead:
            yield from piece.tokens
        elif (
            piece.dead == "else"
            and piece.has("FOOD")
            and not piece.has("RECIPE", "PRAISE")
            and any(token.text in _GIVEN for token in piece.tokens)
        ):
            yield from (token for token in piece.tokens if not token.is_("ELSE"))
