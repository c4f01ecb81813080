"""Where people say they are, or where their phone is, as an IANA zone: offline, from a table of places.

``data/places.csv`` (made by ``scripts/make_places.py``, which names its sources) holds every Brazilian municipality and
state, the main city of every zone, and countries that have one zone.
"""

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nutrition.words import tokens

TABLE = Path(__file__).parent / "data" / "places.csv"
STATE, COUNTRY = "estado", "país"
_BRASILIA = "America/Sao_Paulo"
_BRASILIA_TIME = frozenset(
    f"America/{city}"
    for city in ("Sao_Paulo", "Bahia", "Maceio", "Recife", "Fortaleza", "Araguaina", "Belem", "Santarem")
)
_CAPITAL = "*"
_ARTICLES = frozenset({"o", "a", "os", "as", "de", "do", "da", "dos", "das", "no", "na", "em", "e"})


@dataclass(frozen=True, slots=True)
class Place:
    """``region``: code of the Brazilian state, name of the country, or ``STATE`` and ``COUNTRY`` for those themselves.

    ``where``: latitude and longitude in degrees, None for states and countries.
    """

    id: str
    name: str
    region: str
    zone: str
    capital: bool
    where: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Places:
    """The table. ``load`` it once; it is read only."""

    by_id: dict[str, Place]
    _by_name: dict[str, tuple[Place, ...]]
    _regions: dict[str, str]

    @classmethod
    @cache
    def load(cls) -> "Places":
        """Read the table (blocking, once)."""
        by_id: dict[str, Place] = {}
        names: defaultdict[str, list[Place]] = defaultdict(list)
        regions: dict[str, str] = {}
        with TABLE.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                place = _place(row)
                by_id[place.id] = place
                for name in (row["name"], *row["aliases"].split("|")):
                    if name:
                        names[_key(name)].append(place)
                if place.region == STATE:
                    regions |= {
                        _key(row["name"]): row["aliases"].upper(),
                        row["aliases"]: row["aliases"].upper(),
                    }
        return cls(by_id, {name: tuple(found) for name, found in names.items()}, regions)

    def named(self, text: str) -> tuple[Place, ...]:
        """The places that ``text`` may mean ("Manaus", "Santarém no Pará", "Lisboa, Portugal"), one for each zone that
        they disagree on: one is a sure reading. Empty when no place is called so. A capital stands for its name."""
        name = _key(text)
        if name in self._by_name:
            return _one_a_zone(self._by_name[name])
        head, region = self._split(name)
        return _one_a_zone(place for place in self._by_name.get(head, ()) if _in(place, region))

    def at(self, latitude: float, longitude: float) -> Place:
        """The nearest place of the table to a point on earth."""
        located = (place for place in self.by_id.values() if place.where is not None)
        return min(located, key=lambda place: _distance(place.where or (0, 0), (latitude, longitude)))

    def _split(self, name: str) -> tuple[str, str]:
        """ "santarem para" → ("santarem", "PA"): the longest end that is a state or a country."""
        words = name.split()
        for cut in range(1, len(words)):
            end = " ".join(words[cut:])
            if end in self._regions:
                return " ".join(words[:cut]), self._regions[end]
            if end in self._by_name and any(place.region == COUNTRY for place in self._by_name[end]):
                return " ".join(words[:cut]), end
        return name, ""


def _place(row: dict[str, str]) -> Place:
    where = (float(row["latitude"]), float(row["longitude"])) if row["latitude"] else None
    region = row["region"].removesuffix(_CAPITAL)
    return Place(row["id"], row["name"], region, row["zone"], row["region"].endswith(_CAPITAL), where)


def _key(text: str) -> str:
    """Folded words without articles and prepositions: "Rio de Janeiro" and "rio janeiro" are one."""
    words = tokens(re.sub(r"['’]", "", text))
    return " ".join(word for word in words if word not in _ARTICLES) or " ".join(words)


def _in(place: Place, region: str) -> bool:
    return place.region == region or _key(place.region) == region


def _one_a_zone(found: Iterable[Place]) -> tuple[Place, ...]:
    places = sorted(
        found, key=lambda place: (not place.capital, place.region != STATE, place.zone != _BRASILIA)
    )
    abroad = [place for place in places if len(place.region) > 2 and place.region != STATE]
    if places and (places[0].capital or (abroad and not places[0].id.isdecimal())):
        return (places[0],)
    if places and places[0].region == STATE:
        return (places[0],)
    return tuple({_clock(place.zone): place for place in reversed(places)}.values())[::-1]


def _clock(zone: str) -> str:
    """Zones of Brazil that have shown the same hour since 2019 are not asked about."""
    return _BRASILIA if zone in _BRASILIA_TIME else zone


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Something that grows with the distance of two points that are near each other, wherever on earth."""
    (lat, lon), (lat2, lon2) = one, other
    east = ((lon2 - lon + 180) % 360 - 180) * math.cos(math.radians((lat + lat2) / 2))
    return east * east + (lat2 - lat) ** 2
