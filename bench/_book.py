"""A book to index: a PDF of any number of pages, each with a heading and its own words."""

from pathlib import Path

from fpdf import FPDF

from handlers.files.fonts import FAMILY, Weight, path

_WORDS = (  # noqa: SIM905 -- a list would be a page
    "arroz feijão couve tomate peixe frango salada fruta água fibra proteína horário preparo porção abóbora cenoura "
    "mandioca aveia iogurte castanha azeite limão cebola alho salsa tempero panela forno fogo mesa prato colher xícara"
).split()
PARAGRAPHS = 6
_SENTENCES = 5


def secret_of(page: int) -> str:
    """A word that stands on that page alone (pages count from 1)."""
    letters = "bcdfgjlmnp"
    return "zim" + "".join(letters[int(digit)] + "a" for digit in f"{page:03d}") + "tuba"


def text_of(page: int, count: int = PARAGRAPHS) -> list[str]:
    """The paragraphs of a page, some 70 words each; the second has the page's own word."""
    paragraphs = []
    for number in range(count):
        start = page * 7 + number * 3
        words = [_WORDS[(start + i * (1 + number % 5)) % len(_WORDS)] for i in range(11)]
        sentence = f"Na página {page}, o parágrafo {number} fala de {' e '.join(words[:5])}, com {', '.join(words[5:])}."
        told = " ".join([sentence] * (_SENTENCES - 2))
        own = f" O ingrediente {secret_of(page)} entra no almoço da página {page}." if number == 1 else ""
        paragraphs.append(f"{told}{own}")
    return paragraphs


def book(pages: int, paragraphs: int = PARAGRAPHS) -> bytes:
    """The PDF (blocking, about 10 ms a page)."""
    pdf = FPDF(format="A4")
    pdf.add_font(FAMILY, "", Path(path(Weight.REGULAR)))
    for page in range(1, pages + 1):
        pdf.add_page()
        pdf.set_font(FAMILY, size=16)
        pdf.multi_cell(0, 10, f"Capítulo {page}", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font(FAMILY, size=10)
        for paragraph in text_of(page, paragraphs):
            pdf.multi_cell(0, 5, paragraph, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(3)
    return bytes(pdf.output())
