"""The storyboard's rules for a keyboard: labels are cut by phones, never wrapped."""

import re

from handlers.transport.screens import Screen

LONGEST = {1: 24, 2: 12, 3: 7}
"""Characters that fit, by buttons in the row; four or more buttons have room for four characters."""

LONGEST_DATA = 40
"""A row of data ("Banana · 12 unidades") may be cut at its end: the message or the toast has it whole."""


def check(screen: Screen) -> None:
    """Fail when a label of ``screen`` would be cut, has more than three words, or is not a known emoji and words."""
    for row in screen.buttons:
        longest = LONGEST.get(len(row), 4)
        for button in row:
            if len(row) == 1 and re.search(r"[·\d]", button.label):
                assert len(button.label) <= LONGEST_DATA, button.label
                continue
            words = [word for word in re.split(r"[ ]", button.label) if re.search(r"\w", word)]
            assert len(button.label) <= longest, f"{button.label!r} is over {longest} in a row of {len(row)}"
            assert len(words) <= 3, f"{button.label!r} has more than three words"
            assert re.search(r"\w", button.label), f"{button.label!r} has no word"
