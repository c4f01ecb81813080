"""Goods of the market in buttons and inside sentences."""

from functools import cache
from hashlib import sha256

from nutrition.market import Item, Market

OFFERED, CHOSEN, LEFT = "substitutos", "substituto_escolhido", "substituto_nenhum"
"""Names of the screens."""

MOST_ITEMS = 5
"""So many goods fit into the data of a button."""


def keys(items: tuple[Item, ...]) -> str:
    """Eight hexadecimal digits for each of ``items``, at most ``MOST_ITEMS``: ids can be long."""
    return ".".join(_key(item.id) for item in items[:MOST_ITEMS])


def items_of(text: str) -> tuple[Item, ...]:
    """The goods whose keys ``text`` has; () when one of them is not a key."""
    found = [_by_key().get(key) for key in text.split(".")]
    return tuple(item for item in found if item is not None) if all(found) else ()


def inside(item: Item) -> str:
    """The name inside a sentence: "Filé de tilápia" → "filé de tilápia"."""
    return item.name[:1].lower() + item.name[1:]


def _key(item_id: str) -> str:
    return sha256(item_id.encode()).hexdigest()[:8]


@cache
def _by_key() -> dict[str, Item]:
    return {_key(item.id): item for item in Market.load()}
