"""Sentences of the first contact, of the questions and of the summary."""

from handlers.catalogue import mark as _
from handlers.catalogue import marks as n_

# Consent. Change CONSENT_VERSION in menus/people.py whenever the meaning of these sentences changes.
CONSENT = _(
    "<b>Oi! Eu sou o Cardápio.</b>\n"
    "Sugiro as refeições da sua semana, com comida de verdade e do seu jeito.\n\n"
    "Antes de começar:\n"
    "• É uma sugestão educativa, feita por um programa. Não substitui nutricionista nem médico.\n"
    "• Guardo suas respostas (idade, altura, peso, saúde, alergias e gostos) só para isso.\n"
    "• Você pode ver ou apagar tudo quando quiser.\n"
    "• É para quem tem 18 anos ou mais."
)
CONSENT_GEMINI = _(
    "• Para criar pratos novos e responder, posso enviar ao Gemini, do Google: "
    "metas, restrições, gostos, pratos do seu plano e o que você me escreve. Nome, peso e altura não vão."
)
CONSENT_QUESTION = _("Posso guardar suas respostas?")
CONSENT_GEMINI_QUESTION = _("Posso guardar suas respostas? E usar o Gemini?")
CONSENT_REFUSED = _("Tudo bem, não guardei nada. Quando quiser, é só tocar em Começar.")
CONSENT_REFUSED_LATER = _(
    "Tudo bem. O que já guardei fica como está; em /privacidade você leva ou apaga tudo."
)
CONSENT_GIVEN = _("Combinado: guardo suas respostas só para o seu cardápio.")
CONSENT_GIVEN_GEMINI = _("Combinado: guardo suas respostas e uso o Gemini para criar pratos.")
GEMINI_NEW = _(
    "<b>Agora posso criar pratos novos.</b>\n"
    "Para isso, envio ao Gemini, do Google: metas, restrições, gostos, pratos do seu plano e o que você me escreve. "
    "Nome, peso e altura não vão.\n"
    "Posso usar o Gemini?"
)

# Frame of a question
STEP = _("Passo {number} de {total}")
KEPT_ANSWER = _("Sua resposta: {answer}. Quer mudar?")
ANSWERED = _("{title} <b>{answer}</b>")

GOAL = _("O que você quer?")
SEX = _("Qual conta de energia usar?")
SEX_HELP = _("Ela muda com o sexo. Escolha a que combina com seu corpo hoje.")
SEX_WHY = _(
    "As contas de gasto de energia foram medidas em grupos de mulheres e de homens.\n"
    "Com o mesmo peso e a mesma altura, elas dão cerca de 170\u00a0kcal de diferença.\n"
    "Escolha a que combina com seu corpo hoje. Você pode mudar depois."
)
AGE = _("Quantos anos você tem?")
AGE_HELP = _("Escreva só o número. Exemplo: 34")
HEIGHT = _("Qual é a sua altura?")
HEIGHT_HELP = _("Exemplo: 1,68")
WEIGHT = _("Quanto você pesa hoje?")
WEIGHT_HELP = _("Se não sabe ao certo, vale o mais próximo. Exemplo: 72,5")
TARGET = _("Tem um peso em mente?")
TARGET_HELP = _("Se tiver, escreva. Exemplo: 68. Se não, toque em Pular.")
ACTIVITY = _("Quanto você se mexe?")
ACTIVITY_HELP = _(
    "Quase nada: o dia quase todo na cadeira ou no sofá\n"
    "Leve: treino ou caminhada 1 ou 2 dias por semana\n"
    "Médio: 3 a 5 dias\n"
    "Forte: 6 ou 7 dias\n"
    "Muito forte: treino pesado e trabalho pesado"
)
MEALS = _("Quantas refeições por dia?")
MEALS_HELP = _("Com 5: café, lanche, almoço, lanche e jantar.")
HEALTH = _("Alguma destas situações é a sua?")
HEALTH_HELP = _("Isso muda o que eu posso sugerir. Marque ou escreva. Conte também se toma remédio.")
DIABETES = _("Você usa insulina ou comprimido para diabetes?")
DIABETES_HELP = _("Se usa os dois, toque em Insulina.")
RESTRICTIONS = _("O que você não pode ou não quer comer?")
RESTRICTIONS_HELP = _("Marque quantos quiser ou escreva. Exemplo: sou celíaca e não como porco")
DISLIKES = _("E do que você não gosta?")
DISLIKES_HELP = _("Exemplo: jiló e coentro")
REMINDER = _("A que horas mando o cardápio do dia?")
REMINDER_HELP = _("Toque ou escreva. Exemplo: 7h, 12h30 ou 7 da noite")

# Wrong or doubtful answers
CHOOSE = _("Não entendi {said}. Toque em um dos botões ou escreva, por exemplo: {example}")
BAD_AGE = _("Não entendi {said} como idade.\nEscreva só o número de anos. Exemplo: 34")
BAD_HEIGHT = _("Não entendi {said} como altura.\nEscreva em metros ou em centímetros. Exemplo: 1,68 ou 168")
BAD_WEIGHT = _("Não entendi {said} como peso.\nEscreva em quilos. Exemplo: 72,5")
BAD_MEALS = _("Trabalho com 3 a 6 refeições por dia. Exemplo: 4")
BAD_HOUR = _("Não entendi {said} como horário. Escreva assim: 7h, 12h30 ou 7 da noite.")
OUT_OF_AGE = _("Trabalho com idades de 18 a 100 anos. Exemplo: 34")
OUT_OF_HEIGHT = _("Trabalho com alturas de 1,20\u00a0m a 2,30\u00a0m. Exemplo: 1,68")
OUT_OF_WEIGHT = _("Trabalho com pesos de 30\u00a0kg a 300\u00a0kg. Exemplo: 72,5")
MISSING_COMMA = _("Li {said}, e parece que faltou a vírgula. É {value}?")
CONFIRM_VALUE = _("Li {said}. É {value}?")
WHICH_VALUE = _("Li {said}. Qual é o certo?")
HOUR_OR = _("De manhã ou à noite?")
WHICH_HOUR = _("Qual destas horas?")
TARGET_NOT_BELOW = _("Para perder gordura, escreva um peso menor que {weight}, ou toque em Pular.")
TARGET_NOT_ABOVE = _("Para ganhar músculos, escreva um peso maior que {weight}, ou toque em Pular.")
THIRD_TRY = _("Ainda não deu certo. Quer deixar para depois?")
POSTPONED = _("Tudo bem. Suas respostas estão guardadas, e eu espero aqui.")
NOTED = _("Anotei: {items}.")
NOTED_BEFORE = _("Já anotei: {items}.")
NOTED_BESIDE = _("Anotei: <b>{items}</b>. Já vale para o cardápio.")
NOTED_ALLERGY_BESIDE = _("⚠️ Anotei: <b>{items}</b>. Já vale para o cardápio.")
NOTED_LITERAL = _('Guardei "{words}" do seu jeito, e nenhum prato que fale disso vai aparecer.')
NOTED_NOT_AMONG_FOODS = _(
    'Guardei "{words}" do seu jeito, mas não achei isso entre os meus alimentos, e pode não mudar nada. '
    "Se for comida, escreva de outro jeito ou toque num botão."
)
NOTED_HEALTH = _("Anotei em saúde: {items}.")
STILL_EATS = _("Continua podendo comer: {items}.")
WRITE_OTHER = _("Escreva em poucas palavras. Exemplo: tomo varfarina")

# Coming back in the middle
PAUSED_AT = _("Paramos na pergunta: {title}\nSuas respostas estão guardadas.")
PAUSED_AT_SUMMARY = _("Paramos na conferência das suas respostas. Elas estão guardadas.")
CANCELLED = _("Parei por aqui. Guardei o que você já respondeu.")
ANSWERS_ERASED = _("Apaguei suas respostas. Quando quiser, é só tocar em Começar.")

# Summary
SUMMARY = _("<b>Confira antes de eu montar</b>")
ESTIMATE = _("Minha estimativa é de {energy} por dia.")
FIX_WHICH = _("O que você quer corrigir?")
FIXED_GOAL = _("Corrigi o objetivo para {value}.")
FIXED_SEX = _("Corrigi a conta de energia para {value}.")
FIXED_AGE = _("Corrigi a idade para {value}.")
FIXED_HEIGHT = _("Corrigi a altura para {value}.")
FIXED_WEIGHT = _("Corrigi o peso para {value}.")
FIXED_TARGET = _("Corrigi a meta de peso. Agora: {value}.")
FIXED_ACTIVITY = _("Corrigi o movimento para {value}.")
FIXED_MEALS = _("Corrigi as refeições para {value}.")
FIXED_HEALTH = _("Corrigi a saúde. Agora: {value}.")
FIXED_RESTRICTIONS = _("Corrigi as restrições. Agora: {value}.")
FIXED_DISLIKES = _("Corrigi. Você não gosta de: {value}.")
FIXED_REMINDER = _("Corrigi o lembrete. Agora: {value}.")
FIXED_ESTIMATE = _("A estimativa passou para {energy}.")
CONFIRM_FIGURES = _("Confira para mim: {height} e {weight}?")
SUMMARY_TYPED = _("Não entendi. Para corrigir, escreva assim: peso 75,2")

LINE_GOAL = _("Objetivo: {value}")
LINE_SEX = _("Conta de energia: {value}")
LINE_AGE = _("Idade: {value}")
LINE_HEIGHT = _("Altura: {value}")
LINE_WEIGHT = _("Peso: {value}")
LINE_TARGET = _("Meta de peso: {value}")
LINE_ACTIVITY = _("Movimento: {value}")
LINE_MEALS = _("Refeições: {value}")
LINE_HEALTH = _("Saúde: {value}")
LINE_RESTRICTIONS = _("Restrições: {value}")
LINE_DISLIKES = _("Não gosta de: {value}")
LINE_REMINDER = _("Lembrete: {value}")
NOT_TOLD = _("nada informado")
NO_TARGET = _("nenhuma")
NO_TARGET_ANSWER = _("Não")
REMINDER_NONE = _("desligado")
MEALS_A_DAY = _("{n} por dia")
YEARS = n_("{n} ano", "{n} anos")

# Why this number
WHY_TITLE = _("<b>Por que {energy}?</b>")
WHY_RANGE = _("Duas contas dizem que você gasta entre {low} e {high} por dia. Nenhuma é exata.")
WHY_LESS = _("Para perder gordura aos poucos, tirei cerca de {difference}.")
WHY_MORE = _("Para ganhar músculos aos poucos, somei cerca de {difference}.")
WHY_SAME = _("Para manter o peso, fiquei nessa faixa.")
WHY_TREND = _("Em 2 ou 3 semanas, a tendência do seu peso mostra se serve.")
WHY_SUMS = _("Conta 1, Mifflin-St Jeor: {mifflin}.\nConta 2, NASEM 2023: {eer}.")
WHY_LIMITS = _("Com essas medidas, o índice de peso e altura já está baixo: {bmi}. O mínimo saudável é 18,5.")
