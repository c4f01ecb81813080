"""The Bot API's methods, by what they are about; ``registry.call`` finds them by name."""

from localchat.botapi import delivery, editing, files, profile, sending
from localchat.botapi.registry import Api, call, known

__all__ = ["Api", "call", "delivery", "editing", "files", "known", "profile", "sending"]
