"""Sentences and labels of the shopping list."""

from handlers.catalogue import mark as _
from handlers.catalogue import marks as n_

# Sections of a market: whole names in texts, short ones on buttons with an arrow (12 characters)
PRODUCE = _("Hortifrúti")
MEAT = _("Carnes, aves e peixes")
DAIRY = _("Ovos, frios e laticínios")
BAKERY = _("Padaria")
GROCERY = _("Mercearia")
SEASONING = _("Molhos e temperos")
DRINKS = _("Bebidas")
FROZEN = _("Congelados")
DELI = _("Rotisseria")
MEAT_SHORT = _("Carnes")
DAIRY_SHORT = _("Frios")
SEASONING_SHORT = _("Temperos")

TITLE = _("<b>Compras · {span}</b>")
TITLE_DAYS = _("<b>Compras · {days}</b>")
PAGE = _("{section}, parte {part} de {parts}. Já foram {done} de {total}.")
PAGE_ONLY = _("{section}. Já foram {done} de {total}.")
TAP_BOUGHT = _("Toque no que você já pegou.")
TAP_HOME = _("Toque no que você já tem em casa.")
TAP_LACK = _("Toque no que você não achou. Eu digo o que pode ir no lugar.")
ALL_BOUGHT = _("Tudo no carrinho.")
FOR_PEOPLE = n_("Para {n} pessoa.", "Para {n} pessoas.")
BASICS = _("Confira em casa: {items}.")
NOTHING = _("Não falta nada para estes dias.")
NO_DAYS = _("Nenhum dia escolhido. Toque em Dias.")
ALL_AT_HOME = _("Você já tem tudo desta parte.")

LINE = _("{name} · {quantity}")
LINE_MORE = _("{name} · mais {quantity}")
TICKED = _("✅ {line}")

# The list as text, to keep or to share
SECTION = _("<b>{section}</b>")
AT_HOME = _("<b>Já tem em casa</b>")
TO_TASTE = _("<b>A gosto, você deve ter</b>")

WHICH_DAYS = _("<b>Compras de quais dias?</b>\nToque para tirar ou pôr um dia.")
HOW_MANY = _("<b>Lista para quantas pessoas?</b>")

# Over the chat, after a tap
IN_CART = _("No carrinho: {name}.")
OUT_OF_CART = _("Fora do carrinho: {name}.")
IS_HOME = _("Em casa: {name}.")
NOT_HOME = _("De volta à lista: {name}.")
LOOKING = _("Procurando o que pode ir no lugar de {name}.")
LIST_CHANGED = _("A lista mudou. Mostro a atual.")

# Differences after a swap
ENTERS = _("Entra na lista: {items}.")
LEAVES = _("Sai da lista: {items}.")
CHANGED_ITEM = _("{name} ({quantity})")

# Buttons
SHOPPING = _("🛒 Compras")
HAVE = _("Já tenho")
LACK = _("Não achei")
DONE = _("Pronto")
AS_TEXT = _("Texto")
CHOOSE_DAYS = _("Dias")
WHOLE_WEEK = _("Semana toda")
PEOPLE = _("Pessoas")
NEXT = _("{section} →")
MORE = _("Mais →")
BEFORE = _("← Antes")
BACK = _("Voltar à lista")
