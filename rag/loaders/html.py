"""HTML: headings, paragraphs, lists and tables of what a reader would see; scripts and hidden parts are dropped."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rag.loaders.cells import row_text
from rag.loaders.text import decoded
from rag.markdown import Block, BlockKind

_DROPPED = frozenset(
    {
        "script", "style", "noscript", "template", "svg", "head", "iframe", "object", "embed", "select", "textarea",
        "button", "canvas", "audio", "video", "math",
    }
)  # fmt: skip
_INLINE = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
        "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
        "wbr", "-text",
    }
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu"})
_CELLS = frozenset({"td", "th"})
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]+")


def read_html(data: bytes) -> list[Block]:
    """The blocks of an HTML page (blocking; time grows with the square of the depth of nesting)."""
    declared = _CHARSET.search(data[:2048])
    encoding = declared[1].decode("ascii", "ignore").lower() if declared else None
    if encoding in {"iso-8859-1", "latin1", "us-ascii"}:
        encoding = "cp1252"  # as browsers do
    tree = LexborHTMLParser(decoded(data, encoding))
    return _Reader().read(tree.root)


@dataclass(slots=True)
class _Table:
    run: int
    cells: list[str] = field(default_factory=list)


class _Reader:
    """Walks the tree without recursion, since pages may nest as deep as they like."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._text: list[str] = []
        self._lists: list[tuple[str, int]] = []
        self._tables: list[_Table] = []
        self._runs = 0
        self._line = 0
        self._pre = 0

    def read(self, root: LexborNode | None) -> list[Block]:
        stack: list[tuple[LexborNode, bool]] = [] if root is None else [(root, False)]
        while stack:
            node, leaving = stack.pop()
            tag = node.tag or ""
            if leaving:
                self._leave(tag)
                continue
            if following := node.next:
                stack.append((following, False))
            if tag == "-text":
                self._add(node.text_content or "")
            elif not (tag in _DROPPED or tag.startswith(("-", "!")) or _is_hidden(node)):
                self._enter(tag)
                stack.append((node, True))
                if child := node.child:
                    stack.append((child, False))
        self._flush(BlockKind.PARAGRAPH)
        return self._blocks

    def _add(self, text: str) -> None:
        self._text.append(text if self._pre else " ".join(text.split("\n")))

    def _enter(self, tag: str) -> None:
        if tag in _INLINE:
            return
        if tag == "br":
            self._text.append("\n")
            return
        if tag in _CELLS and self._tables:
            self._text.clear()
            return
        self._flush(self._own())
        if tag in _LISTS:
            self._runs += not self._lists
            self._lists.append((tag, self._runs))
        elif tag == "table":
            self._runs += 1
            self._tables.append(_Table(self._runs))
        self._pre += tag == "pre"

    def _leave(self, tag: str) -> None:
        if tag in _INLINE or tag == "br":
            return
        if tag in _CELLS and self._tables:
            self._tables[-1].cells.append(self._taken())
            return
        self._flush(BlockKind.HEADING if tag in _HEADINGS else self._own(), _HEADINGS.get(tag, 0))
        if tag == "tr" and self._tables:
            self._row()
        elif tag in _LISTS and self._lists:
            self._lists.pop()
        elif tag == "table" and self._tables:
            self._tables.pop()
        self._pre -= tag == "pre" and self._pre > 0

    def _own(self) -> BlockKind:
        """What text in the present place is."""
        if not self._lists:
            return BlockKind.PARAGRAPH
        return BlockKind.STEP if self._lists[-1][0] == "ol" else BlockKind.ITEM

    def _taken(self) -> str:
        lines = (_BLANKS.sub(" ", line).strip() for line in "".join(self._text).split("\n"))
        self._text.clear()
        return "\n".join(filter(None, lines))

    def _flush(self, kind: BlockKind, level: int = 0) -> None:
        if self._tables:  # a paragraph within a cell is a line of it
            if self._text:
                self._text.append("\n")
            return
        if text := self._taken():
            self._line += 1
            run = self._lists[-1][1] if kind in (BlockKind.ITEM, BlockKind.STEP) else 0
            self._blocks.append(Block(kind, text, self._line, level, run))

    def _row(self) -> None:
        table = self._tables[-1]
        if text := row_text(table.cells):
            self._line += 1
            self._blocks.append(Block(BlockKind.ROW, text, self._line, run=table.run))
        table.cells.clear()


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))
