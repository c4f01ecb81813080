"""How updates reach the bot: long polling or a webhook, never both."""

from __future__ import annotations

from typing import Any

from localchat.botapi.registry import Api, method
from localchat.errors import Json, bad_request, conflict
from localchat.params import Params
from localchat.webhook import check_address


def _allow(api: Api, p: Params) -> None:
    if not p.has("allowed_updates"):
        return
    kinds: Any = p.json("allowed_updates") or []
    if not isinstance(kinds, list):
        raise bad_request("can't parse allowed_updates")
    if api.world.profile.allowed_updates != (kinds or None):
        api.world.profile.allowed_updates = kinds or None
        api.world.save_profile()


@method
async def get_updates(api: Api, p: Params) -> list[Json]:
    """Long polling; an update is forgotten when a later call has a higher offset."""
    if api.world.profile.webhook:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    _allow(api, p)
    return await api.updates.get(p.integer("offset"), p.integer("limit", 100), p.integer("timeout"))


@method
async def set_webhook(api: Api, p: Params) -> bool:
    """Send updates to an address on this machine from now on."""
    url = p.text("url")
    if not url:
        return _poll_again(api, p)
    check_address(url)
    _allow(api, p)
    if p.flag("drop_pending_updates"):
        api.updates.forget_all()
    api.world.profile.webhook = {"url": url, "secret_token": p.text("secret_token")}
    api.world.save_profile()
    api.webhook.wake()
    return True


@method
async def delete_webhook(api: Api, p: Params) -> bool:
    """Back to long polling."""
    return _poll_again(api, p)


def _poll_again(api: Api, p: Params) -> bool:
    if p.flag("drop_pending_updates"):
        api.updates.forget_all()
    api.world.profile.webhook = {}
    api.world.save_profile()
    return True


@method
async def get_webhook_info(api: Api, p: Params) -> Json:
    """WebhookInfo; ``url`` is empty under long polling."""
    info: Json = {
        "url": api.world.profile.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(api.updates),
    }
    if api.world.profile.allowed_updates:
        info["allowed_updates"] = api.world.profile.allowed_updates
    return info | api.webhook.last_error
