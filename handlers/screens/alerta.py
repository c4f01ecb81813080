"""Alerts: shown to operators alone."""

from typing import Any

from handlers.alert_words import sentence
from handlers.transport.screens import NothingToSay, Screen, View, screen
from menus.alerts import SCREEN, Alert


@screen(SCREEN)
async def alert(view: View, *, kind: str, **about: Any) -> Screen:
    """Something that needs a person; whoever is no operator any more gets nothing."""
    if view.chat_id not in view.services.operations.admin_ids:
        raise NothingToSay
    return Screen(sentence(view.t, Alert(kind), about))
