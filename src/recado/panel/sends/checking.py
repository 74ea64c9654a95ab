"""A draft in figures for people: how many get it, who is left out and why, how long it is, what it costs, how one of them reads it.

What belongs here: presentation of `campaigns.estimating`. What does not: the sums, the templates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from recado.apps.campaigns.estimating import Estimate, Preview, cost_without_accents, estimate, preview
from recado.apps.campaigns.models import Campaign
from recado.apps.outbox.models import SendKind
from recado.apps.plans.queries import prices_for
from recado.core.price import Service, cost
from recado.panel.send_words import LEFT_OUT

MOST_LETTERS = 6


@dataclass(frozen=True, slots=True)
class LeftOut:
    """People left out for one reason."""

    word: Promise
    meaning: Promise
    icon: str
    count: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What the templates print about a draft."""

    recipients: int
    left_out: list[LeftOut]
    fewest: int
    most: int
    parts: int
    cost: int
    price: int
    """Of one SMS."""
    has_text: bool
    """Or files, of an MMS."""
    is_free: bool
    forcing: list[str]
    """Letters that make the text longer, the first of them."""
    unknown: list[str]
    """Placeholders nothing is put into."""
    empty: int
    """People of whose text nothing would be left."""
    first: list[Preview]
    """The texts of the first recipients."""

    @property
    def left_out_count(self) -> int:
        """How many are left out altogether."""
        return sum(one.count for one in self.left_out)


@dataclass(frozen=True, slots=True)
class ShownPreview:
    """The text of one recipient, and which one it is."""

    to: str
    name: str
    text: str
    parts: int
    units: int
    room: int
    position: int
    last: int

    @property
    def previous(self) -> int:
        """Place of the one before."""
        return max(1, self.position - 1)

    @property
    def next(self) -> int:
        """Place of the next one."""
        return min(self.last, self.position + 1)


def checked(campaign: Campaign, now: datetime) -> Checked:
    """Look at a draft as if it were sent now."""
    found = estimate(campaign, now)
    service = Service(campaign.kind)
    return Checked(
        recipients=found.recipient_count,
        left_out=left_out(_skipped(found)),
        fewest=found.fewest_segments,
        most=found.most_segments,
        parts=found.segment_count,
        cost=found.cost,
        price=prices_for(campaign.account)[service],
        has_text=_has_content(campaign),
        is_free=campaign.is_test,
        forcing=_forcing(found) if found.unicode_count else [],
        unknown=[f"{{{name}}}" for name in found.unknown_placeholders],
        empty=found.empty_count,
        first=found.previews,
    )


def shown_preview(campaign: Campaign, now: datetime, position: int, looked: Checked) -> ShownPreview | None:
    """Show what the recipient at a position, counted from 1, would get; the first ones are known already."""
    last = looked.recipients
    if not _has_content(campaign) or not last:
        return None
    position = max(1, min(position, last))
    found = looked.first[position - 1] if position <= len(looked.first) else preview(campaign, now, position - 1)
    return _shown(found, position, last) if found else None


def preview_cost(campaign: Campaign, shown: ShownPreview | None) -> int:
    """Say what one message like the one shown costs."""
    service = Service(campaign.kind)
    return 0 if shown is None or campaign.is_test else cost(prices_for(campaign.account), service, shown.parts)


def plain_cost(campaign: Campaign, found: Checked, now: datetime) -> int | None:
    """Say what it would cost without accents; None where that saves nothing."""
    return cost_without_accents(campaign, found.cost, now) if found.forcing and not found.is_free else None


def left_out(counts: Mapping[str, int]) -> list[LeftOut]:
    """Put into words why people are left out."""
    return [LeftOut(*LEFT_OUT[reason], count) for reason, count in counts.items() if count]


def left_out_of(campaign: Campaign) -> list[LeftOut]:
    """Say who was left out of a group send that is written."""
    return left_out(
        {
            "duplicate": campaign.duplicate_count,
            "excluded": campaign.excluded_count,
            "opted_out": campaign.opted_out_count,
            "blocked": campaign.blocked_count,
            "invalid": campaign.invalid_count,
        }
    )


def _has_content(campaign: Campaign) -> bool:
    """Say whether there is anything to send: a text, or files of an MMS."""
    return bool(campaign.text.strip()) or (campaign.kind == SendKind.MMS and campaign.attachments_id is not None)


def _skipped(found: Estimate) -> dict[str, int]:
    return {reason: getattr(found.skipped, reason) for reason in LEFT_OUT}


def _forcing(found: Estimate) -> list[str]:
    letters = dict.fromkeys(letter for one in found.previews for letter in one.segmentation.forcing)
    shown = [_("“%(letter)s”") % {"letter": letter} for letter in list(letters)[:MOST_LETTERS]]
    return [*shown, "…"] if len(letters) > MOST_LETTERS else shown


def _shown(found: Preview, position: int, last: int) -> ShownPreview:
    sizes = found.segmentation
    room = sizes.per_segment * sizes.count
    return ShownPreview(found.msisdn, found.name, found.text, sizes.count, sizes.units, room, position, last)
