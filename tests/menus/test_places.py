"""Places and their zones: by name, and by where a phone is."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menus.places import Places

PLACES = Places.load()
CAPITALS = {
    "Porto Velho": "Porto_Velho", "Rio Branco": "Rio_Branco", "Manaus": "Manaus", "Boa Vista": "Boa_Vista",
    "Belém": "Belem", "Macapá": "Belem", "Palmas": "Araguaina", "São Luís": "Fortaleza", "Teresina": "Fortaleza",
    "Fortaleza": "Fortaleza", "Natal": "Fortaleza", "João Pessoa": "Fortaleza", "Recife": "Recife",
    "Maceió": "Maceio", "Aracaju": "Maceio", "Salvador": "Bahia", "Belo Horizonte": "Sao_Paulo",
    "Vitória": "Sao_Paulo", "Rio de Janeiro": "Sao_Paulo", "São Paulo": "Sao_Paulo", "Curitiba": "Sao_Paulo",
    "Florianópolis": "Sao_Paulo", "Porto Alegre": "Sao_Paulo", "Campo Grande": "Campo_Grande", "Cuiabá": "Cuiaba",
    "Goiânia": "Sao_Paulo", "Brasília": "Sao_Paulo",
}  # fmt: skip


@pytest.mark.parametrize("name", CAPITALS)
def test_every_capital_is_known_by_its_name_alone(name: str) -> None:
    assert [place.zone for place in PLACES.named(name)] == [f"America/{CAPITALS[name]}"]


def test_every_municipality_and_every_zone_of_the_world_is_there() -> None:
    assert sum(1 for id_ in PLACES.by_id if len(id_) == 7 and id_.isdecimal()) == 5571
    zones = {place.zone for place in PLACES.by_id.values()}
    assert len(zones) > 400
    for zone in zones:
        ZoneInfo(zone)


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (-3.1, -60.0, "America/Manaus"),
        (-9.97, -67.8, "America/Rio_Branco"),
        (-23.55, -46.63, "America/Sao_Paulo"),
        (-3.85, -32.42, "America/Noronha"),
        (-4.3, -69.9, "America/Eirunepe"),
        (38.72, -9.14, "Europe/Lisbon"),
        (35.68, 139.7, "Asia/Tokyo"),
        (40.7, -74.0, "America/New_York"),
        (-17.5, 179.99, "Pacific/Fiji"),
        (-17.5, -179.99, "Pacific/Fiji"),
    ],
)
def test_the_nearest_place_tells_the_zone(latitude: float, longitude: float, zone: str) -> None:
    assert PLACES.at(latitude, longitude).zone == zone


@pytest.mark.parametrize(
    ("name", "zones"),
    [
        ("floripa", ["America/Sao_Paulo"]),
        ("SP", ["America/Sao_Paulo"]),
        ("Amazonas", ["America/Manaus"]),
        ("Mato Grosso", ["America/Cuiaba"]),
        ("santarem para", ["America/Belem"]),
        ("Lisboa, Portugal", ["Europe/Lisbon"]),
        ("nova iorque", ["America/Fortaleza", "America/New_York"]),  # one is in Maranhão
        ("casa", []),
        ("", []),
    ],
)
def test_names_as_people_say_them(name: str, zones: list[str]) -> None:
    assert sorted(place.zone for place in PLACES.named(name)) == sorted(zones)


@given(st.text(max_size=40))
def test_any_name_gives_places_on_different_clocks_or_none(name: str) -> None:
    found = PLACES.named(name)
    assert len({place.zone for place in found}) == len(found)
