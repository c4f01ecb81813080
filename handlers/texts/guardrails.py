"""What the guardrails say: kind, brief, the way out last, no figures of the body, no argument, no emoji.

Keyed by the codes of ``nutrition.guardrails.Reason``; the rule behind each is there, with its source.
"""

from handlers.catalogue import mark as _

EMERGENCY = _(
    "<b>Ligue agora para o SAMU: 192.</b>\n"
    "Inchaço na boca ou falta de ar é emergência. Não espere passar e não fique só."
)
MINOR = _(
    "Para quem tem menos de 18 anos eu não monto cardápio nem conto calorias: o corpo ainda está crescendo.\n"
    "Já apaguei suas respostas.\n"
    "O posto de saúde (UBS) orienta de graça. Vá com alguém da família.\n"
    "Posso mostrar dicas gerais do guia, sem contas."
)
PREGNANT = _(
    "Que bom que você avisou. Na gravidez, o cardápio é com o pré-natal, que o SUS faz de graça.\n"
    "Por isso não monto um plano aqui.\n"
    "Posso ajudar com os cuidados no preparo dos alimentos e guardar o plano que você receber."
)
BREASTFEEDING = _(
    "Que bom que você avisou. Quem amamenta precisa de mais energia, e a conta é caso a caso.\n"
    "Por isso não monto um plano aqui. O posto de saúde (UBS) orienta de graça.\n"
    "Posso ajudar com os cuidados no preparo dos alimentos."
)
EATING_DISORDER = _(
    "Que bom que você me contou. Você não tem culpa, e existe cuidado para isso.\n"
    "Não vou mais mostrar calorias nem peso aqui.\n\n"
    "Para conversar agora, de graça e em sigilo: CVV, ligue 188, a qualquer hora.\n"
    "Para se cuidar: o posto de saúde (UBS) ou o CAPS mais perto.\n"
    "Se tiver desmaio, dor no peito ou sangue no vômito: SAMU, ligue 192.\n\n"
    "Pausei os lembretes. Estou aqui se quiser ideias de refeições, sem números."
)
KIDNEY = _(
    "Doença nos rins muda proteína, sal, potássio e líquidos. "
    "Por isso quem monta o cardápio é nutricionista, junto com seu médico.\n"
    "Não vou sugerir um.\n"
    "Um cuidado: carambola é perigosa para quem tem doença nos rins, até em suco.\n"
    "Se você já tem um plano, mande o arquivo: eu guardo e acho as respostas nele.\n"
    "O posto de saúde (UBS) encaminha, de graça."
)
DIABETES_MEDICINE = _(
    "Com insulina ou com alguns comprimidos, mudar a comida muda o açúcar no sangue e pode fazer mal.\n"
    "Por isso o cardápio é com nutricionista, junto com seu médico. Não mude o remédio sem falar com eles.\n"
    "O posto de saúde (UBS) encaminha, de graça."
)
BARIATRIC = _(
    "Depois da cirurgia, as porções e as fases da comida são com a equipe que operou.\n"
    "Por isso não monto um cardápio aqui.\n"
    "Se perdeu o contato com a equipe, o posto de saúde (UBS) encaminha, de graça."
)
ILLNESS = _(
    "Essa situação pede um cardápio feito por nutricionista, junto com seu médico.\n"
    "Por isso não vou sugerir um.\n"
    "O posto de saúde (UBS) encaminha, de graça."
)
VERY_THIN = _(
    "Com essas medidas, o corpo precisa de um cuidado que um programa não dá. Por isso não monto um cardápio.\n"
    "O posto de saúde (UBS) atende de graça, e vale ir logo.\n"
    "Se comer tem trazido sofrimento, o CVV conversa com você a qualquer hora: ligue 188."
)
CRISIS = _(
    "Que bom que você me contou. Você não precisa passar por isso só.\n\n"
    "Para conversar agora, de graça e em sigilo: CVV, ligue 188, a qualquer hora.\n"
    "Se há perigo agora: SAMU, ligue 192.\n"
    "Para se cuidar: o posto de saúde (UBS) ou o CAPS mais perto."
)
DIET_CONFLICT = _(
    "Comer quase sem carboidrato não combina com a sua saúde ou com o seu remédio.\n"
    "Por isso não monto esse cardápio. Posso montar um com mais variedade, se você tirar essa restrição.\n"
    "Vale conversar com médico ou nutricionista. O posto de saúde (UBS) encaminha."
)
LOW_TARGET = _(
    "O peso que você quer fica abaixo do que é saudável para a sua altura, e eu não monto esse cardápio.\n"
    "Posso sugerir um para manter o peso ou para ganhar força com saúde.\n"
    "Vale conversar com médico ou nutricionista. O posto de saúde (UBS) encaminha."
)
LOW_WEIGHT = _(
    "Com essas medidas, perder peso pode fazer mal, e eu não monto esse cardápio.\n"
    "Posso sugerir um para manter ou para ganhar força com saúde.\n"
    "Vale conversar com médico ou nutricionista. O posto de saúde (UBS) encaminha."
)
OLDER = _(
    "Depois dos 65 anos, perder peso pode levar músculo junto. Por isso não monto esse cardápio.\n"
    "Posso sugerir um para manter o peso ou para ganhar força com saúde.\n"
    "Vale conversar com médico ou nutricionista. O posto de saúde (UBS) encaminha."
)
VERY_LOW_ENERGY = _(
    "Com tão pouca comida, faltam nutrientes e força. "
    "Isso só se faz com acompanhamento médico, e eu não monto.\n"
    "Se comer tem trazido sofrimento, o CVV conversa com você a qualquer hora: ligue 188."
)

NOTICE = _(
    "Sugestão educativa, feita por um programa. Não substitui nutricionista nem médico. "
    "Se usa remédio ou tem doença, mostre o cardápio a quem cuida de você."
)
NOTICE_DIABETES = _(
    "Para quem tem diabetes: o cardápio tem mais fibras, nada de bebida com açúcar e carboidrato dividido "
    "no dia. Não mude remédio por causa dele."
)
NOTICE_PRESSURE = _(
    "Para quem tem pressão alta: o cardápio tem menos sal e mais frutas, verduras e feijão. "
    "Não mude remédio por causa dele."
)
NOTICE_GOUT = _("Para quem tem gota: ficam fora vísceras e bebidas com açúcar. Não faça jejum.")
NOTICE_CELIAC = _(
    'Para quem é celíaca ou celíaco: tudo sem glúten. Nos pacotes, procure a frase "Não contém glúten".'
)
NOTICE_SGLT2 = _("Com o seu remédio, comer quase sem carboidrato ou fazer jejum pode fazer mal.")
NOTICE_STROKE = _(
    "Depois de trombose ou AVC, alguns alimentos mexem com o remédio. Fale antes com seu médico."
)
NOTICE_BOWEL = _("No intestino inflamado, a comida muda com a fase. Mostre o cardápio a quem cuida de você.")
NOTICE_OTHER = _("Você contou um problema de saúde. Mostre o cardápio a quem cuida de você antes de seguir.")
NOTICE_FAVISM = _("Para quem tem favismo: nada de fava.")
NOTICE_THIN = _("Seu peso já está baixo para a sua altura. Vale conversar com médico ou nutricionista.")
NOTICE_HEAVY = _("Vale ter acompanhamento no caminho. O posto de saúde (UBS) oferece, de graça.")
NOTICE_LOW_ENERGY = _("Não monto com tão pouca comida: fiquei no mínimo que sugiro para você.")
NOTICE_FAST = _("Não prometo quilos nem prazo. Aos poucos, o corpo guarda mais músculo.")
NOTICE_OLDER = _("Depois dos 65 anos, a proteína fica um pouco mais alta, para cuidar dos músculos.")

NOTED_HEALTH = _("Anotei em saúde: {items}.")
HEALTH_KNOWN = _("Já estava anotado em saúde: {items}. O cardápio leva isso em conta.")
WEEK_WITH_IT = _("Os próximos cardápios já levam isso em conta. Quer um novo?")

TIPS = _(
    "<b>Dicas gerais do Guia Alimentar</b>\n"
    "• Faça de arroz, feijão, verduras e frutas a base do prato.\n"
    "• Prefira comida feita em casa a pacotes prontos.\n"
    "• Use pouco óleo, sal e açúcar para temperar.\n"
    "• Beba água quando tiver sede; suco e refrigerante, só às vezes.\n"
    "• Coma com calma e, se der, com companhia."
)
FOOD_SAFETY = _(
    "<b>Comer com segurança</b>\n"
    "• Carne, frango, peixe e ovo: só bem cozidos.\n"
    "• Leite e queijo: só pasteurizados.\n"
    "• Verduras e frutas: lave e deixe 15 minutos em água com hipoclorito próprio para alimentos.\n"
    "• Nada de álcool. Café: pouco.\n"
    "• Comida pronta: guarde na geladeira e esquente bem.\n"
    "No pré-natal, tire as outras dúvidas."
)
WHERE_HELP = _(
    "<b>Onde buscar ajuda</b>\n"
    "Posto de saúde (UBS): nutricionista e médico, de graça.\n"
    "CAPS: cuidado em saúde mental, sem encaminhamento.\n"
    "CVV: ligue 188, a qualquer hora, de graça.\n"
    "Emergência: SAMU, ligue 192."
)
IDEAS = _(
    "<b>Ideias de refeições</b>\n"
    "Café: pão com ovo e uma fruta, ou cuscuz com queijo.\n"
    "Almoço: arroz, feijão, uma carne ou ovo, e salada.\n"
    "Lanche: iogurte com aveia, ou banana com pasta de amendoim.\n"
    "Jantar: sopa de legumes com frango, ou omelete com arroz.\n"
    "Coma no seu tempo. Se puder, com alguém por perto."
)

CONDITIONS: dict[str, str] = {
    "menor_de_idade": _("menos de 18 anos"),
    "gestante": _("gravidez"),
    "lactante": _("amamentação"),
    "doenca_renal": _("doença nos rins"),
    "diabetes_1": _("diabetes tipo 1"),
    "diabetes_2": _("diabetes"),
    "pre_diabetes": _("pré-diabetes"),
    "insulina": _("insulina"),
    "sulfonilureia": _("comprimido para diabetes"),
    "inibidor_sglt2": _("comprimido para diabetes (glifozina)"),
    "hipertensao": _("pressão alta"),
    "gota": _("gota"),
    "celiaca": _("doença celíaca"),
    "bariatrica": _("cirurgia bariátrica"),
    "cancer": _("câncer"),
    "cirrose": _("doença no fígado"),
    "insuficiencia_cardiaca": _("insuficiência cardíaca"),
    "fenilcetonuria": _("fenilcetonúria"),
    "frutosemia": _("intolerância hereditária à frutose"),
    "varfarina": _("varfarina"),
    "imao": _("remédio IMAO"),
    "transtorno_alimentar": _("sofrimento com a comida"),
    "trombose_ou_avc": _("trombose ou AVC"),
    "doenca_intestinal": _("doença no intestino"),
    "tireoide": _("tireoide"),
    "colesterol": _("colesterol ou triglicérides"),
    "favismo": _("favismo"),
}
"""Names of the codes of ``nutrition.conditions``; what a person wrote freely is repeated as it is."""
