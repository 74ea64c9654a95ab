"""The page with every component. Whoever is signed in may look: it shows invented values alone, and nothing on it is stored or sent.

What belongs here: gathering the samples. What does not: the samples themselves (`conversations`, `changes`, `forms`, `answers`).
"""

from datetime import timedelta
from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recado.apps.accounts.models import Account, User, Visit
from recado.apps.audit.models import AuditEntry
from recado.apps.connections.ports import LinkReport
from recado.apps.contacts.models import GroupMembership
from recado.apps.dialogues.phone import PhoneText
from recado.apps.keywords.models import Keyword
from recado.core import trail
from recado.panel import navigation, trail_words
from recado.panel.access import account_of, language_of, sign_in_first
from recado.panel.everywhere.finding import Finding, Hit
from recado.panel.inbox.composing import Quiet
from recado.panel.posters.files import poster_file
from recado.panel.posters.formats import FORMATS
from recado.panel.posters.typeface import can_draw
from recado.panel.posters.words import sentence, words_for
from recado.panel.sparkline import sparkline
from recado.panel.styleguide import conversations as samples
from recado.panel.styleguide.answers import answers
from recado.panel.styleguide.changes import changes
from recado.panel.styleguide.charts import charts
from recado.panel.styleguide.contests import contests
from recado.panel.styleguide.forms import sample_form, sample_hours, sample_phone_form
from recado.panel.styleguide.forwards import forwards
from recado.panel.styleguide.multimedia import multimedia
from recado.panel.styleguide.sends import sends
from recado.panel.styleguide.surveys import surveys
from recado.panel.templatetags.recado import own_number

MAY = ("may_read", "may_answer", "may_configure", "may_send", "may_manage")
DIFFERENCES = [("Odpowiedź", "Dziękujemy", "Dziękujemy, oddzwonimy"), ("Grupa", "", "Newsletter")]
LEVELS = (constants.SUCCESS, constants.WARNING, constants.ERROR)
COUNTS = [0, 3, 5, 2, 8, 13, 9, 4, 0, 6, 11, 7, 5, 10]
LINK_STATES = ("bound", "connecting", "waiting", "drained")
OCTETS = bytes.fromhex("00000043000000050000000000000001000101343836303432313833373700010134") + b"Ogrodnik"


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    if not isinstance(request.user, User):
        return sign_in_first(request)
    account = account_of(request.user, request.session)
    if language := language_of(request.user, account) if account else request.user.language:
        translation.activate(language)
    for flag in MAY:  # what the samples offer; there is nothing behind them
        setattr(request, flag, True)
    return render(
        request,
        "panel/styleguide/styleguide.html",
        {
            **_inbox(),
            **_pieces(),
            **sends(timezone.now()),
            **forwards(timezone.now()),
            **surveys(),
            **charts(timezone.now()),
            **contests(timezone.now()),
            **multimedia(),
            "viewer": request.user,
        },
    )


def _inbox() -> dict[str, Any]:
    now = timezone.now()
    rows, compact = samples.rows(10, now), samples.rows(20, now)
    opened = rows[1]
    quiet = Quiet(now.replace(hour=22, minute=40), now.replace(hour=8, minute=0))
    offered: dict[str, Any] = {
        "snoozes": [("hour", "1 h")],
        "colleagues": [samples.ANNA],
        "tomorrow": now + timedelta(days=1),
        "key": "sample",
        "seen": 0,
    }
    offered |= {"leaves_from": samples.NUMBER.digits, "price": 9, "soonest": now, "send_choices": [("evening", "18:00")], "quiet": quiet}
    lists = {"rows": rows, "compact": compact, "items": samples.thread(now), "notifications": samples.notifications(now)}
    return {**lists, **offered, "dialogue": opened, "snoozed": rows[4], "foreign": rows[6], "contact": opened.contact}


def _pieces() -> dict[str, Any]:
    now = timezone.now()
    word = Keyword(pk=0, word="OGRODNIK", number=samples.NUMBER)
    steps = trail_words.steps(trail.from_json(samples.TRAIL))
    phone = [
        PhoneText(1, now, is_from_phone=True, number=samples.NUMBER.digits, text="Ogrodnik"),
        PhoneText(2, now, is_from_phone=False, number=samples.NUMBER.digits, text="Dziękujemy za zgłoszenie."),
        PhoneText(3, now, is_from_phone=True, number=samples.NUMBER.digits, text="Ogrodink", is_nobodys=True),
    ]
    hits = [Hit("Hanna Zielińska", "#c-palette", "user", "+48 604 218 371"), Hit("OGRODNIK", "#c-palette", "key", keys="G K")]
    visit = Visit(account=Account(name="Kwiaciarnia Róża"), expires_at=now + timedelta(minutes=30))
    return {
        "form": sample_form(),
        "hours": sample_hours(),
        "phone_form": sample_phone_form(),
        "texts": [(text, None) for text in phone],
        "keyword": word,
        "sentence": sentence(word.word, own_number(word.number.digits)),
        "posters": _posters(word),
        "steps": steps,
        "changes": changes(now),
        "found": [Finding("Kontakty", hits)],
        "entries": navigation.ENTRIES[:3],
        "rail": {"current": navigation.ENTRIES[1]},
        "visited": {"visit": visit},
        "member": {"membership": GroupMembership(pk=0, group_id=0, contact_id=0, ends_at=now + timedelta(days=30))},
        "counts": COUNTS,
        "chart": sparkline(COUNTS),
        "links": [LinkReport(0, "operator", str(place), state) for place, state in enumerate(LINK_STATES, 1)],
        "octets": OCTETS,
        **answers(),
        "log": [(AuditEntry(at=now, actor="Anna Nowak", is_operator=True), "OGRODNIK", DIFFERENCES)],
        "told": [Message(level, _("Nothing on this page is stored or sent.")) for level in LEVELS],
        "refused": _("Anna Nowak answered a moment ago."),
        "page": Paginator(range(7), 1).page(2),
        "now": now,
    }


def _posters(word: Keyword) -> dict[str, str]:
    digits = word.number.digits
    words = words_for(word.word, digits, own_number(digits), "Kwiaciarnia Róża", "", can_draw)
    return {name: mark_safe(poster_file(words, form, "svg").decode()) for name, form in FORMATS.items()}  # noqa: S308  # our own drawing
