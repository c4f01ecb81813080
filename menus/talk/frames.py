"""What is asked about meals and days as such: kept, left out, eaten elsewhere, had always or never."""

from itertools import takewhile

from menus.talk.sentence import Sentence
from menus.talk.wish import Act, Wish
from nutrition.menu import MAIN_SLOTS, Slot

Wishes = list[Wish]

_MAIN = MAIN_SLOTS | {Slot.CAFE_DA_MANHA}
_CHANGES = ("CHANGE", "PUT", "GIVE", "REDO", "INSTEAD")
_TRAVEL = (
    "viaj",
    "viagem",
    "sitio",
    "chacara",
    "fazenda",
    "praia",
    "roca",
    "acamp",
    "excurs",
    "resort",
    "pousada",
    "retiro",
    "congresso",
    "clube",
    "o dia fora",
)
_AS_IT_IS = frozenset({"como ta", "assim", "do jeito que ta", "quieto", "quieta", "do jeitinho que ta"})
_EAT = frozenset(
    [
        "jantar",
        "almocar",
        "lanchar",
        "janto",
        "almoco",
        "lancho",
        "jantarei",
        "almocarei",
        "lancharei",
        "cear",
        "jantamos",
        "almocamos",
    ]
) | {
    "tomar cafe",
    "tomo cafe",
    "tomarei cafe",
    "tomar cafe da manha",
    "tomar o cafe",
    "tomo o cafe",
    "tomar meu cafe",
    "merendar",
    "cafe da manha",
    "merendo",
}


def over(s: Sentence, act: Act, slots: list[Slot | None]) -> Wishes:
    """``act`` on each named day (today when none is) for each of ``slots``."""
    return [Wish(act, day, slot) for day in (s.dates or [s.moment.today]) for slot in slots]


def unlocked(s: Sentence) -> Wishes:
    """May be changed again: a meal, or a day."""
    if not s.has("UNLOCK") or s.foods or s.has("COPY", "SAME", "NOT", "NOTCHANGE", "OUT", "OTHER"):
        return []
    place = s.about("UNLOCK")
    slots: list[Slot | None] = list(place.slots)
    return over(place, Act.UNLOCK, slots or [None]) if place.dates or slots else []


def kept(s: Sentence) -> Wishes:
    """Not to be changed any more."""
    stays = any(t.text.startswith("deix") for t in s.live) and any(t.text in _AS_IT_IS for t in s.live)
    if not (stays or s.has("KEEP", "NOTCHANGE")) or s.has(
        "UNLOCK", "CHANGE", "REDO", "INSTEAD", "REMOVE", "CANCEL", "SKIP"
    ):
        return []
    if s.has("COPY", "SAME") and len(s.days) > 1:
        return []
    s = s if stays else s.about("KEEP", "NOTCHANGE")
    told = [token for piece in s.pieces if piece.dead for token in piece.tokens]
    days = s.days or [token for token in told if token.is_("DAY") and not token.is_("PASTDAY")]
    slots: list[Slot | None] = list(s.slots)
    if not days and not slots:
        return []
    dates = [day for token in days if (day := s.source(token)) is not None]
    if any(token.value == "fim de semana" for token in days):
        dates = list(s.dates)
    return [Wish(Act.KEEP, day, slot) for day in (dates or [s.moment.today]) for slot in (slots or [None])]


def always(s: Sentence) -> Wishes:
    """A meal of the day that is to be on every day from now on, or on none."""
    if (
        s.days
        or s.foods
        or len(s.slots) != 1
        or not s.named_slots
        or s.has("OUT", "COPY", "CHEAP", "QUICK")
        or (s.has("OTHER") and not s.has("HABIT"))
    ):
        return []
    slot, habit = Slot(s.named_slots[0].value), s.has("HABIT")
    off = (
        s.has("REMOVE", "CANCEL", "SKIP")
        or _without(s)
        or any(t.text.startswith(("nao quero mais", "nao faco")) for t in s.live)
    )
    refused = s.has("REFUSE") and s.has("SNACK")
    never = (_denied(s) and (habit or s.has("SNACK"))) or any(t.text == "parei de" for t in s.live)
    if (off and (habit or slot not in _MAIN)) or never or (refused and not s.has("OTHER") and _bare_snack(s)):
        return [Wish(Act.SLOT_OFF, slot=slot)] if not s.has("KEEP", "NOTCHANGE", "GIVE") else []
    if not s.has("ADD") or s.has("CHANGE", "NOT", "REFUSE", "PRAISE", "REMOVE", "CANCEL"):
        return []
    back = any(
        t.text.startswith(("volt", "de volta", "retom", "reativ", "devolv", "sinto falta"))
        or "falta" in t.text
        for t in s.live
    )
    return [Wish(Act.SLOT_ON, slot=slot)] if habit or back or slot is Slot.CEIA else []


def _bare_snack(s: Sentence) -> bool:
    """ "não quero lanchar mais", but not "não quero esse lanche"."""
    return any(t.text in ("lanchar", "lancho", "merendar") for t in s.live)


def _without(s: Sentence) -> bool:
    """Whether "sem" stands before the meal: "sem café da manhã"."""
    for token in s.named_slots:
        first, second = s.before(token), s.before(token, 2)
        near = (
            first.text
            if first is not None and first.text not in ("o", "a", "esse", "essa")
            else second.text
            if second
            else ""
        )
        if near in ("sem", "nada de", "zero", "nem", "passar sem", "ficar sem"):
            return True
    return False


def _denied(s: Sentence) -> bool:
    """ "não vou jantar", "não almoço", "não quero lanchar", "não costumo tomar café"."""
    for token in s.named_slots:
        if token.text not in _EAT:
            continue
        for steps in (1, 2, 3):
            before = s.before(token, steps)
            if before is None or before.is_("MARK"):
                break
            if before.is_("NOT") or before.text in (
                "nao quero",
                "nao vou querer",
                "nao vou conseguir",
                "nao posso",
                "nao consigo",
                "nao da pra",
                "nem",
            ):
                return not (steps == 1 and before.text == "nao quero" and token.text in ("almoco", "janta"))
            if before.text in ("o", "a", "esse", "essa", "desse", "dessa", "do", "da"):
                break
    return False


def skipped(s: Sentence) -> Wishes:
    """A meal that is not eaten at all."""
    if s.has("THINNER", "INFO", "HABIT", *_CHANGES) or s.has("KEEP", "NOTCHANGE", "CHEAP"):
        return []
    if (s.has("PUT") and s.foods) or _out_of(s):
        return []
    cue = (
        s.about("CANCEL", "REMOVE") if s.has("CANCEL", "REMOVE") else s.about("SKIP") if s.has("SKIP") else s
    )
    s = cue
    slots = s.slots
    if not slots or s.foods:
        return []
    jump = [token for token in s.all_of("SKIP") if token.text.startswith(("pul", "passar batido"))]
    if jump and not any(_soon(s, token.end) for token in jump):
        return []
    nothing = (
        any(t.text in ("nada", "de nada") for t in s.live)
        and any(t.text == "como" for t in s.live)
        and s.has("NOT")
    )
    if not (jump or s.has("SKIP", "CANCEL", "REMOVE") or _without(s) or _denied(s) or nothing):
        return []
    if s.has("OTHER") and not jump:
        return []
    chosen: list[Slot | None] = list(slots) if s.named_slots else list(slots[:1])
    return over(s, Act.SKIP, chosen) if len(chosen) <= 2 else []


def _out_of(s: Sentence) -> bool:
    """ "tira do almoço": something is to go that was named before, and the meal stays."""
    for token in s.all_of("REMOVE"):
        rest = s.tokens[s.tokens.index(token) + 1 :]
        small = list(takewhile(lambda each: each.is_("FILLER") and not each.is_("SLOT"), rest))
        meal = rest[len(small) : len(small) + 1]
        if meal and meal[0].is_("SLOT") and any(each.text in ("do", "da", "no", "na") for each in small):
            return True
    return False


def _soon(s: Sentence, end: int) -> bool:
    return any(token.is_("SLOT", "TIME", "SNACK") and 0 <= token.at - end <= 4 for token in s.live) or any(
        token.is_("SLOT") and token.end <= end for token in s.live
    )


_NOT_AWAY = (
    "CHANGE", "PUT", "GIVE", "INSTEAD", "COPY", "REDO", "NOMEAT", "KEEP", "NOTCHANGE", "CHEAP", "LIST", "RECIPE",
)  # fmt: skip
_STAYS = ("to em", "estarei", "estaremos", "fico", "ficarei", "ficamos")


def away(s: Sentence) -> Wishes:
    """Meals, or whole days, that are eaten elsewhere."""
    denied = any(t.is_("NOT", "WITHOUT") or t.text.startswith("nem ") for t in s.live)
    not_home = s.has("NOTHOME") or (denied and s.has("OUT") and any(t.text == "em casa" for t in s.live))
    if s.has("INFO") or not (not_home or _may_be_away(s)):
        return []
    if (s.has("LACK", "SPOIL", "USE") and s.foods) or (s.has("PRAISE") and not s.has("GOING")):
        return []
    s = s.about("OUT", "NOTHOME", "GOING")
    slots = _away_slots(s, not_home=not_home)
    if not slots or len(slots) > 2 or (not s.days and not s.named_slots and not s.all_of("TIME")):
        return []
    return over(s, Act.AWAY, slots)


def _may_be_away(s: Sentence) -> bool:
    """Whether a place is named where one eats, and nothing is asked that has another meaning."""
    if _without(s) or any(t.text.startswith("pul") for t in s.all_of("SKIP")):
        return False
    if (
        s.has("ATHOME", "HABIT", *_NOT_AWAY)
        or _goes_not(s)
        or (s.has("WANT") and s.foods and not s.has("GOING"))
    ):
        return False
    return (s.has("OUT") or _at_a_place(s)) and bool(s.has("GOING") or s.named_slots or s.days)


def _away_slots(s: Sentence, *, not_home: bool) -> list[Slot | None]:
    """The meals that are named; the whole day (None) of who travels or is gone all day; the lunch of a barbecue."""
    out = " ".join(token.text for token in s.all_of("OUT", "NOTHOME"))
    whole = any(t.is_("WHOLEDAY") and "dia" in t.text for t in s.live)
    if whole and not s.named_slots:
        return [None]
    flies = any(word in out for word in _TRAVEL[:2]) and any(
        t.text in ("volto", "voltamos", "volta") for t in s.live
    )
    if flies:
        return []
    if s.slots or not s.dates:
        return list(s.slots)
    stays = any(
        t.text in ("to", "ta") and (near := s.after(t)) is not None and near.is_("OUT") for t in s.live
    )
    travels = stays or any(word in out for word in _TRAVEL) or any(t.text in _STAYS for t in s.live)
    if travels or s.has("REFRAIN") or (len(s.dates) > 1 and not_home):
        return [None]
    return [Slot.ALMOCO] if "churras" in out else []


def _at_a_place(s: Sentence) -> bool:
    """ "teremos um jantar na paróquia": a meal, and a place that we do not know."""
    for token in s.named_slots:
        near, place = s.after(token), s.after(token, 2)
        if near is None or place is None or near.text not in ("na", "no", "num", "numa", "em", "la"):
            continue
        strange = not place.kinds
        if strange and any(
            t.text
            in ("teremos", "tenho", "temos", "vai ter", "vou", "vamos", "tera", "tem", "sera", "vai ser")
            for t in s.live
        ):
            return True
    return False


def _goes_not(s: Sentence) -> bool:
    """ "não vou mais jantar fora"."""
    for token in s.all_of("GOING", "SLOT"):
        before = s.before(token)
        if before is not None and before.is_("NOT"):
            return True
    return False
