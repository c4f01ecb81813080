"""The parameters of a Bot API call, whichever way they came: query, form, multipart or JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from localchat.errors import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart body."""

    name: str
    body: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Params:
    """Values by name, and uploads by field name. A value is a string, or anything JSON can hold."""

    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether the parameter was given, even if empty."""
        return self.values.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """A string. Raises ApiError 400 if it is not valid Unicode."""
        value = self.values.get(name)
        if value is None:
            return default
        text = value if isinstance(value, str) else json.dumps(value)
        try:
            text.encode()
        except UnicodeEncodeError as exc:
            raise bad_request("strings must be encoded in UTF-8") from exc
        return text

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; what is none counts as ``default``, as with Telegram."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """A boolean, also as "true", "yes" or "1"."""
        return str(self.values.get(name, "")).lower() in {"true", "yes", "1"}

    def json(self, name: str) -> Any:
        """A JSON value, already parsed or as a string; None if absent. Raises ApiError 400 if it does not parse."""
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            return json.loads(value)
        except ValueError as exc:
            raise bad_request(f"can't parse {name} JSON object") from exc

    def upload(self, name: str) -> Upload | None:
        """The file given for a parameter: under its own name, or by ``attach://field``."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return self.uploads.get(name)
