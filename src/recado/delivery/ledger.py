"""Ledger: what a turn of the worker writes and reads, in one transaction on one connection.

What belongs here: translating between rows (`store.jobs`, `store.handing`, `store.handed_over`) and jobs and results. What does not: SQL,
threads, time; what a turn is (`turn`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import TypeVar

from recado.core.correlation import CORRELATION_WINDOW
from recado.core.mms import OutboundMms
from recado.core.phone_form import PhoneForm
from recado.core.receipt import OutboundState, UndeliveredReason
from recado.core.submit import OutboundText
from recado.core.webhook_reply import ReplyFate
from recado.delivery.endpoints import Known, load
from recado.delivery.forwarded_mms import Link, forwarded, no_link, waits_for_copies
from recado.delivery.jobs import ForwardJob, ForwardResult, SubmitJob, SubmitResult
from recado.delivery.macros import DEFAULT_ZONE, Forwarded, Told
from recado.delivery.mt import Refused, TryLater, Uncertain, Unsent
from recado.delivery.phone_form import ForwardedInForm
from recado.delivery.reports import Reported, report_job
from recado.delivery.turn import Claim, Claimed, Due, Turn, place
from recado.protocols.gsm import segments
from recado.store import destination_health, handed_over, handing, holding, jobs, parking, phone_forwards
from recado.store.dialect import Connection
from recado.store.due_forwards import due_elsewhere, due_of_each, due_samples
from recado.store.fates import owe_reports
from recado.store.ids import IdGenerator
from recado.store.mms import load_sent
from recado.store.mms_told import told_sample
from recado.store.outbox import Touched, apply_kept_for_uncertain, apply_kept_receipts
from recado.store.report_jobs import load_reports
from recado.store.webhook_replies import NO_ANSWERS, Answered, Reply, answer

J = TypeVar("J", ForwardJob, SubmitJob)
_id_of = attrgetter("job_id")
SHALLOW = 1000
"""How many due jobs are looked at behind connections and destinations that can take no more."""
PHONES = 50
"""Forwards to phones that become messages in one transaction."""
MMS = "mms"
"""The kind of messages that are multimedia messages."""
CUT_OFF = "no answer (the program was cut off)"


class Ledger:
    """Writes and reads for one worker; used by one thread at a time."""

    def __init__(self, node: int, me: int, window: timedelta = CORRELATION_WINDOW, link: Link = no_link) -> None:
        """`me` is what `store.claimer` calls this worker; `window` is how long a pool number stays tied to an account for a phone."""
        self._node = node
        self._me = me
        self._window = window
        self._link = link
        self._ids: IdGenerator | None = None
        self._health = destination_health.Health()

    def due(self, con: Connection, turn: Turn) -> Due:
        """Look for jobs that could be claimed; outside a transaction, so that looking in vain disturbs nobody."""
        found = []
        for kind, claim in ((jobs.FORWARD_URL, turn.forwards), (jobs.SUBMIT, turn.submits)):
            rows = _due(con, kind, claim, turn.now) if claim else []
            found.append(tuple(job_id for job_id in rows if job_id not in turn.ours))
        phones = tuple(phone_forwards.due(con, turn.now, PHONES)) if turn.forwards else ()
        if not turn.looks_for_lost:
            return Due(found[0], found[1], phones=phones)
        never_begun = tuple(job_id for job_id in handing.own_beyond_lease(con, turn.now, self._me) if job_id not in turn.ours)
        return Due(found[0], found[1], bool(handing.lost(con, turn.now, self._me)), never_begun, phones)

    def turn(self, con: Connection, turn: Turn, due: Due) -> Claimed:
        """Write the results, give back, renew, mark and claim, inside the transaction that is open."""
        if self._ids is None:
            self._ids = IdGenerator(self._node * 2, jobs.greatest_attempt_id(con))
        try:
            messages, touched, answered = self._write(con, turn)
            jobs.give_back(con, due.never_begun, self._me)
            if turn.is_first or due.has_lost:
                lost, touched_lost = self._recover(con, turn)
                messages += lost
                touched += touched_lost
            marked = frozenset(handing.mark(con, turn.chosen, turn.now, turn.lease, self._me))
            claimed = jobs.claim_forwards(con, due.forwards, turn.now, turn.lease, self._me)
            usable = self._load_forwards(con, turn, claimed)
            going, waiting = self._claim_submits(con, turn, due.submits)
            handed_over.charge(con, messages, self._new_ids(turn.now), turn.now, answered.costs, answered.refused)
            return Claimed(usable, waiting, going, marked, touched)
        except BaseException:
            self._health.forget()
            self._ids = None  # whatever went wrong, another process may have given the same ids
            raise

    def _load_forwards(self, con: Connection, turn: Turn, claimed: Sequence[jobs.ClaimedForward]) -> list[ForwardJob]:
        """Read what was claimed, except what waits: for a paused destination, copies of pictures, or an earlier one of its phone."""
        ids, places = [job.job_id for job in claimed], {job.destination_id for job in claimed if job.destination_id is not None}
        parked = parking.park(con, ids, turn.now, places)
        reports = load_reports(con, sorted(job.job_id for job in claimed if job.kind == "push_receipt" and job.job_id not in parked))
        told = {row.job_id for row in reports}
        forwards = jobs.load_forwards(con, sorted(key for key in ids if key not in parked and key not in told))
        known = load(con, places, [(row.destination_id, row.message_id) for row in forwards], turn.now)
        built = [*(_forward_job(row, known, self._link, turn.now) for row in forwards), *(report_job(row, known) for row in reports)]
        usable = sorted(_usable(con, built, turn.now), key=_id_of)  # each phone in order, also after a retry
        unready = [job for job in usable if job.is_usual and _waits(job, known, turn.now)]
        holding.hold(con, map(_place, unready))
        until = dict.fromkeys(map(_id_of, unready), turn.now + holding.SHORTEST)
        until |= holding.held(con, [_place(job) for job in usable if job.is_usual and job.job_id not in until], turn.now)
        holding.postpone(con, until, self._me)
        return [job for job in usable if job.job_id not in until]

    def hand_on(self, con: Connection, job_ids: Sequence[int], now: datetime) -> list[phone_forwards.Turned]:
        """Turn forwards to phones into outgoing messages, inside the transaction that is open."""
        if self._ids is None:
            self._ids = IdGenerator(self._node * 2, jobs.greatest_attempt_id(con))
        try:
            return phone_forwards.turn(con, job_ids, self._new_ids(now), now, self._me, self._window)
        except BaseException:
            self._ids = None
            raise

    def _claim_submits(self, con: Connection, turn: Turn, job_ids: tuple[int, ...]) -> tuple[list[SubmitJob], list[SubmitJob]]:
        """Claim jobs to send; mark those at once whose texts can leave, so that an answer waits for one commit only."""
        if not job_ids:
            return [], []
        rows = jobs.load_submits(con, job_ids)
        multimedia = [row.outbound_id for row in rows if row.kind == MMS and row.outbound_id is not None]
        known = load_sent(con, multimedia) if multimedia else {}
        loaded = _usable(con, [_submit_job(row, known) for row in rows], turn.now)
        going, waiting = place(loaded, turn.rooms, lambda job: job.text.valid_until is None or job.text.valid_until > turn.now)
        marked = set(handing.claim_and_mark(con, (job.job_id for job in going), turn.now, turn.lease, self._me))
        claimed = set(jobs.claim(con, [job.job_id for job in waiting], turn.now, turn.lease, self._me))
        return [job for job in going if job.job_id in marked], [job for job in waiting if job.job_id in claimed]

    def _recover(self, con: Connection, turn: Turn) -> tuple[list[handed_over.HandedOver], list[Touched]]:
        """Write of what workers that died were handing over that it may have been sent; let what they only held be claimed."""
        lost = handing.lost(con, turn.now, self._me)
        if turn.is_first:
            known = {one.job_id for one in lost}
            lost += [one for one in handing.lost_by_earlier_lives(con, self._me) if one.job_id not in known]
            handing.free_left_behind(con, self._me)
        messages = [_cut_off(one, turn.now) for one in lost]
        handed_over.record(con, messages)
        jobs.end(con, [jobs.Ending(one.job_id, "done", one.attempt_count + 1, None, CUT_OFF) for one in lost], turn.now)
        phones = [(one.connection_id, one.recipient) for one in lost if one.connection_id is not None]
        touched = [Touched(one.outbound_id, one.account_id, one.dialogue_id) for one in lost]
        return messages, touched + apply_kept_for_uncertain(con, phones, self._new_ids(turn.now))

    def _write(self, con: Connection, turn: Turn) -> tuple[list[handed_over.HandedOver], list[Touched], Answered]:
        forwards = [result for result in turn.results if isinstance(result, ForwardResult)]
        submits = [result for result in turn.results if isinstance(result, SubmitResult)]
        messages = [self._handed_over(result) for result in submits if not result.next_attempt_at]
        handed_over.record(con, messages)
        handed_over.note_errors(con, [(one.job.text.outbound_id, one.verdict.error) for one in submits if one.next_attempt_at])
        answered = self._answer(con, forwards, turn.now)
        jobs.log_attempts(
            con,
            [
                *(self._forward_attempt(one, answered.fates) for one in forwards),
                *(self._submit_attempt(one) for one in submits if one.verdict.error),
            ],
        )
        jobs.end(con, [*map(_forward_ending, forwards), *map(_submit_ending, submits)], turn.now)
        holding.hold(con, [_place(one.job) for one in forwards if one.next_attempt_at and one.job.is_usual])
        holding.let_go(con, [one.job.job_id for one in forwards if not one.next_attempt_at and _may_be_held(one.job)])
        self._health.note(con, filter(None, map(_heard, forwards)), turn.now)
        holding.postpone(con, turn.postponed, self._me)
        if turn.renewed:
            jobs.renew(con, turn.renewed, turn.now, turn.lease, self._me)
        if turn.given_back:
            jobs.give_back(con, turn.given_back, self._me)
        keys = [(one.connection_id, key) for one in messages if one.connection_id is not None for key in one.carrier_message_ids]
        touched = apply_kept_receipts(con, keys) if keys else []
        phones = [
            (one.job.connection_id, one.job.text.recipient)
            for one in submits
            if isinstance(one.verdict, Uncertain) and one.job.connection_id is not None
        ]
        touched += apply_kept_for_uncertain(con, phones, self._new_ids(turn.now)) if phones else []
        ended = [one.outbound_id for one in messages if one.state not in {OutboundState.SENT, OutboundState.UNCERTAIN}]
        touched += answered.touched
        owe_reports(con, [*ended, *(one.outbound_id for one in touched if one.is_news)], self._new_ids(turn.now), turn.now)
        return messages, touched, answered

    def _answer(self, con: Connection, forwards: Iterable[ForwardResult], now: datetime) -> Answered:
        """Send what programs want to be sent to those whose messages they were told; say by job what became of it."""
        given = [one for one in forwards if one.outcome.failure is None and (one.outcome.reply or one.outcome.unread)]
        wanted = [
            Reply(one.job.job_id, one.job.account_id, one.job.message.message_id, one.outcome.reply)
            for one in given
            if one.outcome.reply and isinstance(one.job.message, Forwarded)
        ]
        answered = answer(con, wanted, self._new_ids(now), now) if wanted else NO_ANSWERS
        unread = {one.job.job_id: ReplyFate.UNREADABLE for one in given if one.outcome.unread}
        return answered._replace(fates=answered.fates | unread) if unread else answered

    @staticmethod
    def bury(con: Connection, result: ForwardResult | SubmitResult, now: datetime) -> None:
        """Give up a job whose result cannot be written, so that it neither comes back nor holds up others."""
        error = "the result could not be written down"
        if isinstance(result, SubmitResult):
            handed_over.give_up(con, result.job.text.outbound_id, result.job.connection_id, error, now)
        jobs.end(con, [jobs.Ending(result.job.job_id, "dead", result.job.attempt_count + 1, None, error)], now)
        holding.let_go(con, [result.job.job_id])

    def _id(self, moment: datetime) -> int:
        if self._ids is None:
            raise AssertionError("ids are ready before anything is written")
        return self._ids.next(int(moment.timestamp() * 1000))

    def _new_ids(self, moment: datetime) -> Iterator[int]:
        while True:
            yield self._id(moment)

    def _forward_attempt(self, result: ForwardResult, replies: Mapping[int, ReplyFate]) -> jobs.AttemptRow:
        job, tried, outcome = result.job, result.tried, result.outcome
        error = outcome.failure.reason if outcome.failure else ""
        return jobs.AttemptRow(
            self._id(tried.started_at),
            job.job_id,
            job.attempt_count + 1,
            tried.started_at,
            tried.duration_ms,
            outcome.request,
            outcome.status,
            outcome.body,
            error,
            outcome.headers,
            replies.get(job.job_id, ""),
        )

    def _submit_attempt(self, result: SubmitResult) -> jobs.AttemptRow:
        job, tried = result.job, result.tried
        request = f"connection {job.connection_id}"
        row_id = self._id(tried.started_at)
        return jobs.AttemptRow(
            row_id, job.job_id, job.attempt_count + 1, tried.started_at, tried.duration_ms, request, None, "", result.verdict.error
        )

    def _handed_over(self, result: SubmitResult) -> handed_over.HandedOver:
        verdict, moment = result.verdict, result.tried.finished_at
        state, reason, count = OutboundState.SENT, "", 0
        taken: tuple[str, ...] = ()
        if isinstance(verdict, TryLater):  # its last attempt
            state, reason = OutboundState.UNDELIVERED, UndeliveredReason.MESSAGE_EXPIRED.value
        elif isinstance(verdict, Unsent):
            state, reason = OutboundState.UNSENT, verdict.reason.value
        else:
            taken = verdict.carrier_message_ids
            if isinstance(verdict, Refused):
                state, reason = OutboundState.UNDELIVERED, verdict.reason.value
            elif isinstance(verdict, Uncertain):
                state, count = OutboundState.UNCERTAIN, _pieces(result.job.text)
        ids = tuple([self._id(moment) for _ in taken])
        return handed_over.HandedOver(
            result.job.text.outbound_id, result.job.connection_id, state, reason, verdict.error, taken, ids, moment, count
        )


def _due_forwards(con: Connection, claim: Claim, now: datetime) -> list[int]:
    """Look for tests first, then for what is oldest; then, where that may hide the rest, for a few of every destination."""
    found = jobs.due(con, jobs.FORWARD_URL, claim.limit, now, claim.without, depth=SHALLOW)
    if claim.is_deep and claim.without and len(found) < claim.limit:
        found += due_of_each(con, now, claim.without, claim.limit - len(found))
    return list(dict.fromkeys(due_samples(con, now) + due_elsewhere(con, now, claim.aside_limit) + found))


def _due(con: Connection, kind: str, claim: Claim, now: datetime) -> list[int]:
    if kind == jobs.FORWARD_URL:
        return _due_forwards(con, claim, now)
    depth = jobs.EVERYTHING if claim.is_deep else SHALLOW
    found = jobs.due(con, kind, claim.limit, now, claim.without, depth=depth)
    if claim.bulk_limit > len(found):
        found += jobs.due(con, kind, claim.bulk_limit - len(found), now, claim.bulk_without, is_bulk=True, depth=depth)
    return found


def _cut_off(one: handing.Lost, now: datetime) -> handed_over.HandedOver:
    count = 1 if one.kind == MMS else segments(one.text).count
    return handed_over.HandedOver(one.outbound_id, one.connection_id, OutboundState.UNCERTAIN, "", CUT_OFF, (), (), now, count)


def _forward_ending(result: ForwardResult) -> jobs.Ending:
    error = result.outcome.failure.reason if result.outcome.failure else ""
    return jobs.Ending(result.job.job_id, _state(result.ending), result.job.attempt_count + 1, result.next_attempt_at, error)


def _waits(job: ForwardJob, known: Known, now: datetime) -> bool:
    """Say whether links to pictures would lead to what tells their place; only webhooks are told links."""
    message = job.message
    mms = known.multimedia.get(message.message_id) if isinstance(message, Forwarded) and job.endpoint.is_webhook else None
    return mms is not None and isinstance(message, Forwarded) and waits_for_copies(mms, message.received_at, now)


def _may_be_held(job: ForwardJob) -> bool:
    return job.attempt_count > 0 or (isinstance(job.message, Forwarded) and job.message.mms is not None)


def _place(job: ForwardJob) -> holding.Place:
    return holding.Place(job.destination_id, job.order, job.job_id)


def _heard(result: ForwardResult) -> destination_health.Heard | None:
    """Say what an attempt tells about its destination; nothing where nothing was asked there."""
    failure = result.outcome.failure
    if not (result.job.is_usual and result.outcome.request):
        return None
    return destination_health.Heard(
        result.job.destination_id, result.tried.finished_at, failure is None, failure is not None and failure.is_gone
    )


def _submit_ending(result: SubmitResult) -> jobs.Ending:
    return jobs.Ending(result.job.job_id, _state(result.ending), result.job.attempt_count + 1, result.next_attempt_at, result.verdict.error)


def _state(ending: str) -> str:
    return "waiting" if ending == "retry" else ending


def _usable(con: Connection, built: Iterable[J | jobs.Ending], now: datetime) -> list[J]:
    """End at once the jobs that cannot be worked, return the others."""
    usable: list[J] = []
    unusable: list[jobs.Ending] = []
    for one in built:
        if isinstance(one, jobs.Ending):
            unusable.append(one)
        else:
            usable.append(one)
    jobs.end(con, unusable, now)
    return usable


def _forward_job(row: jobs.ForwardRow, known: Known, link: Link, now: datetime) -> ForwardJob | jobs.Ending:
    if row.destination_id is None or row.url is None or row.method is None:
        return jobs.Ending(row.job_id, "dead", row.attempt_count, None, "the destination is gone")
    message = _told(row, known)
    if message is None:
        return jobs.Ending(row.job_id, "dead", row.attempt_count, None, "the message is gone")
    multimedia = known.multimedia.get(row.message_id or 0) or told_sample(row.sample)
    if multimedia is not None and isinstance(message, Forwarded):
        message = replace(message, mms=forwarded(multimedia, row.account_id, link, now))
    return ForwardJob(
        row.job_id,
        row.account_id,
        row.attempt_count,
        row.destination_id,
        row.method,
        row.other_url or row.url,
        row.is_enabled,
        message,
        row.dialogue_id,
        known.endpoint(row.destination_id),
        is_elsewhere=bool(row.other_url),
        is_sample=row.sample is not None,
    )


def _told(row: jobs.ForwardRow, known: Known) -> Told | None:
    """Return what is told: the message, or a test as if somebody had sent it just then; None where it is gone."""
    zone = row.time_zone or DEFAULT_ZONE
    if row.sample is not None and row.kind == "push_receipt":
        return Reported(0, row.sample["sender"], OutboundState.DELIVERED, "", "", row.received_at, zone)
    if row.sample is not None:
        message_id, sender, recipient, text, moment = 0, row.sample["sender"], row.sample["recipient"], row.sample["text"], row.received_at
    elif row.message_id is None:
        return None
    else:
        message_id, sender, recipient, text, moment = row.message_id, row.sender, row.recipient, row.text, row.received_at
    if row.destination_id is None or not known.endpoint(row.destination_id).is_webhook:
        form = row.phone_form or PhoneForm.DIGITS
        if form != PhoneForm.DIGITS:
            return ForwardedInForm(message_id, sender, recipient, text, moment, zone, phone_form=form)
        return Forwarded(message_id, sender, recipient, text, moment, zone)
    detail = known.details.get(message_id)
    if detail is None:  # a message that nobody sent, for trying the destination out
        return Forwarded(message_id, sender, recipient, text, moment, zone, f"test_{row.job_id}", row.account_id, is_test=True)
    event_id = f"msg_{message_id}_{row.destination_id}"
    return Forwarded(message_id, sender, recipient, text, moment, zone, event_id, row.account_id, row.dialogue_id, *detail)


def _pieces(text: OutboundText) -> int:
    return 1 if text.mms is not None else segments(text.text).count


def _submit_job(row: jobs.SubmitRow, multimedia: Mapping[int, OutboundMms]) -> SubmitJob | jobs.Ending:
    if row.outbound_id is None:
        return jobs.Ending(row.job_id, "dead", row.attempt_count, None, "the message is gone")
    if row.state != OutboundState.QUEUED:
        return jobs.Ending(row.job_id, "done", row.attempt_count, None, "")
    mms = multimedia.get(row.outbound_id)
    words = row.text
    if row.kind == MMS and mms is None:  # erased meanwhile: `mt.judge_before` ends what is nothing any more
        mms, words = OutboundMms("", ()), ""
    text = OutboundText(row.outbound_id, row.sender, row.recipient, words, row.is_test, row.is_bulk, row.is_flash, row.valid_until, mms)
    return SubmitJob(row.job_id, row.account_id, row.attempt_count, row.connection_id, text, row.dialogue_id)
