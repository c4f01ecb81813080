"""Sentences about wishes in free words, and about words that Gemini helps to understand."""

from handlers.catalogue import mark as _

NOTED = _("Anotei seu pedido: {wish}. Vale para as próximas semanas.")
ALL_WISHES = _("Junto com os anteriores: {wishes}.")
FORGOTTEN = _("Pronto: as próximas semanas saem sem pedidos.")
READING = _("Lendo o que você escreveu.")
FORGET = _("Esquecer pedidos")
EVERYTHING = _("Pedidos: {wishes}")
