"""The letters of a PDF page as segments: pieces of a line in one place, in the order in which they were written."""

import ctypes
import math
import re
import unicodedata
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "negrito")
_CELL_GAP, _UNWRITTEN_GAP = 1.5, 0.6
"""Times the size of the letters: a wider gap within a line parts two cells of a table. The second where no space is written:
between words that are, the letters of justified lines may stand as far apart."""

_SAME_LINE = 0.5
_BACKWARDS = 1.0
_UPRIGHT = 0.1
"""Radians: text turned more than this is a watermark or a margin note."""

_SPACES = frozenset({0x20, 0xA0, 0x09, 0x2002, 0x2003, 0x2009, 0x200B})
_BREAKS = frozenset({0x0A, 0x0D})
_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
"""As PDFium and typesetters write a hyphen that only parts a word at the end of a line."""

BULLETS = frozenset("•◦▪▫■□●○‣·∙*–—-➢➤►✓✔❖\uf0b7\uf0a7\uf0d8\uf0fc\uf02d")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_FONT_NAME = 128


@dataclass(slots=True)
class Segment:
    """A piece of a line. Coordinates in points, y downwards; ``size`` of its letters; ``bold`` from end to end."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float = 0.0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class PageText:
    """What stands on a page, which counts from 1. ``unknown``: letters that have no character."""

    number: int
    width: float
    height: float
    segments: tuple[Segment, ...]
    unknown: int


def read_page(page: pdfium.PdfPage, number: int) -> PageText:
    """Read the text of a page (blocking, some 10 ms)."""
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        reader = _Reader(textpage.raw, height)
        reader.read()
    finally:
        textpage.close()
    return PageText(number, width, height, tuple(reader.segments), reader.unknown)


class _Reader:
    def __init__(self, text: raw.FPDF_TEXTPAGE, height: float) -> None:
        self.segments: list[Segment] = []
        self.unknown = 0
        self._text = text
        self._height = height
        self._box = raw.FS_RECTF()
        self._letters: list[str] = []
        self._first = self._last = 0
        self._x0 = self._x1 = self._top = self._bottom = self._size = 0.0
        self._spaced = self._written = False

    def read(self) -> None:
        for index in range(raw.FPDFText_CountChars(self._text)):
            code = raw.FPDFText_GetUnicode(self._text, index)
            if code in _BREAKS:
                self._close()
            elif code in _SPACES:
                self._spaced = True
                self._written = self._written or raw.FPDFText_IsGenerated(self._text, index) != 1
            elif code == 0 or (0xE000 <= code <= 0xF8FF and chr(code) not in BULLETS) or code == 0xFFFD:
                self.unknown += 1
            else:
                self._letter(index, "\xad" if code in _HYPHENS else chr(code))
        self._close()

    def _letter(self, index: int, letter: str) -> None:
        if not raw.FPDFText_GetLooseCharBox(self._text, index, self._box):
            return
        x0, x1 = self._box.left, self._box.right
        top, bottom = self._height - self._box.top, self._height - self._box.bottom
        if self._letters and not self._continues(x0, top, bottom):
            self._close()
        if not self._letters:
            self._first, self._x0, self._top, self._bottom = index, x0, top, bottom
            self._size = self._size_of(index)
        elif self._spaced:
            self._letters.append(" ")
        self._spaced = self._written = False
        self._letters.append(letter)
        self._last, self._x1 = index, max(x1, self._x0)
        self._top, self._bottom = min(self._top, top), max(self._bottom, bottom)

    def _continues(self, x0: float, top: float, bottom: float) -> bool:
        size = max(self._size, 1.0)
        if abs((top + bottom) - (self._top + self._bottom)) / 2 > _SAME_LINE * max(size, bottom - top):
            return False
        gap = x0 - self._x1
        if gap < -_BACKWARDS * size:
            return False
        most = _UNWRITTEN_GAP if self._spaced and not self._written else _CELL_GAP
        return gap <= most * size or "".join(self._letters).strip() in BULLETS

    def _close(self) -> None:
        if self._letters and abs(self._angle(self._first)) < _UPRIGHT:
            text = unicodedata.normalize("NFC", _LIGATURE.sub(_letters_of, "".join(self._letters)))
            bold = self._is_bold(self._first) and self._is_bold(self._last)
            self.segments.append(Segment(text, self._x0, self._x1, self._top, self._bottom, self._size, bold))
        self._letters = []
        self._spaced = self._written = False

    def _angle(self, index: int) -> float:
        angle = float(raw.FPDFText_GetCharAngle(self._text, index))
        return 0.0 if angle < 0 else min(angle, 2 * math.pi - angle)

    def _size_of(self, index: int) -> float:
        """The size of a letter as it is seen: many PDFs write letters of size 1 and stretch them."""
        matrix = raw.FS_MATRIX()
        stretch = 1.0
        if raw.FPDFText_GetMatrix(self._text, index, matrix):
            stretch = math.hypot(matrix.c, matrix.d) or 1.0
        return round(float(raw.FPDFText_GetFontSize(self._text, index)) * stretch, 1)

    def _is_bold(self, index: int) -> bool:
        if raw.FPDFText_GetFontWeight(self._text, index) >= _BOLD_WEIGHT:
            return True
        name = ctypes.create_string_buffer(_FONT_NAME)
        length = raw.FPDFText_GetFontInfo(self._text, index, name, _FONT_NAME, None)
        folded = name.value.decode("utf-8", "ignore").lower() if 0 < length <= _FONT_NAME else ""
        return any(word in folded for word in _BOLD_NAMES)


def _letters_of(ligature: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", ligature[0])
