"""English and Spanish: what is said about health and food counts as it does in Portuguese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrition.conditions import conditions_in, words_and_stops
from nutrition.foods import FoodTable
from nutrition.foreign import in_portuguese, is_foreign
from nutrition.guardrails import Decision
from nutrition.person import Strength
from nutrition.restrictions.rules import Rules
from nutrition.restrictions.understand import understand

TABLE = FoodTable.load()

HEALTH = {
    "I'm pregnant": "gestante",
    "I am 12 weeks pregnant": "gestante",
    "estoy embarazada": "gestante",
    "I'm breastfeeding": "lactante",
    "I am nursing my baby": "lactante",
    "estoy amamantando": "lactante",
    "doy el pecho": "lactante",
    "I am 16": "menor_de_idade",
    "I’m 17 years old": "menor_de_idade",
    "tengo 15 años": "menor_de_idade",
    "I'm a 16 year old girl": "menor_de_idade",
    "I am sixteen": "menor_de_idade",
    "doy de mamar": "lactante",
    "I was diagnosed with breast cancer": "cancer",
    "padezco del corazón": "insuficiencia_cardiaca",
    "soy menor de edad": "menor_de_idade",
    "I have kidney disease": "doenca_renal",
    "I'm on dialysis": "doenca_renal",
    "tengo problemas en los riñones": "doenca_renal",
    "enfermedad renal": "doenca_renal",
    "I take insulin": "insulina",
    "type 1 diabetes": "diabetes_1",
    "I am diabetic": "diabetes_2",
    "soy diabético": "diabetes_2",
    "I have an eating disorder": "transtorno_alimentar",
    "I am bulimic": "transtorno_alimentar",
    "I make myself throw up": "transtorno_alimentar",
    "tengo un trastorno alimentario": "transtorno_alimentar",
    "I have heart failure": "insuficiencia_cardiaca",
    "I had a heart attack": "insuficiencia_cardiaca",
    "problemas del corazón": "insuficiencia_cardiaca",
    "I have celiac disease": "celiaca",
    "soy celíaca": "celiaca",
    "I have cancer": "cancer",
    "I am on chemo": "cancer",
    "I had bariatric surgery": "bariatrica",
    "me hice una cirugía bariátrica": "bariatrica",
    "I have cirrhosis": "cirrose",
    "I take warfarin": "varfarina",
    "I have high blood pressure": "hipertensao",
    "tengo la presión alta": "hipertensao",
    "I have gout": "gota",
    "I can't breathe after the shrimp": "emergencia",
    "my lips are swollen": "emergencia",
    "I'm having anaphylaxis": "emergencia",
    "tengo la lengua hinchada": "emergencia",
    "me duele el pecho": "emergencia",
    "I want to die": "crise_emocional",
    "I'm having suicidal thoughts": "crise_emocional",
    "no quiero seguir viviendo": "crise_emocional",
    "pienso en hacerme daño": "crise_emocional",
}

NO_HEALTH = [
    "I'm not pregnant",
    "no estoy embarazada",
    "I don't have diabetes",
    "no tengo diabetes",
    "my mother has diabetes",
    "mi madre tiene cáncer",
    "I am 61",
    "my sister is suicidal",
    "I get anaphylaxis from peanuts",
    "this cake is to die for",
    "I am 16 kilos heavier than I was",
]

LEFT_OUT = {
    "I have celiac disease and I don't eat pork": {"celiaca": "condicao", "sem_porco": "dieta"},
    "pork and peanuts": {"sem_porco": "dieta", "amendoim": "alergia"},
    "soy celíaca y no como cerdo": {"celiaca": "condicao", "sem_porco": "dieta"},
    "cerdo y maní": {"sem_porco": "dieta", "amendoim": "alergia"},
    "peanut allergy": {"amendoim": "alergia"},
    "I have a peanut allergy": {"amendoim": "alergia"},
    "I'm allergic to peanuts": {"amendoim": "alergia"},
    "peanut and egg allergy": {"amendoim": "alergia", "ovos": "alergia"},
    "allergic to milk and eggs": {"leite": "alergia", "ovos": "alergia"},
    "wheat allergy": {"trigo": "alergia"},
    "soy allergy": {"soja": "alergia"},
    "no soy": {"soja": "alergia"},
    "fish allergy": {"peixes": "alergia"},
    "shellfish allergy": {"frutos_do_mar": "alergia"},
    "I can't eat shrimp": {"crustaceos": "alergia"},
    "tree nut allergy": {"oleaginosas": "alergia"},
    "sesame allergy": {"gergelim": "alergia"},
    "I'm lactose intolerant": {"lactose": "intolerancia"},
    "gluten free": {"gluten": "intolerancia"},
    "dairy free": {"leite": "alergia"},
    "los lácteos me caen mal": {"leite": "alergia"},
    "me da alergia el camarón": {"crustaceos": "alergia"},
    "I want a vegan menu": {"vegano": "dieta"},
    "I'm vegan": {"vegano": "dieta"},
    "I am a vegetarian": {"vegetariano": "dieta"},
    "pescatarian": {"pescetariano": "dieta"},
    "I follow a kosher diet": {"kosher": "dieta"},
    "I don't eat pork": {"sem_porco": "dieta"},
    "no pork": {"sem_porco": "dieta"},
    "no red meat": {"sem_carne_vermelha": "dieta"},
    "I hate mushrooms": {"cogumelo": "preferencia"},
    "I don't eat meat but I eat fish": {"sem_carne": "dieta"},
    "soy alérgico al maní": {"amendoim": "alergia"},
    "alergia al cacahuate": {"amendoim": "alergia"},
    "alergia a la leche": {"leite": "alergia"},
    "alergia al huevo": {"ovos": "alergia"},
    "alérgica al trigo": {"trigo": "alergia"},
    "soy alérgica a la soja": {"soja": "alergia"},
    "alergia a los camarones": {"crustaceos": "alergia"},
    "alergia a los mariscos": {"frutos_do_mar": "alergia"},
    "alergia a los frutos secos": {"oleaginosas": "alergia"},
    "alergia al sésamo": {"gergelim": "alergia"},
    "intolerante a la lactosa": {"lactose": "intolerancia"},
    "soy vegano": {"vegano": "dieta"},
    "soy vegetariana": {"vegetariano": "dieta"},
    "no como cerdo": {"sem_porco": "dieta"},
    "no como carne roja": {"sem_carne_vermelha": "dieta"},
    "no me gusta el pescado": {"peixes": "preferencia"},
    "sin gluten": {"gluten": "intolerancia"},
}

NOTHING_OUT = [
    "I'm not allergic to peanuts",
    "no soy vegano",
    "no soy alérgico al maní",
    "no allergies",
    "no tengo alergias",
    "I eat everything",
    "my son is allergic to peanuts",
]


@pytest.mark.parametrize(("text", "code"), HEALTH.items())
def test_a_health_fact_is_found(text: str, code: str) -> None:
    assert code in conditions_in(text)


@pytest.mark.parametrize("text", NO_HEALTH)
def test_what_is_denied_or_of_somebody_else_is_no_fact(text: str) -> None:
    assert conditions_in(text) == ()


@pytest.mark.parametrize(("text", "out"), LEFT_OUT.items())
def test_what_is_not_eaten_is_left_out_and_nothing_else_is_kept(text: str, out: dict[str, str]) -> None:
    found = understand(text, TABLE)
    assert {item.code: item.strength.value for item in found.restrictions} == out
    assert found.not_understood == ()


@pytest.mark.parametrize("text", NOTHING_OUT)
def test_what_is_denied_or_eaten_leaves_nothing_out(text: str) -> None:
    assert understand(text, TABLE).restrictions == ()


@pytest.mark.parametrize("text", ["sin gluten", "dairy free", "no shellfish", "mariscos"])
def test_a_reason_that_was_not_told_is_asked(text: str) -> None:
    assert understand(text, TABLE).questions


def test_a_food_allergy_forbids_the_foods() -> None:
    rules = Rules.of(understand("I have a peanut allergy", TABLE).restrictions, TABLE)
    peanut = TABLE.resolve("amendoim")
    assert peanut is None or rules.forbids_food(peanut)
    assert rules.forbids_text("paçoca com banana")


def test_the_words_of_the_person_are_kept() -> None:
    found = understand("I have a peanut allergy", TABLE).restrictions
    assert [(item.said, item.strength) for item in found] == [("I have a peanut allergy", Strength.ALERGIA)]


@pytest.mark.parametrize(
    "text",
    [
        "não como peixe no jantar, mas no almoço pode",
        "no café da manhã como pão",
        "sou alérgica a camarão",
        "tenho diabetes",
        "não gosto de nada light",
        "como de tudo",
    ],
)
def test_portuguese_stays_as_it_is(text: str) -> None:
    words = text.replace(",", " ,").split()
    assert not is_foreign(words)
    assert in_portuguese(words) == words


def test_a_foreign_word_in_a_portuguese_sentence_is_read_and_the_rest_stays() -> None:
    assert words_and_stops("não como shrimp no jantar") == ["nao", "como", "camarao", "no", "jantar"]


@pytest.mark.parametrize("text", ["sexta-feira eu não como carne", "bora de vegetariano no sábado"])
def test_a_wish_for_a_day_is_no_restriction_of_every_week(text: str) -> None:
    found = understand(text, TABLE)
    assert (found.restrictions, found.not_understood) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "não como carne, só no domingo",
        "sou vegana e começo na segunda",
        "não como porco e hoje quero jantar cedo",
        "no domingo descobri alergia a camarão",
    ],
)
def test_a_day_takes_back_no_restriction(text: str) -> None:
    assert understand(text, TABLE).restrictions


@given(st.text(alphabet="aeimnosy 'ñ,.16 ", max_size=60))
def test_any_text_is_read(text: str) -> None:
    conditions_in(text)
    understand(text, TABLE)


def test_a_minor_is_referred() -> None:
    from nutrition.conditions import conditions

    assert conditions()["menor_de_idade"].decision == Decision.REFER.value
