"""The arithmetic behind numbers: parts add up to what is shown, figures are those of the sources, questions are read."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from menus import explain, people
from menus.explain import day_nutrient, meal_why
from menus.explain_asked import Known, Question, Subject, asks_why, read, subject_of
from menus.explain_targets import energy_why, equation, protein_why, salt_grams, split_why
from nutrition.energy import estimated_energy_requirement, resting_energy
from nutrition.foods import FoodTable
from nutrition.menu import Day, Meal, Origin, PlannedDish, Portion, Role, Slot
from nutrition.person import Activity, Goal, Profile, Restriction, Sex, Strength
from nutrition.targets import TargetNote
from nutrition.totals import totals
from tests.weeks import MONDAY, guide_week

TABLE = FoodTable.load()
FOODS = [food.id for food in TABLE]
ANA = Profile(Sex.F, 34, 168, 72.5, Activity.MODERADO, Goal.PERDER, 5)
WEDNESDAY = MONDAY + timedelta(days=2)


def planned(name: str, *parts: tuple[str, float]) -> PlannedDish:
    portions = tuple(Portion(food, TABLE[food].name, grams, f"{grams:g} g") for food, grams in parts)
    return PlannedDish(name, Role.PRINCIPAL, portions, (), 0, (), Origin.GUIA)


def a_day(*meals: Meal) -> Day:
    return Day(WEDNESDAY, meals)


LUNCH = Meal(
    Slot.ALMOCO,
    "Arroz e frango",
    (
        planned("Frango", ("peito-de-frango-grelhado", 100), ("azeite-de-oliva", 5), ("sal", 1)),
        planned("Arroz", ("arroz-branco-cozido", 125), ("azeite-de-oliva", 3)),
    ),
)

few = settings(max_examples=40, deadline=None)

dishes = st.builds(
    lambda parts: planned("Prato", *parts),
    st.lists(st.tuples(st.sampled_from(FOODS), st.integers(1, 600).map(lambda half: half / 2)), max_size=8),
)
meals = st.builds(
    lambda slot, many: Meal(slot, "Refeição", tuple(many)),
    st.sampled_from(Slot),
    st.lists(dishes, max_size=4),
)
days = st.lists(meals, max_size=6).map(lambda many: a_day(*many))
profiles = st.builds(
    Profile,
    st.sampled_from(Sex),
    st.integers(18, 80),
    st.integers(140, 200).map(float),
    st.integers(450, 1400).map(lambda tenths: tenths / 10),
    st.sampled_from(Activity),
    st.sampled_from(Goal),
    st.integers(3, 6),
    restrictions=st.sampled_from(
        [(), (Restriction("low_carb", Strength.DIETA, ""),), (Restriction("cetogenica", Strength.DIETA, ""),)]
    ),
)
reviews = profiles.map(people.review).filter(lambda review: review.targets is not None)


# Numbers of a day


@few
@given(days, st.sampled_from(explain.EXPLAINED))
def test_contributions_sum_to_the_total_of_the_day(day: Day, nutrient: str) -> None:
    part = day_nutrient(day, nutrient, TABLE)
    summed = totals([p for m in day.meals for d in m.dishes for p in d.portions], TABLE)
    exact = sum(food.exact or 0.0 for meal in part.meals for food in meal.foods)
    assert exact == pytest.approx(summed.values[nutrient])
    assert {food.id for food in part.unknown} == set(summed.unknown.get(nutrient, ()))


@few
@given(days, st.sampled_from(explain.EXPLAINED))
def test_shown_parts_add_up_to_the_shown_total_and_stay_within_a_step(day: Day, nutrient: str) -> None:
    part = day_nutrient(day, nutrient, TABLE)
    assert sum(meal.units for meal in part.meals) == part.units
    for meal in part.meals:
        assert sum(food.units for food in meal.foods) == meal.units
        for food in meal.foods:
            assert abs(food.units * part.step - (food.exact or 0.0)) < part.step + 1e-6
            assert food.units == 0 or food.exact


@few
@given(days)
def test_the_energy_of_a_day_is_the_sum_of_its_meals_as_the_day_view_rounds_them(day: Day) -> None:
    rounded = [
        round(totals([p for d in meal.dishes for p in d.portions], TABLE).values["energy_kcal"])
        for meal in day.meals
    ]
    part = day_nutrient(day, "energy_kcal", TABLE)
    assert [meal.units for meal in part.meals] == rounded
    assert part.total == sum(rounded)


@few
@given(meals)
def test_a_meal_is_the_sum_of_its_dishes_and_each_dish_of_its_foods(meal: Meal) -> None:
    why = meal_why(meal, TABLE)
    assert sum(part.kcal for part in why.dishes) == why.kcal
    assert sum(part.protein_units for part in why.dishes) == why.protein_units
    for part in why.dishes:
        assert sum(energy.units for energy, _ in part.foods) == part.kcal
        assert sum(protein.units for _, protein in part.foods) == part.protein_units
        assert [energy.food.id for energy, _ in part.foods] == [p.food_id for p in part.dish.portions]


@given(st.lists(st.floats(0, 500), max_size=12))
def test_rounded_shares_add_up_and_nothing_stays_nothing(values: list[float]) -> None:
    units = round(sum(values))
    shares = explain.apportion(values, units)
    assert sum(shares) == units
    assert all(abs(share - value) < 1 + 1e-6 for share, value in zip(shares, values, strict=True))
    assert all(share == 0 for share, value in zip(shares, values, strict=True) if value == 0)


def test_a_food_of_two_dishes_stands_once_with_its_grams_together() -> None:
    (meal,) = day_nutrient(a_day(LUNCH), "fat_g", TABLE).meals
    oil = [food for food in meal.foods if food.food.id == "azeite-de-oliva"]
    assert [food.grams for food in oil] == [8]
    assert meal.foods[0] is oil[0]


def test_a_food_without_a_figure_is_unknown_and_never_zero() -> None:
    unknown = next(food for food in TABLE if food.per_100g["fiber_g"] is None)
    part = day_nutrient(a_day(Meal(Slot.CEIA, "Ceia", (planned("X", (unknown.id, 50)),))), "fiber_g", TABLE)
    assert part.unknown == (unknown,)
    assert part.meals[0].foods[0].exact is None


def test_a_withheld_meal_counts_nowhere() -> None:
    day = a_day(replace(LUNCH, withheld="gluten"))
    assert day_nutrient(day, "energy_kcal", TABLE).meals == ()


def test_what_gives_most_is_named_first_over_the_whole_day() -> None:
    twice = a_day(LUNCH, replace(LUNCH, slot=Slot.JANTAR))
    part = day_nutrient(twice, "protein_g", TABLE)
    foods = [food.id for food, _ in part.top(2)]
    assert foods == ["peito-de-frango-grelhado", "arroz-branco-cozido"]
    assert part.top(1)[0][1] == sum(f.units for m in part.meals for f in m.foods if f.food.id == foods[0])


# Targets


@few
@given(reviews)
def test_the_arithmetic_of_energy_adds_up_as_it_is_shown(review: people.Review) -> None:
    why = energy_why(review)
    assert review.targets is not None and why.target == review.targets.energy_kcal
    assert round(why.resting.result * why.factor) == why.spent
    assert why.spent + why.change == why.target
    assert why.low <= why.high


@few
@given(reviews)
def test_protein_fat_and_carbohydrate_share_all_of_the_energy(review: people.Review) -> None:
    assert review.targets is not None
    split, protein = split_why(review.targets), protein_why(review)
    assert split.protein_kcal + split.fat_kcal + split.carbohydrate_kcal == split.energy
    assert round(9 * split.fat_g) == split.fat_kcal
    assert split.carbohydrate_g == pytest.approx(review.targets.carbohydrate_g, abs=0.8)
    assert protein.grams == review.targets.protein_g == split.protein_g
    assert not protein.exact or round(protein.per_kg * protein.reference_kg) == protein.grams


def test_protein_by_the_table_is_exact_for_most_people() -> None:
    exact = [
        protein_why(people.review(replace(ANA, weight_kg=kg, goal=goal))).exact
        for kg in range(55, 90)
        for goal in (Goal.PERDER, Goal.MANTER)
    ]
    assert sum(exact) / len(exact) > 0.9


@pytest.mark.parametrize(
    ("formula", "sex", "activity", "figures"),
    [
        (resting_energy, Sex.F, Activity.LEVE, (-161, -5, 6.25, 10)),
        (resting_energy, Sex.M, Activity.LEVE, (5, -5, 6.25, 10)),
        (estimated_energy_requirement, Sex.M, Activity.MUITO_INTENSO, (-517.88, -10.83, 15.61, 19.11)),
        (estimated_energy_requirement, Sex.F, Activity.MODERADO, (575.77, -7.01, 6.60, 12.14)),
    ],
)
def test_equations_show_the_published_coefficients(
    formula: object, sex: Sex, activity: Activity, figures: tuple[float, ...]
) -> None:
    found = equation(formula, replace(ANA, sex=sex, activity=activity))  # type: ignore[arg-type]
    assert (found.constant, found.year, found.cm, found.kg) == figures


def test_a_deficit_that_is_refused_or_capped_says_so() -> None:
    thin = energy_why(people.review(replace(ANA, weight_kg=50)))
    assert thin.refused and thin.goal is Goal.MANTER
    heavy = energy_why(people.review(Profile(Sex.M, 25, 200, 190, Activity.MUITO_INTENSO, Goal.PERDER, 5)))
    assert heavy.capped and TargetNote.DEFICIT in heavy.notes
    assert not energy_why(people.review(ANA)).capped


def test_who_is_referred_has_nothing_to_explain() -> None:
    with pytest.raises(ValueError, match="no targets"):
        energy_why(people.review(replace(ANA, conditions=("doença renal",))))


def test_salt_is_two_and_a_half_times_its_sodium() -> None:
    assert salt_grams(2000) == 5


# Questions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/porque 1850 kcal", Question(1850, "kcal")),
        ("por que 1.850?", Question(1850)),
        ("Por quê 1,850 calorias?", Question(1850, "kcal")),
        ("porque 57,6 g de gordura", Question(57.6, "g", 1, "fat_g")),
        ("pq 400g de frutas e verduras", Question(400, "g", 0, "fruit_vegetable_g")),
        ("por que frango?", Question(words=("frango",))),
        ("por que tem frango no almoço de quarta?", Question(slot=Slot.ALMOCO, words=("frango",))),
        ("de onde vem o sal de hoje?", Question(nutrient="sodium_mg")),
        ("/porque minha proteína", Question(nutrient="protein_g", target=True)),
        ("por que gordura saturada", Question(nutrient="saturated_fat_g")),
        ("/porque o café da manhã", Question(slot=Slot.CAFE_DA_MANHA)),
        ("/porque", Question()),
        ("/porque@cardapio_bot", Question()),
    ],
)
def test_questions_are_read(text: str, expected: Question) -> None:
    assert read(text) == expected


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(text: str) -> None:
    read(text)
    read(f"por que {text}")
    asks_why(text)


@pytest.mark.parametrize(
    "text", ["por que 1850?", "Porque frango", "pq isso", "de onde vem a proteína", "explica 1850"]
)
def test_a_why_is_known_by_its_first_words(text: str) -> None:
    assert asks_why(text)


@pytest.mark.parametrize("text", ["oi", "quero frango porque sim", "1850", "troca o jantar"])
def test_other_words_are_not_a_why(text: str) -> None:
    assert not asks_why(text)


WEEK = guide_week(3)
KNOWN = Known(people.review(ANA), WEEK, WEDNESDAY, TABLE)


def ask(text: str, known: Known = KNOWN) -> Subject | None:
    return subject_of(read(text), known)


@pytest.mark.parametrize(
    "text", ["1850 kcal", "1.850", "minhas calorias", "2.240", "2330 kcal", "1444", "390 kcal", "388"]
)
def test_every_number_of_the_energy_answer_leads_to_it(text: str) -> None:
    expected = Subject("target", "energy_kcal") if text != "390 kcal" else None
    assert ask(text) == expected


def test_the_total_of_a_day_and_of_a_meal_are_found() -> None:
    day = WEEK.days[2]
    total = day_nutrient(day, "energy_kcal", TABLE)
    assert ask(f"{total.units} kcal") == Subject("day", "energy_kcal", WEDNESDAY)
    lunch = next(meal for meal in total.meals if meal.meal.slot is Slot.ALMOCO)
    assert ask(f"{lunch.units} kcal no almoço") == Subject("meal", day=WEDNESDAY, slot=Slot.ALMOCO)


def test_a_nutrient_is_its_target_unless_a_day_is_named() -> None:
    assert ask("proteína") == Subject("target", "protein_g")
    assert ask("proteína", replace(KNOWN, asked_day=WEDNESDAY)) == Subject("day", "protein_g", WEDNESDAY)
    assert ask("cálcio") == Subject("day", "calcium_mg", WEDNESDAY)
    assert ask("cálcio", replace(KNOWN, week=None)) is None


def test_a_dish_is_found_by_its_words_today_first() -> None:
    for place in (2, 5):
        today = WEEK.days[place]
        for meal in today.meals:
            found = ask(f"por que {meal.name}?", replace(KNOWN, today=today.date))
            assert found is not None and found.kind == "meal" and found.day == today.date


def test_a_food_is_found_with_a_typing_mistake_and_an_unknown_one_is_not() -> None:
    lunch = a_day(LUNCH)
    known = replace(KNOWN, week=replace(WEEK, days=(lunch,)))
    assert ask("frangoo", known) == Subject("meal", day=WEDNESDAY, slot=Slot.ALMOCO)
    assert ask("azeite no almoço", known) == Subject("meal", day=WEDNESDAY, slot=Slot.ALMOCO)
    assert ask("picanha", known) is None
    assert ask("5 refeições", known) is None


def test_what_was_withheld_is_not_found() -> None:
    known = replace(KNOWN, week=replace(WEEK, days=(a_day(replace(LUNCH, withheld="ave")),)))
    assert ask("frango", known) is None


@settings(max_examples=30, deadline=None)
@given(st.floats(0, 5000), st.sampled_from(["", "kcal", "g", "mg", "kg"]))
def test_any_number_has_an_answer_or_none(number: float, unit: str) -> None:
    found = ask(f"por que {number:.1f} {unit}".replace(".", ","))
    assert found is None or found.kind in ("target", "day", "meal")


def test_a_week_of_another_month_still_ranks_the_asked_day_first() -> None:
    assert replace(KNOWN, asked_day=date(2026, 11, 28)).days[0].date == date(2026, 11, 28)
    assert KNOWN.days[0].date == WEDNESDAY
