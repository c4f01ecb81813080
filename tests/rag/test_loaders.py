"""Files are read by what their bytes are; what cannot be read says why."""

import pytest

from rag.loaders import MOST_BYTES, Reason, Unreadable, read_document
from rag.markdown import BlockKind


def reason_of(data: bytes, name: str) -> Reason:
    with pytest.raises(Unreadable) as caught:
        read_document(data, name)
    return caught.value.reason


def test_markdown_becomes_blocks_and_chunks_under_the_file_s_name() -> None:
    document = read_document("# Plano\n\nCafé às 7h.\n\n- pão\n- ovo\n".encode(), "plano.md")
    assert [block.kind for block in document.blocks] == [
        BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ITEM,
    ]  # fmt: skip
    assert (document.name, document.title, document.pages) == ("plano.md", "plano.md", None)
    assert document.chunks[0].text == "Café às 7h.\n- pão\n- ovo"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_text_is_read_in_the_encodings_that_brazilian_files_have(encoding: str) -> None:
    document = read_document("Feijão, pão e maçã – R$ 5".encode(encoding), "lista.txt")
    assert document.chunks[0].text == "Feijão, pão e maçã – R$ 5"


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"---\n", b"\xef\xbb\xbf"])
def test_a_file_without_a_word_is_empty(data: bytes) -> None:
    assert reason_of(data, "plano.txt") is Reason.EMPTY


def test_a_file_over_20_mb_is_too_large() -> None:
    assert reason_of(b"a" * (MOST_BYTES + 1), "plano.txt") is Reason.TOO_LARGE


def test_bytes_that_are_no_text_are_of_the_wrong_type() -> None:
    assert reason_of(bytes(range(256)) * 4, "plano.txt") is Reason.WRONG_TYPE
