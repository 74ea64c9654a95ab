"""Which uncertain message a delivery receipt is about, when no segment has its id.

A message is uncertain when it was handed over and no answer came. Its receipt proves that the carrier took it; it names the phone, mostly
the sender, and sometimes the beginning of the text. A guess would tell somebody a lie about a message, so in doubt there is no answer.
Looking messages up and writing what was found belongs to `store.reconcile`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from recado.core.receipt import DeliveryReceipt

WITHIN = timedelta(days=3)
"""How long after sending a receipt still counts; carriers rarely try longer."""


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A message of which the carrier may have taken more segments than are known."""

    outbound_id: int
    sender: str
    text: str
    is_long: bool
    """Whether it has several segments, whose receipts repeat their own beginnings."""
    earliest_at: datetime
    """It was not handed over before."""
    latest_at: datetime
    """It was not handed over after."""


def about(receipt: DeliveryReceipt, candidates: Sequence[Uncertain]) -> Uncertain | None:
    """Return the one message a receipt can be about, None where there is none or more than one.

    The candidates went to the receipt's phone over the receipt's connection.
    """
    possible = [(one, _agreement(receipt, one)) for one in candidates if _is_in_time(receipt, one)]
    agreeing = [one for one, agreement in possible if agreement]
    if len(agreeing) == 1:
        return agreeing[0]
    if agreeing or not receipt.sender:  # without a sender only the text can tell
        return None
    unknown = [one for one, agreement in possible if agreement is None]
    return unknown[0] if len(unknown) == 1 else None


def _is_in_time(receipt: DeliveryReceipt, message: Uncertain) -> bool:
    return message.earliest_at <= receipt.received_at <= message.latest_at + WITHIN


def _agreement(receipt: DeliveryReceipt, message: Uncertain) -> bool | None:
    """Say whether a receipt speaks of a message; None where its sender fits and its text says nothing."""
    if receipt.sender and _bare(receipt.sender) != _bare(message.sender):
        return False
    if not receipt.text.isascii() or not receipt.text.isprintable():
        return None  # the carrier repeats octets of an alphabet it does not name
    seen, written = _bare(receipt.text), _bare(_readable_start(message.text))
    if message.is_long:
        return None if not seen or not message.text.isascii() else seen in written
    compared = min(len(seen), len(written))
    return seen[:compared] == written[:compared] if compared else None


def _readable_start(text: str) -> str:
    """Return the text up to the first letter that carriers may write in another way."""
    return text[: next((index for index, letter in enumerate(text) if not letter.isascii()), len(text))]


def _bare(text: str) -> str:
    """Leave what no carrier changes: letters and digits."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
