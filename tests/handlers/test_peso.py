"""/peso on the phone: read, doubted, kept, undone; the trend in words and as a picture; care, new targets, the week."""

import random
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from handlers.catalogue import catalogue
from handlers.files.canvas import WIDTH
from handlers.files.theme import DARK, LIGHT
from handlers.files.weight_chart import HEIGHT, weight_chart
from handlers.transport.screens import NothingToSay
from menus import people as who
from menus import reminders
from menus.reminder_plan import Kind
from nutrition.person import Goal, Profile, Sex
from nutrition.trend import Measure, smoothed
from storage import profiles, weights
from tests.handlers.changer import ANA, WEDNESDAY, Changer, open_changer, own_week
from tests.handlers.phone import NOON, Message

EARLY = "Com 2 semanas de registros eu mostro a tendência."


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Changer]:
    async with open_changer(tmp_path / "test.db") as opened:
        await opened.settle(own_week())
        yield opened


def spaced(message: Message) -> str:
    return message.text.replace("\u00a0", " ")


async def diary(phone: Changer) -> list[float]:
    """The figures that are kept, oldest first."""
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        return [each.kg for each in await weights.for_person(conn, person.id)]


async def profile(phone: Changer) -> Profile:
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        found = await who.profile_of(conn, person.id)
    assert found is not None
    return found


async def weeks(phone: Changer, per_week: float, days: int = 21, noise: float = 0.0) -> Message:
    """A diary of ``days`` days, the last of which is told to the bot; the message that this brings."""
    draw, person = random.Random(1), await phone.person()
    assert person is not None
    kgs = [round(72.5 + per_week * day / 7 + draw.gauss(0, noise), 1) for day in range(days)]
    async with phone.database.transaction() as tx:
        for day, kg in enumerate(kgs[:-1]):
            await weights.put(tx, person.id, WEDNESDAY + timedelta(days=day), kg, NOON)
    phone.now = NOON + timedelta(days=days - 1)
    await phone.say(f"pesei {kgs[-1]}".replace(".", ","))
    return next(message for message in reversed(phone.messages) if message.screen == "peso_anotado")


# Reading


@pytest.mark.parametrize(
    "said", ["/peso 72,3", "pesei 72,3", "meu peso hoje é 72,3 kg", "72.3kg", "/peso 72.3 kg"]
)
async def test_a_weight_is_kept_for_today_in_one_message(phone: Changer, said: str) -> None:
    await phone.say(said)
    assert spaced(phone.last) == f"Anotei 72,3 kg, hoje.\n{EARLY}"
    assert phone.last.labels == ["↩ Desfazer", "Registros", "Resumo da semana"]
    assert await diary(phone) == [72.3]
    assert await profile(phone) == ANA


async def test_alone_it_asks_and_the_next_words_are_the_answer(phone: Changer) -> None:
    assert "Quanto você pesa hoje?" in (await phone.say("/peso")).text
    await phone.say("setenta e dois e meio")
    assert spaced(phone.last).startswith("Anotei 72,5 kg, hoje.")
    await phone.say("me pesei")
    assert phone.last.screen == "peso_pergunta"
    assert (await phone.tap("Agora não")).text == "Tudo bem. Quando quiser anotar, escreva: pesei 82,3"
    await phone.say("ontem pesei 72,9")
    assert spaced(phone.last).startswith("Anotei 72,9 kg, ontem.")
    assert await diary(phone) == [72.9, 72.5]


async def test_what_is_not_read_is_asked_again_with_an_example_and_never_guessed(phone: Changer) -> None:
    await phone.say("/peso abc")
    assert phone.last.text == "Não entendi abc como peso.\nEscreva em quilos. Exemplo: 82,3"
    await phone.say("/peso 9999")
    assert "30 a 300 quilos. Exemplo: 82,3" in phone.last.text or "É 99" in phone.last.text
    assert spaced(await phone.say("/peso 723")) == "Li 723. É 72,3 kg?"
    assert await diary(phone) == []
    await phone.tap("É 72,3 kg")
    assert await diary(phone) == [72.3]


async def test_after_the_question_other_words_are_what_they_always_are(phone: Changer) -> None:
    await phone.say("/peso")
    await phone.say("troca o jantar de hoje por peixe")
    assert phone.last.screen == "mudei"
    await phone.say("/peso")
    await phone.say("não como camarão")
    assert phone.last.screen != "peso_nao_entendi"
    assert await diary(phone) == []


async def test_a_big_jump_is_asked_about_and_kept_only_after_a_yes(phone: Changer) -> None:
    await phone.say("pesei 72,3")
    phone.now += timedelta(days=1)
    assert (
        spaced(await phone.say("pesei 62,3"))
        == "Em 25 de novembro você anotou 72,3 kg. Agora é 62,3 kg mesmo?"
    )
    assert await diary(phone) == [72.3]
    await phone.tap("Corrigir")
    await phone.say("72,1")
    assert await diary(phone) == [72.3, 72.1]
    await phone.say("pesei 66,2")
    await phone.say("sim")
    assert await diary(phone) == [72.3, 66.2]


async def test_against_the_profile_a_jump_is_asked_about_too(phone: Changer) -> None:
    assert spaced(await phone.say("/peso 62")) == "No seu perfil está 72,5 kg. Agora é 62 kg mesmo?"
    await phone.tap("É 62 kg")
    assert await diary(phone) == [62.0]


async def test_the_same_day_is_corrected_and_undo_is_once(phone: Changer) -> None:
    await phone.say("pesei 72,8")
    first = phone.last
    await phone.say("pesei 72,4")
    assert spaced(phone.last).startswith("Corrigi o peso de hoje: era 72,8 kg, ficou 72,4 kg.")
    undo = phone.last.shown.buttons[0][0].data
    assert spaced(await phone.tap("↩ Desfazer")) == "Desfiz. O peso de hoje voltou a 72,8 kg."
    await phone.tap_data(undo)
    assert phone.last.text == "Isso já estava desfeito."
    await phone.tap_data(first.shown.buttons[0][0].data)
    assert phone.last.text == "Isso já estava desfeito."
    assert await diary(phone) == [72.8]


@pytest.mark.parametrize(
    "data",
    [
        "peso_e:99999:0",
        "peso_e:abc:0",
        "peso_e:723:9",
        "peso_sim:723:2020-01-01",
        "peso_sim:723:x",
        "peso_desfaz:x",
    ],
)
async def test_forged_buttons_keep_nothing(phone: Changer, data: str) -> None:
    await phone.tap_data(data)
    assert await diary(phone) == []


async def test_the_records_are_listed_and_taken_out_one_by_one(phone: Changer) -> None:
    await weeks(phone, -0.3, days=3)
    listed = await phone.tap("Registros")
    assert spaced(listed).splitlines()[1:4] == [
        "27 de novembro: 72,4 kg",
        "26 de novembro: 72,5 kg",
        "25 de novembro: 72,5 kg",
    ]
    await phone.tap("26/11 · 72,5 kg")
    await phone.tap("Tirar registro")
    assert phone.last.text == "Tirei o registro de 26 de novembro."
    assert len(await diary(phone)) == 2


@pytest.mark.parametrize("said", ["peso 52", "meu peso é 52", "o peso é 52 kg", "agora peso 52"])
async def test_a_weight_named_without_a_scale_is_doubted_kept_and_undone_like_any_other(
    phone: Changer, said: str
) -> None:
    assert spaced(await phone.say(said)) == "No seu perfil está 72,5 kg. Agora é 52 kg mesmo?"
    assert (await diary(phone), await profile(phone)) == ([], ANA)
    await phone.say("é isso mesmo")
    assert await diary(phone) == [52.0]
    note = next(message for message in reversed(phone.messages) if message.screen == "peso_anotado")
    await phone.tap_data(note.shown.buttons[0][0].data, note.id)
    assert (await diary(phone), await profile(phone)) == ([], ANA)


async def test_a_small_correction_is_kept_as_a_measure_at_once(phone: Changer) -> None:
    assert spaced(await phone.say("meu peso é 73,1")).startswith("Anotei 73,1 kg, hoje.")
    assert await diary(phone) == [73.1]


# The trend


async def test_after_two_weeks_the_trend_is_told_in_words_with_a_picture(phone: Changer) -> None:
    told = await weeks(phone, -0.35, noise=0.3)
    assert spaced(told).splitlines()[1:] == [
        "Tendência das 3 últimas semanas: desce devagar, cerca de 0,3 kg por semana.",
        "O peso de um dia varia com água, sal e intestino.",
    ]
    assert told.shown.photo is not None
    picture = Image.open(BytesIO(told.shown.photo.content))
    assert picture.size == (WIDTH, HEIGHT)


async def test_a_loss_beyond_the_limit_brings_a_kind_sentence_and_where_to_go(phone: Changer) -> None:
    told = spaced(await weeks(phone, -1.0))
    assert "desce depressa, cerca de 1 kg por semana." in told
    assert "É mais rápido do que eu sugiro, que é até 0,7 kg por semana." in told
    assert "posto de saúde (UBS)" in told
    assert "!" not in told


def test_the_chart_is_light_or_dark_and_draws_one_figure_as_well_as_a_year() -> None:
    for days in (1, 2, 40, 365):
        measures = tuple(Measure(WEDNESDAY + timedelta(days=n), 80 - n / 90) for n in range(days))
        for dark, colours in ((False, LIGHT), (True, DARK)):
            png = weight_chart(measures, smoothed(measures), catalogue(), dark=dark)
            picture = Image.open(BytesIO(png)).convert("RGB")
            assert picture.size == (WIDTH, HEIGHT)
            assert picture.getpixel((2, 2)) == colours.ground
            shown = {colour for _, colour in picture.getcolors(maxcolors=1 << 20) or []}
            assert {colours.accent, colours.fibre} & shown


async def test_dark_and_light_lead_to_each_other(phone: Changer) -> None:
    await weeks(phone, -0.3, days=2)
    await phone.tap("Registros")
    assert (await phone.tap("Gráfico escuro")).labels == ["Gráfico claro"]
    assert (await phone.tap("Gráfico claro")).labels == ["Gráfico escuro"]


# Care


@pytest.mark.parametrize(
    ("kg", "screen"), [("51", "sem_deficit"), ("44", "peso_anotado"), ("56", "perfil_nova_semana")]
)
async def test_a_weight_that_crosses_a_limit_says_what_holds_now(
    phone: Changer, kg: str, screen: str
) -> None:
    await phone.say(f"/peso {kg}")
    await phone.tap(f"É {kg} kg")
    assert phone.last.screen == screen
    assert phone.last.text.count("\n") >= 0
    assert (await profile(phone)).weight_kg == float(kg)


async def test_a_referral_by_weight_is_told_once_with_its_undo(phone: Changer) -> None:
    await phone.say("peso 44")
    before = len(phone.messages)
    await phone.say("sim")
    (told,) = phone.messages[before:]
    assert told.labels[-1] == "↩ Desfazer"
    assert (await phone.say("/cardapio")).screen == "encaminhar"
    await phone.tap_data(told.shown.buttons[-1][0].data, told.id)
    assert (await diary(phone), await profile(phone)) == ([], ANA)


@pytest.mark.parametrize("days", [0, 1])
async def test_a_referral_by_a_mistyped_weight_ends_with_the_right_one(phone: Changer, days: int) -> None:
    await phone.say("peso 44")
    await phone.say("sim")
    phone.now += timedelta(days=days)
    assert (await phone.say("/peso")).screen == "encaminhar"
    await phone.say("peso 44,5")
    assert phone.last.screen == "encaminhar"
    assert await diary(phone) == [44.0]
    await phone.say("peso 72,4")
    if days:
        await phone.say("sim")
    assert (await diary(phone))[-1] == 72.4
    assert (await phone.say("/hoje")).screen != "encaminhar"


async def test_a_record_is_not_shown_to_whom_weights_are_hidden_or_not_for(phone: Changer) -> None:
    await phone.say("pesei 72,3")
    await phone.say("/perfil")
    await phone.tap("Esconder números")
    await phone.tap_data(f"peso_dia:{WEDNESDAY.isoformat()}")
    assert phone.last.text == "Os números estão escondidos. Em Meus dados você mostra de novo."
    await phone.say("/perfil")
    await phone.tap("Mostrar números")
    await phone.say("estou grávida")
    await phone.tap_data(f"peso_dia:{WEDNESDAY.isoformat()}")
    assert "72,3" not in phone.last.text


async def test_what_is_kept_is_told_without_hidden_numbers_and_leads_to_the_files(phone: Changer) -> None:
    assert "72,5" in (await phone.show("tudo")).text
    await phone.say("/perfil")
    await phone.tap("Esconder números")
    told = await phone.show("tudo")
    assert "kg" not in told.text and "Altura" not in told.text
    assert "Números escondidos" in told.text
    assert "Receber em arquivo" in told.labels


async def test_who_hid_numbers_gets_words_without_any_and_no_picture(phone: Changer) -> None:
    await phone.say("/perfil")
    await phone.tap("Esconder números")
    told = await weeks(phone, -1.0)
    assert told.shown.photo is None
    assert not any(char.isdigit() for char in told.text.replace("3 últimas", ""))
    assert "desce depressa." in told.text
    assert "peso_meta" not in [message.screen for message in phone.messages]
    await phone.tap("Registros")
    assert "kg" not in phone.last.text


async def test_whom_menus_are_not_for_is_not_weighed(phone: Changer) -> None:
    await phone.say("estou grávida")
    await phone.say("/peso 72,3")
    assert phone.last.screen == "encaminhar"
    await phone.say("pesei 72,3")
    assert phone.last.screen == "encaminhar"
    assert await diary(phone) == []


# New targets


async def test_a_target_is_proposed_in_words_used_explained_and_taken_back(phone: Changer) -> None:
    await weeks(phone, 0.1)
    offer = next(message for message in reversed(phone.messages) if message.screen == "peso_meta")
    assert "combinam melhor com você do que 1.850 kcal." in spaced(offer)
    assert "Seu corpo parece gastar menos do que a conta previa." in spaced(offer)
    use, keep = offer.labels
    assert keep.replace("\u00a0", " ") == "Manter 1.850 kcal"
    new = use.replace("\u00a0", " ").removeprefix("Usar ")
    await phone.tap_data(offer.shown.buttons[0][0].data, offer.id)
    answer = next(message for message in phone.messages if message.id == offer.id)
    assert spaced(answer) == f"Pronto: a meta passou para {new} por dia.\nVale para os próximos cardápios."
    why = spaced(await phone.say("/porque calorias"))
    assert f"Por que {new}?" in why and "Pela tendência do seu peso: " in why
    await phone.tap_data(answer.shown.buttons[0][0].data, answer.id)
    back = next(message for message in phone.messages if message.id == offer.id)
    assert spaced(back) == "Desfiz. A meta voltou para 1.850 kcal por dia."
    assert "Por que 1.850 kcal?" in spaced(await phone.say("/porque calorias"))


async def test_a_target_may_stay_and_an_old_proposal_has_no_effect(phone: Changer) -> None:
    await weeks(phone, 0.1)
    offer = next(message for message in reversed(phone.messages) if message.screen == "peso_meta")
    await phone.tap_data(offer.shown.buttons[1][0].data, offer.id)
    kept = next(message for message in phone.messages if message.id == offer.id)
    assert spaced(kept) == "Tudo bem. A meta continua em 1.850 kcal por dia."
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        await profiles.save(tx, person.id, Profile(Sex.F, 34, 168, 72.5, ANA.activity, Goal.MANTER, 5), NOON)
    await phone.tap_data(offer.shown.buttons[0][0].data, offer.id)
    void = next(message for message in phone.messages if message.id == offer.id)
    assert spaced(void).startswith("Essa sugestão já não vale. Sua meta é de ")


# The week


async def test_the_week_is_told_without_scolding(phone: Changer) -> None:
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        for ago in (0, 1, 2):
            await reminders.answer(tx, person.id, WEDNESDAY - timedelta(days=ago), reminders.DONE, NOON)
    await phone.say("pesei 72,3")
    told = spaced(await phone.tap("Resumo da semana"))
    assert "Sua semana: 19 a 25 de novembro" in told
    assert "3 dias feitos: segunda, terça e quarta." in told
    assert "O que deu certo" in told and "O peso foi anotado 1 vez." in told
    assert not any(word in told for word in ("falt", "só ", "apenas", "puxa", "infelizmente", "!"))


async def test_a_week_without_a_day_is_as_welcome(phone: Changer) -> None:
    await phone.say("pesei 72,3")
    told = spaced(await phone.tap("Resumo da semana"))
    assert "Nesta semana não houve dia marcado, e tudo bem." in told
    assert "O que deu certo" not in told


async def test_what_is_sent_unasked_names_no_weight_and_nothing_is_sent_about_nothing(phone: Changer) -> None:
    with pytest.raises(NothingToSay):
        await phone.show("lembrete_resumo", date=WEDNESDAY.isoformat())
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        await reminders.answer(tx, person.id, WEDNESDAY, reminders.DONE, NOON)
    await phone.say("pesei 72,3")
    told = await phone.show("lembrete_resumo", date=WEDNESDAY.isoformat())
    assert "Dia feito: quarta." in told.text
    for word in ("kg", "kcal", "peso", "quilo", "tendência", "meta", "gordura"):
        assert word not in told.text.lower()
    assert told.labels == ["Ver tendência", "Não avisar"]
    await phone.tap("Ver tendência")
    assert "O peso foi anotado 1 vez." in phone.last.text


async def test_the_summary_has_its_own_day_in_the_reminders_and_can_be_off(phone: Changer) -> None:
    person = await phone.person()
    assert person is not None

    async def plan() -> reminders.Plan:
        async with phone.database.reader() as conn:
            return await reminders.plan_of(conn, person.id)

    await phone.say("me avisa às 7h")
    assert (await plan()).hours[Kind.SUMMARY] == "19:00"
    await phone.say("/lembretes")
    await phone.tap("Resumo da semana")
    assert phone.last.text == "<b>Resumo da semana</b>\nEm que dia mando?"
    assert phone.last.labels[2] == "✅ Domingo"
    await phone.tap("Sexta")
    assert phone.last.text == "Combinado: na sexta, às 19h, mando o resumo da semana."
    assert (await plan()).summary_day == 4
    await phone.tap("↩ Desfazer")
    assert (await plan()).summary_day == 6
    await phone.say("não quero o resumo")
    assert phone.last.text == "Tudo bem. Não mando mais o resumo da semana."
    assert Kind.SUMMARY not in (await plan()).hours
    await phone.say("/hoje")
    await phone.say("me manda o resumo da semana")
    assert phone.last.screen == "peso_semana"
    await phone.say("me manda o resumo no sábado às 10h")
    assert phone.last.text == "Combinado: no sábado, às 10h, mando o resumo da semana."
    await phone.say("/hoje")
    await phone.say("para de mandar o resumo")
    assert phone.last.text == "Tudo bem. Não mando mais o resumo da semana."
    assert (await plan()).hour == "07:00"
