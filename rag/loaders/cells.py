"""Rows of tables as one text, and back."""

from collections.abc import Iterable

BETWEEN_CELLS = " | "


def row_text(cells: Iterable[str]) -> str:
    """The cells of a row as one text; lines within a cell stay. Empty for a row without a word."""
    clean = [cell.replace("|", "/").strip() for cell in cells]
    return BETWEEN_CELLS.join(clean) if any(clean) else ""


def cells_of(text: str) -> list[str]:
    """The cells of a row's text."""
    return [cell.strip() for cell in text.split(BETWEEN_CELLS.strip())]
