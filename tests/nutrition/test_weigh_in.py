"""Weights in sentences: taken where somebody stood on a scale, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrition.measurements import RANGE
from nutrition.weigh_in import WeighIn, weigh_in

WAYS = (
    "pesei {}",
    "Pesei {} kg",
    "me pesei hoje: {} kg",
    "eu me pesei e deu {}",
    "meu peso hoje é {} kg",
    "Meu peso de hoje é {}",
    "hoje deu {} na balança",
    "a balança marcou {}",
    "balança: {}",
    "estou com {} kg",
    "tô com {} quilos",
    "hoje {} kg",
    "{}kg",
    "{} quilos.",
    "hoje pesei {} de manhã em jejum",
    "pesei {} hoje às 7h",
    "acordei e pesei {}",
)
TENTHS = st.integers(300, 3000)


@given(st.sampled_from(WAYS), TENTHS, st.sampled_from([",", "."]))
def test_every_weight_is_read_in_every_way_of_saying_it(way: str, tenths: int, mark: str) -> None:
    said = f"{tenths // 10}{mark}{tenths % 10}"
    found = weigh_in(way.format(said))
    assert found is not None and found.parsed is not None, way.format(said)
    assert found.parsed.value == tenths / 10


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_what_is_taken_is_a_weight(text: str) -> None:
    found = weigh_in(text)
    if found is not None and found.parsed is not None and found.parsed.value is not None:
        assert 30 <= float(found.parsed.value) <= 300


@pytest.mark.parametrize(
    ("text", "kg"),
    [
        ("pesei oitenta e dois e meio", 82.5),
        ("pesei 82 quilos e 300 gramas", 82.3),
        ("tô pesando setenta e nove", 79.0),
    ],
)
def test_numbers_in_words(text: str, kg: float) -> None:
    found = weigh_in(text)
    assert found is not None and found.parsed is not None and found.parsed.value == kg


def test_yesterday_is_another_day() -> None:
    for text, ago in (("ontem pesei 82,3", 1), ("me pesei anteontem: 82 kg", 2), ("pesei 82,3", 0)):
        found = weigh_in(text)
        assert found is not None and found.days_ago == ago


def test_a_figure_that_was_meant_otherwise_is_offered_and_not_taken() -> None:
    found = weigh_in("pesei 823")
    assert found is not None and found.parsed is not None
    assert (found.parsed.value, found.parsed.problem, found.parsed.suggestions) == (None, RANGE, (82.3,))


@pytest.mark.parametrize(
    "text", ["me pesei", "acabei de me pesar", "anota meu peso", "quero registrar o peso"]
)
def test_a_weight_without_a_figure_is_asked_for(text: str) -> None:
    assert weigh_in(text) == WeighIn(None)


@pytest.mark.parametrize(
    "text",
    [
        "pesei o arroz: 200 g",
        "quero pesar 70 kg",
        "meu peso ideal é 70 kg",
        "perdi 2 kg",
        "emagreci 3 kg esse mês",
        "quanto eu devo pesar?",
        "posso pesar 70 kg?",
        "tenho 2 kg de frango em casa",
        "comprei 3 kg de arroz",
        "estou com fome",
        "estou com 30 anos",
        "deu 82,3",
        "peso 75,2",
        "meu peso é 75,2",
        "hoje almoço fora",
        "quero 4 refeições",
        "troca o jantar de hoje por peixe",
        "minha meta é 65 kg",
        "me lembra 7 e meia",
    ],
)
def test_what_is_no_weight_of_the_person_is_left_alone(text: str) -> None:
    assert weigh_in(text) is None
