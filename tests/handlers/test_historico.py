"""/historico on the phone: past weeks listed, opened, compared and made once more; nobody else's, nothing forbidden."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from menus.service import KIND
from nutrition.menu import Role, Week
from nutrition.words import fold
from storage import jobs, menus
from tests.handlers.changer import Changer, Message, open_changer, own_week
from tests.handlers.phone import NOON


def earlier(week: Week, days: int) -> Week:
    """The same week, so many days before."""
    back = timedelta(days=days)
    moved = tuple(replace(day, date=day.date - back) for day in week.days)
    return replace(week, start=week.start - back, days=moved)


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Changer]:
    async with open_changer(tmp_path / "test.db") as opened:
        await opened.settle(earlier(own_week(), 14))
        await keep(opened, own_week())
        yield opened


async def keep(phone: Changer, week: Week) -> int:
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        return await menus.save_week(tx, person.id, week, 1, NOON)


async def finish_week(phone: Changer) -> None:
    """Do what the runner of weeks would do."""
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        (job,) = await jobs.claim_open(tx, NOON, kind=KIND)
    made = await phone.service.make(job, lambda _done, _asked: None)
    async with phone.database.transaction() as tx:
        assert await phone.service.save(tx, job, made, NOON)
        await jobs.finish(tx, job.id, NOON)


async def weeks(phone: Changer) -> list[Week]:
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        return [saved.week for saved in await phone.service.weeks(conn, person.id)]


def mains(week: Week) -> list[str]:
    return [
        dish.name
        for day in week.days
        for meal in day.meals
        for dish in meal.dishes
        if dish.role is Role.PRINCIPAL
    ]


async def test_past_weeks_are_listed_newest_first_and_a_week_made_again_counts_once(phone: Changer) -> None:
    await keep(phone, own_week())
    shown = await phone.say("/historico")
    assert shown.text.startswith("<b>Suas semanas</b>")
    assert shown.labels == ["23/11", "09/11"]
    assert shown.text.count("<b>") == 3


async def test_a_week_is_opened_and_compared_with_the_newest_other_one(phone: Changer) -> None:
    await phone.say("/historico")
    opened = await phone.tap("09/11")
    assert opened.text.startswith("<b>Semana de 9 a 15 de novembro</b>")
    assert opened.text.count("kcal") == 7
    assert opened.labels == ["Repetir", "Comparar", "Voltar"]
    compared = await phone.tap("Comparar")
    assert compared.text.startswith("<b>09/11 e 23/11</b>")
    assert "Energia: " in compared.text
    assert "em comum" in compared.text
    await phone.tap("Voltar")
    assert (await phone.tap("Voltar")).labels == ["23/11", "09/11"]


async def test_a_week_comes_once_more_after_the_last_day_that_has_a_menu(phone: Changer) -> None:
    running, past = own_week(), earlier(own_week(), 14)
    await phone.say("/historico")
    await phone.tap("09/11")
    await phone.tap("Repetir")
    await finish_week(phone)
    again = (await weeks(phone))[0]
    assert again.start == running.days[-1].date + timedelta(days=1)
    assert mains(again) == mains(past)
    assert (await phone.week()).days == running.days  # what is left of this week stays
    assert (await phone.say("/historico")).labels == ["30/11", "23/11", "09/11"]


async def test_without_a_menu_for_today_a_week_comes_once_more_from_today(tmp_path: Path) -> None:
    async with open_changer(tmp_path / "new.db") as opened:
        past = earlier(own_week(), 14)
        await opened.settle(past)
        await opened.say("/historico")
        await opened.tap("09/11")
        await opened.tap("Repetir")
        await finish_week(opened)
        again = (await weeks(opened))[0]
        assert again.start == NOON.date()
        assert mains(again) == mains(past)


async def test_means_are_those_of_days_that_lost_nothing(phone: Changer) -> None:
    await phone.say("/historico")
    opened = await phone.tap("09/11")
    compared = await phone.tap("Comparar")
    assert "\nMédia por dia, 09/11 → 23/11:\nEnergia: " in compared.text
    assert "Conto só" not in compared.text
    energy = re.findall(r"Energia: ([\d.]+)\u00a0kcal → ([\d.]+)\u00a0kcal", compared.text)
    await phone.exclude("food:frango")
    await phone.exclude("aves")
    opened = await phone.tap_data(opened_by(await phone.say("/historico"), "09/11"))
    assert 0 < opened.text.count("kcal") < 7
    compared = await phone.tap("Comparar")
    assert "Conto só os dias com todas as refeições." in compared.text
    ((before, after),) = re.findall(r"Energia: ([\d.]+)\u00a0kcal → ([\d.]+)\u00a0kcal", compared.text)
    assert number(before) == pytest.approx(number(energy[0][0]), rel=0.05)
    assert number(after) == pytest.approx(number(energy[0][1]), rel=0.05)


async def test_weeks_without_a_whole_day_are_compared_without_numbers(phone: Changer) -> None:
    for code in ("leite", "gluten", "ovo", "food:arroz", "food:banana"):
        await phone.exclude(code)
    opened = await phone.tap_data(opened_by(await phone.say("/historico"), "09/11"))
    assert "kcal" not in opened.text
    compared = await phone.tap("Comparar")
    assert "Sem médias: em 09/11 e 23/11, todo dia tem refeição retirada" in compared.text
    assert "Energia" not in compared.text and "Média" not in compared.text
    assert "Dias feitos: " in compared.text


def opened_by(listed: Message, label: str) -> str:
    return next(b.data for row in listed.shown.buttons for b in row if b.label == label)


def number(text: str) -> int:
    return int(text.replace(".", ""))


async def test_what_a_new_restriction_took_out_is_not_told_in_history(phone: Changer) -> None:
    assert "frango" in fold((await phone.say("/historico")).text)
    await phone.exclude("food:frango")
    await phone.exclude("aves")
    assert "frango" not in fold((await phone.say("/historico")).text)
    opened = await phone.tap("09/11")
    assert "frango" not in fold(opened.text)


@pytest.mark.parametrize("data", ["h_ver:999", "h_repete:999", "h_compara:x", "h_ver:-1"])
async def test_a_forged_number_shows_nothing_and_makes_nothing(phone: Changer, data: str) -> None:
    await phone.say("/historico")
    await phone.tap_data(data)
    assert phone.last.text.startswith(("Essa semana não está mais", "<b>Suas semanas</b>"))
    assert len(await weeks(phone)) == 2


async def test_a_number_longer_than_any_of_ours_shows_the_day_and_makes_nothing(phone: Changer) -> None:
    before = await weeks(phone)
    for verb in ("h_ver", "h_repete", "h_compara"):
        await phone.say("/historico")
        assert (await phone.tap_data(f"{verb}:{'9' * 30}")).screen == "dia"
    assert await weeks(phone) == before
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        assert await jobs.claim_open(tx, NOON, kind=KIND) == ()


async def test_another_persons_week_is_not_shown(phone: Changer, tmp_path: Path) -> None:
    other = Changer(phone.database, chat_id=8)
    await other.settle(earlier(own_week(), 7))
    person = await other.person()
    assert person is not None
    async with phone.database.reader() as conn:
        theirs = (await menus.weeks_of(conn, person.id))[0].id
    await phone.tap_data(f"h_ver:{theirs}")
    assert phone.last.text.startswith("Essa semana não está mais")
    await phone.tap_data(f"h_repete:{theirs}")
    assert len(await weeks(phone)) == 2


async def test_without_a_week_one_is_offered(tmp_path: Path) -> None:
    async with open_changer(tmp_path / "new.db") as fresh:
        await fresh.settle()
        assert (await fresh.say("/historico")).labels == ["Montar cardápio"]
