"""Ordering MMS: what speaks against one, what it costs, files noted with a message or once for many, pictures made to fit."""

import io
import os
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image

from recado.apps.accounts.models import Account, ApiUser, SendLimit
from recado.apps.accounts.send_limits import remaining, set_limit
from recado.apps.accounts.services import create_account
from recado.apps.connections.models import Connection
from recado.apps.contacts.blocking import block
from recado.apps.contacts.opt_outs import OptedOutError, Scope, opt_out
from recado.apps.media.models import Content, MediaFile, ScanState
from recado.apps.media.services import keep_file
from recado.apps.mms.composing import content_of, estimate, problems
from recado.apps.mms.drafts import Draft, DraftFile, MmsRefusal, MmsRefusedError
from recado.apps.mms.models import Attachment, SentMms
from recado.apps.mms.queries import attachments_of_sent, get_attachment_for
from recado.apps.mms.sending import BadRecipientError, send_mms, send_mms_in_portions
from recado.apps.numbers.models import Number
from recado.apps.outbox.answers import NotSent, Outgoing
from recado.apps.outbox.models import Job, Origin, OutboundMessage
from recado.apps.outbox.senders import NoSenderError, SenderRefusal, mms_senders
from recado.apps.sql import lent_connection
from recado.blobs.base import keep, read
from recado.blobs.choosing import blobs_of
from recado.core.mms import LONGEST_SUBJECT
from recado.store.mms import load_sent

pytestmark = pytest.mark.django_db
HANNA, JAN = "48604218377", "48600700800"


def picture(width: int, height: int) -> bytes:
    """Make a picture that cannot be compressed well."""
    made = io.BytesIO()
    Image.frombytes("RGB", (width, height), os.urandom(width * height * 3)).save(made, "JPEG", quality=95)
    return made.getvalue()


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    """Keep bytes where nobody else does."""
    settings.RECADO = replace(settings.RECADO, data=tmp_path)


@pytest.fixture
def account() -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def carrier() -> Connection:
    return Connection.objects.create(name="MMSC", kind="mm7", settings={"max_send_bytes": 100_000})


@pytest.fixture
def number(account, carrier) -> Number:
    return Number.objects.create(digits="48664200300", kind="individual_long_mms", account=account, mms_connection=carrier)


@pytest.fixture
def photo(account) -> MediaFile:
    return keep_file(account, "roses.jpg", picture(40, 30))


def send(account: Account, number: Number, draft: Draft, to: str = HANNA, **more: object) -> OutboundMessage:
    return send_mms(account, number, to, draft, origin=Origin.AGENT, **more)


def test_an_mms_is_one_message_with_its_files_at_the_price_of_an_mms(account, number, carrier, photo):
    message = send(account, number, Draft(" Roses ", "Fresh today. " * 20, (DraftFile.of(photo),)))
    assert (message.kind, message.segment_count, message.cost, message.connection_id) == ("mms", 1, 25, carrier.pk)
    assert SentMms.objects.get().subject == "Roses"
    part = Attachment.objects.get()
    assert (part.outbound_id, part.sha256, part.name, part.content_type) == (message.pk, photo.sha256, "roses.jpg", "image/jpeg")
    assert Content.objects.get().sha256 == photo.sha256
    assert Job.objects.get().outbound_message_id == message.pk
    assert load_sent(lent_connection(), [message.pk])[message.pk].parts[0].sha256 == photo.sha256


def test_the_same_key_sends_once_and_later_waits(account, number, photo):
    draft, later = Draft("", "Hi", (DraftFile.of(photo),)), timezone.now() + timedelta(hours=2)
    first = send(account, number, draft, at=later, idempotency_key="k1")
    assert send(account, number, draft, idempotency_key="k1").pk == first.pk
    assert Job.objects.get().next_attempt_at == later
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (Draft(), MmsRefusal.EMPTY),
        (Draft("Only a subject"), MmsRefusal.EMPTY),
        (Draft("x" * (LONGEST_SUBJECT + 1), "Hi"), MmsRefusal.SUBJECT_TOO_LONG),
        (Draft("", "x" * 2000), MmsRefusal.TEXT_TOO_LONG),
        (Draft("", "", (DraftFile("ab" * 32, 10, "image/jpeg", "gone.jpg"),)), MmsRefusal.GONE),
        (Draft("", "", (DraftFile("ab" * 32, 10, "text/html", "page.html"),)), MmsRefusal.TYPE),
    ],
)
def test_what_is_wrong_with_a_draft_is_named_and_nothing_is_written(account, number, draft, reason):
    assert [one.reason for one in problems(draft, number)] == [reason]
    with pytest.raises(MmsRefusedError):
        send(account, number, draft)
    assert not OutboundMessage.objects.exists()


def test_infected_files_are_not_sent(number, photo):
    Content.objects.filter(pk=photo.sha256).update(scan_state=ScanState.INFECTED)
    found = problems(Draft("", "", (DraftFile.of(photo),)), number)
    assert [(one.reason, one.file) for one in found] == [(MmsRefusal.INFECTED, "roses.jpg")]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"kind": "individual_long"}, SenderRefusal.NO_MMS),
        ({"mms_connection": None}, SenderRefusal.NO_CONNECTION),
        ({"state": "suspended"}, SenderRefusal.CANNOT_SEND),
    ],
)
def test_only_a_number_with_mms_sends_it(account, number, changed, reason):
    assert mms_senders(account) == [number]
    Number.objects.filter(pk=number.pk).update(**changed)
    number.refresh_from_db()
    assert mms_senders(account) == []
    assert problems(Draft("", "Hi"), number)[0].sender == reason


def test_strangers_cannot_send_from_it(number):
    with pytest.raises(NoSenderError):
        send(create_account("Piekarnia"), number, Draft("", "Hi"))


def test_an_sms_link_carries_no_mms(account, number):
    number.mms_connection, number.connection = None, Connection.objects.create(name="Carrier", kind="smpp")
    number.save()
    assert problems(Draft("", "Hi"), number)[0].sender == SenderRefusal.NO_CONNECTION
    assert send(account, number, Draft("", "Hi"), is_test=True).connection.kind == "simulator"


def test_people_who_are_blocked_or_opted_out_get_none(account, number):
    block(account, JAN)
    for phone, reason in ((JAN, NotSent.BLOCKED), ("123", NotSent.INVALID_NUMBER), (number.digits, NotSent.INVALID_NUMBER)):
        with pytest.raises(BadRecipientError) as caught:
            send(account, number, Draft("", "Hi"), phone)
        assert caught.value.reason == reason
    opt_out(account, HANNA, Scope.ACCOUNT, now=timezone.now())
    with pytest.raises(OptedOutError):
        send(account, number, Draft("", "Hi"))


def test_pictures_are_made_to_fit_what_the_carrier_takes(account, number):
    large = keep_file(account, "field.jpg", picture(600, 400))
    draft = Draft("", "", (DraftFile.of(large),))
    assert large.size > 100_000
    assert estimate(draft, number).is_shrunk
    part = content_of(draft, number).parts[0]
    assert part.size < 100_000
    with Image.open(io.BytesIO(read(blobs_of(settings.RECADO), part.sha256))) as made:
        assert made.format == "JPEG"


def test_what_cannot_be_made_smaller_is_refused_before_anything_is_charged(account, number):
    sha256 = keep(blobs_of(settings.RECADO), b"\0" * 200_000)
    film = Draft("", "", (DraftFile(sha256, 200_000, "video/mp4", "film.mp4"),))
    assert [(one.reason, one.limit) for one in problems(film, number)] == [(MmsRefusal.TOO_LARGE, 100_000)]
    broken = Draft("", "", (DraftFile(sha256, 200_000, "image/jpeg", "no picture.jpg"),))
    with pytest.raises(MmsRefusedError) as caught:
        send(account, number, broken)
    assert [(one.reason, one.file) for one in caught.value.problems] == [(MmsRefusal.TOO_LARGE, "no picture.jpg")]


def test_many_share_their_files_and_the_limit_of_the_login_holds(account, number, photo):
    program = ApiUser.objects.create(account=account, username="shop", password="!")  # nobody signs in
    set_limit(program, SendLimit.Kind.MMS, 2)
    draft = Draft("Roses", "", (DraftFile.of(photo),))
    outgoing = [Outgoing(phone, text) for phone, text in ((HANNA, "Hi Hanna"), (JAN, ""), ("48600700801", "Hi"))]
    given = {"now": timezone.now(), "origin": Origin.API, "program": program}
    tried = [one for some in send_mms_in_portions(account, number, outgoing, draft, dry_run=True, **given) for one in some]
    assert not SentMms.objects.exists()
    sent = [one for some in send_mms_in_portions(account, number, outgoing, draft, **given) for one in some]
    assert [one.reason for one in sent] == [one.reason for one in tried] == [None, None, NotSent.LIMIT_USED]
    assert [one.cost for one in tried] == [25, 25, 0]
    assert remaining(program, "mms") == 0
    loaded = load_sent(lent_connection(), [one.message_id for one in sent if one.message_id])
    assert [mms.parts[0].sha256 for mms in loaded.values()] == [photo.sha256] * 2
    part = Attachment.objects.get()
    assert attachments_of_sent(list(loaded)) == {key: [part] for key in loaded}
    assert get_attachment_for(account, part.pk) == part
    with pytest.raises(Attachment.DoesNotExist):
        get_attachment_for(create_account("Piekarnia"), part.pk)
