import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrition.food import NUTRIENTS
from nutrition.foods import FoodTable
from nutrition.menu import Ingredient, Portion
from nutrition.totals import FRUIT_VEGETABLE, totals

TABLE = FoodTable.load()
portions = st.builds(Ingredient, st.sampled_from([food.id for food in TABLE]), st.floats(0, 500))


def test_rice_and_beans_add_up() -> None:
    result = totals([Ingredient("arroz-branco-cozido", 150), Ingredient("feijao-carioca-cozido", 100)], TABLE)
    assert result.values["energy_kcal"] == pytest.approx(1.5 * 128 + 76)
    assert result.values["protein_g"] == pytest.approx(1.5 * 2.5 + 4.8)


def test_portions_as_served_count_like_ingredients() -> None:
    served = Portion("banana-prata", "banana-prata", 70, "1 unidade")
    assert totals([served], TABLE) == totals([Ingredient("banana-prata", 70)], TABLE)


def test_an_unknown_figure_is_named_and_adds_nothing() -> None:
    result = totals([Ingredient("tempeh", 100), Ingredient("arroz-branco-cozido", 100)], TABLE)
    assert result.unknown["fiber_g"] == ("tempeh",)
    assert result.values["fiber_g"] == TABLE["arroz-branco-cozido"].per_100g["fiber_g"]


def test_fruit_and_vegetables_count_but_roots_and_pulses_do_not() -> None:
    plate = [
        Ingredient("banana-prata", 70),
        Ingredient("couve-manteiga-refogada", 40),
        Ingredient("batata-inglesa-cozida", 100),
        Ingredient("feijao-carioca-cozido", 100),
    ]
    assert totals(plate, TABLE).values[FRUIT_VEGETABLE] == 110


def test_nothing_gives_zero_of_everything() -> None:
    result = totals([], TABLE)
    assert result.unknown == {}
    assert set(result.values) == {*NUTRIENTS, FRUIT_VEGETABLE}
    assert set(result.values.values()) == {0.0}


def test_a_food_that_the_table_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError):
        totals([Ingredient("unicornio", 100)], TABLE)


@given(st.lists(portions, max_size=8))
def test_the_whole_is_the_sum_of_its_parts(items: list[Ingredient]) -> None:
    whole = totals(items, TABLE)
    parts = [totals([item], TABLE) for item in items]
    for name, value in whole.values.items():
        assert value == pytest.approx(sum(part.values[name] for part in parts))
    for name, ids in whole.unknown.items():
        assert set(ids) == {food_id for part in parts for food_id in part.unknown.get(name, ())}
