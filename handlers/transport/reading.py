"""Puts together the runner that reads what people send, each file in a process of its own."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from telegram import Bot

from handlers.transport.document_messages import DocumentMessages
from handlers.transport.downloads import Downloads
from menus import own_plans
from menus.document_runner import DocumentRunner, Tools
from menus.spool import Spool
from nutrition.foods import FoodTable
from rag.guide import Document
from rag.index import Indexer
from rag.loaders.process import read_in_process
from storage.clock import Clock
from storage.database import Database


def document_reader(
    database: Database,
    clock: Clock,
    bot: Bot,
    *,
    indexer: Indexer,
    table: FoodTable,
    wake: Callable[[], None],
) -> DocumentRunner:
    """The runner of the files that ``bot`` is sent; ``wake`` rings the outbox."""

    async def plan_of(document: Document) -> Mapping[str, Any]:
        return await asyncio.to_thread(own_plans.kept, document, table)

    tools = Tools(
        spool=Spool.beside(database.path),
        downloads=Downloads(bot),
        read=read_in_process,
        plan_of=plan_of,
        indexer=indexer,
        messages=DocumentMessages(database, clock, wake),
    )
    return DocumentRunner(database, clock, tools)
