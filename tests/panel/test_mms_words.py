"""Every reason why an MMS cannot be sent has a sentence that says what to do."""

from recado.apps.mms.drafts import MmsProblem, MmsRefusal
from recado.apps.outbox.senders import SenderRefusal
from recado.panel.mms_words import MMS_REFUSALS, mms_problem


def test_every_reason_has_its_words():
    assert set(MMS_REFUSALS) == set(MmsRefusal) - {MmsRefusal.SENDER}
    said = mms_problem(MmsProblem(MmsRefusal.TOO_LARGE, limit=300 * 1024))
    assert "300 kB" in said
    assert "roses.jpg" in mms_problem(MmsProblem(MmsRefusal.GONE, "roses.jpg"))
    assert "MMS" in mms_problem(MmsProblem(MmsRefusal.SENDER, sender=SenderRefusal.NO_MMS))
