"""What is done to one entry: leaving it out with a reason, letting it back, choosing it as a winner.

What belongs here: requests and responses. What does not: the writes (`apps.contests.services`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.contacts.queries import find_contact
from recado.apps.contests.errors import DrawRefusedError
from recado.apps.contests.lists import public_name
from recado.apps.contests.models import Draw, Entry, Win
from recado.apps.contests.queries import get_entry_for, get_win_for
from recado.apps.contests.services import choose, disqualify, readmit, unchoose
from recado.core.contest import EntryRule, EntryState
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.activity_words import REFUSALS
from recado.panel.contests.words import STATES, refused_in_words
from recado.panel.recording import note
from recado.panel.templatetags.recado import msisdn
from recado.panel.undo import offer_undo


@require_safe
@member_required
@may_read
def entry(request: MemberRequest, contest_id: int, entry_id: int) -> HttpResponse:
    """Show one entry with what can be done to it."""
    found = get_entry_for(request.account, contest_id, entry_id)
    context = {
        "contest": found.contest,
        "entry": found,
        "state": STATES[EntryState(found.state)],
        "reason": next((words for refusal, words in REFUSALS.items() if refusal == found.reason), ""),
        "contact": find_contact(request.account, found.msisdn),
        "win": Win.objects.filter(contest=found.contest_id, entry=found, is_void=False).first(),
        "is_jury": found.contest.entry_rule == EntryRule.JURY,
        "is_frozen": Draw.objects.filter(contest=found.contest_id, day__in=("", found.day)).exists(),
        "public_name": "" if found.is_test else public_name(found.contest, found.pk, found.msisdn),
    }
    return render(request, "panel/contests/entry.html", context)


@require_POST
@member_required
@may_configure
def leave_out(request: MemberRequest, contest_id: int, entry_id: int) -> HttpResponse:
    """Leave an entry out, with a reason."""
    found = get_entry_for(request.account, contest_id, entry_id)
    reason = request.POST.get("reason", "")
    try:
        with transaction.atomic():
            if changed := disqualify(found, reason, request.user):
                note(request, "contest.entry_left_out", found.contest.name, found.contest_id, after=_facts(found))
    except DrawRefusedError as error:
        messages.error(request, refused_in_words(error.reason))
        return redirect("contest-entry", contest_id, entry_id)
    if changed:
        said = _("The entry of %(phone)s is left out.") % {"phone": msisdn(found.msisdn)}
        offer_undo(request, said, reverse("contest-entry-readmit", args=[contest_id, entry_id]), {})
    return redirect("contest-entry", contest_id, entry_id)


@require_POST
@member_required
@may_configure
def let_back(request: MemberRequest, contest_id: int, entry_id: int) -> HttpResponse:
    """Let an entry count again."""
    found = get_entry_for(request.account, contest_id, entry_id)
    with transaction.atomic():
        if changed := readmit(found):
            note(request, "contest.entry_readmitted", found.contest.name, found.contest_id, after=_facts(found))
    if changed:
        messages.success(request, _("The entry of %(phone)s counts again.") % {"phone": msisdn(found.msisdn)})
    return redirect("contest-entry", contest_id, entry_id)


@require_POST
@member_required
@may_configure
def choose_it(request: MemberRequest, contest_id: int, entry_id: int) -> HttpResponse:
    """Choose an entry as a winner."""
    found = get_entry_for(request.account, contest_id, entry_id)
    try:
        with transaction.atomic():
            win = choose(found, request.POST.get("note", ""), timezone.now())
            note(request, "contest.winner_chosen", found.contest.name, found.contest_id, after={**_facts(found), "place": win.place})
    except DrawRefusedError as error:
        messages.error(request, refused_in_words(error.reason))
    else:
        said = _("%(phone)s is a reserve.") if win.is_reserve else _("%(phone)s wins.")
        offer_undo(request, said % {"phone": msisdn(win.msisdn)}, reverse("contest-win-take-back", args=[contest_id, win.pk]), {})
    return redirect("contest-entry", contest_id, entry_id)


@require_POST
@member_required
@may_configure
def take_back(request: MemberRequest, contest_id: int, win_id: int) -> HttpResponse:
    """Take back a choice nobody was told of."""
    win = get_win_for(request.account, contest_id, win_id)
    try:
        with transaction.atomic():
            unchoose(win)
            note(request, "contest.winner_taken_back", win.contest.name, win.contest_id, after=_facts(win.entry))
    except DrawRefusedError as error:
        messages.error(request, refused_in_words(error.reason))
    else:
        messages.success(request, _("%(phone)s is not chosen any more.") % {"phone": msisdn(win.msisdn)})
    return redirect("contest-entry", contest_id, win.entry_id)


def _facts(found: Entry) -> dict[str, str | int]:
    return {"entry": str(found.pk), "phone": found.msisdn, "reason": found.disqualified_reason}
