"""Another dish for a meal: a named one, or whatever else there is; and a whole day anew."""

from menus.talk.frames import Wishes
from menus.talk.lexer import Token
from menus.talk.sentence import Sentence
from menus.talk.wants import names
from menus.talk.wish import Act, Wish

_AWAY_FROM = ("INSTEAD", "REMOVE", "LACK", "TIRED", "REFUSE", "WITHOUT", "DEAR", "RESTRICT")
_TOWARDS = ("PUT", "MAKE", "WANT", "GIVE")


def anew(s: Sentence) -> Wishes:
    """A whole day anew."""
    if (
        not s.dates
        or s.named_slots
        or s.foods
        or s.has("COPY", "SAME", "INFO", "KEEP", "NOTCHANGE", "QUICK", "CHEAP", "BROKE", "SLOT")
        or (s.has("OUT") and not s.has("REDO", "GIVE", "CHANGE"))
    ):
        return []
    changes = s.has("CHANGE", "GIVE", "WANT", "REFUSE", "PUT", "OTHER")
    straight = s.has("CHANGE") and _straight(s)
    if not (s.has("REDO") or (changes and s.has("WHOLEDAY")) or straight):
        return []
    if s.all_of("TIME"):
        return []
    return [Wish(Act.SWAP_DAY, day) for day in s.dates] if len(s.dates) <= 3 else []


def _straight(s: Sentence) -> bool:
    """ "troca a quinta"."""
    verb = s.all_of("CHANGE")[0]
    near = [token for token in s.tokens if verb.end <= token.at < verb.end + 3]
    return (
        bool(near)
        and any(token.is_("DAY") for token in near)
        and all(token.is_("DAY", "FILLER") for token in near)
    )


def swapped(s: Sentence) -> Wishes:
    """Another main dish for a meal."""
    if len(s.slots) != 1 or s.has("INFO", "NOTCHANGE", "KEEP", "LATER") or len(s.dates) > 3:
        return []
    if s.has("SAME", "COPY"):
        return []
    if (s.has("HABIT", "WEEKREST") and not s.days) or (
        s.has("PAST") and not s.has("CHANGE", "PUT", "WANT", "GIVE", "REFUSE")
    ):
        return []
    slot, days = s.slots[0], (s.dates or [s.moment.today])
    asks = s.has("CHANGE", "PUT", "MAKE", "WANT", "INSTEAD", "GIVE") or _courteous(s)
    foods = wanted(s)
    if foods and (asks or is_bare(s)) and not _refused_only(s):
        return [Wish(Act.SWAP, day, slot, names(foods)) for day in days] if len(foods) <= 3 else []
    if foods and not asks:
        return []
    unnamed = _unnamed(s) if asks and not s.foods else ()
    if unnamed:
        return [Wish(Act.SWAP, day, slot, unnamed) for day in days]
    if s.has("PRAISE") and not s.has("CHANGE", "GIVE"):
        return []
    other = s.has("CHANGE", "REFUSE") or (
        s.has("OTHER") and (s.has("GIVE", "PUT", "WANT", "CHANGE", "SHOW") or s.tokens[0].is_("OTHER"))
    )
    return (
        [Wish(Act.OFFER, day, slot) for day in days[:1]]
        if (other and not s.has("NOT")) or s.has("CHANGE")
        else []
    )


def _refused_only(s: Sentence) -> bool:
    return s.has("NOT") and not s.has("CHANGE", "PUT", "GIVE", "INSTEAD") and not s.has("WANT")


def _courteous(s: Sentence) -> bool:
    asked = any(
        t.text
        in ("pode ser", "que tal", "tem como", "da pra", "rola", "bora de", "vai de", "vamos de", "podia ser")
        for t in s.live
    )
    return asked and not any(t.text in ("tem",) for t in s.live)


def is_bare(s: Sentence) -> bool:
    """Whether nothing but a meal, a day and foods are said, with a courtesy or a colon: "jantar de amanhã: panqueca"."""
    small = ("FOOD", "DAY", "SLOT", "TIME", "FILLER", "MARK", "NUMBER", "SNACK")
    rest = any(piece.dead for piece in s.pieces) or not all(t.is_(*small) for t in s.live)
    verbs = ("tem", "e", "ta", "vai", "foi", "ficou", "ser", "que", "seria", "fica")
    joined = [t.text for t in s.live]
    return not rest and not any(word in joined for word in verbs) and not any(t.text == "?" for t in s.tokens)


def wanted(s: Sentence) -> list[Token]:
    """The foods that are to come, without those that are to go."""
    going = _going(s)
    foods = [token for token in s.foods if token not in going]
    after = _after_by(s)
    return after or foods


def _going(s: Sentence) -> list[Token]:
    """The foods after "no lugar de", "tira", "não quero": up to the next break or word that asks."""
    found: list[Token] = []
    on = False
    for token in s.tokens:
        if token.is_(*_TOWARDS) or token.text in (".", "?", "!", ",", "mas", "por", "pra", ":", ">", "com"):
            on = False
        elif token.is_(*_AWAY_FROM, "CHANGE"):
            on = True
        elif token.is_("FOOD") and (
            on or ((after := s.after(token)) is not None and after.is_("AGAIN") and s.has("CHANGE", "REFUSE"))
        ):
            found.append(token)
    return found


def _after_by(s: Sentence) -> list[Token]:
    """The foods after "troca … por", "muda … pra", "troca … >"."""
    changes = s.all_of("CHANGE")
    if not changes:
        return []
    turned = [t for t in s.live if t.at > changes[0].at and t.text in ("por", "pra", ">", "com", ":")]
    for by in reversed(turned):
        after = [t for t in s.foods if t.at > by.at]
        between = [t for t in s.tokens if after and by.end <= t.at < after[0].at]
        if after and all(t.is_("FILLER", "NUMBER", "MARK", "GIVE", "WANT") for t in between):
            return [token for token in after if token not in _going(s)]
    return []


def _unnamed(s: Sentence) -> tuple[str, ...]:
    """A dish whose name we do not know: "troca o jantar por shawarma"."""
    tokens = list(s.live)
    for at, token in enumerate(tokens[:-1]):
        by = token.text in ("por", "pra", ">") and s.has("CHANGE")
        if not by and not (
            token.is_("PUT", "WANT", "MAKE")
            and (token.text.endswith((" um", " uma")) or tokens[at + 1].text in ("um", "uma", "uns", "umas"))
        ):
            continue
        rest = tokens[at + 1 :]
        while rest and rest[0].text in ("um", "uma", "uns", "umas", "a", "o", "comer", "e"):
            rest = rest[1:]
        said = []
        for each in rest:
            if each.kinds and each.text not in ("de", "com", "da", "do"):
                break
            said.append(each.text)
        while said and said[-1] in ("de", "com", "da", "do"):
            said.pop()
        if (
            said
            and len(said) <= 4
            and said[0] not in ("de", "com")
            and not said[0].endswith(("ar", "er", "ir"))
        ):
            return (" ".join(said),)
    return ()
