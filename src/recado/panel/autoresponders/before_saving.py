"""What a person sees before a change of autoresponders is saved: examples that would come out otherwise, or last week's messages.

What belongs here: asking for all numbers of the account at once, because an autoresponder is not tied to one. What does not: objections to
rules and the templates (`panel.keywords`), comparing (`apps.keywords`).
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from recado.apps.autoresponders.queries import answering_numbers
from recado.apps.keywords.examples import examples_of
from recado.apps.numbers.models import Number
from recado.core.draft import Draft
from recado.panel.access import MemberRequest
from recado.panel.keywords.before_saving import TRY, ask_page, tried_on_past
from recado.panel.keywords.objections import ANYWAY, Objections, changed_examples, settling_examples


def shown_before(request: MemberRequest, draft: Draft) -> dict[str, object]:
    """Return what is to be shown instead of saving; empty where the change is to be saved."""
    if TRY in request.POST:
        return {"past": tried_on_past(request, answering_numbers(request.account), draft)}
    now = timezone.now()
    changed = [one for number in _numbers(request) for one in changed_examples(request.account, number, draft, now)]
    found = Objections(changed=tuple(changed))
    return {"objections": found} if changed and request.POST.get(ANYWAY) != found.mark else {}


def asked_before(request: MemberRequest, draft: Draft) -> HttpResponse | None:
    """Return the page that says what speaks against what a button does; None where nothing does, or the person goes on all the same."""
    shown = shown_before(request, draft)
    return ask_page(request, shown, _("Autoresponders"), reverse("autoresponders")) if shown else None


@contextmanager
def settling(request: MemberRequest, draft: Draft) -> Iterator[None]:
    """Save a draft inside, then do with each example it changed what the person chose."""
    with ExitStack() as stack:
        for number in _numbers(request):
            stack.enter_context(settling_examples(request, number, draft))
        yield


def _numbers(request: MemberRequest) -> list[Number]:
    """Return the numbers for which the account keeps examples."""
    return list(Number.objects.filter(pk__in=examples_of(request.account).order_by().values("number")).order_by("pk"))
