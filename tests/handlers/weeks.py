"""A week for tests: the day of the storyboard on each of seven dates, with figures of the real food table."""

from dataclasses import replace
from datetime import date, timedelta

from nutrition.foods import FoodTable
from nutrition.menu import Day, Meal, Origin, PlannedDish, Portion, Role, Slot, Source, Week

MONDAY = date(2026, 11, 23)
TABLE = FoodTable.load()


def portion(food_id: str, grams: float, measure: str) -> Portion:
    """Grams of a food of the real table."""
    return Portion(food_id, TABLE[food_id].name, grams, measure)


def dish(
    name: str, role: Role, *portions: Portion, steps: tuple[str, ...] = (), minutes: int = 0
) -> PlannedDish:
    """A dish of the guide."""
    source = Source("Guia Cardápio", "Prato do dia a dia", None, 1)
    return PlannedDish(name, role, portions, steps, minutes, (source,), Origin.GUIA, name.lower())


BREAKFAST = Meal(
    Slot.CAFE_DA_MANHA,
    "Pão com ovo e mamão",
    (
        dish(
            "Pão com ovo e mamão",
            Role.PRINCIPAL,
            portion("pao-frances", 50, "1 unidade"),
            portion("ovo-cozido", 90, "2 unidades"),
            portion("mamao-formosa", 170, "1 fatia"),
        ),
    ),
)
LUNCH = Meal(
    Slot.ALMOCO,
    "Arroz, feijão, frango e couve",
    (
        dish(
            "Frango grelhado com couve",
            Role.PRINCIPAL,
            portion("peito-de-frango-grelhado", 100, "1 filé"),
            portion("couve-manteiga-refogada", 80, "4 colheres de sopa"),
            portion("sal", 1.5, "3 pitadas"),
            steps=("Tempere o frango com o sal.", "Grelhe 4 minutos de cada lado."),
            minutes=25,
        ),
        dish("Arroz branco", Role.ACOMPANHAMENTO, portion("arroz-branco-cozido", 125, "5 colheres de sopa")),
        dish("Feijão", Role.ACOMPANHAMENTO, portion("feijao-carioca-cozido", 140, "1 concha")),
        dish("Laranja", Role.FRUTA, portion("laranja-pera", 140, "1 unidade")),
    ),
)
DINNER = Meal(
    Slot.JANTAR,
    "Camarão com batata",
    (
        dish(
            "Camarão com batata",
            Role.PRINCIPAL,
            portion("camarao-cozido", 100, "5 colheres de sopa"),
            portion("batata-inglesa-cozida", 280, "2 unidades"),
            portion("azeite-de-oliva", 5, "1 colher de chá"),
            portion("sal", 1.5, "3 pitadas"),
            steps=("Cozinhe as batatas por 15 minutos.",),
            minutes=30,
        ),
    ),
)


def week(start: date = MONDAY, *, withheld: str | None = None) -> Week:
    """Seven days of three meals; ``withheld`` takes the dinner out."""
    dinner = replace(DINNER, withheld=withheld)
    days = tuple(Day(start + timedelta(days=i), (BREAKFAST, LUNCH, dinner)) for i in range(7))
    return Week(start, days, Origin.GUIA)
