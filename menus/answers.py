"""What a person has answered so far: parsed once from the JSON of a conversation, complete only at the summary."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nutrition.person import Activity, Goal, Profile, Restriction, Sex, Strength
from nutrition.restrictions.ontology import Ontology
from nutrition.restrictions.understand import merge


class Mode(StrEnum):
    """Where an accepted answer leads: to the next question, back to the summary, or back to the profile."""

    FIRST = "first"
    SUMMARY = "summary"
    PROFILE = "profile"


class AnswersError(Exception):
    """A profile was asked of answers that are not complete; the message names the first missing one."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    def to_json(self) -> dict[str, Any]:
        """The same values as JSON types; ``from_json`` reads them back."""
        return self.model_dump(mode="json", exclude_defaults=True)

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Read what ``to_json`` wrote; what an older version wrote and we cannot read counts as not answered."""
        try:
            return cls.model_validate(data)
        except ValidationError:
            return cls()


class Answers(_Frozen):
    """Answers of the onboarding; None is "not answered yet". Units as in ``Profile``.

    ``reminder`` is a local hour ("07:30") or "" for none; ``target_weight_kg`` 0 is "none in mind".
    """

    goal: Goal | None = None
    sex: Sex | None = None
    age: int | None = None
    height_cm: float | None = None
    weight_kg: float | None = None
    target_weight_kg: float | None = None
    activity: Activity | None = None
    meals: int | None = None
    conditions: tuple[str, ...] | None = None
    restrictions: tuple[Restriction, ...] | None = None
    dislikes: tuple[Restriction, ...] | None = None
    reminder: str | None = None

    def with_(self, **changes: Any) -> "Answers":
        """A copy with ``changes``."""
        return self.model_copy(update=changes)

    def only(self, field: str) -> dict[str, Any]:
        """One answer alone, as JSON."""
        return Answers().with_(**{field: getattr(self, field)}).to_json()

    def without(self, code: str) -> "Answers":
        """A copy that does not exclude ``code``."""

        def left(items: tuple[Restriction, ...] | None) -> tuple[Restriction, ...] | None:
            return items and tuple(item for item in items if item.code != code)

        return self.with_(restrictions=left(self.restrictions), dislikes=left(self.dislikes))

    def taking(self, field: str, other: "Answers") -> "Answers":
        """A copy with the answer ``field`` of ``other``; an allergy told among the dislikes comes with them."""
        changes: dict[str, Any] = {field: getattr(other, field)}
        if field == "dislikes":
            changes["restrictions"] = merge(self.restrictions or (), other.restrictions or ())
        if field == "conditions":
            return self.with_conditions(other.conditions or ())
        return self.with_(**changes)

    def with_conditions(self, conditions: tuple[str, ...]) -> "Answers":
        """A copy with these health situations; what one that left excluded by itself leaves with it."""
        gone = {
            item.code
            for item in excluded_by(code for code in self.conditions or () if code not in conditions)
        }
        held = self.restrictions and tuple(
            item
            for item in self.restrictions
            if item.code not in gone or item.strength is not Strength.CONDICAO
        )
        return self.with_(conditions=conditions, restrictions=held)

    def profile(self) -> Profile:
        """The profile these answers make. Raises ``AnswersError`` when one of the needed ones is missing."""
        needed = ("goal", "sex", "age", "height_cm", "weight_kg", "activity", "meals")
        for name in needed:
            if getattr(self, name) is None:
                raise AnswersError(name)
        assert self.goal and self.sex and self.activity and self.meals  # noqa: S101 (narrowed just above)
        assert self.age and self.height_cm and self.weight_kg  # noqa: S101 (narrowed just above)
        return Profile(
            sex=self.sex,
            age=self.age,
            height_cm=self.height_cm,
            weight_kg=self.weight_kg,
            activity=self.activity,
            goal=self.goal,
            meals_per_day=self.meals,
            restrictions=self.all_restrictions(),
            conditions=self.conditions or (),
            target_weight_kg=self.target_weight_kg or None,
        )

    def provisional_profile(self) -> Profile:
        """A profile that takes unremarkable figures for what is not answered yet: to judge health facts alone."""
        usual = Answers(
            goal=Goal.MANTER,
            sex=Sex.F,
            age=35,
            height_cm=165,
            weight_kg=62,
            activity=Activity.MODERADO,
            meals=5,
        )
        told = {name: value for name, value in self if value is not None}
        return usual.with_(**told).profile()

    def all_restrictions(self) -> tuple[Restriction, ...]:
        """Restrictions, what the health situations exclude, and dislikes; the first that names a thing stands."""
        told = self.restrictions or ()
        firm = merge(told, excluded_by(self.conditions or ()))
        codes = {restriction.code for restriction in firm}
        return firm + tuple(dislike for dislike in self.dislikes or () if dislike.code not in codes)

    @classmethod
    def of(cls, profile: Profile, reminder: str | None = None) -> "Answers":
        """The answers that make ``profile``, to correct one of them."""
        dislikes = tuple(r for r in profile.restrictions if r.strength is Strength.PREFERENCIA)
        silent = excluded_by(profile.conditions)
        firm = tuple(
            r for r in profile.restrictions if r.strength is not Strength.PREFERENCIA and r not in silent
        )
        return cls(
            goal=profile.goal,
            sex=profile.sex,
            age=profile.age,
            height_cm=profile.height_cm,
            weight_kg=profile.weight_kg,
            target_weight_kg=profile.target_weight_kg or 0.0,
            activity=profile.activity,
            meals=profile.meals_per_day,
            conditions=profile.conditions,
            restrictions=firm,
            dislikes=dislikes,
            reminder=reminder,
        )


class Offer(_Frozen):
    """A reading that was offered for confirmation and not stored: the step and the value, in its unit.

    ``far``: it was read well, and doubted for being far from the last one.
    """

    step: str = ""
    value: float | str | None = None
    far: bool = False


class Talk(_Frozen):
    """Where a conversation stands, beside its step: answers so far, bad tries in a row, what can be undone.

    ``minors`` counts ages under 18, which erased everything else. ``paused`` is the step to come back to; ``pending`` are restrictions whose kind was asked and not yet answered.
    """

    mode: Mode = Mode.FIRST
    answers: Answers = Field(default_factory=Answers)
    tries: int = 0
    offer: Offer | None = None
    undo: Answers | None = None
    paused: str = ""
    minors: int = 0
    pending: tuple[Restriction, ...] = ()

    def with_(self, **changes: Any) -> "Talk":
        """A copy with ``changes``."""
        return self.model_copy(update=changes)

    def answered(self, answers: Answers) -> "Talk":
        """A copy after an accepted answer: no bad tries, nothing offered."""
        return self.with_(answers=answers, tries=0, offer=None, undo=None)


def excluded_by(conditions: Iterable[str]) -> tuple[Restriction, ...]:
    """What health situations exclude by themselves (gout: offal): those that are kinds of restriction too."""
    known = Ontology.load()
    codes = dict.fromkeys(_KINDS.get(code, code) for code in conditions)
    return tuple(Restriction(code, Strength.CONDICAO, "") for code in codes if code in known)


_KINDS = {"pre_diabetes": "diabetes_2"}
"""Situations whose kind of restriction has another name."""


def as_dislike(restriction: Restriction) -> Restriction:
    """The same restriction, held as a preference."""
    return replace(restriction, strength=Strength.PREFERENCIA)
