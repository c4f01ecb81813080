"""The repositories: what is written is what is read, and each person's things stay theirs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrition.guardrails import assess
from nutrition.menu import (
    Day,
    Meal,
    Origin,
    PlannedDish,
    Portion,
    Role,
    Slot,
    Source,
    Unmet,
    Week,
)
from nutrition.person import Activity, Goal, Profile, Restriction, Sex, Strength
from storage import conversations, inbox, jobs, menus, outbox, people, profiles, reminders, restrictions
from storage.clock import from_ms, to_ms
from storage.database import Connection, Database
from storage.errors import ConstraintViolated, StorageError, StoredDataInvalid
from storage.inbox import Incoming
from storage.outbox import Mode, Outgoing, Priority
from storage.stored_json import load_object
from tests.fakes.clock import START

GLUTEN = Restriction("gluten", Strength.ALERGIA, "sou celíaca")
PROFILE = Profile(
    sex=Sex.F,
    age=34,
    height_cm=168.0,
    weight_kg=72.5,
    activity=Activity.MODERADO,
    goal=Goal.PERDER,
    meals_per_day=5,
    conditions=("diabetes", "joelho ruim"),
    request="mais peixe",
    target_weight_kg=65.0,
)
assess(PROFILE)  # files are read when tests are collected: tests themselves must not block
DISH = PlannedDish(
    name="Arroz, feijão & couve",
    role=Role.PRINCIPAL,
    portions=(Portion("arroz", "arroz branco", 125.0, "5 colheres de sopa"),),
    steps=("Cozinhe.", "Sirva."),
    minutes=25,
    sources=(Source("guia", "Almoços", None, 12),),
    origin=Origin.GUIA,
    dish_id="arroz-feijao-couve",
)
MONDAY = date(2026, 11, 23)


def week(start: date = MONDAY, name: str = "Almoço") -> Week:
    days = tuple(
        Day(
            start + timedelta(days=n),
            (Meal(Slot.ALMOCO, name, (DISH,)), Meal(Slot.JANTAR, "Sopa", (DISH, DISH))),
        )
        for n in range(7)
    )
    return Week(start, days, Origin.GUIA, (Unmet("variety", (start,)),), ("gemini_away",))


async def test_a_person_is_made_once_and_holds_nothing_but_the_chat_before_consent(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        first = await people.create(tx, 42)
        again = await people.create(tx, 42)
        await people.seen(tx, first, START)
        found = await people.get_by_chat(tx, 42)
        row = await tx.fetch_one("SELECT * FROM people")
    assert first == again == found
    assert row is not None
    assert {name for name, value in row.items() if value is not None} == {
        "id",
        "chat_id",
        "language",
        "time_zone",
    }


async def test_consent_is_recorded_with_its_version_and_the_answer_about_gemini(database: Database) -> None:
    async with database.transaction() as tx:
        person = await people.create(tx, 42)
        assert not person.consented
        await people.set_consent(tx, person.id, version="2026-11", gemini=False, now=START)
        after = await people.get(tx, person.id)
    assert after is not None
    assert (after.consent_version, after.gemini_consent, after.consent_at) == ("2026-11", False, START)


async def test_seen_is_refreshed_at_most_once_an_hour(database: Database) -> None:
    async with database.transaction() as tx:
        person = await people.create(tx, 42)
        await people.set_consent(tx, person.id, version="1", gemini=None, now=START)
        for minutes in (30, 59, 61):
            current = await people.get(tx, person.id)
            assert current is not None
            await people.seen(tx, current, START + timedelta(minutes=minutes))
        after = await people.get(tx, person.id)
    assert after is not None
    assert after.last_seen_at == START + timedelta(minutes=61)


async def test_a_profile_comes_back_as_it_was_saved(database: Database) -> None:
    async with database.transaction() as tx:
        person = await people.create(tx, 1)
        assert await profiles.get(tx, person.id) is None
        await profiles.save(tx, person.id, PROFILE, START)
        await profiles.save(tx, person.id, replace(PROFILE, age=35), START)
        found = await profiles.get(tx, person.id, (GLUTEN,))
    assert found == replace(PROFILE, age=35, restrictions=(GLUTEN,))


async def test_restrictions_are_added_changed_and_removed_by_code(database: Database) -> None:
    egg = Restriction("ovo", Strength.PREFERENCIA, "não gosto")
    async with database.transaction() as tx:
        person = await people.create(tx, 1)
        await restrictions.add(tx, person.id, GLUTEN, START)
        await restrictions.add(tx, person.id, egg, START)
        await restrictions.add(tx, person.id, replace(egg, strength=Strength.ALERGIA), START)
        assert await restrictions.list_for(tx, person.id) == (GLUTEN, replace(egg, strength=Strength.ALERGIA))
        assert await restrictions.remove(tx, person.id, "gluten")
        assert not await restrictions.remove(tx, person.id, "gluten")
        await restrictions.replace(tx, person.id, (GLUTEN, egg), START)
        assert await restrictions.list_for(tx, person.id) == (GLUTEN, egg)


async def test_a_restriction_that_cannot_be_read_is_an_error_and_never_skipped(database: Database) -> None:
    async with database.transaction() as tx:
        person = await people.create(tx, 1)
        await tx.execute("INSERT INTO restrictions VALUES (1, ?, 'ovo', 'de morte', '', 0)", (person.id,))
        with pytest.raises(StoredDataInvalid):
            await restrictions.list_for(tx, person.id)


async def test_a_step_keeps_answers_and_the_question_until_it_is_cleared(database: Database) -> None:
    async with database.transaction() as tx:
        person = await people.create(tx, 1)
        await conversations.set(tx, person.id, "idade", {"goal": "perder"})
        await conversations.set_question(tx, person.id, 101)
        await conversations.set(tx, person.id, "altura")
        found = await conversations.get(tx, person.id)
        assert found == conversations.Conversation("altura", {"goal": "perder"}, 101)
        await conversations.clear(tx, person.id)
        assert await conversations.get(tx, person.id) is None


async def test_a_week_comes_back_as_it_was_saved(database: Database) -> None:
    async with database.transaction() as tx:
        person = await people.create(tx, 1)
        week_id = await menus.save_week(tx, person.id, week(), 7, START)
        found = await menus.current_week(tx, person.id, MONDAY + timedelta(days=6))
        assert found == menus.SavedWeek(week_id, week(), 7, START)
        assert await menus.current_week(tx, person.id, MONDAY + timedelta(days=7)) is None


async def test_the_newest_week_that_has_the_day_is_the_current_one(database: Database) -> None:
    async with database.transaction() as tx:
        person = await people.create(tx, 1)
        await menus.save_week(tx, person.id, week(name="velho"), 1, START)
        await menus.save_week(tx, person.id, week(MONDAY + timedelta(days=3), "novo"), 2, START)
        early = await menus.current_week(tx, person.id, MONDAY)
        late = await menus.current_week(tx, person.id, MONDAY + timedelta(days=3))
        assert early and late
        assert early.week.days[0].meals[0].name == "velho"
        assert late.week.days[0].meals[0].name == "novo"
        assert [saved.seed for saved in await menus.weeks_of(tx, person.id)] == [2, 1]


async def test_a_meal_is_replaced_only_in_a_week_of_the_same_person(database: Database) -> None:
    async with database.transaction() as tx:
        ana, rui = await people.create(tx, 1), await people.create(tx, 2)
        week_id = await menus.save_week(tx, ana.id, week(), 7, START)
        new = Meal(Slot.JANTAR, "Tilápia", (DISH,), locked=True)
        await menus.replace_meal(tx, ana.id, week_id, MONDAY, new)
        with pytest.raises(StorageError):
            await menus.replace_meal(tx, rui.id, week_id, MONDAY, new)
        assert await menus.get_week(tx, rui.id, week_id) is None
        found = await menus.get_week(tx, ana.id, week_id)
        assert found is not None
        assert found.week.days[0].meals[1] == new
        assert found.week.days[1] == week().days[1]


async def test_one_open_job_of_a_kind_for_a_person(database: Database) -> None:
    async with database.transaction() as tx:
        person = await people.create(tx, 1)
        first, new = await jobs.create_or_get(tx, person.id, "week", {"seed": 3}, START)
        again, repeated = await jobs.create_or_get(tx, person.id, "week", {"seed": 4}, START)
        assert (new, repeated, again) == (True, False, first)
        assert [job.id for job in await jobs.claim_open(tx, START, limit=2)] == [first.id]
        assert await jobs.claim_open(tx, START) == ()
        await jobs.progress(tx, first.id, 3, 7, START)
        assert await jobs.reopen_interrupted(tx, START) == 1
        claimed = (await jobs.claim_open(tx, START))[0]
        assert (claimed.attempts, claimed.done_units, claimed.payload) == (2, 3, {"seed": 3})
        assert await jobs.finish(tx, first.id, START)
        assert not await jobs.finish(tx, first.id, START)
        third, new = await jobs.create_or_get(tx, person.id, "week", {}, START)
        assert new and third.id != first.id
        assert await jobs.cancel(tx, person.id, "week", START)
        assert not await jobs.fail(tx, third.id, "late", START)


def raw(update_id: int, chat_id: int = 5) -> Incoming:
    return Incoming(update_id, chat_id, '{"x": 1}')


async def test_the_same_update_twice_is_stored_once(database: Database) -> None:
    async with database.transaction() as tx:
        first = await inbox.store(tx, [raw(1), raw(2), raw(1)])
        again = await inbox.store(tx, [raw(2), raw(3)])
        assert [waiting.update_id for waiting in first.new] == [1, 2]
        assert [waiting.update_id for waiting in again.new] == [3]


async def test_a_processed_update_keeps_only_its_id(database: Database) -> None:
    async with database.transaction() as tx:
        await inbox.store(tx, [raw(1), raw(2)])
        assert await inbox.take(tx, 1) == '{"x": 1}'
        await inbox.done(tx, 1)
        await inbox.fail(tx, 2, "K7F2Q")
        assert await inbox.take(tx, 1) is None
        rows = await tx.fetch_all("SELECT chat_id, body FROM inbox")
        assert [tuple(row.values()) for row in rows] == [(None, None)] * 2
        assert (await inbox.store(tx, [raw(1)])).new == ()


async def test_what_comes_above_a_chats_cap_is_dropped_and_the_chat_named(database: Database) -> None:
    async with database.transaction() as tx:
        stored = await inbox.store(tx, [raw(n) for n in range(1, 8)] + [raw(8, chat_id=6)], cap=3)
        assert [waiting.update_id for waiting in stored.new] == [1, 2, 3, 8]
        assert stored.over_cap == (5,)
        assert await inbox.counts(tx) == {"pending": 4, "dropped": 4}


async def test_pending_updates_come_in_order_of_arrival(database: Database) -> None:
    async with database.transaction() as tx:
        await inbox.store(tx, [raw(900), raw(901)])
        await inbox.store(tx, [raw(5)])  # after a silent week Telegram starts from a random lower id
        await inbox.done(tx, 900)
        assert [waiting.update_id for waiting in await inbox.pending(tx)] == [901, 5]


async def test_an_update_may_be_begun_again_only_so_often(database: Database) -> None:
    async with database.transaction() as tx:
        await inbox.store(tx, [raw(1)])
        allowed = [await inbox.begin_again(tx, 1) for _ in range(inbox.BEGIN_LIMIT + 1)]
    assert allowed == [True] * inbox.BEGIN_LIMIT + [False]


async def test_old_ids_are_forgotten_and_pending_ones_never(database: Database) -> None:
    async with database.transaction() as tx:
        await inbox.store(tx, [raw(n) for n in range(10)])
        for n in range(1, 10):
            await inbox.done(tx, n)
        assert await inbox.prune(tx, keep=3) == 6
        assert await inbox.counts(tx) == {"pending": 1, "done": 3}


async def heads(tx: Connection, chat_id: int) -> list[str]:
    shown = []
    while (owed := await outbox.head(tx, chat_id)) is not None:
        shown.append(owed.screen)
        await outbox.settle(tx, owed, "sent", "sent", START)
    return shown


async def test_within_a_chat_toasts_go_first_then_answers_then_reminders(database: Database) -> None:
    async with database.transaction() as tx:
        await outbox.add(tx, Outgoing(5, "lembrete", priority=Priority.OWN), START)
        await outbox.add(tx, Outgoing(5, "um"), START)
        await outbox.add(tx, Outgoing(6, "outro"), START)
        await outbox.add(tx, Outgoing(5, "dois"), START)
        await outbox.add(tx, Outgoing(5, "aviso", mode=Mode.TOAST, priority=Priority.TOAST), START)
        assert [arrival.chat_id for arrival in await outbox.arrivals(tx, 0)] == [5, 5, 6, 5, 5]
        assert await heads(tx, 5) == ["aviso", "um", "dois", "lembrete"]
        assert await outbox.arrivals(tx, 0) == (outbox.Arrival(3, 6, 0),)


async def test_a_pending_row_with_the_same_key_is_replaced_even_while_it_is_being_sent(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        row_id = await outbox.add(tx, Outgoing(5, "p", {"done": 1}, dedupe_key="job:1:progress"), START)
        in_flight = await outbox.head(tx, 5)
        assert in_flight is not None
        again = await outbox.add(tx, Outgoing(5, "p", {"done": 2}, dedupe_key="job:1:progress"), START)
        assert again == row_id
        assert not await outbox.settle(tx, in_flight, "sent", "sent", START)
        newest = await outbox.head(tx, 5)
        assert newest is not None and newest.args == {"done": 2}
        assert await outbox.settle(tx, newest, "sent", "sent", START)
        assert await outbox.add(tx, Outgoing(5, "p", dedupe_key="job:1:progress"), START) != row_id


async def test_arguments_are_forgotten_once_a_row_is_settled(database: Database) -> None:
    async with database.transaction() as tx:
        await outbox.add(tx, Outgoing(5, "a", {"x": "peso"}, callback_query_id="q"), START)
        await outbox.add(tx, Outgoing(6, "b", {"x": "peso"}), START)
        owed = await outbox.head(tx, 5)
        assert owed is not None
        await outbox.settle(tx, owed, "sent", "sent", START)
        assert await outbox.drop_chat(tx, 6, "unreachable", START) == 1
        rows = await tx.fetch_all("SELECT args, callback_query_id FROM outbox")
        assert [tuple(row.values()) for row in rows] == [(None, None)] * 2
        assert await outbox.prune(tx, START + timedelta(seconds=1)) == 2


async def test_what_a_person_is_owed_goes_with_them(database: Database) -> None:
    async with database.transaction() as tx:
        person = await people.create(tx, 5)
        await outbox.add(tx, Outgoing(5, "a"), START)
        await people.delete(tx, person.id)
        await outbox.add(tx, Outgoing(5, "apagado"), START)
        assert await heads(tx, 5) == ["apagado"]


async def test_due_reminders_come_by_time_and_each_date_is_decided_once(database: Database) -> None:
    async with database.transaction() as tx:
        for chat_id, minutes in ((1, 5), (2, -5), (3, -10)):
            person = await people.create(tx, chat_id)
            due_at = START + timedelta(minutes=minutes)
            await reminders.save(tx, person.id, reminders.Choices({"dia": "07:00"}, {"dia": due_at}))
        await reminders.save(tx, 3, reminders.Choices({}, {}))
        found = await reminders.due(tx, START, 10)
        assert [(due.chat_id, due.hour) for due in found] == [(2, "07:00")]
        key = (2, MONDAY.isoformat(), "dia")
        await reminders.record(tx, [reminders.Decision(key, "queued")], START)
        assert await reminders.decided_among(tx, [key, (1, *key[1:])]) == {key}
        assert await reminders.decided(tx, 2, MONDAY) == "queued"
        with pytest.raises(ConstraintViolated):
            await reminders.record(tx, [reminders.Decision(key, "late")], START)


async def test_old_decisions_of_a_person_are_forgotten_when_a_new_one_is_made(database: Database) -> None:
    async with database.transaction() as tx:
        person = await people.create(tx, 1)
        old, new = ((person.id, day.isoformat(), "dia") for day in (MONDAY - timedelta(days=90), MONDAY))
        await reminders.record(tx, [reminders.Decision(old, "queued")], START - timedelta(days=90))
        await reminders.record(tx, [reminders.Decision(new, "queued")], START)
        assert await reminders.decided_among(tx, [old, new]) == {new}


def test_json_that_is_not_an_object_is_refused() -> None:
    for text in ("[1]", "{", "null"):
        with pytest.raises(StoredDataInvalid):
            load_object(text)


@given(st.datetimes(timezones=st.timezones()))
def test_instants_keep_their_milliseconds(instant: object) -> None:
    assert isinstance(instant, type(START))
    kept = from_ms(to_ms(instant))
    assert timedelta(0) <= instant - kept < timedelta(milliseconds=1)
