"""The retriever gives every dish that rules allow, in the order of fit, with the passage it came from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from nutrition.foods import FoodTable
from nutrition.menu import Dish, Ingredient, Origin, Role, Slot
from nutrition.person import Goal
from rag.diversity import alike, diverse_order
from rag.guide import Document, Guide
from rag.index import Indexer
from rag.retriever import Retriever, with_regions
from rag.search import Search
from storage.database import Database
from tests.fakes.embedder import HashingEmbedder
from tests.rag.library import PROTEIN, WATER, document


@dataclass
class NoFood:
    """Forbids dishes with one food; ``asked`` keeps the names it was asked about."""

    food: str = ""
    asked: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.food

    def forbids_dish(self, name: str, food_ids: Sequence[str], steps: Sequence[str], /) -> str | None:
        self.asked.append(name)
        return self.food if self.food in food_ids else None


def dish(name: str, *foods: str, slots: Sequence[Slot] = (Slot.ALMOCO,), role: Role = Role.PRINCIPAL) -> Dish:
    return Dish(
        id=name,
        name=name,
        slots=frozenset(slots),
        role=role,
        minutes=10,
        ingredients=tuple(Ingredient(food, 100) for food in foods),
        steps=("Faça.",),
        tags=frozenset(),
    )


DISHES = (
    dish("frango", "frango", "arroz"),
    dish("frango2", "frango", "arroz"),
    dish("peixe", "peixe", "batata"),
    dish("carne", "carne"),
    dish("salada", "alface", role=Role.SALADA),
    dish("pao", "pao", slots=[Slot.CAFE_DA_MANHA]),
)


def dish_document(written: Sequence[Dish]) -> Document:
    sections = [
        f"## {one.name}\nRefeições: almoço\nIngredientes:\n"
        + "\n".join(f"- 100 g de {part.food_id}" for part in one.ingredients)
        for one in written
    ]
    return document("pratos.md", "# Pratos\n\n" + "\n\n".join(sections))


@pytest.fixture
async def retriever(database: Database, embedder: HashingEmbedder) -> Retriever:
    documents = (PROTEIN, WATER, dish_document(DISHES))
    await Indexer(database, embedder).sync(documents)
    return Retriever(database, Search(database, embedder), Guide(documents, DISHES, (), "v1"))


def names(dishes: Sequence[Dish]) -> list[str]:
    return [one.name for one in dishes]


async def test_every_dish_of_the_meals_asked_for_comes_once(retriever: Retriever) -> None:
    found = await retriever.dishes(Goal.MANTER, [Slot.ALMOCO, Slot.JANTAR], NoFood())

    assert sorted(names(found)) == ["carne", "frango", "frango2", "peixe", "salada"]


async def test_no_dish_that_the_rules_forbid_comes(retriever: Retriever) -> None:
    found = await retriever.dishes(Goal.MANTER, list(Slot), NoFood("frango"))

    assert sorted(names(found)) == ["carne", "pao", "peixe", "salada"]


async def test_the_rules_are_asked_once_for_each_dish_and_guide(retriever: Retriever) -> None:
    rules = NoFood()
    await retriever.dishes(Goal.MANTER, [Slot.ALMOCO], rules)
    await retriever.dishes(Goal.PERDER, [Slot.ALMOCO], rules)
    assert len(rules.asked) == len(DISHES)

    retriever.use(Guide((), DISHES[:1], (), "v2"))

    assert names(await retriever.dishes(Goal.PERDER, [Slot.ALMOCO], rules)) == ["frango"]


async def test_a_dish_is_found_by_its_id(retriever: Retriever) -> None:
    for _ in range(2):
        found = retriever.dish("peixe")
        assert found is not None and found.name == "peixe"
        assert retriever.dish("quiabo") is None
        await retriever.dishes(Goal.MANTER, [Slot.ALMOCO], NoFood())


async def test_what_the_person_wishes_comes_first(retriever: Retriever) -> None:
    for wish in ("peixe", "carne"):
        found = await retriever.dishes(Goal.MANTER, [Slot.ALMOCO], NoFood(), request=f"quero mais {wish}")
        assert found[0].name == wish


@pytest.mark.parametrize(
    ("wish", "searched"),
    [("comida mineira", "comida mineira sudeste"), ("algo Nordestino", "algo Nordestino nordeste"), ("", "")],
)
def test_a_wish_for_the_food_of_a_people_asks_for_their_region(wish: str, searched: str) -> None:
    assert with_regions(wish) == searched


async def test_each_dish_names_the_passage_it_came_from(retriever: Retriever) -> None:
    found = await retriever.dishes(Goal.MANTER, [Slot.ALMOCO], NoFood())

    for one in found:
        (source,) = one.sources
        assert (source.section, source.page) == (one.name, None)
        assert source.chunk_id > 0


async def test_before_the_guide_is_indexed_dishes_come_without_sources(
    database: Database, embedder: HashingEmbedder
) -> None:
    retriever = Retriever(database, Search(database, embedder), Guide((), DISHES, (), "v1"))

    found = await retriever.dishes(Goal.MANTER, [Slot.ALMOCO], NoFood())

    assert len(found) == 5
    assert all(one.sources == () for one in found)


async def test_a_limit_holds_for_each_role_of_each_meal(retriever: Retriever) -> None:
    found = await retriever.dishes(Goal.MANTER, [Slot.ALMOCO, Slot.CAFE_DA_MANHA], NoFood(), per_slot=1)

    assert sorted(one.role for one in found) == [Role.PRINCIPAL, Role.PRINCIPAL, Role.SALADA]
    assert "pao" in names(found)


async def test_guidance_is_found_without_dishes(retriever: Retriever) -> None:
    found = await retriever.passages("proteína para quem treina", k=2)

    assert found[0].section == "Proteína › Quanto por dia"
    assert {passage.kind for passage in found} == {"passage"}


def test_a_near_copy_comes_after_something_else_that_fits_less() -> None:
    chicken, copy, fish = DISHES[:3]

    order = diverse_order([1.0, 0.99, 0.8], alike([chicken, copy, fish]))

    assert order == [0, 2, 1]


def test_likeness_is_one_with_itself_and_nothing_with_a_stranger() -> None:
    likeness = alike(DISHES[:4])

    assert np.allclose(np.diag(likeness), 1)
    assert likeness[0, 1] == pytest.approx(1)
    assert likeness[0, 3] == 0


OPERATORS = """# Pratos da casa

## Frango com abóbora da casa
Refeições: almoço
Papel: principal
Tempo: 20 minutos
Ingredientes:
- 100 g de peito de frango grelhado
- 100 g de abóbora cozida
Modo de fazer:
1. Sirva.

## frango
Refeições: almoço
Papel: principal
Tempo: 20 minutos
Ingredientes:
- 100 g de peito de frango grelhado
Modo de fazer:
1. Sirva.

## Prato que não se lê
Refeições: almoço
Ingredientes:
- 100 g de unicórnio
"""


async def test_dishes_of_the_operators_documents_are_offered_with_their_own_source(
    database: Database, embedder: HashingEmbedder
) -> None:
    documents = (dish_document(DISHES),)
    indexer = Indexer(database, embedder)
    await indexer.sync(documents)
    retriever = Retriever(
        database, Search(database, embedder), Guide(documents, DISHES, (), "v1"), FoodTable.load()
    )
    before = await retriever.dishes(Goal.MANTER, [Slot.ALMOCO], NoFood())
    await indexer.sync([document("casa.md", OPERATORS)], collection="pasta")
    after = await retriever.dishes(Goal.MANTER, [Slot.ALMOCO], NoFood())

    new = [one for one in after if one.id not in {old.id for old in before}]
    assert sorted(one.name for one in new) == ["Frango com abóbora da casa", "frango"]
    assert {one.origin for one in new} == {Origin.DOCUMENTO}
    assert {one.sources[0].document for one in new} == {"Documento casa.md"}
    assert len({one.id for one in after}) == len(after) == len(before) + 2
    held = await retriever.dishes(Goal.MANTER, [Slot.ALMOCO], NoFood("abobora-cabotia-cozida"))
    assert "Frango com abóbora da casa" not in names(held)


async def test_a_person_s_own_dishes_are_never_offered_to_others(
    database: Database, embedder: HashingEmbedder
) -> None:
    documents = (dish_document(DISHES),)
    indexer = Indexer(database, embedder)
    await indexer.sync(documents)
    await indexer.sync([document("meu.md", OPERATORS)], owner=7, collection="chat")
    retriever = Retriever(
        database, Search(database, embedder), Guide(documents, DISHES, (), "v1"), FoodTable.load()
    )
    found = await retriever.dishes(Goal.MANTER, list(Slot), NoFood())
    assert sorted(one.id for one in found) == sorted(one.id for one in DISHES)
