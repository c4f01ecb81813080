"""Documents become chunks: paragraphs with their section's titles, dishes whole."""

from hypothesis import given
from hypothesis import strategies as st

from rag.chunker import LONGEST_DISH, LONGEST_TITLE, LONGEST_WORD, MOST_WORDS, Chunk, chunk
from rag.markdown import parse
from tests.rag.test_dishes import CHICKEN

LONG = "Uma frase comum sobre comida caseira de verdade feita em panela de barro. "


def cut(text: str) -> list[Chunk]:
    return chunk(parse(text), "sem título")


def test_a_chunk_carries_the_path_of_its_titles() -> None:
    chunks = cut(f"# Proteína\n\n{LONG * 3}\n\n## Quanto\n\n{LONG * 3}\n\n## Onde\n\n{LONG * 3}")

    assert [c.section for c in chunks] == ["Proteína", "Proteína › Quanto", "Proteína › Onde"]


def test_text_before_any_heading_has_the_name_of_the_document_as_section() -> None:
    assert cut("Solto no começo.\n\n# Depois\n\nFim.")[0] == Chunk("sem título", "Solto no começo.")


def test_a_paragraph_is_a_chunk_and_a_short_one_joins_its_neighbour() -> None:
    chunks = cut(f"# T\n\n{LONG * 3}\n\n{LONG * 4}\n\nFontes: OMS.")

    assert len(chunks) == 2
    assert chunks[1].text.endswith("\nFontes: OMS.")


def test_the_items_of_a_list_stay_together_as_lines() -> None:
    (only,) = cut("# T\n\n- leite\n- queijo\n")

    assert only.text == "- leite\n- queijo"


def test_a_table_keeps_its_rows_as_lines() -> None:
    (only,) = cut("# T\n\n| Medida | Gramas |\n| --- | --- |\n| Concha | 140 |\n")

    assert only.text == "Medida | Gramas\nConcha | 140"


def test_a_long_paragraph_is_cut_at_the_ends_of_sentences() -> None:
    chunks = cut(f"# T\n\n{LONG * 40}")

    assert len(chunks) > 1
    assert all(c.text.endswith(".") for c in chunks)


def test_a_dish_is_one_chunk_as_people_read_it() -> None:
    (dish,) = cut(CHICKEN)

    assert (dish.kind, dish.dish, dish.section) == (
        "dish",
        "frango-grelhado-com-abobora",
        "Frango grelhado com abóbora",
    )
    assert dish.text.startswith("Refeições: almoço, jantar\nPapel: principal")
    assert "- 100 g de peito de frango grelhado" in dish.text
    assert "2. Grelhe 4 minutos\nde cada lado.\nDica: sirva com limão." in dish.text


def test_raw_html_and_marks_are_dropped_and_their_words_stay() -> None:
    (only,) = cut("# T\n\nUse **pouco** [sal](http://x.example) <script>alert(1)</script> `hoje`.")

    assert only.text == "Use pouco sal alert(1) hoje."


def test_the_hash_changes_with_title_and_text_only() -> None:
    assert Chunk("A", "b").content_hash == Chunk("A", "b", page=3).content_hash
    assert (
        len({Chunk("A", "b").content_hash, Chunk("A", "c").content_hash, Chunk("B", "b").content_hash}) == 3
    )


@given(st.lists(st.text(alphabet="abc .\n-#", max_size=900), max_size=6))
def test_no_passage_is_longer_than_the_limit_nor_empty(parts: list[str]) -> None:
    for piece in cut("\n\n".join(parts)):
        assert piece.text.strip()
        assert len(piece.text.split()) <= MOST_WORDS + len(piece.text.split("\n"))  # the bullets of a list


@given(st.lists(st.sampled_from(["arroz", "feijão", "mesa", "fogo.", "sal,"]), min_size=1, max_size=700))
def test_no_word_of_a_paragraph_is_lost(words: list[str]) -> None:
    text = " ".join(words)

    assert " ".join(piece.text for piece in cut(f"# T\n\n{text}")).split() == text.split()


def test_what_has_no_end_is_cut_whether_word_title_or_dish() -> None:
    (titled, *_) = chunks = cut(f"# {'T' * 5000}\n\n{'[a](' * 20_000}")
    assert len(titled.section) == LONGEST_TITLE
    assert max(len(piece.text) for piece in chunks) <= MOST_WORDS * (LONGEST_WORD + 1)
    assert sum(piece.text.count("[a](") for piece in chunks) == 20_000

    endless = CHICKEN + "".join(f"\n{number}. Mexa mais uma vez." for number in range(10, 2000))
    pieces = cut(f"# Pratos\n\n{endless}")
    assert max(len(piece.text) for piece in pieces) <= LONGEST_DISH
    assert not [piece for piece in pieces if piece.kind == "dish"]
