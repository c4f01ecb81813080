import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrition.food import Food, Measure
from nutrition.foods import FoodTable
from nutrition.measures import amount, in_grams, nearest, wording

TABLE = FoodTable.load()
FOODS = tuple(TABLE)
SPOON = Measure("colher de sopa", "colheres de sopa", 25)
CUP = Measure("copo", "copos", 200, feminine=False)


@pytest.mark.parametrize(
    ("measure", "halves", "text"),
    [
        (SPOON, 1, "meia colher de sopa"),
        (SPOON, 2, "1 colher de sopa"),
        (SPOON, 3, "1 colher e meia de sopa"),
        (SPOON, 4, "2 colheres de sopa"),
        (SPOON, 5, "2 colheres e meia de sopa"),
        (CUP, 1, "meio copo"),
        (CUP, 3, "1 copo e meio"),
        (CUP, 6, "3 copos"),
    ],
)
def test_halves_are_said_as_people_say_them(measure: Measure, halves: int, text: str) -> None:
    assert wording(measure, halves) == text


@pytest.mark.parametrize(
    ("food_id", "grams", "text"),
    [
        ("arroz-branco-cozido", 100, "4 colheres de sopa"),
        ("leite-integral", 300, "1 copo e meio"),
        ("ovo-cozido", 100, "2 unidades"),
        ("sal", 0.5, "meia colher de café"),
        ("sal", 0.1, "0,1 g"),
        ("azeite-de-oliva", 8, "1 colher de sopa"),
    ],
)
def test_the_best_measure_of_a_food_is_chosen(food_id: str, grams: float, text: str) -> None:
    assert amount(TABLE[food_id], grams) == text


@pytest.mark.parametrize(("grams", "text"), [(85.4, "85 g"), (2.5, "2,5 g"), (3.0, "3 g"), (10.0, "10 g")])
def test_grams_are_written_as_brazil_writes_them(grams: float, text: str) -> None:
    assert in_grams(grams) == text


def test_no_grams_have_no_measure() -> None:
    assert nearest(TABLE["sal"], 0) is None


@given(st.sampled_from(FOODS), st.integers(1, 12))
def test_an_exact_multiple_of_half_a_measure_is_said_to_within_a_tenth(food: Food, halves: int) -> None:
    grams = food.measures[0].grams * halves / 2
    chosen = nearest(food, grams)
    assert chosen is not None
    measure, said = chosen
    assert measure.grams * said / 2 == pytest.approx(grams, rel=0.1)


@given(st.sampled_from(FOODS), st.floats(0.1, 500))
def test_a_measure_is_never_more_than_a_fifth_off(food: Food, grams: float) -> None:
    chosen = nearest(food, grams)
    if chosen is not None:
        measure, halves = chosen
        assert abs(measure.grams * halves / 2 - grams) <= 0.2 * grams + 1e-9
