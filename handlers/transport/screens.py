"""Screens: how an outbox row becomes a message, at the moment it is sent.

    @screen("dia")
    async def dia(view: View, *, date: str) -> Screen:
        return Screen(view.t(texts.DAY, name=name), buttons=((Button("Voltar", "dia:2026-11-25"),),))

A screen only reads: from ``view.conn`` and ``view.services``. Texts are ``Markup`` whose values are escaped by
``.format``; plain strings are refused by the types.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from handlers.catalogue import Catalogue
from storage.database import Connection
from storage.people import Person

if TYPE_CHECKING:
    from handlers.services import Services

CALLBACK_DATA_BYTES = 64
"""Telegram's limit on what a button carries."""


ERROR_SCREEN = "error"
"""Shown, with ``code``, when an update or another screen broke."""


class ScreenError(Exception):
    """A screen is unknown, was given wrong arguments, or made something that Telegram refuses."""


class NothingToSay(Exception):
    """A screen that the bot would show on its own has no use now (raised while rendering): its row is dropped."""


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: ``data`` (``verb:arg:arg``, at most 64 bytes) or ``url``; ``style`` is Telegram's colour name
    ("primary", "danger")."""

    label: str
    data: str = ""
    url: str | None = None
    style: str | None = None


Buttons = tuple[tuple[Button, ...], ...]
"""Rows of buttons, top to bottom."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to upload."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Screen:
    """What to show: Telegram HTML, rows of buttons, at most one attachment whose caption is the text.

    ``remember`` names a slot in which the message's id is kept once it was sent: "question" or "job:<id>".
    ``ask_location``: label of a button, under the text field, that sends where the phone is; not beside ``buttons``.
    """

    text: Markup
    buttons: Buttons = ()
    photo: Attachment | None = None
    document: Attachment | None = None
    remember: str | None = None
    ask_location: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What a screen may look at. ``person`` is None before the first contact was stored, or after an erasure."""

    conn: Connection
    chat_id: int
    person: Person | None
    now: datetime
    t: Catalogue
    services: "Services"


Renderer = Callable[..., Awaitable[Screen]]


class Screens:
    """A registry of screens by name."""

    def __init__(self) -> None:
        self._renderers: dict[str, Renderer] = {}

    def screen(self, name: str) -> Callable[[Renderer], Renderer]:
        """Register a screen under ``name``. Raises ``ScreenError`` when the name is taken."""

        def register(renderer: Renderer) -> Renderer:
            if name in self._renderers:
                raise ScreenError(f"two screens are called {name!r}")
            self._renderers[name] = renderer
            return renderer

        return register

    def names(self) -> frozenset[str]:
        """All registered names."""
        return frozenset(self._renderers)

    async def render(self, name: str, view: View, args: Mapping[str, Any]) -> Screen:
        """Render one screen. Raises ``ScreenError`` when it is unknown or breaks Telegram's limits."""
        renderer = self._renderers.get(name)
        if renderer is None:
            raise ScreenError(f"there is no screen called {name!r}")
        shown = await renderer(view, **args)
        _check(name, shown)
        return shown


def _check(name: str, shown: Screen) -> None:
    if shown.photo and shown.document:
        raise ScreenError(f"screen {name!r} has a photo and a document; a message carries one")
    if shown.ask_location and shown.buttons:
        raise ScreenError(
            f"screen {name!r} asks for a location and has buttons; a message carries one keyboard"
        )
    for button in (button for row in shown.buttons for button in row):
        if not button.label:
            raise ScreenError(f"screen {name!r} has a button without a label")
        if bool(button.data) == bool(button.url):
            raise ScreenError(f"a button of screen {name!r} needs either data or url")
        if len(button.data.encode()) > CALLBACK_DATA_BYTES:
            raise ScreenError(f"a button of screen {name!r} carries more than {CALLBACK_DATA_BYTES} bytes")


screens = Screens()
"""The bot's screens; ``handlers/screens/`` fills it when it is imported."""

screen = screens.screen
"""Decorator: register a screen of the bot."""
