"""The codes of a pool as a file.

What belongs here: columns and rows. What does not: how rows become a file (`panel.exporting`).
"""

from collections.abc import Iterator, Sequence

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recado.apps.codes.models import CodePool
from recado.apps.codes.queries import CodeState, codes_of, get_pool_for, state_of
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.code_words import STATES
from recado.panel.exporting import Cell, export_response

_AT_ONCE = 2000


@require_safe
@member_required
@may_read
def export(request: MemberRequest, pool_id: int) -> HttpResponse:
    """Hand out all codes of a pool, or those in one state."""
    found = get_pool_for(request.account, pool_id)
    asked = request.GET.get("show", "")
    state = CodeState(asked) if asked in set(CodeState) else None
    header = [_("Code"), _("State"), _("Phone number"), _("Handed out")]
    return export_response(request.GET.get("as", "csv"), slugify(found.name) or "codes", header, _rows(found, state))


def _rows(pool: CodePool, state: CodeState | None) -> Iterator[Sequence[Cell]]:
    codes = codes_of(pool, state).order_by("id")
    for code in codes.iterator(_AT_ONCE):
        yield code.value, str(STATES[state_of(code)]), code.msisdn or "", code.handed_at
