"""Files that people send: read to their end or refused without a trace, resumed after any stop, erased with the person."""

import asyncio
import stat
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menus import documents, people, uploads
from menus.document_runner import MAX_ATTEMPTS, WAITS, DownloadFailed
from menus.spool import Spool
from menus.uploads import MOST_A_DAY, MOST_BYTES, MOST_LETTERS, Sent, clean_name
from rag.search import Search
from storage import jobs
from storage.database import Database
from tests.menus.reading_room import ReadingRoom

PLAN = """# Plano de Ana

Comer cinco refeições por dia, sem pressa e sentada à mesa, com a família sempre que der para juntar todo mundo em casa.

## Jantar

Sopa de abóbora com frango desfiado toda noite, e quinoa vermelha com castanhas no domingo para variar um pouco o prato.
"""
LONG = "# Livro\n\n" + "\n\n".join(
    f"Parágrafo {n} sobre arroz, feijão, couve, abóbora e o preparo número {n} da semana, com calma e com tempo de sobra "
    f"para cozinhar, provar, acertar o sal e guardar na geladeira o que sobrou do almoço de número {n}."
    for n in range(60)
)


@pytest.fixture
async def room(database: Database, tmp_path: Path) -> AsyncIterator[ReadingRoom]:
    opened = ReadingRoom(database, tmp_path)
    yield opened
    await opened.stop()


async def test_a_file_is_read_indexed_told_and_its_bytes_are_dropped(room: ReadingRoom) -> None:
    ana = await room.person()
    job = await room.send(ana, "plano.md", PLAN)
    room.start()
    ready = await room.messages.until("ready")

    assert [what for what, _ in room.messages.told if what in ("reading", "ready")] == ["reading", "ready"]
    percents = [facts["percent"] for facts in room.messages.of("indexing")]
    assert percents == sorted(percents) and percents[-1] <= 100
    assert (ready["document"].title, ready["document"].passages, ready["known"]) == ("plano.md", 2, False)
    await room.runner.idle()
    assert not await room.spool.has(job.id)
    found = await Search(room.database, room.embedder).find("quinoa no domingo", owners=(0, ana.id))
    assert found[0].passage.document == "plano.md"
    assert found[0].cosine is not None
    async with room.database.reader() as conn:
        finished = await jobs.get(conn, job.id)
    assert finished is not None
    assert (finished.state, finished.payload) == ("done", {})


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("vazio.txt", b"   \n", "empty"),
        ("coisa.exe", b"MZ\x90\x00\x03", "wrong_type"),
        ("quebrado.pdf", b"%PDF-1.7 nada mais", "corrupt"),
        ("quebrado.docx", b"PK\x03\x04 nada mais", "corrupt"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_and_leaves_nothing(
    room: ReadingRoom, name: str, body: bytes, reason: str
) -> None:
    await room.send(await room.person(), name, body)
    room.start()
    refused = await room.messages.until("refused")
    await room.runner.idle()

    assert (refused["name"], refused["reason"]) == (name, reason)
    assert await room.leftovers() == {}


async def test_the_same_file_again_is_known_and_nothing_is_done_twice(room: ReadingRoom) -> None:
    ana = await room.person()
    await room.send(ana, "plano.md", PLAN)
    room.start()
    await room.messages.until("ready")
    embedded = list(room.embedder.history)
    await room.send(ana, "outra cópia.md", PLAN)
    ready = await room.messages.until("ready", 2)

    assert ready["known"]
    assert ready["document"].title == "plano.md"
    assert room.embedder.history == embedded
    async with room.database.reader() as conn:
        assert len(await documents.listed(conn, ana.id)) == 1


async def test_a_new_version_of_a_file_embeds_only_what_changed(room: ReadingRoom) -> None:
    ana = await room.person()
    await room.send(ana, "plano.md", PLAN)
    room.start()
    await room.messages.until("ready")
    room.embedder.history.clear()
    await room.send(ana, "plano.md", PLAN.replace("quinoa vermelha", "cuscuz de milho"))
    await room.messages.until("ready", 2)

    assert len(room.embedder.history) == 1
    assert "cuscuz de milho" in room.embedder.history[0]
    async with room.database.reader() as conn:
        (kept,) = await documents.listed(conn, ana.id)
    assert kept.passages == 2
    found = await Search(room.database, None).find("quinoa", owners=(ana.id,))
    assert found == []


@pytest.mark.parametrize("stop_at", ["reading", "indexing"])
async def test_a_stop_in_the_middle_resumes_without_a_second_download(
    room: ReadingRoom, stop_at: str
) -> None:
    ana = await room.person()
    await room.send(ana, "livro.md", LONG)
    room.start()
    await room.messages.until(stop_at)
    await room.restart()
    ready = await room.messages.until("ready")

    assert ready["document"].passages == await room.count("chunks")
    assert len(room.downloads.asked) == 1
    assert len(set(room.embedder.history)) == len(room.embedder.history)
    await room.runner.idle()
    assert "files" not in await room.leftovers()


async def test_a_file_that_is_interrupted_every_time_is_given_up_and_leaves_nothing(
    room: ReadingRoom,
) -> None:
    ana = await room.person()
    job = await room.send(ana, "livro.md", LONG)
    for _ in range(MAX_ATTEMPTS):
        async with room.database.transaction() as tx:
            await jobs.claim_open(tx, room.clock.now(), kind=uploads.KIND)
            await jobs.release(tx, job.id, room.clock.now())
    room.start()
    failed = await room.messages.until("failed")
    await room.runner.idle()

    assert failed["code"] == "too_many_attempts"
    assert await room.leftovers() == {}


async def test_a_download_is_patient_with_the_network(room: ReadingRoom) -> None:
    room.downloads.troubles.extend([DownloadFailed(gone=False), DownloadFailed(gone=False)])
    await room.send(await room.person(), "plano.md", PLAN)
    room.start()
    for wait in WAITS[:2]:
        await room.clock.until_someone_sleeps()
        room.clock.advance(wait)
    await room.messages.until("ready")
    assert len(room.downloads.asked) == 3


async def test_a_file_that_telegram_does_not_have_is_told_at_once(room: ReadingRoom) -> None:
    room.downloads.troubles.append(DownloadFailed(gone=True))
    await room.send(await room.person(), "plano.md", PLAN)
    room.start()
    assert (await room.messages.until("refused"))["reason"] == "gone"


async def test_an_embedder_that_fails_leaves_a_document_that_is_found_by_words(room: ReadingRoom) -> None:
    ana = await room.person()
    room.embedder.broken = True
    await room.send(ana, "livro.md", LONG)
    room.start()
    await room.messages.until("ready")
    found = await Search(room.database, None).find("abóbora", owners=(ana.id,))
    assert found


async def test_a_person_who_erases_everything_meanwhile_leaves_nothing(room: ReadingRoom) -> None:
    ana = await room.person()
    await room.send(ana, "livro.md", LONG)
    room.start()
    await room.messages.until("indexing")
    async with room.database.transaction() as tx:
        await people.erase(tx, ana)
        again = await people.meet(tx, ana.chat_id, "America/Sao_Paulo")
    await room.runner.idle()

    assert await room.leftovers() == {}
    async with room.database.reader() as conn:
        assert await documents.listed(conn, again.id) == ()


async def test_a_document_erased_while_it_is_indexed_ends_in_silence(room: ReadingRoom) -> None:
    ana = await room.person()
    await room.send(ana, "plano.md", PLAN)
    room.start()
    first = await room.messages.until("ready")
    before = len(room.messages.of("indexing"))
    await room.send(ana, "plano.md", LONG)
    await room.messages.until("indexing", before + 2)  # the first is told before anything is stored
    async with room.database.transaction() as tx:
        assert await documents.erase(tx, ana.id, first["document"].id)
    await room.runner.idle()
    assert len(room.messages.of("ready")) == 1
    assert await room.leftovers() == {}


async def test_erasing_one_document_leaves_the_others_searchable(room: ReadingRoom) -> None:
    ana = await room.person()
    await room.send(ana, "plano.md", PLAN)
    await room.send(ana, "livro.md", LONG)
    room.start()
    await room.messages.until("ready", 2)
    async with room.database.transaction() as tx:
        plan, book = sorted(await documents.listed(tx, ana.id), key=lambda each: each.passages)
        await documents.erase(tx, ana.id, plan.id)
    search = Search(room.database, room.embedder)

    assert {hit.passage.document for hit in await search.find("abóbora", owners=(ana.id,))} == {"livro.md"}
    assert await room.count("chunks") == await room.count("chunk_vectors") == book.passages
    async with room.database.transaction() as tx:
        await documents.erase(tx, ana.id, book.id)
    assert await room.leftovers() == {}


async def test_limits_hold_before_anything_is_stored(room: ReadingRoom) -> None:
    ana = await room.person()
    async with room.database.transaction() as tx:
        now = room.clock.now()
        assert await uploads.request(tx, ana, Sent("x", "a.pdf", MOST_BYTES + 1, ""), now) == "too_large"
        for number in range(documents.MOST_DOCUMENTS):
            taken = await uploads.request(tx, ana, Sent("x", f"{number}.pdf", 10, ""), now)
            assert not isinstance(taken, str)
        assert await uploads.request(tx, ana, Sent("x", "mais um.pdf", 10, ""), now) == "too_many"
        for _ in range(MOST_A_DAY - documents.MOST_DOCUMENTS):
            assert not isinstance(await uploads.request(tx, ana, Sent("x", "0.pdf", 10, ""), now), str)
        assert await uploads.request(tx, ana, Sent("x", "0.pdf", 10, ""), now) == "too_many_today"
        tomorrow = now + timedelta(days=1, seconds=1)
        assert not isinstance(await uploads.request(tx, ana, Sent("x", "0.pdf", 10, ""), tomorrow), str)


async def test_all_of_a_persons_documents_have_room_for_so_many_passages(room: ReadingRoom) -> None:
    ana = await room.person()
    await room.send(ana, "livro.md", LONG)
    room.start()
    kept = (await room.messages.until("ready"))["document"].passages
    left = documents.MOST_PASSAGES - kept
    async with room.database.reader() as conn:
        assert await documents.fits(conn, ana.id, "outro.md", left)
        assert not await documents.fits(conn, ana.id, "outro.md", left + 1)
        assert await documents.fits(conn, ana.id, "livro.md", documents.MOST_PASSAGES)


async def test_a_document_without_room_is_refused_and_leaves_nothing(room: ReadingRoom) -> None:
    ana = await room.person()
    await room.send(ana, "enorme.md", "".join(f"# {n}\n\nx\n\n" for n in range(documents.MOST_PASSAGES + 1)))
    room.start()
    assert (await room.messages.until("refused"))["reason"] == "too_long"
    await room.runner.idle()
    assert await room.leftovers() == {}


async def test_what_a_stop_left_in_the_spool_is_swept_at_the_next_start(room: ReadingRoom) -> None:
    await room.spool.keep(999, b"de ninguem")
    room.start()
    await room.send(await room.person(), "plano.md", PLAN)
    await room.messages.until("ready")
    await room.runner.idle()
    assert "files" not in await room.leftovers()


async def test_files_in_the_spool_are_private(tmp_path: Path) -> None:
    spool = Spool.beside(tmp_path / "cardapio.db")
    await spool.keep(5, b"segredo")
    path = spool.path(5)
    modes = await asyncio.to_thread(lambda: [stat.S_IMODE(p.stat().st_mode) for p in (path, path.parent)])
    assert modes == [0o600, 0o700]


@given(st.text(max_size=300))
def test_a_name_is_short_on_one_line_and_never_empty(name: str) -> None:
    cleaned = clean_name(name)
    assert 1 <= len(cleaned) <= MOST_LETTERS
    assert cleaned == " ".join(cleaned.split())
    assert "/" not in cleaned and "\\" not in cleaned and cleaned.isprintable()


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("plano " * 40 + ".pdf").endswith(".pdf")
    assert clean_name("../../etc/passwd") == "passwd"
