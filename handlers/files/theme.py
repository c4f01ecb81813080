"""Colours of pictures, light and dark. Text on its ground has a contrast of at least 4.5 to 1 (WCAG AA)."""

from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Theme:
    """``ground`` lies under ``card``; ``track`` is an empty bar. Nutrients have a colour each, and always a word too."""

    ground: Colour
    card: Colour
    text: Colour
    muted: Colour
    accent: Colour
    line: Colour
    track: Colour
    protein: Colour
    carbs: Colour
    fat: Colour
    fibre: Colour


LIGHT = Theme(
    ground=(246, 243, 236),
    card=(255, 255, 255),
    text=(33, 45, 39),
    muted=(98, 110, 103),
    accent=(38, 112, 80),
    line=(229, 225, 215),
    track=(235, 232, 224),
    protein=(38, 122, 87),
    carbs=(226, 166, 84),
    fat=(204, 108, 82),
    fibre=(108, 143, 173),
)
DARK = Theme(
    ground=(18, 23, 21),
    card=(30, 37, 34),
    text=(236, 241, 237),
    muted=(160, 172, 165),
    accent=(128, 205, 165),
    line=(52, 61, 57),
    track=(48, 57, 53),
    protein=(104, 190, 148),
    carbs=(232, 184, 112),
    fat=(224, 136, 110),
    fibre=(139, 174, 204),
)


def theme(dark: bool) -> Theme:
    """The colours for a dark or a light picture."""
    return DARK if dark else LIGHT
