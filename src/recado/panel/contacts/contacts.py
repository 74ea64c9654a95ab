"""Contacts: the list with search, adding, changing and deleting one.

What belongs here: requests and responses. What does not: reads and writes (`apps.contacts`).
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from recado.apps.contacts.models import Contact, Group
from recado.apps.contacts.queries import contacts_of, find_contact, get_contact_for, get_group_for, groups_of, members_of
from recado.apps.contacts.services import ContactExistsError, add_contact, delete_contacts, edit_contact
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.forms.people import ContactForm
from recado.panel.recording import note

PAGE = 50


@member_required
@may_read
def contact_list(request: MemberRequest) -> HttpResponse:
    """Show the account's contacts, searched and narrowed to a group."""
    search, group_id = request.GET.get("q", "").strip(), request.GET.get("group", "")
    group = get_group_for(request.account, int(group_id)) if group_id.isdecimal() else None
    contacts = members_of(group) if group and not search else contacts_of(request.account, search=search, group=group).order_by("-pk")
    with_groups = contacts.prefetch_related(Prefetch("groups", Group.objects.order_by("name")))
    page = Paginator(with_groups, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "search": search, "group": group, "groups": groups_of(request.account)}
    return render(request, "panel/contacts/list.html", context)


@member_required
@may_configure
def new_contact(request: MemberRequest) -> HttpResponse:
    """Add a contact."""
    form = ContactForm(request.account, request.POST or None, initial={"msisdn": request.GET.get("msisdn", "")})
    if form.is_valid():
        if find_contact(request.account, form.cleaned_data["msisdn"]) is None:
            added = add_contact(request.account, form.cleaned_data["msisdn"], form.details(), form.group_ids())
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
        delete_contacts(request.account, [found])
    messages.success(request, _("%(person)s is deleted. Messages stay in the inbox.") % {"person": name})
    return redirect("contacts")


@may_configure
def _change(request: MemberRequest, found: Contact, form: ContactForm) -> HttpResponse:
    if form.is_valid():
        groups = form.group_ids()
        try:
            edit_contact(found, msisdn=form.cleaned_data["msisdn"], details=form.details(), group_ids=groups)
        except ContactExistsError:
            form.add_error("msisdn", _("You already have a contact with this number."))
        else:
            messages.success(request, _("Saved."))
            return redirect("contact", found.pk)
    return _detail(request, get_contact_for(request.account, found.pk), form)


def _detail(request: MemberRequest, found: Contact, form: ContactForm) -> HttpResponse:
    return render(request, "panel/contacts/form.html", {"form": form, "contact": found}, status=422 if form.errors else 200)
