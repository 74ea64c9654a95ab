"""The steps of a draw: freeze the list, promise a seed, draw, and, where somebody may not win, let a reserve move up or draw again.

What belongs here: writing these steps down, each once whoever presses how often. What does not: the arithmetic (`core.draw`,
`core.draw_places`), who takes part (`lists`), drawing each day by itself (`daily`). Nothing of it can be undone
(docs/reference/draws.md, docs/adr/0046).
"""

import json
import secrets
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from recado.apps.accounts.models import User
from recado.apps.contests.content import DRAWN
from recado.apps.contests.errors import DrawRefusal, DrawRefusedError
from recado.apps.contests.lists import behind, public_list
from recado.apps.contests.models import Contest, Draw, Win
from recado.apps.contests.sealing import opened, sealed
from recado.apps.contests.standing import ends_at
from recado.core.contest import EntryRule
from recado.core.draw import SEED_BYTES, commitment, draw, list_hash
from recado.core.draw_places import Places
from recado.core.draw_protocol import Protocol, Redraw, read, standing, written

SETTLING = timedelta(minutes=1)
"""So long after the end a list can still grow: texts that came in time are being written down."""
LONGEST_BEACON = 200
LONGEST_REASON = 200


@transaction.atomic
def freeze(contest: Contest, now: datetime, day: str = "") -> Draw:
    """Freeze the list of the contest, or of one day of it; raise DrawRefusedError."""
    rule = EntryRule(contest.entry_rule)
    if rule not in DRAWN or bool(day) != (rule is EntryRule.DAILY):
        raise DrawRefusedError(DrawRefusal.NOT_DRAWN)
    if now < over_at(contest, day) + SETTLING:
        raise DrawRefusedError(DrawRefusal.NOT_OVER)
    Contest.objects.select_for_update().get(pk=contest.pk)  # entries that are being written lock it, too (docs/adr/0043)
    names = public_list(contest, day, now=now)
    if not names and not day:
        raise DrawRefusedError(DrawRefusal.NO_ENTRIES)
    content: dict[str, Any] = {"list_sha256": list_hash(names), "entries": "\n".join(names), "frozen_at": now}
    try:
        with transaction.atomic():
            return Draw.objects.create(account_id=contest.account_id, contest=contest, day=day, **content)
    except IntegrityError as error:
        raise DrawRefusedError(DrawRefusal.FROZEN_ALREADY) from error


@transaction.atomic
def promise(found: Draw, now: datetime) -> None:
    """Make a seed nobody sees and publish its hash; raise DrawRefusedError."""
    seed = secrets.token_bytes(SEED_BYTES)
    unpromised = Draw.objects.filter(pk=found.pk, seed_sha256="")
    kept = sealed(found.contest, found.day, seed)
    if not unpromised.update(seed=kept, seed_sha256=commitment(seed), promised_at=now):
        raise DrawRefusedError(DrawRefusal.PROMISED_ALREADY)
    found.refresh_from_db()


@transaction.atomic
def draw_now(found: Draw, now: datetime, *, beacon: str = "", by: User | None = None) -> list[Win]:
    """Draw winners and reserves and write the protocol down; raise DrawRefusedError."""
    if found.drawn_at is not None:
        raise DrawRefusedError(DrawRefusal.DRAWN_ALREADY)
    if not found.seed_sha256:
        raise DrawRefusedError(DrawRefusal.NOT_PROMISED)
    contest, beacon = found.contest, " ".join(beacon.split())[:LONGEST_BEACON]
    seed = opened(contest, found.day, found.seed, found.seed_sha256)
    entries = found.entries.split()
    protocol = Protocol(
        contest=contest.name,
        entries=entries,
        list_sha256=found.list_sha256,
        seed_sha256=found.seed_sha256,
        seed=seed.hex(),
        beacon=beacon,
        winner_count=contest.winner_count,
        reserve_count=contest.reserve_count,
        order=draw(entries, contest.winner_count + contest.reserve_count, seed, beacon=beacon),
        redraws=[],
    )
    text = dumped(protocol)
    # Of two who press at once, only one still finds it undrawn.
    if not Draw.objects.filter(pk=found.pk, drawn_at=None).update(protocol=text, beacon=beacon, drawn_at=now, drawn_by=by):
        raise DrawRefusedError(DrawRefusal.DRAWN_ALREADY)
    found.refresh_from_db()
    return _write(found, protocol.order, 0, standing(protocol), now)


@transaction.atomic
def replace_winners(found: Draw, wins: Collection[Win], reason: str, now: datetime) -> Places:
    """Take a place from people who may not win or cannot be reached; reserves move up, and where none is left, others are drawn.

    What was drawn stays written down. Raise DrawRefusedError.
    """
    if not reason.strip():
        raise DrawRefusedError(DrawRefusal.NO_REASON)
    if found.drawn_at is None:
        raise DrawRefusedError(DrawRefusal.NOT_DRAWN_YET)
    before = found.protocol
    protocol, people = read(json.loads(before)), behind(found.contest, found)
    names = {pk: name for name, (pk, _phone) in people.items()}
    places, attempt = standing(protocol), len(protocol.redraws) + 1
    out = [names.get(win.entry_id, "") for win in wins]
    if not out or not places.hold(out) or "" in out:
        raise DrawRefusedError(DrawRefusal.NO_PLACE)
    without = _without(protocol, places, people)
    drawn: list[str] = []
    if places.missing(out):
        count, seed = protocol.winner_count + protocol.reserve_count, bytes.fromhex(protocol.seed)
        drawn = draw(protocol.entries, count, seed, beacon=protocol.beacon, attempt=attempt, without=without)
    again = Redraw(reason.strip()[:LONGEST_REASON], without, drawn, out)
    protocol = replace(protocol, redraws=[*protocol.redraws, again])
    # Of two who press at once, only one still finds the protocol as it was.
    if not Draw.objects.filter(pk=found.pk, protocol=before).update(protocol=dumped(protocol)):
        raise DrawRefusedError(DrawRefusal.CHANGED_MEANWHILE)
    found.refresh_from_db()
    after = standing(protocol)
    Win.objects.filter(pk__in=[win.pk for win in wins]).update(is_void=True, note=again.reason)
    _write(found, drawn, attempt, after, now)
    return after


def over_at(contest: Contest, day: str = "") -> datetime:
    """Return when no entry comes any more: at the end, of a day at the account's midnight if that is earlier."""
    if not day:
        return ends_at(contest)
    midnight = datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), contest.account.zone)
    return min(midnight, ends_at(contest))


def dumped(protocol: Protocol) -> str:
    """Write a protocol as the file people take away."""
    return json.dumps(written(protocol), ensure_ascii=False, indent=1) + "\n"


def _without(protocol: Protocol, places: Places, people: dict[str, tuple[int, str]]) -> list[str]:
    """List who can be drawn no more: everybody who was ever drawn, their other entries, and entries that are gone."""
    phones = {people[name][1] for name in places.drawn if name in people}
    barred = set(places.drawn).union(*(one.without for one in protocol.redraws))
    return [name for name in protocol.entries if name in barred or name not in people or people[name][1] in phones]


def _write(found: Draw, drawn: Iterable[str], attempt: int, places: Places, now: datetime) -> list[Win]:
    """Write down who was drawn, and put who moved up in the place they have now."""
    people = behind(found.contest, found)
    position = {name: (place, False) for place, name in enumerate(places.winners, 1) if name}
    position |= {name: (place, True) for place, name in enumerate(places.reserves, 1)}
    new = [
        Win(
            account_id=found.account_id,
            contest_id=found.contest_id,
            draw=found,
            entry_id=people[name][0],
            msisdn=people[name][1],
            place=position[name][0],
            round=attempt,
            is_reserve=position[name][1],
            won_at=now,
        )
        for name in drawn
        if name in people
    ]
    there = {people[name][0]: place for name, place in position.items() if name in people}
    for win in Win.objects.filter(draw=found, is_void=False):
        place, is_reserve = there[win.entry_id]
        if (win.place, win.is_reserve) != (place, is_reserve):
            Win.objects.filter(pk=win.pk).update(place=place, is_reserve=is_reserve)
    return Win.objects.bulk_create(new)
