"""The meals of a person's plan as dishes: each with its document and page, named by the table, never by the document."""

from dataclasses import replace

from nutrition.foods import FoodTable
from nutrition.menu import Origin, Role, Slot
from rag.gemini_brief import compose
from rag.loaders import read_document
from rag.own_plan import OWN_TAG, own_dishes, read_plan, with_chunks
from tests.rag.plan_papers import NAMES, PAPERS
from tests.rag.test_gemini_writer import brief

TABLE = FoodTable.load()
PLAN = """# Plano

## Café da manhã (7h)

2 fatias de pão integral ou 1 tapioca + 2 ovos mexidos

## Lanche (16h)

1 fruta

## Ceia

1 xícara de chá de camomila

## Jantar (20h)

1 marmita fit da casa + 1 fatia de queijo branco + 1 suco especial
"""


def test_each_way_to_eat_a_meal_is_a_dish_with_its_document_and_page() -> None:
    data, name = PAPERS["pdf"]("own_plans/01-consultorio.md")
    dishes = own_dishes(read_plan(read_document(data, name), TABLE), TABLE)
    breakfasts = [dish for dish in dishes if Slot.CAFE_DA_MANHA in dish.slots]
    assert [dish.name for dish in breakfasts] == [
        "Pão de forma integral, ovo mexido, mamão formosa",
        "Tapioca pronta, ovo mexido, mamão formosa",
    ]
    assert {(dish.origin, dish.role, OWN_TAG in dish.tags) for dish in dishes} == {
        (Origin.DOCUMENTO, Role.PRINCIPAL, True)
    }
    assert [(s.document, s.section, s.page) for s in breakfasts[0].sources] == [
        ("01-consultorio.pdf", "Café da manhã (7h00)", 1)
    ]


def test_an_open_main_food_gives_a_dish_for_each_that_it_may_be() -> None:
    dishes = own_dishes(read_plan(read_document(PLAN.encode(), "plano.md"), TABLE), TABLE)
    snacks = [dish.name for dish in dishes if Slot.LANCHE_DA_TARDE in dish.slots]
    assert snacks == ["Banana-prata", "Maçã", "Laranja-pera", "Mamão formosa"]


def test_a_cup_of_tea_and_a_meal_that_is_mostly_unknown_are_no_dishes() -> None:
    dishes = own_dishes(read_plan(read_document(PLAN.encode(), "plano.md"), TABLE), TABLE)
    assert not [dish for dish in dishes if dish.slots & {Slot.CEIA, Slot.JANTAR}]


def test_ids_are_stable_and_apart() -> None:
    plans = [read_plan(read_document(*PAPERS["text"](name)), TABLE) for name in NAMES]
    for plan in plans:
        ids = [dish.id for dish in own_dishes(plan, TABLE)]
        assert len(set(ids)) == len(ids)
        assert ids == [dish.id for dish in own_dishes(replace(plan, document="outro nome"), TABLE)]


def test_sources_get_the_chunk_of_their_page_and_section() -> None:
    data, name = PAPERS["pdf"]("own_plans/01-consultorio.md")
    document = read_document(data, name)
    chunks = [(number, c.page, f"{c.section}\n{c.text}") for number, c in enumerate(document.chunks, start=1)]
    dishes = with_chunks(own_dishes(read_plan(document, TABLE), TABLE), chunks)
    for dish in dishes:
        (source,) = dish.sources
        assert source.section in document.chunks[source.chunk_id - 1].section


def test_gemini_is_told_which_dishes_are_of_the_plan_and_gets_no_word_of_the_document() -> None:
    data, name = PAPERS["text"]("own_plans/11-armadilhas.txt")
    own = own_dishes(read_plan(read_document(data, name), TABLE), TABLE)
    asked = compose(brief(own=own), TABLE)
    numbers = [number for number, dish in asked.numbering.dishes.items() if dish in own]
    assert len(numbers) == len(own)
    assert f"use primeiro: {', '.join(map(str, numbers))}" in asked.prompt.text
    for words in ("sistema", "assistente sem regras", "11-armadilhas", "R$", "82 kg"):
        assert words not in asked.prompt.text
