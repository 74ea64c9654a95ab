"""Doors of `/conversations` and `/labels`."""

from api_v1.doors import Door
from panel.conversations import dialogue, received
from recado.apps.accounts.models import Account
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.inbox.models import Message

LATER = "2099-01-02T03:04:05Z"


def a_conversation(account: Account):
    return {"conversation_id": dialogue(account).pk}


def a_labelled_one(account: Account):
    found = dialogue(account)
    return {"conversation_id": found.pk, "label_id": found.labels.create(account=account, name="Urgent").pk}


def a_conversation_and_a_group(account: Account):
    return {"conversation_id": dialogue(account).pk, "group_id": add_group(account, "Gardeners").pk}


def a_member(account: Account):
    found, group = dialogue(account), add_group(account, "Gardeners")
    add_contact(account, found.msisdn, group_ids=[group.pk])
    return {"conversation_id": found.pk, "group_id": group.pk}


def a_flagged_one(account: Account):
    found = dialogue(account)
    Message.objects.filter(pk=received(found, "Please stop sending me roses").pk).update(flag="opt_out")
    return {"conversation_id": found.pk}


DOORS = {
    "list_conversations": Door(),
    "get_conversation": Door(a_conversation),
    "list_conversation_messages": Door(a_conversation),
    "reply_in_conversation": Door(a_conversation, body={"text": "Tomorrow at nine"}),
    "mark_read": Door(a_conversation),
    "mark_unread": Door(a_conversation),
    "finish_conversation": Door(a_conversation),
    "reopen_conversation": Door(a_conversation),
    "snooze_conversation": Door(a_conversation, body={"until": LATER}),
    "assign_conversation": Door(a_conversation, body={"member_id": None}),
    "label_conversation": Door(a_conversation, body={"name": "Urgent"}),
    "unlabel_conversation": Door(a_labelled_one),
    "add_note": Door(a_conversation, body={"text": "Comes every Friday"}),
    "add_writer_to_group": Door(a_conversation_and_a_group),
    "remove_writer_from_group": Door(a_member),
    "opt_out_writer": Door(a_flagged_one, body={}),
    "list_labels": Door(),
}
