"""English and Spanish: the language of a first contact, one journey in each, and changing it at any time."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.phone import FakeMenus, Phone, open_phone
from tests.handlers.weeks import week

JOURNEYS = {
    "en-GB": (
        ("tap", "I agree"),
        ("tap", "Lose fat"),
        ("tap", "Female"),
        ("say", "34"),
        ("say", "1.68"),
        ("say", "72.5"),
        ("say", "skip"),
        ("tap", "Medium"),
        ("tap", "5"),
        ("say", "none"),
        ("tap", "No, none"),
        ("say", "jiló e coentro"),
        ("tap", "7:00"),
    ),
    "es-419": (
        ("tap", "De acuerdo"),
        ("tap", "Perder grasa"),
        ("tap", "Femenina"),
        ("say", "34"),
        ("say", "1,68"),
        ("say", "72,5"),
        ("say", "omitir"),
        ("tap", "Medio"),
        ("tap", "5"),
        ("tap", "Ninguna"),
        ("say", "ninguna"),
        ("say", "jiló e coentro"),
        ("tap", "7:00"),
    ),
}


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Phone]:
    async with open_phone(tmp_path / "test.db", menus=FakeMenus(week())) as opened:
        yield opened


async def walk(phone: Phone, spoken: str) -> None:
    """From /start to the summary in the language of Telegram."""
    phone.language_code = spoken
    await phone.say("/start")
    for verb, what in JOURNEYS[spoken]:
        await (phone.tap(what) if verb == "tap" else phone.say(what))


async def language(phone: Phone) -> str:
    person = await phone.person()
    assert person is not None
    return person.language


async def test_a_journey_in_english(phone: Phone) -> None:
    await walk(phone, "en-GB")
    assert phone.messages[0].text == "All right: I keep your answers just for your menu."
    assert "<b>Check before I make it</b>" in phone.last.text
    assert "Goal: lose fat" in phone.last.text
    assert "Height: 1.68\u00a0m" in phone.last.text
    assert "Dislikes: jiló and coentro" in phone.last.text
    await phone.tap("Make my menu")
    assert phone.last.text == "Making your week. It takes less than 1 minute."
    day = await phone.say("/hoje")
    assert "<b>Today, Wednesday</b>" in day.text
    assert "<b>Lunch</b>" in day.text
    assert "Arroz, feijão, frango e couve" in day.text
    assert "Day total" in day.text


async def test_a_journey_in_spanish(phone: Phone) -> None:
    await walk(phone, "es-419")
    assert "<b>Revisa antes de que lo arme</b>" in phone.last.text
    assert "Objetivo: perder grasa" in phone.last.text
    assert "Altura: 1,68\u00a0m" in phone.last.text
    await phone.tap("Armar menú")
    assert phone.last.text == "Armando tu semana. Tarda menos de 1 minuto."
    day = await phone.say("/hoje")
    assert "<b>Hoy, miércoles</b>" in day.text
    assert "<b>Almuerzo</b>" in day.text


@pytest.mark.parametrize("spoken", ["pt-br", "de", None])
async def test_all_others_are_greeted_in_portuguese(phone: Phone, spoken: str | None) -> None:
    phone.language_code = spoken
    assert "Oi! Eu sou o Cardápio." in (await phone.say("/start")).text
    assert await language(phone) == "pt_BR"


async def test_idioma_offers_the_languages_and_changes_to_the_tapped_one(phone: Phone) -> None:
    await phone.say("/start")
    await phone.tap("Concordo")
    offered = await phone.say("/idioma")
    assert offered.labels == ["✅ Português", "English", "Español"]
    await phone.tap("English")
    assert phone.messages[-2].text.startswith("Done: I speak English now.")
    assert "What do you want?" in phone.last.text  # the open question again, in the new language
    assert await language(phone) == "en"
    phone.language_code = "es"  # what Telegram says later changes nothing
    await phone.tap("Build muscle")
    assert "Which energy formula" in phone.last.text


@pytest.mark.parametrize("words", ["mudar idioma", "language", "Idioma", "cambiar idioma", "change language"])
async def test_words_ask_for_the_languages(phone: Phone, words: str) -> None:
    assert (await phone.say(words)).screen == "idioma"


@pytest.mark.parametrize(
    ("words", "spoken"),
    [("english please", "en"), ("English", "en"), ("español", "es"), ("en español por favor", "es")],
)
async def test_a_language_that_is_named_is_spoken_at_once(phone: Phone, words: str, spoken: str) -> None:
    await phone.say(words)
    assert await language(phone) == spoken
    assert phone.last.screen == "consentimento"
    await phone.say("português")
    assert await language(phone) == "pt_BR"


async def test_consent_is_given_in_english_words_and_a_forged_language_changes_nothing(phone: Phone) -> None:
    phone.language_code = "en"
    await phone.say("hello")
    await phone.say("yes")
    assert "What do you want?" in phone.last.text
    await phone.tap_data("fala:xx")
    assert await language(phone) == "en"


async def test_an_erased_person_is_still_spoken_to_in_their_language(phone: Phone) -> None:
    await walk(phone, "en-GB")
    await phone.say("/apagar")
    assert "write: erase everything" in phone.last.text
    await phone.say("erase everything")
    assert phone.last.text.startswith("I erased everything.")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("I can't breathe after the shrimp", "192"),
        ("my lips are swollen", "192"),
        ("no puedo respirar", "192"),
        ("tengo la lengua hinchada", "192"),
        ("I want to die", "188"),
        ("I don’t want to live", "188"),
        ("quiero morirme", "188"),
        ("pienso en hacerme daño", "188"),
    ],
)
async def test_danger_is_heard_in_each_language_before_consent_too(
    phone: Phone, words: str, number: str
) -> None:
    phone.language_code = "en"
    assert number in (await phone.say(words)).text


async def test_a_minor_is_told_so_in_their_language(phone: Phone) -> None:
    phone.language_code = "es"
    await phone.say("/start")
    for label in ("De acuerdo", "Mantener el peso", "Femenina"):
        await phone.tap(label)
    assert "menos de 18 años" in (await phone.say("15")).text
    assert await language(phone) == "es"


async def answer_until(phone: Phone, spoken: str, count: int) -> None:
    """The first ``count`` answers of a journey."""
    phone.language_code = spoken
    await phone.say("/start")
    for verb, what in JOURNEYS[spoken][:count]:
        await (phone.tap(what) if verb == "tap" else phone.say(what))


@pytest.mark.parametrize(
    ("spoken", "words", "done", "said"),
    [
        ("en-GB", "I'm pregnant", "Done", "pregnan"),
        ("es-419", "estoy embarazada", "Listo", "embarazo"),
    ],
)
async def test_a_pregnancy_told_in_another_language_is_referred(
    phone: Phone, spoken: str, words: str, done: str, said: str
) -> None:
    await answer_until(phone, spoken, 9)
    await phone.say(words)
    assert phone.last.labels[0].startswith("✅")
    await phone.tap(done)
    assert phone.last.screen == "encaminhar"
    assert said in phone.last.text.lower()


@pytest.mark.parametrize(
    ("spoken", "words", "ticked"),
    [("en-GB", "peanut allergy", "✅ Peanuts"), ("es-419", "soy alérgico al maní", "✅ Cacahuate")],
)
async def test_an_allergy_told_in_another_language_is_noted(
    phone: Phone, spoken: str, words: str, ticked: str
) -> None:
    await answer_until(phone, spoken, 10)
    await phone.say(words)
    assert ticked in phone.last.labels


async def test_no_promise_is_made_of_words_that_name_no_food(phone: Phone) -> None:
    await answer_until(phone, "en-GB", 10)
    await phone.say("I don't eat flibber")
    said = " ".join(message.text for message in phone.messages[-2:])
    assert "no dish that mentions it" not in said
    assert "I did not find it among my foods" in said
