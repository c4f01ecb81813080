"""Alerts for operators: what is wrong, what people notice of it, what to do."""

from handlers.catalogue import mark as _

GEMINI_KEY = _(
    "<b>Chave do Gemini recusada</b>\nAs semanas vêm só do guia. Troque GEMINI_API_KEY e reinicie o bot."
)
GEMINI_MODEL = _(
    "<b>Modelo do Gemini não existe</b>\nAs semanas vêm só do guia. Troque GEMINI_MODEL e reinicie o bot."
)
INDEX = _(
    "<b>Índice de busca incompleto</b>\nA busca usa só palavras. "
    "Rode <b>python bot.py index</b> e veja o que o registro diz."
)
TASK = _(
    "<b>Uma parte do bot parou</b>\nParte: {task}. Ela foi ligada de novo. "
    "Se isto se repetir, veja {error} no registro."
)
OUTBOX = _(
    "<b>Mensagens não saem</b>\n{waiting} na fila há {minutes} minutos. "
    "Veja se o Telegram responde. Nada se perdeu."
)
REFUSED = _(
    "<b>O Telegram recusa mensagens</b>\n{count} em 10 minutos não chegaram. Procure send_refused no registro."
)
DISK = _(
    "<b>Disco quase cheio</b>\nSobram {megabytes}\u00a0MB ao lado do banco de dados. "
    "Abra espaço antes que o bot pare de guardar."
)
STORAGE = _(
    "<b>O banco de dados não grava</b>\nMotivo: {error}. As pessoas leem que o bot está em manutenção. "
    "O que já estava guardado continua lá."
)
DATABASE = _(
    "<b>Banco de dados danificado</b>\nO bot está em manutenção e não mexe no arquivo. "
    "Guarde uma cópia dele e rode <b>python bot.py restore CÓPIA --yes</b>. O bot volta sozinho."
)
ERRORS = _("<b>Muitas falhas</b>\n{failed} de {turns} mensagens falharam em 10 minutos. Veja o registro.")
