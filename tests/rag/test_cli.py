"""The command line prints the public shape and indexes files."""

import io
import json
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("name", ["nada.md", "foto.png"])
async def test_a_path_that_cannot_be_indexed_changes_nothing(
    database: Database, tmp_path: Path, name: str
) -> None:
    with pytest.raises(CannotIndex, match=name):
        await index_command(Indexer(database, None), [tmp_path / name], out=io.StringIO())

    async with database.reader() as conn:
        assert await conn.fetch_all("SELECT 1 FROM documents") == []
