"""A storm of random changes over one person's stored week, through the real service, each looked at afterwards."""

import json
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import numpy as np

from menus import cart
from menus import people as who
from menus.changes import undo
from menus.changes.laying import scaled
from menus.changes.orders import ABOUT_A_MEAL, OFFERS, Kind, Order
from menus.changes.service import ChangeService
from menus.changes.situation import ASKED, LOCKED, CannotChange
from menus.recheck import violations
from menus.service import MenuService
from menus.shopping import ShoppingList, difference, shopping_list
from nutrition.bars import FIGURES, Bars
from nutrition.menu import Day, Slot, Week
from nutrition.person import Profile
from nutrition.plates import figures_per_gram
from nutrition.restrictions.rules import Rules
from nutrition.shares import shares
from storage import menus, people, profiles, restrictions
from storage.database import Database
from tests.fresh import fresh_database
from tests.handlers.phone import NOON
from tests.menus.fixtures import MONDAY
from tests.menus.menu_changes import TABLE, WORKSHOP, made_for

DAYS = tuple(MONDAY + timedelta(days=n) for n in range(7))
COMING = DAYS[2:]
SAID = ("frango", "leite", "ovo", "tomate", "arroz", "feijão", "couve", "banana", "carne", "glúten", "peixe")
EMPTYING = frozenset({Kind.AWAY, Kind.SKIP})
"""What leaves the rest of a day as it is, whatever its numbers come to."""

Maker = Callable[[Random], Order]


def _at(kind: Kind, random: Random) -> Order:
    return Order(kind=kind, date=random.choice(COMING), slot=random.choice(list(Slot)[:5]))


MAKERS: tuple[Maker, ...] = (
    lambda r: _at(Kind.SWAP, r),
    lambda r: _at(Kind.SWAP, r).model_copy(update={"foods": (r.choice(SAID),)}),
    lambda r: _at(Kind.LOCK, r),
    lambda r: _at(Kind.LOCK, r),
    lambda r: _at(Kind.UNLOCK, r),
    lambda r: _at(Kind.AWAY, r),
    lambda r: _at(Kind.SKIP, r),
    lambda r: Order(kind=Kind.SWAP_DAY, date=r.choice(COMING)),
    lambda r: Order(kind=Kind.LESS, foods=(r.choice(SAID),)),
    lambda r: Order(kind=Kind.WITHOUT, date=r.choice(COMING), foods=(r.choice(SAID),)),
    lambda r: _at(Kind.WITHOUT, r).model_copy(update={"foods": (r.choice(SAID),)}),
    lambda r: Order(kind=Kind.NO_MEAT, date=r.choice(COMING)),
    lambda r: Order(kind=Kind.COPY_DAY, date=r.choice(COMING), source=r.choice(DAYS)),
    lambda r: _at(Kind.COPY_MEAL, r).model_copy(update={"source": r.choice(DAYS)}),
    lambda r: _at(Kind.COPY_MEAL, r).model_copy(
        update={"source": r.choice(DAYS), "source_slot": r.choice([Slot.ALMOCO, Slot.JANTAR])}
    ),
    lambda r: Order(kind=Kind.CHEAPER),
    lambda r: Order(
        kind=Kind.SLOT_OFF, slot=r.choice([Slot.LANCHE_DA_MANHA, Slot.LANCHE_DA_TARDE, Slot.CEIA])
    ),
    lambda r: Order(kind=Kind.SLOT_ON, slot=r.choice([None, Slot.LANCHE_DA_TARDE, Slot.CEIA])),
)


@dataclass
class Storm:
    """One person, their week, and what was seen. ``past`` are the changes done, with the stored meals before each."""

    database: Database
    service: ChangeService
    menu_service: MenuService
    person_id: int
    profile: Profile
    random: Random
    past: list[tuple[int, str]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    async def step(self) -> None:
        """One random change or undo, and a look at what came of it."""
        if self.past and self.random.random() < 0.25:
            await self._undo()
            return
        order = self.random.choice(MAKERS)(self.random)
        try:
            await self._change(order)
        except CannotChange as exc:
            self.seen[f"refused: {exc.code}"] += 1
            if exc.code in ASKED and self.random.random() < 0.5:
                said_yes = "force" if exc.code == LOCKED else "partly"
                await self._change_anyway(order.model_copy(update={said_yes: True}))

    async def _change_anyway(self, order: Order) -> None:
        try:
            await self._change(order)
        except CannotChange as exc:
            self.seen[f"refused after a yes: {exc.code}"] += 1

    async def _change(self, order: Order) -> None:
        before, dump = await self.week(), await self.stored()
        done = await self.service.work_out(self.person_id, order, NOON)
        assert order.kind not in OFFERS
        async with self.database.transaction() as tx:
            change_id = await self.service.save(tx, self.person_id, order, done, NOON)
        assert change_id is not None
        self.past.append((change_id, dump))
        self.seen[order.kind.value] += 1
        self.seen["meals left alone"] += done.failed
        after = await self.week()
        self._holds(order, before, after)
        await self._list_is_the_menus(before, after)

    async def _undo(self) -> None:
        change_id, dump = self.past.pop()
        async with self.database.transaction() as tx:
            undone = await undo.undo(tx, self.person_id, change_id, NOON)
        assert undone.code == ""
        assert await self.stored() == dump
        self.seen["undo"] += 1

    @property
    def done(self) -> int:
        """Changes and undos that were done, those refused left out."""
        kinds = {*(kind.value for kind in Kind), "undo"}
        return sum(count for what, count in self.seen.items() if what in kinds)

    async def week(self) -> Week:
        """As it may be shown now."""
        async with self.database.reader() as conn:
            saved = await self.menu_service.current_week(conn, self.person_id, MONDAY)
        assert saved is not None
        return saved.week

    async def stored(self) -> str:
        """The meals as they are stored, byte for byte."""
        async with self.database.reader() as conn:
            rows = await conn.fetch_all(
                "SELECT d.date, m.position, m.slot, m.name, m.dishes, m.locked FROM meals m"
                " JOIN week_days d ON d.id = m.day_id ORDER BY d.date, m.position"
            )
        return json.dumps([list(row) for row in rows])

    def _holds(self, order: Order, before: Week, after: Week) -> None:
        rules = Rules.of(self.profile.restrictions, TABLE)
        assert list(violations(_eaten(after), rules)) == []
        assert after.days[:2] == before.days[:2] or order.date in DAYS[:2]
        for old, new in zip(before.days, after.days, strict=True):
            self._locks_hold(order, old, new)
            if order.kind in EMPTYING:
                others = [meal for meal in new.meals if meal.slot is not order.slot]
                assert others == [meal for meal in old.meals if meal.slot is not order.slot]
            elif new != old:
                filled = (_out(old) - _out(new)) & {meal.slot for meal in new.meals}
                assert self.misses(new) <= (set() if filled else self.misses(old)), (order, new.date)

    def _locks_hold(self, order: Order, old: Day, new: Day) -> None:
        aimed = order.force or order.kind is Kind.UNLOCK
        for meal in old.meals:
            about_it = aimed and order.date in (None, old.date) and order.slot in (None, meal.slot)
            if meal.locked and not about_it:
                assert meal in new.meals, (order, old.date, meal.slot)
        if order.kind in ABOUT_A_MEAL and order.date == old.date:
            assert not any(meal.locked for meal in new.meals if meal.slot is order.slot)

    def misses(self, day: Day) -> set[str]:
        """The bars that a day misses; what is not eaten from the menu takes its share of them away."""
        targets = who.review(self.profile).targets
        assert targets is not None
        usual = dict(shares(self.profile.meals_per_day))
        out = sum(usual.get(slot, 0.0) for slot in _out(day))
        figures = sum(
            (
                p.grams * figures_per_gram(TABLE[p.food_id])
                for m in day.meals
                if m.withheld is None
                for d in m.dishes
                for p in d.portions
            ),
            start=np.zeros(len(FIGURES)),
        )
        return set(Bars.of(scaled(targets, max(1.0 - out, 0.1))).misses(figures))

    async def _list_is_the_menus(self, before: Week, after: Week) -> None:
        async with self.database.reader() as conn:
            listed = (await cart.cart_of(conn, self.person_id, after, TABLE)).list
        foods = {food for line in (*listed.lines, *listed.basics) for food in line.foods}
        assert foods == _foods(after)
        anew = _summed(shopping_list([day], TABLE) for day in after.days)
        assert _close(_summed([listed]), anew)
        was = shopping_list(before.days, TABLE)
        told = difference(was, listed)
        follows = defaultdict(float, _summed([was], basics=False))
        for change in told.enters:
            follows[change.item.id] += change.grams
        for change in told.leaves:
            follows[change.item.id] -= change.grams
        assert _close(follows, _summed([listed], basics=False), within=1.0)


@asynccontextmanager
async def storm(path: Path, profile: Profile, seed: int) -> AsyncIterator[Storm]:
    """A person with ``profile`` and a week of their own in a new database at ``path``."""
    database = await fresh_database(path, readers=2)
    menu_service = MenuService(database, WORKSHOP)
    async with database.transaction() as tx:
        person = await people.create(tx, 1)
        await profiles.save(tx, person.id, profile, NOON)
        for item in profile.restrictions:
            await restrictions.add(tx, person.id, item, NOON)
        await menus.save_week(tx, person.id, made_for(profile, seed), seed, NOON)
    service = ChangeService(database, WORKSHOP, menu_service)
    try:
        yield Storm(database, service, menu_service, person.id, profile, Random(seed))
    finally:
        await database.close()


def _out(day: Day) -> set[Slot]:
    return {meal.slot for meal in day.meals if meal.withheld is not None}


def _eaten(week: Week) -> Week:
    days = tuple(Day(d.date, tuple(m for m in d.meals if m.withheld is None)) for d in week.days)
    return Week(week.start, days, week.writer)


def _foods(week: Week) -> set[str]:
    eaten = (m for d in _eaten(week).days for m in d.meals)
    return {p.food_id for m in eaten for dish in m.dishes for p in dish.portions if p.grams > 0}


def _summed(lists: Iterable[ShoppingList], *, basics: bool = True) -> dict[str, float]:
    grams: dict[str, float] = defaultdict(float)
    for each in lists:
        for line in (*each.lines, *(each.basics if basics else ())):
            grams[line.item.id] += line.grams
    return dict(grams)


def _close(one: Mapping[str, float], other: Mapping[str, float], within: float = 1e-6) -> bool:
    """Whether both have the same grams of everything."""
    return all(abs(one.get(item, 0.0) - other.get(item, 0.0)) <= within for item in {*one, *other})
