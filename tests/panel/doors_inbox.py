"""Access to the inbox, message traces and the simulator."""

from panel.conversations import dialogue, received, sent
from panel.doors import Door
from recado.apps.accounts.models import Role
from recado.apps.inbox.models import Message


def a_dialogue(account, user):
    return {"dialogue_id": dialogue(account).pk}


def a_message(account, user):
    return {"message_id": received(dialogue(account), "Ogrodnik").pk}


def a_label(account, user):
    found = dialogue(account)
    found.labels.create(account=account, name="Pilne")
    return {"dialogue_id": found.pk}


def a_flagged_message(account, user):
    found = dialogue(account)
    Message.objects.filter(pk=received(found, "Please stop sending me roses").pk).update(flag="opt_out")
    return {"dialogue_id": found.pk}


def a_waiting_answer(account, user):
    found = dialogue(account)
    return {"dialogue_id": found.pk, "message_id": sent(found, "Jutro").pk}


DOORS = {
    "inbox": Door(refuses=Role.BILLING),
    "conversation": Door(a_dialogue, Role.BILLING),
    "conversation-send": Door(a_dialogue, Role.VIEWER, "post", {"text": "Dzień dobry"}),
    "conversation-attach": Door(a_dialogue, Role.VIEWER, "post", {"off": "1"}),
    "conversation-files": Door(a_dialogue, Role.VIEWER),
    "conversation-message-cancel": Door(a_waiting_answer, Role.VIEWER, "post"),
    "conversation-message-now": Door(a_waiting_answer, Role.VIEWER, "post"),
    "conversation-claim": Door(a_dialogue, Role.VIEWER, "post"),
    "conversation-release": Door(a_dialogue, Role.VIEWER, "post"),
    "conversation-note": Door(a_dialogue, Role.VIEWER, "post", {"text": "Stały klient"}),
    "conversation-canned": Door(a_dialogue, Role.VIEWER),
    "conversation-group": Door(a_dialogue, Role.AGENT, "post"),
    "conversation-opt-out": Door(a_flagged_message, Role.VIEWER, "post"),
    "conversation-read": Door(a_dialogue, Role.VIEWER, "post"),
    "conversation-state": Door(a_dialogue, Role.VIEWER, "post", {"state": "done"}),
    "conversation-snooze": Door(a_dialogue, Role.VIEWER, "post", {"until": "hour"}),
    "conversation-assign": Door(a_dialogue, Role.VIEWER, "post", {"assignee": "me"}),
    "conversation-unread": Door(a_dialogue, Role.VIEWER, "post"),
    "conversation-label": Door(a_label, Role.VIEWER, "post", {"name": "Pilne"}),
    "messages": Door(refuses=Role.BILLING),
    "messages-export": Door(refuses=Role.BILLING),
    "message-trace": Door(a_message, Role.BILLING),
    "message-raw": Door(a_message),
    "message-redeliver": Door(a_message, Role.AGENT, "post"),
    "simulator": Door(refuses=Role.BILLING),
    "simulator-screen": Door(refuses=Role.BILLING),
}
