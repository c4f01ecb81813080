"""What is to come again: which day or meal is copied, and where to."""

from dataclasses import dataclass
from datetime import date, timedelta

from menus.talk.frames import Wishes
from menus.talk.lexer import Token
from menus.talk.sentence import Sentence
from menus.talk.when import coming
from menus.talk.wish import Act, Wish
from nutrition.menu import Slot

_TIES = frozenset(
    {"de", "do", "da", "no", "na", "dos", "das", "em", "ao", "isso", "ele", "ela", "de novo", "e"}
)
_TO = frozenset({"pra", "na", "no", "em", "pra o", "ao"})


@dataclass
class Place:
    """A day, a meal, or a meal of a day, as named at word ``at``; ``dead`` when it is in what is only told."""

    at: int
    day: Token | None
    slot: Token | None
    dead: bool
    score: int = 0

    @property
    def where(self) -> Slot | None:
        """The meal."""
        return Slot(self.slot.value) if self.slot is not None else None


def copied(s: Sentence) -> Wishes:
    """A day as another was, or a meal."""
    left = any(t.text in ("sobrou", "sobraram", "sobrar", "sobra", "sobras", "resto") for t in s.live)
    again = s.has("AGAIN") and s.has("PUT", "WANT", "GIVE", "ADD", "CHANGE")
    carried = (
        s.has("PUT", "MAKE", "SHOW")
        and not s.foods
        and len(s.named_slots) == 2
        and len(s.days) == 2
        and any(t.text == "pra" for t in s.live)
    )
    if not (s.has("COPY", "SAME") or again or carried or (left and s.said("SLOT") and not s.foods)):
        return []
    if (
        s.has("REMOVE", "CANCEL", "SKIP", "LESS", "REFUSE", "CHEAP")
        or (s.has("TIRED") and s.foods)
        or any(t.is_("LATER") for t in s.tokens)
    ):
        return []
    places = _places(s)
    if not places or len(places) > 4:
        return []
    for n, place in enumerate(places):
        place.score = _score(s, place, n, left=left)
    if len(places) == 1:
        return _of_today(s, places[0])
    best = max(places, key=lambda place: place.score)
    rest = [place for place in places if place is not best]
    if any(place.score == best.score for place in rest):
        return []
    found = [wish for place in rest if (wish := _onto(s, best, place)) is not None]
    return found if len(found) == len(rest) else []


def _places(s: Sentence) -> list[Place]:
    dead = {token.at for piece in s.pieces if piece.dead for token in piece.tokens}
    found: list[Place] = []
    between: list[Token] = []
    for token in s.tokens:
        if not token.is_("DAY", "SLOT") and not (token.is_("TIME") and not s.said("SLOT")):
            between.append(token)
            continue
        last = found[-1] if found else None
        fits = (
            last is not None
            and not token.is_("SAME", "COPY")
            and all(each.text in _TIES for each in between)
            and len(between) <= 2
        )
        if fits and last is not None and token.is_("DAY") and last.day is None:
            last.day = token
        elif fits and last is not None and not token.is_("DAY") and last.slot is None:
            last.slot = token
        else:
            is_day = token.is_("DAY")
            found.append(
                Place(token.at, token if is_day else None, None if is_day else token, token.at in dead)
            )
        between = []
    return found


def _score(s: Sentence, place: Place, number: int, *, left: bool) -> int:
    """How surely ``place`` is what is copied."""
    score = 0
    if place.day is not None and (place.day.is_("PASTDAY") or _gone(s, place.day)):
        score += 6
    if place.dead:
        score += 3
    before = [token for token in s.tokens if token.end <= place.at][-3:]
    near = before[-1] if before else None
    if any(token.is_("SAME") for token in before):
        score += 3
    elif near is not None and near.text in _TO:
        score -= 2
    if any(token.is_("COPY") and "marmit" not in token.text for token in before[-2:]):
        straight = near is not None and near.is_("COPY") and place.slot is None  # "repetir amanhã a janta"
        score += -1 if straight or (near is not None and near.text in _TO) else 1
    if left and any(token.is_("HAVE") for token in [t for t in s.tokens if t.end <= place.at][-5:]):
        score += 4
    if near is not None and near.text in ("de", "do", "da"):
        score += 2
    if number == 0 and not before:
        score -= 2
    if place.slot is not None and place.day is not None:
        score += 1
    return score


def _gone(s: Sentence, day: Token) -> bool:
    found = s.source(day)
    return found is not None and found < s.moment.today


def _of_today(s: Sentence, place: Place) -> Wishes:
    """ "repete o almoço amanhã": today's."""
    if place.day is None or place.where is None or place.day.is_("PASTDAY") or not s.has("COPY"):
        return []
    target = coming(place.day.value, s.moment)
    if len(target) != 1 or target[0] == s.moment.today:
        return []
    return [Wish(Act.COPY_MEAL, target[0], place.where, source=s.moment.today)]


def _onto(s: Sentence, source: Place, target: Place) -> Wish | None:
    day = s.source(source.day) if source.day is not None else s.moment.today
    if day is None:
        return None
    to = _target_day(s, source, target, day)
    if to is None or (target.day is None and target.where is None):
        return None
    if source.where is None and target.where is None:
        return Wish(Act.COPY_DAY, to, source=day) if to != day else None
    slot = target.where or _lunchbox(s, source) or source.where
    origin = source.where or target.where
    if to == day and slot is origin:
        return None
    return Wish(Act.COPY_MEAL, to, slot, source=day, source_slot=origin if origin is not slot else None)


def _target_day(s: Sentence, source: Place, target: Place, day: date) -> date | None:
    if target.day is not None:
        found = coming(target.day.value, s.moment)
        return found[0] if len(found) == 1 and not target.day.is_("PASTDAY") else None
    later = (
        source.where is not None and target.where is not None and _order(target.where) > _order(source.where)
    )
    near = s.moment.today if day <= s.moment.today else day
    return near if later or day < s.moment.today else near + timedelta(days=1)


def _order(slot: Slot) -> int:
    return list(Slot).index(slot)


def _lunchbox(s: Sentence, source: Place) -> Slot | None:
    """What is taken along from a dinner is the next lunch."""
    taken = any("marmit" in token.text or "quentinha" in token.text for token in s.all_of("COPY"))
    return Slot.ALMOCO if taken and source.where is Slot.JANTAR else None
