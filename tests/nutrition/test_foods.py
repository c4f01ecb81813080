"""The food table is right in itself: no publication is needed to see that its rows do not contradict each other."""

import csv
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrition.food import NUTRIENTS, Food, FoodGroup
from nutrition.foods import FoodTable, FoodTableError
from nutrition.words import tokens
from scripts.build_foods import DATA, main, spec_lines

TABLE = FoodTable.load()
FOODS = tuple(TABLE)
PUBLICATIONS = Path(__file__).parents[3] / "shared" / "data"

# Energy that 4-4-9 cannot give, each with its reason; everything else is within the tolerance of the test below.
ATWATER_EXCEPTIONS = {
    "farelo-de-aveia": "USDA uses lower factors for bran",
    "alga-nori": "USDA uses lower factors for algae",
    "espirulina-em-po": "USDA uses lower factors for algae",
    "buriti": "IBGE prints more energy than its macronutrients give",
    "cacau-em-po": "USDA uses lower factors for cocoa",
    "cerveja-pilsen": "alcohol",
    "vinho-tinto": "alcohol",
    "cachaca": "alcohol",
    "essencia-de-baunilha": "alcohol",
    "vinagre-branco": "acetic acid",
    "vinagre-de-maca": "acetic acid",
    "vinagre-de-vinho-tinto": "acetic acid",
    "vinagre-balsamico": "acetic acid",
    "fermento-quimico-em-po": "carbohydrate by difference counts minerals",
}


# TACO measures fibre and takes carbohydrate by difference, so fibre may come out larger; these are printed so.
MORE_FIBER_THAN_CARBOHYDRATE = {
    "abacate",
    "alface-crespa",
    "caldo-de-galinha-em-tablete",
    "cebolinha",
    "pequi-cozido",
    "tremoco-em-conserva",
}


def every_food(check: Callable[[Food], None]) -> Callable[[], None]:
    """A test that runs ``check`` on every food and names all that fail, not only the first."""

    def test() -> None:
        broken = {}
        for food in FOODS:
            try:
                check(food)
            except AssertionError as exc:
                broken[food.id] = str(exc)
        assert broken == {}

    return test


def figure(food: Food, name: str) -> float:
    """The figure, or zero where it is not known: for inequalities only."""
    return food.per_100g[name] or 0.0


def test_the_table_covers_a_kitchen() -> None:
    assert len(FOODS) >= 460
    assert {food.group for food in FOODS} == set(FoodGroup)


def test_no_two_foods_share_a_name_even_loosely() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for food in FOODS:
        for name in (food.name, *food.synonyms):
            owners[" ".join(sorted(tokens(name)))].add(food.id)
            assert TABLE.resolve(name) is food, name
    assert [ids for ids in owners.values() if len(ids) > 1] == []


@every_food
def test_the_id_is_the_name_as_a_slug(food: Food) -> None:
    assert food.id == "-".join(tokens(food.name))


@every_food
def test_energy_and_macronutrients_are_known_and_agree(food: Food) -> None:
    assert all(
        food.per_100g[name] is not None for name in ("energy_kcal", "protein_g", "fat_g", "carbohydrate_g")
    )
    energy = figure(food, "energy_kcal")
    protein, fat = figure(food, "protein_g"), figure(food, "fat_g")
    carbohydrate, fiber = figure(food, "carbohydrate_g"), figure(food, "fiber_g")
    high = 4 * protein + 9 * fat + 4 * carbohydrate
    low = high - 4 * fiber  # fibre gives between nothing and what sugar gives
    slack = max(15.0, 0.15 * energy)
    agrees = low - slack <= energy <= high + slack
    assert agrees != (food.id in ATWATER_EXCEPTIONS), (energy, low, high)


@every_food
def test_parts_never_exceed_the_whole(food: Food) -> None:
    assert all(value is None or value >= 0 for value in food.per_100g.values())
    assert figure(food, "protein_g") + figure(food, "fat_g") + figure(food, "carbohydrate_g") <= 102
    assert figure(food, "energy_kcal") <= 902
    assert figure(food, "saturated_fat_g") <= figure(food, "fat_g") + 0.05
    assert figure(food, "sugars_g") <= figure(food, "carbohydrate_g") + 0.05
    more_fiber = figure(food, "fiber_g") > figure(food, "carbohydrate_g") + 0.05
    assert more_fiber == (food.id in MORE_FIBER_THAN_CARBOHYDRATE)
    if food.per_100g["sugars_g"] is not None:
        assert figure(food, "added_sugar_g") <= figure(food, "sugars_g") + 0.05


@every_food
def test_foods_in_natura_have_no_added_sugar(food: Food) -> None:
    if food.nova == 1:
        assert food.per_100g["added_sugar_g"] == 0
        assert "acucar_adicionado" not in food.tags


@every_food
def test_animal_origin_and_allergen_tell_the_same_story(food: Food) -> None:
    for origin, allergen in (
        ("leite", "leite"),
        ("ovo", "ovos"),
        ("peixe", "peixes"),
        ("crustaceo", "crustaceos"),
    ):
        assert (origin in food.animal) == (allergen in food.allergens), origin


@every_food
def test_tags_follow_from_what_the_food_is(food: Food) -> None:
    tags, animal = food.tags, food.animal
    dairy = tags & {"lactose", "lactose_baixa", "sem_lactose"}
    assert len(dairy) == (1 if "leite" in animal else 0)
    assert not tags & {"gluten", "aveia"} or "trigo_centeio_cevada_aveia" in food.allergens
    assert "trigo_centeio_cevada_aveia" not in food.allergens or tags & {"gluten", "aveia"}
    if "suina" in animal:
        assert {"nao_halal", "nao_kosher"} <= tags
    if animal & {"crustaceo", "molusco"}:
        assert "nao_kosher" in tags
    if animal & {"bovina", "suina", "outra_carne"} and "gelatina" not in animal:
        assert "carne_vermelha" in tags
    if tags & {"embutido", "viscera", "cru_animal", "queijo_mole"}:
        assert animal


@every_food
def test_carbohydrate_tags_follow_from_the_figures(food: Food) -> None:
    available = figure(food, "carbohydrate_g") - figure(food, "fiber_g")
    assert ("carbo_alto" in food.tags) == (available > 15)
    assert ("carbo_medio" in food.tags) == (8 <= available <= 15)


@every_food
def test_groups_of_animal_food_name_their_animal(food: Food) -> None:
    expected = {
        FoodGroup.CARNES: {"bovina", "suina", "outra_carne"},
        FoodGroup.AVES: {"ave"},
        FoodGroup.PEIXES: {"peixe"},
        FoodGroup.FRUTOS_DO_MAR: {"crustaceo", "molusco"},
        FoodGroup.OVOS: {"ovo"},
        FoodGroup.LATICINIOS: {"leite"},
    }.get(food.group)
    if expected:
        assert food.animal & expected
    if food.group in {FoodGroup.FRUTAS, FoodGroup.VERDURAS, FoodGroup.LEGUMES, FoodGroup.LEGUMINOSAS}:
        assert not food.animal


@every_food
def test_it_can_be_served_by_a_cook(food: Food) -> None:
    assert food.measures
    assert len({measure.name for measure in food.measures}) == len(food.measures)
    smallest = min(measure.grams for measure in food.measures)
    assert 0 < food.portion_min_g <= food.portion_max_g
    assert smallest / 2 <= food.portion_max_g, "not even half a measure fits in a portion"
    assert 0.1 <= food.purchase_factor <= 5
    assert food.price_tier in {1, 2, 3}
    assert food.nova in {1, 2, 3, 4}


@every_food
def test_the_source_names_a_publication_and_a_row(food: Food) -> None:
    row = r"(TACO \d{1,3}|USDA \d{5}|IBGE \d{7}/\d{1,2})( × rendimento \d+(\.\d+)?)?"
    assert re.fullmatch(rf"{row}( \+ {row})?", food.source)


def test_every_usda_row_the_project_keeps_is_used() -> None:
    with (DATA / "usda_sr28.csv").open(encoding="utf-8", newline="") as file:
        kept = {f"USDA {row['ndb_number']}" for row in csv.DictReader(file)}
    used = {
        ref for _, line in spec_lines(DATA / "foods_spec") for ref in re.findall(r"USDA \d{5}", str(line))
    }
    assert kept <= used


@pytest.mark.skipif(not PUBLICATIONS.exists(), reason="the publications are not beside this checkout")
def test_the_script_makes_exactly_these_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", "--publications", str(PUBLICATIONS)]) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "food_id"),
    [
        ("Arroz Branco Cozido", "arroz-branco-cozido"),
        ("arroz-branco-cozido", "arroz-branco-cozido"),
        ("MACAXEIRA", "mandioca-cozida"),
        ("jerimum", "abobora-cabotia-cozida"),
        ("bergamotas", "tangerina"),
        ("pães franceses", "pao-frances"),
        ("feijões pretos", "feijao-preto-cozido"),
        ("cozida mandioca", "mandioca-cozida"),
        ("creme leite", "creme-de-leite"),
        ("queijo de minas frescal", "queijo-minas-frescal"),
        ("castanhas do Pará", "castanha-do-para"),
    ],
)
def test_resolve_forgives_case_accents_plural_and_order(said: str, food_id: str) -> None:
    assert TABLE.resolve(said) is TABLE[food_id]


@pytest.mark.parametrize("said", ["", "   ", "peixe", "queijo", "carne", "unicórnio assado", "sem", "de"])
def test_resolve_never_guesses(said: str) -> None:
    assert TABLE.resolve(said) is None


def test_resolve_keeps_with_and_without_apart() -> None:
    assert TABLE.resolve("coxa de frango assada com pele") is not TABLE.resolve("coxa de frango sem pele")
    assert TABLE.resolve("leite") is not TABLE.resolve("leite sem lactose")


def test_a_name_that_two_foods_have_means_neither() -> None:
    one = TABLE["banana-prata"]
    other = replace(one, id="outra", name="outra banana", synonyms=("banana",))
    table = FoodTable([one, other])
    assert table.resolve("bananas") is None
    assert table.resolve("banana prata") is one


def test_two_foods_with_one_id_are_refused() -> None:
    with pytest.raises(FoodTableError, match="banana-prata"):
        FoodTable([TABLE["banana-prata"], TABLE["banana-prata"]])


@given(st.text(max_size=40))
def test_resolve_and_search_read_any_text(text: str) -> None:
    found = TABLE.resolve(text)
    assert found is None or found.id in TABLE
    assert len(TABLE.search(text, 3)) <= 3


@given(st.sampled_from(FOODS), st.randoms(use_true_random=False))
def test_resolve_does_not_mind_the_order_of_words(food: Food, random: object) -> None:
    words = tokens(food.name)
    getattr(random, "shuffle")(words)  # noqa: B009
    assert TABLE.resolve(" ".join(words)) is food


@pytest.mark.parametrize(
    ("typed", "food_id"),
    [
        ("tapioka", "tapioca-pronta"),
        ("bróculis", "brocolis-cozido"),
        ("mussarella", "mucarela"),
        ("grao de bicco", "grao-de-bico-cozido"),
    ],
)
def test_search_finds_what_was_mistyped(typed: str, food_id: str) -> None:
    assert TABLE[food_id] in TABLE.search(typed, 5)


def test_search_gives_no_food_twice_and_no_more_than_asked() -> None:
    found = TABLE.search("feijão", 4)
    assert len(found) == len({food.id for food in found}) == 4


def test_the_table_answers_by_id_and_counts_its_foods() -> None:
    assert TABLE.get("sal") is TABLE["sal"]
    assert TABLE.get("nada") is None
    assert "sal" in TABLE
    assert "nada" not in TABLE
    assert len(list(TABLE)) == len(TABLE)
    with pytest.raises(KeyError):
        TABLE["nada"]


@pytest.mark.parametrize(
    ("food_id", "energy", "protein", "carbohydrate"),
    [
        ("arroz-branco-cozido", 128, 2.5, 28.1),
        ("feijao-carioca-cozido", 76, 4.8, 13.6),
        ("peito-de-frango-grelhado", 159, 32.0, 0),
        ("pao-frances", 300, 8.0, 58.6),
        ("ovo-cozido", 146, 13.3, 0.6),
        ("banana-prata", 98, 1.3, 26.0),
    ],
)
def test_well_known_rows_of_taco(food_id: str, energy: float, protein: float, carbohydrate: float) -> None:
    figures = TABLE[food_id].per_100g
    assert (figures["energy_kcal"], figures["protein_g"], figures["carbohydrate_g"]) == (
        energy,
        protein,
        carbohydrate,
    )


def test_unknown_is_never_zero() -> None:
    assert TABLE["azeite-de-oliva"].per_100g["cholesterol_mg"] == 0  # no plant has any
    assert TABLE["tempeh"].per_100g["fiber_g"] is None  # nobody published it
    assert set(TABLE["tempeh"].per_100g) == set(NUTRIENTS)
