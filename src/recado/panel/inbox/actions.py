"""What people do to a conversation besides answering: done, later, whose, labels, unread; each can be taken back.

What belongs here: requests and responses. What does not: the writes (`apps.dialogues.services`), the pieces that change (`fragments`).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from recado.apps.accounts.models import User
from recado.apps.accounts.queries import members_of
from recado.apps.dialogues import services
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.queries import get_dialogue_for, get_label_for
from recado.panel import fragments
from recado.panel.access import MemberRequest, may_answer, member_required
from recado.panel.ids import id_of
from recado.panel.inbox.snoozing import moment_of
from recado.panel.inbox.toasts import Undo, notice, toast
from recado.panel.templatetags.formats import moment
from recado.panel.templatetags.recado import is_snoozed


@require_POST
@member_required
@may_answer
def state(request: MemberRequest, dialogue_id: int) -> HttpResponse:
    """Mark a conversation as done, or open it again."""
    dialogue = get_dialogue_for(request.account, dialogue_id)
    before = _as_it_was(dialogue)
    wanted = Dialogue.State.DONE if request.POST.get("state") == "done" else Dialogue.State.OPEN
    services.set_state(dialogue, wanted)
    words = pgettext("conversation", "Done.") if wanted == Dialogue.State.DONE else _("Open again.")
    return _answer(request, dialogue, Undo(words, *before))


@require_POST
@member_required
@may_answer
def snooze(request: MemberRequest, dialogue_id: int) -> HttpResponse:
    """Put a conversation out of sight until a moment; nothing chosen brings it back."""
    dialogue, now = get_dialogue_for(request.account, dialogue_id), timezone.localtime()
    chosen = request.POST.get("until", "")
    until = moment_of(chosen, now) if chosen else None
    if chosen and until is None:
        return _refuse(request, dialogue, _("Choose a day that lies ahead. Nothing was changed."))
    before = _as_it_was(dialogue)
    services.snooze(dialogue, until)
    words = _("Back on %(moment)s, or as soon as the person writes.") % {"moment": moment(until)} if until else _("Back in the list.")
    return _answer(request, dialogue, Undo(words, *before))


@require_POST
@member_required
@may_answer
def assign(request: MemberRequest, dialogue_id: int) -> HttpResponse:
    """Give a conversation to somebody of the team, or to nobody."""
    dialogue, given = get_dialogue_for(request.account, dialogue_id), request.POST.get("assignee", "")
    assignee = _colleague(request, given)
    before = str(dialogue.assignee_id or "")
    services.assign(dialogue, assignee, request.user, reverse("conversation", args=[dialogue_id]))
    words = _("Given to %(person)s.") % {"person": assignee} if assignee else _("Nobody’s now.")
    return _answer(request, dialogue, Undo(words, reverse("conversation-assign", args=[dialogue_id]), {"assignee": before}))


@require_POST
@member_required
@may_answer
def unread(request: MemberRequest, dialogue_id: int) -> HttpResponse:
    """Let a conversation look unread, and leave it."""
    dialogue = get_dialogue_for(request.account, dialogue_id)
    services.mark_unread(dialogue)
    return _answer(request, dialogue, Undo(_("Unread again."), reverse("conversation-read", args=[dialogue_id])), leave=True)


@require_POST
@member_required
@may_answer
def label(request: MemberRequest, dialogue_id: int) -> HttpResponse:
    """Put a label on a conversation, by its name, or take one off, by its id."""
    dialogue, address = get_dialogue_for(request.account, dialogue_id), reverse("conversation-label", args=[dialogue_id])
    if (given := id_of(request.POST.get("remove"))) is not None:
        gone = get_label_for(request.account, given)
        services.remove_label(dialogue, gone)
        return _answer(request, dialogue, Undo(_("Label %(name)s is off.") % {"name": gone.name}, address, {"name": gone.name}))
    try:
        added = services.add_label(dialogue, request.POST.get("name", ""))
    except services.TextMissingError:
        return _refuse(request, dialogue, _("A label is a word of 1 to 40 characters."))
    return _answer(request, dialogue, Undo(_("Label %(name)s is on.") % {"name": added.name}, address, {"remove": str(added.pk)}))


def _as_it_was(dialogue: Dialogue) -> tuple[str, dict[str, str]]:
    """Return what to post where to have a conversation again as it is now: done, snoozed until its moment, or open."""
    if is_snoozed(dialogue) and dialogue.snoozed_until:
        return reverse("conversation-snooze", args=[dialogue.pk]), {"until": dialogue.snoozed_until.isoformat()}
    return reverse("conversation-state", args=[dialogue.pk]), {"state": dialogue.state}


def _colleague(request: MemberRequest, given: str) -> User | None:
    """Return the member meant, oneself for `me`; None for nobody. Whoever is not of the team is not found."""
    if given == "me":
        return request.user
    return members_of(request.account).get(user=user_id).user if (user_id := id_of(given)) is not None else None


def _answer(request: MemberRequest, dialogue: Dialogue, undo: Undo, *, leave: bool = False) -> HttpResponse:
    """Change the open page, or show the conversation (its list, to leave it) anew where scripts are off."""
    fresh = get_dialogue_for(request.account, dialogue.pk)
    if request.headers.get("HX-Request-Type") == "partial":
        return HttpResponse(fragments.changed(fresh, request.user) + toast(undo))
    notice(request, undo)
    return redirect("inbox") if leave or "next" in request.POST else redirect("conversation", dialogue.pk)


def _refuse(request: MemberRequest, dialogue: Dialogue, words: str) -> HttpResponse:
    if request.headers.get("HX-Request-Type") == "partial":
        return HttpResponse(fragments.refused({"words": words}), status=422)
    messages.error(request, words)
    return redirect("conversation", dialogue.pk)
