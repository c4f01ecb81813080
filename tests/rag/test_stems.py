"""Words of any spelling meet at their stems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.stems import STOP_WORDS, match_any, stem, stems, vocabulary


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("feijão", "FEIJÕES".replace("ÕES", "ao")),
        ("proteína", "proteinas"),
        ("vegetariano", "vegetarianas"),
        ("cafe\u0301", "café"),  # decomposed accents
        ("refeição", "refeicao"),
    ],
)
def test_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert stems(one) == stems(other)


def test_stop_words_are_dropped_with_or_without_accents() -> None:
    assert stems("O que é que você não come?") == stems("não come")
    assert "voce" in STOP_WORDS


def test_the_vocabulary_keeps_the_spelling_with_accents() -> None:
    (word,) = vocabulary("Óleo")

    assert (word.word, word.spelling, word.stem) == ("oleo", "óleo", stem("oleo"))


def test_every_word_of_a_query_is_quoted() -> None:
    assert match_any(["arroz", 'a"b', "arroz", ""]) == '"arroz" OR "a""b"'
    assert match_any([]) == ""


@given(st.text())
def test_stems_are_plain_words_of_any_text(text: str) -> None:
    for found in stems(text):
        assert found
        assert found == found.strip()
        assert '"' not in found
