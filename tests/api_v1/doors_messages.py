"""Doors of `/messages`, `/test-messages` and `/today`."""

from datetime import UTC, datetime

from api_v1.doors import Door
from api_v1.rows import own_number, pool_number, shared_number
from panel.conversations import dialogue, received, sent
from recado.apps.accounts.models import Account
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.inbox.services import receive
from recado.apps.keywords.services import reserve_keyword
from recado.apps.media.services import blobs, keep_file
from recado.apps.mms.models import Attachment, ReceivedMms
from recado.apps.outbox.destinations import create_destination
from recado.apps.outbox.models import Job, JobKind, JobState
from recado.blobs.base import keep

NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def a_received_one(account: Account):
    return {"message_id": received(dialogue(account), "Gardener").pk}


def a_forwarded_one(account: Account):
    message = received(dialogue(account), "Gardener")
    forwarded(message)
    return {"message_id": message.pk}


def forwarded(message: Message) -> None:
    Job.objects.create(
        id=next_id(),
        account=message.account,
        kind=JobKind.FORWARD_URL,
        message_id=message.pk,
        destination=create_destination(message.account, "https://shop.example/in"),
        state=JobState.DONE,
        next_attempt_at=NOON,
        created_at=NOON,
    )


def a_sent_one(account: Account):
    return {"message_id": sent(dialogue(account), "Tomorrow").pk}


def a_waiting_one(account: Account):
    message = sent(dialogue(account), "Tomorrow", scheduled_at=datetime(2099, 1, 2, tzinfo=UTC))
    Job.objects.create(
        id=next_id(),
        account=account,
        kind=JobKind.SUBMIT,
        outbound_message=message,
        next_attempt_at=message.scheduled_at,
        created_at=NOON,
    )
    return {"message_id": message.pk}


def a_pool(account: Account):
    pool_number()
    return {}


def a_keyword(account: Account):
    reserve_keyword(account, shared_number(), "GARDENER")
    return {}


def a_tried_one(account: Account):
    receive("48600000001", own_number(account).digits, "Hello")
    return {}


def an_attachment(account: Account):
    message = received(dialogue(account), "A map")
    ReceivedMms.objects.create(id=message.pk)
    facts = {"sha256": keep(blobs(), b"Turn left"), "size": 9, "content_type": "text/plain"}
    return {"attachment_id": Attachment.objects.create(id=next_id(), message_id=message.pk, position=0, role="media", **facts).pk}


def a_kept_file(account: Account):
    return {"file_id": keep_file(account, "map.txt", b"Turn left").public_id}


DOORS = {
    "send_messages": Door(a_pool, body={"phones": ["604 218 377"], "text": "Your roses are here."}),
    "list_sent_messages": Door(),
    "get_sent_message": Door(a_sent_one),
    "cancel_message": Door(a_waiting_one),
    "send_message_now": Door(a_waiting_one),
    "list_received_messages": Door(),
    "export_received_messages": Door(),
    "get_received_message": Door(a_received_one),
    "get_raw_message": Door(a_received_one),
    "redeliver_message": Door(a_forwarded_one),
    "receive_test_message": Door(a_keyword, body={"phone": "600 000 001", "text": "Gardener"}),
    "list_test_messages": Door(query={"phone": "600000001"}),
    "erase_test_messages": Door(a_tried_one),
    "get_today": Door(),
    "get_attachment": Door(an_attachment),
    "get_attachment_content": Door(an_attachment),
    "list_media_files": Door(),
    "add_media_file": Door(body={"file": b"Turn left at the well."}),
    "get_media_file": Door(a_kept_file),
    "remove_media_file": Door(a_kept_file),
}
