"""Rows of segments into blocks: headings by the size of letters, paragraphs joined, lists, tables."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rag.loaders.cells import row_text
from rag.loaders.hyphens import Joiner
from rag.loaders.pdf_rows import aligned, rows_of
from rag.loaders.pdf_running import without_running_heads
from rag.loaders.pdf_text import BULLETS, PageText, Segment
from rag.markdown import Block, BlockKind

_LARGER = 1.12
"""Times the size of the body: what is larger is a heading."""

_HEADING_WORDS, _BOLD_WORDS = 25, 12
_MOST_LEVEL = 5
_BOLD_LEVEL = 6
_LINE_GAP = 0.9
"""Times the size between two lines: a wider gap parts paragraphs."""

_CELL_PADDING = 0.75
"""Times the size: room between what stands in two cells."""

_FULL_LINES = 0.5
"""Part of a run's lines that end at its right edge when it is set as prose in a column."""

_ITEM = re.compile(rf"^[{re.escape(''.join(sorted(BULLETS)))}]\s+(?=\S)")
_STEP = re.compile(r"^\d{1,2}[.)]\s+(?=\w)")
_PARTED = re.compile(r"[^\W\d_][-\xad]$")
_GOES_ON = re.compile(r"(?:\b(?:de|da|do|com|e|ou|a|em|sem|para|por|até)|[+,/(–-])$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_ENDS = (".", "!", "?", ":", ";", "…")


def blocks_of(pages: Sequence[PageText]) -> list[Block]:
    """The blocks of a document from the text of its pages (blocking)."""
    cleaned = without_running_heads(pages)
    sizes = Counter[float]()
    for page in cleaned:
        for segment in page.segments:
            sizes[round(segment.size * 2) / 2] += len(segment.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    layout = _Layout(body, Joiner(s.text for page in cleaned for s in page.segments))
    for page in cleaned:
        layout.add(page)
    return layout.finished()


class _Layout:
    def __init__(self, body: float, joiner: Joiner) -> None:
        self._body = body
        self._joiner = joiner
        self._blocks: list[Block] = []
        self._sizes: dict[int, float] = {}
        self._run = 0
        self._running: BlockKind | None = None
        """The kind of list or table that is going on."""

    def add(self, page: PageText) -> None:
        """Add the blocks of the next page."""
        left = min((s.x0 for s in page.segments), default=0.0)
        right = max([page.width - left, *(s.x1 for s in page.segments)])
        fresh = len(self._blocks)
        for is_prose, rows in groupby(rows_of(page.segments), key=lambda row: row.is_prose):
            for cells in [row.cells for row in rows] if is_prose else aligned(rows):
                if not is_prose:
                    self._add_row(cells, right, page.number)
                    continue
                for paragraph in self._paragraphs(cells[0], _right_edge(cells[0], right)):
                    self._add_paragraph(paragraph, page.number)
        self._carry_over(fresh)

    def finished(self) -> list[Block]:
        """All blocks; the largest headings are of the first level."""
        kinds = sorted({size for size in self._sizes.values() if size > 0}, reverse=True)
        levels = {size: min(level, _MOST_LEVEL) for level, size in enumerate(kinds, start=1)}
        return [
            replace(block, line=at + 1, level=levels.get(self._sizes[at], _BOLD_LEVEL))
            if at in self._sizes
            else replace(block, line=at + 1)
            for at, block in enumerate(self._blocks)
        ]

    def _paragraphs(
        self, lines: Sequence[Segment], right: float, *, cell: bool = False
    ) -> Iterator[list[Segment]]:
        current: list[Segment] = []
        for line in lines:
            if current and not self._wraps(current, line, right, cell):
                yield current
                current = []
            current.append(line)
        if current:
            yield current

    def _wraps(self, above: Sequence[Segment], line: Segment, right: float, cell: bool) -> bool:
        """Whether ``line`` goes on from the last: its first word would not have fitted there."""
        last = above[-1]
        if abs(last.size - line.size) > 0.6 or (last.bold != line.bold and self._is_title(above)):
            return False
        if line.top - last.bottom > _LINE_GAP * line.size or _ITEM.match(line.text):
            return False
        if _PARTED.search(last.text):
            return True
        if _STEP.match(line.text) and last.text.endswith(_ENDS):
            return False
        if cell and not line.text[0].islower() and not _GOES_ON.search(last.text):
            return False  # in a cell each food has its line
        per_letter = (line.x1 - line.x0) / max(len(line.text), 1)
        first_word = line.text.split(maxsplit=1)[0]
        return last.x1 + (len(first_word) + 1.5) * per_letter > right

    def _is_title(self, lines: Sequence[Segment]) -> bool:
        text = " ".join(line.text for line in lines)
        words = len(text.split())
        if not any(char.isalpha() for char in text):
            return False
        if all(line.size >= _LARGER * self._body for line in lines):
            return words <= _HEADING_WORDS
        bold = all(line.bold and line.size >= 0.9 * self._body for line in lines)
        return bold and words <= _BOLD_WORDS and not text.endswith((".", ",", ";"))

    def _add_paragraph(self, lines: Sequence[Segment], page: int) -> None:
        text = self._joiner.join(line.text for line in lines)
        if self._is_title(lines):
            size = round(lines[0].size * 2) / 2 if lines[0].size >= _LARGER * self._body else 0.0
            self._sizes[len(self._blocks)] = size
            self._add(Block(BlockKind.HEADING, text, 0, page=page), None)
        elif mark := _ITEM.match(text):
            self._add(Block(BlockKind.ITEM, text[mark.end() :], 0, page=page), BlockKind.ITEM)
        elif mark := _STEP.match(text):
            self._add(Block(BlockKind.STEP, text[mark.end() :], 0, page=page), BlockKind.ITEM)
        else:
            self._add(Block(BlockKind.PARAGRAPH, text, 0, page=page), None)

    def _add_row(self, row: Sequence[Sequence[Segment]], right: float, page: int) -> None:
        cells: list[str] = []
        edge = right
        for cell in reversed(row):
            if not cell:
                cells.append("")
                continue
            room = max(edge, *(line.x1 for line in cell), 0.0)
            lines = self._paragraphs(cell, room, cell=True)
            cells.append("\n".join(self._joiner.join(line.text for line in part) for part in lines))
            edge = min(line.x0 for line in cell) - _CELL_PADDING * cell[0].size
        if text := row_text(reversed(cells)):
            self._add(Block(BlockKind.ROW, text, 0, page=page), BlockKind.ROW)

    def _add(self, block: Block, running: BlockKind | None) -> None:
        self._run += running is not None and running is not self._running
        self._running = running
        self._blocks.append(replace(block, run=self._run) if running else block)

    def _carry_over(self, fresh: int) -> None:
        """Join a sentence that goes on from the page before; what follows it stays on its own page."""
        if not 0 < fresh < len(self._blocks):
            return
        before, after = self._blocks[fresh - 1], self._blocks[fresh]
        joinable = before.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and after.kind is BlockKind.PARAGRAPH
        if not joinable or before.text.endswith(_ENDS) or not after.text[:1].islower():
            return
        sentence, *rest = _SENTENCE_END.split(after.text, maxsplit=1)
        self._blocks[fresh - 1] = replace(before, text=self._joiner.join([before.text, sentence]))
        if rest:
            self._blocks[fresh] = replace(after, text=rest[0])
        else:
            del self._blocks[fresh]
            self._sizes = {at - (at > fresh): size for at, size in self._sizes.items()}


def _right_edge(lines: Sequence[Segment], page: float) -> float:
    """Where the lines of a run end: at their own edge when they are set in a narrow column, else the page's."""
    edge = max(line.x1 for line in lines)
    full = sum(line.x1 >= edge - 2 * line.size for line in lines)
    return edge if len(lines) >= 4 and full >= _FULL_LINES * len(lines) else page
