"""Dishes of the guide are read whole, or refused with file and line."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrition.food import NUTRIENTS, Food, FoodGroup
from nutrition.foods import FoodTable
from nutrition.menu import Ingredient, Role, Slot
from nutrition.words import fold
from rag.dishes import GuideError, ParsedDishes, dish_in, parse_dishes, slug
from rag.markdown import parse
from tests.book import book

CHICKEN = """# Pratos de almoço

## Frango grelhado com abóbora
Refeições: almoço, jantar
Papel: principal
Tempo: 25 minutos
Porções: 1
Etiquetas: barato, Rápido, marmita
Ingredientes:
- 100 g de peito de frango grelhado
- 120,5 g de abóbora cozida
- 5 g azeite
Modo de fazer:
1. Tempere o frango.
2. Grelhe 4 minutos
   de cada lado.
Dica: sirva com limão.
"""


def food(name: str) -> Food:
    return Food(
        id=slug(name),
        name=name,
        synonyms=(),
        group=FoodGroup.AVES,
        nova=1,
        per_100g=dict.fromkeys(NUTRIENTS, 1.0),
        allergens=frozenset(),
        animal=frozenset(),
        tags=frozenset(),
        measures=(),
        purchase_factor=1.0,
        portion_min_g=1.0,
        portion_max_g=500.0,
        price_tier=1,
        source="test",
    )


@dataclass
class Pantry:
    """Resolves the names it was given, folded; ``asked`` keeps what was looked up."""

    names: tuple[str, ...] = ("Peito de frango grelhado", "Abóbora cozida", "Azeite")
    asked: list[str] = field(default_factory=list)

    def resolve(self, name: str, /) -> Food | None:
        self.asked.append(name)
        return next((food(known) for known in self.names if fold(known) == fold(name)), None)


def read(text: str, *, only_dishes: bool = True) -> ParsedDishes:
    return parse_dishes("almoco.md", parse(text), Pantry(), only_dishes=only_dishes)


def problems(text: str) -> list[str]:
    return [str(problem) for problem in read(text).problems]


def test_a_dish_is_read_with_its_meals_role_minutes_foods_steps_and_tags() -> None:
    parsed = read(CHICKEN)

    assert parsed.problems == ()
    (dish,) = parsed.dishes
    assert (dish.id, dish.name) == ("frango-grelhado-com-abobora", "Frango grelhado com abóbora")
    assert dish.slots == {Slot.ALMOCO, Slot.JANTAR}
    assert (dish.role, dish.minutes) == (Role.PRINCIPAL, 25)
    assert dish.ingredients == (
        Ingredient("peito-de-frango-grelhado", 100),
        Ingredient("abobora-cozida", 120.5),
        Ingredient("azeite", 5),
    )
    assert dish.tags == {"barato", "rapido", "marmita"}


def test_a_tip_below_the_steps_is_no_step_and_a_wrapped_step_is_one() -> None:
    assert read(CHICKEN).dishes[0].steps == ("Tempere o frango.", "Grelhe 4 minutos de cada lado.")


def test_grams_for_several_servings_are_divided() -> None:
    dish = read(CHICKEN.replace("Porções: 1", "Porções: 4")).dishes[0]

    assert [part.grams for part in dish.ingredients] == [25, 30.12, 1.25]


def test_lanches_means_both_snacks() -> None:
    dish = read(CHICKEN.replace("almoço, jantar", "lanches")).dishes[0]

    assert dish.slots == {Slot.LANCHE_DA_MANHA, Slot.LANCHE_DA_TARDE}


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        ("azeite", "azeite de dendê", "almoco.md:12: Frango grelhado com abóbora: alimento fora da tabela"),
        (
            "- 5 g azeite",
            "- um fio de azeite",
            "almoco.md:12: Frango grelhado com abóbora: ingrediente sem gramas",
        ),
        (
            "5 g azeite",
            "5 g de abóbora cozida",
            "almoco.md:12: Frango grelhado com abóbora: alimento repetido",
        ),
        (
            "almoço, jantar",
            "almoço, merenda",
            "almoco.md:4: Frango grelhado com abóbora: refeição desconhecida",
        ),
        (
            "Papel: principal",
            "Papel: estrela",
            "almoco.md:5: Frango grelhado com abóbora: papel desconhecido",
        ),
        ("25 minutos", "1 hora", "almoco.md:6: Frango grelhado com abóbora: tempo sem um número"),
        ("Tempo: 25 minutos\n", "", "almoco.md:3: Frango grelhado com abóbora: falta a linha de tempo"),
        ("Porções: 1", "Porções: muitas", "almoco.md:7: Frango grelhado com abóbora: porcoes sem um número"),
        ("1. Tempere", "Tempere", "almoco.md:3: Frango grelhado com abóbora: faltam os passos"),
        ("Ingredientes:\n", "", "almoco.md:3: Frango grelhado com abóbora: faltam Refeições e Ingredientes"),
    ],
)
def test_what_cannot_be_read_is_named_by_file_and_line(written: str, instead: str, problem: str) -> None:
    text = (
        CHICKEN.replace("2. Grelhe 4 minutos\n   de cada lado.\n", "") if written == "1. Tempere" else CHICKEN
    )

    found = problems(text.replace(written, instead))

    assert any(line.startswith(problem) for line in found), found


def test_a_dish_with_a_problem_leaves_the_others_in() -> None:
    text = CHICKEN.replace("5 g azeite", "5 g de nada") + CHICKEN.replace("Frango grelhado", "Frango assado")

    parsed = read(text)

    assert [dish.name for dish in parsed.dishes] == ["Frango assado com abóbora"]
    assert len(parsed.problems) == 1


def test_in_a_document_of_people_a_heading_that_is_no_dish_is_left_alone() -> None:
    text = "## Sobre este plano\n\nBeba água.\n\n" + CHICKEN

    parsed = read(text, only_dishes=False)

    assert parsed.problems == ()
    assert len(parsed.dishes) == 1


def test_the_error_of_a_guide_lists_every_problem() -> None:
    error = GuideError(read(CHICKEN.replace("azeite", "óleo x").replace("principal", "ator")).problems)

    assert len(error.problems) == 2
    assert str(error).count("almoco.md:") == 2


@given(st.text(alphabet=st.sampled_from("#-1. g\nRefeições:Ingredientes|`<>*\t ")))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    parsed = read(text)

    assert all(problem.line >= 1 for problem in parsed.problems)


def test_a_dish_is_the_same_when_it_is_read_from_its_chunk() -> None:
    table = FoodTable.load()
    ours = book()
    chunks = {chunk.dish: chunk for document in ours.documents for chunk in document.chunks}
    for dish in ours.dishes:
        again = dish_in(chunks[dish.id].section, chunks[dish.id].text, table)
        assert again is not None
        assert replace(again, origin=dish.origin) == dish
