"""The household measures of the spec: short words there, full names with plural and gender in the food table."""

from dataclasses import dataclass

from scripts.food_sources import IbgeMeasure

# word of the spec: (name, plural, feminine, name in IBGE's book)
_MEASURES: dict[str, tuple[str, str, bool, str]] = {
    "sopa": ("colher de sopa", "colheres de sopa", True, "Colher de sopa"),
    "sobremesa": ("colher de sobremesa", "colheres de sobremesa", True, "Colher de sobremesa"),
    "chá": ("colher de chá", "colheres de chá", True, "Colher de chá"),
    "café": ("colher de café", "colheres de café", True, "Colher de café"),
    "servir": ("colher de servir", "colheres de servir", True, "Colher de arroz/servir"),
    "concha": ("concha", "conchas", True, "Concha"),
    "escumadeira": ("escumadeira", "escumadeiras", True, "Escumadeira"),
    "pegador": ("pegador", "pegadores", False, "Pegador"),
    "xícara": ("xícara", "xícaras", True, "Xícara de chá"),
    "xicrinha": ("xícara de café", "xícaras de café", True, "Xícara de café"),
    "copo": ("copo", "copos", False, "Copo médio"),
    "pote": ("pote", "potes", False, "Pote"),
    "unidade": ("unidade", "unidades", True, "Unidade"),
    "fatia": ("fatia", "fatias", True, "Fatia"),
    "rodela": ("rodela", "rodelas", True, "Rodela"),
    "filé": ("filé", "filés", False, "Filé"),
    "bife": ("bife", "bifes", False, "Bife"),
    "posta": ("posta", "postas", True, "Posta"),
    "pedaço": ("pedaço", "pedaços", False, "Pedaço"),
    "folha": ("folha", "folhas", True, "Folha"),
    "ramo": ("ramo", "ramos", False, "Ramo"),
    "dente": ("dente", "dentes", False, "Dente"),
    "pitada": ("pitada", "pitadas", True, "Pitada"),
    "gota": ("gota", "gotas", True, "Gota"),
    "espiga": ("espiga", "espigas", True, "Espiga"),
    "prato": ("prato de sobremesa", "pratos de sobremesa", False, "Prato de sobremesa"),
    "punhado": ("punhado", "punhados", False, "Punhado"),
    "pacote": ("pacote", "pacotes", False, "Pacote"),
    "saco": ("saquinho", "saquinhos", False, "Saco"),
    "lata": ("lata", "latas", True, "Lata"),
    "gomo": ("gomo", "gomos", False, "Gomo"),
    "cacho": ("cacho", "cachos", False, "Cacho"),
    "bago": ("bago", "bagos", False, "Bago"),
    "quadradinho": ("quadradinho", "quadradinhos", False, "Quadradinho"),
    "scoop": ("dosador", "dosadores", False, "Dose"),
    "sachê": ("sachê", "sachês", False, "Sachê"),
    "coxa": ("coxa", "coxas", True, "Coxa"),
    "sobrecoxa": ("sobrecoxa", "sobrecoxas", True, "Sobrecoxa"),
    "asa": ("asa", "asas", True, "Asa"),
    "espetinho": ("espetinho", "espetinhos", False, "Espetinho"),
    "metade": ("metade", "metades", True, "Metade"),
    "tablete": ("tablete", "tabletes", False, "Tablete"),
    "bola": ("bola", "bolas", True, "Bola"),
}
_OWN = "própria"


class MeasureError(Exception):
    """A measure of the spec that cannot be read."""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One line of ``food_measures.csv``; ``source`` is IBGE's row when its grams are the same, else our own kitchen."""

    name: str
    plural: str
    grams: float
    feminine: bool
    source: str


def measures_of(text: str, published: list[IbgeMeasure]) -> list[MeasureRow]:
    """Read ``"sopa 25;escumadeira 85"``. Raises ``MeasureError`` for an unknown word or amount."""
    rows = []
    for item in text.split(";"):
        word, _, amount = item.strip().rpartition(" ")
        try:
            name, plural, feminine, ibge_name = _MEASURES[word]
            grams = float(amount)
        except (KeyError, ValueError):
            raise MeasureError(f"cannot read the measure {item!r}") from None
        same = [m for m in published if m.name == ibge_name and m.grams == grams]
        rows.append(MeasureRow(name, plural, grams, feminine, same[0].ref if same else _OWN))
    return rows
