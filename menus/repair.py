"""What failed the check goes back to its writer once, in one request, with the reasons; the planner fills the rest."""

from dataclasses import dataclass, replace

import structlog

from menus.checker import Checked, Checker
from menus.recheck import Verdicts
from nutrition.foods import FoodTable
from nutrition.menu import Draft, Origin
from rag.writer import MenuBrief, MenuWriter, WriterError

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written and passed, by whom, and the notes to tell."""

    checked: Checked
    writer: Origin
    notes: tuple[str, ...] = ()


def checked_draft(
    brief: MenuBrief, draft: Draft, table: FoodTable, origin: Origin, verdicts: Verdicts | None = None
) -> Checked:
    """Check a first draft (blocking). The planner may repeat main dishes where the guide has nothing else."""
    return Checker(brief, table, verdicts).check(draft, repeats=origin is Origin.GUIA)


def merged(brief: MenuBrief, first: Checked, draft: Draft, table: FoodTable) -> Checked:
    """Add to what passed first what passes of a second draft (blocking)."""
    asked = replace(brief, rejected=first.rejected)
    second = Checker(asked, table).check(draft, kept=first.meals)
    return Checked({**first.meals, **second.meals}, second.rejected)


async def ask_again(writer: MenuWriter, brief: MenuBrief, checked: Checked) -> Draft | None:
    """The writer's second try at the rejected meals only; None when it could not. Its days are not told: they were."""
    log.info("draft sent back", meals=len(checked.rejected))
    try:
        return await writer.draft(replace(brief, rejected=checked.rejected), lambda _done, _asked: None)
    except WriterError as exc:
        log.info("repair failed", note=exc.note)
        return None
