"""The command line prints the public shape and indexes files."""

import io
import json
from pathlib import Path

import docx
import pytest
from fpdf import FPDF

from nutrition.foods import FoodTable
from rag.cli import CannotIndex, index_command, search_command
from rag.index import Indexer
from rag.search import Search
from storage.database import Database
from tests.fakes.embedder import HashingEmbedder
from tests.rag.library import LIBRARY


async def test_search_prints_one_json_list_of_the_public_shape(
    database: Database, embedder: HashingEmbedder
) -> None:
    await Indexer(database, embedder).sync(LIBRARY)
    out = io.StringIO()

    await search_command(Search(database, embedder), "água", k=2, as_json=True, out=out)

    hits = json.loads(out.getvalue())
    assert len(hits) == 2
    assert list(hits[0]) == ["chunk_id", "document", "section", "page", "text", "score"]
    assert hits[0]["section"] == "Água e hidratação"


async def test_search_prints_sections_and_texts_to_read(
    database: Database, embedder: HashingEmbedder
) -> None:
    await Indexer(database, embedder).sync(LIBRARY)
    out = io.StringIO()

    await search_command(Search(database, embedder), "água", k=1, as_json=False, out=out)

    assert out.getvalue().startswith("1. Água e hidratação (Documento agua.md)")
    assert "Beba água ao longo do dia" in out.getvalue()


async def test_search_says_when_there_is_nothing(database: Database) -> None:
    out = io.StringIO()

    await search_command(Search(database, None), "água", k=1, as_json=False, out=out)

    assert out.getvalue() == "Nothing found.\n"


async def test_index_takes_files_and_folders_beside_the_guide(
    database: Database, embedder: HashingEmbedder, tmp_path: Path
) -> None:
    folder = tmp_path / "textos"
    folder.mkdir()
    (folder / "a.md").write_text("# Zimbro\n\nO zimbro tempera.", encoding="utf-8")
    (folder / "b.pdf").write_bytes(b"%PDF")
    loose = tmp_path / "solto.txt"
    loose.write_text("Um xaxim na varanda.", encoding="utf-8")
    out = io.StringIO()
    indexer = Indexer(database, embedder)

    first = await index_command(indexer, [folder, loose], out=out)
    again = await index_command(indexer, [folder, loose], out=out)

    assert (await Search(database, None).find("zimbro"))[0].passage.document == "a.md"
    assert (await Search(database, None).find("xaxim"))[0].passage.section == "solto.txt"
    assert first.embedded == first.vectors == first.added > 100
    assert (again.documents, again.vectors) == (0, 0)
    assert f"{folder / 'b.pdf'}: left out (corrupt)" in out.getvalue()


@pytest.mark.parametrize("name", ["nada.md", "foto.png"])
async def test_a_path_that_cannot_be_indexed_changes_nothing(
    database: Database, tmp_path: Path, name: str
) -> None:
    with pytest.raises(CannotIndex, match=name):
        await index_command(Indexer(database, None), [tmp_path / name], out=io.StringIO())

    async with database.reader() as conn:
        assert await conn.fetch_all("SELECT 1 FROM documents") == []


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7"])
async def test_a_bad_file_that_was_named_itself_changes_nothing(
    database: Database, tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "plano.pdf"
    path.write_bytes(data)
    with pytest.raises(CannotIndex, match=r"plano\.pdf"):
        await index_command(Indexer(database, None), [path], out=io.StringIO())
    async with database.reader() as conn:
        assert await conn.fetch_all("SELECT 1 FROM documents") == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A PDF, an HTML page and a DOCX."""
    page = FPDF()
    page.add_page()
    page.set_font("Helvetica", size=11)
    page.multi_cell(0, 6, "O zimbro tempera a carne.")
    (tmp_path / "a.pdf").write_bytes(bytes(page.output()))
    (tmp_path / "b.html").write_text("<html><p>O xaxim mora na varanda.", encoding="utf-8")
    word = docx.Document()
    word.add_paragraph("A uvaia azeda.")
    word.save(str(tmp_path / "c.docx"))
    return tmp_path


async def test_files_of_every_format_are_indexed_and_read_again_only_when_they_change(
    database: Database, folder: Path
) -> None:
    indexer = Indexer(database, None)

    first = await index_command(indexer, [folder], out=io.StringIO())
    again = await index_command(indexer, [folder], out=io.StringIO())
    (folder / "b.html").write_bytes(b"<html>")  # spoilt: what is indexed stays
    (folder / "c.docx").unlink()
    out = io.StringIO()
    later = await index_command(indexer, [folder], out=out)

    found = [(await Search(database, None).find(word))[0].passage for word in ("zimbro", "xaxim")]
    assert [(each.document, each.page) for each in found] == [("a.pdf", 1), ("b.html", None)]
    assert again.documents == 0
    assert first.documents > 3  # the guide's too
    assert (later.documents, later.documents_removed) == (0, 1)
    assert "b.html: left out (empty)" in out.getvalue()


async def test_dishes_of_a_document_that_cannot_be_read_are_told(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "pratos.md"
    path.write_text(
        "# P\n\n## Sopa\nRefeições: jantar\nIngredientes:\n- 100 g de unicórnio\n", encoding="utf-8"
    )
    out = io.StringIO()
    await index_command(Indexer(database, None), [path], foods=FoodTable.load(), out=out)
    assert "pratos.md:6: Sopa: alimento fora da tabela: 'unicórnio'" in out.getvalue()
