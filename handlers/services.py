"""What handlers and screens may call beside their own database connection; made once, in ``bot.py``."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from menus.service import MenuService
    from nutrition.foods import FoodTable


@dataclass(frozen=True, slots=True)
class Services:
    """Use cases and tables that live as long as the program.

    ``gemini_enabled``: a key is set, so consent asks about Gemini.
    ``bot_username`` (without @) makes the link from a group to the private chat.
    ``default_time_zone`` is where new people are until they say otherwise.
    """

    table: "FoodTable"
    menus: "MenuService"
    gemini_enabled: bool = False
    bot_username: str = ""
    default_time_zone: str = "America/Sao_Paulo"
