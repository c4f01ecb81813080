"""Indexing is incremental, resumable, and leaves nothing stale behind."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from rag.embedder import EmbeddingFailed, Vector
from rag.guide import Document
from rag.index import MOST_EMBEDDED, Indexer, Report
from storage import chunks
from storage.database import Database
from storage.passages import PUBLIC
from tests.fakes.embedder import HashingEmbedder
from tests.rag.library import LIBRARY, PROTEIN, SALT, WATER, document


async def rows(database: Database, sql: str) -> list[Any]:
    async with database.reader() as conn:
        return [tuple(row.values()) for row in await conn.fetch_all(sql)]


async def count(database: Database, table: str) -> int:
    ((number,),) = await rows(database, f"SELECT count(*) FROM {table}")
    return int(number)


async def test_a_first_sync_indexes_and_embeds_every_chunk(
    database: Database, embedder: HashingEmbedder
) -> None:
    report = await Indexer(database, embedder).sync(LIBRARY)

    assert report == Report(documents=3, added=4, vectors=4, embedded=4)
    assert await count(database, "chunks_fts_0") == 4
    assert await count(database, "chunks_vec_hashing_64") == 4


async def test_a_second_sync_reads_and_embeds_nothing(database: Database, embedder: HashingEmbedder) -> None:
    await Indexer(database, embedder).sync(LIBRARY)
    embedder.history.clear()

    assert await Indexer(database, embedder).sync(LIBRARY) == Report()
    assert embedder.history == []


async def test_only_the_changed_paragraph_is_embedded_and_the_others_keep_their_ids(
    database: Database, embedder: HashingEmbedder
) -> None:
    indexer = Indexer(database, embedder)
    await indexer.sync(LIBRARY)
    before = await rows(database, "SELECT id FROM chunks WHERE text LIKE 'Quem treina%'")
    embedder.history.clear()
    changed = document(
        PROTEIN.name,
        "# Proteína\n\nOutra introdução.\n\n## Quanto por dia\n\n" + PROTEIN.chunks[1].text,
    )

    report = await indexer.sync([changed, WATER, SALT])

    assert (report.documents, report.added, report.removed, report.embedded) == (1, 1, 1, 1)
    assert embedder.history == ["Proteína\nOutra introdução."]
    assert await rows(database, "SELECT id FROM chunks WHERE text LIKE 'Quem treina%'") == before


async def test_what_is_gone_leaves_no_row_in_any_table(database: Database, embedder: HashingEmbedder) -> None:
    indexer = Indexer(database, embedder)
    await indexer.sync(LIBRARY)

    report = await indexer.sync([])

    assert report.documents_removed == 3
    for table in ("documents", "chunks", "words", "chunk_vectors", "embeddings", "chunks_vec_hashing_64"):
        assert await count(database, table) == 0, table
    assert await rows(database, "SELECT name FROM sqlite_master WHERE name LIKE 'chunks_fts_%'") == []


async def test_the_same_text_in_another_document_is_not_embedded_twice(
    database: Database, embedder: HashingEmbedder
) -> None:
    indexer = Indexer(database, embedder)
    await indexer.sync([WATER], owner=7, collection="chat")
    embedder.history.clear()

    report = await indexer.sync(
        [Document("copia.md", "Cópia", "x", WATER.chunks)], owner=8, collection="chat"
    )

    assert (report.vectors, report.embedded) == (1, 0)
    assert embedder.history == []


async def test_shipped_vectors_are_used_instead_of_embedding(
    database: Database, embedder: HashingEmbedder
) -> None:
    unit = np.eye(64, dtype="<f4")
    shipped: dict[str, Vector] = {chunk.content_hash: unit[i] for i, chunk in enumerate(PROTEIN.chunks)}

    report = await Indexer(database, embedder, shipped).sync(LIBRARY)

    assert (report.vectors, report.embedded) == (4, 2)
    assert not any(text.startswith("Proteína") for text in embedder.history)
    assert await count(database, "embeddings") == 2


async def test_a_changed_embedder_embeds_again_beside_the_old_vectors(database: Database) -> None:
    await Indexer(database, HashingEmbedder()).sync(LIBRARY)
    other = HashingEmbedder("other", 32)
    indexer = Indexer(database, other)

    assert (await indexer.sync(LIBRARY)).embedded == 4
    assert await count(database, "chunks_vec_hashing_64") == 4

    await indexer.forget_other_embedders()

    assert await rows(database, "SELECT DISTINCT embedder FROM chunk_vectors") == [("other_32",)]
    assert await rows(database, "SELECT name FROM sqlite_master WHERE name = 'chunks_vec_hashing_64'") == []


async def test_old_vectors_stay_until_the_new_embedder_has_all(
    database: Database, embedder: HashingEmbedder
) -> None:
    await Indexer(database, embedder).sync(LIBRARY)
    other = Indexer(database, HashingEmbedder("other", 32))

    await other.forget_other_embedders()

    assert await count(database, "chunks_vec_hashing_64") == 4


async def test_a_sync_that_was_stopped_goes_on_where_it_was(
    database: Database, embedder: HashingEmbedder
) -> None:
    class Stopping(HashingEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vector:
            if len(self.history) == 10:
                raise KeyboardInterrupt
            return super().embed_passages(texts)

    many = [document(f"{i}.md", f"# Seção {i}\n\nTexto da parte {i}.") for i in range(20)]
    with pytest.raises(KeyboardInterrupt):
        await Indexer(database, Stopping()).sync(many)

    report = await Indexer(database, embedder).sync(many)

    assert report.documents == 0
    assert report.embedded == 20 - 8  # a batch of eight was stored; the two of the next had not been


async def test_a_document_half_stored_is_completed(database: Database) -> None:
    indexer = Indexer(database, None)
    async with database.transaction() as tx:
        stored = await indexer.index_document(PROTEIN, owner=PUBLIC, collection="guia")
        assert stored is not None
        await chunks.finish_document(tx, stored, "1:")  # as a kill before the last transaction leaves it

    report = await indexer.sync([PROTEIN])

    assert (report.documents, report.added, report.removed) == (1, 0, 0)
    assert await count(database, "chunks") == 2


async def test_an_index_of_another_format_is_made_anew(database: Database) -> None:
    indexer = Indexer(database, None)
    await indexer.sync([WATER])
    async with database.transaction() as tx:
        await tx.execute("UPDATE documents SET content_hash = '0:abc'")
        await tx.execute("UPDATE chunks_fts_0 SET body = 'outras'")

    assert (await indexer.sync([WATER])).added == 1
    assert await rows(database, "SELECT rowid FROM chunks_fts_0 WHERE chunks_fts_0 MATCH 'outras'") == []


async def test_progress_counts_chunks_up_to_all_of_them(
    database: Database, embedder: HashingEmbedder
) -> None:
    seen: list[tuple[int, int]] = []
    many = [document(f"{i}.md", f"# Seção {i}\n\nTexto da parte {i}.") for i in range(20)]

    await Indexer(database, embedder).sync(many, progress=lambda done, total: seen.append((done, total)))

    assert seen == [(8, 20), (16, 20), (20, 20)]


async def test_one_text_that_cannot_be_embedded_does_not_keep_the_others_waiting(database: Database) -> None:
    class Picky(HashingEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vector:
            if any("sal" in text for text in texts):
                raise EmbeddingFailed("not this one")
            return super().embed_passages(texts)

    indexer = Indexer(database, Picky())

    assert (await indexer.sync(LIBRARY)).vectors == 3
    assert not await indexer.complete()


async def test_an_index_without_anything_in_it_is_not_complete(
    database: Database, embedder: HashingEmbedder
) -> None:
    indexer = Indexer(database, embedder)
    assert not await indexer.complete()
    await indexer.sync(LIBRARY)
    assert await indexer.complete()


async def test_an_embedder_is_given_no_more_than_a_page(database: Database) -> None:
    given: list[int] = []

    class Measuring(HashingEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vector:
            given.extend(len(text) for text in texts)
            return super().embed_passages(texts)

    await Indexer(database, Measuring()).sync([document("longo.md", "# Só sinais\n\n" + "[a](" * 4000)])
    assert max(given) == MOST_EMBEDDED


async def test_a_person_s_file_without_vectors_leaves_the_public_index_whole(
    database: Database, embedder: HashingEmbedder
) -> None:
    indexer = Indexer(database, embedder)
    await indexer.sync_words(LIBRARY, owner=7, collection="chat")
    assert not await indexer.public_complete()
    await indexer.sync_words(LIBRARY)
    assert not await indexer.public_complete()
    await indexer.sync(LIBRARY)
    await indexer.sync_words([document("b.md", "# Outra\n\nSem vetor.")], owner=7, collection="chat")
    assert await indexer.public_complete()
    assert not await indexer.complete()


async def test_a_broken_embedder_leaves_the_words_indexed(
    database: Database, embedder: HashingEmbedder
) -> None:
    embedder.broken = True
    many = [document(f"{i}.md", f"# Seção {i}\n\nTexto da parte {i}.") for i in range(20)]

    with pytest.raises(EmbeddingFailed):
        await Indexer(database, embedder).sync(many)

    assert await count(database, "chunks_fts_0") == 20


async def test_collections_of_one_owner_do_not_remove_each_other(database: Database) -> None:
    indexer = Indexer(database, None)
    await indexer.sync([WATER], collection="guia")
    await indexer.sync([SALT], collection="pasta")

    await indexer.sync([WATER], collection="guia")

    assert await count(database, "documents") == 2


async def test_erasing_an_owner_leaves_nothing_of_theirs(
    database: Database, embedder: HashingEmbedder
) -> None:
    indexer = Indexer(database, embedder)
    await indexer.sync([WATER])
    await indexer.sync([SALT, PROTEIN], owner=7, collection="chat")

    async with database.transaction() as tx:
        await chunks.erase_owner(tx, 7)

    assert await rows(database, "SELECT DISTINCT owner FROM chunks") == [(0,)]
    assert await rows(database, "SELECT DISTINCT owner FROM words") == [(0,)]
    assert await count(database, "embeddings") == await count(database, "chunks_vec_hashing_64") == 1
    assert await rows(database, "SELECT name FROM sqlite_master WHERE name LIKE 'chunks_fts_7%'") == []
