"""People who chat while the bot is killed: a seeded script each, and what they asked for and were told.

A person does one thing after the other and waits for each answer, as long as it takes. Two things of one kind never follow
each other, so an answer that a kill repeated is never taken for that of the next question.
"""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.e2e.driver import Look, Message, Phone
from tests.e2e.house import ONBOARDING
from tests.e2e.kills_memory import (
    CHANGED,
    GIVEN_UP,
    IS_DAY,
    MADE,
    Memory,
    Reminder,
    Seen,
    offers,
    offers_all,
    refused,
    says,
    settled,
)

THINKING_SECONDS = 2.0
SOON = timedelta(seconds=150)
"""A reminder is asked for so long before it comes, or longer: under kills an answer takes a minute now and then."""

MOST_WEEKS = 6
FOODS = (
    "beterraba",
    "quiabo",
    "berinjela",
    "chuchu",
    "abacaxi",
    "melancia",
    "pepino",
    "mamão",
    "kiwi",
    "arroz",
)
SWAPS = tuple(
    f"troca o {meal} de amanhã por {food}"
    for meal in ("jantar", "almoço")
    for food in ("peixe", "frango", "omelete", "carne")
)
READINGS = (
    ("/historico", "Suas semanas", "historico"),
    ("/perfil", "Seus dados", "perfil"),
    ("/lembretes", "Lembretes: ", "lembretes"),
    ("/restricoes", "Suas restrições", "restricoes"),
)
CHANGING = ("swap", "choose", "restrict")
"""Things that may all be answered by the same words: they never follow each other."""

UNDO_SAYS = ("Desfiz. Voltou", "Não há mudança", "mudou depois disso")
"""Not "já estava desfeito": so reads a change that was told, then undone, and told again because of a kill."""


class Person:
    """Somebody with a phone. ``due`` is when their reminders are to come; ``known``: they have a week already."""

    def __init__(self, phone: Phone, seed: int, zone: str, due: datetime, *, known: bool) -> None:
        self.phone = phone
        self.memory = Memory()
        self.random = random.Random(f"{seed}/{phone.number}")
        self._zone = ZoneInfo(zone)
        self._due = due
        self._newest = 0
        self.doing = "arriving"
        self.known = known
        if known:
            self.memory.foods.clear()
            self.memory.told["weeks"] = 1

    async def live(self, until: asyncio.Event) -> None:
        """Arrive, unless known already, then do one thing after the other until ``until`` is set."""
        if not self.known:
            await self._arrive()
        await self._remind_me()
        things = self._things()
        last = ""
        while not until.is_set():
            name = self.random.choices(list(things), [weight for weight, _ in things.values()])[0]
            if last in (name, *CHANGING) and name in (last, *CHANGING):
                continue
            self.doing, before = name, self.memory.updates
            await things[name][1]()
            self.doing = ""
            if self.memory.updates == before:
                continue  # there was nothing to do
            last = name
            self.memory.done[name] += 1
            await asyncio.sleep(self.random.expovariate(1 / THINKING_SECONDS))  # thinking, not waiting

    def _things(self) -> dict[str, tuple[int, Callable[[], Awaitable[object]]]]:
        things: dict[str, tuple[int, Callable[[], Awaitable[object]]]] = {
            "today": (3, self._today),
            "opinion": (3, self._opinion),
            "tick": (5, self._tick),
            "household": (1, self._household),
            "weigh": (4, self._weigh),
            "restrict": (2, self._restrict),
            "allow": (2, self._allow),
            "swap": (3, self._swap),
            "choose": (2, self._choose),
            "undo": (3, self._undo),
            "meals": (1, self._meals),
            "week": (1, self._week),
            "read": (2, self._read),
        }
        if self.phone.number % 5 == 0:
            things["answer"] = (2, self._answer)
        return things

    # Saying and tapping

    async def _say(self, text: str, seen: Seen, owed: str) -> Message:
        self.memory.updates += 1
        sent = await self.phone.send_text(text)
        return await self._come(sent, seen, owed)

    async def _come(self, after: int, seen: Seen, *owed: str) -> Message:
        """The newest message after ``after`` that was waited for."""
        self.memory.owed.update(owed)
        return await self._wait(
            lambda look: next((message for message in reversed(look.after(after)) if seen(message)), None)
        )

    async def _wait(self, end: Callable[[Look], Message | None]) -> Message:
        """The message that ``end`` finds; whatever is asked next comes after it."""
        found = await self.phone.wait_for(end)
        self._newest = max(self._newest, found.id)
        return found

    async def _press(self, message: Message, data: str) -> None:
        self.memory.updates += 1
        await self.phone.tap_data(message.id, data, answered=False)

    async def _tap(self, message: Message, data: str, seen: Seen, *owed: str) -> Message:
        """Tap, and wait until the message has become what was waited for."""
        await self._press(message, data)
        self.memory.owed.update(owed)

        def become(look: Look) -> Message | None:
            return next((each for each in look.replies if each.id == message.id and seen(each)), None)

        return await self.phone.wait_for(become)

    def _pick(self, message: Message, pattern: str) -> str | None:
        """The data of one of the buttons that fit."""
        fitting = [b.data for b in message.buttons() if b.data and re.match(pattern, b.data)]
        return self.random.choice(fitting) if fitting else None

    # What people do

    async def _arrive(self) -> None:
        """From /start to the first week."""
        last = 0
        for how, what, expected in ONBOARDING:
            self.memory.updates += 1
            if how == "say":
                await self.phone.send_text(what)
            else:
                await self.phone.tap(what, answered=False)
            last = (await self._come(last, says(expected))).id
        self.memory.updates += 1
        await self.phone.tap("Montar cardápio", answered=False)
        onboarding = {
            "consentimento/send": 1,
            "consentimento_dado/shrink": 1,
            "resumo/send": 1,
            "resumo/edit": 1,
        }
        self.memory.owed.update(onboarding | {"pergunta/send": 12, "respondida/shrink": 12})
        await self._made(last)

    async def _made(self, after: int) -> None:
        """A week, or that there is none. A day that was sent again may come before the progress of the week, never after it."""

        def end(look: Look) -> Message | None:
            came = look.after(after)
            ready = next((m for m in came if MADE(m)), None)
            days = [m for m in came if ready is not None and m.id > ready.id and IS_DAY(m)]
            return next((m for m in came if GIVEN_UP(m)), None) or next(iter(days), None)

        self.memory.owed["progresso/send"] += 1
        made = await self._wait(end)
        self.memory.weeks += 1
        self.memory.told["weeks" if IS_DAY(made) else "weeks given up"] += 1
        if IS_DAY(made):
            self.memory.owed.update(("semana_pronta/edit", "dia/send"))

    async def _remind_me(self) -> None:
        """A reminder of the day and one of the evening before, at minutes that come while the bot is killed."""
        for kind, words, told, owed in (
            ("dia", "me avisa às", "Combinado: todo dia às", "lembrete_ligado/send"),
            ("vespera", "na véspera às", "Combinado: na véspera, às", "lembrete_opcao/send"),
        ):
            soon = datetime.now(self._zone) + SOON
            due = max(self._due.astimezone(self._zone), soon).replace(second=0, microsecond=0)
            await self._say(f"{words} {due:%H:%M}", says(told), owed)
            self.memory.reminders[kind] = Reminder(due, datetime.now(UTC))

    async def _today(self) -> Message:
        return await self._say("/hoje", IS_DAY, "dia/send")

    async def _opinion(self) -> None:
        day = await self._today()
        meals = await self._tap(day, self._must(day, "receitas:"), offers("receita:"), "receitas/edit")
        meal = self._pick(meals, r"receita:[^:]+:(almoco|jantar)$")
        if meal is None:
            return
        await self._press(meals, meal)
        recipe = await self._come(max(self._newest, meals.id), offers("gosto:"), "receita/send")
        if (undo := self._pick(recipe, ".*:nada$")) is not None:
            recipe = await self._tap(recipe, undo, offers(undo.replace("nada", "mais")), *OPINION)
        said = self._must(recipe, ".*:(mais|menos)$")
        undo = re.sub("[a-z]+$", "nada", said)
        recipe = await self._tap(recipe, said, offers(undo), *OPINION)
        name = await self._liked(recipe.id, said)
        self.memory.tastes[name] = "gostei" if said.endswith("mais") else "nao_gostei"
        if self.random.random() < 0.3:
            await self._tap(recipe, undo, offers(said), *OPINION)
            self.memory.tastes[name] = ""

    async def _liked(self, message_id: int, said: str) -> str:
        """The dish that the toast named; "" when a kill took the toast with it."""
        for toast in (await self.phone.look()).toasts:
            named = re.search(r"gostou de (.+?)\. ", toast["text"] + " ")
            if (toast["message_id"], toast["data"]) == (message_id, said) and named:
                return named[1]
        self.memory.tastes_unsure = True
        return ""

    async def _tick(self) -> None:
        listed = await self._say("/compras", offers("compras:"), "compras/send")
        for _ in range(self.random.randint(1, 3)):
            data = self._pick(listed, "compras:[^:]+:(pega|larga):")
            if data is None:
                return
            _, start, verb, item = data.split(":")
            becomes = f"compras:{start}:{'larga' if verb == 'pega' else 'pega'}:{item}"
            listed = await self._tap(listed, data, offers(becomes), "compras/edit", "compras_toque/toast")
            self.memory.marks[start, item] = verb == "pega"

    async def _household(self) -> None:
        listed = await self._say("/compras", offers("compras:"), "compras/send")
        asked = await self._tap(
            listed,
            self._must(listed, ".*:pessoas$"),
            offers_all(":pessoas:1", ":pessoas:6"),
            "compras_pessoas/edit",
        )
        number = self.random.choice([n for n in range(1, 5) if n != self.memory.household])
        await self._tap(
            asked, self._must(asked, f".*:pessoas:{number}$"), offers_all(":texto"), "compras/edit"
        )
        self.memory.household = number

    async def _weigh(self) -> None:
        """One weight, or two written one after the other without waiting."""
        last, sent = (self.memory.weights or [0.0])[-1], 0
        for _ in range(self.random.choice((1, 1, 2))):
            last = self.random.choice([n / 10 for n in range(715, 736) if n / 10 != last])
            self.memory.weights.append(last)
            self.memory.updates += 1
            self.memory.owed["peso_anotado/send"] += 1
            sent = await self.phone.send_text(f"/peso {last}".replace(".", ","))
        shown = f"{last:.1f}".replace(".", ",").removesuffix(",0")
        await self._come(sent, says(f"Anotei {shown}", f"ficou {shown}"))

    async def _restrict(self) -> None:
        food = self.random.choice([food for food in FOODS if food not in self.memory.foods] or [""])
        if not food:
            return
        noted = await self._say(f"não como {food}", says(f"Anotei: {food}"), "restricao_anotada/send")
        self.memory.foods.add(food)
        if offers("repoe")(noted) and self.random.random() < 0.7:
            await self._press(noted, "repoe")
            await self._changed(await self._end_of(noted.id, noted.id))

    async def _allow(self) -> None:
        food = self.random.choice([food for food in FOODS if food in self.memory.foods] or [""])
        if food:
            await self._say(f"agora já como {food}", says(f"Tirei da lista: {food}"), "restricao_tirada/send")
            self.memory.foods.remove(food)

    async def _changed(self, told: Message) -> None:
        self.memory.orders += 1
        self.memory.told["changes" if CHANGED(told) else "changes refused"] += 1

    async def _swap(self) -> None:
        self.memory.updates += 1
        sent = await self.phone.send_text(self.random.choice(SWAPS))
        await self._changed(await self._come(sent, settled))

    async def _choose(self) -> None:
        """A swap by tapping: which meal, which of the alternatives."""
        day = await self._today()
        asked = await self._tap(
            day, self._must(day, "troca:[^:]+$"), says("Qual refeição"), "troca_qual/edit"
        )
        meal = self._must(asked, "troca:[^:]+:(almoco|jantar)$")
        shown = await self._tap(asked, meal, lambda m: "Opções" in m.text or refused(m))
        self.memory.orders += 1
        option = self._pick(shown, f"{meal}:[0-9a-f]+$")
        if option is None:
            self.memory.told["changes refused"] += 1
            return
        self.memory.told["alternatives"] += 1
        await self._press(shown, option)

        newest = max(shown.id, self._newest)
        await self._tell(shown.id, newest)

    async def _end_of(self, tapped: int, newest: int) -> Message:
        """What came of a change that a button asked for: told in a new message, or refused in the tapped one."""

        def end(look: Look) -> Message | None:
            new = next((message for message in look.after(newest) if settled(message)), None)
            return new or next((m for m in look.replies if m.id == tapped and refused(m)), None)

        return await self._wait(end)

    async def _tell(self, shown: int, newest: int) -> None:
        """What came of an alternative that was tapped: a change in a new message, a refusal in the tapped one, or only the day
        again, when it was what stood there."""

        def end(look: Look) -> Message | None:
            new = next((message for message in look.after(newest) if CHANGED(message)), None)
            same = next((m for m in look.replies if m.id == shown and (refused(m) or IS_DAY(m))), None)
            return new or same

        told = await self.phone.wait_for(end)
        self.memory.owed["dia/edit"] += not refused(told)
        if IS_DAY(
            told
        ):  # what was changed is told next, if anything was: before the answer to whatever is said now
            await self._say("/perfil", says("Seus dados"), "perfil/send")
            told = await self.phone.wait_for(end)
        self._newest = max(self._newest, told.id)
        self.memory.orders += 1
        if not IS_DAY(told):
            self.memory.told["changes" if CHANGED(told) else "changes refused"] += 1
        else:
            self.memory.told["kept"] += 1

    async def _undo(self) -> None:
        told = await self._say("desfaz isso", says(*UNDO_SAYS), "desfeito/send")
        self.memory.told["undone"] += UNDO_SAYS[0] in told.text

    async def _meals(self) -> None:
        await self._today()  # while reminders are talked about, a number is an hour
        number = self.random.choice([n for n in range(3, 7) if n != self.memory.meals])
        told = await self._say(
            f"quero {number} refeições", says(f"Corrigi as refeições para {number}"), "perfil_corrigido/send"
        )
        await self._come(told.id, offers("nova"), "perfil_nova_semana/send")
        self.memory.meals = number

    async def _week(self) -> None:
        if self.memory.weeks < MOST_WEEKS:
            self.memory.updates += 1
            await self._made(await self.phone.send_text("nova semana"))

    async def _answer(self) -> None:
        said = self.random.choice(("feito", "pulei"))
        await self._say(said, offers("l_apaga:"), "lembrete_respondido/send")
        self.memory.answer = said

    async def _read(self) -> None:
        command, fragment, screen = self.random.choice(READINGS)
        await self._say(command, says(fragment), f"{screen}/send")

    def _must(self, message: Message, pattern: str) -> str:
        found = self._pick(message, pattern)
        assert found is not None, (self.phone.number, pattern, message.text, message.labels)
        return found


OPINION = ("receita/edit", "gosto_anotado/toast")
