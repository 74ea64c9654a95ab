"""Access to the settings of persons and of the company."""

from datetime import date

from django.utils import timezone

from panel.doors import Door
from recado.apps.accounts.company import save_days_off
from recado.apps.accounts.invitations import invite
from recado.apps.accounts.models import Role
from recado.apps.accounts.services import add_member, create_user

APPEARANCE = {"theme": "dark", "density": "compact", "language": "", "time_zone": ""}


def a_day_off(account, user):
    save_days_off(account, [date(2027, 5, 4)])
    return {"day": "2027-05-04"}


def a_member(account, user):
    bob = create_user("bob-the-member@example.com", "a long password", name="Bob")
    return {"member_id": add_member(account, bob, Role.AGENT).pk}


def an_invitation(account, user):
    return {"invitation_id": invite(account, "new@example.com", Role.AGENT, user, timezone.now())[0].pk}


DOORS = {
    "settings-quiet-hours": Door(refuses=Role.AGENT, method="post", data={"quiet_from": "21:00", "quiet_until": "08:00"}),
    "settings": Door(),
    "settings-appearance": Door(method="post", data=APPEARANCE),
    "settings-notifications": Door(method="post", data={"mail_notices": "now"}),
    "settings-company": Door(refuses=Role.API),
    "settings-team": Door(refuses=Role.API),
    "settings-member": Door(a_member, Role.EDITOR, "post", {"role": "viewer"}),
    "settings-member-remove": Door(a_member, Role.EDITOR, "post"),
    "settings-member-invite": Door(refuses=Role.EDITOR, method="post", data={"email": "new@example.com", "role": "agent"}),
    "settings-invitation-resend": Door(an_invitation, Role.EDITOR, "post"),
    "settings-invitation-revoke": Door(an_invitation, Role.EDITOR, "post"),
    "settings-hours": Door(refuses=Role.BILLING),
    "settings-retention": Door(refuses=Role.EDITOR, method="post", data={"keeps_messages_months": "12", "keeps_files_days": "30"}),
    "settings-activity": Door(refuses=Role.EDITOR),
    "settings-activity-export": Door(refuses=Role.EDITOR),
    "settings-day-off-add": Door(refuses=Role.AGENT, method="post", data={"day": "2027-05-04"}),
    "settings-day-off-remove": Door(a_day_off, Role.AGENT, "post"),
}
