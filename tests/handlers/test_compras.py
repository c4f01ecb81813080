"""/compras on the phone: a section a page, ticks that are set and never flipped, what is at home, days, people, text."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from handlers import arquivos, compras
from handlers.catalogue import catalogue
from handlers.scene import Scene, enter
from handlers.screens import compras as view
from handlers.screens import compras_words as words
from handlers.screens import files as files_view
from handlers.services import Services
from handlers.transport.screens import CALLBACK_DATA_BYTES
from handlers.transport.turn import Turn
from menus.people import CONSENT_VERSION
from menus.shopping import difference, shopping_list
from nutrition.foods import FoodTable
from nutrition.market import Market, Section
from nutrition.menu import Day, Meal, Origin, PlannedDish, Portion, Role, Slot, Week
from nutrition.person import Activity, Goal, Profile, Sex
from storage import people, profiles
from storage.database import Database
from tests.fresh import fresh_database
from tests.handlers.phone import NOON, FakeMenus, Message, Phone
from tests.weeks import MONDAY, guide_week

TABLE = FoodTable.load()
guide_week(1)  # reads the guide now, not in the loop
ANA = Profile(Sex.F, 34, 168, 72.5, Activity.MODERADO, Goal.PERDER, 5)


def week_of(*foods: tuple[str, float], start: Any = MONDAY) -> Week:
    """Seven days; the foods are Wednesday's lunch."""
    portions = tuple(Portion(f, TABLE[f].name, g, f"{g:g} g") for f, g in foods)
    dish = PlannedDish("Prato", Role.PRINCIPAL, portions, ("Sirva.",), 10, (), Origin.GUIA)
    lunch = Meal(Slot.ALMOCO, "Prato", (dish,))
    days = tuple(Day(start + timedelta(days=n), (lunch,) if n == 2 else ()) for n in range(7))
    return Week(start, days, Origin.GUIA)


SMALL = week_of(
    ("banana-prata", 840),
    ("couve-manteiga-refogada", 200),
    ("tomate", 850),
    ("peito-de-frango-grelhado", 500),
    ("arroz-branco-cozido", 900),
    ("sal", 3),
)


class Shopper(Phone):
    """A phone whose turns go straight to the handlers of the list."""

    menus: FakeMenus

    async def _turn(self, raw: dict[str, Any]) -> None:
        self.now += timedelta(seconds=10)
        update = Update.de_json(json.loads(json.dumps(raw)), None)
        async with self.database.transaction() as tx:
            person = await people.get_by_chat(tx, self.chat_id)
            turn = Turn(
                chat_id=self.chat_id,
                person=person,
                tx=tx,
                now=self.now,
                update=update,
                services=self.services,
            )
            await serve(await enter(turn), turn)
        await self._deliver()

    def toast(self) -> str:
        return self.toasts[-1]


async def serve(scene: Scene, turn: Turn) -> None:
    match (turn.data or turn.text.removeprefix("/")).split(":"):
        case [name] if name in compras.COMMANDS and not turn.data:
            await compras.COMMANDS[name](scene)
        case [verb]:
            await {**compras.TAPS, **arquivos.TAPS}[verb](scene)
        case [verb, one]:
            await arquivos.TAPS_1[verb](scene, one)
        case [verb, one, two]:
            await compras.TAPS_2[verb](scene, one, two)
        case [verb, one, two, three]:
            await compras.TAPS_3[verb](scene, one, two, three)


async def open_shopper(database: Database, week: Week | None, chat_id: int = 7) -> Shopper:
    async with database.transaction() as tx:
        person = await people.create(tx, chat_id)
        await people.set_consent(tx, person.id, version=CONSENT_VERSION, gemini=None, now=NOON)
        await profiles.save(tx, person.id, ANA, NOON)
    menus = FakeMenus(week)
    shopper = Shopper(database, Services(TABLE, menus, False), chat_id)  # type: ignore[arg-type]
    shopper.menus = menus
    return shopper


@pytest.fixture
async def shopper(tmp_path: Path) -> AsyncIterator[Shopper]:
    database = await fresh_database(tmp_path / "c.db", readers=1)
    yield await open_shopper(database, SMALL)
    await database.close()


def rows(message: Message) -> list[list[str]]:
    return [[button.label.replace("\u00a0", " ") for button in row] for row in message.shown.buttons]


def data(message: Message) -> list[str]:
    return [button.data for row in message.shown.buttons for button in row]


async def test_the_list_opens_at_the_first_section_one_item_a_row(shopper: Shopper) -> None:
    message = await shopper.say("/compras")
    assert message.text == (
        "<b>Compras · 23 a 29 de novembro</b>\n"
        "Hortifrúti, parte 1 de 3. Já foram 0 de 3.\n"
        "Toque no que você já pegou."
    )
    assert rows(message) == [
        ["Banana-prata · 12 unidades"],
        ["Couve · 2 maços"],
        ["Tomate · 1 kg"],
        ["Já tenho", "Não achei"],
        ["Texto", "Dias", "Pessoas"],
        ["← Antes", "Carnes →"],
    ]


async def test_a_tap_ticks_in_place_and_says_so(shopper: Shopper) -> None:
    first = await shopper.say("/compras")
    message = await shopper.tap("Couve · 2 maços")
    assert message.id == first.id
    assert rows(message)[1] == ["✅ Couve · 2 maços"]
    assert "Já foram 1 de 3." in message.text
    assert shopper.toast() == "No carrinho: couve."
    message = await shopper.tap("Couve · 2 maços")
    assert rows(message)[1] == ["Couve · 2 maços"]
    assert shopper.toast() == "Fora do carrinho: couve."


async def test_two_people_tapping_the_same_button_tick_it_once(shopper: Shopper) -> None:
    message = await shopper.say("/compras")
    couve = message.shown.buttons[1][0].data
    await shopper.tap_data(couve, message.id)
    again = await shopper.tap_data(couve, message.id)
    assert rows(again)[1] == ["✅ Couve · 2 maços"]


async def test_taps_at_the_same_moment_are_all_kept(shopper: Shopper) -> None:
    message = await shopper.say("/compras")
    await asyncio.gather(*(shopper.tap_data(each, message.id) for each in data(message)[:3]))
    assert "Já foram 3 de 3." in (await shopper.say("/compras")).text


async def test_ticks_survive_a_restart_and_belong_to_their_person(shopper: Shopper, tmp_path: Path) -> None:
    await shopper.say("/compras")
    await shopper.tap("Tomate · 1 kg")
    again = await fresh_database(tmp_path / "c.db", readers=1)
    try:
        back = Shopper(again, shopper.services)
        assert rows(await back.say("/compras"))[2] == ["✅ Tomate · 1 kg"]
        other = await open_shopper(again, SMALL, chat_id=8)
        assert rows(await other.say("/compras"))[2] == ["Tomate · 1 kg"]
    finally:
        await again.close()


async def test_the_arrow_goes_round_the_market(shopper: Shopper) -> None:
    await shopper.say("/compras")
    assert "Carnes, aves e peixes, parte 2 de 3" in (await shopper.tap("Carnes →")).text
    last = await shopper.tap("Mercearia →")
    assert "Mercearia, parte 3 de 3" in last.text
    assert "Confira em casa: sal." in last.text
    assert "Hortifrúti, parte 1 de 3" in (await shopper.tap("Hortifrúti →")).text
    assert len(shopper.messages) == 1


async def test_what_is_at_home_leaves_the_list_and_can_come_back(shopper: Shopper) -> None:
    await shopper.say("/compras")
    message = await shopper.tap("Já tenho")
    assert "Toque no que você já tem em casa." in message.text
    message = await shopper.tap("Tomate · 1 kg")
    assert rows(message) == [
        ["Banana-prata · 12 unidades"],
        ["Couve · 2 maços"],
        ["✅ Tomate · 1 kg"],
        ["Pronto"],
    ]
    assert shopper.toast() == "Em casa: tomate."
    message = await shopper.tap("Pronto")
    assert "Já foram 0 de 2." in message.text
    assert ["Tomate · 1 kg"] not in rows(message)
    await shopper.tap("Já tenho")
    await shopper.tap("Tomate · 1 kg")
    assert shopper.toast() == "De volta à lista: tomate."


async def test_everything_in_the_cart_is_said(shopper: Shopper) -> None:
    shopper.menus.week = week_of(("tomate", 100))
    await shopper.say("/compras")
    message = await shopper.tap("Tomate · 200 g")
    assert "Tudo no carrinho." in message.text
    assert rows(message)[1] == ["Já tenho"]


async def test_two_people_buy_twice_as_much_and_more_can_be_chosen(shopper: Shopper) -> None:
    await shopper.say("/compras")
    await shopper.tap("Pessoas")
    message = await shopper.tap("2")
    assert "Para 2 pessoas." in message.text
    assert rows(message)[0] == ["Banana-prata · 24 unidades"]
    message = await shopper.tap("Pessoas")
    assert rows(message) == [["1", "✅ 2", "3"], ["4", "5", "6"], ["Porções"], ["Voltar à lista"]]
    assert "Cada uma come a mesma porção que você." in message.text
    message = await shopper.tap("3")
    assert rows(message)[0] == ["Banana-prata · 36 unidades"]
    assert "Para 3 pessoas." in message.text


async def test_who_eats_more_or_less_has_their_share_on_the_list_and_on_the_plate(shopper: Shopper) -> None:
    await shopper.say("/compras")
    await shopper.tap("Pessoas")
    await shopper.tap("3")
    await shopper.tap("Pessoas")
    message = await shopper.tap("Porções")
    assert rows(message) == [["Pessoa 2: igual"], ["Pessoa 3: igual"], ["Voltar"]]
    message = await shopper.tap("Pessoa 2: igual")
    assert rows(message)[:3] == [["metade"], ["um pouco menos"], ["✅ igual"]]
    assert rows(await shopper.tap("metade"))[0] == ["Pessoa 2: metade"]
    message = await shopper.tap("Voltar")
    assert "Pessoa 2: metade\nPessoa 3: igual" in message.text
    message = await shopper.tap("Voltar à lista")
    assert rows(message)[0] == ["Banana-prata · 30 unidades"]  # twelve, six and twelve
    day = SMALL.days[2].date.isoformat()
    message = await shopper.tap_data(f"receita_todos:{day}:almoco", message.id)
    assert "para 3 pessoas" in message.text and "2.250 g" in message.text.replace("\xa0", " ")
    assert "Pessoa 2, metade" in message.text and "A pessoa 3 come o mesmo que você." in message.text


async def test_a_share_or_a_place_that_is_not_offered_changes_nothing(shopper: Shopper) -> None:
    message = await shopper.say("/compras")
    assert "só para você" in (await shopper.tap_data(f"compras:{MONDAY}:porcoes", message.id)).text
    await shopper.tap_data(f"compras:{MONDAY}:pessoas:2", message.id)
    for which in ("1-50", "3-50", "2-33", "2-0", "x", "2-", "-50"):
        answer = await shopper.tap_data(f"compras:{MONDAY}:porcao:{which}", message.id)
        assert rows(answer)[0] == ["Pessoa 2: igual"]
    for place in ("1", "3", "x"):
        answer = await shopper.tap_data(f"compras:{MONDAY}:quem:{place}", message.id)
        assert rows(answer)[0] == ["Pessoa 2: igual"]


async def test_a_number_that_no_household_has_is_asked_again(shopper: Shopper) -> None:
    message = await shopper.say("/compras")
    for number in ("0", "999", "x", "-1"):
        answer = await shopper.tap_data(f"compras:{MONDAY}:pessoas:{number}", message.id)
        assert "Lista para quantas pessoas?" in answer.text


async def test_chosen_days_only_and_the_whole_week_again(shopper: Shopper) -> None:
    await shopper.say("/compras")
    message = await shopper.tap("Dias")
    assert rows(message)[2] == ["✅ quarta, 25 de novembro"]
    message = await shopper.tap("quarta, 25 de novembro")
    assert rows(message)[2] == ["quarta, 25 de novembro"]
    message = await shopper.tap("Pronto")
    assert "Compras · seg, ter, qui, sex, sáb e dom" in message.text
    assert "Não falta nada para estes dias." in message.text
    await shopper.tap("Dias")
    message = await shopper.tap("Semana toda")
    assert all(row[0].startswith("✅") for row in rows(message)[:7])


async def test_the_list_as_text_can_be_shared(shopper: Shopper) -> None:
    await shopper.say("/compras")
    await shopper.tap("Couve · 2 maços")
    message = await shopper.tap("Texto")
    assert len(shopper.messages) == 2
    assert message.text.replace("\u00a0", " ") == (
        "<b>Compras · 23 a 29 de novembro</b>\n\n"
        "<b>Hortifrúti</b>\nBanana-prata · 12 unidades\n✅ Couve · 2 maços\nTomate · 1 kg\n\n"
        "<b>Carnes, aves e peixes</b>\nPeito de frango · 700 g\n\n"
        "<b>Mercearia</b>\nArroz branco · 1 kg\n\n"
        "<b>A gosto, você deve ter</b>\nsal"
    )


async def test_a_swap_that_needs_more_of_what_was_bought_says_how_much_more(shopper: Shopper) -> None:
    await shopper.say("/compras")
    await shopper.tap("Banana-prata · 12 unidades")
    shopper.menus.week = week_of(("banana-prata", 980))
    message = await shopper.say("/compras")
    assert rows(message)[0] == ["Banana-prata · mais 2 unidades"]
    await shopper.tap("Banana-prata · mais 2 unidades")
    assert rows(shopper.last)[0] == ["✅ Banana-prata · 14 unidades"]


async def test_a_tap_on_the_list_of_an_older_week_changes_nothing_and_shows_the_current_one(
    shopper: Shopper,
) -> None:
    message = await shopper.say("/compras")
    old = data(message)[0]
    shopper.menus.week = week_of(("banana-prata", 70), start=MONDAY - timedelta(days=2))
    after = await shopper.tap_data(old, message.id)
    assert after.id == message.id
    assert rows(after)[0] == ["Banana-prata · 1 unidade"]
    assert shopper.toast() == "A lista mudou. Mostro a atual."


@pytest.mark.parametrize(
    "forged",
    [
        f"compras:{MONDAY}:pega:caviar",
        f"compras:{MONDAY}:pega:sal",
        f"compras:{MONDAY}:tem:caviar",
        f"compras:{MONDAY}:voa:couve",
        f"compras:{MONDAY}:nada",
        f"compras:{MONDAY}:dia_nao:ontem",
        f"compras:{MONDAY}:dia_nao:2020-01-01",
        "compras:ontem:pega:couve",
        "compras::",
    ],
)
async def test_a_forged_tap_changes_nothing(shopper: Shopper, forged: str) -> None:
    before = await shopper.say("/compras")
    await shopper.tap_data(forged, before.id)
    after = await shopper.say("/compras")
    assert (after.text, rows(after)) == (before.text, rows(before))


async def test_without_a_menu_the_list_offers_to_make_one(shopper: Shopper) -> None:
    shopper.menus.week = None
    message = await shopper.say("/compras")
    assert message.text == "Você ainda não tem cardápio desta semana."
    assert message.labels == ["Montar cardápio"]


async def test_what_a_restriction_took_out_is_not_bought(shopper: Shopper) -> None:
    day = SMALL.days[2]
    held = replace(day, meals=(replace(day.meals[0], withheld="frango"),))
    shopper.menus.week = replace(SMALL, days=(*SMALL.days[:2], held, *SMALL.days[3:]))
    assert "Não falta nada" in (await shopper.say("/compras")).text


async def test_a_long_section_is_cut_in_pages_that_hold_each_item_once(shopper: Shopper) -> None:
    week = guide_week(1)
    shopping = shopping_list(week.days, TABLE)
    found = words.pages(shopping)
    assert [line.item.id for page in found for line in page.lines] == sorted(
        (line.item.id for line in shopping.lines),
        key=lambda i: (list(Section).index(Market.load().get(i).section), i),  # type: ignore[union-attr]
    )
    assert max(len(page.lines) for page in found) <= words.MOST_ROWS
    assert len({page.key for page in found}) == len(found)
    shopper.menus.week = week
    message = await shopper.say("/compras")
    for _ in found:
        assert all(len(each.encode()) <= CALLBACK_DATA_BYTES for each in data(message))
        message = await shopper.tap_data(message.shown.buttons[-1][1].data, message.id)
    assert "parte 1 de" in message.text


def test_no_item_of_the_market_is_too_long_for_a_button() -> None:
    for item in Market.load():
        assert len(f"{view.VERB}:2026-11-23:larga:{item.id}".encode()) <= CALLBACK_DATA_BYTES


def test_every_section_has_a_name_and_a_short_one() -> None:
    t = catalogue()
    for section in set(Section) - {Section.DESPENSA}:
        assert words.SECTIONS[section]
        assert len(t.plain(words.SHORT[section])) <= 10


def test_a_difference_is_one_sentence() -> None:
    t = catalogue()
    old = shopping_list(week_of(("patinho-grelhado", 114)).days, TABLE)
    new = shopping_list(week_of(("tilapia-assada", 126), ("banana-prata", 70)).days, TABLE)
    text = str(words.difference_text(t, difference(old, new))).replace("\u00a0", " ")
    assert text == (
        "Entra na lista: banana-prata (1 unidade) e filé de tilápia (170 g).\nSai da lista: patinho (165 g)."
    )
    assert str(words.difference_text(t, difference(old, old))) == ""


# Files


async def test_the_picture_comes_with_a_caption_that_says_the_same(shopper: Shopper) -> None:
    message = await shopper.say("imagem")
    assert message.shown.photo is not None
    assert message.shown.photo.filename == "cardapio-2026-11-23.png"
    assert "Qua: prato" in message.text
    dark = await shopper.tap("Imagem escura")
    assert dark.shown.photo is not None
    assert dark.shown.photo.content != message.shown.photo.content


async def test_the_chart_comes_with_its_figures_in_words(shopper: Shopper) -> None:
    message = await shopper.tap_data("grafico:2026-11-25")
    assert message.shown.photo is not None
    assert "Proteína: " in message.text
    assert "meta a partir de" in message.text


async def test_the_pdf_and_the_calendar_are_documents(shopper: Shopper) -> None:
    pdf, agenda = await shopper.say("pdf"), await shopper.say("agenda")
    assert pdf.shown.document is not None
    assert pdf.shown.document.content.startswith(b"%PDF")
    assert agenda.shown.document is not None
    assert agenda.shown.document.content.startswith(b"BEGIN:VCALENDAR")


async def test_without_a_menu_nothing_is_drawn(shopper: Shopper) -> None:
    shopper.menus.week = None
    for what in (files_view.CARD, files_view.PDF, files_view.AGENDA):
        message = await shopper.say(what)
        assert message.text == "Você ainda não tem cardápio desta semana."
        assert message.shown.photo is None
        assert message.shown.document is None


async def test_the_longest_list_is_one_message_of_telegram_and_few_rows_a_page(shopper: Shopper) -> None:
    shopper.menus.week = replace(
        (week := guide_week(1)), days=tuple(replace(day, meals=every_meal(week)) for day in week.days)
    )
    await shopper.say("/compras")
    await shopper.tap("Pessoas")
    await shopper.tap("6")
    text = await shopper.tap("Texto")
    assert 2000 < len(text.text) <= 4096
    pages = words.pages(shopping_list(shopper.menus.week.days, TABLE, 6))
    assert all(1 <= len(page.lines) <= words.MOST_ROWS for page in pages)
    listed = [line.item.id for page in pages for line in page.lines]
    assert len(listed) == len(set(listed)) > 60


def every_meal(week: Week) -> tuple[Meal, ...]:
    """All that the week has, on one day: more than anybody's week needs."""
    return tuple(meal for day in week.days for meal in day.meals)
