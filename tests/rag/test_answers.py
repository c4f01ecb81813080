"""Answers come from the documents with sources, are checked when a model wrote them, and respect what one excludes."""

import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrition.foods import FoodTable
from nutrition.guardrails import Reason
from nutrition.menu import Origin
from nutrition.person import Restriction, Strength
from nutrition.questions import DANGEROUS_DIET, MEDICINE, caution, names_one_of
from nutrition.restrictions.rules import Rules
from rag import gemini_answer
from rag.answers import Answer, Answerer
from rag.ask_cli import ask_command
from rag.claims import must_say, says
from rag.extract import Sentence, units
from rag.guide import Document
from rag.index import Indexer
from rag.ledger import Spender
from rag.search import Search
from rag.stems import stems
from rag.support import denies, numbers, supported, supports
from rag.thesaurus import Thesaurus
from storage.database import Database
from storage.passages import PUBLIC, Passage
from tests.fakes.embedder import HashingEmbedder
from tests.fakes.gemini_stub import GeminiStub, Reply
from tests.rag.library import LIBRARY, document
from tests.rag.test_gemini import Clock, OpenLedger, make_client

TABLE = FoodTable.load()
ANYONE = Spender(7, "pergunta")
Rules.of(
    [Restriction("leite", Strength.ALERGIA, "leite")], TABLE
)  # reads its data files before any loop runs

TRAINING = document(
    "treino.md",
    """# Comer antes e depois do treino

## Antes

Com menos de uma hora antes do treino, prefira algo pequeno: banana, tapioca fina ou iogurte com fruta. Gordura e muita fibra podem pesar no estômago. Treinar em jejum não queima mais gordura no fim do dia.
""",
)
KIDNEYS = document(
    "ajuda.md",
    """# Quando procurar ajuda

Quem tem doença dos rins precisa decidir a quantidade de proteína com a equipe de saúde, e não com um programa de sugestões.
""",
)
TEAS = document(
    "bebidas.md",
    """# Café e chás

Camomila, erva-doce e hibisco são chás sem cafeína. Chá-preto, mate e verde têm cafeína e ficam melhor antes do meio da tarde.
""",
)
BREAKFAST = document(
    "cafe.md",
    """# Café da manhã

Para quem tem pressa no café da manhã:

- iogurte com aveia, de molho desde a véspera;
- ovos cozidos prontos na geladeira;
- banana amassada com canela.
""",
)
SHELF: tuple[Document, ...] = (*LIBRARY, TRAINING, KIDNEYS, TEAS, BREAKFAST)


def excluding(*codes: str) -> Rules:
    return Rules.of([Restriction(code, Strength.ALERGIA, code) for code in codes], TABLE)


@pytest.fixture
async def answerer(database: Database) -> AsyncIterator[Answerer]:
    await Indexer(database, None).sync(SHELF)
    yield Answerer(database, Search(database, None), TABLE)


async def asked(answerer: Answerer, question: str, *excluded: str) -> Answer:
    return await answerer.answer(question, excluding(*excluded), ANYONE)


async def test_an_answer_is_made_of_the_passages_own_sentences_with_numbered_sources(
    answerer: Answerer,
) -> None:
    answer = await asked(answerer, "o que comer com menos de uma hora antes do treino?")

    assert answer.found
    assert 2 <= len(answer.sentences) <= 5
    assert answer.text.startswith("Antes: Com menos de uma hora antes do treino, prefira algo pequeno")
    assert "[1]." in answer.text
    assert answer.sources[0].passage.section == "Comer antes e depois do treino › Antes"
    for sentence in answer.sentences:
        for number in sentence.sources:
            own = sentence.text.removeprefix("Antes: ").rstrip(".")
            assert own in answer.sources[number - 1].passage.text


async def test_a_list_is_answered_by_its_items_after_its_lead(answerer: Answerer) -> None:
    answer = await asked(answerer, "tenho pressa no café da manhã, pode ser iogurte com aveia?")

    assert any(
        sentence.text.startswith("Para quem tem pressa no café da manhã: iogurte com aveia")
        for sentence in answer.sentences
    )


@pytest.mark.parametrize(
    "question", ["qual a capital da austrália?", "quem ganhou o jogo?", "", "???", "a " * 9000]
)
async def test_what_the_documents_do_not_speak_of_is_not_guessed(answerer: Answerer, question: str) -> None:
    answer = await asked(answerer, question)

    assert not answer.found
    assert answer.text == ""


async def test_a_claim_is_answered_only_by_a_passage_that_speaks_of_it_and_the_nearest_is_offered(
    answerer: Answerer,
) -> None:
    answer = await asked(answerer, "chá de hibisco seca a barriga?")

    assert not answer.found
    assert [hit.passage.section for hit in answer.sources] == ["Café e chás"]


async def test_what_the_person_excludes_is_not_suggested(answerer: Answerer) -> None:
    question = "o que comer com menos de uma hora antes do treino?"

    free, held = await asked(answerer, question), await asked(answerer, question, "leite")

    assert "iogurte" in free.text
    assert held.found
    assert "iogurte" not in held.text


async def test_items_of_a_list_that_are_excluded_leave_the_others(answerer: Answerer) -> None:
    answer = await asked(answerer, "tenho pressa no café da manhã, que faço?", "leite", "ovo")

    assert "iogurte" not in answer.text
    assert "ovos" not in answer.text
    assert "banana" in answer.text


async def test_what_an_allergy_excludes_is_not_served_even_when_it_was_asked_about(
    answerer: Answerer,
) -> None:
    answer = await asked(answerer, "iogurte é bom com menos de uma hora antes do treino?", "leite")

    assert [item.code for item in answer.excluded] == ["leite"]
    assert "iogurte" not in answer.text


async def test_what_the_question_itself_names_may_be_spoken_of_and_is_announced(answerer: Answerer) -> None:
    dislike = Rules.of([Restriction("leite", Strength.PREFERENCIA, "leite")], TABLE)
    question = "iogurte é bom com menos de uma hora antes do treino?"
    answer = await answerer.answer(question, dislike, ANYONE)

    assert [item.code for item in answer.excluded] == ["leite"]
    assert "iogurte" in answer.text


async def test_nothing_that_may_be_read_is_told_as_such(database: Database) -> None:
    snack = document(
        "lanche.md", "# Lanche da tarde\n\nQueijo branco com goiabada cascão, ou leite morno com canela."
    )
    await Indexer(database, None).sync([*LIBRARY, snack])
    only = Answerer(database, Search(database, None), TABLE)

    answer = await asked(only, "qual lanche da tarde?", "leite")

    assert not answer.found
    assert answer.withheld


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("comi camarão e minha boca tá inchando, o que faço?", Reason.EMERGENCIA),
        ("quero morrer, o que eu como?", Reason.CRISE_EMOCIONAL),
        ("como vomitar depois de comer?", Reason.TRANSTORNO_ALIMENTAR),
        ("tenho 15 anos, posso fazer dieta?", Reason.MENOR_DE_IDADE),
        ("como faço uma dieta de 500 calorias?", Reason.CALORIAS_MUITO_BAIXAS),
        ("como perder 10 kg em uma semana?", Reason.PERDA_RAPIDA),
        ("dieta detox funciona?", DANGEROUS_DIET),
        ("posso fazer a dieta da sopa?", DANGEROUS_DIET),
        ("posso parar o remédio da pressão?", MEDICINE),
        ("posso largar a losartana se comer direito?", MEDICINE),
        ("ozempic emagrece?", MEDICINE),
    ],
)
async def test_a_guardrail_is_the_whole_answer_to_danger_medicine_and_dangerous_diets(
    answerer: Answerer, question: str, code: str
) -> None:
    answer = await asked(answerer, question)

    assert answer.caution.codes[0] == code
    assert answer.caution.alone
    assert not answer.found


async def test_an_illness_comes_with_a_guardrail_and_only_passages_that_name_it(answerer: Answerer) -> None:
    answer = await asked(answerer, "quem tem doença nos rins precisa de quanta proteína por quilo?")

    assert answer.caution.codes == (Reason.DOENCA_RENAL,)
    assert {hit.passage.section for hit in answer.sources} == {"Quando procurar ajuda"}
    assert "1,4" not in answer.text


def test_a_question_about_an_illness_counts_whoever_has_it() -> None:
    assert caution("minha mãe tem gota, pode comer sardinha?").codes == (Reason.GOTA,)
    assert not caution("minha mãe tem gota, pode comer sardinha?").alone
    assert caution("posso comer banana?").codes == ()
    assert names_one_of("qualquer texto", ())


async def test_other_peoples_documents_never_answer(database: Database) -> None:
    indexer = Indexer(database, None)
    await indexer.sync(SHELF)
    secret = document(
        "plano.md", "# Meu plano\n\nNo meu plano o lanche é abacate com granola dourada da Zuleica."
    )
    await indexer.sync([secret], owner=8, collection="chat")
    answerer = Answerer(database, Search(database, None), TABLE)
    question = "qual o lanche do meu plano com granola dourada?"

    mine = await answerer.answer(question, excluding(), ANYONE, owners=(PUBLIC, 8))
    yours = await answerer.answer(question, excluding(), ANYONE, owners=(PUBLIC, 9))

    assert "Zuleica" in mine.text
    assert not any("Zuleica" in hit.passage.text for hit in yours.sources)
    assert not yours.found


class Desk:
    """An answerer with Gemini behind it."""

    def __init__(self, answerer: Answerer, stub: GeminiStub, ledger: OpenLedger) -> None:
        self.answerer = answerer
        self.stub = stub
        self.ledger = ledger

    def will_say(self, *sentences: tuple[str, list[int]], found: bool = True) -> None:
        written = [{"texto": text, "fontes": cited} for text, cited in sentences]
        self.stub.queue.append(Reply(text=json.dumps({"achou": found, "frases": written})))

    async def ask(self, question: str, *excluded: str, gemini: bool = True) -> Answer:
        return await self.answerer.answer(question, excluding(*excluded), ANYONE, gemini=gemini)


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    await Indexer(database, None).sync(SHELF)
    async with open_desk(database) as opened:
        yield opened


@asynccontextmanager
async def open_desk(database: Database) -> AsyncIterator[Desk]:
    """An answerer on what ``database`` has indexed, with a stub for Gemini."""
    ledger = OpenLedger()
    async with GeminiStub() as stub:
        client = make_client(stub, Clock(), ledger, deadline_s=5, tries=1)
        try:
            yield Desk(Answerer(database, Search(database, None), TABLE, client), stub, ledger)
        finally:
            await client.aclose()


BEFORE_TRAINING = "o que comer com menos de uma hora antes do treino?"


async def test_what_gemini_wrote_stays_where_a_cited_passage_supports_it(desk: Desk) -> None:
    desk.will_say(
        ("Com menos de uma hora, prefira algo pequeno, como banana ou tapioca fina.", [1]),
        ("Chocolate com pimenta acelera o metabolismo.", [1]),
        ("Prefira banana 30 minutos antes do treino.", [1]),
        ("Treinar em jejum queima mais gordura no fim do dia.", [1]),
        ("Gordura e muita fibra podem pesar no estômago.", [99]),
    )

    answer = await desk.ask(BEFORE_TRAINING)

    assert answer.origin is Origin.GEMINI
    assert answer.text == "Com menos de uma hora, prefira algo pequeno, como banana ou tapioca fina [1]."
    assert answer.sources[0].passage.section == "Comer antes e depois do treino › Antes"


async def test_when_nothing_is_supported_the_passages_answer_themselves(desk: Desk) -> None:
    desk.will_say(("Chocolate com pimenta acelera o metabolismo.", [1]))

    answer = await desk.ask(BEFORE_TRAINING)

    assert answer.origin is Origin.GUIA
    assert answer.found
    assert answer.note == "gemini_partly"


async def test_when_gemini_is_away_the_passages_answer_and_a_note_says_so(desk: Desk) -> None:
    desk.stub.queue.append(Reply(status=503))

    answer = await desk.ask(BEFORE_TRAINING)

    assert answer.found
    assert answer.note == "gemini_away"


@pytest.mark.parametrize("text", ["não sei", "{", '{"achou": 7}', "[1, 2]", "<html></html>"])
async def test_a_reply_that_cannot_be_read_costs_only_its_writing(desk: Desk, text: str) -> None:
    desk.stub.queue.append(Reply(text=text))

    answer = await desk.ask(BEFORE_TRAINING)

    assert answer.found
    assert answer.origin is Origin.GUIA


async def test_gemini_may_say_that_the_passages_do_not_answer(desk: Desk) -> None:
    desk.will_say(found=False)

    answer = await desk.ask(BEFORE_TRAINING)

    assert not answer.found
    assert answer.sources


async def test_gemini_sees_nothing_without_consent_nor_before_guardrails_nor_without_passages(
    desk: Desk,
) -> None:
    await desk.ask(BEFORE_TRAINING, gemini=False)
    await desk.ask("posso parar o remédio da pressão?")
    await desk.ask("qual a capital da austrália?")

    assert desk.stub.history == []


async def test_gemini_is_not_told_who_asks_and_the_ledger_knows_what_for(desk: Desk) -> None:
    desk.will_say(("Com menos de uma hora, prefira algo pequeno: banana, tapioca fina.", [1]))

    await desk.ask(
        "com menos de uma hora antes do treino, algo pequeno: banana ou tapioca fina? me chamo Joana, 82 kg",
        "amendoim",
    )

    sent = json.dumps(desk.stub.history[0].body, ensure_ascii=False)
    assert "Joana" not in sent
    assert "82 kg" not in sent
    assert "amendoim" in sent
    assert desk.ledger.told[0][0] == replace(ANYONE, kind="answer")


async def test_what_gemini_suggests_against_a_restriction_is_dropped(desk: Desk) -> None:
    desk.will_say(
        ("Com menos de uma hora, prefira algo pequeno, como iogurte com fruta.", [1]),
        ("Com menos de uma hora, prefira algo pequeno, como banana.", [1]),
    )

    answer = await desk.ask(BEFORE_TRAINING, "leite")

    assert "iogurte" not in answer.text
    assert "banana" in answer.text


PASSAGE = Passage(
    1,
    "Guia",
    "Sal › Meta",
    None,
    "A meta é menos de 2 g de sódio por dia, ou 5 g de sal.\n- Não pule refeições;\n- Coma 1,5 kg de fruta.",
)


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("A meta é menos de 2 g de sódio por dia.", True),
        ("A meta é menos de dois gramas de sódio por dia.", True),
        ("A meta é menos de 3 g de sódio por dia.", False),
        ("A meta não é menos de 2 g de sódio por dia.", False),
        ("Pule refeições.", False),
        ("Não pule refeições.", True),
        ("Coma 1.5 kg de fruta.", True),
        ("Beba vinho tinto no jantar com os amigos.", False),
        ("", False),
        ("de o a que", False),
    ],
)
def test_the_stated_test_of_support(sentence: str, *, holds: bool) -> None:
    assert supports(PASSAGE, sentence) is holds


def test_numbers_are_one_in_digits_and_words_and_articles_are_none() -> None:
    assert numbers("1.500 kcal, 1,4 g e duas colheres de uma vez") == {"1500", "1.4", "2"}
    assert denies("Nunca coma cru")
    assert not denies("Coma cru")


def test_links_markup_and_sentences_that_cite_nothing_are_not_supported() -> None:
    good = "A meta é menos de 2 g de sódio por dia."
    sentences = [
        Sentence(f"{good} <b>", (1,)),
        Sentence(f"{good} https://x.y", (1,)),
        Sentence(good, ()),
        Sentence(good, (0, 7, 1)),
    ]

    assert supported(sentences, [PASSAGE]) == [Sentence(good, (1,))]


def test_references_and_emphasis_are_no_sentences() -> None:
    found = units("**Ferro**: coma feijão. Beba suco.\nFontes: OMS (2023); IBGE.", "Vegano › Ferro")

    assert [unit.text for unit in found] == ["Ferro: coma feijão.", "Beba suco."]


def test_claims_about_weight_cures_and_figures_name_what_a_passage_must_say() -> None:
    assert must_say("o que comer no lanche?") == ()
    (weight,) = must_say("vinagre de maçã emagrece?")
    assert says(stems("o peso do corpo"), [weight])
    assert not says(stems("vinagre de maçã"), [weight])
    assert must_say("quantas calorias tem uma coxinha?") == (frozenset(stems("coxinha")),)
    assert must_say("coxinha tem quanta gordura?") == (frozenset(stems("coxinha")),)


def test_the_thesaurus_knows_everyday_words_and_names_of_foods() -> None:
    thesaurus = Thesaurus.load()

    assert thesaurus.knows("freezer")
    assert "congelador" in {word for other in thesaurus.others("carne no freezer") for word in other.words}
    assert thesaurus.others("aipim") == []
    assert thesaurus.others("aipim", ["aipim"])[0].words == ("mandioca",)
    assert thesaurus.others("comer carne") == [
        other for other in thesaurus.others("comer carne") if other.said == ("carne",)
    ]


async def test_the_command_prints_the_public_shape(answerer: Answerer) -> None:
    out = io.StringIO()

    await ask_command(
        answerer, BEFORE_TRAINING, rules=excluding(), told=lambda answer: answer.text, as_json=True, out=out
    )

    line = json.loads(out.getvalue())
    assert list(line) == ["answer", "found", "sources"]
    assert line["found"] is True
    assert list(line["sources"][0]) == ["chunk_id", "document", "section", "page", "text", "score"]


async def test_the_command_prints_an_answer_and_its_sources(answerer: Answerer) -> None:
    out = io.StringIO()

    await ask_command(answerer, BEFORE_TRAINING, rules=excluding(), told=lambda answer: answer.text, out=out)

    assert "\n[1] Comer antes e depois do treino › Antes (Documento treino.md)\n" in out.getvalue()


async def test_an_embedder_without_a_bar_of_its_own_is_judged_by_words(
    database: Database, embedder: HashingEmbedder
) -> None:
    await Indexer(database, embedder).sync(SHELF)
    answerer = Answerer(database, Search(database, embedder), TABLE)

    assert (await asked(answerer, BEFORE_TRAINING)).found
    assert not (await asked(answerer, "qual a capital da austrália?")).found


TEXT = st.text(max_size=200)


@given(TEXT)
def test_any_text_can_be_judged_read_and_cut(text: str) -> None:
    caution(text)
    must_say(text)
    gemini_answer.read(text)
    supports(PASSAGE, text)
    units(text, text)
    Thesaurus.load().others(text)


@given(st.lists(st.tuples(TEXT, st.lists(st.integers(-2, 9), max_size=3)), max_size=5))
def test_whatever_is_kept_cites_passages_that_exist(written: list[tuple[str, list[int]]]) -> None:
    kept = supported([Sentence(text, tuple(cited)) for text, cited in written], [PASSAGE])

    assert all(sentence.sources == (1,) for sentence in kept)
