"""Short keys of restrictions for buttons: a code may hold a person's words and be longer than a button can carry."""

from collections.abc import Iterable
from hashlib import sha256

from nutrition.person import Restriction


def key(code: str) -> str:
    """Ten hexadecimal digits that stand for ``code``."""
    return sha256(code.encode()).hexdigest()[:10]


def find(items: Iterable[Restriction], wanted: str) -> Restriction | None:
    """The restriction of ``items`` whose key is ``wanted``: a person's button never reaches another's list."""
    return next((item for item in items if key(item.code) == wanted), None)
