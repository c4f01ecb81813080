"""Sentences of /idioma; the name of a language is written in that language everywhere."""

from handlers.catalogue import mark as _

ASK = _("Em que idioma eu falo com você?\nPratos, receitas e o guia continuam em português.")
CHANGED = _("Pronto: agora falo português. Para mudar, escreva /idioma.")
PORTUGUESE = _("Português")
ENGLISH = _("English")
SPANISH = _("Español")
