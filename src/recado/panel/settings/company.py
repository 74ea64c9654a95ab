"""The company's data: name, language, time zone, what invoices say; plan and prices to read.

What belongs here: the page. What does not: saving (`apps.accounts.company`), plans and invoices.
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from recado.apps.accounts.company import company_data, save_company
from recado.apps.numbers.services import bump_routing
from recado.apps.plans.queries import plan_of, prices_for
from recado.panel.access import MemberRequest, may_manage, may_see_company, member_required
from recado.panel.forms.company import CompanyForm
from recado.panel.price_words import price_list
from recado.panel.recording import note


@member_required
@may_see_company
def company(request: MemberRequest) -> HttpResponse:
    """Show the company's data; a posted form changes them."""
    if request.method == "POST":
        return _change(request)
    return _page(request, CompanyForm(request.account))


@may_manage
def _change(request: MemberRequest) -> HttpResponse:
    form = CompanyForm(request.account, request.POST)
    if not form.is_valid():
        return _page(request, form)
    before = company_data(request.account)
    with transaction.atomic():
        save_company(request.account, form.cleaned_data)
        bump_routing()  # name, language and time zone stand in automatic texts and decide when rules hold
        note(request, "company.changed", request.account.name, before=before, after=company_data(request.account))
    messages.success(request, _("Saved."))
    return redirect("settings-company")


def _page(request: MemberRequest, form: CompanyForm) -> HttpResponse:
    context = {"form": form, "plan": plan_of(request.account), "prices": price_list(prices_for(request.account))}
    return render(request, "panel/settings/company.html", context, status=422 if form.errors else 200)
