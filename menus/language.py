"""Is a text Portuguese? Judged by the words that the food table and the guide's dishes use.

The test: a text that has a word of a foreign kitchen is refused, and so is one of whose words less than half are known.
Known are the words of the food table (names and synonyms), of the offered dishes and their steps, and the small and common
words of the language. Names of two words are the shortest that are judged; over half of Spanish kitchen words are unknown
here, so that "Pollo asado" falls while "Moqueca baiana" stands.
"""

from collections.abc import Iterable
from functools import lru_cache

from nutrition.foods import FoodTable
from nutrition.menu import Dish
from nutrition.words import tokens

LEAST_KNOWN = 0.5
"""Share of a text's words that must be known."""

_SMALL = frozenset(
    tokens(
        "a o as os um uma uns umas de da do das dos em na no nas nos ao aos com sem e ou que se por para pra pela pelo ate sobre"
        " entre como mais menos bem quando depois antes ja so cada todo toda todos todas ele ela isso este esta deste desta seu sua"
    )
)
_COMMON = frozenset(
    tokens(
        "casa caseiro caseira vovo mamae fazenda roca quintal feira domingo segunda terca quarta quinta sexta sabado verao inverno"
        " especial leve rapido rapida simples facil prato dia noite manha tarde almoco jantar lanche mineiro mineira baiano baiana"
        " paulista carioca gaucho nordestino nordestina caipira capixaba goiano paraense crocante cremoso cremosa completo completa"
        " recheado recheada gratinado gratinada misto mista colorido colorida quente frio fria novo nova tradicional moda estilo"
    )
)
"""Words that dishes are named with and that the table need not know."""

_FOREIGN = frozenset(
    tokens(
        # English
        "with and the of your into until then over grilled chicken rice beans bean salad bread egg eggs cheese fish beef pork"
        " baked fried fresh add cook serve minutes roasted steamed boiled stew soup lunch dinner breakfast turkey shrimp potato"
        " potatoes tomato tomatoes onion garlic oil butter milk chop stir heat hot well bowl mashed spinach cabbage carrot apple"
        # Spanish
        " con pollo pescado queso huevo huevos ensalada y los las el del al una unos asado asada frito fresa frijoles papas cebolla ajo aceite"
        " mantequilla leche jamon cerdo ternera res zanahoria manzana fresas naranja anade cocine mezcle caliente desayuno cena"
        # French, German, Italian
        " avec et poulet riz fromage salade du des aux une mit und der die hahnchen kase kartoffeln brot salat il lo gli della"
        " pollo formaggio insalata uova pesce manzo verdure alla allo"
    )
)


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    return frozenset(tokens(text))


@lru_cache(maxsize=4)
def _table_words(table: FoodTable) -> frozenset[str]:
    return frozenset().union(*(_words(name) for food in table for name in (food.name, *food.synonyms)))


class Portuguese:
    """The words that are known for one brief. Building it takes a few milliseconds."""

    def __init__(self, table: FoodTable, dishes: Iterable[Dish]) -> None:
        spoken: set[str] = set()
        for dish in dishes:
            for text in (dish.name, *dish.steps):
                spoken |= _words(text)
        self._known = spoken | _table_words(table) | _SMALL | _COMMON
        self._foreign = _FOREIGN - self._known

    def reads(self, text: str) -> bool:
        """Whether ``text`` passes the test of this module's first lines. Figures do not count as words."""
        words = [word for word in tokens(text) if not word[0].isdigit()]
        if any(word in self._foreign for word in words):
            return False
        content = [word for word in words if word not in _SMALL]
        known = sum(self._is_known(word) for word in content)
        return known >= LEAST_KNOWN * len(content)

    def _is_known(self, word: str) -> bool:
        return word in self._known or word.removesuffix("s") in self._known or f"{word}s" in self._known
