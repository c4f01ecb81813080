"""The shopping list equals the menu: every gram that is eaten is bought, in whole packs, and nothing else is."""

import csv
from collections import Counter, defaultdict
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from menus import purchase
from menus.shopping import ShoppingList, difference, find, shopping_list
from nutrition.foods import FoodTable
from nutrition.market import Item, Market, Section
from nutrition.menu import Day, Meal, Origin, PlannedDish, Portion, Role, Slot
from tests.weeks import MONDAY, guide_week

TABLE = FoodTable.load()
MARKET = Market.load()
SEEDS = st.integers(0, 5_000)


def day(*foods: tuple[str, float], withheld: str | None = None) -> Day:
    portions = tuple(Portion(food, food.replace("-", " "), grams, f"{grams:g} g") for food, grams in foods)
    dish = PlannedDish("Prato", Role.PRINCIPAL, portions, (), 10, (), Origin.GUIA)
    return Day(MONDAY, (Meal(Slot.ALMOCO, "Prato", (dish,), withheld),))


def words(shopping: ShoppingList) -> list[str]:
    return [f"{line.item.name} · {line.quantity}".replace("\u00a0", " ") for line in shopping.lines]


def bought_by_hand(days: list[Day], people: float) -> dict[str, float]:
    """Grams of each item, read from the file without the code under test."""
    factors: dict[str, list[tuple[str, float]]] = defaultdict(list)
    with files("nutrition").joinpath("data", "market.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for word in row["foods"].split():
                food, _, factor = word.partition("*")
                factors[food].append((row["item"], float(factor or TABLE[food].purchase_factor)))
    eaten: Counter[str] = Counter()
    for each in days:
        for meal in each.meals:
            for dish in meal.dishes:
                for portion in dish.portions:
                    eaten[portion.food_id] += portion.grams  # type: ignore[assignment]
    grams: dict[str, float] = defaultdict(float)
    for food, amount in eaten.items():
        for item, factor in factors[food]:
            grams[item] += amount * factor * people
    return grams


# The data


def test_every_food_of_the_table_can_be_bought() -> None:
    rows = list(csv.DictReader(files("nutrition").joinpath("data", "market.csv").open(encoding="utf-8")))
    named = {word.partition("*")[0] for row in rows for word in row["foods"].split()}
    assert named == {food.id for food in TABLE}
    assert len(MARKET) == len(rows) == len({row["item"] for row in rows})


def test_what_is_bought_brings_no_allergen_that_the_food_does_not_have() -> None:
    """Foods bought as one item must agree about allergens, or one would bring another's into the kitchen."""
    alone: dict[str, list[frozenset[str]]] = defaultdict(list)
    for food in TABLE:
        parts = MARKET.parts(food)
        if len(parts) == 1:
            alone[parts[0].item.id].append(food.allergens | food.animal)
    for item, found in alone.items():
        assert len(set(found)) == 1, item
    for food in TABLE:
        for part in MARKET.parts(food):
            always = frozenset.intersection(*alone[part.item.id]) if alone[part.item.id] else frozenset()
            assert always <= food.allergens | food.animal, (food.id, part.item.id)


def test_units_are_words_that_can_be_said_and_names_fit_a_button() -> None:
    for item in MARKET:
        assert item.basic or item.unit in purchase.UNITS, item
        assert item.basic == (item.section is Section.DESPENSA)
        assert item.grams > 0 and item.size > 0
        assert len(item.name) <= 28, item.name
        assert len(item.id) <= 32, item.id


# The list


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.integers(1, 7), st.sampled_from([1, 1.5, 2, 4]))
def test_the_list_equals_the_menu(seed: int, days: int, people: float) -> None:
    week = guide_week(seed).days[:days]
    shopping = shopping_list(week, TABLE, people)
    listed = {line.item.id: line.grams for line in (*shopping.lines, *shopping.basics)}
    expected = bought_by_hand(list(week), people)
    assert listed == pytest.approx(expected)


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.sampled_from([1, 2.5, 6]))
def test_whole_packs_never_buy_too_little_nor_one_too_many(seed: int, people: float) -> None:
    for line in shopping_list(guide_week(seed).days, TABLE, people).lines:
        assert line.units * line.item.grams >= line.grams - 1e-6
        assert (line.units - 1) * line.item.grams < line.grams


@given(st.floats(0.01, 50_000), st.floats(1, 5_000))
def test_rounding_up_holds_for_any_amount(grams: float, pack: float) -> None:
    item = Item("x", "X", Section.MERCEARIA, "g", pack, pack)
    units = purchase.units_for(item, grams)
    assert units >= 1
    assert units * pack >= grams * (1 - 1e-8)


@settings(max_examples=30, deadline=None)
@given(SEEDS, SEEDS)
def test_a_difference_read_backwards_swaps_what_enters_and_what_leaves(one: int, two: int) -> None:
    old, new = shopping_list(guide_week(one).days, TABLE), shopping_list(guide_week(two).days, TABLE)
    there, back = difference(old, new), difference(new, old)
    assert there.enters == back.leaves
    assert there.leaves == back.enters
    assert not difference(old, old)


@settings(max_examples=20, deadline=None)
@given(SEEDS, SEEDS)
def test_old_list_plus_difference_is_the_new_list(one: int, two: int) -> None:
    old, new = shopping_list(guide_week(one).days, TABLE), shopping_list(guide_week(two).days, TABLE)
    changed = difference(old, new)
    grams: dict[str, float] = defaultdict(float, {line.item.id: line.grams for line in old.lines})
    for change in changed.enters:
        grams[change.item.id] += change.grams
    for change in changed.leaves:
        grams[change.item.id] -= change.grams
    for line in new.lines:
        assert grams.pop(line.item.id, 0) == pytest.approx(line.grams, abs=1.0)
    assert all(left == pytest.approx(0, abs=1.0) for left in grams.values())


def test_cooked_food_is_listed_as_what_one_buys() -> None:
    shopping = shopping_list(
        [
            day(("arroz-branco-cozido", 1000), ("feijao-carioca-cozido", 980)),
            day(("ovo-cozido", 100), ("ovo-frito", 150), ("clara-de-ovo-cozida", 66)),
            day(("peito-de-frango-grelhado", 500), ("peito-de-frango-cozido", 100)),
            day(("couve-manteiga-refogada", 200), ("banana-prata", 840), ("leite-integral", 1400)),
        ],
        TABLE,
    )
    assert words(shopping) == [
        "Banana-prata · 12 unidades",
        "Couve · 2 maços",
        "Peito de frango · 900 g",
        "Leite integral · 2 litros",
        "Ovos · 1 dúzia",
        "Arroz branco · 1 kg",
        "Feijão-carioca · 1 kg",
    ]


def test_salt_and_spices_stand_apart_without_a_quantity() -> None:
    shopping = shopping_list([day(("tomate", 300), ("sal", 3), ("oregano-seco", 1))], TABLE)
    assert words(shopping) == ["Tomate · 400 g"]
    assert [line.item.name for line in shopping.basics] == ["Orégano", "Sal"]


def test_a_dish_made_at_home_of_several_things_lists_each() -> None:
    shopping = shopping_list([day(("pure-de-batata", 200))], TABLE)
    assert [line.item.name for line in shopping.lines] == [
        "Batata-inglesa",
        "Leite integral",
        "Manteiga com sal",
    ]


def test_a_withheld_meal_is_not_bought() -> None:
    kept, taken = day(("tomate", 100)), day(("camarao-cozido", 100), withheld="crustaceos")
    assert [line.item.name for line in shopping_list([kept, taken], TABLE).lines] == ["Tomate"]


def test_what_is_at_home_leaves_the_list_and_stays_known() -> None:
    shopping = shopping_list(
        [day(("tomate", 100), ("arroz-branco-cozido", 100))], TABLE, pantry=frozenset({"arroz-branco"})
    )
    assert [line.item.name for line in shopping.lines] == ["Tomate"]
    assert [line.item.name for line in shopping.at_home] == ["Arroz branco"]


def test_what_was_bought_is_enough_until_the_menu_needs_more() -> None:
    three, five = [day(("banana-prata", 210))], [day(("banana-prata", 350))]
    (line,) = shopping_list(three, TABLE, bought={"banana-prata": 3}).lines
    assert line.bought
    (line,) = shopping_list(five, TABLE, bought={"banana-prata": 3}).lines
    assert not line.bought
    assert line.started
    assert line.quantity == "2\u00a0unidades"


def test_a_food_that_left_the_table_is_still_on_the_list() -> None:
    (line,) = shopping_list([day(("comida-de-antes", 250))], TABLE).lines
    assert (line.item.name, line.quantity) == ("Comida de antes", "300\u00a0g")


def test_a_table_that_the_market_does_not_know_is_bought_by_weight() -> None:
    other = replace(TABLE["tomate"], id="tomate-azul", name="tomate azul", purchase_factor=1.2)
    (line,) = shopping_list([day(("tomate-azul", 250))], {"tomate-azul": other}).lines
    assert (line.item.name, line.quantity) == ("Tomate azul", "300\u00a0g")


def test_a_difference_counts_pieces_and_weighs_the_rest() -> None:
    old = shopping_list([day(("patinho-grelhado", 114), ("ovo-cozido", 100))], TABLE)
    new = shopping_list([day(("tilapia-assada", 126), ("banana-prata", 140))], TABLE)
    changed = difference(old, new)
    assert [(c.item.name, c.quantity) for c in changed.enters] == [
        ("Banana-prata", "2\u00a0unidades"),
        ("Filé de tilápia", "170\u00a0g"),
    ]
    assert [(c.item.name, c.quantity) for c in changed.leaves] == [
        ("Ovos", "2\u00a0unidades"),
        ("Patinho", "165\u00a0g"),
    ]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("couve", "Couve"),
        ("COUVE-FLOR", "Couve-flor"),
        ("frango", "Peito de frango"),
        ("xuxu", None),
        ("", None),
    ],
)
def test_a_line_is_found_by_its_words_and_never_guessed(said: str, name: str | None) -> None:
    shopping = shopping_list(
        [day(("couve-manteiga-crua", 50), ("couve-flor-cozida", 50), ("peito-de-frango-cozido", 50))], TABLE
    )
    line = find(shopping, said)
    assert (line.item.name if line else None) == name


@pytest.mark.parametrize(
    ("unit", "size", "units", "said"),
    [
        ("g", 100, 3, "300 g"),
        ("g", 100, 13, "1,3 kg"),
        ("g", 500, 4, "2 kg"),
        ("ml", 500, 1, "500 ml"),
        ("ml", 1000, 1, "1 litro"),
        ("ml", 500, 3, "1,5 litro"),
        ("ml", 1000, 3, "3 litros"),
        ("ovo", 6, 1, "meia dúzia"),
        ("ovo", 6, 2, "1 dúzia"),
        ("ovo", 6, 5, "2 dúzias e meia"),
        ("maço", 1, 1, "1 maço"),
        ("pé", 1, 2, "2 pés"),
    ],
)
def test_quantities_are_said_as_a_market_says_them(unit: str, size: float, units: int, said: str) -> None:
    item = Item("x", "X", Section.MERCEARIA, unit, size, 100)
    assert purchase.words(item, units).replace("\u00a0", " ") == said
