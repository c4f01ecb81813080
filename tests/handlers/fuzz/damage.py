"""Updates that Telegram would never send: wrong types, missing fields, unknown ones, two things at once."""

import copy
from random import Random
from typing import Any

WRONG: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    7,
    2**31,
    2**63 - 1,
    2**63,
    -(2**63),
    2**80,
    1e308,
    -0.5,
    "",
    "x",
    "7",
    "private",
    [],
    {},
    [None],
    [[]],
    [{}],
    ["x"],
    {"id": 1},
    {"x": {"y": [1]}},
)
UNKNOWN: dict[str, Any] = {
    "new_field": {"a": [1, {"b": None}]},
    "": 1,
    "__class__": "x",
    "self": 1,
    "bot": 2,
    "api_kwargs": {},
}


def damaged(rng: Random, update: dict[str, Any]) -> dict[str, Any]:
    """A copy of ``update`` with one to three things wrong; its update id stays."""
    broken = copy.deepcopy(update)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        places = [place for place in _places(broken) if place[1] != "update_id"]
        if not places:
            return broken
        holder, key = rng.choice(places)
        kind = rng.randrange(5)
        if kind == 0:
            del holder[key]
        elif kind == 1:
            holder[key] = copy.deepcopy(_another(rng, broken))
        elif kind == 2 and isinstance(holder, dict):
            name = rng.choice(tuple(UNKNOWN))
            holder[name] = copy.deepcopy(UNKNOWN[name])
        else:
            holder[key] = copy.deepcopy(rng.choice(WRONG))
    return broken


def _another(rng: Random, update: dict[str, Any]) -> Any:
    """A value from elsewhere in the same update."""
    holder, key = rng.choice(_places(update))
    return holder[key]


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a JSON value."""
    keys: list[Any] = (
        list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    )
    here: list[tuple[Any, Any]] = [(value, key) for key in keys]
    return here + [place for key in keys for place in _places(value[key])]
