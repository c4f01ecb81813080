"""Delivers updates to a webhook on this machine, one by one, again and again until it answers 2xx."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import logging
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from localchat.errors import Json, bad_request
from localchat.updates import UpdateQueue
from localchat.world import World

log = logging.getLogger(__name__)
RETRY_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Pauses after the first failures; the last one repeats."""


def is_loopback(host: str | None) -> bool:
    """Whether a host name or address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address((host or "").strip("[]")).is_loopback
    except ValueError:
        return False


def check_address(url: str) -> None:
    """Refuse a webhook elsewhere: the local chat sends nothing off this machine. Raises ApiError 400."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not is_loopback(parts.hostname):
        raise bad_request("bad webhook: the local chat delivers only to addresses of this machine")


class Webhook:
    """The task that delivers while a webhook is set."""

    def __init__(self, world: World, updates: UpdateQueue) -> None:
        self._world = world
        self._updates = updates
        self._wakened = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.last_error: Json = {}

    def start(self) -> None:
        """Begin; must be called in the event loop."""
        self._updates.on_arrival = self.wake
        self._task = asyncio.create_task(self._run(), name="localchat-webhook")

    def wake(self) -> None:
        """Something may be there to deliver."""
        self._wakened.set()

    async def stop(self) -> None:
        """End; a delivery under way is given up and will be repeated."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        client = SimpleAsyncHTTPClient(force_instance=True)
        failures = 0
        try:
            while True:
                update = self._updates.first() if self._world.profile.webhook else None
                if update is None:
                    self._wakened.clear()
                    await self._wakened.wait()
                elif await self._deliver(client, update):
                    failures = 0
                    self._updates.forget_before(update["update_id"] + 1)
                    await self._world.journal.flush()
                else:
                    await asyncio.sleep(RETRY_SECONDS[min(failures, len(RETRY_SECONDS) - 1)])
                    failures += 1
        finally:
            client.close()

    async def _deliver(self, client: AsyncHTTPClient, update: Json) -> bool:
        hook = self._world.profile.webhook
        headers = {"Content-Type": "application/json"}
        if hook.get("secret_token"):
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook["secret_token"]
        await self._world.journal.flush()
        request = HTTPRequest(
            hook["url"], method="POST", headers=headers, body=json.dumps(update), follow_redirects=False
        )
        try:
            response = await client.fetch(request, raise_error=False)
        except (OSError, HTTPClientError) as exc:
            return self._failed(f"Connection failed: {type(exc).__name__}")
        if response.code // 100 != 2:
            return self._failed(f"Wrong response from the webhook: {response.code} {response.reason}")
        self.last_error = {}
        return True

    def _failed(self, reason: str) -> bool:
        log.info("webhook: %s", reason)
        self.last_error = {"last_error_date": self._world.now(), "last_error_message": reason}
        return False
