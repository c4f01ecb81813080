"""The house: what the bot and the command line share, opened from the settings and closed in reverse."""

import asyncio
import ctypes
import gc
import io
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass

import structlog

from nutrition.foods import FoodTable
from rag import cli, embedders, guide, shipped
from rag.breaker import Breaker
from rag.embedder import Embedder, EmbedderUnavailable, EmbeddingFailed
from rag.embedder_gemini import GeminiEmbedder
from rag.embedding_process import PassagesElsewhere
from rag.gemini import GeminiClient
from rag.gemini_errors import GeminiError
from rag.gemini_request import GeminiOptions
from rag.gemini_writer import GeminiWriter
from rag.guide import Guide
from rag.index import Indexer, space_of
from rag.ledger import DatabaseLedger
from rag.retriever import Retriever
from rag.search import Search
from rag.writer import MenuWriter
from settings import Settings, SettingsError
from storage.clock import SystemClock
from storage.database import Database
from storage.people import Person
from storage.usage import NOBODY

log = structlog.get_logger(__name__)

_MALLOPTS = ((-8, 2), (-3, 128 * 1024), (-1, 1024 * 1024))
"""M_ARENA_MAX, M_MMAP_THRESHOLD and M_TRIM_THRESHOLD of glibc: two heaps; large blocks and what is free on top are given back."""


@dataclass(frozen=True, slots=True)
class House:
    """What is shared by the bot and the command line."""

    settings: Settings
    clock: SystemClock
    database: Database
    table: FoodTable
    guide: Guide
    search: Search
    retriever: Retriever
    indexer: Indexer
    gemini: GeminiClient | None
    embedder: Embedder | None

    def writers_for(self, person: Person) -> tuple[MenuWriter, ...]:
        """Who writes for a person, first choice first; the embedded planner always stands behind them."""
        return self.gemini_writers(person.id) if person.gemini_consent else ()

    def gemini_writers(self, person_id: int = NOBODY) -> tuple[MenuWriter, ...]:
        """Gemini, when a key is set, on the budget of this person."""
        return (GeminiWriter(self.gemini, self.table, person_id),) if self.gemini is not None else ()


@contextmanager
def collector_off() -> Iterator[None]:
    """While much is made that stays: looking through it for garbage over and over takes a second of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def share_heaps() -> None:
    """Before threads start: glibc gives each a heap of its own, and rows of weeks that came and went left 180 MB in them."""
    with suppress(AttributeError, OSError):  # another C library
        libc = ctypes.CDLL(None)
        for option, value in _MALLOPTS:
            libc.mallopt(option, value)


def settle_memory() -> None:
    """What was read stays: it is not looked through again for garbage, which stopped everybody for 0.1 s each time, and
    the little that comes to it, weeks seen last and the like, less often."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*gc.get_threshold()[:2], 100)


@asynccontextmanager
async def open_house(settings: Settings, *, embed_elsewhere: bool = False) -> AsyncIterator[House]:
    """Open the database and read the tables and the guide; closed in reverse order.

    ``embed_elsewhere``: documents are embedded in a process of their own, so that chats go on.
    """
    async with AsyncExitStack() as stack:
        clock = SystemClock()
        settings.database_path.parent.mkdir(parents=True, exist_ok=True)
        database = await Database.open(settings.database_path)
        stack.push_async_callback(database.close)
        with collector_off():
            table = await asyncio.to_thread(FoodTable.load)
            own_guide = await asyncio.to_thread(guide.load, table)
            gemini = await asyncio.to_thread(_gemini, settings, database, clock)
            if gemini is not None:
                stack.push_async_callback(gemini.aclose)
            embedder = await asyncio.to_thread(_embedder, settings, gemini, asyncio.get_running_loop())
            vectors = (
                await asyncio.to_thread(shipped.load, embedder.name, embedder.dimensions) if embedder else {}
            )
        search = Search(database, embedder)
        for_documents = embedder
        remote = isinstance(embedder, GeminiEmbedder)
        if embedder is not None and embed_elsewhere and not remote:
            elsewhere = PassagesElsewhere(embedder, settings.embeddings)
            stack.callback(elsewhere.close)
            for_documents = elsewhere
        yield House(
            settings=settings,
            clock=clock,
            database=database,
            table=table,
            guide=own_guide,
            search=search,
            retriever=Retriever(database, search, own_guide, table),
            indexer=Indexer(database, for_documents, vectors, remote=remote),
            gemini=gemini,
            embedder=embedder,
        )


def _embedder(
    settings: Settings, gemini: GeminiClient | None, loop: asyncio.AbstractEventLoop
) -> Embedder | None:
    """The embedder that the settings name, or None: search then answers from words alone."""
    try:
        if settings.embeddings == "gemini":
            if gemini is None:
                raise SettingsError("EMBEDDINGS=gemini needs GEMINI_API_KEY")
            return GeminiEmbedder(gemini, settings.gemini_embedding_model, loop)
        return embedders.choose(settings.embeddings)
    except EmbedderUnavailable as exc:
        log.warning("no_embedder", detail=str(exc))
        return None


def _gemini(settings: Settings, database: Database, clock: SystemClock) -> GeminiClient | None:
    if settings.gemini_api_key is None:
        return None
    options = GeminiOptions(model=settings.gemini_model, url=settings.gemini_api_url)
    ledger = DatabaseLedger(database, clock, settings.gemini_daily_requests)
    key = settings.gemini_api_key.get_secret_value()
    return GeminiClient(key, options, breaker=Breaker(clock.now), ledger=ledger)


async def index(house: House) -> bool:
    """Bring the index in line with the guide and the operator's folder; search answers from words meanwhile.

    False when that did not work, which the log explains."""
    for problem in house.guide.problems:
        log.warning("guide_problem", problem=str(problem))
    former = await _former(house)
    if former is not None:
        house.search.use(former)
        log.info("former_index_serves", embedder=former.name)
    folder = house.settings.documents_path
    try:
        report = await cli.index_command(
            house.indexer,
            [folder] if folder else [],
            foods=house.table,
            out=io.StringIO(),
            tell=lambda line: log.warning("document_problem", detail=line),
        )
        house.search.use(house.embedder)
        await house.indexer.forget_other_embedders()
    except (EmbeddingFailed, cli.CannotIndex) as exc:
        log.warning("not_indexed", kind=type(exc).__name__, detail=str(exc))
        return False
    log.info("indexed", added=report.added, removed=report.removed, embedded=report.embedded)
    return True


async def _former(house: House) -> Embedder | None:
    """The embedder that was set before, while its vectors are all that there are."""
    if house.embedder is None or await house.indexer.complete():
        return None
    spaces = set(await house.indexer.spaces()) - {space_of(house.embedder).key}
    for name in embedders.LOCAL if spaces else ():  # loading one to see its name takes 0.1 s
        try:
            found = await asyncio.to_thread(embedders.make, name)
        except EmbedderUnavailable:
            continue
        if space_of(found).key in spaces:
            return found
    return None


async def check_gemini(house: House) -> None:
    """Say at start, in words, what is wrong with the key or the model; the bot runs on without Gemini."""
    if house.gemini is None:
        log.info("gemini_off", reason="GEMINI_API_KEY is not set; the embedded planner writes the menus")
        return
    try:
        await house.gemini.check()
    except GeminiError as exc:
        log.warning("gemini_not_usable", kind=type(exc).__name__, detail=str(exc))
    else:
        log.info("gemini_ready", model=house.gemini.model)
