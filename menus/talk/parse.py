"""From a sentence to the one wish it has."""

from menus.talk.reading import Verdict, understand
from menus.talk.when import Moment
from menus.talk.wish import Wish


def read(text: str, moment: Moment) -> Wish | None:
    """What ``text`` asks to have changed, the first of several; None when that is nothing sure."""
    found = understand(text, moment)
    return found.wishes[0] if found.verdict is Verdict.WISHES else None
