"""How long the company keeps messages and files.

What belongs here: the page. What does not: what may be chosen (`apps.accounts.retention`), deleting (`apps.dialogues.retention`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from recado.apps.accounts.retention import retention_as_written, save_retention
from recado.panel.access import MemberRequest, may_manage, member_required
from recado.panel.forms.retention import RetentionForm
from recado.panel.recording import note


@member_required
@may_manage
def retention(request: MemberRequest) -> HttpResponse:
    """Show how long what is kept; a posted form changes it."""
    form = RetentionForm(request.account, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "panel/settings/retention.html", {"form": form}, status=422 if form.errors else 200)
    before = retention_as_written(request.account)
    if form.has_changed():
        with transaction.atomic():
            save_retention(request.account, *form.chosen(), timezone.now())
            note(request, "retention.changed", before=before, after=retention_as_written(request.account))
    messages.success(request, _("Saved."))
    return redirect("settings-retention")
