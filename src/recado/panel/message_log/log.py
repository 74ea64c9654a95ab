"""All messages: the log for those who never chat, narrowed by what stands in the address, and its export.

What belongs here: requests and responses. What does not: which messages (`apps.inbox.log`), how files are written (`exporting`).
"""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recado.apps.inbox.log import LogRow, message_log, whole_log
from recado.apps.mms.models import Attachment, ReceivedMms
from recado.apps.mms.queries import attachments_of, received_of
from recado.core import trail
from recado.core.mms import PartRole
from recado.core.trail import TrailStep
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.exporting import Cell, export_response
from recado.panel.forms.message_filters import MessageFilters
from recado.panel.ids import id_of
from recado.panel.inbox.wordless import brought_by
from recado.panel.templatetags.recado import forward_word, state_word

AT_ONCE = 500
LONGEST_EXPORT = 100_000
"""Rows of one file; the newest are taken."""


@require_safe
@member_required
@may_read
def message_list(request: MemberRequest) -> HttpResponse:
    """Show a page of the log."""
    form = MessageFilters(request.account, request.GET)
    before, after = id_of(request.GET.get("before")), id_of(request.GET.get("after"))
    page = message_log(request.account, form.filters(), before=before, after=after)
    context = {
        "form": form,
        "page": page,
        "brought": brought_by([row.message.pk for row in page.rows]),
        "rows": [(row, _groups(row)) for row in page.rows],
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "is_paged": before is not None or page.newer_than is not None,
        "limit": LONGEST_EXPORT,
    }
    return render(request, "panel/message_log/log.html", context)


@require_safe
@member_required
@may_read
def message_export(request: MemberRequest) -> HttpResponse:
    """Give what the filters leave as a file, newest first."""
    rows = whole_log(request.account, MessageFilters(request.account, request.GET).filters(), LONGEST_EXPORT)
    name = f"recado-messages-{timezone.localdate():%Y-%m-%d}"
    return export_response(request.GET.get("as", ""), name, _header(), _cells(rows))


def _header() -> list[str]:
    return [
        _("Time"),
        _("From"),
        _("Name"),
        _("To"),
        _("Text"),
        _("Kind"),
        _("Subject"),
        _("Files"),
        _("Keyword"),
        _("After the keyword"),
        _("Groups"),
        _("Replies"),
        _("Forwards"),
        _("Test"),
        _("Id"),
    ]


def _cells(rows: Iterator[LogRow]) -> Iterator[list[Cell]]:
    while portion := list(islice(rows, AT_ONCE)):
        ids = [row.message.pk for row in portion]
        yield from map(partial(_line, received_of(ids), attachments_of(ids)), portion)


def _line(multimedia: Mapping[int, ReceivedMms], parts: Mapping[int, list[Attachment]], row: LogRow) -> list[Cell]:
    message, mms = row.message, multimedia.get(row.message.pk)
    files = [part.name or part.content_type for part in parts.get(message.pk, ()) if part.role == PartRole.MEDIA]
    return [
        message.received_at,
        message.sender,
        _name(row),
        message.recipient,
        message.text,
        "SMS" if mms is None else "MMS",
        mms.subject if mms else "",
        ", ".join(files),
        row.keyword.word if row.keyword else "",
        message.argument,
        ", ".join(_groups(row)),
        ", ".join(state_word(reply.state) for reply in row.replies),
        ", ".join(forward_word(job.state) for job in row.forwards),
        _("Yes") if message.is_test else _("No"),
        str(message.pk),
    ]


def _name(row: LogRow) -> str:
    return " ".join(filter(None, (row.contact.first_name, row.contact.last_name))) if row.contact else ""


def _groups(row: LogRow) -> list[str]:
    """Name the groups the message put its sender into."""
    return [str(entry.values.get("group", "")) for entry in trail.from_json(row.message.trail) if entry.step is TrailStep.ADDED_TO_GROUP]
