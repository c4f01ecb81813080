"""What was understood of a long or roundabout sentence, asked about before it is done."""

from handlers.catalogue import mark as _

UNDERSTOOD = _("Entendi assim:")
LINE = _("• {what}")
MAY_I = _("Pode ser?")
ACCEPTED = _("Combinado. Já mudo.")
LEFT = _("Certo, fica como está.")
GONE = _("Essa pergunta já passou. Para mudar algo, é só pedir de novo.")

# Each after the dot
OTHER_DISH = _("mostrar outras opções para {meal}")
FASTER = _("mostrar opções rápidas para {meal}")
CHEAPER_MEAL = _("mostrar opções mais baratas para {meal}")
WITH_FOODS = _("mostrar opções com {foods} para {meal}")
SWAP = _("trocar {meal} por {foods}")
SWAP_DAY = _("trocar todas as refeições de {day}")
LESS = _("tirar {foods} do resto da semana")
LACKING = _("achar o que vai no lugar de {foods}")
WITHOUT = _("deixar {what} sem {foods}")
NO_MEAT = _("deixar {day} sem carne")
AWAY = _("marcar {meal} como fora de casa")
AWAY_DAY = _("marcar todas as refeições de {day} como fora de casa")
SKIP = _("pular {meal}")
SKIP_DAY = _("pular todas as refeições de {day}")
LOCK = _("travar {meal}")
LOCK_DAY = _("travar todas as refeições de {day}")
UNLOCK = _("destravar {meal}")
UNLOCK_DAY = _("destravar todas as refeições de {day}")
COPY_DAY = _("repetir {source} em {day}")
COPY_MEAL = _("copiar {copied} de {source} para {meal} de {day}")
CHEAPER = _("usar pratos mais baratos")
SLOT_OFF = _("tirar {meal} de todos os dias")
SLOT_ON = _("pôr {meal} em todos os dias")

# Buttons
YES = _("Pode mudar")
NO = _("Deixa assim")
