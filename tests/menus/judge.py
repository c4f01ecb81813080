"""A judge of served weeks that shares nothing with the checker: its own words for each restriction, its own look at tags."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from nutrition.food import Food
from nutrition.foods import FoodTable
from nutrition.menu import Meal, Week

MEAT = (
    "frango galinha peru pato bife carne boi bovina patinho alcatra acem picanha costela cupim musculo figado moela porco"
    " suino suina lombo pernil bacon presunto linguica salsicha salame mortadela toucinho charque cordeiro"
)
FISH = "peixe tilapia salmao atum sardinha bacalhau merluza pescada corvina dourado pintado tambaqui pirarucu anchova"
SHELLFISH = "camarao caranguejo siri lagosta lagostim"
MOLLUSCS = "lula polvo ostra marisco mexilhao vieira"
DAIRY = "leite queijo iogurte manteiga requeijao ricota mussarela parmesao coalhada nata whey kefir provolone muçarela"
EGGS = "ovo ovos omelete gema clara maionese"
WHEAT = "trigo centeio cevada malte seitan cerveja macarrao"
PORK = "porco suino suina bacon presunto toucinho torresmo pernil"
ALCOHOL = "vinho cerveja cachaca rum conhaque vodca licor"

SAFE = (
    r"leite (?:de )?(?:coco|amendoas?|castanhas?|aveia|arroz|soja|vegetal)|bebida vegetal[^,.;]*|manteiga de (?:amendoim|cacau)"
    r"|queijo (?:de )?(?:castanha|caju|tofu|vegano|vegetal)s?|(?:couve|feijao|alface|abobora|fava)[ -]manteiga"
    r"|iogurte (?:de )?(?:coco|soja|vegetal|castanha)\w*|carne de (?:soja|jaca|caju|caqui)|carne vegetal|trigo sarraceno"
    r"|macarrao de (?:arroz|milho|feijao|lentilha|grao)\w*|macarrao (?:bifum|konjac|sem gluten)|nata de coco|creme de leite de coco"
    r"|sem (?:\w+ ){0,2}?(?:leite|lactose|gluten|ovos?|carne|queijo|trigo|manteiga)|requeijao (?:de|vegano)\w*|ovo de colher"
    r"|(?:leite|queijo|iogurte|requeijao) (?:\w+ ){0,2}(?:vegan[oa]|vegetal)|maionese (?:\w+ ){0,2}vegan[oa]|claras? de (?:agua|grao)\w*"
    r"|vinagre de (?:vinho|arroz|maca)(?: tinto| branco)?|pernil de cordeiro"
)
"""Phrases in which a word of the lists does not mean the thing."""


@dataclass(frozen=True)
class Ban:
    """What one restriction forbids, as its author understands it."""

    words: str = ""
    allergens: frozenset[str] = frozenset()
    animal: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    def food(self, food: Food) -> bool:
        """Whether the table's marks of ``food`` fall under the ban."""
        return bool(food.allergens & self.allergens or food.animal & self.animal or food.tags & self.tags)

    def text(self, text: str) -> str | None:
        """The word of ``text`` that falls under the ban."""
        plain = re.sub(SAFE, " ", _plain(text))
        banned = set(_plain(self.words).split())
        return next((word for word in re.findall(r"[a-z]+", plain) if word in banned), None)


ALL_MEAT = frozenset({"ave", "bovina", "suina", "outra_carne"})
SEA = frozenset({"peixe", "crustaceo", "molusco"})
BANS = {
    "leite": Ban(DAIRY, allergens=frozenset({"leite"}), animal=frozenset({"leite"})),
    "ovos": Ban(EGGS, allergens=frozenset({"ovos"}), animal=frozenset({"ovo"})),
    "gluten": Ban(WHEAT, tags=frozenset({"gluten"})),
    "peixes": Ban(FISH, allergens=frozenset({"peixes"}), animal=frozenset({"peixe"})),
    "crustaceos": Ban(SHELLFISH, allergens=frozenset({"crustaceos"}), animal=frozenset({"crustaceo"})),
    "amendoim": Ban("amendoim pacoca", allergens=frozenset({"amendoim"})),
    "soja": Ban("soja tofu shoyu misso edamame", allergens=frozenset({"soja"})),
    "vegetariano": Ban(f"{MEAT} {FISH} {SHELLFISH} {MOLLUSCS}", animal=ALL_MEAT | SEA),
    "vegano": Ban(
        f"{MEAT} {FISH} {SHELLFISH} {MOLLUSCS} {DAIRY} {EGGS} mel",
        animal=ALL_MEAT | SEA | {"leite", "ovo", "mel", "gelatina", "inseto"},
    ),
    "halal": Ban(f"{PORK} {ALCOHOL}", animal=frozenset({"suina"}), tags=frozenset({"nao_halal", "alcool"})),
}


def violations(week: Week, codes: tuple[str, ...], table: FoodTable) -> Iterator[str]:
    """Everything in the week that a person with these restrictions must not get."""
    for code in codes:
        ban = BANS[code]
        for meal in _meals(week):
            for dish in meal.dishes:
                for portion in dish.portions:
                    if ban.food(table[portion.food_id]):
                        yield f"{code}: {portion.food_id} in {dish.name!r}"
            for text in texts_of(meal):
                if (word := ban.text(text)) is not None:
                    yield f"{code}: {word!r} in {text!r}"


UNFIT = re.compile(
    r"[<>{}`]|&[a-z]+;|https?:|www\.|\.com\b|\.example|tg://|@|\]\(|\u202e|script|unicornio|xyzzy|detox|cura |emagrece|ignore"
    r"|\b(?:chicken|grilled|the|with|until|whisk|eggs?|pollo|papas|cocine|poulet|faites|cuire|mit|und|mischen|della|mescolare)\b"
)
"""Traces of what the hostile drafts tried to bring in: markup, links, promises, orders, other languages."""


def unfit(week: Week) -> Iterator[str]:
    """Every text of the week that should not be shown to anybody, and every dish without a source."""
    for meal in _meals(week):
        for text in texts_of(meal):
            if len(text) > 400 or not text.strip() or UNFIT.search(_plain(text)):
                yield text[:80]
        for dish in meal.dishes:
            if not dish.sources or not dish.portions:
                yield f"{dish.name}: no source or no food"


def texts_of(meal: Meal) -> Iterator[str]:
    """Every text that is shown of a meal."""
    yield meal.name
    for dish in meal.dishes:
        yield dish.name
        yield from dish.steps
        for portion in dish.portions:
            yield portion.food
            yield portion.measure


def _meals(week: Week) -> Iterator[Meal]:
    for day in week.days:
        yield from day.meals


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in folded if not unicodedata.combining(char))
