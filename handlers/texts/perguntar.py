"""Sentences and labels of /perguntar."""

from handlers.catalogue import mark as _

ASK = _(
    "<b>O que você quer saber?</b>\n"
    "Escreva sua pergunta sobre comida. Exemplo: posso comer banana antes do treino?"
)
ASK_BUSY = _(
    "Escreva a pergunta junto do comando.\n"
    "Exemplo: /perguntar posso comer banana antes do treino?\n"
    "A pergunta de antes continua aberta."
)
SEARCHING = _("Procurando no guia…")
WAIT = _("Ainda estou procurando a resposta anterior. Já mando.")
FAILED = _("Não consegui procurar agora. Escreva a pergunta de novo em 1 minuto. Código: {code}")

SOURCE = _("[{number}] {section}")
SOURCE_PAGE = _("[{number}] {section}, página {page}")
SOURCE_OTHER = _("[{number}] {section} ({document})")
SOURCE_OTHER_PAGE = _("[{number}] {section} ({document}, página {page})")

NOT_FOUND = _("Não encontrei isso no guia, e prefiro não chutar.")
NEAREST = _("O mais perto é a seção {section}.")
RELATED = _("Sobre comida, posso mostrar a seção {section}.")
WITHHELD = _("O que encontrei fala de algo que você não come. Deixei de fora.")
EXCLUDED = _("Você anotou: {items}. Nada aqui é sugestão para comer o que fica de fora.")

NOTE_AWAY = _("Respondi com trechos do guia: o ajudante que escreve respostas não respondeu.")
NOTE_QUOTA = _("Respondi com trechos do guia: por hoje acabaram as respostas escritas.")
NOTES: dict[str, str] = {
    "gemini_away": NOTE_AWAY,
    "gemini_quota": NOTE_QUOTA,
    "gemini_person_budget": NOTE_QUOTA,
}

PASSAGE = _("<b>{section}</b>\n{document}\n\n{text}")
PASSAGE_PAGE = _("<b>{section}</b>\n{document}, página {page}\n\n{text}")
PASSAGE_EXCLUDED = _("Este trecho fala de algo que você não come.")
PASSAGE_GONE = _("Esse trecho mudou desde então. Escreva a pergunta de novo.")

SOURCE_BUTTON = _("Fonte {number}")
OPEN_BUTTON = _("Abrir seção")

# What guardrails say first, by the codes of nutrition.questions
MEDICINE = _("Não comece, não pare nem mude remédio sem falar com seu médico.")
DANGEROUS_DIET = _(
    "Comer quase nada, ou uma coisa só, faz faltar nutriente e força. Isso eu não ensino.\n"
    "Para mudar o peso com saúde, o posto de saúde (UBS) orienta de graça."
)
EATING_DISORDER = _(
    "Que bom que você escreveu. Você não tem culpa, e existe cuidado para isso.\n"
    "Para conversar agora, de graça e em sigilo: CVV, ligue 188, a qualquer hora.\n"
    "Para se cuidar: o posto de saúde (UBS) ou o CAPS mais perto.\n"
    "Se tiver desmaio, dor no peito ou sangue no vômito: SAMU, ligue 192."
)
MINOR = _(
    "Para quem tem menos de 18 anos eu não respondo sobre dieta: o corpo ainda está crescendo.\n"
    "O posto de saúde (UBS) orienta de graça. Vá com alguém da família."
)
PREGNANCY = _(
    "Na gravidez e na amamentação, quem orienta a comida é o pré-natal ou o posto de saúde, de graça."
)
KIDNEY = _(
    "Doença nos rins muda proteína, sal, potássio e líquidos: quem decide é a equipe que acompanha.\n"
    "Carambola é perigosa nesse caso, até em suco."
)
DIABETES_MEDICINE = _(
    "Com insulina ou comprimido para diabetes, combine qualquer mudança na comida com a equipe de saúde."
)
BARIATRIC = _("Depois da bariátrica, as fases da comida são com a equipe que operou.")
ILLNESS = _(
    "Com essa doença, quem orienta a comida é nutricionista, junto com o médico. O posto encaminha, de graça."
)
EDUCATION = _("Isto vem do guia, para conversar com quem cuida de você. Não mude remédio por causa disto.")
