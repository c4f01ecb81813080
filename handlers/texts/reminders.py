"""Sentences of /lembretes and of what the bot sends on its own."""

from handlers.catalogue import mark as _
from handlers.catalogue import marks

# /lembretes
STATUS_ON = _("<b>Lembretes: {days} às {hour}</b>")
STATUS_OTHERS = _("<b>Lembretes ligados</b>\nO cardápio da manhã está desligado.")
STATUS_ZONE = _("Horário de {city}.")
STATUS_EVE = _("Na véspera, às {hour}, aviso o que descongelar ou deixar de molho.")
STATUS_MEALS = _("Antes de comer: {meals}.")
STATUS_MEAL = _("{slot} às {hour}")
STATUS_WEEK = _("Próxima semana: pergunto {on_day}, às {hour}.")
STATUS_PAUSED = _("Em pausa. Volto {on_date}.")
STATUS_OFF = _("<b>Lembretes desligados</b>\nPosso mandar o cardápio do dia no horário que você escolher.")

EVERY_DAY = _("todo dia")
WORKDAYS = _("de segunda a sexta")
WEEKEND = _("sábado e domingo")
ON_FEMININE = _("na {day}")
ON_MASCULINE = _("no {day}")

# Hour
ASK_HOUR = _("A que horas mando o cardápio do dia? Exemplo: 7h, 12h30 ou 7 da noite")
SET = _("Combinado: {days} às {hour}, horário de {city}.")
OFF = _("Desliguei os lembretes. Para voltar, é só escrever lembretes.")
UNDONE = _("Desfiz. Os lembretes voltaram para {hour}.")
UNDONE_OFF = _("Desfiz. Os lembretes ficam desligados.")
UNDONE_OTHERS = _("Desfiz. Os lembretes estão como antes.")

# Days
ASK_DAYS = _("Em que dias mando o cardápio?\nToque ou escreva. Exemplo: de segunda a sexta")
DAYS_SET = _("Combinado: {days}, às {hour}.")
DAYS_SET_OFF = _("Combinado: {days}.")
BAD_DAYS = _("Não entendi {said} como dias. Escreva assim: de segunda a sexta, ou seg, qua e sex.")

# City
ASK_CITY = _(
    "Em que cidade você está?\nEscreva o nome, ou toque em Mandar localização. Uso só o fuso e não guardo o lugar."
)
WHICH_CITY = _("Há mais de um lugar com esse nome. Qual é o seu?")
CITY_IN = _("{name} · {region}")
BAD_CITY = _("Não conheço {said}. Escreva a cidade maior mais perto. Exemplo: Manaus")
MOVED = _("Mudei para o horário de {city}, onde agora são {now}.")
MOVED_AS = _("{place} segue o horário de {city}, onde agora são {now}.")
KEEPS_HOUR = _("Seu lembrete continua às {hour}, no horário de lá.")

# Pause
ASK_PAUSE = _("Até quando? Toque ou escreva. Exemplo: férias até dia 20")
PAUSED = _("Pausei. Volto {on_date}, às {hour}.")
PAUSE_OFF = _("Os lembretes já estão desligados. Não há o que pausar.")
BAD_PAUSE = _("Não entendi até quando. Escreva assim: até dia 20, ou uma semana.")
RESUMED = _("Voltei. O próximo lembrete vem {on_date}, às {hour}.")

# The evening before, meals, the next week
EVE_ON = _("Combinado: na véspera, às {hour}, aviso o que descongelar ou deixar de molho.")
EVE_OFF = _("Tudo bem. Não aviso mais na véspera.")
MEALS = _("<b>Antes de cada refeição</b>\nToque nas que você quer. Para mudar a hora, escreva: almoço às 11h")
MEALS_SET = _("Combinado. Aviso antes de comer: {meals}.")
MEALS_OFF = _("Tudo bem. Não aviso mais antes de comer.")
ASK_WEEK = _("<b>Próxima semana</b>\nEm que dia pergunto se quer montar?")
WEEK_SET = _("Combinado: {on_day}, às {hour}, pergunto da próxima semana.")
WEEK_OFF = _("Tudo bem. Não pergunto mais da próxima semana.")

# What the bot sends on its own: no disease, no weight, no goal
TODAY = _("<b>Hoje, {weekday}</b>")
LATE = _("Fiquei fora do ar e o lembrete das {hour} atrasou. Ainda dá tempo:")
LINE = _("{slot}: {name}")
SHORT_BREAKFAST = _("Café")
SHORT_SNACK = _("Lanche")
NO_MENU = _("Hoje ainda não há cardápio. Quer montar a semana?")
EVE = _("<b>Para amanhã</b>")
EVE_SOAK = _("Deixe de molho: {foods}.")
EVE_THAW = _("Passe do congelador para a geladeira: {foods}.")
EVE_DISH = _("Prepare hoje: {foods}.")
EVE_DONE = _("Feito.")
MEAL = _("<b>{slot}</b>\n{name}")
NEXT_WEEK = _("Vamos montar a próxima semana?")
STOPPED = marks(
    "Faz {n} dia que não nos falamos, então parei os lembretes. Quer que eu volte?",
    "Faz {n} dias que não nos falamos, então parei os lembretes. Quer que eu volte?",
)

# After an answer: one line, no streaks, no scolding
ANSWERED_DONE = _("Anotei: feito.")
ANSWERED_SKIPPED = _("Tudo bem.")
MORE_TOMORROW = _("Amanhã às {hour} tem mais.")
MORE_LATER = _("O próximo vem {on_day}, às {hour}.")
