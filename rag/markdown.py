"""Markdown as a flat list of blocks with line numbers: all that the guide's loader needs of CommonMark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token


class BlockKind(StrEnum):
    """What a block was in the Markdown. ``ITEM`` is an item of a list, ``STEP`` one of a numbered list."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    STEP = "step"
    ROW = "row"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """``text`` is plain (marks removed) and keeps its line breaks; ``line`` counts from 1; ``level`` of a heading 1-6.

    ``run`` numbers the list or table that an item, step or row belongs to, so that neighbours can be told apart.
    ``page`` counts from 1; None where the document has no pages.
    """

    kind: BlockKind
    text: str
    line: int
    level: int = 0
    run: int = 0
    page: int | None = None


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def parse(text: str) -> list[Block]:
    """Return the blocks of a Markdown text, in order; raw HTML is dropped, never passed on."""
    return list(_blocks(_parser().parse(text)))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    stack: list[str] = []
    row: list[str] = []
    run = 0
    for position, token in enumerate(tokens):
        if token.nesting == 1:
            stack.append(token.type)
            run += not _inside_list(stack[:-1]) and token.type in _RUNS
            if token.type == "tr_open":
                row = []
        elif token.nesting == -1:
            stack.pop()
            if token.type == "tr_close":
                yield Block(BlockKind.ROW, " | ".join(row), _line(token, tokens, position), run=run)
        elif token.type == "inline":
            if _in_cell(stack):
                row.append(plain(token))
            elif text := plain(token):
                kind = _kind(stack)
                level = int(tokens[position - 1].tag[1]) if kind is BlockKind.HEADING else 0
                in_run = run if kind in (BlockKind.ITEM, BlockKind.STEP) else 0
                yield Block(kind, text, _line(token, tokens, position), level, in_run)
        elif token.type in ("fence", "code_block") and token.content.strip():
            yield Block(BlockKind.CODE, token.content.strip(), _line(token, tokens, position))


_RUNS = ("bullet_list_open", "ordered_list_open", "table_open")


def _inside_list(stack: Sequence[str]) -> bool:
    return any(name in _RUNS for name in stack)


def _in_cell(stack: Sequence[str]) -> bool:
    return bool(stack) and stack[-1] in ("th_open", "td_open")


def _kind(stack: Sequence[str]) -> BlockKind:
    if stack and stack[-1] == "heading_open":
        return BlockKind.HEADING
    for name in reversed(stack):
        if name == "bullet_list_open":
            return BlockKind.ITEM
        if name == "ordered_list_open":
            return BlockKind.STEP
    return BlockKind.PARAGRAPH


def _line(token: Token, tokens: Sequence[Token], position: int) -> int:
    """The line of a token; closing tokens have none, so look back to the last one that has."""
    if token.map:
        return token.map[0] + 1
    return next((earlier.map[0] + 1 for earlier in reversed(tokens[:position]) if earlier.map), 1)


def plain(token: Token) -> str:
    """Return the words of an inline token: text, code and line breaks, without marks, links' targets or HTML."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "image":
            parts.append(plain(child))
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts).strip()
