"""Raw updates as the Bot API delivers them: every kind, from people, groups and channels, whole and damaged."""

import json
from collections.abc import Sequence
from random import Random
from typing import Any

from tests.handlers.fuzz.contents import DATES, Contents
from tests.handlers.fuzz.damage import damaged
from tests.handlers.fuzz.taps import Taps
from tests.handlers.fuzz.words import Words

LANGUAGES = (
    "pt-br",
    "pt",
    "en",
    "es",
    "es-419",
    "zh-hans",
    "",
    "xx-YY-zz",
    "PT_BR",
    "../en",
    "e" * 200,
    "\u0000",
)
Json = dict[str, Any]


class Updates:
    """``others``: chats of people whom a forged update may name."""

    def __init__(self, rng: Random, others: Sequence[int] = ()) -> None:
        self._rng = rng
        self.words = Words(rng)
        self.taps = Taps(rng, self.words)
        self._contents = Contents(rng, self.words)
        self._others = others
        self._last_id = 1000

    def one(self, chat_id: int) -> Json:
        """An update that ``chat_id`` (a person) causes: in their own chat, in a group, or nowhere."""
        kind = self._rng.randrange(100)
        if kind < 45:
            made = {"message": self._message(chat_id)}
        elif kind < 75:
            made = {"callback_query": self._tap(chat_id)}
        elif kind < 80:
            made = {"edited_message": self._message(chat_id) | {"edit_date": 1_795_600_100}}
        elif kind < 83:
            made = {"my_chat_member": self._membership(chat_id)}
        elif kind < 88:
            made = self._in_group(chat_id)
        elif kind < 91:
            made = self._forged_sender(chat_id)
        else:
            made = self._unserved(chat_id)
        update = {"update_id": self._next_id(), **made}
        if self._rng.random() < 0.2:
            update = damaged(self._rng, update)
        whole: Json = json.loads(json.dumps(update))
        return whole

    def text(self, chat_id: int, text: str) -> Json:
        """An ordinary message."""
        return {"update_id": self._next_id(), "message": self._head(chat_id) | {"text": text}}

    def tap(self, chat_id: int, data: str) -> Json:
        """An ordinary tap."""
        query = {"id": str(self._next_id()), "from": self._user(chat_id), "chat_instance": "1", "data": data}
        return {
            "update_id": self._next_id(),
            "callback_query": query | {"message": self._head(chat_id) | {"text": "x"}},
        }

    def begin_at(self, update_id: int) -> None:
        """Give ids from here on: beyond those of somebody else who hands in updates."""
        self._last_id = update_id

    def again(self, update: Json) -> Json:
        """The id of an update that came before, or one long past, or what is no id at all."""
        odd = self._rng.choice(
            (update["update_id"], update["update_id"], 5, 0, -3, "7", None, True, 2**70, 1.5)
        )
        return {**update, "update_id": odd}

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def _user(self, chat_id: int) -> Json:
        user: Json = {"id": chat_id, "is_bot": False, "first_name": self.words.short()}
        for key, value in (
            ("last_name", self.words.short()),
            ("username", self.words.short()),
            ("language_code", self._rng.choice(LANGUAGES)),
            ("is_premium", True),
            ("added_to_attachment_menu", True),
        ):
            if self._rng.random() < 0.3:
                user[key] = value
        return user

    def _head(self, chat_id: int, chat: Json | None = None) -> Json:
        private = {"id": chat_id, "type": "private", "first_name": self.words.short()}
        return {
            "message_id": self._rng.randrange(1, 400),
            "date": self._rng.choice(DATES),
            "chat": chat or private,
            "from": self._user(chat_id),
        }

    def _message(self, chat_id: int, chat: Json | None = None) -> Json:
        return self._head(chat_id, chat) | self._contents.around() | self._contents.any()

    def _tap(self, chat_id: int, chat: Json | None = None) -> Json:
        """A tap; its message may be too old to be shown, gone, or of somebody else."""
        query: Json = {"id": str(self._next_id()), "from": self._user(chat_id), "chat_instance": "1"}
        query["data"] = self.taps.data()
        head = self._head(chat_id, chat)
        match self._rng.randrange(8):
            case 0:
                query["message"] = {"message_id": head["message_id"], "date": 0, "chat": head["chat"]}
            case 1:
                query["inline_message_id"] = "AAA"
            case 2:
                query["message"] = head | {"text": self.words.text(), "from": self._user(chat_id)}
            case 3:
                query["message"] = head | {"text": "x"}
                query["game_short_name"] = query.pop("data")
            case _:
                bot = {"id": 1, "is_bot": True, "first_name": "Cardápio"}
                query["message"] = head | {"text": "x", "from": bot}
        return query

    def _membership(self, chat_id: int, chat: Json | None = None) -> Json:
        bot = {"id": 1, "is_bot": True, "first_name": "Cardápio"}
        new: Json = {
            "user": bot,
            "status": self._rng.choice(("member", "left", "kicked", "restricted", "new_status")),
        }
        if new["status"] == "kicked":
            new["until_date"] = 0
        head = self._head(chat_id, chat)
        return {
            "chat": head["chat"],
            "from": head["from"],
            "date": 1_795_600_000,
            "old_chat_member": {"user": bot, "status": "member"},
            "new_chat_member": new,
        }

    def _in_group(self, chat_id: int) -> Json:
        kind = self._rng.choice(("group", "supergroup", "channel"))
        chat = {"id": -(1000 + chat_id), "type": kind, "title": self.words.short()}
        if self._rng.random() < 0.2:
            return {"callback_query": self._tap(chat_id, chat)}
        if self._rng.random() < 0.1:
            return {"my_chat_member": self._membership(chat_id, chat)}
        return {"message": self._message(chat_id, chat)}

    def _forged_sender(self, chat_id: int) -> Json:
        """In the chat of somebody else, which a private chat never has."""
        other = self._rng.choice((*self._others, chat_id + 1))
        chat = {"id": other, "type": "private", "first_name": "x"}
        match self._rng.randrange(3):
            case 0:
                return {"message": self._message(chat_id, chat)}
            case 1:
                return {"my_chat_member": self._membership(chat_id, chat)}
            case _:
                return {"callback_query": self._tap(chat_id, chat)}

    def _unserved(self, chat_id: int) -> Json:
        """Kinds that we did not ask Telegram for."""
        user, message = self._user(chat_id), self._message(chat_id)
        chat = message["chat"]
        return self._rng.choice(
            (
                {"channel_post": message},
                {"edited_channel_post": message},
                {"business_message": message | {"business_connection_id": "b"}},
                {"edited_business_message": message},
                {
                    "deleted_business_messages": {
                        "business_connection_id": "b",
                        "chat": chat,
                        "message_ids": [1],
                    }
                },
                {
                    "business_connection": {
                        "id": "b",
                        "user": user,
                        "user_chat_id": chat_id,
                        "date": 1,
                        "is_enabled": True,
                    }
                },
                {"inline_query": {"id": "1", "from": user, "query": self.words.text(), "offset": ""}},
                {"chosen_inline_result": {"result_id": "1", "from": user, "query": self.words.text()}},
                {"shipping_query": {"id": "1", "from": user, "invoice_payload": "x", "shipping_address": {}}},
                {
                    "pre_checkout_query": {
                        "id": "1",
                        "from": user,
                        "currency": "BRL",
                        "total_amount": 1,
                        "invoice_payload": "x",
                    }
                },
                {"poll": {"id": "1", "question": "x", "options": []}},
                {
                    "poll_answer": {
                        "poll_id": "1",
                        "user": user,
                        "option_ids": [0],
                        "option_persistent_ids": [],
                    }
                },
                {"chat_member": self._membership(chat_id)},
                {"chat_join_request": {"chat": chat, "from": user, "user_chat_id": chat_id, "date": 1}},
                {
                    "message_reaction": {
                        "chat": chat,
                        "message_id": 1,
                        "user": user,
                        "date": 1,
                        "old_reaction": [],
                        "new_reaction": [],
                    }
                },
                {"message_reaction_count": {"chat": chat, "message_id": 1, "date": 1, "reactions": []}},
                {"chat_boost": {"chat": chat, "boost": {}}},
                {"kind_of_next_year": {"x": 1}},
                {},
            )
        )
