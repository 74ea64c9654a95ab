"""Doors of `/campaigns` and of the statistics of what was sent."""

from api_v1.doors import Door
from panel.campaigns import draft, scheduled, written
from recado.apps.campaigns.entries import add_phones

THREE_AT_9 = {"recipient_count": 3, "cost": 27}


def a_draft(account):
    return {"campaign_id": draft(account).pk}


def one_person(account):
    made = draft(account)
    add_phones(made, "604218377")
    return {"campaign_id": made.pk, "person_id": made.entries.get().pk}


def a_scheduled_one(account):
    return {"campaign_id": scheduled(account).pk}


def one_under_way(account):
    return {"campaign_id": written(account).pk}


DOORS = {
    "list_campaigns": Door(query={"state": "draft"}),
    "add_campaign": Door(body={"name": "Tulips", "text": "Tulips at 3 today."}),
    "get_campaign": Door(one_under_way),
    "edit_campaign": Door(a_draft, body={"text": "Roses at 4 today."}),
    "delete_campaign": Door(a_draft),
    "copy_campaign": Door(one_under_way),
    "list_campaign_people": Door(one_person),
    "add_campaign_people": Door(a_draft, body={"phones": ["604 218 377"]}),
    "remove_campaign_people": Door(one_person),
    "remove_campaign_person": Door(one_person),
    "estimate_campaign": Door(a_draft),
    "preview_campaign": Door(a_draft),
    "try_campaign": Door(a_draft, body={"phone": "604 218 377"}),
    "send_campaign": Door(a_draft, body=THREE_AT_9),
    "stop_campaign": Door(one_under_way),
    "cancel_campaign": Door(a_scheduled_one),
    "get_campaign_progress": Door(one_under_way),
    "list_campaign_messages": Door(one_under_way, query={"state": "delivered"}),
    "list_campaign_replies": Door(one_under_way),
    "list_campaign_opt_outs": Door(one_under_way),
    "export_campaign": Door(one_under_way),
    "list_sendings": Door(),
}
