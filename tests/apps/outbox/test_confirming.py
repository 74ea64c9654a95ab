"""A phone agrees to forwards by a code: sent to it alone, judged, and good for every forward of the account to it."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account
from recado.apps.connections.models import Connection
from recado.apps.contacts.models import OptOut
from recado.apps.numbers.models import Number
from recado.apps.outbox.confirming import CodeRefusedError, confirm, send_code
from recado.apps.outbox.destinations import DestinationContent, change, content_of, create, remove
from recado.apps.outbox.models import Destination, Job, OutboundMessage, PhoneCode
from recado.core.phone_code import CodeJudgement, CodeRefusal

pytestmark = pytest.mark.django_db
PHONE = "48604218377"


def phone(account: Account, msisdn: str = PHONE) -> Destination:
    return create(account, DestinationContent(kind=Destination.Kind.PHONE, msisdn=msisdn))


def able(account: Account, kind: str = "smpp") -> None:
    """Give the account a number that texts leave from."""
    carrier = Connection.objects.create(name="carrier", kind=kind)
    Number.objects.create(
        digits="48664200300", kind="individual_long", state="assigned", account=account, connection=carrier, can_send=True
    )


@pytest.fixture
def account() -> Account:
    return create_account("Kwiaciarnia")


@pytest.fixture
def stranger_account() -> Account:
    return create_account("Piekarnia")


def sent(destination: Destination, at=None) -> str:
    """Send a code and read it on the phone."""
    send_code(destination, at or timezone.now(), "Code {}".format)
    return OutboundMessage.objects.order_by("-pk")[0].text.removeprefix("Code ")


def refused(destination: Destination, at=None) -> CodeRefusal:
    with pytest.raises(CodeRefusedError) as caught:
        send_code(destination, at or timezone.now(), str)
    return caught.value.reason


def test_the_code_goes_to_the_phone_costs_nothing_and_is_no_message_of_the_account(account: Account):
    able(account)
    made = phone(account)
    assert made.confirmed_at is None
    code = sent(made)
    (message,) = OutboundMessage.objects.all()
    assert (message.account_id, message.recipient, message.cost, message.state) == (None, PHONE, 0, "queued")
    assert Job.objects.get(outbound_message=message).kind == "submit"
    assert len(code) == 6
    assert code not in PhoneCode.objects.get().digest


def test_the_right_code_confirms_all_forwards_to_the_phone_and_those_made_later(account: Account, stranger_account: Account):
    able(account)
    made, second, other = phone(account), phone(account), phone(stranger_account)
    code = sent(made)
    assert confirm(made, "", timezone.now()) is CodeJudgement.WRONG
    assert confirm(other, code, timezone.now()) is CodeJudgement.NONE_SENT
    assert confirm(made, f" {code[:3]} {code[3:]} ", timezone.now()) is CodeJudgement.RIGHT
    for one in (made, second, other):
        one.refresh_from_db()
    assert None not in {made.confirmed_at, second.confirmed_at, phone(account).confirmed_at}
    assert other.confirmed_at is None
    assert confirm(made, code, timezone.now()) is CodeJudgement.WRONG


@pytest.mark.parametrize(("kind", "is_told"), [("simulator", True), ("smpp", False)])
def test_the_code_is_told_only_where_phones_are_simulated(account: Account, kind, is_told):
    able(account, kind)
    told = send_code(phone(account), timezone.now(), str)
    assert told == (OutboundMessage.objects.get().text if is_told else "")


def test_another_phone_must_agree_anew(account: Account):
    made = phone(account)
    Destination.objects.update(confirmed_at=timezone.now())
    made.refresh_from_db()
    change(made, DestinationContent(kind=Destination.Kind.PHONE, msisdn="604 218 377", name="Night", daily_limit=5))
    assert made.confirmed_at is not None
    change(made, DestinationContent(kind=Destination.Kind.PHONE, msisdn="604 218 378"))
    assert made.confirmed_at is None
    Destination.objects.update(confirmed_at=timezone.now())
    remove(made)
    assert phone(account, "48604218378").confirmed_at is None
    assert content_of(made).msisdn == "48604218378"


def test_phones_that_got_messages_before_there_were_codes_count_as_confirmed(account: Account):
    made = phone(account)
    email = create(account, DestinationContent(kind=Destination.Kind.EMAIL, email="a@shop.example"))
    import_module("recado.apps.outbox.migrations.0014_confirmed_phones").keep_phones(apps, None)
    for one in (made, email):
        one.refresh_from_db()
    assert (made.confirmed_at, email.confirmed_at) == (made.created_at, None)


def test_guesses_run_out_and_a_new_code_is_needed(account: Account):
    able(account)
    made, now = phone(account), timezone.now()
    code = sent(made, now)
    wrong = "000000" if code != "000000" else "000001"
    assert [confirm(made, wrong, now) for _ in range(5)] == [*[CodeJudgement.WRONG] * 4, CodeJudgement.USED_UP]
    assert confirm(made, code, now) is CodeJudgement.USED_UP
    again = sent(made, now + timedelta(minutes=1))
    if again != code:
        assert confirm(made, code, now + timedelta(minutes=1)) is CodeJudgement.WRONG
    assert confirm(made, again, now + timedelta(minutes=20)) is CodeJudgement.EXPIRED
    assert confirm(made, again, now + timedelta(minutes=2)) is CodeJudgement.RIGHT


def test_no_account_and_no_two_together_can_flood_a_phone(account: Account, stranger_account: Account):
    able(account)
    made, now = phone(account), timezone.now()
    sent(made, now)
    assert refused(made, now) is CodeRefusal.JUST_SENT
    assert refused(phone(stranger_account), now) is CodeRefusal.JUST_SENT
    sent(made, now + timedelta(minutes=2))
    sent(made, now + timedelta(minutes=4))
    assert refused(phone(stranger_account), now + timedelta(hours=2)) is CodeRefusal.TOO_MANY_TO_PHONE
    sent(made, now + timedelta(days=1, minutes=5))
    assert PhoneCode.objects.count() == 1


def test_whoever_texted_stop_gets_no_code_and_without_a_sender_none_goes(account: Account):
    made = phone(account)
    assert refused(made) is CodeRefusal.NO_SENDER
    able(account)
    OptOut.objects.create(id=1, account=account, msisdn=PHONE, scope="account", target_id=0, text="STOP", created_at=timezone.now())
    assert refused(made) is CodeRefusal.OPTED_OUT
    assert not PhoneCode.objects.exists()
