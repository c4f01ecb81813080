"""Is something to stay out for good? What was understood, before it is kept."""

from collections.abc import Iterable
from dataclasses import replace

from handlers.catalogue import joined
from handlers.texts import buttons as b
from handlers.texts import proposals as p
from handlers.texts import restrictions as r
from handlers.transport.screens import Button, Screen, View, screen
from nutrition.person import Restriction, Strength
from nutrition.restrictions.labels import label

ASKED, YES, NO = "restricao_entendi", "r_sim", "r_nao"


@screen(ASKED)
async def asked(view: View, *, items: list[dict[str, str]]) -> Screen:
    """What would stay out, and what it would be."""
    t, table = view.t, view.services.table
    found = [Restriction(each["code"], Strength(each["strength"]), each["said"]) for each in items]
    # A kind may be called by what it is without: "sem açúcar adicionado".
    names = [label(replace(item, strength=Strength.DIETA), table).removeprefix("sem ") for item in found]
    line = t(p.LINE, what=t(r.OUT_FOR_GOOD, items=t.listing(names)))
    strength, codes = found[0].strength, codes_of(found)
    yes = Button(t.plain(r.TAKE_IT_OUT), f"{YES}:{strength.value}:{codes}")
    allergy = Button(t.plain(b.IS_ALLERGY), f"{YES}:{Strength.ALERGIA.value}:{codes}")
    rows = ((yes,),) if strength is Strength.ALERGIA else ((yes,), (allergy,))
    return Screen(joined([t(p.UNDERSTOOD), line, t(p.MAY_I)]), (*rows, (Button(t.plain(p.NO), f"{NO}:0"),)))


def codes_of(items: Iterable[Restriction]) -> str:
    """The codes of ``items`` as a button carries them."""
    return ",".join(item.code.replace(":", ".", 1) for item in items)
