"""How the panel looks and behaves for one person.

What belongs here: the page. What does not: the attributes it gives to pages (`templatetags.appearance`), saving (`accounts.preferences`).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from recado.apps.accounts.preferences import save_appearance
from recado.panel.access import MemberRequest, language_of, member_required
from recado.panel.forms.appearance import AppearanceForm


@member_required
def appearance(request: MemberRequest) -> HttpResponse:
    """Show a person's choices; a posted form changes them, in every browser they use."""
    if request.method != "POST":
        return _page(request, AppearanceForm.of(request.user))
    form = AppearanceForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    save_appearance(request.user, form.choices())
    with translation.override(language_of(request.user, request.account)):
        messages.success(request, _("Saved."))
    return redirect("settings-appearance")


def _page(request: MemberRequest, form: AppearanceForm) -> HttpResponse:
    return render(request, "panel/settings/appearance.html", {"form": form}, status=422 if form.errors else 200)
