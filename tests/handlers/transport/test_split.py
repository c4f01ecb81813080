"""Splitting: parts fit, tags stay whole, nothing is lost."""

import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from handlers.transport.split import plain, split, visible_length

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30)
TAGS = ("b", "i", "blockquote expandable")


@st.composite
def html(draw: st.DrawFn) -> str:
    """Lines of escaped words, some in nested tags that span lines."""
    pieces: list[str] = []
    opened: list[str] = []
    for _ in range(draw(st.integers(1, 40))):
        action = draw(st.sampled_from(["word", "word", "word", "line", "open", "close"]))
        if action == "word":
            pieces.append(f"{escape(draw(WORDS))} ")
        elif action == "line":
            pieces.append("\n")
        elif action == "open" and len(opened) < 3:
            opened.append(draw(st.sampled_from(TAGS)))
            pieces.append(f"<{opened[-1]}>")
        elif action == "close" and opened:
            pieces.append(f"</{opened.pop().split()[0]}>")
    pieces += [f"</{tag.split()[0]}>" for tag in reversed(opened)]
    return "".join(pieces)


def balanced(text: str) -> bool:
    stack: list[str] = []
    for closing, name in re.findall(r"<(/?)([\w-]+)[^<>]*>", text):
        if not closing:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(html(), st.integers(20, 120), st.integers(20, 120))
def test_parts_fit_are_balanced_and_together_say_the_same(text: str, first: int, rest: int) -> None:
    parts = split(text, first=first, rest=rest)
    assert all(
        visible_length(part) <= (first if n == 0 else max(first, rest)) for n, part in enumerate(parts)
    )
    assert all(balanced(part) for part in parts)
    assert squeezed("".join(plain(part) for part in parts)) == squeezed(plain(text))


def test_a_cut_falls_between_lines_and_reopens_what_was_open() -> None:
    text = "<b>um\ndois</b>\n<i>três\nquatro</i>"
    assert split(text, first=8, rest=8) == ["<b>um\ndois</b>", "<i>três</i>", "<i>quatro</i>"]


def test_a_line_that_is_too_long_is_cut_at_a_space_and_a_word_in_the_middle() -> None:
    assert split("um dois três", first=8, rest=8) == ["um dois", "três"]
    assert split("abcdefghij", first=4, rest=4) == ["abcd", "efgh", "ij"]


def test_an_entity_counts_as_one_character_and_is_never_cut() -> None:
    assert split("&lt;&amp;&gt;", first=2, rest=2) == ["&lt;&amp;", "&gt;"]


def test_an_emoji_counts_as_two_as_telegram_counts() -> None:
    assert visible_length("🛒a") == 3
    assert split("🛒🛒🛒", first=4, rest=4) == ["🛒🛒", "🛒"]


def test_a_text_that_fits_is_left_alone() -> None:
    assert split("<b>oi</b>\n\n") == ["<b>oi</b>\n\n"]
