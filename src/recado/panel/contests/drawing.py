"""The draw, one step after the other: freeze, promise, draw; and taking a place from somebody who may not win.

What belongs here: requests and responses. What does not: the steps (`apps.contests.draws`), files (`protocols`).
"""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from recado.apps.contacts.queries import contacts_by_number
from recado.apps.contests.content import DRAWN
from recado.apps.contests.draws import SETTLING, draw_now, freeze, over_at, promise, replace_winners
from recado.apps.contests.errors import DrawRefusal, DrawRefusedError
from recado.apps.contests.figures import figures_of
from recado.apps.contests.lists import taking_part
from recado.apps.contests.models import Contest, Draw
from recado.apps.contests.queries import all_wins, draws_of, get_contest_for, get_win_for
from recado.core.contest import EntryRule
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.contests.words import refused_in_words
from recado.panel.recording import note

DAYS_SHOWN = 40


@member_required
@may_read
def drawing(request: MemberRequest, contest_id: int) -> HttpResponse:
    """Show how far the draw is; what is posted takes the next step."""
    found = get_contest_for(request.account, contest_id)
    if EntryRule(found.entry_rule) not in DRAWN:
        messages.info(request, refused_in_words(DrawRefusal.NOT_DRAWN))
        return redirect("contest", found.pk)
    if request.method == "POST":
        return _step(request, found)
    is_daily = found.entry_rule == EntryRule.DAILY
    context = _days(request, found) if is_daily else _whole(request, found)
    return render(request, "panel/contests/draw.html", {"contest": found, "is_daily": is_daily, **context})


@member_required
@may_configure
def replace(request: MemberRequest, contest_id: int, win_id: int) -> HttpResponse:
    """Ask why somebody may not win, and let a reserve move up or draw again."""
    win = get_win_for(request.account, contest_id, win_id)
    if win.draw is None or win.is_void:
        messages.info(request, refused_in_words(DrawRefusal.NO_PLACE))
        return redirect("contest-draw", contest_id)
    if request.method != "POST":
        reserves = win.draw.wins.filter(is_reserve=True, is_void=False).exclude(pk=win.pk).order_by("place")
        context = {"contest": win.contest, "win": win, "reserve": reserves.first()}
        return render(request, "panel/contests/replace.html", context)
    reason = request.POST.get("reason", "")
    try:
        with transaction.atomic():
            replace_winners(win.draw, [win], reason, timezone.now())
            facts = {"phone": win.msisdn, "place": win.place, "reason": reason.strip()}
            note(request, "contest.winner_replaced", win.contest.name, win.contest_id, after=facts)
    except DrawRefusedError as error:
        messages.error(request, refused_in_words(error.reason))
        return redirect("contest-win-replace", contest_id, win_id)
    messages.success(request, _("Done, and written into the protocol. Take the new file if you published the old one."))
    return redirect("contest-draw", contest_id)


@may_configure
def _step(request: MemberRequest, found: Contest) -> HttpResponse:
    asked, now = request.POST.get("do", ""), timezone.now()
    draw = Draw.objects.filter(contest=found, day="").select_related("contest__account").first()
    try:
        with transaction.atomic():
            if asked == "freeze":
                frozen = freeze(found, now)
                note(request, "contest.list_frozen", found.name, found.pk, after={"list": frozen.list_sha256})
            elif asked == "promise" and draw is not None:
                promise(draw, now)
                note(request, "contest.seed_promised", found.name, found.pk, after={"seed": draw.seed_sha256})
            elif asked == "draw" and draw is not None:
                draw_now(draw, now, beacon=request.POST.get("beacon", ""), by=request.user)
                note(request, "contest.drawn", found.name, found.pk, after={"beacon": draw.beacon})
    except DrawRefusedError as error:
        messages.error(request, refused_in_words(error.reason))
    return redirect("contest-draw", found.pk)


def _whole(request: MemberRequest, found: Contest) -> dict[str, Any]:
    draw, now = Draw.objects.filter(contest=found, day="").first(), timezone.now()
    figures = figures_of(found, now)
    is_over = now >= over_at(found) + SETTLING
    return {
        "draw": draw,
        "is_over": is_over,
        "over_at": over_at(found),
        "taking_part": taking_part(found, now=now).count() if draw is None else len(draw.entries.split()),
        "figures": figures,
        "step": 4 if draw and draw.drawn_at else 3 if draw and draw.promised_at else 2 if draw else 1,
        **_winners(request, found),
    }


def _days(request: MemberRequest, found: Contest) -> dict[str, Any]:
    draws = list(draws_of(found)[:DAYS_SHOWN])
    return {
        "past": [one for one in draws if one.drawn_at],
        "coming": sorted((one for one in draws if not one.drawn_at), key=lambda one: one.day),
        **_winners(request, found),
    }


def _winners(request: MemberRequest, found: Contest) -> dict[str, Any]:
    wins = list(all_wins(found)[:300])
    known = contacts_by_number(request.account, [win.msisdn for win in wins])
    rows = [(win, known.get(win.msisdn)) for win in wins]
    phones = [win.msisdn for win in wins if not win.is_void and not win.is_reserve and found.entry_rule != EntryRule.DAILY]
    return {
        "winners": [row for row in rows if not row[0].is_void and not row[0].is_reserve],
        "reserves": [row for row in rows if not row[0].is_void and row[0].is_reserve],
        "void": [row for row in rows if row[0].is_void],
        "untold": sum(not win.is_void and not win.is_reserve and win.notified_at is None for win in wins),
        "twice": sorted({phone for phone in phones if phones.count(phone) > 1}),
    }
