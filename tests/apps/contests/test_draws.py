"""Draws of contests: each step once, nothing to be undone, every change of what was published found out on another machine."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

import recado
from panel.contests import FIRST, NOON, contest, drawn, entry, over, promised
from recado.apps.contests.content import content_of
from recado.apps.contests.daily import LIST_ALONE, PUBLISHED, work
from recado.apps.contests.draws import draw_now, dumped, freeze, promise, replace_winners
from recado.apps.contests.errors import DrawRefusal, DrawRefusedError
from recado.apps.contests.lists import public_list, public_name
from recado.apps.contests.models import Contest, Draw, Entry, Win
from recado.apps.contests.queries import standing_wins
from recado.apps.contests.sealing import opened
from recado.apps.contests.services import disqualify, edit_contest
from recado.core.contest import EntryRule, EntryState
from recado.core.draw import commitment, list_hash
from recado.core.draw_protocol import faults, read

pytestmark = pytest.mark.django_db


def refused(step) -> DrawRefusal:
    with pytest.raises(DrawRefusedError) as caught, transaction.atomic():
        step()
    return caught.value.reason


def winners(found: Contest) -> list[str]:
    return [win.msisdn for win in standing_wins(found)]


def in_steps(now: datetime) -> None:
    """Let upkeep work until the draws of all days that are over are done."""
    for at in (now, now + LIST_ALONE, now + LIST_ALONE + PUBLISHED):
        work(at)


def protocol_of(found: Draw):
    return read(json.loads(found.protocol))


def test_only_entries_that_count_are_on_the_list(account):
    made = over(account, 3)
    disqualify(Entry.objects.filter(contest=made).first(), "works for us", None)
    entry(made, 7, state=EntryState.REFUSED.value, reason="late")
    entry(made, 8, state=EntryState.PENDING.value)
    entry(made, 9, is_test=True)
    found = freeze(made, timezone.now())
    counted = Entry.objects.filter(contest=made, state=EntryState.ACCEPTED.value, is_test=False)
    assert found.entries.split() == sorted(public_name(made, one.pk, one.msisdn) for one in counted)
    assert len(found.entries.split()) == 2


def test_somebody_who_won_within_the_year_is_not_drawn_where_the_contest_says_so(account):
    drawn(account, 1)
    again = over(account, 3, excludes_earlier_winners=True)
    assert {Entry.objects.get(pk=pk).msisdn for pk in listed(again)} == {str(FIRST + 1), str(FIRST + 2)}


def listed(found: Contest) -> list[int]:
    names = freeze(found, timezone.now()).entries.split()
    return [one.pk for one in Entry.objects.filter(contest=found) if public_name(found, one.pk, one.msisdn) in names]


def test_a_list_is_frozen_when_no_text_can_be_on_its_way_any_more(account):
    made = over(account)
    assert refused(lambda: freeze(made, made.closes_at + timedelta(seconds=59))) is DrawRefusal.NOT_OVER
    freeze(made, made.closes_at + timedelta(minutes=1))


REFUSED = {
    DrawRefusal.NOT_OVER: lambda account, now: freeze(contest(account), now),
    DrawRefusal.NOT_DRAWN: lambda account, now: freeze(over(account, rule=EntryRule.JURY), now),
    DrawRefusal.NO_ENTRIES: lambda account, now: freeze(over(account, 0), now),
    DrawRefusal.FROZEN_ALREADY: lambda account, now: freeze(promised(account).contest, now),
    DrawRefusal.PROMISED_ALREADY: lambda account, now: promise(promised(account), now),
    DrawRefusal.NOT_PROMISED: lambda account, now: draw_now(freeze(over(account), now), now),
    DrawRefusal.DRAWN_ALREADY: lambda account, now: draw_now(drawn(account), now),
    DrawRefusal.NOT_DRAWN_YET: lambda account, now: replace_winners(promised(account), [], "ill", now),
    DrawRefusal.NO_REASON: lambda account, now: replace_winners(drawn(account), [], " ", now),
    DrawRefusal.NO_PLACE: lambda account, now: replace_winners(drawn(account), [], "ill", now),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_step_out_of_turn_is_refused(account, reason):
    assert refused(lambda: REFUSED[reason](account, timezone.now())) is reason


def test_of_two_who_draw_at_once_one_draws(account):
    one = promised(account)
    other = Draw.objects.get(pk=one.pk)
    draw_now(one, timezone.now())
    before = one.protocol
    assert refused(lambda: draw_now(other, timezone.now())) is DrawRefusal.DRAWN_ALREADY
    one.refresh_from_db()
    assert one.protocol == before
    assert Win.objects.filter(draw=one).count() == 1


def test_of_two_who_replace_a_winner_at_once_one_does(account):
    one = drawn(account, reserve_count=2)
    other, win = Draw.objects.get(pk=one.pk), Win.objects.get(draw=one, place=1, is_reserve=False)
    replace_winners(one, [win], "moved abroad", timezone.now())
    stale = Draw.objects.get(pk=one.pk)
    stale.protocol = other.protocol
    assert refused(lambda: replace_winners(stale, [win], "moved abroad", timezone.now())) is DrawRefusal.CHANGED_MEANWHILE


def test_the_seed_stands_nowhere_before_the_draw(account, settings):
    found = promised(account)
    seed = opened(found.contest, "", found.seed, found.seed_sha256)
    assert commitment(seed) == found.seed_sha256
    assert seed.hex() not in {str(value) for value in Draw.objects.values().get(pk=found.pk).values()}
    settings.SECRET_KEY = "another"
    assert refused(lambda: draw_now(found, timezone.now())) is DrawRefusal.SEED_LOST


def test_a_disqualified_entry_stays_on_a_frozen_list(account):
    found = promised(account, 1)
    disqualify(Entry.objects.get(contest=found.contest), "works for us", None)
    draw_now(found, timezone.now())
    assert winners(found.contest) == [str(FIRST)]


def test_reserves_move_up_and_then_others_are_drawn(account):
    found = drawn(account, 6, winner_count=2, reserve_count=1)
    first, second = standing_wins(found.contest)
    reserve = Win.objects.get(draw=found, is_reserve=True)
    replace_winners(found, [first], "cannot be reached", timezone.now())
    assert winners(found.contest) == [reserve.msisdn, second.msisdn]
    first.refresh_from_db()
    assert (first.is_void, first.note) == (True, "cannot be reached")
    replace_winners(found, [second], "an employee", timezone.now())
    drawn_before = {first.msisdn, second.msisdn, reserve.msisdn}
    assert winners(found.contest)[0] == reserve.msisdn
    assert winners(found.contest)[1] not in drawn_before
    assert faults(protocol_of(found)) == []
    assert list(Win.objects.filter(draw=found, is_reserve=True, is_void=False).values_list("place", flat=True)) == [1, 2]


def test_somebody_with_two_entries_is_not_drawn_again_for_the_other(account):
    made = over(account, 2)
    entry(made, 0, sequence=9, ordinal=2, day_ordinal=2)
    found = freeze(made, timezone.now())
    promise(found, timezone.now())
    draw_now(found, timezone.now())
    for _again in range(2):
        win = standing_wins(made).first()
        if win:
            replace_winners(found, [win], "ill", timezone.now())
    assert winners(made) == []
    assert Win.objects.filter(draw=found).values("msisdn").distinct().count() == Win.objects.filter(draw=found).count() == 2


def test_a_day_is_drawn_by_itself_after_its_list_and_then_a_seed_were_published(account):
    made = contest(account, EntryRule.DAILY, now=NOON)
    today = timezone.localdate(NOON, account.zone)
    entry(made, 0, at=NOON, day=today.isoformat())
    midnight = datetime.combine(today + timedelta(days=1), time(), account.zone)
    days = Draw.objects.filter(contest=made, day=today.isoformat())
    work(midnight + timedelta(minutes=4))
    assert not days.exists()
    work(midnight + timedelta(minutes=5))
    assert days.get().seed_sha256 == ""
    work(midnight + timedelta(minutes=6))
    published = days.get()
    assert (published.list_sha256, published.drawn_at) == (list_hash(public_list(made, published.day, now=NOON)), None)
    work(midnight + timedelta(minutes=15))
    assert days.get().drawn_at is None
    work(midnight + timedelta(minutes=16))
    work(midnight + timedelta(minutes=16))
    assert winners(made) == [str(FIRST)]
    assert faults(protocol_of(days.get()), published.list_sha256, published.seed_sha256) == []


def test_no_seed_of_a_day_is_made_before_its_list_is_frozen(account):
    made = contest(account, EntryRule.DAILY, now=NOON)
    work(NOON)
    work(NOON + timedelta(days=1))
    made_so_far = Draw.objects.filter(contest=made, promised_at__isnull=False)
    assert made_so_far
    assert all(one.frozen_at < one.promised_at for one in made_so_far)
    today = timezone.localdate(NOON + timedelta(days=1), account.zone).isoformat()
    assert not Draw.objects.filter(contest=made, day__gte=today).exists()


def test_a_day_whose_seed_was_not_promised_before_a_stop_is_drawn_afterwards(account):
    made = contest(account, EntryRule.DAILY, now=NOON)
    yesterday = timezone.localdate(NOON - timedelta(days=1), account.zone).isoformat()
    entry(made, 0, at=NOON - timedelta(days=1), day=yesterday)
    freeze(made, NOON, yesterday)
    work(NOON + timedelta(days=2))
    work(NOON + timedelta(days=2) + PUBLISHED)
    assert Draw.objects.get(contest=made, day=yesterday).drawn_at == NOON + timedelta(days=2) + PUBLISHED


def test_a_contest_of_days_can_go_on_longer_or_end_earlier_and_draws_no_day_beyond_its_end(account):
    now = NOON
    made = contest(account, EntryRule.DAILY, now=now)
    entry(made, 0, at=now - timedelta(days=1))
    in_steps(now)
    assert Draw.objects.filter(contest=made, drawn_at__isnull=False).exists()
    edit_contest(made, replace(content_of(made), closes_at=now + timedelta(days=9), winner_count=2), now)
    work(now)
    edit_contest(made, replace(content_of(made), closes_at=now + timedelta(days=1)), now)
    in_steps(now + timedelta(days=8))
    days = [timezone.localdate(now + timedelta(days=past), account.zone).isoformat() for past in (-1, 0, 1)]
    assert list(Draw.objects.filter(contest=made, drawn_at__isnull=False).order_by("day").values_list("day", flat=True)) == days


EMPTY = {"PYTHONPATH": str(Path(recado.__file__).parents[1]), "PATH": os.environ["PATH"]}


def verified(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Check a protocol as on another machine: no settings, no database, another folder."""
    command = [sys.executable, "-m", "recado.cli", "verify-draw", str(path), *arguments]
    return subprocess.run(command, env=EMPTY, cwd=path.parent, capture_output=True, text=True, check=False, timeout=30)  # our own


def test_what_is_exported_holds_on_another_machine_and_a_forged_one_does_not(account, tmp_path):
    found = drawn(account, 6, reserve_count=1)
    replace_winners(found, [standing_wins(found.contest).get()], "cannot be reached", timezone.now())
    path = tmp_path / "draw.json"
    path.write_text(found.protocol)
    held = verified(path, "--list-hash", found.list_sha256, "--seed-hash", found.seed_sha256)
    assert (held.returncode, held.stderr) == (0, "")
    assert "The draw holds: 6 entries" in held.stdout
    assert [*tmp_path.iterdir()] == [path]
    path.write_text(found.protocol.replace(found.list_sha256, "0" * 64))
    assert verified(path).returncode != 0


FORGED = {
    "list": lambda one: replace(one, entries=one.entries[:-1]),
    "seed": lambda one: replace(one, seed="0" * 64),
    "order": lambda one: replace(one, order=one.order[::-1]),
    "winner": lambda one: replace(one, redraws=[replace(one.redraws[0], out=[one.order[-1]], order=[])]),
    "reason": lambda one: replace(one, redraws=[replace(one.redraws[0], reason="")]),
    "beacon": lambda one: replace(one, beacon="noon"),
    "place": lambda one: replace(one, redraws=[replace(one.redraws[0], order=one.order)]),
}


@pytest.mark.parametrize("change", FORGED)
def test_every_change_of_an_export_is_found_out(account, change):
    found = drawn(account, 6, winner_count=2)
    replace_winners(found, [standing_wins(found.contest).first()], "cannot be reached", timezone.now())
    assert faults(read(json.loads(dumped(FORGED[change](protocol_of(found)))))) != []
