"""Files are read by what their bytes are, with headings, pages, lists and tables; what cannot be read says why."""

import io
import zipfile
from collections.abc import Callable

import docx
import pypdf
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from fpdf import FPDF
from fpdf.enums import Align
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from rag.loaders import MOST_BYTES, Reason, Unreadable, read_document
from rag.markdown import Block, BlockKind

DOCX = "plano.docx"
PROSE = (
    "O feijão de cada dia dá ferro, fibra e proteína; cozido com louro e alho, congela bem em porções de uma refeição. "
    "Quem cozinha uma vez por semana gasta menos gás e come melhor na quarta-feira, quando falta tempo."
)


def reason_of(data: bytes, name: str) -> Reason:
    with pytest.raises(Unreadable) as caught:
        read_document(data, name)
    return caught.value.reason


def shape(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in blocks]


class Pages(FPDF):
    """A PDF with a running head and page numbers."""

    def header(self) -> None:
        self.set_font("Helvetica", "", 9)
        self.cell(0, 8, "Clínica Bem Comer", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.cell(0, 8, f"Página {self.page_no()} de {{nb}}", align=Align.C)


def pdf(write: Callable[[FPDF], object], kind: type[FPDF] = FPDF) -> bytes:
    document = kind()
    document.set_margin(20)
    document.add_page()
    document.set_font("Helvetica", "", 11)
    write(document)
    return bytes(document.output())


def say(document: FPDF, text: str, *, size: int = 11, bold: bool = False) -> None:
    document.set_font("Helvetica", "B" if bold else "", size)
    document.multi_cell(0, size * 0.55, text, new_x="LMARGIN", new_y="NEXT")
    document.ln(2)


def word(write: Callable[[docx.document.Document], object]) -> bytes:
    document = docx.Document()
    write(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


# --- text -------------------------------------------------------------------------------------------------------


def test_markdown_becomes_blocks_and_chunks_under_the_file_s_name() -> None:
    document = read_document("# Plano\n\nCafé às 7h.\n\n- pão\n- ovo\n".encode(), "plano.md")
    assert [block.kind for block in document.blocks] == [
        BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ITEM,
    ]  # fmt: skip
    assert (document.name, document.title, document.pages) == ("plano.md", "plano.md", None)
    assert document.chunks[0].text == "Café às 7h.\n- pão\n- ovo"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_text_is_read_in_the_encodings_that_brazilian_files_have(encoding: str) -> None:
    document = read_document("Feijão, pão e maçã – R$ 5".encode(encoding), "lista.txt")
    assert document.chunks[0].text == "Feijão, pão e maçã – R$ 5"


# --- PDF --------------------------------------------------------------------------------------------------------


def test_headings_of_a_pdf_are_found_by_the_size_of_letters_and_by_bold() -> None:
    def write(page: FPDF) -> None:
        say(page, "Plano alimentar", size=18, bold=True)
        say(page, "Rotina", size=14)
        say(page, PROSE)
        say(page, "Almoço", bold=True)
        say(page, "Arroz e feijão.")

    blocks = read_document(pdf(write), "plano.pdf").blocks
    assert [(b.kind.value, b.level, b.text) for b in blocks if b.kind is BlockKind.HEADING] == [
        ("heading", 1, "Plano alimentar"),
        ("heading", 2, "Rotina"),
        ("heading", 6, "Almoço"),
    ]


def test_lines_of_a_pdf_are_joined_to_paragraphs_and_lists_kept() -> None:
    def write(page: FPDF) -> None:
        say(page, PROSE)
        say(page, "\x95 2 fatias de pão\n\x95 1 ovo\n1. Aqueça o pão\n2) Sirva")

    assert shape(read_document(pdf(write), "plano.pdf").blocks) == [
        ("paragraph", PROSE),
        ("item", "2 fatias de pão"),
        ("item", "1 ovo"),
        ("step", "Aqueça o pão"),
        ("step", "Sirva"),
    ]


def test_words_parted_at_the_end_of_a_line_are_joined_and_spelt_hyphens_stay() -> None:
    lines = ["O plano segue a orientação do guia alimen-", "tar: coma peixe na segunda-", "feira e cozinhe-"]
    lines.append("o com pouco sal.")

    def write(page: FPDF) -> None:
        for line in lines:
            page.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")

    assert [block.text for block in read_document(pdf(write), "plano.pdf").blocks] == [
        "O plano segue a orientação do guia alimentar: coma peixe na segunda-feira e cozinhe-o com pouco sal."
    ]


def test_rows_of_a_table_in_a_pdf_keep_their_cells_and_the_lines_within() -> None:
    rows = [
        ("Refeição", "Horário", "Alimentos"),
        (
            "Café da manhã",
            "7h",
            "2 fatias de pão integral com queijo minas frescal e requeijão\n1 fatia de mamão",
        ),
        ("Almoço", "12h30", "4 colheres de sopa de arroz"),
    ]

    def write(page: FPDF) -> None:
        say(page, PROSE)
        with page.table() as table:
            for cells in rows:
                row = table.row()
                for cell in cells:
                    row.cell(cell)

    blocks = read_document(pdf(write), "plano.pdf").blocks
    assert [b.text for b in blocks if b.kind is BlockKind.ROW] == [" | ".join(cells) for cells in rows]


def test_cells_that_stand_close_are_told_apart_and_cells_that_are_missing_leave_their_column_empty() -> None:
    rows = [["6h", "Desjejum", "3 ovos"], ["", "Colação", "1 banana"], ["9h", "Almoço", "arroz e feijão"]]

    def write(page: FPDF) -> None:
        for at, cells in enumerate(rows):
            for x, cell in zip((20, 27, 46), cells, strict=True):
                if cell:
                    page.text(x, 40 + 7 * at, cell)

    blocks = read_document(pdf(write), "quadro.pdf").blocks
    assert [block.text for block in blocks] == [
        "6h | Desjejum | 3 ovos",
        " | Colação | 1 banana",
        "9h | Almoço | arroz e feijão",
    ]


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    def write(page: FPDF) -> None:
        with page.text_columns(ncols=2, gutter=10) as columns:
            columns.write(" ".join(f"{PROSE} Fim {n}." for n in "abcdefghijkl"))

    blocks = read_document(pdf(write), "colunas.pdf").blocks
    assert {block.kind for block in blocks} == {BlockKind.PARAGRAPH}
    words = " ".join(block.text for block in blocks).split()
    assert words == " ".join(f"{PROSE} Fim {n}." for n in "abcdefghijkl").split()


def test_blocks_and_chunks_of_a_pdf_know_their_page() -> None:
    def write(page: FPDF) -> None:
        for number in range(1, 4):
            say(page, f"Parte {['um', 'dois', 'três'][number - 1]}", size=16)
            say(page, PROSE)
            page.add_page()

    document = read_document(pdf(write), "plano.pdf")
    assert [b.page for b in document.blocks if b.kind is BlockKind.HEADING] == [1, 2, 3]
    assert [(c.section, c.page) for c in document.chunks] == [
        ("Parte um", 1),
        ("Parte dois", 2),
        ("Parte três", 3),
    ]
    assert document.pages == 3


def test_running_heads_and_page_numbers_are_dropped_and_sentences_go_on_over_pages() -> None:
    text = " ".join(f"{PROSE} Isso é o exemplo de letra {letter}." for letter in 4 * "abcdefghijklmno")
    document = read_document(pdf(lambda page: say(page, text), Pages), "livro.pdf")
    assert (document.pages or 0) >= 4
    words = " ".join(block.text for block in document.blocks)
    assert "Clínica" not in words
    assert "Página" not in words
    assert words == text


def test_a_pdf_with_a_password_is_encrypted() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(lambda page: say(page, PROSE))))
    writer.encrypt("segredo")
    file = io.BytesIO()
    writer.write(file)
    assert reason_of(file.getvalue(), "plano.pdf") is Reason.ENCRYPTED


def test_a_pdf_of_pictures_only_is_scanned() -> None:
    picture = Image.new("RGB", (200, 300), "white")
    assert reason_of(pdf(lambda page: page.image(picture, w=100)), "plano.pdf") is Reason.SCANNED


def test_a_pdf_of_blank_pages_is_empty() -> None:
    assert reason_of(pdf(lambda page: None), "plano.pdf") is Reason.EMPTY


@pytest.mark.parametrize("data", [b"%PDF-1.7\nlixo", b"isto diz ser um PDF", b"%PDF-1.4\n" + b"\x00" * 500])
def test_a_broken_pdf_is_corrupt(data: bytes) -> None:
    assert reason_of(data, "plano.pdf") is Reason.CORRUPT


# --- DOCX -------------------------------------------------------------------------------------------------------


def test_headings_lists_and_tables_of_a_docx_are_kept() -> None:
    def write(document: docx.document.Document) -> None:
        document.add_heading("Plano alimentar", 1)
        document.add_paragraph("Para a semana toda.")
        document.add_paragraph().add_run("Café da manhã").bold = True
        document.add_paragraph("pão", style="List Bullet")
        document.add_paragraph("ovo", style="List Bullet")
        document.add_paragraph("Aqueça.", style="List Number")
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text = "Almoço"
        table.rows[0].cells[1].text = "arroz\nfeijão"

    assert shape(read_document(word(write), DOCX).blocks) == [
        ("heading", "Plano alimentar"),
        ("paragraph", "Para a semana toda."),
        ("heading", "Café da manhã"),
        ("item", "pão"),
        ("item", "ovo"),
        ("step", "Aqueça."),
        ("row", "Almoço | arroz\nfeijão"),
    ]


def test_a_docx_has_pages_where_word_noted_them() -> None:
    def write(document: docx.document.Document) -> None:
        document.add_paragraph("Primeira folha")
        run = document.add_paragraph().add_run()
        run.add_break(WD_BREAK.PAGE)
        run._r.append(run._r.makeelement(qn("w:lastRenderedPageBreak"), {}))
        run.add_text("Segunda folha")

    document = read_document(word(write), DOCX)
    assert [(b.text, b.page) for b in document.blocks] == [("Primeira folha", 1), ("Segunda folha", 2)]


def test_a_zip_that_unpacks_a_thousand_times_its_size_is_a_bomb() -> None:
    assert reason_of(zipped({"word/document.xml": b" " * 30_000_000}), DOCX) is Reason.BOMB


def test_a_zip_of_ten_thousand_entries_is_a_bomb() -> None:
    assert reason_of(zipped({f"{n}.txt": b"" for n in range(10_000)}), DOCX) is Reason.BOMB


def test_xml_entities_are_a_bomb() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "ha">{entities}]><d>&e9;</d>'
    assert reason_of(zipped({"word/document.xml": xml.encode()}), DOCX) is Reason.BOMB


def test_a_zip_that_is_no_word_document_is_of_the_wrong_type() -> None:
    assert reason_of(zipped({"xl/workbook.xml": b"<a/>", "outro.zip": zipped({"a": b"b"})}), DOCX) is (
        Reason.WRONG_TYPE
    )


def test_an_office_file_with_a_password_is_encrypted() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    assert reason_of(data, DOCX) is Reason.ENCRYPTED


def test_a_docx_cut_short_is_corrupt() -> None:
    data = word(lambda document: document.add_paragraph("olá"))
    assert reason_of(data[: len(data) // 2], DOCX) is Reason.CORRUPT


# --- HTML -------------------------------------------------------------------------------------------------------


def test_html_keeps_headings_lists_and_tables_and_drops_scripts_and_hidden_parts() -> None:
    page = """<!doctype html><meta charset=utf-8><title>x</title><h1>Plano</h1><script>ignore()</script>
    <p>Beba <b>água</b> &amp; chá.<div hidden>segredo</div><p style="display: none">segredo</p>
    <ul><li>pão<li>ovo</ul><ol><li><p>Aqueça.</p></li></ol>
    <table><tr><td>Almoço<td><p>arroz</p><p>feijão</p></table>"""
    assert shape(read_document(page.encode(), "plano.html").blocks) == [
        ("heading", "Plano"),
        ("paragraph", "Beba água & chá."),
        ("item", "pão"),
        ("item", "ovo"),
        ("step", "Aqueça."),
        ("row", "Almoço | arroz\nfeijão"),
    ]


def test_html_is_read_in_the_encoding_that_it_declares() -> None:
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"></head><p>Maçã</p>'
    assert read_document(page.encode("latin-1"), "pagina.htm").blocks[0].text == "Maçã"


def test_html_nested_ten_thousand_deep_is_read_without_recursion() -> None:
    page = "<html>" + "<div>" * 10_000 + "pão" + "</div>" * 10_000
    assert read_document(page.encode(), "fundo.html").blocks[0].text == "pão"


# --- any bytes --------------------------------------------------------------------------------------------------


def test_what_a_file_is_is_found_from_its_bytes() -> None:
    data = pdf(lambda page: say(page, PROSE))
    assert read_document(data, "plano.txt").blocks[0].text == PROSE
    assert read_document(b"<!DOCTYPE html><p>oi</p>", "pagina.txt").blocks[0].text == "oi"


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"---\n", b"\xef\xbb\xbf"])
def test_a_file_without_a_word_is_empty(data: bytes) -> None:
    assert reason_of(data, "plano.txt") is Reason.EMPTY


def test_a_file_over_20_mb_is_too_large() -> None:
    assert reason_of(b"a" * (MOST_BYTES + 1), "plano.txt") is Reason.TOO_LARGE


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (bytes(range(256)) * 4, "plano.txt"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "foto.png"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "plano.pdf"),
        (b"{\\rtf1 oi}", "plano.rtf"),
        (b"MZ\x90\x00" + bytes(50), "plano.exe"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "plano.doc"),
        (b"a,b,c", "dados.csv"),
    ],
)
def test_other_kinds_of_files_are_of_the_wrong_type(data: bytes, name: str) -> None:
    assert reason_of(data, name) is Reason.WRONG_TYPE


@given(
    start=st.sampled_from(
        [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
    ),
    body=st.binary(max_size=300),
    name=st.sampled_from(["a.pdf", "a.docx", "a.html", "a.md", "a", "a.xyz"]),
)
def test_any_bytes_are_a_document_or_unreadable(start: bytes, body: bytes, name: str) -> None:
    try:
        document = read_document(start + body, name)
    except Unreadable:
        return
    assert document.blocks


@given(data=st.data())
def test_a_damaged_docx_is_a_document_or_unreadable(data: st.DataObject) -> None:
    whole = bytearray(WHOLE_DOCX)
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_document(bytes(whole), DOCX)
    except Unreadable:
        return


WHOLE_DOCX = word(lambda document: document.add_paragraph("Plano de teste"))
