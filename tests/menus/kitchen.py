"""A small kitchen for tests: 57 foods and 77 dishes written by hand, with figures close to TACO's."""

from nutrition.food import NUTRIENTS, Food, FoodGroup, Measure
from nutrition.menu import Dish, Ingredient, Role, Slot, Source

# id | group | kcal protein fat saturated carbohydrate fiber added_sugar sodium | animal | allergens | tags | measure grams, ...
_FOODS = """
arroz_branco|cereais|128 2.5 .2 .1 28.1 1.6 0 1|||carbo_alto|colher de sopa 25
arroz_integral|cereais|124 2.6 1 .3 25.8 2.7 0 1|||carbo_alto|colher de sopa 25
macarrao|cereais|158 5.8 .9 .2 30.9 1.8 0 1||trigo_centeio_cevada_aveia|gluten carbo_alto|pegador 110,colher de sopa 25
pao_frances|cereais|300 8 3.1 1 58.6 2.3 0 648||trigo_centeio_cevada_aveia|gluten carbo_alto|unidade 50
pao_integral|cereais|253 9.4 3.7 .7 49.9 6.9 2 506||trigo_centeio_cevada_aveia|gluten carbo_alto|fatia 25
aveia|cereais|394 13.9 8.5 1.5 66.6 9.1 0 5||trigo_centeio_cevada_aveia|aveia carbo_alto|colher de sopa 15
tapioca|cereais|336 .1 0 0 82 .2 0 3|||carbo_alto|colher de sopa 15
cuscuz_milho|cereais|113 2.2 .7 .2 25.3 2.1 0 10|||carbo_alto milho|fatia 70
batata|tuberculos|52 1.2 0 0 11.9 1.3 0 2|||carbo_medio|colher de sopa 30,unidade 140
batata_doce|tuberculos|77 .6 .1 0 18.4 2.2 0 3|||carbo_alto|colher de sopa 40
mandioca|tuberculos|125 .6 .3 .1 30.1 1.6 0 1|||carbo_alto|colher de sopa 30
feijao_carioca|leguminosas|76 4.8 .5 .1 13.6 8.5 0 2|||feijao|concha 86,colher de sopa 17
feijao_preto|leguminosas|77 4.5 .5 .1 14 8.4 0 2|||feijao|concha 86,colher de sopa 17
lentilha|leguminosas|93 6.3 .5 .1 16.3 7.9 0 1|||feijao|colher de sopa 18
grao_de_bico|leguminosas|164 8.9 2.6 .3 27.4 7.6 0 7|||feijao|colher de sopa 22
alface|verduras|11 1.3 .2 0 1.7 1.8 0 3|||conta_fruta_verdura|folha 10
couve|verduras|90 1.7 6.6 .6 8.7 5.7 0 11|||conta_fruta_verdura|colher de sopa 20
brocolis|legumes|25 2.1 .5 .1 4.4 3.4 0 2|||conta_fruta_verdura|colher de sopa 10,ramo 60
tomate|legumes|15 1.1 .2 0 3.1 1.2 0 1|||conta_fruta_verdura solanacea|fatia 15,unidade 100
cenoura|legumes|30 .8 .2 0 6.7 2.6 0 8|||conta_fruta_verdura|colher de sopa 25
abobora|legumes|48 1.4 .7 .2 10.8 2.5 0 1|||conta_fruta_verdura|colher de sopa 36
abobrinha|legumes|15 1.1 .2 0 3 1.6 0 1|||conta_fruta_verdura|colher de sopa 30
pepino|legumes|10 .9 0 0 2 1.1 0 1|||conta_fruta_verdura|fatia 6,colher de sopa 18
beterraba|legumes|32 1.3 .1 0 7.2 1.9 0 23|||conta_fruta_verdura|colher de sopa 20
banana|frutas|98 1.3 .1 0 26 2 0 1|||conta_fruta_verdura|unidade 75
mamao|frutas|45 .8 .1 0 11.6 1.8 0 3|||conta_fruta_verdura|fatia 100
maca|frutas|56 .3 0 0 15.2 1.3 0 1|||conta_fruta_verdura|unidade 130
laranja|frutas|37 1 .1 0 8.9 .8 0 1|||conta_fruta_verdura citrico|unidade 150
abacaxi|frutas|48 .9 .1 0 12.3 1 0 1|||conta_fruta_verdura|fatia 75
melancia|frutas|33 .9 0 0 8.1 .1 0 1|||conta_fruta_verdura|fatia 100
frango_peito|aves|159 32 2.5 .6 0 0 0 50|ave||| filé 100,colher de sopa 20
frango_sobrecoxa|aves|233 29 12 3.4 0 0 0 96|ave|||unidade 65
patinho|carnes|219 35.9 7.3 2.9 0 0 0 60|bovina||carne_vermelha|bife 100,colher de sopa 25
acem_moido|carnes|212 26.7 10.9 4.6 0 0 0 49|bovina||carne_vermelha|colher de sopa 25
lombo|carnes|210 35.7 6.4 2.4 0 0 0 39|suina||carne_vermelha nao_halal nao_kosher|fatia 90,colher de sopa 25
tilapia|peixes|128 26 2.7 .9 0 0 0 56|peixe|peixes||filé 120,colher de sopa 20
merluza|peixes|122 26.6 .9 .2 0 0 0 82|peixe|peixes||filé 120,colher de sopa 20
sardinha|peixes|164 32.2 3 1 0 0 0 60|peixe|peixes||unidade 40
camarao|frutos_do_mar|90 19 1 .2 0 0 0 367|crustaceo|crustaceos||colher de sopa 20
ovo_cozido|ovos|146 13.3 9.5 2.9 .6 0 0 146|ovo|ovos||unidade 45
clara|ovos|59 13.4 .1 0 0 0 0 181|ovo|ovos||unidade 30
leite|laticinios|61 3.2 3.3 1.9 4.8 0 0 43|leite|leite|lactose|copo 200
leite_desnatado|laticinios|34 3.4 .1 .1 5 0 0 42|leite|leite|lactose|copo 200
iogurte|laticinios|51 4.1 3 1.8 1.9 0 0 52|leite|leite|lactose|pote 170,colher de sopa 20
queijo_minas|laticinios|264 17.4 20.2 11.4 3.2 0 0 31|leite|leite|lactose|fatia 30
ricota|laticinios|140 12.6 8.1 4.5 3.8 0 0 283|leite|leite|lactose|fatia 35,colher de sopa 20
tofu|proteina_vegetal|64 6.6 4 .7 2.1 .8 0 1||soja||fatia 40
soja_texturizada|proteina_vegetal|115 17 .3 .1 11.5 5.8 0 3||soja||colher de sopa 20
amendoim|oleaginosas|606 22.5 54 8.7 18.7 7.8 0 1||amendoim||colher de sopa 17
castanha_caju|oleaginosas|570 18.5 46.3 9.1 29.1 3.7 0 125||castanha_de_caju||unidade 2.5
pasta_amendoim|oleaginosas|588 25 50 10 20 6 0 5||amendoim||colher de sopa 15
azeite|oleos|884 0 100 14.9 0 0 0 0|||| colher de sopa 8,colher de chá 3
oleo_soja|oleos|884 0 100 15.2 0 0 0 0|||| colher de sopa 8,colher de chá 3
sal|temperos|0 0 0 0 0 0 0 39943|||| pitada 0.5
cafe|bebidas|2 .1 0 0 .3 0 0 1||| cafeina|xícara 100
mel|acucares|309 0 0 0 84 .4 84 6|mel|| acucar_adicionado|colher de chá 9
chia|oleaginosas|486 16.5 30.7 3.3 42.1 34.4 0 16||||colher de sopa 10
"""

# name | slots (initials) | role letter | minutes | tags | food grams, ...
_DISHES = """
Arroz branco|AJ|a|25||arroz_branco 100,oleo_soja 1.5,sal .5
Arroz integral|AJ|a|40||arroz_integral 100,oleo_soja 1.5,sal .5
Feijão carioca|AJ|a|50||feijao_carioca 86,oleo_soja 1.5,sal .5
Feijão preto|AJ|a|50||feijao_preto 86,oleo_soja 1.5,sal .5
Lentilha refogada|AJ|a|30||lentilha 90,oleo_soja 1.5,sal .5
Batata cozida|AJ|a|25||batata 150,sal .5
Batata-doce assada|AJ|a|40||batata_doce 120
Mandioca cozida|AJ|a|40||mandioca 100,sal .5
Salada de alface e tomate|AJ|s|5||alface 40,tomate 60,azeite 4
Salada de pepino e tomate|AJ|s|5||pepino 54,tomate 60,azeite 4
Salada de cenoura e beterraba|AJ|s|10||cenoura 50,beterraba 40,azeite 4
Salada de alface e cenoura|AJ|s|5||alface 30,cenoura 50,azeite 4
Brócolis no vapor|AJ|s|10||brocolis 90,azeite 4
Couve refogada|AJ|a|10||couve 60
Banana|CLTAJE|f|1||banana 75
Mamão|CLTAJE|f|2||mamao 100
Maçã|CLTAJE|f|1||maca 130
Laranja|CLTAJE|f|2||laranja 150
Abacaxi|CLTAJE|f|3||abacaxi 75
Melancia|CLTAJE|f|2||melancia 200
Frango grelhado|AJ|p|20|barato|frango_peito 100,azeite 4,sal 1
Frango com abóbora|AJ|p|30||frango_peito 100,abobora 108,azeite 4,sal 1
Frango com brócolis|AJ|p|25||frango_peito 100,brocolis 60,azeite 4,sal 1
Sobrecoxa assada|AJ|p|50|barato|frango_sobrecoxa 130,sal 1
Estrogonofe leve de frango|AJ|p|30||frango_peito 100,iogurte 40,tomate 60,azeite 4,sal 1
Bife de patinho|AJ|p|15||patinho 100,azeite 4,sal 1
Patinho com legumes|AJ|p|30||patinho 100,cenoura 50,brocolis 60,azeite 4,sal 1
Carne moída refogada|AJ|p|25|barato|acem_moido 100,tomate 45,sal 1
Carne moída com abobrinha|AJ|p|25||acem_moido 100,abobrinha 90,sal 1
Lombo assado|AJ|p|60||lombo 90,azeite 4,sal 1
Lombo com abacaxi|AJ|p|60||lombo 90,abacaxi 75,azeite 4,sal 1
Tilápia grelhada|AJ|p|20||tilapia 120,azeite 4,sal 1
Tilápia com tomate|AJ|p|25||tilapia 120,tomate 60,azeite 4,sal 1
Merluza assada|AJ|p|30||merluza 120,azeite 4,sal 1
Moqueca leve de merluza|AJ|p|40||merluza 120,tomate 60,azeite 8,sal 1
Sardinha assada|AJ|p|25|barato|sardinha 120,azeite 4,sal 1
Camarão com abobrinha|AJ|p|25||camarao 120,abobrinha 90,azeite 4,sal .5
Omelete de tomate|AJ|p|15|barato|ovo_cozido 135,tomate 45,azeite 4,sal 1
Omelete de abobrinha|AJ|p|15|barato|ovo_cozido 135,abobrinha 60,azeite 4,sal 1
Ovos mexidos com brócolis|AJ|p|15|barato|ovo_cozido 135,brocolis 60,azeite 4,sal 1
Macarrão à bolonhesa|AJ|p|35|completo|macarrao 165,acem_moido 75,tomate 60,sal 1
Macarrão com frango|AJ|p|35|completo|macarrao 165,frango_peito 80,tomate 60,azeite 4,sal 1
Sopa de lentilha|AJ|p|40|completo|lentilha 180,cenoura 50,batata 90,azeite 4,sal 1
Sopa de frango com legumes|AJ|p|40|completo|frango_peito 80,batata 120,cenoura 50,abobrinha 60,azeite 4,sal 1
Escondidinho de carne|AJ|p|50|completo|mandioca 180,acem_moido 100,tomate 45,sal 1
Grão-de-bico com legumes|AJ|p|30||grao_de_bico 132,abobora 72,tomate 45,azeite 4,sal 1
Salada de grão-de-bico|AJ|p|15||grao_de_bico 132,tomate 60,pepino 54,azeite 8,sal 1
Tofu grelhado com brócolis|AJ|p|20||tofu 160,brocolis 60,azeite 4,sal 1
Tofu com legumes|AJ|p|25||tofu 160,cenoura 50,abobrinha 60,azeite 4,sal 1
Bolonhesa de soja|AJ|p|30||soja_texturizada 100,tomate 90,azeite 8,sal 1
Soja refogada com abóbora|AJ|p|30||soja_texturizada 100,abobora 72,azeite 8,sal 1
Feijão com ovo|AJ|p|20||feijao_preto 86,ovo_cozido 90,azeite 4,sal 1
Lentilha com abóbora|AJ|p|35||lentilha 144,abobora 108,azeite 8,sal 1
Ricota com berinjela de forno|AJ|p|30||ricota 105,abobrinha 90,tomate 60,azeite 4,sal .5
Pão com ovo e mamão|C|p|10||pao_frances 50,ovo_cozido 90,mamao 100,cafe 100
Pão com queijo e laranja|C|p|5||pao_frances 50,queijo_minas 30,laranja 150,cafe 100
Tapioca com queijo|C|p|10||tapioca 60,queijo_minas 30,cafe 100
Tapioca com ovo|C|p|10||tapioca 60,ovo_cozido 90,cafe 100
Cuscuz com ovo|C|p|15||cuscuz_milho 140,ovo_cozido 90,cafe 100
Mingau de aveia|C|p|10||aveia 45,leite 200,banana 75
Vitamina de banana com aveia|CLT|p|5||leite 200,banana 75,aveia 30
Iogurte com mamão e aveia|CLT|p|5||iogurte 170,mamao 100,aveia 30
Pão integral com ricota|CLT|p|5||pao_integral 50,ricota 35,tomate 30
Pão integral com pasta de amendoim|CLT|p|5||pao_integral 50,pasta_amendoim 15,banana 75
Cuscuz com tofu mexido|C|p|15||cuscuz_milho 140,tofu 80,azeite 4,sal .5
Batata-doce com ovo|CLT|p|25||batata_doce 120,ovo_cozido 90
Tapioca com banana|CLT|p|10||tapioca 45,banana 75,chia 10
Banana com aveia|LTE|p|5||banana 75,aveia 15
Maçã com amendoim|LTE|p|2||maca 130,amendoim 17
Iogurte com aveia|LTE|p|3||iogurte 170,aveia 15
Mamão com chia|LTE|p|3||mamao 200,chia 10
Castanhas e laranja|LTE|p|2||castanha_caju 20,laranja 150
Ovo cozido e maçã|LTE|p|10||ovo_cozido 45,maca 130
Copo de leite desnatado|LTE|p|2||leite_desnatado 200
Iogurte natural|LTE|p|2||iogurte 170
Melancia com castanha|LTE|p|3||melancia 200,castanha_caju 10
Claras mexidas|CLTE|a|8||clara 60
"""

_SLOTS = {
    "C": Slot.CAFE_DA_MANHA,
    "L": Slot.LANCHE_DA_MANHA,
    "A": Slot.ALMOCO,
    "T": Slot.LANCHE_DA_TARDE,
    "J": Slot.JANTAR,
    "E": Slot.CEIA,
}
_ROLES = {"p": Role.PRINCIPAL, "a": Role.ACOMPANHAMENTO, "s": Role.SALADA, "f": Role.FRUTA, "b": Role.BEBIDA}
_COLUMNS = (
    "energy_kcal",
    "protein_g",
    "fat_g",
    "saturated_fat_g",
    "carbohydrate_g",
    "fiber_g",
    "added_sugar_g",
    "sodium_mg",
)


def _food(line: str) -> Food:
    name, group, figures, animal, allergens, tags, measures = (part.strip() for part in line.split("|"))
    values: dict[str, float | None] = dict.fromkeys(NUTRIENTS)
    values.update(zip(_COLUMNS, map(float, figures.split()), strict=True))
    parsed = [m.strip().rsplit(" ", 1) for m in measures.split(",")]
    return Food(
        id=name,
        name=name.replace("_", " "),
        synonyms=(),
        group=FoodGroup(group),
        nova=1,
        per_100g=values,
        allergens=frozenset(allergens.split()),
        animal=frozenset(animal.split()),
        tags=frozenset(tags.split()),
        measures=tuple(
            Measure(m, m.replace(" ", "s ", 1) if " " in m else m + "s", float(g)) for m, g in parsed
        ),
        purchase_factor=1.0,
        portion_min_g=0.5,
        portion_max_g=300.0,
        price_tier=1,
        source="teste",
    )


def _dish(line: str, number: int) -> Dish:
    name, slots, role, minutes, tags, parts = line.split("|")
    ingredients = [part.split() for part in parts.split(",")]
    return Dish(
        id=f"d{number}",
        name=name,
        slots=frozenset(_SLOTS[s] for s in slots),
        role=_ROLES[role],
        minutes=int(minutes),
        ingredients=tuple(Ingredient(food, float(grams)) for food, grams in ingredients),
        steps=("Prepare e sirva.",),
        tags=frozenset(tags.split()),
        sources=(Source("pratos.md", name, None, number),),
    )


FOODS: dict[str, Food] = {food.id: food for food in map(_food, _FOODS.strip().splitlines())}
DISHES: tuple[Dish, ...] = tuple(_dish(line, n) for n, line in enumerate(_DISHES.strip().splitlines(), 1))
