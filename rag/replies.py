"""What Gemini answered, as the shape that was asked for."""

import json
from typing import TypeVar

from pydantic import BaseModel, ValidationError

T = TypeVar("T", bound=BaseModel)


def first_object(text: str, shape: type[T]) -> T | None:
    """Read the first JSON object of a reply, code fences and stray text aside; None when there is none of this shape."""
    start = text.find("{")
    if start < 0:
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(text, start)
        return shape.model_validate(value)
    except (ValueError, RecursionError, ValidationError):
        return None
