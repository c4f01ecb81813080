"""What harms a person, however they put it, and what only sounds so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrition.foods import FoodTable
from nutrition.restrictions.harm import Told, harm_in, without_orders
from nutrition.restrictions.understand import understand

TABLE = FoodTable.load()

SURELY = {
    "camarao me mata, troca o almoço de hj": {"crustaceos": "alergia"},
    "fecho a garganta com amendoim": {"amendoim": "alergia"},
    "me empola qdo como camarão": {"crustaceos": "alergia"},
    "se eu comer morango minha boca incha toda": {"morango": "alergia"},
    "vo parar no hospital se comer camarao": {"crustaceos": "alergia"},
    "n me dou bem com leite, tira do café": {"leite": "alergia"},
    "leite me dá uma baita dor de barriga": {"leite": "intolerancia"},
    "pepino me dá azia": {"food:pepino": "intolerancia"},
    "nem chego perto de peixe": {"peixes": "preferencia"},
    "tenho nojo de fígado": {"sem_visceras": "preferencia"},
    "camarão, lula e peixe me fazem mal": {
        "crustaceos": "alergia",
        "moluscos": "alergia",
        "peixes": "alergia",
    },
    "eu amo camarão mas me dá coceira": {"crustaceos": "alergia"},
    "minha filha é alérgica a ovo e eu também": {"ovos": "alergia"},
    "eu e minha mãe passamos mal com leite": {"leite": "alergia"},
    "shrimp kills me": {"crustaceos": "alergia"},
    "el maní me da picazón": {"amendoim": "alergia"},
    "me da asco el hígado": {"sem_visceras": "preferencia"},
}
MAYBE = [
    "passei mal com camarão ontem",
    "comi amendoim e me empolei todo",
    "esse queijo me mata kkkk",
    "tenho nojo desse peixe, muda a janta",
    "parei de tomar leite pq me dava dor de barriga",
    "requeijão me desanda o intestino todinho, tira isso do meu café",
    "se eu encosto em camarão já fico todo pipocado",
    "falaram q camarão me faz mal",
    "acho q leite ta me fazendo mal",
]
NOT = [
    "minha mãe passa mal com leite",
    "camarão me mata de saudade",
    "me mata de rir esse bot",
    "morro por um camarão",
    "que nojo essa fila",
    "meu filho empola com camarão",
    "minha vizinha é alérgica a camarão e foi parar no hospital",
    "amendoim não me faz mal nenhum",
    "leite nunca me deu dor de barriga",
    "o preço do café me dá dor de barriga",
    "ficar sem café me dá dor de cabeça",
    "peguei nojo de sardinha, some com ela até o fim da semana",
    "leite me faz mal?",
    "tenho nojo de barata",
    "antes leite me fazia mal, hoje tomo de boa",
    "minha mãe ama camarão e eu também",
    "antigamente leite me dava azia",
    "se o leite azedar eu passo mal",
    "que horror o preço do camarão, me dá até falta de ar",
    "chocolate me deixa feliz",
    "café me dá energia",
    "milk does not make me sick",
]


@pytest.mark.parametrize("text", SURELY)
def test_harm_is_read_with_its_strength(text: str) -> None:
    harm = harm_in(text, TABLE)
    assert harm.told is Told.SURELY
    assert {item.code: item.strength.value for item in harm.understood.restrictions} == SURELY[text]


@pytest.mark.parametrize("text", MAYBE)
def test_what_may_harm_is_only_for_asking(text: str) -> None:
    harm = harm_in(text, TABLE)
    assert harm.told is Told.MAYBE and harm.understood.restrictions


@pytest.mark.parametrize("text", NOT)
def test_what_only_sounds_so_excludes_nothing(text: str) -> None:
    harm = harm_in(text, TABLE)
    assert harm.told <= Told.DENIED and harm.understood.restrictions == ()


def test_what_stands_beside_is_left_for_others_to_read() -> None:
    harm = harm_in("sou alérgica a ovo e amendoim me dá coceira, troca o café", TABLE)
    assert harm.rest.split() == ["sou", "alergica", "a", "ovo", "e", "troca", "o", "cafe"]


def test_what_is_wanted_instead_is_not_avoided() -> None:
    text = without_orders("n posso comer camarao entao troca o jantar por frango e ovo", TABLE)
    assert [item.code for item in understand(text, TABLE).restrictions] == ["crustaceos"]
    assert without_orders("coloca aí que não como carne", TABLE).split()[-2:] == ["como", "carne"]


def test_somebodys_animal_is_somebody_else() -> None:
    assert understand("meu cachorro é alérgico a frango", TABLE).restrictions == ()
    found = understand("sou alérgica ao meu gato e a camarão", TABLE).restrictions
    assert "crustaceos" in {item.code for item in found}


@given(
    st.lists(st.sampled_from(sorted({w for t in (*SURELY, *MAYBE, *NOT) for w in t.split()}))).map(" ".join)
)
def test_no_order_of_words_breaks_it(text: str) -> None:
    assert isinstance(harm_in(text, TABLE).told, Told)
