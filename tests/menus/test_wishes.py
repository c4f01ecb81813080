"""Wishes in words become soft preferences and quotas; refusals are separated for the restrictions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menus.wishes import QUICK_MINUTES, refusals_in, wishes_in


@pytest.mark.parametrize(
    ("text", "words", "times", "at_most"),
    [
        ("peixe 2 vezes", "peixe", 2, False),
        ("quero peixe duas vezes por semana", "peixe", 2, False),
        ("carne no máximo 3 vezes", "carne", 3, True),
        ("feijão todo dia", "feijao", 7, False),
        ("feijão todos os dias", "feijao", 7, False),
        ("mais peixe", "peixe", 4, False),
        ("menos frango", "frango", 1, True),
        ("lentilha 2x", "lentilha", 2, False),
        ("ovo até 4 vezes", "ovo", 4, True),
    ],
)
def test_quotas_are_read(text: str, words: str, times: int, at_most: bool) -> None:
    (quota,) = wishes_in(text).quotas
    assert (quota.words, quota.times, quota.at_most) == (words, times, at_most)


def test_several_wishes_in_one_sentence() -> None:
    wishes = wishes_in("mais peixe, algo barato e rápido, e feijão todo dia")
    assert [quota.words for quota in wishes.quotas] == ["peixe", "feijao"]
    assert wishes.cheap
    assert wishes.max_minutes == QUICK_MINUTES


def test_minutes_and_batch_cooking() -> None:
    assert wishes_in("pratos de até 25 minutos").max_minutes == 25
    assert wishes_in("gosto de fazer marmita").batch
    assert not wishes_in("").batch


@pytest.mark.parametrize(
    "text", ["nada de peixe", "não quero peixe 2 vezes", "sem carne", "oi", "algo barato"]
)
def test_refusals_and_small_talk_are_no_quotas(text: str) -> None:
    assert wishes_in(text).quotas == ()


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("quero mais peixe e nada de coentro", "nada de coentro"),
        ("sou alérgica a kiwi, quero comida mineira", "sou alergica a kiwi"),
        ("sem pimentão e cebola, mais frango", "sem pimentao, cebola"),
        ("peixe 2 vezes por semana", ""),
        ("feijão todo dia", ""),
        ("algo barato e rápido", ""),
    ],
)
def test_what_a_wish_excludes_is_separated(text: str, refused: str) -> None:
    assert refusals_in(text) == refused


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    wishes_in(text)
    refusals_in(text)
