"""What is told of a meal that was not eaten: "pulei o jantar de hoje". Said alone, it is noted like a wish to skip it."""

import re

from menus.talk.when import Moment, days_in, plain, slots_in
from menus.talk.wish import Act, Wish

_MEAL = r"(?:cafe(?: da manha)?|almoco|jantar|janta|lanche(?: (?:da|de) (?:manha|tarde|noite))?|ceia|colacao)"
_DAY = r"(?:hoje|ontem|segunda|terca|quarta|quinta|sexta|sabado|domingo)"
_SKIPPED = re.compile(
    rf"^(?:{_DAY} )?(?:eu )?(?:acabei )?(?:pulei|pulando) (?:(?:o|a|meu|minha) )?{_MEAL}(?: (?:d[aeo]|n[ao]) {_DAY}| {_DAY})?$"
)


def skipped(text: str, moment: Moment) -> Wish | None:
    """The meal that ``text`` says was skipped; None when it says anything else beside."""
    words = plain(text)
    slots, days = slots_in(words), days_in(words)
    if not _SKIPPED.search(words) or len(slots) != 1 or len(days) > 1:
        return None
    return Wish(Act.SKIP, days[0].of_the_week(moment) if days else moment.today, moment.served(slots[0]))
