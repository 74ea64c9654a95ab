"""Contacts: the list with search, adding, changing and deleting one.

What belongs here: requests and responses. What does not: reads and writes (`apps.contacts`).
"""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recado.apps.contacts.blocking import blocked_among
from recado.apps.contacts.erasing import erase_contact
from recado.apps.contacts.knowing import known_about
from recado.apps.contacts.models import Contact
from recado.apps.contacts.opt_outs import barred_groups, in_force_among
from recado.apps.contacts.queries import (
    contact_count,
    contact_page,
    every_contact,
    find_contact,
    get_contact_for,
    get_group_for,
    groups_of,
)
from recado.apps.contacts.services import ContactExistsError, add_contact, delete_contacts, edit_contact
from recado.apps.dialogues.queries import dialogues_with, last_message_times, thread
from recado.apps.media.links import person_link
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.consent_words import names_for, scope_words
from recado.panel.contacts.bulk import contacts_file
from recado.panel.contacts.consent import consent_context
from recado.panel.forms.people import ContactForm
from recado.panel.ids import id_of
from recado.panel.recording import note

PAGE = 50
SHOWN = 5
"""Conversations and messages a contact's page shows."""
COUNTED = 10_000
"""Beyond that nobody counts for a page."""
LONGEST_EXPORT = 100_000


_FILLED_IN = ("msisdn", "first_name", "last_name", "company", "email")
"""What an address may fill in of a new contact: a card that somebody sent, a number of a message."""


@member_required
@may_read
def contact_list(request: MemberRequest) -> HttpResponse:
    """Show the account's contacts, searched and narrowed to a group or a source."""
    asked = _asked(request)
    before = request.GET.get("before", "")
    found = contact_page(request.account, **asked, before=id_of(before), size=PAGE)
    shown = found[:PAGE]
    context = {
        **asked,
        "contacts": shown,
        **_chips(request, shown),
        "last_times": last_message_times(request.account, [one.pk for one in shown]),
        "older": shown[-1].pk if len(found) > PAGE else None,
        "is_paged": bool(before),
        "is_narrowed": any(asked.values()),
        "picks_all": request.GET.get("pick") == "all",
        "groups": groups_of(request.account),
        "sources": Contact.Source.choices,
        "count": contact_count(request.account, COUNTED + 1),
        "counted": COUNTED,
        "limit": LONGEST_EXPORT,
    }
    return render(request, "panel/contacts/list.html", context)


@require_safe
@member_required
@may_read
def contact_export(request: MemberRequest) -> HttpResponse:
    """Give what the list is narrowed to as a file, all pages of it."""
    return contacts_file(request.GET.get("as", ""), every_contact(request.account, **_asked(request), limit=LONGEST_EXPORT))


@require_safe
@member_required
@may_read
def contact_data(request: MemberRequest, contact_id: int) -> HttpResponse:
    """Give everything that is known about one person, as they may ask for it."""
    found = get_contact_for(request.account, contact_id)
    response = JsonResponse(
        known_about(request.account, found, person_link(request.account)), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response["Content-Disposition"] = f'attachment; filename="contact-{found.pk}.json"'
    response["Cache-Control"] = "no-store"
    return response


@member_required
@may_configure
def contact_erase(request: MemberRequest, contact_id: int) -> HttpResponse:
    """Say what goes and what is kept, and forget a person."""
    found = get_contact_for(request.account, contact_id)
    if request.method != "POST":
        return render(request, "panel/contacts/erase.html", {"contact": found})
    with transaction.atomic():
        note(request, "contact.erased", f"+{found.msisdn}", found.pk)
        erase_contact(request.account, found)
    messages.success(request, _("The person is forgotten: the contact is gone and the texts are empty."))
    return redirect("contacts")


def _asked(request: MemberRequest) -> dict[str, Any]:
    """Return what the list is narrowed to by its address."""
    group_id, source = id_of(request.GET.get("group")), request.GET.get("source", "")
    return {
        "search": request.GET.get("q", "").strip(),
        "group": get_group_for(request.account, group_id) if group_id is not None else None,
        "source": source if source in Contact.Source.values else "",
    }


@member_required
@may_configure
def new_contact(request: MemberRequest) -> HttpResponse:
    """Add a contact."""
    form = ContactForm(request.account, request.POST or None, initial={name: request.GET.get(name, "")[:200] for name in _FILLED_IN})
    if form.is_valid():
        if find_contact(request.account, form.cleaned_data["msisdn"]) is None:
            added = add_contact(request.account, form.cleaned_data["msisdn"], form.details(), form.group_ids(), user=request.user)
            _warn_barred(request, added, form.group_ids())
            messages.success(request, _("%(person)s is in your contacts.") % {"person": added})
            return redirect("contacts")
        form.add_error("msisdn", _("You already have a contact with this number."))
    return render(request, "panel/contacts/form.html", {"form": form}, status=422 if form.errors else 200)


@member_required
@may_read
def contact(request: MemberRequest, contact_id: int) -> HttpResponse:
    """Show a contact and change it."""
    found = get_contact_for(request.account, contact_id)
    if request.method == "POST":
        return _change(request, found, ContactForm(request.account, request.POST, contact=found))
    return _detail(request, found, ContactForm(request.account, contact=found))


@member_required
@may_configure
def contact_delete(request: MemberRequest, contact_id: int) -> HttpResponse:
    """Ask whether the contact is really to go, and delete it."""
    found = get_contact_for(request.account, contact_id)
    if request.method != "POST":
        return render(request, "panel/contacts/delete.html", {"contact": found})
    name = str(found)
    with transaction.atomic():
        note(request, "contact.deleted", name, found.pk, before={"msisdn": found.msisdn})
        delete_contacts(request.account, [found], user=request.user)
    messages.success(request, _("%(person)s is deleted. Messages stay in the inbox.") % {"person": name})
    return redirect("contacts")


def _chips(request: MemberRequest, shown: list[Contact]) -> dict[str, Any]:
    """Return who of a page opted out, in words, and who is blocked."""
    opted_out = in_force_among(request.account, [one.msisdn for one in shown])
    names = names_for(request.account, opt_outs=[one for some in opted_out.values() for one in some])
    words = {msisdn: ", ".join(scope_words(one, names) for one in some) for msisdn, some in opted_out.items()}
    return {"opted_out": words, "blocked": blocked_among(request.account, [one.msisdn for one in shown])}


def _warn_barred(request: MemberRequest, found: Contact, group_ids: list[int]) -> None:
    """Say which of the groups somebody was not put into."""
    barred = barred_groups(request.account.pk, found.msisdn, group_ids)
    for name in groups_of(request.account).filter(pk__in=barred).values_list("name", flat=True):
        messages.warning(request, _("Opted out: not added to %(name)s.") % {"name": name})


@may_configure
def _change(request: MemberRequest, found: Contact, form: ContactForm) -> HttpResponse:
    if form.is_valid():
        groups = form.group_ids()
        try:
            edit_contact(found, msisdn=form.cleaned_data["msisdn"], details=form.details(), group_ids=groups, user=request.user)
        except ContactExistsError:
            form.add_error("msisdn", _("You already have a contact with this number."))
        else:
            messages.success(request, _("Saved."))
            _warn_barred(request, found, groups)
            return redirect("contact", found.pk)
    return _detail(request, get_contact_for(request.account, found.pk), form)


def _detail(request: MemberRequest, found: Contact, form: ContactForm) -> HttpResponse:
    dialogues = list(dialogues_with(request.account, found)[:SHOWN])
    context = {
        "form": form,
        "contact": found,
        **consent_context(request.account, found),
        "dialogues": dialogues,
        "last_messages": [item for dialogue in dialogues[:1] for item in reversed(thread(dialogue, limit=SHOWN))],
    }
    return render(request, "panel/contacts/form.html", context, status=422 if form.errors else 200)
