"""Makes ``nutrition/data/foods.csv`` and ``food_measures.csv`` from our spec and the publications.

    python -m scripts.build_foods [--publications FOLDER] [--check]

The spec (``nutrition/data/foods_spec/<group>.csv``) holds what is ours: names, synonyms, marks, measures, portions, and
which row of which publication a food's figures come from. Every figure comes from that row, or, where it has none, from
the row of the same food in a second publication (``fill``, by default IBGE's pair of a TACO row). Rules of derivation:

- of saturated fat a second publication gives the share of the fat, not the grams;
- raw row ÷ cooking yield, where only the raw food is published (``TACO 19 / 3``);
- added sugar is zero in foods of NOVA group 1 and in oils, starches and salt of group 2, which have none by definition;
  elsewhere IBGE's figure (no more than the carbohydrate; total sugar is then unknown if less), or the spec's rule
  ``added=0``, ``added=sugars`` (all its sugar is added) or ``added=carb``;
- a food without carbohydrate has no sugar; a food that no animal made has no cholesterol; one of pure flesh no fibre;
- IBGE prints zero for some figures it did not have: such zeros are not taken (``_doubtful_zero``);
- ``sugars=carb`` where a food is sugar through and through (sugar, rapadura, syrup);
- ``drop=a b`` forgets figures that the publication itself prints wrong. No rule writes a figure of our own.

``--check`` writes nothing and exits 1 when the files in the tree are not exactly what the spec gives.
"""

import argparse
import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from nutrition.food import NUTRIENTS, FoodGroup
from nutrition.words import tokens
from scripts.food_marks import MarkError, marks_of
from scripts.food_measures import MeasureError, MeasureRow, measures_of
from scripts.food_sources import Figures, Publications, SourceError, SourceRow

DATA = Path(__file__).resolve().parent.parent / "nutrition" / "data"
_MINERALS = {"sodium_mg", "potassium_mg", "magnesium_mg", "zinc_mg", "calcium_mg", "iron_mg"}
_FLESH = {FoodGroup.CARNES, FoodGroup.AVES, FoodGroup.PEIXES, FoodGroup.FRUTOS_DO_MAR, FoodGroup.OVOS}
_SUGARY_GROUPS = {
    FoodGroup.FRUTAS,
    FoodGroup.VERDURAS,
    FoodGroup.LEGUMES,
    FoodGroup.LATICINIOS,
    FoodGroup.BEBIDAS,
    FoodGroup.ACUCARES,
}
_FOOD_COLUMNS = (
    *("id", "name", "synonyms", "group", "nova"),
    *NUTRIENTS,
    *(
        "allergens",
        "animal",
        "tags",
        "purchase_factor",
        "portion_min_g",
        "portion_max_g",
        "price_tier",
        "source",
    ),
)
_MEASURE_COLUMNS = ("food_id", "name", "plural", "grams", "feminine", "source")


class SpecError(Exception):
    """A line of the spec that cannot become a food; the message names it."""


def spec_lines(folder: Path) -> Iterator[tuple[FoodGroup, dict[str, str]]]:
    """Every line of the spec with its group, in the order of ``FoodGroup`` and of the file."""
    for group in FoodGroup:
        path = folder / f"{group.value}.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                for line in csv.DictReader(file):
                    yield group, line


def _doubtful_zero(name: str, row: Figures, group: FoodGroup) -> bool:
    """Whether a zero printed by IBGE stands for "not known".

    So it does for saturated fat of a fatty food, sugar of a sweet group, and minerals of a row that has none at all.
    """
    if name == "saturated_fat_g":
        return (row["fat_g"] or 0.0) > 1
    if name in _MINERALS:
        return (row["energy_kcal"] or 0.0) > 15 and row["potassium_mg"] == 0 and group is not FoodGroup.OLEOS
    if name == "sugars_g":
        return (row["carbohydrate_g"] or 0.0) > 2 and group in _SUGARY_GROUPS
    return False


def _take(pubs: Publications, source: SourceRow, group: FoodGroup) -> Figures:
    row = pubs.figures(source)
    if source.ref.startswith("IBGE"):
        for name, value in row.items():
            if value == 0 and _doubtful_zero(name, row, group):
                row = {**row, name: None}
    return row


def _plain_sugar(rules: dict[str, str], figures: Figures) -> None:
    if rules.get("sugars") == "carb":
        figures["sugars_g"] = figures["carbohydrate_g"]


def _added_sugar(rule: str | None, group: FoodGroup, nova: int, figures: Figures) -> float | None:
    if rule is None and (nova == 1 or (nova == 2 and group is not FoodGroup.ACUCARES)):
        return 0.0
    if rule == "0":
        return 0.0
    if rule == "sugars":
        return figures["sugars_g"]
    if rule == "carb":
        return figures["carbohydrate_g"]
    if rule is not None:
        raise SpecError(f"unknown rule added={rule}")
    return figures["added_sugar_g"]


def _by_nature(figures: Figures, group: FoodGroup, nova: int, plant: bool) -> None:
    """Zeros that follow from what the food is."""
    if figures["carbohydrate_g"] == 0:
        figures["sugars_g"] = figures["fiber_g"] = 0.0
    if plant and figures["cholesterol_mg"] is None:
        figures["cholesterol_mg"] = 0.0
    if group in _FLESH and nova == 1 and figures["fiber_g"] is None:
        figures["fiber_g"] = 0.0
    if figures["fat_g"] == 0 and figures["saturated_fat_g"] is None:
        figures["saturated_fat_g"] = 0.0


def _cap_sugars(figures: Figures) -> None:
    """Sugars from another analysis may pass this one's carbohydrate: by up to 1 g capped, else not taken."""
    sugars, carbohydrate = figures["sugars_g"], figures["carbohydrate_g"]
    if sugars is not None and carbohydrate is not None and sugars > carbohydrate:
        figures["sugars_g"] = carbohydrate if sugars - carbohydrate <= 1 else None


def _fill(figures: Figures, second: Figures) -> bool:
    """Take from ``second`` what ``figures`` does not know; True when anything was taken.

    Of saturated fat its share of the fat is taken, because the two analyses differ in fat.
    """
    used = False
    for name, value in second.items():
        if figures[name] is not None or value is None:
            continue
        if name == "saturated_fat_g" and second["fat_g"]:
            figures[name] = (figures["fat_g"] or 0.0) * value / second["fat_g"]
        else:
            figures[name] = value
        used = True
    return used


def figures_of(
    pubs: Publications, group: FoodGroup, line: dict[str, str], plant: bool
) -> tuple[Figures, str]:
    """The figures of a line per 100 g, and the source string that says where they come from."""
    rules = dict(rule.split("=", 1) for rule in line["rules"].split(";") if rule)
    dropped = rules.get("drop", "").split()
    main = SourceRow.parse(line["source"])
    figures = {name: None if name in dropped else value for name, value in _take(pubs, main, group).items()}
    second = SourceRow.parse(line["fill"]) if line["fill"] not in {"", "-"} else None
    if second is None and line["fill"] == "":
        second = pubs.partner(main)
    used = second is not None and _fill(figures, _take(pubs, second, group))
    nova = int(line["nova"])
    _by_nature(figures, group, nova, plant)
    _cap_sugars(figures)
    _plain_sugar(rules, figures)
    added = _added_sugar(rules.get("added"), group, nova, figures)
    figures["added_sugar_g"] = _at_most(added, figures["carbohydrate_g"])
    if added is not None and added > (figures["sugars_g"] or 0.0):
        figures["sugars_g"] = None
    return figures, f"{main} + {second}" if used else str(main)


def _at_most(value: float | None, limit: float | None) -> float | None:
    return value if value is None or limit is None else min(value, limit)


def _number(value: float | None) -> str:
    return "" if value is None else f"{round(value, 2):g}" if abs(value) < 1000 else f"{value:.0f}"


def food_row(pubs: Publications, group: FoodGroup, line: dict[str, str]) -> dict[str, str]:
    """One line of ``foods.csv``. Raises ``SpecError`` naming the food when its line is wrong."""
    words = line["marks"].split()
    plant = not marks_of(words, group, dict.fromkeys(NUTRIENTS)).animal
    figures, source = figures_of(pubs, group, line, plant)
    marks = marks_of(words, group, figures)
    return {
        "id": "-".join(tokens(line["name"])),
        "name": line["name"],
        "synonyms": ";".join(filter(None, (s.strip() for s in line["synonyms"].split(";")))),
        "group": group.value,
        "nova": line["nova"],
        **{name: _number(figures[name]) for name in NUTRIENTS},
        "allergens": " ".join(sorted(marks.allergens)),
        "animal": " ".join(sorted(marks.animal)),
        "tags": " ".join(sorted(marks.tags)),
        "purchase_factor": line["factor"],
        "portion_min_g": line["min"],
        "portion_max_g": line["max"],
        "price_tier": line["price"],
        "source": source,
    }


def measure_rows(pubs: Publications, line: dict[str, str]) -> list[MeasureRow]:
    """The household measures of a line, IBGE's row named where the grams are IBGE's."""
    main = SourceRow.parse(line["source"])
    refs = [main.ref, line["fill"], pubs.ibge_of_taco.get(main.ref, "")]
    return measures_of(line["measures"], [m for ref in refs for m in pubs.measures.get(ref, [])])


def build(pubs: Publications, spec: Path) -> dict[str, str]:
    """The two files, by name. Raises ``SpecError`` naming the line that is wrong."""
    foods, measures = io.StringIO(), io.StringIO()
    food_csv = csv.DictWriter(foods, _FOOD_COLUMNS, lineterminator="\n")
    measure_csv = csv.writer(measures, lineterminator="\n")
    food_csv.writeheader()
    measure_csv.writerow(_MEASURE_COLUMNS)
    for group, line in spec_lines(spec):
        try:
            row = food_row(pubs, group, line)
            food_csv.writerow(row)
            for m in measure_rows(pubs, line):
                measure_csv.writerow(
                    [row["id"], m.name, m.plural, f"{m.grams:g}", "f" if m.feminine else "m", m.source]
                )
        except (SourceError, MarkError, MeasureError, SpecError, ValueError) as exc:
            raise SpecError(f"{group.value}: {line['name']}: {exc}") from exc
    return {"foods.csv": foods.getvalue(), "food_measures.csv": measures.getvalue()}


def main(arguments: list[str]) -> int:
    """Write the files, or with ``--check`` compare them; 0 when all is well."""
    parser = argparse.ArgumentParser(description="Make the food table from its spec and the publications.")
    parser.add_argument("--publications", type=Path, default=Path("../shared/data"), metavar="FOLDER")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    options = parser.parse_args(arguments)
    pubs = Publications(options.publications, DATA / "usda_sr28.csv")
    stale = []
    for name, text in build(pubs, DATA / "foods_spec").items():
        path = DATA / name
        if options.check:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{name}: {text.count(chr(10)) - 1} rows\n")
    for name in stale:
        sys.stdout.write(f"{name} is not what the spec gives; run python -m scripts.build_foods\n")
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
