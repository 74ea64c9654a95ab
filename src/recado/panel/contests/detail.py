"""The page of one contest: where it stands, figures, entries; and the file of them.

What belongs here: requests and responses. What does not: reads (`apps.contests`), what is done to entries (`entries`).
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recado.apps.contacts.queries import contacts_by_number
from recado.apps.contests.content import CHOSEN_LATER, DRAWN
from recado.apps.contests.figures import days_of, figures_of
from recado.apps.contests.lists import public_name
from recado.apps.contests.models import Contest, Entry
from recado.apps.contests.queries import EntryFilter, all_wins, entries_of, get_contest_for, reasons_of, whole_list
from recado.apps.contests.standing import Standing, ends_at, standing_of
from recado.apps.contests.winning import is_decided
from recado.apps.keywords.activities import Kind, keywords_of
from recado.apps.paging import page_of
from recado.core.contest import EntryRule, EntryState
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.activity_words import REFUSALS
from recado.panel.charts.bars import Place, bar_chart
from recado.panel.contests.words import STANDINGS, STATES, limits_in_words, rule_in_words
from recado.panel.exporting import MOST_ROWS, Cell, export_response
from recado.panel.ids import id_of

PAGE = 50


@require_safe
@member_required
@may_read
def contest(request: MemberRequest, contest_id: int) -> HttpResponse:
    """Show a contest with its entries."""
    found = get_contest_for(request.account, contest_id)
    wanted = wanted_of(request)
    before = id_of(request.GET.get("before"))
    page = page_of(entries_of(found, wanted), before, PAGE)
    known = contacts_by_number(request.account, [one.msisdn for one in page.items])
    wins = [win for win in all_wins(found)[:200] if not win.is_void]
    winners = {win.entry_id: win for win in wins}
    context = {
        **live_context(found),
        "entries": [(one, STATES[EntryState(one.state)], known.get(one.msisdn), winners.get(one.pk)) for one in page.items],
        "wins": [(win, known_of(request, win.msisdn)) for win in wins if not win.is_reserve][:20],
        "wanted": wanted,
        "is_narrowed": wanted != EntryFilter(),
        "states": STATES,
        "reasons": [(reason, REFUSALS[reason]) for reason in reasons_of(found)],
        "before": before,
        "next_before": page.next_before,
        "keywords": keywords_of(request.account, Kind.ENTER_CONTEST, found.pk),
        "limits": limits_in_words(found),
        "public_url": request.build_absolute_uri(f"/contest/{found.public_token}/"),
    }
    return render(request, "panel/contests/contest.html", context)


@require_safe
@member_required
@may_read
def live(request: MemberRequest, contest_id: int) -> HttpResponse:
    """Give the figures of an open page, which asks while people enter."""
    return render(request, "panel/contests/_figures.html", live_context(get_contest_for(request.account, contest_id)))


@require_safe
@member_required
@may_read
def export(request: MemberRequest, contest_id: int) -> HttpResponse:
    """Give the entries the filters leave as a file, the first first."""
    found = get_contest_for(request.account, contest_id)
    name = f"recado-contest-{found.pk}-{timezone.localdate():%Y-%m-%d}"
    return export_response(request.GET.get("as", ""), name, _header(), _cells(found, whole_list(found, wanted_of(request), MOST_ROWS)))


def live_context(found: Contest) -> dict[str, Any]:
    """Give what the pieces of the page that change by themselves need."""
    now = timezone.now()
    standing, rule, days = standing_of(found, now), EntryRule(found.entry_rule), days_of(found, now)
    return {
        "contest": found,
        "standing": STANDINGS[standing],
        "is_running": standing is Standing.RUNNING,
        "is_over": standing in {Standing.OVER, Standing.DRAWN},
        "waits": standing is Standing.OVER,
        "ends_at": ends_at(found),
        "rule": rule_in_words(found),
        "is_drawn_by_lot": rule in DRAWN,
        "is_instant_decided": rule is EntryRule.INSTANT and is_decided(found, now),
        "is_jury": rule is EntryRule.JURY,
        "is_chosen_later": rule in CHOSEN_LATER,
        "figures": (figures := figures_of(found, now)),
        "refused": [(reason, REFUSALS[reason], count) for reason, count in figures.reasons.items()],
        "days": days,
        "chart": bar_chart([Place(f"{one.day:%d.%m}", f"{one.day:%d.%m}: {one.entries}", (one.entries,)) for one in days]),
    }


def wanted_of(request: MemberRequest) -> EntryFilter:
    """Read which entries are asked for; what makes no sense does not narrow."""
    given = request.GET
    state, reason, winner = given.get("state", ""), given.get("reason", ""), given.get("winner", "")
    return EntryFilter(
        state=state if state in set(EntryState) else "",
        reason=reason if reason in {one.value for one in REFUSALS} else "",
        phone="".join(letter for letter in given.get("q", "") if letter.isascii() and letter.isdecimal())[:15],
        is_winner=True if winner == "yes" else None,
        is_test=given.get("test") == "yes",
    )


def known_of(request: MemberRequest, msisdn: str) -> Any:
    """Return the contact with a phone."""
    return contacts_by_number(request.account, [msisdn]).get(msisdn)


def _header() -> list[str]:
    return [
        _("Number of the entry"),
        _("Time"),
        _("Phone number"),
        _("Text"),
        _("Answer"),
        _("State"),
        _("Reason"),
        _("Winner"),
        _("Test"),
        _("Name in the published list"),
        _("Id"),
    ]


def _cells(found: Contest, entries: Iterator[Entry]) -> Iterator[list[Cell]]:
    winners = {win.entry_id for win in all_wins(found) if not win.is_void and not win.is_reserve}
    for one in entries:
        reason = str(REFUSALS.get(one.reason, "")) if one.reason else one.disqualified_reason  # type: ignore[call-overload]
        wins = one.pk in winners or (one.is_winner and one.state == EntryState.ACCEPTED)
        said: list[Cell] = [str(STATES[EntryState(one.state)].word), reason, _("Yes") if wins else _("No")]
        name = "" if one.is_test else public_name(found, one.pk, one.msisdn)
        last: list[Cell] = [_("Yes") if one.is_test else _("No"), name, str(one.pk)]
        yield [one.sequence, one.entered_at, one.msisdn, one.text, one.answer, *said, *last]
