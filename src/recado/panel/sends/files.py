"""Photos, sounds and files of a group send that is an MMS.

What belongs here: attaching to a draft and taking off again, and what the page shows of them. What does not: rows, sizes and checks
(`apps.campaigns.multimedia`, `apps.mms`), lists of people (`keeping.add_file`).
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.multimedia import draft_of, files_of, mms_problems, set_files
from recado.apps.campaigns.services import edit_draft
from recado.apps.media.services import get_media_file_for
from recado.apps.mms.composing import estimate
from recado.apps.mms.drafts import MOST_FILES, DraftFile, MmsEstimate, MmsRefusal
from recado.apps.mms.uploads import FileNotTakenError, Upload, take_in
from recado.apps.outbox.models import SendKind
from recado.panel.access import MemberRequest
from recado.panel.media.kept import ShownFile, shown_files
from recado.panel.mms_words import mms_problem
from recado.panel.sends.senders import choices_for, sender_of

LATER = frozenset({MmsRefusal.EMPTY, MmsRefusal.SENDER})
"""What the summary says in the words of every group send."""


@dataclass(frozen=True, slots=True)
class SendFiles:
    """What the page shows of the files of a draft."""

    files: list[ShownFile]
    estimate: MmsEstimate | None
    """None where the sender sends texts alone, or is gone."""
    problems: tuple[str, ...] = ()

    @property
    def are_left_behind(self) -> bool:
        """Whether there are files that this sender does not send."""
        return bool(self.files) and self.estimate is None


def files_shown(campaign: Campaign) -> SendFiles:
    """Gather the files of a draft and what speaks against them."""
    files = shown_files(campaign.account, files_of(campaign))
    if campaign.kind != SendKind.MMS or campaign.number is None:
        return SendFiles(files, None)
    found = [mms_problem(one) for one in mms_problems(campaign) if one.reason not in LATER]
    return SendFiles(files, estimate(draft_of(campaign), campaign.number), tuple(dict.fromkeys(found)))


def attach(request: MemberRequest, campaign: Campaign) -> list[str]:
    """Attach what was posted (`attached`, `kept`); return why some of it was not. A sender of texts gives way to one that has MMS."""
    files, refused = files_of(campaign), []
    uploads = request.FILES.getlist("attached")
    kept_id = request.POST.get("kept", "")
    for file in uploads[: MOST_FILES - len(files)]:
        try:
            files.append(take_in(Upload(file.name or "", file.content_type or "", file.chunks())))
        except FileNotTakenError as error:
            refused.append(mms_problem(error.problem))
    if kept_id and len(files) < MOST_FILES:
        files.append(DraftFile.of(get_media_file_for(request.account, kept_id)))
    if len(uploads) + len(files_of(campaign)) > MOST_FILES:
        refused.append(_("These are too many files: at most %(limit)s fit.") % {"limit": MOST_FILES})
    set_files(campaign, files)
    if files and campaign.kind != SendKind.MMS:
        usual = next((one.value for one in choices_for(request.account) if one.value.startswith("mms-")), "")
        edit_draft(campaign, **sender_of(request.account, usual))
    return refused


def take_off(campaign: Campaign, position: str) -> None:
    """Take off the file at a position, counted from 0."""
    files = files_of(campaign)
    if position.isdecimal() and int(position) < len(files):
        set_files(campaign, files[: int(position)] + files[int(position) + 1 :])
