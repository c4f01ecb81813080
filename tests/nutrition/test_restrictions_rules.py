"""What restrictions forbid, by tags of foods and by words of texts, with hidden sources and without false alarms."""

import pytest

from nutrition.foods import FoodTable
from nutrition.person import Restriction, Strength
from nutrition.restrictions.matching import phrase, singular
from nutrition.restrictions.ontology import Ontology
from nutrition.restrictions.rules import Rules
from tests.nutrition.word_cases import BETRAYED as BETRAYED_WORDS
from tests.nutrition.word_cases import HARMLESS

TABLE = FoodTable.load()


def rules(*codes: str) -> Rules:
    return Rules.of([Restriction(code, Strength.ALERGIA, code) for code in codes], TABLE)


BETRAYED = [
    ("leite", "Purê com manteiga"),
    ("leite", "Molho branco de couve-flor"),
    ("leite", "Pão de queijo assado"),
    ("leite", "Iogurte sem lactose"),
    ("leite", "leite sem lactose"),
    ("leite", "Estrogonofe de frango"),
    ("leite", "1 colher de REQUEIJÃO"),
    ("lactose", "Vitamina de banana com leite"),
    ("ovos", "Frango à milanesa"),
    ("ovos", "Sanduíche com maionese"),
    ("ovos", "Ovinhos de codorna"),
    ("gluten", "Passe na farinha de rosca"),
    ("gluten", "Tempere com shoyu"),
    ("gluten", "Cuscuz marroquino com legumes"),
    ("celiaca", "Quibe assado"),
    ("soja", "Um fio de shoyu"),
    ("soja", "Tofu grelhado"),
    ("amendoim", "Paçoca de rolha"),
    ("crustaceos", "Acarajé com vatapá"),
    ("crustaceos", "Bobó cremoso"),
    ("moluscos", "Frutos do mar ao alho"),
    ("peixes", "Salada caesar"),
    ("peixes", "Gotas de molho inglês"),
    ("castanha_de_caju", "Pesto com castanha de caju"),
    ("oleaginosas", "Granola com nozes"),
    ("vegetariano", "Gelatina de morango"),
    ("vegetariano", "Refogue no caldo de galinha"),
    ("vegano", "Regue com mel"),
    ("vegano", "Omelete de legumes"),
    ("sem_porco", "Feijoada completa"),
    ("sem_porco", "Feijão tropeiro com couve"),
    ("halal", "Cubos de bacon"),
    ("sem_carne_vermelha", "Bife acebolado"),
    ("low_carb", "Arroz com brócolis"),
    ("sem_acucar", "Iogurte com granola"),
    ("fodmap", "Refogue a cebola e o alho"),
    ("food:jilo", "Jilós refogados"),
    ("word:reimoso", "peixe reimoso"),
]

SAFE = [
    ("leite", "Leite de coco e leite de amêndoas"),
    ("leite", "Torrada com manteiga de amendoim"),
    ("leite", "Couve-manteiga refogada"),
    ("leite", "Bolo vegano sem leite"),
    ("lactose", "Iogurte sem lactose com fruta"),
    ("ovos", "O povo gosta de couve"),
    ("gluten", "Pão de queijo"),
    ("gluten", "Trigo-sarraceno cozido"),
    ("gluten", "Cuscuz de milho com ovo"),
    ("gluten", "Macarrão de abobrinha"),
    ("gluten", "Massa sem glúten"),
    ("soja", "Shoyu de coco"),
    ("oleaginosas", "Uma pitada de noz-moscada"),
    ("nozes", "noz moscada"),
    ("amendoim", "Castanha-do-pará picada"),
    ("fodmap", "Finalize com cebolinha"),
    ("peixes", "Frango dourado no forno"),
    ("peixes", "Moqueca de banana"),
    ("vegetariano", "Hambúrguer de lentilha"),
    ("vegetariano", "Carne de jaca desfiada"),
    ("vegetariano", "Ovo de codorna cozido"),
    ("sem_porco", "Pimenta calabresa a gosto"),
    ("vegano", "Regue com melado"),
    ("vegano", "Fica ainda melhor no dia seguinte"),
    ("sem_acucar", "Batata-doce assada"),
    ("sem_acucar", "Iogurte sem açúcar"),
    ("cafeina", "Café da manhã reforçado"),
    ("cafeina", "Tomate picado"),
    ("leguminosas", "Grãos de arroz soltos"),
    ("food:pera", "Tempere com sal"),
    ("frutose", "Vinagre de maçã"),
    ("low_carb", "Arroz de couve-flor"),
    ("mamao", "Amasse a banana"),
]


@pytest.mark.parametrize(("code", "text"), BETRAYED)
def test_a_text_betrays_what_is_excluded(code: str, text: str) -> None:
    assert rules(code).forbids_text(text) is not None


@pytest.mark.parametrize(("code", "text"), SAFE)
def test_a_text_raises_no_false_alarm(code: str, text: str) -> None:
    assert rules(code).forbids_text(text) is None


@pytest.mark.parametrize("code", BETRAYED_WORDS)
def test_every_hidden_source_of_a_kind_betrays_it(code: str) -> None:
    missed = [text for text in BETRAYED_WORDS[code].split("|") if rules(code).forbids_text(text) is None]
    assert missed == []


@pytest.mark.parametrize("code", HARMLESS)
def test_what_only_looks_like_a_kind_is_let_pass(code: str) -> None:
    alarms = [text for text in HARMLESS[code].split("|") if rules(code).forbids_text(text) is not None]
    assert alarms == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("vegetariano", "carne de frango"),
        ("vegetariano", "linguiça de frango"),
        ("vegetariano", "lombo de bacalhau"),
        ("vegano", "ovos de codorna"),
        ("vegano", "queijo de cabra"),
        ("pescetariano", "hambúrguer de frango"),
        ("leite", "queijo e hambúrguer vegano"),
        ("leite", "purê de batata com manteiga, sem leite"),
        ("vegano", "bolo de cenoura"),
        ("food:macaxeira", "aipim cozido"),
    ],
)
def test_an_excuse_of_one_thing_covers_no_other(code: str, text: str) -> None:
    assert rules(code).forbids_text(text) is not None


@pytest.mark.parametrize(
    ("code", "food_id", "forbidden"),
    [("food:couve", "couve-manteiga-refogada", True), ("food:couve", "couve-flor-cozida", False)],
)
def test_a_longer_name_may_be_another_food(code: str, food_id: str, forbidden: bool) -> None:
    assert (rules(code).forbids_food(TABLE[food_id]) is not None) is forbidden


def test_kosher_keeps_meat_and_milk_apart_in_a_dish_and_in_a_meal() -> None:
    held, meat, milk = rules("kosher"), "patinho-grelhado", "iogurte-natural-integral"
    assert held.forbids_dish("Carne", [meat], []) is None
    assert held.forbids_dish("Carne ao molho", [meat, milk], []) is not None
    assert held.forbids_together([milk, "banana-prata", meat]) is not None
    assert rules("halal").forbids_together([milk, meat]) is None


def test_what_one_person_said_is_never_given_to_another() -> None:
    for said in ("segredo de uma", "palavras de outra"):
        held = Rules.of([Restriction("leite", Strength.PREFERENCIA, said)], TABLE)
        found = held.forbids_text("queijo")
        assert found is not None
        assert found.said == said


@pytest.mark.parametrize(
    ("code", "food_id", "forbidden"),
    [
        ("leite", "leite-sem-lactose-integral", True),
        ("lactose", "leite-sem-lactose-integral", False),
        ("lactose", "leite-integral", True),
        ("vegano", "mel", True),
        ("vegetariano", "ovo-cozido", False),
        ("gluten", "pao-frances", True),
        ("sem_porco", "feijoada", True),
    ],
)
def test_foods_are_judged_by_their_tags(code: str, food_id: str, forbidden: bool) -> None:
    assert (rules(code).forbids_food(TABLE[food_id]) is not None) is forbidden


def test_every_kind_forbids_something_and_leaves_something() -> None:
    for kind in Ontology.load():
        allowed = len(rules(kind.code).allowed(TABLE))
        assert allowed > 100, kind.code
        assert allowed < len(TABLE) or kind.words, kind.code


def test_a_dish_fails_by_a_food_a_name_or_a_step() -> None:
    held = rules("crustaceos")
    assert held.forbids_dish("Arroz", ["camarao-cozido"], []) is not None
    assert held.forbids_dish("Arroz de camarão", ["arroz-branco-cozido"], []) is not None
    assert held.forbids_dish("Arroz", ["arroz-branco-cozido"], ["Junte o siri."]) is not None
    assert held.forbids_dish("Arroz", ["arroz-branco-cozido"], ["Junte o sal."]) is None
    assert held.forbids_dish("Arroz", ["comida-inventada"], []) is not None


def test_nobody_without_restrictions_is_denied_anything() -> None:
    free = rules()
    assert len(free.allowed(TABLE)) == len(TABLE)
    assert free.forbids_text("tudo com camarão, leite e ovo") is None


def test_rules_are_remembered_for_the_same_codes_in_any_order() -> None:
    assert rules("leite", "ovos") is rules("ovos", "leite")


@pytest.mark.parametrize(
    ("word", "one"),
    [("limoes", "limao"), ("paes", "pao"), ("feijoes", "feijao"), ("nozes", "noz"), ("arroz", "arroz")],
)
def test_words_are_compared_in_the_singular(word: str, one: str) -> None:
    assert singular(word) == one


def test_a_phrase_has_its_words_folded() -> None:
    assert phrase("Castanhas-do-Pará") == ("castanha", "do", "para")
