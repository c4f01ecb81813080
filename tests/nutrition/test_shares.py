"""The meals of a day and their parts of its energy."""

import pytest

from nutrition.menu import Slot
from nutrition.shares import shares, slots


@pytest.mark.parametrize("meals", [3, 4, 5, 6])
def test_the_parts_of_a_day_make_the_whole_day_in_eating_order(meals: int) -> None:
    day = shares(meals)
    assert len(day) == meals
    assert sum(part for _, part in day) == pytest.approx(1)
    assert list(slots(meals)) == [slot for slot in Slot if slot in slots(meals)]
    assert {Slot.CAFE_DA_MANHA, Slot.ALMOCO, Slot.JANTAR} <= set(slots(meals))


@pytest.mark.parametrize("meals", [0, 2, 7])
def test_another_number_of_meals_is_refused(meals: int) -> None:
    with pytest.raises(ValueError, match="3 to 6"):
        shares(meals)
