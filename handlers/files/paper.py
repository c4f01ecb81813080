"""A printed page: A4, a running head and foot, and blocks of text that flow down columns without being torn apart."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from fpdf import FPDF
from fpdf.enums import MethodReturnValue

from handlers.files.fonts import FAMILY, Weight, path, printable
from handlers.files.theme import LIGHT, Colour

MARGIN_X, TOP, BOTTOM = 18.0, 30.0, 20.0
"""Millimetres. A4 is 210 × 297."""
GUTTER = 9.0
BOX = 2.9
BOX_INDENT = 5.2
_POINT = 0.3528


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its text, how it is set, the space above it in mm. ``box`` draws a square to tick before it;
    ``indent`` moves it right (mm); ``hang`` is set in the indent, as the number of a step is."""

    text: str
    weight: Weight = Weight.REGULAR
    size: float = 9.5
    colour: Colour = LIGHT.text
    above: float = 0.0
    box: bool = False
    indent: float = 0.0
    hang: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stay together when they fit on one column; ``above``: space before it in mm, unless it starts one."""

    lines: tuple[Line, ...]
    above: float = 4.0


class Paper(FPDF):
    """The PDF being written. ``head`` stands on top of each page and ``foot`` below it; ``page_words`` has {page} and {pages}."""

    def __init__(self, head: str, foot: str, page_words: str) -> None:
        super().__init__(format="A4")
        self._head, self._foot, self._page_words = head, foot, page_words
        for weight in Weight:
            self.add_font(FAMILY + weight.value, fname=path(weight))
        self.set_margins(MARGIN_X, TOP, MARGIN_X)
        self.set_auto_page_break(False)
        self.c_margin = 0
        self.set_title(printable(head))
        self.set_creator("Cardápio")
        self.set_lang("pt-BR")

    def header(self) -> None:
        """Draw the running head."""
        self.set_text_color(*LIGHT.muted)
        self.set_font(FAMILY + Weight.REGULAR.value, size=9)
        self.text(MARGIN_X, 16, printable(self._head))
        self.set_draw_color(*LIGHT.line)
        self.set_line_width(0.25)
        self.line(MARGIN_X, 19.5, self.w - MARGIN_X, 19.5)

    def footer(self) -> None:
        """Draw the foot: what this is, and the page."""
        self.set_text_color(*LIGHT.muted)
        self.set_font(FAMILY + Weight.REGULAR.value, size=8)
        self.set_xy(MARGIN_X, self.h - 14)
        self.cell(0, 4, printable(self._foot))
        self.set_xy(MARGIN_X, self.h - 14)
        self.cell(0, 4, self._page_words.format(page=self.page_no(), pages="{nb}"), align="R")

    def chapter(self, title: str, *, below: str = "") -> None:
        """Begin a page with a large title and, smaller, what goes ``below`` it."""
        self.add_page()
        self.start_section(printable(title))
        self.set_text_color(*LIGHT.accent)
        self.set_font(FAMILY + Weight.BLACK.value, size=21)
        self.text(MARGIN_X, 34, printable(title))
        if below:
            self.set_text_color(*LIGHT.muted)
            self.set_font(FAMILY + Weight.REGULAR.value, size=10.5)
            self.text(MARGIN_X, 40.5, printable(below))
        self.set_y(48 if below else 43)

    def put(self, line: Line, x: float, y: float, width: float, *, measure: bool = False) -> float:
        """Set a line at a place in a column ``width`` mm wide, or only measure it; returns its height in mm."""
        self.set_font(FAMILY + line.weight.value, size=line.size)
        indent = line.indent + (BOX_INDENT if line.box else 0.0)
        leading = line.size * _POINT * 1.32
        if not measure:
            self._before(line, x, y, leading)
        self.set_xy(x + indent, y)
        height: object = self.multi_cell(
            width - indent,
            leading,
            printable(line.text),
            align="L",
            dry_run=measure,
            output=MethodReturnValue.HEIGHT,
        )
        # fpdf2's signature covers every combination of outputs; the one that is asked for is a number.
        return cast(float, height)

    def _before(self, line: Line, x: float, y: float, leading: float) -> None:
        self.set_text_color(*line.colour)
        if line.hang:
            self.set_xy(x, y)
            self.cell(line.indent, leading, printable(line.hang))
        if line.box:
            self.set_draw_color(*LIGHT.muted)
            self.set_line_width(0.28)
            self.rect(x, y + (leading - BOX) / 2, BOX, BOX, round_corners=True, corner_radius=0.6)


@dataclass(slots=True)
class Columns:
    """Places blocks down ``count`` columns from where the page stands, then on new pages.

    ``even``: on the first page all columns end at about the same height, when everything fits there.
    """

    paper: Paper
    count: int
    even: bool = False
    _column: int = 0
    _top: float = field(init=False)
    _y: float = field(init=False)
    _floor: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin at the top of the first column."""
        self._top = self._y = self.paper.get_y()
        self._floor = float(self.paper.h) - BOTTOM

    @property
    def width(self) -> float:
        """Of one column, in mm."""
        return (self.paper.w - 2 * MARGIN_X - GUTTER * (self.count - 1)) / self.count

    def fill(self, blocks: Iterable[Block]) -> None:
        """Place all blocks in order."""
        placed = list(blocks)
        if self.even:
            heights = [
                block.above + sum(line.above + self._measure(line) for line in block.lines)
                for block in placed
            ]
            share = sum(heights) / self.count + max(heights, default=0.0)
            self._floor = min(self._floor, self._top + share)
        for block in placed:
            self.place(block)

    def place(self, block: Block) -> None:
        """Set a block; it goes to the next column when it does not fit below, and is torn only when none could hold it."""
        heights = [line.above + self._measure(line) for line in block.lines]
        whole = sum(heights)
        above = block.above if self._y > self._top else 0.0
        if self._y + above + whole > self._floor and whole <= self._floor - TOP:
            self._next_column()
            above = 0.0
        self._y += above
        for line, height in zip(block.lines, heights, strict=True):
            if self._y + height > self._floor:
                self._next_column()
            self.paper.put(line, self._x, self._y + line.above, self.width)
            self._y += height

    @property
    def _x(self) -> float:
        return MARGIN_X + self._column * (self.width + GUTTER)

    def _measure(self, line: Line) -> float:
        return self.paper.put(line, self._x, self._y, self.width, measure=True)

    def _next_column(self) -> None:
        self._column += 1
        if self._column == self.count:
            self._column = 0
            self.paper.add_page()
            self._top = TOP
            self._floor = float(self.paper.h) - BOTTOM
        self._y = self._top
