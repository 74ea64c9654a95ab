"""The action `messages/send_mms` (provider-api.md §7): one MMS to phones, contacts and groups.

What belongs here: parameters in, an answer for each phone out. What does not: what may be sent and at what cost (`apps.mms`), who gets it
and how that is answered (`sending`).
"""

import base64
import binascii
from itertools import zip_longest

from django.utils import timezone

from recado.api.compat import errors
from recado.api.compat.call import Answer, Call
from recado.api.compat.errors import ApiError
from recado.api.compat.sending import Answers, recipients_of, reports_of, time_of, unique_ids_of
from recado.apps.media.models import MediaFile
from recado.apps.media.services import MOST_BYTES, blobs, get_media_file_for
from recado.apps.mms.drafts import Draft, DraftFile, MmsRefusal, MmsRefusedError
from recado.apps.mms.parts import part_of
from recado.apps.mms.sending import send_mms_in_portions
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Origin, SendKind
from recado.apps.outbox.senders import NoSenderError, mms_senders
from recado.apps.outbox.sending import Outgoing
from recado.apps.outbox.services import Order
from recado.core.mms_given import GivenFile, plain_address

_REFUSALS = {
    MmsRefusal.EMPTY: errors.NO_TEXT,
    MmsRefusal.SUBJECT_TOO_LONG: errors.TEXT_TOO_LONG,
    MmsRefusal.TEXT_TOO_LONG: errors.TEXT_TOO_LONG,
    MmsRefusal.SENDER: errors.MMS_NOT_ALLOWED,
}
"""Everything else is a file that cannot be sent."""


def send_mms(call: Call) -> Answer:
    """Send one MMS to phones, contacts and groups, to each phone once."""
    params, now = call.params, timezone.now()
    number = _sender(call)
    draft = Draft(params.text("title").strip(), params.text("text").strip(), tuple(_files(call)))
    phones = recipients_of(call)
    ids = unique_ids_of(call, len(phones))
    is_test = params.boolean("test") or call.api_user.is_test
    at = time_of(call, now)
    order = Order(kind=SendKind.MMS, scheduled_at=at, receipt_destination_id=reports_of(call, is_test=is_test))
    outgoing = [Outgoing(phone, draft.text, unique_id) for phone, unique_id in zip_longest(phones, ids)]
    try:
        portions = send_mms_in_portions(
            call.account, number, outgoing, draft, now=now, origin=Origin.API, order=order, dry_run=is_test, program=call.api_user
        )
        return Answers(call.account.language, order, now, is_detailed=params.boolean("details")).of(portions)
    except MmsRefusedError as error:
        raise ApiError(_REFUSALS.get(error.problems[0].reason, errors.MMS_FILE_INVALID)) from error
    except NoSenderError as error:
        raise ApiError(errors.MMS_NOT_ALLOWED) from error


def _sender(call: Call) -> Number:
    """Find the number it leaves from: the one that is named, else the account's first that sends MMS."""
    numbers = mms_senders(call.account)
    written = plain_address(call.params.text("sender"))
    found = next((one for one in numbers if not written or one.digits in {written, f"48{written}"}), None)
    if found is None:
        raise ApiError(errors.SENDER_UNUSABLE if numbers else errors.MMS_NOT_ALLOWED)
    return found


def _files(call: Call) -> list[DraftFile]:
    """Read files: ids of kept ones, or one as base64."""
    found = []
    for public_id in call.params.written("file_id"):
        try:
            found.append(DraftFile.of(get_media_file_for(call.account, public_id)))
        except MediaFile.DoesNotExist as error:
            raise ApiError(errors.MMS_FILE_INVALID) from error
    if call.params.has("file"):
        found.append(_given(call.params.text("file"), call.params.text("name").strip()))
    return found


def _given(written: str, name: str) -> DraftFile:
    try:
        content = base64.b64decode("".join(written.replace(" ", "+").split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ApiError(errors.MMS_FILE_INVALID) from error
    if not content or len(content) > MOST_BYTES:
        raise ApiError(errors.MMS_FILE_INVALID)
    part = part_of(blobs(), GivenFile(name or "file", "", content))
    return DraftFile(part.sha256, part.size, part.content_type, part.name)
