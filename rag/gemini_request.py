"""What is asked of Gemini, and how patiently."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request. ``schema`` is a JSON schema for the answer; ``max_output_tokens`` bounds its cost."""

    system: str
    text: str
    schema: dict[str, Any]
    max_output_tokens: int


@dataclass(frozen=True, slots=True)
class GeminiOptions:
    """How patient the client is. ``deadline_s`` covers all tries of one request; ``tries`` counts the first too."""

    model: str
    url: str
    deadline_s: float = 35.0
    tries: int = 3
    first_delay_s: float = 1.0
    at_once: int = 4
