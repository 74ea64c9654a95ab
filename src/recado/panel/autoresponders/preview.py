"""What a text that answers by itself looks like on a phone, with sample values, and what it costs.

What belongs here: the fragment under the text, and the samples. What does not: filling in real values (`core`), the form (`pages`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.accounts.models import Account
from recado.apps.plans.queries import prices_for
from recado.core.price import Service, cost
from recado.core.reply import PLACEHOLDERS, fill, unknown
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.forms.autoresponder import LONGEST_TEXT, place_of
from recado.panel.templatetags.recado import own_number
from recado.protocols.gsm.segment import segments


@dataclass(frozen=True, slots=True)
class Preview:
    """A text as a person gets it."""

    text: str
    count: int
    """How many SMS it is."""
    cost: int
    is_filled: bool
    """Whether something was put in place of names, so that real texts can be longer or shorter."""
    missing: list[str]
    """Names that nothing is put in place of."""


@require_POST
@member_required
@may_configure
def preview(request: MemberRequest) -> HttpResponse:
    """Show what stands in the form as a person would get it."""
    shown = preview_of(request.account, request.POST.get("text", ""), request.POST.get("place", ""))
    return render(request, "panel/autoresponders/_preview.html", {"preview": shown})


def preview_of(account: Account, text: str, place: str) -> Preview | None:
    """Return a text with sample values, counted and priced as it would be sent; nothing for an empty one."""
    template = text.strip()[:LONGEST_TEXT]
    if not template:
        return None
    filled = fill(template, samples(account, place))
    count = segments(filled).count
    missing = list(dict.fromkeys(unknown(template)))
    return Preview(filled, count, cost(prices_for(account), Service.FULL, count), filled != template, missing)


def samples(account: Account, place: str) -> Mapping[str, str]:
    """Return a value for each name a text can ask for, as a message with that keyword or to that number would give it."""
    number, keyword = place_of(account, place)
    digits = keyword.number.digits if keyword else number.digits if number else ""
    values = {
        "keyword": keyword.word if keyword else _("ROSE"),
        "argument": _("12 tulips"),
        "first_name": "Anna",
        "last_name": "Nowak",
        "group": _("Customers"),
        "date": timezone.localdate().isoformat(),
        "number": own_number(digits) if digits else "503 340 503",
    }
    return {name: values.get(name, name.upper()) for name in PLACEHOLDERS}
