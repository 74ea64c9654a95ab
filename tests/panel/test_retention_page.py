"""How long data are kept: the page, and what conversations show of what is gone."""

import pytest
from django.urls import reverse

from panel.conversations import dialogue, received
from recado.apps.accounts.models import Account
from recado.apps.audit.models import AuditEntry
from recado.apps.ids import next_id
from recado.apps.mms.models import Attachment, ReceivedMms

PAGE = "/settings/retention/"


def test_a_choice_is_saved_logged_and_shown(account, alice_client):
    assert "Default: for ever" in alice_client.get(PAGE).content.decode()
    assert alice_client.post(PAGE, {"keeps_messages_months": "12", "keeps_files_days": "0"}).status_code == 302
    saved = Account.objects.get(pk=account.pk)
    assert (saved.keeps_messages_months, saved.keeps_files_days) == (12, 0)
    assert saved.retention_set_at is not None
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.after) == ("retention.changed", {"keeps_messages_months": "12", "keeps_files_days": "forever"})
    page = alice_client.get(PAGE).content.decode()
    assert '<option value="12" selected>12 months</option>' in page
    log = alice_client.get(reverse("settings-activity")).content.decode()
    assert "12 months" in log
    assert "as long as the message" in log


def test_saving_the_same_again_is_no_change(account, alice_client):
    Account.objects.update(keeps_files_days=45)
    assert '<option value="45" selected>45 days</option>' in alice_client.get(PAGE).content.decode()
    alice_client.post(PAGE, {"keeps_messages_months": "", "keeps_files_days": "45"})
    assert Account.objects.get(pk=account.pk).retention_set_at is None
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("given", [{"keeps_messages_months": "2"}, {"keeps_files_days": "-1"}])
def test_what_is_not_offered_is_refused(given, account, alice_client):
    assert alice_client.post(PAGE, given).status_code == 422
    assert Account.objects.get(pk=account.pk).retention_set_at is None


def test_a_conversation_says_what_was_deleted(account, alice_client):
    talk = dialogue(account, message_count=2)
    message = received(talk, "Look")
    ReceivedMms.objects.create(id=message.pk, subject="Beach", slides="[]")
    about = {"sha256": "", "size": 9000, "content_type": "image/jpeg", "name": "sea.jpg", "role": "media"}
    Attachment.objects.create(id=next_id(), message_id=message.pk, position=0, **about)
    emptied = received(talk, "")
    Account.objects.update(messages_emptied_to=emptied.pk + 1)
    page = alice_client.get(f"/inbox/{talk.pk}/").content.decode()
    assert "<b>sea.jpg</b>" in page
    assert "Deleted: it was kept as long as your company keeps files" in page
    assert "Deleted: it was kept as long as your company keeps messages" in page
    assert "/media/" not in page
    trace = alice_client.get(f"/messages/{message.pk}/").content.decode()
    assert "Deleted: it was kept as long as your company keeps files" in trace
    assert "Dangerous" not in trace
