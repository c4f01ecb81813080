"""Small documents to index."""

from rag.chunker import chunk
from rag.guide import Document
from rag.markdown import parse


def document(name: str, text: str) -> Document:
    """A document as the guide's loader would read it; its hash is its text."""
    return Document(name, f"Documento {name}", str(hash(text)), tuple(chunk(parse(text), name)))


PROTEIN = document(
    "proteina.md",
    """# Proteína

A proteína constrói e conserta músculos e ajuda a sentir saciedade depois das refeições de todo dia na mesa de casa.

## Quanto por dia

Quem treina costuma se beneficiar de 1,4 a 2,0 g por quilo de peso, divididos entre as refeições principais do dia.
""",
)
WATER = document(
    "agua.md",
    """# Água e hidratação

Beba água ao longo do dia, sem esperar a sede apertar, e leve uma garrafa para o trabalho quando o calor aumenta muito.
""",
)
SALT = document(
    "sal.md",
    """# Sal e temperos

Ervas, limão, alho e cebola dão sabor e deixam usar menos sal na panela de feijão, no arroz e na salada de todo dia.
""",
)
LIBRARY = (PROTEIN, WATER, SALT)
