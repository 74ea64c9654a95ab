"""The protocol of a draw as PDF, in the account's language: what was published, what was drawn, how to check it.

What belongs here: the order of the parts and their words. What does not: the protocol itself (`core.draw_protocol`). Phones stand with
most of their digits left out, so that the file can be handed on; the list of all entries is in the JSON.
"""

import json
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer, Table, TableStyle

from recado.apps.contests.lists import public_name
from recado.apps.contests.models import Draw
from recado.core.draw_protocol import Protocol, read, standing
from recado.panel.contests.masking import masked
from recado.panel.invoices.tables import STYLE
from recado.panel.invoices.typeface import plain, register
from recado.panel.templatetags.formats import NO_BREAK_SPACE, THIN_SPACE, calendar_day, count, moment

MARGIN, GAP = 16 * mm, Spacer(1, 5 * mm)


def protocol_pdf(found: Draw) -> bytes:
    """Draw the protocol."""
    register()
    target, account = BytesIO(), found.contest.account
    with override(account.language), timezone.override(account.zone):
        document = SimpleDocTemplate(
            target,
            pagesize=A4,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=MARGIN,
            bottomMargin=MARGIN,
            title=_("Protocol of a draw"),
            author=found.contest.organiser or account.name,
            creator="Recado",
            lang=account.language,
            invariant=1,
        )
        document.build(list(_parts(found, read(json.loads(found.protocol)))))
    return target.getvalue()


def _parts(found: Draw, protocol: Protocol) -> list[Flowable]:
    entries = ngettext("%(count)s entry", "%(count)s entries", len(protocol.entries)) % {"count": _written(len(protocol.entries))}
    facts = [
        (_("Contest"), protocol.contest),
        (_("Organiser"), found.contest.organiser or found.contest.account.name),
        *([(_("Day"), calendar_day(found.on))] if found.day else []),
        (_("List frozen"), f"{moment(found.frozen_at)}, {entries}"),
        (_("Hash of the list (SHA-256)"), protocol.list_sha256),
        (_("Seed promised"), moment(found.promised_at)),
        (_("Hash of the seed (SHA-256)"), protocol.seed_sha256),
        (_("Drawn"), moment(found.drawn_at)),
        (_("Seed"), protocol.seed),
        (_("Public value"), protocol.beacon or _("none")),
    ]
    return [
        plain(_("Protocol of a draw"), 15, is_bold=True),
        GAP,
        _table([[plain(name, 7.5), plain(value, 8)] for name, value in facts], [52, 126], has_head=False),
        GAP,
        *_winners(found, protocol),
        *_redraws(protocol),
        GAP,
        plain(_("How to check it"), 11, is_bold=True),
        plain(
            _(
                "Take the protocol as JSON and run “recado verify-draw FILE” on any computer, without a database or a network. It draws "
                "again from the list and the seed and says whether the same comes out. Compare the two hashes with those that were "
                "published before the draw."
            )
        ),
    ]


def _winners(found: Draw, protocol: Protocol) -> list[Flowable]:
    places = standing(protocol)
    phones = _phones(found)
    rows = [[str(place), _("Winner"), name] for place, name in enumerate(places.winners, 1) if name]
    rows += [[str(place), _("Reserve"), name] for place, name in enumerate(places.reserves, 1)]
    head = [_("Place"), "", _("Phone"), _("Name in the published list")]
    drawn = [[plain(text, 7, is_bold=True) for text in head]]
    drawn += [[plain(place, 8), plain(what, 8), plain(phones.get(name, ""), 8), plain(name, 6.5)] for place, what, name in rows]
    return [plain(_("Winners and reserves"), 11, is_bold=True), Spacer(1, 2 * mm), _table(drawn, [14, 24, 34, 106])]


def _redraws(protocol: Protocol) -> list[Flowable]:
    if not protocol.redraws:
        return []
    parts: list[Flowable] = [GAP, plain(_("Changes after the draw"), 11, is_bold=True)]
    for number, one in enumerate(protocol.redraws, 1):
        what = _("others were drawn") if one.order else _("a reserve moved up")
        said = _("%(number)s. Out: %(names)s. Reason: %(reason)s (%(what)s).")
        names = ", ".join(name[:12] for name in one.out or one.without)
        parts.append(plain(said % {"number": number, "names": names, "reason": one.reason, "what": what}))
    return parts


def _phones(found: Draw) -> dict[str, str]:
    rows = found.wins.values_list("entry_id", "msisdn")
    return {public_name(found.contest, entry_id, phone): _spaced(masked(phone)) for entry_id, phone in rows}


def _written(number: int) -> str:
    return _spaced(count(number))


def _spaced(text: str) -> str:
    return text.replace(THIN_SPACE, NO_BREAK_SPACE)


def _table(rows: list[list[Flowable]], widths: list[int], *, has_head: bool = True) -> Flowable:
    style = [one for one in STYLE if has_head or one[0] != "BACKGROUND"]
    return Table(rows, colWidths=[width * mm for width in widths], repeatRows=int(has_head), style=TableStyle(style))
