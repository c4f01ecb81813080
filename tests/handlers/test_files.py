"""Pictures, PDF and calendar: right sizes, the week's own words, no letter that the font cannot draw, nothing personal."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from PIL import Image
from pypdf import PdfReader

from handlers.catalogue import capitalised, catalogue
from handlers.files.canvas import WIDTH, width_of, wrapped
from handlers.files.day_chart import _percents, day_chart
from handlers.files.fonts import Weight, letters, printable
from handlers.files.theme import DARK, LIGHT, Colour
from handlers.files.week_card import week_card
from handlers.files.week_ics import week_ics
from handlers.files.week_pdf import week_pdf
from menus.shopping import shopping_list
from nutrition.foods import FoodTable
from nutrition.menu import Slot, Week
from nutrition.person import Targets
from nutrition.totals import Totals, totals
from tests.weeks import guide_week

T = catalogue()
TABLE = FoodTable.load()
WEEK = guide_week(3)
A_DAY = replace(WEEK, days=WEEK.days[:1])
MADE = datetime(2026, 11, 22, 12, tzinfo=UTC)
TARGETS = Targets(1850, 120, 56, 220, 25, 2000, 40, 72, 45, 20, 45, 400)
BODY = (Weight.REGULAR, 35)


def image(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png))


def day_totals(place: int = 2) -> Totals:
    return totals([p for m in WEEK.days[place].meals for d in m.dishes for p in d.portions], TABLE)


def pdf_text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages)


def renamed(week: Week, name: str, *, withheld: str | None = None) -> Week:
    """The week with its first lunch called otherwise."""
    first = week.days[0]
    meals = tuple(
        replace(meal, name=name, withheld=withheld) if meal.slot is Slot.ALMOCO else meal
        for meal in first.meals
    )
    return replace(week, days=(replace(first, meals=meals), *week.days[1:]))


# Fonts


def test_every_letter_of_portuguese_and_of_our_texts_can_be_drawn() -> None:
    needed = set("áàâãéêíóôõúüçÁÀÂÃÉÊÍÓÔÕÚÜÇºª°½¼¾·…–—“”‘’→←%/()&+")
    assert needed <= letters()


def test_every_name_of_a_food_and_of_a_dish_can_be_drawn() -> None:
    for food in TABLE:
        assert printable(food.name) == food.name
    for meal in (meal for day in WEEK.days for meal in day.meals):
        assert printable(meal.name) == meal.name


@given(st.text())
def test_what_the_font_lacks_is_left_out_and_never_a_box(text: str) -> None:
    assert set(printable(text)) <= letters() | set(text if printable(text) == text else "")
    assert printable("Tapioca 🥥 com 漢字 coco") == "Tapioca com coco"


@given(st.lists(st.text(st.characters(whitelist_categories=["L"]), min_size=1, max_size=60), max_size=12))
def test_no_line_of_a_picture_is_wider_than_its_column(words: list[str]) -> None:
    assert all(width_of(line, BODY) <= 640 for line in wrapped(" ".join(words), BODY, 640))


# The week card


@pytest.mark.parametrize("dark", [False, True])
def test_the_card_is_as_wide_as_a_phone_and_not_endless(dark: bool) -> None:
    picture = image(week_card(WEEK, T, dark=dark))
    assert picture.format == "PNG"
    assert picture.width == WIDTH == 1080
    assert 1500 < picture.height < 3200
    assert picture.getpixel((2, 2)) == (DARK if dark else LIGHT).ground


def test_a_card_grows_with_long_names_instead_of_cutting_them() -> None:
    short, long = renamed(WEEK, "Sopa"), renamed(WEEK, "Sopa de legumes com " * 6)
    assert image(week_card(long, T)).height > image(week_card(short, T)).height


def test_a_withheld_meal_is_not_named_on_the_card() -> None:
    one = week_card(renamed(WEEK, "Camarão na moranga", withheld="x"), T)
    assert week_card(renamed(WEEK, "Camarão na moranga"), T) != one
    assert one == week_card(renamed(WEEK, "Outra coisa qualquer", withheld="x"), T)


async def test_a_card_is_made_beside_the_event_loop() -> None:
    assert (await asyncio.to_thread(week_card, WEEK, T)).startswith(b"\x89PNG")


# The chart


@pytest.mark.parametrize("dark", [False, True])
def test_the_chart_is_a_picture_of_one_size(dark: bool) -> None:
    assert image(day_chart(WEEK.days[2].date, day_totals(), TARGETS, T, dark=dark)).size == (1080, 1376)


def test_a_chart_without_targets_or_without_food_is_drawn_too() -> None:
    nothing = totals([], TABLE)
    for eaten, aimed in ((day_totals(), None), (nothing, TARGETS), (nothing, None)):
        assert image(day_chart(WEEK.days[0].date, eaten, aimed, T)).width == 1080


@given(st.lists(st.floats(0.01, 1e4), min_size=3, max_size=3))
def test_shares_of_the_plate_add_up_to_a_hundred(parts: list[float]) -> None:
    shares = [part / sum(parts) for part in parts]
    found = _percents(shares)
    assert sum(found) == 100
    assert all(abs(n - share * 100) <= 1 for n, share in zip(found, shares, strict=True))


def luminance(colour: Colour) -> float:
    channels = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_its_ground(colours: object) -> None:
    assert isinstance(colours, type(LIGHT))
    for ground in (colours.card, colours.ground):
        for text in (colours.text, colours.muted, colours.accent):
            high, low = sorted((luminance(text), luminance(ground)), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5


# The PDF


def test_the_pdf_has_the_menu_the_recipes_and_the_list() -> None:
    shopping = shopping_list(WEEK.days, TABLE, 2, frozenset({"azeite-de-oliva"}))
    content = week_pdf(WEEK, shopping, T, people=2)
    text = pdf_text(content)
    for day in WEEK.days:
        assert capitalised(T.day(day.date)) in text
        for meal in day.meals:
            assert capitalised(meal.name) in text
            for step in (step for dish in meal.dishes for step in dish.steps):
                assert " ".join(step.split()) in text
    for line in shopping.lines:
        assert f"{line.item.name} · {line.quantity}".replace("\u00a0", " ") in text.replace("\u00a0", " ")
    assert "Para 2 pessoas" in text
    assert "Azeite de oliva" in text
    pages = PdfReader(BytesIO(content)).pages
    assert 3 <= len(pages) <= 12
    assert (round(float(pages[0].mediabox.width)), round(float(pages[0].mediabox.height))) == (595, 842)
    assert f"Página 1 de {len(pages)}" in text


def test_a_withheld_meal_is_not_printed() -> None:
    week = renamed(A_DAY, "Camarão na moranga", withheld="crustaceos")
    assert "moranga" not in pdf_text(week_pdf(week, shopping_list(week.days, TABLE), T)).replace(
        "abóbora-moranga", ""
    )


def test_a_pdf_with_odd_words_is_written_all_the_same() -> None:
    week = renamed(A_DAY, "Sopa 🍲 <b>&amp; " + "muito" * 40)
    content = week_pdf(week, shopping_list((), TABLE), T)
    assert "Nada a comprar." in pdf_text(content)
    assert "🍲" not in pdf_text(content)


# The calendar


def test_the_calendar_reads_back_as_the_meals_at_local_hours() -> None:
    zone = ZoneInfo("America/Manaus")
    calendar = Calendar.from_ical(week_ics(WEEK, zone.key, T, MADE))
    events = calendar.walk("VEVENT")
    assert len(events) == sum(len(day.meals) for day in WEEK.days)
    lunch = next(e for e in events if e["uid"] == f"{WEEK.days[2].date.isoformat()}-almoco@cardapio")
    assert lunch.decoded("dtstart") == datetime(2026, 11, 25, 12, 30, tzinfo=zone)
    meal = next(m for m in WEEK.days[2].meals if m.slot is Slot.ALMOCO)
    assert str(lunch["summary"]) == f"Almoço: {capitalised(meal.name)}"
    assert lunch["transp"] == "TRANSPARENT"
    assert len(calendar.walk("VTIMEZONE")) == 1


def test_events_keep_their_names_when_the_week_changes() -> None:
    def names(week: Week) -> list[str]:
        events = Calendar.from_ical(week_ics(week, "America/Sao_Paulo", T, MADE)).walk("VEVENT")
        return [str(event["uid"]) for event in events]

    assert names(WEEK) == names(guide_week(4))
    assert len(set(names(WEEK))) == len(names(WEEK))
    assert len(names(renamed(WEEK, "x", withheld="y"))) == len(names(WEEK)) - 1


@pytest.mark.parametrize(
    ("zone", "start"), [("America/New_York", date(2026, 10, 27)), ("Europe/Lisbon", date(2026, 3, 24))]
)
def test_meals_stay_at_their_hour_when_clocks_change(zone: str, start: date) -> None:
    events = Calendar.from_ical(week_ics(guide_week(1, start), zone, T, MADE)).walk("VEVENT")
    lunches = [e.decoded("dtstart") for e in events if "almoco" in str(e["uid"])]
    assert {(at.hour, at.minute) for at in lunches} == {(12, 30)}
    assert {at.date() for at in lunches} == {start + timedelta(days=n) for n in range(7)}
    assert len({at.utcoffset() for at in lunches}) == 2


def check_files(week: Week) -> None:
    assert image(week_card(week, T)).height < 3600
    assert week_pdf(week, shopping_list(week.days, TABLE), T).startswith(b"%PDF")
    assert Calendar.from_ical(week_ics(week, "America/Sao_Paulo", T, MADE)).walk("VEVENT")


def test_another_week_can_be_drawn_and_written() -> None:
    check_files(guide_week(1_234))


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2_000))
def test_any_week_can_be_drawn_and_written(seed: int) -> None:
    check_files(guide_week(seed))
