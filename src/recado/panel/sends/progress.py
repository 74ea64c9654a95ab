"""How far a group send is, as a page shows it: shares of a bar, figures with their words, reasons in words.

What belongs here: presentation of `campaigns.report.Progress`. What does not: counting, the templates.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.report import Progress, progress
from recado.core.receipt import OutboundState
from recado.panel.outbound_words import REASONS, STATES
from recado.panel.templatetags.formats import count as written

SHOWN = (
    (OutboundState.DELIVERED, "delivered"),
    (OutboundState.SENT, "sent"),
    (OutboundState.UNCERTAIN, "uncertain"),
    (OutboundState.QUEUED, "waiting"),
    (OutboundState.UNDELIVERED, "undelivered"),
    (OutboundState.UNSENT, "unsent"),
)
"""In the order of the bar; each with the name of its colour in `sends.css`."""
ALWAYS_SHOWN = {OutboundState.DELIVERED, OutboundState.SENT, OutboundState.UNDELIVERED}
WIDTH = 1000
"""Of the bar, in its own units."""
RUNNING = {Campaign.State.PREPARING, Campaign.State.SENDING}
LATE = timedelta(hours=1)
"""How long after the end a page still asks for the carriers' last words."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many messages are in one state."""

    value: str
    kind: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class Share:
    """One piece of the bar."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class ShownProgress:
    """What the templates print."""

    total: int
    settled: int
    delivered: int
    unsent: int
    open: int
    """Handed over, and the carrier has not said what became of it."""
    figures: list[Figure]
    shares: list[Share]
    reasons: list[tuple[str, int]]
    replies: int
    opt_outs: int
    cost: int
    rate_words: str
    remaining: timedelta | None
    width: int = field(default=WIDTH)

    @property
    def has_failed(self) -> bool:
        """Whether so much failed that people should see why at once."""
        return sum(count for _word, count in self.reasons) * 10 > self.total


def shown_progress(campaign: Campaign, now: datetime) -> ShownProgress:
    """Ask how far it is and put it into words."""
    return in_words(campaign, progress(campaign, now), now)


def in_words(campaign: Campaign, found: Progress, now: datetime) -> ShownProgress:
    """Put progress into words."""
    counts = {state: found.by_state.get(state.value, 0) for state, _kind in SHOWN}
    total = max(found.recipient_count, sum(counts.values()))
    is_running = campaign.state in RUNNING
    return ShownProgress(
        total=total,
        settled=total - counts[OutboundState.QUEUED],
        delivered=counts[OutboundState.DELIVERED],
        unsent=counts[OutboundState.UNSENT],
        open=counts[OutboundState.SENT] + counts[OutboundState.UNCERTAIN],
        figures=[Figure(state.value, kind, _word(state), counts[state]) for state, kind in SHOWN if counts[state] or state in ALWAYS_SHOWN],
        shares=_shares(counts, total),
        reasons=_reasons(found.by_reason),
        replies=found.reply_count,
        opt_outs=found.opt_out_count,
        cost=found.cost,
        rate_words=_rate(found.per_second) if is_running else "",
        remaining=max(found.finished_by - now, timedelta()) if is_running and found.finished_by else None,
    )


def seconds_between_looks(campaign: Campaign, shown: ShownProgress, now: datetime) -> int | None:
    """Say how often an open page should ask for what carriers report; None where nothing is to come soon."""
    if campaign.state in {*RUNNING, Campaign.State.SCHEDULED}:
        return 3
    is_late = campaign.finished_at is None or campaign.finished_at < now - LATE
    return None if is_late or not shown.open else 10


def state_choices() -> list[tuple[str, str]]:
    """List the states a recipient can be in, to choose from."""
    return [(state.value, _word(state)) for state, _kind in SHOWN]


def _word(state: OutboundState) -> str:
    return str(STATES[state][0])


def _shares(counts: Mapping[OutboundState, int], total: int) -> list[Share]:
    shares, before = [], 0
    for state, kind in SHOWN:
        x, end = (WIDTH * reached // total if total else 0 for reached in (before, before + counts[state]))
        before += counts[state]
        if end > x:
            shares.append(Share(kind, x, end - x))
    return shares


def _reasons(by_reason: Mapping[tuple[str, str], int]) -> list[tuple[str, int]]:
    """Write each reason with how many have it, the most frequent first; one without words of ours shows itself."""
    known = {str(reason): word for reason, word in REASONS.items()}
    counts: dict[str, int] = {}
    for (_state, reason), count in by_reason.items():
        word = str(known.get(reason, reason))
        counts[word] = counts.get(word, 0) + count
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _rate(per_second: float) -> str:
    if per_second >= 1:
        return _("%(count)s a second.") % {"count": written(round(per_second))}
    per_minute = round(per_second * 60)
    return ngettext("%(count)s a minute.", "%(count)s a minute.", per_minute) % {"count": written(per_minute)} if per_minute else ""
