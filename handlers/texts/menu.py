"""Sentences of the week, the day, recipes, sources and progress."""

from handlers.catalogue import mark as _
from handlers.catalogue import marks as n_

SLOT_BREAKFAST = _("Café da manhã")
SLOT_MORNING = _("Lanche da manhã")
SLOT_LUNCH = _("Almoço")
SLOT_AFTERNOON = _("Lanche da tarde")
SLOT_DINNER = _("Jantar")
SLOT_SUPPER = _("Ceia")

# The day
DAY_TITLE = _("<b>{day}</b>")
TODAY_TITLE = _("<b>Hoje, {day}</b>")
TODAY = _("hoje")
MEAL_TITLE = _("<b>{slot}</b> · {energy}")
MEAL_TITLE_BARE = _("<b>{slot}</b>")
FOOD_LINE = _("{measure} ({amount})")
FOODS_FOLDED = _("<blockquote expandable>{foods}</blockquote>")
WITHHELD_ALLERGY = _("Retirado por causa da sua alergia.")
WITHHELD = _("Retirado por causa das suas restrições.")
SALT = _("Sal do dia: {amount} ({measure})")
SALT_BARE = _("Sal do dia: {amount}")
TOTAL = _("<b>No dia: {energy}</b> (meta {target})")
TOTAL_BARE = _("<b>No dia: {energy}</b>")
PROTEIN_FIBRE = _("Proteína {protein} · fibras {fiber}")
CARBS_FAT = _("Carboidrato {carbohydrate} · gordura {fat}")
UNKNOWN = _("Sem dado de {nutrients} em parte dos alimentos.")
UNKNOWN_PROTEIN = _("proteína")
UNKNOWN_FIBRE = _("fibras")
UNKNOWN_CARBS = _("carboidrato")
UNKNOWN_FAT = _("gordura")

# The week
WEEK_LINE = _("{weekday}: {energy} · {mains}")
WEEK_LINE_BARE = _("{weekday}: {mains}")
WEEK_TITLE = _("<b>{span}</b>")
NO_WEEK = _("Você ainda não tem cardápio desta semana.")
NO_DAY = _("Não tenho cardápio para {day}.")
NO_PROFILE = _("Ainda não conheço você. Respondendo a algumas perguntas, monto sua semana.")
GREETING = _("Oi! Sua próxima refeição:")
GREETING_MORNING = _("Bom dia! Sua próxima refeição:")
GREETING_AFTERNOON = _("Boa tarde! Sua próxima refeição:")
GREETING_NIGHT = _("Boa noite! Sua próxima refeição:")

# Progress
STARTED = _("Montando sua semana. Leva menos de 1 minuto.")
DAYS_DONE = _("Montando sua semana: {weekday} pronta, {done} de {total}.")
DAYS_DONE_MASCULINE = _("Montando sua semana: {weekday} pronto, {done} de {total}.")
CHECKING = _("Conferindo restrições e porções.")
READY = _("Sua semana está pronta: {span}.")
ALREADY = _("Já estou montando: {done} de {total}.")
STOPPED = _("Parei de montar. O que você respondeu continua guardado.")
FAILED = _(
    "Não consegui montar sua semana agora. Suas respostas estão guardadas.\n"
    "Tente de novo em 1 minuto. Código: {code}"
)
NO_DISHES = _(
    "Com todas essas restrições não achei pratos para a semana. As restrições continuam valendo.\n"
    "Se alguma não for mais assim, você pode tirar da lista."
)
BACK_AGAIN = _("Voltei. Continuando sua semana: {done} de {total}.")

# Notes above a finished week, keyed by the codes of Week.notes
GEMINI_AWAY = _("Esta semana saiu só com pratos do guia: o ajudante que cria pratos novos não respondeu.")
GEMINI_QUOTA = _("Por hoje acabaram os pratos novos. Montei com os do guia; amanhã posso criar outros.")
GEMINI_BUDGET = _("Seus pratos novos de hoje acabaram. Montei com os do guia; amanhã posso criar outros.")
PLAIN_DISHES = _("Com as suas restrições, algumas refeições são simples: um alimento de cada tipo.")
GEMINI_PARTLY = _("Alguns pratos novos não passaram na conferência. Completei com os do guia.")
UNMET = _("Nem tudo coube na meta: {what}. As restrições foram todas respeitadas.")
UNMET_DAYS = n_("{what} em {n} dia", "{what} em {n} dias")
UNMET_ENERGY = _("calorias")
UNMET_PROTEIN = _("proteína")
UNMET_FAT = _("gordura")
UNMET_CARBS = _("carboidrato")
UNMET_FIBRE = _("fibras")
UNMET_SODIUM = _("sódio")
UNMET_SATURATED = _("gordura saturada")
UNMET_SUGAR = _("açúcar")
UNMET_FRUIT = _("frutas e verduras")
UNMET_VARIETY = _("variedade")
UNMET_SOURCES = _("tipos de proteína")
UNMET_SHARE_DAYS = n_(
    "refeição maior ou menor que o normal em {n} dia", "refeição maior ou menor que o normal em {n} dias"
)
UNMET_ADJACENT_DAYS = n_(
    "prato repetido no dia seguinte, {n} vez", "prato repetido no dia seguinte, {n} vezes"
)

# Wishes that did not fit in the week
UNMET_WISHES = _("Do seu pedido, não coube tudo: {what}. Suas restrições e metas vêm primeiro.")
UNMET_CHEAP = _("só pratos baratos")
UNMET_TIME_DAYS = n_("pratos mais rápidos em {n} dia", "pratos mais rápidos em {n} dias")
UNMET_BATCH = _("sobras do jantar no almoço")
UNMET_AT_LEAST = n_("{food} {asked} vez (coube em {got})", "{food} {asked} vezes (coube em {got})")
UNMET_AT_LEAST_NONE = n_("{food} {asked} vez", "{food} {asked} vezes")
UNMET_DAILY = _("{food} todo dia (coube em {got})")
UNMET_DAILY_NONE = _("{food} todo dia")
UNMET_AT_MOST = n_("{food} só {asked} vez (ficou em {got})", "{food} só {asked} vezes (ficou em {got})")

# Sources
SOURCES_TITLE = _("<b>De onde vem: {weekday}</b>")
SOURCE_LINE = _("{slot}: {document}, seção {section}")
SOURCE_LINE_PAGE = _("{slot}: {document}, seção {section}, página {page}")
SOURCE_GEMINI = _("{slot}: prato criado pelo Gemini, com números da tabela")
SOURCE_NONE = _("{slot}: sem fonte registrada")
SOURCE_QUOTE = _("<blockquote expandable>{text}</blockquote>")
SOURCE_NUMBERS = _("Números: {tables}.")
SOURCE_TABLE = _("{table}, linhas {rows}")

# Recipes
WHICH_RECIPE = _("Receita de qual refeição de {weekday}?")
RECIPE_TITLE = _("<b>{name}</b>")
RECIPE_TIME = _("{minutes} minutos · 1 porção")
RECIPE_SERVING = _("1 porção")
RECIPE_PICK = _("<b>Separe</b>")
RECIPE_DO = _("<b>Faça</b>")
RECIPE_STEP = _("{n}. {text}")
RECIPE_NO_STEPS = _("Só servir.")
NO_RECIPE = _("Essa refeição não está mais no cardápio. Mostro a atual.")

SEASONINGS = _("Temperos: {foods}")
TOO_MANY_WEEKS = _(
    "Já montei 20 semanas suas nas últimas 24 horas. Amanhã monto outra; enquanto isso, dá para trocar pratos."
)
