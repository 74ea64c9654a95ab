"""The phone simulator: text one of our numbers from a phone that does not exist, and watch what comes back.

What belongs here: the page, sending, and the screen as a fragment. What does not: the way of the message (the real one), the live notice
that refreshes an open screen (`simulator_fragments`).
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from recado.apps.dialogues.phone import PhoneText, awaits_own_answer, last_message_of, phone_texts
from recado.apps.dialogues.simulated import Foreign, foreign
from recado.apps.dialogues.test_data import count_test_data, erase_test_data
from recado.apps.inbox.ports import ReceiverUnavailableError
from recado.apps.inbox.services import receive
from recado.apps.keywords.queries import keywords_of
from recado.apps.numbers.links import ready_simulator
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import get_number_for, usable_numbers
from recado.apps.outbox.models import Job, JobState
from recado.apps.outbox.queries import forwards_of, replies_to
from recado.core import trail
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.forms.simulated import PHONES, SimulatedTextForm
from recado.panel.inbox.multimedia import ShownMms, shown_mms
from recado.panel.recording import note
from recado.panel.trail_words import steps

UNCLAIMED_KEY = "simulator_unclaimed"
"""Session key of the messages that became nobody's: only who sent them sees them."""
REMEMBERED = 20
OFFERED = 6
SETTLING = timedelta(seconds=10)
_FOREIGN = {
    Foreign.KEYWORD: gettext_lazy("This word is another account’s keyword. Nothing was sent."),
    Foreign.CONVERSATION: gettext_lazy(
        "On this number the phone is talking with another account. Nothing was sent. Text one of your keywords, or take another phone."
    ),
}


@member_required
@may_read
def simulator(request: MemberRequest) -> HttpResponse:
    """Show a phone; a posted text is received as a real one would be."""
    if request.method == "POST":
        return _send(request, SimulatedTextForm(request.account, request.POST, request.FILES))
    chosen = _number(request, request.GET.get("number"))
    initial = {"phone": _phone(request), "number": chosen and chosen.pk, "text": request.GET.get("text")}
    return _page(request, SimulatedTextForm(request.account, initial=initial))


@require_safe
@member_required
@may_read
def screen(request: MemberRequest) -> HttpResponse:
    """Render what the phone shows now and the trace beside it."""
    return render(request, "panel/simulator/_refreshed.html", _context(request, _phone(request)))


@may_configure
def _send(request: MemberRequest, form: SimulatedTextForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form)
    phone, number, text = form.cleaned_data["phone"], form.cleaned_data["number"], form.cleaned_data["text"]
    if wrong := foreign(request.account, number, phone, text, timezone.now()):
        form.add_error("text", _FOREIGN[wrong])
        return _page(request, form)
    try:
        mms = form.mms()
        message_id = receive(phone, number.digits, mms.shown_text if mms else text, mms)
    except ReceiverUnavailableError:
        form.add_error(None, _("Nothing can be received now: the gateway is not running. Start Recado with “recado serve”."))
        return _page(request, form, status=503)
    _remember(request, message_id)
    if "HX-Request" in request.headers:
        return _page(request, SimulatedTextForm(request.account, initial={"phone": phone, "number": number.pk}))
    return redirect(f"{reverse('simulator')}?{urlencode({'phone': phone, 'number': number.pk})}")


@member_required
@may_configure
def reset(request: MemberRequest) -> HttpResponse:
    """Ask whether all that was tried is really to be erased, and erase it."""
    if request.method != "POST":
        found = count_test_data(request.account)
        if not found.messages:
            messages.info(request, _("There is nothing to erase: nothing was tried yet."))
            return redirect("simulator")
        return render(request, "panel/simulator/reset.html", {"found": found})
    with transaction.atomic():
        erased = erase_test_data(request.account)
        after = {"messages": erased.messages, "conversations": erased.dialogues, "contacts": erased.contacts}
        note(request, "simulator.reset", after=after)
    request.session.pop(UNCLAIMED_KEY, None)
    messages.success(request, _("Test messages and what came of them are erased."))
    return redirect("simulator")


def _page(request: MemberRequest, form: SimulatedTextForm, status: int = 200) -> HttpResponse:
    status = 422 if form.errors and status == 200 else status  # noqa: PLR2004  # plain success
    if "HX-Request" in request.headers and "is_embedded" in request.POST:
        return _embedded(request, form, status)
    phone, number = form["phone"].value(), _number(request, form["number"].value())
    context = _context(request, phone if phone in PHONES else PHONES[0]) | {
        "form": form,
        "phones": PHONES,
        "number": number,
        "words": _words(request, number),
        "has_numbers": usable_numbers(request.account).exists(),
    }
    template = "panel/simulator/_simulator.html" if "HX-Request" in request.headers else "panel/simulator/simulator.html"
    return render(request, template, context, status=status)


def embedded_phone(request: MemberRequest, number: Number, text: str = "") -> dict[str, Any]:
    """Return what the phone inside another page shows, which sends to one number."""
    form = SimulatedTextForm(request.account, initial={"phone": PHONES[0], "number": number.pk, "text": text}, has_focus=False)
    return {"phone_form": form, "phone_number": number, **_context(request, PHONES[0])}


def _embedded(request: MemberRequest, form: SimulatedTextForm, status: int) -> HttpResponse:
    context = _context(request, PHONES[0]) | {"phone_form": form, "phone_number": _number(request, form["number"].value())}
    return render(request, "panel/simulator/_embedded.html", context, status=status)


def _context(request: MemberRequest, phone: str) -> dict[str, Any]:
    ready_simulator()  # so that the first text of an installation is answered at once
    last = last_message_of(request.account, phone)
    forwards = forwards_of(request.account, last.pk) if last else []
    unclaimed = request.session.get(UNCLAIMED_KEY, ())
    return {
        "phone": phone,
        "texts": _on_screen(request, phone, unclaimed),
        "last": last,
        "steps": steps(trail.from_json(last.trail)) if last else (),
        "replies": replies_to(request.account, last.pk) if last else (),
        "forwards": forwards,
        "is_settling": any(map(_is_under_way, forwards)) or awaits_own_answer(phone, unclaimed, timezone.now() - SETTLING),
    }


def _on_screen(request: MemberRequest, phone: str, unclaimed: Collection[int]) -> list[tuple[PhoneText, ShownMms | None]]:
    """Return the texts of the phone, with what makes some of them MMS."""
    texts = phone_texts(request.account, phone, unclaimed)
    sent, got = [one.id for one in texts if one.is_from_phone], [one.id for one in texts if not one.is_from_phone]
    multimedia = shown_mms(request.account, sent, got)
    return [(one, multimedia.get(one.id)) for one in texts]


def _is_under_way(job: Job) -> bool:
    """Say whether a forward was just begun, so that it is worth looking again in a moment."""
    return job.state in {JobState.WAITING, JobState.CLAIMED} and timezone.now() - job.created_at < SETTLING


def _phone(request: MemberRequest) -> str:
    given = request.GET.get("phone", "")
    return given if given in PHONES else PHONES[0]


def _number(request: MemberRequest, given: Any) -> Number | None:
    """Return the number asked for, else that of the newest keyword, which is what people want to try."""
    try:
        return get_number_for(request.account, int(given))
    except (TypeError, ValueError, Number.DoesNotExist):
        newest = keywords_of(request.account).filter(number__in=usable_numbers(request.account)).first()
        return newest.number if newest else usable_numbers(request.account).first()


def _words(request: MemberRequest, number: Number | None) -> list[str]:
    """Return words that are worth sending to the number: the account's newest keywords there."""
    return [keyword.word for keyword in keywords_of(request.account).filter(number=number)[:OFFERED]]


def _remember(request: MemberRequest, message_id: int) -> None:
    known = request.session.get(UNCLAIMED_KEY, [])
    request.session[UNCLAIMED_KEY] = [*known, message_id][-REMEMBERED:]
