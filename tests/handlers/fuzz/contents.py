"""What a message may carry beside or instead of text, as the Bot API writes it."""

from random import Random
from typing import Any

from tests.handlers.fuzz.words import Words

DATES = (0, 1, 1_795_600_000, 2**31 - 1, 2**31, 4_102_444_800, 253_402_300_799)
ENTITIES = (
    "bold",
    "mention",
    "url",
    "text_link",
    "code",
    "pre",
    "bot_command",
    "custom_emoji",
    "text_mention",
    "new_kind",
)
SERVICES: tuple[dict[str, Any], ...] = (
    {"group_chat_created": True},
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}},
    {"write_access_allowed": {"from_request": True}},
    {"users_shared": {"request_id": 1, "users": [{"user_id": 2}]}},
    {"chat_shared": {"request_id": 1, "chat_id": -100}},
    {"new_chat_title": "x"},
    {"delete_chat_photo": True},
    {"migrate_to_chat_id": -100_123},
    {"video_chat_started": {}},
    {"forum_topic_created": {"name": "x", "icon_color": 1}},
    {
        "proximity_alert_triggered": {
            "traveler": {"id": 1, "is_bot": False, "first_name": "x"},
            "watcher": {"id": 2, "is_bot": False, "first_name": "y"},
            "distance": 3,
        }
    },
    {},
)
MIMES = (
    "application/pdf",
    "image/jpeg",
    "audio/ogg",
    "text/plain",
    "application/x-msdownload",
    "",
    "x" * 300,
    "../..",
)
SIZES = (0, 1, 1200, 20 * 2**20, 20 * 2**20 + 1, 2**40)


class Contents:
    """Draws the fields of one message."""

    def __init__(self, rng: Random, words: Words) -> None:
        self._rng = rng
        self._words = words

    def any(self) -> dict[str, Any]:
        """Text mostly; else a file, a place or whatever else a phone can send."""
        kind = self._rng.randrange(10)
        if kind < 6:
            return self.text()
        if kind == 6:
            return self.document()
        return self._rng.choice((self.media, self.place, self.rest))()

    def text(self) -> dict[str, Any]:
        """Text, with entities sometimes."""
        text = self._words.text()
        return {"text": text, **({"entities": self._entities(text)} if self._rng.random() < 0.3 else {})}

    def document(self) -> dict[str, Any]:
        """A file, whose name and kind say anything."""
        name = self._rng.choice(
            ("plano.md", "plano.pdf", "x.exe", self._words.short() + ".txt", self._words.text(), "../../x")
        )
        file = self._file() | {"file_name": name, "mime_type": self._rng.choice(MIMES)}
        for key in ("file_name", "mime_type", "file_size"):
            if self._rng.random() < 0.15:
                del file[key]
        return {"document": file} | self._caption()

    def media(self) -> dict[str, Any]:
        """Pictures and sounds."""
        size, file = {"width": 100, "height": 90}, self._file()
        return self._caption() | self._rng.choice(
            (
                {"photo": [self._file() | size, self._file() | size]},
                {"photo": []},
                {"voice": file | {"duration": 3}},
                {"audio": file | {"duration": 3, "title": self._words.short()}},
                {"video": file | size | {"duration": 2}},
                {"video_note": file | {"length": 10, "duration": 2}},
                {"animation": file | size | {"duration": 1}, "document": file},
                {"sticker": file | size | {"type": "regular", "is_animated": False, "is_video": False}},
                {"paid_media": {"star_count": 1, "paid_media": []}},
                {"story": {"chat": {"id": 5, "type": "private"}, "id": 1}},
            )
        )

    def place(self) -> dict[str, Any]:
        """A place on earth, or beyond it."""
        lat, lon = self._rng.choice(
            ((-23.5, -46.6), (0, 0), (90.0, 180.0), (-91, 400), (1e300, -1e300), (-15, -47.9))
        )
        location = {"latitude": lat, "longitude": lon}
        return self._rng.choice(
            (
                {"location": location},
                {"location": location | {"live_period": 60, "heading": 1}},
                {
                    "location": location,
                    "venue": {"location": location, "title": "x", "address": self._words.short()},
                },
            )
        )

    def rest(self) -> dict[str, Any]:
        """What else a phone, or Telegram itself, can send."""
        option = {"text": "a", "voter_count": 0, "persistent_id": "1"}
        poll = {
            "id": "1",
            "question": self._words.short(),
            "options": [option],
            "total_voter_count": 0,
            "is_closed": False,
        }
        poll |= {
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
        return self._rng.choice(
            (
                {"contact": {"phone_number": "+55", "first_name": self._words.short(), "user_id": 3}},
                {"dice": {"emoji": "🎲", "value": 6}},
                {"poll": poll},
                {"game": {"title": "x", "description": "y", "photo": []}},
                {"web_app_data": {"data": self._words.text(), "button_text": "x"}},
                {
                    "invoice": {
                        "title": "x",
                        "description": "y",
                        "start_parameter": "",
                        "currency": "BRL",
                        "total_amount": 1,
                    }
                },
                *SERVICES,
            )
        )

    def around(self) -> dict[str, Any]:
        """Fields that any message may have."""
        fields: dict[str, Any] = {
            "forward_origin": {"type": "hidden_user", "sender_user_name": self._words.short(), "date": 1},
            "reply_to_message": {
                "message_id": 5,
                "date": 0,
                "chat": {"id": 9, "type": "private"},
                "text": self._words.text(),
            },
            "via_bot": {"id": 99, "is_bot": True, "first_name": "x", "username": "other_bot"},
            "quote": {"text": "x", "position": 0},
            "message_thread_id": 4,
            "media_group_id": "1",
            "has_protected_content": True,
            "effect_id": "5",
            "business_connection_id": "b",
            "is_from_offline": True,
            "edit_date": 1_795_600_001,
            "author_signature": self._words.short(),
            "unknown_field": {"x": [1]},
        }
        return {name: fields[name] for name in fields if self._rng.random() < 0.08}

    def _file(self) -> dict[str, Any]:
        return {
            "file_id": f"file-{self._rng.randrange(6)}",
            "file_unique_id": "u",
            "file_size": self._rng.choice(SIZES),
        }

    def _caption(self) -> dict[str, Any]:
        return {"caption": self._words.text()} if self._rng.random() < 0.4 else {}

    def _entities(self, text: str) -> list[dict[str, Any]]:
        return [
            {
                "type": self._rng.choice(ENTITIES),
                "offset": self._rng.randrange(len(text) + 5),
                "length": self._rng.randrange(1, 60),
            }
            for _ in range(self._rng.randrange(4))
        ]
