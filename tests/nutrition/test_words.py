from hypothesis import given
from hypothesis import strategies as st

from nutrition.words import fold, tokens


def test_fold_drops_case_accents_and_cedillas() -> None:
    assert fold("AÇAÍ com Maçã") == "acai com maca"


def test_tokens_split_on_everything_that_is_not_a_letter_or_a_digit() -> None:
    assert tokens("Pão-de-ló, 2 fatias (½)") == ["pao", "de", "lo", "2", "fatias", "1", "2"]


@given(st.text())
def test_fold_says_the_same_of_what_is_already_folded(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_tokens_are_never_empty_and_have_no_accents(text: str) -> None:
    assert all(token and token.isascii() and token == token.lower() for token in tokens(text))
