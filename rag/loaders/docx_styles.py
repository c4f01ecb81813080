"""What Word's styles and numberings say of a paragraph: a heading of some level, an item, a step."""

from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from nutrition.words import fold
from rag.markdown import BlockKind

_NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MOST_LEVEL = 6
_MOST_ANCESTORS = 20
_TITLES = ("title", "titulo")
_HEADINGS = ("heading ", "titulo ")
_NOT_NUMBERED = frozenset({"bullet", "none"})


def w(name: str) -> str:
    """A name of WordprocessingML as ElementTree writes it."""
    return f"{{{_NAMESPACE}}}{name}"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a paragraph is."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0


_PLAIN = Shape()


@dataclass(frozen=True, slots=True)
class Styles:
    """Shapes by style id, and whether a numbering is of bullets."""

    shapes: dict[str, Shape]
    bullets: dict[str, bool]

    @classmethod
    def read(cls, styles: Element | None, numbering: Element | None) -> "Styles":
        """Read ``styles.xml`` and ``numbering.xml``; both may be missing."""
        bullets = {} if numbering is None else _bullets(numbering)
        return cls({} if styles is None else _shapes(styles, bullets), bullets)

    def shape_of(self, paragraph: Element) -> Shape:
        """What a paragraph's own properties say, else its style's."""
        properties = paragraph.find(w("pPr"))
        if properties is None:
            return _PLAIN
        style = self.shapes.get(_value(properties.find(w("pStyle"))), _PLAIN)
        if style.kind is BlockKind.HEADING:
            return style
        return _own(properties, self.bullets) or style


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(w("val"), "")


def _own(properties: Element, bullets: dict[str, bool]) -> Shape | None:
    """What these properties themselves say, None for nothing."""
    outline = _value(properties.find(w("outlineLvl")))
    if outline.isdecimal() and int(outline) < 9:
        return Shape(BlockKind.HEADING, min(int(outline) + 1, _MOST_LEVEL))
    numbered = properties.find(w("numPr"))
    if numbered is None:
        return None
    number = _value(numbered.find(w("numId")))
    if number == "0":  # taken out of the list that the style has
        return _PLAIN
    return Shape(BlockKind.ITEM if bullets.get(number, True) else BlockKind.STEP)


def _bullets(numbering: Element) -> dict[str, bool]:
    """By number id: whether its first level is a bullet."""
    abstract = {}
    for definition in numbering.findall(w("abstractNum")):
        form = definition.find(f"{w('lvl')}/{w('numFmt')}")
        abstract[definition.get(w("abstractNumId"), "")] = _value(form) in _NOT_NUMBERED
    return {
        number.get(w("numId"), ""): abstract.get(_value(number.find(w("abstractNumId"))), True)
        for number in numbering.findall(w("num"))
    }


def _shapes(styles: Element, bullets: dict[str, bool]) -> dict[str, Shape]:
    found: dict[str, Shape] = {}
    bases: dict[str, str] = {}
    for style in styles.findall(w("style")):
        name = style.get(w("styleId"), "")
        bases[name] = _value(style.find(w("basedOn")))
        properties = style.find(w("pPr"))
        shape = _named(fold(_value(style.find(w("name")))))
        if shape is None and properties is not None:
            shape = _own(properties, bullets)
        if shape is not None:
            found[name] = shape
    return {name: _inherited(name, found, bases) for name in bases}


def _named(name: str) -> Shape | None:
    if name in _TITLES:
        return Shape(BlockKind.HEADING, 1)
    for start in _HEADINGS:
        if name.startswith(start) and name[len(start) :].isdecimal():
            return Shape(BlockKind.HEADING, min(int(name[len(start) :]), _MOST_LEVEL))
    return None


def _inherited(name: str, shapes: dict[str, Shape], bases: dict[str, str]) -> Shape:
    for _ in range(_MOST_ANCESTORS):
        if name in shapes:
            return shapes[name]
        name = bases.get(name, "")
    return _PLAIN
