"""A picture being drawn: wrapped text and smooth shapes over Pillow."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from handlers.files.fonts import Weight, font, printable
from handlers.files.theme import Colour

WIDTH = 1080
"""Pixels: three for each point of a phone that is 360 points wide."""
Style = tuple[Weight, int]
"""How a line is written: weight and size in pixels."""

_SMOOTH = 4
"""Shapes are drawn this many times larger and scaled down, because Pillow draws hard edges."""


class Canvas:
    """``WIDTH`` pixels wide; ``height`` in pixels. Coordinates count from the top left."""

    def __init__(self, height: int, ground: Colour) -> None:
        self.image = Image.new("RGB", (WIDTH, height), ground)
        self._draw = ImageDraw.Draw(self.image)

    def text(
        self, at: tuple[float, float], text: str, style: Style, colour: Colour, anchor: str = "ls"
    ) -> None:
        """Write one line. ``anchor`` is Pillow's: "ls" puts the left end of the baseline at ``at``."""
        self._draw.text(at, printable(text), fill=colour, font=font(*style), anchor=anchor)

    def box(self, corners: tuple[int, int, int, int], radius: int, colour: Colour) -> None:
        """Fill a rectangle (left, top, right, bottom) with round corners."""
        left, top, right, bottom = corners
        if right <= left or bottom <= top:
            return
        size = (right - left, bottom - top)
        mask = Image.new("L", (size[0] * _SMOOTH, size[1] * _SMOOTH))
        corner = min(radius, size[0] // 2, size[1] // 2) * _SMOOTH
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, mask.width - 1, mask.height - 1), corner, fill=255)
        self.image.paste(colour, (left, top), mask.reduce(_SMOOTH))

    def ring(
        self, centre: tuple[int, int], radius: int, width: int, degrees: tuple[float, float], colour: Colour
    ) -> None:
        """Fill a part of a ring, clockwise from the top between two angles in degrees."""
        size = radius * 2
        mask = Image.new("L", (size * _SMOOTH, size * _SMOOTH))
        start, end = degrees[0] - 90, degrees[1] - 90
        ImageDraw.Draw(mask).arc(
            (0, 0, mask.width - 1, mask.height - 1), start, end, fill=255, width=width * _SMOOTH
        )
        corner = (centre[0] - radius, centre[1] - radius)
        self.image.paste(colour, corner, mask.reduce(_SMOOTH))

    def stroke(self, points: Sequence[tuple[float, float]], width: int, colour: Colour) -> None:
        """Draw a line through ``points``, with round ends and corners; a single point is a dot."""
        if not points:
            return
        margin = width
        left = int(min(x for x, _ in points)) - margin
        top = int(min(y for _, y in points)) - margin
        right = int(max(x for x, _ in points)) + margin + 1
        bottom = int(max(y for _, y in points)) + margin + 1
        mask = Image.new("L", ((right - left) * _SMOOTH, (bottom - top) * _SMOOTH))
        draw = ImageDraw.Draw(mask)
        scaled = [((x - left) * _SMOOTH, (y - top) * _SMOOTH) for x, y in points]
        if len(scaled) > 1:
            draw.line(scaled, fill=255, width=width * _SMOOTH)
        radius = width * _SMOOTH / 2
        for x, y in scaled:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
        self.image.paste(colour, (left, top), mask.reduce(_SMOOTH))

    def png(self) -> bytes:
        """The picture as a PNG file."""
        out = BytesIO()
        self.image.save(out, "PNG", compress_level=6)
        return out.getvalue()


def width_of(text: str, style: Style) -> float:
    """How wide one line is, in pixels."""
    return font(*style).getlength(printable(text))


def wrapped(text: str, style: Style, width: float) -> list[str]:
    """``text`` in lines at most ``width`` pixels wide; a single longer word is cut with an ellipsis.

    Lines break at spaces only, not at no-break spaces.
    """
    lines: list[str] = []
    for word in filter(None, printable(text).split(" ")):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, style) <= width:
            lines[-1] = longer
        else:
            lines.append(_cut(word, style, width))
    return lines or [""]


def _cut(word: str, style: Style, width: float) -> str:
    if width_of(word, style) <= width:
        return word
    while word and width_of(word + "…", style) > width:
        word = word[:-1]
    return word + "…"
