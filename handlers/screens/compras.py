"""The shopping list: one section of the market a page, one item a row, and the same list as text.

Callback data is ``compras:<start of the week>:<what>[:<of what>]``: dates, sections and ids of items only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched

from markupsafe import Markup

from handlers.catalogue import Catalogue, capitalised, joined, paragraphs
from handlers.keyboards import Row, Rows
from handlers.screens import guardrails
from handlers.screens.day import no_menu
from handlers.screens.shown import Shown, shown
from handlers.texts import shopping as s
from handlers.transport.screens import Button, Screen, View, screen
from menus import cart as carts
from menus.cart import Cart
from menus.shopping import Difference, Line
from nutrition.market import Section
from nutrition.menu import Week
