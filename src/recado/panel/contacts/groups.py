"""Groups: the list, making one, the people in it, renaming and deleting.

What belongs here: requests and responses. What does not: reads and writes (`apps.contacts`).
"""

import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from recado.apps.contacts.opt_outs import in_force_among
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.contacts.queries import get_contact_for, get_group_for, groups_of, joined_per_day, members_of, memberships_of
from recado.apps.contacts.services import GroupInUseError, add_contact, add_group, check_unused, delete_groups, rename_group
from recado.apps.keywords.models import Keyword, RuleAction
from recado.apps.keywords.queries import keywords_of
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.charts.bars import Place, bar_chart
from recado.panel.contacts.bulk import MOST, move
from recado.panel.contacts.consent import members
from recado.panel.contacts.contacts import PAGE
from recado.panel.forms.people import GroupForm
from recado.panel.recording import note
from recado.panel.templatetags.recado import own_number

DAYS = 30
"""What the chart of a group shows."""


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
    try:
        check_unused([group_id])
    except GroupInUseError as error:
        status = 422 if request.method == "POST" else 200
        return render(request, "panel/groups/delete.html", {"group": found, "needed_by": places(error)}, status=status)
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
    move(request, found, [contact], joins=False)
    return redirect("group", group_id)


@member_required
@may_configure
@require_POST
def group_join(request: MemberRequest, group_id: int) -> HttpResponse:
    """Put people into the group by their phone numbers; who is no contact yet becomes one."""
    found = get_group_for(request.account, group_id)
    typed = [one for one in re.split(r"[,;\n]", request.POST.get("numbers", "")) if one.strip()][:MOST]
    numbers = [number for number in map(parse_msisdn, typed) if number]
    if numbers:
        with transaction.atomic():
            chosen = [add_contact(request.account, number, user=request.user) for number in numbers]
            move(request, found, chosen, joins=True)
    if wrong := len(typed) - len(numbers):
        said = ngettext("%(count)s entry is no phone number.", "%(count)s entries are no phone numbers.", wrong)
        messages.warning(request, said % {"count": wrong})
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
    groups = list(groups_of(request.account))
    fed: dict[int, list[str]] = {}
    feeding = keywords_of(request.account).filter(rules__actions__kind=RuleAction.Kind.ADD_TO_GROUP)
    for group_id, word in feeding.values_list("rules__actions__group", "word").distinct():
        fed.setdefault(group_id or 0, []).append(word)
    context = {"groups": [(group, fed.get(group.pk, [])) for group in groups], "form": form}
    return render(request, "panel/groups/list.html", context, status=422 if form.errors else 200)


def _detail(request: MemberRequest, group_id: int, form: GroupForm) -> HttpResponse:
    found = get_group_for(request.account, group_id)
    page = Paginator(memberships_of(found), PAGE).get_page(request.GET.get("page"))
    growth = joined_per_day(found, DAYS)
    context = {
        "group": found,
        "page": page,
        "members": members(request.account, page.object_list),
        "opted_out": in_force_among(request.account, [one.contact.msisdn for one in page.object_list]),
        "form": form,
        "keywords": _feeding(request, group_id),
        "people": people(page.paginator.count),
        "growth": growth,
        "chart": bar_chart([Place(f"{day:%d.%m}", f"{day:%d.%m}: {count}", (count,)) for day, count in growth]),
        "joined": sum(count for _day, count in growth),
    }
    return render(request, "panel/groups/detail.html", context, status=422 if form.errors else 200)


def _keywords(request: MemberRequest, group_id: int) -> list[str]:
    return [keyword.word for keyword in _feeding(request, group_id)]


def _feeding(request: MemberRequest, group_id: int) -> list[Keyword]:
    feeding = keywords_of(request.account).filter(rules__actions__group=group_id, rules__actions__kind=RuleAction.Kind.ADD_TO_GROUP)
    return list(feeding.distinct())


def places(error: GroupInUseError) -> str:
    """Name the keywords and numbers whose rules depend on a group, and the autoresponders that do."""
    return ", ".join((*error.keywords, *map(own_number, error.numbers), *error.autoresponders))


def people(count: int) -> str:
    """Write how many people that is."""
    return ngettext("%(count)s contact", "%(count)s contacts", count) % {"count": count}
