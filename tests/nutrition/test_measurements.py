"""Heights, weights, ages and hours as people write them; what is doubtful is offered, never taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrition.measurements import Parsed, parse_age, parse_height, parse_hour, parse_weight


@pytest.mark.parametrize(
    ("text", "cm"),
    [
        ("1,80", 180),
        ("1.80", 180),
        ("180", 180),
        ("1m80", 180),
        ("1 m 72", 172),
        ("1,8", 180),
        ("1,6 m", 160),
        ("168 cm", 168),
        ("1 metro e 68", 168),
        ("um metro e setenta", 170),
        ("um e sessenta e oito", 168),
        ("dois metros", 200),
        ("tenho 1,68 de altura", 168),
        ("meço 1.68m", 168),
        ("1,685", 168.5),
    ],
)
def test_a_height_is_read(text: str, cm: float) -> None:
    assert parse_height(text) == Parsed(float(cm))


@pytest.mark.parametrize(
    ("text", "problem", "suggestions"),
    [
        ("16,8", "unclear", ()),
        ("68", "range", (168.0,)),
        ("1680", "range", (168.0,)),
        ("250", "range", ()),
        ("5'7", "unclear", (170.0,)),
        ("-170", "unclear", ()),
        ("alto", "unclear", ()),
        ("entre 1,70 e 1,72", "unclear", ()),
        ("", "empty", ()),
    ],
)
def test_a_doubtful_height_is_not_taken(text: str, problem: str, suggestions: tuple[float, ...]) -> None:
    assert parse_height(text) == Parsed(None, problem, suggestions)


@pytest.mark.parametrize(
    ("text", "kg"),
    [
        ("72,5 kg", 72.5),
        ("72.5", 72.5),
        ("72kg", 72),
        ("uns 72 quilos", 72),
        ("72,500", 72.5),
        ("72 e meio", 72.5),
        ("setenta e dois e meio", 72.5),
        ("oitenta e um quilos e meio", 81.5),
        ("72 quilos e 300 gramas", 72.3),
        ("cem quilos", 100),
        ("cento e vinte", 120),
    ],
)
def test_a_weight_is_read(text: str, kg: float) -> None:
    assert parse_weight(text) == Parsed(kg)


@pytest.mark.parametrize(
    ("text", "problem", "suggestions"),
    [
        ("725", "range", (72.5,)),
        ("7,25", "range", (72.5,)),
        ("72500", "range", (72.5,)),
        ("12", "range", (120,)),
        ("72-73", "ambiguous", (72.0, 73.0)),
        ("160 lb", "unclear", (72.6,)),
        ("não sei", "unclear", ()),
        ("cento e poucos", "unclear", ()),
        ("oitenta e tantos quilos", "unclear", ()),
        ("   ", "empty", ()),
    ],
)
def test_a_doubtful_weight_is_offered_not_taken(
    text: str, problem: str, suggestions: tuple[float, ...]
) -> None:
    assert parse_weight(text) == Parsed(None, problem, suggestions)


@pytest.mark.parametrize(
    ("text", "age"), [("34", 34), ("34 anos", 34), ("trinta e quatro", 34), ("tenho 34 anos e meio", 34)]
)
def test_an_age_is_read(text: str, age: int) -> None:
    assert parse_age(text) == Parsed(age)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("16", "minor"), ("dezesseis", "minor"), ("0", "range"), ("340", "range"), ("3/5/1990", "unclear")],
)
def test_an_age_out_of_range_is_told_apart_from_a_minor(text: str, problem: str) -> None:
    assert parse_age(text) == Parsed(problem=problem)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("7h", "07:00"),
        ("07:30", "07:30"),
        ("7:30", "07:30"),
        ("7h30", "07:30"),
        ("7h15min", "07:15"),
        ("7.30", "07:30"),
        ("07", "07:00"),
        ("8 horas", "08:00"),
        ("às 7 horas e 15 minutos", "07:15"),
        ("7 da manhã", "07:00"),
        ("seis da matina", "06:00"),
        ("meio-dia", "12:00"),
        ("meio-dia e meia", "12:30"),
        ("meio dia e quinze", "12:15"),
        ("meia-noite", "00:00"),
        ("meia noite e meia", "00:30"),
        ("12 e meia", "12:30"),
        ("12 da noite", "00:00"),
        ("sete e meia da noite", "19:30"),
        ("7 da noite", "19:00"),
        ("7h da noite", "19:00"),
        ("3 da tarde", "15:00"),
        ("3 da madrugada", "03:00"),
        ("7pm", "19:00"),
        ("7 a.m.", "07:00"),
        ("10 pras 8 da noite", "19:50"),
        ("quinze para meio-dia", "11:45"),
        ("vinte e uma e quinze", "21:15"),
        ("19:30h", "19:30"),
        ("0h", "00:00"),
        ("24h", "00:00"),
        ("me lembra 7 e meia da noite", "19:30"),
        ("muda pra 6h", "06:00"),
        ("amanhã às 8h", "08:00"),
        ("todo dia às 20h", "20:00"),
    ],
)
def test_an_hour_is_read(text: str, hour: str) -> None:
    assert parse_hour(text) == Parsed(hour)


@pytest.mark.parametrize(
    ("text", "problem", "suggestions"),
    [
        ("quinze pras sete", "ambiguous", ("06:45", "18:45")),
        ("um quarto para as oito", "ambiguous", ("07:45", "19:45")),
        ("7", "ambiguous", ("07:00", "19:00")),
        ("sete e meia", "ambiguous", ("07:30", "19:30")),
        ("oito horas", "ambiguous", ("08:00", "20:00")),
        ("7h e 19h", "ambiguous", ("07:00", "19:00")),
        ("7h, 9h, 11h, 13h, 15h ou 17h", "ambiguous", ("07:00", "09:00", "11:00", "13:00", "15:00", "17:00")),
        ("7h, 9h, 11h, 13h, 15h, 17h ou 19h", "unclear", ()),
        ("25h", "range", ()),
        ("7:65", "range", ()),
        ("cedo", "unclear", ()),
        ("oi", "unclear", ()),
        ("", "empty", ()),
    ],
)
def test_a_doubtful_hour_is_offered_not_taken(text: str, problem: str, suggestions: tuple[str, ...]) -> None:
    assert parse_hour(text) == Parsed(None, problem, suggestions)


@given(st.text(max_size=300))
def test_any_text_is_a_value_in_range_or_a_problem(text: str) -> None:
    height, weight, age, hour = parse_height(text), parse_weight(text), parse_age(text), parse_hour(text)
    for parsed in (height, weight, age, hour):
        assert (parsed.value is None) == (parsed.problem is not None)
    assert height.value is None or 120 <= float(height.value) <= 230
    assert weight.value is None or 30 <= float(weight.value) <= 300
    assert age.value is None or 18 <= int(age.value) <= 100


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_minute_of_the_day_is_read_as_written(hour: int, minute: int) -> None:
    written = f"{hour:02d}:{minute:02d}"
    assert parse_hour(written) == Parsed(written)
    assert parse_hour(f"{hour}h{minute:02d}") == Parsed(written)


@given(st.integers(1200, 2300), st.sampled_from([",", "."]))
def test_every_height_in_metres_or_centimetres_is_the_same(tenths: int, mark: str) -> None:
    cm = tenths // 10
    metres = f"{cm // 100}{mark}{cm % 100:02d}"
    assert parse_height(metres) == parse_height(f"{cm} cm") == Parsed(float(cm))
