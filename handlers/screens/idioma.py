"""The choice of a language, and that it was changed."""

from handlers.catalogue import SOURCE_LANGUAGE
from handlers.keyboards import places
from handlers.texts import buttons as b
from handlers.texts import language as texts
from handlers.transport.screens import Button, Screen, View, screen

NAMES = {SOURCE_LANGUAGE: texts.PORTUGUESE, "en": texts.ENGLISH, "es": texts.SPANISH}
"""How each language calls itself."""


@screen("idioma")
async def languages(view: View) -> Screen:
    """One button a language, the one that is spoken ticked."""
    t = view.t
    rows = tuple(
        (Button(t.plain(b.TICKED, label=name) if code == t.language else name, f"fala:{code}"),)
        for code, name in NAMES.items()
    )
    return Screen(t(texts.ASK), rows)


@screen("idioma_mudou")
async def changed(view: View) -> Screen:
    """Said in the language that was chosen."""
    t = view.t
    consented = view.person is not None and view.person.consented
    return Screen(t(texts.CHANGED), places(t, ("hoje", "ajuda")) if consented else ())
