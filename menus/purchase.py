"""From grams to what one buys: whole packs, bunches and units, never less than is needed, and their words."""

import math

from nutrition.market import Item

NBSP = "\u00a0"
_ALMOST = 1e-9
"""Shares of a unit below this are dust of floating point, not a reason to buy one more."""

_PLURALS = {
    "unidade": "unidades",
    "maço": "maços",
    "pé": "pés",
    "cabeça": "cabeças",
    "espiga": "espigas",
    "bandeja": "bandejas",
    "pacote": "pacotes",
    "lata": "latas",
    "vidro": "vidros",
    "pote": "potes",
    "garrafa": "garrafas",
    "frasco": "frascos",
    "caixa": "caixas",
    "sachê": "sachês",
    "tablete": "tabletes",
    "barra": "barras",
}
UNITS = frozenset({"g", "ml", "ovo", *_PLURALS})
"""Every unit that ``words`` can say."""


def units_for(item: Item, grams: float) -> int:
    """How many whole units of ``item`` hold ``grams`` (as bought, above 0): rounded up, so that nothing is missing."""
    return max(1, math.ceil(grams / item.grams - _ALMOST))


def words(item: Item, units: int) -> str:
    """``units`` of ``item`` as a market says it: "12 unidades", "2 maços", "1,5 kg", "2 litros", "1 dúzia e meia"."""
    match item.unit:
        case "g":
            return _weight(units * item.size)
        case "ml":
            return _volume(units * item.size)
        case "ovo":
            return _dozens(units, item.size)
        case unit:
            return f"{units}{NBSP}{unit if units == 1 else _PLURALS[unit]}"


def about(item: Item, grams: float) -> str:
    """``grams`` of ``item`` as it is told when a list changes: pieces where one counts them, else grams to the nearest 5."""
    if item.unit in ("unidade", "ovo") and (pieces := round(grams * _pieces(item) / item.grams)):
        return f"{pieces}{NBSP}{'unidade' if pieces == 1 else 'unidades'}"
    return _weight(max(5, 5 * round(grams / 5)))


def _pieces(item: Item) -> float:
    return item.size if item.unit == "ovo" else 1


def _weight(grams: float) -> str:
    return f"{_number(grams / 1000)}{NBSP}kg" if grams >= 1000 else f"{_number(grams)}{NBSP}g"


def _volume(millilitres: float) -> str:
    if millilitres < 1000:
        return f"{_number(millilitres)}{NBSP}ml"
    litres = millilitres / 1000
    return f"{_number(litres)}{NBSP}{'litro' if litres < 2 else 'litros'}"


def _dozens(units: int, size: float) -> str:
    halves = math.ceil(units * size / 6)
    whole, odd = divmod(halves, 2)
    if not whole:
        return "meia dúzia"
    dozens = f"{whole}{NBSP}{'dúzia' if whole == 1 else 'dúzias'}"
    return f"{dozens} e meia" if odd else dozens


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
