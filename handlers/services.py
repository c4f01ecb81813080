"""What handlers and screens may call beside their own database connection; made once, in ``bot.py``."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from menus.service import MenuService
    from nutrition.foods import FoodTable


@dataclass(frozen=True, slots=True)
class Services:
    """Use cases and tables that live as long as the program."""

    foods: "FoodTable"
    menus: "MenuService"
