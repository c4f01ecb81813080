"""/uso is for operators; wishes and words that only Gemini reads, in the chat; every note of a week has its line."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from telegram import BotCommand, BotCommandScopeChat
from telegram.error import BadRequest

from handlers import commands
from handlers.screens.progress import NOTES
from handlers.screens.uso import OUTCOMES
from handlers.transport.screens import NothingToSay
from menus import outcome
from menus.alerts import SCREEN, Alert
from menus.fallback import PLAIN_NOTE
from menus.intentions import KIND
from menus.operations import Operations
from menus.people import consent
from nutrition.person import Activity, Goal, Profile, Sex
from rag.gemini import ANSWERED
from rag.gemini_errors import GeminiBudget, GeminiError
from rag.gemini_writer import INVENTED
from rag.ledger import day_of
from storage import jobs, outbox, people, profiles, usage
from storage.outbox import Outgoing
from storage.usage import Usage
from tests.handlers.phone import NOON, Phone, open_phone

PROFILE = Profile(Sex.F, 34, 168, 70, Activity.MODERADO, Goal.MANTER, 5)
COUNTS = {ANSWERED: 9, INVENTED: 4, "GeminiAway": 2, "GeminiQuota": 1}


async def known(phone: Phone, *, gemini: bool = True) -> None:
    """Give the phone's person a yes and a profile."""
    async with phone.database.transaction() as tx:
        person = await people.create(tx, phone.chat_id, time_zone="America/Sao_Paulo")
        await consent(tx, person, gemini=gemini, now=NOON)
        await profiles.save(tx, person.id, PROFILE, NOON)


def operated(phone: Phone, *admins: int, budget: int | None = 200) -> Phone:
    """The same phone in a bot that these people operate."""
    operations = Operations(frozenset(admins), budget, lambda: COUNTS)
    phone.services = replace(phone.services, operations=operations)
    return phone


async def test_an_operator_sees_what_is_used_and_what_waits(tmp_path: Path) -> None:
    async with open_phone(tmp_path / "bot.db", gemini=True) as phone:
        operated(phone, phone.chat_id)
        async with phone.database.transaction() as tx:
            day: date = day_of(NOON)
            await usage.add(
                tx, day, 1, "menu", Usage(requests=3, failures=1, tokens_in=9000, tokens_out=7000)
            )
            await usage.add(tx, day, 2, "menu", Usage(requests=1, tokens_in=3000, tokens_out=2000))
            await usage.add(tx, day, 2, "intent", Usage(requests=2, tokens_in=400, tokens_out=60))
            person = await people.create(tx, 99, time_zone="America/Sao_Paulo")
            await jobs.create_or_get(tx, person.id, "week", {}, NOON)
        text = (await phone.say("/uso")).text
        for line in (
            "Pedidos: 6 de 200, restam 194",
            "Tokens: 12400 de entrada, 9060 de saída",
            "Usaram hoje: 2 pessoas",
            "Semanas: 4 pedidos, 1 falhas, 2 pessoas",
            "Mensagens lidas: 2 pedidos, 0 falhas, 1 pessoas",
            "fora do ar 2",
            "limite da chave 1",
            "Fontes inventadas e tiradas: 4",
            "Tarefas: 1 abertas, 0 falharam",
            "Recebidas:",
            "Enviadas:",
            "livres no disco:",
        ):
            assert line in text.replace("\u00a0", " "), text


async def test_an_operator_without_a_key_is_told_so(tmp_path: Path) -> None:
    async with open_phone(tmp_path / "bot.db") as phone:
        assert "Sem chave do Gemini" in (await operated(phone, phone.chat_id, budget=None).say("/uso")).text


async def test_anybody_else_gets_what_an_unknown_command_gets(tmp_path: Path) -> None:
    async with open_phone(tmp_path / "bot.db") as phone:
        operated(phone, 12345)
        assert (await phone.say("/uso")).screen == (await phone.say("/naoexiste")).screen == "consentimento"
        await known(phone)
        assert (await phone.say("/uso")).screen == (await phone.say("/naoexiste")).screen == "nao_entendi"


class FakeBot:
    """Remembers the commands it was given by scope; one chat was never opened."""

    def __init__(self) -> None:
        self.by_chat: dict[int | None, list[str]] = {}

    async def set_my_commands(
        self,
        found: list[BotCommand],
        scope: BotCommandScopeChat | None = None,
        language_code: str | None = None,
    ) -> None:
        chat = None if scope is None else int(scope.chat_id)
        if chat == 13:
            raise BadRequest("chat not found")
        self.by_chat[chat] = [item.command for item in found]

    async def set_my_description(self, text: str, language_code: str | None = None) -> None: ...

    async def set_my_short_description(self, text: str, language_code: str | None = None) -> None: ...

    async def set_chat_menu_button(self, menu_button: object) -> None: ...


async def test_the_command_is_listed_only_in_the_chats_of_operators() -> None:
    bot = FakeBot()
    await commands.register(bot, {7, 13, 8})  # type: ignore[arg-type]  # a fake of what is called
    assert "uso" not in bot.by_chat[None]
    assert bot.by_chat[7] == bot.by_chat[8] == [*bot.by_chat[None], "uso"]


async def test_a_wish_is_kept_told_and_forgotten(tmp_path: Path) -> None:
    async with open_phone(tmp_path / "bot.db") as phone:
        await known(phone)
        told = await phone.say("quero mais peixe")
        assert told.text == "Anotei seu pedido: mais peixe. Vale para as próximas semanas."
        assert "Nova semana" in told.labels
        assert "mais peixe; comida mineira" in (await phone.say("comida mineira")).text
        assert "Pedidos: mais peixe; comida mineira" in (await phone.show("tudo")).text
        await phone.tap("Esquecer pedidos")
        assert "pedidos_esquecidos" in [
            message.screen for message in phone.messages
        ]  # in the place of the tapped one
        assert "Pedidos:" not in (await phone.show("tudo")).text


async def test_a_restriction_and_a_wish_in_one_sentence_are_both_taken(tmp_path: Path) -> None:
    async with open_phone(tmp_path / "bot.db") as phone:
        await known(phone)
        await phone.say("mais peixe e nada de coentro")
        assert [message.screen for message in phone.messages[-2:]] == ["restricao_anotada", "pedido_anotado"]


async def test_what_no_rule_reads_is_read_by_gemini_outside_the_turn(tmp_path: Path) -> None:
    async with open_phone(tmp_path / "bot.db", gemini=True) as phone:
        await known(phone)
        assert (await phone.say("não curto coisas do mar")).screen == "lendo"
        assert (await phone.say("me surpreenda sempre")).screen == "nao_entendi"  # one at a time
        person = await phone.person()
        assert person is not None
        async with phone.database.reader() as conn:
            job = await jobs.open_job(conn, person.id, KIND)
        assert job is not None
        assert job.payload["text"] == "não curto coisas do mar"


@pytest.mark.parametrize("case", ["no key", "no yes"])
async def test_without_gemini_or_its_yes_the_rules_serve_alone(case: str, tmp_path: Path) -> None:
    async with open_phone(tmp_path / "bot.db", gemini=case != "no key") as phone:
        await known(phone, gemini=case != "no yes")
        assert (await phone.say("não curto coisas do mar")).screen == "nao_entendi"


def _errors(kind: type[GeminiError] = GeminiError) -> Iterator[type[GeminiError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _errors(child)


def test_every_note_that_a_week_can_have_is_a_plain_line() -> None:
    errors: list[type[GeminiError]] = [GeminiError, *_errors()]
    produced = {kind.note for kind in errors}
    produced |= {GeminiBudget("", of_person=one).note for one in (True, False)}
    produced |= {outcome.PARTLY, outcome.AWAY, PLAIN_NOTE}
    assert produced == set(NOTES)
    for line in NOTES.values():
        assert "\n" not in line
        assert len(line) <= 120


def test_every_failure_has_a_name_for_operators() -> None:
    counted = {kind.__name__ for kind in _errors()} - {GeminiBudget.__name__}  # nothing was asked there
    assert counted == set(OUTCOMES)


ABOUT: dict[Alert, dict[str, str | int]] = {
    Alert.TASK: {"task": "jobs", "error": "ValueError"},
    Alert.OUTBOX: {"waiting": 12, "minutes": 6},
    Alert.REFUSED: {"count": 14},
    Alert.DISK: {"megabytes": 120},
    Alert.STORAGE: {"error": "DatabaseFull"},
    Alert.ERRORS: {"failed": 9, "turns": 40},
}


@pytest.mark.parametrize("kind", Alert)
async def test_every_alert_says_what_is_wrong_and_what_to_do(kind: Alert, tmp_path: Path) -> None:
    async with open_phone(tmp_path / "bot.db") as phone:
        operated(phone, phone.chat_id)
        shown = await phone.show(SCREEN, kind=kind.value, **ABOUT.get(kind, {}))
        title, *rest = shown.text.splitlines()
        assert title.startswith("<b>")
        assert rest
        for value in ABOUT.get(kind, {}).values():
            assert str(value) in shown.text


async def test_an_alert_that_finds_an_operator_no_more_is_dropped(tmp_path: Path) -> None:
    async with open_phone(tmp_path / "bot.db") as phone:
        operated(phone, 12345)
        with pytest.raises(NothingToSay):
            await phone.show(SCREEN, kind=Alert.INDEX.value)


async def test_an_operator_sees_an_answer_that_does_not_leave(tmp_path: Path) -> None:
    async with open_phone(tmp_path / "bot.db") as phone:
        operated(phone, phone.chat_id)
        async with phone.database.transaction() as tx:
            await outbox.add(tx, Outgoing(99, "dia"), NOON - timedelta(minutes=7))
        assert "A resposta mais antiga espera há 7 min" in (await phone.show("uso")).text
