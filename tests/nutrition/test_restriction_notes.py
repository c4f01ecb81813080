"""What the screen of a restriction says is what the checks hold: hidden sources betray it, fine ones do not."""

import pytest

from nutrition.foods import FoodTable
from nutrition.person import Restriction, Strength
from nutrition.restrictions.notes import WRITTEN, notes_of
from nutrition.restrictions.ontology import Ontology
from nutrition.restrictions.rules import Rules

TABLE = FoodTable.load()
SAID_ELSE = {"maioria das frutas", "carne junto com leite", "álcool", "doces", "bebida de soja"}
"""Words for people that no dish would be called by."""

CASES = [
    (code, field, text) for code, note in WRITTEN.items() for field, texts in note.items() for text in texts
]


def rules(code: str) -> Rules:
    return Rules.of([Restriction(code, Strength.DIETA, "")], TABLE)


@pytest.mark.parametrize(("code", "field", "text"), CASES)
def test_what_is_said_is_what_is_checked(code: str, field: str, text: str) -> None:
    assert code in Ontology.load()
    forbidden = rules(code).forbids_text(text) is not None
    if text not in SAID_ELSE:
        assert forbidden is (field != "fine"), text


@pytest.mark.parametrize("kind", [kind.code for kind in Ontology.load() if kind.code != "fenilcetonuria"])
def test_every_kind_names_foods(kind: str) -> None:
    notes = notes_of(Restriction(kind, Strength.DIETA, ""), TABLE)
    assert notes.covers
    assert notes.foods


def test_a_disliked_food_names_the_foods_of_that_name() -> None:
    notes = notes_of(Restriction("food:jilo", Strength.PREFERENCIA, "jiló"), TABLE)
    assert notes.covers == ("jiló cozido",)
    assert notes_of(Restriction("word:reimoso", Strength.PREFERENCIA, "reimoso"), TABLE).foods == ()
