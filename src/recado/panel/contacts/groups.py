"""Groups: the list, making one, the people in it, renaming and deleting.

What belongs here: requests and responses. What does not: reads and writes (`apps.contacts`).
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from recado.apps.contacts.queries import get_contact_for, get_group_for, groups_of, members_of
from recado.apps.contacts.services import add_group, delete_groups, leave_group, rename_group
from recado.apps.keywords.queries import keywords_of
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.contacts.contacts import PAGE
from recado.panel.forms.people import GroupForm
from recado.panel.recording import note


@member_required
@may_read
def group_list(request: MemberRequest) -> HttpResponse:
    """Show the account's groups; a posted form adds one."""
    form = GroupForm()
    if request.method == "POST":
        return _add(request, GroupForm(request.POST))
    return _list(request, form)


@member_required
@may_read
def group(request: MemberRequest, group_id: int) -> HttpResponse:
    """Show a group with the people in it; a posted form renames it."""
    found = get_group_for(request.account, group_id)
    if request.method == "POST":
        return _rename(request, group_id, GroupForm(request.POST))
    return _detail(request, found.pk, GroupForm(initial={"name": found.name}))


@member_required
@may_configure
def group_delete(request: MemberRequest, group_id: int) -> HttpResponse:
    """Ask whether the group is really to go, saying which keywords fill it, and delete it."""
    found = get_group_for(request.account, group_id)
    if request.method != "POST":
        return render(request, "panel/groups/delete.html", {"group": found, "keywords": _keywords(request, group_id)})
    with transaction.atomic():
        note(request, "group.deleted", found.name, found.pk, before={"contacts": members_of(found).count()})
        delete_groups(request.account, [found])
    messages.success(request, _("The group %(name)s is deleted. The people in it stay in your contacts.") % {"name": found.name})
    return redirect("groups")


@member_required
@may_configure
@require_POST
def group_leave(request: MemberRequest, group_id: int, contact_id: int) -> HttpResponse:
    """Take somebody out of the group."""
    found, contact = get_group_for(request.account, group_id), get_contact_for(request.account, contact_id)
    leave_group(contact, found)
    messages.success(request, _("%(person)s is not in %(name)s any more.") % {"person": contact, "name": found.name})
    return redirect("group", group_id)


@may_configure
def _add(request: MemberRequest, form: GroupForm) -> HttpResponse:
    if not form.is_valid():
        return _list(request, form)
    added = add_group(request.account, form.cleaned_data["name"])
    messages.success(request, _("The group %(name)s is there.") % {"name": added.name})
    return redirect("groups")


@may_configure
def _rename(request: MemberRequest, group_id: int, form: GroupForm) -> HttpResponse:
    if not form.is_valid():
        return _detail(request, group_id, form)
    rename_group(get_group_for(request.account, group_id), form.cleaned_data["name"])
    messages.success(request, _("Saved."))
    return redirect("group", group_id)


def _list(request: MemberRequest, form: GroupForm) -> HttpResponse:
    context = {"groups": groups_of(request.account), "form": form}
    return render(request, "panel/groups/list.html", context, status=422 if form.errors else 200)


def _detail(request: MemberRequest, group_id: int, form: GroupForm) -> HttpResponse:
    found = get_group_for(request.account, group_id)
    page = Paginator(members_of(found), PAGE).get_page(request.GET.get("page"))
    context = {"group": found, "page": page, "form": form, "keywords": _keywords(request, group_id), "people": people(page.paginator.count)}
    return render(request, "panel/groups/detail.html", context, status=422 if form.errors else 200)


def _keywords(request: MemberRequest, group_id: int) -> list[str]:
    return list(keywords_of(request.account).filter(rules__actions__group=group_id).distinct().values_list("word", flat=True))


def people(count: int) -> str:
    """Write how many people that is."""
    return ngettext("%(count)s contact", "%(count)s contacts", count) % {"count": count}
