"""How true the planner's menus are: the bars of a good week over many seeded people, beside a plain greedy planner.

    python -m bench menus [-n 1000] [--seed 1]

Everything is judged from the served grams by ``nutrition.totals``, not by the planner's own sums. Retrieval (words
only) is timed apart. Diets that exclude a bar by nature (low-carb, ketogenic, FODMAP, vegan without soy or gluten)
have a row of their own.
"""

import argparse
import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from bench._greedy import all_met, greedy_week
from bench._people import profiles
from menus.candidates import Kitchen, protein_source
from menus.people import review
from menus.recheck import violations
from menus.service import week_request
from menus.weekly import CannotMakeWeek, Workshop, brief_for, plan
from nutrition.amounts import HALVES
from nutrition.bars import FIGURES, Bars
from nutrition.foods import FoodTable
from nutrition.guardrails import Decision
from nutrition.menu import Day, Role, Slot, Week
from nutrition.person import Profile, Targets
from nutrition.restrictions.rules import Rules
from nutrition.totals import totals
from rag import guide
from rag.index import Indexer
from rag.retriever import Retriever
from rag.search import Search
from rag.writer import MenuBrief
from storage.database import Database

MONDAY = date(2026, 11, 23)
MAIN_MEALS = (Slot.ALMOCO, Slot.JANTAR)
BY_NATURE = (
    {"low_carb"},
    {"cetogenica"},
    {"fodmap"},
    {"vegano", "soja"},
    {"vegano", "gluten"},
    {"vegano", "celiaca"},
)
BARS = ("energy", "protein", "fat", "fibre", "sodium", "saturated", "plants", "added sugar")


@dataclass
class Tally:
    """What was seen of one group of people."""

    days: int = 0
    weeks: int = 0
    held: Counter[str] = field(default_factory=Counter)
    errors: list[float] = field(default_factory=list)
    varied: Counter[str] = field(default_factory=Counter)

    def rate(self, what: str) -> float:
        """Per cent of days on which a bar held."""
        return 100 * self.held[what] / max(self.days, 1)


def main(argv: Sequence[str]) -> int:
    """Run the benchmark and print its figures; 1 when a restriction was broken or amounts were not half measures."""
    parser = argparse.ArgumentParser(prog="python -m bench menus", description=__doc__)
    parser.add_argument("-n", type=int, default=1000, help="people (default 1000)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    return asyncio.run(_run(options.n, options.seed))


async def _run(count: int, seed: int) -> int:
    table = FoodTable.load()
    bench = Bench(table)
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(Path(folder) / "bench.db")
        book = await asyncio.to_thread(guide.load, table)
        await Indexer(database, None).sync_words(book.documents)
        workshop = Workshop(table, Retriever(database, Search(database, None), book))
        for number, profile in enumerate(profiles(count, seed)):
            await bench.serve(profile, workshop, number)
        await database.close()
    bench.print()
    return 1 if bench.broken or bench.uneven else 0


class Bench:
    """Plans, judges and remembers."""

    def __init__(self, table: FoodTable) -> None:
        self.table = table
        self.groups = {"everyone": Tally(), "by nature": Tally(), "greedy": Tally()}
        self.planning: list[float] = []
        self.waiting: list[float] = []
        self.retrieval: list[float] = []
        self.greedy_times: list[float] = []
        self.decisions: Counter[str] = Counter()
        self.impossible: list[str] = []
        self.broken = self.uneven = 0

    async def serve(self, profile: Profile, workshop: Workshop, seed: int) -> None:
        """Plan one person's week both ways and judge it."""
        found = review(profile)
        self.decisions[found.assessment.decision.value] += 1
        if found.targets is None or found.assessment.decision is Decision.REFER:
            return
        rules = Rules.of(profile.restrictions, self.table)
        began = time.perf_counter()
        brief = await brief_for(week_request(profile, rules, start=MONDAY, seed=seed), workshop)
        retrieved = time.perf_counter()
        cpu = time.thread_time()
        try:
            week = plan(brief, workshop)
        except CannotMakeWeek as exc:
            self.impossible.append(f"{rules.key}: {exc.code}")
            return
        self.planning.append(time.thread_time() - cpu)
        self.waiting.append(time.perf_counter() - retrieved)
        self.retrieval.append(retrieved - began)
        kitchen = Kitchen.of(brief.dishes, workshop.prepare)
        self._judge(week, found.targets, rules, possible=kitchen.protein_sources)
        self._greedy(brief, workshop, found.targets)

    def _judge(self, week: Week, targets: Targets, rules: Rules, *, possible: int) -> None:
        self.broken += len(list(violations(week, rules)))
        codes = {item.code for item in rules.restrictions}
        tally = self.groups["by nature" if any(diet <= codes for diet in BY_NATURE) else "everyone"]
        tally.weeks += 1
        for day in week.days:
            self.uneven += uneven_amounts(day, self.table)
            met = held_bars(day, targets, self.table)
            tally.days += 1
            tally.held.update(name for name, held in met.items() if held)
            tally.held["all"] += all(met.values())
            tally.errors.append(abs(day_energy(day, self.table) / targets.energy_kcal - 1))
        tally.varied.update(name for name, held in variety(week, self.table, possible).items() if held)

    def _greedy(self, brief: MenuBrief, workshop: Workshop, targets: Targets) -> None:
        kitchen = Kitchen.of(brief.dishes, workshop.prepare)
        bars = Bars.of(targets)
        began = time.thread_time()
        days = greedy_week(kitchen, brief.shares, targets.energy_kcal)
        self.greedy_times.append(time.thread_time() - began)
        tally = self.groups["greedy"]
        for figures in days:
            tally.days += 1
            tally.held["all"] += all_met(figures, bars)
            tally.held["protein"] += "protein_g" not in bars.misses(figures)
            tally.held["sodium"] += figures[FIGURES.index("sodium_mg")] <= targets.sodium_mg

    def print(self) -> None:
        """Print every figure that the bars ask for."""
        for name in ("everyone", "by nature"):
            _print_group(name, self.groups[name])
        greedy = self.groups["greedy"]
        ours, plain = np.array(self.planning) * 1000, np.array(self.greedy_times) * 1000
        print(f"\nbroken restrictions {self.broken}; amounts that are not half measures {self.uneven}")
        print(
            f"decisions {dict(self.decisions)}; weeks that could not be made {len(self.impossible)} {self.impossible[:5]}"
        )
        print(
            f"planning ms a week: p50 {_at(ours, 50):.0f}  p95 {_at(ours, 95):.0f}  max {_at(ours, 100):.0f}"
        )
        print(f"retrieval ms (words only): p50 {_at(np.array(self.retrieval) * 1000, 50):.0f}")
        print(
            f"greedy baseline: p50 {_at(plain, 50):.2f} ms, so ours takes {_at(ours, 50) / max(_at(plain, 50), 1e-6):.0f} times as long;"
            f" all bars on {greedy.rate('all'):.1f} % of its days (protein {greedy.rate('protein'):.1f},"
            f" sodium {greedy.rate('sodium'):.1f})"
        )


def held_bars(day: Day, targets: Targets, table: FoodTable) -> dict[str, bool]:
    """Each bar of the public list on one day, from its served grams."""
    found = totals([p for meal in day.meals for dish in meal.dishes for p in dish.portions], table).values
    energy = found["energy_kcal"]
    return {
        "energy": abs(energy / targets.energy_kcal - 1) <= 0.03,
        "protein": 0.97 <= found["protein_g"] / targets.protein_g <= 1.15,
        "fat": targets.fat_min_g <= found["fat_g"] <= targets.fat_max_g,
        "fibre": targets.fiber_g <= found["fiber_g"] <= targets.fiber_max_g,
        "sodium": found["sodium_mg"] <= targets.sodium_mg,
        "saturated": found["saturated_fat_g"] <= targets.saturated_fat_max_g,
        "plants": found["fruit_vegetable_g"] >= targets.fruit_vegetable_min_g,
        "added sugar": found["added_sugar_g"] <= targets.added_sugar_max_g,
    }


def day_energy(day: Day, table: FoodTable) -> float:
    """Energy (kcal) of the served grams of a day."""
    return totals([p for meal in day.meals for dish in meal.dishes for p in dish.portions], table).values[
        "energy_kcal"
    ]


def uneven_amounts(day: Day, table: FoodTable) -> int:
    """How many amounts are not a whole number of halves of one of the food's measures."""
    grams = [(p.food_id, p.grams) for meal in day.meals for dish in meal.dishes for p in dish.portions]
    return sum(not any(_is_whole(g / (m.grams / HALVES)) for m in table[f].measures) for f, g in grams)


def _is_whole(count: float) -> bool:
    return count > 0.5 and abs(count - round(count)) < 0.02


def variety(week: Week, table: FoodTable, possible: int = 5) -> dict[str, bool]:
    """The variety bars of one week; ``possible``: how many protein sources the person's main dishes have."""
    mains = {
        (day.date, meal.slot): [d for d in meal.dishes if d.role is Role.PRINCIPAL]
        for day in week.days
        for meal in day.meals
    }
    chosen = [dish for (_, slot), dishes in mains.items() if slot in MAIN_MEALS for dish in dishes]
    breakfasts = {d.name for (_, slot), dishes in mains.items() if slot is Slot.CAFE_DA_MANHA for d in dishes}
    adjacent = 0
    for before, after in zip(week.days, week.days[1:], strict=False):
        for slot in MAIN_MEALS:
            names = {d.name for d in mains[before.date, slot]}
            adjacent += any(d.name in names for d in mains[after.date, slot])
    sources = {
        protein_source([table[p.food_id] for p in d.portions], [p.grams for p in d.portions]) for d in chosen
    }
    return {
        "11 mains": len({d.name for d in chosen}) >= 11,
        "5 breakfasts": len(breakfasts) >= 5,
        "no adjacent repeat": adjacent == 0,
        "5 protein sources": len(sources) >= min(5, possible),
    }


def _print_group(name: str, tally: Tally) -> None:
    if not tally.days:
        return
    errors = np.array(tally.errors) * 100
    print(f"\n{name}: {tally.weeks} weeks, {tally.days} days")
    print(f"  energy: mean error {errors.mean():.3f} %, worst {errors.max():.2f} %")
    print("  % of days: " + "  ".join(f"{bar} {tally.rate(bar):.2f}" for bar in (*BARS, "all")))
    print(
        "  % of weeks: "
        + "  ".join(f"{what} {100 * n / tally.weeks:.1f}" for what, n in tally.varied.items())
    )


def _at(values: "np.ndarray", percentile: float) -> float:
    return float(np.percentile(values, percentile)) if len(values) else 0.0
