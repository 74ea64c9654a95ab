"""What a contact agreed to: the timeline of consent, memberships with their ends, opt-outs; and setting an end.

What belongs here: gathering these for the pages of contacts and groups, and the one form. What does not: words (`consent_words`), the list
of all opt-outs (`opt_outs`), writes (`apps.contacts`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.accounts.models import Account
from recado.apps.contacts.blocking import block_of
from recado.apps.contacts.consents import consents_of
from recado.apps.contacts.memberships import get_membership_for, set_end, until
from recado.apps.contacts.models import ConsentRecord, Contact, GroupMembership
from recado.apps.contacts.opt_outs import in_force
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.consent_words import ICONS, Names, how_joined, known_ids, names_for, scope_words, sentence
from recado.panel.forms.consent import EndForm
from recado.panel.recording import note


@dataclass(frozen=True, slots=True)
class Member:
    """A membership as pages show it."""

    membership: GroupMembership
    how: str
    text: str
    """What the person wrote when they joined; empty where there is no message, or it was forgotten."""


@dataclass(frozen=True, slots=True)
class Event:
    """One consent record as the timeline shows it."""

    record: ConsentRecord
    icon: str
    words: str
    number: str


def members(account: Account, memberships: Iterable[GroupMembership]) -> list[Member]:
    """Say of memberships how they came about, looking up all messages and keywords at once."""
    rows = list(memberships)
    words = dict(Keyword.objects.filter(account=account, pk__in=known_ids(row.keyword_id for row in rows)).values_list("pk", "word"))
    texts = dict(Message.objects.filter(account=account, pk__in=known_ids(row.message_id for row in rows)).values_list("pk", "text"))
    return [Member(row, how_joined(row, words), texts.get(row.message_id or 0, "")) for row in rows]


def consent_context(account: Account, contact: Contact) -> dict[str, Any]:
    """Return what `panel/contacts/_consent.html` shows."""
    records, opted_out = consents_of(account, contact.msisdn), in_force(account, contact.msisdn)
    names = names_for(account, records, opted_out)
    return {
        "members": members(account, contact.memberships.select_related("group", "contact").order_by("-joined_at")),
        "timeline": [_event(record, names) for record in records],
        "opt_outs": [(one, scope_words(one, names)) for one in opted_out],
        "sender_block": block_of(account, contact.msisdn),
    }


def _event(record: ConsentRecord, names: Names) -> Event:
    return Event(record, ICONS[ConsentRecord.Kind(record.kind)], sentence(record, names), names.number(record.number_id))


@require_POST
@member_required
@may_configure
def membership_end(request: MemberRequest, group_id: int, contact_id: int) -> HttpResponse:
    """Set, change or take away the day until which somebody is in a group."""
    membership = get_membership_for(request.account, group_id, contact_id)
    form = EndForm(request.POST)
    if form.is_valid():
        before, after = until(membership), form.ends_at()
        with transaction.atomic():
            set_end(membership, after)
            values = {"group": membership.group.name, "until": until(membership)}
            note(request, "group.end_changed", str(membership.contact), membership.contact_id, before={"until": before}, after=values)
        said = _("%(person)s is in %(group)s until %(day)s.") if after else _("%(person)s is in %(group)s without an end.")
        messages.success(request, said % {"person": membership.contact, "group": membership.group.name, "day": until(membership)})
    else:
        messages.error(request, " ".join(map(str, form.errors.get("until", []))))
    back = request.POST.get("next", "")
    return redirect(back) if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else redirect("group", group_id)
