"""What a restriction covers, in short lines: usual foods, where it hides, what is fine, and the whole list folded."""

from markupsafe import Markup

from handlers.catalogue import Catalogue
from handlers.texts import restrictions as r
from nutrition.foods import FoodTable
from nutrition.person import Restriction, Strength
from nutrition.restrictions.notes import notes_of

FOLD_FROM = 7
"""From so many foods on, the whole list stands folded."""

MOST_NAMED = 60


def covered(t: Catalogue, item: Restriction, table: FoodTable) -> list[Markup]:
    """The lines of one restriction; none for words that name no food of the table."""
    notes = notes_of(item, table)
    lines: list[Markup] = []
    if notes.covers:
        lines.append(_covers(t, notes.covers, len(notes.foods)))
    if notes.hidden:
        lines.append(t(r.HIDES_IN, foods=t.listing(notes.hidden)))
    if notes.fine:
        lines.append(t(r.STILL_FINE, foods=t.listing(notes.fine)))
    if item.strength is Strength.ALERGIA:
        lines.append(t(r.CHECK_LABELS))
    if len(notes.foods) >= FOLD_FROM:
        named = notes.foods[:MOST_NAMED]
        rest = len(notes.foods) - len(named)
        more = [str(t.count(r.AND_MORE, rest))] if rest > 0 else []
        lines.append(t(r.WHOLE_LIST, foods=t.listing([*named, *more])))
    return lines


def _covers(t: Catalogue, covers: tuple[str, ...], foods: int) -> Markup:
    rest = foods - len(covers)
    if rest <= 0:
        return t(r.COVERS, foods=t.listing(covers))
    return t.count(r.COVERS_MORE, rest, foods=", ".join(covers))
