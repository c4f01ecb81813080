"""An amount beside its target, in the same words under a chart and in it."""

from handlers.catalogue import Catalogue
from handlers.texts import files as f


def amount_text(t: Catalogue, grams: float, target: float | None, *, at_least: bool = False) -> str:
    """123 g de 120 g; for fibre, which has no upper aim, "42 g, meta a partir de 25 g"."""
    if target is None:
        return t.grams(grams)
    sentence = f.AT_LEAST if at_least else f.OF_TARGET
    return t.plain(sentence, amount=t.grams(grams), target=t.grams(target))
