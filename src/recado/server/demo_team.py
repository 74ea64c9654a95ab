"""The demo's team: two people beside the owner, one who is invited, the company's data, its ready texts and sender names.

What belongs here: what the settings would be empty without. What does not: customers' story (`demo_story`).
"""

from datetime import time

from django.db import transaction
from django.utils import timezone

from recado.apps.accounts.company import company_data, hours_as_written, save_company, save_hours
from recado.apps.accounts.invitations import invite
from recado.apps.accounts.models import Account, Role, User
from recado.apps.accounts.services import add_member, create_user
from recado.apps.accounts.team import change_role
from recado.apps.accounts.working_hours import OFFICE_HOURS
from recado.apps.audit.services import record
from recado.apps.dialogues.canned_replies import Use, add_canned_reply
from recado.apps.senders.models import SenderName

COMPANY = {
    "company": "Kwiaciarnia Róża Anna Różańska",
    "tax_id": "1234563218",
    "address": "Rynek 7",
    "postcode": "00-001",
    "city": "Różanów",
}
CLINIC = {
    "company": "Klinika Zdrowie sp. z o.o.",
    "tax_id": "3000000013",  # no tax office has the number 300
    "address": "ul. Lipowa 12",
    "postcode": "00-003",
    "city": "Różanów",
}
PEOPLE = (("Hanna Wiśniewska", "hanna@demo.example", Role.AGENT), ("Piotr Zieliński", "piotr@demo.example", Role.AGENT))
TEXTS = (
    ("Dojazd", "{first_name}, jesteśmy na Rynku 7, wejście od ulicy Lipowej. Do zobaczenia!", Use.DIALOGUE),
    ("Godziny", "Dzień dobry {first_name}, czynne pn-pt 9-17, sob 9-14.", Use.BOTH),
    ("Dostawa świeżych kwiatów", "{first_name}, w czwartek świeża dostawa. Zapraszamy! Kwiaciarnia Róża", Use.CAMPAIGN),
)
NAMES = (("Roza", SenderName.State.AUTHORIZED), ("Kwiaty 24", SenderName.State.PENDING))
INVITED = "maria@demo.example"


def say_who_pays(flowers: Account, clinic: Account) -> None:
    """Let the owners write down what invoices need."""
    for account, data in ((flowers, COMPANY), (clinic, CLINIC)):
        before = company_data(account)
        save_company(account, data)
        owner = account.memberships.get(role=Role.OWNER).user
        record(account, owner, "company.changed", account.name, before=before, after=company_data(account))


@transaction.atomic
def load(flowers: Account, password: str) -> None:
    """Let the owner of the flower shop set up the rest."""
    owner = flowers.memberships.get(role=Role.OWNER)
    _open_on_saturdays(flowers, owner.user)
    members = [add_member(flowers, create_user(email, password, name=name), role) for name, email, role in PEOPLE]
    change_role(owner, members[0], Role.ADMIN)
    record(flowers, owner.user, "member.role_changed", PEOPLE[0][0], members[0].pk, before={"role": "agent"}, after={"role": "admin"})
    invitation, _token = invite(flowers, INVITED, Role.EDITOR, owner.user, timezone.now())
    record(flowers, owner.user, "invitation.sent", invitation.email, invitation.pk, after={"role": invitation.role})
    for name, text, use in TEXTS:
        add_canned_reply(flowers, name, text, None, use)
    for name, state in NAMES:
        decided = None if state == SenderName.State.PENDING else timezone.now()
        SenderName.objects.create(account=flowers, name=name, state=state, requested_by=owner.user, decided_at=decided)


def _open_on_saturdays(flowers: Account, owner: User) -> None:
    hours = {**OFFICE_HOURS, "sat": (time(9), time(14))}
    before = hours_as_written(flowers, OFFICE_HOURS)
    save_hours(flowers, hours, keeps_public_holidays=True)
    record(flowers, owner, "hours.changed", before=before, after=hours_as_written(flowers, hours))
