"""PDF: opened with PDFium, its letters read into segments (``pdf_text``), those into blocks (``pdf_layout``)."""

import pypdfium2 as pdfium
from pypdfium2 import raw

from rag.loaders.pdf_layout import blocks_of
from rag.loaders.pdf_text import PageText, read_page
from rag.loaders.reasons import Reason, Unreadable
from rag.markdown import Block

MOST_PAGES = 3000

_FEW_LETTERS = 30
"""A page: what a scanning app stamps on its pictures is no text to read."""

_MOST_UNKNOWN = 0.3
"""Part of letters without a known character from which a text is as good as a picture."""

_PICTURES = frozenset({raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM})


def read_pdf(data: bytes) -> list[Block]:
    """The blocks of a PDF, each with its page. Raises ``Unreadable``."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as exc:
        protected = exc.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise Unreadable(Reason.ENCRYPTED if protected else Reason.CORRUPT, str(exc)) from exc
    try:
        return _read(document)
    except pdfium.PdfiumError as exc:
        raise Unreadable(Reason.CORRUPT, str(exc)) from exc
    finally:
        document.close()


def _read(document: pdfium.PdfDocument) -> list[Block]:
    count = len(document)
    if count > MOST_PAGES:
        raise Unreadable(Reason.TOO_LARGE, f"{count} pages")
    if count == 0:
        raise Unreadable(Reason.EMPTY, "no pages")
    pages: list[PageText] = []
    pictures = letters = unknown = 0
    for number in range(1, count + 1):
        page = document[number - 1]
        try:
            read = read_page(page, number)
            pictures += _has_picture(page)
        finally:
            page.close()
        pages.append(read)
        letters += sum(len(segment.text) for segment in read.segments)
        unknown += read.unknown
    if letters < _FEW_LETTERS * count and 2 * pictures >= count:
        raise Unreadable(Reason.SCANNED, f"{letters} letters on {count} pages")
    if unknown > _MOST_UNKNOWN * (letters + unknown):
        raise Unreadable(Reason.SCANNED, "letters without characters")
    return blocks_of(pages)


def _has_picture(page: pdfium.PdfPage) -> bool:
    objects = range(raw.FPDFPage_CountObjects(page))
    return any(raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, i)) in _PICTURES for i in objects)
