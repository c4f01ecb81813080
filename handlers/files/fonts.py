"""The fonts of pictures and PDFs: Lato, shipped by a package, so that accents look the same on every machine."""

from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it publishes no types
from PIL import ImageFont

FAMILY = "Lato"


class Weight(StrEnum):
    """The weights in use, by the name of their file."""

    REGULAR = "Regular"
    SEMIBOLD = "SemiBold"
    BOLD = "Bold"
    BLACK = "Black"


def path(weight: Weight) -> Path:
    """The TrueType file of a weight."""
    return Path(str(files("fontpkg_lato"))) / "files" / f"{FAMILY}-{weight.value}.ttf"


@cache
def font(weight: Weight, pixels: int) -> ImageFont.FreeTypeFont:
    """The font for drawing at a size in pixels (blocking: reads the file once a size)."""
    return ImageFont.truetype(path(weight), pixels)


@cache
def letters() -> frozenset[str]:
    """Every character that the font can draw."""
    with TTFont(path(Weight.REGULAR), lazy=True) as file:
        return frozenset(map(chr, file.getBestCmap()))


def printable(text: str) -> str:
    """``text`` without what the font cannot draw (emoji, other scripts): left out rather than shown as boxes."""
    known = letters()
    spaced = "".join(char if char in known else " " if char.isspace() else "" for char in text)
    return " ".join(part for part in spaced.split(" ") if part) if spaced != text else text
