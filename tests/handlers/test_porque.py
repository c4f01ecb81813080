"""/porque in the chat: every number and dish leads to its foods, rows and passage; hidden numbers stay hidden."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

import handlers.screens.porque  # noqa: F401 (registers the screens)
from handlers import porque
from handlers.scene import Scene, enter
from handlers.screens import porque_words as words
from handlers.transport.turn import Turn
from menus import people as use_cases
from menus.explain import EXPLAINED
from menus.explain_passages import BEHIND
from nutrition.menu import Day, Origin, Slot, Source, Week
from nutrition.person import Activity, Goal, Profile, Restriction, Sex, Strength
from rag import guide
from rag.index import Indexer
from storage import people, profiles, restrictions
from storage.passages import dishes as dish_passages
from tests.handlers.phone import NOON, FakeMenus, Phone, open_phone
from tests.handlers.weeks import LUNCH, MONDAY, week
from tests.weeks import guide_week

WEDNESDAY = MONDAY + timedelta(days=2)
ANA = Profile(Sex.F, 34, 168, 72.5, Activity.MODERADO, Goal.PERDER, 5)
AN_AMOUNT = re.compile(r"\d\s?(kcal|kg|mg|g)\b")
SERVED = re.compile(r"\([\d,]+\sg\)")


class Asker(Phone):
    """A phone whose words and taps go to /porque: how the rest of the house is routed is no matter here."""

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
            self.answered = await _route(await enter(turn))
        turn.committed()
        await self._deliver()

    answered = True


async def _route(scene: Scene) -> bool:
    text = scene.turn.text
    if text.startswith("/"):
        await porque.COMMANDS["porque"](scene)
        return True
    if text:
        return await porque.asked(scene, text)
    match scene.turn.data.split(":"):
        case [verb]:
            await porque.TAPS[verb](scene)
        case [verb, one]:
            await porque.TAPS_1[verb](scene, one)
        case [verb, one, two]:
            await porque.TAPS_2[verb](scene, one, two)
        case [verb, one, two, three]:
            await porque.TAPS_3[verb](scene, one, two, three)
    return True


async def meet(phone: Phone, profile: Profile = ANA, *, hidden: bool = False) -> None:
    """Store a person who agreed and has a profile."""
    async with phone.database.transaction() as tx:
        person = await people.create(tx, phone.chat_id)
        await people.set_consent(tx, person.id, version=use_cases.CONSENT_VERSION, gemini=None, now=NOON)
        await profiles.save(tx, person.id, profile, NOON)
        await restrictions.replace(tx, person.id, profile.restrictions, NOON)
        await use_cases.hide_numbers(tx, person.id, hidden)


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Asker]:
    async with open_phone(tmp_path / "test.db", menus=FakeMenus(week=week())) as opened:
        yield Asker(opened.database, opened.services)


def plain(text: str) -> str:
    return re.sub(r"<[^>]+>", "", text).replace("\u00a0", " ")


def with_week(phone: Asker, new: Week | None) -> None:
    menus = phone.services.menus
    assert isinstance(menus, FakeMenus)
    menus.week = new


# What is asked


async def test_alone_it_asks_what_to_explain(phone: Asker) -> None:
    await meet(phone)
    asked = await phone.say("/porque")
    assert asked.text == "O que você quer entender?"
    assert asked.labels == ["Minhas calorias", "Minha proteína", "Um prato", "Outro número"]


async def test_my_energy_shows_both_equations_the_range_and_the_change(phone: Asker) -> None:
    await meet(phone)
    await phone.say("/porque")
    told = plain((await phone.tap("Minhas calorias")).text)
    assert told.splitlines() == [
        "Por que 1.850 kcal?",
        "Duas contas dizem que você gasta entre 2.240 e 2.330 kcal por dia. Nenhuma é exata.",
        "Para perder gordura aos poucos, tirei cerca de 390.",
        "Em 2 ou 3 semanas, a tendência do seu peso mostra se serve.",
        "Conta 1, Mifflin-St Jeor (1990), em repouso: 10 × 72,5 kg + 6,25 × 168 cm – 5 × 34 anos – 161 = 1.444.",
        "1.444 × 1,55 de movimento = 2.238.",
        "Conta 2, NASEM (2023), o dia todo: 12,14 × 72,5 kg + 6,6 × 168 cm – 7,01 × 34 anos + 575,77 = 2.326.",
        "Meta: 2.238 – 388 (17,3%) = 1.850.",
        "A meta vai de 5 em 5. Limites: AHA/ACC/TOS (2013).",
    ]
    assert len(phone.messages) == 1


async def test_a_target_leads_to_the_foods_of_today_and_back(phone: Asker) -> None:
    await meet(phone)
    await phone.say("/porque")
    assert plain((await phone.tap("Minha proteína")).text).startswith("Por que 114 g de proteína?")
    foods = plain((await phone.tap("De quais alimentos")).text)
    assert foods.startswith("Proteína, hoje: ")
    assert "Meta do dia: 114 g." in foods
    assert "peito de frango grelhado (100 g): 32 g · 32 g em 100 g · TACO 410" in foods
    assert plain((await phone.tap("Ver a meta")).text).startswith("Por que 114 g de proteína?")
    assert (await phone.tap("Voltar")).text == "O que você quer entender?"


async def test_a_dish_is_chosen_by_its_meal_and_taken_apart(phone: Asker) -> None:
    await meet(phone)
    await phone.say("/porque")
    assert (await phone.tap("Um prato")).labels == ["Café da manhã", "Almoço", "Jantar", "Voltar"]
    told = plain((await phone.tap("Almoço")).text)
    assert told.startswith("De onde vem: Arroz, feijão, frango e couve\nHoje, almoço: ")
    assert (
        "\nArroz branco: 160 kcal, proteína 3 g\narroz branco cozido (125 g): 160 kcal, proteína 3 g\n"
        in told
    )
    assert "arroz branco cozido, 128 kcal, proteína 2,5 g (TACO 3 + IBGE 6300101/99)" in told
    assert "Frango grelhado com couve: Guia Cardápio, seção Prato do dia a dia." in told
    assert phone.last.labels == ["📖 Receita", "Outra refeição", "Ver o dia", "Voltar"]
    assert (await phone.tap("Outra refeição")).labels[0] == "Café da manhã"


async def test_other_numbers_are_those_of_today(phone: Asker) -> None:
    await meet(phone)
    await phone.say("/porque")
    await phone.tap("Outro número")
    assert phone.last.labels == [
        *("Fibras", "Gordura", "Carboidrato", "Sal", "Açúcar", "Frutas"),
        *("Vitaminas", "Voltar"),
    ]
    told = plain((await phone.tap("Sal")).text)
    assert told.startswith("Sódio, hoje: ") and "Limite do dia: 2.000 mg." in told
    assert re.search(r"Isso equivale a [\d,]+ g de sal; 3 g você põe na panela\.", told)


@pytest.mark.parametrize(
    ("text", "screen", "start"),
    [
        ("/porque 1850 kcal", words.TARGET, "Por que 1.850 kcal?"),
        ("por que 1.850?", words.TARGET, "Por que 1.850 kcal?"),
        ("Por quê 114 g de proteína?", words.TARGET, "Por que 114 g de proteína?"),
        ("/porque minha proteína", words.TARGET, "Por que 114 g de proteína?"),
        ("por que frango?", words.MEAL, "De onde vem: Arroz, feijão, frango e couve\nHoje, almoço"),
        ("de onde vem o mamão", words.MEAL, "De onde vem: Pão com ovo e mamão\nHoje, café da manhã"),
        ("por que camarão amanhã?", words.MEAL, "De onde vem: Camarão com batata\nQuinta, jantar"),
        ("/porque o jantar", words.MEAL, "De onde vem: Camarão com batata\nHoje, jantar"),
        ("por que tanta fibra hoje?", words.DAY, "Fibras, hoje: "),
        ("por que o ferro?", words.DAY, "Ferro, hoje: "),
        ("por que 160 kcal de arroz?", words.MEAL, "De onde vem: Arroz, feijão, frango e couve"),
        ("por que 9.999 kcal?", words.NOT_FOUND, "Não achei isso"),
        ("/porque picanha", words.NOT_FOUND, "Não achei isso"),
        ("por quê?", words.ASK, "O que você quer entender?"),
    ],
)
async def test_words_lead_to_the_right_one(phone: Asker, text: str, screen: str, start: str) -> None:
    await meet(phone)
    answer = await phone.say(text)
    assert answer.screen == screen
    assert plain(answer.text).startswith(start)


@pytest.mark.parametrize(
    "text", ["porque sou alérgica a camarão", "por que devo beber água?", "oi", "por que picanha?"]
)
async def test_words_that_are_for_others_are_left_to_them(phone: Asker, text: str) -> None:
    await meet(phone)
    phone.messages.append(await phone.show(words.ASK))
    before = len(phone.messages)
    await phone.say(text)
    assert not phone.answered
    assert len(phone.messages) == before


async def test_the_total_that_the_day_shows_is_the_total_that_is_explained(phone: Asker) -> None:
    await meet(phone)
    day = plain((await phone.show("dia", date=WEDNESDAY.isoformat())).text)
    total = re.search(r"No dia: ([\d.]+) kcal", day)
    assert total is not None
    told = await phone.say(f"por que {total[1]} kcal?")
    assert plain(told.text).startswith(f"Calorias, hoje: {total[1]} kcal")
    meals = re.findall(r"^(?:Café da manhã|Almoço|Jantar): ([\d.]+) kcal$", plain(told.text), re.MULTILINE)
    assert sum(int(kcal.replace(".", "")) for kcal in meals) == int(total[1].replace(".", ""))
    for kcal in meals:
        assert f"{kcal} kcal" in day


async def test_every_button_leads_somewhere_and_no_data_breaks_it(phone: Asker) -> None:
    await meet(phone)
    seen: set[str] = set()
    waiting = ["pq", "pq:outro", "pq:pratos"]
    while waiting:
        data = waiting.pop()
        seen.add(data)
        shown = await phone.tap_data(data)
        pressed = [button.data for row in shown.shown.buttons for button in row]
        waiting += [each for each in pressed if each.startswith("pq") and each not in [*seen, *waiting]]
    assert len(seen) > 15
    for forged in ("pq:x", "pq:meta:x", "pq:hoje:<b>", "pq:dia:x:y", "pq:prato:2026-11-25:x", "pq:pratos:x"):
        assert (await phone.tap_data(forged)).screen == words.ASK


async def test_every_nutrient_of_a_day_can_be_shown(phone: Asker) -> None:
    await meet(phone)
    for nutrient in EXPLAINED:
        told = await phone.tap_data(f"pq:dia:{WEDNESDAY.isoformat()}:{nutrient}")
        assert told.screen == words.DAY and ", hoje: " in told.text


# Without a menu, without numbers, without a plan


async def test_without_a_menu_targets_are_explained_and_foods_are_not(phone: Asker) -> None:
    await meet(phone)
    with_week(phone, None)
    assert (await phone.say("por que 1850?")).labels == ["Voltar"]
    await phone.say("/porque")
    assert (await phone.tap("Um prato")).text == "Você ainda não tem cardápio desta semana."
    assert plain((await phone.tap_data("pq:hoje:fiber_g")).text).startswith("Por que 25 g de fibras?")


async def test_hidden_numbers_are_explained_in_words(phone: Asker) -> None:
    await meet(phone, hidden=True)
    for data in (
        *(f"pq:meta:{nutrient}" for nutrient in BEHIND),
        *(f"pq:dia:{WEDNESDAY.isoformat()}:{nutrient}" for nutrient in EXPLAINED),
        *(f"pq:prato:{WEDNESDAY.isoformat()}:{slot}" for slot in ("cafe_da_manha", "almoco", "jantar")),
    ):
        told = plain((await phone.tap_data(data)).text)
        assert not AN_AMOUNT.search(SERVED.sub("", told)), (data, told)
        assert "72,5" not in told and "1.850" not in told
    lunch = plain((await phone.say("por que frango?")).text)
    assert "peito de frango grelhado (100 g)" in lunch and "TACO 410" in lunch
    assert plain((await phone.say("por que 1850 kcal?")).text).startswith("De onde vem a meta: calorias")


@pytest.mark.parametrize("condition", ["doenca_renal", "transtorno_alimentar"])
async def test_who_is_referred_gets_help_and_no_numbers(phone: Asker, condition: str) -> None:
    await meet(phone, replace(ANA, conditions=(condition,)))
    for text in ("/porque", "/porque 1850 kcal", "por que 1850?"):
        answer = await phone.say(text)
        assert phone.answered and answer.screen == "encaminhar"
    for data in ("pq", "pq:pratos"):
        assert (await phone.tap_data(data)).screen == "encaminhar"
    for screen, args in (
        (words.TARGET, {"nutrient": "energy_kcal"}),
        (words.DAY, {"date": WEDNESDAY.isoformat(), "nutrient": "energy_kcal"}),
        (words.MEAL, {"date": WEDNESDAY.isoformat(), "slot": "almoco"}),
        (words.NOT_FOUND, {}),
    ):
        assert "kcal" not in (await phone.show(screen, **args)).text


async def test_a_refused_deficit_is_told_before_the_numbers(phone: Asker) -> None:
    await meet(phone, replace(ANA, weight_kg=50))
    told = plain((await phone.tap_data("pq:meta:energy_kcal")).text)
    assert told.splitlines()[1].startswith("Você pediu para perder peso")
    assert "Para manter o peso" in told


async def test_a_withheld_meal_is_neither_counted_nor_taken_apart(phone: Asker) -> None:
    await meet(phone, replace(ANA, restrictions=(Restriction("crustaceos", Strength.ALERGIA, "camarão"),)))
    with_week(phone, week(withheld="crustaceos"))
    iso = WEDNESDAY.isoformat()
    assert "Jantar" not in (await phone.tap_data(f"pq:pratos:{iso}")).labels
    for data in (f"pq:prato:{iso}:jantar", f"pq:dia:{iso}:protein_g", f"pq:dia:{iso}:energy_kcal"):
        assert "amarão" not in (await phone.tap_data(data)).text
    assert "Retirado por causa da sua alergia." in (await phone.tap_data(f"pq:prato:{iso}:jantar")).text
    await phone.say("por que camarão?")
    assert not phone.answered


@pytest.mark.parametrize(
    ("profile", "sentence"),
    [
        (replace(ANA, goal=Goal.MANTER), "Para manter o peso, fiquei perto da conta 1."),
        (replace(ANA, goal=Goal.GANHAR), "Para ganhar músculos aos poucos, somei cerca de 250."),
        (replace(ANA, weight_kg=54), "Tirei pouco, porque seu peso já é baixo para a sua altura."),
        (
            Profile(Sex.F, 60, 150, 60, Activity.SEDENTARIO, Goal.PERDER, 3),
            "Parei em 1.200 kcal, o menor que sugiro para você.",
        ),
        (
            Profile(Sex.F, 78, 145, 46, Activity.SEDENTARIO, Goal.MANTER, 3),
            "A conta dá menos que 1.200 kcal, o menor que sugiro. Por isso subi até ele.",
        ),
        (
            Profile(Sex.M, 25, 200, 190, Activity.MUITO_INTENSO, Goal.PERDER, 5),
            "Não tiro mais que 750 kcal por dia, de ninguém.",
        ),
    ],
)
async def test_each_exception_of_the_table_has_its_sentence(
    phone: Asker, profile: Profile, sentence: str
) -> None:
    await meet(phone, profile)
    assert sentence in plain((await phone.tap_data("pq:meta:energy_kcal")).text)


# Passages


async def index_guide(phone: Asker, *names: str) -> None:
    """Index the files of the guide whose name starts with one of ``names``, by their words."""
    documents = await asyncio.to_thread(guide.documents)
    chosen = [document for document in documents if document.name.split("/")[1].startswith(names)]
    await Indexer(phone.database, None).sync_words(chosen)


async def test_every_target_quotes_the_section_of_the_guide_behind_it(phone: Asker) -> None:
    await meet(phone)
    await index_guide(phone, "01", "02", "03", "07", "08", "09", "10")
    for nutrient, section in BEHIND.items():
        told = plain((await phone.tap_data(f"pq:meta:{nutrient}")).text)
        assert f"\nGuia, seção {section}:\n" in told
        assert told.count("\n") < words.MOST_LINES


async def test_a_passage_that_names_what_is_excluded_is_not_quoted(phone: Asker) -> None:
    held = (Restriction("food:batata", Strength.PREFERENCIA, "batata"),)
    await meet(phone, replace(ANA, restrictions=held))
    await index_guide(phone, "07", "10")
    fruit = plain((await phone.tap_data("pq:meta:fruit_vegetable_g")).text)
    assert "Batata, mandioca, inhame e cará" not in fruit
    assert "Guia, seção Sal e temperos" in plain((await phone.tap_data("pq:meta:sodium_mg")).text)


async def test_a_dish_shows_its_foods_its_rows_and_its_passage(phone: Asker) -> None:
    await meet(phone)
    await index_guide(phone, "principais-aves-1")
    async with phone.database.reader() as conn:
        passage = (await dish_passages(conn, "guia"))["frango-grelhado-com-abobora"]
    source = Source(passage.document, passage.section, passage.page, passage.chunk_id)
    lunch = replace(LUNCH, dishes=(replace(LUNCH.dishes[0], sources=(source,)), *LUNCH.dishes[1:]))
    with_week(phone, Week(MONDAY, (Day(WEDNESDAY, (lunch,)),), Origin.GUIA))
    told = plain((await phone.say("por que frango?")).text)
    assert f"Frango grelhado com couve: {passage.document}, seção {passage.section}. " in told
    assert " ".join(passage.text.split())[:100] in told


# Size


@pytest.mark.parametrize("seed", range(4))
async def test_answers_fit_a_phone(phone: Asker, seed: int) -> None:
    six = await asyncio.to_thread(guide_week, seed, slots=tuple(Slot))
    await meet(phone)
    with_week(phone, six)
    for day in six.days[:3]:
        for nutrient in EXPLAINED:
            told = (await phone.tap_data(f"pq:dia:{day.date.isoformat()}:{nutrient}")).text
            assert told.count("\n") < words.MOST_LINES
            assert len(told) < 3500
        for meal in day.meals:
            told = (await phone.tap_data(f"pq:prato:{day.date.isoformat()}:{meal.slot.value}")).text
            assert told.count("\n") < words.MOST_LINES
            assert len(told) < 3500


# Vitamins and minerals


async def test_vitamins_and_minerals_stand_beside_their_references(phone: Asker) -> None:
    await meet(phone)
    await phone.say("/porque")
    await phone.tap("Outro número")
    told = plain((await phone.tap("Vitaminas")).text)
    assert told.startswith("Vitaminas e minerais, hoje")
    for line in (
        r"Cálcio: (pelo menos )?[\d.,]+ mg de 1\.000 mg \(\d+%\)",
        r"Ferro: (pelo menos )?[\d.,]+ mg de 18 mg \(\d+%\)",
        r"Vitamina C: (pelo menos )?[\d.,]+ mg de 75 mg \(\d+%\)",
        r"Colesterol: (pelo menos )?[\d.,]+ mg, sem referência diária",
    ):
        assert re.search(line, told), (line, told)
    assert "Um dia abaixo não quer dizer falta" in told
    assert "B12" not in told


async def test_people_without_meat_read_of_more_iron_and_vegans_of_b12(phone: Asker) -> None:
    vegan = replace(ANA, restrictions=(Restriction("vegano", Strength.DIETA, "vegana"),))
    await meet(phone, vegan)
    await phone.say("/porque")
    await phone.tap("Outro número")
    told = plain((await phone.tap("Vitaminas")).text)
    assert "de 32 mg" in told
    assert "B12" in told


async def test_with_hidden_numbers_vitamins_are_told_in_words(phone: Asker) -> None:
    await meet(phone, hidden=True)
    await phone.say("/porque")
    await phone.tap("Outro número")
    told = plain((await phone.tap("Vitaminas")).text)
    assert "Cálcio: vem mais de" in told
    assert not re.search(r"\d", told)


async def test_the_foods_of_a_mineral_say_its_reference(phone: Asker) -> None:
    await meet(phone)
    told = plain((await phone.say("/porque cálcio")).text)
    assert "Referência por dia: 1.000 mg (DRI)." in told
