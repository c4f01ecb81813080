"""What is asked about foods: had enough of, not to be had, at hand, left out for a day; and dishes quicker or cheaper."""

from datetime import date

from menus.talk.frames import Wishes
from menus.talk.lexer import Token
from menus.talk.pieces import Piece
from menus.talk.sentence import Sentence
from menus.talk.when import next_main
from menus.talk.wish import Act, Wish
from nutrition.menu import Slot

_SEASONING = frozenset(
    [
        "oleo",
        "sal",
        "acucar",
        "gordura",
        "gorduras",
        "azeite",
        "tempero",
        "temperos",
        "fritura",
        "calorias",
        "agua",
    ]
)
_MONEY = ("mes", "grana", "dinheiro", "salario", "orcamento", "mercado", "cardapio", "caro")


def names(tokens: list[Token]) -> tuple[str, ...]:
    """The foods as they are called, each once."""
    return tuple(dict.fromkeys(token.value for token in tokens))


def foods_of(s: Sentence, *kinds: str) -> list[Token]:
    """The foods of the pieces that have any of ``kinds``, and of the list that goes on after them."""
    found: list[Token] = []
    on = False
    alive = [piece for piece in s.pieces if not piece.dead or piece.has("HAVE")]
    for piece in alive:
        on = piece.has(*kinds) or (on and piece.is_plain and piece.joint in (",", "e"))
        if on:
            found += [token for token in piece.tokens if token.is_("FOOD")]
    if not found:
        found = _begun(alive, kinds)
    return found


def _begun(pieces: list[Piece], kinds: tuple[str, ...]) -> list[Token]:
    """The foods just before the piece of ``kinds``: "iogurte, tô até aqui"."""
    for at, piece in enumerate(pieces):
        if piece.has(*kinds) and at:
            listed: list[Token] = []
            for before in reversed(pieces[:at]):
                if not before.has("FOOD"):
                    break
                listed = [token for token in before.tokens if token.is_("FOOD")] + listed
                if not before.is_plain:
                    break
            return listed
    return []


def tired(s: Sentence) -> Wishes:
    """Less of a food for the rest of the week."""
    if s.has("INFO", "PRAISE", "HYPO") and not s.has("TIRED"):
        return []
    if s.has("LATER") or (s.named_slots and s.has("CHANGE", "PUT", "GIVE")):
        return []
    if any(piece.joint == "mas" and (piece.dead or piece.has("PRAISE")) for piece in s.pieces):
        return []
    asked = s.has("GIVE", "REMOVE", "PUT", "CHANGE", "WEEKREST", "WHOLEDAY")
    if s.has("TIRED"):
        foods = foods_of(s, "TIRED") or _meant(s) or (s.foods if len(s.foods) == 1 else [])
    elif s.has("LESS") and not s.has("FOREVER") and not any(t.text in ("mais nao", "sempre") for t in s.live):
        foods = foods_of(s, "LESS") or _meant(s) or (s.foods if len(s.foods) == 1 else [])
    elif s.has("TOOMUCH") and (
        asked
        or any(
            t.text in ("cardapio", "menu", "plano", "dieta")
            or t.text.startswith(
                ("ta vindo", "aparece", "vindo", "ta apar", "repetindo", "so da", "toda hora")
            )
            for t in s.live
        )
    ):
        foods = foods_of(s, "TOOMUCH")
        if s.has("HAVE", "SPOIL", "USE", "PLACE", "OWN") and not any(
            t.text in ("cardapio", "menu") for t in s.live
        ):
            return []
    elif _again(s):
        foods = s.foods
    elif s.has("REFUSE", "REMOVE", "WITHOUT") and s.has("WEEKREST") and not s.slots and not s.days:
        foods = foods_of(s, "REFUSE", "REMOVE", "WITHOUT")
    else:
        return []
    kept = names([food for food in foods if food.value not in _SEASONING])
    return [Wish(Act.LESS, foods=kept)] if kept and len(kept) <= 3 else []


def _meant(s: Sentence) -> list[Token]:
    """The one food of what is told before: "já comi lentilha pra vida inteira, pega leve com ela"."""
    told = [t for p in s.pieces if p.dead == "past" for t in p.tokens if t.is_("FOOD")]
    return told if not s.foods and len(told) == 1 else []


def _again(s: Sentence) -> bool:
    """ "frango de novo?", "todo dia banana, socorro": nothing but a food and that it comes again."""
    cried = s.said("EXCLAIM") or bool(
        any(token.text == "?" for token in s.tokens) and s.live[:1] and s.live[0].is_("FOOD")
    )
    small = ("FOOD", "AGAIN", "HABIT", "FILLER", "MARK", "DAY", "SLOT", "EXCLAIM")
    only = all(t.is_(*small) for t in s.live)
    return cried and only and s.has("AGAIN", "HABIT") and len(s.foods) == 1


def lacking(s: Sentence) -> Wishes:
    """Another food for one that the market, or the kitchen, has not."""
    dear = s.has("DEAR") and not s.named_slots and not s.days and not _quick_denied(s, "DEAR")
    if any(piece.joint == "mas" and (piece.dead or piece.has("HAVE", "OWN", "PRAISE")) for piece in s.pieces):
        return []
    shop = s.said("SHOP") and any(t.text in ("nada de", "sem", "nem") for t in s.live)
    if not (s.has("LACK") or dear or shop) or s.has("INFO", "HYPO") or not s.foods:
        return []
    if shop and not s.has("LACK"):
        return [Wish(Act.MISSING, foods=names(foods_of(s, "WITHOUT") or s.foods))]
    if s.named_slots and s.has("CHANGE", "PUT", "GIVE", "WANT"):
        return []
    foods = foods_of(s, "LACK", "DEAR", "SHOP") if not dear else foods_of(s, "DEAR")
    only = names(foods)
    return [Wish(Act.MISSING, foods=only)] if only and len(only) <= 4 else []


def at_hand(s: Sentence) -> Wishes:
    """Foods that are there and are to be used."""
    if s.has("INFO", "HYPO", "LACK", "TIRED", "REFUSE"):
        return []
    told = (
        [t for p in s.pieces if p.dead == "past" for t in p.tokens if t.is_("FOOD")]
        if not s.foods and s.has("HAVE", "USE")
        else []
    )
    if not s.foods and not told:
        return []
    fits = any(t.text.startswith("encaix") for t in s.live) and not s.slots
    strong = s.has("SPOIL", "PLACE") or _used(s)
    own = s.has("OWN") and (s.has("PLACE", "SPOIL") or _used(s) or _at_home(s))
    got = s.has("HAVE") and (
        strong
        or s.has("PUT", "GIVE", "USE", "CHANGE")
        or _what_to_do(s)
        or any(t.text in ("sobrou", "sobraram", "sobrando") for t in s.live)
    )
    make = _what_to_do(s) and any(t.text == "com" for t in s.live)
    if not (strong or own or got or make or fits) or (s.has("PRAISE") and not s.has("USE", "PUT")):
        return []
    foods = foods_of(s, "HAVE", "OWN", "SPOIL", "PLACE", "USE") if not make else []
    only = names(foods or s.foods or told)
    place = s.about("USE", "PUT", "MAKE") if s.has("USE", "PUT", "MAKE") and not make else s
    return [Wish(Act.PANTRY, day, slot, only) for day, slot in where(place)] if len(only) <= 6 else []


def _used(s: Sentence) -> bool:
    """Whether something is to be used, not "usa outra coisa"."""
    return any(
        not ((after := s.after(token)) is not None and after.is_("OTHER")) for token in s.all_of("USE")
    )


def _at_home(s: Sentence) -> bool:
    words = [t.text for t in s.live]
    only = any(
        t.text.startswith(("so t", "tem so", "tenho so", "so sobrou", "so restou", "eu so")) for t in s.live
    )
    here = any(word in words for word in ("aqui em casa", "em casa", "aqui", "la em casa"))
    return (
        (here and only)
        or (here and s.has("OWN") and any(t.text.startswith(("tenho", "temos")) for t in s.live))
        or (only and _what_to_do(s))
    )


def _what_to_do(s: Sentence) -> bool:
    words = [t.text for t in s.tokens]
    return any(w in ("o que", "oq", "que", "como") for w in words) and any(
        t.text.startswith(
            (
                "faco",
                "fazer",
                "posso fazer",
                "inventar",
                "invento",
                "sai ",
                "bolar",
                "inventa",
                "encaix",
                "aproveit",
                "cozinh",
                "prepar",
                "como faco",
                "como fazer",
                "como eu faco",
            )
        )
        for t in s.tokens
    )


def where(s: Sentence) -> list[tuple[date, Slot]]:
    """The days and meal that are named, else the next lunch or dinner."""
    day, slot = next_main(s.moment)
    if s.slots:
        slot = s.slots[0]
        return [(each, slot) for each in (s.dates or [s.moment.today])]
    if s.dates:
        return [(each, slot if each == day else Slot.ALMOCO) for each in s.dates[:1]]
    return [(day, slot)]


def faster(s: Sentence) -> Wishes:
    """A meal that is quicker to cook."""
    if not s.has("QUICK") or s.has("INFO", "CHEAP", "DEAR", "OUT", "NOTHOME") or s.foods or _quick_denied(s):
        return []
    asked = s.has("CHANGE", "GIVE", "PUT", "WANT", "OTHER") or any(
        t.text in ("alguma coisa", "algo", "opcao", "pode ser") for t in s.live
    )
    if s.has("PRAISE") and not asked:
        return []
    s = s.about("QUICK")
    return [Wish(Act.FASTER, day, slot) for day, slot in where(s)][:1] if len(s.slots) < 2 else []


def _quick_denied(s: Sentence, kind: str = "QUICK") -> bool:
    """Whether "não" stands before it: "não é caro", "não demora"."""
    near = [
        each for token in s.all_of(kind) for each in (s.before(token), s.before(token, 2)) if each is not None
    ]
    return any(each.is_("NOT") for each in near)


def cheaper(s: Sentence) -> Wishes:
    """Cheaper: a meal, or the whole week."""
    if not s.has("CHEAP", "BROKE", "DEAR") or s.has("INFO", "OUT", "PRAISE", "HAVE", "LIST"):
        return []
    if _quick_denied(s, "DEAR") or (s.foods and s.has("CHANGE", "PUT")):
        return []
    s = s.about("CHEAP") if s.has("CHEAP") else s.about("BROKE", "DEAR")
    if s.named_slots or (s.slots and s.days):
        return [Wish(Act.CHEAPER, day, slot) for day in (s.dates or [s.moment.today]) for slot in s.slots]
    week = s.has("CHEAP") or any(word in " ".join(t.text for t in s.live) for word in _MONEY)
    return [Wish(Act.CHEAPER)] if week and not s.days and not s.foods else []
