"""Words on pictures, in the PDF and in the calendar file. Captions say the same facts as the pictures."""

from handlers.catalogue import mark as _
from handlers.catalogue import marks as n_

# The week card
WEEK = _("Cardápio da semana")
BREAKFAST = _("Café")
LUNCH = _("Almoço")
DINNER = _("Jantar")
SNACKS = _("Lanches")
WITHHELD = _("retirado")
SUGGESTION = _("Sugestão educativa. Não substitui nutricionista nem médico.")

# The chart of a day
ENERGY_TARGET = _("meta {target}")
ENERGY_BARE = _("no dia")
PROTEIN = _("Proteína")
CARBS = _("Carboidrato")
FAT = _("Gordura")
FIBRE = _("Fibras")
OF_TARGET = _("{amount} de {target}")
AT_LEAST = _("{amount}, meta a partir de {target}")
SHARE = _("{percent}% da energia")

# The PDF
PDF_TITLE = _("Cardápio · {span}")
MENU = _("A semana")
RECIPES = _("Receitas")
SHOPPING = _("Lista de compras")
RECIPE_WHERE = _("{minutes} min · {days}")
DAY_AND_SLOT = _("{weekday} ({slot})")
AT_HOME = _("Já tem em casa")
TO_TASTE = _("A gosto, você deve ter")
PAGE = _("Página {page} de {pages}")
NOTHING_TO_BUY = _("Nada a comprar.")
FOR_PEOPLE = n_("Para {n} pessoa", "Para {n} pessoas")

# The calendar
CALENDAR = _("Cardápio")
EVENT = _("{slot}: {meal}")

# Captions
CARD_CAPTION = _("<b>Cardápio · {span}</b>\n{days}")
CARD_LINE = _("{weekday}: {meals}")
CHART_CAPTION = _("<b>{day}</b>\n{lines}")
CHART_LINE = _("{name}: {amount}")
CHART_ENERGY = _("Energia: {energy}")
NUMBERS_HIDDEN = _("Os números estão escondidos, e o gráfico só tem números.")
PDF_CAPTION = _("Semana de {span} para imprimir: refeições, receitas e lista.")
ICS_CAPTION = _("Refeições de {span} para a sua agenda.")

# Buttons
PICTURE = _("Imagem")
PICTURE_DARK = _("Imagem escura")
PDF = _("PDF")
AGENDA = _("Agenda")
CHART = _("Gráfico")

# File names, without accents
CARD_FILE = _("cardapio-{start}.png")
CHART_FILE = _("dia-{day}.png")
PDF_FILE = _("cardapio-{start}.pdf")
ICS_FILE = _("cardapio-{start}.ics")
