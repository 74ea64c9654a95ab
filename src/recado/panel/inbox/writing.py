"""Writing in a conversation: sending an answer, the lease while somebody writes one, notes, canned replies.

What belongs here: requests and responses. What does not: when a reply is refused (`apps.dialogues.answering`), showing threads
(`conversations`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.dialogues import answering, claims
from recado.apps.dialogues.canned_replies import Use, filled, ready_texts_for
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.queries import get_dialogue_for
from recado.apps.dialogues.services import TextMissingError, add_note
from recado.apps.mms.composing import content_of
from recado.apps.mms.drafts import MmsRefusedError
from recado.apps.mms.unsent import Answer
from recado.core.mms import MmsContent
from recado.panel import fragments, recording
from recado.panel.access import MemberRequest, may_answer, member_required
from recado.panel.ids import id_of
from recado.panel.inbox import attaching
from recado.panel.inbox.conversations import is_partial, new_key, page_context
from recado.panel.inbox.scheduling import timing_of
from recado.panel.mms_words import mms_problem
from recado.panel.outbound_words import REFUSALS
from recado.panel.templatetags.formats import money

KEY_LENGTH = 64
NO_TIME = "1"
"""What the button says that sends anyway, where no time was chosen."""
CONFLICTS = {answering.Refusal.ANSWERED, answering.Refusal.BEING_ANSWERED}


@require_POST
@member_required
@may_answer
def send(request: MemberRequest, dialogue_id: int) -> HttpResponse:
    """Answer in a conversation; `seen` is the newest message the page showed, `anyway` sends whatever others did since."""
    dialogue = get_dialogue_for(request.account, dialogue_id)
    answer = Answer(request.account, request.user, dialogue.pk)
    text, key = request.POST.get("text", ""), request.POST.get("key", "")[:KEY_LENGTH] or new_key()
    seen = None if "anyway" in request.POST else id_of(request.POST.get("seen")) or 0
    is_service = request.may_configure and "service" in request.POST
    if refused := attaching.attach_posted(request, answer):
        return _refused(request, dialogue, text, " ".join(refused))
    try:
        timing = timing_of(_posted(request), timezone.localtime())
        mms = None if answering.was_sent(request.account, key) else _mms(request, dialogue, answer, text)
        with transaction.atomic():
            answering.reply(request.account, request.user, dialogue, text, key, seen=seen, is_service=is_service, timing=timing, mms=mms)
            attaching.forget_sent(request, answer)
            if is_service:
                recording.note(request, "message.service", f"+{dialogue.msisdn}", dialogue.pk)
    except MmsRefusedError as error:
        return _refused(request, dialogue, text, " ".join(mms_problem(one) for one in error.problems))
    except answering.ReplyRefusedError as error:
        words = str(REFUSALS[error.reason]) % {"person": error.by or _("Somebody"), "missing": money(error.missing)}
        return _refused(request, dialogue, text, words, is_conflict=error.reason in CONFLICTS)
    if is_partial(request):
        return HttpResponse(fragments.answered(request.account, request.user, get_dialogue_for(request.account, dialogue_id)))
    return redirect("conversation", dialogue_id)


@require_POST
@member_required
@may_answer
def claim(request: MemberRequest, dialogue_id: int) -> HttpResponse:
    """Take or keep the lease while somebody writes; where another has it, which is no error, say who."""
    now = timezone.now()
    if claims.claim(get_dialogue_for(request.account, dialogue_id), request.user, now):
        return HttpResponse(status=204)
    return HttpResponse(str(claims.answering(get_dialogue_for(request.account, dialogue_id), now) or ""), content_type="text/plain")


@require_POST
@member_required
@may_answer
def release(request: MemberRequest, dialogue_id: int) -> HttpResponse:
    """Give the lease back."""
    claims.release(get_dialogue_for(request.account, dialogue_id), request.user)
    return HttpResponse(status=204)


@require_POST
@member_required
@may_answer
def note(request: MemberRequest, dialogue_id: int) -> HttpResponse:
    """Write down what only the team sees."""
    dialogue = get_dialogue_for(request.account, dialogue_id)
    try:
        add_note(dialogue, request.user, request.POST.get("text", ""))
    except TextMissingError:
        messages.error(request, _("Write something first."))
        return HttpResponse(status=422) if is_partial(request) else redirect("conversation", dialogue_id)
    if is_partial(request):
        return HttpResponse(fragments.answered(request.account, request.user, dialogue))
    return redirect("conversation", dialogue_id)


@require_safe
@member_required
@may_answer
def canned(request: MemberRequest, dialogue_id: int) -> HttpResponse:
    """List the canned replies with this person's name filled in."""
    dialogue = get_dialogue_for(request.account, dialogue_id)
    replies = [(each, filled(each.text, dialogue)) for each in ready_texts_for(request.account, request.user, Use.DIALOGUE)]
    template = "panel/inbox/_canned.html" if is_partial(request) else "panel/inbox/canned.html"
    return render(request, template, {"dialogue": dialogue, "replies": replies})


def _posted(request: MemberRequest) -> dict[str, str]:
    """Return the fields; who sends anyway means the time chosen before, which the button repeats."""
    posted = request.POST.dict()
    repeated = posted.get("anyway", NO_TIME)
    return posted if repeated == NO_TIME else posted | ({"now": "1"} if repeated == "now" else {"when": repeated})


def _mms(request: MemberRequest, dialogue: Dialogue, answer: Answer, text: str) -> MmsContent | None:
    """Return what makes the answer an MMS, its pictures fit for the carrier; takes a moment, so it is done outside the transaction."""
    draft = attaching.posted_draft(request, answer, text)
    return content_of(draft, dialogue.number, is_test=dialogue.is_test) if draft is not None else None


def _refused(request: MemberRequest, dialogue: Dialogue, text: str, words: str, *, is_conflict: bool = False) -> HttpResponse:
    posted = _posted(request)
    anyway = posted.get("when") or ("now" if "now" in posted else NO_TIME)
    context = {"words": words, "is_conflict": is_conflict, "dialogue": dialogue, "anyway": anyway}
    if is_partial(request):
        return HttpResponse(fragments.refused(context), status=422)
    typed = {"text": text, "subject": posted.get("subject", "")}
    return render(request, "panel/inbox/inbox.html", page_context(request, dialogue) | context | typed, status=422)
