"""Sentences that people type about their menu, each through the whole conversation, against what it should do."""

import json
from collections.abc import AsyncIterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.conversa import spoken
from menus.changes.orders import Kind, Order, Way
from menus.talk.parse import read
from menus.talk.when import Moment
from menus.talk.wish import Act
from nutrition.menu import Slot
from nutrition.words import fold
from storage import profiles
from tests.handlers.changer import ANA, WEDNESDAY, Changer, open_changer, own_week

DATA = Path(__file__).parent.parent / "data"
FIRST = json.loads((DATA / "talk_sentences.json").read_text(encoding="utf-8"))["sentences"]
LATER = json.loads((DATA / "talk_sentences_later.json").read_text(encoding="utf-8"))["sentences"]
LEAST_RIGHT = 0.8
_WORDS = sorted({word for each in (*FIRST, *LATER) for word in each["say"].split()})

SCREENS = {
    "para_pessoas": "people",
    "guardei": "lock",
    "desfeito": "undo",
    "progresso": "new_week",
    "ja_montando": "new_week",
    "dia": "show_day",
    "perfil_nova_semana": "meals",
    "restricao_anotada": "restriction",
    "restricao_duvida": "restriction",
    "encaminhar": "health",
}
HARMLESS = {"show_day", "nothing", "undo"}
"""What may come instead of the expected without anything of the menu having been changed wrongly."""

KINDS = {
    Kind.OFFER: "offer",
    Kind.SWAP: "swap",
    Kind.SWAP_DAY: "swap_day",
    Kind.LESS: "less",
    Kind.WITHOUT: "without",
    Kind.LACKING: "missing",
    Kind.AWAY: "away",
    Kind.COPY_DAY: "copy_day",
    Kind.COPY_MEAL: "copy_meal",
    Kind.NO_MEAT: "no_meat",
    Kind.CHEAPER: "cheaper",
    Kind.SLOT_OFF: "slot_off",
    Kind.SLOT_ON: "slot_on",
    Kind.SKIP: "skip",
    Kind.LOCK: "lock",
}
WAYS = {Way.FASTER: "faster", Way.CHEAPER: "cheaper", Way.PANTRY: "pantry"}


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Changer]:
    async with open_changer(tmp_path / "test.db") as opened:
        await opened.settle(own_week())
        await opened.say("/hoje")
        opened.held = True
        yield opened


async def heard(phone: Changer, text: str) -> tuple[str, Order | None]:
    """What the bot did with ``text``: an action and, where something is to be computed, its order."""
    async with phone.database.transaction() as tx:
        await tx.execute("DELETE FROM change_orders")
    before = len(phone.messages)
    await phone.say(text)
    orders = await phone.orders()
    if orders:
        return WAYS.get(orders[-1].way, KINDS[orders[-1].kind]), orders[-1]
    shown = [message.screen for message in phone.messages[before:]]
    return next((SCREENS[name] for name in shown if name in SCREENS), "nothing"), None


def wrong_in(wanted: dict[str, Any], order: Order | None) -> list[str]:
    """The parts of an order that are not those wanted."""
    if order is None:
        return []
    said = {
        "date": order.date and order.date.isoformat(),
        "to": order.date and order.date.isoformat(),
        "from": order.source and order.source.isoformat(),
        "slot": order.slot and order.slot.value,
    }
    wrong = [name for name in said if name in wanted and said[name] != wanted[name]]
    foods = [fold(wanted["food"])] if "food" in wanted else [fold(each) for each in wanted.get("foods", [])]
    if foods and not all(any(f in fold(got) for got in order.foods) for f in foods):
        wrong.append("foods")
    return [*wrong, "foods"] if len(order.foods) > len(foods) else wrong


async def judged(phone: Changer, sentences: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """Sentences that were not understood, and those that did something else than was asked."""
    missed: list[str] = []
    wrong: list[str] = []
    for wanted in sentences:
        action, order = await heard(phone, wanted["say"])
        parts = wrong_in(wanted, order)
        if action == wanted["action"] and not parts:
            continue
        line = f"{wanted['say']}: {action} {parts}, expected {wanted['action']}"
        accepted = wanted["action"] == "nothing" and action in HARMLESS
        if not accepted:
            (missed if action in HARMLESS else wrong).append(line)
    return missed, wrong


@pytest.mark.parametrize("sentences", [FIRST, LATER], ids=["first", "later"])
async def test_at_least_four_of_five_sentences_are_understood_and_none_does_something_else(
    phone: Changer, sentences: list[dict[str, Any]]
) -> None:
    missed, wrong = await judged(phone, sentences)
    assert wrong == [], missed
    assert len(missed) <= (1 - LEAST_RIGHT) * len(sentences), missed


async def test_an_allergy_in_a_sentence_wins_over_the_swap_beside_it(phone: Changer) -> None:
    action, _ = await heard(phone, "sou alérgica a peixe, troca o jantar de hoje por peixe")
    assert action == "restriction"


async def test_meals_a_day_are_changed_however_they_are_said(phone: Changer) -> None:
    await phone.say("prefiro comer só três vezes por dia")
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        profile = await profiles.get(conn, person.id)
    assert profile is not None and profile.meals_per_day == 3 != ANA.meals_per_day


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("sem lanche", Slot.LANCHE_DA_TARDE),
        ("não quero lanchar mais", Slot.LANCHE_DA_TARDE),
        ("não costumo lanchar de manhã", Slot.LANCHE_DA_MANHA),
        ("não lanchar", Slot.LANCHE_DA_TARDE),
    ],
)
async def test_who_does_not_snack_is_understood(phone: Changer, text: str, slot: Slot) -> None:
    action, order = await heard(phone, text)
    assert action == "slot_off" and order is not None and order.slot is slot


async def test_a_snack_that_is_not_there_is_told_as_such(phone: Changer) -> None:
    shown = await phone.show("nao_mudei", order={"kind": "slot_off", "slot": "ceia"}, code="no_meal")
    assert shown.text == "Seu cardápio já está sem ceia."


async def test_a_change_that_is_not_understood_gets_two_useful_buttons(phone: Changer) -> None:
    message = await phone.say("troca aquilo lá")
    assert message.screen == "troca_nao_entendi"
    assert message.labels == ["🔄 Trocar", "Ver hoje"]


@pytest.mark.parametrize(
    ("text", "food", "said"),
    [("tira o Brócolis do almoço", "brocolis", "brócolis"), ("chega de file", "peixe", "peixe")],
)
def test_foods_are_told_in_the_words_of_the_person(text: str, food: str, said: str) -> None:
    assert spoken(text, food) == said


@given(st.text(max_size=60) | st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join))
def test_no_text_breaks_the_reading_of_changes(text: str) -> None:
    wish = read(text, Moment(WEDNESDAY, time(12, 0)))
    if wish is not None:
        gone = 6 if wish.act is Act.KEEP else 1  # what is kept may stand on a day of the week that was
        assert wish.date is None or WEDNESDAY - timedelta(days=gone) <= wish.date <= WEDNESDAY + timedelta(
            days=6
        )
        assert all(food.strip() == food != "" for food in wish.foods)
