"""Doors of the company's settings, the team and the activity log."""

from datetime import date

from django.utils import timezone

from api_v1.doors import Door
from recado.apps.accounts.company import save_days_off
from recado.apps.accounts.invitations import invite
from recado.apps.accounts.models import Role
from recado.apps.accounts.services import add_member, create_user


def a_member(account):
    bob = create_user("bob-the-member@example.com", "a long password", name="Bob")
    return {"member_id": add_member(account, bob, Role.AGENT).pk}


def an_invitation(account):
    return {"invitation_id": invite(account, "new@example.com", Role.AGENT, None, timezone.now())[0].pk}


def a_day_off(account):
    save_days_off(account, [date(2027, 5, 4)])
    return {"day": "2027-05-04"}


DOORS = {
    "get_company": Door(),
    "edit_company": Door(body={"city": "Gdynia"}),
    "get_delivery_reports": Door(),
    "set_delivery_reports": Door(body={"url": "https://shop.example/dlr?id=#SMSID#"}),
    "get_hours": Door(),
    "set_hours": Door(body={"days": {"mon": {"opens": "08:00", "closes": "16:00"}}, "keeps_public_holidays": True}),
    "get_quiet_hours": Door(),
    "set_quiet_hours": Door(body={"quiet_from": "21:00", "quiet_until": "08:00"}),
    "get_retention": Door(),
    "set_retention": Door(body={"messages_months": 12, "files_days": None}),
    "list_days_off": Door(),
    "add_day_off": Door(body={"day": "2027-05-04"}),
    "remove_day_off": Door(a_day_off),
    "list_members": Door(),
    "get_member": Door(a_member),
    "edit_member": Door(a_member, body={"role": "viewer"}),
    "remove_member": Door(a_member),
    "list_invitations": Door(),
    "invite_member": Door(body={"email": "carla@example.com", "role": "agent"}),
    "resend_invitation": Door(an_invitation),
    "revoke_invitation": Door(an_invitation),
    "list_activity": Door(query={"kind": "company"}),
    "export_activity": Door(),
}
