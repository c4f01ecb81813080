"""The embedder of the tests of search."""

import pytest

from tests.fakes.embedder import HashingEmbedder


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()
