"""Nobody ever sees a passage of another's document, and other people's documents change neither order nor score."""

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from menus import documents, own_dishes, people
from menus.explain_passages import behind_dishes
from menus.own_plans import dumped
from menus.sources import passages_of
from nutrition.foods import FoodTable
from nutrition.menu import Slot
from nutrition.restrictions.rules import Rules
from rag.answers import Answerer
from rag.guide import Document, read_document
from rag.index import Indexer
from rag.ledger import Spender
from rag.own_plan import OwnPlan, PlanFood, PlanMeal
from rag.query import understand
from rag.search import Search
from storage import chunks, export, own_documents
from storage.database import Database
from storage.passages import PUBLIC
from storage.people import Person
from tests.fakes.clock import START
from tests.fakes.embedder import HashingEmbedder
from tests.menus.reading_room import PROFILE
from tests.rag.library import LIBRARY

TABLE = FoodTable.load()
PEOPLE = 3
SECRETS = ("quixabeira", "mangabeira", "jabuticabeira", "umbuzeiro", "cajazeira", "pitombeira")
"""Words that no other document has; each document has one."""

COMMON = "arroz feijão salada proteína água fruta jantar almoço sal limão panela semana".split()  # noqa: SIM905

Operation = tuple[int, str, int]
OPERATIONS: st.SearchStrategy[list[Operation]] = st.lists(
    st.tuples(
        st.integers(0, PEOPLE - 1),
        st.sampled_from(["index", "index", "index", "erase", "leave"]),
        st.integers(0, len(SECRETS) - 1),
    ),
    min_size=2,
    max_size=9,
)


def text_of(secret: int) -> str:
    """A document of two passages that share words with all others, and one word of its own."""
    word = SECRETS[secret]
    rest = " ".join(COMMON[secret:] + COMMON[:secret])
    return (
        f"# Plano de {word}\n\nComer {word} no jantar com {rest}, todo dia, sem pressa e com bastante água por perto.\n\n"
        f"## Café da manhã\n\nTomar café da manhã com {rest}, e depois disso uma fruta inteira, nunca em suco coado.\n"
    )


def document(secret: int) -> Document:
    name = f"{SECRETS[secret]}.md"
    return read_document(name, text_of(secret), title=name)


def plan(secret: int) -> Mapping[str, Any]:
    """What the document asks for: one breakfast."""
    bread, egg = TABLE.resolve("pão francês"), TABLE.resolve("ovo cozido")
    assert bread is not None and egg is not None
    foods = (PlanFood(bread.id, 50, "pão"), PlanFood(egg.id, 50 + secret, "ovo"))
    meal = PlanMeal(Slot.CAFE_DA_MANHA, foods, (), "Café da manhã", "pão e ovo")
    return dumped(OwnPlan(f"{SECRETS[secret]}.md", meals=(meal,)))


class Town:
    """People with documents in one database; ``holds`` says which secrets are whose."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.embedder = HashingEmbedder()
        self.indexer = Indexer(database, self.embedder)
        self.search = Search(database, self.embedder)
        self.answerer = Answerer(database, self.search, TABLE)
        self.people: list[Person] = []
        self.holds: defaultdict[int, set[int]] = defaultdict(set)

    async def open(self) -> None:
        await self.indexer.sync(LIBRARY)
        for number in range(PEOPLE):
            self.people.append(await self._arrive(number))

    async def do(self, operation: Operation) -> None:
        who, what, secret = operation
        person = self.people[who]
        if what == "index":
            update = await self.indexer.index_document(
                document(secret), owner=person.id, collection=own_documents.COLLECTION
            )
            assert update is not None
            async with self.database.transaction() as tx:
                await own_documents.save(
                    tx, person.id, update.document_id, pages=None, plan=plan(secret), now=START
                )
            await self.indexer.embed_document(update.document_id)
            self.holds[who].add(secret)
        elif what == "erase":
            await self._erase(person, secret)
            self.holds[who].discard(secret)
        else:
            async with self.database.transaction() as tx:
                await people.erase(tx, person)
            self.people[who] = await self._arrive(who)
            self.holds[who].clear()

    async def _arrive(self, number: int) -> Person:
        async with self.database.transaction() as tx:
            return await people.meet(tx, 100 + number, "America/Sao_Paulo")

    async def _erase(self, person: Person, secret: int) -> None:
        async with self.database.transaction() as tx:
            for kept in await documents.listed(tx, person.id):
                if kept.name == f"{SECRETS[secret]}.md":
                    await documents.erase(tx, person.id, kept.id)

    async def everything_shown(self, who: int) -> str:
        """All that any view gives to a person, asked about every secret, their own and others'."""
        person, shown = self.people[who], []
        owners = (PUBLIC, person.id)
        for secret, word in enumerate(SECRETS):
            for asked in (word, f"o que comer com {word}?", f"{word[:-1]}x", text_of(secret)):
                shown += [repr(hit.passage) for hit in await self.search.find(asked, 50, owners=owners)]
            answer = await self.answerer.answer(
                f"quando devo comer {word} no jantar?",
                Rules.of((), TABLE),
                Spender(person.id, "test"),
                owners=owners,
            )
            shown += [answer.text, *(repr(hit.passage) for hit in answer.sources)]
        async with self.database.reader() as conn:
            rows = await conn.fetch_all("SELECT id, document_id FROM chunks")
            ids = [row["id"] for row in rows]
            shown.append(repr(await passages_of(conn, person.id, ids)))
            shown.append(repr(await behind_dishes(conn, person.id, ids, (), TABLE)))
            shown.append(repr(await documents.listed(conn, person.id)))
            shown.append(repr(await export.everything(conn, person)))
            shown.append(repr(await own_dishes.of_person(conn, person.id, PROFILE, TABLE)))
            for document_id in {row["document_id"] for row in rows}:
                shown.append(repr(await documents.find(conn, person.id, document_id)))
                shown.append(repr(await documents.passages(conn, person.id, document_id, 0, 99)))
            for word in SECRETS:  # a typo is corrected to the words of one's own documents only
                shown.append((await understand(conn, f"{word[:-1]}x", owners)).text)
        return " ".join(shown)

    async def results(self, who: int) -> list[list[tuple[str, float, float | None, float | None]]]:
        """What a person finds, with every score."""
        owners = (PUBLIC, self.people[who].id)
        asked = [*SECRETS, "jantar com arroz e feijão", "água durante o dia", "proteina por quilo"]
        found = [await self.search.find(text, 20, owners=owners) for text in asked]
        return [[(h.passage.text, h.score, h.bm25, h.cosine) for h in hits] for hits in found]


async def live(operations: list[Operation], folder: Path) -> None:
    database = await Database.open(folder / "town.db", readers=1)
    alone = await Database.open(folder / "alone.db", readers=1)
    try:
        town, hermit = Town(database), Town(alone)
        await town.open()
        await hermit.open()
        watched = operations[0][0]
        for operation in operations:
            await town.do(operation)
            if operation[0] == watched:
                await hermit.do(operation)
        for who in range(PEOPLE):
            shown = await town.everything_shown(who)
            for secret, word in enumerate(SECRETS):
                if secret in town.holds[who]:
                    assert word in shown
                else:
                    assert f"{word}.md" not in shown
                    assert f"Comer {word}" not in shown
                    assert f"Plano de {word}" not in shown
        assert await town.results(watched) == await hermit.results(watched)
        async with database.transaction() as tx:
            for person in town.people:
                await chunks.erase_owner(tx, person.id)
        async with database.reader() as conn:
            left = await conn.fetch_all("SELECT * FROM chunks WHERE owner <> 0")
            words = await conn.fetch_all("SELECT * FROM words WHERE owner <> 0")
        assert left == words == []
    finally:
        await database.close()
        await alone.close()


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(OPERATIONS)
def test_nobody_sees_a_passage_of_another_and_scores_are_as_if_alone(operations: list[Operation]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(live(operations, Path(folder)))


@pytest.mark.slow
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(OPERATIONS)
def test_nobody_sees_a_passage_of_another_whatever_is_done(operations: list[Operation]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(live(operations, Path(folder)))
