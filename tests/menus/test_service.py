"""Weeks as people ask for them: one job a person, saved before shown, withheld when restrictions change, resumed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from menus.jobs import MAX_ATTEMPTS, JobRunner
from menus.people import add_restrictions, review
from menus.service import KIND, MadeWeek, MenuService, recent_mains
from menus.weekly import CannotMakeWeek, Progress
from nutrition.menu import Week
from nutrition.person import Activity, Goal, Profile, Restriction, Sex, Strength
from storage import jobs, menus, people, profiles
from storage.database import Database
from storage.driver import Connection
from storage.jobs import Job
from storage.people import Person
from tests.fakes.clock import START, ManualClock
from tests.fresh import fresh_database
from tests.menus.fixtures import MONDAY, workshop

PROFILE = Profile(
    sex=Sex.F,
    age=34,
    height_cm=168,
    weight_kg=70,
    activity=Activity.MODERADO,
    goal=Goal.MANTER,
    meals_per_day=4,
)
review(PROFILE)  # reads its data files now, outside of any event loop
MILK = Restriction("leite", Strength.ALERGIA, "leite")


@dataclass
class FakeAnnouncer:
    """Remembers what people were told."""

    told: list[tuple[str, object]] = field(default_factory=list)
    woken: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def progress(self, job: Job) -> None:
        self.told.append(("progress", job.done_units))
        self.begun.set()

    async def finished(self, tx: Connection, job: Job, first_day: date) -> None:
        self.told.append(("finished", first_day))

    async def failed(self, tx: Connection, job: Job, code: str) -> None:
        self.told.append(("failed", code))

    def wake(self) -> None:
        self.woken.release()

    @property
    def ends(self) -> list[tuple[str, object]]:
        return [item for item in self.told if item[0] != "progress"]


class Interrupting(MenuService):
    """Calls ``meanwhile`` once, while the week is being made."""

    meanwhile: Callable[[Job], object] | None = None

    async def make(self, job: Job, progress: Progress) -> MadeWeek:
        made = await super().make(job, progress)
        action, self.meanwhile = self.meanwhile, None
        if action is not None:
            result = action(job)
            if asyncio.iscoroutine(result):
                await result
        return made


def service(database: Database, kind: type[MenuService] = MenuService, *, seed: int = 7) -> MenuService:
    return kind(database, workshop(), seeds=lambda: seed)


async def a_person(database: Database, chat_id: int = 1, profile: Profile | None = PROFILE) -> Person:
    async with database.transaction() as tx:
        person = await people.create(tx, chat_id, time_zone="America/Sao_Paulo")
        if profile is not None:
            await profiles.save(tx, person.id, profile, START)
    return person


async def ask(database: Database, made: MenuService, person: Person) -> Job:
    async with database.transaction() as tx:
        job, _ = await made.request_week(tx, person, MONDAY, START)
    return job


@asynccontextmanager
async def running(runner: JobRunner) -> AsyncIterator[None]:
    """The job runner at work while the block runs, then stopped."""
    task = asyncio.create_task(runner.run())
    try:
        async with asyncio.timeout(20):
            yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def run_until_told(runner: JobRunner, announcer: FakeAnnouncer, times: int = 1) -> None:
    """Run the job runner until this many ends were told (after their commit), then stop it."""
    async with running(runner):
        for _ in range(times):
            await announcer.woken.acquire()


async def current(database: Database, made: MenuService, person: Person, day: date = MONDAY) -> Week | None:
    async with database.reader() as conn:
        saved = await made.current_week(conn, person.id, day)
    return saved.week if saved else None


async def test_asking_twice_is_one_job(database: Database) -> None:
    made, person = service(database), await a_person(database)
    async with database.transaction() as tx:
        first, is_new = await made.request_week(tx, person, MONDAY, START)
        again, is_new_again = await made.request_week(tx, person, MONDAY, START)
    assert (first.id, is_new, is_new_again) == (again.id, True, False)


async def test_a_job_ends_with_a_saved_week_and_the_person_told(
    database: Database, clock: ManualClock
) -> None:
    made, person, announcer = service(database), await a_person(database), FakeAnnouncer()
    job = await ask(database, made, person)
    await run_until_told(JobRunner(database, clock, made, announcer), announcer)
    week = await current(database, made, person)
    assert week is not None
    assert len(week.days) == 7
    assert announcer.ends == [("finished", MONDAY)]
    async with database.reader() as conn:
        done = await jobs.get(conn, job.id)
    assert done is not None
    assert done.state == "done"


async def test_two_people_get_their_own_weeks(database: Database, clock: ManualClock) -> None:
    made, announcer = service(database), FakeAnnouncer()
    one, two = await a_person(database, 1), await a_person(database, 2)
    await ask(database, made, one)
    await ask(database, made, two)
    await run_until_told(JobRunner(database, clock, made, announcer), announcer, times=2)
    assert await current(database, made, one) is not None
    assert await current(database, made, two) is not None


async def test_a_week_made_before_a_restriction_is_withheld_where_it_breaks_it(
    database: Database, clock: ManualClock
) -> None:
    made, person, announcer = service(database), await a_person(database), FakeAnnouncer()
    await ask(database, made, person)
    await run_until_told(JobRunner(database, clock, made, announcer), announcer)
    async with database.transaction() as tx:
        await add_restrictions(tx, person.id, [MILK], START)
    week = await current(database, made, person)
    assert week is not None
    assert {meal.withheld for day in week.days for meal in day.meals} == {None, "leite"}
    async with database.reader() as conn:
        (older,) = await made.weeks(conn, person.id)
    assert older.week == week


async def test_a_restriction_told_while_the_week_is_made_is_held_in_it(
    database: Database, clock: ManualClock
) -> None:
    made = service(database, Interrupting)
    assert isinstance(made, Interrupting)
    person, announcer = await a_person(database), FakeAnnouncer()

    async def tell(job: Job) -> None:
        async with database.transaction() as tx:
            await add_restrictions(tx, person.id, [MILK], START)

    made.meanwhile = tell
    await ask(database, made, person)
    await run_until_told(JobRunner(database, clock, made, announcer), announcer)
    week = await current(database, made, person)
    assert week is not None
    assert {meal.withheld for day in week.days for meal in day.meals} == {None}
    assert announcer.ends == [("finished", MONDAY)]


async def test_a_stopped_job_keeps_nothing_and_says_nothing(database: Database, clock: ManualClock) -> None:
    made = service(database, Interrupting)
    assert isinstance(made, Interrupting)
    person, announcer = await a_person(database), FakeAnnouncer()
    reached = asyncio.Event()

    async def stop(job: Job) -> None:
        async with database.transaction() as tx:
            assert await made.cancel(tx, person.id, START)
        reached.set()

    made.meanwhile = stop
    await ask(database, made, person)
    runner = JobRunner(database, clock, made, announcer)
    async with running(runner):
        await reached.wait()
        await runner.idle()
    assert await current(database, made, person) is None
    assert announcer.ends == []


async def test_a_killed_job_is_finished_after_the_restart_once_and_with_the_same_week(
    tmp_path: Path, clock: ManualClock
) -> None:
    path = tmp_path / "killed.db"
    database = await fresh_database(path)
    made, person = service(database, seed=11), await a_person(database)
    await ask(database, made, person)
    async with database.transaction() as tx:
        (claimed,) = await jobs.claim_open(tx, START)  # taken up, and then the program is killed
    expected = (await made.make(claimed, lambda done, asked: None)).week
    await database.close()

    database = await fresh_database(path)
    made, announcer = service(database, seed=99), FakeAnnouncer()
    await run_until_told(JobRunner(database, clock, made, announcer), announcer)
    assert await current(database, made, person) == expected
    assert announcer.ends == [("finished", MONDAY)]
    async with database.reader() as conn:
        assert len(await menus.weeks_of(conn, person.id)) == 1
        assert await jobs.open_job(conn, person.id, KIND) is None
    await database.close()


async def test_stopping_the_runner_leaves_its_job_to_the_next_start(
    database: Database, clock: ManualClock
) -> None:
    made, person, announcer = service(database), await a_person(database), FakeAnnouncer()
    job = await ask(database, made, person)
    async with running(JobRunner(database, clock, made, announcer)):
        await announcer.begun.wait()
    async with database.reader() as conn:
        left = await jobs.get(conn, job.id)
    assert left is not None
    if left.is_open:
        await run_until_told(JobRunner(database, clock, made, announcer), announcer)
    assert announcer.ends == [("finished", MONDAY)]


async def test_a_job_that_never_ends_is_given_up(database: Database, clock: ManualClock) -> None:
    made, person, announcer = service(database), await a_person(database), FakeAnnouncer()
    await ask(database, made, person)
    async with database.transaction() as tx:
        for _ in range(MAX_ATTEMPTS):
            await jobs.claim_open(tx, START)
            await jobs.reopen_interrupted(tx, START)
    await run_until_told(JobRunner(database, clock, made, announcer), announcer)
    assert announcer.ends == [("failed", "too_many_attempts")]


async def test_an_unforeseen_error_ends_its_own_job_only(database: Database, clock: ManualClock) -> None:
    class Broken(MenuService):
        async def make(self, job: Job, progress: Progress) -> MadeWeek:
            if job.person_id == 1:
                raise ZeroDivisionError
            return await super().make(job, progress)

    made, announcer = service(database, Broken), FakeAnnouncer()
    one, two = await a_person(database, 1), await a_person(database, 2)
    await ask(database, made, one)
    await ask(database, made, two)
    await run_until_told(JobRunner(database, clock, made, announcer), announcer, times=2)
    kinds = sorted(kind for kind, _ in announcer.ends)
    assert kinds == ["failed", "finished"]


async def test_nobody_without_a_profile_and_nobody_who_is_referred_gets_a_week(database: Database) -> None:
    made = service(database)
    stranger = await a_person(database, 1, profile=None)
    referred = await a_person(database, 2, profile=replace(PROFILE, conditions=("gestante",)))
    for person, code in ((stranger, "no_profile"), (referred, "refer")):
        job = await ask(database, made, person)
        with pytest.raises(CannotMakeWeek) as refused:
            await made.make(job, lambda done, asked: None)
        assert refused.value.code == code


async def test_the_next_week_avoids_the_main_dishes_of_the_last(
    database: Database, clock: ManualClock
) -> None:
    made, person, announcer = service(database), await a_person(database), FakeAnnouncer()
    await ask(database, made, person)
    await run_until_told(JobRunner(database, clock, made, announcer), announcer)
    async with database.reader() as conn:
        saved = await menus.weeks_of(conn, person.id)
    first = set(recent_mains(saved, MONDAY))
    assert len(first) >= 11
    job = await ask(database, made, person)
    second = (await made.make(job, lambda done, asked: None)).week
    again = {
        dish.name for day in second.days for meal in day.meals for dish in meal.dishes if dish.name in first
    }
    assert len(again) <= 2
