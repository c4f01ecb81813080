"""How well sentences about the menu are understood, each through the whole conversation, judged by what it did.

``python -m tests.handlers.talk_score FILE.csv [FIRST LAST]`` prints what was right, what was missed (nothing done, or
something else only offered or asked about) and what changed something else than was asked. Right is also what is proposed
and waits for a yes ("Entendi assim: …. Pode ser?"); how many those are is told. The columns are ``sentence``, ``expected_action``,
``expected_date``, ``expected_slot`` and ``expected_detail``; "+" joins things asked at once, "/" what is right as well.
"""

import asyncio
import csv
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from handlers.screens.propostas import PROPOSED
from menus.changes.foods import Named, stem
from menus.changes.orders import OFFERS, Kind, Order
from nutrition.words import fold, tokens
from storage import profiles
from tests.handlers.changer import ANA, TABLE, Changer, open_changer, own_week

Row = dict[str, str]

CODES = {
    "less": "avoid", "away": "eat_out", "skip": "skip", "copy_day": "repeat", "copy_meal": "repeat", "offer:tenho": "fridge", "lacking": "lacking",
    "offer:rapido": "faster", "offer:barato": "cheaper", "cheaper": "cheaper", "no_meat": "meatless_day", "swap_day": "swap_day", "slot_off": "remove_meal",
    "slot_on": "add_meal", "swap": "swap", "offer": "swap", "lock": "keep",
}  # fmt: skip
CHANGED = frozenset({"desfeito", "guardei", "pedido_anotado", "progresso", "ja_montando", "para_pessoas"})
"""Screens that say that something was done without an order."""

ASKED_BACK = "lembrete_qual_dos_dois"
"""A question about a reminder: nothing is set."""

_LISTS, _RECIPES = ("compras", "lista"), ("receita",)
SMALL = frozenset(
    [
        "de",
        "da",
        "do",
        "com",
        "e",
        "a",
        "o",
        "os",
        "as",
        "ao",
        "na",
        "no",
        "em",
        "um",
        "uma",
        "outra",
        "outro",
        "opcao",
    ]
)


@dataclass(frozen=True)
class Heard:
    """What came of a sentence: orders, screens, meals a day, and whether anything is excluded that was not before."""

    orders: list[Order]
    screens: list[str]
    meals: int
    restricted: bool

    @property
    def did_nothing(self) -> bool:
        """Whether nothing was changed, nor is to be."""
        harmless = not any(
            name in CHANGED or (name.startswith("lembrete_") and name != ASKED_BACK) for name in self.screens
        )
        return not self.orders and not self.restricted and self.meals == ANA.meals_per_day and harmless

    @property
    def proposed(self) -> bool:
        """Whether the orders wait for a yes."""
        return PROPOSED in self.screens

    @property
    def changes_nothing(self) -> bool:
        """Whether nothing is changed unless the person chooses so: dishes offered, a change asked about."""
        if not self.orders:
            return self.did_nothing
        harmless = self.proposed or all(order.kind in OFFERS for order in self.orders)
        return harmless and replace(self, orders=[]).did_nothing

    @property
    def told(self) -> str:
        """In one line."""
        done = [
            f"{code_of(o)} {o.date or ''} {o.slot or ''} {','.join(o.foods)} {o.source or ''} {o.source_slot or ''}".strip()
            for o in self.orders
        ]
        more = [f"meals {self.meals}"] if self.meals != ANA.meals_per_day else []
        return (
            " + ".join([*done, *more, *(["restriction"] if self.restricted else [])])
            or f"({', '.join(self.screens)})"
        )


@dataclass
class Score:
    """How many were right, of these ``asked`` first, and the lines of those that were not."""

    right: int
    asked: int
    missed: list[str]
    wrong: list[str]


async def settled(phone: Changer) -> Changer:
    """``phone`` with a person, a week and no runner."""
    await phone.settle(own_week())
    await phone.say("/hoje")
    phone.held = True
    return phone


async def heard(phone: Changer, text: str) -> Heard:
    """What the bot does with ``text``, everything as it was before."""
    person = await phone.person()
    assert person is not None
    async with phone.database.transaction() as tx:
        for table in ("change_orders", "restrictions"):
            await tx.execute(f"DELETE FROM {table}")
        await profiles.save(tx, person.id, ANA, phone.now)
    before = len(phone.messages)
    await phone.say("/hoje")
    before = len(phone.messages)
    await phone.say(text)
    async with phone.database.reader() as conn:
        profile = await profiles.get(conn, person.id)
    assert profile is not None
    screens = [message.screen for message in phone.messages[before:]]
    return Heard(await phone.orders(), screens, profile.meals_per_day, bool(await phone.restrictions()))


def is_right(row: Row, got: Heard) -> bool:
    """Whether just what ``row`` expects was done."""
    actions, dates, slots, details = (
        row[f"expected_{name}"].split("+") for name in ("action", "date", "slot", "detail")
    )
    orders = list(got.orders)
    for at, action in enumerate(actions):
        place = [
            each[at] if at < len(each) else each[-1] if len(each) == 1 and name != "detail" else ""
            for name, each in (("date", dates), ("slot", slots), ("detail", details))
        ]
        if not any(_one(each, *place, row=row, got=got, orders=orders) for each in action.split("/")):
            return False
    return not orders


def _one(
    action: str, days: str, slot: str, detail: str, *, row: Row, got: Heard, orders: list[Order]
) -> bool:
    """Whether ``action`` was done; what did it is taken from ``orders``."""
    alone = "+" not in row["expected_action"]
    match action:
        case "nothing":
            return got.did_nothing
        case "show":
            return (got.did_nothing or not alone) and _shows(detail, slot, got.screens)
        case "keep" if "guardei" in got.screens:
            return not orders
        case "undo":
            return "desfeito" in got.screens and not (alone and orders)
        case "restriction":
            return (got.restricted or any("restricao" in name for name in got.screens)) and not (
                alone and orders
            )
        case "meals":
            return got.meals == int(detail) or (
                got.meals == int(detail) and "perfil_corrigido" in got.screens
            )
    if got.restricted and alone:
        return False
    wanted = [
        (day, each.strip()) for day in ([""] if ".." in days else days.split(",")) for each in slot.split(",")
    ]
    found: list[Order] = []
    for day, each in wanted:
        order = next((o for o in orders if o not in found and _is_so(action, day, each, detail, o)), None)
        if order is None:
            # one of several days is enough to offer dishes on
            return bool(found) and action == "fridge" and _taken(found, orders)
        found.append(order)
    return _taken(found, orders)


def _taken(found: list[Order], orders: list[Order]) -> bool:
    for order in found:
        orders.remove(order)
    return True


def _shows(detail: str, slot: str, screens: Sequence[str]) -> bool:
    kind = fold(detail).split()[0] if detail else "dia"
    names = {"lista": _LISTS, "list": _LISTS, "receita": _RECIPES, "recipe": _RECIPES}.get(
        kind, ("dia", "refeicao", "hoje", "proxima", "semana", "meal")
    )
    return any(any(name in screen for name in names) for screen in screens)


def code_of(order: Order) -> str:
    """The code of ``order`` in the sentences' own terms."""
    if order.kind is Kind.WITHOUT:
        return "swap" if order.slot is not None else "meatless_day"
    return CODES.get(f"{order.kind}:{order.way}" if order.way else order.kind.value, order.kind.value)


def _is_so(action: str, day: str, slot: str, detail: str, order: Order) -> bool:
    wanted_slot = fold(slot or (detail if action in {"remove_meal", "add_meal"} else "")).replace(" ", "_")
    if code_of(order) != action or (wanted_slot and not (order.slot or "").startswith(wanted_slot)):
        return False
    if not wanted_slot and action in {"eat_out", "keep"} and order.slot is not None:
        return False
    if day and (order.date is None or order.date.isoformat() != day):
        return False
    if action == "repeat":
        return _copies(fold(detail), order)
    if action in {"swap", "avoid", "fridge", "lacking", "meatless_day"}:
        said = "" if fold(detail) in {"outra opcao", "outra", "carne"} else detail
        return any(same_foods(each, order.foods) for each in said.split("/"))
    return True


def _copies(detail: str, order: Order) -> bool:
    day, _, meal = detail.partition(" ")
    source = order.source_slot or order.slot
    return (order.source is not None and order.source.isoformat() == day) and (
        not meal.strip() or (source or "").startswith(meal.strip().replace(" ", "_"))
    )


def same_foods(wanted: str, got: Sequence[str]) -> bool:
    """Whether the same is named, in these words or in others for the same foods: "peixinho", "cenouras"."""
    if not wanted:
        return not got
    want = [each.strip() for each in wanted.replace(" e ", ",").split(",") if each.strip()]
    have = [each for food in got for each in food.replace(" e ", ",").split(",")]
    one, two = _stems(want), _stems(have)
    if one == two or (one and two and one <= two and len(two - one) <= 2):
        return True
    ids = [_ids(each) for each in want]
    return len(ids) == len(have) and all(a and a == _ids(b) for a, b in zip(ids, have, strict=True))


def _ids(said: str) -> frozenset[str]:
    return Named(said, TABLE).food_ids


def _stems(foods: Sequence[str]) -> frozenset[str]:
    said = (word for food in foods for word in tokens(food) if word not in SMALL)
    return frozenset(re.sub(r"inh[oa]$", "", stem(word)).rstrip("aoeu") for word in said)


async def score(phone: Changer, rows: Sequence[Row]) -> Score:
    """How ``rows`` are understood on a settled phone."""
    result = Score(0, 0, [], [])
    for row in rows:
        got = await heard(phone, row["sentence"])
        if is_right(row, got):
            result.right += 1
            result.asked += got.proposed
            continue
        expected = " ".join(row[f"expected_{name}"] for name in ("action", "date", "slot", "detail")).strip()
        line = f"{row['sentence']}\n      expected {expected}; got {got.told}"
        (result.missed if got.changes_nothing else result.wrong).append(line)
    return result


def rows_of(path: Path) -> list[Row]:
    """The sentences of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


async def judged(rows: list[Row], judge: Callable[[Changer, list[Row]], Awaitable[Score]]) -> Score:
    """What ``judge`` says of ``rows`` on a phone of its own; the lines of those that were not right are printed."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_changer(Path(folder) / "score.db") as opened:
            result = await judge(await settled(opened), rows)
    for name, lines in (("WRONG", result.wrong), ("MISSED", result.missed)):
        for line in lines:
            print(f"{name}: {line}")
    return result


async def _main(path: Path, first: int, last: int | None) -> None:
    rows = rows_of(path)[first:last]
    result = await judged(rows, score)
    print(
        f"{result.right} right ({result.asked} of them asked first), {len(result.wrong)} wrong, {len(result.missed)} missed of {len(rows)}"
    )


if __name__ == "__main__":
    asyncio.run(
        _main(
            Path(sys.argv[1]),
            int(sys.argv[2]) if len(sys.argv) > 2 else 0,
            int(sys.argv[3]) if len(sys.argv) > 3 else None,
        )
    )
