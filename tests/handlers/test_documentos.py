"""Files in the chat, /documentos, and the settings a document asks for: as a person sees them."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from handlers.documentos import file_of
from handlers.routing import route
from handlers.services import Services
from handlers.transport.document_messages import DocumentMessages
from menus import people
from menus.document_runner import DocumentRunner, Tools
from menus.uploads import MOST_BYTES
from nutrition.foods import FoodTable
from nutrition.menu import Slot
from nutrition.person import Restriction, Strength
from rag.own_plan import OwnPlan, PlanFood, PlanMeal, Said
from storage import profiles, restrictions
from storage.database import Database
from tests.handlers.phone import FakeMenus, Message, Phone
from tests.menus.reading_room import PROFILE, ReadingRoom
from tests.menus.test_documents import PLAN

TABLE = FoodTable.load()
YOGURT = TABLE.resolve("iogurte natural")
assert YOGURT is not None
ASKS = OwnPlan(
    "plano.md",
    meals_per_day=Said(5, "5 refeições por dia", 2),
    protein_g=Said(120.0, "120 g de proteína", 2),
    avoid=(Said("amendoim", "Evitar amendoim", 3),),
)


class ChatPhone(Phone):
    """A phone whose files are read by the real runner; downloads are those of the reading room."""

    room: "ChatRoom"

    async def send_file(self, name: str, body: str | bytes, **more: Any) -> Message:
        """Send a file and let it be read."""
        data = body.encode() if isinstance(body, str) else body
        file_id = f"{self.chat_id}-{len(self.room.downloads.files)}"
        self.room.downloads.files[file_id] = data
        file = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": len(data)}
        return await self.send(document=file | more)

    async def read(self) -> Message:
        """Let the runner read what waits, and return the newest message."""
        self.room.start()
        while await self.room.open_jobs():
            await self.room.told.wait()
            self.room.told.clear()
        await self.room.runner.idle()
        await self.room.stop()
        await self._deliver()
        return self.last


class ChatRoom(ReadingRoom):
    """A reading room that tells through the outbox."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.told = asyncio.Event()
        super().__init__(database, folder)

    def new_runner(self) -> DocumentRunner:
        tools = Tools(
            spool=self.spool,
            downloads=self.downloads,
            read=self._read,
            plan_of=self._plan_of,
            indexer=self.indexer,
            messages=DocumentMessages(self.database, self.clock, self.told.set),
        )
        return DocumentRunner(self.database, self.clock, tools)


def phone_on(room: ChatRoom, chat_id: int) -> ChatPhone:
    phone = ChatPhone(room.database, Services(TABLE, FakeMenus()), chat_id)  # type: ignore[arg-type]
    phone.room = room
    return phone


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[ChatPhone]:
    """Somebody who answered every question."""
    database = await Database.open(tmp_path / "bot.db", readers=1)
    room = ChatRoom(database, tmp_path)
    opened = phone_on(room, 7)
    await room.person(7)
    yield opened
    await room.stop()
    await database.close()


async def exclude(phone: ChatPhone, code: str) -> None:
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        await restrictions.add(tx, person.id, Restriction(code, Strength.ALERGIA, code), phone.now)


async def test_one_message_follows_the_file_and_the_result_rings(phone: ChatPhone) -> None:
    shown = await phone.send_file("plano.md", PLAN)
    assert shown.text == "Recebi plano.md. Vou ler e aviso aqui."
    last = await phone.read()

    assert len(phone.messages) == 2
    assert phone.messages[0].text == "Pronto: li plano.md, 2 trechos. Só você tem acesso."
    assert last.text.startswith("plano.md está pronto.")


@pytest.mark.parametrize(
    ("name", "body", "expected"),
    [
        ("vazio.txt", b"  ", "está vazio"),
        ("nada.pdf", b"%PDF-1.7 nada", "chegou com defeito"),
        ("jogo.exe", b"MZ\x00\x01\x02", "Este tipo de arquivo eu não leio. Leio PDF, Word"),
    ],
)
async def test_a_bad_file_gets_its_sentence_in_the_same_message(
    phone: ChatPhone, name: str, body: bytes, expected: str
) -> None:
    await phone.send_file(name, body)
    last = await phone.read()
    assert expected in last.text
    assert last.text.endswith("Não guardei nada.")
    assert len(phone.messages) == 1
    assert await phone.room.leftovers() == {}


async def test_a_file_that_is_too_large_is_refused_before_it_is_fetched(phone: ChatPhone) -> None:
    shown = await phone.send_file("livro.pdf", b"x", file_size=MOST_BYTES + 1)
    assert "até 20\u00a0MB" in shown.text
    assert "Não guardei nada." in shown.text
    assert await phone.room.count("jobs") == 0


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"mime_type": "image/jpeg"}, "Ainda não leio fotos."),
        ({"mime_type": "audio/ogg"}, "Este tipo de arquivo eu não leio."),
    ],
)
async def test_pictures_and_sounds_are_not_fetched(
    phone: ChatPhone, more: dict[str, str], expected: str
) -> None:
    assert expected in (await phone.send_file("x", b"x", **more)).text
    assert await phone.room.count("jobs") == 0


async def test_danger_told_beside_a_file_comes_first(phone: ChatPhone) -> None:
    file = {"file_id": "x", "file_unique_id": "x", "file_name": "exame.pdf", "file_size": 9}
    shown = await phone.send(document=file, caption="comi camarão e minha boca tá inchando")
    assert "SAMU: 192" in shown.text
    assert await phone.room.count("jobs") == 0


async def test_a_photo_says_what_to_send_instead(phone: ChatPhone) -> None:
    size = {"file_id": "a", "file_unique_id": "a", "width": 9, "height": 9}
    assert "mande como arquivo: PDF, Word ou texto" in (await phone.send(photo=[size])).text


async def test_before_consent_nothing_is_kept_and_after_it_the_questions_come_first(phone: ChatPhone) -> None:
    other = phone_on(phone.room, 8)
    shown = await other.send_file("plano.md", PLAN)
    assert "preciso que você concorde" in shown.text
    await other.say("/start")
    await other.tap("Concordo")
    shown = await other.send_file("plano.md", PLAN)
    assert "terminar as perguntas primeiro" in shown.text
    assert await phone.room.count("jobs") == 0


async def test_somebody_whose_menu_is_for_a_professional_may_keep_their_plan(phone: ChatPhone) -> None:
    other = phone_on(phone.room, 8)
    await other.say("/start")
    await other.tap("Concordo")
    await other.say("tenho problema nos rins")
    shown = await other.send_file("plano.md", PLAN)
    assert shown.text.startswith("Recebi plano.md")
    last = await other.read()
    assert "está pronto" in last.text


async def test_the_list_opens_reads_and_erases_a_document(phone: ChatPhone) -> None:
    assert "ainda não tem documentos" in (await phone.say("/documentos")).text
    await phone.send_file("plano.md", PLAN)
    await phone.read()
    shown = await phone.say("/documentos")
    assert "1. plano.md\n2 trechos, 25 de novembro" in shown.text

    await phone.tap("1. plano.md")
    assert "Começa assim:\nComer cinco refeições" in phone.last.text
    await phone.tap("Ler trechos")
    assert "trecho 1 de 2" in phone.last.text
    await phone.tap("Próximo →")
    assert "Sopa de abóbora" in phone.last.text
    await phone.tap("Voltar")
    await phone.tap("Apagar")
    assert "Apagar plano.md?" in phone.last.text
    await phone.tap("Sim, apagar")
    assert phone.toasts == ["Apaguei plano.md, com todos os trechos."]
    assert "ainda não tem documentos" in phone.last.text
    assert await phone.room.leftovers() == {}


async def test_a_document_that_begins_with_what_one_excludes_says_so(phone: ChatPhone) -> None:
    await phone.send_file("plano.md", PLAN.replace("Comer cinco", "Com camarão, comer cinco"))
    await phone.read()
    await phone.say("/documentos")
    assert "não come" not in (await phone.tap("1. plano.md")).text
    await exclude(phone, "crustaceos")
    opened = await phone.tap_data("doc:1", phone.last.id)
    assert "Este trecho fala de algo que você não come.\n\nComeça assim:\nCom camarão" in opened.text


@pytest.mark.parametrize("words", ["meus documentos", "quais documentos eu mandei?", "mostra meus arquivos"])
async def test_the_list_is_asked_for_in_words(phone: ChatPhone, words: str) -> None:
    assert "ainda não tem documentos" in (await phone.say(words)).text


@pytest.mark.parametrize(
    "words", ["o que meu documento diz sobre o café da manhã?", "o que tem no meu arquivo sobre o jantar?"]
)
async def test_a_question_about_a_document_is_a_question(phone: ChatPhone, words: str) -> None:
    assert (await phone.say(words)).text == "Procurando no guia…"


async def test_a_document_name_is_never_markup(phone: ChatPhone) -> None:
    await phone.send_file("<b>oi & olá.md", PLAN)
    await phone.read()
    assert "li &lt;b&gt;oi &amp; olá.md, 2 trechos" in phone.messages[0].text


async def test_taps_with_the_document_of_somebody_else_show_and_change_nothing(phone: ChatPhone) -> None:
    phone.room.plans["plano.md"] = ASKS
    await phone.send_file("plano.md", PLAN)
    await phone.read()
    await phone.room.person(8)
    other = phone_on(phone.room, 8)
    await other.say("/documentos")
    for data in (
        *("doc:1", "doc_le:1:0", "doc_apaga:1", "doc_sim:1", "doc_ajustes:1", "doc_escolhe:1:7"),
        *("doc_usa:1:15", "doc_nao:1", "doc_desfaz", "doc:x", "doc_le:1:-1", "doc_usa:1:x", "trecho:1"),
    ):
        await other.tap_data(data, other.last.id)
        for message in other.messages:
            assert "Sopa" not in message.text and "plano.md" not in message.text, data
    assert await phone.room.count("chunks") == 2
    ana, bia = await phone.person(), await other.person()
    assert ana is not None and bia is not None
    async with phone.database.reader() as conn:
        assert await profiles.get(conn, bia.id) == PROFILE
        assert await restrictions.list_for(conn, bia.id) == ()


async def test_settings_are_proposed_with_their_page_used_on_a_yes_and_undone(phone: ChatPhone) -> None:
    phone.room.plans["plano.md"] = ASKS
    await phone.send_file("plano.md", PLAN)
    shown = await phone.read()
    assert "Seu documento pede <b>5 refeições e 120\u00a0g de proteína</b> por dia (página 2)." in shown.text
    assert "Ele também diz para evitar <b>amendoim</b>." in shown.text
    assert (await _profile(phone)) == PROFILE

    await phone.tap("Usar")
    used = next(m for m in phone.messages if "Anotei do seu documento" in m.text)
    assert "5 refeições e 120\u00a0g de proteína" in used.text
    assert "amendoim" in phone.last.text
    now = await _profile(phone)
    assert (now.meals_per_day, now.wanted_protein_g) == (5, 120.0)
    assert [item.code for item in now.restrictions] == ["amendoim"]
    review = people.review(now)
    assert review.targets is not None
    assert review.targets.protein_g == 120

    await phone.tap("↩ Desfazer")
    assert any("Desfiz" in m.text for m in phone.messages)
    assert await _profile(phone) == PROFILE


async def test_parts_are_chosen_one_by_one(phone: ChatPhone) -> None:
    phone.room.plans["plano.md"] = ASKS
    await phone.send_file("plano.md", PLAN)
    await phone.read()
    await phone.tap("Escolher")
    assert "✅ 5 refeições" in phone.last.labels
    await phone.tap("120 g de proteína")
    await phone.tap("Evitar 1 item")
    await phone.tap("Usar estes")
    now = await _profile(phone)
    assert (now.meals_per_day, now.wanted_protein_g, now.restrictions) == (5, None, ())


async def test_a_no_changes_nothing(phone: ChatPhone) -> None:
    phone.room.plans["plano.md"] = ASKS
    await phone.send_file("plano.md", PLAN)
    await phone.read()
    await phone.tap("Não usar")
    assert "não mudei nada" in phone.last.text
    assert await _profile(phone) == PROFILE


async def test_figures_beyond_the_limits_are_told_and_never_used(phone: ChatPhone) -> None:
    phone.room.plans["plano.md"] = OwnPlan("plano.md", energy_kcal=Said(900.0, "900 kcal", 1))
    await phone.send_file("plano.md", PLAN)
    shown = await phone.read()
    assert "Ele pede 900\u00a0kcal. O menor que sugiro para você é" in shown.text
    assert "Usar" not in shown.labels
    await phone.tap_data("doc_usa:1:2", shown.id)
    assert await _profile(phone) == PROFILE


async def test_protein_without_energy_is_held_against_the_energy_of_now(phone: ChatPhone) -> None:
    """45 g are enough beside the document's 1,600 kcal, and too little beside the energy that holds without it."""
    little = OwnPlan("plano.md", energy_kcal=Said(1600.0, "1600 kcal", 1), protein_g=Said(45.0, "45 g", 1))
    phone.room.plans["plano.md"] = little
    await phone.send_file("plano.md", PLAN)
    shown = await phone.read()
    assert "1.600\u00a0kcal e 45\u00a0g de proteína" in shown.text
    await phone.tap("Escolher")
    assert "Ele pede" not in phone.last.text
    await phone.tap("1.600 kcal")
    assert "Ele pede 45\u00a0g. O menor que sugiro para você é" in phone.last.text
    await phone.tap("Usar estes")
    assert phone.last.text.startswith("Ele pede 45\u00a0g.") and "Anotei" not in phone.last.text
    assert await _profile(phone) == PROFILE

    await phone.tap("Voltar")
    await phone.tap("Usar")
    used = next(m for m in phone.messages if "Anotei do seu documento" in m.text)
    assert "1.600\u00a0kcal e 45\u00a0g de proteína" in used.text
    targets = people.review(await _profile(phone)).targets
    assert targets is not None
    assert (targets.energy_kcal, targets.protein_g) == (1600, 45)


async def test_restrictions_win_over_the_document(phone: ChatPhone) -> None:
    await exclude(phone, "leite")
    food = YOGURT
    assert food is not None
    meal = PlanMeal(Slot.CAFE_DA_MANHA, (PlanFood(food.id, 170, "iogurte"),), (), "Café", "iogurte", 1)
    phone.room.plans["plano.md"] = OwnPlan("plano.md", meals_per_day=Said(5, "5", 1), meals=(meal,))
    await phone.send_file("plano.md", PLAN)
    shown = await phone.read()
    assert "Ele também sugere iogurte natural" in shown.text
    assert "você não come: vou deixar de fora" in shown.text


async def test_hidden_numbers_stay_hidden(phone: ChatPhone) -> None:
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        await people.hide_numbers(tx, person.id, True)
    phone.room.plans["plano.md"] = ASKS
    await phone.send_file("plano.md", PLAN)
    shown = await phone.read()
    assert "120" not in shown.text
    assert "a meta de proteína" in shown.text
    await phone.tap("Escolher")
    assert phone.last.labels[:3] == ["✅ Refeições", "✅ Proteína", "✅ Evitar 1 item"]


async def test_undo_refuses_when_the_profile_changed_since(phone: ChatPhone) -> None:
    phone.room.plans["plano.md"] = ASKS
    await phone.send_file("plano.md", PLAN)
    await phone.read()
    await phone.tap("Usar")
    await phone.say("quero 3 refeições")
    await phone.tap("↩ Desfazer")
    assert any("Seu perfil mudou depois disso" in message.text for message in phone.messages)
    assert (await _profile(phone)).meals_per_day == 3


async def _profile(phone: ChatPhone) -> Any:
    person = await phone.person()
    assert person is not None
    async with phone.database.reader() as conn:
        return await people.profile_of(conn, person.id)


def test_an_animation_is_no_file() -> None:
    file = {"file_id": "a", "file_unique_id": "a"}
    chat = {"id": 7, "type": "private", "first_name": "Ana"}
    animation = file | {"width": 1, "height": 1, "duration": 1}
    raw = {"message_id": 1, "date": 0, "chat": chat, "document": file, "animation": animation}
    update = Update.de_json(json.loads(json.dumps({"update_id": 1, "message": raw})), None)
    assert route(update) is not None
    assert file_of(update.message) is None
