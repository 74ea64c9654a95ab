"""Group sends that ask the first question of a survey.

What belongs here: their draft. What does not: the sessions of everybody it goes to (`preparing`), the survey (`apps.surveys`).
"""

from recado.apps.accounts.models import User
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.services import create_draft, edit_draft
from recado.apps.outbox.models import SendKind
from recado.apps.surveys.models import Survey
from recado.apps.surveys.shapes import shape_of
from recado.core.survey_steps import first_text


def bring_up_to_date(campaign: Campaign) -> None:
    """Let a draft ask what its survey asks now: wording can be corrected until it is sent."""
    survey = Survey.objects.filter(account=campaign.account_id, pk=campaign.survey_id or 0).first()
    if survey is not None and campaign.state == Campaign.State.DRAFT and campaign.text != (text := first_text(shape_of(survey))):
        edit_draft(campaign, text=text)


def draft_of_survey(survey: Survey, author: User | None = None) -> Campaign:
    """Begin a group send from the survey's own number; one that was begun and not sent yet is gone on with."""
    text = first_text(shape_of(survey))
    begun = Campaign.objects.filter(account=survey.account, survey_id=survey.pk, state=Campaign.State.DRAFT).order_by("-pk").first()
    if begun is not None:
        edit_draft(begun, text=text, number=survey.number)
        return begun
    return create_draft(
        survey.account, author=author, name=survey.name[:80], text=text, kind=SendKind.FULL, number=survey.number, survey_id=survey.pk
    )
