"""Sentences of /perfil."""

from handlers.catalogue import mark as _

TITLE = _("<b>Seus dados</b>")
WHICH = _("Toque no que quiser corrigir, ou escreva assim: peso 75,2")
HIDDEN = _("Números escondidos: não mostro calorias, macros nem peso.")
NEW_WEEK = _("O cardápio desta semana foi feito com os dados de antes. Quer outro?")
NUMBERS_OFF = _("Pronto: não mostro mais calorias, macros nem peso.")
NUMBERS_ON = _("Pronto: voltei a mostrar os números.")
