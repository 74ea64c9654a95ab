"""An MMS reaches the carrier with its files, a text without any look at them; on both databases."""

from itertools import count

import pytest
from outbox_rows import NOW
from worker_twins import Carrier, until

from recado.core.mms import MmsContent, MmsPart, OutboundMms, PartRole
from recado.core.submit import SegmentRefused
from recado.store.claimer import claimer
from recado.store.mms import write_sent

pytestmark = pytest.mark.anyio
ROSES = MmsPart(PartRole.MEDIA, "ab" * 32, 10, "image/jpeg", name="roses.jpg")
LONG = "x" * 500
"""As a text, several segments."""


class Keeping(Carrier):
    """Keeps whole messages."""

    async def submit(self, connection_id, message):
        self.taken.append(message)
        return self.answers.pop(0) if self.answers else await Carrier().submit(connection_id, message)


def mms(outbox, *, has_files: bool = True, text: str = "", **more) -> int:
    job = outbox.reply(text, **more)
    con = outbox.con
    ((outbound_id,),) = con.rows("SELECT outbound_message_id FROM outbox_job WHERE id = ?", (job,))
    con.execute("UPDATE outbox_outboundmessage SET kind = 'mms' WHERE id = ?", (outbound_id,))
    if has_files:
        write_sent(con, [outbound_id], MmsContent("Roses", (ROSES,)), count(outbound_id * 100), con.dialect.timestamp(NOW))
    return job


async def test_files_go_with_an_mms_and_nothing_with_a_text(outbox, working):
    carrier = Keeping()
    first, second = mms(outbox), outbox.reply(recipient="48501222334")
    async with working(carrier):
        await until(lambda: {outbox.state(first)[0], outbox.state(second)[0]} == {"done"})
    by_phone = {message.recipient: message.mms for message in carrier.taken}
    assert by_phone == {"48501222333": OutboundMms("Roses", (ROSES,)), "48501222334": None}
    assert outbox.outbound(first)[0] == "sent"


async def test_one_that_nobody_answered_is_one_message_that_was_perhaps_sent(outbox, working):
    carrier = Keeping((SegmentRefused("timeout", permanent=False, uncertain=True),))
    job = mms(outbox, text=LONG)
    async with working(carrier):
        await until(lambda: outbox.state(job)[0] == "done")
    assert (outbox.outbound(job)[0], outbox.outbound(job)[3]) == ("uncertain", 1)


async def test_one_cut_off_by_a_crash_is_never_sent_again_and_counts_once(outbox, working):
    carrier = Keeping()
    job = mms(outbox, text=LONG, state="handing", claimed_by=claimer(0, 5), claimed_until=NOW)
    async with working(carrier):
        await until(lambda: outbox.state(job)[0] == "done")
    assert (outbox.outbound(job)[0], outbox.outbound(job)[3], carrier.taken) == ("uncertain", 1, [])


async def test_one_whose_files_are_gone_ends_and_is_not_sent_as_a_text(outbox, working):
    carrier = Keeping()
    job = mms(outbox, has_files=False, text="Hi")
    async with working(carrier):
        await until(lambda: outbox.state(job)[0] == "dead")
    assert outbox.outbound(job)[:2] == ("undelivered", "wrong_message")
    assert carrier.taken == []
