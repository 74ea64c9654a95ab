"""Making, changing, ending and copying a contest.

What belongs here: requests and responses. What does not: fields (`forms.contest`), writes (`apps.contests.services`), giving it a word
(`apps.keywords.contest_words`).
"""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.contests.content import content_of, facts
from recado.apps.contests.errors import ContestRefusedError
from recado.apps.contests.models import Contest
from recado.apps.contests.queries import get_contest_for
from recado.apps.contests.services import add_contest, copy_contest, edit_contest, end_contest
from recado.apps.contests.standing import Standing, standing_of
from recado.apps.keywords.activities import Kind, keywords_of
from recado.apps.keywords.contest_words import check_age, give_word
from recado.apps.keywords.errors import KeywordError
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.contests.starting import STARTS, initial
from recado.panel.forms.contest import ContestForm
from recado.panel.recording import note


@member_required
@may_configure
def new_contest(request: MemberRequest) -> HttpResponse:
    """Make a contest and give it a keyword; `?start=` fills the form in."""
    now = timezone.now()
    start = request.GET.get("start", "")
    form = ContestForm(request.account, request.POST or None, initial=initial(request.account, now, start))
    if request.method == "POST" and form.is_valid() and (made := _add(request, form)):
        messages.success(request, _("“%(name)s” is there. Try it from the simulator before you print anything.") % {"name": made.name})
        return redirect("contest", made.pk)
    return _page(request, form, starts=STARTS, start=start)


@member_required
@may_configure
def edit(request: MemberRequest, contest_id: int) -> HttpResponse:
    """Change a contest."""
    found = get_contest_for(request.account, contest_id)
    form = ContestForm(request.account, request.POST or None, contest=found)
    if request.method == "POST" and form.is_valid() and _save(request, found, form):
        messages.success(request, _("Saved. The next entry is handled this way."))
        return redirect("contest", found.pk)
    keywords = keywords_of(request.account, Kind.ENTER_CONTEST, contest_id)
    return _page(request, form, contest=get_contest_for(request.account, contest_id), keywords=keywords)


@member_required
@may_configure
def end(request: MemberRequest, contest_id: int) -> HttpResponse:
    """Ask whether the contest is to end now, and end it."""
    found = get_contest_for(request.account, contest_id)
    if request.method != "POST":
        is_over = standing_of(found, timezone.now()) in {Standing.OVER, Standing.DRAWN}
        return render(request, "panel/contests/end.html", {"contest": found, "is_over": is_over})
    with transaction.atomic():
        ended = end_contest(found, timezone.now())
        if ended:
            note(request, "contest.ended", found.name, found.pk)
    if ended:
        messages.success(request, _("The contest is over. Whoever texts now gets the text for late entries."))
    else:
        messages.warning(request, _("It was over already."))
    return redirect("contest", contest_id)


@require_POST
@member_required
@may_configure
def copy(request: MemberRequest, contest_id: int) -> HttpResponse:
    """Make a new contest like this one."""
    found = get_contest_for(request.account, contest_id)
    with transaction.atomic():
        made = copy_contest(found, _("%(name)s (copy)") % {"name": found.name[:100]}, timezone.now(), request.user)
        note(request, "contest.copied", made.name, made.pk)
    messages.success(request, _("This is a copy that begins tomorrow. Change what is to be different, and give it a keyword."))
    return redirect("contest-edit", made.pk)


def _add(request: MemberRequest, form: ContestForm) -> Contest | None:
    try:
        with transaction.atomic():
            made = add_contest(request.account, form.content(), timezone.now(), request.user)
            _with_word(made, form)
            note(request, "contest.added", made.name, made.pk, after=facts(content_of(made)))
    except (ContestRefusedError, KeywordError) as error:
        form.refuse(error)
        return None
    return made


def _save(request: MemberRequest, found: Contest, form: ContestForm) -> bool:
    before = facts(content_of(found))
    try:
        with transaction.atomic():
            edit_contest(found, form.content(), timezone.now())
            check_age(found)
            _with_word(found, form)
            note(request, "contest.changed", found.name, found.pk, before=before, after=facts(content_of(found)))
    except (ContestRefusedError, KeywordError) as error:
        form.refuse(error)
        return False
    return True


def _with_word(contest: Contest, form: ContestForm) -> None:
    if word := form.cleaned_data.get("word", ""):
        give_word(contest, form.cleaned_data["number"], word)


def _page(request: MemberRequest, form: ContestForm, **context: Any) -> HttpResponse:
    return render(request, "panel/contests/edit.html", {"form": form, **context}, status=422 if form.errors else 200)
