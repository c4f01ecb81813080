"""Sentences of /historico."""

from handlers.catalogue import mark as _
from handlers.catalogue import marks as n_

HISTORY = _("Histórico")
TITLE = _("<b>Suas semanas</b>")
NONE = _("Ainda não há semana guardada. Monto a primeira?")
LINE = _("<b>{span}</b>\n{mains}")
DONE_DAYS = n_("Feito: {n} dia", "Feito: {n} dias")
WEEK = _("<b>Semana de {span}</b>")
REPEAT = _("Repetir")
COMPARE = _("Comparar")
BACK = _("Voltar")

COMPARED = _("<b>{before} e {after}</b>")
AVERAGE = _("Média por dia, {before} → {after}:")
ONLY_WHOLE = _("Conto só os dias com todas as refeições.")
NO_WHOLE = _("Sem médias: em {weeks}, todo dia tem refeição retirada por restrição ou fora de casa.")
ENERGY = _("Energia: {before} → {after}")
PROTEIN = _("Proteína: {before} → {after}")
FIBRE = _("Fibras: {before} → {after}")
PLANTS = _("Frutas e verduras: {before} → {after}")
DONE = _("Dias feitos: {before} → {after}")
SHARED = n_("{n} prato principal em comum", "{n} pratos principais em comum")
ONLY_ONE = _("É a sua única semana por enquanto. Com outra, comparo as duas.")
GONE = _("Essa semana não está mais na lista.")
