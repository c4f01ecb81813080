"""Sentences of /lembretes and of the morning message."""

from handlers.catalogue import mark as _

STATUS_ON = _("<b>Lembretes: todo dia às {hour}</b>\nHorário de {city}.")
STATUS_OFF = _("<b>Lembretes desligados</b>\nPosso mandar o cardápio do dia no horário que você escolher.")
ASK_HOUR = _("A que horas mando o cardápio do dia? Exemplo: 7h, 12h30 ou 7 da noite")
SET = _("Combinado: todo dia às {hour}, horário de {city}.")
OFF = _("Desliguei os lembretes. Para voltar, é só escrever lembretes.")
UNDONE = _("Desfiz. Os lembretes voltaram para {hour}.")
UNDONE_OFF = _("Desfiz. Os lembretes ficam desligados.")
TODAY = _("<b>Hoje, {weekday}</b>")
LINE = _("{slot}: {name}")
SHORT_BREAKFAST = _("Café")
SHORT_SNACK = _("Lanche")
NO_MENU = _("Hoje ainda não há cardápio. Quer montar a semana?")
