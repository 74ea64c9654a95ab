"""What a draft would do if it were sent now: how many people get what, in how many segments, at what cost.

What belongs here: this sum and samples of the texts. What does not: who gets it (`audience`), what they get (`texts`), prices
(`core.price`, `apps.plans`).
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from recado.apps.campaigns.audience import Skipped, loaded_audience_of
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.sender import sender_shown, sending_width
from recado.apps.campaigns.texts import Person, Writer, load_people, portions
from recado.apps.outbox.models import SendKind
from recado.apps.plans.queries import prices_for
from recado.apps.sql import lent_connection
from recado.core.personal import PERSON, unknown
from recado.core.price import Service, cost
from recado.protocols.gsm.alphabet import Alphabet
from recado.protocols.gsm.segment import Segmentation
from recado.protocols.gsm.text import without_accents
from recado.store.audience import Loaded

PREVIEWS = 3
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Preview:
    """The text one person gets."""

    msisdn: str
    name: str
    """As the contact or the file names them; empty where nobody knows."""
    text: str
    segmentation: Segmentation


@dataclass(frozen=True, slots=True)
class Estimate:
    """A draft in figures."""

    recipient_count: int
    skipped: Skipped
    fewest_segments: int
    most_segments: int
    segment_count: int
    cost: int
    """Minor units; 0 for a test."""
    unicode_count: int
    """People whose text does not fit the GSM alphabet."""
    empty_count: int
    """People who would get nothing at all: there is no text, or nothing is left of it for them, and there are no files."""
    previews: list[Preview]
    """Of the first recipients."""
    unknown_placeholders: list[str]
    """Names the text asks for that nothing is ever put in place of; they would be sent as typed."""


def estimate(campaign: Campaign, now: datetime) -> Estimate:
    """Say what a draft would do if it were sent now; the same people and figures as preparing comes to.

    The sender is not checked: `services.send` does. About two seconds for 100,000 people with texts of their own.
    """
    loaded = loaded_audience_of(campaign, now)
    phones = loaded.audience.phones
    count = _Count(_writer(campaign), sender_shown(campaign), sending_width(campaign))
    if count.writer.is_personal or loaded.entry_ids:
        for some in portions(phones, _AT_ONCE):
            count.add(load_people(lent_connection(), campaign.account_id, some, loaded.entry_ids))
    else:
        count.add_alike(campaign.text, len(phones))
    return Estimate(
        recipient_count=len(phones),
        skipped=loaded.audience.skipped,
        fewest_segments=count.fewest,
        most_segments=count.most,
        segment_count=count.total,
        cost=0 if campaign.is_test else cost(prices_for(campaign.account), Service(campaign.kind), count.total),
        unicode_count=count.unicode,
        empty_count=0 if campaign.kind == SendKind.MMS and campaign.attachments_id is not None else count.empty,
        previews=_previews(campaign, loaded, phones[:PREVIEWS]),
        unknown_placeholders=unknown(campaign.text, (*PERSON, *campaign.places)),
    )


def cost_without_accents(campaign: Campaign, cost_with: int, now: datetime) -> int | None:
    """Say what a draft would cost without accents; None where that saves nothing. Takes as long as `estimate`."""
    plain = without_accents(campaign.text)
    if plain == campaign.text:
        return None
    other = copy(campaign)  # never stored
    other.text = plain
    would_cost = estimate(other, now).cost
    return would_cost if would_cost < cost_with else None


def preview(campaign: Campaign, now: datetime, position: int) -> Preview | None:
    """Return what the recipient at a position, counted from 0, would get; None beyond the last one."""
    loaded = loaded_audience_of(campaign, now)
    found = _previews(campaign, loaded, loaded.audience.phones[position : position + 1]) if position >= 0 else []
    return found[0] if found else None


def _previews(campaign: Campaign, loaded: Loaded, phones: Sequence[int]) -> list[Preview]:
    writer, number, width = _writer(campaign), sender_shown(campaign), sending_width(campaign)
    people = load_people(lent_connection(), campaign.account_id, phones, loaded.entry_ids)
    texts = [writer.text_for(person, number) for person in people]
    return [
        Preview(person.msisdn, person.name or person.entry.values.get("name", ""), text, writer.segments_of(text, width))
        for person, text in zip(people, texts, strict=True)
    ]


def _writer(campaign: Campaign) -> Writer:
    return Writer(campaign.text, campaign.places, is_mms=campaign.kind == SendKind.MMS)


class _Count:
    """Adds up segments."""

    def __init__(self, writer: Writer, number: str, width: int) -> None:
        self.writer, self._number, self._width = writer, number, width
        self.fewest = self.most = self.total = self.unicode = self.empty = 0

    def add(self, people: Sequence[Person]) -> None:
        """Count what each of them gets."""
        for person in people:
            self.add_alike(self.writer.text_for(person, self._number), 1)

    def add_alike(self, text: str, times: int) -> None:
        """Count one text for so many people."""
        found = self.writer.segments_of(text, self._width)
        self.fewest = min(self.fewest or found.count, found.count)
        self.most = max(self.most, found.count)
        self.total += found.count * times
        self.unicode += times * (found.encoding is Alphabet.UCS2)
        self.empty += times * (not text.strip())
