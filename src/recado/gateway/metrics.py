"""What the gateway counts, for Prometheus: links, queue, groups, configuration.

Links keep their own figures, which are read when somebody looks; only groups are counted as they happen. Names start with `recado_`.
Which address shows them is the server's business.
"""

from collections.abc import Callable, Iterable

from prometheus_client import Counter, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from recado.gateway.group_result import GroupResult
from recado.gateway.link_status import LinkStatus

GROUP_SIZE = Histogram("recado_group_messages", "Messages committed together", buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500))
ITEMS = Counter("recado_items", "What was received and committed, by what it turned out to be", ["outcome"])
_STORED, _UNMATCHED, _REPEATS, _PARTS, _RECEIPTS = (
    ITEMS.labels(outcome) for outcome in ("message", "unmatched", "repeat", "waiting_part", "receipt")
)

_LINK_LABELS = ("connection", "link")


def count_group(result: GroupResult) -> None:
    """Count a committed group."""
    GROUP_SIZE.observe(len(result.message_ids))
    _STORED.inc(result.stored_count)
    for counter, count in (
        (_UNMATCHED, result.unmatched_count),
        (_REPEATS, result.duplicate_count),
        (_PARTS, result.waiting_count),
        (_RECEIPTS, result.receipt_count),
    ):
        if count:
            counter.inc(count)


class GatewayCollector(Collector):
    """Reads the gateway's figures at the moment they are asked for."""

    def __init__(self, statuses: Callable[[], list[LinkStatus]], figures: Callable[[], dict[str, float]]) -> None:
        self._statuses = statuses
        self._figures = figures

    def collect(self) -> Iterable[Metric]:
        """Yield the current figures."""
        bound = GaugeMetricFamily("recado_link_bound", "Whether the link is bound", labels=_LINK_LABELS)
        paused = GaugeMetricFamily("recado_link_paused", "Whether the link stopped reading because the queue is full", labels=_LINK_LABELS)
        unacknowledged = GaugeMetricFamily("recado_link_unacknowledged", "Received and not yet answered", labels=_LINK_LABELS)
        unanswered = GaugeMetricFamily(
            "recado_link_unanswered_submits", "Submitted and not yet answered by the carrier", labels=_LINK_LABELS
        )
        received = CounterMetricFamily("recado_link_received", "Messages and receipts taken over", labels=_LINK_LABELS)
        submitted = CounterMetricFamily("recado_link_submitted", "Segments answered by the carrier", labels=_LINK_LABELS)
        reconnects = CounterMetricFamily("recado_link_reconnects", "Sessions that ended or never began", labels=_LINK_LABELS)
        for status in self._statuses():
            labels = (status.connection_name, status.label)
            bound.add_metric(labels, status.is_bound)
            paused.add_metric(labels, status.is_paused)
            unacknowledged.add_metric(labels, status.unacknowledged)
            unanswered.add_metric(labels, status.unanswered_submits)
            received.add_metric(labels, status.received_count)
            submitted.add_metric(labels, status.submitted_count)
            reconnects.add_metric(labels, status.reconnect_count)
        yield from (bound, paused, unacknowledged, unanswered, received, submitted, reconnects)
        for name, value in self._figures().items():
            yield GaugeMetricFamily(f"recado_{name}", name.replace("_", " ").capitalize(), value=value)
