"""What is done to several contacts at once: into a group, out of it, into a file, a message to them, away; and undoing the second.

What belongs here: requests and responses. What does not: writes (`apps.contacts.memberships`, `services`).
"""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from recado.apps.campaigns.entries import add_contacts
from recado.apps.contacts.memberships import Remembered, TooLateError, add_to_group, remove_from_group, restore, sealed, unsealed
from recado.apps.contacts.models import Contact, Group
from recado.apps.contacts.queries import contacts_among, get_group_for
from recado.apps.contacts.services import delete_contacts
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.exporting import Cell, export_response
from recado.panel.ids import id_of
from recado.panel.recording import note
from recado.panel.sends.drafts import begin
from recado.panel.undo import offer_undo

MOST = 200
"""More contacts than a page shows are not taken from one form."""


@require_POST
@member_required
@may_configure
def bulk(request: MemberRequest) -> HttpResponse:
    """Do what was asked to the contacts that were ticked."""
    chosen = contacts_among(request.account, _ids(request))
    asked = request.POST.get("do", "")
    if not chosen:
        messages.warning(request, _("Tick some contacts first."))
    elif asked in {"csv", "xlsx"}:
        return contacts_file(asked, chosen)
    elif asked == "send" and request.may_send:
        return _send(request, chosen)
    elif asked == "delete":
        return _delete(request, chosen)
    elif (group_id := id_of(request.POST.get("group"))) is not None:
        move(request, get_group_for(request.account, group_id), chosen, joins=asked != "leave")
    else:
        messages.warning(request, _("Choose a group first."))
    return redirect(_back(request))


@require_POST
@member_required
@may_configure
def rejoin(request: MemberRequest) -> HttpResponse:
    """Take back that contacts left a group: they are in it again with the consent they gave."""
    try:
        left = unsealed(request.POST.get("left", ""))
    except TooLateError:
        messages.warning(request, _("It is too late to undo this."))
    else:
        restored = restore(request.account, left, user=request.user)
        said = ngettext("%(count)s contact is in the group again.", "%(count)s contacts are in the group again.", restored)
        messages.success(request, said % {"count": restored})
    return redirect(_back(request))


def move(request: MemberRequest, group: Group, chosen: list[Contact], *, joins: bool) -> None:
    """Put contacts into a group or take them out of it, and say so."""
    ids = [contact.pk for contact in chosen]
    if joins:
        with transaction.atomic():
            done = add_to_group(request.account, group, ids, user=request.user)
            note(request, "group.joined", group.name, group.pk, after={"contacts": done.added})
        said = ngettext("%(count)s contact was added to %(name)s.", "%(count)s contacts were added to %(name)s.", done.added)
        messages.success(request, said % {"count": done.added, "name": group.name})
        warn_skipped(request, done.opted_out)
        return
    with transaction.atomic():
        left = remove_from_group(request.account, group, ids, user=request.user)
        note(request, "group.left", group.name, group.pk, before={"contacts": len(left)})
    said = ngettext("%(count)s contact was taken out of %(name)s.", "%(count)s contacts were taken out of %(name)s.", len(left))
    _offer(request, said % {"count": len(left), "name": group.name}, left)


def warn_skipped(request: MemberRequest, count: int) -> None:
    """Say how many people were left out of a group because they opted out."""
    if count:
        said = ngettext("Opted out: %(count)s contact was skipped.", "Opted out: %(count)s contacts were skipped.", count)
        messages.warning(request, said % {"count": count})


def _offer(request: MemberRequest, said: str, left: list[Remembered]) -> None:
    offer_undo(request, said, reverse("contacts-rejoin"), {"left": sealed(left), "next": _back(request)})


def contacts_file(kind: str, contacts: Iterable[Contact]) -> HttpResponse:
    """Answer with contacts as a file."""
    return export_response(kind, f"recado-contacts-{timezone.localdate():%Y-%m-%d}", _header(), _rows(contacts))


def _header() -> list[str]:
    return [
        _("Phone number"),
        _("First name"),
        _("Last name"),
        _("Company"),
        _("E-mail address"),
        _("Tax number"),
        _("Address"),
        _("City"),
        _("Description"),
        _("Groups"),
        _("Source"),
        _("Since"),
    ]


def _rows(contacts: Iterable[Contact]) -> Iterator[list[Cell]]:
    for one in contacts:
        details: list[Cell] = [one.first_name, one.last_name, one.company, one.email, one.tax_id, one.address, one.city, one.description]
        groups = ", ".join(sorted(group.name for group in one.groups.all()))
        yield [one.msisdn, *details, groups, str(one.get_source_display()), one.created_at]


def _delete(request: MemberRequest, chosen: list[Contact]) -> HttpResponse:
    """Ask, saying how many, and delete."""
    if "sure" not in request.POST:
        return render(request, "panel/contacts/delete_many.html", {"contacts": chosen, "count": len(chosen), "back": _back(request)})
    with transaction.atomic():
        delete_contacts(request.account, chosen, user=request.user)
        note(request, "contact.deleted", _("%(count)s contacts") % {"count": len(chosen)}, before={"contacts": len(chosen)})
    said = ngettext("%(count)s contact is deleted.", "%(count)s contacts are deleted.", len(chosen)) % {"count": len(chosen)}
    messages.success(request, said)
    return redirect("contacts")


def _send(request: MemberRequest, chosen: list[Contact]) -> HttpResponse:
    """Begin a group send to them."""
    campaign = begin(request)
    add_contacts(campaign, [contact.pk for contact in chosen])
    return redirect("send-edit", campaign.pk)


def _ids(request: MemberRequest) -> list[int]:
    return [found for given in request.POST.getlist("contact")[:MOST] if (found := id_of(given)) is not None]


def _back(request: MemberRequest) -> str:
    """Return the page the form was on."""
    given = request.POST.get("next", "")
    return given if url_has_allowed_host_and_scheme(given, allowed_hosts=None) else reverse("contacts")
