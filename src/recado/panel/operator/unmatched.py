"""Unmatched messages: nobody's, gathered by what they say; giving them to a customer, adding a keyword, setting them aside.

What belongs here: requests and responses. What does not: reads and writes (`apps.dialogues.unmatched`, `apps.keywords`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from recado.apps.accounts.queries import get_account
from recado.apps.audit.services import record
from recado.apps.dialogues.unmatched import alike, assign, discard, gathered, get_unmatched, suggestions
from recado.apps.keywords.errors import KeywordError
from recado.apps.keywords.queries import get_live_keyword, keyword_owners
from recado.apps.keywords.synonyms import add_synonym
from recado.apps.mms.queries import received_of
from recado.apps.outbox.queries import own_answers
from recado.panel.forms.keyword import sentence
from recado.panel.ids import id_of
from recado.panel.operator.access import MAY_SUPPORT, OperatorRequest, operator_required

PAGE = 50


@require_safe
@operator_required(MAY_SUPPORT)
def unmatched(request: OperatorRequest) -> HttpResponse:
    """Show what waits, the most frequent first."""
    groups = gathered()
    multimedia = received_of([group.newest.pk for group in groups[:PAGE]])
    context = {"groups": groups[:PAGE], "multimedia": multimedia, "more": max(0, len(groups) - PAGE)}
    return render(request, "panel/operator/unmatched/list.html", context)


@require_safe
@operator_required(MAY_SUPPORT)
def unmatched_group(request: OperatorRequest, message_id: int) -> HttpResponse:
    """Show the messages that say the same, keywords near them, and what can be done."""
    message = get_unmatched(message_id)
    same = alike(message)
    answers = own_answers([one.pk for one in same[:PAGE]])
    context = {
        "message": message,
        "multimedia": received_of([one.pk for one in same[:PAGE]]),
        "same": [(one, answers.get(one.pk)) for one in same[:PAGE]],
        "count": len(same),
        "suggestions": suggestions(message),
        "accounts": keyword_owners(message.number),
    }
    return render(request, "panel/operator/unmatched/group.html", context)


@require_POST
@operator_required(MAY_SUPPORT)
def unmatched_assign(request: OperatorRequest, message_id: int) -> HttpResponse:
    """Give the messages, or only this one, to a customer."""
    message = get_unmatched(message_id)
    if (account_id := id_of(request.POST.get("account"))) is None:
        messages.error(request, _("Choose a customer. Nothing was done yet."))
        return redirect("operator-unmatched-group", message_id)
    account = get_account(account_id)
    chosen = [message] if request.POST.get("which") == "one" else alike(message)
    count = assign(chosen, account)
    record(account, request.user, "unmatched.assigned", str(message.pk), message.pk, after={"count": count}, is_operator=True)
    words = ngettext("%(count)s message is in the inbox of %(account)s.", "%(count)s messages are in the inbox of %(account)s.", count)
    _say(request, words, count=count, account=account.name)
    return redirect("operator-unmatched")


@require_POST
@operator_required(MAY_SUPPORT)
def unmatched_keyword(request: OperatorRequest, message_id: int) -> HttpResponse:
    """Reserve what was typed for the owner of a near keyword, with what that one does; from now on it is that customer's."""
    message = get_unmatched(message_id)
    if (keyword_id := id_of(request.POST.get("keyword"))) is None:
        messages.error(request, _("Choose a keyword. Nothing was done yet."))
        return redirect("operator-unmatched-group", message_id)
    near = get_live_keyword(message.number, keyword_id)
    try:
        with transaction.atomic():
            added = add_synonym(near, message.text)
            after = {"synonym": added.word, "number": near.number.digits}
            record(near.account, request.user, "keyword.synonym_added", near.word, near.pk, after=after, is_operator=True)
    except KeywordError as error:
        messages.error(request, sentence(error))
        return redirect("operator-unmatched-group", message_id)
    _say(
        request,
        _("%(word)s belongs to %(account)s from now on and does the same as %(near)s."),
        word=added.word,
        account=near.account.name,
        near=near.word,
    )
    return redirect("operator-unmatched-group", message_id)


@require_POST
@operator_required(MAY_SUPPORT)
def unmatched_discard(request: OperatorRequest, message_id: int) -> HttpResponse:
    """Set the messages aside."""
    message = get_unmatched(message_id)
    with transaction.atomic():
        count = discard(alike(message))
        record(None, request.user, "unmatched.discarded", str(message.pk), message.pk, after={"count": count}, is_operator=True)
    _say(request, ngettext("%(count)s message is set aside.", "%(count)s messages are set aside.", count), count=count)
    return redirect("operator-unmatched")


def _say(request: OperatorRequest, words: str, **values: str | int) -> None:
    messages.success(request, words % values)
