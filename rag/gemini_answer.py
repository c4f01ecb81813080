"""Gemini as a writer of answers: what it is asked, and its reply read whatever its shape. Nothing here is trusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from nutrition.foods import FoodTable
from nutrition.restrictions.labels import label
from nutrition.restrictions.rules import Rules
from rag.extract import MOST_SENTENCES, Sentence
from rag.gemini import GeminiClient
from rag.gemini_request import Prompt
from rag.ledger import Spender
from rag.masking import mask
from rag.prompts import load
from rag.replies import first_object
from storage.passages import Passage

PROMPT_VERSION = 1
MOST_QUESTION, MOST_PASSAGE, MOST_RESTRICTIONS = 400, 1200, 400
"""Letters sent of each."""

MAX_OUTPUT_TOKENS = 500
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "achou": {"type": "boolean"},
        "frases": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "texto": {"type": "string"},
                    "fontes": {"type": "array", "items": {"type": "integer"}},
                },
                "required": ["texto", "fontes"],
            },
        },
    },
    "required": ["achou", "frases"],
}


class _Written(BaseModel):
    model_config = ConfigDict(extra="ignore")

    texto: str = Field(max_length=2000)
    fontes: list[int] = Field(max_length=20)


class _Reply(BaseModel):
    model_config = ConfigDict(extra="ignore")

    achou: bool
    frases: list[_Written] = Field(default_factory=list, max_length=20)


@dataclass(frozen=True, slots=True)
class Reply:
    """``found`` False: the model says that the passages do not answer. ``sentences`` are as written, unchecked."""

    found: bool
    sentences: tuple[Sentence, ...]


async def write(client: GeminiClient, prompt: Prompt, spender: Spender) -> Reply | None:
    """Ask Gemini; None for a reply that cannot be read. Raises ``GeminiError``."""
    return read((await client.generate(prompt, spender)).text)


def compose(question: str, passages: Sequence[Passage], rules: Rules, table: FoodTable) -> Prompt:
    """The request: passages numbered from 1, restrictions by name, the question without what names its writer."""
    quoted = [
        f"{number}. ({passage.section}) {' '.join(passage.text.split())[:MOST_PASSAGE]}"
        for number, passage in enumerate(passages, start=1)
    ]
    held = ", ".join(label(item, table) for item in rules.restrictions)[:MOST_RESTRICTIONS]
    text = load("pergunta", PROMPT_VERSION).substitute(
        trechos="\n\n".join(quoted),
        restricoes=held or "nada",
        pergunta=mask(" ".join(question.split())[:MOST_QUESTION]),
    )
    system = load("resposta", PROMPT_VERSION).template
    return Prompt(system=system, text=text, schema=SCHEMA, max_output_tokens=MAX_OUTPUT_TOKENS)


def read(text: str) -> Reply | None:
    """The answer in a reply; None when it is none of ours."""
    reply = first_object(text, _Reply)
    if reply is None:
        return None
    sentences = [Sentence(" ".join(each.texto.split()), tuple(each.fontes)) for each in reply.frases]
    return Reply(reply.achou, tuple(sentences[:MOST_SENTENCES]))
