"""A turn with what every handler of ours asks first: who it is and where the conversation stands."""

from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from handlers.catalogue import language_of
from handlers.transport.turn import Turn
from menus import people
from menus.answers import Talk
from menus.people import Person

IDLE = ""
CONSENT = "consent"
PAUSED = "paused"
SUMMARY = "summary"


RIGHTS = frozenset({"exportar", "exporta", "tudo", "apagar", "nao_apagar"})


@dataclass(frozen=True, slots=True)
class Scene:
    """``step`` is empty when nothing is being asked; ``talk`` is what was answered so far."""

    turn: Turn
    person: Person
    step: str
    talk: Talk

    @property
    def today(self) -> date:
        """The local date of the person."""
        return self.turn.now.astimezone(ZoneInfo(self.person.time_zone)).date()

    @property
    def consented(self) -> bool:
        """Whether the person agreed to the current text."""
        return people.has_consented(self.person)

    @property
    def rights(self) -> frozenset[str]:
        """Commands and buttons that need no yes to the current text of who said yes to a former one: of whom something
        is kept, and who may see, take and erase it whatever they think of the new text."""
        return RIGHTS if self.person.consented else frozenset()

    async def go(self, step: str, talk: Talk | None = None) -> "Scene":
        """Store where the conversation stands from now on."""
        moved = replace(self, step=step, talk=self.talk if talk is None else talk)
        await people.set_talk(self.turn.tx, self.person.id, step, moved.talk)
        return moved

    async def rest(self) -> "Scene":
        """Forget the conversation: nothing is being asked, answers are in the profile or gone."""
        await people.clear_talk(self.turn.tx, self.person.id)
        return replace(self, step=IDLE, talk=Talk())


async def _met(turn: Turn) -> Person:
    user = turn.update.effective_user
    language = language_of(user.language_code if user else None)
    return await people.meet(turn.tx, turn.chat_id, turn.services.default_time_zone, language)


async def enter(turn: Turn) -> Scene:
    """Open the scene of a turn; a first contact makes a person of whom only the chat id and a language are kept."""
    person = turn.person or await _met(turn)
    step, talk = people.talk_in(await turn.conversation(person.id))
    return Scene(turn, person, step, talk)
