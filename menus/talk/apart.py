"""Whether wishes that were read one by one are several, or the same said twice."""

from menus.talk.wish import Act, Wish

OWN_PLACE = frozenset({Act.LESS, Act.MISSING, Act.MEALS, Act.SLOT_OFF, Act.SLOT_ON})
"""Of no day and meal, or of their own."""


def differ(first: list[Wish], rest: list[Wish]) -> bool:
    """Whether none of ``rest`` is about the same place as one of ``first``."""
    for one in first:
        for two in rest:
            if one.act is Act.UNDO:
                continue
            if two.act is Act.SLOT_OFF and one.act in (Act.AWAY, Act.SKIP):
                return False
            if {one.act, two.act} == {Act.PANTRY, Act.SWAP} or (
                {one.act, two.act} & {Act.UNDO, Act.MISSING}
                and {one.act, two.act} & {Act.SWAP, Act.PANTRY, Act.OFFER}
            ):
                return False
            if one.act in OWN_PLACE or two.act in OWN_PLACE:
                if one.act is two.act and one.act is not Act.LESS:
                    return False
                continue
            same_place = (one.slot is two.slot or None in (one.slot, two.slot)) and one.date == two.date
            if same_place or Act.UNDO in (one.act, two.act):
                return False
    return True
