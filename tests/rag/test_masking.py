"""Free text loses names, weights, heights and contacts before it leaves the machine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.masking import MASK, mask


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("peso 82,5 kg e quero algo leve", "82,5"),
        ("tenho 95kg", "95"),
        ("emagrecer 10 quilos", "10"),
        ("tenho 1,68 m", "1,68"),
        ("meço 1m75", "75"),
        ("tenho 168 cm de altura", "168"),
        ("meu nome é Maria das Dores, gosto de peixe", "Maria"),
        ("meu nome é Maria das Dores, gosto de peixe", "Dores"),
        ("me chamo joão e odeio jiló", "joão"),
        ("Sou a Ana Paula, sem coentro", "Paula"),
        ("escreva para ana@exemplo.com.br", "ana@"),
        ("meu zap é (11) 98765-4321", "98765"),
        ("cpf 123.456.789-09", "456"),
        ("veja https://exemplo.com/minha-dieta", "exemplo"),
        ("sou @fulana no insta", "fulana"),
    ],
)
def test_personal_facts_are_masked(text: str, secret: str) -> None:
    masked = mask(text)
    assert secret not in masked
    assert MASK in masked


@pytest.mark.parametrize(
    "text",
    [
        "mais peixe e nada de coentro",
        "almoço com 2 ovos e 30 g de aveia",
        "quero 4 refeições, jantar leve às 19h30",
        "sou alérgica a camarão",
        "gasto até 30 reais por dia",
        "peixe 2 vezes por semana",
    ],
)
def test_wishes_stay_as_they_are(text: str) -> None:
    assert mask(text) == text


@given(st.text(max_size=300))
def test_masking_never_fails_and_is_stable(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.integers(30, 300), st.sampled_from(["kg", " kg", " quilos", "KG"]))
def test_any_weight_is_masked(weight: int, unit: str) -> None:
    assert str(weight) not in mask(f"hoje pesei {weight}{unit} de manhã")
