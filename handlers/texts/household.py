"""Sentences and labels of the household: who eats how much, and recipes for all."""

from handlers.catalogue import mark as _
from handlers.catalogue import marks as n_

# How much somebody eats beside the person: on buttons and after a comma
HALF = _("metade")
LESS = _("um pouco menos")
SAME = _("igual")
MORE = _("um pouco mais")
HALF_MORE = _("uma e meia")
DOUBLE = _("o dobro")
PERCENT = _("{n}% da sua")

WHO_EATS = _("<b>Quanto cada pessoa come?</b>\nA pessoa 1 é você. Toque em quem come mais ou menos que você.")
HOW_MUCH = _("<b>Quanto a pessoa {n} come?</b>\nPerto da sua porção.")
ALONE = _("A lista é só para você. Diga primeiro para quantas pessoas.")
PERSON_EATS = _("Pessoa {n}: {share}")
CHOSEN = _("✅ {share}")
ALL_SAME = _("Cada uma come a mesma porção que você.")

# A recipe for all
FOR_N = n_("para {n} pessoa", "para {n} pessoas")
TIME = _("{minutes} minutos · {people}")
ON_PLATES = _("<b>No prato de cada pessoa</b>")
YOUR_PLATE = _("<b>Você</b>")
PLATE = _("<b>Pessoa {n}, {share}</b>")
SAME_PLATE = _("A pessoa {n} come o mesmo que você.")
SAME_PLATES = _("As pessoas {people} comem o mesmo que você.")

# Buttons
SHARES = _("Porções")
HOW_MANY = _("Pessoas")
FOR_ALL = n_("Para {n} pessoa", "Para {n} pessoas")
ONLY_MINE = _("Só para mim")
BACK = _("Voltar")
