"""Contents under a real scanner: what becomes of them, who is told, and that nothing is lost while there is no scanner."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panel.conversations import dialogue, received
from recado.apps import changes
from recado.apps.accounts.models import Role
from recado.apps.accounts.services import add_member, create_account, create_user
from recado.apps.changes import Change
from recado.apps.ids import next_id
from recado.apps.media.clamd import ScanBrokenError, Scanner, ScannerAwayError
from recado.apps.media.dangerous import tell_arrived
from recado.apps.media.models import Content, PreviewState, ScanState
from recado.apps.media.pictures import prepare_waiting
from recado.apps.media.scanning import TRIES, Scanning, waiting_scans
from recado.apps.media.services import blobs
from recado.apps.mms.models import Attachment
from recado.apps.notifications.models import Notification
from recado.blobs.base import keep
from recado.panel.notification_words import sentence
from recado.protocols.clamav import Answer, Verdict
from running_clamd import EICAR, FOUND, LARGEST

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def scanning(clamd):
    return Scanning(blobs(), Scanner(clamd.at))


def kept(bytes_: bytes, *, minutes: int = 0, **more) -> Content:
    at = NOW + timedelta(minutes=minutes)
    facts = {"size": len(bytes_), "content_type": "image/jpeg", "created_at": at, **more}
    return Content.objects.create(sha256=keep(blobs(), bytes_), **facts)


def brought(conversation, content: Content) -> int:
    """Return the id of a message that brought a content."""
    message = received(conversation, "")
    Attachment.objects.create(id=next_id(), message_id=message.pk, position=0, role="media", sha256=content.pk, size=1, content_type="x/y")
    return message.pk


def person(account, role: Role) -> None:
    add_member(account, create_user(f"{role}-{account.pk}@example.com", None, name=role.title()), role)


def told() -> set[tuple[str, str, str]]:
    return {(each.user.name, sentence(each), each.url) for each in Notification.objects.select_related("user")}


@pytest.mark.parametrize(
    ("bytes_", "state", "word"),
    [
        (b"roses", ScanState.CLEAN, ""),
        (EICAR, ScanState.INFECTED, FOUND),
        (bytes(LARGEST + 1), ScanState.UNSCANNABLE, "INSTREAM size limit exceeded"),
    ],
)
def test_a_content_gets_the_scanners_verdict(scanning, bytes_, state, word):
    content = kept(bytes_)
    assert scanning.scan_next(NOW) is state
    content.refresh_from_db()
    assert (content.scan_state, content.scan_word, content.scanned_at) == (state, word, NOW)
    assert scanning.scan_next(NOW) is None


def test_a_content_whose_bytes_are_gone_cannot_be_checked(scanning):
    content = Content.objects.create(sha256="0" * 64, size=1, content_type="image/jpeg", created_at=NOW)
    assert scanning.scan_next(NOW) is ScanState.UNSCANNABLE
    content.refresh_from_db()
    assert content.scan_word == "the file is gone"


def test_the_oldest_goes_first_and_what_has_a_verdict_is_left_alone(scanning):
    young, old = kept(b"young", minutes=2), kept(b"old")
    kept(b"seen", minutes=-1, scan_state=ScanState.INFECTED)
    assert waiting_scans() == (2, NOW)
    scanning.scan_next(NOW)
    assert [one.scan_state for one in (Content.objects.get(pk=old.pk), Content.objects.get(pk=young.pk))] == ["clean", "received"]


def test_with_a_scanner_only_what_it_has_looked_at_is_opened():
    for state in ScanState:
        kept(state.encode(), scan_state=state)
    assert prepare_waiting(blobs(), is_scanning=True) == 2
    opened = Content.objects.exclude(preview_state=PreviewState.WAITING)
    assert {one.scan_state for one in opened} == {ScanState.CLEAN, ScanState.UNSCANNABLE}


def test_what_was_made_of_a_file_goes_when_a_virus_is_found_in_it(scanning):
    content = kept(EICAR, preview_state=PreviewState.DONE, preview_sha256="a" * 64, stripped_sha256="b" * 64)
    scanning.scan_next(NOW)
    content.refresh_from_db()
    assert (content.preview_state, content.preview_sha256, content.stripped_sha256) == (PreviewState.NONE, "", "")
    assert prepare_waiting(blobs()) == 0


def test_readers_of_every_account_that_got_a_virus_are_told_once_for_each_message(scanning):
    content, ours, theirs, nobodys = kept(EICAR), create_account("Róża"), create_account("Tulipan"), create_account("Bez")
    for account, role in ((ours, Role.OWNER), (ours, Role.AGENT), (ours, Role.BILLING), (theirs, Role.OWNER), (nobodys, Role.OWNER)):
        person(account, role)
    conversation = dialogue(ours, name="Anna Lis")
    first, second = brought(conversation, content), brought(conversation, content)
    third = brought(dialogue(theirs, msisdn="48501222333"), content)
    scanning.scan_next(NOW)
    words = "A virus was found in a file that {} sent you. The file is not handed out."
    annas = words.format("Anna Lis")
    expected = {(name, annas, f"/messages/{key}/") for key in (first, second) for name in ("Owner", "Agent")}
    expected.add(("Owner", words.format("+48 501 222 333"), f"/messages/{third}/"))
    assert told() == expected
    tell_arrived([conversation.pk], timezone.now())
    assert Notification.objects.count() == len(expected)


def test_a_message_that_brings_a_known_virus_again_is_told_of(scanning):
    content, account = kept(EICAR), create_account("Róża")
    person(account, Role.OWNER)
    scanning.scan_next(NOW)
    conversation = dialogue(account)
    key = brought(conversation, content)
    brought(conversation, kept(b"roses", scan_state=ScanState.CLEAN))
    for _ in range(2):
        tell_arrived([conversation.pk], timezone.now())
    assert [each.url for each in Notification.objects.all()] == [f"/messages/{key}/"]


def test_open_conversations_hear_of_the_verdict(scanning, django_capture_on_commit_callbacks):
    heard: list[Change] = []
    conversation = dialogue(create_account("Róża"))
    brought(conversation, kept(b"roses"))
    unsubscribe = changes.subscribe(heard.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            scanning.scan_next(NOW)
    finally:
        unsubscribe()
    assert heard == [Change("dialogue", conversation.account_id, conversation.pk)]


def test_while_the_scanner_is_away_everything_waits_and_is_scanned_once_it_is_back(own_clamd):
    scanning = Scanning(blobs(), Scanner(own_clamd.at))
    for bytes_, state in ((b"roses", ScanState.CLEAN), (EICAR, ScanState.INFECTED)):
        content = kept(bytes_)
        with pytest.raises(ScannerAwayError):
            scanning.scan_next(NOW)
        content.refresh_from_db()
        assert (content.scan_state, content.scanned_at) == (ScanState.RECEIVED, None)
        own_clamd.start()
        assert scanning.scan_next(NOW) is state
        own_clamd.stop()


class Choosy:
    """A scanner that fails over some files."""

    def __init__(self, error: Exception, *sizes: int) -> None:
        self.error, self.sizes, self.asked = error, sizes, 0

    def ping(self) -> None:
        """Be there."""

    def scan(self, file):
        if len(file.read()) in self.sizes:
            self.asked += 1
            raise self.error
        return Answer(Verdict.CLEAN)


def test_a_file_over_which_the_scanner_fails_holds_up_no_other_and_is_given_up_in_the_end():
    bad, good, scanner = kept(b"bad"), kept(b"good", minutes=1), Choosy(ScanBrokenError("cut off"), 3)
    scanning = Scanning(blobs(), scanner)
    with pytest.raises(ScanBrokenError):
        scanning.scan_next(NOW)
    assert scanning.scan_next(NOW) is ScanState.CLEAN
    assert Content.objects.get(pk=good.pk).scan_state == ScanState.CLEAN
    for _ in range(TRIES - 2):
        with pytest.raises(ScanBrokenError):
            scanning.scan_next(NOW)
    assert scanning.scan_next(NOW) is ScanState.UNSCANNABLE
    bad.refresh_from_db()
    assert (bad.scan_word, scanner.asked) == ("the scanner gave no answer", TRIES)


def test_a_file_that_cannot_be_read_now_waits_behind_the_others():
    bad, scanning = kept(b"bad"), Scanning(blobs(), Choosy(OSError(5, "Input/output error"), 3))
    others = [kept(b"good" * place, minutes=place) for place in (1, 2)]
    for is_bad in (True, False, False, True, True, True, True):
        if is_bad:
            with pytest.raises(OSError, match="Input/output"):
                scanning.scan_next(NOW)
        else:
            assert scanning.scan_next(NOW) is ScanState.CLEAN
    assert Content.objects.get(pk=bad.pk).scan_state == ScanState.RECEIVED
    assert not Content.objects.filter(pk__in=[one.pk for one in others], scan_state=ScanState.RECEIVED).exists()
