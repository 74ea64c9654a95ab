"""Adding many numbers from a pasted list: shown and checked first, added after a second look.

What belongs here: requests and responses. What does not: understanding the lines (`apps.numbers.importing`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from recado.apps.audit.services import record
from recado.apps.numbers.importing import TooManyLinesError, add_lines, read_lines
from recado.panel.forms.operator_number import PROBLEMS, TOO_MANY_LINES, LinesForm
from recado.panel.operator.access import MAY_SUPPORT, OperatorRequest, operator_required


@operator_required(MAY_SUPPORT)
def number_import(request: OperatorRequest) -> HttpResponse:
    """Take a pasted list, show how each line is understood, and add the good ones when asked to."""
    form = LinesForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "panel/operator/numbers/import.html", {"form": form}, status=422 if form.errors else 200)
    try:
        lines = read_lines(form.cleaned_data["lines"])
    except TooManyLinesError:
        form.add_error("lines", TOO_MANY_LINES)
        return render(request, "panel/operator/numbers/import.html", {"form": form}, status=422)
    good = [line for line in lines if line.problem is None]
    if "add" in request.POST and good:
        with transaction.atomic():
            count = add_lines(lines)
            record(None, request.user, "number.imported", after={"count": count}, is_operator=True)
        messages.success(request, ngettext("%(count)s number is added.", "%(count)s numbers are added.", count) % {"count": count})
        return redirect("operator-numbers")
    shown = [(line, PROBLEMS[line.problem] if line.problem else "") for line in lines]
    return render(request, "panel/operator/numbers/import.html", {"form": form, "lines": shown, "good": len(good)})
