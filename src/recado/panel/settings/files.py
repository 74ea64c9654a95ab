"""Files the company keeps to send: the list, keeping more, letting one go.

What belongs here: requests and responses. What does not: what may be kept (`apps.media.services`), links (`panel.media.kept`).
"""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from recado.apps.media.services import (
    MOST_BYTES,
    MOST_BYTES_OF_ACCOUNT,
    FileTooLargeError,
    NoMediaError,
    get_media_file_for,
    keep_file,
    media_files_of,
    remove_file,
)
from recado.apps.mms.drafts import MOST_FILES
from recado.panel.access import MemberRequest, may_answer, may_read, member_required
from recado.panel.media.kept import shown_files

PAGE = 50


@member_required
@may_read
def files(request: MemberRequest) -> HttpResponse:
    """Show what is kept, the newest first; a posted form keeps more."""
    return _keep(request) if request.method == "POST" else _list(request)


def _list(request: MemberRequest, refused: Sequence[str] = ()) -> HttpResponse:
    search = request.GET.get("q", "").strip()[:80]
    found = media_files_of(request.account)
    kept = found.aggregate(total=Sum("size"))["total"] or 0
    chosen = found.filter(name__icontains=search) if search else found
    before = request.GET.get("before", "")
    rows = list((chosen.filter(pk__lt=int(before)) if before.isdecimal() else chosen)[: PAGE + 1])
    context = {
        "files": shown_files(request.account, rows[:PAGE]),
        "earlier_than": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "has_any": kept > 0,
        "search": search,
        "kept": kept,
        "most": MOST_BYTES_OF_ACCOUNT,
        "most_of_one": MOST_BYTES,
        "refused": refused,
    }
    return render(request, "panel/settings/files.html", context, status=422 if refused else 200)


@member_required
@may_answer
@require_POST
def file_remove(request: MemberRequest, public_id: str) -> HttpResponse:
    """Let one file go; messages that were sent with it keep theirs."""
    file = get_media_file_for(request.account, public_id)
    remove_file(file)
    messages.success(request, _("%(name)s is not kept any more. Messages sent with it keep theirs.") % {"name": file.name})
    return redirect("files")


@may_answer
def _keep(request: MemberRequest) -> HttpResponse:
    """Keep what was posted; what could be kept is, whatever is wrong with the rest."""
    posted = request.FILES.getlist("files")
    refused, count = [] if posted else [_("Choose a file first.")], 0
    for file in posted[:MOST_FILES]:
        name = file.name or "file"
        try:
            keep_file(request.account, name, file.read())
        except FileTooLargeError:
            refused.append(_("%(file)s does not fit: a file has at most 10 MB, all together 500 MB.") % {"file": name})
        except NoMediaError:
            refused.append(_("%(file)s is of a kind that phones do not show.") % {"file": name})
        else:
            count += 1
    if len(posted) > MOST_FILES:
        refused.append(_("At most 10 files are kept at once. Choose the others again."))
    if count:
        messages.success(request, ngettext("%(count)d file is kept.", "%(count)d files are kept.", count) % {"count": count})
    return _list(request, refused) if refused else redirect("files")
