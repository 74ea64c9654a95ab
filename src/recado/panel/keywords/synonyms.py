"""Other spellings of a keyword: adding and removing them on its page.

What belongs here: requests and responses. What does not: checks and writes (`apps.keywords.synonyms`), the word's availability while it
is typed (`availability`).
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.keywords.audited import keyword_facts
from recado.apps.keywords.drafts import draft_of_synonym, draft_without_synonym
from recado.apps.keywords.errors import KeywordError
from recado.apps.keywords.queries import get_keyword_for, get_synonym_for
from recado.apps.keywords.synonyms import add_synonym, check_synonym, remove_synonym
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.forms.keyword import sentence
from recado.panel.keywords.before_saving import asked_first
from recado.panel.keywords.objections import settling_examples
from recado.panel.recording import note
from recado.panel.undo import offer_undo


@member_required
@may_configure
@require_POST
def synonym_add(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Let a keyword be written in another way, too."""
    found, word = get_keyword_for(request.account, keyword_id), request.POST.get("word", "")
    before, draft = keyword_facts(found), draft_of_synonym(found, word)
    try:
        check_synonym(found, word)
        if page := asked_first(request, found.number, draft, found.word, f"{reverse('keyword', args=[found.pk])}#synonyms"):
            return page
        with transaction.atomic(), settling_examples(request, found.number, draft):
            added = add_synonym(found, word)
            note(request, "keyword.synonym_added", found.word, found.pk, before=before, after=keyword_facts(found))
    except KeywordError as error:
        messages.error(request, sentence(error))
        return redirect(f"{reverse('keyword', args=[found.pk])}?{urlencode({'synonym': word[:80]})}#synonyms")
    messages.success(request, _("%(synonym)s now does the same as %(word)s.") % {"synonym": added.word, "word": found.word})
    return redirect(f"{reverse('keyword', args=[found.pk])}#synonyms")


@member_required
@may_configure
@require_POST
def synonym_remove(request: MemberRequest, keyword_id: int, synonym_id: int) -> HttpResponse:
    """Give one of the other spellings up."""
    synonym = get_synonym_for(request.account, keyword_id, synonym_id)
    found, before, draft = synonym.keyword, keyword_facts(synonym.keyword), draft_without_synonym(synonym)
    if page := asked_first(request, found.number, draft, found.word, f"{reverse('keyword', args=[found.pk])}#synonyms"):
        return page
    with transaction.atomic(), settling_examples(request, found.number, draft):
        remove_synonym(synonym)
        note(request, "keyword.synonym_removed", found.word, found.pk, before=before, after=keyword_facts(found))
    said = _("%(synonym)s no longer does the same as %(word)s.") % {"synonym": synonym.word, "word": found.word}
    offer_undo(request, said, reverse("keyword-synonym-add", args=[found.pk]), {"word": synonym.word})
    return redirect("keyword", found.pk)
