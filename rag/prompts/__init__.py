"""Prompts as versioned files: ``load("cardapio", 1)`` reads ``cardapio_v1.md``. Filled with ``string.Template``."""

from functools import cache
from importlib.resources import files
from string import Template


@cache
def load(name: str, version: int) -> Template:
    """Return a prompt's template. Raises ``FileNotFoundError`` for a version that does not exist."""
    return Template(files(__name__).joinpath(f"{name}_v{version}.md").read_text(encoding="utf-8"))
