"""Make ``menus/data/places.csv``: where people say they are, and the IANA zone of each place.

    python scripts/make_places.py MUNICIPIOS.csv ESTADOS.csv

Sources: every Brazilian municipality with its coordinates (IBGE's, as published by github.com/kelvins/municipios-brasileiros,
MIT licence); the main city of every zone with its coordinates (``zone.tab`` of the tz database, public domain) under its
Portuguese name (Unicode CLDR, through Babel); and some cities abroad where many Brazilians live, listed below.
A municipality's zone follows its state, as the tz database describes each Brazilian zone; the thirteen municipalities of
western Amazonas are those that the first source puts on the clock of Acre.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from babel import Locale
from babel.dates import get_timezone_location

TARGET = Path(__file__).resolve().parent.parent / "menus" / "data" / "places.csv"
FIELDS = ("id", "name", "region", "latitude", "longitude", "zone", "aliases")
Place = tuple[str, str, str, str, str, str, str]

STATE_ZONES = {
    "AC": "Rio_Branco", "AM": "Manaus", "RO": "Porto_Velho", "RR": "Boa_Vista", "MT": "Cuiaba", "MS": "Campo_Grande",
    "PA": "Belem", "AP": "Belem", "TO": "Araguaina", "MA": "Fortaleza", "PI": "Fortaleza", "CE": "Fortaleza",
    "RN": "Fortaleza", "PB": "Fortaleza", "PE": "Recife", "AL": "Maceio", "SE": "Maceio", "BA": "Bahia",
}  # fmt: skip
"""By the code of the state; the others keep the clock of São Paulo."""

ALIASES = {
    "3304557": "rio|rj capital",
    "3550308": "sampa|sp capital",
    "3106200": "bh|belzonte",
    "4205407": "floripa",
    "4314902": "poa",
    "2605459": "noronha",
    "5300108": "bsb",
    "2927408": "ssa",
    "5208707": "gyn",
    "4106902": "cwb",
    "3509502": "campinas sp",
    "America/New_York": "nova iorque|new york|nyc|ny",
    "America/Los_Angeles": "la|los angeles",
    "Europe/London": "london",
}
ABROAD = """
Miami;EUA;25.76;-80.19;America/New_York
Orlando;EUA;28.54;-81.38;America/New_York
Boston;EUA;42.36;-71.06;America/New_York
Newark;EUA;40.74;-74.17;America/New_York
Atlanta;EUA;33.75;-84.39;America/New_York
Filadélfia;EUA;39.95;-75.17;America/New_York
Washington;EUA;38.91;-77.04;America/New_York
Houston;EUA;29.76;-95.37;America/Chicago
Dallas;EUA;32.78;-96.80;America/Chicago
Austin;EUA;30.27;-97.74;America/Chicago
San Francisco;EUA;37.77;-122.42;America/Los_Angeles
San Diego;EUA;32.72;-117.16;America/Los_Angeles
Las Vegas;EUA;36.17;-115.14;America/Los_Angeles
Seattle;EUA;47.61;-122.33;America/Los_Angeles
Salt Lake City;EUA;40.76;-111.89;America/Denver
Montreal;Canadá;45.50;-73.57;America/Toronto
Ottawa;Canadá;45.42;-75.70;America/Toronto
Calgary;Canadá;51.05;-114.07;America/Edmonton
Guadalajara;México;20.67;-103.35;America/Mexico_City
Porto;Portugal;41.15;-8.61;Europe/Lisbon
Braga;Portugal;41.55;-8.42;Europe/Lisbon
Coimbra;Portugal;40.21;-8.43;Europe/Lisbon
Faro;Portugal;37.02;-7.93;Europe/Lisbon
Aveiro;Portugal;40.64;-8.65;Europe/Lisbon
Barcelona;Espanha;41.39;2.17;Europe/Madrid
Valência;Espanha;39.47;-0.38;Europe/Madrid
Sevilha;Espanha;37.39;-5.98;Europe/Madrid
Lyon;França;45.76;4.84;Europe/Paris
Milão;Itália;45.46;9.19;Europe/Rome
Turim;Itália;45.07;7.69;Europe/Rome
Florença;Itália;43.77;11.25;Europe/Rome
Munique;Alemanha;48.14;11.58;Europe/Berlin
Frankfurt;Alemanha;50.11;8.68;Europe/Berlin
Hamburgo;Alemanha;53.55;9.99;Europe/Berlin
Genebra;Suíça;46.20;6.14;Europe/Zurich
Roterdã;Países Baixos;51.92;4.48;Europe/Amsterdam
Manchester;Reino Unido;53.48;-2.24;Europe/London
Cork;Irlanda;51.90;-8.47;Europe/Dublin
Nagoya;Japão;35.18;136.91;Asia/Tokyo
Osaka;Japão;34.69;135.50;Asia/Tokyo
Hamamatsu;Japão;34.71;137.73;Asia/Tokyo
Pequim;China;39.90;116.40;Asia/Shanghai
Gold Coast;Austrália;-28.02;153.40;Australia/Brisbane
Cidade do Cabo;África do Sul;-33.92;18.42;Africa/Johannesburg
Ciudad del Este;Paraguai;-25.51;-54.61;America/Asuncion
Rosário;Argentina;-32.95;-60.64;America/Argentina/Buenos_Aires
Santa Cruz de la Sierra;Bolívia;-17.81;-63.16;America/La_Paz
Caiena;Guiana Francesa;4.92;-52.31;America/Cayenne
"""
"""Name; country; latitude; longitude; zone."""


def main(argv: list[str]) -> int:
    """Write the table and say how many places it has."""
    states = {row["codigo_uf"]: row for row in _rows(Path(argv[1]))}
    municipalities = list(_municipalities(Path(argv[0]), states))
    places = [*municipalities, *_states(states), *_abroad(), *_zones(), *_countries()]
    TARGET.parent.mkdir(exist_ok=True)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows(places)
    print(f"{len(places)} places, {len({place[5] for place in places})} zones")
    return 0


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _municipalities(path: Path, states: dict[str, dict[str, str]]) -> Iterator[Place]:
    for row in _rows(path):
        uf, code = states[row["codigo_uf"]]["uf"], row["codigo_ibge"]
        zone = f"America/{STATE_ZONES.get(uf, 'Sao_Paulo')}"
        if uf == "AM" and row["fuso_horario"] == "America/Rio_Branco":
            zone = "America/Eirunepe"
        if row["fuso_horario"] == "America/Noronha":
            zone = "America/Noronha"
        region = f"{uf}*" if row["capital"] == "1" else uf
        yield code, row["nome"], region, row["latitude"], row["longitude"], zone, ALIASES.get(code, "")


def _states(states: dict[str, dict[str, str]]) -> Iterator[Place]:
    for code, row in states.items():
        zone = f"America/{STATE_ZONES.get(row['uf'], 'Sao_Paulo')}"
        yield code, row["nome"], "estado", "", "", zone, row["uf"].lower()


def _abroad() -> Iterator[Place]:
    for line in ABROAD.strip().splitlines():
        name, country, latitude, longitude, zone = line.split(";")
        slug = re.sub(r"\W+", "-", name.lower())
        yield f"x-{slug}", name, country, latitude, longitude, zone, ""


def _zone_tab() -> list[list[str]]:
    text = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def _zones() -> Iterator[Place]:
    countries = Locale("pt", "BR").territories
    for country, where, zone, *_ in _zone_tab():
        if country != "BR":
            name = get_timezone_location(zone, locale="pt_BR", return_city=True)
            latitude, longitude = _degrees(where)
            region = countries[country]
            yield zone, name, region, f"{latitude:.2f}", f"{longitude:.2f}", zone, ALIASES.get(zone, "")


def _countries() -> Iterator[Place]:
    """Countries with one zone: their name is enough."""
    zones = Counter(row[0] for row in _zone_tab())
    names = Locale("pt", "BR").territories
    for country, _where, zone, *_ in _zone_tab():
        if zones[country] == 1 or zone == "Europe/Lisbon":
            yield country, names[country], "país", "", "", zone, ""


def _degrees(iso6709: str) -> tuple[float, float]:
    """``+4043-07400`` or with seconds, in degrees."""
    found = re.fullmatch(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?", iso6709)
    if found is None:
        raise ValueError(iso6709)
    south, lat, lat_m, lat_s, west, lon, lon_m, lon_s = found.groups()
    latitude = int(lat) + int(lat_m) / 60 + int(lat_s or 0) / 3600
    longitude = int(lon) + int(lon_m) / 60 + int(lon_s or 0) / 3600
    return (-latitude if south == "-" else latitude), (-longitude if west == "-" else longitude)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
