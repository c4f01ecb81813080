"""A day's portions: measures that a cook can serve, bars that hold, and never an infeasible answer."""

import math
import threading
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutrition.amounts import half_step_g, measure_for
from nutrition.bars import ENERGY, FIGURES, PLANTS, PROTEIN, SODIUM, Bars
from nutrition.food import Measure
from nutrition.menu import Dish, Ingredient, Role
from nutrition.person import Targets
from nutrition.plates import Plate, plate_of
from nutrition.portions import Serving, fit_day, judge_day, scale_for
from nutrition.portions_lp import DayProgram, PortionsError, solve
from tests.menus.kitchen import DISHES, FOODS

BY_NAME = {dish.name: dish for dish in DISHES}
DAY = (
    ("Pão com ovo e mamão", 0),
    ("Frango com abóbora", 1),
    ("Arroz branco", 1),
    ("Feijão carioca", 1),
    ("Salada de alface e tomate", 1),
    ("Laranja", 1),
    ("Iogurte com aveia", 2),
    ("Tilápia com tomate", 3),
    ("Batata cozida", 3),
    ("Salada de cenoura e beterraba", 3),
    ("Banana", 3),
)
SHARES = (0.25, 0.35, 0.15, 0.25)


def targets(energy_kcal: float = 2000.0, protein_g: float = 110.0) -> Targets:
    """Usual bars for a day of this energy and protein."""
    return Targets(
        energy_kcal=energy_kcal,
        protein_g=protein_g,
        fat_g=energy_kcal * 0.28 / 9,
        carbohydrate_g=energy_kcal * 0.5 / 4,
        fiber_g=25.0 if energy_kcal >= 1800 else 14 * energy_kcal / 1000,
        sodium_mg=2300.0 if energy_kcal > 2800 else 2000.0,
        fat_min_g=energy_kcal * 0.20 / 9,
        fat_max_g=energy_kcal * 0.35 / 9,
        fiber_max_g=60.0,
        saturated_fat_max_g=energy_kcal * 0.10 / 9,
        added_sugar_max_g=energy_kcal * 0.05 / 4,
        fruit_vegetable_min_g=400.0,
    )


def plate(dish: Dish) -> Plate:
    return plate_of(dish.ingredients, FOODS, side=dish.role is not Role.PRINCIPAL)


def day(energy_kcal: float) -> list[Serving]:
    """The usual day, each dish scaled to its meal."""
    plates = [(plate(BY_NAME[name]), meal) for name, meal in DAY]
    kcal = [sum(float(p.figures(p.own)[ENERGY]) for p, m in plates if m == meal) for meal in range(4)]
    return [Serving(p, m, scale_for(energy_kcal * SHARES[m], kcal[m])) for p, m in plates]


def meals(energy_kcal: float) -> list[float]:
    return [share * energy_kcal for share in SHARES]


@pytest.mark.parametrize("energy_kcal", [1600.0, 1900.0, 2200.0])
def test_an_ordinary_day_meets_every_bar(energy_kcal: float) -> None:
    fit = fit_day(day(energy_kcal), meals(energy_kcal), Bars.of(targets(energy_kcal, energy_kcal * 0.2 / 4)))
    assert fit.misses == ()
    assert fit.figures[ENERGY] == pytest.approx(energy_kcal, rel=0.003)
    assert fit.figures[PLANTS] >= 400


@settings(max_examples=40, deadline=None)
@given(energy=st.floats(1200, 3500), protein_share=st.floats(0.1, 0.35))
def test_amounts_are_half_measures_within_the_bounds_of_each_dish(
    energy: float, protein_share: float
) -> None:
    servings = day(energy)
    fit = fit_day(servings, meals(energy), Bars.of(targets(energy, energy * protein_share / 4)))
    for serving, steps in zip(servings, fit.steps, strict=True):
        assert (steps >= serving.plate.low).all()
        assert (steps <= serving.plate.high).all()
        for grams, measure in zip(serving.plate.grams(steps), serving.plate.measures, strict=True):
            halves = grams / half_step_g(measure)
            assert math.isclose(halves, round(halves), abs_tol=0.01)


@settings(max_examples=40, deadline=None)
@given(energy=st.floats(1200, 3500), protein_share=st.floats(0.1, 0.35))
def test_figures_are_those_of_the_rounded_grams(energy: float, protein_share: float) -> None:
    servings = day(energy)
    fit = fit_day(servings, meals(energy), Bars.of(targets(energy, energy * protein_share / 4)))
    protein = 0.0
    for serving, steps in zip(servings, fit.steps, strict=True):
        for food_id, grams in zip(serving.plate.food_ids, serving.plate.grams(steps), strict=True):
            protein += (FOODS[food_id].per_100g["protein_g"] or 0.0) * grams / 100
    assert fit.figures[PROTEIN] == pytest.approx(protein, abs=0.05)


def test_what_cannot_be_met_is_named_and_the_rest_still_fits() -> None:
    tight = Bars.of(targets(2000, 260))
    fit = fit_day(day(2000), meals(2000), tight)
    assert "protein_g" in fit.misses
    assert fit.figures[ENERGY] == pytest.approx(2000, rel=0.03)


def test_an_extra_is_used_only_when_the_dishes_alone_fall_short() -> None:
    extra = plate_of(BY_NAME["Claras mexidas"].ingredients, FOODS, side=True, optional=True)
    enough, short = Bars.of(targets(2000, 105)), Bars.of(replace(targets(2000, 200), sodium_mg=3000.0))
    servings = [*day(2000), Serving(extra, 2, 0.0)]
    assert fit_day(servings, meals(2000), enough).steps[-1].sum() == 0
    assert fit_day(servings, meals(2000), short).steps[-1].sum() > 0


def test_salt_may_shrink_to_half_and_hardly_grow() -> None:
    salted = plate(BY_NAME["Frango grelhado"])
    salt = salted.food_ids.index("sal")
    assert salted.low[salt] * salted.step_g[salt] == pytest.approx(0.5)
    assert salted.high[salt] * salted.step_g[salt] <= 1.3


def test_salty_dishes_give_up_salt_to_hold_the_sodium() -> None:
    servings = day(2000)
    full = sum(float(s.plate.figures(s.plate.own)[SODIUM]) for s in servings)
    fit = fit_day(servings, meals(2000), Bars.of(targets(2000)))
    assert fit.figures[SODIUM] <= 2000 < full + 200


def test_a_recipe_outside_the_sensible_range_of_a_food_is_still_served_as_it_is() -> None:
    plain = plate_of([Ingredient("azeite", 0.2), Ingredient("mamao", 400)], FOODS)
    assert (plain.low >= 1).all()
    assert (plain.low <= plain.high).all()


def test_judging_changes_nothing() -> None:
    servings = day(1900)
    bars = Bars.of(targets(1900))
    fit = fit_day(servings, meals(1900), bars)
    judged = judge_day([(s.plate, steps) for s, steps in zip(servings, fit.steps, strict=True)], bars)
    assert judged.misses == fit.misses
    assert np.allclose(judged.figures, fit.figures)


def test_figures_that_are_not_numbers_are_refused_before_the_solver_calls_them_optimal() -> None:
    program = DayProgram(
        start=np.array([2.0]),
        low=np.array([1.0]),
        high=np.array([4.0]),
        per_step=np.full((1, len(FIGURES)), np.nan),
        meal=np.array([0]),
        meal_kcal=np.array([500.0]),
    )
    with pytest.raises(PortionsError, match="finite"):
        solve(program, Bars.of(targets()))


def test_two_threads_get_the_same_portions_as_one() -> None:
    bars = Bars.of(targets(2100))
    alone = fit_day(day(2100), meals(2100), bars).figures
    results: list[np.ndarray] = []

    def work() -> None:
        results.extend(fit_day(day(2100), meals(2100), bars).figures for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 10
    assert all(np.array_equal(found, alone) for found in results)


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    thread = threading.Thread(target=fit_day, args=(day(1800), meals(1800), Bars.of(targets(1800))))
    thread.start()  # a new thread makes a new solver
    thread.join()
    assert capfd.readouterr().out == ""


def test_eggs_and_bread_are_counted_in_units_and_rice_in_spoons() -> None:
    assert measure_for(FOODS["ovo_cozido"], 90).name == "unidade"
    assert measure_for(FOODS["pao_frances"], 50).name == "unidade"
    assert measure_for(FOODS["arroz_branco"], 100).name == "colher de sopa"


def test_a_food_without_measures_is_refused() -> None:
    with pytest.raises(ValueError, match="no household measure"):
        measure_for(replace(FOODS["mel"], measures=()), 50)


def test_the_measure_of_a_large_amount_is_large() -> None:
    milk = replace(
        FOODS["leite"],
        measures=(Measure("colher de sopa", "colheres de sopa", 15), Measure("copo", "copos", 200, False)),
    )
    assert measure_for(milk, 300).name == "copo"
    assert measure_for(milk, 20).name == "colher de sopa"
