"""One keyword: reserving it, its page, changing, pausing and ending it.

What belongs here: requests and responses. What does not: checks and writes (`apps.keywords`), fields and their words (`forms.keyword`),
the list (`listing`), trying (`tester`), posters (`poster`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.keywords.audited import keyword_facts
from recado.apps.keywords.checks import check_word
from recado.apps.keywords.conflicts import conflicts_of, never_acting
from recado.apps.keywords.drafts import draft_of_end, draft_of_state
from recado.apps.keywords.errors import KeywordError
from recado.apps.keywords.kinds import change_kind
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.near_misses import near_misses_of
from recado.apps.keywords.overview import last_messages
from recado.apps.keywords.queries import get_keyword_for, synonyms_of
from recado.apps.keywords.rows import keyword_row
from recado.apps.keywords.rules import content_of, in_order
from recado.apps.keywords.services import edit_keyword, end_keyword, pause_keyword, reserve_keyword, resume_keyword
from recado.apps.statistics.keyword_days import last_days, ranked_arguments, received_by_day
from recado.core.routes import MatchKind
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.autoresponders.listing import answers_at
from recado.panel.forms.keyword import KeywordForm
from recado.panel.forwards.confirming import remind_of_codes
from recado.panel.keyword_words import EXPLAINED, MATCH_KINDS, accent_free
from recado.panel.keywords.before_saving import asked_first, shown_before_saving
from recado.panel.keywords.objections import objections_against, settling_examples
from recado.panel.keywords.poster_files import link_of
from recado.panel.keywords.tester import tried_on
from recado.panel.posters.words import sentence
from recado.panel.recording import note
from recado.panel.rules.listed import is_plain, listed
from recado.panel.simulator import embedded_phone
from recado.panel.sparkline import sparkline
from recado.panel.templatetags.recado import own_number
from recado.panel.undo import offer_undo

NEAR = 5
"""Near misses a keyword's page shows."""


@member_required
@may_configure
def new_keyword(request: MemberRequest) -> HttpResponse:
    """Reserve a keyword and say what it does."""
    asked_for = {name: request.GET.get(name) for name in ("number", "word", "kind")}
    form = KeywordForm(request.account, request.POST or None, initial=asked_for)
    shown: dict[str, object] = {}
    if form.is_valid() and _is_free(form):
        shown = shown_before_saving(request, form.cleaned_data["number"], form.draft(form.cleaned_data["number"]))
        if not shown and (keyword := _reserve(request, form)):
            messages.success(request, _("%(word)s is reserved. Send it from the simulator to see what happens.") % {"word": keyword.word})
            remind_of_codes(request, form.planned_content().destinations)
            return redirect("keyword", keyword.pk)
    return render(request, "panel/keywords/new.html", {"form": form, **shown}, status=422 if form.errors or "objections" in shown else 200)


@member_required
@may_read
def keyword(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Show a keyword and change it."""
    found = get_keyword_for(request.account, keyword_id)
    rules = in_order(found.rules.all())
    content, has_rule = content_of(next(iter(rules), None)), is_plain(rules)
    if request.method == "POST":
        return _change(request, found, KeywordForm(request.account, request.POST, keyword=found, content=content, has_rule=has_rule))
    return _detail(request, found, KeywordForm(request.account, keyword=found, content=content, has_rule=has_rule))


@member_required
@may_configure
@require_POST
def keyword_state(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Pause a keyword, or act on it again."""
    found = get_keyword_for(request.account, keyword_id)
    before, is_paused = keyword_facts(found), found.state == Keyword.State.PAUSED
    wanted = request.POST.get("state", "live" if is_paused else "paused")
    draft = draft_of_state(found, Keyword.State.LIVE if wanted == "live" else Keyword.State.PAUSED)
    if page := asked_first(request, found.number, draft, found.word, reverse("keyword", args=[keyword_id])):
        return page
    with transaction.atomic(), settling_examples(request, found.number, draft):
        if wanted == "live":
            resume_keyword(found)
        else:
            pause_keyword(found)
        note(
            request,
            "keyword.resume" if wanted == "live" else "keyword.pause",
            found.word,
            found.pk,
            before=before,
            after=keyword_facts(found),
        )
    said = _("%(word)s is active again.") if wanted == "live" else _("%(word)s is paused: messages still arrive, nothing else happens.")
    undone = {"state": "paused" if wanted == "live" else "live"}
    offer_undo(request, said % {"word": found.word}, reverse("keyword-state", args=[found.pk]), undone)
    return redirect("keyword", keyword_id)


@member_required
@may_configure
def keyword_end(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Ask whether the word is really to be given up, and give it up."""
    found = get_keyword_for(request.account, keyword_id)
    draft = draft_of_end(found)
    if request.method != "POST":
        objections = objections_against(request, found.number, draft, timezone.now())
        return render(request, "panel/keywords/end.html", {"keyword": found, "objections": objections, "is_asked_already": True})
    with transaction.atomic(), settling_examples(request, found.number, draft):
        note(request, "keyword.end", found.word, found.pk, before=keyword_facts(found))
        end_keyword(found)
    messages.success(request, _("%(word)s is not your keyword any more.") % {"word": found.word})
    return redirect("keywords")


def _is_free(form: KeywordForm) -> bool:
    """Say whether the word can be reserved, before anything is asked about it."""
    try:
        given = form.cleaned_data
        check_word(form.account, given["number"], given["word"], form.match_kind, starts_at=form.starts_at(), ends_at=form.ends_at())
    except KeywordError as error:
        form.refuse(error)
        return False
    return True


def _reserve(request: MemberRequest, form: KeywordForm) -> Keyword | None:
    given = form.cleaned_data
    try:
        with transaction.atomic(), settling_examples(request, given["number"], form.draft(given["number"])):
            keyword = reserve_keyword(
                form.account,
                given["number"],
                given["word"],
                form.rule_content(),
                kind=form.match_kind,
                also_when_text_follows=given["also_when_text_follows"],
                asks_back=given["asks_back"],
                starts_at=form.starts_at(),
                ends_at=form.ends_at(),
            )
            note(request, "keyword.reserve", keyword.word, keyword.pk, after=keyword_facts(keyword))
    except KeywordError as error:
        form.refuse(error)
        return None
    return keyword


@may_configure
def _change(request: MemberRequest, found: Keyword, form: KeywordForm) -> HttpResponse:
    if not form.has_rule and "reply" in request.POST:
        form.add_error(None, _("Somebody gave the keyword more rules meanwhile. What it does is changed there now."))
    if not form.is_valid():
        return _detail(request, found, form)
    draft = form.draft(found.number)
    if shown := shown_before_saving(request, found.number, draft):
        return _detail(request, found, form, shown)
    given, before = form.cleaned_data, keyword_facts(found)
    try:
        with transaction.atomic(), settling_examples(request, found.number, draft):
            change_kind(found, form.match_kind)
            edit_keyword(
                found,
                given["word"],
                form.rule_content() if form.has_rule else None,
                also_when_text_follows=given["also_when_text_follows"],
                asks_back=given["asks_back"],
                starts_at=form.starts_at(),
                ends_at=form.ends_at(),
            )
            note(request, "keyword.change", found.word, found.pk, before=before, after=keyword_facts(found))
    except KeywordError as error:
        form.refuse(error)
        return _detail(request, get_keyword_for(request.account, found.pk), form)
    messages.success(request, _("Saved. The next message is handled this way."))
    remind_of_codes(request, form.planned_content().destinations if form.has_rule else ())
    return redirect("keyword", found.pk)


def _detail(request: MemberRequest, found: Keyword, form: KeywordForm, shown: dict[str, object] | None = None) -> HttpResponse:
    now, rules, kind = timezone.now(), in_order(found.rules.all()), MatchKind(found.kind)
    received = received_by_day(request.account, [found.pk], now)[found.pk]
    context = {
        "keyword": found,
        "form": form,
        "is_shared": found.number.capabilities.is_shared,
        "match_name": MATCH_KINDS[kind],
        "match_sentence": EXPLAINED[kind][0],
        "match_example": EXPLAINED[kind][1],
        "is_removing": kind is MatchKind.REMOVING,
        "rules": listed(rules, never_acting(request.account, found.number, keyword_row(found))),
        "plain_rule": next(iter(rules), None),
        "new_rule": reverse("keyword-rule-new", args=[found.pk]),
        "arguments": ranked_arguments(found, now) if kind is MatchKind.BASE else None,
        "also_matches": accent_free(found.word),
        "synonyms": [(synonym, accent_free(synonym.word)) for synonym in synonyms_of(found)],
        "asked_synonym": request.GET.get("synonym", ""),
        "conflicts": conflicts_of(found, now),
        "sms_link": link_of(found),
        "sentence": sentence(found.word, own_number(found.number.digits)),
        "chart": sparkline(received, height=48),
        "days": list(zip(last_days(request.account, now), received, strict=True)),
        "near_misses": near_misses_of(request.account, now, found)[:NEAR],
        "last_messages": last_messages(request.account, found),
        **answers_at(request.account, keyword=found),
        **tried_on(request.account, found, request.GET),
        **embedded_phone(request, found.number, found.word),
        **(shown or {}),
    }
    return render(request, "panel/keywords/detail.html", context, status=422 if form.errors or "objections" in context else 200)
