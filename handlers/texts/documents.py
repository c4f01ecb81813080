"""Sentences and labels of people's own documents: sending one, its progress, the list, what it asks for."""

from handlers.catalogue import mark as _
from handlers.catalogue import marks as n_

# While a file is on its way
RECEIVED = _("Recebi {name}. Vou ler e aviso aqui.")
READING = _("Lendo {name}…")
INDEXING = _("Indexando {name}: {percent}%")
ASK_ALREADY = _("Indexando {name}: {percent}%\nJá dá para perguntar sobre ele.")
DONE_PAGES = _("Pronto: li {name}. {pages}, {passages}. Só você tem acesso.")
DONE = _("Pronto: li {name}, {passages}. Só você tem acesso.")
KNOWN = _("Eu já tinha este arquivo: {name}. Não mudei nada.")
PAGES = n_("{n} página", "{n} páginas")
PASSAGES = n_("{n} trecho", "{n} trechos")
ASK_NOW = _(
    "{name} está pronto.\nPergunte do seu jeito. Exemplo: o que meu documento diz sobre o café da manhã?"
)

# What cannot be read; each ends by saying that nothing was kept
NOTHING_KEPT = _("Não guardei nada.")
ENCRYPTED = _(
    "Este arquivo tem senha, e eu não consigo abrir. Mande uma cópia sem senha.\n"
    "Por segurança, não me mande a senha."
)
SCANNED = _(
    "Este arquivo tem só fotos das páginas. Ainda não leio fotos. Mande o arquivo original ou cole o texto aqui."
)
EMPTY = _("Este arquivo está vazio: não achei nenhum texto nele. Confira e mande de novo.")
CORRUPT = _("Este arquivo chegou com defeito, e eu não consigo abrir. Salve uma cópia e mande de novo.")
BOMB = _("Este arquivo é pesado demais por dentro. Mande só as páginas do seu plano, em PDF ou texto.")
WRONG_TYPE = _("Este tipo de arquivo eu não leio. Leio PDF, Word (docx), texto, Markdown e HTML.")
TOO_LARGE = _("Este arquivo é grande demais: leio até 20\u00a0MB. Mande só as páginas do seu plano.")
TOO_LONG = _(
    "Com este arquivo, seus documentos ficam compridos demais para mim.\n"
    "Mande só as páginas do seu plano, ou apague outro antes."
)
GONE = _("O Telegram não me entregou este arquivo. Mande de novo, por favor.")
AWAY = _("Não consegui baixar este arquivo agora. Mande de novo daqui a pouco.")
FAILED = _("Não consegui ler seu arquivo agora. Mande de novo em 1 minuto. Código: {code}")
REFUSALS: dict[str, str] = {
    "encrypted": ENCRYPTED,
    "scanned": SCANNED,
    "empty": EMPTY,
    "corrupt": CORRUPT,
    "bomb": BOMB,
    "wrong_type": WRONG_TYPE,
    "too_large": TOO_LARGE,
    "too_long": TOO_LONG,
    "gone": GONE,
    "away": AWAY,
}
TOO_MANY = _("Você já tem {n} documentos aqui, o máximo. Apague um e mande este de novo.")
TOO_MANY_TODAY = _("Por hoje já li {n} arquivos seus. Amanhã leio outros.")

# Before there is somebody to read for
BEFORE_CONSENT = _("Antes de ler seu arquivo, preciso que você concorde. Não guardei nada.")
BEFORE_PROFILE = _(
    "Vamos terminar as perguntas primeiro; depois, mande o arquivo de novo.\nNão guardei nada dele."
)
SEND_ONE = _("Mande aqui o arquivo do seu plano: PDF, Word (docx), texto ou HTML, de até 20\u00a0MB.")

# /documentos
NO_DOCUMENTS = _("Você ainda não tem documentos aqui.")
TITLE = _("<b>Seus documentos</b>\nSó você tem acesso.")
LINE = _("{number}. {name}\n{facts}")
FACTS_PAGES = _("{pages}, {passages}, {day}")
FACTS = _("{passages}, {day}")
IN_WORK = _("Lendo agora: {names}")
ONE_TITLE = _("<b>{name}</b>\n{facts}")
BEGINS = _("Começa assim:\n{text}")
PASSAGE = _("<b>{section}</b>\n{name}, trecho {number} de {total}\n\n{text}")
PASSAGE_PAGE = _("<b>{section}</b>\n{name}, página {page}, trecho {number} de {total}\n\n{text}")
EXCLUDED = _("Este trecho fala de algo que você não come.")
GONE_DOCUMENT = _("Este documento não está mais aqui. Mostro os que estão.")
ERASE = _(
    "<b>Apagar {name}?</b>\nSome o documento com todos os trechos. Não dá para desfazer.\n"
    "O que você já ajustou no perfil continua."
)
ERASED = _("Apaguei {name}, com todos os trechos.")

# Labels
SEE_DOCUMENTS = _("Seus documentos")
SEND_PLAN = _("Mandar meu plano")
OPEN = _("Abrir")
READ = _("Ler trechos")
NEXT = _("Próximo →")
PREVIOUS = _("← Anterior")
ERASE_ONE = _("Apagar")
YES_ERASE = _("Sim, apagar")
SEE_SETTINGS = _("Ver ajustes")
BACK = _("Voltar")

# In the day
FROM_PLAN = _("Do seu documento")
FROM_PLAN_PAGE = _("Do seu documento, página {page}")

# What a document asks for
ASKS = _("Seu documento pede <b>{what}</b> por dia.")
ASKS_PAGE = _("Seu documento pede <b>{what}</b> por dia (página {page}).")
ASKS_HIDDEN = _("Seu documento traz {what}.")
ASKS_TO_AVOID = _("Seu documento diz para evitar <b>{what}</b>. Anoto em restrições?")
SHALL_I = _("Uso isso?")
ALSO_AVOIDS = _("Ele também diz para evitar <b>{what}</b>.")
LEFT_OUT = _("Ele também sugere {foods}, mas você não come: vou deixar de fora.")
TOO_LITTLE = _("Ele pede {amount}. O menor que sugiro para você é {limit}, então isso eu não uso.")
TOO_MUCH = _("Ele pede {amount}. O maior que sugiro para você é {limit}, então isso eu não uso.")
NOT_FOR_US = _("Ele também traz metas fora do que posso sugerir para você. Essas eu não uso.")
ALL_SAME = _("O que seu documento pede já está no seu perfil.")
REFERRED = _("Quem cuida de você ajusta esse plano. Eu guardo o documento e acho as respostas nele.")
WHICH = _("<b>O que eu uso do documento?</b>\nToque para marcar ou desmarcar.")
USED = _("Anotei do seu documento: <b>{what}</b> por dia.\nVale na próxima semana que eu montar.")
USED_HIDDEN = _("Anotei do seu documento: {what}.\nVale na próxima semana que eu montar.")
NOTED = _("Anotei o que seu documento diz para evitar.")
NOT_USED = _("Combinado, não mudei nada. O documento continua aqui para perguntas.")
UNDONE = _("Desfiz. Seu perfil voltou a ser como era.")
CHANGED_SINCE = _("Seu perfil mudou depois disso. Veja cada item em seus dados.")
MEALS = n_("{n} refeição", "{n} refeições")
OF_PROTEIN = _("{amount} de proteína")
ENERGY_HIDDEN = _("a meta de calorias")
PROTEIN_HIDDEN = _("a meta de proteína")
AVOID_PART = n_("Evitar {n} item", "Evitar {n} itens")
ENERGY_PART = _("Calorias")
PROTEIN_PART = _("Proteína")
USE = _("Usar")
DO_NOT_USE = _("Não usar")
CHOOSE = _("Escolher")
SEE_PASSAGE = _("Ver o trecho")
USE_THESE = _("Usar estes")
