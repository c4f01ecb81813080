"""Search finds by words and by meaning, forgives typos, and keeps owners apart."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.index import Indexer
from rag.query import best, one_letter_away, respell
from rag.search import Hit, Search
from storage.database import Database
from storage.passages import PUBLIC, Word
from tests.fakes.embedder import HashingEmbedder
from tests.fresh import fresh_database
from tests.rag.library import LIBRARY, PROTEIN, SALT, WATER, document
from tests.rag.test_dishes import CHICKEN


@pytest.fixture
async def library(database: Database, embedder: HashingEmbedder) -> AsyncIterator[Search]:
    await Indexer(database, embedder).sync([*LIBRARY, document("almoco.md", CHICKEN)])
    yield Search(database, embedder)


def sections(hits: list[Hit]) -> list[str]:
    return [hit.passage.section for hit in hits]


async def test_the_passage_that_answers_comes_first_with_its_document_and_section(library: Search) -> None:
    first = (await library.find("quantos gramas de proteina para quem treina?"))[0]

    assert first.passage.section == "Proteína › Quanto por dia"
    assert first.passage.document == "Documento proteina.md"
    assert 0.8 < first.score <= 1
    assert first.bm25 is not None
    assert first.cosine is not None


async def test_words_alone_answer_while_vectors_are_missing(
    database: Database, embedder: HashingEmbedder
) -> None:
    await Indexer(database, None).sync(LIBRARY)

    hits = await Search(database, embedder).find("garrafa de água")

    assert sections(hits)[0] == "Água e hidratação"
    assert hits[0].cosine is None


async def test_words_alone_answer_when_the_embedder_fails(library: Search, embedder: HashingEmbedder) -> None:
    embedder.broken = True

    assert sections(await library.find("garrafa"))[0] == "Água e hidratação"


@pytest.mark.parametrize("typed", ["garafa", "garrrafa", "garrafs", "grarafa", "gerrafa"])
async def test_one_wrong_letter_is_forgiven(database: Database, typed: str) -> None:
    await Indexer(database, None).sync(LIBRARY)

    assert sections(await Search(database, None).find(typed)) == ["Água e hidratação"]


async def test_a_word_that_the_documents_have_is_never_corrected(database: Database) -> None:
    await Indexer(database, None).sync([document("a.md", "# A\n\ncara"), document("b.md", "# B\n\ncarta")])

    assert sections(await Search(database, None).find("cara")) == ["A"]


async def test_nothing_near_finds_nothing(database: Database) -> None:
    await Indexer(database, None).sync(LIBRARY)

    assert await Search(database, None).find("xilofone quântico") == []


async def test_the_embedder_reads_the_question_with_its_accents(
    library: Search, embedder: HashingEmbedder
) -> None:
    await library.find("hidratacao com AGUA")

    assert embedder.queries == ["hidratação com água"]


async def test_a_question_asked_again_is_not_embedded_again(
    library: Search, embedder: HashingEmbedder
) -> None:
    await library.find("água no calor")
    await library.find("água  no calor")

    assert len(embedder.queries) == 1


async def test_only_the_kind_asked_for_is_found(library: Search) -> None:
    dishes = await library.find("sal", kind="dish")
    guidance = await library.find("sal", kind="passage")

    assert [hit.passage.dish for hit in dishes] == ["frango-grelhado-com-abobora"]
    assert {hit.passage.kind for hit in guidance} == {"passage"}
    assert len(guidance) == 4


async def test_a_changed_or_removed_text_never_matches_again(
    database: Database, embedder: HashingEmbedder
) -> None:
    indexer = Indexer(database, embedder)
    await indexer.sync(LIBRARY)
    await indexer.sync([document(WATER.name, "# Água\n\nBeba chá de camomila."), PROTEIN])

    search = Search(database, embedder)

    for text in ("garrafa para o trabalho", "ervas e limão"):
        assert all("garrafa" not in hit.passage.text for hit in await search.find(text))
        assert all("Ervas" not in hit.passage.text for hit in await search.find(text))
    assert await Search(database, None).find("garrafa") == []


async def test_other_peoples_documents_change_neither_order_nor_score(
    database: Database, embedder: HashingEmbedder
) -> None:
    indexer = Indexer(database, embedder)
    search = Search(database, embedder)
    await indexer.sync([WATER, PROTEIN])
    await indexer.sync([SALT], owner=7, collection="chat")
    alone = await search.find("sal e água na panela de feijão", owners=(PUBLIC, 7))

    crowd = [document(f"{i}.md", f"# Sal {i}\n\nÁgua, sal e feijão na panela {i}.") for i in range(30)]
    await indexer.sync(crowd, owner=8, collection="chat")

    assert await search.find("sal e água na panela de feijão", owners=(PUBLIC, 7)) == alone
    assert {hit.passage.owner for hit in alone} <= {PUBLIC, 7}


async def test_a_short_document_of_a_person_can_come_before_the_guide(database: Database) -> None:
    indexer = Indexer(database, None)
    crowd = [document(f"{i}.md", f"# Parte {i}\n\nO sal da panela número {i}.") for i in range(30)]
    await indexer.sync([*crowd, SALT])
    await indexer.sync(
        [document("meu.md", "# Meu plano\n\nSal rosa: uma pitada.")], owner=7, collection="chat"
    )

    hits = await Search(database, None).find("sal rosa", owners=(PUBLIC, 7))

    assert hits[0].passage.section == "Meu plano"


async def test_scores_of_several_owners_are_those_of_one_index(database: Database) -> None:
    indexer = Indexer(database, None)
    notes = [
        document(f"{i}.md", f"# N{i}\n\n{'sal ' * (i % 3 + 1)}na sopa com água e limão") for i in range(5)
    ]
    fill = [
        document(f"f{i}.md", f"# F{i}\n\narroz com ervas e azeite de oliva nesta panela") for i in range(9)
    ]
    await indexer.sync([*notes, *fill], owner=1, collection="chat")
    await indexer.sync([*notes[:2], *fill], owner=2, collection="chat")
    await indexer.sync(notes[2:], owner=3, collection="chat")
    search = Search(database, None)

    together = await search.find("sal", owners=(1,))
    apart = await search.find("sal", owners=(2, 3))

    assert sections(apart) == sections(together)
    for one, other in zip(apart, together, strict=True):
        assert one.bm25 == pytest.approx(other.bm25, rel=0.1)  # the mean length is of what was found


async def test_a_typo_is_not_corrected_to_a_word_of_someone_else(database: Database) -> None:
    indexer = Indexer(database, None)
    await indexer.sync([WATER])
    await indexer.sync([document("x.md", "# X\n\nsegredo")], owner=8, collection="chat")

    assert await Search(database, None).find("segreco", owners=(PUBLIC, 7)) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60) | st.text(alphabet="\"*()^:+-?%'NEAR AND OR{}água_ªß½\0", max_size=40))
async def test_any_text_can_be_asked(library: Search, text: str) -> None:
    hits = await library.find(text, k=3)

    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


ANYONE = st.sampled_from([0, 7, 8])
NOTES = st.lists(
    st.tuples(ANYONE, st.sampled_from(["sal", "água", "feijão preto", "garrafa azul"])), max_size=8
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=NOTES, asker=st.sampled_from([7, 8]), text=st.sampled_from(["sal", "agua", "feijao", "garafa"]))
async def test_no_search_shows_a_chunk_of_another_owner(
    tmp_path_factory: pytest.TempPathFactory, notes: list[tuple[int, str]], asker: int, text: str
) -> None:
    path: Path = tmp_path_factory.mktemp("owners") / "test.db"
    database = await fresh_database(path, readers=1)
    embedder = HashingEmbedder()
    indexer = Indexer(database, embedder)
    for owner in (0, 7, 8):
        mine = [
            document(f"{i}.md", f"# {note}\n\n{note}") for i, (who, note) in enumerate(notes) if who == owner
        ]
        await indexer.sync(mine, owner=owner, collection="chat")

    hits = await Search(database, embedder).find(text, k=50, owners=(PUBLIC, asker))

    assert {hit.passage.owner for hit in hits} <= {PUBLIC, asker}
    assert len(hits) == sum(owner in (PUBLIC, asker) for owner, _ in notes)  # the vectors rank every chunk
    await database.close()


def test_of_several_near_words_the_same_first_letter_and_the_commonest_win() -> None:
    vocabulary = [
        Word("prato", "prat", "prato", 2),
        Word("grata", "grat", "grata", 9),
        Word("preta", "pret", "preta"),
    ]

    assert [word.word for word in best("prata", vocabulary)] == ["prato", "preta"]


@given(st.text(alphabet="abcde", min_size=4, max_size=8), st.data())
def test_a_word_with_one_edit_is_one_letter_away(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 2))
    edits = [
        word[:place] + "x" + word[place + 1 :],
        word[:place] + "x" + word[place:],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    ]

    for typed in edits:
        assert one_letter_away([typed], [word, "zzzzzzzzzz"]) == {typed: [word]}


def test_respelling_leaves_words_with_accents_and_unknown_words_alone() -> None:
    assert (
        respell("Pão e AGUA, por favor: pao", {"agua": "água", "pao": "pão"}) == "Pão e água, por favor: pão"
    )
