"""Checks ``reply_markup`` as Telegram does and keeps only the fields we know."""

from __future__ import annotations

from typing import Any

from localchat.errors import Json, bad_request
from localchat.markup import check_url

MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100
MAX_ROW = 8
MAX_COPY_LENGTH = 256
STYLES = frozenset({"primary", "success", "danger"})
_KINDS = (
    "callback_data",
    "url",
    "copy_text",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "web_app",
)


def check_markup(markup: Any) -> Json | None:
    """The markup as kept with a message, None for none.

    Raises:
        ApiError: 400 for what Telegram refuses, for instance ``BUTTON_DATA_INVALID``.
    """
    if markup in (None, "", {}):
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return {"inline_keyboard": _rows(markup["inline_keyboard"], "inline_keyboard", _inline_button)}
    if "keyboard" in markup:
        kept: Json = {"keyboard": _rows(markup["keyboard"], "keyboard", _reply_button)}
        for flag in ("resize_keyboard", "one_time_keyboard", "is_persistent", "selective"):
            if markup.get(flag):
                kept[flag] = True
        if markup.get("input_field_placeholder"):
            kept["input_field_placeholder"] = str(markup["input_field_placeholder"])[:64]
        return kept
    if markup.get("remove_keyboard"):
        return {"remove_keyboard": True}
    if markup.get("force_reply"):
        kept = {"force_reply": True}
        if markup.get("input_field_placeholder"):
            kept["input_field_placeholder"] = str(markup["input_field_placeholder"])[:64]
        return kept
    return None


def inline_only(markup: Json | None) -> Json | None:
    """An edit may only bring an inline keyboard; an empty one takes the keyboard away."""
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup if markup and markup["inline_keyboard"] else None


def button_at(markup: Json | None, data: str) -> Json | None:
    """The inline button with this callback data, if the keyboard still has it."""
    rows = (markup or {}).get("inline_keyboard", [])
    return next((button for row in rows for button in row if button.get("callback_data") == data), None)


def _rows(rows: Any, field: str, button: Any) -> list[list[Json]]:
    if not isinstance(rows, list):
        raise bad_request(f'field "{field}" of the ReplyMarkup must be an Array of Arrays')
    kept = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(f'field "{field}" of the ReplyMarkup must be an Array of Arrays')
        if len(row) > MAX_ROW:
            raise bad_request("reply markup has too many buttons in a row")
        if row:
            kept.append([button(item) for item in row])
    if sum(map(len, kept)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return kept


def _text(item: Any, what: str) -> str:
    if not isinstance(item, dict):
        raise bad_request(f"can't parse {what}: KeyboardButton must be an Object")
    text = item.get("text")
    if not isinstance(text, str):
        raise bad_request(f"can't parse {what}: Can't find field \"text\"")
    if not text.strip():
        raise bad_request(f"can't parse {what}: button text must be non-empty")
    return text


def _inline_button(item: Any) -> Json:
    what = "inline keyboard button"
    kept: Json = {"text": _text(item, what)}
    kind = next((kind for kind in _KINDS if kind in item), None)
    if kind is None:
        raise bad_request(f"can't parse {what}: Text buttons are unallowed in the inline keyboard")
    value = item[kind]
    if kind == "callback_data" and not 1 <= len(str(value).encode()) <= MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if kind == "url" and (value := check_url(str(value))) is None:
        raise bad_request(f"inline keyboard button URL '{item[kind]}' is invalid: Wrong HTTP URL")
    if kind == "copy_text" and not (
        isinstance(value, dict) and 1 <= len(str(value.get("text", ""))) <= MAX_COPY_LENGTH
    ):
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    kept[kind] = value
    if item.get("style"):
        if item["style"] not in STYLES:
            raise bad_request("BUTTON_STYLE_INVALID")
        kept["style"] = item["style"]
    return kept


def _reply_button(item: Any) -> Json:
    if isinstance(item, str):
        item = {"text": item}
    kept: Json = {"text": _text(item, "keyboard button")}
    for flag in ("request_contact", "request_location"):
        if item.get(flag):
            kept[flag] = True
    return kept
