"""The day, the week, recipes, sources, reminders: what is shown, how it moves, what is left out."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from handlers.screens.day import lines_of
from handlers.screens.portions import foods, plural, served
from handlers.transport.screens import NothingToSay
from menus import people
from nutrition.menu import Meal, Origin, Role, Slot, Unmet, Week
from tests.handlers import weeks
from tests.handlers.phone import NOON, FakeJob, FakeMenus, Phone, open_phone
from tests.handlers.test_onboarding import to_step
from tests.weeks import guide_week

NB = "\u00a0"
GUIDE = guide_week(2)  # reads the guide now, not in the loop
TODAY = f"""<b>Hoje, quarta</b>

<b>Café da manhã</b> · 358{NB}kcal
Pão com ovo e mamão
1 pão francês (50{NB}g)
2 ovos cozidos (90{NB}g)
1 fatia de mamão formosa (170{NB}g)

<b>Almoço</b> · 549{NB}kcal
Arroz, feijão, frango e couve
1 filé de peito de frango grelhado (100{NB}g)
4 colheres de sopa de couve-manteiga refogada (80{NB}g)
5 colheres de sopa de arroz branco cozido (125{NB}g)
1 concha de feijão-carioca cozido (140{NB}g)
1 laranja-pera (140{NB}g)

<b>Jantar</b> · 280{NB}kcal
Camarão com batata
5 colheres de sopa de camarão cozido (100{NB}g)
2 batatas-inglesas cozidas (280{NB}g)
1 colher de chá de azeite de oliva (5{NB}g)

Sal do dia: 3{NB}g (meia colher de chá)
<b>No dia: 1.187{NB}kcal</b> (meta 1.850)
Proteína 84{NB}g · fibras 27{NB}g
Carboidrato 156{NB}g · gordura 25{NB}g"""


def menus(phone: Phone) -> FakeMenus:
    fake = phone.services.menus
    assert isinstance(fake, FakeMenus)
    return fake


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Phone]:
    async with open_phone(tmp_path / "test.db", menus=FakeMenus()) as opened:
        await to_step(opened, "summary")
        await opened.tap("Montar cardápio")
        menus(opened).week, menus(opened).job = weeks.week(), None
        yield opened


async def test_the_day_is_laid_out_as_in_the_storyboard(phone: Phone) -> None:
    await phone.say("/hoje")
    assert phone.last.text == TODAY
    rows = [[button.label for button in row] for row in phone.last.shown.buttons]
    assert rows == [
        ["✅ Feito", "⏭ Pulei"],
        ["← Terça", "Quinta →"],
        ["🔄 Trocar", "📖 Receitas"],
        ["Fontes", "🛒 Compras"],
        ["Ver a semana", "Gráfico"],
    ]


async def test_today_is_marked_done_once_and_keeps_its_reminder_away(phone: Phone) -> None:
    shown = await phone.say("/hoje")
    await phone.tap("Feito")
    assert phone.last.id == shown.id and phone.last.text == f"{TODAY}\n\nAnotei: feito."
    assert phone.last.labels[0] == "↩ Desfazer" and "✅ Feito" not in phone.last.labels
    await phone.tap_data("d_feito:2026-11-25", shown.id)
    assert phone.last.text.count("Anotei: feito.") == 1
    with pytest.raises(NothingToSay):
        await phone.show("lembrete", date="2026-11-25")
    await phone.tap("↩ Desfazer")
    assert phone.last.text == TODAY
    assert (await phone.show("lembrete", date="2026-11-25")).text.startswith("<b>Hoje, quarta</b>")


async def test_another_day_is_not_marked(phone: Phone) -> None:
    await phone.say("e amanhã?")
    assert "✅ Feito" not in phone.last.labels
    await phone.tap_data("d_feito:2026-11-26", phone.last.id)
    assert "Anotei" not in phone.last.text


@pytest.mark.parametrize(
    ("words", "line"),
    [("feito", "Anotei: feito."), ("hoje segui tudo", "Anotei: feito."), ("pulei hoje", "Tudo bem.")],
)
async def test_the_day_is_answered_in_words_too(phone: Phone, words: str, line: str) -> None:
    await phone.say(words)
    assert phone.last.text.splitlines()[-1].startswith(line)
    await phone.tap("↩ Desfazer")
    assert line not in phone.last.text


async def test_a_day_of_many_foods_folds_them_and_stays_within_a_screen_and_a_half(phone: Phone) -> None:
    made = GUIDE
    long = replace(made, days=tuple(replace(day, meals=six_meals(made)) for day in made.days))
    menus(phone).week = long
    message = await phone.show("dia", date=made.days[1].date.isoformat())
    folded = re.findall(r"<blockquote expandable>(.*?)</blockquote>", message.text, re.DOTALL)
    assert len(folded) == 6 and all(len(each.splitlines()) >= 2 for each in folded)
    shown = re.sub(r"<blockquote expandable>.*?</blockquote>", "\n\n", message.text, flags=re.DOTALL)
    assert lines_of(shown) <= 44
    assert "kcal" in message.text and len(message.text) <= 4096


def six_meals(week: Week) -> tuple[Meal, ...]:
    """The longest meal of each slot of ``week``, and one more as a supper."""
    found = {
        slot: max((m for day in week.days for m in day.meals if m.slot is slot), key=lambda m: len(m.dishes))
        for slot in {m.slot for day in week.days for m in day.meals}
    }
    spare = next(iter(found.values()))
    return tuple(found.get(slot) or replace(spare, slot=slot) for slot in Slot)


async def test_arrows_edit_the_same_message_and_stop_at_the_ends(phone: Phone) -> None:
    shown = await phone.say("/cardápio")
    await phone.tap("Quinta →")
    assert phone.last.id == shown.id
    assert phone.last.text.startswith("<b>Quinta, 26 de novembro</b>")
    await phone.tap_data("dia:2026-11-23", shown.id)
    assert "Terça →" in phone.last.labels and not any(label.startswith("←") for label in phone.last.labels)
    await phone.tap_data("dia:2026-11-29", shown.id)
    assert "← Sábado" in phone.last.labels and not any(label.endswith("→") for label in phone.last.labels)


async def test_shown_parts_add_up_to_the_shown_total(phone: Phone) -> None:
    await phone.say("/hoje")
    *meals, total = (
        int(kcal.replace(".", "")) for kcal in re.findall(r"([\d.]+)\u00a0kcal", phone.last.text)
    )
    assert sum(meals) == total


async def test_the_week_has_one_line_a_day_and_a_button_for_each(phone: Phone) -> None:
    await phone.say("/hoje")
    await phone.tap("Ver a semana")
    lines = phone.last.text.splitlines()
    assert lines[0] == "<b>23 a 29 de novembro</b>"
    assert lines[1] == f"Seg: 1.187{NB}kcal · frango grelhado e camarão com batata"
    assert phone.last.labels == [
        "Seg",
        "Ter",
        "Qua",
        "Qui",
        "Sex",
        "Sáb",
        "Dom",
        "Nova semana",
        "Imagem",
        "PDF",
        "Agenda",
    ]
    await phone.tap("Sáb")
    assert phone.last.text.startswith("<b>Sábado, 28 de novembro</b>")


async def test_a_recipe_is_a_new_message_that_stays(phone: Phone) -> None:
    await phone.say("/hoje")
    await phone.tap("📖 Receitas")
    assert phone.last.labels == ["Café da manhã", "Almoço", "Jantar", "Voltar ao dia"]
    recipe = await phone.tap("Almoço")
    assert "<b>Separe</b>" in recipe.text and "1. Tempere o frango com o sal." in recipe.text
    assert f"3 pitadas de sal (1,5{NB}g)" in recipe.text
    day = await phone.tap("Voltar ao dia")
    assert day.id != recipe.id


async def test_sources_name_the_section_and_the_table_rows(phone: Phone) -> None:
    await phone.say("/hoje")
    await phone.tap("Fontes")
    assert phone.last.text.startswith("<b>De onde vem: quarta</b>")
    assert "Almoço: Guia Cardápio, seção Prato do dia a dia" in phone.last.text
    assert "Números: TACO, linhas " in phone.last.text
    await phone.tap("Voltar ao dia")
    assert phone.last.text == TODAY


@pytest.mark.parametrize(
    ("words", "first_line"),
    [
        ("e amanhã?", "<b>Quinta, 26 de novembro</b>"),
        ("mostra sexta", "<b>Sexta, 27 de novembro</b>"),
        ("hoje", "<b>Hoje, quarta</b>"),
        ("o que eu como na quinta?", "<b>Quinta, 26 de novembro</b>"),
        ("o que eu como agora?", f"<b>Almoço</b> · 549{NB}kcal"),
        ("qual o almoço?", "<b>Hoje</b>"),
        ("bom dia", "Bom dia! Sua próxima refeição:"),
        ("ver a semana", "<b>Hoje, quarta</b>"),
    ],
)
async def test_days_and_meals_are_asked_in_words(phone: Phone, words: str, first_line: str) -> None:
    await phone.say(words)
    assert phone.last.text.splitlines()[0] == first_line


async def test_a_day_without_a_menu_offers_what_there_is(phone: Phone) -> None:
    await phone.say("segunda")
    assert phone.last.text == "Não tenho cardápio para segunda, 30 de novembro."
    menus(phone).week = None
    await phone.say("/hoje")
    assert phone.last.text == "Você ainda não tem cardápio desta semana."
    await phone.tap("Montar cardápio")
    assert phone.last.screen == "progresso"


async def test_asking_twice_says_how_far_it_is(phone: Phone) -> None:
    menus(phone).week, menus(phone).job = None, FakeJob(1, 4, 7)
    await phone.say("/cardapio")
    assert phone.last.text == "Já estou montando: 4 de 7."
    assert len(menus(phone).asked) == 1


async def test_progress_names_the_day_and_ends_with_the_week(phone: Phone) -> None:
    assert (await phone.show("progresso", job=1, done=4, total=7)).text == (
        "Montando sua semana: sábado pronto, 4 de 7."
    )
    assert (await phone.show("progresso", job=1, done=2, total=7)).text == (
        "Montando sua semana: quinta pronta, 2 de 7."
    )
    assert (await phone.show("progresso", job=1, done=7, total=7)).text == "Conferindo restrições e porções."
    assert (await phone.show("progresso", job=1, done=5, total=7, resumed=True)).text == (
        "Voltei. Continuando sua semana: 5 de 7."
    )
    assert (await phone.show("semana_pronta", job=1)).text == "Sua semana está pronta: 23 a 29 de novembro."


async def test_what_did_not_fit_and_who_wrote_are_told(phone: Phone) -> None:
    made = weeks.week()
    unmet = (Unmet("protein_g", (made.start, made.start + timedelta(days=1))), Unmet("variety"))
    menus(phone).week = type(made)(made.start, made.days, Origin.GUIA, unmet, ("gemini_away",))
    text = (await phone.show("semana_pronta")).text
    assert "o ajudante que cria pratos novos não respondeu" in text
    assert "Nem tudo coube na meta: proteína em 2 dias e variedade." in text


@pytest.mark.parametrize(
    ("unmet", "told"),
    [
        (("quota:peixe:2:0",), "Do seu pedido, não coube tudo: peixe 2 vezes."),
        (("quota:peixe:2:1",), "peixe 2 vezes (coube em 1)."),
        (("quota:feijão:7:3",), "feijão todo dia (coube em 3)."),
        (("limit:frango:1:2",), "frango só 1 vez (ficou em 2)."),
        (("cheap", "batch"), "só pratos baratos e sobras do jantar no almoço."),
        (("time",), "pratos mais rápidos em 1 dia."),
        (("protein_sources", "variety"), "Nem tudo coube na meta: tipos de proteína e variedade."),
        (("adjacent",), "prato repetido no dia seguinte, 1 vez."),
        (("meal_share",), "refeição maior ou menor que o normal em 1 dia."),
    ],
)
async def test_what_gave_way_is_said_in_words(phone: Phone, unmet: tuple[str, ...], told: str) -> None:
    made = weeks.week()
    items = tuple(Unmet(what, (made.start,)) for what in unmet)
    if len(unmet) > 1 or ":" in unmet[0]:
        items = tuple(Unmet(what) for what in unmet)
    menus(phone).week = type(made)(made.start, made.days, Origin.GUIA, items, ())
    assert told in (await phone.show("semana_pronta")).text


@pytest.mark.parametrize("code", ["no_dishes", "too_many_attempts", "a1b2c3", "refer"])
async def test_a_week_that_could_not_be_made_says_what_to_do(phone: Phone, code: str) -> None:
    shown = await phone.show("semana_falhou", code=code, job=3)
    assert shown.labels and code not in shown.text


async def test_stopping_cancels_the_job(phone: Phone) -> None:
    await phone.say("outra semana")
    await phone.tap("Parar")
    assert phone.last.text.startswith("Parei de montar.")
    assert menus(phone).job is None


async def test_hidden_numbers_leave_no_kcal_anywhere(phone: Phone) -> None:
    await phone.say("/perfil")
    await phone.tap("Esconder números")
    assert "72,5" not in phone.last.text
    await phone.say("/hoje")
    assert "kcal" not in phone.last.text and "Proteína" not in phone.last.text
    await phone.tap("Ver a semana")
    assert "kcal" not in phone.last.text
    await phone.say("oi")
    assert "kcal" not in phone.last.text


async def test_the_morning_message_tells_the_day_without_measures_or_numbers(phone: Phone) -> None:
    shown = await phone.show("lembrete", date="2026-11-25")
    assert shown.text.splitlines() == [
        "<b>Hoje, quarta</b>",
        "Café: pão com ovo e mamão",
        "Almoço: arroz, feijão, frango e couve",
        "Jantar: camarão com batata",
    ]
    day = await phone.tap("Ver medidas")
    assert day.id != shown.id and day.text == TODAY


async def test_the_next_meal_goes_by_the_clock_of_the_person(phone: Phone) -> None:
    phone.now = datetime(2026, 11, 25, 23, 0, tzinfo=UTC)  # 20h in São Paulo
    await phone.say("o que eu como agora?")
    assert phone.last.text.startswith("<b>Jantar</b>")
    phone.now = NOON


async def test_reminders_are_set_in_words_undone_and_turned_off(phone: Phone) -> None:
    await phone.say("me lembra sete e meia da noite")
    assert phone.last.text == "Combinado: todo dia às 19h30, horário de São Paulo."
    await phone.tap("↩ Desfazer")
    assert phone.last.text == "Desfiz. Os lembretes voltaram para 7h."
    await phone.say("para de mandar mensagem")
    assert phone.last.text.startswith("Desliguei os lembretes.")
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        assert await people.reminder_of(conn, person.id) == ""


async def test_an_hour_of_two_readings_is_asked(phone: Phone) -> None:
    await phone.say("/lembretes")
    await phone.tap("Mudar horário")
    await phone.say("quinze pras sete")
    assert phone.last.text == "De manhã ou à noite?"
    await phone.tap("18h45")
    assert phone.last.text.startswith("Combinado: todo dia às 18h45")


async def test_a_wrong_hour_gets_an_example(phone: Phone) -> None:
    await phone.say("/lembrete")
    await phone.tap("Mudar horário")
    await phone.say("25h")
    assert phone.last.text == "Não entendi 25h como horário. Escreva assim: 7h, 12h30 ou 7 da noite."


@pytest.mark.parametrize(
    ("food", "many"),
    [
        ("ovo cozido", "ovos cozidos"),
        ("pão francês", "pães franceses"),
        ("batata-inglesa cozida", "batatas-inglesas cozidas"),
        ("banana-prata", "bananas-prata"),
        ("laranja-pera", "laranjas-pera"),
        ("castanha-de-caju", "castanhas-de-caju"),
        ("pão de queijo assado", "pães de queijo assados"),
        ("clara de ovo cozida", "claras de ovo cozidas"),
        ("posta de salmão cru", "postas de salmão cru"),
        ("pimentão verde", "pimentões verdes"),
        ("pastel assado", "pastéis assados"),
        ("limão", "limões"),
        ("nugget", "nugget"),
    ],
)
def test_units_take_the_plural_of_the_food(food: str, many: str) -> None:
    assert plural(food) == many


def test_measures_stay_before_the_food() -> None:
    assert served("meia xícara", "aveia") == "meia xícara de aveia"
    assert served("1 unidade", "maçã") == "1 maçã"
    assert served("2 coxas", "coxa de frango cozida") == "2 coxas de frango cozida"
    assert served("1 coxa e meia", "coxa de frango cozida") == "1 coxa e meia de frango cozida"
    assert served("1 filé", "filé de tilápia") == "1 filé de tilápia"
    assert served("2 unidades e meia", "maçã") == "2 maçãs e meia"
    assert served("1 unidade e meia", "ovo cozido") == "1 ovo cozido e meio"


def test_a_food_of_two_dishes_takes_one_line() -> None:
    rice, salad = (
        weeks.dish(name, Role.SALADA, weeks.portion("azeite-de-oliva", grams, "x"))
        for name, grams in (("Arroz", 2.5), ("Salada", 5.5))
    )
    (oil,) = foods(Meal(Slot.ALMOCO, "Arroz e salada", (rice, salad)))
    assert (oil.grams, oil.measure) == (8.0, "1 colher de sopa")


async def test_a_day_with_a_meal_taken_out_is_not_measured_against_the_target(phone: Phone) -> None:
    menus(phone).week = weeks.week(withheld="crustaceos")
    await phone.say("/hoje")
    assert "<b>No dia: 907\u00a0kcal</b>\n" in phone.last.text and "meta" not in phone.last.text
    assert "Escolher outro" in phone.last.labels
