"""What Telegram shows about the bot: commands, name, descriptions."""

from handlers.catalogue import mark as _

NAME = _("Cardápio")
ABOUT = _(
    "Sugestões de cardápio para a semana, com comida brasileira e fontes. "
    "Educativo, não substitui nutricionista."
)
DESCRIPTION = _(
    "Conte seu objetivo e o que você não come. Eu sugiro as refeições da semana, com comida de verdade "
    "e medidas de cozinha. Todo dia, no horário que você escolher, mando o cardápio. Os números vêm de "
    "tabelas de alimentos e cada prato mostra sua fonte. É uma sugestão educativa, para quem tem 18 anos "
    "ou mais. Não substitui nutricionista nem médico. Toque em Começar."
)

COMMANDS: tuple[tuple[str, str], ...] = (
    ("hoje", _("Ver as refeições de hoje")),
    ("cardapio", _("Ver ou montar a semana")),
    ("compras", _("Lista de compras da semana")),
    ("restricoes", _("Alergias e o que você não come")),
    ("lembretes", _("Horário e dias dos lembretes")),
    ("documentos", _("Ver e apagar seus documentos")),
    ("peso", _("Anotar o peso e ver a tendência")),
    ("gostos", _("O que aprendi sobre seus gostos")),
    ("historico", _("Semanas passadas: repetir e comparar")),
    ("porque", _("De onde vêm números e pratos")),
    ("perfil", _("Ver e corrigir seus dados")),
    ("idioma", _("Mudar de idioma")),
    ("privacidade", _("O que guardo e por quê")),
    ("exportar", _("Receber tudo o que guardei")),
    ("apagar", _("Apagar tudo o que guardei")),
    ("cancelar", _("Parar o que estamos fazendo")),
    ("ajuda", _("O que eu sei fazer")),
    ("start", _("Começar ou continuar")),
)
"""Registered in this order, most used first."""
