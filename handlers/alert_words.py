"""The words of each alert, for its screen and for what is sent without the database."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from handlers.catalogue import Catalogue
from handlers.texts import alerts as a
from menus.alerts import Alert

SENTENCES: dict[Alert, str] = {
    Alert.GEMINI_KEY: a.GEMINI_KEY,
    Alert.GEMINI_MODEL: a.GEMINI_MODEL,
    Alert.INDEX: a.INDEX,
    Alert.TASK: a.TASK,
    Alert.OUTBOX: a.OUTBOX,
    Alert.REFUSED: a.REFUSED,
    Alert.DISK: a.DISK,
    Alert.STORAGE: a.STORAGE,
    Alert.DATABASE: a.DATABASE,
    Alert.ERRORS: a.ERRORS,
}


def sentence(t: Catalogue, kind: Alert, about: Mapping[str, Any]) -> Markup:
    """The words of an alert."""
    return t(SENTENCES[kind], **about)
