"""What a text that answers by itself looks like on a phone, as a fragment under it.

What belongs here: the fragment. What does not: filling in and counting (`apps.autoresponders.preview`), the form (`pages`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from recado.apps.accounts.models import Account
from recado.apps.autoresponders.preview import Preview
from recado.apps.autoresponders.preview import preview_of as filled_in
from recado.apps.autoresponders.services import LONGEST_TEXT
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.forms.autoresponder import place_of


@require_POST
@member_required
@may_configure
def preview(request: MemberRequest) -> HttpResponse:
    """Show what stands in the form as a person would get it."""
    shown = preview_of(request.account, request.POST.get("text", ""), request.POST.get("place", ""))
    return render(request, "panel/autoresponders/_preview.html", {"preview": shown})


def preview_of(account: Account, text: str, place: str) -> Preview | None:
    """Return a text with sample values; nothing for an empty one."""
    template = text.strip()[:LONGEST_TEXT]
    return filled_in(account, template, *place_of(account, place)) if template else None
