"""Sentences about what a person does not eat: noting, asking, listing and removing."""

from handlers.catalogue import mark as _
from handlers.catalogue import marks as n_

TITLE = _("<b>Suas restrições</b>")
EMPTY = _("Nada anotado por enquanto. Escreva o que você não come. Exemplo: não como porco")
BY_HEALTH = _("Pela sua saúde, também vale: {items}. Para mudar, toque em Meus dados.")
HOW_TO_ADD = _("Para anotar mais, escreva. Exemplo: sou alérgica a camarão")
LINE = _("• {label}")
ASK = _("Escreva o que você não pode ou não quer comer. Exemplo: porco e amendoim")
DETAIL = _("<b>{label}</b>\nVocê escreveu: {said}")
DETAIL_NO_WORDS = _("<b>{label}</b>")
COVERS = _("Fica fora: {foods}.")
COVERS_MORE = n_("Fica fora: {foods} e mais {n} alimento.", "Fica fora: {foods} e mais {n} alimentos.")
HIDES_IN = _("Também tiro onde se esconde: {foods}.")
STILL_FINE = _("Não tem isso: {foods}.")
WHOLE_LIST = _("<blockquote expandable>Da tabela, fica fora: {foods}.</blockquote>")
CHECK_LABELS = _('Nos pacotes, confira a frase "Alérgicos: contém".')
STAYS_OUT = _("Por enquanto não abro exceção: {items} também fica fora.")
DETAIL_LITERAL = _("Nenhum prato que fale disso aparece.")
DETAIL_NOT_AMONG_FOODS = _("Não achei isso entre os meus alimentos: pode não mudar nada no cardápio.")

NOTED = _("Anotei: <b>{items}</b>.")
NOTED_ALLERGY = _("⚠️ Anotei: <b>{items}</b>.")
LABELS = _('Nos pacotes, confira a frase "Alérgicos: contém".')
ALREADY = _("Já estava anotado: {items}.")
ALLERGY_STAYS = _("Sua alergia continua valendo: {items}.")
REFUSE_IGNORE = _("Sua alergia continua valendo. Para mudar, toque em Ver restrições.")
TAKEN_OUT = n_(
    "{n} refeição tinha isso: {meals}. Ela já saiu do cardápio.",
    "{n} refeições tinham isso: {meals}. Elas já saíram do cardápio.",
)
NOTHING_OUT = _("O cardápio desta semana continua igual.")
MEAL_OF = _("{slot} de {weekday}")
AND_MORE = n_("mais {n}", "mais {n}")
SETTLED_OUT = _("Anotado: você come {label}.")
NOT_UNDERSTOOD = _(
    'Guardei "{words}" do seu jeito, e nenhum prato que fale disso vai aparecer.\n'
    "Quais alimentos eu tiro? Exemplo: porco, pato, camarão"
)
NOT_AMONG_FOODS = _(
    'Guardei "{words}" do seu jeito, mas não achei isso entre os meus alimentos, e pode não mudar nada.\n'
    "Se for comida, escreva de outro jeito. Exemplo: porco, pato, camarão"
)
NOTHING_FOUND = _("Não achei um alimento nessa frase. Exemplo: não como porco nem camarão")
OUT_FOR_GOOD = _("tirar {items} do seu cardápio, de hoje em diante")
TAKE_IT_OUT = _("Pode tirar")
ASK_MILK = _("Já tirei tudo que leva leite. Para acertar: é alergia, é a lactose ou você só não quer?")
ASK_GLUTEN = _("Já tirei tudo que leva glúten. Para acertar: o que é, no seu caso?")
ASK_SEAFOOD = _("Já tirei peixes e frutos do mar. Para acertar: é alergia ou você só não quer?")
ASK_MOLLUSCS = _("E lula, polvo, mexilhão e marisco: tiro também? Até você responder, ficam fora.")
ALSO_CRUSTACEANS = _("Tiro também siri, caranguejo e lagosta, do mesmo grupo.")
STILL_EATS = _("Continua podendo comer: {items}.")

REMOVE_ALLERGY = _(
    "Você tinha marcado <b>{label}</b>. Quer mesmo tirar? Na dúvida, fale antes com seu médico."
)
GONE_SINCE = _("Isso já saiu da sua lista.")
REMOVED = _("Tirei da lista: {label}. Vale para os próximos cardápios.")
GONE = _("Isso já não está na sua lista.")
KEPT = _("Tudo certo: {label} continua valendo.")
SETTLED = _("Anotado: {label}.")
