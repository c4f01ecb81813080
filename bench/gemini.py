"""What Gemini costs beside the planner: milliseconds of check and repair, and tokens of a week of 5 meals.

    python -m bench gemini [-n 100] [--seed 1]

A model of ours that cooks from the prompt alone (``tests.fakes.gemini_cook``) writes clean drafts for seeded people;
each is checked, and a repair of seven dinners is checked and merged. Tokens are counted as characters / 3, the schema
and the instructions included. Bars: check and repair at most 150 ms at p95; 6,000 tokens in and 4,500 out at most.
"""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from bench._people import profiles
from menus.checker import Checked
from menus.people import review
from menus.repair import Written, checked_draft, merged
from menus.service import week_request
from menus.weekly import WeekRequest, Workshop, finish
from nutrition.foods import FoodTable
from nutrition.guardrails import Decision
from nutrition.menu import Dish, Origin, Slot, Source
from nutrition.restrictions.rules import Rules
from rag import guide
from rag.gemini_brief import SCHEMA, compose
from rag.gemini_draft import read
from rag.writer import MenuBrief, Rejected
from storage.passages import Passage
from tests.fakes.gemini_cook import cook

MONDAY = date(2026, 11, 23)
MEALS = 5
BAR_MS, BAR_IN, BAR_OUT = 150.0, 6000, 4500
CHARS_A_TOKEN = 3
WISH = "mais peixe, comida mineira, pratos rápidos de até 20 minutos e marmita para a semana toda"


@dataclass
class Costs:
    """One number a person: milliseconds and tokens."""

    check_ms: list[float] = field(default_factory=list)
    repair_ms: list[float] = field(default_factory=list)
    finish_ms: list[float] = field(default_factory=list)
    tokens_in: list[int] = field(default_factory=list)
    tokens_out: list[int] = field(default_factory=list)
    refused: int = 0
    asked: int = 0


def main(argv: Sequence[str]) -> int:
    """Run the benchmark and print its figures; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench gemini", description=__doc__)
    parser.add_argument("-n", type=int, default=100, help="people (default 100)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    costs = Costs()
    table = FoodTable.load()
    workshop = Workshop(table, None)
    for brief in briefs(options.n, options.seed, table):
        measure(brief, workshop, costs)
    return report(costs)


def briefs(count: int, seed: int, table: FoodTable) -> list[MenuBrief]:
    """Briefs of seeded people with 5 meals a day, a long wish and two weeks to vary from."""
    dishes = tuple(
        replace(dish, sources=(Source("Guia do Cardápio", dish.name, None, number),))
        for number, dish in enumerate(guide.load(table).dishes, start=1)
    )
    long = (
        "Metade do prato de verduras e legumes, um quarto de arroz ou outra base, um quarto de proteína. " * 8
    )
    shown = tuple(Passage(9000 + n, "Guia do Cardápio", "O prato do dia a dia", None, long) for n in range(8))
    found = []
    for profile in profiles(3 * count, seed):
        person = replace(profile, meals_per_day=MEALS, request=WISH)
        if review(person).assessment.decision is not Decision.REFER:
            rules = Rules.of(person.restrictions, table)
            request = week_request(person, rules, start=MONDAY, seed=seed)
            found.append(_brief(request, dishes, shown, table))
        if len(found) == count:
            break
    return found


def _brief(
    request: WeekRequest, dishes: tuple[Dish, ...], shown: tuple[Passage, ...], table: FoodTable
) -> MenuBrief:
    rules = request.rules
    allowed = [
        d for d in dishes if rules.forbids_dish(d.name, [i.food_id for i in d.ingredients], d.steps) is None
    ]
    return MenuBrief(
        start=request.start,
        days=tuple(range(7)),
        targets=request.targets,
        shares=request.shares,
        rules=rules,
        foods=rules.allowed(table),
        dishes=tuple(allowed),
        passages=shown,
        request=request.request,
        avoid=tuple(dish.name for dish in allowed[:28]),
        seed=request.seed,
    )


def measure(brief: MenuBrief, workshop: Workshop, costs: Costs) -> None:
    """Write, check, mend and finish one person's week, and keep what each took."""
    dinners = tuple(Rejected(day, Slot.JANTAR, "leva um alimento que a pessoa não come") for day in range(7))
    tokens_in = tokens_out = 0
    checked: Checked | None = None
    for asked in (brief, replace(brief, rejected=dinners)):
        composed = compose(asked, workshop.table)
        prompt = composed.prompt
        tokens_in += len(prompt.system + prompt.text + json.dumps(SCHEMA)) // CHARS_A_TOKEN
        text = cook({"contents": [{"parts": [{"text": prompt.text}]}]})
        tokens_out += len(text) // CHARS_A_TOKEN
        begun = time.perf_counter()
        draft = read(text, composed.numbering).draft
        if checked is None:
            checked = checked_draft(asked, draft, workshop.table, Origin.GEMINI)
            costs.check_ms.append(1000 * (time.perf_counter() - begun))
            costs.refused += len(checked.rejected)
            costs.asked += 7 * len(brief.shares)
            kept = {key: meal for key, meal in checked.meals.items() if key[1] is not Slot.JANTAR}
            checked = Checked(kept, dinners)
        else:
            checked = merged(brief, checked, draft, workshop.table)
            costs.repair_ms.append(1000 * (time.perf_counter() - begun))
    assert checked is not None
    begun = time.perf_counter()
    finish(brief, Written(checked, Origin.GEMINI), workshop)
    costs.finish_ms.append(1000 * (time.perf_counter() - begun))
    costs.tokens_in.append(tokens_in)
    costs.tokens_out.append(tokens_out)


def report(costs: Costs) -> int:
    """Print the figures; 1 when a bar is missed."""
    both = np.array(costs.check_ms) + np.array(costs.repair_ms)
    print(f"{len(both)} people, weeks of {MEALS} meals; p50 and p95 in ms")
    for name, values in (
        ("read and check a clean draft", costs.check_ms),
        ("read, check and merge a repair", costs.repair_ms),
        ("both together", both),
        ("portions, fill and last look", costs.finish_ms),
    ):
        print(f"  {name:32} {np.percentile(values, 50):8.1f} {np.percentile(values, 95):8.1f}")
    print(f"meals of clean drafts refused: {costs.refused} of {costs.asked}")
    print("tokens of a week and its repair (characters / 3): p50, most")
    print(f"  in   {np.percentile(costs.tokens_in, 50):8.0f} {max(costs.tokens_in):8d}  (bar {BAR_IN})")
    print(f"  out  {np.percentile(costs.tokens_out, 50):8.0f} {max(costs.tokens_out):8d}  (bar {BAR_OUT})")
    p95 = float(np.percentile(both, 95))
    missed = [
        name
        for name, value, bar in (
            ("check and repair", p95, BAR_MS),
            ("tokens in", max(costs.tokens_in), BAR_IN),
            ("tokens out", max(costs.tokens_out), BAR_OUT),
        )
        if value > bar
    ]
    print(
        f"check and repair at p95: {p95:.1f} ms of {BAR_MS:.0f}; bars missed: {', '.join(missed) or 'none'}"
    )
    return 1 if missed else 0
