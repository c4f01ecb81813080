"""The settings that a person's document asks for: what can be proposed, using it on their word, and undoing that.

Figures pass the limits that hold for everybody; restrictions are only ever added. Nothing is used without a yes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntFlag
from functools import reduce
from operator import or_
from typing import Any

from menus.people import Review, profile_of, restrictions_of, review
from nutrition.foods import FoodTable
from nutrition.guardrails import Decision
from nutrition.person import Profile, Restriction, Strength
from nutrition.restrictions.rules import Rules
from nutrition.restrictions.understand import Understood, merge, understand
from nutrition.targets import energy_limits, protein_limits
from rag.own_plan import OwnPlan
from storage import plan_uses, profiles, restrictions
from storage.driver import Connection
from storage.plan_uses import PlanUse

MEALS = range(3, 7)
"""Meals a day that a menu can have."""

_LITERAL = "word:"


class Part(IntFlag):
    """The parts of a proposal, each with a yes or a no of its own."""

    MEALS = 1
    ENERGY = 2
    PROTEIN = 4
    AVOID = 8


EVERYTHING = Part.MEALS | Part.ENERGY | Part.PROTEIN | Part.AVOID


@dataclass(frozen=True, slots=True)
class Figure:
    """What a document asks for a day. ``limit`` is set, to the nearest figure allowed, where it is not allowed."""

    value: float
    page: int | None
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a document asks for and the profile does not say yet.

    ``avoid`` are restrictions that would be new; ``left_out`` are foods of its meals that the person excludes.
    """

    meals: Figure | None = None
    energy_kcal: Figure | None = None
    protein_g: Figure | None = None
    avoid: Understood = Understood()  # noqa: RUF009 -- frozen and empty
    left_out: tuple[str, ...] = ()

    @property
    def parts(self) -> Part:
        """The parts that can be used."""
        usable = _sum(part for part, figure in self._figures if figure is not None and figure.limit is None)
        return usable | (Part.AVOID if self.avoid.restrictions else Part(0))

    @property
    def refused(self) -> Part:
        """The figures that are beyond what is allowed."""
        return _sum(part for part, figure in self._figures if figure is not None and figure.limit is not None)

    @property
    def _figures(self) -> tuple[tuple[Part, Figure | None], ...]:
        return (Part.MEALS, self.meals), (Part.ENERGY, self.energy_kcal), (Part.PROTEIN, self.protein_g)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a yes changes: meals a day, wanted energy and protein, and the codes of restrictions it added."""

    meals: int
    energy_kcal: float | None
    protein_g: float | None
    added: tuple[str, ...] = ()

    @classmethod
    def of(cls, profile: Profile, added: Iterable[str] = ()) -> "Settings":
        """Those of a profile."""
        return cls(profile.meals_per_day, profile.wanted_energy_kcal, profile.wanted_protein_g, tuple(added))

    def to_json(self) -> dict[str, Any]:
        """As ``storage.plan_uses`` keeps it."""
        return {
            "meals": self.meals,
            "energy_kcal": self.energy_kcal,
            "protein_g": self.protein_g,
            "added": list(self.added),
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Settings":
        """Read what ``to_json`` wrote."""
        return cls(raw["meals"], raw["energy_kcal"], raw["protein_g"], tuple(raw["added"]))


def proposal(plan: OwnPlan, profile: Profile, table: FoodTable, chosen: Part = EVERYTHING) -> Proposal | None:
    """What ``plan`` asks for beyond ``profile``, restrictions included (blocking, some 50 ms).

    Its protein is held against the energy that will hold when the ``chosen`` parts are used: the document's own, or that
    of now. None for someone whose menu is for a professional: no settings are taken there.
    """
    now = review(profile)
    if now.assessment.decision is Decision.REFER or now.targets is None:
        return None
    meals = plan.meals_per_day
    energy = _energy(plan, now)
    taken = energy is not None and energy.limit is None and Part.ENERGY in chosen
    then = review(replace(profile, wanted_energy_kcal=energy.value)) if energy and taken else now
    return Proposal(
        meals=None
        if meals is None or meals.value not in MEALS or meals.value == profile.meals_per_day
        else Figure(meals.value, meals.page),
        energy_kcal=energy,
        protein_g=_protein(plan, then),
        avoid=_avoid(plan, profile.restrictions, table),
        left_out=_left_out(plan, profile.restrictions, table),
    )


async def use(
    tx: Connection, person_id: int, document_id: int, *, wanted: Proposal, parts: Part, now: datetime
) -> Settings | None:
    """Take the figures of ``parts`` of a proposal into the profile, to be undone; None without a profile.

    The restrictions of a proposal are noted like those a person types, before this; ``Settings.added`` is left to
    ``added`` below.
    """
    profile = await profile_of(tx, person_id)
    if profile is None:
        return None
    before = Settings.of(profile)
    parts &= wanted.parts
    if Part.MEALS in parts and wanted.meals is not None:
        profile = replace(profile, meals_per_day=int(wanted.meals.value))
    if Part.ENERGY in parts and wanted.energy_kcal is not None:
        profile = replace(profile, wanted_energy_kcal=wanted.energy_kcal.value)
    if Part.PROTEIN in parts and wanted.protein_g is not None:
        profile = replace(profile, wanted_protein_g=wanted.protein_g.value)
    after = Settings.of(profile)
    await profiles.save(tx, person_id, profile, now)
    await plan_uses.save(tx, person_id, PlanUse(document_id, before.to_json(), after.to_json()), now)
    return after


async def added(tx: Connection, person_id: int, codes: Iterable[str], now: datetime) -> None:
    """Keep with the newest yes which restrictions it added, so that undoing it takes them back."""
    found = await plan_uses.get(tx, person_id)
    if found is not None:
        after = replace(Settings.from_json(found.after), added=tuple(codes))
        await plan_uses.save(tx, person_id, replace(found, after=after.to_json()), now)


async def undo(tx: Connection, person_id: int, now: datetime) -> bool:
    """Put back what held before the newest yes; False when that was undone, or a figure was changed since.

    An allergy stays: it leaves only by a clear yes of its own.
    """
    found, profile = await plan_uses.get(tx, person_id), await profile_of(tx, person_id)
    if found is None or profile is None:
        return False
    before, after = Settings.from_json(found.before), Settings.from_json(found.after)
    if Settings.of(profile) != replace(after, added=()):
        return False
    restored = replace(
        profile,
        meals_per_day=before.meals,
        wanted_energy_kcal=before.energy_kcal,
        wanted_protein_g=before.protein_g,
    )
    await profiles.save(tx, person_id, restored, now)
    for item in await restrictions_of(tx, person_id):
        if item.code in after.added and item.strength is not Strength.ALERGIA:
            await restrictions.remove(tx, person_id, item.code)
    await plan_uses.forget(tx, person_id)
    return True


def _energy(plan: OwnPlan, now: Review) -> Figure | None:
    said = plan.energy_kcal
    if said is None or said.value == now.profile.wanted_energy_kcal:
        return None
    return _within(said.value, said.page, energy_limits(now.profile, now.assessment))


def _protein(plan: OwnPlan, now: Review) -> Figure | None:
    per_kg, said = plan.protein_g_per_kg, plan.protein_g
    if said is not None:
        grams, page = said.value, said.page
    elif per_kg is not None:
        grams, page = float(round(per_kg.value * now.profile.weight_kg)), per_kg.page
    else:
        return None
    if grams == now.profile.wanted_protein_g or now.targets is None:
        return None
    return _within(grams, page, protein_limits(now.profile, now.targets.energy_kcal))


def _sum(parts: Iterable[Part]) -> Part:
    return reduce(or_, parts, Part(0))


def _within(value: float, page: int | None, limits: tuple[float, float]) -> Figure:
    low, high = limits
    nearest = min(max(value, low), high)
    return Figure(value, page, None if nearest == value else nearest)


def _avoid(plan: OwnPlan, held: tuple[Restriction, ...], table: FoodTable) -> Understood:
    """What its foods to avoid mean by our own rules, words that those do not know left out."""
    results = [understand(f"não como {said.value}", table) for said in plan.avoid]
    known: tuple[Restriction, ...] = ()
    for result in results:
        known = merge(known, [item for item in result.restrictions if not item.code.startswith(_LITERAL)])
    codes = {item.code for item in held}
    new = tuple(item for item in known if item.code not in codes)
    return Understood(restrictions=new, questions=tuple(q for result in results for q in result.questions))


def _left_out(plan: OwnPlan, held: tuple[Restriction, ...], table: FoodTable) -> tuple[str, ...]:
    rules = Rules.of(held, table)
    foods = dict.fromkeys(food.food_id for meal in plan.meals for food in meal.foods)
    named = (table.get(food_id) for food_id in foods)
    return tuple(food.name for food in named if food is not None and rules.forbids_food(food) is not None)
