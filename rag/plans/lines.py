"""A document's blocks as lines, each with its page, its heading and, in a table, its cells."""

from collections.abc import Iterable
from dataclasses import dataclass

from nutrition.words import fold
from rag.loaders.cells import cells_of
from rag.markdown import Block, BlockKind
from rag.plans.headers import OPTION

MOST_QUOTE = 200
_MOST_LINE = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """``folded`` has a letter for each of ``text``. ``cells`` of a table's row, else empty; ``run`` numbers its table."""

    text: str
    folded: str
    kind: BlockKind
    page: int | None
    section: str
    cells: tuple[str, ...] = ()
    run: int = 0

    @property
    def quote(self) -> str:
        """The line as it is quoted."""
        return quoted(self.text)


def quoted(text: str) -> str:
    """A text on one line, at most ``MOST_QUOTE`` letters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= MOST_QUOTE else flat[: MOST_QUOTE - 1] + "…"


def folded(text: str) -> str:
    """Lower case without accents, letter for letter, so that places in both are the same."""
    return "".join(_letter(char) for char in text)


def _letter(char: str) -> str:
    plain = fold(char)
    if len(plain) == 1:
        return plain
    lower = char.lower()
    return lower if len(lower) == 1 else char


def lines_of(blocks: Iterable[Block]) -> list[Line]:
    """The lines of a document, in order; a table's row is one line."""
    lines: list[Line] = []
    section = above = ""
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            section = quoted(block.text)
            if above and OPTION.match(folded(block.text)):
                section = f"{above} › {section}"
            else:
                above = section
        if block.kind is BlockKind.ROW:
            text = block.text[:_MOST_LINE]
            lines.append(
                Line(text, folded(text), block.kind, block.page, section, tuple(cells_of(text)), block.run)
            )
            continue
        for piece in block.text.split("\n"):
            text = " ".join(piece.split())[:_MOST_LINE]
            if text:
                lines.append(Line(text, folded(text), block.kind, block.page, section))
    return lines
