"""Errors of the handlers' room, and the short code that a person reads and the log holds too.

    HandlerError
    ├── TurnTimeout       a handler took longer than a turn may; its changes were rolled back
    └── UpdateSetAside    an update was running each time the program stopped, so it is not run again

``handlers.transport.screens.ScreenError`` is raised for screens, ``handlers.transport.delivery.DeliveryError`` for sends.
"""

from menus.failures import ALPHABET, CODE_LENGTH, report, short_code, where

__all__ = [
    "ALPHABET",
    "CODE_LENGTH",
    "HandlerError",
    "TurnTimeout",
    "UpdateSetAside",
    "report",
    "short_code",
    "where",
]


class HandlerError(Exception):
    """Something went wrong while an update was handled."""


class TurnTimeout(HandlerError):
    """A handler took longer than a turn may."""


class UpdateSetAside(HandlerError):
    """An update was running each time the program stopped."""
