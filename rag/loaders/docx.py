"""DOCX: the zip and its XML, with no more of either than a document needs."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from rag.loaders.cells import row_text
from rag.loaders.docx_styles import Styles, w
from rag.loaders.reasons import Reason, Unreadable
from rag.markdown import Block, BlockKind

MOST_ENTRIES = 5000
MOST_XML = 64 * 1024 * 1024
"""Bytes of one XML part: a book of 2,000 pages has about 20 MB."""

MOST_RATIO = 400
"""XML of a long table of equal cells shrinks about 100 times; what a bomb is made of shrinks 1,000 times."""

_RATIO_COUNTS_FROM = 4 * 1024 * 1024
_ENCRYPTED_FLAG = 0x1
_MAIN: Final = "word/document.xml"
_BOLD_TITLE_WORDS = 10
_BOLD_LEVEL = 6

_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, ParseError, ValueError, RuntimeError, OSError,
)  # fmt: skip
"""What the zip and XML readers raise for bytes that were changed."""

_SKIPPED = frozenset({w("del"), w("moveFrom"), w("instrText"), w("pPr"), w("rPr"), w("tblPr"), w("sdtPr")})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_docx(data: bytes) -> list[Block]:
    """The blocks of a DOCX; pages only where Word noted where they broke. Raises ``Unreadable``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
            body = _part(archive, _MAIN)
            if body is None:
                raise Unreadable(Reason.WRONG_TYPE, "a zip without a Word document")
            styles = Styles.read(_part(archive, "word/styles.xml"), _part(archive, "word/numbering.xml"))
    except DefusedXmlException as exc:
        raise Unreadable(Reason.BOMB, "XML with entities") from exc
    except _DAMAGED as exc:
        raise Unreadable(Reason.CORRUPT, type(exc).__name__) from exc
    return _Reader(styles).read(body)


def _check(archive: zipfile.ZipFile) -> None:
    """Refuse archives that are bombs by what they say of themselves; ``_part`` minds those that lie."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Unreadable(Reason.BOMB, f"{len(entries)} entries")
    for entry in entries:
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > _RATIO_COUNTS_FROM and ratio > MOST_RATIO:
            raise Unreadable(Reason.BOMB, f"ratio {ratio:.0f}")


def _part(archive: zipfile.ZipFile, name: str) -> Element | None:
    try:
        entry = archive.getinfo(name)
    except KeyError:
        return None
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise Unreadable(Reason.ENCRYPTED, "zip with a password")
    with archive.open(entry) as part:
        xml = part.read(MOST_XML + 1)
    if len(xml) > MOST_XML:
        raise Unreadable(Reason.BOMB, f"more than {MOST_XML} bytes of XML")
    root: Element = fromstring(xml, forbid_dtd=True)
    return root


@dataclass(slots=True)
class _Reader:
    styles: Styles
    blocks: list[Block] = field(default_factory=list)
    page: int = 1
    paged: bool = False
    run: int = 0
    in_list: bool = False

    def read(self, document: Element) -> list[Block]:
        for body in document.iter(w("body")):
            for element in _flat(body):
                if element.tag == w("tbl"):
                    self._table(element)
                else:
                    self._paragraph(element)
            break
        if self.paged:
            return self.blocks
        return [Block(b.kind, b.text, b.line, b.level, b.run) for b in self.blocks]

    def _paragraph(self, paragraph: Element) -> None:
        text = self._words(paragraph)
        shape = self.styles.shape_of(paragraph)
        kind = shape.kind
        level = shape.level
        if not text:
            return
        if kind is BlockKind.PARAGRAPH and _is_bold_title(paragraph, text):
            kind, level = BlockKind.HEADING, _BOLD_LEVEL
        listed = kind in (BlockKind.ITEM, BlockKind.STEP)
        self.run += listed and not self.in_list
        self.in_list = listed
        self.blocks.append(
            Block(kind, text, len(self.blocks) + 1, level, self.run if listed else 0, self.page)
        )

    def _table(self, table: Element) -> None:
        self.run += 1
        self.in_list = False
        for row in table.iter(w("tr")):
            page = self.page
            cells = [
                "\n".join(filter(None, (self._words(p) for p in cell.iter(w("p")))))
                for cell in row.findall(w("tc"))
            ]
            if text := row_text(cells):
                line = len(self.blocks) + 1
                self.blocks.append(Block(BlockKind.ROW, text, line, run=self.run, page=page))

    def _words(self, paragraph: Element) -> str:
        """The text of a paragraph as it reads after all changes are accepted; moves ``page`` at breaks."""
        parts: list[str] = []
        for element in _shown(paragraph):
            if element.tag == w("t"):
                parts.append(element.text or "")
            elif element.tag == w("tab"):
                parts.append(" ")
            elif element.tag in (w("br"), w("cr")):
                parts.append("\n")
            elif element.tag == w("noBreakHyphen"):
                parts.append("-")
            elif element.tag == w("lastRenderedPageBreak"):
                self.page += 1
                self.paged = True
        lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
        return "\n".join(filter(None, lines))


def _flat(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables in order, those of content controls and insertions too."""
    stack = list(reversed(parent))
    while stack:
        element = stack.pop()
        if element.tag in (w("p"), w("tbl")):
            yield element
        elif element.tag not in _SKIPPED and element.tag != w("sectPr"):
            stack.extend(reversed(element))


def _shown(paragraph: Element) -> Iterable[Element]:
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        yield element
        if element.tag not in _SKIPPED and element.tag != _FALLBACK:
            stack.extend(reversed(element))


def _is_bold_title(paragraph: Element, text: str) -> bool:
    """Whether all of a short paragraph is bold: a title by people who do not use styles."""
    if len(text.split()) > _BOLD_TITLE_WORDS or text.endswith((".", ",", ";")) or "\n" in text:
        return False
    runs = [run for run in paragraph.iter(w("r")) if any((t.text or "").strip() for t in run.iter(w("t")))]
    return bool(runs) and all(_is_on(run.find(f"{w('rPr')}/{w('b')}")) for run in runs)


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get(w("val"), "1") not in ("0", "false", "off")
