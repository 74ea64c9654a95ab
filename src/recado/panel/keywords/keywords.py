"""Keywords: the list, reserving one, changing, pausing and ending it, and whether a word is free.

What belongs here: requests and responses. What does not: checks and writes (`apps.keywords`), fields and their words (`forms.keyword`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.contacts.phone import parse_msisdn
from recado.apps.keywords.dry_run import would_do
from recado.apps.keywords.errors import KeywordError
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.queries import check_word, get_keyword_for, keywords_of
from recado.apps.keywords.services import content_of, edit_keyword, end_keyword, pause_keyword, reserve_keyword, resume_keyword
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import get_number_for
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.forms.keyword import KeywordForm, sentence
from recado.panel.trail_words import steps

UNKNOWN_PHONE = "48600000099"
"""A phone nobody has, for dry runs that name none."""
LONGEST_TEXT = 1530


@member_required
@may_read
def keyword_list(request: MemberRequest) -> HttpResponse:
    """Show the account's keywords."""
    return render(request, "panel/keywords/list.html", {"keywords": keywords_of(request.account)})


@member_required
@may_configure
def new_keyword(request: MemberRequest) -> HttpResponse:
    """Reserve a keyword and say what it does."""
    asked_for = {name: request.GET.get(name) for name in ("number", "word")}
    form = KeywordForm(request.account, request.POST or None, initial=asked_for)
    if form.is_valid() and (keyword := _reserve(form)):
        messages.success(request, _("%(word)s is reserved. Send it from the simulator to see what happens.") % {"word": keyword.word})
        return redirect("keyword", keyword.pk)
    return render(request, "panel/keywords/new.html", {"form": form}, status=422 if form.errors else 200)


@member_required
@may_read
def keyword(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Show a keyword and change it."""
    found = get_keyword_for(request.account, keyword_id)
    content = content_of(found.rules.all()[0] if found.rules.all() else None)
    if request.method == "POST":
        return _change(request, found, KeywordForm(request.account, request.POST, keyword=found, content=content))
    return _detail(request, found, KeywordForm(request.account, keyword=found, content=content))


@member_required
@may_configure
@require_POST
def keyword_state(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Pause a keyword, or act on it again."""
    found = get_keyword_for(request.account, keyword_id)
    if found.state == Keyword.State.PAUSED:
        resume_keyword(found)
        messages.success(request, _("%(word)s is active again.") % {"word": found.word})
    else:
        pause_keyword(found)
        messages.success(request, _("%(word)s is paused: messages still arrive, nothing else happens.") % {"word": found.word})
    return redirect("keyword", keyword_id)


@member_required
@may_configure
def keyword_end(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Ask whether the word is really to be given up, and give it up."""
    found = get_keyword_for(request.account, keyword_id)
    if request.method != "POST":
        return render(request, "panel/keywords/end.html", {"keyword": found})
    end_keyword(found)
    messages.success(request, _("%(word)s is not your keyword any more.") % {"word": found.word})
    return redirect("keywords")


@require_safe
@member_required
@may_read
def dry_run(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Say what a text would do on the keyword's number, by the production rules and without receiving it."""
    found = get_keyword_for(request.account, keyword_id)
    return render(request, "panel/keywords/_dry_run.html", _tried(request, found))


@member_required
@may_read
def availability(request: MemberRequest) -> HttpResponse:
    """Say whether a word is free on a number, as a fragment for the form."""
    word, number_id = request.GET.get("word", "").strip(), request.GET.get("number", "")
    if not number_id.isdecimal():
        return HttpResponse()
    number = get_number_for(request.account, int(number_id))
    context = {"asked": bool(word), **_availability(request, number, word)}
    return render(request, "panel/keywords/_availability.html", context)


def _tried(request: MemberRequest, found: Keyword) -> dict[str, object]:
    text = request.GET.get("text", found.word)[:LONGEST_TEXT]
    sender = parse_msisdn(request.GET.get("from", "")) or UNKNOWN_PHONE
    decision = would_do(request.account, found.number, sender, text, timezone.now())
    return {"text": text, "sender": sender, "steps": steps(decision.trail) if decision else None}


def _availability(request: MemberRequest, number: Number, word: str) -> dict[str, object]:
    try:
        check_word(request.account, number, word)
    except KeywordError as error:
        return {"problem": sentence(error), "free": getattr(error, "free", ())}
    return {"word": word, "number": number}


def _reserve(form: KeywordForm) -> Keyword | None:
    given = form.cleaned_data
    try:
        with transaction.atomic():
            return reserve_keyword(
                form.account,
                given["number"],
                given["word"],
                form.rule_content(),
                also_when_text_follows=given["also_when_text_follows"],
                starts_at=form.starts_at(),
                ends_at=form.ends_at(),
            )
    except KeywordError as error:
        form.refuse(error)
        return None


@may_configure
def _change(request: MemberRequest, found: Keyword, form: KeywordForm) -> HttpResponse:
    if not form.is_valid():
        return _detail(request, found, form)
    given = form.cleaned_data
    try:
        with transaction.atomic():
            edit_keyword(
                found,
                given["word"],
                form.rule_content(),
                also_when_text_follows=given["also_when_text_follows"],
                starts_at=form.starts_at(),
                ends_at=form.ends_at(),
            )
    except KeywordError as error:
        form.refuse(error)
        return _detail(request, get_keyword_for(request.account, found.pk), form)
    messages.success(request, _("Saved. The next message is handled this way."))
    return redirect("keyword", found.pk)


def _detail(request: MemberRequest, found: Keyword, form: KeywordForm) -> HttpResponse:
    context = {"keyword": found, "form": form, "is_shared": found.number.capabilities.is_shared, **_tried(request, found)}
    return render(request, "panel/keywords/detail.html", context, status=422 if form.errors else 200)
