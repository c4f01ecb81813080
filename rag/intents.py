"""Free words that the rules do not read, as a structured intent by Gemini. Nothing here is trusted.

The words are masked before they leave, and what comes back is one of seven kinds, a few names of foods and a wish. Code
decides what becomes of it: restrictions and wishes are added, and nothing is ever taken away.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from rag.gemini import GeminiClient
from rag.gemini_request import Prompt
from rag.ledger import Spender
from rag.masking import mask
from rag.prompts import load
from rag.replies import first_object

PROMPT_VERSION = 1
SPENT_AS = "intent"
MOST_LETTERS, MOST_ITEMS, LONGEST_ITEM, LONGEST_REQUEST = 300, 6, 40, 120
MAX_OUTPUT_TOKENS = 200
DEADLINE_S = 10.0


class IntentKind(StrEnum):
    """What a message asks for."""

    RESTRINGIR = "restringir"
    DESGOSTAR = "desgostar"
    PERMITIR = "permitir"
    PEDIDO = "pedido"
    PERGUNTA = "pergunta"
    SAUDACAO = "saudacao"
    OUTRO = "outro"


SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "tipo": {"type": "string", "enum": [kind.value for kind in IntentKind]},
        "itens": {"type": "array", "items": {"type": "string"}},
        "pedido": {"type": "string"},
    },
    "required": ["tipo"],
}


@dataclass(frozen=True, slots=True)
class Intent:
    """What Gemini read: ``items`` name foods, ``request`` is a wish; both are as written, on one line, and short."""

    kind: IntentKind
    items: tuple[str, ...] = ()
    request: str = ""


class _Reply(BaseModel):
    model_config = ConfigDict(extra="ignore")

    tipo: IntentKind
    itens: list[str] = Field(default_factory=list, max_length=50)
    pedido: str = ""


class IntentReader:
    """Asks Gemini what a message means."""

    def __init__(self, client: GeminiClient) -> None:
        self._client = client

    async def read(self, message: str, person_id: int) -> Intent | None:
        """The intent of ``message``; None for a reply that cannot be read. Raises ``GeminiError``.

        ``person_id`` counts what is spent and never enters the prompt.
        """
        spender = Spender(person_id, SPENT_AS)
        answer = await self._client.generate(compose(message), spender, deadline_s=DEADLINE_S)
        return parse(answer.text)


def compose(message: str) -> Prompt:
    """The request: the message masked, on one line, without the quotes that frame it."""
    said = " ".join(mask(message).replace("«", "").replace("»", "").split())[:MOST_LETTERS]
    system = load("intencao", PROMPT_VERSION).template
    return Prompt(system, f"MENSAGEM: «{said}»", SCHEMA, MAX_OUTPUT_TOKENS)


def parse(text: str) -> Intent | None:
    """The intent in a reply; None when it is none of ours."""
    reply = first_object(text, _Reply)
    if reply is None:
        return None
    items = [line for item in reply.itens if (line := " ".join(item.split())) and len(line) <= LONGEST_ITEM]
    request = " ".join(reply.pedido.split())
    return Intent(
        reply.tipo,
        tuple(dict.fromkeys(items[:MOST_ITEMS])),
        request if len(request) <= LONGEST_REQUEST else "",
    )
