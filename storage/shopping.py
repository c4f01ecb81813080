"""What a person said about a week's shopping: bought, at home, which days, for how many.

Every change sets a state and never flips one, so the same tap twice, or two people tapping at once, end the same way.
A week is known by the date it starts on: a menu made anew for the same days keeps what is already in the cart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from storage.driver import Connection
from storage.errors import StoredDataInvalid

_BOUGHT, _HOME = "bought", "home"


@dataclass(frozen=True, slots=True)
class Marks:
    """``bought``: units in the cart by item id. ``home``: ids of items at home. ``days_off``: days not shopped for.

    ``people`` is for how many the list is, over all weeks; ``shares`` the portion of each, the person's own (1) first.
    """

    bought: Mapping[str, int]
    home: frozenset[str]
    days_off: frozenset[date]
    people: float
    shares: tuple[float, ...]

    @property
    def portions(self) -> float:
        """How many portions as large as the person's own are cooked."""
        return sum(self.shares)


async def get(conn: Connection, person_id: int, week: date) -> Marks:
    """All that was said about the list of the week that starts on ``week``."""
    key = (person_id, week.isoformat())
    marks = await conn.fetch_all(
        "SELECT item, mark, units FROM shopping_marks WHERE person_id = ? AND week = ?", key
    )
    days = await conn.fetch_all("SELECT date FROM shopping_days_off WHERE person_id = ? AND week = ?", key)
    household = await conn.fetch_one("SELECT people FROM households WHERE person_id = ?", (person_id,))
    eaters = await conn.fetch_all("SELECT place, share FROM eaters WHERE person_id = ?", (person_id,))
    people = household["people"] if household else 1.0
    try:
        days_off = frozenset(date.fromisoformat(row["date"]) for row in days)
    except ValueError as exc:
        raise StoredDataInvalid("a stored shopping day is not a date") from exc
    return Marks(
        bought={row["item"]: row["units"] for row in marks if row["mark"] == _BOUGHT},
        home=frozenset(row["item"] for row in marks if row["mark"] == _HOME),
        days_off=days_off,
        people=people,
        shares=_shares(people, {row["place"]: row["share"] for row in eaters}),
    )


async def set_bought(conn: Connection, person_id: int, week: date, item: str, units: int) -> None:
    """``units`` of ``item`` are in the cart; 0: none."""
    await _set(conn, person_id, week, item, mark=_BOUGHT, units=units)


async def set_home(conn: Connection, person_id: int, week: date, item: str, at_home: bool) -> None:
    """``item`` is at home, or is not."""
    await _set(conn, person_id, week, item, mark=_HOME, units=int(at_home))


async def set_day(conn: Connection, person_id: int, week: date, day: date, wanted: bool) -> None:
    """``day`` is shopped for, or is not."""
    key = (person_id, week.isoformat(), day.isoformat())
    if wanted:
        await conn.execute("DELETE FROM shopping_days_off WHERE person_id = ? AND week = ? AND date = ?", key)
    else:
        await conn.execute("INSERT OR IGNORE INTO shopping_days_off VALUES (?, ?, ?)", key)


async def set_people(conn: Connection, person_id: int, people: float) -> None:
    """The list is for ``people`` (above 0) from now on."""
    await conn.execute(
        "INSERT INTO households (person_id, people) VALUES (?, ?)"
        " ON CONFLICT (person_id) DO UPDATE SET people = excluded.people",
        (person_id, people),
    )


async def set_share(conn: Connection, person_id: int, place: int, share: float) -> None:
    """Who sits at ``place`` (2 and on) eats ``share`` (above 0, at most 3) of the person's portion from now on."""
    await conn.execute(
        "INSERT INTO eaters (person_id, place, share) VALUES (?, ?, ?)"
        " ON CONFLICT (person_id, place) DO UPDATE SET share = excluded.share",
        (person_id, place, share),
    )


def _shares(people: float, told: Mapping[int, float]) -> tuple[float, ...]:
    """The portion of each of ``people``; a fraction of one is somebody who eats that much."""
    whole = int(people)
    others = tuple(told.get(place, 1.0) for place in range(2, whole + 1))
    own = (1.0,) if whole else ()
    return (*own, *others, *((people - whole,) if people > whole else ()))


async def _set(conn: Connection, person_id: int, week: date, item: str, *, mark: str, units: int) -> None:
    key = (person_id, week.isoformat(), item, mark)
    if units:
        await conn.execute(
            "INSERT INTO shopping_marks (person_id, week, item, mark, units) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (person_id, week, item, mark) DO UPDATE SET units = excluded.units",
            (*key, units),
        )
    else:
        await conn.execute(
            "DELETE FROM shopping_marks WHERE person_id = ? AND week = ? AND item = ? AND mark = ?", key
        )
