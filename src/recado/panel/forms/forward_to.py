"""The part of a rule's form that says where messages go on to: a place that is there, or one typed in.

What belongs here: the choice with its words, reading what was typed. What does not: the rule (`rule`), all that a place can be told
(`forward`), saving (`apps.outbox.destinations`).
"""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from recado.apps.accounts.models import Account
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.outbox.destinations import DestinationContent, check, create, destinations_of, estimate_phone
from recado.apps.outbox.destinations.facts import address_of
from recado.apps.outbox.models import Destination
from recado.apps.outbox.standing import waits_for_code
from recado.core.draft import NEW
from recado.panel.forwards.words import KINDS, problem_in_words
from recado.panel.templatetags.formats import money


class DestinationChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no type arguments at run time
    """A place with its kind in words; of a phone with what a message costs there."""

    phone_price = 0
    """What a part of a text to a phone costs the account, in minor units."""

    def label_from_instance(self, obj: Any) -> str:
        """Write name and kind."""
        kind = str(KINDS[obj.kind].name)
        if waits_for_code(obj):
            kind = _("phone, %(price)s a part, waits for its code") % {"price": money(self.phone_price)}
        elif obj.kind == Destination.Kind.PHONE:
            kind = _("phone, %(price)s a part") % {"price": money(self.phone_price)}
        elif not obj.is_enabled:
            kind = _("%(kind)s, switched off") % {"kind": kind}
        return f"{obj.name} ({kind})"


def offer_destinations(account: Account, choice: DestinationChoice, typed: forms.Field) -> None:
    """Put the account's places into the choice, and the price of a phone where one reads it before saving."""
    price = estimate_phone(account, now=timezone.now()).per_segment
    choice.phone_price = price
    choice.queryset = destinations_of(account)
    words = _("A web address such as https://shop.example/?from=#NUMER#&text=#WIADOMOSC#, an e-mail address, or a phone number.")
    cost = _("Web addresses and e-mails are free; to a phone each part of a message costs %(price)s net.") % {"price": money(price)}
    typed.help_text = f"{words} {cost}"


def read_place(account: Account, written: str, method: str) -> DestinationContent | None:
    """Read a place as it was typed: an @ without a scheme makes an e-mail address, a number a phone.

    Raises ValidationError where nothing can be forwarded there; None for nothing.
    """
    written = written.strip()
    if not written:
        return None
    if "@" in written and "://" not in written:
        content = DestinationContent(kind=Destination.Kind.EMAIL, email=written)
    elif parse_msisdn(written):
        content = DestinationContent(kind=Destination.Kind.PHONE, msisdn=written)
    else:
        chosen = Destination.Method(method) if method in Destination.Method.values else Destination.Method.GET
        content = DestinationContent(kind=Destination.Kind.URL, url=written, method=chosen)
    if problems := check(account, content):
        if content.kind == Destination.Kind.URL:
            raise forms.ValidationError(
                _("Write a full web address that begins with http:// or https://, an e-mail address, or a phone number.")
            )
        raise forms.ValidationError(problem_in_words(problems[0]))
    return content


def place_for(account: Account, content: DestinationContent) -> Destination:
    """Return the place that was typed: the one that is there already, else a new one; call in a transaction."""
    same = {
        Destination.Kind.EMAIL: {"email__iexact": content.email},
        Destination.Kind.PHONE: {"msisdn": parse_msisdn(content.msisdn) or ""},
        Destination.Kind.URL: {"url": content.url, "method": content.method},
    }[content.kind]
    known = destinations_of(account).filter(kind=content.kind, is_enabled=True, **same).first()
    return known or create(account, content)


def planned_place(account: Account, content: DestinationContent) -> Destination:
    """Return the place that was typed without making it: what is not there yet has an id nobody has."""
    planned = Destination(pk=NEW, account=account, kind=content.kind, url=content.url, email=content.email)
    planned.msisdn = parse_msisdn(content.msisdn) or ""
    planned.name = content.url or address_of(planned)
    return planned
