"""Health facts in free Portuguese text: what a person says about themselves, not about their mother, not denied.

The facts and their patterns are data (``data/conditions.toml``); here are the small pattern language and the rules
of who and whether. When in doubt a fact counts: a guardrail that is not needed costs less than one that is missing.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from nutrition.foreign import in_portuguese
from nutrition.words import fold

_DATA = Path(__file__).with_name("data") / "conditions.toml"
_TALK: dict[str, Any] = tomllib.loads(_DATA.with_name("condition_words.toml").read_text(encoding="utf-8"))
_TOKEN = re.compile(r"[a-z0-9]+|[,.;:!?()/\n]")
_GOING = re.compile(r"(?<![a-z] )\bvo\b(?= [a-z]+r\b)|(?<=\beu )vo\b", re.IGNORECASE)
"""The "vo" of "vo parar", which is no grandmother."""

_GAP = "..."
_LINK = re.compile(r" (?:,|e|ou|nem|/|tambem)(?: (?:e|a|de|tambem))? ")
_LIST_END = re.compile(r"$| [,.;:!?)/\n]| (?:e|ou|nem|tambem|alem|mas)\b")

_STOPS = frozenset(".;!?\n")
_NEGATIONS = frozenset({"nao", "nunca", "nem", "sem", "jamais", "nego", "n", "tampouco"})
_FEARED = frozenset({"medo", "evitar", "prevenir", "prevencao", "previne", "prevenindo"})
_SHORTHAND: dict[str, str] = _TALK["shorthand"]
_HAVING, _FILLERS = (frozenset(_TALK[key]) for key in ("having", "fillers"))
KIN, _MYSELF = (frozenset(_TALK[key]) for key in ("kin", "myself"))
_CONTRASTS = frozenset({"mas", "porem", "enquanto"})
_OF_SOMEBODY = frozenset(
    {
        "de",
        "do",
        "da",
        "dos",
        "das",
        "na",
        "no",
        "em",
        "pela",
        "minha",
        "meu",
        "meus",
        "minhas",
        "a",
        "o",
        "(",
    }
)
# What leads from a condition to the relative whose it is: "câncer do meu pai", "diabetes na família".


@dataclass(frozen=True, slots=True)
class Condition:
    """One health fact or warning sign: ``decision`` is the value of a ``guardrails.Decision``."""

    code: str
    decision: str
    basis: str
    patterns: tuple[re.Pattern[str], ...]
    bare: tuple[re.Pattern[str], ...]
    exceptions: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A pattern found in a text: words ``start`` to ``end`` (exclusive, counted as ``words_and_stops`` does).

    ``holds`` is False for what is denied, feared, or somebody else's.
    """

    code: str
    start: int
    end: int
    holds: bool


def words_and_stops(text: str) -> list[str]:
    """Split ``text`` into folded words and the punctuation that separates thoughts; "n" and "naum" are "nao".

    What is English or Spanish is put into Portuguese.
    """
    said = _TOKEN.findall(fold(_GOING.sub("vou", text)))
    return [_SHORTHAND.get(token, token) for token in in_portuguese(said)]


@cache
def conditions() -> dict[str, Condition]:
    """Return every known condition by its code, in the order of the data file."""
    raw = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return {
        code: Condition(
            code,
            entry["decision"],
            entry["basis"],
            tuple(_compile(item) for item in entry["patterns"]),
            tuple(_compile(item, whole=True) for item in (*entry.get("bare", ()), *entry["patterns"])),
            tuple(_compile(item) for item in entry.get("except", ())),
        )
        for code, entry in raw.items()
    }


def conditions_in(text: str) -> tuple[str, ...]:
    """Return the codes of the conditions that the writer of ``text`` has, in the order of the data file."""
    return tuple(dict.fromkeys(mention.code for mention in mentions(text) if mention.holds))


def declared_condition(entry: str) -> tuple[str, ...]:
    """Return the codes in one entry of a list of conditions, where a bare "rins" or "pressão" is enough.

    Codes themselves are accepted. Empty for what is not known.
    """
    known = conditions()
    code = fold(entry).strip().replace(" ", "_").replace("-", "_")
    if code in known:
        return (code,)
    joined = " ".join(words_and_stops(entry))
    bare = [item.code for item in known.values() if any(pattern.fullmatch(joined) for pattern in item.bare)]
    return tuple(dict.fromkeys([*conditions_in(entry), *bare]))


@lru_cache(maxsize=4096)
def mentions(text: str) -> tuple[Mention, ...]:
    """Return every condition mentioned in ``text``, with whether it holds for the writer."""
    tokens = words_and_stops(text)
    joined = " ".join(tokens)
    found = _found(joined)
    for _, _, end in found:  # grows while it is read: "pressão alta, gota e rins" is a chain
        found += _next_in_list(joined, end)
    places = [
        (code, joined.count(" ", 0, start), joined.count(" ", 0, end) + 1) for code, start, end in found
    ]
    inside = {index for _, start, end in places for index in range(start, end)}
    return tuple(
        Mention(
            code,
            start,
            end,
            _is_about_me(tokens, start, end) and not _is_denied(tokens, start, end, inside),
        )
        for code, start, end in places
    )


def _found(joined: str) -> list[tuple[str, int, int]]:
    """Return (code, start, end) of the patterns in the text, those inside an exception left out; letters counted."""
    found: list[tuple[str, int, int]] = []
    for condition in conditions().values():
        spans = [match.span() for pattern in condition.patterns for match in pattern.finditer(joined)]
        if spans:
            excepted = [
                match.span() for pattern in condition.exceptions for match in pattern.finditer(joined)
            ]
            for start, end in spans:
                if not any(left <= start and end <= right for left, right in excepted):
                    found.append((condition.code, start, end))
    return found


def _next_in_list(joined: str, end: int) -> list[tuple[str, int, int]]:
    """Return the bare word that goes on a list of conditions: the "gota" of "pressão alta e gota"."""
    link = _LINK.match(joined, end)
    if link is None:
        return []
    return [
        (condition.code, match.start(), match.end())
        for condition in conditions().values()
        for pattern in condition.bare
        if (match := pattern.match(joined, link.end())) and _LIST_END.match(joined, match.end())
        if not any(known.match(joined, link.end()) for known in condition.patterns)
    ]


def _compile(pattern: str, *, whole: bool = False) -> re.Pattern[str]:
    """Turn a pattern of the data file into a regular expression over words joined by single spaces."""
    body, begun = "", False
    for word in pattern.split():
        if word == _GAP:
            body += "(?: [a-z0-9]+){0,3}?"
            continue
        choices = "|".join(
            re.escape(choice).replace(r"\*", "[a-z0-9]*") for choice in fold(word.rstrip("?")).split("|")
        )
        if word.endswith("?"):
            body += f"(?: (?:{choices}))?" if begun else f"(?:(?:{choices}) )?"
        else:
            body += f" (?:{choices})" if begun else f"(?:{choices})"
            begun = True
    return re.compile(body if whole else rf"(?<![a-z0-9]){body}(?![a-z0-9])")


def _is_denied(tokens: list[str], start: int, end: int, inside: set[int]) -> bool:
    """Whether a negation governs the mention: "não tenho X", "sem X", "não tenho Y nem X", "X: não"."""
    at = start - 1
    while at >= 0:
        token = tokens[at]
        if token in _NEGATIONS:
            return tokens[at + 1] != ","
        if token in _HAVING:
            before = tokens[max(at - 2, 0) : at]
            return bool(before) and (
                before[-1] in _NEGATIONS or (before[-1] in {"me", "eu", "se"} and before[0] in _NEGATIONS)
            )
        if token not in _FILLERS and at not in inside:
            break
        at -= 1
    after = [word for word in tokens[end : end + 3] if word != ":"]
    return bool(after) and after[0] == "nao" and (len(after) == 1 or after[1] in _STOPS | {","} | _HAVING)


def _is_about_me(tokens: list[str], start: int, end: int) -> bool:
    """Whether the mention is the writer's own: no relative owns it, and it is not only feared."""
    clause_start = max((i + 1 for i in range(start) if tokens[i] in _STOPS | _CONTRASTS), default=0)
    clause_end = next((i for i in range(end, len(tokens)) if tokens[i] in _STOPS | _CONTRASTS), len(tokens))
    before, after = tokens[clause_start:start], tokens[end:clause_end]
    if "eu" in after and ("tambem" in after or after[-1] == "eu"):
        return True
    if any(token in _FEARED for token in before[-5:]):
        return False
    kin = max((i for i, token in enumerate(before) if token in KIN), default=-1)
    if kin >= 0 and not any(token in _MYSELF for token in before[kin + 1 :] + tokens[start:end]):
        return False
    if any(token in _MYSELF for token in [*before, *tokens[start:end]]):
        return True
    owner = next((i for i, token in enumerate(after[:4]) if token in KIN), None)
    return owner is None or not all(token in _OF_SOMEBODY for token in after[:owner])
