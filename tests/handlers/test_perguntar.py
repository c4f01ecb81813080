"""/perguntar: a question is taken in its turn, answered outside it, and its sources open."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

import handlers.screens.perguntar  # noqa: F401 (registers its screens)
from handlers import perguntar
from handlers.routing import command_of
from handlers.scene import enter
from handlers.screens.perguntar import plain_answer
from handlers.services import Services
from handlers.transport.answer_messages import AnswerMessages
from handlers.transport.turn import Turn
from menus import people as use_cases
from menus.questions import KIND, MAX_ATTEMPTS, QuestionRunner, Sentence, Told, request
from nutrition.foods import FoodTable
from nutrition.person import Restriction, Strength
from nutrition.questions import Caution
from rag.answers import Answer, Answerer
from rag.index import Indexer
from rag.search import Hit, Search
from storage import jobs, outbox, people, restrictions
from storage.outbox import Mode
from storage.passages import Passage
from tests.fakes.clock import ManualClock
from tests.fresh import fresh_database
from tests.handlers.phone import FakeMenus, Phone
from tests.rag.library import document
from tests.rag.test_answers import SHELF

TABLE = FoodTable.load()
BEFORE_TRAINING = "o que comer com menos de uma hora antes do treino?"


class AskingPhone(Phone):
    """A phone whose words go to the handlers of questions, and a runner that answers when it is told to."""

    runner: QuestionRunner
    told: asyncio.Event

    async def answered(self) -> str:
        """Let the runner answer what is open, and return the newest message's text."""
        running = asyncio.create_task(self.runner.run())
        await asyncio.wait_for(self.told.wait(), 20)
        self.told.clear()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await self._deliver()
        return self.last.text

    async def exclude(self, code: str) -> None:
        async with self.database.transaction() as tx:
            person = await people.get_by_chat(tx, self.chat_id)
            assert person is not None
            await restrictions.add(tx, person.id, Restriction(code, Strength.ALERGIA, code), self.now)

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
            await self._handled(turn)
        turn.committed()
        await self._deliver()

    async def _handled(self, turn: Turn) -> None:
        scene = await enter(turn)
        verb, _, rest = turn.data.partition(":")
        command = command_of(turn.text)
        if verb in perguntar.TAPS_1:
            await perguntar.TAPS_1[verb](scene, rest)
        elif command in perguntar.COMMANDS:
            await perguntar.COMMANDS[command](scene)
        elif scene.step in perguntar.STEPS:
            await perguntar.STEPS[scene.step](scene, turn.text)
        else:
            await perguntar.ask(scene, turn.text)


class Broken:
    """An answerer that fails."""

    async def answer(self, *_args: object, **_options: object) -> Answer:
        raise RuntimeError("broken on purpose")


@asynccontextmanager
async def open_asking(path: Path, clock: ManualClock) -> AsyncIterator[AskingPhone]:
    database = await fresh_database(path, readers=1)
    try:
        menus = FakeMenus()
        phone = AskingPhone(database, Services(TABLE, menus))  # type: ignore[arg-type]
        phone.told = asyncio.Event()
        await Indexer(database, None).sync(SHELF)
        answerer = Answerer(database, Search(database, None), TABLE)
        phone.runner = QuestionRunner(database, clock, answerer, TABLE, AnswerMessages(clock, phone.told.set))
        async with database.transaction() as tx:
            person = await use_cases.meet(tx, phone.chat_id, "America/Sao_Paulo")
            await use_cases.consent(tx, person, gemini=False, now=phone.now)
        yield phone
    finally:
        await database.close()


@pytest.fixture
async def phone(tmp_path: Path, clock: ManualClock) -> AsyncIterator[AskingPhone]:
    async with open_asking(tmp_path / "bot.db", clock) as opened:
        yield opened


async def test_a_question_shows_the_search_at_once_and_becomes_an_answer_with_sources(
    phone: AskingPhone,
) -> None:
    shown = await phone.say(f"/perguntar {BEFORE_TRAINING}")

    assert shown.text == "Procurando no guia…"
    assert phone.services.menus.woken == 1  # type: ignore[attr-defined]

    text = await phone.answered()

    assert text.startswith("Antes: Com menos de uma hora antes do treino, prefira algo pequeno")
    assert "[1] Comer antes e depois do treino › Antes" in text
    assert phone.last.labels == ["Fonte 1"]


async def test_the_answer_edits_the_message_that_said_searching(phone: AskingPhone) -> None:
    await phone.say(BEFORE_TRAINING)
    running = asyncio.create_task(phone.runner.run())
    await asyncio.wait_for(phone.told.wait(), 20)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    async with phone.database.reader() as conn:
        owed = await outbox.head(conn, phone.chat_id)

    assert owed is not None
    assert (owed.screen, owed.mode, owed.slot) == ("resposta", Mode.EDIT, "job:1")


async def test_a_source_opens_as_a_new_message(phone: AskingPhone) -> None:
    await phone.say(BEFORE_TRAINING)
    await phone.answered()
    before = len(phone.messages)

    opened = await phone.tap("Fonte 1")

    assert len(phone.messages) == before + 1
    assert "Treinar em jejum não queima mais gordura" in opened.text


async def test_the_command_alone_asks_and_the_next_words_are_the_question(phone: AskingPhone) -> None:
    asked = await phone.say("/perguntar")
    assert "O que você quer saber?" in asked.text

    await phone.say(BEFORE_TRAINING)

    assert "[1]" in await phone.answered()
    async with phone.database.reader() as conn:
        person = await people.get_by_chat(conn, phone.chat_id)
        assert person is not None
        assert (await use_cases.talk_of(conn, person.id))[0] == ""


async def test_the_command_alone_leaves_an_open_question_of_ours_open(phone: AskingPhone) -> None:
    async with phone.database.transaction() as tx:
        person = await people.get_by_chat(tx, phone.chat_id)
        assert person is not None
        await use_cases.set_talk(tx, person.id, "weight", (await use_cases.talk_of(tx, person.id))[1])

    shown = await phone.say("/perguntar")

    assert "/perguntar posso comer banana" in shown.text
    async with phone.database.reader() as conn:
        assert (await use_cases.talk_of(conn, person.id))[0] == "weight"


async def test_what_the_guide_does_not_answer_is_said_and_the_nearest_section_offered(
    phone: AskingPhone,
) -> None:
    await phone.say("chá de hibisco seca a barriga?")

    text = await phone.answered()

    assert text == "Não encontrei isso no guia, e prefiro não chutar.\nO mais perto é a seção Café e chás."
    assert phone.last.labels == ["Abrir seção"]
    assert "Camomila" in (await phone.tap("Abrir seção")).text


@pytest.mark.parametrize(
    ("question", "first"),
    [
        (
            "posso parar o remédio da pressão?",
            "Não comece, não pare nem mude remédio sem falar com seu médico.",
        ),
        ("dieta detox funciona?", "Comer quase nada"),
        ("comi camarão e minha boca tá inchando, e agora?", "<b>Ligue agora para o SAMU: 192.</b>"),
        ("como faço uma dieta de 500 calorias?", "Com tão pouca comida"),
        ("quem tem doença dos rins precisa de quanta proteína?", "Doença nos rins muda proteína"),
    ],
)
async def test_guardrails_speak_first(phone: AskingPhone, question: str, first: str) -> None:
    await phone.say(question)

    assert (await phone.answered()).startswith(first)


async def test_what_was_excluded_between_answer_and_sending_is_not_shown(phone: AskingPhone) -> None:
    told = Told(sentences=(Sentence("Coma iogurte.", (1,)), Sentence("Coma banana.", (1,))), sources=(1,))
    await phone.exclude("leite")

    shown = await phone.show("resposta", told=told.to_json())

    assert "iogurte" not in shown.text
    assert "Coma banana [1]." in shown.text


async def test_who_hides_numbers_is_told_no_calories(phone: AskingPhone) -> None:
    async with phone.database.transaction() as tx:
        person = await people.get_by_chat(tx, phone.chat_id)
        assert person is not None
        await use_cases.hide_numbers(tx, person.id, True)
    told = Told(
        sentences=(Sentence("São 1.200 kcal por dia.", (1,)), Sentence("Coma banana.", (1,))), sources=(1,)
    )

    shown = await phone.show("resposta", told=told.to_json())

    assert "kcal" not in shown.text
    assert "banana" in shown.text


async def test_a_question_about_what_one_excludes_is_announced(phone: AskingPhone) -> None:
    await phone.exclude("leite")
    await phone.say("iogurte é bom com menos de uma hora antes do treino?")

    assert (await phone.answered()).startswith("Você anotou: alergia a leite.")


@pytest.mark.parametrize("alone", [False, True])
async def test_a_section_that_speaks_of_what_was_excluded_since_is_not_offered(
    phone: AskingPhone, alone: bool
) -> None:
    await phone.say("chá de hibisco seca a barriga?")
    await phone.answered()
    chunk = int(phone.last.shown.buttons[0][0].data.partition(":")[2])
    told = Told(sources=(chunk,), codes=("gestante",) if alone else (), alone=alone)
    assert "Café e chás" in (await phone.show("resposta", told=told.to_json())).text
    await phone.exclude("cafeina")

    shown = await phone.show("resposta", told=told.to_json())

    assert "Café e chás" not in shown.text
    assert shown.labels == []


async def test_a_passage_that_speaks_of_what_one_excludes_says_so(phone: AskingPhone) -> None:
    await phone.say(BEFORE_TRAINING)
    await phone.answered()
    await phone.exclude("leite")

    assert (await phone.tap("Fonte 1")).text.startswith("Este trecho fala de algo que você não come.")


async def test_another_persons_passage_does_not_open(phone: AskingPhone) -> None:
    await Indexer(phone.database, None).sync(
        [document("plano.md", "# Plano\n\nO plano secreto da Zuleica.")], owner=99, collection="chat"
    )
    async with phone.database.reader() as conn:
        row = await conn.fetch_one("SELECT id FROM chunks WHERE owner = 99")
    assert row is not None

    shown = await phone.tap_data(f"trecho:{row['id']}")

    assert "Zuleica" not in shown.text
    assert "mudou" in shown.text


@pytest.mark.parametrize("data", ["trecho:x", "trecho:-1", "trecho:99999999999999999999", "trecho:²"])
async def test_forged_buttons_do_no_harm(phone: AskingPhone, data: str) -> None:
    await phone.tap_data(data)


async def test_a_second_question_waits_for_the_first(phone: AskingPhone) -> None:
    await phone.say(BEFORE_TRAINING)

    assert "anterior" in (await phone.say("e o que tem cafeína?")).text


async def test_a_question_interrupted_by_a_stop_is_answered_at_the_next_start(phone: AskingPhone) -> None:
    await phone.say(BEFORE_TRAINING)
    async with phone.database.transaction() as tx:
        await jobs.claim_open(tx, phone.now, kind=KIND)  # begun, and then the program was killed

    assert "[1]" in await phone.answered()


async def test_a_question_that_was_killed_each_time_is_given_up_and_told(phone: AskingPhone) -> None:
    await phone.say(BEFORE_TRAINING)
    async with phone.database.transaction() as tx:
        for _ in range(MAX_ATTEMPTS):
            await jobs.claim_open(tx, phone.now, kind=KIND)
            await jobs.reopen_interrupted(tx, phone.now, kind=KIND)

    assert "Não consegui procurar agora" in await phone.answered()


async def test_an_unforeseen_error_is_told_with_a_code_and_the_next_question_is_answered(
    phone: AskingPhone, clock: ManualClock
) -> None:
    good = phone.runner
    phone.runner = QuestionRunner(
        phone.database,
        clock,
        Broken(),  # type: ignore[arg-type]
        TABLE,
        AnswerMessages(clock, phone.told.set),
    )
    await phone.say(BEFORE_TRAINING)
    assert "Código:" in await phone.answered()

    phone.runner = good
    await phone.say(BEFORE_TRAINING)
    assert "[1]" in await phone.answered()


async def test_nothing_of_a_question_is_kept_once_it_is_answered(phone: AskingPhone) -> None:
    await phone.say("meu segredo: o que comer com menos de uma hora antes do treino?")
    await phone.answered()

    async with phone.database.reader() as conn:
        rows = await conn.fetch_all("SELECT payload FROM jobs")
        owed = await conn.fetch_all("SELECT args FROM outbox WHERE args LIKE '%treino%'")

    assert [row["payload"] for row in rows] == ["{}"]
    assert owed == []


async def test_an_erased_person_is_told_nothing(phone: AskingPhone, clock: ManualClock) -> None:
    async with phone.database.transaction() as tx:
        person = await people.get_by_chat(tx, phone.chat_id)
        assert person is not None
        job, _ = await request(tx, person, BEFORE_TRAINING, phone.now)
        await use_cases.erase(tx, person)
        await AnswerMessages(clock, phone.told.set).answered(tx, job, Told())

    async with phone.database.reader() as conn:
        assert await outbox.head(conn, phone.chat_id) is None


QUESTIONS = [
    "posso comer banana antes do treino?",
    "chá de hibisco seca a barriga?",
    "celíaco pode comer aveia?",
    "quantas calorias tem uma coxinha?",
    "qual a melhor fruta pra levar na bolsa",
    "sou celíaca, posso comer aveia?",
    "por que o sal faz mal?",
]
OTHERS = [
    "o que eu como agora?",
    "qual o almoço?",
    "e amanhã?",
    "mostra sexta",
    "outra semana",
    "pode trocar o jantar?",
    "posso comer ovo",
    "agora posso comer ovo",
    "dá pra duas pessoas?",
    "quais são minhas restrições?",
    "qual é o meu peso?",
    "quantas calorias tem meu almoço?",
    "sou alérgica a camarão",
    "oi",
    "",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_questions_about_food_are_told_from_the_rest(text: str) -> None:
    assert perguntar.is_question(text)


@pytest.mark.parametrize("text", OTHERS)
def test_requests_about_ones_own_menu_are_not_questions_for_the_guide(text: str) -> None:
    assert not perguntar.is_question(text)


def test_a_question_in_general_tells_nothing_about_its_writer() -> None:
    assert perguntar.asks_in_general("celíaco pode comer aveia?")
    assert perguntar.asks_in_general("grávida pode comer peixe cru?")
    assert not perguntar.asks_in_general("sou celíaca, posso comer aveia?")
    assert not perguntar.asks_in_general("minha glicose é alta, suco pode?")
    assert not perguntar.asks_in_general("como vomitar depois de comer?")


@given(st.text(max_size=120))
def test_any_text_can_be_told(text: str) -> None:
    perguntar.asks_in_general(text)


def test_an_answer_can_be_kept_and_read_again() -> None:
    told = Told((Sentence("Coma.", (1, 2)),), (5, 6), ("gota",), False, ("leite",), False, "gemini_away")

    assert Told.from_json(json.loads(json.dumps(told.to_json()))) == told


def test_the_command_line_says_the_same_in_plain_text() -> None:
    hit = Hit(Passage(1, "Guia do Cardápio", "Sal & temperos", None, "Use menos sal."), 1.0)
    answer = Answer(sentences=(Sentence("Use menos sal.", (1,)),), sources=(hit,))

    assert plain_answer(answer, TABLE) == "Use menos sal [1]."
    assert plain_answer(Answer(sources=(hit,)), TABLE).endswith("O mais perto é a seção Sal & temperos.")
    assert plain_answer(Answer(caution=Caution(("remedio",), alone=True)), TABLE).startswith("Não comece")


async def test_a_search_and_gemini_never_run_inside_the_turn(phone: AskingPhone) -> None:
    """The turn only writes a row: the database is free again while the answer is being made."""
    await phone.say(BEFORE_TRAINING)

    async with phone.database.transaction() as tx:
        person = await people.get_by_chat(tx, phone.chat_id)
        assert person is not None
        job = await jobs.open_job(tx, person.id, KIND)

    assert job is not None
    assert job.state == "open"
