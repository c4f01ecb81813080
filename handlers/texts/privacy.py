"""What is kept and why, and erasing it."""

from handlers.catalogue import mark as _

PRIVACY = _(
    "<b>Seus dados</b>\n"
    "O que guardo: suas respostas, seus cardápios, pesos, gostos e os documentos que você mandar.\n"
    "Para quê: só para montar e mandar seu cardápio.\n"
    "Onde: no banco de dados deste bot.\n"
    "Até quando: enquanto você usar. Depois de um ano sem notícias, aviso e apago em 30 dias.\n"
    "Você leva uma cópia ou apaga tudo quando quiser."
)
GEMINI_OFF = _("O Gemini, do Google, não recebe nada seu.")
GEMINI_ON = _(
    "Ao Gemini, do Google, vão metas, restrições, gostos, pratos do seu plano e o que você me escreve. "
    "Nome, peso e altura não vão, nem o resto dos seus documentos."
)
ERASE = _(
    "<b>Apagar tudo?</b>\n"
    "Somem perfil, restrições, cardápios, pesos, gostos, documentos e lembretes. Não dá para desfazer.\n"
    "Cópias de segurança do bot somem quando vencem, em geral em 7 dias.\n"
    "Para confirmar, escreva: apagar tudo"
)
ERASED = _("Apaguei tudo.\nAs mensagens desta conversa ficam no seu Telegram; apague por lá, se quiser.")
ERASE_CANCELLED = _("Não apaguei nada.")
FAREWELL = _(
    "Faz um ano que a gente não conversa.\n"
    "Em {day} apago tudo o que guardei de você. Para continuar, é só tocar ou escrever."
)
STAY = _("Quero continuar")
STAYED = _("Que bom ter você de volta. Continua tudo guardado.")
