"""``/control/…``: what tests ask of the local chat. Loopback only, like all of it; a bot never calls it."""

from __future__ import annotations

from dataclasses import asdict

from localchat.errors import ApiError, Json, bad_request
from localchat.params import Params
from localchat.web import LoopbackHandler


class ControlHandler(LoopbackHandler):
    """``GET`` to look, ``POST`` to change."""

    async def get(self, what: str) -> None:
        """``calls?after=N``: calls of the bot; ``faults``; ``updates``: how many wait, the last message's id; ``health``."""
        params = self.params()
        match what:
            case "calls":
                await self.reply(
                    {"total": self.hub.calls.total, "calls": self.hub.calls.since(params.integer("after"))}
                )
            case "faults":
                await self.reply({"faults": [asdict(fault) for fault in self.hub.faults.waiting]})
            case "updates":
                last = self.hub.world.last_id("message")
                await self.reply({"waiting": len(self.hub.api.updates), "last_message": last})
            case "health":
                await self.reply({"ok": True, "boot": self.hub.boot})
            case _:
                raise ApiError(404, "Not Found")

    async def post(self, what: str) -> None:
        """``faults``, ``clear_faults``, ``limits``, ``groups`` or ``updates``, with a JSON body."""
        params = self.params()
        match what:
            case "faults":
                self.hub.faults.add(dict(params.values))
                result: Json = {}
            case "clear_faults":
                self.hub.faults.waiting.clear()
                result = {}
            case "limits":
                self.hub.api.limits.enforced = params.flag("enforced")
                result = {"enforced": self.hub.api.limits.enforced}
            case "groups":
                people = [int(number) for number in params.json("people") or [1]]
                result = {"chat": self.hub.world.new_group(params.text("title", "Grupo"), people).id}
            case "updates":
                result = self._inject(params)
            case _:
                raise ApiError(404, "Not Found")
        await self.reply({"ok": True, **result})

    def _inject(self, params: Params) -> Json:
        """Queue an update of any kind as given: ``{"kind": "message", "body": {…}}``."""
        body = params.json("body")
        if not isinstance(body, dict) or not params.text("kind"):
            raise bad_request("expected kind and body")
        return {"update_id": self.hub.api.updates.add(params.text("kind"), body)}
