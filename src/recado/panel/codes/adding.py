"""Adding codes to a pool: a list that is pasted or uploaded, looked at before it comes in; or codes made up here.

What belongs here: these requests. What does not: reading and writing (`apps.codes.importing`, `apps.codes.generating`).

Between looking and adding nothing is kept on the server: the list goes to the browser and back, packed.
"""

import base64
import binascii
import json
import zlib
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from recado.apps.codes.errors import CodeError
from recado.apps.codes.generating import generate_codes
from recado.apps.codes.importing import LONGEST, MOST_AT_ONCE, Checked, add_codes, check, codes_in, codes_of_table
from recado.apps.codes.models import CodePool
from recado.apps.codes.queries import get_pool_for
from recado.apps.contacts.table_files import TableError, read_table
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.code_words import REFUSALS, TABLES
from recado.panel.forms.code_pool import GenerateForm
from recado.panel.recording import note
from recado.panel.templatetags.formats import count as shown_count

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

SHOWN = 8
"""So many codes of each kind are named."""
MOST_PACKED, MOST_UNPACKED = 2_400_000, 10_000_000
"""What a form may carry; a hundred thousand codes of 20 letters are about 1.6 MB."""


@member_required
@may_configure
def add(request: MemberRequest, pool_id: int) -> HttpResponse:
    """Take a list and say what of it would come in."""
    found = get_pool_for(request.account, pool_id)
    problem = ""
    if request.method == "POST":
        try:
            checked = check(found, _read(request.FILES.get("file"), request.POST.get("pasted", "")))
            packed = _pack(checked.new)
            if len(packed) <= MOST_PACKED:
                return render(request, "panel/codes/check.html", _checked(found, checked, packed))
            problem = _("The list is too long for one time. Take it in two parts.")
        except CodeError as error:
            problem = str(REFUSALS[error.reason])
        except TableError as error:
            problem = str(TABLES[error.reason])
    return _form(request, found, problem, GenerateForm())


@require_POST
@member_required
@may_configure
def confirm(request: MemberRequest, pool_id: int) -> HttpResponse:
    """Add what was looked at."""
    found = get_pool_for(request.account, pool_id)
    added = add_codes(found, _unpack(request.POST.get("codes", "")))
    note(request, "code_pool.codes_added", found.name, found.pk, after={"count": added})
    messages.success(request, _said(added))
    return redirect(f"{reverse('code-pool', args=[pool_id])}?show=free")


@require_POST
@member_required
@may_configure
def generate(request: MemberRequest, pool_id: int) -> HttpResponse:
    """Make codes up."""
    found = get_pool_for(request.account, pool_id)
    form = GenerateForm(request.POST)
    if form.is_valid():
        try:
            added = generate_codes(found, form.cleaned_data["count"], form.cleaned_data["length"])
        except CodeError as error:
            form.add_error("length", str(REFUSALS[error.reason]))
        else:
            note(request, "code_pool.codes_made", found.name, found.pk, after={"count": added})
            messages.success(request, _said(added))
            return redirect(f"{reverse('code-pool', args=[pool_id])}?show=free")
    return _form(request, found, "", form)


def _form(request: MemberRequest, found: CodePool, problem: str, form: GenerateForm) -> HttpResponse:
    context = {"pool": found, "problem": problem, "form": form, "most": MOST_AT_ONCE, "pasted": request.POST.get("pasted", "")}
    return render(request, "panel/codes/add.html", context, status=422 if problem or form.errors else 200)


def _read(file: "UploadedFile[Any] | None", pasted: str) -> list[str]:
    if file is not None:
        return codes_of_table(read_table(file.read(), MOST_AT_ONCE + 1))
    return codes_in(pasted)


def _checked(found: CodePool, checked: Checked, packed: str) -> dict[str, object]:
    kinds = {name: getattr(checked, name) for name in ("new", "twice", "known", "bad")}
    return {
        "pool": found,
        "packed": packed,
        "counts": {name: len(codes) for name, codes in kinds.items()},
        "named": {name: codes[:SHOWN] for name, codes in kinds.items()},
        "more": {name: max(0, len(codes) - SHOWN) for name, codes in kinds.items()},
    }


def _pack(codes: tuple[str, ...]) -> str:
    return base64.b85encode(zlib.compress(json.dumps(codes).encode(), 6)).decode()


def _unpack(packed: str) -> list[str]:
    """Return the codes of a list that was looked at; what somebody made up instead is checked anew, and nothing where it is no list."""
    try:
        unpacker = zlib.decompressobj()
        codes = json.loads(unpacker.decompress(base64.b85decode(packed), MOST_UNPACKED))
    except (ValueError, binascii.Error, zlib.error):
        return []
    if not isinstance(codes, list):
        return []
    return [code for code in map(str, codes[:MOST_AT_ONCE]) if code == " ".join(code.split()) and 0 < len(code) <= LONGEST]


def _said(count: int) -> str:
    said = ngettext("%(count)s code came into the pool.", "%(count)s codes came into the pool.", count)
    return said % {"count": shown_count(count)}
