"""What the program counts and times, for Prometheus and for the alerts: the only list of its metrics.

Labels are constants of the code: kinds, outcomes, names of errors; never a person, a chat or a word of theirs. Counters
live as long as the program, as the library means them to; what must survive a restart is in the database.
"""

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, GCCollector, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

REGISTRY = CollectorRegistry(auto_describe=True)
ProcessCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)

updates = Counter(
    "cardapio_updates", "Updates by kind and what came of them.", ("kind", "outcome"), registry=REGISTRY
)
turn_seconds = Histogram(
    "cardapio_turn_seconds",
    "From taking an update up to its commit, waiting for the writer included.",
    ("kind",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)
sends = Counter(
    "cardapio_sends",
    "Messages by urgency (own: what the bot says on its own) and what came of a try to send them.",
    ("urgency", "outcome"),
    registry=REGISTRY,
)
send_seconds = Histogram(
    "cardapio_send_seconds",
    "From rendering a message to Telegram's answer.",
    ("mode",),
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRY,
)
reminders = Counter(
    "cardapio_reminders", "Reminders that came due, by what was decided.", ("outcome",), registry=REGISTRY
)
job_seconds = Histogram(
    "cardapio_job_seconds",
    "Long work from its start to its end, by kind and outcome.",
    ("kind", "outcome"),
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 45, 60, 120),
    registry=REGISTRY,
)
planning_seconds = Histogram(
    "cardapio_planning_seconds",
    "Computing a week: plan (all of it) or finish (what a writer began), waiting for the process included.",
    ("step",),
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRY,
)
meals_refused = Counter(
    "cardapio_meals_refused",
    "Meals of drafts that the check refused; reason restriction: it broke one of the person's.",
    ("reason",),
    registry=REGISTRY,
)
meals_withheld = Counter(
    "cardapio_meals_withheld",
    "Stored meals that break a restriction of now, so not shown.",
    registry=REGISTRY,
)
alerts = Counter("cardapio_alerts", "Alerts sent to the operators.", ("kind",), registry=REGISTRY)
queue_depth = Gauge("cardapio_queue_depth", "Rows that wait.", ("queue",), registry=REGISTRY)
oldest_seconds = Gauge(
    "cardapio_outbox_oldest_seconds", "Age of the oldest message that is owed and may go.", registry=REGISTRY
)
reminders_due = Gauge("cardapio_reminders_due", "Reminders that are due now.", registry=REGISTRY)
people = Gauge("cardapio_people", "People known.", registry=REGISTRY)
database_up = Gauge("cardapio_database_up", "1 while the database can be read.", registry=REGISTRY)
database_bytes = Gauge(
    "cardapio_database_bytes", "Size of the database's files.", ("file",), registry=REGISTRY
)
disk_free_bytes = Gauge("cardapio_disk_free_bytes", "Free space beside the database.", registry=REGISTRY)


class GeminiOutcomes(Collector):
    """Requests to Gemini by outcome, read from the client's own tally (``source``) when somebody looks."""

    def __init__(self) -> None:
        self.source: Callable[[], Mapping[str, int]] = dict

    def describe(self) -> Iterator[Metric]:
        """The family without samples."""
        yield self._family()

    def collect(self) -> Iterator[Metric]:
        """The counts of this moment."""
        family = self._family()
        for outcome, count in self.source().items():
            family.add_metric([outcome], count)
        yield family

    @staticmethod
    def _family() -> CounterMetricFamily:
        told = (
            "Requests to Gemini: answered, or the name of what failed; invented_citations: sources taken out."
        )
        return CounterMetricFamily("cardapio_gemini", told, labels=["outcome"])


gemini = GeminiOutcomes()
REGISTRY.register(gemini)


def by_outcome(counter: Counter) -> dict[str, int]:
    """What ``counter`` counted since the program started, summed by its label ``outcome``."""
    found: dict[str, int] = {}
    for family in counter.collect():
        for sample in family.samples:
            if sample.name.endswith("_total"):
                outcome = sample.labels["outcome"]
                found[outcome] = found.get(outcome, 0) + int(sample.value)
    return found
