"""Segments of a page sorted into runs of lines and rows of a table, by the order in which they were written.

The order tells a table (cell by cell, to the right and a little up) from columns of prose (all the way up).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rag.loaders.pdf_text import BULLETS, Segment

_MOST_CELL_LINES = 12
"""A cell of more lines than that is a column of prose."""

_TOUCH = 0.5
_NEXT_LINE = 0.3
_CELL_APART = 1.2
"""Times the size: a line that stands further below does not belong to the cell any more."""

_INDENT = 1.0


@dataclass(slots=True)
class Row:
    """One cell: a run of lines of prose. Several: a row of a table, each cell with its lines."""

    cells: list[list[Segment]]

    @property
    def is_prose(self) -> bool:
        """Whether this is no row of a table."""
        return len(self.cells) == 1


def rows_of(segments: Iterable[Segment]) -> Iterator[Row]:
    """Group the segments of a page, in their order."""
    row: Row | None = None
    for segment in segments:
        if row is None:
            row = Row([[segment]])
        elif _labels(row, segment):
            _join(row.cells[-1][-1], segment)
        elif _beside(row, segment):
            if before := _split_off(row, segment):
                yield before
            row.cells.append([segment])
        elif _below(row, segment):
            row.cells[-1].append(segment)
        else:
            yield row
            row = Row([[segment]])
    if row is not None:
        yield row


def _labels(row: Row, segment: Segment) -> bool:
    """Whether the last segment is but the bullet of this one."""
    last = row.cells[-1][-1]
    return last.text.strip() in BULLETS and _same_height(last, segment) and segment.x0 >= last.x1


def _join(last: Segment, segment: Segment) -> None:
    last.text = f"{last.text} {segment.text}"
    last.x1, last.bottom = segment.x1, max(last.bottom, segment.bottom)
    last.bold, last.size = segment.bold, segment.size


def _same_height(one: Segment, other: Segment) -> bool:
    return abs(one.bottom - other.bottom) <= _TOUCH * max(one.size, other.size, 1.0)


def _beside(row: Row, segment: Segment) -> bool:
    """Whether the segment opens the next cell of the row: right of the last, and beside its lines."""
    cell = row.cells[-1]
    lines = cell[_first_of_row(cell, segment) :] if row.is_prose else cell
    if len(lines) > _MOST_CELL_LINES or segment.x0 < max(s.x1 for s in lines) - _TOUCH * segment.size:
        return False
    # A cell may be set in the middle beside a taller one.
    highest = min(line.top for part in row.cells for line in part) if not row.is_prose else lines[0].top
    return highest - _MOST_CELL_LINES / 2 * segment.size <= segment.top <= lines[-1].bottom


def _first_of_row(lines: list[Segment], segment: Segment) -> int:
    """The first of the last lines of a run that stand beside the segment or lower; at least the last one."""
    height = segment.bottom - segment.top
    start = len(lines) - 1
    while start > 0 and lines[start - 1].top >= segment.top - _TOUCH * height:
        start -= 1
    return start


def _split_off(row: Row, segment: Segment) -> Row | None:
    """Take from a run of prose the lines above the row that has just been found to begin."""
    if not row.is_prose:
        return None
    lines = row.cells[0]
    start = _first_of_row(lines, segment)
    row.cells[0] = lines[start:]
    return Row([lines[:start]]) if start else None


def _below(row: Row, segment: Segment) -> bool:
    """Whether the segment is the next line of the last cell."""
    cell = row.cells[-1]
    last = cell[-1]
    if segment.top < last.top + _NEXT_LINE * last.size:
        return False
    if row.is_prose:
        left, right = min(line.x0 for line in cell), max(line.x1 for line in cell)
        return segment.x0 < right and segment.x1 > left
    apart = segment.top - last.bottom
    left = min(line.x0 for line in cell) - _INDENT * segment.size
    return segment.x0 >= left and apart <= _CELL_APART * segment.size


def aligned(rows: Iterable[Row]) -> list[list[list[Segment]]]:
    """The cells of each row of a table in the columns of its fullest row; a cell that is not there is empty."""
    table = [row.cells for row in rows]
    fullest = max(table, key=len)
    starts = [min(line.x0 for line in cell) for cell in fullest]
    ends = [max(line.x1 for line in cell) for cell in fullest]
    return [_in_columns(cells, starts, ends) for cells in table]


def _in_columns(cells: list[list[Segment]], starts: list[float], ends: list[float]) -> list[list[Segment]]:
    columns: list[list[Segment]] = [[] for _ in starts]
    first = 0
    for left, cell in enumerate(cells):
        last = len(starts) - (len(cells) - left)  # the cells after it need a column too
        x0, x1 = min(line.x0 for line in cell), max(line.x1 for line in cell)
        nearest = min(
            range(first, last + 1),
            key=lambda at: (-max(0.0, min(x1, ends[at]) - max(x0, starts[at])), abs(x0 - starts[at])),
        )
        columns[nearest] = cell
        first = nearest + 1
    return columns
