"""The words by which each way of asking for a change is known, over folded text. Rules of ``parse`` combine them."""

import re

COUNT = r"(\d{1,2}|um|uma|dois|duas|tres|quatro|cinco|seis|sete|oito)"

UNDO = re.compile(
    r"^(?:(?:nao|me arrependi|opa|ops|ih|pensando bem|mudei de ideia)[ ,]*)?(?:pode |quero )?(?:desfaz\w*|desfaca|volt\w+ (?:como|ao que|o que) (?:estava|era|tava)\b.*|volta atras|deixa como (?:estava|era|tava)"
    r"|cancela (?:isso|a troca|essa troca|a mudanca)|desist\w+ da troca)"
)
ASKS = re.compile(
    r"\b(?:receitas?|ver|mostr\w+|saber|lista de compras|horario|quant[oa]s?|calorias|kcal|posso comer|pode comer|faz mal|engorda|emagrece|por que|porque)\b"
)
TOLD = re.compile(r"\b(?:comi|almocei|jantei|exagerei|bebi|furei|lanchei)\b")
KEEP = re.compile(
    r"\b(?:gostei|adorei|amei|guarda\w*|mant\w+|deixa\w*|salva\w*|quero)\b.*\b(?:proxim\w+ semanas?|semana que vem|de novo)\b"
    r"|\b(?:guarda|mantem|salva|fixa|tranca|trava)\b"
)
OUT = re.compile(
    r"\bfora\b(?! d[aeo] (?:dieta|plano|geladeira))|\bn[ao] (?:casa|ape) d[aeo]s?\b|\brestaurantes?\b|\brodizio\b|\bchurrasco\b|\bfesta\b|\bcasamento\b"
    r"|\baniversario\b|\bifood\b|\bdelivery\b|\bcom (?:os|as|meus|minhas|uns|umas|o pessoal|a galera|amig\w+|a turma)\b|\bconfraternizacao\b"
)
GOING = re.compile(
    r"\b(?:vou|vamos|irei|tenho|tem|vai ter|almoco|janto|como|marquei)\b|\balmoco fora\b|\bjanto fora\b"
)
NOT_HOME = re.compile(
    r"\bnao (?:vou|vamos) (?:almocar|jantar|comer|lanchar|tomar cafe)(?: em casa| aqui)?\b"
    r"|\bnao (?:almoco|janto|lancho|tomo cafe) (?:em casa|aqui)\b"
)
AT_HOME = re.compile(r"\b(?:almocar|jantar|comer)\b.*\bem casa\b")
COPY = re.compile(r"\b(?:repet\w+|repit\w+|copi\w+|igual(?:zinh[oa])?|mesma coisa|mesmo cardapio)\b")
LIKE = re.compile(r"\b(?:igual(?:zinh[oa])?(?: a| ao| de)?|mesma coisa|mesmo cardapio)\b")
ONTO = re.compile(r"\b(?:repet\w+|repit\w+|copi\w+) (?:na|no|em|pra|para)(?: o| a)? ?$")
PEOPLE = re.compile(
    rf"\b(?:pra|para|somos(?: em)?|moramos(?: em)?|em|serve|cozinho (?:pra|para)|lista (?:pra|para|de))\s+{COUNT}"
    r"(?=\s*(?:pessoas?|de nos|adultos?|em casa|aqui em casa|na casa|$))"
)
HOUSE = re.compile(r"\b(?:pessoas?|somos|moramos|adultos?)\b")
MEALS = re.compile(rf"\b{COUNT}\s+(?:refeicoes|refeicao|vezes (?:por|ao|no) dia|vez (?:por|ao) dia)\b")
OF_FOOD = re.compile(r"\b(?:por|na|a) semana\b|\bagua\b|\bremedio\b")
SLOT_OFF = re.compile(
    r"^(?:sem|tira\w*|corta\w*|elimina\w*|pula\w*|nao (?:quero|faco|como|tomo|preciso)(?: mais)?(?: d[aeo])?)\s+(?:mais\s+)?(?:o|a|os|as)?\s*"
    r"(?:lanches?(?: (?:da|de) (?:manha|tarde|noite))?|ceia|colacao)(?:\s+(?:por favor|da semana|de todo dia|todos? os dias))?$"
)
NO_SNACK = re.compile(
    r"\bnao (?:quero|costumo|consigo|gosto de|curto|tenho (?:tempo|costume|habito) de|preciso) (?:mais )?lanchar\b|\bparei de lanchar\b"
    r"|^nao lanchar(?: mais)?$"
)
NO_MEAT = re.compile(
    r"\bsem (?:nenhuma )?carnes?\b(?! (?:de|vermelha|moida|seca|suina|bovina))|\bdia (?:todo )?(?:vegetariano|vegano|sem carne)\b"
)
CHEAP = re.compile(
    r"\b(?:car[oa]|carissim[oa]|caros|mais barat\w+|baratinh\w+|algo barato|economiz\w+|gast\w+ (?:menos|pouco)|pouca grana|sem (?:dinheiro|grana)"
    r"|grana curta|(?:dinheiro|grana|mes) (?:apertad\w+|curt\w+)|(?:mais )?em conta)\b"
)
QUICK = re.compile(
    r"\b(?:sem tempo|(?:pouco|pouquinho de) tempo|correria|com pressa|(?:algo|coisa|mais|bem|prato|uma receita) rapid\w+|rapidinh\w+|preguica"
    r"|(?:nao (?:quero|to a fim de|vou|da pra|aguento))(?: ter que)? cozinhar|cansad\w+ (?:pra|para|de) cozinhar|menos tempo)\b"
)
AT_HAND = re.compile(
    r"\b(?:tenho|temos|so tem|so tenho|tem|comprei|ganhei|sobr\w+)\s+(?P<foods>.+?)\s+(?:na geladeira|no freezer|no congelador|em casa|aqui|na despensa"
    r"|no armario|sobrando|pra usar|para usar|pra gastar)\b"
    r"|\bsobr(?:ou|aram)\s+(?P<left>.+)|\bo que (?:\w+ ){0,3}(?:faco|fazer|cozinhar|cozinho|preparar)(?: \w+){0,3} com\s+(?P<make>.+)"
    r"|\b(?:usar|gastar|aproveitar)\s+(?P<use>.+)"
)
LACK = re.compile(
    r"\b(?:nao (?:achei|encontrei|achamos|tinha)|acabou|ta(?:va)? em falta|esta(?:va)? em falta)\s+(?P<foods>.+)"
    r"|^(?P<before>.+?)\s+(?:acabou|ta em falta|esta em falta|em falta)\b"
    r"|\bnao tem\s+(?P<market>.+?)\s+(?:no mercado|na feira|no sacolao|no supermercado|no acougue)\b"
)
ENOUGH = re.compile(
    r"\b(?:nao (?:aguento|quero ver|suporto ver)(?: mais)?|enjo(?:ei|ad[oa]|ando)|cans(?:ei|ad[oa])|(?:to|tou|estou) chei[oa]|saco cheio|farto|farta|chega)"
    r"\s+(?:d[aeo]s?\s+)?(?:comer\s+)?(?P<foods>.+)|^(?:quero |queria |bota |coloca |(?:podia|poderia|pode) (?:ser|ter|vir|botar|colocar) )?menos\s+(?P<less>.+)"
    r"|^(?:tem |ta (?:com )?|e )?(?:muit[oa]s?|tant[oa]s?)\s+(?P<much>.+?)\s+(?:nesse|neste|nessa|nesta|no|na) (?:cardapio|semana|menu)\b"
    r"|\bnao quero(?: mais)?\s+(?P<week>.+?)\s+(?:essa|esta|nessa|nesta) semana\b"
)
TAKE_OUT = re.compile(r"\b(?:tir\w+|sem|retir\w+|remov\w+)\s+(?P<foods>.+)")
CHANGE = re.compile(r"\b(?:refaz\w*|refaca|troc\w+|mud(?:a|ar|e|o|ei|aria)|substitu\w+|alter\w+)\b")
PUT = re.compile(
    r"\b(?:poe|ponha|por|bota\w*|coloca\w*|inclui\w*|quero|queria|prefiro|faz|pode ser)\s+(?P<foods>.+?)\s+(?:no|na|pra o|para o|pra a|para a|pra|de)\s+(?:\w+ )?(?:almoco|jantar?|janta|cafe|lanche|ceia)\b"
)
INSTEAD = re.compile(r"\b(?:no lugar|em vez|inves)\b")
WHOLE = re.compile(
    r"\b(?:tod[oa]|tudo|dia (?:todo|inteiro)|inteir[oa]|o dia|todas as refeicoes|as refeicoes|cardapio)\b"
)
REFUSED = re.compile(
    r"\bnao (?:quero|gostei|curti|vou comer|to a fim)\b|\boutr[oa]s? (?:coisa|prato|opcao|opcoes|refeicao|cardapio)\b"
)
WANT = re.compile(r"\b(?:quero|queria|prefiro|(?:podia|poderia|pode) ser)\b")
OTHER_THINGS = re.compile(
    r"\b(?:horario|hora|lembrete|aviso|peso|altura|idade|objetivo|meta|cidade|idioma|perfil|senha)s?\b"
)
WANTED = re.compile(r"\b(?:por|pra|para|quero|queria|prefiro|bota|poe|coloca|(?:podia|poderia|pode) ser)\s+")
NO_FOOD_YET = re.compile(
    r"(?:troc|mud|substitu|alter|outr[oa]s? |por |ver |fazer |tirar |colocar |botar |comer |saber )"
)
"""After "pra" and "quero" these begin something else than a food."""
