"""Files of an answer in a conversation: attached at once when they are chosen, so that a refusal or a closed page loses none.

What belongs here: requests and responses, and the draft of a posted answer. What does not: rows and checks (`apps.mms.unsent`,
`apps.mms.composing`), what the composer says of them (`attached`).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.dialogues.queries import get_dialogue_for
from recado.apps.media.services import get_media_file_for, media_files_of
from recado.apps.mms.drafts import Draft, DraftFile, MmsProblem, MmsRefusal, MmsRefusedError
from recado.apps.mms.unsent import Answer, attach_kept, take_off, unsent_files
from recado.apps.mms.unsent import attach as attach_upload
from recado.apps.mms.uploads import FileNotTakenError, Upload
from recado.panel.access import MemberRequest, may_answer, member_required
from recado.panel.ids import id_of
from recado.panel.inbox.attached import attached_to
from recado.panel.inbox.conversations import is_partial
from recado.panel.media.kept import shown_files
from recado.panel.mms_words import mms_problem


@require_POST
@member_required
@may_answer
def attach(request: MemberRequest, dialogue_id: int) -> HttpResponse:
    """Attach uploads (`attached`) and files that are kept (`kept`), take one off (`off`); answer with what is attached now."""
    dialogue = get_dialogue_for(request.account, dialogue_id)
    answer = Answer(request.account, request.user, dialogue.pk)
    if off := id_of(request.POST.get("off")):
        take_off(answer, [off])
    refused = attach_posted(request, answer)
    if is_partial(request):
        context = {"dialogue": dialogue, "mms": attached_to(answer, dialogue, refused)}
        return render(request, "panel/inbox/_attached.html", context, status=422 if refused else 200)
    for words in refused:
        messages.error(request, words)
    return redirect("conversation", dialogue_id)


@require_safe
@member_required
@may_answer
def kept(request: MemberRequest, dialogue_id: int) -> HttpResponse:
    """List the files the account keeps, each to be attached."""
    dialogue = get_dialogue_for(request.account, dialogue_id)
    files = shown_files(request.account, media_files_of(request.account))
    return render(request, "panel/inbox/kept.html", {"dialogue": dialogue, "files": files})


def attach_posted(request: MemberRequest, answer: Answer) -> list[str]:
    """Attach what a request brings; return why some of it was not."""
    refused = []
    for file in request.FILES.getlist("attached"):
        try:
            attach_upload(answer, Upload(file.name or "", file.content_type or "", file.chunks()))
        except FileNotTakenError as error:
            refused.append(mms_problem(error.problem))
    for public_id in request.POST.getlist("kept"):
        try:
            attach_kept(answer, get_media_file_for(request.account, public_id))
        except FileNotTakenError as error:
            refused.append(mms_problem(error.problem))
    return list(dict.fromkeys(refused))


def posted_draft(request: MemberRequest, answer: Answer, text: str) -> Draft | None:
    """Return a posted answer as an MMS with what is attached to it; None where it is a text.

    A page with scripts says which files it shows (`unsent`); where one of them is gone MmsRefusedError is raised. Without scripts files
    come with the answer, and it takes all.
    """
    shown = _shown(request)
    files = list(unsent_files(answer) if request.FILES else unsent_files(answer).filter(pk__in=shown))
    if len(files) < len(shown):
        raise MmsRefusedError([MmsProblem(MmsRefusal.GONE, _("A file"))])
    subject = " ".join(request.POST.get("subject", "").split())
    return Draft(subject, text, tuple(DraftFile.of(one) for one in files)) if files or subject else None


def forget_sent(request: MemberRequest, answer: Answer) -> None:
    """Forget what went with an answer, so that the next one begins empty."""
    take_off(answer, [one.pk for one in unsent_files(answer)] if request.FILES else _shown(request))


def _shown(request: MemberRequest) -> list[int]:
    """Return the ids of the files that the page showed with the answer."""
    return [number for number in map(id_of, request.POST.getlist("unsent")) if number]
