"""Reads the publications behind the food table and answers "what does row X say, per 100 g".

A source expression of the spec names one row: ``TACO 3``, ``USDA 20137`` (NDB number) or ``IBGE 6503401/99`` (food/
preparation), and may divide it by a cooking yield: ``TACO 19 / 3`` is 100 g of the raw row that weighs 300 g cooked.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nutrition.food import NUTRIENTS

Figures = dict[str, float | None]

_IBGE_COLUMNS = {"added_sugar_g": "added_sugars_g"}


class SourceError(Exception):
    """A source expression that cannot be read, or that names a row no publication has."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of a publication, named ``ref``, divided by ``cooking_yield`` (1 when taken as printed)."""

    ref: str
    cooking_yield: float = 1.0

    @classmethod
    def parse(cls, text: str) -> "SourceRow":
        """Read ``"TACO 19 / 3"``. Raises ``SourceError`` for anything else."""
        ref, _, divisor = (part.strip() for part in text.partition(" / "))
        if ref.split(" ")[0] not in {"TACO", "USDA", "IBGE"}:
            raise SourceError(f"unknown publication: {text!r}")
        return cls(ref, float(divisor) if divisor else 1.0)

    def __str__(self) -> str:
        return self.ref if self.cooking_yield == 1 else f"{self.ref} × rendimento {self.cooking_yield:g}"


@dataclass(frozen=True, slots=True)
class IbgeMeasure:
    """Grams that IBGE gives a household measure of ``ref`` ("IBGE 6300101/99"), weighed or scaled from a weighing."""

    ref: str
    name: str
    grams: float


class Publications:
    """Every row of the publications by name, the IBGE pair of each TACO row, and the IBGE household measures."""

    def __init__(self, folder: Path, usda_excerpt: Path) -> None:
        """Read the CSV files of ``folder`` and the USDA rows the project keeps itself, which ``folder`` lacks."""
        self.rows: dict[str, Figures] = {}
        self.ibge_of_taco: dict[str, str] = {}
        self.measures: dict[str, list[IbgeMeasure]] = {}
        for row in _read(folder / "taco.csv"):
            self.rows[f"TACO {row['id']}"] = _taco(row)
        for row in _read(folder / "usda_extra.csv"):
            self.rows[f"USDA {row['ndb_number']}"] = _figures(row, {})
        for row in _read(usda_excerpt):
            self.rows[f"USDA {row['ndb_number']}"] = _figures(row, {})
        for row in _read(folder / "ibge_pof_composition.csv"):
            self.rows[f"IBGE {row['pof_code']}/{row['prep_code']}"] = _figures(row, _IBGE_COLUMNS)
        self._read_measures(folder / "household_measures.csv")

    def _read_measures(self, path: Path) -> None:
        for row in _read(path):
            ref = f"IBGE {row['pof_code']}/{row['prep_code']}"
            if row["weight_basis"] in {"direct", "scaled"}:
                grams = float(row["grams"])
                self.measures.setdefault(ref, []).append(IbgeMeasure(ref, row["measure_pt"], grams))
            for taco_id in filter(None, row["taco_ids"].split(";")):
                self.ibge_of_taco.setdefault(f"TACO {taco_id}", ref)

    def figures(self, source: SourceRow) -> Figures:
        """Figures per 100 g. A row divided by a yield loses its vitamin C, which cooking destroys by an unknown part."""
        try:
            row = self.rows[source.ref]
        except KeyError:
            raise SourceError(f"no such row: {source.ref}") from None
        if source.cooking_yield == 1:
            return dict(row)
        scaled: Figures = {k: None if v is None else v / source.cooking_yield for k, v in row.items()}
        if row["vitamin_c_mg"] != 0:
            scaled["vitamin_c_mg"] = None
        return scaled

    def partner(self, source: SourceRow) -> SourceRow | None:
        """The IBGE row of the same food and preparation as a TACO row taken as printed, else None."""
        ref = self.ibge_of_taco.get(source.ref) if source.cooking_yield == 1 else None
        return SourceRow(ref) if ref in self.rows and ref is not None else None


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _figures(row: dict[str, str], columns: dict[str, str]) -> Figures:
    cells = {name: row.get(columns.get(name, name), "") for name in NUTRIENTS}
    return {name: float(cell) if cell else None for name, cell in cells.items()}


def _taco(row: dict[str, str]) -> Figures:
    """TACO prints NA, "não aplicável", for what a food lacks by nature: it counts as zero."""
    figures = _figures(row, {})
    for name in filter(None, row["not_applicable"].split(";")):
        if name in figures:
            figures[name] = 0.0
    return figures
