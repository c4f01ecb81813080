"""What ``bot.py ask`` does; ``bot.py`` reads the arguments, opens the house and says how an answer is put in words."""

import json
import sys
from collections.abc import Callable
from typing import TextIO

from nutrition.restrictions.rules import Rules
from rag.answers import Answer, Answerer
from rag.cli import as_object
from rag.ledger import Spender


async def ask_command(
    answerer: Answerer,
    question: str,
    *,
    rules: Rules,
    told: Callable[[Answer], str],
    gemini: bool = False,
    as_json: bool = False,
    out: TextIO = sys.stdout,
) -> None:
    """Print ``{"answer", "found", "sources"}`` as one JSON line, or the answer and its numbered sources.

    ``told`` puts an answer in plain words: guardrails' sentences and "não encontrei" are in the catalogue above.
    Sources are in the order of their numbers; of an answer that was not found, the nearest passage or none.
    """
    answer = await answerer.answer(question, rules, Spender(), gemini=gemini)
    text = told(answer)
    if as_json:
        sources = [as_object(hit) for hit in answer.sources]
        line = {"answer": text, "found": answer.found, "sources": sources}
        print(json.dumps(line, ensure_ascii=False), file=out)
        return
    print(text, file=out)
    if not answer.found:
        return
    for number, hit in enumerate(answer.sources, start=1):
        page = "" if hit.passage.page is None else f", p. {hit.passage.page}"
        print(f"[{number}] {hit.passage.section} ({hit.passage.document}{page})", file=out)
