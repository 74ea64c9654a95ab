"""What becomes of a text that wants to take part in a contest (product.md §5).

What belongs here: whether an entry counts, and in which order that is asked. What does not: what a contest is (`contest`), what is answered
(`contest_replies`), the answer to the question for somebody's age (`contest_age`).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from recado.core.action import Activity
from recado.core.contest import Contest, EntryState, Refusal
from recado.core.contest_replies import asked_age, entered, refused, text_of_entry
from recado.core.contest_state import AskedAgain, NewEntry, Phone, Tally, wins_at_once
from recado.core.taking_part import Entrant, Taken


@dataclass(frozen=True, slots=True)
class SeenContest:
    """One contest with one phone, as they are when a message comes (`core.taking_part.Seen`)."""

    contest: Contest
    phone: Phone
    tally: Tally
    asking: Collection[int] = ()
    """Numbers from which the phone can be asked for an age: on individual ones alone the answer finds its way."""

    def take(self, _action: Activity, entrant: Entrant) -> Taken:
        """Say what becomes of a text whose rule names the contest."""
        return enter(entrant, self)


def enter(entrant: Entrant, seen: SeenContest) -> Taken:
    """Say what becomes of a text that wants to take part."""
    contest, phone = seen.contest, seen.phone
    day = entrant.clock.local(entrant.now).date().isoformat()
    answer = entrant.argument or ("" if entrant.keyword_id is not None else entrant.message.text.strip())
    reason = _not_admitted(contest, phone, entrant)
    if reason is None and phone.waiting is not None:
        return asked_age(contest, AskedAgain(phone.waiting.entry_id))
    must_ask = contest.min_age > 0 and not phone.is_of_age
    reason = reason or _beyond_limit(contest, phone) or (Refusal.AGE_UNKNOWN if must_ask and entrant.number_id not in seen.asking else None)
    if reason is not None:
        return refused(contest, NewEntry(EntryState.REFUSED, day, answer, reason), reason)
    counted = NewEntry(EntryState.ACCEPTED, day, answer, None, phone.entries + 1, phone.entries_today + 1)
    if not contest.is_right(answer):  # uses up the limit, else whoever guesses long enough is right
        wrong = replace(counted, state=EntryState.REFUSED, reason=Refusal.WRONG)
        return refused(contest, wrong, Refusal.WRONG)
    if must_ask:
        return asked_age(contest, replace(counted, state=EntryState.PENDING))
    sequence, wins = seen.tally.sequence + 1, wins_at_once(contest, seen.tally, day)
    entry = replace(counted, sequence=sequence, is_winner=wins)
    return entered(contest, entry, sequence, text_of_entry(contest, is_winner=wins), is_winner=wins)


def _not_admitted(contest: Contest, phone: Phone, entrant: Entrant) -> Refusal | None:
    """Say why a person may not take part, or not now."""
    excluded = phone.is_excluded or contest.excluded_group_id in entrant.sender.groups
    reasons = {
        Refusal.EARLY: entrant.now < contest.opens_at,
        Refusal.LATE: entrant.now >= contest.closes_at,
        Refusal.OPTED_OUT: entrant.is_opted_out,
        Refusal.EXCLUDED: contest.excluded_group_id is not None and excluded,
        Refusal.EARLIER_WINNER: contest.excludes_earlier_winners and phone.won_lately,
        Refusal.UNDER_AGE: contest.min_age > 0 and phone.is_too_young,
    }
    return next((reason for reason, applies in reasons.items() if applies), None)


def _beyond_limit(contest: Contest, phone: Phone) -> Refusal | None:
    if contest.limit_total is not None and phone.entries >= contest.limit_total:
        return Refusal.TOTAL
    if contest.limit_per_day is not None and phone.entries_today >= contest.limit_per_day:
        return Refusal.PER_DAY
    return None
