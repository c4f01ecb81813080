"""Changes of a week: what was asked is done, restrictions and targets of each day hold, and the rest stays as it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random
from statistics import mean

import pytest

from menus.changes.days import keep_in
from menus.changes.foods import Named, has_meat
from menus.changes.laying import Outcome
from menus.changes.offers import offer
from menus.changes.orders import Kind, Order, Way, key_of
from menus.changes.situation import CannotChange, Situation, main_of, replaced, swapper_for
from menus.changes.undo import stored_day
from menus.changes.work import perform
from menus.recheck import AWAY, violations, withhold
from menus.shopping import difference, shopping_list
from nutrition.menu import Day, Meal, Slot, Week
from nutrition.totals import totals
from tests.menus import fixtures
from tests.menus.menu_changes import TABLE, foods, made, misses, situation

WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (date(2026, 11, day) for day in (25, 26, 27, 28))


def day(week: Week, wanted: date) -> Day:
    return next(each for each in week.days if each.date == wanted)


def meal(week: Week, wanted: date, slot: Slot) -> Meal:
    return next(each for each in day(week, wanted).meals if each.slot is slot)


def kcal(one: Meal) -> float:
    return totals([p for dish in one.dishes for p in dish.portions], TABLE).values["energy_kcal"]


def protein(one: Meal) -> float:
    return totals([p for dish in one.dishes for p in dish.portions], TABLE).values["protein_g"]


def refused(order: Order, now: Situation) -> str:
    with pytest.raises(CannotChange) as caught:
        perform(order, now)
    return caught.value.code


@pytest.mark.parametrize("slot", [Slot.CAFE_DA_MANHA, Slot.LANCHE_DA_TARDE, Slot.ALMOCO, Slot.JANTAR])
def test_a_meal_has_three_alternatives_of_about_its_energy(slot: Slot) -> None:
    now = situation()
    options = offer(Order(kind=Kind.OFFER, date=WEDNESDAY, slot=slot), now)
    assert len({option.key for option in options}) == 3
    before = kcal(meal(now.week, WEDNESDAY, slot))
    assert all(abs(option.kcal / before - 1) <= 0.2 for option in options)


def test_a_dish_that_stands_in_amounts_of_its_own_is_no_alternative_to_itself() -> None:
    now = situation()
    order = Order(kind=Kind.OFFER, date=WEDNESDAY, slot=Slot.JANTAR)
    first = offer(order, now)[0]
    swapped = perform(Order(kind=Kind.SWAP, date=WEDNESDAY, slot=Slot.JANTAR, key=first.key), now).week
    dinner = meal(swapped, WEDNESDAY, Slot.JANTAR)
    odd = [replace(portion, grams=portion.grams * 0.37) for portion in dinner.dishes[0].portions]
    dinner = replace(dinner, dishes=(replace(dinner.dishes[0], portions=tuple(odd)), *dinner.dishes[1:]))
    now = replace(now, week=swapped).put(replaced(day(swapped, WEDNESDAY), dinner))
    index, place = now.place(order)
    swapper = swapper_for(now, index, place)
    assert swapper.alternatives(place, suits=lambda found: key_of(found.dish) == first.key) == []
    assert swapper.alternatives(place)


@pytest.mark.parametrize("slot", [Slot.ALMOCO, Slot.JANTAR])
def test_the_chosen_alternative_is_what_comes_with_the_figures_that_were_told(slot: Slot) -> None:
    now = situation()
    for option in offer(Order(kind=Kind.OFFER, date=WEDNESDAY, slot=slot), now):
        done = perform(Order(kind=Kind.SWAP, date=WEDNESDAY, slot=slot, key=option.key), now)
        after = meal(done.week, WEDNESDAY, slot)
        assert after.dishes[0].name == option.name
        assert (kcal(after), protein(after)) == pytest.approx((option.kcal, option.protein_g))
        assert misses(day(done.week, WEDNESDAY), now) == set()


def test_a_swap_leaves_other_days_and_other_dishes_alone() -> None:
    now = situation()
    done = perform(Order(kind=Kind.SWAP, date=WEDNESDAY, slot=Slot.JANTAR, foods=("peixe",)), now)
    assert [d for d in done.week.days if d.date != WEDNESDAY] == [
        d for d in now.week.days if d.date != WEDNESDAY
    ]
    others = [m for m in day(done.week, WEDNESDAY).meals if m.slot is not Slot.JANTAR]
    before = [m for m in day(now.week, WEDNESDAY).meals if m.slot is not Slot.JANTAR]
    assert [[d.name for d in m.dishes] for m in others] == [[d.name for d in m.dishes] for m in before]
    fish = Named("peixe", TABLE).food_ids
    assert fish & foods([Day(WEDNESDAY, (meal(done.week, WEDNESDAY, Slot.JANTAR),))])


def test_quicker_and_cheaper_alternatives_are_quicker_and_cheaper() -> None:
    now = situation()
    lunch = meal(now.week, WEDNESDAY, Slot.ALMOCO)
    main = main_of(lunch, now)
    assert main is not None
    quick = offer(Order(kind=Kind.OFFER, date=WEDNESDAY, slot=Slot.ALMOCO, way=Way.FASTER), now)
    assert all(option.minutes < main.minutes for option in quick)
    cheap = offer(Order(kind=Kind.OFFER, date=WEDNESDAY, slot=Slot.ALMOCO, way=Way.CHEAPER), now)
    by_key = {key_of(dish): now.prepare(dish).price for dish in now.dishes}
    assert all(by_key[option.key] < now.prepare(main).price for option in cheap)


def test_what_is_at_home_is_in_every_alternative_and_the_most_of_it_comes_first() -> None:
    now = situation()
    asked = ("abobrinha", "ovo")
    options = offer(
        Order(kind=Kind.OFFER, date=WEDNESDAY, slot=Slot.JANTAR, foods=asked, way=Way.PANTRY), now
    )
    named = [Named(said, TABLE) for said in asked]
    used = [sum(each.is_in(option.name, option.foods) for each in named) for option in options]
    assert all(used) and len(options) == 3


@pytest.mark.parametrize("said", ["frango", "tomate", "ovo", "arroz"])
def test_what_is_had_enough_of_leaves_the_days_to_come_and_only_those(said: str) -> None:
    now = situation()
    done = perform(Order(kind=Kind.LESS, foods=(said,)), now)
    ids = Named(said, TABLE).food_ids
    coming = [d for d in done.week.days if d.date >= now.today]
    left = sum(
        bool(ids & {p.food_id for dish in m.dishes for p in dish.portions}) for d in coming for m in d.meals
    )
    assert left == done.failed
    assert done.week.days[:2] == now.week.days[:2]
    assert all(misses(d, now) == set() for d in coming)


def test_a_day_without_meat_has_neither_meat_nor_fish() -> None:
    now = situation()
    done = perform(Order(kind=Kind.NO_MEAT, date=THURSDAY), now)
    assert not has_meat(TABLE)("", foods([day(done.week, THURSDAY)]))
    assert misses(day(done.week, THURSDAY), now) == set()
    again = situation(week=done.week)
    assert refused(Order(kind=Kind.NO_MEAT, date=THURSDAY), again) == "none_has_it"


def test_a_meal_eaten_out_leaves_the_list_and_nothing_else() -> None:
    now = situation()
    done = perform(Order(kind=Kind.AWAY, date=THURSDAY, slot=Slot.ALMOCO), now)
    lunch = meal(now.week, THURSDAY, Slot.ALMOCO)
    assert meal(done.week, THURSDAY, Slot.ALMOCO).withheld == AWAY
    changed = difference(shopping_list(now.week.days, TABLE), shopping_list(done.week.days, TABLE))
    alone = shopping_list([Day(THURSDAY, (lunch,))], TABLE)
    assert changed.enters == () and {c.item.id for c in changed.leaves} == {
        line.item.id for line in alone.lines if line.grams >= 1.0
    }
    stored = situation(week=Week(now.week.start, tuple(map(stored_day, done.week.days)), now.week.writer))
    assert meal(stored.week, THURSDAY, Slot.ALMOCO).withheld == AWAY
    assert refused(Order(kind=Kind.AWAY, date=THURSDAY, slot=Slot.ALMOCO), stored) == "same"
    back = perform(Order(kind=Kind.SWAP, date=THURSDAY, slot=Slot.ALMOCO), stored)
    assert meal(back.week, THURSDAY, Slot.ALMOCO).withheld is None


def test_a_copied_day_has_the_dishes_of_its_source() -> None:
    now = situation()
    done = perform(Order(kind=Kind.COPY_DAY, source=date(2026, 11, 23), date=SATURDAY), now)
    names = [[dish.name for dish in m.dishes] for m in day(done.week, SATURDAY).meals]
    assert names == [[dish.name for dish in m.dishes] for m in now.week.days[0].meals]
    assert misses(day(done.week, SATURDAY), now) == set()


def test_a_copied_meal_stands_in_the_same_place() -> None:
    now = situation()
    done = perform(Order(kind=Kind.COPY_MEAL, source=WEDNESDAY, date=SATURDAY, slot=Slot.ALMOCO), now)
    copied, source = (meal(done.week, at, Slot.ALMOCO) for at in (SATURDAY, WEDNESDAY))
    assert [dish.name for dish in copied.dishes] == [dish.name for dish in source.dishes]


def test_another_day_has_other_main_dishes() -> None:
    now = situation()
    done = perform(Order(kind=Kind.SWAP_DAY, date=FRIDAY), now)
    for slot in (Slot.CAFE_DA_MANHA, Slot.ALMOCO, Slot.JANTAR):
        before, after = (meal(w, FRIDAY, slot).dishes[0].name for w in (now.week, done.week))
        assert before != after


def test_cheaper_meals_cost_less_on_the_whole() -> None:
    now = situation()
    done = perform(Order(kind=Kind.CHEAPER), now)

    def price(week: Week) -> float:
        mains = [main_of(m, now) for d in week.days for m in d.meals if m.slot in (Slot.ALMOCO, Slot.JANTAR)]
        return mean(now.prepare(main).price for main in mains if main is not None)

    assert price(done.week) < price(now.week)


def test_a_meal_that_is_left_out_gives_its_energy_to_the_others() -> None:
    now = situation()
    done = perform(Order(kind=Kind.SLOT_OFF, slot=Slot.LANCHE_DA_TARDE), now)
    for each in done.week.days:
        has = any(m.slot is Slot.LANCHE_DA_TARDE for m in each.meals)
        assert has == (each.date < now.today)
        assert misses(each, now) == set()
    assert refused(Order(kind=Kind.SLOT_OFF, slot=Slot.ALMOCO), now) == "main_meal"


def test_meals_that_a_new_restriction_took_out_get_dishes_again() -> None:
    held = situation("gluten", week=made())
    out = [(d.date, m.slot) for d in held.week.days for m in d.meals if m.withheld and d.date >= held.today]
    assert out
    done = perform(Order(kind=Kind.REFILL), held)
    assert done.failed == 0
    coming = [d for d in done.week.days if d.date >= held.today]
    again = withhold(Week(held.week.start, tuple(map(stored_day, coming)), held.week.writer), held.rules)
    assert not any(m.withheld for d in again.days for m in d.meals)


def test_kept_meals_stand_in_the_next_week_on_their_weekday() -> None:
    now = situation()
    lunch = meal(now.week, WEDNESDAY, Slot.ALMOCO)
    new = made(seed=9)
    week, left = keep_in(new, [(date(2026, 11, 18), lunch)], situation(seed=9))
    assert left == 0
    assert [d.name for d in meal(week, WEDNESDAY, Slot.ALMOCO).dishes] == [d.name for d in lunch.dishes]
    assert misses(day(week, WEDNESDAY), now) == set()


def test_a_kept_meal_that_a_restriction_forbids_now_is_left_out() -> None:
    now = situation("vegano", seed=9)
    meaty = next(
        m
        for d in made().days
        for m in d.meals
        if has_meat(TABLE)("", [p.food_id for x in m.dishes for p in x.portions])
    )
    week, left = keep_in(now.week, [(WEDNESDAY, meaty)], now)
    assert (week, left) == (now.week, 1)


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (Order(kind=Kind.SWAP, date=date(2027, 1, 1), slot=Slot.JANTAR), "no_day"),
        (Order(kind=Kind.SWAP, date=WEDNESDAY, slot=Slot.CEIA), "no_meal"),
        (Order(kind=Kind.SWAP, date=WEDNESDAY, slot=Slot.JANTAR, foods=("unicórnio",)), "no_food"),
        (Order(kind=Kind.SWAP, date=WEDNESDAY, slot=Slot.JANTAR, key="00000000"), "no_options"),
        (Order(kind=Kind.LESS, foods=("unicórnio",)), "no_food"),
        (Order(kind=Kind.COPY_DAY, source=WEDNESDAY, date=WEDNESDAY), "same"),
        (Order(kind=Kind.REFILL), "same"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_changes(order: Order, code: str) -> None:
    assert refused(order, situation()) == code


def test_a_food_that_the_person_excludes_cannot_be_asked_for() -> None:
    order = Order(kind=Kind.SWAP, date=WEDNESDAY, slot=Slot.JANTAR, foods=("peixe",))
    assert refused(order, situation("peixes")) in ("no_food", "no_options")


SAID = ("frango", "peixe", "ovo", "tomate", "arroz", "feijão", "couve", "banana", "iogurte", "macarrão")
ORDERS: tuple[Callable[[Random, date], Order], ...] = (
    lambda r, d: Order(kind=Kind.SWAP, date=d, slot=r.choice(list(Slot)[:5])),
    lambda r, d: Order(
        kind=Kind.SWAP, date=d, slot=r.choice([Slot.ALMOCO, Slot.JANTAR]), foods=(r.choice(SAID),)
    ),
    lambda r, d: Order(kind=Kind.SWAP_DAY, date=d),
    lambda r, d: Order(kind=Kind.LESS, foods=(r.choice(SAID),)),
    lambda r, d: Order(kind=Kind.WITHOUT, date=d, foods=(r.choice(SAID),)),
    lambda r, d: Order(kind=Kind.NO_MEAT, date=d),
    lambda r, d: Order(kind=Kind.AWAY, date=d, slot=r.choice(list(Slot)[:5])),
    lambda r, d: Order(kind=Kind.COPY_DAY, date=d, source=date(2026, 11, r.randrange(23, 30))),
    lambda r, d: Order(kind=Kind.COPY_MEAL, date=d, source=WEDNESDAY, slot=r.choice(list(Slot)[:5])),
    lambda r, d: Order(kind=Kind.CHEAPER),
)


def holds(outcome: Outcome, now: Situation, allowed: dict[date, set[str]]) -> None:
    """Restrictions and targets hold, and the list is that of what is eaten from the menu."""
    assert list(violations(eaten(outcome.week), now.rules)) == []
    for each in outcome.week.days:
        assert misses(each, now) <= allowed[each.date]
    listed = shopping_list(outcome.week.days, TABLE)
    bought = {f for line in (*listed.lines, *listed.basics) for f in line.foods}
    eaten_foods = {
        p.food_id
        for d in outcome.week.days
        for m in d.meals
        if m.withheld is None
        for dish in m.dishes
        for p in dish.portions
        if p.grams > 0
    }
    assert bought == eaten_foods


def eaten(week: Week) -> Week:
    days = tuple(Day(d.date, tuple(m for m in d.meals if m.withheld is None and m.dishes)) for d in week.days)
    return Week(week.start, days, week.writer)


def run(codes: tuple[str, ...], seed: int, steps: int) -> int:
    """Random swaps, edits and undos; returns how many changed something."""
    random, now = Random(seed), situation(*codes, seed=seed)
    allowed = {each.date: misses(each, now) for each in now.week.days}
    past: list[Week] = []
    done = 0
    for _ in range(steps):
        if past and random.random() < 0.25:
            now = situation(*codes, seed=seed, week=past.pop())
            continue
        order = random.choice(ORDERS)(random, date(2026, 11, random.randrange(25, 30)))
        try:
            outcome = perform(order, now)
        except CannotChange:
            continue
        holds(outcome, now, allowed)
        past.append(Week(now.week.start, tuple(map(stored_day, now.week.days)), now.week.writer))
        now = situation(
            *codes,
            seed=seed,
            week=Week(now.week.start, tuple(map(stored_day, outcome.week.days)), now.week.writer),
        )
        done += 1
    return done


@pytest.mark.parametrize(("codes", "seed"), [((), 1), (("gluten", "leite"), 2), (("vegano",), 3)])
def test_after_random_changes_and_undos_restrictions_targets_and_the_list_hold(
    codes: tuple[str, ...], seed: int
) -> None:
    assert run(codes, seed, 34) > 10


@pytest.mark.slow
@pytest.mark.parametrize(
    ("codes", "seed"), [((), 11), (("gluten", "leite"), 12), (("vegano",), 13), (("lactose", "porco"), 14)]
)
def test_after_a_thousand_random_changes_restrictions_targets_and_the_list_hold(
    codes: tuple[str, ...], seed: int
) -> None:
    assert run(codes, seed, 250) > 80


fixtures.dishes()
