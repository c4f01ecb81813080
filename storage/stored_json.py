"""JSON columns: written compactly, parsed once at the border into plain objects or nouns."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from storage.errors import StoredDataInvalid

T = TypeVar("T")


def dump_object(value: Mapping[str, Any]) -> str:
    """``value`` as compact JSON text; raises ``TypeError`` when it is not JSON-able."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load_object(text: str) -> dict[str, Any]:
    """The JSON object in ``text``. Raises ``StoredDataInvalid``."""
    try:
        value = json.loads(text)
    except ValueError as exc:
        raise StoredDataInvalid("a stored value is not JSON") from exc
    if not isinstance(value, dict):
        raise StoredDataInvalid("a stored value is not a JSON object")
    return value


def dump(kind: TypeAdapter[T], value: T) -> str:
    """``value``, a noun (dataclass, tuple of them), as JSON text."""
    return kind.dump_json(value).decode()


def load(kind: TypeAdapter[T], text: str | bytes) -> T:
    """Parse JSON ``text`` into ``kind``. Raises ``StoredDataInvalid``, without quoting the value."""
    try:
        return kind.validate_json(text)
    except ValidationError as exc:
        raise StoredDataInvalid(f"stored JSON does not parse ({exc.error_count()} errors)") from None


TEXTS: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[str, ...])
"""A list of codes or words."""
