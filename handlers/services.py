"""What handlers and screens may call beside their own database connection; made once, in ``bot.py``."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from menus.changes.desk import ChangeDesk
from menus.named import Find, nowhere
from menus.operations import Operations
from menus.uploads import UploadDesk

if TYPE_CHECKING:
    from menus.service import MenuService
    from nutrition.foods import FoodTable


@dataclass(frozen=True, slots=True)
class Services:
    """Use cases and tables that live as long as the program.

    ``gemini_enabled``: a key is set, so consent asks about Gemini.
    ``changes`` takes what people want changed in a menu.
    ``operations`` knows the operators and what they may see.
    ``uploads`` is rung when somebody sent a file.
    ``find_dish`` gives a dish of the guide by its id.
    ``default_time_zone`` is where new people are until they say otherwise.
    """

    table: "FoodTable"
    menus: "MenuService"
    gemini_enabled: bool = False
    default_time_zone: str = "America/Sao_Paulo"
    changes: ChangeDesk = field(default_factory=ChangeDesk)
    operations: Operations = field(default_factory=Operations)
    uploads: UploadDesk = field(default_factory=UploadDesk)
    find_dish: Find = nowhere


BRAZILIAN_ZONES = (
    "America/Sao_Paulo",
    "America/Manaus",
    "America/Cuiaba",
    "America/Campo_Grande",
    "America/Porto_Velho",
    "America/Boa_Vista",
    "America/Rio_Branco",
    "America/Eirunepe",
    "America/Noronha",
    "America/Fortaleza",
    "America/Recife",
    "America/Bahia",
    "America/Belem",
    "America/Maceio",
    "America/Araguaina",
    "America/Santarem",
)
_KEPT: dict[str, ZoneInfo] = {}
"""``ZoneInfo`` remembers a zone for as long as somebody holds it; those of Brazil are held here."""


def warm_up() -> None:
    """Read the data files that screens and parsers use (blocking): once at start, before the event loop serves."""
    from handlers.catalogue import LANGUAGES, catalogue
    from menus.places import Places
    from nutrition.conditions import conditions_in
    from nutrition.foods import FoodTable
    from nutrition.restrictions.understand import understand

    understand("não como camarão", FoodTable.load())
    conditions_in("não tenho diabetes")
    for language in LANGUAGES:
        catalogue(language).warm_up()
    Places.load()
    _KEPT.update((name, ZoneInfo(name)) for name in BRAZILIAN_ZONES)
