"""Sentences of /peso, of the summary of a week and of new targets: the trend, not the day; no praise, no blame."""

from handlers.catalogue import mark as _
from handlers.catalogue import marks as n_

# Asking for a weight
ASK = _("Quanto você pesa hoje?\nEscreva só o número. Exemplo: 82,3")
NOT_READ = _("Não entendi {said} como peso.\nEscreva em quilos. Exemplo: 82,3")
OUT_OF_RANGE = _("Não anoto {said}. Vale de 30 a 300 quilos. Exemplo: 82,3")
READ_AS = _("Li {said}. É {value}?")
WHICH = _("Li {said}. Qual é o seu peso?")
JUMP = _("Em {day} você anotou {before}. Agora é {value} mesmo?")
JUMP_PROFILE = _("No seu perfil está {before}. Agora é {value} mesmo?")
JUMP_HIDDEN = _("É bem diferente do último. É {value} mesmo?")
ANOTHER_TIME = _("Tudo bem. Quando quiser anotar, escreva: pesei 82,3")

# A weight that was kept
SAVED = _("Anotei {weight}, {when}.")
CHANGED = _("Corrigi o peso de {when}: era {before}, ficou {weight}.")
SAVED_HIDDEN = _("Anotei o peso de {when}.")
TODAY = _("hoje")
YESTERDAY = _("ontem")
UNDONE = _("Desfiz. Tirei o peso de {when}.")
UNDONE_BACK = _("Desfiz. O peso de {when} voltou a {weight}.")
UNDONE_HIDDEN = _("Desfiz.")
ALREADY = _("Isso já estava desfeito.")
WAITS_FOR_RIGHT = _("Anote o peso certo, e números e lembretes voltam.")
AS_BEFORE = _("Números e lembretes estão de novo como antes.")

# The trend
TOO_EARLY = _("Com 2 semanas de registros eu mostro a tendência.")
NOISE = _("O peso de um dia varia com água, sal e intestino.")
TREND = _("Tendência das {weeks} últimas semanas: {pace}, cerca de {amount} por semana.")
TREND_BARE = _("Tendência das {weeks} últimas semanas: {pace}.")
FALLS_FAST = _("desce depressa")
FALLS = _("desce")
FALLS_SLOWLY = _("desce devagar")
STEADY = _("está estável")
RISES_SLOWLY = _("sobe devagar")
RISES = _("sobe")
TOO_FAST = _(
    "É mais rápido do que eu sugiro, que é até {limit} por semana. Devagar, seus músculos ficam protegidos."
)
TOO_FAST_HIDDEN = _("É mais rápido do que eu sugiro. Devagar, seus músculos ficam protegidos.")
SEE_SOMEBODY = _("Não era sua intenção, ou há fraqueza ou tontura? O posto de saúde (UBS) atende.")

# The records
RECORDS = _("<b>Pesos anotados</b>")
RECORDS_WHICH = _("Toque num dia para tirar.")
RECORD = _("{day}: {weight}")
NO_RECORDS = _("Você ainda não anotou o peso. Exemplo: pesei 82,3")
ONE_RECORD = _("{day}: {weight}. Tiro este registro?")
RECORD_GONE = _("Esse registro já não existe.")
REMOVED = _("Tirei o registro de {day}.")
RECORDS_HIDDEN = _("Os números estão escondidos. Em Meus dados você mostra de novo.")

ALL_WEIGHTS = n_("Peso: anotado em {n} dia", "Peso: anotado em {n} dias")

# The chart
CHART_TITLE = _("Tendência do peso")
CHART_DATE = _("{day} {month}")
CHART_DAYS = _("Cada dia")
CHART_LINE = _("Tendência")
CHART_FILE = _("tendencia-{day}.png")

# The summary of a week
SUMMARY = _("<b>Sua semana: {span}</b>")
SUMMARY_DONE = n_("Dia feito: {days}.", "{n} dias feitos: {days}.")
SUMMARY_NONE = _("Nesta semana não houve dia marcado, e tudo bem.")
SUMMARY_EMPTY = _(
    "Ainda não há nada marcado nesta semana.\nVale tocar em Feito no aviso do dia, ou anotar o peso."
)
WENT_WELL = _("<b>O que deu certo</b>")
PLANTS = _("Frutas e verduras chegaram ao recomendado nos dias feitos.")
VARIETY = _("Você comeu {n} pratos principais diferentes.")
LIKED = _("Pratos de que você gostou: {dishes}.")
WEIGHED = n_("O peso foi anotado {n} vez.", "O peso foi anotado {n} vezes.")
NEXT_WEEK = _("A próxima semana começa como você quiser.")

# The summary among the reminders
STATUS_SUMMARY = _("Resumo da semana: {on_day}, às {hour}.")
ASK_DAY = _("<b>Resumo da semana</b>\nEm que dia mando?")
SUMMARY_SET = _("Combinado: {on_day}, às {hour}, mando o resumo da semana.")
SUMMARY_OFF = _("Tudo bem. Não mando mais o resumo da semana.")

# A new target
OFFER = _("Pela tendência, {after} por dia combinam melhor com você do que {before}.")
OFFER_WEIGHT = _(
    "Seu peso mudou de {old} para {new}. Com ele, a conta dá {after} por dia em vez de {before}."
)
SPENDS_MORE = _("Seu corpo parece gastar mais do que a conta previa.")
SPENDS_LESS = _("Seu corpo parece gastar menos do que a conta previa.")
OFFER_ESTIMATE = _("As contas são estimativas, e a tendência é sua. Uso a meta nova nos próximos cardápios?")
USED = _("Pronto: a meta passou para {after} por dia.\nVale para os próximos cardápios.")
KEPT = _("Tudo bem. A meta continua em {before} por dia.")
OFFER_UNDONE = _("Desfiz. A meta voltou para {before} por dia.")
OFFER_OLD = _("Essa sugestão já não vale. Sua meta é de {now} por dia.")

# Labels
RECORDS_BUTTON = _("Registros")
SUMMARY_BUTTON = _("Resumo da semana")
DARK_CHART = _("Gráfico escuro")
LIGHT_CHART = _("Gráfico claro")
SEE_TREND = _("Ver tendência")
NOTE_WEIGHT = _("Anotar peso")
RECORD_BUTTON = _("{day} · {weight}")
USE = _("Usar {energy}")
KEEP = _("Manter {energy}")
REMOVE_IT = _("Tirar registro")
