"""Help, fallbacks and what the bot cannot read."""

from handlers.catalogue import mark as _

HELP = _(
    "<b>Posso ajudar com:</b>\n"
    "o cardápio da semana, trocas, lista de compras, lembretes e dúvidas.\n"
    "Escreva do seu jeito. Exemplo: troca o jantar de quarta por peixe"
)
NOT_UNDERSTOOD = _("Não entendi. Você pode escrever, por exemplo: troca o jantar de hoje")
TOO_MUCH = _(
    "É bastante coisa de uma vez. Me mande um pedido por mensagem, em poucas palavras.\n"
    "Exemplo: troca o jantar de hoje"
)
ONLY_EMOJI = _("Estou por aqui. Você pode escrever, por exemplo: o que eu como agora?")
WARM_EMOJI = _("Combinado. Estou por aqui.")
MEAL_HOURS = _(
    "A hora de cada refeição é você quem escolhe. O cardápio vale em qualquer horário.\n"
    "Se quiser, aviso antes de comer. Exemplo: me avisa antes do jantar às 18h30"
)
NO_AUDIO = _("Ainda não escuto áudio. Escreva em poucas palavras, que eu respondo.")
NO_PHOTO = _(
    "Ainda não leio fotos. Me diga por escrito o que tem nela.\n"
    "Se for seu plano, mande como arquivo: PDF, Word ou texto."
)
NO_STICKER = _("Ainda não entendo figurinhas. Escreva em poucas palavras, que eu respondo.")
NO_OTHER = _("Só entendo texto por enquanto. Escreva em poucas palavras, que eu respondo.")
IN_GROUP = _("Aqui no grupo eu não mostro dados de ninguém. Me chame no privado.")
OLD_BUTTON = _("Esse botão é de uma mensagem antiga. Mostro a tela atual.")
NOTHING_TO_CANCEL = _("Não há nada em andamento. Quando quiser, escreva.")
CANCELLED = _("Parei por aqui.")
COMFORT = _("Acontece. O dia de hoje continua igual.")
THANKS = _("Eu que agradeço. Estou por aqui.")
TOO_MANY_QUESTIONS = _("Já respondi 100 perguntas suas nas últimas 24 horas. Amanhã respondo outras.")
