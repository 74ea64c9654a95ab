"""An MMS with everything one can bring, invented.

What belongs here: sample values for the partials of MMS in `/inbox/`. What does not: the page (`guide`).
"""

from typing import Any

from django.templatetags.static import static

from recado.apps.media.models import ScanState
from recado.apps.mms.drafts import DraftFile, MmsEstimate, MmsProblem, MmsRefusal
from recado.apps.mms.models import UnsentFile
from recado.core.vcard import Card
from recado.panel.inbox.attached import Attached
from recado.panel.inbox.multimedia import ShownMms, ShownPart
from recado.panel.media.kept import ShownFile
from recado.panel.mms_words import mms_problem

SECTION = "#guide-mms"


def _too_large() -> str:
    return mms_problem(MmsProblem(MmsRefusal.TOO_LARGE, limit=307_200))


def multimedia() -> dict[str, Any]:
    """Give what the sample of MMS is made of: without a layout, and with slides."""
    picture = static("panel/icon.svg")
    first = ShownPart("picture", "bukiet.jpg", 48_200, "image/jpeg", SECTION, picture, picture, width=256, height=256)
    waiting = ShownPart("picture", "roze.jpg", 51_900, "image/jpeg", SECTION, is_waiting=True)
    card = Card(name="Jan Kowal", phones=("+48501500500",))
    others = (
        ShownPart("card", "jan.vcf", 190, "text/x-vcard", SECTION, card=card, contact_url=SECTION),
        ShownPart("sound", "glos.amr", 12_300, "audio/amr", SECTION),
        ShownPart("words", "lista.txt", 42, "text/plain", SECTION, words="20 róż\n3 piwonie"),
        ShownPart("file", "faktura.pdf", 90_000, "application/pdf", SECTION, state=ScanState.RECEIVED),
        ShownPart("file", "katalog.pdf", 9_900_000, "application/pdf", SECTION, state=ScanState.UNSCANNABLE),
        ShownPart("file", "program.zip", 7_700, "application/zip", state=ScanState.INFECTED),
    )
    told = ShownPart("words", "text.txt", 12, "text/plain", words="Poniedziałek")
    attached = [
        UnsentFile(pk=1, name="bukiet.jpg", content_type="image/jpeg", size=1_948_200),
        UnsentFile(pk=2, name="dojazd z dworca i z parkingu.pdf", content_type="application/pdf", size=90_000),
    ]
    kept = (
        ShownFile(DraftFile("", 48_200, "image/jpeg", "bukiet.jpg"), is_dangerous=False, url=SECTION, preview_url=picture),
        ShownFile(DraftFile("", 90_000, "application/pdf", "cennik.pdf"), is_dangerous=False, url=SECTION),
        ShownFile(DraftFile("", 7_700, "application/zip", "program.zip"), is_dangerous=True),
    )
    return {
        "attached": Attached(attached, MmsEstimate(2_040_000, 307_200, is_shrunk=True, price=25), is_free=False),
        "too_large": Attached(
            attached[1:], MmsEstimate(900_000, 307_200, is_shrunk=False, price=25), is_free=False, problems=(_too_large(),)
        ),
        "kept": kept,
        "mms_samples": [
            ShownMms("Z balkonu", pictures=(first, waiting), others=others),
            ShownMms("Jak rosły", slides=((first, told), (waiting,))),
        ],
    }
