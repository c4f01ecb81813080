"""Tables of meals: a meal a row, its foods in the other cells, in columns of options, or beside their amounts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from rag.plans.headers import HOUR, Header, HeaderReader, hour_of
from rag.plans.lines import Line, folded

_ROLES = (
    ("MEAL", r"refeic(?:ao|oes)"),
    ("HOUR", r"horarios?|horas?"),
    (
        "OPTION",
        r"opcao.*|\d. opcao|cardapio \d|segunda.*|terca.*|quarta.*|quinta.*|sexta.*|sabado|domingo|substituic.*",
    ),
    ("FOOD", r"alimentos?.*|preparac.*|cardapio|o que comer|composicao|descricao|sugestao|itens"),
    ("AMOUNT", r"quantidades?.*|qtde?\.?|medidas?.*|porc(?:ao|oes).*"),
)


class Role(Enum):
    """What a column holds."""

    MEAL = auto()
    HOUR = auto()
    OPTION = auto()
    FOOD = auto()
    AMOUNT = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """``header`` when the row opens a meal; ``options`` the text of each option (one when there are no columns of them)."""

    line: Line
    header: Header | None
    options: tuple[str, ...]


@dataclass(slots=True)
class Table:
    """Rows of meals. ``has_options``: each text of a row is a way of its own to eat the meal."""

    has_options: bool
    rows: list[Row] = field(default_factory=list)


def table_of(lines: Sequence[Line], headers: HeaderReader) -> Table | None:
    """The table that these rows are, None when none of them opens a meal."""
    roles = _roles(lines[0])
    body = lines[1:] if roles else lines
    columns = roles or {}
    meals = [line for line in body if _header(line, columns, headers) is not None]
    if not meals or max(len(line.cells) for line in lines) < 2:
        return None
    table = Table(Role.OPTION in columns.values())
    for line in body:
        table.rows.append(Row(line, _header(line, columns, headers), _options(line, columns, headers)))
    return table


def _roles(line: Line) -> dict[int, Role] | None:
    """The roles of the columns, when the first row names at least two of them."""
    found: dict[int, Role] = {}
    for at, cell in enumerate(line.cells):
        for name, pattern in _ROLES:
            if re.fullmatch(pattern, folded(" ".join(cell.split())).strip(" :")):
                found[at] = Role[name]
                break
    return found if len(found) >= 2 else None


def _header(line: Line, columns: dict[int, Role], headers: HeaderReader) -> Header | None:
    """The meal that a row opens, with the hour of its hour's cell."""
    for at in _first_cells(line, columns):
        text = " ".join(line.cells[at].split())
        header = headers.at(folded(text))
        if header is None:
            continue
        hour = header.hour
        if hour is None:
            hours = (cell for cell in line.cells if HOUR.fullmatch(folded(cell).strip(" ()")))
            hour = next((hour_of(cell) for cell in hours), None)
        return Header(header.slots, hour, header.rest)
    return None


def _first_cells(line: Line, columns: dict[int, Role]) -> list[int]:
    """The cells in which a meal may be named."""
    named = [at for at, role in columns.items() if role is Role.MEAL and at < len(line.cells)]
    return named or list(range(min(2, len(line.cells))))


def _options(line: Line, columns: dict[int, Role], headers: HeaderReader) -> tuple[str, ...]:
    if Role.OPTION in columns.values():
        wanted = [at for at, role in columns.items() if role in (Role.OPTION, Role.FOOD)]
        return tuple(line.cells[at] if at < len(line.cells) else "" for at in sorted(wanted))
    texts = [
        cell
        for at, cell in enumerate(line.cells)
        if columns.get(at, Role.FOOD) in (Role.FOOD, Role.AMOUNT) and cell and not _is_label(cell, headers)
    ]
    amount = any(role is Role.AMOUNT for role in columns.values())
    if amount and len(texts) == 2:
        return (_paired(texts[0], texts[1]),)
    rest = [text[headers_rest(text, headers) :] for text in texts]
    return ("\n".join(filter(None, rest)),)


def headers_rest(text: str, headers: HeaderReader) -> int:
    """Where the food begins in a cell that begins with the name of a meal."""
    header = headers.at(folded(text))
    return 0 if header is None else header.rest


def _is_label(cell: str, headers: HeaderReader) -> bool:
    flat = folded(" ".join(cell.split()))
    return headers.is_meal(flat) or bool(HOUR.fullmatch(flat.strip(" ()")))


def _paired(foods: str, amounts: str) -> str:
    """Foods and amounts line by line."""
    names, measures = foods.split("\n"), amounts.split("\n")
    if len(names) != len(measures):
        return foods
    return "\n".join(f"{name}: {measure}" for name, measure in zip(names, measures, strict=True))
