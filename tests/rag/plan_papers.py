"""Nutritionists' plans of our own (tests/data/own_plans) on paper: as text, PDF, DOCX and HTML, with what is in them."""

import html
import io
import json
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
from fpdf import FPDF

from nutrition.menu import Slot
from rag.markdown import Block, BlockKind, parse
from rag.own_plan import OwnPlan, PlanMeal

_DATA = Path(__file__).parent.parent / "data"


def _answers(folder: str) -> dict[str, dict[str, Any]]:
    answers = json.loads((_DATA / folder / "answers.json").read_text(encoding="utf-8"))
    return {f"{folder}/{name}": answer for name, answer in answers.items()}


ANSWERS = _answers("own_plans") | _answers("own_plans_later") | _answers("own_plans_last")
"""By path below tests/data. The first were written before the reader, the others when it stood, and read before anything was
changed for them: 132 of 160 fields of the later ones were right at first, then 84 of 101 of the last ones."""

NAMES = sorted(ANSWERS)
_CLOSE = 0.15


def as_text(name: str) -> tuple[bytes, str]:
    return (_DATA / name).read_bytes(), Path(name).name


def as_pdf(name: str) -> tuple[bytes, str]:
    page = FPDF()
    page.set_margin(20)
    page.add_page()
    for rows, blocks in _runs(name):
        if rows:
            page.set_font("Helvetica", "", 10)
            with page.table() as table:
                for block in blocks:
                    row = table.row()
                    for cell in block.text.split(" | "):
                        row.cell(_latin(cell))
            page.ln(3)
            continue
        for block in blocks:
            title = block.kind is BlockKind.HEADING
            page.set_font("Helvetica", "B" if title else "", 18 - 2 * block.level if title else 11)
            bullet = {BlockKind.ITEM: "\x95 ", BlockKind.STEP: "1. "}.get(block.kind, "")
            page.multi_cell(0, 6, bullet + _latin(block.text), new_x="LMARGIN", new_y="NEXT")
            page.ln(1)
    return bytes(page.output()), Path(name).stem + ".pdf"


def as_docx(name: str) -> tuple[bytes, str]:
    document = docx.Document()
    for rows, blocks in _runs(name):
        if rows:
            width = max(block.text.count(" | ") + 1 for block in blocks)
            table = document.add_table(rows=0, cols=width)
            for block in blocks:
                cells = table.add_row().cells
                for at, cell in enumerate(block.text.split(" | ")):
                    cells[at].text = cell
            continue
        for block in blocks:
            if block.kind is BlockKind.HEADING:
                document.add_heading(block.text, block.level)
            else:
                styles = {BlockKind.ITEM: "List Bullet", BlockKind.STEP: "List Number"}
                document.add_paragraph(block.text, style=styles.get(block.kind))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue(), Path(name).stem + ".docx"


def as_html(name: str) -> tuple[bytes, str]:
    parts = ["<!doctype html><html><head><meta charset=utf-8><title>Plano</title></head><body>"]
    for rows, blocks in _runs(name):
        if rows:
            cells = ("".join(f"<td>{html.escape(c)}" for c in b.text.split(" | ")) for b in blocks)
            parts.append(f"<table>{''.join(f'<tr>{row}' for row in cells)}</table>")
            continue
        for block in blocks:
            text = html.escape(block.text).replace("\n", "<br>")
            tags = {BlockKind.ITEM: "ul><li", BlockKind.STEP: "ol><li", BlockKind.HEADING: f"h{block.level}"}
            tag = tags.get(block.kind, "p")
            parts.append(f"<{tag}>{text}</{tag[:2]}>")
    return "".join(parts).encode(), Path(name).stem + ".html"


PAPERS: dict[str, Callable[[str], tuple[bytes, str]]] = {
    "text": as_text,
    "pdf": as_pdf,
    "docx": as_docx,
    "html": as_html,
}


def _runs(name: str) -> list[tuple[bool, list[Block]]]:
    """The blocks of a plan, the rows of a table together."""
    blocks = parse((_DATA / name).read_text(encoding="utf-8"))
    groups = groupby(blocks, key=lambda b: (b.kind is BlockKind.ROW, b.run if b.kind is BlockKind.ROW else 0))
    return [(is_row, list(group)) for (is_row, _), group in groups]


def _latin(text: str) -> str:
    """What the PDF's font has: no emoji, no fractions beyond a half."""
    return text.replace("–", "-").encode("latin-1", "ignore").decode("latin-1")


class Score:
    """Fields right of those that a plan has, and what was found that is not in it."""

    def __init__(self, name: str, plan: OwnPlan) -> None:
        self.right = self.total = 0
        self.faults: list[str] = []
        answer = ANSWERS[name]
        for field in ("meals_per_day", "energy_kcal", "protein_g", "protein_g_per_kg"):
            said = getattr(plan, field)
            self._field(field, answer[field], said.value if said else None)
        self._set("avoid", set(answer["avoid"]), {said.value for said in plan.avoid})
        self._set("permitted", set(answer["permitted"]), {said.value for said in plan.permitted})
        hours = {slot.value: said.value for slot, said in plan.hours}
        self._set("hours", set(answer["hours"].items()), set(hours.items()))
        for slot in Slot:
            read = [meal for meal in plan.meals if meal.slot is slot]
            self._options(slot, answer["meals"].get(slot.value, []), read)

    def _field(self, name: str, expected: object, found: object) -> None:
        self.total += 1
        self.right += expected == found
        if expected != found:
            self.faults.append(f"{name}: {found} for {expected}")

    def _set(self, name: str, expected: set[Any], found: set[Any]) -> None:
        self.total += len(expected)
        self.right += len(expected & found)
        self.faults += [f"{name}: {each} missing" for each in sorted(expected - found)]
        self.faults += [f"{name}: {each} is not there" for each in sorted(found - expected)]

    def _options(self, slot: Slot, expected: list[list[str]], read: list[PlanMeal]) -> None:
        left = list(read)
        for option in expected:
            wanted = {food: float(grams) for food, grams in (each.split() for each in option)}
            best = max(left, key=lambda meal: _alike(wanted, meal), default=None)
            foods = {} if best is None else {food.food_id: food.grams for food in best.foods}
            if best is not None:
                left.remove(best)
            self.total += len(wanted)
            for food, grams in wanted.items():
                if food in foods and abs(foods[food] - grams) <= _CLOSE * grams:
                    self.right += 1
                else:
                    self.faults.append(f"{slot}: {food} {grams:g} g, read {foods.get(food)}")
            self.faults += [f"{slot}: {food} is not there" for food in foods if food not in wanted]
        self.faults += [f"{slot}: no such option {[f.said for f in meal.foods]}" for meal in left]


def _alike(wanted: dict[str, float], meal: PlanMeal) -> int:
    foods = {food.food_id for food in meal.foods}
    return 2 * len(foods & wanted.keys()) - len(foods)
