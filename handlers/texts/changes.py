"""Sentences and labels of changes: what to change, alternatives, what was understood and done, and taking it back."""

from handlers.catalogue import mark as _
from handlers.catalogue import marks as n_

# Meals inside a sentence
THE_BREAKFAST = _("o café da manhã")
THE_MORNING = _("o lanche da manhã")
THE_LUNCH = _("o almoço")
THE_AFTERNOON = _("o lanche da tarde")
THE_DINNER = _("o jantar")
THE_SUPPER = _("a ceia")
TODAY = _("hoje")
MEAL_OF = _("{meal} de {weekday}")
ALL_MEALS = _("as refeições de {weekday}")
ALL_MEALS_TODAY = _("as refeições de hoje")
MEAL_TODAY = _("{meal} de hoje")

# Choosing
WHICH_MEAL = _("Qual refeição de {weekday}?")
MEAL_NOW = _("<b>{meal} de {weekday}</b>: {energy}, proteína {protein}.")
MEAL_NOW_BARE = _("<b>{meal} de {weekday}</b>")
ALIKE = _("Opções parecidas:")
FASTER_ONES = _("Opções mais rápidas:")
CHEAPER_ONES = _("Opções mais baratas:")
WITH_FOODS = _("Com {foods}, cabe:")
OPTION = _("{n}. {name}: {energy}, proteína {protein}")
OPTION_MINUTES = _("{n}. {name}: {minutes} min, {energy}, proteína {protein}")
OPTION_BARE = _("{n}. {name}")
OPTION_BARE_MINUTES = _("{n}. {name}: {minutes} min")
OPTION_BUTTON = _("{n}. {name}")
OPTIONS_GONE = _("Essas opções não valem mais com o que você não come. Toque na refeição de novo.")

# Done
SWAPPED = _("Troquei {meal} por {dish}.")
SWAPPED_DAY = _("Troquei as refeições de {weekday}.")
LESS = n_(
    "Entendi: menos {foods}. Troquei a refeição desta semana que tinha isso.",
    "Entendi: menos {foods}. Troquei as {n} refeições desta semana que tinham isso.",
)
MISSING = n_(
    "Entendi: faltou {foods}. Troquei a refeição desta semana que tinha isso.",
    "Entendi: faltou {foods}. Troquei as {n} refeições desta semana que tinham isso.",
)
INSTEAD = n_("Troquei {foods} por {item} em {n} refeição:", "Troquei {foods} por {item} em {n} refeições:")
WITHOUT = _("Tirei {foods}: mudei {meals}.")
NO_MEAT = n_("Sem carne {weekday}: troquei {n} refeição.", "Sem carne {weekday}: troquei {n} refeições.")
AWAY = _("Marquei {meal} como fora de casa e tirei os ingredientes da lista.\nO resto do dia continua igual.")
SKIPPED = _("Anotei que você pula {meal} e tirei os ingredientes da lista.\nO resto do dia continua igual.")
SKIPPED_TOTAL = _("O dia fica com {energy}. A meta é {target}.")
LOCKED = _("🔒 Travei {meal}: fica assim quando o resto da semana mudar.")
UNLOCKED = _("🔓 Destravei {meal}.")
LOCKED_STAYED = n_(
    "🔒 {n} refeição travada ficou como estava.", "🔒 {n} refeições travadas ficaram como estavam."
)
COPIED_DAY = _("Copiei {source} para {weekday}.")
COPIED_MEAL = _("Copiei {meal} de {source} para {weekday}.")
COPIED_INTO = _("Copiei {meal} de {source} para {other} de {weekday}.")
CHEAPER = _("Entendi: gastar menos. Troquei os pratos mais caros por mais baratos:")
SLOT_OFF = _("Tirei {meal} desta semana. As outras refeições do dia cresceram.")
SLOT_ON = _("Pus {meal} nos dias que faltam desta semana. As outras refeições diminuíram um pouco.")
REFILLED = n_(
    "Pus outro prato na refeição que tinha saído:", "Pus outros pratos nas {n} refeições que tinham saído:"
)
NEW_DISH = _("{meal}: {dish}")
MORE_MEALS = n_("E mais {n} refeição.", "E mais {n} refeições.")
DAY_TOTAL = _("O dia fica com {energy}, perto da meta de {target}.")
NOT_ALL = n_(
    "Em {n} refeição não achei troca que caiba na sua meta.",
    "Em {n} refeições não achei troca que caiba na sua meta.",
)
MORE_GOODS = n_("E mais {n} item mudou na lista.", "E mais {n} itens mudaram na lista.")
ALWAYS = _("Nas próximas semanas, também tiro?")
FROM_NOW_ON = _("Anotei: {foods} fica fora das próximas semanas.")
ONLY_NOW = _("Certo: menos {foods} só nesta semana.")
FOR_PEOPLE = n_("A lista de compras agora é para {n} pessoa.", "A lista de compras agora é para {n} pessoas.")
TOO_MANY_PEOPLE = _("Consigo fazer a lista para até {n} pessoas.")
TIPS_OUT = _(
    "<b>Para comer fora</b>\n"
    "Comece pela salada e pelos legumes.\n"
    "Escolha um prato com grelhado, assado ou cozido.\n"
    "Arroz e feijão valem fora também.\n"
    "Beba água e coma sem pressa."
)

# What the market did not have
INSTEAD_OF = _("Sem {foods}, dá para usar {options}.")
PUT_INSTEAD = n_("Troco na refeição que leva isso?", "Troco nas {n} refeições?")
NO_SUBSTITUTE = _("Não achei outro alimento que faça o papel de {foods} no seu cardápio.")
OTHER_DISHES = n_("Posso pôr outro prato nessa refeição.", "Posso pôr outros pratos nas {n} refeições.")
OTHER_DISH = _("Outro prato")
CHOSE = _("Sem {foods}: {item} no lugar.")
CHOSE_DISHES = _("Sem {foods}: outros pratos no lugar.")
LEFT_AS_IT_IS = _("Certo, deixei como está.")

# Kept
KEEP_WHICH = _(
    "<b>O que repetir de {weekday}?</b>\nO que você marcar entra na próxima semana, se couber na meta."
)
KEPT = _("Guardei {meal}. Na próxima semana entra de novo, se couber na meta.")
KEPT_TOAST = _("Guardado para a próxima semana.")
LET_GO_TOAST = _("Não guardo mais.")
NOT_KEPT = _("Não achei essa refeição no seu cardápio.")

# Locked
LOCK_WHICH = _(
    "<b>O que travar de {weekday}?</b>\nO que tiver 🔒 fica como está quando o resto da semana mudar."
)
LOCKED_TOAST = _("🔒 Fica como está.")
UNLOCKED_TOAST = _("🔓 Pode mudar de novo.")
LOCKED_MARK = _("{title} 🔒")

# Asked before it is done
ASK_LOCKED_MEAL = _("🔒 Você travou {meal}. Mudo mesmo assim?")
ASK_LOCKED = _("🔒 O que mudaria está travado. Mudo mesmo assim?")
ASK_PARTLY = n_(
    "Sem {foods} o dia todo sairia da meta de {what}.\nPosso tirar de {n} refeição. Faço assim?",
    "Sem {foods} o dia todo sairia da meta de {what}.\nPosso tirar de {n} refeições. Faço assim?",
)
ASK_PARTLY_BARE = n_(
    "Não achei como tirar {foods} do dia todo.\nPosso tirar de {n} refeição. Faço assim?",
    "Não achei como tirar {foods} do dia todo.\nPosso tirar de {n} refeições. Faço assim?",
)
MEAT = _("carne")
QUESTION_GONE = _("Essa pergunta já passou. Nada mudou.")

# Undone
UNDONE = _("Desfiz. Voltou ao que era.")
ALREADY_UNDONE = _("Isso já estava desfeito.")
NOTHING_TO_UNDO = _("Não há mudança para desfazer.")
CHANGED_SINCE = _("O cardápio mudou depois disso, então não desfiz.")

# Not changed
NO_DAY = _("Não tenho cardápio para {day}. Nada mudou.")
NO_MEAL = _("Não achei {meal} no cardápio desse dia. Nada mudou.")
NO_SOURCE = _("Não achei essa refeição para copiar. Nada mudou.")
MAIN_MEAL = _("{meal} é uma refeição principal e fica no cardápio.\nPor um dia, dá para pular.")
LEAST_MEALS = _("Seu dia já tem 3 refeições, o mínimo que monto. Nada mudou.")
MOST_MEALS = _("Seu dia já tem 6 refeições, o máximo que monto. Nada mudou.")
HAS_MEAL = _("Seu cardápio já tem {meal}.")
NO_SLOT = _("Seu cardápio já está sem {meal}.")
NO_FOOD = _("Não achei {foods} nos pratos que posso sugerir a você. Nada mudou.")
NONE_HAS_IT = _("Daqui até o fim da semana não há refeição com {foods}. Nada mudou.")
WITHOUT_ALREADY = _("Já está sem {foods}. Nada mudou.")
NO_MEAT_ALREADY = _("Esse dia já está sem carne.")
NO_OPTIONS = _("Não achei outra opção que caiba na meta do dia e no que você come. Nada mudou.")
SAME = _("Já está assim. Nada mudou.")
MISSES = _("Assim o dia sairia da sua meta, então não mudei nada.")
MISSES_WHAT = _("Assim o dia sairia da sua meta de {what}, então não mudei nada.")
MISSES_WITHOUT = _(
    "Sem {foods} o dia sairia da sua meta de {what}, então não mudei nada.\nVocê pode trocar uma refeição por vez."
)
TRY_AGAIN = _("O cardápio mudou enquanto eu fazia isso. Tente de novo.")
BROKE = _(
    "Não consegui mudar agora. Seu cardápio continua como estava.\nTente de novo em 1 minuto. Código: {code}"
)

# Day
AWAY_LINE = _("Fora de casa.")
SKIPPED_LINE = _("Refeição pulada.")

NOT_READ = _(
    "Entendi que é para mudar algo, mas não o quê.\n"
    "Você pode escrever, por exemplo: troca o jantar de quarta por peixe"
)

# Labels
SWAP = _("🔄 Trocar")
SWAP_DAY = _("Trocar dia")
NO_MEAT_TODAY = _("Sem carne hoje")
NO_MEAT_DAY = _("Dia sem carne")
KEEP = _("Guardar")
FASTER = _("Mais rápido")
FASTER_CHEAPER = _("Mais barato")
PICK_OTHER = _("Escolher outro")
SWAP_BOTH = _("Trocar as {n}")
TAKE_ALWAYS = _("Tirar sempre")
JUST_NOW = _("Só esta semana")
TIPS = _("Dicas")
LOCK = _("🔒 Travar")
UNLOCK = _("🔓 Destravar")
ALL_THE_SAME = _("Mudar mesmo assim")
WHERE_IT_CAN = _("Tirar onde dá")
EAT_OUT = _("Comer fora")
SKIP_MEAL = _("⏭ Pular")
ALWAYS_MEALS = _("Sempre {n} refeições")
LOCKED_LABEL = _("🔒 {label}")
TICKED = _("✅ {label}")
