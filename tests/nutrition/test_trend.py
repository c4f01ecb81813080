"""The trend of a weight: a line that noise does not move, a pace with its error, and words that promise no more than that."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrition.trend import Measure, Pace, Trend, limit, pace, smoothed, trend

START = date(2026, 9, 1)
KILOS = st.floats(30, 300, allow_nan=False)


def series(*kgs: float, every: int = 1) -> list[Measure]:
    return [Measure(START + timedelta(days=every * n), kg) for n, kg in enumerate(kgs)]


def falling(per_week: float, days: int = 28, start: float = 80.0) -> list[Measure]:
    return series(*(start + per_week * day / 7 for day in range(days)))


DIARIES = st.dictionaries(st.integers(0, 400), KILOS, min_size=1, max_size=40).map(
    lambda found: [Measure(START + timedelta(days=day), kg) for day, kg in found.items()]
)


@given(DIARIES)
def test_the_line_has_a_point_a_day_and_stays_among_the_figures_so_far(diary: list[Measure]) -> None:
    line = smoothed(diary)
    assert [each.day for each in line] == sorted(each.day for each in diary)
    for point in line:
        so_far = [each.kg for each in diary if each.day <= point.day]
        assert min(so_far) - 1e-9 <= point.kg <= max(so_far) + 1e-9


@given(DIARIES, st.randoms(use_true_random=False))
def test_the_order_in_which_figures_come_does_not_matter(diary: list[Measure], draw: random.Random) -> None:
    shuffled = list(diary)
    draw.shuffle(shuffled)
    assert smoothed(shuffled) == smoothed(diary)


@given(DIARIES, st.floats(-20, 20))
def test_a_scale_that_is_off_moves_the_line_and_not_the_pace(diary: list[Measure], off: float) -> None:
    moved = [Measure(each.day, each.kg + off) for each in diary]
    for one, other in zip(smoothed(diary), smoothed(moved), strict=True):
        assert other.kg == pytest.approx(one.kg + off)
    today = max(each.day for each in diary)
    here, there = trend(diary, today), trend(moved, today)
    assert (here is None) == (there is None)
    if here and there:
        assert there.per_week == pytest.approx(here.per_week, abs=1e-6)


def test_after_a_long_gap_the_line_forgets_what_was() -> None:
    line = smoothed([Measure(START, 90.0), Measure(START + timedelta(days=60), 80.0)])
    assert line[-1].kg == pytest.approx(80.0, abs=0.01)


def test_one_odd_day_hardly_moves_the_line() -> None:
    usual = series(*[80.0] * 20)
    odd = [*usual, Measure(START + timedelta(days=20), 82.0)]
    assert smoothed(odd)[-1].kg < 80.35


@pytest.mark.parametrize("per_week", [-1.2, -0.4, 0.0, 0.3])
def test_the_pace_of_a_straight_line_is_its_own(per_week: float) -> None:
    found = trend(falling(per_week), START + timedelta(days=27))
    assert found is not None
    assert found.per_week == pytest.approx(per_week)
    assert found.weeks == 4


def test_the_error_covers_the_true_pace_two_times_out_of_three() -> None:
    draw, inside = random.Random(7), 0
    for _ in range(300):
        diary = [Measure(each.day, each.kg + draw.gauss(0, 0.6)) for each in falling(-0.4, 21)]
        found = trend(diary, START + timedelta(days=20))
        assert found is not None
        inside += abs(found.per_week + 0.4) <= found.error
    assert 0.58 < inside / 300 < 0.78


def test_nothing_is_told_before_two_weeks_or_from_too_few_days_or_after_a_long_silence() -> None:
    assert trend(falling(-0.4, 13), START + timedelta(days=12)) is None
    assert trend(falling(-0.4, 14), START + timedelta(days=13)) is not None
    assert trend(series(80, 79.5, 79, 78.5, every=7), START + timedelta(days=21)) is None
    assert trend(falling(-0.4), START + timedelta(days=27 + 15)) is None
    assert trend([], START) is None


def test_only_the_last_four_weeks_count_and_not_what_was_before_a_change() -> None:
    diary = [*falling(-2.0, 28, 90.0), *(Measure(START + timedelta(days=28 + n), 82.0) for n in range(28))]
    today = START + timedelta(days=55)
    found = trend(diary, today)
    assert found is not None and found.per_week == pytest.approx(0.0, abs=0.01)
    assert trend(diary, today, since=today - timedelta(days=10)) is None


@pytest.mark.parametrize(
    ("per_week", "said"),
    [
        (-0.9, Pace.FALLS_FAST),
        (-0.6, Pace.FALLS),
        (-0.3, Pace.FALLS_SLOWLY),
        (-0.05, Pace.STEADY),
        (0.08, Pace.STEADY),
        (0.2, Pace.RISES_SLOWLY),
        (0.6, Pace.RISES),
    ],
)
def test_a_pace_in_words(per_week: float, said: Pace) -> None:
    assert pace(Trend(80.0, per_week, 0.05, START, START + timedelta(days=20))) is said


def test_what_its_own_error_explains_is_called_steady_but_a_fast_loss_is_always_told() -> None:
    assert pace(Trend(80.0, -0.25, 0.3, START, START)) is Pace.STEADY
    assert pace(Trend(80.0, -1.1, 2.0, START, START)) is Pace.FALLS_FAST


@given(KILOS)
def test_the_limit_is_one_per_cent_and_never_over_a_kilogram(kg: float) -> None:
    assert limit(kg) == pytest.approx(min(kg / 100, 1.0))
