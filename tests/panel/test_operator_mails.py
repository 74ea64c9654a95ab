"""The console lists mails that came in with what became of them, and in what words."""

from django.utils import timezone

from recado.apps.accounts.models import OperatorRole
from recado.apps.ids import next_id
from recado.apps.mails.models import MailReason, MailReceived, Outcome


def mail(account, sender, outcome, reason="", **more):
    key = next_id()
    return MailReceived.objects.create(
        id=key, account=account, message_id=f"{key}@x", recipient="reply+x", sender=sender, outcome=outcome, reason=reason,
        received_at=timezone.now(), **more,
    )  # fmt: skip


def test_mails_are_listed_and_narrowed_by_what_became_of_them(console, account):
    client = console(OperatorRole.ENGINEER)
    mail(account, "anna@example.com", Outcome.SENT)
    mail(account, "mallory@example.com", Outcome.IGNORED, MailReason.UNKNOWN_SENDER)
    mail(None, "", Outcome.BOUNCED, detail="550 5.1.1 <gone>", job_id=7)
    page = client.get("/operator/jobs/mails/").content.decode()
    for words in ("anna@example.com", "mallory@example.com", "550 5.1.1 &lt;gone&gt;", "/operator/jobs/7/"):
        assert words in page
    narrowed = client.get("/operator/jobs/mails/?outcome=ignored").content.decode()
    assert "mallory@example.com" in narrowed
    assert "anna@example.com" not in narrowed
