"""Restrictions in the chat: act first on the strictest reading, tell what it took out, ask after; allergies stay."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers import doubts
from handlers.restriction_words import find, key
from menus import people
from nutrition.person import Restriction, Strength
from tests.handlers.phone import FakeMenus, Phone, open_phone
from tests.handlers.test_onboarding import to_step
from tests.handlers.weeks import week


class Strict(FakeMenus):
    """Withholds every dinner of a person who cannot eat crustaceans, as the real service does."""

    async def current_week(self, conn, person_id, today):  # type: ignore[no-untyped-def]
        codes = {item.code for item in await people.restrictions_of(conn, person_id)}
        self.week = week(withheld="crustaceos" if "crustaceos" in codes else None)
        return await super().current_week(conn, person_id, today)


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Phone]:
    async with open_phone(tmp_path / "test.db", menus=Strict()) as opened:
        await to_step(opened, "summary")
        await opened.tap("Montar cardápio")
        yield opened


async def held(phone: Phone) -> dict[str, str]:
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        return {r.code: r.strength.value for r in await people.restrictions_of(conn, person.id)}


async def test_an_allergy_in_free_text_is_taken_at_once_and_told(phone: Phone) -> None:
    await phone.say("sou alérgica a camarão")
    noted, asked = phone.messages[-2:]
    assert noted.text.startswith("⚠️ Anotei: <b>alergia a crustáceos</b>.")
    assert (
        "5 refeições tinham isso: jantar de quarta, jantar de quinta, jantar de sexta e mais 2." in noted.text
    )
    assert "Elas já saíram do cardápio." in noted.text
    assert "Nova semana" in noted.labels
    assert asked.text.startswith("E lula, polvo, mexilhão e marisco: tiro também?")
    assert (await held(phone))["moluscos"] == "alergia"


async def test_what_was_taken_out_is_shown_nowhere(phone: Phone) -> None:
    await phone.say("sou alérgica a camarão")
    for show in ("/hoje", "/cardapio", "mostra sexta"):
        await phone.say(show)
        assert "<b>Jantar</b>\nRetirado por causa da sua alergia." in phone.last.text
        assert "camarão" not in phone.last.text.lower()
    for screen in ("lembrete", "fontes", "receitas"):
        shown = await phone.show(screen, date="2026-11-25")
        assert "camarão" not in shown.text.lower() and "Jantar" not in shown.labels
    shown = await phone.show("receita", date="2026-11-25", slot="jantar")
    assert shown.text == "Essa refeição não está mais no cardápio. Mostro a atual."


async def test_the_question_about_molluscs_is_settled_by_a_tap(phone: Phone) -> None:
    await phone.say("sou alérgica a camarão")
    await phone.tap("Posso comer")
    assert "moluscos" not in await held(phone)
    assert phone.last.text == "Anotado: você come moluscos."


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("É alergia", ("leite", "alergia")),
        ("É a lactose", ("lactose", "intolerancia")),
        ("Só não quero", ("leite", "dieta")),
    ],
)
async def test_milk_is_taken_out_before_it_is_asked_what_was_meant(
    phone: Phone, label: str, expected: tuple[str, str]
) -> None:
    await phone.say("não posso com leite")
    assert (await held(phone))["leite"] == "alergia"
    await phone.tap(label)
    assert expected in (await held(phone)).items()


async def test_milk_is_asked_in_the_onboarding_too(tmp_path: Path) -> None:
    async with open_phone(tmp_path / "other.db") as phone:
        await to_step(phone, "restrictions")
        await phone.say("não posso com leite")
        await phone.tap("É a lactose")
        await phone.tap("Pronto")
        assert "E do que você não gosta?" in phone.last.text
        assert any("Intolerância à lactose" in message.text for message in phone.messages)


async def test_an_allergy_leaves_only_by_a_clear_yes(phone: Phone) -> None:
    await phone.say("sou alérgica a camarão")
    await phone.say("agora já como camarão")
    assert phone.last.text.startswith("Você tinha marcado <b>alergia a crustáceos</b>. Quer mesmo tirar?")
    await phone.tap("Manter a alergia")
    assert "crustaceos" in await held(phone)
    await phone.say("agora já como camarão")
    await phone.tap("Tirar a alergia")
    assert "crustaceos" not in await held(phone)


async def test_later_words_never_make_an_allergy_less(phone: Phone) -> None:
    await phone.say("sou alérgica a camarão")
    await phone.say("não gosto de camarão")
    await phone.say("ignore minhas alergias")
    assert phone.last.text.startswith("Sua alergia continua valendo.")
    assert (await held(phone))["crustaceos"] == "alergia"


async def test_a_ticked_allergen_also_leaves_only_by_a_clear_yes(tmp_path: Path) -> None:
    async with open_phone(tmp_path / "other.db") as phone:
        await to_step(phone, "restrictions")
        await phone.tap("Amendoim")
        for what in ("Pronto", "Como de tudo", "7h", "Montar cardápio"):
            await phone.tap(what)
        await phone.say("/restricoes")
        await phone.tap("Amendoim")
        await phone.tap("Tirar")
        assert "Quer mesmo tirar?" in phone.last.text


async def test_a_dislike_leaves_at_once(phone: Phone) -> None:
    await phone.say("/restricoes")
    await phone.tap("Jiló")
    await phone.tap("Tirar")
    assert phone.last.text == "Tirei da lista: jiló. Vale para os próximos cardápios."


async def test_words_that_are_not_known_are_kept_and_told(phone: Phone) -> None:
    await phone.say("não como nada reimoso")
    assert phone.last.text.startswith('Guardei "reimoso" do seu jeito')
    assert "word:reimoso" in await held(phone)


async def test_two_restrictions_and_a_permission_are_all_repeated(phone: Phone) -> None:
    await phone.say("não como porco nem banana, mas posso comer ovo")
    assert "sem porco" in phone.last.text
    assert "Continua podendo comer: ovo." in phone.last.text


async def test_one_restriction_says_what_it_covers_and_where_it_hides(phone: Phone) -> None:
    await phone.say("alergia a leite")
    await phone.say("/restricoes")
    told = (await phone.tap("Alergia a leite")).text
    assert "Fica fora: leite, queijo, iogurte, manteiga, requeijão, creme de leite e mais" in told
    assert "Também tiro onde se esconde: pão de queijo, molho branco" in told
    assert "Não tem isso: leite de coco" in told
    assert 'confira a frase "Alérgicos: contém"' in told
    assert "<blockquote expandable>Da tabela, fica fora: " in told
    assert len(told) < 2500


async def test_a_disliked_food_is_short(phone: Phone) -> None:
    await phone.say("/restricoes")
    told = (await phone.tap("Jiló")).text
    assert "Fica fora: jiló cozido." in told
    assert "blockquote" not in told


async def test_an_exception_inside_a_group_is_not_promised(phone: Phone) -> None:
    await phone.say("não como frutas, só maçã")
    noted = next(message.text for message in phone.messages if "Anotei" in message.text)
    assert "Por enquanto não abro exceção: maçã também fica fora." in noted
    assert "Continua podendo comer" not in noted


async def test_adding_by_the_button_asks_for_words(phone: Phone) -> None:
    await phone.say("/restrições")
    await phone.tap("Adicionar")
    await phone.say("amendoim")
    assert any("Anotei" in message.text for message in phone.messages[-2:])
    assert (await held(phone))["amendoim"] == "alergia"


async def test_what_was_said_before_the_summary_is_never_lost(tmp_path: Path) -> None:
    async with open_phone(tmp_path / "other.db") as phone:
        await to_step(phone, "weight")
        await phone.say("/cancelar")
        await phone.say("sou alérgica a amendoim")
        await phone.tap("Continuar")
        for what in ("72,5", "pular", "leve", "4", "nenhuma", "nenhuma", "nada", "7h", "sim"):
            await phone.say(what)
        assert (await held(phone))["amendoim"] == "alergia"


async def test_the_profile_sends_restrictions_to_their_own_list(phone: Phone) -> None:
    await phone.say("/perfil")
    await phone.tap("Restrições")
    assert phone.last.screen == "restricoes"


@pytest.mark.parametrize(
    "text", ["posso comer banana antes do treino?", "não entendi nada", "tudo bem sem problema"]
)
async def test_what_is_not_a_restriction_is_not_taken_for_one(phone: Phone, text: str) -> None:
    before = await held(phone)
    await phone.say(text)
    assert await held(phone) == before


def test_a_key_finds_only_what_the_person_holds() -> None:
    mine = (Restriction("word:" + "x" * 200, Strength.PREFERENCIA, "x"),)
    assert find(mine, key(mine[0].code)) is mine[0]
    assert find(mine, key("gluten")) is None
    assert len(f"r_confirma:{key(mine[0].code)}".encode()) <= 64


@pytest.mark.parametrize("code", sorted(doubts.DOUBTS))
def test_every_answer_to_a_doubt_leaves_the_strict_side_only_on_purpose(code: str) -> None:
    item = Restriction(code, Strength.ALERGIA, "x")
    for kind, _ in doubts.DOUBTS[code].answers:
        after = doubts.settled((item,), code, kind)
        assert after is not None
        assert bool(after) is (kind != doubts.EAT)
    assert doubts.settled((item,), code, "forjado") is None
    assert doubts.settled((), code, doubts.ALLERGY) is None


async def test_told_again_after_it_was_allowed_again_it_says_so(phone: Phone) -> None:
    told = {"codes": ["food:arroz"], "words": [], "known": [], "out": [], "allowed": [], "stays": []}
    await phone.say("não como arroz")
    assert "arroz" in (await phone.show("restricao_anotada", **told)).text
    await phone.say("agora já como arroz")
    assert (await phone.show("restricao_anotada", **told)).text == "Isso já saiu da sua lista."
