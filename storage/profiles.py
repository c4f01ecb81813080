"""Profiles: the confirmed answers of a person. Restrictions live in their own repository and are joined by the caller."""

from collections.abc import Sequence
from datetime import datetime

from nutrition.adaptation import aims_otherwise
from nutrition.person import Activity, Goal, Profile, Restriction, Sex
from storage import stored_json
from storage.clock import from_ms, to_ms
from storage.driver import Connection
from storage.errors import StoredDataInvalid


async def get(conn: Connection, person_id: int, restrictions: Sequence[Restriction] = ()) -> Profile | None:
    """The profile, with ``restrictions`` put in, or None. Raises ``StoredDataInvalid``."""
    row = await conn.fetch_one("SELECT * FROM profiles WHERE person_id = ?", (person_id,))
    if row is None:
        return None
    try:
        return Profile(
            sex=Sex(row["sex"]),
            age=row["age"],
            height_cm=row["height_cm"],
            weight_kg=row["weight_kg"],
            activity=Activity(row["activity"]),
            goal=Goal(row["goal"]),
            meals_per_day=row["meals_per_day"],
            restrictions=tuple(restrictions),
            conditions=stored_json.load(stored_json.TEXTS, row["conditions"]),
            request=row["request"],
            target_weight_kg=row["target_weight_kg"],
            wanted_energy_kcal=row["wanted_energy_kcal"],
            wanted_protein_g=row["wanted_protein_g"],
        )
    except ValueError as exc:
        raise StoredDataInvalid("a stored profile has an unknown word") from exc


async def save(conn: Connection, person_id: int, profile: Profile, now: datetime) -> None:
    """Write the profile, replacing what was there; ``profile.restrictions`` is left to its repository."""
    before = await get(conn, person_id)
    await conn.execute(
        "INSERT INTO profiles (person_id, sex, age, height_cm, weight_kg, activity, goal, meals_per_day, conditions,"
        " request, target_weight_kg, wanted_energy_kcal, wanted_protein_g, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (person_id) DO UPDATE SET sex = excluded.sex, age = excluded.age,"
        " height_cm = excluded.height_cm, weight_kg = excluded.weight_kg, activity = excluded.activity,"
        " goal = excluded.goal, meals_per_day = excluded.meals_per_day, conditions = excluded.conditions,"
        " request = excluded.request, target_weight_kg = excluded.target_weight_kg,"
        " wanted_energy_kcal = excluded.wanted_energy_kcal, wanted_protein_g = excluded.wanted_protein_g,"
        " updated_at = excluded.updated_at",
        (
            person_id,
            profile.sex.value,
            profile.age,
            profile.height_cm,
            profile.weight_kg,
            profile.activity.value,
            profile.goal.value,
            profile.meals_per_day,
            stored_json.dump(stored_json.TEXTS, profile.conditions),
            profile.request,
            profile.target_weight_kg,
            profile.wanted_energy_kcal,
            profile.wanted_protein_g,
            to_ms(now),
        ),
    )
    if before is not None and aims_otherwise(before, profile):
        await conn.execute("UPDATE profiles SET aims_since = ? WHERE person_id = ?", (to_ms(now), person_id))


async def aims_since(conn: Connection, person_id: int) -> datetime | None:
    """When the goal or the estimate of energy last changed; None when they are those of the first answers."""
    row = await conn.fetch_one("SELECT aims_since FROM profiles WHERE person_id = ?", (person_id,))
    return from_ms(row["aims_since"]) if row and row["aims_since"] is not None else None


async def delete(conn: Connection, person_id: int) -> None:
    """Forget the profile."""
    await conn.execute("DELETE FROM profiles WHERE person_id = ?", (person_id,))
