"""What delivery counts, for Prometheus: attempts by outcome and how long they took, and what is under way."""

from functools import cache

from prometheus_client import Gauge, Histogram

from recado.delivery.worker import Worker

ATTEMPTS = Histogram(
    "recado_delivery_seconds",
    "How long attempts to submit and to forward took, by outcome",
    ["kind", "outcome"],
    buckets=(0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10, 30),
)
RUNNING = Gauge("recado_delivery_running", "Attempts under way")
WAITING = Gauge("recado_delivery_waiting", "Claimed jobs that wait for a free place")


def count_attempt(kind: str, outcome: str, seconds: float) -> None:
    """Count one attempt."""
    _attempts(kind, outcome).observe(seconds)


@cache
def _attempts(kind: str, outcome: str) -> Histogram:
    return ATTEMPTS.labels(kind, outcome)


def watch(worker: Worker) -> None:
    """Have the gauges read this worker from now on."""
    RUNNING.set_function(lambda: worker.running_count)
    WAITING.set_function(lambda: worker.waiting_count)
