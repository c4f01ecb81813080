"""What people write about reminders: hours, days, places, pauses; and what must not be taken for one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reminder_words import Wish, days_of_week, pause_until, read
from menus.places import Places
from menus.reminder_plan import EVERY_DAY, Kind

PLACES = Places.load()
WEDNESDAY = date(2026, 11, 25)
MEALS = tuple(kind for kind in Kind if kind.slot)


def wish(text: str, *, about: bool = False) -> Wish | None:
    return read(text, WEDNESDAY, PLACES, about_reminders=about)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("7h", "07:00"),
        ("07:30", "07:30"),
        ("7 da manhã", "07:00"),
        ("meio-dia e meia", "12:30"),
        ("sete e meia da noite", "19:30"),
        ("às 18h45", "18:45"),
        ("manda às 6", None),
        ("me avisa às 6h", "06:00"),
        ("quero receber às 21h30", "21:30"),
    ],
)
def test_an_hour(text: str, hour: str | None) -> None:
    found = wish(text, about=True)
    assert found is not None and found.hour is not None
    assert found.hour.value == hour


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("de segunda a sexta", {0, 1, 2, 3, 4}),
        ("seg a sex", {0, 1, 2, 3, 4}),
        ("segunda-feira a sexta-feira", {0, 1, 2, 3, 4}),
        ("dias úteis", {0, 1, 2, 3, 4}),
        ("só durante a semana", {0, 1, 2, 3, 4}),
        ("fim de semana", {5, 6}),
        ("finais de semana", {5, 6}),
        ("seg, qua e sex", {0, 2, 4}),
        ("terças e quintas", {1, 3}),
        ("de sexta a domingo", {4, 5, 6}),
        ("de sábado a terça", {5, 6, 0, 1}),
        ("todo dia", set(EVERY_DAY)),
        ("todos os dias menos domingo", {0, 1, 2, 3, 4, 5}),
        ("todo dia, exceto no fim de semana", {0, 1, 2, 3, 4}),
        ("dias úteis e sábado", {0, 1, 2, 3, 4, 5}),
        ("quando der", None),
        ("menos", None),
    ],
)
def test_days_of_the_week(text: str, days: set[int] | None) -> None:
    assert days_of_week(text) == (None if days is None else frozenset(days))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("férias até dia 20", date(2026, 12, 21)),
        ("férias até 20/12", date(2026, 12, 21)),
        ("viajando até 10 de janeiro", date(2027, 1, 11)),
        ("volto dia 21", date(2026, 12, 21)),
        ("pausa uma semana", date(2026, 12, 2)),
        ("pausa por 15 dias", date(2026, 12, 10)),
        ("pausa 2 semanas", date(2026, 12, 9)),
        ("pausa um mês", date(2026, 12, 25)),
        ("pausa hoje", date(2026, 11, 26)),
        ("pausa esta semana", date(2026, 11, 30)),
        ("pausa até segunda", date(2026, 11, 30)),
        ("férias até segunda", date(2026, 12, 1)),
        ("volto na quinta", date(2026, 11, 26)),
        ("até amanhã", date(2026, 11, 27)),
        ("férias", None),
        ("férias até dia 32", None),
        ("pausa 900 dias", None),
    ],
)
def test_the_end_of_a_pause(text: str, day: date | None) -> None:
    assert pause_until(text, WEDNESDAY) == day


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("moro em Manaus", "America/Manaus"),
        ("agora moro em Rio Branco, Acre", "America/Rio_Branco"),
        ("estou em Cuiabá", "America/Cuiaba"),
        ("me mudei pra Lisboa", "Europe/Lisbon"),
        ("tô no Rio", "America/Sao_Paulo"),
        ("moro em Viçosa", "America/Sao_Paulo"),  # in three states, all on the clock of Brasília
        ("moro no Amazonas", "America/Manaus"),
        ("moro em Tabatinga, Amazonas", "America/Eirunepe"),
        ("estou no Japão", "Asia/Tokyo"),
        ("horário de Brasília", "America/Sao_Paulo"),
        ("vivo em Miami", "America/New_York"),
    ],
)
def test_a_place(text: str, zone: str) -> None:
    found = wish(text)
    assert found is not None and [place.zone for place in found.places] == [zone]


def test_places_of_one_name_on_different_clocks_are_asked_about() -> None:
    found = wish("moro em Bonito")
    assert found is not None and {place.region for place in found.places} >= {"MS", "PE"}


def test_the_other_kinds_on_and_off() -> None:
    assert wish("me avisa na véspera") == Wish(kinds=(Kind.EVE,))
    assert wish("não quero aviso na véspera") == Wish(kinds=(Kind.EVE,), off=True)
    assert wish("me avisa antes do almoço") == Wish(kinds=(Kind.LUNCH,))
    assert wish("avisa antes de cada refeição") == Wish(kinds=MEALS)
    weekly = wish("me lembra de montar a próxima semana no domingo às 18h")
    assert weekly is not None and weekly.kinds == (Kind.WEEK,) and weekly.days == frozenset({6})
    assert wish("volta os lembretes") == Wish(resume=True)
    assert wish("pausa") == Wish(pause=True)


@pytest.mark.parametrize(
    "text",
    [
        "não aguento mais frango",
        "amanhã almoço fora",
        "troca o jantar de quarta por peixe",
        "estou em casa",
        "estou na praia",
        "mudei para leite sem lactose",
        "estou de férias",
        "repete a segunda na quinta",
        "de segunda a sexta",
        "7h",
        "quero 4 refeições",
    ],
)
def test_words_about_something_else(text: str) -> None:
    assert wish(text) is None


def test_one_day_of_the_week_means_its_menu_even_after_reminders_were_shown() -> None:
    assert wish("sexta", about=True) is None
    assert wish("e amanhã?", about=True) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    found = wish(text, about=True)
    assert found is None or found.days is None or found.days
    assert days_of_week(text) != frozenset()
    until = pause_until(text, WEDNESDAY)
    assert until is None or until > WEDNESDAY


@pytest.mark.parametrize(
    "text",
    ["pesei 72,3", "somos 3 em casa", "quero 4 refeições", "comi 2 ovos", "tenho 34 anos", "meta 70 kg"],
)
def test_a_number_of_something_else_is_no_hour_while_reminders_are_in_the_air(text: str) -> None:
    assert wish(text, about=True) is None


@pytest.mark.parametrize(
    "text", ["8", "às 8", "melhor às 8", "muda para as 8", "seg e qua às 8", "prefiro 8"]
)
def test_a_bare_hour_is_one_while_reminders_are_in_the_air(text: str) -> None:
    found = wish(text, about=True)
    assert found is not None and found.hour is not None and found.hour.suggestions == ("08:00", "20:00")
