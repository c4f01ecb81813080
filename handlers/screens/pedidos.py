"""A wish was kept or forgotten; words are being read."""

from handlers.catalogue import joined
from handlers.keyboards import place
from handlers.texts import wishes as w
from handlers.transport.screens import Button, Screen, View, screen
from menus import wished


@screen("pedido_anotado")
async def noted(view: View, *, wish: str) -> Screen:
    """What was understood, with what was asked before; a new week follows it at once, if one wants."""
    t = view.t
    kept = await wished.kept(view.conn, view.person.id) if view.person else ""
    before = t(w.ALL_WISHES, wishes=kept) if kept != wish else ""
    rows = ((place(t, "nova"),), (Button(t.plain(w.FORGET), "pedido_apaga"),))
    return Screen(joined([t(w.NOTED, wish=wish), before]), rows)


@screen("pedidos_esquecidos")
async def forgotten(view: View) -> Screen:
    """No wish is kept any more."""
    return Screen(view.t(w.FORGOTTEN), ((place(view.t, "nova"),),))


@screen("lendo")
async def reading(view: View, *, job: int) -> Screen:
    """Words that the rules did not read are being read; the answer takes this message's place."""
    return Screen(view.t(w.READING), remember=f"job:{job}")
