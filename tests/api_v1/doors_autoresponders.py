"""Doors of `/autoresponders`, `/paused-answers`, `/texts` and `/sender-names`."""

from datetime import timedelta

from django.core import signing
from django.utils import timezone

from api_v1.doors import Door
from panel.conversations import number
from recado.apps.autoresponders.models import BreakerTrip
from recado.apps.autoresponders.services import AutoresponderContent, add_autoresponder
from recado.apps.autoresponders.undo import SALT
from recado.apps.dialogues.canned_replies import add_canned_reply
from recado.apps.ids import next_id
from recado.apps.keywords.rule_undo import remember_terms
from recado.apps.keywords.rules import RuleTerms
from recado.apps.senders.services import request_name


def an_autoresponder(account):
    return {"autoresponder_id": add_autoresponder(account, AutoresponderContent("Closed", "We are closed.")).pk}


def a_trip(account, phone="48600100200", reason="automatic", autoresponder_id=None):
    now = timezone.now()
    return BreakerTrip.objects.create(
        id=next_id(),
        account=account,
        number=number(account),
        autoresponder_id=autoresponder_id or an_autoresponder(account)["autoresponder_id"],
        msisdn=phone,
        reason=reason,
        message_id=next_id(),
        tripped_at=now,
        until=now + timedelta(days=1),
    )


def a_paused_phone(account):
    return {"paused_id": a_trip(account).pk}


def a_text(account):
    return {"text_id": add_canned_reply(account, "Hours", "Open from 9 to 17.", None).pk}


def a_name(account):
    return {"name_id": request_name(account, None, "Roza").pk}


REMEMBERED = {"id": 7, "place": 1, "name": "Closed", "text": "We are closed.", "number": None, "keyword": None, "once_minutes": 60}
DELETED = signing.dumps(REMEMBERED | remember_terms(RuleTerms()), salt=SALT)

DOORS = {
    "list_autoresponders": Door(),
    "add_autoresponder": Door(body={"name": "Closed", "text": "We are closed."}),
    "preview_autoresponder": Door(body={"text": "Hello {first_name}"}),
    "restore_autoresponder": Door(body={"undo": DELETED}),
    "get_autoresponder": Door(an_autoresponder),
    "edit_autoresponder": Door(an_autoresponder, body={"text": "Back tomorrow."}),
    "delete_autoresponder": Door(an_autoresponder),
    "move_autoresponder": Door(an_autoresponder, body={"place": 1}),
    "switch_autoresponder_on": Door(an_autoresponder),
    "switch_autoresponder_off": Door(an_autoresponder),
    "copy_autoresponder": Door(an_autoresponder, body={}),
    "list_paused_answers": Door(),
    "resume_answers": Door(a_paused_phone),
    "resume_all_answers": Door(),
    "list_texts": Door(),
    "add_text": Door(body={"name": "Hours", "text": "Open from 9 to 17."}),
    "preview_text": Door(body={"text": "Hello {first_name}"}),
    "get_text": Door(a_text),
    "edit_text": Door(a_text, body={"text": "Open from 9 to 15."}),
    "delete_text": Door(a_text),
    "list_sender_names": Door(),
    "ask_for_sender_name": Door(body={"name": "Roza"}),
    "get_sender_name": Door(a_name),
    "switch_sender_name_off": Door(a_name),
}
