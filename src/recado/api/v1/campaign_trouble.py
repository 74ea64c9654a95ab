"""Why a group send cannot be changed or sent, as problems: each code is the word of the business rule in kebab-case.

What belongs here: sentences for refusals of `apps.campaigns` and of the sender. What does not: deciding on them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from recado.api.v1.auth import ProgramRequest
from recado.api.v1.mms_drafts import mms_conflict
from recado.api.v1.problems import Problem, conflict
from recado.apps.campaigns.errors import CampaignError, CampaignRefusal
from recado.apps.campaigns.models import Campaign
from recado.apps.contacts.opt_outs import OptedOutError
from recado.apps.mms.drafts import MmsRefusedError
from recado.apps.outbox.credit import NoCreditError
from recado.apps.outbox.senders import NoSenderError, SenderRefusal

REFUSED = {
    CampaignRefusal.NOT_A_DRAFT: "It is no draft any more. Copy it, or cancel its schedule if it has not begun.",
    CampaignRefusal.NO_TEXT: "Somebody would get an empty text. Write one; where it is all placeholders, add words.",
    CampaignRefusal.TEXT_TOO_LONG: "The text is too long for one of its recipients. Make it shorter.",
    CampaignRefusal.NO_RECIPIENTS: "Nobody would get it. Choose groups or add people.",
    CampaignRefusal.TOO_MANY_RECIPIENTS: "These are too many people at once. Send to at most 100,000, then to the rest.",
    CampaignRefusal.COUNT_CHANGED: "Other people would get it now, or it costs something else. Nothing was sent. Estimate again.",
    CampaignRefusal.IN_THE_PAST: "The moment it was to begin is over. Set another `scheduled_at`, or null for at once.",
    CampaignRefusal.TOO_FAR_AHEAD: "It can begin within a year. Set an earlier `scheduled_at`.",
    CampaignRefusal.SURVEY_CLOSED: "The survey is not collecting answers. Start it first.",
}
NO_SENDER: dict[object, str] = {
    SenderRefusal.NO_SENDER: "Nothing is named that it could leave from. Set `sender`, or null for a pool number.",
    SenderRefusal.NAME_NOT_APPROVED: "The account has no such approved sender name. Take another `sender`, or ask for the name.",
    SenderRefusal.NOT_OWN_NUMBER: "The number is not the account's. Take another `sender`.",
    SenderRefusal.CANNOT_SEND: "Nothing can be sent from this number now. Take another `sender`.",
    SenderRefusal.NO_POOL: "There are no pool numbers on this installation. Set `sender`.",
    SenderRefusal.NO_CONNECTION: "There is no link to a carrier it could leave through. Ask the operator.",
    SenderRefusal.NO_MMS: "The number cannot send MMS. Set a `sender` that has MMS.",
    SenderRefusal.NOT_SURVEYS_NUMBER: "A survey is sent from its own number, so that answers come back to it.",
}


def code_of(reason: CampaignRefusal | SenderRefusal) -> str:
    """Write a reason as programs know it."""
    return reason.value.replace("_", "-")


@contextmanager
def campaign_problems() -> Iterator[None]:
    """Turn refusals of campaigns, senders, opt-outs and credit into problems."""
    try:
        yield
    except CampaignError as error:
        raise conflict(code_of(error.reason), REFUSED[error.reason]) from error
    except NoSenderError as error:
        raise conflict(code_of(error.reason), NO_SENDER[error.reason]) from error
    except MmsRefusedError as error:
        raise mms_conflict(error.problems, NO_SENDER) from error
    except OptedOutError as error:
        raise conflict("opted-out", "The person opted out of the account's messages. Nothing was sent. Try another phone.") from error
    except NoCreditError as error:
        detail = f"The credit does not reach: {error.missing} minor units are missing. Nothing was sent. Top up, or send to fewer people."
        raise conflict("no-credit", detail) from error


def check_test_key(request: ProgramRequest, campaign: Campaign) -> None:
    """Let keys for tests send tests alone."""
    if request.auth.is_test and not campaign.is_test:
        raise not_a_test()


def not_a_test() -> Problem:
    """Say that the key is for tests."""
    return conflict("not-a-test", "The key is for tests, and this would reach people. Set `is_test`, or use a key that is not for tests.")


def refuse_unless_draft(campaign: Campaign) -> None:
    """Refuse to change what is no draft any more."""
    if campaign.state != Campaign.State.DRAFT:
        raise conflict(code_of(CampaignRefusal.NOT_A_DRAFT), REFUSED[CampaignRefusal.NOT_A_DRAFT])
