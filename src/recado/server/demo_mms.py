"""The demo's MMS: a number that takes them, and conversations with photos, slides, a voice message, a card and a document.

What belongs here: who sent what. What does not: the files themselves (`demo_pictures`).
"""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection as django_connection

from recado.apps.accounts.models import Account
from recado.apps.connections.models import Connection
from recado.apps.dialogues.models import Dialogue
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.media.pictures import prepare_waiting
from recado.apps.media.services import blobs
from recado.apps.mms.parts import part_of
from recado.apps.numbers.services import add_number
from recado.config import Config
from recado.core.message import Encoding, InboundPart
from recado.core.mms import InboundMms, Slide
from recado.core.mms_given import GivenFile
from recado.core.number import NumberKind
from recado.gateway.clock import utc_now
from recado.gateway.receive import receive_group
from recado.server import demo_mms_answer
from recado.server import demo_pictures as made
from recado.server.demo_story import PEOPLE
from recado.store.dialect import connect
from recado.store.ids import IdGenerator
from recado.store.snapshot import load_routes

NUMBER = "48664200401"
_MORNING, _MEADOW, _EVENING = ((255, 236, 210), (222, 238, 214)), ((210, 232, 250), (226, 240, 220)), ((246, 214, 222), (214, 206, 232))


@dataclass(frozen=True, slots=True)
class Sent:
    """One MMS of the story."""

    minutes_ago: int
    who: int
    """Place in PEOPLE."""
    subject: str
    text: str
    files: tuple[GivenFile, ...]
    slides: tuple[Slide, ...] = ()


def configure(flowers: Account) -> None:
    """Give the shop a number for pictures, and a keyword there."""
    carrier = Connection.objects.get(kind="simulator")
    number = add_number(NUMBER, NumberKind.INDIVIDUAL_LONG_MMS, account=flowers, connection=carrier, label="Zdjęcia")
    reply = "Thank you for your photo! The nicest one of the week wins a bouquet."
    reserve_keyword(flowers, number, "Photo", RuleContent((), reply, ()), also_when_text_follows=True)


def load(config: Config, flowers: Account) -> None:
    """Let them come, oldest first, and make their previews."""
    now, ids = utc_now(), IdGenerator(config.node * 2)
    carrier = Connection.objects.get(kind="simulator")
    number = flowers.numbers.get(digits=NUMBER)
    parts = [_part(carrier.pk, number.digits, one, now - timedelta(minutes=one.minutes_ago)) for one in _story()]
    django_connection.close()  # SQLite: one writer at a time
    with closing(connect(config.database)) as con:
        routes = load_routes(con)
        for part in parts:
            with con.transaction():
                receive_group(con, [part], routes, ids.stream(int(part.received_at.timestamp() * 1000)), part.received_at)
    asked = Dialogue.objects.get(account=flowers, number=number, msisdn=PEOPLE[2].msisdn)
    pot = GivenFile("doniczka.jpg", "image/jpeg", made.picture(made.POT, *_MEADOW))
    demo_mms_answer.load(flowers, asked, "For you", "They are beautiful! This one has just come in, shall we keep it for you?", pot)
    while prepare_waiting(blobs()):
        pass


def _part(connection_id: int, recipient: str, one: Sent, at: datetime) -> InboundPart:
    files = tuple(part_of(blobs(), file) for file in one.files)
    mms = InboundMms(one.subject, one.text, files, one.slides)
    return InboundPart(connection_id, PEOPLE[one.who].msisdn, recipient, mms.shown_text, Encoding.UCS2, at, b"", fingerprint=0, mms=mms)


def _story() -> list[Sent]:
    bouquet = GivenFile("bukiet.jpg", "image/jpeg", made.picture(made.BOUQUET, *_MORNING))
    roses = GivenFile("roze.jpg", "image/jpeg", made.picture(made.ROSES, *_MEADOW))
    pot = GivenFile("doniczka.jpg", "image/jpeg", made.picture(made.POT, *_EVENING))

    def words(text: str) -> GivenFile:
        return GivenFile("text.txt", "text/plain", text.encode(), is_text=True)

    card = GivenFile("jan.vcf", "text/x-vcard", made.card("Jan Kowal", "48501500500"))
    told = ("Monday", "Wednesday", "Today")
    slides = tuple(Slide((2 * place, 2 * place + 1), 4000) for place in range(3))
    mixed = tuple(file for picture, day in zip((bouquet, roses, pot), told, strict=True) for file in (picture, words(day)))
    return [
        Sent(
            2890,
            3,
            "",
            "My card, in case you need a courier.",
            (card,),
        ),
        Sent(1460, 2, "How they bloomed", "\n".join(told), mixed, slides),
        Sent(320, 1, "Invoice", "Is this the right one?", (GivenFile("faktura.pdf", "application/pdf", made.document()),)),
        Sent(190, 1, "", "", (GivenFile("glos.wav", "audio/wav", made.voice()),)),
        Sent(42, 5, "Photo", "From my balcony, with love", (bouquet, roses)),
    ]
