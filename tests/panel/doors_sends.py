"""Access to group sends."""

from panel.campaigns import draft, scheduled, written
from panel.doors import Door
from panel.hostile import MARKUP
from recado.apps.accounts.models import Role


def a_draft(account, user):
    return {"campaign_id": draft(account, user, name=MARKUP[:80]).pk}


def a_scheduled_one(account, user):
    return {"campaign_id": scheduled(account, user).pk}


def one_under_way(account, user):
    return {"campaign_id": written(account, user, name=MARKUP[:80]).pk}


DOORS = {
    "sends": Door(refuses=Role.BILLING),
    "send-new": Door(refuses=Role.AGENT),
    "send": Door(one_under_way, Role.BILLING),
    "send-edit": Door(a_draft, Role.AGENT),
    "send-check": Door(a_draft, Role.AGENT, "post"),
    "send-delete": Door(a_draft, Role.AGENT),
    "send-summary": Door(a_draft, Role.AGENT),
    "send-try": Door(a_draft, Role.AGENT, "post", {"phone": "604218377"}),
    "send-progress": Door(one_under_way, Role.BILLING),
    "send-export": Door(one_under_way, Role.BILLING),
    "send-stop": Door(one_under_way, Role.AGENT),
    "send-cancel": Door(a_scheduled_one, Role.AGENT, "post"),
    "send-copy": Door(one_under_way, Role.AGENT, "post"),
}
