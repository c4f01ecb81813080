"""The words by which each way of asking for a change is known, over folded text. Rules of ``parse`` combine them."""

import re

_DAY = r"(?:depois de amanha|hoje|amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo)"
_MEAL = r"(?:cafe(?: da manha)?|almoco|jantar|janta|lanche(?: (?:da|de) (?:manha|tarde|noite))?|ceia|colacao)"
_OTHER_MEAT = r"(?! (?:de|vermelha|moida|seca|suina|bovina))"
COUNT = r"(\d{1,2}|um|uma|dois|duas|tres|quatro|cinco|seis|sete|oito)"

UNDO = re.compile(
    r"^(?:(?:nao|me arrependi|opa|ops|ih|eita|vish|pensando bem|mudei de ideia)[ ,]*)*(?:pode |quero )?(?:desfaz\w*|desfaca|volt\w+ (?:como|ao que|o que) (?:estava|era|tava)\b.*|volta atras|deixa como (?:estava|era|tava)"
    r"|cancela (?:isso|a troca|essa troca|a mudanca)|desist\w+ da troca)"
)
ASKS = re.compile(
    r"\b(?:receitas?|(?<!nao quero )(?<!nao aguento )(?<!nao suporto )(?<!nao quero mais )(?<!nao aguento mais )(?<!nao suporto mais )ver|mostr\w+|saber|lista de compras|horario|quant[oa]s?|calorias|kcal|(?<!nao )posso comer|pode comer|faz mal|engorda|emagrece|por que|porque)\b"
)
TOLD = re.compile(r"\b(?:comi|almocei|jantei|exagerei|bebi|furei|lanchei)\b")
_LEFT_ALONE = r"\bnao (?:e pra |precisa |quero que )?(?:mex\w+|troc\w+|mud\w+)"
LEFT_ALONE = re.compile(_LEFT_ALONE)
KEEP = re.compile(
    r"\b(?:gostei|adorei|amei|guarda\w*|mant\w+|deixa\w*|salva\w*|quero)\b.*\b(?:proxim\w+ semanas?|semana que vem|de novo)\b"
    r"|\b(?:guarda|mantem|salva|fixa|tranca|trava)\b"
    rf"|{_LEFT_ALONE}(?: mais)? (?:nel[ea]|el[ea]|nisso|isso|(?:o|a|no|na|meu|minha|esse|essa) {_MEAL})\b"
)
OUT = re.compile(
    r"\bfora\b(?! d[aeo] (?:dieta|plano|geladeira))|\bn[ao] (?:casa|ape) d[aeo]s?\b|\brestaurantes?\b|\brodizio\b|\bchurrasco\b|\bfesta\b|\bcasamento\b"
    r"|\b(?:comer|almocar|jantar|lanchar|almoco|janto|lancho|como) (?:\w+ )?na rua\b|\b(?:pizzaria|churrascaria|hamburgueria|lanchonete)\b"
    r"|\baniversario\b|\bifood\b|\bdelivery\b|\bcom (?:os|as|meus|minhas|uns|umas|o pessoal|a galera|amig\w+|a turma)\b|\bconfraternizacao\b"
)
GOING = re.compile(
    r"\b(?:vou|vamos|irei|tenho|tem|vai ter|almoco|janto|como|marquei)\b|\balmoco fora\b|\bjanto fora\b"
)
NOT_HOME = re.compile(
    r"\bnao (?:vou|vamos) (?:almocar|jantar|comer|lanchar|tomar cafe)(?: em casa| aqui)?\b"
    rf"|\bnao (?:almoco|janto|lancho|tomo cafe) (?:em casa|aqui)\b|\b{_DAY} (?:eu |a gente )?nao (?:almoco|janto|lancho|tomo cafe)\b"
)
AT_HOME = re.compile(r"\b(?:almocar|jantar|comer)\b.*\bem casa\b")
_SAME = r"igual(?:zinh[oa])?(?: a| ao| de)?|[oa] mesm[oa] (?:comida|coisa|cardapio|menu|prato|almoco|jantar?|janta|cafe|lanche|ceia|d[aeo])|mesma coisa|mesmo cardapio"
COPY = re.compile(rf"\b(?:repet\w+|repit\w+|copi\w+|{_SAME})\b")
LIKE = re.compile(rf"\b(?:{_SAME})\b")
AGAIN = re.compile(r"\b(?:de novo|outra vez|novamente)\b")
ONTO = re.compile(r"\b(?:repet\w+|repit\w+|copi\w+) (?:na|no|em|pra|para)(?: o| a)? ?$")
PEOPLE = re.compile(
    rf"\b(?:pra|para|somos(?: em)?|moramos(?: em)?|em|serve|cozinho (?:pra|para)|lista (?:pra|para|de))\s+{COUNT}"
    r"(?=\s*(?:pessoas?|de nos|adultos?|em casa|aqui em casa|na casa|$))"
)
HOUSE = re.compile(r"\b(?:pessoas?|somos|moramos|adultos?)\b")
MEALS = re.compile(rf"\b{COUNT}\s+(?:refeicoes|refeicao|vezes (?:por|ao|no) dia|vez (?:por|ao) dia)\b")
TOO_MANY = re.compile(r"\s*(?:por dia )?(?:(?:e|eh|ta|sao|fica) )?(?:demais|muito|muita\w*|pouc\w+)\b")
MEALS_THEN = re.compile(
    rf"\b(?:deixa|quero|bota|poe|coloca|so|faz|prefiro|melhor|pra|para|por|com)\s+(?:so\s+)?{COUNT}"
    r"(?=\s*(?:refeic\w+|por dia|ta|por favor|pfv|so|mesmo|,|$))"
)
OF_FOOD = re.compile(r"\b(?:por|na|a) semana\b|\bagua\b|\bremedio\b")
SLOT_OFF = re.compile(
    r"^(?:sem|tira\w*|corta\w*|elimina\w*|pula\w*|nao (?:quero|faco|como|tomo|preciso)(?: mais)?(?: d[aeo])?)\s+(?:mais\s+)?(?:o|a|os|as)?\s*"
    r"(?:lanches?(?: (?:da|de) (?:manha|tarde|noite))?|ceia|colacao)(?:\s+(?:nao|por favor|pfv|d[ao] (?:semana|cardapio|menu|plano|dieta)|de todo dia"
    r"|todo dia|todos? os dias))*(?:$| ,)"
)
SLOT_SKIPPED = re.compile(
    rf"^(?:(?:n[ao] )?{_DAY} ,? ?)?(?:sem|tir\w+|cort\w+|pul\w+|remov\w+|cancel\w+) (?:[oa] )?{_MEAL}(?: (?:(?:d[aeo]|n[ao]|pra) )?{_DAY})?"
    r"(?: (?:por favor|pfv|ta|so))*(?:$| ,)"
)
SKIPS = re.compile(
    r"\b(?:vou|vamos|quero|preciso|posso|prefiro|devo|tenho que|pode) pular (?:[oa] )?" + _MEAL + r"\b"
)
THINNER = re.compile(r"\b(?:emagre\w+|perder peso|secar|compensar)\b")
NO_SNACK = re.compile(
    r"\bnao (?:quero|costumo|consigo|gosto de|curto|tenho (?:tempo|costume|habito) de|preciso) (?:mais )?lanchar\b|\bparei de lanchar\b"
    r"|^nao lanchar(?: mais)?$"
)
NO_MEAT = re.compile(
    r"\bsem (?:nenhuma )?carnes?\b(?! (?:de|vermelha|moida|seca|suina|bovina))|\bdia (?:todo )?(?:vegetariano|vegano|sem carne)\b"
)
_EATS_NO_MEAT = (
    rf"(?:nao (?:como|quero(?: comer)?|vou comer|posso comer)|nada de) (?:nenhuma )?carne\b{_OTHER_MEAT}"
)
NO_MEAT_THEN = re.compile(
    rf"\b{_DAY}(?: ,)? (?:eu |a gente )?{_EATS_NO_MEAT}|\b{_EATS_NO_MEAT}(?: nenhuma)? (?:n[ao] |ness[ea] )?{_DAY}\b"
)
VEGETARIAN = re.compile(
    r"\b(?:quero|queria|bora|vamos|vou|prefiro|faz|troca|muda|podia|poderia|pode)\b.*\bvegetarian[oa]s?\b"
)
FOR_GOOD = re.compile(
    r"\b(?:sou|somos|virei|viramos) (?:\w+ )?veg\w+|\b(?:ser|virar|desde|nunca|sempre|parei|a partir|comec\w+|todo dia|todos os dias)\b"
)
"""What is no wish for one day: who eats no meat at all says so in other words, and that is a restriction."""

CHEAP = re.compile(
    r"\b(?:car[oa]|carissim[oa]|caros|mais barat\w+|baratinh\w+|algo barato|economiz\w+|gast\w+ (?:menos|pouco)|pouca grana|sem (?:dinheiro|grana)"
    r"|grana curta|(?:dinheiro|grana|mes) (?:apertad\w+|curt\w+)|(?:mais )?em conta)\b"
)
QUICK = re.compile(
    r"\b(?:sem tempo|(?:pouco|pouquinho de) tempo|correria|com pressa|(?:algo|coisa|mais|bem|prato|uma receita) rapid\w+|rapidinh\w+|preguica"
    r"|(?:nao (?:quero|to a fim de|vou|da pra|aguento))(?: ter que)? cozinhar|cansad\w+ (?:pra|para|de) cozinhar|menos tempo"
    r"|demor\w+ (?:muito |demais |tanto )?(?:pra|para) (?:fazer|preparar|cozinhar|ficar pront\w+)|(?:algo|coisa|mais|bem|prato) pratic\w+)\b"
)
AT_HAND = re.compile(
    r"(?<!nao )\b(?:tenho|temos|so tem|so tenho|tem|comprei|ganhei|achei|sobr\w+)\s+(?P<foods>.+?)\s+(?:na geladeira|no freezer|no congelador|em casa|aqui|na despensa"
    r"|no armario|sobrando|pra usar|para usar|pra gastar)\b"
    r"|\bsobr(?:ou|aram)\s+(?P<left>.+)|\bo que (?:\w+ ){0,3}(?:faco|fazer|cozinhar|cozinho|preparar)(?: \w+){0,3} com\s+(?P<make>.+)"
    r"|\b(?:na geladeira|no freezer|no congelador|na despensa|no armario|em casa|aqui)(?: aqui| em casa| eu)? (?:so )?(?:tem|tenho|temos) (?P<there>.+)"
    r"|^(?:.*\b(?:comprei|compramos|tenho|temos|tem|ganhei|achei|usar|gastar|aproveitar|que(?! (?:ta|tao|esta|estao|vai|vao|ja)\b)) )?(?P<spoils>[^,]+?)(?: que)?(?: e)? (?:ja )?(?:ta|tao|esta|estao|vai|vao) (?:quase )?(?:ficando |pra )?"
    r"(?:estragando|estragar|passad[oa]s?|passando do ponto|vencendo|vencer|murchando|murch[oa]s?)\b"
    r"|\b(?:usar|gastar|aproveitar)\s+(?P<use>.+)"
)
ONLY_HERE = re.compile(
    r"\bso (?:tem|tenho|temos)\b|\bn[ao] (?:geladeira|freezer|congelador|despensa|armario)\b|\bo que (?:\w+ ){0,3}(?:faco|fazer|cozinh\w+|prepar\w+)"
)
"""Without one of these, "aqui em casa tem…" may be about people."""

LACK = re.compile(
    r"\b(?:nao (?:achei|encontrei|achamos|tinha)|acabou|ta(?:va)? em falta|esta(?:va)? em falta)\s+(?P<foods>.+)"
    r"|^(?P<before>.+?)\s+(?:acabou|ta em falta|esta em falta|em falta)\b"
    r"|\bnao (?:tenho|temos|tem)\s+(?P<home>.+?)\s+(?:em casa|aqui|na geladeira|na despensa)\b"
    r"|\bnao tem\s+(?P<market>.+?)\s+(?:no mercado|na feira|no sacolao|no supermercado|no acougue)\b"
)
ENOUGH = re.compile(
    r"\b(?:nao (?:aguento|quero ver|suporto ver)(?: mais)?|nao (?:aguento|quero|suporto) mais ver|ja deu de|enjo(?:ei|ad[oa]|ando)|cans(?:ei|ad[oa])|(?:to|tou|estou) chei[oa]|saco cheio|farto|farta|chega)"
    r"\s+(?:d[aeo]s?\s+)?(?:comer\s+)?(?P<foods>.+)|^(?:quero |queria |bota |coloca |(?:podia|poderia|pode) (?:ser|ter|vir|botar|colocar) )?menos\s+(?P<less>.+)"
    r"|^(?:tem |ta (?:com )?|e )?(?:muit[oa]s?|tant[oa]s?)\s+(?P<much>.+?)\s+(?:nesse|neste|nessa|nesta|no|na) (?:cardapio|semana|menu)\b"
    r"|\bnao quero(?: mais)?\s+(?P<week>.+?)\s+(?:essa|esta|nessa|nesta) semana\b|\b(?:essa|esta|nessa|nesta) semana (?:eu )?nao quero(?: mais)?(?: ver)?\s+(?P<now>.+)"
    r"|^(?P<again>\w+(?: \w+){0,2}) (?:de novo|outra vez) (?:nao(?: ne| da| aguento| quero| ,|$)|(?:, )?(?:ja deu|chega|ninguem merece))"
    r"|^(?P<gave>\w+(?: \w+){0,2}) ja deu(?: (?:pra mim|o que tinha|ne|por hoje|,)|$)"
)
TAKE_OUT = re.compile(r"(?<!nao )\b(?:tir\w+|sem|retir\w+|remov\w+)\s+(?P<foods>.+)")
CHANGE = re.compile(r"\b(?:refaz\w*|refaca|troc\w+|mud(?:a|ar|e|o|ei|aria)|substitu\w+|alter\w+)\b")
_BRING = r"poe|ponha|por|bot(?:a\w*|e|em)|coloc(?:a\w*|que)|inclu\w+|mete"
PUT = re.compile(
    rf"\b(?:{_BRING}|quero|queria|prefiro|faz|pode ser)\s+(?P<foods>.+?)\s+(?:no|na|pra o|para o|pra a|para a|pra|de)\s+(?:\w+ )?(?:almoco|jantar?|janta|cafe|lanche|ceia)\b"
)
INSTEAD = re.compile(r"\b(?:no lugar|em vez|inves)\b")
WHOLE = re.compile(
    rf"\b(?:refaz|refaca|troca|muda) [oa] {_DAY}$|\b(?:tod[oa]|tudo|dia (?:todo|inteiro)|inteir[oa]|o dia|todas as refeicoes|as refeicoes|cardapio)\b"
)
REFUSED = re.compile(
    r"\bnao (?:quero|gostei|curti|vou comer|to a fim|me agrad\w+|desceu|rolou)\b|\bodiei\b|\b(?:manda|tem|quero|da|arruma|sugere) (?:um |uma )?outr[oa]\b|\boutr[oa]s? (?:coisa|prato|opcao|opcoes|refeicao|cardapio)\b"
)
WANT = re.compile(
    r"\b(?:quero|queria|prefiro|(?:bateu|deu|com|tenho) (?:uma |a |muita )?vontade de|(?:podia|poderia|pode) ser)\b"
)
OTHER_THINGS = re.compile(
    r"\b(?:horario|hora|lembrete|aviso|peso|altura|idade|objetivo|meta|cidade|idioma|perfil|senha)s?\b"
)
BARE = re.compile(
    r"^(?P<foods>[\w ]+?) (?:no|na|pra o|para o|pra a|para a|pra|de) (?:almoco|jantar|janta|cafe(?: da manha)?|lanche(?: (?:da|de) (?:manha|tarde))?|ceia)"
    rf"(?: (?:(?:d[aeo]|n[ao]|pra) )?{_DAY})? ?,? ?(?:por favor|pfv|pf|pls|please|por gentileza)$"
)
"""No verb, but a courtesy: something is asked for, not told."""

WANTED = re.compile(
    r"\b(?:por|pra|para|quero|queria|prefiro|bot[ae]|poe|ponha|coloca|coloque|mete|(?:bateu|deu|com|tenho) (?:uma |a |muita )?vontade de|(?:podia|poderia|pode) ser)\s+"
)
NO_FOOD_YET = re.compile(
    r"(?:troc|mud|substitu|alter|outr[oa]s? |por |ver |fazer |tirar |colocar |botar |comer |saber |(?:[oa] )?(?:jant|almoc|lanch|cafe|ceia|tomar ))"
)
"""After "pra" and "quero" these begin something else than a food."""
