"""Telegram's HTML: what it means, what it refuses, and that nothing else ever comes out."""

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localchat.errors import ApiError
from localchat.formatted import tidy, utf16_length, with_found
from localchat.markup import TYPES, parse_html


def parsed(source: str) -> tuple[str, list[tuple[str, int, int]]]:
    """(text, [(type, offset, length)])."""
    result = parse_html(source)
    return result.text, [(e["type"], e["offset"], e["length"]) for e in result.entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("oi", "oi", []),
        ("<b>oi</b> <i>tu</i>", "oi tu", [("bold", 0, 2), ("italic", 3, 2)]),
        ("<strong>a</strong><em>b</em><ins>c</ins><del>d</del>", "abcd",
         [("bold", 0, 1), ("italic", 1, 1), ("underline", 2, 1), ("strikethrough", 3, 1)]),
        ("<u>a</u><s>b</s><strike>c</strike>", "abc",
         [("underline", 0, 1), ("strikethrough", 1, 1), ("strikethrough", 2, 1)]),
        ("<B>a</B>", "a", [("bold", 0, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b >a</b  >", "a", [("bold", 0, 1)]),
        ("<b>a</>", "a", [("bold", 0, 1)]),
        ("<b></b>a", "a", []),
        ("🍎<b>é🍎</b>", "🍎é🍎", [("bold", 2, 3)]),
        ('<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "ab", [("blockquote", 0, 2)]),
        ("<code>a<b>b</b></code>", "ab", [("code", 0, 2)]),
        ('<tg-emoji emoji-id="536">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
        ("&lt;b&gt; &amp; &quot;&#65;&#x42;", '<b> & "AB', []),
        ("&nbsp;&eacute; a & b &lt", "&nbsp;&eacute; a & b <", []),
        ("  <b> a </b>  ", "a", [("bold", 0, 1)]),
        ("a > b", "a > b", []),
    ],
)  # fmt: skip
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[Any]) -> None:
    assert parsed(source) == (text, entities)


def test_links_and_languages_keep_their_argument() -> None:
    assert (
        parse_html('<a href="https://gov.br/a?b=1&amp;c=2">x</a>').entities[0]["url"]
        == "https://gov.br/a?b=1&c=2"
    )
    assert parse_html("<a href='tg://user?id=1'>x</a>").entities[0]["url"] == "tg://user?id=1"
    assert parse_html('<a href="javascript:alert(1)">x</a>').entities == []
    [entity] = parse_html('<pre><code class="language-python">x</code></pre>').entities
    assert (entity["type"], entity["language"]) == ("pre", "python")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<div>a</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b x", 'Unclosed start tag "b" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<i =x>a</i>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<a href=http://x>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_html_that_telegram_refuses_is_refused_with_its_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


def test_commands_links_and_addresses_are_found_but_not_inside_code() -> None:
    found = with_found(tidy("/hoje a@b.br https://x.br/a. #dica @pessoa 1/2 /cardápio", []))
    kinds = [(e["type"], found.text[e["offset"] : e["offset"] + e["length"]]) for e in found.entities]
    assert kinds == [
        ("bot_command", "/hoje"),
        ("email", "a@b.br"),
        ("url", "https://x.br/a"),
        ("hashtag", "#dica"),
        ("mention", "@pessoa"),
    ]
    assert [e["type"] for e in with_found(parse_html("<code>/hoje</code>")).entities] == ["code"]


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


@given(texts)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text)).text == text.strip()


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> tuple[str, str]:
    """(HTML, its plain text), nested rightly."""
    source = plain = ""
    for _ in range(draw(st.integers(0, 3))):
        if depth and draw(st.booleans()):
            tag = draw(
                st.sampled_from(["b", "i", "u", "s", "code", "pre", "tg-spoiler", "blockquote expandable"])
            )
            inner, text = draw(trees(depth - 1))
            source += f"<{tag}>{inner}</{tag.split(maxsplit=1)[0]}>"
        else:
            text = draw(texts)
            source += html.escape(text)
        plain += text
    return source, plain


@given(trees())
def test_any_well_formed_html_parses_and_its_entities_nest(tree: tuple[str, str]) -> None:
    source, plain = tree
    result = parse_html(source)
    assert result.text == plain.strip()
    end = utf16_length(result.text)
    spans = [(e["offset"], e["offset"] + e["length"]) for e in result.entities]
    assert all(0 <= start < stop <= end for start, stop in spans)
    assert not any(a < c < b < d for a, b in spans for c, d in spans)


pieces = st.sampled_from(
    [
        *(f"<{t}>" for t in TYPES),
        *(f"</{t}>" for t in TYPES),
        "<",
        ">",
        "&",
        "&lt;",
        "/",
        "é🍎",
        " ",
        '"',
        "=",
    ]
)


@given(st.lists(pieces, max_size=12).map("".join))
def test_any_string_parses_or_is_refused_in_telegrams_way(source: str) -> None:
    try:
        result = parse_html(source)
    except ApiError as refusal:
        assert refusal.code == 400
        assert refusal.description.startswith("Bad Request: can't parse entities: ")
    else:
        assert utf16_length(result.text) <= utf16_length(source)
