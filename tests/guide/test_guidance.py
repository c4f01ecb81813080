"""The guidance of the guide: enough sections, of a readable length, sources named, wording that stays educational."""

import re
from pathlib import Path

import pytest

from nutrition.words import fold
from rag.guide import FOLDER

SECTIONS = sorted((FOLDER / "orientacoes").glob("*.md"))
MAX_LINES = 300

# Words that design rules keep out of what people read: prescription, promises and moral judgement of food.
BARRED = (
    "prescrevemos",
    "nutricionista virtual",
    "emagreca",
    "garantido",
    "milagr",
    "proibido",
    "pecado",
    "jacar",
    "besteira",
    "alimento do bem",
    "dieta para diabetes",
    "dieta para hipertensao",
    "cura ",
)

TOPICS = (
    "energia",
    "proteina",
    "fibra",
    "prato",
    "guia-alimentar",
    "agua",
    "sal",
    "acucar",
    "gordura",
    "frutas",
    "gluten",
    "lactose",
    "vegetariano",
    "vegano",
    "low-carb",
    "treino",
    "cafe-da-manha",
    "lanches",
    "jantar",
    "marmita",
    "congelar",
    "rotulos",
    "comer-fora",
    "gastar-menos",
    "safra",
    "alergias",
    "fodmap",
    "dash",
    "diabetes",
    "gota",
    "halal",
    "idosos",
    "medidas",
    "alcool",
    "norte",
    "nordeste",
    "quando-procurar-ajuda",
)


def test_there_are_at_least_22_sections_of_guidance() -> None:
    assert len(SECTIONS) >= 22


@pytest.mark.parametrize("topic", TOPICS)
def test_each_promised_topic_has_a_section(topic: str) -> None:
    assert any(topic in path.stem for path in SECTIONS)


@pytest.mark.parametrize("path", SECTIONS, ids=lambda path: path.stem)
def test_a_section_has_a_title_a_readable_length_and_its_sources(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.strip().split("\n")
    assert lines[0].startswith("# ")
    assert 150 <= len(text.split()) <= 470
    assert lines[-1].startswith("Fontes: ")
    assert lines[-1].endswith(".")


@pytest.mark.parametrize("path", SECTIONS, ids=lambda path: path.stem)
def test_a_paragraph_fits_a_passage_of_200_words(path: Path) -> None:
    paragraphs = re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
    assert max(len(paragraph.split()) for paragraph in paragraphs) <= 200


@pytest.mark.parametrize("path", SECTIONS, ids=lambda path: path.stem)
def test_wording_is_educational_and_without_judgement(path: Path) -> None:
    text = fold(path.read_text(encoding="utf-8"))
    assert [word for word in BARRED if word in text] == []


def test_help_lines_are_the_official_numbers() -> None:
    everything = "\n".join(path.read_text(encoding="utf-8") for path in SECTIONS)
    assert set(re.findall(r"SAMU[^.\n]{0,10}?(\d{3})\b", everything)) == {"192"}
    assert set(re.findall(r"CVV[^.\n]{0,25}?(\d{3})\b", everything)) == {"188"}


def test_no_file_of_the_guide_is_longer_than_300_lines() -> None:
    long = {path.name: len(path.read_text(encoding="utf-8").split("\n")) for path in FOLDER.rglob("*.md")}
    assert {name: lines for name, lines in long.items() if lines > MAX_LINES} == {}
