"""What of a posted page is kept in its draft, and what people added to it become.

What belongs here: the way from form and file into a draft and back. What does not: the writes (`apps.campaigns`), responses (`drafts`).
"""

from typing import Any

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recado.apps.campaigns.entries import PHONE, Added, add_phones, add_table, guess_columns, remove_entries
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.services import edit_draft, set_groups
from recado.apps.contacts.table_files import MOST_BYTES, Refusal, TableError, read_table
from recado.panel.access import MemberRequest
from recado.panel.forms.send import SendForm
from recado.panel.ids import id_of
from recado.panel.sends.senders import value_of
from recado.panel.templatetags.formats import count as written

REFUSALS = {
    Refusal.EMPTY: gettext_lazy("There is nothing in the file."),
    Refusal.TOO_LARGE: gettext_lazy("The file is too large. Take at most 10 MB."),
    Refusal.TOO_MANY_ROWS: gettext_lazy("The list is too long for one file. Divide it."),
    Refusal.NOT_A_TABLE: gettext_lazy("This is no table we can read. Save it as CSV or XLSX and try again."),
}
AS_THEY_ARE = ("name", "text", "subject", "per_minute", "is_flash", "is_test", "keeps_quiet_hours")
OF_THE_SURVEY = {"text", "subject", "kind", "sender_name", "number"}
LONGEST_NAMED = 40


def initial(campaign: Campaign) -> dict[str, Any]:
    """Give a draft as the form shows it."""
    at = timezone.localtime(campaign.scheduled_at) if campaign.scheduled_at else None
    return {
        **{name: getattr(campaign, name) for name in AS_THEY_ARE},
        "sender": value_of(campaign),
        "when": "later" if at else "now",
        "day": at.date() if at else None,
        "clock": at.time() if at else None,
        "validity": str(campaign.validity_minutes or ""),
    }


def keep(campaign: Campaign, form: SendForm) -> None:
    """Keep what is right of a posted form; the rest stays as it was."""
    data = form.cleaned_data
    content = {name: data[name] for name in AS_THEY_ARE if name in data}
    if "validity" in data:
        content["validity_minutes"] = int(data["validity"]) if data["validity"] else None
    if "sender" in data:
        content |= form.chosen_sender
    if campaign.survey_id is not None:  # the survey says what is asked, and from where
        content = {name: value for name, value in content.items() if name not in OF_THE_SURVEY}
    if data.get("when") != "later":
        content["scheduled_at"] = None
    elif "scheduled_at" in data:
        content["scheduled_at"] = data["scheduled_at"]
    edit_draft(campaign, **content)
    if "groups" in data and "excluded" in data:
        set_groups(campaign, data["groups"], data["excluded"])


def add_typed(campaign: Campaign, form: SendForm) -> None:
    """Add the phones typed; what is none stays in the field, with the reason."""
    typed = form.cleaned_data.get("phones", "")
    if not typed.strip():
        return
    added = add_phones(campaign, typed)
    form.show_phones(", ".join(added.bad))
    if added.bad_count:
        form.add_error("phones", _said_of_bad(added))


def add_file(request: MemberRequest, campaign: Campaign) -> str:
    """Add the people of the uploaded file and say so; return why it cannot be, else nothing."""
    file = request.FILES.get("file")
    if file is None:
        return _("Choose a file first.")
    if (file.size or 0) > MOST_BYTES:
        return str(REFUSALS[Refusal.TOO_LARGE])
    try:
        rows = read_table(file.read())
    except TableError as error:
        return str(REFUSALS[error.reason])
    columns, has_header = guess_columns(rows)
    if PHONE not in columns:
        return _("No column of this list holds phone numbers. Nothing was added.")
    added = add_table(campaign, rows, columns, has_header=has_header)
    said = ngettext("%(count)s person of the list was added.", "%(count)s people of the list were added.", added.added)
    messages.success(request, said % {"count": written(added.added)})
    if added.bad_count:
        messages.warning(request, _said_of_bad(added))
    return ""


def take_out(campaign: Campaign, which: str) -> None:
    """Take single people off the draft: one, or all of them."""
    entry_id = id_of(which)
    if which == "all":
        remove_entries(campaign)
    elif entry_id is not None:
        remove_entries(campaign, [entry_id])


def append(campaign: Campaign, piece: str) -> None:
    """Put something at the end of the text."""
    if piece:
        glue = "" if not campaign.text or campaign.text[-1].isspace() else " "
        edit_draft(campaign, text=f"{campaign.text}{glue}{piece}")


def _said_of_bad(added: Added) -> str:
    named = ", ".join(f"“{one[:LONGEST_NAMED]}”" for one in added.bad[:5])
    said = ngettext("%(count)s entry is no phone number: %(named)s", "%(count)s entries are no phone numbers: %(named)s", added.bad_count)
    return said % {"count": written(added.bad_count), "named": named}
