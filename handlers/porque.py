"""/porque: for any number or dish, the foods, grams, table rows and the passage behind it.

Routing takes ``COMMANDS``, ``TAPS``, ``TAPS_1``, ``TAPS_2`` and ``TAPS_3`` as they are, and asks ``asked`` about free
words before it takes them for anything else.
"""

from collections.abc import Awaitable, Callable

from handlers import cardapio, intents
from handlers.restriction_cues import may_state_restriction
from handlers.scene import Scene
from handlers.screens import porque_targets
from handlers.screens import porque_words as words
from menus import explain_asked, explain_counted, people
from menus.explain import EXPLAINED
from menus.explain_asked import Known, Question, Subject
from nutrition.menu import Slot


async def command(scene: Scene) -> None:
    """/porque alone asks what to explain; with a number or a dish after it, that one is explained."""
    if not await cardapio.ready(scene):
        return
    question = explain_asked.read(scene.turn.text)
    if question.empty:
        await scene.turn.send(words.ASK)
    else:
        await _answer(scene, await _subject(scene, question))


async def asked(scene: Scene, text: str) -> bool:
    """ "por que 1.850?", "por que frango?" in free words; True when that was the answer.

    A reason for something that is neither a number nor a food of this person is left to others, and so is a sentence
    that may state a restriction ("porque sou alérgica a camarão").
    """
    if not explain_asked.asks_why(text) or may_state_restriction(text):
        return False
    question = explain_asked.read(text)
    profile = await people.profile_of(scene.turn.tx, scene.person.id)
    if profile is None:
        return False
    if people.review(profile).targets is None:
        return not question.words and not await cardapio.ready(scene)
    if question.empty:
        await scene.turn.send(words.ASK)
        return True
    subject = await _subject(scene, question)
    if subject is None and (question.words or question.number is None):
        return False
    await _answer(scene, subject)
    return True


async def counted(scene: Scene, text: str) -> bool:
    """ "quanto de proteína tem hoje?", "quantas calorias tem meu almoço?": the number in the menu, and where it comes from."""
    question = explain_counted.of_the_menu(text)
    if question is None or await people.profile_of(scene.turn.tx, scene.person.id) is None:
        return False
    if not await cardapio.ready(scene):
        return True
    day = intents.day_asked(text, scene.today) or scene.today
    saved = await scene.turn.services.menus.current_week(scene.turn.tx, scene.person.id, day)
    if saved is None:
        await scene.turn.send("dia", date=day.isoformat())
    elif question.slot is not None:
        await _answer(scene, Subject("meal", day=day, slot=question.slot))
    else:
        await _answer(scene, Subject("day", question.nutrient, day))
    return True


async def tapped(scene: Scene) -> None:
    """[Voltar], or a [Por quê?] elsewhere: what to explain."""
    if await cardapio.ready(scene):
        await scene.turn.edit(words.ASK)


async def choose(scene: Scene, what: str) -> None:
    """[Um prato] and [Outro número]; a number or a dish that is not there any more asks again."""
    if not await cardapio.ready(scene):
        return
    if what == "pratos":
        await scene.turn.edit(words.MEALS, date=scene.today.isoformat())
    elif what == "outro":
        await scene.turn.edit(words.OTHER)
    elif what == "micros":
        await scene.turn.edit(words.MICROS, date=scene.today.isoformat())
    else:
        await scene.turn.edit(words.ASK)


async def open_one(scene: Scene, what: str, which: str) -> None:
    """A target, a number of today, or the meals of a day."""
    day = cardapio.as_date(which)
    if what == "meta" and which in porque_targets.EXPLAINED:
        await _answer(scene, Subject("target", which))
    elif what == "hoje" and which in EXPLAINED:
        await _answer(scene, await _today(scene, which))
    elif what == "pratos" and day is not None:
        await scene.turn.edit(words.MEALS, date=day.isoformat())
    else:
        await tapped(scene)


async def open_of_day(scene: Scene, what: str, day_text: str, which: str) -> None:
    """A number of a day, or a meal of it."""
    day = cardapio.as_date(day_text)
    if what == "dia" and day is not None and which in EXPLAINED:
        await _answer(scene, Subject("day", which, day))
    elif what == "prato" and day is not None and which in set(Slot):
        await _answer(scene, Subject("meal", day=day, slot=Slot(which)))
    else:
        await tapped(scene)


async def _today(scene: Scene, nutrient: str) -> Subject:
    saved = await scene.turn.services.menus.current_week(scene.turn.tx, scene.person.id, scene.today)
    if saved is None and nutrient in porque_targets.EXPLAINED:
        return Subject("target", nutrient)
    return Subject("day", nutrient, scene.today)


async def _subject(scene: Scene, question: Question) -> Subject | None:
    turn = scene.turn
    profile = await people.profile_of(turn.tx, scene.person.id)
    if profile is None:
        return None
    day = intents.day_asked(turn.text, scene.today)
    saved = await turn.services.menus.current_week(turn.tx, scene.person.id, day or scene.today)
    known = Known(
        people.review(profile), saved.week if saved else None, scene.today, turn.services.table, day
    )
    return explain_asked.subject_of(question, known)


async def _answer(scene: Scene, subject: Subject | None) -> None:
    """Show ``subject`` in the tapped message, or in a new one after words."""
    turn = scene.turn
    day = subject.day.isoformat() if subject and subject.day else ""
    if subject is None:
        await turn.edit(words.NOT_FOUND)
    elif subject.kind == "target":
        await turn.edit(words.TARGET, nutrient=subject.nutrient)
    elif subject.kind == "day":
        await turn.edit(words.DAY, date=day, nutrient=subject.nutrient)
    elif subject.slot is not None:
        await turn.edit(words.MEAL, date=day, slot=subject.slot.value)


COMMANDS: dict[str, Callable[[Scene], Awaitable[None]]] = {"porque": command}
TAPS: dict[str, Callable[[Scene], Awaitable[None]]] = {words.VERB: tapped}
TAPS_1: dict[str, Callable[[Scene, str], Awaitable[None]]] = {words.VERB: choose}
TAPS_2: dict[str, Callable[[Scene, str, str], Awaitable[None]]] = {words.VERB: open_one}
TAPS_3: dict[str, Callable[[Scene, str, str, str], Awaitable[None]]] = {words.VERB: open_of_day}
